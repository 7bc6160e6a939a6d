"""Claims that say one thing many times over, thinned out, so that what is said of n copies does not grow as n squared.

A figure that a hundred thousand papers print is compared by those that stand for it; each of the others is laid beside
the one that it copies, and is counted among its voices. Nothing is thinned where few claims speak of one scope.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from reconcile.claims.normalise import View

FEW = 40
"""So many claims, of a scope or of a whole group, are compared each with each."""
_MOST_COPIES = 12
"""Copies of one voice's figure that are compared with others; a further one is only laid beside the first."""
_LEADING = 24
"""Claims that stand for a crowded scope among themselves."""
_MONTH = 31
"""Days of appearance within which claims that name no day are taken to be of one time."""
_ABROAD = 24
"""Claims of one scope that meet those of other scopes, in a group of more than a few."""


Cells = Mapping[object, Sequence[View]]
"""Claims by scope."""


class Thinned(NamedTuple):
    """A group without what only repeats."""

    kept: list[View]
    """Claims to compare with each other."""
    beside: list[tuple[View, View]]
    """Further copies, each with the one claim that it is compared with."""
    cells: Cells
    """The claims that are kept, by scope."""


def cell_key(view: View) -> tuple[object, ...]:
    """What claims share that speak of one thing: their scope, and for a rank the place, which others may hold too."""
    return (*view.scope, view.value if view.kind == "rank" else None)


def by_scope(group: Iterable[View]) -> dict[object, list[View]]:
    """Claims by scope, scopes in the order in which they come up."""
    cells: dict[object, list[View]] = defaultdict(list)
    for view in group:
        cells[view.scope].append(view)
    return cells


def thinned(group: Sequence[View], cells: Cells | None = None) -> Thinned:
    """Claims to compare, and the further copies, each beside the one that it copies.

    `cells` are the group's claims by scope, where these are known.
    """
    scopes = by_scope(group) if cells is None else dict(cells)
    crowded = [key for key, scope in scopes.items() if len(scope) > _MOST_COPIES]
    if not crowded:
        return Thinned(list(group), [], scopes)
    beside: list[tuple[View, View]] = []
    for key in crowded:
        scopes[key], others = _without_copies(scopes[key])
        beside += others
    beside.sort(key=lambda pair: pair[1].place)
    if sum(map(len, scopes.values())) > FEW:
        for key in crowded:
            scopes[key], others = _without_followers(scopes[key])
            beside += others
        scopes = dict(sorted(scopes.items(), key=lambda item: item[1][0].place))
    return Thinned(sorted(chain.from_iterable(scopes.values()), key=lambda view: view.place), beside, scopes)


def thinned_by_month(group: Sequence[View]) -> Thinned:
    """The same for claims of which many name no day: those that appeared in other months may be of other things."""
    cells: dict[object, list[View]] = defaultdict(list)
    for view in group:
        month = (view.published or 0) // _MONTH if view.period is None else 0
        cells[view.scope, month].append(view)
    return thinned(group, cells)


def _without_followers(scope: Sequence[View]) -> tuple[list[View], list[tuple[View, View]]]:
    """The claims of a scope, of whose crowded cells only those that stand for them, and the others beside these."""
    left: list[View] = []
    beside: list[tuple[View, View]] = []
    for cell in cells_of(scope).values():
        few, others = _stand_for(cell) if len(cell) > FEW else (cell, [])
        left += few
        beside += others
    return sorted(left, key=lambda view: view.place), beside


def cells_of(group: Iterable[View]) -> dict[object, list[View]]:
    """Claims by cell."""
    cells: dict[object, list[View]] = defaultdict(list)
    for view in group:
        cells[cell_key(view)].append(view)
    return cells


def abroad(cell: Sequence[View]) -> Sequence[View]:
    """The claims of a cell that meet other cells: all of a few, else those that stand for it."""
    return cell if len(cell) <= _ABROAD else _by_standing(cell)[:_ABROAD]


def _without_copies(group: Iterable[View]) -> tuple[list[View], list[tuple[View, View]]]:
    kept: list[View] = []
    beside: list[tuple[View, View]] = []
    copies: dict[tuple[object, ...], list[View]] = defaultdict(list)
    for view in group:
        same = copies[view.scope, view.base, view.value, view.status, view.origin]
        if len(same) < _MOST_COPIES:
            same.append(view)
            kept.append(view)
        else:
            beside.append((same[0], view))
    return kept, beside


def _stand_for(cell: Sequence[View]) -> tuple[list[View], list[tuple[View, View]]]:
    """Who stands for a crowded cell, and whom each of the others is laid beside.

    A further claim stands beside whoever gives its figure, or, where nobody does, beside the figure that most give.
    """
    leading = _by_standing(cell)[:_LEADING]
    first: dict[object, View] = {}
    for view in leading:
        first.setdefault(_figure(view), view)
    chosen = {view.id for view in leading}
    return leading, [(first.get(_figure(view), leading[0]), view) for view in cell if view.id not in chosen]


def _by_standing(cell: Sequence[View]) -> list[View]:
    """One claim for each figure and source, the most widely given figure first, papers of their own voice last."""
    given = Counter(_figure(view) for view in cell)
    ordered = sorted(cell, key=lambda view: (-given[_figure(view)], view.source is None, view.place))
    figures: dict[object, View] = {}
    for view in ordered:
        figures.setdefault((_figure(view), view.source), view)
    return list(figures.values())


def _figure(view: View) -> tuple[object, ...]:
    return view.value, view.status, view.base
