"""What three or more claims, or a rate and two levels, say of each other.

`arithmetic.py` makes the findings; a `tie.py` is an equation over claims, found by `ties.py`, `levels.py`, `sums.py`,
`totals.py`, `partitions.py` and `nearby.py`; `systems.py` takes all of one voice's figures together, with `linear.py`
and `rational.py`; `slips.py` looks for the slip that would make them add up.
"""
