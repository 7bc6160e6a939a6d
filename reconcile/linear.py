"""Linear inequalities over figures: can they all hold, which few cannot, and what follows for one figure.

SciPy's HiGHS solves them; it is loaded when the first program is solved. Everything is scaled by the median bound, so
that answers do not depend on whether figures are in units or in millions.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from statistics import median
from typing import NamedTuple

from reconcile.intervals import Interval

_TOLERANCE = 1e-7


class Row(NamedTuple):
    """One inequality: the sum of coefficient times variable is at most `bound`; `owner` is the claim that says so."""

    owner: str
    terms: tuple[tuple[int, float], ...]
    bound: float


def between(owner: str, variable: int, interval: Interval) -> list[Row]:
    """A variable lies in an interval."""
    rows = []
    if not math.isinf(interval.high):
        rows.append(Row(owner, ((variable, 1.0),), interval.high))
    if not math.isinf(interval.low):
        rows.append(Row(owner, ((variable, -1.0),), -interval.low))
    return rows


def grows(owner: str, later: int, earlier: int, rate: Interval) -> list[Row]:
    """One variable is another grown by a rate in percent: linear, since figures are not negative."""
    rows = []
    if not math.isinf(rate.high):
        rows.append(Row(owner, ((later, 1.0), (earlier, -(1 + rate.high / 100))), 0.0))
    if not math.isinf(rate.low):
        rows.append(Row(owner, ((later, -1.0), (earlier, 1 + rate.low / 100)), 0.0))
    return rows


def at_most(owner: str, part: int, whole: int) -> Row:
    """A part does not exceed its whole."""
    return Row(owner, ((part, 1.0), (whole, -1.0)), 0.0)


def feasible(rows: Sequence[Row], variables: int) -> bool:
    """True where all rows can hold for figures that are not negative."""
    return _solve(rows, variables, None) is not None


def minimal_conflict(rows: Sequence[Row], variables: int, owners: Sequence[str]) -> tuple[str, ...]:
    """A set of owners whose rows cannot all hold while any fewer can; empty where all can.

    Such sets are not unique. Owners are let go in the order given, last first, so that the answer is always the same.
    """
    if feasible(rows, variables):
        return ()
    kept = list(owners)
    for owner in reversed(owners):
        fewer = [each for each in kept if each != owner]
        if not feasible(_of(rows, fewer), variables):
            kept = fewer
    return tuple(kept)


def extremes(rows: Sequence[Row], variables: int, variable: int) -> Interval | None:
    """The least and the greatest that one variable can be; None where the rows cannot all hold."""
    least, greatest = _solve(rows, variables, (variable, 1.0)), _solve(rows, variables, (variable, -1.0))
    if least is None or greatest is None:
        return None
    return Interval(least, -greatest)


def _of(rows: Iterable[Row], owners: Collection[str]) -> list[Row]:
    """The rows of some owners, and those that belong to nobody: parts and wholes."""
    return [row for row in rows if not row.owner or row.owner in owners]


def _solve(rows: Sequence[Row], variables: int, aim: tuple[int, float] | None) -> float | None:
    """The least value of the aim (0 without one): None where the rows cannot all hold, -inf where unbounded."""
    from scipy.optimize import linprog

    scale = median([abs(row.bound) for row in rows if row.bound] or [1.0])
    cost = [0.0] * variables
    if aim is not None:
        cost[aim[0]] = aim[1]
    matrix = []
    for row in rows:
        line = [0.0] * variables
        for variable, coefficient in row.terms:
            line[variable] += coefficient
        matrix.append(line)
    bounds = [row.bound / scale + _TOLERANCE for row in rows]
    answer = linprog(cost, A_ub=matrix or None, b_ub=bounds or None, bounds=(0, None), method="highs")
    if answer.status == 3:
        return -math.inf
    return float(answer.fun or 0.0) * scale if answer.status == 0 else None
