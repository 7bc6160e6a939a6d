"""What two claims say of each other, and when they say nothing.

`blocking.py` tells which claims can meet, `comparability.py` lays two side by side slot by slot, `pairs.py` decides
what they say, a `verdict.py`; `wholes.py`, `tolls.py`, `growing.py` and `again.py` are its special cases;
`silence.py`, `left_open.py`, `printed.py`, `rivals.py`, `times.py` and `trust.py` hold back what is no conflict.
"""
