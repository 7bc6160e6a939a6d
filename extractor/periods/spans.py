"""Plain arithmetic on half-open spans of days."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

_ONE_DAY = dt.timedelta(days=1)
_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}
_DAYS_OF = {"day": 1, "week": 7, "fortnight": 14}


class Span(NamedTuple):
    """Days from `start` (inclusive) to `end` (exclusive), None where open or unknown; and their unit."""

    start: dt.date | None
    end: dt.date | None
    unit: str = "day"


UNKNOWN = Span(None, None, "")


def shift_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, cut to the month's length; stays inside the calendar."""
    count = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = divmod(count, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shift_days(day: dt.date, days: int) -> dt.date:
    """The day so many days later; stays inside the calendar."""
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), dt.date.max.toordinal()))


def day_span(day: dt.date) -> Span:
    """That one day."""
    return Span(day, shift_days(day, 1), "day")


def months_span(year: int, month: int, count: int, unit: str) -> Span:
    """So many months from the first of a month."""
    start = dt.date(min(max(year, 1), 9998), month, 1)
    return Span(start, shift_months(start, count), unit)


def unit_span(day: dt.date, unit: str) -> Span:
    """The day, week (from Monday), month, quarter, half, year or decade that holds a day."""
    if unit in _DAYS_OF:
        if unit == "day":
            return day_span(day)
        monday = shift_days(day, -day.weekday())
        return Span(monday, shift_days(monday, _DAYS_OF[unit]), unit)
    if unit == "weekend":
        monday = shift_days(day, -day.weekday())
        return Span(shift_days(monday, 5), shift_days(monday, 7), unit)
    if unit == "decade":
        return months_span(day.year - day.year % 10 or 1, 1, 120, unit)
    size = _MONTHS_OF[unit]
    return months_span(day.year, (day.month - 1) // size * size + 1, size, unit)


def shift(span: Span, unit: str, count: int) -> Span:
    """The span so many units later (earlier, where negative); whole months stay whole months."""
    if unit in _DAYS_OF:
        days = _DAYS_OF[unit] * count
        start = None if span.start is None else shift_days(span.start, days)
        return Span(start, None if span.end is None else shift_days(span.end, days), span.unit)
    months = _MONTHS_OF.get(unit, 12) * count
    start = None if span.start is None else shift_months(span.start, months)
    if span.end is None:
        return Span(start, None, span.unit)
    if span.end.day == 1:
        end = shift_months(span.end, months)
        closing = span.start == span.end - _ONE_DAY  # the last day of February stays the last
        return Span(end - _ONE_DAY if closing else start, end, span.unit)
    return Span(start, shift_days(shift_months(shift_days(span.end, -1), months), 1), span.unit)


def within(first: dt.date, last: dt.date, unit: str) -> Span:
    """From one day up to another, named in a unit; unknown where they stand the wrong way round."""
    return Span(first, last, unit) if first < last else UNKNOWN


def iso(day: dt.date | None) -> str | None:
    """The day in ISO words."""
    return day.isoformat() if day else None
