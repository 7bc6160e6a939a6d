"""Which claims, as columns of numbers (table.py), belong to one unit of work, and which can reach each other at all.

Claims are joined where anything that is said of one may hang on the other: one place (or a place that holds it) in
periods that touch, a rate and the periods that it compares, one article where a slot is left open, one voice's chain of
rates. What is said within one joined set depends on nothing outside its group, and a claim that reaches no other has
nothing said of it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from reconcile.claims.lattice import Lattice
from reconcile.claims.words import WORLD
from reconcile.scale.columns import Ints
from reconcile.scale.numbers import code_of, distinct, mixed
from reconcile.scale.table import KINDS, OPEN, Rows

_CHAIN = 3
"""Claims of one voice about one place that may be tied in a chain, whatever their periods."""
_FEWEST_TO_ADD = 3
"""Two figures of an article and a third that they add up to (nearby.py)."""
_MOST_LINES = 100
"""A voice that speaks of more places than this may say too much for its chains to be looked into."""


def blocks(rows: Rows) -> Ints:
    """For each row the unit of work that it belongs to: its family, or its whole group where families have to do."""
    found: Ints = np.where(np.isin(rows["group"], mingled(rows)), rows["group"], rows["family"])
    return found


def mingled(rows: Rows) -> Ints:
    """Groups whose families have to do with each other: by unsure rows, or by articles that give figures of several."""
    several = np.flatnonzero(_in_one_article(rows))
    article = distinct(mixed(rows["group"][several], rows["article"][several]))
    apart = rows["family"][several] != rows["family"][several[article.at]][article.code]
    found: Ints = np.unique(np.concatenate([rows["group"][rows["unsure"]], rows["group"][several[apart]]]))
    return found


def _in_one_article(rows: Rows) -> NDArray[np.bool_]:
    """Rows of articles that give enough figures of a group for some to add up (nearby.py)."""
    code = distinct(mixed(rows["group"], rows["article"])).code
    found: NDArray[np.bool_] = np.bincount(code)[code] >= _FEWEST_TO_ADD
    return found


def reach(rows: Rows, areas: Mapping[int, str], lattice: Lattice) -> Ints:
    """For each row a number that it shares with every row that it may reach."""
    spots = _Spots(rows)
    holding = _holding(spots, areas, lattice)
    links = [
        spots.touching(spots.place),
        *_held(spots, holding),
        spots.touching(mixed(spots.family, spots.rank), only=spots.rank > 0),
        _beside_undated(spots),
        *_compared(rows, spots),
        _ranked(rows, spots),
        _one_article(rows, spots),
        *_one_voice(rows, spots, holding),
        *_one_event(rows, spots),
        _linked(spots, np.flatnonzero(rows["unsure"]), rows["group"]),
        _linked(spots, np.flatnonzero(_in_one_article(rows)), mixed(rows["group"], rows["article"])),
        _undated(rows, spots),
    ]
    first, second = (np.concatenate([link[side] for link in links]) for side in (0, 1))
    found: Ints = _connected(first, second, spots.size)[spots.of_row]
    return found


def _connected(first: Ints, second: Ints, size: int) -> Ints:
    """For each of so many nodes the smallest that it is linked with, over however many links (SciPy loads too long)."""
    root: Ints = np.arange(size, dtype=np.int64)
    while first.size:
        low, high = np.minimum(root[first], root[second]), np.maximum(root[first], root[second])
        apart = low != high
        first, second = first[apart], second[apart]
        np.minimum.at(root, high[apart], low[apart])
        while (above := root[root]) is not None and (above != root).any():
            root = above
    return root


def speaking(rows: Rows, reached: Ints) -> NDArray[np.bool_]:
    """Rows that bear on what is said: those that reach another, shares, and all of a voice of many units or places."""
    bears: NDArray[np.bool_] = rows["kind"] == KINDS.index("share")
    return bears | (np.bincount(reached)[reached] > 1) | wide_voices(rows)


def wide_voices(rows: Rows) -> NDArray[np.bool_]:
    """Rows of voices whose chains depend on all that they say: levels in several units, or of very many places."""
    code = distinct(mixed(rows["family"], rows["voice"])).code
    level = rows["kind"] == KINDS.index("level")
    units = _distinct(code[level], rows["unit"][level], int(code.max(initial=0)) + 1)
    places = _distinct(code, mixed(rows["area"], rows["counterpart"]), int(code.max(initial=0)) + 1)
    wide: NDArray[np.bool_] = (units > 1) | (places > _MOST_LINES)
    return wide[code]


def _shared(code: Ints, some: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Rows that have a code in common with some rows."""
    return np.bincount(code[some], minlength=int(code.max(initial=0)) + 1)[code] > 0


def _distinct(code: Ints, values: Ints, size: int) -> Ints:
    """How many distinct values each code has."""
    return np.bincount(code[distinct(mixed(code, values)).at], minlength=size)


