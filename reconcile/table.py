"""A million claims as columns of numbers: which group each belongs to, and which claims can reach each other at all.

Made from JSON lines without making claims of them. Claims are joined where anything that is said of one may hang on the
other: one place (or a place that holds it) in periods that touch, a rate and the periods that it compares, one article
where a slot is left open, one voice's chain of rates. What is said within one joined set depends on nothing outside its
group, and a claim that reaches no other has nothing said of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from struct import Struct
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from extractor.model import Claim
from reconcile.blocking import family_of, group_of
from reconcile.decoding import Portion, Remembered, Stretches, portion
from reconcile.lattice import Lattice
from reconcile.rules import rules
from reconcile.trust import READ_SURELY
from reconcile.words import WORLD, Words

Ints = NDArray[np.int64]

KINDS = ("level", "growth", "difference", "share", "multiple", "rank")
_OPEN = -1
"""A day, area or base that is not given."""
_UNKNOWN = (_OPEN, _OPEN)
_CHAIN = 3
"""Claims of one voice about one place that may be tied in a chain, whatever their periods."""
_FEWEST_TO_ADD = 3
"""Two figures of an article and a third that they add up to (nearby.py)."""
_MOST_LINES = 100
"""A voice that speaks of more places than this may say too much for its chains to be looked into."""
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)

DTYPE = np.dtype(
    [
        ("offset", np.int64),
        ("length", np.int32),
        ("kind", np.int8),
        ("group", np.int64),
        ("family", np.int64),
        ("area", np.int64),
        ("counterpart", np.int64),
        ("start", np.int32),
        ("end", np.int32),
        ("base_start", np.int32),
        ("base_end", np.int32),
        ("article", np.int64),
        ("voice", np.int64),
        ("unit", np.int64),
        ("toll", np.bool_),
        ("unsure", np.bool_),
        ("value", np.float64),
        ("number", np.int64),
    ]
)
"""`number` stands for the claim's id, `voice` for its source, or the article that speaks itself. The `unsure` rows of a
group are weighed against each other (linkage.py); all else that is said stays within a family."""

Rows = NDArray[np.void]

_PLACE = np.dtype(
    [
        ("kind", np.int8),
        ("group", np.int64),
        ("family", np.int64),
        ("area", np.int64),
        ("counterpart", np.int64),
        ("unit", np.int64),
        ("toll", np.bool_),
        ("factor", np.float64),
        ("grown", np.bool_),
    ]
)
"""What a claim's words alone decide; `grown`: it tells of a multiple of an earlier period."""
_TIMES = np.dtype(
    [("start", np.int32), ("end", np.int32), ("base_start", np.int32), ("base_end", np.int32), ("based", np.bool_)]
)
_PACK_PLACE, _PACK_TIMES = Struct("<bqqqqq?d?"), Struct("<iiii?")
"""Bytes as _PLACE and _TIMES lay them out."""
_CONFIDENCE = b',"confidence":'
_LONGEST = 64
"""Signs of a name that are hashed as they stand; of a longer one its digest is."""


