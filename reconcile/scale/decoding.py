"""Claims from lines that claimgraph wrote itself, many a second: what was read once is not read again.

Fields stand in a line in the contract's order, so it can be cut where a field's name stands: a stretch of it that has
come up before (what is measured of whom, when, by whom) is looked up by its bytes instead of being read, and what is
each claim's own is read for a portion of lines at a time. A line that is not exactly as claimgraph writes it is read
whole.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple, TypeVar, get_args

import orjson
from pydantic import BaseModel

from extractor.model import Claim, Concept, Kind, Modifier, Period, Product, Source, SourceKind, Span, Status
from reconcile.claims.normalise import LARGEST, Days, View, days, seen, view
from reconcile.claims.words import Pair, Placed, Words, measured, shipped_words
from reconcile.scale.made import made

_SCOPE = ("indicator", "product", "area", "counterpart")
_TIMES = ("period", "base_period")
_TAIL = ("status", "published", "confidence", "other_readings", "borrowed", "superseded", "unresolved_period")
_CONTEXT = b',"context":'
_AT = (b',"indicator":', b',"period":', b',"source":', b',"status":')
"""Within a string every quotation mark has a backslash before it, so that none of these can stand in one."""
_KINDS, _MODIFIERS, _STATUSES = frozenset(get_args(Kind)), frozenset(get_args(Modifier)), frozenset(get_args(Status))
_SOURCE_KINDS = frozenset(get_args(SourceKind))
_ANY = Claim(id="", article="", quote="", start=0, end=0, value=0.0).to_json()
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_REMEMBERED = 1 << 18
"""Stretches of a kind that are kept at a time."""
_AT_ONCE = 512
"""Lines that are read together."""

Key = TypeVar("Key", bound=Hashable)
Known = TypeVar("Known")
Form = tuple[str, str, bool]
"""How a figure is measured: kind, unit, and whether it names the period that it compares with."""
Thing = TypeVar("Thing", bound=BaseModel)


class Remembered(dict[Key, Known]):
    """What was read of stretches of lines; one that is asked for the first time is read then."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[Key], Known]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, stretch: Key) -> Known:
        found = self._read(stretch)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[stretch] = found
        return found


def cut(line: bytes) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    """The stretches of a line (head, scope, times, source, tail). Raises ValueError where it has none such.

    The head is what is the claim's own, an object without its last brace; all others come up again and again.
    """
    find = line.find
    scope = find(_AT[0])
    times = find(_AT[1], scope)
    source = find(_AT[2], times)
    tail = find(_AT[3], source)
    if scope < 1 or times < scope or source < times or tail < source or not _is_closed(line):
        raise ValueError("not as claimgraph writes a claim")
    return line[:scope], line[scope:times], line[times:source], line[source:tail], line[tail:]


def _is_closed(line: bytes) -> bool:
    """True for a line that ends with its claim; hardly any has to be copied to see that."""
    return line.endswith(b"}\n") or line.rstrip().endswith(b"}")


class Head(NamedTuple):
    """What is the claims' own, field by field: entry n of each is of line n."""

    id: Sequence[str]
    article: Sequence[str]
    quote: Sequence[str]
    start: Sequence[int]
    end: Sequence[int]
    sentence: Sequence[dict[str, Any] | None]
    kind: Sequence[str]
    value: Sequence[float]
    low: Sequence[float | None]
    high: Sequence[float | None]
    modifier: Sequence[str]
    unit: Sequence[str]


class Portion(NamedTuple):
    """Lines that are read together, their stretches as they stand; entry n of each is of line n."""

    heads: Sequence[dict[str, Any]]
    own: Head
    """The same as the heads, turned on its side."""
    scopes: Sequence[bytes]
    times: Sequence[bytes]
    sources: Sequence[bytes]
    tails: Sequence[bytes]


def portion(lines: Iterable[bytes]) -> Portion:
    """What at least one line says. Raises ValueError where any is not as claimgraph writes it."""
    starts, scopes, times, sources, tails = zip(*map(cut, lines), strict=True)
    heads: list[dict[str, Any]] = orjson.loads(b"[%b}]" % b"},".join(starts))
    if len(heads) != len(starts) or set(map(tuple, heads)) != {Head._fields}:
        raise ValueError(f"not the fields {Head._fields}")
    own = Head._make(zip(*map(dict.values, heads), strict=True))
    if not _is_plain(own):
        raise ValueError("not the types of a head")
    return Portion(heads, own, scopes, times, sources, tails)


def _is_plain(own: Head) -> bool:
    """True where all fields have the types that the model gives them, whole numbers as numbers with a point left out.

    Sentences are looked at when claims are made.
    """
    words = (own.id, own.article, own.quote, own.kind, own.modifier, own.unit)
    return (
        all(_are(column, str) for column in words)
        and _are(own.value, float)
        and all(_are(column, float, type(None)) for column in (own.low, own.high))
        and all(_are(column, int) and min(column) >= 0 for column in (own.start, own.end))
        and _KINDS.issuperset(own.kind)
        and _MODIFIERS.issuperset(own.modifier)
    )