class _Spots:
    """The distinct scopes of the rows: family, area, counterpart, period; a row that leaves a slot open has its own."""

    def __init__(self, rows: Rows) -> None:
        left_open = (rows["area"] == OPEN) | (rows["start"] == OPEN)
        self.of_claim = mixed(rows["family"], rows["area"], rows["counterpart"], rows["start"], rows["end"])
        rank = rows["kind"] == KINDS.index("rank")
        _, first, self.of_row = distinct(mixed(self.of_claim, rank))
        self.keys = self.of_claim[first]
        self.size = int(first.size)
        self.family, self.area, self.counterpart = (rows[name][first] for name in ("family", "area", "counterpart"))
        self.start, self.end = rows["start"][first].astype(np.int64), rows["end"][first].astype(np.int64)
        self.open = left_open[first]
        self.rank = rank[first].astype(np.int64)
        self.place = mixed(self.family, self.area, self.counterpart)
        self._order = np.argsort(self.keys)

    def touching(self, place: Ints, *, only: NDArray[np.bool_] | None = None) -> tuple[Ints, Ints]:
        """Links between spots of one place that share a day, each with one that begins before it and still runs."""
        at = np.flatnonzero(~self.open if only is None else ~self.open & only)
        return self.chained(at, place[at])

    def chained(self, at: Ints, place: Ints) -> tuple[Ints, Ints]:
        """The same for some spots, each with the number of a place."""
        if not at.size:
            return at, at
        code, shift = distinct(place).code, 1 << 24
        order = np.argsort(code * shift + self.start[at])
        at, code = at[order], code[order]
        ends = np.maximum.accumulate(code * shift + self.end[at])
        meets = (code[1:] == code[:-1]) & (code[1:] * shift + self.start[at[1:]] < ends[:-1])
        # One link to the spot before is enough: that one is linked with whichever of its own still runs.
        return at[1:][meets], at[:-1][meets]

    def find(self, key: Ints) -> Ints:
        """The number of a spot with each key; -1 where there is none."""
        place = np.searchsorted(self.keys, key, sorter=self._order)
        spot = self._order[np.minimum(place, self.size - 1)]
        return np.where(self.keys[spot] == key, spot, -1)


def _holding(spots: _Spots, areas: Mapping[int, str], lattice: Lattice) -> Ints:
    """Pairs of places, by their rank among all: one, and one that holds it (or a gap with its ends turned round)."""
    places, first, _ = distinct(spots.place)
    wider = {code: _wider(name, lattice) for code, name in areas.items()}
    asking: list[int] = []
    asked: list[tuple[int, int]] = []
    for own, spot in enumerate(first.tolist()):
        area, counterpart = int(spots.area[spot]), int(spots.counterpart[spot])
        if area != OPEN:
            others = [(a, b) for a in wider[area] for b in wider[counterpart]] + [(counterpart, area)]
            asking += [own] * len(others)
            asked += others
    if not asked:
        return np.empty((0, 2), dtype=np.int64)
    ends = np.array(asked, dtype=np.int64)
    key = mixed(spots.family[first][asking], ends[:, 0], ends[:, 1])
    met = np.minimum(np.searchsorted(places, key), places.size - 1)
    there = (places[met] == key) & (met != asking)
    return np.stack([np.array(asking, dtype=np.int64)[there], met[there]], axis=1)


