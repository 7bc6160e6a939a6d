"""The scale and unit that a heading gives to the bare figures below it.

"'000 tonnes", "$ million", "Rs crore", "(N billion)", "lakh passengers", "€ an hour", "m CGT", "in thousands of euros":
a heading is cut at its brackets, commas and prepositions, and each part is read as if a one stood before it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.mentions import Quantity

from .finder import find_expressions
from .lexicon import alternation, lexicon
from .money import heading_currency, shared_currency
from .surroundings import currency_before

_PARTS = re.compile(r"\s*[(){}\[\],;:|–—]+\s*|\.\s+|\.?$|(?:^|\s+)(?:in|IN|In)\s+|\s+-\s+")
_SIGN = re.compile(
    r"(?:[A-Z]{1,3}\$|\$US|US\s?\$|[$£€¥₹₩₦₱₽₺₪฿]|R[sp]\.?(?![a-z])|RM(?![a-z])|Dhs?(?![a-z])|[A-Z]{3}(?![A-Za-z]))"
)
_LEADING = re.compile(r"^(?:of|by|all)\s+", re.IGNORECASE)
_CLOSED = re.compile(r"(?:$|[\s-](?:per|an?|each|of)\s|/)")
_LENGTHS_M = frozenset({"m", "M"})
"""Scales that are also the sign of a metre."""


class Dimension(NamedTuple):
    """What a heading says of the figures below it."""

    scale: float = 0.0
    """What each figure is multiplied by; 0 where the heading gives no scale."""
    unit: str = ""


def dimension_of(heading: str, article: str) -> Dimension:
    """The scale and unit that stand in a heading; empty where it gives none."""
    scale, unit = 0.0, ""
    for part in _PARTS.split(heading):
        found = _read(part) if part else Dimension()
        scale, unit = scale or found.scale, unit or found.unit
    if scale in (0.0, 1e6) and _is_length(heading):
        return Dimension(0.0, unit or "metre") if _ends_in_metres(heading) else Dimension(scale, unit)
    return Dimension(scale, shared_currency(article, heading_currency(article, heading) or unit))


@lru_cache(maxsize=1024)
def _read(part: str) -> Dimension:
    """One part of a heading: `[money or unit] [scale] [unit]`, in which at least one is there."""
    scale = _scale().search(part)
    if scale is None:
        return _unit(part)
    before, after = part[: scale.start()].strip(), _LEADING.sub("", part[scale.end() :].strip())
    before = before.split()[-1] if before and _SIGN.fullmatch(before.split()[-1]) else before
    ahead = _unit(before)
    if before and not ahead.unit and (after or len(before.split()) > 3):
        return Dimension()
    money = before if _SIGN.fullmatch(before) else ""
    behind = _unit(f"{money} {after}" if money else after)
    factor = 1.0
    for word in scale.group().split():
        factor *= lexicon().heading_scales[word.lower().replace("’", "'")]
    return Dimension(factor * (behind.scale or 1.0), behind.unit or ahead.unit)


@lru_cache(maxsize=1)
def _scale() -> re.Pattern[str]:
    words = alternation(lexicon().heading_scales).replace("'", "['’‘]")
    return re.compile(rf"(?<![a-z\d.,'’])(?:{words})(?:\s(?:{words}))?(?![\w²³/])", re.IGNORECASE)


def _unit(words: str) -> Dimension:
    """The unit that words begin with, and the scale that its sign holds: "mt" are a million tonnes."""
    sign = _SIGN.match(words)
    if sign and currency_before(words[: sign.end()], sign.end())[1]:
        text = f"{sign.group()}1{words[sign.end() :].replace(' /', '/')}"
    else:
        text = f"1 {words}"
    found = find_expressions(text) if words else []
    first = found[0].quantity if found else None
    if first is None or first.start or first.form not in ("measure", "money"):
        return Dimension()
    if first.form == "money" and not _CLOSED.match(text, first.end):
        return Dimension()  # "Euro area", "Dollar index"
    return Dimension(first.value if first.value != 1 else 0.0, _full_unit(first))


def _full_unit(quantity: Quantity) -> str:
    rate = quantity.form == "money" and quantity.per and quantity.per not in lexicon().elapsed
    return f"{quantity.unit} per {quantity.per}" if rate else quantity.unit


def _is_length(heading: str) -> bool:
    return any(word in lexicon().contexts["lengths"] for word in re.findall(r"[a-z]+", heading.lower()))


def _ends_in_metres(heading: str) -> bool:
    return any(part in _LENGTHS_M for part in _PARTS.split(heading))
