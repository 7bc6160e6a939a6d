"""What can be seen from a figure in its own clause, whichever slot asks.

`views.py` climbs from the figure to the words around it, nearest first (`Frame`, `View`); `phrases.py` and `verbs.py`
hold the small questions to a noun and to a verb; `word_order.py` reads rows, list items and sentences too long for a
parse.
"""