def _are(column: Collection[object], *types: type) -> bool:
    return set(map(type, column)) <= set(types)


class Scope(NamedTuple):
    """What is measured of whom, as a stretch says it."""

    fields: dict[str, Any]
    placed: Remembered[Form, Placed]
    """Where claims of it stand."""


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


Slots = tuple[Scope, Times, Voice]
"""What the stretches of a line say."""


class Stretches:
    """What the stretches of lines say; remembers those that it has met. Raises ValueError for any that is not so."""

    def __init__(self, words: Words | None = None) -> None:
        self.words = words or shipped_words()
        self.scopes = Remembered(self._scope)
        self.times = Remembered(_times)
        self.voices = Remembered(self._voice)
        self._concepts = Remembered(_concept)
        self._products = Remembered(_plain_product)

    def slots(self, read: Portion) -> Iterator[Slots]:
        """What the stretches of each line say."""
        return zip(
            map(self.scopes.__getitem__, read.scopes),
            map(self.times.__getitem__, read.times),
            map(self.voices.__getitem__, read.sources),
            strict=True,
        )

    def _scope(self, stretch: bytes) -> Scope:
        indicator, product, area, counterpart = _fields(stretch, _SCOPE).values()
        slots: dict[str, Concept | None] = {
            "indicator": self._named(indicator),
            "product": self._counted(product),
            "area": self._named(area),
            "counterpart": self._named(counterpart),
        }
        what, counted, whose, other = (None if slot is None else (slot.id, slot.text) for slot in slots.values())

        def place(form: Form) -> Placed:
            return self.words.place(measured(*form), what, counted, whose, other)

        return Scope(slots, Remembered(place))

    def _named(self, fields: dict[str, Any] | None) -> Concept | None:
        """A concept; each is likely to have come up before."""
        if fields is None:
            return None
        return self._concepts[fields["id"], fields["text"]] if _is_named(fields) else Concept.model_validate(fields)

    def _counted(self, fields: dict[str, Any] | None) -> Product | None:
        """The same of a product; few spell out what they include."""
        if fields is None:
            return None
        plain = _has(fields, "id", "text", "includes") and fields["includes"] == []
        if plain and _are((fields["id"], fields["text"]), str):
            return self._products[fields["id"], fields["text"]]
        return Product.model_validate(fields)

    def _voice(self, stretch: bytes) -> Voice:
        fields = _fields(stretch, ("source",))["source"]
        if fields is None:
            return Voice({"source": None}, None)
        source = _source(fields)
        return Voice({"source": source}, self.words.voice((source.id, source.text)))


