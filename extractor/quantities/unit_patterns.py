"""Patterns of currencies, units and denominators, put together from the word lists."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .lexicon import alternation, lexicon

WINDOW = 72
"""How many characters to the left are looked at: more than any modifier, age or label needs."""


class UnitPatterns(NamedTuple):
    """Patterns put together from the word lists."""

    currency_before: re.Pattern[str]
    currency_after: re.Pattern[str]
    unit_symbol: re.Pattern[str]
    unit_word: re.Pattern[str]
    per: re.Pattern[str]
    after: re.Pattern[str]


@lru_cache(maxsize=1)
def unit_patterns() -> UnitPatterns:
    """The patterns of currencies, units and denominators."""
    words = lexicon()
    shared = {name for name in words.shared_currencies if name.islower() and name.isalpha()}
    coins = {form for name in words.subunits for form in (name, name + "s")}
    names = {*words.currency_names, *words.ambiguous_currencies, *shared, *coins}
    symbols = alternation(words.currency_symbols)
    signs = alternation(symbol for symbol in words.currency_symbols if not symbol.isascii() or symbol[0] == "$")
    codes = alternation(words.currency_codes)
    single = words.touching | words.apart
    symbols_long = alternation(symbol for symbol in words.unit_symbols if symbol not in single)
    return UnitPatterns(
        currency_before=re.compile(
            rf"(?:(?<![A-Za-z])(?:{codes}|US\s|HK\s|NT\s|S\s)?\s?(?:{symbols})|(?<![A-Za-z]){codes})\s?$"
        ),
        currency_after=re.compile(rf"[\s-]?(?:({signs})(?![\w$])|({codes})\b|((?i:{alternation(names)}))\b)"),
        unit_symbol=re.compile(
            rf"[\s-]?({symbols_long})(?![\w²³/]|-\d)|({alternation(words.touching)})(?![\w²³/]|\.\w)"
            rf"|\s({alternation(words.apart)})(?![\w²³/’'-]|\.\w)"
        ),
        unit_word=re.compile(
            r"[-\s]{1,2}(" + alternation({**words.unit_words, **words.time_words}) + r")\b", re.IGNORECASE
        ),
        per=re.compile(
            r"(?:\s|-)(?:an?|each|every)(?:\s|-)("
            + alternation(words.per_nouns)
            + r")s?\b(?!\s(?:ago|earlier|later|before|prior|from|in))",
            re.IGNORECASE,
        ),
        after=re.compile(r"[-\s]?\s?(" + alternation(words.after) + r")(?!\w|\s?[\d$€£])", re.IGNORECASE),
    )
