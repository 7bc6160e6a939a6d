"""Which claims may count one thing although their slots, as read, do not say so.

`weighing.py` picks the pairs, `signs.py` says what their slots speak for and against, `manner.py` how they are told
of, `linkage.py` turns the fitted weights of linkage.toml into a chance.
"""
