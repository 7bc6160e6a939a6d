"""Why two figures may differ: named reasons (reasons.toml), each with its test.

`reasons.py` tries them on a finding in the making, a case of `cases.py`, by the tests of `checks.py`; `bridge.py`
lays the known parts of a difference side by side.
"""
