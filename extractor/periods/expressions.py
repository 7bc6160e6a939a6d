"""The period expressions of a text, each with its place and the words around it; unresolved.

What the grammar finds, less bare numbers that are no years, months that are names, and fractions that are no quarters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.periods.acceptance import is_period
from extractor.periods.fiscal import speaks_of_crops
from extractor.periods.grammar import Bag, Match, matches
from extractor.periods.lexer import WRAP, Tokens, tokenise
from extractor.periods.roles import counts_something

_STOP = re.compile(rf"[.!?]['\"”’)]*(?:\s+(?=['\"“‘(]?[A-Z0-9])|(?<=[a-z]{{2}}\.)(?=[A-Z][a-z]))|(?!{WRAP})\n+")
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No|vs|Inc|Corp|Co|Ltd)$"
)
_SENTENCE, _AFTER = 300, 100
"""As much of a sentence as is looked at before and after an expression."""
_ONE = re.compile(r"\b(?:a|one)\s+$", re.IGNORECASE)
_ABOUT_ONE = re.compile(r"\b(?:by|almost|nearly|about|around|roughly|some|than|over)\s+(?:a|one)\s+$", re.IGNORECASE)
_COUNTING = re.compile(r"\s+[a-z]")
_COUNTED_NOUN = re.compile(r"\s+(?!(?:of|in|at|on|to|and|for|from|with|by|as|or|it|the|this|last)\b)[a-z]{3,}")


class Found(NamedTuple):
    """An expression with its place in the text."""

    rule: str
    bag: Bag
    start: int
    end: int
    before: str
    after: str
    new_sentence: bool
    new_paragraph: bool
    gap: int
    """Characters since the expression before it."""


@lru_cache(maxsize=512)
def expressions_of(text: str) -> tuple[Found, ...]:
    """The expressions of a text. It is asked for twice: to infer the day of writing, and, once that is known, again."""
    return tuple(_expressions(text, tokenise(text)))


def _expressions(text: str, tokens: Tokens) -> list[Found]:
    """What the grammar finds, less bare numbers that are no years and months that are names."""
    found: list[Found] = []
    previous = sentence_start = last_end = 0
    new_sentence = new_paragraph = False
    for match in (_less_count(_less_fraction(match, tokens, text), tokens, text) for match in matches(tokens)):
        start, end = tokens.starts[match.first], tokens.ends[match.last - 1]
        for stop in _STOP.finditer(text, previous, start + 1):  # the stop is known by what follows it
            if stop[0][0] == "." and _ABBREVIATED.search(text, max(0, stop.start() - 8), stop.start()):
                continue
            sentence_start, new_sentence = stop.end(), True
            new_paragraph = new_paragraph or "\n" in stop[0]
        gap, previous = start - last_end, start
        last_end = end
        before = text[max(sentence_start, start - _SENTENCE) : start]
        after = _upto_stop(text[end : end + _AFTER])
        bag = Bag(tokens, match.first, match.last)
        if "campaign" in bag.values and not speaks_of_crops(text):
            continue
        if is_period(match, bag, text[start:end], before, after):
            found.append(Found(match.rule, bag, start, end, before, after, new_sentence, new_paragraph, gap))
            new_sentence = new_paragraph = False
    return found


def _less_fraction(match: Match, tokens: Tokens, text: str) -> Match:
    """Less the fraction of "up by a quarter on 2019", which is no quarter of a year."""
    letters = tokens.letters[match.first : match.last]
    if match.rule != "quarter" or letters[:3] not in ("qiY", "qiL", "qit"):
        return match
    before = text[max(0, tokens.starts[match.first] - 16) : tokens.starts[match.first]]
    fraction = _ONE if tokens.values[match.first + 1] == "on" else _ABOUT_ONE
    return Match("year", match.first + 2, match.last) if fraction.search(before) else match


def _less_count(match: Match, tokens: Tokens, text: str) -> Match:
    """Less the number of "in May 98 died", and of "in May 30 people died", which count and are no year or day."""
    letters = tokens.letters[match.first : match.last]
    if letters[-2:] == "tD" and match.rule == "range":
        return _less_article(match, tokens, text)
    if letters[-2:] not in ("Mu", "MD") or match.last - match.first < 2 or match.rule not in ("month", "day", "since"):
        return match
    start, end = tokens.starts[match.first], tokens.ends[match.last - 1]
    after = text[end : end + _AFTER]
    on_day = text[max(0, start - 3) : start].lower() == "on "
    counts = _COUNTING.match(after) if letters[-1] == "u" else not on_day and counts_something(after)
    return Match("month" if match.rule == "day" else match.rule, match.first, match.last - 1) if counts else match


def _less_article(match: Match, tokens: Tokens, text: str) -> Match:
    """Less the end of "from January to September the 27 countries of the Union"."""
    counts = _COUNTED_NOUN.match(text, tokens.ends[match.last - 1])
    return Match("range", match.first, match.last - 2) if counts else match


def _upto_stop(after: str) -> str:
    stop = _STOP.search(after)
    return after[: stop.start()] if stop else after
