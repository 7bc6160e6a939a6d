"""Text to tokens of the period grammar: one letter for each, so that the grammar is regular expressions over letters.

Only the surroundings of anchor words (a month, a year, "quarter" …) are cut into tokens; the rest of the text is passed
over by one cheap regular expression.

Letters: M month, W weekday, Y year, y short year ('24), S split year (2023/24), B two years (2014-18), I ISO date,
D number from 1 to 31, u from 32 to 99, d the same in words, N other counts, O ordinal in digits, o in words, Q and H
numbered quarter and half, J decade, % fiscal year (FY24), g a small "may" or "march", `#` any other number, `_` other
words, `.` end of a sentence, `=` a dash between blanks, `|` a gap; the rest stands in lexicon.toml.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from extractor.folding import in_small_letters
from extractor.periods.token_patterns import anchor_pattern, token_pattern
from extractor.periods.token_values import Value, full_year, letter_and_value
from extractor.periods.words import lexicon, vocabulary

_BEFORE, _BEHIND = 44, 30
"""Characters before and behind an anchor that may belong to its expression."""

_NEXT_WORD = re.compile(r"[\s,]*([a-z]+)")
WRAP = r"(?:(?<=[a-z,])\n(?=[a-z])|(?:(?<=\bof)|(?<=\bin)|(?<=\bto))\n(?=\d))"
"""A line's end within a sentence: "in the same\nperiod of 2012"; a pattern."""
_WRAPPED = re.compile(WRAP)


class Tokens(NamedTuple):
    """A text cut into tokens, column by column."""

    letters: str
    values: list[Value]
    starts: list[int]
    ends: list[int]


def _word(bare: str, small: bool, beside_number: Callable[[], bool]) -> tuple[str, Value]:
    """Letter and value of a known word; "may" and "sat" in small letters count only beside a number."""
    letter, value = vocabulary()[bare]
    if letter in "MW" and small and (bare in lexicon().anchors.ambiguous or len(bare) < 4) and not beside_number():
        return "g" if bare in ("may", "march") else "_", value
    return letter, value


def _regions(text: str) -> list[tuple[int, int]]:
    """Where the anchors are, with room around them, cut at blanks and merged where they meet."""
    found: list[tuple[int, int]] = []
    blank = re.compile(r"\s")
    for match in anchor_pattern().finditer(text):
        floor = found[-1][1] if found else 0
        start, end = max(0, match.start() - _BEFORE), match.end() + _BEHIND
        if end <= floor:
            continue
        while start > floor and not text[start - 1].isspace():
            start -= 1
        end = stop.start() if (stop := blank.search(text, end)) else len(text)
        if found and start <= floor:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def tokenise(text: str) -> Tokens:
    """The tokens around the anchors of a text."""
    lowered = in_small_letters(text)
    letters: list[str] = []
    tokens = Tokens("", [], [], [])
    for start, end in _regions(text):
        for match in token_pattern().finditer(lowered, start, end):
            kind = match.lastgroup
            if kind == "gap" and _WRAPPED.match(text, match.start()):
                continue
            if kind == "skip":
                letters.append("_")
                tokens.values.append(None)
                tokens.starts.append(match.start())
                tokens.ends.append(match.end())
            else:
                for letter, value, first, last in _read(kind or "other", match, text, lowered):
                    letters.append(letter)
                    tokens.values.append(value)
                    tokens.starts.append(first)
                    tokens.ends.append(last)
        letters.append("|")
        tokens.values.append(None)
        tokens.starts.append(end)
        tokens.ends.append(end)
    return tokens._replace(letters="".join(letters))


def _read(kind: str, match: re.Match[str], text: str, lowered: str) -> list[tuple[str, Value, int, int]]:
    """The token of a match: letter, value and place; a word with a full stop that ends a sentence is two."""
    start, end = match.span()
    if kind == "months_of":
        return _months_of(text, start, end)
    if kind != "word":
        return [(*letter_and_value(kind, match[0], match), start, end)]
    bare = match[0].rstrip(".")
    letter, value = "_", None
    if bare in vocabulary():
        letter, value = _word(bare, text[start].islower(), lambda: _beside_number(lowered, start, end))
    if match[0][-1] != "." or (letter in "MW" and bare in _abbreviations() and _goes_on(text, end)):
        return [(letter, value, start, end)]
    return [(letter, value, start, end - 1), (".", None, end - 1, end)]


def _months_of(text: str, start: int, end: int) -> list[tuple[str, Value, int, int]]:
    """So many months, and the year, for "9M 2023" and "9M23"; an amount with a small letter."""
    if text[start + 1] != "M":
        return [("#", None, start, end)]
    found: list[tuple[str, Value, int, int]] = [
        ("D", int(text[start]), start, start + 1),
        ("m", "months", start + 1, start + 2),
    ]
    year = text[start + 2 : end].strip("'’")
    if year:
        found.append(("Y", int(year) if len(year) == 4 else full_year(int(year)), start + 2, end))
    return found


def _beside_number(text: str, start: int, end: int) -> bool:
    """True if a number, in digits or words, stands beside a word."""
    if text[max(0, start - 2) : start].strip(" -/")[-1:].isdigit() or text[end : end + 2].strip(" -/,")[:1].isdigit():
        return True
    following = _NEXT_WORD.match(text, end)
    return following is not None and following[1] in _number_words()


@cache
def _number_words() -> frozenset[str]:
    words = lexicon()
    return frozenset([*words.cardinals, *words.tens, *words.ordinals]) - {"one"}


def _goes_on(text: str, at: int) -> bool:
    """True where the full stop before belongs to an abbreviation: a digit, a comma or a small letter follows."""
    following = text[at : at + 2].strip()
    return bool(following) and (following[0].isdigit() or following[0] in ",-–" or following[0].islower())


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset([*lexicon().month_abbreviations, *lexicon().weekday_abbreviations])
