"""Which claims can meet at all, so that work grows with the claims and not with their pairs.

Groups share an indicator and a product family; nothing outside a group can change what is found inside it, so each is
one independent unit of work. Within a group, claims meet only in shelves (kind, unit, area, counterpart, indicator,
product) that can be related, and there only where their periods touch.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reconcile.lattice import Lattice, Match
from reconcile.normalise import WORLD, View

_MOST_COPIES = 12
"""Copies of one voice's figure that are compared with others; a further one is only laid beside the first."""


class Shelf(NamedTuple):
    """What all claims of one shelf share."""

    kind: str
    unit: str
    area: str | None
    counterpart: str
    indicator: str | None
    product: str | None


def group_key(view: View, lattice: Lattice) -> tuple[str, str]:
    """The group of a claim, from the claim alone: its indicator's and its product's families."""
    indicator = lattice.indicator_root(view.indicator) if view.indicator else ""
    return indicator, lattice.product_root(view.product) if view.product else ""


def groups(views: Iterable[View], lattice: Lattice) -> dict[tuple[str, str], list[View]]:
    """Claims by group, groups in the order of their keys."""
    found: dict[tuple[str, str], list[View]] = defaultdict(list)
    for view in views:
        found[group_key(view, lattice)].append(view)
    return {key: found[key] for key in sorted(found)}


def candidate_pairs(group: Iterable[View], lattice: Lattice) -> Iterator[tuple[View, View]]:
    """Every pair of a group that may have something to say of each other, each pair once."""
    shelves: dict[Shelf, list[View]] = defaultdict(list)
    said: dict[tuple[object, ...], list[View]] = defaultdict(list)
    copies: dict[tuple[object, ...], list[View]] = defaultdict(list)
    for view in group:
        same = copies[view.scope, view.base, view.value, view.status, view.origin]
        same.append(view)
        if len(same) > _MOST_COPIES:
            yield same[0], view
            continue
        said[view.claim.article, view.kind, view.unit, view.value, view.indicator, view.product].append(view)
        shelves[Shelf(view.kind, view.unit, view.area, view.counterpart, view.indicator, view.product)].append(view)
    places: dict[tuple[str, str, str | None, str], list[Shelf]] = defaultdict(list)
    for shelf in shelves:
        places[shelf[:4]].append(shelf)
    for place, here in places.items():
        for other in _related_places(place, places, lattice):
            for first, second in _shelf_pairs(here, places[other], same_place=other == place, lattice=lattice):
                yield from _touching(shelves[first], shelves[second], same_shelf=first == second)
    for alike in said.values():
        yield from _open_slots(alike)


def _open_slots(alike: list[View]) -> Iterator[tuple[View, View]]:
    """The same digits again in one article, where one of the two leaves its area or period open."""
    for place, first in enumerate(alike):
        for second in alike[place + 1 :]:
            if (first.area is None) != (second.area is None) or (first.period is None) != (second.period is None):
                yield first, second


def count_pairs(views: Iterable[View], lattice: Lattice) -> int:
    """How many pairs blocking makes of some claims."""
    return sum(1 for group in groups(views, lattice).values() for _ in candidate_pairs(group, lattice))


def _related_places(
    place: tuple[str, str, str | None, str],
    places: dict[tuple[str, str, str | None, str], list[Shelf]],
    lattice: Lattice,
) -> Iterator[tuple[str, str, str | None, str]]:
    """The place itself, the places that hold it, and for ranks and gaps every other area."""
    kind, unit, area, counterpart = place
    yield place
    if kind in ("rank", "difference") and area is not None:
        alike = (other for other in places if other[:2] == (kind, unit) and other[2] is not None)
        yield from (other for other in alike if (other[2] or "", other[3]) > (area, counterpart))
        return
    if kind != "level" or area is None:
        return
    areas = sorted({area} | lattice.area_ancestors(area))
    ends = sorted({counterpart, WORLD} | lattice.area_ancestors(counterpart)) if counterpart != WORLD else [WORLD]
    for wider in areas:
        for end in ends:
            other = (kind, unit, wider, end)
            if other != place and other in places:
                yield other


def _shelf_pairs(
    here: list[Shelf], there: list[Shelf], *, same_place: bool, lattice: Lattice
) -> Iterator[tuple[Shelf, Shelf]]:
    for position, first in enumerate(here):
        for second in there[position if same_place else 0 :]:
            if _may_meet(first, second, lattice):
                yield first, second


def _may_meet(first: Shelf, second: Shelf, lattice: Lattice) -> bool:
    if first.indicator is None or second.indicator is None or (first.product is None) != (second.product is None):
        return first == second
    if lattice.indicator(first.indicator, second.indicator)[0] is Match.DISJOINT:
        return False
    if first.product is None or second.product is None:
        return True
    match, loose = lattice.product(first.product, second.product)
    return loose or match in (Match.SAME, Match.NARROWER, Match.BROADER)


def _touching(first: list[View], second: list[View], *, same_shelf: bool) -> Iterator[tuple[View, View]]:
    """Pairs whose periods share a day; a claim without a period meets those of its own article without one."""
    timed = sorted((v for v in second if v.period), key=lambda v: (v.period or (0, 0), v.place))
    starts = [v.period.start for v in timed if v.period]
    longest = max((v.period.length for v in timed if v.period), default=0)
    untimed: dict[str, list[View]] = defaultdict(list)
    for view in second:
        if view.period is None:
            untimed[view.claim.article].append(view)
    for view in first:
        if view.period is None:
            others = untimed[view.claim.article]
        else:
            low = bisect_left(starts, view.period.start - longest)
            others = timed[low : bisect_left(starts, view.period.end)]
            others = [each for each in others if each.period and each.period.end > view.period.start]
        for other in others:
            if not same_shelf or view.place < other.place:
                yield view, other
