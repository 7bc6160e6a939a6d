"""Findings in sentences: figures, sources and slots in words, by the templates of wording.toml.

`telling.py` words a verdict, `explain.py` its parts, `naming.py` who and what; `severity.py` says how much a reader
should care.
"""
