"""What follows a number: percent sign, currency, unit of measurement, denominator."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.plurals import singular

from .lexicon import alternation, lexicon
from .money import local_currency, singular_name, subunit
from .numerals import Number
from .unit_patterns import WINDOW, unit_patterns
from .unit_phrases import named_unit

PERCENT = re.compile(
    r"""\s?-?(?:
        (?P<points>(?:%|per\s?cent|percent)[\s-](?:points?|pts?)\b(?!\s(?:to\s(?!\d)|out\b|towards))|percentage[\s-]points?\b|p\.?p\.?t?s?(?![\w]))
        |(?P<basis>basis[\s-]points?\b|(?-i:bps?|BPS)\b)
        |(?P<percent>[%％]|per[\s-]cents?\b|percents?\b|pct\b\.?|pc\b(?!s))
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN_PER = re.compile(
    r"(?:[\s-](?:per|for\severy(?=\s1[0,]+\s))[\s-](\d{1,3}(?:,\d{3})*\s)?|(/))((?:cubic\s|square\s)?[A-Za-z]+(?:[\s-]hours?\b)?)",
    re.IGNORECASE,
)
ROUND = re.compile(r"1[0,]+\s")
"""What "for every" makes a denominator of: "5.7 for every *100* employees"."""
_BRACKET = re.compile(r"\s\([^()\s]{0,4}\s?[\d.,]+(?:\s(?:million|billion|trillion))?\)")
_DEVICES = re.compile(r"\smeters\s(?:were|was|have|had|are|will|installed|fitted|rolled|on|in\shomes)\b")
"""Meters that are put up, and no lengths."""
_PER_CENT = re.compile(r"cent|capita|se\b", re.IGNORECASE)
_QUALIFIER = re.compile(r"\s(?:U\.?S\.?|US)(?=\s(?:per|an?|million|billion)\b)")
_METRES = re.compile(r"\sm\s([a-z]+)\b")
"""A metre apart from its digits: "366 *m* long"."""
_RESOLUTIONS = (480, 720, 1080, 1440, 2160)
_MEGATONNES = 2500
"""From here on "MT" stands for metric tons: no crop or output weighs so many millions of them."""
_NEXT_NOUN = re.compile(r"\s([a-z]+)\b")


class Tail(NamedTuple):
    """What follows a number: its unit, and where the number expression and its noun end."""

    end: int
    unit: str = ""
    form: str = "number"
    factor: float = 1.0
    noun_start: int = -1
    noun_end: int = -1
    per: str = ""
    time: bool = False
    hyphen: bool = False
    """The unit hangs on the number by a hyphen ("12-page"): the pair describes something else."""


def read_tail(text: str, number: Number, currency: str) -> Tail:
    """The unit that follows a number, or a tail without one."""
    end = number.end
    if currency:
        qualifier = _QUALIFIER.match(text, end)
        end = qualifier.end() if qualifier else end
        code = re.compile(r"\s?[A-Z]{3}\b").match(text, end) if text[end : end + 4].strip()[:3] == currency else None
        end = code.end() if code else end
        return _with_per(text, Tail(end, currency, "money"))
    if match := PERCENT.match(text, end):
        return _with_per(text, _percent_tail(match))
    if tail := _currency_tail(text, number):
        return _with_per(text, tail)
    tail = _unit_tail(text, number)
    return _with_per(text, tail) if tail else Tail(end)


def _percent_tail(match: re.Match[str]) -> Tail:
    unit = {"points": "percentage_point", "basis": "basis_point", "percent": "percent"}[match.lastgroup or "percent"]
    return Tail(match.end(), unit, "percent")


@lru_cache(maxsize=1)
def _money_talk() -> re.Pattern[str]:
    return re.compile(rf"\b{alternation(lexicon().contexts['money_talk'])}", re.IGNORECASE)


def _currency_tail(text: str, number: Number) -> Tail | None:
    """Money written behind the figure: "99 yuan", "1,200€", "3bn USD", "2 million pounds"."""
    match = unit_patterns().currency_after.match(text, number.end)
    if match is None:
        return None
    words = lexicon()
    if match[1]:
        return Tail(match.end(), words.currency_symbols[match[1]], "money")
    if match[2]:
        return Tail(match.end(), words.currency_codes[match[2]], "money")
    name = re.sub(r"\s", " ", match[3].lower())
    if name.removesuffix("s") in words.subunits or name in words.subunits:
        code, parts = subunit(text, name)
        return Tail(match.end(), code, "money", 1 / parts)
    shared = words.shared_currencies.get(name)
    if shared and name not in words.ambiguous_currencies:
        return _shared_currency(text, number, match, name, local_currency(text, shared))
    if name in words.currency_names:
        return Tail(match.end(), words.currency_names[name], "money")
    return _ambiguous_currency(text, number, match, name)


def _shared_currency(text: str, number: Number, match: re.Match[str], name: str, code: str) -> Tail | None:
    """Money named "pesos" or "crowns", of the place that the text is about, else by its name."""
    known = code or lexicon().currency_names.get(name, "")
    if not known and (text[match.start()] == "-" or name in lexicon().placed_currencies):
        return None
    return Tail(match.end(), known or singular_name(name), "money")


def _ambiguous_currency(text: str, number: Number, match: re.Match[str], name: str) -> Tail | None:
    """Money named "won", "rand" or "pounds", after a scale word or a large figure, or where money is spoken of."""
    least = 1e3 if name.startswith("pound") else 1e6
    large = number.scale >= least or (number.value >= 1000 and name in ("won", "rand"))
    spoken = any(
        _money_talk().search(text, *ends)
        for ends in ((max(0, number.start - WINDOW), number.start), (match.end(), match.end() + WINDOW // 2))
    )
    substance = text[match.end() : match.end() + 4] == " of "
    if (large or (spoken and name.startswith("pound"))) and not substance:
        code = local_currency(text, name.rstrip("s")) if name.startswith("pound") else ""
        return Tail(match.end(), code or lexicon().ambiguous_currencies[name], "money")
    if name.startswith("pound"):
        return Tail(number.end, "pound", "measure", noun_start=match.start(3), noun_end=match.end(3))
    return None


def _unit_tail(text: str, number: Number) -> Tail | None:
    """A unit of measurement: "30 GW", "12.3m tonnes", "5 °C", "40 minutes"."""
    words, patterns = lexicon(), unit_patterns()
    if (match := patterns.unit_symbol.match(text, number.end)) and number.digits:
        written = match[match.lastindex or 0]
        if not (written == "p" and number.value in _RESOLUTIONS) and (written != "T" or number.scale >= 1000):
            unit, factor = words.scaled_units.get(words.unit_symbols[written], (words.unit_symbols[written], 1.0))
            metric = words.unit_symbols[written] == "million tonnes" and (number.scale > 1 or number.raw >= _MEGATONNES)
            factor = 1.0 if metric else factor  # "3 million mt", "25,000 MT", where "41.5 MT" of rye are millions
            time = unit in words.time_words
            end = number.end if metric or written in words.outside else match.end()
            return Tail(end, unit, "measure", factor, match.start(match.lastindex or 0), match.end(), time=time)
    if number.digits and (metres := _METRES.match(text, number.end)) and metres[1] in words.contexts["dimensions"]:
        return Tail(metres.start(1) - 1, "metre", "measure", 1.0, metres.start(1) - 1, metres.start(1) - 1)
    if (match := patterns.unit_word.match(text, number.end)) and not _DEVICES.match(text, match.start()):
        word = re.sub(r"\s", " ", match[1].lower())
        hyphen = text[match.start()] in "-‐‑"
        unit = words.unit_words.get(word) or words.time_words[word]
        unit, factor = words.scaled_units.get(unit, (unit, 1.0))
        return Tail(
            number.end,
            unit,
            "measure",
            factor,
            match.start(1),
            match.end(1),
            time=word in words.time_words,
            hyphen=hyphen,
        )
    phrase = named_unit(text, number.end)
    if phrase:
        unit, start, end = phrase
        return Tail(number.end, unit, "measure", 1.0, start, end)
    return None


def _with_per(text: str, tail: Tail) -> Tail:
    """The tail with its denominator: "$1,200 a tonne", "3 million barrels per day", "5 km/h"."""
    at = max(tail.end, tail.noun_end)
    denominator, end = per_after(text, at)
    if not denominator and tail.form == "money" and (bracket := _BRACKET.match(text, at)):
        denominator, _ = per_after(text, bracket.end())
        return tail._replace(per=denominator)
    if not denominator:
        return tail
    words = lexicon()
    unit = tail.unit
    compound = tail.form == "measure" and denominator not in words.elapsed and not tail.time
    if compound:
        unit = f"{tail.unit} per {denominator}"
    noun_start = tail.noun_start if tail.noun_start >= 0 else -1
    return tail._replace(unit=unit, per=denominator, noun_start=noun_start, noun_end=end if noun_start >= 0 else -1)


def per_after(text: str, position: int) -> tuple[str, int]:
    """The denominator at `position` and where it ends: ("tonne", …) for " a tonne"; ("", position) if none."""
    if match := unit_patterns().per.match(text, position):
        return match[1].lower(), match.end()
    match = _PLAIN_PER.match(text, position)
    if match is None or _PER_CENT.match(match[3]):
        return "", position
    noun = match[3].lower()
    words = lexicon()
    if noun in words.contexts["per_adjectives"] and (counted := _NEXT_NOUN.match(text, match.end(3))):
        return singular(counted[1].lower()), counted.end()  # "$3.92 per diluted share"
    lemma = singular(noun)
    lemma = words.unit_words.get(noun) or words.unit_symbols.get(match[3]) or lemma
    scale = (match[1] or "").replace(",", "").strip()
    return (f"{scale} {noun}" if scale else lemma), match.end(3)
