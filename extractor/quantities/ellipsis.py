"""The unit that a figure leaves out because a figure beside it has it.

"280 million of the 1.5 billion shekels", "435 homes by open sale and 187 by tender", "from 21 mpg to 23",
"16,369.03, up 58.06 points", "a 7- or 8-inch screen".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.mentions import Measure

from .lexicon import movement
from .sites import Site

_RELATIVE = ("percent", "percentage_point", "basis_point", "times", "count")
_PART_OF = re.compile(r"\s+of\s+(?:the|its|their|his|her|all)\s+", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"-?\s+(?:or|to|and)\s+", re.IGNORECASE)
_COORDINATED = re.compile(r"(?:[,;]|\band|\bor|\bbut)(?:\s\w+){0,2}\s*$", re.IGNORECASE)
_AFTER = ("by", "in", "from", "for", "at", "on", "to", "were", "was", "had", ".", ",", ";", "a")


def elliptic_unit(text: str, site: Site, sites: Sequence[Site], measures: Sequence[Measure]) -> str:
    """The unit that a bare figure borrows from a neighbour in its sentence, or "count"."""
    return (
        _of_base(site, sites, measures)
        or _of_next(text, site, sites, measures)
        or _of_quotation(site, sites, measures)
        or _of_former(text, site, sites, measures)
        or _of_same_story(text, site, sites, measures)
        or "count"
    )


def _own_unit(measure: Measure) -> str:
    return "" if measure.unit in _RELATIVE or measure.kind == "rank" else measure.unit


def _of_base(site: Site, sites: Sequence[Site], measures: Sequence[Measure]) -> str:
    """The earlier figure of the same comparison."""
    for other in sites[max(0, site.number - 4) : site.number + 4]:
        if measures[other.number].partner == site.number:
            return _own_unit(measures[other.number])
    return ""


def _of_next(text: str, site: Site, sites: Sequence[Site], measures: Sequence[Measure]) -> str:
    """The figure that follows as its whole ("of the 1.5 billion shekels") or its alternative ("7- or 8-inch")."""
    if site.number + 1 >= len(sites):
        return ""
    following = sites[site.number + 1]
    between = text[site.quantity.end : following.quantity.start]
    joined = _PART_OF.fullmatch(between) or _ALTERNATIVE.fullmatch(between)
    return _own_unit(measures[following.number]) if joined and measures[following.number].kind == "level" else ""


def _of_quotation(site: Site, sites: Sequence[Site], measures: Sequence[Measure]) -> str:
    """The points by which the level of an index moved."""
    for other in sites[max(0, site.number - 2) : site.number + 2]:
        measure = measures[other.number]
        near = other.number != site.number and other.sentence == site.sentence
        if (
            near
            and measure.kind == "difference"
            and measure.unit == "point"
            and measure.unit in movement().quotation_units
        ):
            return measure.unit
    return ""


def _of_former(text: str, site: Site, sites: Sequence[Site], measures: Sequence[Measure]) -> str:
    """The counted noun of the figure that this one is coordinated with."""
    if site.number == 0 or measures[site.number].kind != "level":
        return ""
    former = sites[site.number - 1]
    between = text[former.quantity.end : site.quantity.start]
    gapped = not site.right or site.right[0].lower in _AFTER
    same = former.sentence == site.sentence and len(between) < 90 and bool(_COORDINATED.search(between))
    return _own_unit(measures[former.number]) if gapped and same and measures[former.number].kind == "level" else ""


def _of_same_story(text: str, site: Site, sites: Sequence[Site], measures: Sequence[Measure]) -> str:
    """The unit of measurement or currency of a like figure shortly before: "… tonnes; December came in at 67m"."""
    quantity = site.quantity
    ends = not site.right or site.right[0].lower in _AFTER
    if not ends or quantity.value < 10_000 or measures[site.number].kind != "level":
        return ""
    for other in reversed(sites[max(0, site.number - 3) : site.number]):
        near = quantity.start - other.quantity.end < 160 and "\n" not in text[other.quantity.end : quantity.start]
        like = quantity.value / 30 < abs(other.quantity.value) < 30 * quantity.value
        level = measures[other.number].kind == "level" and other.quantity.form in ("measure", "money")
        if near and like and level:
            return _own_unit(measures[other.number])
    return ""
