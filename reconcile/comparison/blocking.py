"""Which claims can meet at all, so that work grows with the claims and not with their pairs.

Groups share an indicator's family; nothing outside a group can change what is found inside it, so each is
one independent unit of work. Within a group, claims meet only in shelves (kind, unit, area, counterpart, indicator,
product) that can be related, and there only where their periods touch.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from itertools import product as each_with_each
from typing import NamedTuple

from extractor.model import Claim
from reconcile.claims.lattice import Lattice, Match, shipped_lattice
from reconcile.claims.normalise import View
from reconcile.claims.words import WORLD, Slots, Words, shipped_words, slots_of
from reconcile.comparison.left_open import soon_after
from reconcile.scale.columns import cell_pairs
from reconcile.scale.crowds import FEW, Thinned, abroad, cells_of, thinned

_NOW, _SOON = 200, 32
"""Days before and after an article appeared in which what it says without naming a day may be so."""
_MOST_DATED = 40
"""Dated claims that one without a day is laid beside: the newest."""
_SHORT, _NEXT = 31, 12
"""Days of a time for which a stock is told, and claims for later such times that one is laid beside: the next."""


class Shelf(NamedTuple):
    """What all claims of one shelf share."""

    kind: str
    unit: str
    area: str | None
    counterpart: str
    indicator: str | None
    product: str | None


def shelf_of(view: View) -> Shelf:
    """The shelf of a claim."""
    return Shelf(view.kind, view.unit, view.area, view.counterpart, view.indicator, view.product)


def group_key(view: View, lattice: Lattice) -> tuple[str, str]:
    """The group of a claim, from the claim alone: its indicator's family, or its product's."""
    return group_of(view.indicator, view.product, lattice)


def group_of(indicator: str | None, product: str | None, lattice: Lattice) -> tuple[str, str]:
    """The group of what is measured; where that is not known, of what is counted.

    Claims that measure the same are not parted by what they count: one text says "6,288 square kilometres", another of
    what.
    """
    if indicator:
        return lattice.indicator_root(indicator), ""
    return "", lattice.product_root(product) if product else ""


class Topics:
    """The group of a claim from its words, without a view of it; remembers what it has met."""

    def __init__(self, words: Words | None = None, lattice: Lattice | None = None) -> None:
        self._words, self._lattice = words or shipped_words(), lattice or shipped_lattice()
        self._known: dict[Slots, tuple[str, str]] = {}

    def group(self, claim: Claim) -> tuple[str, str]:
        """What `group_key` says of the claim's view."""
        slots = slots_of(claim)._replace(area=None, counterpart=None)
        if slots not in self._known:
            unplaced = self._words.placed(slots)
            self._known[slots] = group_of(unplaced.indicator, unplaced.product, self._lattice)
        return self._known[slots]


def family_of(indicator: str | None, product: str | None, lattice: Lattice) -> tuple[str, str]:
    """The part of a group outside of which nothing bears on what a claim's slots say: measured and counted alike."""
    return lattice.indicator_root(indicator) if indicator else "", lattice.product_root(product) if product else ""


def families(views: Iterable[View], lattice: Lattice) -> dict[tuple[str, str], list[View]]:
    """Claims by family, families in the order in which they come up."""
    found: dict[tuple[str, str], list[View]] = defaultdict(list)
    known: dict[tuple[str | None, str | None], list[View]] = {}
    for view in views:
        topic = (view.indicator, view.product)
        family = known.get(topic)
        if family is None:
            family = known[topic] = found[family_of(*topic, lattice)]
        family.append(view)
    return found


def groups(views: Iterable[View], lattice: Lattice) -> dict[tuple[str, str], list[View]]:
    """Claims by group, groups in the order of their keys."""
    found: dict[tuple[str, str], list[View]] = defaultdict(list)
    for view in views:
        found[group_key(view, lattice)].append(view)
    return {key: found[key] for key in sorted(found)}


def candidate_pairs(group: Sequence[View], lattice: Lattice) -> Iterator[tuple[View, View]]:
    """Every pair of a group that may have something to say of each other, each pair once."""
    return pairs_of(thinned(group), lattice)


def pairs_of(group: Thinned, lattice: Lattice) -> Iterator[tuple[View, View]]:
    """The pairs of a group that was thinned already."""
    yield from group.beside
    few = len(group.kept) <= FEW
    yield from one_by_one(group.kept, lattice) if few else in_bulk(group.kept, lattice, group.cells)


def one_by_one(group: Sequence[View], lattice: Lattice) -> Iterator[tuple[View, View]]:
    """The pairs of a few claims, shelf against shelf."""
    shelves: dict[Shelf, list[View]] = defaultdict(list)
    said: dict[tuple[object, ...], list[View]] = defaultdict(list)
    for view in group:
        said[_digits(view)].append(view)
        shelves[shelf_of(view)].append(view)
    places: dict[tuple[str, str, str | None, str], list[Shelf]] = defaultdict(list)
    for shelf in shelves:
        places[shelf[:4]].append(shelf)
    for place, here in places.items():
        for other in _related_places(place, places, lattice):
            for first, second in _shelf_pairs(here, places[other], same_place=other == place, lattice=lattice):
                yield from _touching(shelves[first], shelves[second], same_shelf=first == second)
    for alike in said.values():
        yield from _open_slots(alike)
    yield from _undated(group)
    yield from _dated_beside(group)
    yield from _soon_after(group, lattice)


def _undated(group: Iterable[View]) -> Iterator[tuple[View, View]]:
    """Claims of different articles that say the same of one place and name no day."""
    undated = (view for view in group if view.period is None and view.area is not None and view.indicator is not None)
    yield from _of_two_articles(undated)


