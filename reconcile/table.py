"""A million claims as columns of numbers: which group each belongs to, and which claims can reach each other at all.

Made from JSON lines without making claims of them. Claims are joined where anything that is said of one may hang on the
other: one place (or a place that holds it) in periods that touch, a rate and the periods that it compares, one article
where a slot is left open, one voice's chain of rates. What is said within one joined set depends on nothing outside its
group, and a claim that reaches no other has nothing said of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from struct import Struct
from typing import Any, NamedTuple, TypeVar
from zlib import crc32

import numpy as np
import orjson
from numpy.typing import NDArray

from extractor.model import Claim
from reconcile.blocking import group_of
from reconcile.decoding import cut, read_stretch
from reconcile.lattice import Lattice
from reconcile.normalise import WORLD, Slots, Words
from reconcile.rules import rules

Ints = NDArray[np.int64]

KINDS = ("level", "growth", "difference", "share", "multiple", "rank")
_OPEN = -1
"""A day, area or base that is not given."""
_CHAIN = 3
"""Claims of one voice about one place that may be tied in a chain, whatever their periods."""
_MOST_LINES = 100
"""A voice that speaks of more places than this may say too much for its chains to be looked into."""
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)

DTYPE = np.dtype(
    [
        ("offset", np.int64),
        ("length", np.int32),
        ("kind", np.int8),
        ("group", np.int64),
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
        ("value", np.float64),
        ("number", np.int64),
    ]
)
"""`number` stands for the claim's id, `voice` for its source, or the article that speaks itself."""

Rows = NDArray[np.void]

_PACK = Struct("<qibqqqiiiiqqq?dq")
"""A row's bytes, as DTYPE lays them out."""
_REMEMBERED = 1 << 18


class _Place(NamedTuple):
    """The columns that a claim's words alone decide."""

    kind: int
    group: int
    area: int
    counterpart: int
    unit: int
    toll: bool
    factor: float
    grown: bool
    """True for a multiple of an earlier period, which is growth."""


class _Times(NamedTuple):
    """The columns that a claim's periods decide."""

    start: int
    end: int
    base_start: int
    base_end: int
    based: bool


Key = TypeVar("Key")
Known = TypeVar("Known")


