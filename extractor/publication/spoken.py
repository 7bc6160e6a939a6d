"""The period expressions of an article as clues to its day of writing: which year they name, which lie ahead."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from extractor.mentions import PeriodMention
from extractor.periods.find import find_periods
from extractor.periods.roles import looks_ahead
from extractor.periods.spans import shift_days
from extractor.periods.words import lexicon

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SPLIT = re.compile(r"\b(?:19|20)\d\d ?[-–/] ?(?:(?:19|20)\d\d|\d\d)\b")
_BEHIND = 70
_BY = re.compile(r"\bby\s+$", re.IGNORECASE)
_WERE = re.compile(r"\b(?:was|were|had)\b[^.;:,]*\bby\s+$", re.IGNORECASE)
_HAD = re.compile(r",?[^.;:]*?\b(?:had|were|was)\b")
_PREPOSITION = re.compile(
    r"(?:^|[,;:(–—-]|\b(?:in|of|for|during|since|from|to|by|than|until|through|and|with|on))\s*$", re.I
)
_SO_FAR = re.compile(r"\b(?:so|thus) far (?:in|during|this year,?)\s*$", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"\b[0-3]?\d(?:st|nd|rd|th)?\b")


class Spoken(NamedTuple):
    """A period expression with what surrounds it."""

    mention: PeriodMention
    words: str
    sentence: int
    ahead: bool
    """Whether it may lie in the future, by a word such as "target"; nothing that is compared with does."""
    surely_ahead: bool
    year: int | None
    """The last year that it names."""
    describes: bool = False
    """Whether it is a year that only describes, and may still run: "their second 2019 increase"."""
    passing: bool = False
    """Whether it only says how far back something reaches: "the most since records began in 1961"."""
    runs: bool = False
    """Whether it is a year that is told of as running: "2021 is already the wettest year"."""

    @property
    def is_base(self) -> bool:
        """True for what something is compared with."""
        return self.mention.role == "base"


class BareMonths(NamedTuple):
    """Calendar months (1 is January) that are named without a year."""

    since: list[int]
    """From which on one can write of what is over: the month of a day, and the month after a month."""
    ahead: list[int]
    days: list[int]
    """Those of which a day is told: "on 17 October"."""
    last: list[int]
    """What "last month" was: "sales fell 2% last month against June last year"."""


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(r"[.!?]['\"”’)]*\s+(?=['\"“‘(]?[A-Z0-9])|\n+")


class Clues(NamedTuple):
    """The words of lexicon.toml that hang on the day of writing."""

    pointing: re.Pattern[str]
    parts_of_years: re.Pattern[str]
    last_year: re.Pattern[str]
    this_year: re.Pattern[str]
    next_year: re.Pattern[str]
    this_month: re.Pattern[str]
    last_month: re.Pattern[str]
    same_part: re.Pattern[str]


@cache
def clues() -> Clues:
    """The words that hang on the day of writing, as patterns."""
    words: dict[str, str] = lexicon().cues.model_dump()
    return Clues(*(re.compile(rf"\b(?:{words[name]})\b") for name in Clues._fields))


@cache
def _planned() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{lexicon().cues.planned})\b|\b(?:for|by|until|till|from)\s+(?:the )?(?:end of )?$", re.IGNORECASE
    )


@cache
def _reported() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lexicon().cues.results}) for\s+$", re.IGNORECASE)


def spoken_periods(text: str) -> list[Spoken]:
    """The period expressions of a text, in its order."""
    ends = [stop.end() for stop in _stops().finditer(text)]
    found, sentence, start = [], 0, 0
    for mention in find_periods(text):
        while sentence < len(ends) and ends[sentence] <= mention.start:
            start = ends[sentence]
            sentence += 1
        before = text[max(start, mention.start - 300) : mention.start]
        reached = mention.role == "base" or _is_reached(before, text[mention.end : mention.end + _BEHIND])
        surely = not reached and looks_ahead(before)
        planned = surely or (not reached and bool(_planned().search(before)) and not _reported().search(before))
        years = YEAR.findall(mention.text)
        found.append(
            Spoken(
                mention,
                mention.text.lower(),
                sentence,
                planned,
                surely,
                _last_year(mention, years),
                _describes(mention.text, before, text[mention.end : mention.end + 2]),
                bool(years) and _reaches_back(mention, before),
                mention.role == "period" and _runs(mention.text, before, text[mention.end : mention.end + 30]),
            )
        )
    return found


def _last_year(mention: PeriodMention, years: Sequence[str]) -> int | None:
    """The last year that a mention names: of "2022/23" the one in which it ends."""
    if years and mention.last_day is not None and _SPLIT.search(mention.text):
        return shift_days(day_of(mention.last_day), -1).year
    return int(years[-1]) if years else None


def _is_reached(before: str, after: str) -> bool:
    """True for "By the end of October, they had bought 400", "400 were bought by 13 August"."""
    if _BY.search(before) is None:
        return False
    return _HAD.match(after) is not None or _WERE.search(before) is not None


def _describes(words: str, before: str, after: str) -> bool:
    return words.isdigit() and _PREPOSITION.search(before) is None and after[:1] == " " and after[1:].islower()


def _reaches_back(mention: PeriodMention, before: str) -> bool:
    """True for "since 2019", unless from its start: "since the beginning of 2022, they have sold 400"."""
    if mention.text[:5].lower() == "since":
        return _outset().search(mention.text) is None
    return _back().search(before) is not None


def _runs(words: str, before: str, after: str) -> bool:
    """True for a year that still runs: "2021 is already the wettest", "since the start of 2021", "so far in 2021"."""
    if not YEAR.search(words):
        return False
    bare = words.lower().removeprefix("the ").removeprefix("year ").isdigit()
    started = _outset().search(words) or _outset().search(before[-24:])
    since = re.search(r"\bsince\b", f"{before[-24:]}{words}", re.IGNORECASE)
    return bool((bare and _now().match(after)) or (started and since) or _SO_FAR.search(before))


@cache
def _outset() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lexicon().cues.outset})\b", re.IGNORECASE)


@cache
def _back() -> re.Pattern[str]:
    words = lexicon().cues.reaching_back
    return re.compile(rf"\b(?:{words})\b(?:[^.;,:\d]{{0,30}}\b(?:in|from|to|of)\s+)?(?:the )?$", re.IGNORECASE)


@cache
def _now() -> re.Pattern[str]:
    return re.compile(rf"(?:,? so far\b|\s+(?:{lexicon().cues.running})\b)", re.IGNORECASE)


def sentences_of(spoken: Sequence[Spoken]) -> list[list[Spoken]]:
    """The expressions of each sentence that has any."""
    groups: list[list[Spoken]] = []
    for one in spoken:
        if groups and groups[-1][-1].sentence == one.sentence:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def bare_months(spoken: Sequence[Spoken]) -> BareMonths:
    """The months that are named without a year."""
    found = BareMonths([], [], [], [])
    running = any(clues().this_month.fullmatch(one.words) for one in spoken)
    for group in sentences_of(spoken):
        pointed = any(clues().last_month.fullmatch(one.words) for one in group)
        for one in group:
            twin = re.match(r"([a-z]{3,9})\.? (?:of )?last year$", one.words)
            if twin and pointed and (month := _month(twin[1])):
                found.last.append(month)
            elif (month := end_month(one)) is None:
                continue
            elif one.ahead:
                found.ahead.append(month)
            elif is_day(one):
                found.since.append(month)
                found.days.append(month)
            elif one.mention.role == "period":
                found.since.append(month if running else month % 12 + 1)
    return found


def is_day(one: Spoken) -> bool:
    """True for "17 October", a day on which something happened or was said."""
    return one.mention.role != "base" and _DAY_NUMBER.search(one.words) is not None


def end_month(one: Spoken) -> int | None:
    """The calendar month in which an expression without a year ends; None where it names none."""
    if one.year is not None or clues().pointing.search(one.words):
        return None
    resolved = find_periods(one.mention.text, dt.date(2001, 12, 31))
    if not resolved or resolved[0].last_day is None or resolved[0].first_day is None:
        return None
    days = (day_of(resolved[0].last_day) - day_of(resolved[0].first_day)).days
    named = any(_month(word) for word in re.findall(r"[a-z]+", one.words))
    named = named or clues().parts_of_years.search(one.words) is not None
    return shift_days(day_of(resolved[0].last_day), -1).month if named and days < 350 else None


def _month(word: str) -> int | None:
    words = lexicon()
    return words.months.get(word, words.month_abbreviations.get(word))


def part_of_year(words: str) -> str:
    """What is left of an expression without its year."""
    bare = re.sub(r"\b(?:19|20)\d\d\b|\b(?:last|this|current) year\b|\b(?:of|in|the)\b|[,'’]", " ", words)
    return " ".join(bare.split())


def is_whole(one: Spoken) -> bool:
    """True for twelve months."""
    first, last = day_of(one.mention.first_day), day_of(one.mention.last_day)
    return one.mention.last_day is not None and 360 < (last - first).days < 370


def day_of(written: str | None) -> dt.date:
    """The day of ISO words; the first of all days where there are none."""
    return dt.date.fromisoformat(written or "0001-01-01")


def ends_in(one: Spoken) -> int | None:
    """The calendar month in which a part of a named year ends."""
    if one.mention.last_day is None or one.mention.first_day is None or is_whole(one):
        return None
    return shift_days(day_of(one.mention.last_day), -1).month


@lru_cache(maxsize=256)
def day_in_year(mention: PeriodMention, year: int, *, last: bool = False) -> dt.date | None:
    """The day that a mention with a day and a month, but no year, means in a year; of several the first or last."""
    found = find_periods(mention.text, dt.date(year, 12, 31))
    if not found or not found[0].first_day or not found[0].last_day:
        return None
    return shift_days(day_of(found[0].last_day), -1) if last else day_of(found[0].first_day)
