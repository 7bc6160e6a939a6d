"""Names in a document: who they are, how far they go, which of them mean the same.

`finder.py` finds them: those that are known before (`known.py`), runs of proper nouns (`runs.py`) with what they are by
their own words (`types.py`, `places.py`), and short forms tied to full ones (`aliases.py`). `words.py` holds the words.
"""
