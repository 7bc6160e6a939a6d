"""A bare figure that goes on from a figure before it, and so shares what that one says: its unit, its scale, or both.

"A kilo fetched 14.27 dinars; a year ago it was *23.07*", "he put it at 1.7 million, she preferred *1.5*", "output fell
from *1.4* to 1.06 billion tonnes", "(28.3 per cent), Spain (*26.4*)", "Rs 118 crore … that makes *435*". Only what
could be meant so takes part: a figure that counts something, a year, a score or a reading of an index does not, and a
scale is shared only where the plain figure would be absurd beside the other.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from extractor.mentions import Measure

from .intervals import clean
from .lexicon import lexicon
from .nouns import is_plural
from .numerals import number_patterns
from .sites import LIST_LINK, Site

_RELATIVE = ("percent", "percentage_point", "basis_point", "times")
_REACH = 420
"""How far back a figure may go on from another, in characters of the same paragraph."""
_FIGURES = 6
_HOURS = 24
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROUNDED = 0.6
"""How many percentage points a change may be off that somebody worked out by head."""
_DIGITS = re.compile(r"\d[\d.]*")


def continued(text: str, site: Site, sites: Sequence[Site], measures: Sequence[Measure]) -> Measure | None:
    """The measure of a bare figure with the unit, and for a share the kind, of the figure that it goes on from."""
    own = measures[site.number]
    ahead = _listed(text, site, sites, measures)
    if ahead is not None:
        kind = ahead.kind if ahead.unit in _RELATIVE and own.kind == "level" else own.kind
        return own._replace(kind=kind, unit=ahead.unit)
    if own.kind not in ("level", "difference") or own.base or not _is_bare(text, site):
        return None
    for other in _before(text, site, sites):
        found = measures[other.number]
        if found.unit in _RELATIVE:
            if found.unit == "percent" and found.kind in ("share", "level") and _is_share_too(site, other, found):
                return own._replace(kind=found.kind, unit=found.unit)
        elif found.unit != "count" and _is_measured(other, found):
            scale = _scale_from(text, site, other, found)
            reach = 40.0 if _is_out_of(site) or own.kind == "difference" else 4.0
            if scale > 1 or _goes_with(site, site.quantity.value, found.value, reach):
                return own._replace(unit=found.unit)
        elif _goes_with(site, site.quantity.value, found.value, 4.0):
            return None  # it may count the same things
    return None


def _is_borrowed(site: Site, own: Measure) -> bool:
    """Whether a figure without a noun has its unit from another: such may lack the other's scale as well."""
    if own.unit in lexicon().measured_units:
        return _is_closed(site)
    return own.unit != "count" and _has_decimals(site)  # "by Friday *0.3* were dark": nobody counts homes in tenths


def _is_share_too(site: Site, other: Site, found: Measure) -> bool:
    """Whether a bare figure can be a percentage like the one before it: "held 28.4 per cent, Lumo *4.6*"."""
    if abs(site.quantity.value + found.value - 100) < 0.6:
        return True  # "12.4 percent was bottled. The rest, *87.6*, was not"
    reach = 30.0 if other.sentence == site.sentence and _has_decimals(site) else 6.0
    return site.quantity.value <= 100 and _goes_with(site, site.quantity.value, found.value, reach)


def in_full(text: str, site: Site, sites: Sequence[Site], measures: Sequence[Measure]) -> Measure:
    """The measure of a figure with the scale that the figure beside it shows: "67.4 million tonnes from *65.8*"."""
    own = measures[site.number]
    if not _lacks_scale(text, site) or own.unit in _RELATIVE or own.kind not in ("level", "difference"):
        return own
    if own.base:
        others: list[Site] = [sites[own.partner]] if own.partner >= 0 else []
    elif _is_bare(text, site) or _is_borrowed(site, own):
        others = list(_before(text, site, sites))
    else:
        return own
    for nearest, other in enumerate(others):
        scale = _scale_from(text, site, other, measures[other.number])
        if scale > 1 and _shares_unit(site, own, other, measures[other.number], nearest == 0):
            low, high = (None if end is None else clean(end * scale) for end in (own.low, own.high))
            return own._replace(value=clean(own.value * scale), low=low, high=high, unit=measures[other.number].unit)
        if measures[other.number].unit == own.unit:
            return own
    return own


