"""Whose a figure is, and who is at the other end, as its own clause says it.

`finder.py` gives area and counterpart from the names of a clause and the roles that they play there (`parties.py`), by
the words that tie them to what is measured (`ties.py`). `named.py` says which name stands at a token, `references.py`
whom "its" and "the company" take up, `places.py` which area "the country" or "the capital" is. Nobody's figure:
`onlookers.py` only tell of it, `seats.py` and `asides.py` only say where a body sits or who is meant. Two ends at once:
`pairs.py` ("between India and China"), `counterparts.py` ("China's top export destination").
"""
