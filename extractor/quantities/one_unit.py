"""One of a unit, told without a number: "up to *a foot* of snow", "about *an hour*", "*a percentage point*"."""

from __future__ import annotations

import re

from .lexicon import alternation, initial_case, lexicon
from .numerals import Number

ONE_UNIT = "one_unit"
"""The group of the pattern below, by which the pass over a text knows what it stopped at."""
_ARTICLE = re.compile(r"\ban?\b", re.IGNORECASE)
_ONE_FULL = re.compile(r"\b(?:an?|one)\s(?:full\s|whole\s)?$", re.IGNORECASE)
_POINT = re.compile(r"[\s-]point\b")


def one_unit_pattern() -> str:
    """The pattern of an article and a unit where a modifier makes a figure of them: "about an hour", "a foot or more".

    Without a modifier they are a denominator ("$900 a tonne") or a turn of phrase ("give them an inch").
    """
    words = lexicon()
    units = alternation(words.contexts["single_units"])
    before = initial_case(
        {phrase for phrase, meaning in words.before.items() if meaning != "exact" and phrase.isascii()}
    )
    after = alternation(phrase for phrase in words.after if phrase.startswith("or "))
    return rf"\b(?P<{ONE_UNIT}>(?:{before})\san?\s{units}\b|[Aa]n?\s{units}\s{after}\b)"


def one_unit(text: str, start: int, end: int) -> Number:
    """The number that the article of such a stretch stands for; its step is 1, since only the order is told."""
    *_, article = _ARTICLE.finditer(text, start, end)  # the last one of "a little over *a* mile"
    return Number(article.start(), article.end(), 1.0, 1.0, digits=False, raw=1.0)


def one_point(text: str, start: int, end: int) -> Number | None:
    """The number of "by a percentage point", "a full percentage point", whose word "percentage" is `start` to `end`."""
    article = _ONE_FULL.search(text, max(0, start - 9), start)
    if article is None or not _POINT.match(text, end):
        return None
    return Number(article.start(), article.end() - 1, 1.0, 0.1, digits=False, raw=1.0)
