"""Holidays by name: "on Black Friday", "over the Lunar New Year holiday", "at Easter 2023"."""

from __future__ import annotations

import datetime as dt

from extractor.periods.context import YEAR_LETTERS, Context, choose, year_start
from extractor.periods.grammar import Bag
from extractor.periods.spans import UNKNOWN, Span, day_span, shift_days, shift_months
from extractor.periods.words import Feast, feasts


def read_feast(bag: Bag, context: Context) -> Span:
    """A holiday of the year that is named, else the last one (the next one after words that look ahead)."""
    written = bag.get("P")
    if not isinstance(written, tuple):
        return UNKNOWN
    feast, days = feasts()[written[0]], written[1]
    if bag.has(YEAR_LETTERS):
        start = year_start(bag, context)
        return UNKNOWN if start is None else _days_of(feast, start.year, days)
    if bag.has("X"):
        context = context._replace(ahead=True)
    return choose(lambda year: _days_of(feast, year, days), context)


def _days_of(feast: Feast, year: int, days: int) -> Span:
    first = _first_day(feast, year)
    if first is None:
        return UNKNOWN
    first = shift_days(first, feast.shift)
    return Span(first, shift_days(first, days), "day" if days == 1 else "holiday")


def _first_day(feast: Feast, year: int) -> dt.date | None:
    if feast.nth is not None:
        return _nth_weekday(year, *feast.nth)
    if feast.easter is not None:
        return shift_days(easter_sunday(year), feast.easter)
    written = feast.fixed or feast.table.get(year)
    if not written:
        return None
    month, day = (int(part) for part in written.split("-"))
    return dt.date(year, month, day)


def _nth_weekday(year: int, month: int, weekday: int, order: int) -> dt.date:
    if order < 0:
        last = shift_days(shift_months(dt.date(year, month, 1), 1), -1)
        return shift_days(last, -((last.weekday() - weekday) % 7))
    first = dt.date(year, month, 1)
    return shift_days(first, (weekday - first.weekday()) % 7 + 7 * (order - 1))


def easter_sunday(year: int) -> dt.date:
    """Easter Sunday of the Western churches: the Sunday after the first full moon of spring as they reckon it."""
    golden, century = year % 19, year // 100
    skipped = century - century // 4 - (8 * century + 13) // 25
    epact = (19 * golden + skipped + 15) % 30
    epact -= epact // 28 * (1 - epact // 28 * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    moon = epact - weekday
    month = 3 + (moon + 40) // 44
    return day_span(dt.date(year, month, moon + 28 - 31 * (month // 4))).start or dt.date.min
