"""The unit that a figure leaves out because a figure beside it has it.

"280 million of the 1.5 billion shekels", "435 homes by open sale and 187 by tender", "from 21 mpg to 23",
"16,369.03, up 58.06 points", "a 7- or 8-inch screen".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extractor.mentions import Measure

from .continuing import counts_before_colon, is_conversion, tells_of_count
from .lexicon import lexicon, movement
from .money import money_named
from .sites import Site

_RELATIVE = ("percent", "percentage_point", "basis_point", "times", "count")
_PART_OF = re.compile(
    r"\s+of\s+(?:(?:the|its|their|his|her|all)\s+(?:[\w-]+[’']s\s+)?|[A-Z][\w-]+[’']s\s+)", re.IGNORECASE
)
_ALTERNATIVE = re.compile(r"-?\s+(?:or|to|and)\s+", re.IGNORECASE)
_COORDINATED = re.compile(
    r"(?:[,;]|\band|\bor|\bbut|\bplus)(?:(?:\s\w+){0,2}|\sthe\s(?-i:[A-Z])\w+\s\w+)\s*$", re.IGNORECASE
)
_LISTED = re.compile(r"(?:[,;]|\band|\bor|\bbut|demand for|by)\s(?:\w+\s){0,3}$", re.IGNORECASE)
_FAR = 100.0
"""From so many times the one on, two figures count different things."""
_NEAR = 320
_NO_NOUN = ("ADP", "PUNCT", "CCONJ", "SCONJ", "VERB", "AUX", "PRON", "DET", "PART", "ADV")


def elliptic_unit(text: str, site: Site, sites: Sequence[Site], measures: Sequence[Measure]) -> str:
    """The unit that a bare figure borrows from a neighbour in its sentence, or "count"."""
    return (
        _of_base(site, sites, measures)
        or _of_move(text, site, sites, measures)
        or _of_next(text, site, sites, measures)
        or _of_quotation(site, sites, measures)
        or _of_former(text, site, sites, measures)
        or _of_same_story(text, site, sites, measures)
        or "count"
    )


def spoken_unit(text: str, site: Site, sites: Sequence[Site]) -> str:
    """The money that a sentence says its bare figure is in; "" where it says none."""
    return _of_exchange(text, site) or _of_said_money(text, site, sites)


def _own_unit(measure: Measure) -> str:
    return "" if measure.unit in _RELATIVE or measure.kind == "rank" else measure.unit


def _of_base(site: Site, sites: Sequence[Site], measures: Sequence[Measure]) -> str:
    """The earlier figure of the same comparison."""
    for other in sites[max(0, site.number - 4) : site.number + 4]:
        if measures[other.number].partner == site.number:
            return _own_unit(measures[other.number])
    return ""


def _of_move(text: str, site: Site, sites: Sequence[Site], measures: Sequence[Measure]) -> str:
    """The figure that this one is reached from: "from 14-18 mpg *to 24*", "a rise of 3.7 tonnes, *to 40*"."""
    if not site.number or not site.left or site.left[0].lower != "to":
        return ""
    former = sites[site.number - 1]
    between = text[max(former.quantity.end, former.quantity.noun_end) : site.quantity.start]
    return _own_unit(measures[former.number]) if between.strip(" ,") == "to" else ""


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
    former = sites[site.number - 1 - is_conversion(text, sites, site.number - 1)]
    between = text[former.quantity.end : site.quantity.start]
    gapped = not site.right or site.right[0].lower in lexicon().contexts["going_on"]
    same = former.sentence == site.sentence and len(between) < 90 and bool(_COORDINATED.search(between))
    alike = former.quantity.form != "money" or site.quantity.value < 300 * abs(former.quantity.value)
    level = measures[former.number].kind == "level"
    size = abs(former.quantity.value) or 1.0
    alike = alike and (_is_measured(former, measures[former.number]) or 1 / _FAR < site.quantity.value / size < _FAR)
    return _own_unit(measures[former.number]) if gapped and same and alike and level else ""


def _of_same_story(text: str, site: Site, sites: Sequence[Site], measures: Sequence[Measure]) -> str:
    """The unit of measurement or currency of a like figure shortly before: "… tonnes; December came in at 67m"."""
    quantity = site.quantity
    if not _counts_nothing(site) or counts_before_colon(site) or quantity.value < 1000:
        return ""
    if measures[site.number].kind not in ("level", "difference") or tells_of_count(site):
        return ""
    for other in reversed(sites[max(0, site.number - 5) : site.number]):
        if is_conversion(text, sites, other.number):
            continue
        apart = text.count("\n", other.quantity.end, quantity.start)
        near = quantity.start - other.quantity.end < _NEAR and (not apart or (apart < 3 and quantity.value >= 1e6))
        like = quantity.value / 30 < abs(other.quantity.value) < 30 * quantity.value
        if not near or (apart and _acts(site)):
            return ""
        if like and measures[other.number].kind in ("level", "difference") and _own_unit(measures[other.number]):
            return _own_unit(measures[other.number]) if _is_measured(other, measures[other.number]) else ""
        if like and other.sentence == site.sentence and measures[other.number].kind == "level":
            return ""
    return ""


def _of_exchange(text: str, site: Site) -> str:
    """The money that is priced in another: "the rupee at *83.5 to the dollar*", "the crown at *8.12 per euro*"."""
    ahead = [word.lower for word in site.right[:3]]
    money = lexicon().currency_names
    priced = ahead[:2] in (["to", "the"], ["against", "the"]) and len(ahead) > 2 and ahead[2] in money
    if not priced and not (ahead[:1] == ["per"] and len(ahead) > 1 and ahead[1] in money):
        return ""
    named = (word.lower for word in site.left if word.lower in money or word.lower in lexicon().shared_currencies)
    return money_named(text, next(named, ""))


def _of_said_money(text: str, site: Site, sites: Sequence[Site]) -> str:
    """The money that the sentence says it reckons in: "*in rupees*, the bill came to 8.22 lakh crore"."""
    if site.quantity.value < 10_000 or not _counts_nothing(site):
        return ""
    words, money = site.left, lexicon()
    paid = max((other.quantity.end for other in sites[: site.number] if other.quantity.form == "money"), default=0)
    for word, before in itertools.pairwise(words):
        if word.start < paid:
            return ""  # another currency has been spoken of since
        if before.lower == "in" and word.lower in money.currency_names | money.shared_currencies:
            return money_named(text, word.lower)
    return ""


def _is_measured(site: Site, measure: Measure) -> bool:
    """Whether a figure has a unit of measurement or currency, be it borrowed."""
    borrowed = site.quantity.unit == "count" and measure.unit != "count" and site.quantity.noun_start < 0
    return site.quantity.form in ("measure", "money") or (borrowed and measure.unit != "percent")


def _acts(site: Site) -> bool:
    """True for "In Dunkirk, *7,500* took part": who does something has been counted, not measured."""
    if site.root is None or not site.right or site.right[0].start > site.quantity.end + 1:
        return False
    first = site.right[0]
    span = site.root.doc.char_span(first.start, first.start + len(first.text))
    return span is not None and span[0].pos_ == "VERB"


def _counts_nothing(site: Site) -> bool:
    """True where no noun follows that a bare figure could count."""
    if (
        not site.right
        or site.right[0].lower in lexicon().contexts["going_on"]
        or site.right[0].lower in movement().comparison
    ):
        return True
    first = site.right[0]
    span = site.root.doc.char_span(first.start, first.start + len(first.text)) if site.root is not None else None
    return span is not None and span[0].pos_ in _NO_NOUN


def is_of_percent(site: Site, sites: Sequence[Site], *, moved: bool) -> bool:
    """Whether "points" are percentage points: of a poll or a rate, or beside a percentage, but not of an index."""
    words = {word.lower for word in (*site.left, *site.right)}
    if words & movement().quotations or (not moved and not words & movement().votes):
        return False
    near = (
        other
        for other in sites[max(0, site.number - 3) : site.number + 4]
        if abs(other.quantity.start - site.quantity.end) < _NEAR and other.quantity.unit == "percent"
    )
    return bool(words & movement().polls) or any(near)


def elliptic_percent(text: str, site: Site, sites: Sequence[Site], measures: Sequence[Measure]) -> Measure | None:
    """The percentage that a bare figure goes on from: "five per cent in the first year and *two* in the second"."""
    quantity = site.quantity
    if not site.number or abs(quantity.value) > 100 or measures[site.number].kind not in ("level", "difference"):
        return None
    former = sites[site.number - 1]
    between = text[former.quantity.end : quantity.start]
    relative = measures[former.number].unit == "percent" and former.quantity.form != "fraction"
    told_again = between.rstrip().endswith(", or")  # "2 percent of the cases, or fewer than 10"
    if not relative or told_again or len(between) > _NEAR or "\n" in between or not _counts_nothing(site):
        return None
    bare = not site.right or site.right[0].lower in lexicon().contexts["going_on"]
    same = former.sentence == site.sentence
    listed = (
        same
        and len(between) < 90
        and bare
        and bool(_LISTED.search(between))
        and site.left[0].lower not in lexicon().contexts["reaching"]
    )
    signed = quantity.value < 0 and not float(quantity.value).is_integer()
    told = not float(quantity.value).is_integer() and measures[former.number].kind == "growth"
    level = (
        bare
        and bool(site.left)
        and site.left[0].lower in ("was", "is", "were")
        and (measures[former.number].kind == "share" or told)
    )
    return measures[former.number] if listed or signed or level else None