def _unplaced(group: Iterable[View]) -> Iterator[tuple[View, View]]:
    """Claims of different articles that say the same of one time and name no place: the world's, or a film's."""
    dated = (view for view in group if view.area is None and None not in (view.period, view.indicator, view.product))
    yield from _of_two_articles(view for view in dated if view.source is not None)


def _soon_after(group: Iterable[View], lattice: Lattice) -> Iterator[tuple[View, View]]:
    """Claims of one place and of short times that share no day but lie close together, each with a few that follow."""
    places: dict[Shelf, list[View]] = defaultdict(list)
    for view in group:
        if (
            view.kind == "level"
            and view.period is not None
            and view.period.length <= _SHORT
            and view.source is not None
        ):
            places[shelf_of(view)].append(view)
    for here in places.values():
        if len(here) > 1 and here[0].area is not None and not lattice.adds_up(here[0].indicator or ""):
            here.sort(key=lambda view: (view.period or (0, 0), view.place))
            for place, first in enumerate(here, 1):
                for second in here[place : place + _NEXT]:
                    if soon_after(first, second, lattice):
                        yield (first, second) if first.place < second.place else (second, first)


def _of_two_articles(some: Iterable[View]) -> Iterator[tuple[View, View]]:
    """Pairs of two articles' claims that share every slot."""
    for cell in cells_of(some).values():
        for first, second in combinations(abroad(cell), 2):
            if first.claim.article != second.claim.article:
                yield first, second


def _dated_beside(group: Iterable[View]) -> Iterator[tuple[View, View]]:
    """Claims that name no day, each with those of the same place that ended not long before it appeared.

    The same digits again in one article are left to `_open_slots`.
    """
    places: dict[Shelf, tuple[list[View], list[View]]] = defaultdict(lambda: ([], []))
    for view in group:
        if view.kind in ("level", "share") and view.source is not None and None not in (view.area, view.indicator):
            places[shelf_of(view)][view.period is not None].append(view)
    for undated, dated in places.values():
        if undated and dated:
            dated.sort(key=lambda view: (view.period.end if view.period else 0, view.place))
            ends = [view.period.end for view in dated if view.period]
            for view in undated:
                if view.published is not None:
                    some = dated[bisect_left(ends, view.published - _NOW) : bisect_left(ends, view.published + _SOON)]
                    others = (other for other in some[-_MOST_DATED:] if _digits(other) != _digits(view))
                    yield from ((view, other) for other in others)


def in_bulk(
    group: Sequence[View], lattice: Lattice, scopes: Mapping[object, Sequence[View]] | None = None
) -> Iterator[tuple[View, View]]:
    """The pairs of many claims: cells are joined as columns of numbers, and only claims of those that pass are paired.

    Leaves out more than `one_by_one` does, and nothing of which pairs.py would have something to say. `scopes` are the
    claims by scope, where these are known.
    """
    open_in = {view.claim.article for view in group if view.area is None or view.period is None}
    articles: dict[str, list[View]] = defaultdict(list)
    for view in group if open_in else ():
        if view.claim.article in open_in:
            articles[view.claim.article].append(view)
    for said in articles.values():
        if len(said) > 1:
            yield from _with_open_slots(said, lattice)
    cells = _closed_cells(group, scopes)
    for cell in cells:
        yield from combinations(cell, 2)
    first, second = cell_pairs([cell[0] for cell in cells], lattice)
    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        yield from each_with_each(abroad(cells[one]), abroad(cells[other]))
    yield from _soon_after(group, lattice)
    if open_in:
        yield from _undated(group)
        yield from _unplaced(group)
        yield from _dated_beside(group)


def _closed_cells(group: Iterable[View], scopes: Mapping[object, Sequence[View]] | None) -> Sequence[Sequence[View]]:
    """The claims of each cell that leaves no slot open, in the order in which cells come up."""
    if scopes is None or any(scope[0].kind == "rank" and len(scope) > 1 for scope in scopes.values()):
        return list(cells_of(view for view in group if not _is_open(view)).values())
    return [scope for scope in scopes.values() if not _is_open(scope[0])]


def _digits(view: View) -> tuple[object, ...]:
    return view.claim.article, view.kind, view.unit, view.value, view.indicator, view.product


def _is_open(view: View) -> bool:
    return view.area is None or view.period is None


def _with_open_slots(said: Sequence[View], lattice: Lattice) -> Iterator[tuple[View, View]]:
    """Pairs in one article of which a claim leaves its area or period open; of very many only the same digits again."""
    left_open = [view for view in said if _is_open(view)]
    if len(left_open) <= FEW:
        yield from (pair for pair in one_by_one(left_open, lattice) if not _fills(*pair))
    digits: dict[tuple[object, ...], list[View]] = defaultdict(list)
    for view in said:
        digits[_digits(view)].append(view)
    for alike in digits.values():
        if len(left_open) > FEW:
            same = combinations(filter(_is_open, alike), 2)
            yield from (pair for pair in same if not _fills(*pair))
        yield from _open_slots(alike)


def _open_slots(alike: Sequence[View]) -> Iterator[tuple[View, View]]:
    """The same digits again in one article, where one of the two leaves its area or period open."""
    for place, first in enumerate(alike):
        for second in alike[place + 1 :]:
            if _fills(first, second):
                yield first, second


def _fills(first: View, second: View) -> bool:
    """True where one leaves its area or period open and the other does not."""
    return (first.area is None) != (second.area is None) or (first.period is None) != (second.period is None)


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
