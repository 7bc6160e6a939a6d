"""A million claims: columns of numbers instead of objects, and work that does not grow with copies.

`decoding.py` and `made.py` make objects fast, `table.py` and `numbers.py` make columns, `reach.py` says which claims
can reach each other, `held.py` and `near.py` which findings a few new claims change; `columns.py`, `apart.py` and
`beside.py` leave out pairs that have nothing to say, `crowds.py` and `copies.py` thin out what is said many times.
"""
