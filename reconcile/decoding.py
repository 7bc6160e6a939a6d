"""Claims from lines that claimgraph wrote itself, many a second: what was read once is not read again.

Fields stand in a line in the contract's order, so it can be cut where a field's name stands: a stretch of it that has
come up before (what is measured of whom, when, by whom) is looked up by its bytes instead of being read. A line that is
not exactly as claimgraph writes it is read whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

import orjson
from pydantic import BaseModel

from extractor.model import Claim, Concept, Kind, Modifier, Period, Product, Source, Span

_HEAD = ("id", "article", "quote", "start", "end", "sentence", "kind", "value", "low", "high", "modifier", "unit")
_THINGS = (("indicator", "product", "area", "counterpart"), ("period", "base_period"), ("source",))
_TAIL = tuple(Claim.model_fields)[len(_HEAD) + sum(map(len, _THINGS)) :]
_STRETCHES = (*_THINGS, _TAIL)
_AT = tuple(f',"{names[0]}":'.encode() for names in _STRETCHES)
"""Within a string every quotation mark has a backslash before it, so that none of these can stand in one."""
_HEAD_NAMES, _ALL = frozenset(_HEAD), set(Claim.model_fields)
_KINDS, _MODIFIERS = frozenset(get_args(Kind)), frozenset(get_args(Modifier))
_ANY = Claim(id="", article="", quote="", start=0, end=0, value=0.0).to_json()
_MODELS: Mapping[str, type[BaseModel]] = {
    "indicator": Concept,
    "product": Product,
    "area": Concept,
    "counterpart": Concept,
    "period": Period,
    "base_period": Period,
    "source": Source,
}
_REMEMBERED = 1 << 18
"""Stretches that are kept at a time."""
_new, _set = object.__new__, object.__setattr__


class Cut(NamedTuple):
    """A line in stretches; all but the head come up again and again."""

    head: bytes
    """What is the claim's own: id, article, quote, figure, unit; as an object of its own."""
    scope: bytes
    times: bytes
    source: bytes
    tail: bytes


def cut(line: bytes) -> Cut | None:
    """The stretches of a line; None where it is not as claimgraph writes it."""
    find = line.find
    scope = find(_AT[0])
    times = find(_AT[1], scope)
    source = find(_AT[2], times)
    tail = find(_AT[3], source)
    if scope < 1 or times < scope or source < times or tail < source:
        return None
    return Cut(line[:scope] + b"}", line[scope:times], line[times:source], line[source:tail], line[tail:])


def read_stretch(stretch: bytes, *, last: bool = False) -> dict[str, Any]:
    """The fields of a stretch other than the head, as JSON values; the `last` one has the line's own bracket."""
    fields: dict[str, Any] = orjson.loads(b"{" + stretch[1:] + (b"" if last else b"}"))
    return fields


class Decoder:
    """Makes claims of lines; remembers the stretches that it has met."""

    def __init__(self) -> None:
        self._known: dict[bytes, dict[str, Any]] = {}
        self._met: dict[tuple[str, str], Any] = {}

    def claim(self, line: bytes) -> Claim:
        """The claim of a line. Raises pydantic's ValidationError for a line that holds none."""
        parts = cut(line)
        fields = None if parts is None else self._fields(parts)
        return Claim.model_validate_json(line) if fields is None else _made(fields)

    def _fields(self, parts: Cut) -> dict[str, Any] | None:
        """The fields of a claim as the model holds them; None where the line is not as claimgraph writes it."""
        try:
            fields: dict[str, Any] = orjson.loads(parts.head)
            if fields.keys() != _HEAD_NAMES or not _is_plain(fields):
                return None
            get = self._known.get
            fields = {
                **fields,
                **(get(parts.scope) or self._read(parts.scope, 0)),
                **(get(parts.times) or self._read(parts.times, 1)),
                **(get(parts.source) or self._read(parts.source, 2)),
                **(get(parts.tail) or self._read(parts.tail, 3)),
            }
            sentence = fields["sentence"]
            if sentence is not None:
                fields["sentence"] = Span.model_validate(sentence)
        except ValueError:  # not JSON, or not what the model allows: the model says what is wrong
            return None
        return fields

    def _read(self, stretch: bytes, place: int) -> dict[str, Any]:
        names = _STRETCHES[place]
        read = read_stretch(stretch, last=names is _TAIL)
        last = names is _TAIL
        if not (read.keys() <= set(names) if last else read.keys() == set(names)):
            raise ValueError(f"not the fields {names}")
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        found = self._known[stretch] = _rest(read) if last else self._things(read)
        return found

    def _things(self, fields: Mapping[str, dict[str, Any] | None]) -> dict[str, Any]:
        """Concepts, periods and sources: equal ones are one object."""
        things: dict[str, Any] = {}
        for name, value in fields.items():
            key = (name, str(value))
            if key not in self._met:
                if len(self._met) >= _REMEMBERED:
                    self._met.clear()
                self._met[key] = None if value is None else _MODELS[name].model_validate(value)
            things[name] = self._met[key]
        return things


def _rest(fields: dict[str, Any]) -> dict[str, Any]:
    """The last fields; those that an older file does not have are as the model makes them."""
    claim = Claim.model_validate(_ANY | fields)
    return {name: getattr(claim, name) for name in _TAIL}


def _is_plain(head: dict[str, Any]) -> bool:
    """True where a line's head has the types that the model gives it."""
    low, high = head["low"], head["high"]
    return (
        type(head["value"]) is float
        and (low is None or type(low) is float)
        and (high is None or type(high) is float)
        and type(head["start"]) is type(head["end"]) is int
        and head["start"] >= 0 <= head["end"]
        and head["kind"] in _KINDS
        and head["modifier"] in _MODIFIERS
        and type(head["id"]) is type(head["article"]) is type(head["quote"]) is type(head["unit"]) is str
    )


def _made(fields: dict[str, Any]) -> Claim:
    """A claim of fields that were checked: what `model_construct` makes, at a tenth of the price."""
    claim = _new(Claim)
    _set(claim, "__dict__", fields)
    _set(claim, "__pydantic_fields_set__", _ALL)
    _set(claim, "__pydantic_extra__", None)
    _set(claim, "__pydantic_private__", None)
    return claim