def _fields(stretch: bytes, names: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a stretch, where it has just these."""
    fields: dict[str, Any] = orjson.loads(b"{%b}" % stretch[1:])
    if tuple(fields) != names:
        raise ValueError(f"not the fields {names}")
    return fields


def _is_named(fields: dict[str, Any]) -> bool:
    return _has(fields, "id", "text") and _are(fields.values(), str)


def _has(fields: Any, *names: str) -> bool:
    """True for an object with just these fields."""
    return type(fields) is dict and tuple(fields) == names


def _concept(pair: Pair) -> Concept:
    return made(Concept, {"id": pair[0], "text": pair[1]})


def _plain_product(pair: Pair) -> Product:
    return made(Product, {"id": pair[0], "text": pair[1], "includes": ()})


def _times(stretch: bytes) -> Times:
    period, base = (_period(each) for each in _fields(stretch, _TIMES).values())
    return Times({"period": period, "base_period": base}, days(period), days(base), base is not None)


def _period(fields: dict[str, Any] | None) -> Period | None:
    if fields is None:
        return None
    if _has(fields, "start", "end", "text") and _are(fields.values(), str):
        ends = (fields["start"], fields["end"])
        if all(map(_DAY.fullmatch, ends)):
            start, end = map(dt.date.fromisoformat, ends)
            if start < end:
                return made(Period, {"start": start, "end": end, "text": fields["text"]})
    return Period.model_validate(fields)


def _source(fields: dict[str, Any]) -> Source:
    plain = (
        _has(fields, "id", "text", "kind", "cue", "via")
        and fields["via"] == []
        and _are(list(fields.values())[:-1], str)
        and fields["kind"] in _SOURCE_KINDS
    )
    return made(Source, fields | {"via": ()}) if plain else Source.model_validate(fields)


class Decoder:
    """Makes claims of lines, or claims as the reconciler sees them."""

    def __init__(self, stretches: Stretches | None = None) -> None:
        self._stretches = stretches or Stretches()
        self._tails = Remembered(_tail)

    def plain(self, lines: Sequence[bytes]) -> list[Claim]:
        """The claims of lines that are all as claimgraph writes them. Raises ValueError for any other."""
        return [claim for claim, _ in self._claims(lines)]

    def claims(self, lines: Sequence[bytes]) -> list[Claim]:
        """The claims of lines. Raises pydantic's ValidationError for a line that holds none."""
        try:
            return self.plain(lines)
        except ValueError:  # not as claimgraph writes it, or not what the model allows: the model says what is wrong
            return [Claim.model_validate_json(line) for line in lines]

    def check(self, read: Portion) -> None:
        """Raises ValueError unless each line holds a claim, as claimgraph writes it, that can be compared."""
        ends = [tail.partition(_CONTEXT)[::2] for tail in read.tails]
        _contexts(ends)
        readings = chain.from_iterable(self._tails[rest]["other_readings"] for rest in {rest for rest, _ in ends})
        figures = chain(read.own.value, read.own.low, read.own.high, *((r.value, r.low, r.high) for r in readings))
        if max(map(abs, filter(None, figures)), default=0.0) > LARGEST:
            raise ValueError("no figure")
        for sentence in filter(None, read.own.sentence):
            _span(sentence)
        for voice in set(read.sources):
            self._stretches.voices[voice]
        times = [self._stretches.times[each] for each in set(read.times)]
        circular = any(each.base == each.period is not None for each in times)
        for stretch, is_share in set(zip(read.scopes, map("share".__eq__, read.own.kind), strict=True)):
            circular |= self._has_one_end(self._stretches.scopes[stretch]) and not is_share
        if circular:
            raise ValueError("a thing is set against itself")

    def _has_one_end(self, scope: Scope) -> bool:
        """True where a scope names one place at both its ends, as only a share may."""
        area, counterpart = scope.fields["area"], scope.fields["counterpart"]
        if area is None or counterpart is None:
            return False
        place = self._stretches.words.area(area)
        return place is not None and place == self._stretches.words.area(counterpart)

    def views(self, lines: Iterable[bytes]) -> Iterator[View]:
        """The views of lines' claims. Raises what `claims` raises, and InputError for a figure that is no number."""
        waiting = iter(lines)
        while some := list(islice(waiting, _AT_ONCE)):
            yield from self._views(some)

    def _views(self, lines: Sequence[bytes]) -> list[View]:
        try:
            return [
                seen(claim, scope.placed[claim.kind, claim.unit, when.based], when.period, when.base, voice.name)
                for claim, (scope, when, voice) in self._claims(lines)
            ]
        except ValueError:
            return [view(Claim.model_validate_json(line), self._stretches.words) for line in lines]

    def _claims(self, lines: Sequence[bytes]) -> Iterator[tuple[Claim, Slots]]:
        """Each claim, and what its stretches say."""
        read = portion(lines)
        ends = [tail.partition(_CONTEXT)[::2] for tail in read.tails]
        slots = list(self._stretches.slots(read))
        for head, said, (rest, _), context in zip(read.heads, slots, ends, _contexts(ends), strict=True):
            if head["sentence"] is not None:
                head["sentence"] = _span(head["sentence"])
            for each in said:
                head.update(each.fields)
            head.update(self._tails[rest])
            head["context"] = context
            yield made(Claim, head), said


def _span(fields: dict[str, Any]) -> Span:
    first, last = fields.values() if _has(fields, "start", "end") else (None, None)
    plain = type(first) is type(last) is int and first >= 0 <= last
    return made(Span, fields) if plain else Span.model_validate(fields)


def _contexts(ends: Sequence[tuple[bytes, bytes]]) -> list[str]:
    """The words around each figure, from what stands behind their name; none in an older file."""
    words: list[str] = orjson.loads(b"[%b]" % b",".join([rest.rstrip()[:-1] or b'""' for _, rest in ends]))
    if len(words) != len(ends) or not _are(words, str):
        raise ValueError("no words")
    return words


def _tail(stretch: bytes) -> dict[str, Any]:
    """The last fields but the context; those that an older file does not have are as the model makes them."""
    closed = stretch.rstrip().endswith(b"}")
    fields: dict[str, Any] = orjson.loads(b"{" + stretch[1:] + (b"" if closed else b"}"))
    if not fields.keys() <= set(_TAIL):
        raise ValueError(f"not the fields {_TAIL}")
    return _plain_tail(fields) or _any_tail(fields)


def _plain_tail(fields: dict[str, Any]) -> dict[str, Any] | None:
    """The last fields as nearly all claims have them; None for others."""
    if tuple(fields) != _TAIL:
        return None
    status, published, confidence, others, borrowed, superseded, unresolved = fields.values()
    plain = (
        type(status) is str
        and status in _STATUSES
        and type(confidence) is float
        and 0 <= confidence <= 1
        and others == []
        and type(superseded) is bool
        and type(unresolved) is str
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
