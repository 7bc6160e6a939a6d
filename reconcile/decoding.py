"""Claims from lines that claimgraph wrote itself, many a second: what was read once is not read again.

Fields stand in a line in the contract's order, so it can be cut where a field's name stands: a stretch of it that has
come up before (what is measured of whom, when, by whom) is looked up by its bytes instead of being read. A line that is
not exactly as claimgraph writes it is read whole.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, get_args

import orjson
from pydantic import BaseModel

from extractor.model import Claim, Concept, Kind, Modifier, Period, Product, Source, Span, Status
from reconcile.made import made
from reconcile.normalise import Days, Measured, Pair, Placed, View, Words, days, measured, seen, shipped_words, view

_HEAD = ("id", "article", "quote", "start", "end", "sentence", "kind", "value", "low", "high", "modifier", "unit")
_SCOPE = (b',"indicator":', b',"product":', b',"area":', b',"counterpart":')
_TIMES = (b',"period":', b',"base_period":')
_SOURCE = (b',"source":',)
_TAIL = ("status", "published", "confidence", "other_readings", "borrowed", "superseded")
_CONTEXT = b',"context":'
_AT = (_SCOPE[0], _TIMES[0], _SOURCE[0], b',"status":')
"""Within a string every quotation mark has a backslash before it, so that none of these can stand in one."""
_KINDS, _MODIFIERS, _STATUSES = frozenset(get_args(Kind)), frozenset(get_args(Modifier)), frozenset(get_args(Status))
_ANY = Claim(id="", article="", quote="", start=0, end=0, value=0.0).to_json()
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_REMEMBERED = 1 << 18
"""Stretches of a kind that are kept at a time."""

Known = TypeVar("Known")
Thing = TypeVar("Thing", bound=BaseModel)


def cut(line: bytes) -> tuple[bytes, bytes, bytes, bytes, bytes] | None:
    """The stretches of a line (head, scope, times, source, tail); None where it is not as claimgraph writes it.

    The head is what is the claim's own, as an object of its own; all others come up again and again.
    """
    find = line.find
    scope = find(_AT[0])
    times = find(_AT[1], scope)
    source = find(_AT[2], times)
    tail = find(_AT[3], source)
    if scope < 1 or times < scope or source < times or tail < source:
        return None
    return line[:scope] + b"}", line[scope:times], line[times:source], line[source:tail], line[tail:]


class Scope(NamedTuple):
    """What is measured of whom, as a stretch says it."""

    fields: dict[str, Any]
    words: tuple[Pair | None, Pair | None, Pair | None, Pair | None]
    placed: dict[Measured, Placed]
    """What has been looked up for it."""


class Times(NamedTuple):
    """The periods of a stretch."""

    fields: dict[str, Any]
    period: Days | None
    base: Days | None
    based: bool


class Voice(NamedTuple):
    """Whom a stretch names as the source."""

    fields: dict[str, Any]
    name: str | None
    """Who that is; None where nobody is named."""


class Parts(NamedTuple):
    """What the stretches of a line say."""

    head: dict[str, Any]
    scope: Scope
    times: Times
    voice: Voice
    tail: bytes


class Stretches:
    """What the stretches of lines say; remembers those that it has met. Raises ValueError for any that is not so."""

    def __init__(self, words: Words | None = None) -> None:
        self.words = words or shipped_words()
        self._things: dict[type[BaseModel], dict[bytes, Any]] = {}
        self._scopes: dict[bytes, Scope] = {}
        self._times: dict[bytes, Times] = {}
        self._voices: dict[bytes, Voice] = {}

    def parts(self, line: bytes) -> Parts:
        """What a line says; its tail is left for those who ask."""
        found = cut(line)
        if found is None:
            raise ValueError("not as claimgraph writes a claim")
        head, scope, times, source, tail = found
        return Parts(
            _head(head),
            self._scopes.get(scope) or _remember(self._scopes, scope, self._scope),
            self._times.get(times) or _remember(self._times, times, self._read_times),
            self._voices.get(source) or _remember(self._voices, source, self._voice),
            tail,
        )

    def placed(self, scope: Scope, kind: str, unit: str, based: bool) -> Placed:
        """Where a claim of this scope stands."""
        form = measured(kind, unit, based)
        found = scope.placed.get(form)
        if found is None:
            found = scope.placed[form] = self.words.place(form, *scope.words)
        return found

    def _scope(self, stretch: bytes) -> Scope:
        parts = _between(stretch, _SCOPE)
        indicator, area, counterpart = (self._thing(part, Concept) for part in (parts[0], parts[2], parts[3]))
        product = self._thing(parts[1], Product)
        fields = {"indicator": indicator, "product": product, "area": area, "counterpart": counterpart}
        return Scope(fields, (_pair(indicator), _pair(product), _pair(area), _pair(counterpart)), {})

    def _read_times(self, stretch: bytes) -> Times:
        period, base = (self._thing(part, Period) for part in _between(stretch, _TIMES))
        return Times({"period": period, "base_period": base}, days(period), days(base), base is not None)

    def _voice(self, stretch: bytes) -> Voice:
        source = self._thing(_between(stretch, _SOURCE)[0], Source)
        return Voice({"source": source}, None if source is None else self.words.voice((source.id, source.text)))

    def _thing(self, part: bytes, model: type[Thing]) -> Thing | None:
        """A part of a stretch as the model holds it; each is likely to have come up before."""
        if part == b"null":
            return None
        known: dict[bytes, Thing] = self._things.setdefault(model, {})
        found = known.get(part)
        return _remember(known, part, model.model_validate_json) if found is None else found


def _between(stretch: bytes, openings: tuple[bytes, ...]) -> list[bytes]:
    """What stands after each of the openings, up to the next or to the end."""
    parts, end = [], len(stretch)
    for opening in reversed(openings):
        at = stretch.rfind(opening, 0, end)
        if at < 0:
            raise ValueError(f"no {opening!r}")
        parts.append(stretch[at + len(opening) : end])
        end = at
    if end:
        raise ValueError("another field comes first")
    return parts[::-1]


def _pair(thing: Concept | None) -> Pair | None:
    return None if thing is None else (thing.id, thing.text)


class Decoder:
    """Makes claims of lines, or claims as the reconciler sees them."""

    def __init__(self, stretches: Stretches | None = None) -> None:
        self._stretches = stretches or Stretches()
        self._tails: dict[bytes, dict[str, Any]] = {}

    def plain(self, line: bytes) -> Claim:
        """The claim of a line that is as claimgraph writes it. Raises ValueError for any other."""
        return self._made(self._stretches.parts(line))

    def claim(self, line: bytes) -> Claim:
        """The claim of a line. Raises pydantic's ValidationError for a line that holds none."""
        try:
            return self.plain(line)
        except ValueError:  # not as claimgraph writes it, or not what the model allows: the model says what is wrong
            return Claim.model_validate_json(line)

    def view(self, line: bytes) -> View:
        """The view of a line's claim. Raises what `claim` raises, and InputError for a figure that is no number."""
        try:
            parts = self._stretches.parts(line)
            claim = self._made(parts)
        except ValueError:
            return view(Claim.model_validate_json(line), self._stretches.words)
        place = self._stretches.placed(parts.scope, claim.kind, claim.unit, parts.times.based)
        return seen(claim, place, parts.times.period, parts.times.base, parts.voice.name)

    def _made(self, parts: Parts) -> Claim:
        rest, mark, context = parts.tail.partition(_CONTEXT)
        tail = self._tails.get(rest) or _remember(self._tails, rest, _tail)
        fields = {**parts.head, **parts.scope.fields, **parts.times.fields, **parts.voice.fields, **tail}
        fields["context"] = _context(context) if mark else ""
        return made(Claim, fields)