def _held(spots: _Spots, pairs: Ints) -> list[tuple[Ints, Ints]]:
    """Links between the spots of a place and those of every place that holds it."""
    if not pairs.size:
        return []
    places, _, of_spot = distinct(spots.place)
    order = np.argsort(of_spot)
    begins = np.searchsorted(of_spot[order], np.arange(places.size + 1))
    at, code = _expanded(order, begins, pairs.ravel())
    dated = ~spots.open[at]
    return [spots.chained(at[dated], code[dated] // 2)]


def _expanded(order: Ints, begins: Ints, wanted: Ints) -> tuple[Ints, Ints]:
    """The members of each wanted bin, and which of the wanted each is for; bin n is order[begins[n]:begins[n + 1]]."""
    sizes = np.diff(begins)[wanted]
    within = np.arange(int(sizes.sum()), dtype=np.int64) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    members = order[np.repeat(begins[wanted], sizes) + within]
    return members, np.repeat(np.arange(wanted.size, dtype=np.int64), sizes)


def _wider(area: str, lattice: Lattice) -> list[int]:
    return [code_of(each) for each in sorted({area, WORLD} | lattice.area_ancestors(area))]


def _beside_undated(spots: _Spots) -> tuple[Ints, Ints]:
    """Links between all spots of a place of which something is said without a day: it may be of any day (blocking)."""
    named = spots.area != OPEN
    at = np.flatnonzero(named & np.isin(spots.place, spots.place[named & (spots.start == OPEN)]))
    order = at[np.argsort(spots.place[at])]
    same = spots.place[order[1:]] == spots.place[order[:-1]]
    return order[1:][same], order[:-1][same]


def _compared(rows: Rows, spots: _Spots) -> list[tuple[Ints, Ints]]:
    """Links from rates, gaps and shares to the spots of the levels that they are of: either end, either period.

    The other end of all trade, the world, is no end.
    """
    at = np.flatnonzero(rows["kind"] != KINDS.index("level"))
    some, world = rows[at], np.full(at.size, code_of(WORLD), dtype=np.int64)
    links = []
    for area, counterpart in (("area", "counterpart"), ("area", ""), ("counterpart", "")):
        asks = some["counterpart"] != world if area == "counterpart" else np.ones(at.size, dtype=np.bool_)
        for first, last in (("start", "end"), ("base_start", "base_end")):
            other = some[counterpart] if counterpart else world
            found = spots.find(mixed(some["family"], some[area], other, some[first], some[last]))
            there = asks & (found >= 0)
            links.append((spots.of_row[at][there], found[there]))
    return links


def _ranked(rows: Rows, spots: _Spots) -> tuple[Ints, Ints]:
    """Links between a voice's ranks and its levels of the same period: the first is to be no smaller."""
    rank = rows["kind"] == KINDS.index("rank")
    some = np.flatnonzero(rank | (rows["kind"] == KINDS.index("level")))
    key = mixed(rows["family"], rows["voice"], rows["start"], rows["end"])
    return _linked(spots, some[np.isin(key[some], key[rank])], key)


def _one_article(rows: Rows, spots: _Spots) -> tuple[Ints, Ints]:
    """Links between all of an article's spots in one family, where one of its claims is no dated level of a place."""
    code = distinct(mixed(rows["family"], rows["article"])).code
    loose = (rows["kind"] != KINDS.index("level")) | (rows["area"] == OPEN) | (rows["start"] == OPEN)
    return _linked(spots, np.flatnonzero(_shared(code, loose)), code)


def _undated(rows: Rows, spots: _Spots) -> tuple[Ints, Ints]:
    """Links between all of a place of which a row names no day: it may be of any that another names."""
    place = spots.place[spots.of_row]
    some = np.isin(rows["kind"], (KINDS.index("level"), KINDS.index("share"))) & (rows["area"] != OPEN)
    undated = some & (rows["start"] == OPEN)
    return _linked(spots, np.flatnonzero(some & np.isin(place, place[undated])), place)


def _one_voice(rows: Rows, spots: _Spots, pairs: Ints) -> list[tuple[Ints, Ints]]:
    """Links between what one voice says of a place, and of the places that hold it, whenever it may chain."""
    place = spots.place[spots.of_row]
    key = mixed(place, rows["voice"])
    keys, first, code = distinct(key)
    links = [_linked(spots, np.flatnonzero(np.bincount(code)[code] >= _CHAIN), key)]
    if pairs.size:
        places = distinct(spots.place).keys
        voice = rows["voice"][first]
        own = np.searchsorted(places, place[first])
        order = np.argsort(own)
        begins = np.searchsorted(own[order], np.arange(places.size + 1))
        at, pair = _expanded(order, begins, pairs[:, 0])
        wider = mixed(places[pairs[pair, 1]], voice[at])
        met = np.minimum(np.searchsorted(keys, wider), keys.size - 1)
        there = keys[met] == wider
        links.append((spots.of_row[first[at[there]]], spots.of_row[first[met[there]]]))
        both = np.zeros(keys.size, dtype=np.bool_)
        both[at[there]] = both[met[there]] = True
        links.append(_linked(spots, np.flatnonzero(both[code]), code))
    return links


def _one_event(rows: Rows, spots: _Spots) -> list[tuple[Ints, Ints]]:
    """Links between tolls of one area, and between the shares and rates of one area that share a period."""
    toll = np.flatnonzero(rows["toll"])
    links = [_linked(spots, toll, mixed(rows["family"], rows["area"]))]
    share, growth = rows["kind"] == KINDS.index("share"), rows["kind"] == KINDS.index("growth")
    now, before = np.flatnonzero(share | growth), np.flatnonzero(growth & (rows["base_start"] != OPEN))
    at = np.concatenate([now, before])
    start = np.concatenate([rows["start"][now], rows["base_start"][before]])
    end = np.concatenate([rows["end"][now], rows["base_end"][before]])
    key = mixed(rows["family"][at], rows["area"][at], start, end)
    order = np.argsort(key)
    same = key[order[1:]] == key[order[:-1]]
    spot = spots.of_row[at[order]]
    return [*links, (spot[1:][same], spot[:-1][same])]


def _linked(spots: _Spots, at: Ints, key: Ints) -> tuple[Ints, Ints]:
    """Links in a row between the spots of the rows that have one key."""
    order = at[np.argsort(key[at])]
    same = key[order[1:]] == key[order[:-1]]
    return spots.of_row[order[1:]][same], spots.of_row[order[:-1]][same]