class Lines:
    """Turns JSON lines into rows; remembers the words that it has met."""

    def __init__(self, words: Words, lattice: Lattice, stretches: Stretches | None = None) -> None:
        self.lattice = lattice
        self.areas: dict[int, str] = {}
        """Which area or counterpart each number stands for."""
        self._stretches = stretches or Stretches(words)
        self._codes = Remembered(code_of)
        self._topics = Remembered(self._topic)
        self._places = Remembered(self._place)
        self._times = Remembered(self._when)
        self._voices = Remembered(self._voice)

    def rows(self, lines: Sequence[bytes], offsets: Sequence[int]) -> Rows:
        """A row for each line, all of which hold a claim, with the place in the file where it starts."""
        if not lines:
            return np.empty(0, dtype=DTYPE)
        lengths = list(map(len, lines))
        try:
            return self.columns(portion(lines), offsets, lengths)
        except ValueError:
            return self.columns(portion([_as_written(line) for line in lines]), offsets, lengths)

    def columns(self, read: Portion, offsets: Sequence[int], lengths: Sequence[int]) -> Rows:
        """A row for each line of a portion, which starts at its place in the file and is so many bytes long."""
        found = np.empty(len(offsets), dtype=DTYPE)
        found["offset"], found["length"] = offsets, lengths
        times = list(map(self._times.__getitem__, read.times))
        forms = zip(read.scopes, read.own.kind, read.own.unit, [packed[-1] for packed in times], strict=True)
        place = np.frombuffer(b"".join(map(self._places.__getitem__, forms)), dtype=_PLACE)
        when = np.frombuffer(b"".join(times), dtype=_TIMES)
        for columns in (place, when):
            for name in set(columns.dtype.names or ()).intersection(DTYPE.names or ()):
                found[name] = columns[name]
        value, article = np.array(read.own.value), numbers_of(read.own.article)
        voice = np.array(list(map(self._voices.__getitem__, read.sources)), dtype=np.int64)
        found["value"] = np.where(place["grown"], (value - 1) * 100, value) * place["factor"]
        found["article"] = article
        found["voice"] = np.where(voice == _OPEN, article, voice)
        found["unsure"] = list(map(_is_unsure, read.tails))
        found["number"] = numbers_of(read.own.id)
        return found

    def _place(self, form: tuple[bytes, str, str, int]) -> bytes:
        scope, kind, unit, based = form
        placed = self._stretches.scopes[scope].placed[kind, unit, bool(based)]
        return _PACK_PLACE.pack(
            KINDS.index(placed.kind),
            *self._topics[placed.indicator, placed.product],
            self._area(placed.area),
            self._area(placed.counterpart),
            self._codes[placed.unit],
            placed.indicator in rules()["tolls"],
            placed.factor,
            placed.kind != kind,
        )

    def _when(self, stretch: bytes) -> bytes:
        times = self._stretches.times[stretch]
        return _PACK_TIMES.pack(*(times.period or _UNKNOWN), *(times.base or _UNKNOWN), times.based)

    def _voice(self, stretch: bytes) -> int:
        name = self._stretches.voices[stretch].name
        return _OPEN if name is None else self._codes[name]

    def _topic(self, topic: tuple[str | None, str | None]) -> tuple[int, int]:
        """Group and family of an indicator and a product."""
        both = (group_of(*topic, self.lattice), family_of(*topic, self.lattice))
        return code_of("|".join(both[0])), code_of("|".join(both[1]))

    def _area(self, area: str | None) -> int:
        if area is None:
            return _OPEN
        code = self._codes[area]
        self.areas[code] = area
        return code


def _mixed(*columns: NDArray[Any]) -> Ints:
    """One number for several: equal where all are, and else all but never."""
    mixed = np.zeros(columns[0].shape, dtype=np.uint64)
    for column in columns:
        mixed ^= column.astype(np.int64).view(np.uint64)
        mixed *= _MIX[0]
        mixed ^= mixed >> np.uint64(29)
        mixed *= _MIX[1]
        mixed ^= mixed >> np.uint64(32)
    return (mixed >> np.uint64(1)).astype(np.int64)


_KEYS = (_mixed(np.arange(1, _LONGEST + 1)) * 2 + 1).view(np.uint64)
"""An odd number for each sign of a name."""


def code_of(words: str) -> int:
    """A number that stands for some words, the same in every process and run; none is negative."""
    return int.from_bytes(_digest(words, 8), "little") >> 1


def number_of(name: str) -> int:
    """The number of a claim or an article."""
    return int(numbers_of([name])[0])


def numbers_of(names: Sequence[str]) -> Ints:
    """The numbers of claims or articles, of which there are too many to be looked at one by one."""
    if not names:
        return np.empty(0, dtype=np.int64)
    short = names if max(map(len, names)) <= _LONGEST else [_shortened(name) for name in names]
    sizes = np.fromiter(map(len, short), dtype=np.int64, count=len(short))
    width = max(int(sizes.max()), 1)
    signs = np.array(short, dtype=f"U{width}").view(np.uint32).reshape(len(short), width)
    return _mixed((signs * _KEYS[:width]).sum(axis=1), sizes)


def _shortened(name: str) -> str:
    """A name, or for a long one what stands for it."""
    return name if len(name) <= _LONGEST else _digest(name, _LONGEST // 2).hex()


def _digest(words: str, size: int) -> bytes:
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=size).digest()


def blocks(rows: Rows) -> Ints:
    """For each row the unit of work that it belongs to: its family, or its whole group where families have to do."""
    found: Ints = np.where(np.isin(rows["group"], mingled(rows)), rows["group"], rows["family"])
    return found


def mingled(rows: Rows) -> Ints:
    """Groups whose families have to do with each other: by unsure rows, or by articles that give figures of several."""
    several = np.flatnonzero(_in_one_article(rows))
    article = _mixed(rows["group"][several], rows["article"][several])
    _, first, code = np.unique(article, return_index=True, return_inverse=True)
    apart = rows["family"][several] != rows["family"][several[first]][code]
    found: Ints = np.unique(np.concatenate([rows["group"][rows["unsure"]], rows["group"][several[apart]]]))
    return found


def _in_one_article(rows: Rows) -> NDArray[np.bool_]:
    """Rows of articles that give enough figures of a group for some to add up (nearby.py)."""
    _, code, count = np.unique(_mixed(rows["group"], rows["article"]), return_inverse=True, return_counts=True)
    found: NDArray[np.bool_] = count[code] >= _FEWEST_TO_ADD
    return found


