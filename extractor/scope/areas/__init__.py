"""Whose a figure is, and who is at the other end, as its own clause says it.

`finder.py` gives area and counterpart from the words that tie names to what is measured (`ties.py`). `references.py`
says whom "its" and "the company" take up, `places.py` which area "the country" or "the capital" is, `onlookers.py` who
only tells of a figure, `seats.py` which places only say where a body sits.
"""
