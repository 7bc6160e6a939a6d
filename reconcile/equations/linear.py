"""Linear inequalities over figures: can they all hold, which few cannot, which to give up, what follows for one figure.

SciPy's HiGHS solves them; it is loaded when the first program is solved. Everything is scaled by the median bound, so
that answers do not depend on whether figures are in units or in millions. `rational.py` checks what is reported.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

from reconcile.claims.intervals import Interval
from reconcile.equations.rational import LEEWAY, holds

_TOLERANCE = 1e-7
_LOOSER = 10 * _TOLERANCE
"""More than the solver lets a row give way."""
_ROUNDS = 3
"""How often what a variable may be is narrowed by what its neighbours may be."""
_MOST_BRANCHES = 60
"""Sets of owners that are left out, in the search for further conflicts, before it is given up."""


class Row(NamedTuple):
    """One inequality: the sum of coefficient times variable is at most `bound`; `owner` is the claim that says so."""

    owner: str
    terms: tuple[tuple[int, float], ...]
    bound: float


Terms = Sequence[tuple[int, float]]


def within(owner: str, terms: Terms, interval: Interval) -> list[Row]:
    """A sum of variables lies in an interval."""
    rows = []
    if not math.isinf(interval.high):
        rows.append(Row(owner, tuple(terms), interval.high))
    if not math.isinf(interval.low):
        rows.append(Row(owner, tuple((variable, -factor) for variable, factor in terms), -interval.low))
    return rows


def between(owner: str, variable: int, interval: Interval) -> list[Row]:
    """A variable lies in an interval."""
    return within(owner, ((variable, 1.0),), interval)


def times(owner: str, one: Terms, other: Terms, factor: Interval) -> list[Row]:
    """A sum of variables is another sum times a factor: linear, since figures are not negative."""
    rows = []
    if not math.isinf(factor.high):
        rows.append(Row(owner, _sum(one, other, -factor.high), 0.0))
    if not math.isinf(factor.low):
        rows.append(Row(owner, tuple((v, -c) for v, c in _sum(one, other, -factor.low)), 0.0))
    return rows


def grows(owner: str, later: int, earlier: int, rate: Interval) -> list[Row]:
    """One variable is another grown by a rate in percent."""
    factor = Interval(1 + rate.low / 100, 1 + rate.high / 100)
    return times(owner, ((later, 1.0),), ((earlier, 1.0),), factor)


def at_most(owner: str, part: int, whole: int) -> Row:
    """A part does not exceed its whole."""
    return Row(owner, ((part, 1.0), (whole, -1.0)), 0.0)


def feasible(rows: Sequence[Row], variables: int) -> bool:
    """True where all rows can hold for figures that are not negative."""
    told = _told_by_intervals(rows, variables, leeway=_LOOSER * _scale(rows))
    return _solve(rows, variables, None) is not None if told is None else told


def _told_by_intervals(rows: Sequence[Row], variables: int, *, leeway: float) -> bool | None:
    """Whether all rows can hold, as far as it shows in what each allows a variable by itself; None where it does not.

    They can where the middles fit, and cannot where some variable is left nothing though each row gives way by
    `leeway`: no solver, which has its own leeway, is asked then.
    """
    low, high = _narrowed(rows, variables)
    if _is_left_nothing(low, high):
        return False if _is_left_nothing(*_narrowed(rows, variables, leeway)) else None
    middle = [least if math.isinf(most) else (least + most) / 2 for least, most in zip(low, high, strict=True)]
    fits = all(math.fsum(factor * middle[variable] for variable, factor in row.terms) <= row.bound for row in rows)
    return True if fits else None


def _is_left_nothing(low: Sequence[float], high: Sequence[float]) -> bool:
    return any(most < least for least, most in zip(low, high, strict=True))


def _narrowed(rows: Sequence[Row], variables: int, leeway: float = 0.0) -> tuple[list[float], list[float]]:
    """The least and the most that each variable may be, as far as single rows tell."""
    low, high = [0.0] * variables, [math.inf] * variables
    for _ in range(_ROUNDS):
        for row in rows:
            _tighten(row, row.bound + leeway, low, high)
    return low, high


def _tighten(row: Row, bound: float, low: list[float], high: list[float]) -> None:
    """Narrows what each variable of a row may be, given what the others may be at their least."""
    least = [factor * (low[variable] if factor > 0 else high[variable]) for variable, factor in row.terms if factor]
    total = sum(least)
    if math.isinf(total):
        return
    for (variable, factor), own in zip((term for term in row.terms if term[1]), least, strict=True):
        end = (bound - (total - own)) / factor
        if factor > 0:
            high[variable] = min(high[variable], end)
        else:
            low[variable] = max(low[variable], end)


def minimal_conflict(rows: Sequence[Row], variables: int, owners: Sequence[str]) -> tuple[str, ...]:
    """A set of owners whose rows cannot all hold while any fewer can; empty where all can.

    Such sets are not unique. Owners are let go in the order given, last first, so that the answer is always the same.
    """
    if feasible(_of(rows, owners), variables):
        return ()
    kept = list(owners)
    for owner in reversed(owners):
        fewer = [each for each in kept if each != owner]
        if not feasible(_of(rows, fewer), variables):
            kept = fewer
    return tuple(kept)


def minimal_conflicts(rows: Sequence[Row], variables: int, owners: Sequence[str], *, cap: int) -> list[tuple[str, ...]]:
    """Minimal conflicting sets, up to a cap, always the same ones: all that there are, where they are fewer.

    Each set found is broken at each of its owners in turn, and what is left is searched (Reiter's tree, breadth first).
    A set is reported only where exact rationals bear out that it cannot hold and that any fewer can.
    """
    found: list[tuple[str, ...]] = []
    queue: deque[frozenset[str]] = deque([frozenset()])
    seen: set[frozenset[str]] = {frozenset()}
    for _ in range(_MOST_BRANCHES):
        if not queue or len(found) == cap:
            break
        gone = queue.popleft()
        conflict = next((each for each in found if gone.isdisjoint(each)), None)
        if conflict is None:
            conflict = minimal_conflict(rows, variables, [owner for owner in owners if owner not in gone])
            if conflict and _is_minimal(rows, variables, conflict):
                found.append(conflict)
        for owner in conflict:
            if gone | {owner} not in seen:
                seen.add(gone | {owner})
                queue.append(gone | {owner})
    return found


def _is_minimal(rows: Sequence[Row], variables: int, owners: Sequence[str]) -> bool:
    """True where exact arithmetic bears out that these rows cannot hold, and can once any one owner is left out."""
    if _surely_holds(_of(rows, owners), variables):
        return False
    fewer = ([each for each in owners if each != left_out] for left_out in owners)
    return all(_surely_holds(_of(rows, some), variables) for some in fewer)


def _surely_holds(rows: Sequence[Row], variables: int) -> bool:
    """What exact arithmetic says, which is asked only where intervals leave it open."""
    told = _told_by_intervals(rows, variables, leeway=2 * LEEWAY * max((abs(row.bound) for row in rows), default=0.0))
    return holds(rows) if told is None else told


def cheapest(rows: Sequence[Row], variables: int, weights: Mapping[str, float]) -> tuple[str, ...]:
    """The owners to give up so that the rest can hold, at the least weight in all; empty where all can hold.

    Whatever is given up has to break every minimal conflict: the cheapest set that breaks those known so far is tried,
    and what still conflicts without it is the next to break. Of equally cheap sets the one whose owners come last is
    taken.
    """
    owned = {row.owner for row in rows}
    owners = [owner for owner in weights if owner in owned]
    # later owners are a trifle cheaper, so that one of several equal answers is always the same
    costs = {owner: weights[owner] * (1 + 1e-4 * (len(owners) - place)) for place, owner in enumerate(owners)}
    known: list[tuple[str, ...]] = []
    for _ in range(_MOST_BRANCHES):
        given_up = _breaking(known, costs)
        conflict = minimal_conflict(rows, variables, [owner for owner in owners if owner not in given_up])
        if not conflict:
            kept = [owner for owner in owners if owner not in given_up]
            return tuple(owner for owner in owners if owner in given_up) if holds(_of(rows, kept)) else ()
        known.append(conflict)
    return ()


def _breaking(conflicts: Sequence[Collection[str]], costs: Mapping[str, float]) -> frozenset[str]:
    """The cheapest owners of whom each conflict has at least one, by branch and bound."""
    best, least = frozenset[str](), math.inf
    open_sets: list[tuple[frozenset[str], float]] = [(frozenset(), 0.0)]
    while open_sets:
        chosen, cost = open_sets.pop()
        unbroken = [conflict for conflict in conflicts if chosen.isdisjoint(conflict)]
        if cost + _at_least(unbroken, costs) >= least:
            continue
        if not unbroken:
            best, least = chosen, cost
        else:
            open_sets += ((chosen | {owner}, cost + costs[owner]) for owner in unbroken[0])
    return best


def _at_least(conflicts: Iterable[Collection[str]], costs: Mapping[str, float]) -> float:
    """What breaking all of some conflicts costs at the least: those that share no owner are broken one by one."""
    met: set[str] = set()
    total = 0.0
    for conflict in conflicts:
        if met.isdisjoint(conflict):
            met.update(conflict)
            total += min(costs[owner] for owner in conflict)
    return total


def extremes(rows: Sequence[Row], variables: int, variable: int) -> Interval | None:
    """The least and the greatest that one variable can be; None where the rows cannot all hold."""
    return range_of(rows, variables, ((variable, 1.0),))


def range_of(rows: Sequence[Row], variables: int, terms: Terms) -> Interval | None:
    """The least and the greatest that a sum of variables can be; None where the rows cannot all hold."""
    least = _solve(rows, variables, terms)
    greatest = _solve(rows, variables, [(variable, -factor) for variable, factor in terms])
    if least is None or greatest is None:
        return None
    return Interval(least, -greatest)


def _sum(one: Terms, other: Terms, factor: float) -> tuple[tuple[int, float], ...]:
    total: dict[int, float] = {}
    for variable, coefficient in one:
        total[variable] = total.get(variable, 0.0) + coefficient
    for variable, coefficient in other:
        total[variable] = total.get(variable, 0.0) + factor * coefficient
    return tuple(total.items())


def _of(rows: Iterable[Row], owners: Collection[str]) -> list[Row]:
    """The rows of some owners, and those that belong to nobody: parts and wholes."""
    return [row for row in rows if not row.owner or row.owner in owners]


def _scale(rows: Sequence[Row]) -> float:
    return median([abs(row.bound) for row in rows if row.bound] or [1.0])


def _matrix(rows: Sequence[Row], variables: int, scale: float) -> tuple[Any, list[float]]:
    import numpy as np

    matrix: Any = np.zeros((len(rows), variables))
    for line, row in enumerate(rows):
        for variable, coefficient in row.terms:
            matrix[line, variable] += coefficient
    return matrix, [row.bound / scale + _TOLERANCE for row in rows]


def _solve(rows: Sequence[Row], variables: int, aim: Terms | None) -> float | None:
    """The least value of the aim (0 without one): None where the rows cannot all hold, -inf where unbounded."""
    from scipy.optimize import linprog

    if not rows:
        return 0.0 if aim is None or all(factor >= 0 for _, factor in aim) else -math.inf
    scale = _scale(rows)
    cost = [0.0] * variables
    for variable, factor in aim or ():
        cost[variable] += factor
    matrix, bounds = _matrix(rows, variables, scale)
    answer = linprog(cost, A_ub=matrix, b_ub=bounds, bounds=(0, None), method="highs")
    if answer.status == 3:
        return -math.inf
    return float(answer.fun or 0.0) * scale if answer.status == 0 else None
