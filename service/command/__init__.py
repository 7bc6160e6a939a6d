"""The sub-commands of `claimgraph`: each parses its arguments here, and a plain function of another room does the work.

running.py, scoring.py, stores.py and forms.py hold them; options.py has the options that several take, console.py what
the terminal shows meanwhile, ending.py the exit statuses.
"""