class Lines:
    """Turns JSON lines into rows; remembers the words that it has met."""

    def __init__(self, words: Words, lattice: Lattice) -> None:
        self.words, self.lattice = words, lattice
        self.areas: dict[int, str] = {}
        """Which area or counterpart each number stands for."""
        self._codes: dict[str, int] = {}
        self._days: dict[str, int] = {}
        self._groups: dict[tuple[str | None, str | None], int] = {}
        self._places: dict[tuple[str, str, bool, bytes], _Place] = {}
        self._times: dict[bytes, _Times] = {}
        self._voices: dict[bytes, int | None] = {}

    def rows(self, lines: Iterable[tuple[int, bytes]]) -> Rows:
        """A row for each line that holds a claim, with the place in the file where it starts."""
        packed = bytearray()
        for at, line in lines:
            packed += self._packed(at, line)
        return np.frombuffer(packed, dtype=DTYPE)

    def _packed(self, at: int, line: bytes) -> bytes:
        """The row of one claim, as bytes."""
        parts = cut(line) or cut(_as_written(line))
        if parts is None:
            raise ValueError("a line that holds no claim")
        head = orjson.loads(parts.head)
        times = self._times.get(parts.times)
        if times is None:
            times = self._remember(self._times, parts.times, self._read_times(parts.times))
        key = (head.get("kind", "level"), head.get("unit", "count"), times.based, parts.scope)
        place = self._places.get(key)
        if place is None:
            place = self._remember(self._places, key, self._placed(*key))
        if parts.source in self._voices:
            voice = self._voices[parts.source]
        else:
            voice = self._remember(self._voices, parts.source, self._voice(parts.source))
        article = crc32(head["article"].encode("utf-8", "surrogatepass"))
        value = head["value"]
        return _PACK.pack(
            at,
            len(line),
            place.kind,
            place.group,
            place.area,
            place.counterpart,
            times.start,
            times.end,
            times.base_start,
            times.base_end,
            article,
            article if voice is None else voice,
            place.unit,
            place.toll,
            ((value - 1) * 100 if place.grown else value) * place.factor,
            number_of(head["id"]),
        )

    @staticmethod
    def _remember(known: dict[Key, Known], key: Key, found: Known) -> Known:
        if len(known) >= _REMEMBERED:
            known.clear()
        known[key] = found
        return found

    def _read_times(self, stretch: bytes) -> _Times:
        fields = read_stretch(stretch)
        base = fields.get("base_period")
        return _Times(*self._span(fields.get("period")), *self._span(base), base is not None)

    def _placed(self, kind: str, unit: str, based: bool, stretch: bytes) -> _Place:
        concepts = read_stretch(stretch)
        slots = Slots(kind, unit, based, *(_pair(concepts.get(name)) for name in Slots._fields[3:]))
        place = self.words.placed(slots)
        topic = (place.indicator, place.product)
        group = self._groups.get(topic)
        if group is None:
            group = self._groups[topic] = number_of("|".join(group_of(*topic, self.lattice)))
        return _Place(
            KINDS.index(place.kind),
            group,
            self._area(place.area),
            self._area(place.counterpart),
            self._code(place.unit),
            place.indicator in rules()["tolls"],
            place.factor,
            place.kind != kind,
        )

    def _voice(self, stretch: bytes) -> int | None:
        source = _pair(read_stretch(stretch)["source"])
        return None if source is None else self._code(self.words.voice(source) or "")

    def _area(self, area: str | None) -> int:
        if area is None:
            return _OPEN
        code = self._code(area)
        self.areas[code] = area
        return code

    def _code(self, words: str) -> int:
        code = self._codes.get(words)
        if code is None:
            code = self._codes[words] = number_of(words)
        return code

    def _span(self, period: Mapping[str, Any] | None) -> tuple[int, int]:
        if period is None or period.get("start") is None or period.get("end") is None:
            return _OPEN, _OPEN
        return self._day(period["start"]), self._day(period["end"])

    def _day(self, date: str) -> int:
        day = self._days.get(date)
        if day is None:
            day = self._days[date] = dt.date.fromisoformat(date[:10]).toordinal()
        return day


def number_of(words: str) -> int:
    """A number that stands for some words, the same in every process and run."""
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") >> 1


