"""The publication date of an article that does not give it as metadata, read from its own words.

A printed date near the top decides. Otherwise the article's clues choose the month in which it was written, if they
tell its year (`clues.py`); in that month it is the day of a dateline that leaves out the year, or the
middle, moved to the nearest day of the week on which somebody "said on Tuesday".
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from extractor.mentions import PeriodMention
from extractor.periods.roles import is_bare_dateline
from extractor.periods.spans import shift_days
from extractor.periods.words import lexicon
from extractor.publication.clues import Written, likelier_day, month_of_writing
from extractor.publication.printed import TOP, Printed, date_in_address, is_dateline, printed_date, without_furniture
from extractor.publication.spoken import YEAR, Spoken, day_in_year, is_day, spoken_periods

_BRACKETED = re.compile(r"\s*[(,]\s*")


@lru_cache(maxsize=64)
def infer_published(text: str, url: str | None = None) -> dt.date | None:
    """The day on which an article was most likely published, or None where nothing tells."""
    printed = printed_date(text)
    if printed is not None and printed.other is None:
        return printed.day
    if url is not None and (day := date_in_address(url)) is not None:
        return day
    text = without_furniture(text)
    if not YEAR.search(text):  # all other clues hang on a year
        return None if printed is None else printed.day
    spoken = spoken_periods(text)
    dateline, weekday = _spoken_day(text, spoken) or (_yearless_dateline(text, spoken), _speaking_weekday(spoken))
    if printed is not None:
        return _likelier_reading(printed, spoken, weekday)
    written = month_of_writing(spoken, dateline, weekday)
    if written is None:
        return None
    day = None if dateline is None else day_in_year(dateline, written.first.year)
    if day is not None and written.first <= day < written.last:
        return day
    return _day_within(written, weekday, _latest_day(spoken, written))


def _likelier_reading(printed: Printed, spoken: Sequence[Spoken], weekday: int | None) -> dt.date:
    """Of "05/03/2019" the fifth of March, unless the text rather fits the third of May."""
    days = [day for day in (printed.day, printed.other) if day is not None]
    return likelier_day(spoken, days, weekday)


def _yearless_dateline(text: str, spoken: Sequence[Spoken]) -> PeriodMention | None:
    """The day that a dateline gives without a year: "NEW DELHI, Jan. 25 (Agency) --"."""
    return next((one.mention for one in spoken if one.year is None and _opens_dateline(text, one.mention)), None)


def _spoken_day(text: str, spoken: Sequence[Spoken]) -> tuple[PeriodMention, int] | None:
    """The day of a month with its day of the week: "the ministry announced on Wednesday (Jan 3)"."""
    for one, other in itertools.pairwise(spoken):
        weekday = lexicon().weekdays.get(one.words)
        if weekday is None or one.mention.role != "release" or other.year is not None:
            continue
        if _BRACKETED.fullmatch(text, one.mention.end, other.mention.start) and re.search(r"\d", other.mention.text):
            return other.mention, weekday
    return None


def _opens_dateline(text: str, mention: PeriodMention) -> bool:
    """True for a day of a month that opens a line near the top, after a place at most, and before a dash."""
    start = text.rfind("\n", 0, mention.start) + 1
    before, after = text[start : mention.start], text[mention.end : mention.end + 60].split("\n")[0]
    if mention.start >= TOP or not re.search(r"\d", mention.text):
        return False
    return is_dateline(before, after) or (bool(before.strip()) and is_bare_dateline(before, after))


# ------------------------------------------------------------------------------------------------- from interval to day
def _speaking_weekday(spoken: Sequence[Spoken]) -> int | None:
    """The day of the week on which somebody spoke, where only one is named."""
    words = lexicon().weekdays
    days = {words[one.words] for one in spoken if one.mention.role == "release" and one.words in words}
    return days.pop() if len(days) == 1 else None


def _named_day(mention: PeriodMention) -> dt.date | None:
    """The day that a mention names with its year."""
    if mention.first_day is None or mention.last_day is None or not YEAR.search(mention.text):
        return None
    first = dt.date.fromisoformat(mention.first_day)
    return first if shift_days(first, 1).isoformat() == mention.last_day else None


def _latest_day(spoken: Sequence[Spoken], written: Written) -> dt.date | None:
    """The last day of the month that is told as over: "the ministry said on 17 August"."""
    named = (one for one in spoken if not one.ahead and is_day(one) and not one.is_base)
    days = (_named_day(one.mention) or day_in_year(one.mention, written.first.year, last=True) for one in named)
    return max((day for day in days if day is not None and written.first <= day < written.last), default=None)


def _day_within(written: Written, weekday: int | None, told: dt.date | None = None) -> dt.date:
    """The middle of the month, moved to the nearest day of the week on which somebody "said on Tuesday".

    Of a month one day of which is told, the first such day of the week from there.
    """
    if told is not None:
        ahead = 0 if weekday is None else (weekday - told.weekday()) % 7
        return min(shift_days(told, ahead), shift_days(written.last, -1))
    middle = written.first.replace(day=15)
    steps = (0, 1, -1, 2, -2, 3, -3)
    days = [middle + dt.timedelta(days=step) for step in steps]
    return next((day for day in days if weekday is None or day.weekday() == weekday), middle)
