"""What a column's heading says of its figures: their kind, scale and unit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from extractor.loading import tables
from extractor.mentions import Measure, Quantity
from extractor.quantities.dimensions import Dimension
from extractor.quantities.intervals import clean

_WORDS = re.compile(r"['’]?[\w/%.-]+")
_WRITTEN_OUT = 1e5
"""From here on a figure is written out in full, whatever scale its heading gives to smaller ones."""


@lru_cache(maxsize=1)
def table_words() -> dict[str, Any]:
    """The lists of `data/tables.toml`, by table and name."""
    return tables("extractor", "data/tables.toml")


def measure_of(quantity: Quantity, measure: Measure, heading: str, given: Dimension, text: str) -> Measure:
    """The cell's kind from its heading, and its value in full where a heading or the caption gives the scale."""
    words = _WORDS.findall(heading.lower())
    kind = _kind(quantity, words)
    if (
        kind == "growth"
        and quantity.unit == "count"
        and any(word in table_words()["points"]["words"] for word in words)
    ):
        return measure._replace(kind="difference", unit="percentage_point")
    if kind in {"share", "growth"} and quantity.unit not in {"percent", "percentage_point"}:
        kind = "level" if not _is_relative(words) and "%" not in " ".join(words) else kind
    absolute = quantity.unit not in {"percent", "percentage_point"} and kind == "level"
    scale = given.scale or 1.0 if absolute and abs(quantity.value) < _WRITTEN_OUT else 1.0
    minus = kind == "growth" and quantity.value > 0 and text.lstrip()[:1] in "-−–"
    sign = -1.0 if minus else 1.0
    low, high = (None if end is None else clean(end * scale * sign) for end in (quantity.low, quantity.high))
    if sign < 0:
        low, high = high, low
    unit = "percent" if kind in {"share", "growth"} else quantity.unit
    if unit == "count" and kind == "level":
        unit = given.unit or unit
    return measure._replace(kind=kind, value=clean(quantity.value * scale * sign), low=low, high=high, unit=unit)


def _kind(quantity: Quantity, words: list[str]) -> str:
    """The kind that a heading names, else the one that its figures have by themselves."""
    relative = quantity.unit == "percent" or _is_relative(words)
    return _kind_named(words) or ("share" if relative else "level")


def kind_of(heading: str) -> str:
    """The kind that a heading's words name; "" for none."""
    return _kind_named(_WORDS.findall(heading.lower()))


def _kind_named(words: list[str]) -> str:
    text = " ".join(words)
    return next((kind for kind, signs in table_words()["kinds"].items() if any(sign in text for sign in signs)), "")


def _is_relative(words: list[str]) -> bool:
    return any(word in {"%", "percent", "pct"} for word in words) or {"per", "cent"} <= set(words)


def dimension_of_row(label: str, whole: Dimension) -> Dimension:
    """What a table of money says of one row: nothing of "Employees", and no scale of "Earnings per share"."""
    words = re.findall(r"[a-z]+", label.lower())
    if any(word in table_words()["rows"]["counted"] for word in words):
        return Dimension()
    return whole._replace(scale=0.0) if "per" in words[1:] else whole
