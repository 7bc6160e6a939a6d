"""A group's cells as columns of numbers, and the pairs of cells whose claims may have something to say of each other.

A cell is what one figure is of: kind, unit, indicator, product, area, counterpart, period. How two claims' slots stand
depends on their cells alone, so whole cells are joined (sorted by place and period, swept by binary search) and laid
against each other by table look-up; only claims of cells that pass become pairs of Python objects. What two claims say
of each other is for pairs.py alone: this only leaves out what cannot say anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reconcile.claims.lattice import Lattice, Match
from reconcile.claims.normalise import View
from reconcile.claims.words import WORLD

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

AT_ONCE = 1 << 18
"""Pairs of cells laid against each other at a time: enough to keep the arrays busy, few enough to stay in the cache."""
_MOST_PARTNERS = 40
"""Wider or neighbouring cells that one cell is held against: those nearest to it in time."""
_LIKE_LENGTH = 31
"""Days by which overlapping periods that people mix up (fiscal and calendar years) may differ in length."""
_LEAST_YEAR = 360
"""Days of a year, at least."""
_SHIFT = 1 << 24
_NO, _ALIKE, _NARROWER, _BROADER, _UNSEEN = 0, 1, 2, 3, -1


Place = tuple[str, str, str | None, str, float | None]
"""Where claims meet (kind, unit, area, counterpart): cells of one place are swept together. The last is, for ranks, the
place that is held, whoever holds it."""


class Joined(NamedTuple):
    """Pairs of rows of two columns, as row numbers."""

    first: Ints
    second: Ints

    @property
    def size(self) -> int:
        """How many pairs."""
        return int(self.first.size)


_NONE = Joined(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


class Cells:
    """The cells of a group as columns; row n of each column is cell n."""

    def __init__(self, cells: Sequence[View], lattice: Lattice) -> None:
        """One claim of each cell stands for it; all have a period."""
        self.lattice = lattice
        self.topics: list[tuple[str | None, str | None]] = []
        self._known: dict[tuple[str | None, str | None], int] = {}
        self.start = np.array([view.period.start if view.period else 0 for view in cells], dtype=np.int64)
        self.end = np.array([view.period.end if view.period else 0 for view in cells], dtype=np.int64)
        self.topic = np.array([self._topic(view.indicator, view.product) for view in cells], dtype=np.int64)
        self.level = np.array([view.kind == "level" for view in cells], dtype=np.bool_)
        self.share = np.array([view.kind == "share" for view in cells], dtype=np.bool_)
        self.growth = np.array([view.kind == "growth" for view in cells], dtype=np.bool_)
        self._told_twice = bool(self.share.any() or self.growth.any())
        self._tables: NDArray[np.int8] = np.full((len(self.topics), len(self.topics)), _UNSEEN, dtype=np.int8)
        self.compared = 0

    def _topic(self, indicator: str | None, product: str | None) -> int:
        code = self._known.setdefault((indicator, product), len(self._known))
        if code == len(self.topics):
            self.topics.append((indicator, product))
        return code

    def may_speak(self, pairs: Joined, *, inside: bool) -> Flags:
        """Which pairs may have something to say; `inside`: the first's area or counterpart lies in the second's."""
        a, b = pairs
        self.compared += pairs.size
        topic = self._topics_stand(self.topic[a], self.topic[b])
        starts, ends = self.start[a] - self.start[b], self.end[a] - self.end[b]
        same = (starts == 0) & (ends == 0)
        part, whole = (starts >= 0) & (ends <= 0) & ~same, (starts <= 0) & (ends >= 0) & ~same
        mixed_up = ~(same | part | whole) & (np.abs(ends - starts) <= _LIKE_LENGTH)
        narrower = part | (topic == _NARROWER) | inside
        broader = whole | (topic == _BROADER)
        nests = self.level[a] & ~(narrower & broader)
        alike = ~narrower & ~broader
        one_direction = nests | alike
        if self._told_twice:
            one_direction |= self._of_one_time(pairs, part | whole)
        found: Flags = (topic != _NO) & (same | part | whole | mixed_up) & one_direction
        return found

    def _of_one_time(self, pairs: Joined, nested: Flags) -> Flags:
        """Which pairs are of a share told for a short time and a long, or of growth in a year and to its end."""
        found = nested & (self.share | self.growth)[pairs.first]
        rows = np.flatnonzero(found)
        a, b = pairs.first[rows], pairs.second[rows]
        mine, theirs = self.end[a] - self.start[a], self.end[b] - self.start[b]
        year = (self.end[a] == self.end[b]) & (np.maximum(mine, theirs) >= _LEAST_YEAR)
        found[rows] = (np.minimum(mine, theirs) <= _LIKE_LENGTH) & (self.share[a] | year)
        return found

    def _topics_stand(self, first: Ints, second: Ints) -> NDArray[np.int8]:
        """How indicators and products stand, from a table that is filled in as pairs of topics turn up."""
        found: NDArray[np.int8] = self._tables[first, second]
        if (found == _UNSEEN).any():
            size = len(self.topics)
            for code in np.unique((first * size + second)[found == _UNSEEN]).tolist():
                one, other = divmod(code, size)
                self._tables[one, other] = topics_stand(self.topics[one], self.topics[other], self.lattice)
            found = self._tables[first, second]
        return found


def topics_stand(first: tuple[str | None, str | None], second: tuple[str | None, str | None], lattice: Lattice) -> int:
    """How two topics (indicator, product) stand: they cannot meet, are alike, or one lies in the other."""
    if first == second:
        return _ALIKE
    (indicator, product), (other_indicator, other_product) = first, second
    if indicator is None or other_indicator is None or (product is None) != (other_product is None):
        return _NO
    if lattice.indicator(indicator, other_indicator)[0] is Match.DISJOINT:
        return _NO
    if product is None or other_product is None:
        return _ALIKE
    match, loose = lattice.product(product, other_product)
    if loose or match is Match.SAME:
        return _ALIKE
    return {Match.NARROWER: _NARROWER, Match.BROADER: _BROADER}.get(match, _NO)


def cell_pairs(cells: Sequence[View], lattice: Lattice, *, count: Callable[[int], None] | None = None) -> Joined:
    """Pairs of cells whose claims may have something to say of each other, each pair once."""
    if len(cells) < 2:
        return _NONE
    columns = Cells(cells, lattice)
    places: dict[Place, list[int]] = defaultdict(list)
    for row, view in enumerate(cells):
        for place in _places(view):
            places[place].append(row)
    found: list[Joined] = []
    for inside, joined in _joins(places, columns, lattice):
        pairs = _thin(Joined(*(column[columns.may_speak(joined, inside=inside)] for column in joined)), columns)
        found.append(pairs)
    if count is not None:
        count(columns.compared)
    return _thin(_each_once(found, len(cells)), columns)


def _places(view: View) -> list[Place]:
    """Where a cell is swept: its place; a gap with its ends in either order; a rank also with others that hold it."""
    if view.kind == "difference" and view.area is not None:
        area, counterpart = sorted((view.area, view.counterpart))
        return [(view.kind, view.unit, area, counterpart, None)]
    own = (view.kind, view.unit, view.area, view.counterpart, None)
    if view.kind == "rank" and view.area is not None:
        return [own, ("rank", view.unit, None, "", view.value)]
    return [own]


def _joins(places: dict[Place, list[int]], columns: Cells, lattice: Lattice) -> Iterator[tuple[bool, Joined]]:
    """Pairs of cells that share a day: those of one place, then those of a place and of the places that hold it."""
    rows, starts, code = _sorted(places, columns)
    numbers = dict(zip(places, range(len(places)), strict=True))
    upto = np.searchsorted(starts, code * _SHIFT + columns.end[rows])
    at = np.arange(rows.size, dtype=np.int64)
    for asking, met in _ranges(at, at + 1, upto):
        yield False, Joined(rows[asking], rows[met])
    links = [(numbers[place], numbers[other]) for place in places for other in _holders(place, places, lattice)]
    if not links:
        return
    sizes = np.bincount(code, minlength=len(places))
    firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    for inner, asked, strictly in ((0, 1, 0), (1, 0, 1)):
        # Either the wider cell begins within the narrower place's cell, or that one begins after the wider began.
        inquirer = np.array([link[inner] for link in links], dtype=np.int64)
        place = np.array([link[asked] for link in links], dtype=np.int64)
        asking = np.concatenate([np.arange(firsts[n], firsts[n] + sizes[n]) for n in inquirer])
        at_place = np.repeat(place, sizes[inquirer]) * _SHIFT
        low = np.searchsorted(starts, at_place + columns.start[rows[asking]] + strictly)
        high = np.searchsorted(starts, at_place + columns.end[rows[asking]])
        for one, other in _ranges(asking, low, high):
            pair = (rows[one], rows[other])
            yield True, Joined(*(pair if inner == 0 else pair[::-1]))


def _sorted(places: dict[Place, list[int]], columns: Cells) -> tuple[Ints, Ints, Ints]:
    """Rows by place and start; the key of each, place number and start in one; and the place number."""
    rows = np.concatenate([np.array(each, dtype=np.int64) for each in places.values()])
    code = np.repeat(np.arange(len(places), dtype=np.int64), [len(each) for each in places.values()])
    key = code * _SHIFT + columns.start[rows]
    order = np.argsort(key, kind="stable")
    return rows[order], key[order], code[order]


def _ranges(asking: Ints, low: Ints, high: Ints) -> Iterator[tuple[Ints, Ints]]:
    """(asking, met) for every met in low … high of each, in portions."""
    counts = np.maximum(high - low, 0)
    total = np.cumsum(counts)
    first = 0
    while first < asking.size:
        done = int(total[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(total, done + AT_ONCE, side="right")))
        some = counts[first:last]
        size = int(some.sum())
        if size:
            within = np.arange(size, dtype=np.int64) - np.repeat(np.cumsum(some) - some, some)
            yield np.repeat(asking[first:last], some), np.repeat(low[first:last], some) + within
        first = last


def _holders(place: Place, places: dict[Place, list[int]], lattice: Lattice) -> Iterator[Place]:
    """The places that hold a place: wider areas, wider counterparts."""
    kind, unit, own, counterpart, _ = place
    if kind != "level" or own is None:
        return
    ends = (WORLD,) if counterpart == WORLD else lattice.holders(counterpart)
    for area in lattice.holders(own):
        for end in ends:
            other = (kind, unit, area, end, None)
            if other in places and other != place:
                yield other


def _thin(pairs: Joined, columns: Cells) -> Joined:
    """At most so many partners a cell, those nearest in time: a running total meets its neighbours, not all of them."""
    a, b = pairs
    if a.size <= _MOST_PARTNERS:
        return pairs
    wider = (columns.end[a] - columns.start[a]) > (columns.end[b] - columns.start[b])
    part = np.where(wider, b, a)
    if int(np.bincount(part).max()) <= _MOST_PARTNERS:
        return pairs
    apart = np.abs(columns.start[a] - columns.start[b]) + np.abs(columns.end[a] - columns.end[b])
    order = np.lexsort((b, a, apart, part))
    ordered = part[order]
    begins = np.concatenate([[0], np.flatnonzero(np.diff(ordered)) + 1])
    rank = np.arange(order.size) - np.repeat(begins, np.diff(np.concatenate([begins, [order.size]])))
    kept = np.sort(order[rank < _MOST_PARTNERS])
    return Joined(a[kept], b[kept])


def _each_once(found: list[Joined], size: int) -> Joined:
    if not found:
        return _NONE
    low = np.concatenate([np.minimum(*pair) for pair in found])
    high = np.concatenate([np.maximum(*pair) for pair in found])
    codes = np.unique(low * size + high)
    return Joined(codes // size, codes % size)
