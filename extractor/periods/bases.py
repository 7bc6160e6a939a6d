"""The days of a base period, counted from the period of the figure that is compared with it."""

from __future__ import annotations

import datetime as dt
import re

from extractor.mentions import PeriodMention
from extractor.periods.find import find_periods
from extractor.periods.patterns import patterns_of
from extractor.periods.spans import Span as Days
from extractor.periods.spans import iso, shift
from extractor.periods.words import lexicon

Interval = tuple[str | None, str | None, str]
"""First day, day after the last, and the words."""
_DAYS = 7
"""What is of a few days is compared with a year as a whole: a poll with the last election, a fill level with 2019."""
_LONG_AGO = 300
"""Days from which on what is compared with a month is of the same month of a later year."""
_cue = patterns_of("bases.toml")


def since_base(since: PeriodMention) -> Interval | None:
    """The base that "since" names, with its words: 2019 for "up 40% since 2019"; None where it names no period."""
    words = since.text.split(None, 1)[-1]
    start = dt.date.fromisoformat(since.first_day) if since.first_day else None
    if start is not None and _cue("outset").match(words):
        return iso(start), iso(start + dt.timedelta(days=1)), since.text
    named = find_periods(words, start)
    return (named[0].first_day, named[0].last_day, since.text) if named else None


def ends_of_change(period: Interval | None) -> tuple[Interval, Interval] | None:
    """Base and period of a change between years: 2015 and 2016 in "grew by 2% between 2015 and 2016"; else None."""
    named = _cue("year_to_year").fullmatch(period[2]) if period is not None else None
    if named is None or period is None:
        return None
    first, last = (int(year) for year in named.groups())
    base, own = ((f"{year}-01-01", f"{year + 1}-01-01", period[2]) for year in (first, last))
    return base, own


def year_before(period: Interval) -> Interval:
    """The same days of the year before."""
    first, last = (dt.date.fromisoformat(day) if day else None for day in period[:2])
    moved = shift(Days(first, last), "year", -1)
    return iso(moved.start), iso(moved.end), period[2]


def moved_on(period: Interval, unit: str) -> Interval:
    """The month, quarter or year after."""
    first, last = (dt.date.fromisoformat(day) if day else None for day in period[:2])
    moved = shift(Days(first, last), unit, 1)
    return iso(moved.start), iso(moved.end), period[2]


def shifted(mention: PeriodMention, period: Interval | None, *, figure: bool = False) -> Interval:
    """The base's days: a year-long base of a shorter period, and "a year earlier", mean the same months.

    With `figure`, for a figure of the base's own: "compared with 62% in 2019" is of that year.
    """
    own = (mention.first_day, mention.last_day, mention.text)
    if period is None or period[0] is None or period[1] is None:
        return own
    days = Days(dt.date.fromisoformat(period[0]), dt.date.fromisoformat(period[1]))
    unit, count = _step(mention.text)
    repeats = _cue("last_one").fullmatch(mention.text) if mention.text != period[2] else None
    if repeats and ((own[0] or "") >= period[0] or _is_other_year(repeats[1], days)):
        unit, count = repeats[1].lower(), 1  # "exports in May fell 4% against last month", written in June
    if unit:
        moved = shift(days, unit, -count)
        return iso(moved.start), iso(moved.end), mention.text
    named = figure and re.search(r"\d", mention.text)
    return (None if named else _same_months(mention, days)) or _last_before(mention, days) or own


def _is_other_year(unit: str, days: Days) -> bool:
    """True for "last year" beside twelve months that are no calendar year, which has such a year before it, too."""
    if unit.lower() != "year" or days.start is None or days.end is None:
        return False
    return days.start.month > 1 and 360 < (days.end - days.start).days < 370


def _last_before(mention: PeriodMention, days: Days) -> Interval | None:
    """The last such month before, for one without a year: "September bookings ran below August's"."""
    if mention.first_day is None or mention.last_day is None or days.start is None or re.search(r"\d", mention.text):
        return None
    first, last = dt.date.fromisoformat(mention.first_day), dt.date.fromisoformat(mention.last_day)
    if not 27 < (last - first).days < 32 or _cue("pointing").search(mention.text) or last > days.start:
        return None
    years = (days.start - last).days // 365
    moved = shift(Days(first, last), "year", years)
    return iso(moved.start), iso(moved.end), mention.text


def _same_months(mention: PeriodMention, days: Days) -> Interval | None:
    """The same months of a base that is a year: "June sales rose 5% from 2022" compares with June 2022."""
    if mention.first_day is None or mention.last_day is None or days.start is None or days.end is None:
        return None
    if _cue("part").match(mention.text):
        return None
    first, last = dt.date.fromisoformat(mention.first_day), dt.date.fromisoformat(mention.last_day)
    whole_year = 360 < (last - first).days < 370
    if not whole_year or not _DAYS < (days.end - days.start).days < 361 or days.start.year <= first.year:
        return None
    moved = shift(days, "year", first.year - days.start.year)
    return iso(moved.start), iso(moved.end), mention.text


def _step(words: str) -> tuple[str, int]:
    """How far back "a year earlier", "year on year" and "the same period last year" point."""
    if (one := _cue("on_the").fullmatch(words) or _cue("one_before").fullmatch(words)) is not None:
        return one["unit"].lower(), 1
    if (moved := _cue("moved").search(words)) is not None:
        count = _count(moved["count"].lower())
        if not (words.lower().endswith("ago") and count > 1):  # "two years ago" counts from today
            return moved["unit"].lower(), count
    if _cue("same").search(words) and not re.search(r"\b(?:19|20)\d\d\b", words):
        return ("", 0) if _cue("only_same").fullmatch(words) else ("year", 1)
    for phrase in lexicon().phrases:
        if phrase.letter == "R" and re.fullmatch(phrase.pattern, words.lower()):
            return phrase.value, 1
    return "", 0


def _count(number: str) -> int:
    """How many "a", "two" or "12" are."""
    return int(number) if number.isdigit() else lexicon().cardinals.get(number, 1)


def length(interval: Interval) -> int:
    """How many days an interval has; 0 where an end is open."""
    if interval[0] is None or interval[1] is None:
        return 0
    return (dt.date.fromisoformat(interval[1]) - dt.date.fromisoformat(interval[0])).days


def same_size(one: Interval, other: Interval) -> bool:
    """True for two months, two quarters …: February counts as long as March."""
    return abs(length(one) - length(other)) <= max(3, length(other) // 20)


def is_long_ago(base: Interval, today: str) -> bool:
    """True for a month or quarter of another year than what is compared with it."""
    return today != "9999" and length((base[1], today, "")) > _LONG_AGO


def one_after(base: Interval, today: str) -> Interval:
    """The month or quarter that follows a base, for what is compared with it: "down from March" is of April.

    Of a base of another year, the same one of the last year in which it is over.
    """
    first, last = (dt.date.fromisoformat(day) if day else None for day in base[:2])
    if is_long_ago(base, today):
        moved = shift(Days(first, last), "year", max(1, length((base[1], today, "")) // 365))
    else:
        moved = shift(Days(first, last), "month" if length(base) < 32 else "quarter", 1)
    return iso(moved.start), iso(moved.end), base[2]