def reach(rows: Rows, areas: Mapping[int, str], lattice: Lattice) -> Ints:
    """For each row a number that it shares with every row that it may reach."""
    spots = _Spots(rows)
    holding = _holding(spots, areas, lattice)
    links = [
        spots.touching(spots.place),
        *_held(spots, holding),
        spots.touching(_mixed(spots.family, spots.rank), only=spots.rank > 0),
        _beside_undated(spots),
        *_compared(rows, spots),
        _one_article(rows, spots),
        *_one_voice(rows, spots, holding),
        *_one_event(rows, spots),
        _linked(spots, np.flatnonzero(rows["unsure"]), rows["group"]),
        _linked(spots, np.flatnonzero(_in_one_article(rows)), _mixed(rows["group"], rows["article"])),
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
    voice = _mixed(rows["family"], rows["voice"])
    _, code = np.unique(voice, return_inverse=True)
    level = rows["kind"] == KINDS.index("level")
    units = _distinct(code[level], rows["unit"][level], int(code.max(initial=0)) + 1)
    places = _distinct(code, _mixed(rows["area"], rows["counterpart"]), int(code.max(initial=0)) + 1)
    wide: NDArray[np.bool_] = (units > 1) | (places > _MOST_LINES)
    return wide[code]


def _distinct(code: Ints, values: Ints, size: int) -> Ints:
    """How many distinct values each code has."""
    first = np.unique(_mixed(code, values), return_index=True)[1]
    return np.bincount(code[first], minlength=size)


class _Spots:
    """The distinct scopes of the rows: family, area, counterpart, period; a row that leaves a slot open has its own."""

    def __init__(self, rows: Rows) -> None:
        left_open = (rows["area"] == _OPEN) | (rows["start"] == _OPEN)
        self.of_claim = _mixed(rows["family"], rows["area"], rows["counterpart"], rows["start"], rows["end"])
        rank = rows["kind"] == KINDS.index("rank")
        _, first, self.of_row = np.unique(_mixed(self.of_claim, rank), return_index=True, return_inverse=True)
        self.keys = self.of_claim[first]
        self.size = int(first.size)
        self.family, self.area, self.counterpart = (rows[name][first] for name in ("family", "area", "counterpart"))
        self.start, self.end = rows["start"][first].astype(np.int64), rows["end"][first].astype(np.int64)
        self.open = left_open[first]
        self.rank = rank[first].astype(np.int64)
        self.place = _mixed(self.family, self.area, self.counterpart)
        self._order = np.argsort(self.keys, kind="stable")

    def touching(self, place: Ints, *, only: NDArray[np.bool_] | None = None) -> tuple[Ints, Ints]:
        """Links between spots of one place that share a day, each with one that begins before it and still runs."""
        at = np.flatnonzero(~self.open if only is None else ~self.open & only)
        return self.chained(at, place[at])

    def chained(self, at: Ints, place: Ints) -> tuple[Ints, Ints]:
        """The same for some spots, each with the number of a place."""
        if not at.size:
            return at, at
        _, code = np.unique(place, return_inverse=True)
        order = np.lexsort((self.start[at], code))
        at, code = at[order], code[order].astype(np.int64)
        shift = 1 << 24
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
    places, first = np.unique(spots.place, return_index=True)
    wider = {code: _wider(name, lattice) for code, name in areas.items()}
    asking: list[int] = []
    asked: list[tuple[int, int]] = []
    for own, spot in enumerate(first.tolist()):
        area, counterpart = int(spots.area[spot]), int(spots.counterpart[spot])
        if area != _OPEN:
            others = [(a, b) for a in wider[area] for b in wider[counterpart]] + [(counterpart, area)]
            asking += [own] * len(others)
            asked += others
    if not asked:
        return np.empty((0, 2), dtype=np.int64)
    ends = np.array(asked, dtype=np.int64)
    key = _mixed(spots.family[first][asking], ends[:, 0], ends[:, 1])
    met = np.minimum(np.searchsorted(places, key), places.size - 1)
    there = (places[met] == key) & (met != asking)
    return np.stack([np.array(asking, dtype=np.int64)[there], met[there]], axis=1)


def _held(spots: _Spots, pairs: Ints) -> list[tuple[Ints, Ints]]:
    """Links between the spots of a place and those of every place that holds it."""
    if not pairs.size:
        return []
    places, of_spot = np.unique(spots.place, return_inverse=True)
    order = np.argsort(of_spot, kind="stable")
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
    named = spots.area != _OPEN
    at = np.flatnonzero(named & np.isin(spots.place, spots.place[named & (spots.start == _OPEN)]))
    order = at[np.argsort(spots.place[at], kind="stable")]
    same = spots.place[order[1:]] == spots.place[order[:-1]]
    return order[1:][same], order[:-1][same]


def _compared(rows: Rows, spots: _Spots) -> list[tuple[Ints, Ints]]:
    """Links from rates, gaps and shares to the spots of the levels that they are of: either end, either period."""
    at = np.flatnonzero(rows["kind"] != KINDS.index("level"))
    some, world = rows[at], np.full(at.size, code_of(WORLD), dtype=np.int64)
    links = []
    for area, counterpart in (("area", "counterpart"), ("area", ""), ("counterpart", "")):
        for first, last in (("start", "end"), ("base_start", "base_end")):
            other = some[counterpart] if counterpart else world
            found = spots.find(_mixed(some["family"], some[area], other, some[first], some[last]))
            links.append((spots.of_row[at][found >= 0], found[found >= 0]))
    return links


def _one_article(rows: Rows, spots: _Spots) -> tuple[Ints, Ints]:
    """Links between all of an article's spots in one family, where one of its claims is no dated level of a place."""
    key = _mixed(rows["family"], rows["article"])
    loose = (rows["kind"] != KINDS.index("level")) | (rows["area"] == _OPEN) | (rows["start"] == _OPEN)
    return _linked(spots, np.flatnonzero(np.isin(key, key[loose])), key)


def _undated(rows: Rows, spots: _Spots) -> tuple[Ints, Ints]:
    """Links between all of a place of which a row names no day: it may be of any that another names."""
    place = spots.place[spots.of_row]
    some = np.isin(rows["kind"], (KINDS.index("level"), KINDS.index("share"))) & (rows["area"] != _OPEN)
    undated = some & (rows["start"] == _OPEN)
    return _linked(spots, np.flatnonzero(some & np.isin(place, place[undated])), place)


def _one_voice(rows: Rows, spots: _Spots, pairs: Ints) -> list[tuple[Ints, Ints]]:
    """Links between what one voice says of a place, and of the places that hold it, whenever it may chain."""
    place = spots.place[spots.of_row]
    key = _mixed(place, rows["voice"])
    keys, first, code, count = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    links = [_linked(spots, np.flatnonzero(count[code] >= _CHAIN), key)]
    if pairs.size:
        places = np.unique(spots.place)
        voice = rows["voice"][first]
        own = np.searchsorted(places, place[first])
        order = np.argsort(own, kind="stable")
        begins = np.searchsorted(own[order], np.arange(places.size + 1))
        at, pair = _expanded(order, begins, pairs[:, 0])
        wider = _mixed(places[pairs[pair, 1]], voice[at])
        met = np.minimum(np.searchsorted(keys, wider), keys.size - 1)
        there = keys[met] == wider
        links.append((spots.of_row[first[at[there]]], spots.of_row[first[met[there]]]))
        both = np.isin(code, np.concatenate([at[there], met[there]]))
        links.append(_linked(spots, np.flatnonzero(both), key))
    return links


def _one_event(rows: Rows, spots: _Spots) -> list[tuple[Ints, Ints]]:
    """Links between tolls of one area, and between the shares and rates of one area that share a period."""
    toll = np.flatnonzero(rows["toll"])
    links = [_linked(spots, toll, _mixed(rows["family"], rows["area"]))]
    share, growth = rows["kind"] == KINDS.index("share"), rows["kind"] == KINDS.index("growth")
    now, before = np.flatnonzero(share | growth), np.flatnonzero(growth & (rows["base_start"] != _OPEN))
    at = np.concatenate([now, before])
    start = np.concatenate([rows["start"][now], rows["base_start"][before]])
    end = np.concatenate([rows["end"][now], rows["base_end"][before]])
    key = _mixed(rows["family"][at], rows["area"][at], start, end)
    order = np.argsort(key, kind="stable")
    same = key[order[1:]] == key[order[:-1]]
    spot = spots.of_row[at[order]]
    return [*links, (spot[1:][same], spot[:-1][same])]


def _linked(spots: _Spots, at: Ints, key: Ints) -> tuple[Ints, Ints]:
    """Links in a row between the spots of the rows that have one key."""
    order = at[np.argsort(key[at], kind="stable")]
    same = key[order[1:]] == key[order[:-1]]
    return spots.of_row[order[1:]][same], spots.of_row[order[:-1]][same]


def _is_unsure(tail: bytes) -> bool:
    """True where the end of a claim's line says that its slots were not read beyond doubt."""
    at = tail.find(_CONFIDENCE)
    return at >= 0 and float(tail[at + len(_CONFIDENCE) : tail.index(b",", at + 1)]) < READ_SURELY


def _as_written(line: bytes) -> bytes:
    """A claim's line as claimgraph writes it."""
    return orjson.dumps(Claim.model_validate_json(line).to_json())