def _remember(known: dict[bytes, Known], stretch: bytes, read: Callable[[bytes], Known]) -> Known:
    if len(known) >= _REMEMBERED:
        known.clear()
    found = known[stretch] = read(stretch)
    return found


def _head(stretch: bytes) -> dict[str, Any]:
    """A line's first fields, where they have the types that the model gives them."""
    head: dict[str, Any] = orjson.loads(stretch)
    if tuple(head) != _HEAD:
        raise ValueError("not the fields of a head")
    name, article, quote, start, end, sentence, kind, value, low, high, modifier, unit = head.values()
    plain = (
        type(value) is float
        and (low is None or type(low) is float)
        and (high is None or type(high) is float)
        and type(start) is type(end) is int
        and start >= 0 <= end
        and kind in _KINDS
        and modifier in _MODIFIERS
        and type(name) is type(article) is type(quote) is type(unit) is str
    )
    if not plain:
        raise ValueError("not the types of a head")
    if sentence is not None:
        head["sentence"] = _span(sentence)
    return head


def _span(fields: dict[str, Any]) -> Span:
    first, last = fields.get("start"), fields.get("end")
    plain = len(fields) == 2 and type(first) is type(last) is int and first >= 0 <= last
    return made(Span, fields) if plain else Span.model_validate(fields)


def _tail(stretch: bytes) -> dict[str, Any]:
    """The last fields but the context; those that an older file does not have are as the model makes them."""
    closed = stretch.rstrip().endswith(b"}")
    fields: dict[str, Any] = orjson.loads(b"{" + stretch[1:] + (b"" if closed else b"}"))
    if not fields.keys() <= set(_TAIL):
        raise ValueError(f"not the fields {_TAIL}")
    return _plain_tail(fields) or _any_tail(fields)


def _context(rest: bytes) -> str:
    """The words around a figure, from what stands behind their name."""
    words = orjson.loads(rest.rstrip()[:-1])
    if type(words) is not str:
        raise ValueError("no words")
    return words


def _plain_tail(fields: dict[str, Any]) -> dict[str, Any] | None:
    """The last fields as nearly all claims have them; None for others."""
    if tuple(fields) != _TAIL:
        return None
    status, published, confidence, others, borrowed, superseded = fields.values()
    plain = (
        status in _STATUSES
        and type(confidence) is float
        and 0 <= confidence <= 1
        and others == []
        and type(superseded) is bool
        and type(borrowed) is list
        and all(type(each) is str for each in borrowed)
        and (published is None or (type(published) is str and _DAY.fullmatch(published)))
    )
    if not plain:
        return None
    day = None if published is None else dt.date.fromisoformat(published)
    return fields | {"published": day, "other_readings": (), "borrowed": tuple(borrowed)}


def _any_tail(fields: dict[str, Any]) -> dict[str, Any]:
    claim = Claim.model_validate(_ANY | fields)
    return {name: getattr(claim, name) for name in _TAIL}
