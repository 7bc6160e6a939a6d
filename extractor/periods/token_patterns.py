"""The patterns of the lexer: the words without which there is no period, and the tokens of the grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractor.periods.words import feasts, lexicon, vocabulary

_LONG = 5
"""Letters of "tens" and "teens", which mean too much else to be anchors."""
_IN_DIGITS = r"""
        (?P<iso>(?<![\d-])(?:19|20)\d\d[-/](?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12]\d|3[01])(?!\d))
      | (?P<fiscal>(?:\b|(?<=[qh][1-4])|(?<=[1-4][qh]))fy[\ -]?['’]?
            (?:\d{4}[/–-]\d{2}(?:\d\d)?|\d{2}[/–-]\d\d|\d{4}|\d{2})\b)
      | (?P<decade>(?:\b[12]\d\d0|['’]\d0|\b[2-9]0)(?:['’]?s|\ s)\b)
      | (?P<split>(?<![a-z]-)\b[12]\d{3}[/–-]\d{2}(?:\d\d)?\b(?![/–-]?\d|[/-][a-z]))
      | (?P<glued>\b[12]\d{3}(?=[qh][1-4]\b))
      | (?P<quarter>(?:\b|(?<=\d{4}))(?:[1-4]q|q[1-4])(?:['’]?\d\d(?:\d\d)?\b|(?=fy)|\b))
      | (?P<semester>(?:\b|(?<=\d{4}))(?:[12]h|h[12])(?:['’]?\d\d(?:\d\d)?\b|(?=fy)|\b))
      | (?P<short_year>['’]\d\d\b(?!\d))
      | (?P<nth>\b\d{1,2}(?:st|nd|rd|th)\b)
      | (?P<months_of>\b[369]m(?:['’]?\d\d(?:\d\d)?\b|(?=\ (?:19|20)\d\d\b)))
      | (?P<number>(?:[$€£¥₹]\ ?)?\d+(?:[.,:]\d+)*
            (?:\ ?(?:%|percent\b|per\ cent\b|million\b|billion\b|trillion\b|bn\b|m\b))?)
"""
"""Dates, years, parts of years and amounts in digits, in verbose mode; the first that fits is meant."""
_SIGNS_AND_WORDS = r"""
        (?P<word>[a-z]+\.?)
      | (?P<pause>(?<=\ )[-–—](?=\ )|--)
      | (?P<owner>['’]s\b|(?<=s)['’](?=\s))
      | (?P<sign>[^\s\w])
      | (?P<other>[^\W\d_]+|\w)
"""
_FEAST_WORD = re.compile(r"[a-z]{3,}")


def _either(words: dict[str, int] | list[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


def _anchors() -> Iterator[str]:
    """The words without which there is no period expression, in lower case; some come twice."""
    words = lexicon()
    for names in (words.months, words.month_abbreviations, words.weekdays, words.weekday_abbreviations):
        yield from names
    for letter in "rmwxqhckjz":
        yield from words.classes[letter]
    yield from words.anchors.words
    yield from _feast_anchors()
    yield from (f"{word} one" for word in words.anchors.before_one)
    yield from (name for name in words.decades if len(name) > _LONG)
    yield from words.anchors.spelt
    yield from words.anchors.phrases


@cache
def anchor_pattern() -> re.Pattern[str]:
    """Finds the words, and the numbers in their forms, without which there is no period expression."""
    words = lexicon()
    initials: dict[str, list[str]] = {}
    for name in dict.fromkeys(_anchors()):
        initials.setdefault(name[0], []).append(re.escape(name[1:]))
    groups = [f"[{first}{first.upper()}](?:{'|'.join(rest)})" for first, rest in sorted(initials.items())]
    capitals = [name.upper() for name in [*words.months, *words.month_abbreviations] if name != "mar"]
    numbers = r"[12][0-9]{3}|['’]?[0-9]0\s?['’]?s|[0-9][QqHh]|[QqHh][1-4]|FY\s?['’]?[0-9]{2,4}"
    numbers += r"|[369]M(?=['’]?\d\d\b| 20\d\d)|[Yy]/[Yy]|[Mm]/[Mm]|[Qq]/[Qq]|YTD|YEAR|[YMQW]o[YMQW]"
    return re.compile(
        rf"(?:(?<![A-Za-z0-9])|(?<=[0-9]))(?:{numbers}|(?:{'|'.join(groups)}|{'|'.join(capitals)})(?![a-z]))"
    )


@cache
def _feast_anchors() -> list[str]:
    """The longest word of each name of a holiday."""
    names = [name for feast in feasts() for name in re.split(r"\|", re.sub(r"\(\?:| day\)\?|[()]", " ", feast.pattern))]
    found = [max(words, key=len) for name in names if (words := _FEAST_WORD.findall(name))]
    return sorted({*found, "year"} - {"the"})


def _feast_pattern() -> str:
    names = "|".join(sorted((feast.pattern for feast in feasts()), key=len, reverse=True))
    return rf"\b(?:{names})(?:\s(?:holidays?|week|break|travel\srush))?\b"


def _known_words() -> str:
    """Matches a whole word that the grammar may need; everything else can be passed over in one go."""
    words = lexicon()
    known = {*vocabulary(), *words.tens, *words.decades, *words.anchors.inner}
    known.update(word for feast in feasts() for word in _FEAST_WORD.findall(feast.pattern))
    for phrase in words.phrases:
        known.update(re.findall(r"(?:^|\||\(|\?:)([a-z]+)", phrase.pattern))
    initials: dict[str, list[str]] = {}
    for word in sorted(word for word in known if word.isalpha()):
        initials.setdefault(word[0], []).append(word[1:])
    branches = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in initials.items())
    return rf"(?:{branches})\b"


def _spaced(pattern: str) -> str:
    """The pattern with its blanks kept in verbose mode."""
    return pattern.replace(" ", r"\ ")


@cache
def _spelt_numbers() -> str:
    """The decades, years and numbers that are written in words; the pattern is in verbose mode."""
    words = lexicon()
    units = _either([name for name, value in words.cardinals.items() if value < 10])
    teens = _either([name for name, value in words.cardinals.items() if value >= 10])
    tens, centuries = _either(words.tens), _either(words.centuries)
    ordinals = _either([name for name, value in words.ordinals.items() if value < 10])
    below_hundred = rf"(?:(?:{tens})(?:[- ](?:{units}))?|{teens}|{units})"
    return rf"""
        (?P<spelt_decade>\b(?:(?:{centuries})[-\ ](?:{_either(words.decades)})|two[-\ ]thousands)\b)
      | (?P<spelt_year>\b(?:(?:{centuries})[-\ ](?:(?:{tens})(?:[-\ ](?:{units}))?|{teens}
            |(?:oh|zero|o)[-\ ](?:{units}))|two[-\ ]thousand(?:(?:[-\ ]and)?[-\ ]{below_hundred})?)\b
            (?!\ (?:{units})\b))
      | (?P<spelt_ordinal>\b(?:twenty|thirty)[-\ ](?:{ordinals})\b)
      | (?P<spelt_number>\b(?:{tens})(?:[-\ ](?:{units}))?\b)
    """


@cache
def token_pattern() -> re.Pattern[str]:
    """One token of the grammar, or one word or sign that means nothing to it."""
    phrases = "|".join(f"(?P<p{rank}>{_spaced(phrase.pattern)})" for rank, phrase in enumerate(lexicon().phrases))
    return re.compile(
        rf"""
        (?P<gap>\n+)
      | (?P<skip>(?:(?!{_known_words()})[a-z]+\ )+)
      | (?P<feast>{_spaced(_feast_pattern())})
      | (?P<phrase>\b(?:{phrases})\b)
      | {_spelt_numbers()}
      | {_IN_DIGITS}
      | {_SIGNS_AND_WORDS}
        """,
        re.VERBOSE,
    )
