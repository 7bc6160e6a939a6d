"""A million claims as columns of numbers, made from JSON lines without making claims of them."""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct

import numpy as np
import orjson
from numpy.typing import NDArray

from extractor.model import Claim
from reconcile.claims.lattice import Lattice
from reconcile.claims.rules import is_running
from reconcile.claims.words import Words
from reconcile.comparison.blocking import family_of, group_of
from reconcile.comparison.trust import READ_SURELY
from reconcile.scale.decoding import Portion, Remembered, Stretches, portion
from reconcile.scale.numbers import code_of, numbers_of

KINDS = ("level", "growth", "difference", "share", "multiple", "rank")
OPEN = -1
"""A day, area or base that is not given."""
_UNKNOWN = (OPEN, OPEN)
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
        found["voice"] = np.where(voice == OPEN, article, voice)
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
            is_running(placed.indicator),
            placed.factor,
            placed.kind != kind,
        )

    def _when(self, stretch: bytes) -> bytes:
        times = self._stretches.times[stretch]
        return _PACK_TIMES.pack(*(times.period or _UNKNOWN), *(times.base or _UNKNOWN), times.based)

    def _voice(self, stretch: bytes) -> int:
        name = self._stretches.voices[stretch].name
        return OPEN if name is None else self._codes[name]

    def _topic(self, topic: tuple[str | None, str | None]) -> tuple[int, int]:
        """Group and family of an indicator and a product."""
        both = (group_of(*topic, self.lattice), family_of(*topic, self.lattice))
        return code_of("|".join(both[0])), code_of("|".join(both[1]))

    def _area(self, area: str | None) -> int:
        if area is None:
            return OPEN
        code = self._codes[area]
        self.areas[code] = area
        return code


def _is_unsure(tail: bytes) -> bool:
    """True where the end of a claim's line says that its slots were not read beyond doubt."""
    at = tail.find(_CONFIDENCE)
    return at >= 0 and float(tail[at + len(_CONFIDENCE) : tail.index(b",", at + 1)]) < READ_SURELY


def _as_written(line: bytes) -> bytes:
    """A claim's line as claimgraph writes it."""
    return orjson.dumps(Claim.model_validate_json(line).to_json())
