"""What the text around a figure says of how it was counted: "leaves out", "counts each twice", "before returns".

A claim carries the words of its sentence and of what follows (`context`). The phrases are those of reasons.toml
(`told`); a `*` in one stands for the rest of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from extractor.loading import tables
from reconcile.claims.normalise import View
from reconcile.claims.rules import rules

_WORD = re.compile(r"[a-z]{3,}")
_ENDINGS = ("ing", "ies", "ed", "es", "s")
_BEFORE = 24
"""Code points before or behind a figure in which it may be called a part, an addition, a rate or what was before."""
_FOLLOWING = 3
"""So many words behind those that tell of a reason are told with them."""
_NEXT_WORD = re.compile(r"[ ]+[\w$£€][\w'’$£€%-]*(?:[.,]\d+)*")
_CLAUSE = 60
"""Code points before a rate in which its clause says what grew."""
_ADDED = re.compile(
    r"(?<!\w)(?:(?:a )?further|another|additional|an? extra|of (?:which|whom|them|these|those))"
    r"(?:\W+\w+){0,1}\W+\S*\d"
)
_MORE = re.compile(r"\s*(?:more(?! than)|additional|further)(?!\w)")
"""Words right behind a figure by which it comes on top of another."""
_RIGHT_BEFORE, _RIGHT_BEHIND = 60, 40
"""Code points before and behind a figure in which its own words stand."""
_OUT_OF = re.compile(r"\s*of (?:them|these|those)(?!\w)")
"""Words right behind a figure by which it is a part of the one before."""


class _Row(NamedTuple):
    """What the data file says of a reason's words."""

    code: str
    slot: str
    told: tuple[str, ...]


@lru_cache(maxsize=1 << 16)
def said_of(text: str) -> dict[str, str]:
    """Codes of the reasons that a text speaks of, each with the words that do; in the order of the data file."""
    if not text:
        return {}
    plain = text.replace("’", "'").lower()
    found = {code: told.pattern.search(plain) for code, told in _told() if any(map(plain.__contains__, told.parts))}
    return {code: match.group() for code, match in found.items() if match is not None}


def printed_on(words: str, text: str) -> str:
    """Words of a text with a few that follow them in their clause, as they stand there; "" where the text has none."""
    found = _going_on(words).search(text.replace("’", "'"))
    if found is None:
        return ""
    more = _NEXT_WORD.match(text, found.end()) is not None
    return f"{found.group()} …" if more else found.group()


@lru_cache(maxsize=1 << 10)
def _going_on(words: str) -> re.Pattern[str]:
    spaced = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){spaced}(?:{_NEXT_WORD.pattern}){{0,{_FOLLOWING}}}", re.IGNORECASE)


def counted_otherwise(a: View, b: View) -> bool:
    """True where the words around either of two figures say that it covers more, or less, than a reader may think."""
    return any(code in _definitions() for view in (a, b) for code in said_of(view.claim.context))


def says_replaced(a: View, b: View) -> bool:
    """True where the words around either of two figures speak of a figure that took another's place."""
    return any(_said_in("replaced", view.claim.context.lower()) for view in (a, b))


def is_added(view: View) -> bool:
    """True for a figure that comes on top of another, or out of it: "a further 25", "1,348 more", "of whom 96"."""
    quote, context = view.claim.quote, view.claim.context
    return (bool(context) or not quote[:1].isdigit()) and _added(quote, context)


@lru_cache(maxsize=1 << 16)
def _added(quote: str, context: str) -> bool:
    before, after = _around(quote, context)
    added = _ADDED.search(f"{before[-_BEFORE:]} {quote.lower()}")
    return added is not None or _MORE.match(after) is not None


def _beside(view: View) -> tuple[str, str]:
    """What its words say before a figure, and behind it, in small letters; nothing where they are not known."""
    return _around(view.claim.quote, view.claim.context)


def _around(quote: str, context: str) -> tuple[str, str]:
    before, met, after = context.partition(quote) if quote else ("", "", "")
    return (before.lower(), after.lower()) if met else ("", "")


def words_right_around(view: View) -> str:
    """The text right before and right behind a figure; nothing where it is not known."""
    before, after = _beside(view)
    return f"{before[-_RIGHT_BEFORE:]} {after[:_RIGHT_BEHIND]}"


