"""What is counted, as a figure's own clause says it.

`finder.py` finds the product and what the text says it includes; `things.py` answers what can be said of such a thing:
whether it is a person, has a weight, acts.
"""