def reckoned(text: str, site: Site, sites: Sequence[Site], measures: Sequence[Measure]) -> Measure:
    """A percentage that "that" makes of two levels before it: "it was 12.41, now 14.60. *That is 18 percent*"."""
    own = measures[site.number]
    if own.kind != "share" or not {word.lower for word in site.left[:3]} & lexicon().contexts["summing_up"]:
        return own
    levels = [measures[other.number] for other in _before(text, site, sites)]
    levels = [other for other in levels if other.kind == "level" and other.value and other.unit not in _RELATIVE]
    for later, earlier in itertools.combinations(levels, 2):
        top, bottom = max(later.value, earlier.value), min(later.value, earlier.value)
        alike = later.unit == earlier.unit and bottom > 0
        for sign, change in ((1, top / bottom - 1), (-1, 1 - bottom / top)) if alike else ():
            if abs(100 * change - own.value) <= _ROUNDED:
                low, high = (own.low, own.high) if sign > 0 else (_minus(own.high), _minus(own.low))
                return own._replace(kind="growth", value=sign * own.value, low=low, high=high, direction=sign)
    return own


def _minus(end: float | None) -> float | None:
    return None if end is None else -end


def is_conversion(text: str, sites: Sequence[Site], number: int) -> bool:
    """Whether a figure repeats the one before it in another currency or unit: "2.1 billion soles (*about $560m*)"."""
    if not number:
        return False
    former, own = sites[number - 1].quantity, sites[number].quantity
    between = text[max(former.end, former.noun_end) : own.start].strip()
    measured = all(quantity.form in ("money", "measure") for quantity in (former, own))
    return measured and between in ("(", "/", ", or", "or") and former.unit != own.unit


def _shares_unit(site: Site, own: Measure, other: Site, found: Measure, nearest: bool) -> bool:
    if own.unit == found.unit and (own.unit != "count" or own.base):
        return True
    # "1.7 million people … preferred 1.5": nobody counts people in tenths
    counted = own.unit == "count" and other.quantity.form == "number"
    return counted and (own.base or (nearest and _has_decimals(site) and other.sentence == site.sentence))


def _listed(text: str, site: Site, sites: Sequence[Site], measures: Sequence[Measure]) -> Measure | None:
    """The last figure of a list, whose unit the others leave out: "*53.3*, *70.6* and 57.8 percent"."""
    for following in sites[site.number + 1 : site.number + _FIGURES]:
        former = sites[following.number - 1].quantity
        if (
            former.noun_start >= 0
            or former.form != "number"
            or not LIST_LINK.fullmatch(text, former.end, following.quantity.start)
        ):
            return None
        found = measures[following.number]
        if following.quantity.form in ("measure", "money", "percent") and found.kind in ("level", "share"):
            likely = site.quantity.value / 20 < abs(found.value) < 20 * site.quantity.value
            return found if likely and (_has_decimals(site) or site.quantity.value >= 1000) else None
    return None


def _before(text: str, site: Site, sites: Sequence[Site]) -> Iterator[Site]:
    """The figures that a bare one may go on from, nearest first: of its paragraph, and no mere conversions."""
    for other in reversed(sites[max(0, site.number - _FIGURES) : site.number]):
        if site.quantity.start - other.quantity.end > _REACH or "\n" in text[other.quantity.end : site.quantity.start]:
            return
        told = other.quantity.form in ("number", "money", "measure", "percent", "range")
        if told and not is_conversion(text, sites, other.number):
            yield other


def _scale_from(text: str, site: Site, other: Site, found: Measure) -> float:
    """The scale that a figure shares with another; 1 where it has one of its own or would be too far off with it."""
    scale = max(_scale_of(text, other), float(round(abs(found.value / (other.quantity.value or 1.0)))))
    if scale < 1000 or not _lacks_scale(text, site) or not site.quantity.value:
        return 1.0
    ratio = abs(found.value) / (abs(site.quantity.value) * scale)
    reach = 1000.0 if abs(site.quantity.value) < 1 and _has_decimals(site) else 8.0
    return scale if 1 / 8 <= ratio <= reach and abs(found.value) > 100 * abs(site.quantity.value) else 1.0


