"""Measures that are no figures of the news: how far off something happened, and the same length told in other units."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.mentions import Quantity

from .lexicon import alternation, lexicon
from .place import Place

_ROUNDED = 0.15
"""How far apart a figure and its rounded conversion may be, as a part of the figure."""
_OPENINGS = ("(", "[", "/", "(about", "(around", "(roughly", "(some", "(nearly", "(almost", "(over", "(or")
_TEMPERATURES = {("celsius", "fahrenheit"): (1.8, 32.0), ("fahrenheit", "celsius"): (1 / 1.8, -32 / 1.8)}
"""Factor and shift from the one scale to the other."""
_AFTER_CELSIUS = {("celsius", "farad"): "fahrenheit"}
"""What a letter means behind a temperature: "25C (77F)"."""


def is_location(place: Place) -> bool:
    """True for where something is or happened: "200 km *north of* the capital", "90 km *off* the coast"."""
    if place.tail.unit not in lexicon().contexts["distances"]:
        return False
    behind = max(place.tail.end, place.tail.noun_end)
    if place.left and place.left[0] in lexicon().contexts["copulas"]:
        return False  # "the lighthouse is 19 km from the harbour": that is what is told
    return place.left[:1] == ["within"] or _bearing().match(place.text, behind) is not None


@lru_cache(maxsize=1)
def _bearing() -> re.Pattern[str]:
    """A point of the compass or a word of place behind a distance, over a conversion in brackets."""
    words = alternation(lexicon().contexts["bearings"])
    return re.compile(
        rf"\s(?:\([^()\n]{{2,24}}\)\s)?(?:to\sthe\s)?(?:due\s)?"
        rf"(?:(?:{words})\b|(?:away\s)?from\s(?:the\b|(?-i:[A-Z]))|outside\s(?:the\b|(?-i:[A-Z])))",
        re.IGNORECASE,
    )


def repeats(text: str, former: Quantity, latter: Quantity) -> bool:
    """True for "200 km (*120 miles*)", "17 miles/28 km": the same measure in other units, and no second figure."""
    between = text[max(former.end, former.noun_end) : latter.start].strip()
    if between not in _OPENINGS or former.form != "measure" or latter.form != "measure":
        return False
    pair = (former.unit, _AFTER_CELSIUS.get((former.unit, latter.unit), latter.unit))
    if pair in _TEMPERATURES:
        factor, shift = _TEMPERATURES[pair]
        return abs(former.value * factor + shift - latter.value) <= 1.5
    sizes = lexicon().sizes
    if pair[0] == pair[1] or any(unit not in sizes for unit in pair) or sizes[pair[0]][0] != sizes[pair[1]][0]:
        return False
    converted = former.value * sizes[pair[0]][1] / sizes[pair[1]][1]
    return abs(converted - latter.value) <= max(_ROUNDED * converted, 0.5)
