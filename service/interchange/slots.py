"""The slots of a claim as short lines of text, one for each accepted answer: what people edit in their tool.

    indicator   exports             a word or an id
    period      2023-01-01/2024-01-01 in 2023    half-open days, `..` for an open end, then the words (or nothing)
    value       4910000
    product     null                null is accepted too

A slot without a line must be null. The kind is the label of the span; further kinds that are accepted stand in `kind`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from extractor.model import Claim, Period
from service.scoring.gold import GoldClaim

WORDS = ("indicator", "product", "area", "counterpart", "source", "via")
PERIODS = ("period", "base_period")
NUMBERS = ("value", "low", "high")
NAMES = (
    "kind", "value", "low", "high", "modifier", "unit", "indicator", "product", "area", "counterpart", "period",
    "base_period", "source", "via", "status", "context",
)  # fmt: skip
"""All slots, in the order in which tools show them."""
NULL = "null"
_SINGLE = frozenset({"low", "high", "modifier", "context"})

Slots = dict[str, list[str]]


def of_gold(claim: GoldClaim) -> Slots:
    """The accepted answers of a gold claim."""
    slots: Slots = {}
    for name in NAMES:
        given = getattr(claim, name)
        answers = given if isinstance(given, list) else [given]
        explicit = name == "via" and given is not None  # without a line `via` is left open, not "must be null"
        if explicit or answers != [None]:
            slots[name] = [_line(answer) for answer in answers]
    return slots


def of_claim(claim: Claim) -> Slots:
    """The slots of a predicted claim: a concept's id, and its words where they are others."""
    slots: Slots = {}
    for name in NAMES:
        given = claim.source.via[:1] if name == "via" and claim.source else getattr(claim, name, None)
        answers = list(given) if isinstance(given, tuple) else [given]
        lines = [line for answer in answers if answer is not None for line in _names(answer)]
        if lines:
            slots[name] = lines
    return slots


def to_gold(slots: Mapping[str, Sequence[str]], label: str) -> dict[str, Any]:
    """The slots as a gold file writes them; a ValueError says which line cannot be read."""
    fields: dict[str, Any] = {}
    for name in NAMES:
        if name == "via" and name not in slots:
            continue
        answers = [_answer(name, line.strip()) for line in slots.get(name, ()) if line.strip()]
        if name in _SINGLE:
            fields |= {name: answers[0]} if answers else {}
        elif answers or name in (*WORDS, *PERIODS):
            fields[name] = answers
    kinds = fields.get("kind", [])
    return {**fields, "kind": kinds if kinds[:1] == [label] else [label]}


def _names(answer: Any) -> list[str]:
    if hasattr(answer, "id"):
        return list(dict.fromkeys(words for words in (answer.id, answer.text) if words))
    return [_line(answer)]


def _line(answer: Any) -> str:
    if answer is None:
        return NULL
    if isinstance(answer, Period):
        days = "/".join(day.isoformat() if day else ".." for day in (answer.start, answer.end))
        return f"{days} {answer.text}".rstrip()
    if isinstance(answer, float):
        return str(int(answer)) if answer.is_integer() and abs(answer) < 2**53 else repr(answer)
    return str(answer)


def _answer(name: str, line: str) -> Any:
    if line == NULL:
        return None
    try:
        return _READERS.get(name, str)(line)
    except ValueError as error:
        raise ValueError(f"{name}: {line!r} cannot be read: {error}") from error


def _period(line: str) -> dict[str, str | None]:
    days, _, words = line.partition(" ")
    start, slash, end = days.partition("/")
    if not slash:
        raise ValueError("a period is FIRST-DAY/DAY-AFTER-THE-LAST, such as 2023-01-01/2024-01-01")
    return {"start": None if start == ".." else start, "end": None if end == ".." else end, "text": words}


_READERS: dict[str, Callable[[str], Any]] = {**dict.fromkeys(NUMBERS, float), **dict.fromkeys(PERIODS, _period)}
