"""One voice's figures as a system of inequalities, where two or more rates or parts chain together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from reconcile.comparability import days_match
from reconcile.intervals import Interval
from reconcile.lattice import Lattice, Match
from reconcile.linear import Row, at_most, between, extremes, grows, minimal_conflict
from reconcile.normalise import Days, View

_LARGEST = 40
"""Claims in one system; a larger one is left to the ties that it is made of."""
_MOST_CONFLICTS = 3


class Conflict(NamedTuple):
    """Claims that cannot all hold though any fewer can, and what the last level would have to be beside the others."""

    members: tuple[View, ...]
    implied: Interval | None


def conflicts(group: Sequence[View], lattice: Lattice, told: Collection[frozenset[str]]) -> Iterator[Conflict]:
    """The minimal conflicting sets among chained figures of one voice, without those that hold a set told already."""
    for claims in _chained(group):
        system = _System(claims, lattice)
        left = list(claims)
        for _ in range(_MOST_CONFLICTS):
            ids = minimal_conflict(system.rows_of(left), len(system.cells), [view.id for view in left])
            if not ids:
                break
            members = tuple(view for view in left if view.id in ids)
            if len(ids) > 2 and not any(known <= frozenset(ids) for known in told):
                yield Conflict(members, system.implied(members))
            least_sure = min(members, key=lambda view: (view.claim.confidence, view.kind != "growth", view.place))
            left.remove(least_sure)


class _System:
    """Variables for the cells of some claims, and the rows that the claims and their scopes put on them."""

    def __init__(self, claims: Sequence[View], lattice: Lattice) -> None:
        self.lattice = lattice
        self.cells: dict[Days, int] = {}
        for view in claims:
            for days in (view.period, view.base if view.kind == "growth" else None):
                if days is not None:
                    self.cells.setdefault(days, len(self.cells))
        self.structure = self._parts(claims[0])

    def rows_of(self, claims: Sequence[View]) -> list[Row]:
        rows = list(self.structure)
        for view in claims:
            if view.period is None:
                continue
            cell = self.cells[view.period]
            if view.kind == "level":
                rows += between(view.id, cell, view.figure)
            elif view.base is not None:
                rows += grows(view.id, cell, self.cells[view.base], view.figure)
        return rows

    def implied(self, members: Sequence[View]) -> Interval | None:
        levels = [view for view in members if view.kind == "level" and view.period]
        if not levels or levels[-1].period is None:
            return None
        others = [view for view in members if view is not levels[-1]]
        return extremes(self.rows_of(others), len(self.cells), self.cells[levels[-1].period])

    def _parts(self, view: View) -> list[Row]:
        if not self.lattice.adds_up(view.indicator or ""):
            return []
        pairs = ((a, b) for a in self.cells for b in self.cells if days_match(a, b) is Match.NARROWER)
        return [at_most("", self.cells[part], self.cells[whole]) for part, whole in pairs]


def _chained(group: Sequence[View]) -> Iterator[list[View]]:
    """Levels and rates of one named voice and scope, the newest of each, in which at least two rates share a period."""
    scopes: dict[tuple[object, ...], dict[object, View]] = defaultdict(dict)
    for view in group:
        is_rate = view.kind == "growth" and view.base is not None
        if view.source is None or view.period is None or view.area is None or not (is_rate or view.kind == "level"):
            continue
        newest = scopes[view.source, view.indicator, view.product, view.area, view.counterpart]
        key = (view.kind, view.unit, view.period, view.base)
        if key not in newest or (newest[key].published or 0) < (view.published or 0):
            newest[key] = view
    for newest in scopes.values():
        claims = sorted(newest.values(), key=lambda view: view.place)
        if len(claims) <= _LARGEST and _chains(claims):
            yield claims


def _chains(claims: Sequence[View]) -> bool:
    levels = [view for view in claims if view.kind == "level"]
    ends = [end for view in claims if view.kind == "growth" for end in (view.period, view.base)]
    one_unit = len({view.unit for view in levels}) == 1 and all(view.value > 0 for view in levels)
    return one_unit and len(ends) > len(set(ends))