def _scale_of(text: str, site: Site) -> float:
    """The scale that stands in a number expression: 1e6 for "4.91 million", 1 for "840,000"."""
    digits = _DIGITS.search(text, site.quantity.start, site.quantity.end)
    if digits is None:
        return 1.0
    patterns, words, at, scale = number_patterns(), lexicon(), digits.end(), 1.0
    while match := patterns.scale.match(text, at):
        scale, at = scale * words.scales[match[1].lower()], match.end()
    if scale > 1:
        return scale
    if match := patterns.suffix.match(text, at):
        return words.suffixes[match[1] or match[2]]
    if match := patterns.money.match(text, at) or patterns.attached.match(text, at):
        return words.money.get(match[1], 1.0) if site.quantity.form == "money" else words.attached.get(match[1], 1.0)
    return 1.0


def _lacks_scale(text: str, site: Site) -> bool:
    """Whether a figure is a short run of digits with nothing behind it that says more."""
    quantity = site.quantity
    written = text[quantity.start : quantity.end]
    digits = _DIGITS.search(written)
    plain = digits is not None and digits.end() == len(written)
    return plain and quantity.form == "number" and quantity.noun_start < 0 and abs(quantity.value) < 1000


def _has_decimals(site: Site) -> bool:
    return not float(site.quantity.value).is_integer() or "." in site.quote


def _goes_with(site: Site, value: float, other: float, reach: float) -> bool:
    """Whether two figures are of one size."""
    if not other:
        return False
    reach = reach if _has_decimals(site) else reach / 1.5
    return 1 / reach <= abs(value / other) <= reach


def _is_bare(text: str, site: Site) -> bool:
    """Whether nothing that the figure could count stands near it, and it is told rather than named."""
    quantity, words = site.quantity, lexicon().contexts
    if quantity.form not in ("number", "range") or quantity.noun_start >= 0 or quantity.per or not site.left:
        return False
    if not any(sign.isdigit() for sign in site.quote) or counts_before_colon(site):
        return False
    if {word.lower for word in site.left[:8]} & words["readings"] or tells_of_count(site):
        return False
    if not _is_closed(site):
        return False
    if _has_decimals(site) or quantity.value >= 1000:
        return True
    left = site.left[0].lower
    if left == "at":
        stands = len(site.left) > 1 and site.left[1].lower in words["standing"]
        return stands or quantity.value > _HOURS
    if left == ":" and len(site.left) > 1 and _YEAR.fullmatch(site.left[1].text):
        return True  # "31 per cent (2015: 24)"
    return left in words["telling"] or _is_verb(site)


def _is_closed(site: Site) -> bool:
    """Whether what follows a figure is nothing that it could count: "1.9 above the average"."""
    words = lexicon().contexts
    return not site.right or site.right[0].lower in words["closing"] | words["measuring_from"]


def _is_out_of(site: Site) -> bool:
    """Whether a figure is the whole of the one before: "2.1 gigawatts *out of* an installed 20.2"."""
    before = [word.lower for word in site.left[:5]]
    return any(pair == ("of", "out") for pair in itertools.pairwise(before))


def tells_of_count(site: Site) -> bool:
    """Whether the words before a figure tell that something is counted, whatever was measured before it."""
    return not {word.lower for word in site.left[:8]}.isdisjoint(lexicon().contexts["counting"])


def counts_before_colon(site: Site) -> bool:
    """True for "Deaths: 1,204", "double the orders: 1.4m": what is counted stands before the colon."""
    colon = len(site.left) > 1 and site.left[0].lower == ":"
    return colon and is_plural(site.left[1].text) and site.left[1].lower not in lexicon().unit_words


def _is_verb(site: Site) -> bool:
    """Whether a verb stands directly before the figure."""
    first = site.left[0]
    span = site.root.doc.char_span(first.start, first.start + len(first.text)) if site.root is not None else None
    return span is not None and span[0].pos_ in ("VERB", "AUX")


def _is_measured(site: Site, measure: Measure) -> bool:
    """Whether a figure has a unit of measurement or currency, be it borrowed; nouns that it counts are none."""
    return (
        site.quantity.form in ("measure", "money")
        or (site.quantity.form == "range" and measure.unit.split(" per ")[0] in lexicon().measured_units)
        or (site.quantity.noun_start < 0 and measure.unit.split(" per ")[0] in lexicon().measured_units)
    )
