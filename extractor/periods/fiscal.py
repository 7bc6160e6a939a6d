"""Whose fiscal, marketing or school year is meant: from which month it runs, and after which year it is named."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractor.periods.grammar import Bag
from extractor.periods.words import YearRule, fiscal_years, lexicon

_WIDER = 1500
"""As much of the text before as is searched for whose fiscal year is meant."""
_DECLARED = 70
"""Characters behind a year in which the text says when it begins or ends."""
_FIRST_HALF = re.compile(r"\b(?:first|1st)[- ]half\b|\bhalf[- ]year\b|\binterim (?:results|profit|dividend)\b", re.I)
_RUPEES = re.compile(r"₹|\bRs\.? ?\d|\bcrore\b|\blakh\b")
_FISCAL = re.compile(r"\bFY ?'?(?:20)?\d\d|\b(?:fiscal|financial year)\b|\b20\d\d[-–/]\d\d\b")


def fiscal_year(text: str, start: int, end: int, bag: Bag, before: str, after: str) -> tuple[int, str] | None:
    """First month and naming of the fiscal or marketing year that an expression means, by the words around it.

    `before` and `after` are the rest of its sentence. What the text itself says of the year ("(July-June)") goes first,
    then the organisation, area or crop named nearest, in the sentence or before it, then anywhere in the text.
    """
    told = _declared(text[end : end + _DECLARED]) or _declared_anywhere(text) or half_year_from(text)
    if told is not None:
        return told, "end"
    values, known = set(bag.values), fiscal_years()
    if values & known.kinds.school:
        return 9, "start"
    wider = text[max(0, start - _WIDER) : start]
    words, at = f"{before} {after}", len(before)
    if not values & known.kinds.public and (not bag.has("%S") or _tells_of_harvests(text)):
        crop = _crop(words, at) or _crop(wider, len(wider))
        if crop:
            return crop.start, "end"
    if values & known.kinds.seasons:
        return (7, "start") if "season" in values else None  # a season of sports
    areas = [rule for rule in known.areas if rule.start > 1 or not bag.has("S")]
    rule = _nearest(known.organisations, words, at) or _nearest(areas, words, at)
    rule = rule or _nearest(known.organisations, wider, len(wider)) or _nearest(areas, wider, len(wider))
    rule = rule or _nearest(known.currencies, f"{words} {wider}", at) or _nearest(areas, text[end : end + _WIDER], 0)
    return (rule.start, rule.label) if rule else None


def is_of_others(bag: Bag) -> bool:
    """True for a year that is no company's or club's own: "the tax year", "the crop year"."""
    return not fiscal_years().kinds.others.isdisjoint(str(value) for value in bag.values)


@cache
def _twelve_months() -> re.Pattern[str]:
    names = "|".join(
        sorted((name.title() for name in [*lexicon().months, *lexicon().month_abbreviations]), key=len, reverse=True)
    )
    return re.compile(rf"\(({names})\.?\s?(?:[-–—/]|to)\s?({names})\.?\)")


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(
        r",? (?:its|the|their|a|which is its) (?:[a-z]+ ){1,2}year,? (?:that |which )?"
        r"(?:ended|ending|ends|to|running to|runs to)"
        r" (?:in |on )?(?:\d{1,2} |the end of )?"
        rf"({'|'.join(name.title() for name in lexicon().months)})\b"
    )


@cache
def _beginning() -> re.Pattern[str]:
    return re.compile(
        r",? (?:which|that|whose year) (?:began|begins?|starts?|started|runs? from) (?:in|on|from) (?:\d{1,2} )?"
        rf"({'|'.join(name.title() for name in lexicon().months)})\b"
    )


def _declared(text: str) -> int | None:
    """The first month of a year that the text spells out: "(July-June)", "which began in April"."""
    months = {**lexicon().months, **lexicon().month_abbreviations}
    if begins := _beginning().match(text):
        return months[begins[1].lower()]
    if ends := _ending().match(text):
        return months[ends[1].lower()] % 12 + 1
    for named in _twelve_months().finditer(text):
        first, last = months[named[1].lower()], months[named[2].lower()]
        if last % 12 + 1 == first:
            return first
    return None


@lru_cache(maxsize=8)
def _declared_anywhere(text: str) -> int | None:
    """The same, for a whole text, which is asked for each of its fiscal years."""
    return _declared(text)


@cache
def _half_years() -> re.Pattern[str]:
    names = "|".join(name.title() for name in lexicon().months)
    return re.compile(
        rf"\b(?P<first>{names})(?:\s?[-–—]\s?|\s(?:to|through)\s)(?P<last>{names})\b"
        r"|\b(?:six|6)[- ]months? (?:to|through|ended|ending|until)(?: the end of| in)?(?: \d{1,2})?"
        rf" (?P<until>{names})\b"
    )


@lru_cache(maxsize=8)
def half_year_from(text: str) -> int | None:
    """The first month of a year whose first half a text spells out: "its first half, April to September, …"."""
    if not _FIRST_HALF.search(text):
        return None
    months = lexicon().months
    for found in _half_years().finditer(text):
        last = months[(found["until"] or found["last"]).lower()]
        first = months[found["first"].lower()] if found["first"] else (last - 6) % 12 + 1
        if (last - first) % 12 == 5 and first != 1:
            return None if first == 7 and "second half" in text else first
    return None


@lru_cache(maxsize=8)
def counts_in_rupees(text: str) -> bool:
    """True for a paper that counts in crores of rupees and speaks of fiscal years: its quarters are theirs."""
    return bool(_RUPEES.search(text) and _FISCAL.search(text))


def is_declaration(bag: Bag, before: str, after: str) -> bool:
    """True for the "July-June" of "the crop year 2022-23 (July-June)", which dates nothing."""
    if bag.letters not in ("M-M", "MTM") or not before.endswith("(") or not after.startswith(")"):
        return False
    first, last = bag.get("M"), bag.get("M", at=1)
    return isinstance(first, int) and isinstance(last, int) and last % 12 + 1 == first


@cache
def _names(rules: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(rules, key=len, reverse=True)
    ends = (f"{re.escape(name)}(?!\\w)" if name[-1].isalpha() else re.escape(name) for name in longest)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ends)})")


def _nearest(rules: list[YearRule], words: str, at: int) -> YearRule | None:
    """The rule whose name stands nearest to an offset."""
    pattern = _names(tuple(name for rule in rules for name in rule.names))
    hits = sorted(pattern.finditer(words), key=lambda hit: min(abs(hit.start() - at), abs(hit.end() - at)))
    return next((rule for rule in rules if hits and hits[0][0] in rule.names), None)


def _crop(words: str, at: int) -> YearRule | None:
    """The marketing year of the crop named nearby: of the area named nearest where one is, else the usual one."""
    found = words.lower()
    named = [rule for rule in fiscal_years().crops if _names(tuple(rule.names)).search(found)]
    usual = next((rule for rule in named if not rule.areas), None)
    return _nearest_area([rule for rule in named if rule.areas], words, at) or usual


def _nearest_area(rules: list[YearRule], words: str, at: int) -> YearRule | None:
    """The rule one of whose areas stands nearest to an offset."""
    hits = [
        (min(abs(hit.start() - at), abs(hit.end() - at)), rank)
        for rank, rule in enumerate(rules)
        for hit in _names(tuple(rule.areas)).finditer(words)
    ]
    return rules[min(hits)[1]] if hits else None


@cache
def _harvest() -> re.Pattern[str]:
    """Words of texts whose split years are those of a crop."""
    return re.compile(rf"\b(?:{lexicon().cues.harvests})\b", re.I)


@lru_cache(maxsize=8)
def _tells_of_harvests(text: str) -> bool:
    return _harvest().search(text) is not None


@lru_cache(maxsize=8)
def speaks_of_crops(text: str) -> bool:
    """True for a text that names a crop and its harvest: only there a "campaign" is a stretch of time."""
    crops = tuple(name for rule in fiscal_years().crops for name in rule.names)
    return bool(_tells_of_harvests(text) and _names(crops).search(text.lower()))