def reach(rows: Rows, areas: Mapping[int, str], lattice: Lattice) -> Ints:
    """For each row a number that it shares with every row that it may reach."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    spots = _Spots(rows)
    holding = _holding(spots, areas, lattice)
    links = [
        spots.touching(spots.place),
        *_held(spots, holding),
        spots.touching(_mixed(spots.group, spots.rank), only=spots.rank > 0),
        *_compared(rows, spots),
        _one_article(rows, spots),
        *_one_voice(rows, spots, holding),
        *_one_event(rows, spots),
    ]
    first, second = (np.concatenate([link[side] for link in links]) for side in (0, 1))
    graph = coo_array((np.ones(first.size, dtype=np.int8), (first, second)), shape=(spots.size, spots.size))
    labels: NDArray[np.int32] = connected_components(graph, directed=False)[1]
    found: Ints = labels[spots.of_row].astype(np.int64)
    return found


def speaking(rows: Rows, reached: Ints) -> NDArray[np.bool_]:
    """Rows that bear on what is said: those that reach another, shares, and all of a voice of many units or places."""
    bears: NDArray[np.bool_] = rows["kind"] == KINDS.index("share")
    return bears | (np.bincount(reached)[reached] > 1) | wide_voices(rows)


def wide_voices(rows: Rows) -> NDArray[np.bool_]:
    """Rows of voices whose chains depend on all that they say: levels in several units, or of very many places."""
    voice = _mixed(rows["group"], rows["voice"])
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
    """The distinct scopes of the rows: group, area, counterpart, period; a row that leaves a slot open has its own."""

    def __init__(self, rows: Rows) -> None:
        left_open = (rows["area"] == _OPEN) | (rows["start"] == _OPEN)
        self.of_claim = _mixed(rows["group"], rows["area"], rows["counterpart"], rows["start"], rows["end"])
        rank = rows["kind"] == KINDS.index("rank")
        _, first, self.of_row = np.unique(_mixed(self.of_claim, rank), return_index=True, return_inverse=True)
        self.keys = self.of_claim[first]
        self.size = int(first.size)
        self.group, self.area, self.counterpart = (rows[name][first] for name in ("group", "area", "counterpart"))
        self.start, self.end = rows["start"][first].astype(np.int64), rows["end"][first].astype(np.int64)
        self.open = left_open[first]
        self.rank = rank[first].astype(np.int64)
        self.place = _mixed(self.group, self.area, self.counterpart)
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
    key = _mixed(spots.group[first][asking], ends[:, 0], ends[:, 1])
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
    return [number_of(each) for each in sorted({area, WORLD} | lattice.area_ancestors(area))]


def _compared(rows: Rows, spots: _Spots) -> list[tuple[Ints, Ints]]:
    """Links from rates, gaps and shares to the spots of the levels that they are of: either end, either period."""
    at = np.flatnonzero(rows["kind"] != KINDS.index("level"))
    some, world = rows[at], np.full(at.size, number_of(WORLD), dtype=np.int64)
    links = []
    for area, counterpart in (("area", "counterpart"), ("area", ""), ("counterpart", "")):
        for first, last in (("start", "end"), ("base_start", "base_end")):
            other = some[counterpart] if counterpart else world
            found = spots.find(_mixed(some["group"], some[area], other, some[first], some[last]))
            links.append((spots.of_row[at][found >= 0], found[found >= 0]))
    return links


def _one_article(rows: Rows, spots: _Spots) -> tuple[Ints, Ints]:
    """Links between all of an article's spots in one group, where one of its claims is no dated level of a place."""
    key = _mixed(rows["group"], rows["article"])
    loose = (rows["kind"] != KINDS.index("level")) | (rows["area"] == _OPEN) | (rows["start"] == _OPEN)
    return _linked(spots, np.flatnonzero(np.isin(key, key[loose])), key)


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
    links = [_linked(spots, toll, _mixed(rows["group"], rows["area"]))]
    share, growth = rows["kind"] == KINDS.index("share"), rows["kind"] == KINDS.index("growth")
    now, before = np.flatnonzero(share | growth), np.flatnonzero(growth & (rows["base_start"] != _OPEN))
    at = np.concatenate([now, before])
    start = np.concatenate([rows["start"][now], rows["base_start"][before]])
    end = np.concatenate([rows["end"][now], rows["base_end"][before]])
    key = _mixed(rows["group"][at], rows["area"][at], start, end)
    order = np.argsort(key, kind="stable")
    same = key[order[1:]] == key[order[:-1]]
    spot = spots.of_row[at[order]]
    return [*links, (spot[1:][same], spot[:-1][same])]


def _linked(spots: _Spots, at: Ints, key: Ints) -> tuple[Ints, Ints]:
    """Links in a row between the spots of the rows that have one key."""
    order = at[np.argsort(key[at], kind="stable")]
    same = key[order[1:]] == key[order[:-1]]
    return spots.of_row[order[1:]][same], spots.of_row[order[:-1]][same]


def _pair(fields: Mapping[str, Any] | None) -> tuple[str, str] | None:
    return None if fields is None else (fields["id"], fields.get("text", ""))


def _as_written(line: bytes) -> bytes:
    """A claim's line as claimgraph writes it."""
    return orjson.dumps(Claim.model_validate_json(line).to_json())