def is_some_of_them(view: View) -> bool:
    """True for a figure of some of those that the text has just told of: "466,000 of them", "children make up 130"."""
    if view.kind != "level":
        return False
    before, after = _beside(view)
    return _OUT_OF.match(after) is not None or _said_in("parts", before[-_BEFORE:])


def is_set_aside(view: View) -> bool:
    """True for a figure out of which something was left, or into which it was put: "without arms, exports fell 4%"."""
    return _said_in("set_aside", _beside(view)[0][-_CLAUSE:])


def _said_in(words: str, text: str) -> bool:
    """True where a text has one of a list of phrases."""
    return _phrases(words).search(text) is not None


@lru_cache(maxsize=16)
def _phrases(words: str) -> re.Pattern[str]:
    return _pattern(sorted(rules()[words]))


def is_earlier(view: View) -> bool:
    """True for what another came from, or is set against: "down to 619,400 from 647,500", "past the 5,000 mark"."""
    if view.kind not in ("level", "share"):
        return False
    before, after = _beside(view)
    return _earlier().search(before[-_CLAUSE:]) is not None or _marks().match(after) is not None


def is_former(view: View) -> bool:
    """True for a figure that its words call an earlier one: "having forecast 41%", "previously 4.4 million"."""
    return is_earlier(view) or _said_in("former", _beside(view)[0][-_BEFORE:])


def tells_of_event(view: View) -> bool:
    """True where the words around a figure name what happened once: a storm, an attack, a march (but no March)."""
    return _said_in("events", view.claim.context.replace("March", "").lower())


def is_rate(view: View) -> bool:
    """True for an average, or so many for each of something: "74 in every million", "an EU average of 25"."""
    if view.kind != "level":
        return False
    before, after = _beside(view)
    around = f"{before[-_BEFORE:]} {after[:_BEFORE]}"
    return _said_in("averages", around) or _said_in("for_each", after[:_BEFORE])


def measured_by(view: View) -> str:
    """What the words right around a rate of change say that it is measured by: "value", "volume", or nothing."""
    if view.kind != "growth":
        return ""
    before, after = _beside(view)
    around = f"{before[-_CLAUSE:]} {after[:_BEFORE]}"
    return next((measure for measure in ("value", "volume") if _said_in(f"in_{measure}", around)), "")


@lru_cache(maxsize=1)
def _earlier() -> re.Pattern[str]:
    words = "|".join(re.escape(words).replace(r"\ ", r"\s+") for words in sorted(rules()["set_against"]))
    whose = r"(?:\s+(?:\w+\s+){0,2}\w+['’]s?(?:\s+\w+){1,2}\s+of)"
    return re.compile(rf"(?<!\w)(?:{words}){whose}?(?:\s+(?:a|an|the|some|about|only|just|roughly|around))?\s+\W?$")


@lru_cache(maxsize=1)
def _marks() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(sorted(rules()['marks']))})(?!\w)")


@lru_cache(maxsize=1 << 16)
def content_words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, without their endings."""
    common = rules()["common_words"]
    return frozenset([_stem(word) for word in _WORD.findall(text.lower()) if word not in common])


@lru_cache(maxsize=1 << 14)
def _stem(word: str) -> str:
    return next((word[: -len(end)] for end in _ENDINGS if word.endswith(end) and len(word) > len(end) + 3), word)


class _Told(NamedTuple):
    """Phrases to look for, and a part of each without which it cannot be there: to look for those takes no pattern."""

    parts: tuple[str, ...]
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def _told() -> tuple[tuple[str, _Told], ...]:
    return tuple((row.code, _Told(tuple(map(_longest, row.told)), _pattern(row.told))) for row in _rows())


def _longest(phrase: str) -> str:
    """The longest part of a phrase that stands in a text as it stands here."""
    return max(re.split(r"[*\s]+", phrase), key=len)


@lru_cache(maxsize=1)
def _definitions() -> frozenset[str]:
    return frozenset(row.code for row in _rows() if row.slot == "source_definition")


@lru_cache(maxsize=1)
def _rows() -> tuple[_Row, ...]:
    table = tables("reconcile.reasons", "reasons.toml")
    return tuple(_Row(row["code"], row["slot"], tuple(row["told"])) for row in table["reason"] if row.get("told"))


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    words = (re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")
