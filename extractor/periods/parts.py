"""Quarters, halves, months, weeks and days: named, numbered, or pointed to."""

from __future__ import annotations

import datetime as dt

from extractor.periods.context import (
    YEAR_LETTERS,
    Context,
    choose,
    fiscal_year,
    named_year,
    now,
    pointed,
    steps_of,
    year_start,
)
from extractor.periods.grammar import Bag
from extractor.periods.holidays import read_feast
from extractor.periods.spans import UNKNOWN, Span, day_span, months_span, shift, shift_days, shift_months, unit_span
from extractor.periods.words import lexicon


def _part_of_year(first: int, size: int, unit: str, bag: Bag, context: Context) -> Span:
    """Months `first` (from 1) and following of the year that the expression names, or of the year that fits."""
    if bag.letters in ("tr", "r") and context.beside.start is None and context.reference is not None:
        return choose(lambda year: months_span(year, first, size, unit), context, completed=True)  # "… of the year"
    if bag.has(YEAR_LETTERS):
        start = year_start(bag, context)
        return UNKNOWN if start is None else _months_from(start, first, size, unit)
    return choose(lambda year: months_span(year, first, size, unit), context)


def _months_from(start: dt.date, first: int, size: int, unit: str) -> Span:
    begin = shift_months(start, first - 1)
    return Span(begin, shift_months(begin, size), unit)


def _numbered(bag: Bag, context: Context, letter: str, size: int, unit: str) -> Span:
    """Q1 and the first quarter, H2 and the second half; with or without a year."""
    written = bag.get(letter)
    if isinstance(written, tuple):
        first = (written[0] - 1) * size + 1
        if context.fiscal is not None and not bag.has(YEAR_LETTERS) and len(written) == 1:
            return _fiscal_part(written[0], size, unit, context)
        if len(written) > 1:
            return months_span(written[1], first, size, unit)
        return _part_of_year(first, size, unit, bag, context)
    return _counted(bag, context, size, unit)


def _counted(bag: Bag, context: Context, size: int, unit: str) -> Span:
    order = bag.get("oO")
    bare_unit = "q" if unit == "quarter" else "h"
    at = bag.letters.index(bare_unit)
    named_later = any(letter in bag.letters[at + 1 :] for letter in YEAR_LETTERS)
    named_before = "'" in bag.letters[:at]
    if not isinstance(order, int) and (named_before or (named_later and bag.has("L") and "L" in bag.letters[:at])):
        order = 12 // size  # "the last quarter of 2022"
    if not isinstance(order, int):
        return pointed(bag, context, unit) if not named_later else _same_part(bag, context, unit)
    if order > 12 // size:
        return UNKNOWN
    year = bag.part(at + 1, len(bag.letters)) if named_later else bag.part(0, at) if named_before else bag.part(0, 0)
    if "$" in bag.letters[:at] and context.fiscal is not None and isinstance(named := year.get("Yy"), int):
        return _fiscal_part_of(named, order, size, unit, context)
    if ("$" in bag.letters[:at] and not named_later) or (context.fiscal is not None and not bag.has(YEAR_LETTERS)):
        return _fiscal_part(order, size, unit, context)
    return _part_of_year((order - 1) * size + 1, size, unit, year, context)


def _fiscal_part(order: int, size: int, unit: str, context: Context) -> Span:
    """The part of the fiscal year whose part has last begun: "The fiscal second quarter"."""
    if context.fiscal is None:
        return UNKNOWN
    first = shift_months(dt.date(2000, context.fiscal[0], 1), (order - 1) * size)
    return choose(lambda year: months_span(year, first.month, size, unit), context)


def _fiscal_part_of(named: int, order: int, size: int, unit: str, context: Context) -> Span:
    """The part of the fiscal year that is named so: "The third fiscal quarter of 2016"."""
    year = fiscal_year(None, named, context)
    return UNKNOWN if year.start is None else _months_from(year.start, (order - 1) * size + 1, size, unit)


def _same_part(bag: Bag, context: Context, unit: str) -> Span:
    """The part last spoken of, in another year: "The quarter a year earlier"."""
    part = context.antecedent
    year = year_start(bag, context)
    if part.start is None or part.end is None or year is None or part.unit != unit:
        return UNKNOWN
    return shift(part, "year", year.year - part.start.year)


def read_quarter(bag: Bag, context: Context) -> Span:
    """A quarter."""
    return _numbered(bag, context, "Q", 3, "quarter")


def read_half_month(bag: Bag, context: Context) -> Span:
    """The days of "the first half of May": its first fifteen days, or the rest."""
    month = read_month(bag.part(bag.letters.index("h") + 1, len(bag.letters)), context)
    order = bag.get("oOL")
    if month.start is None or month.end is None:
        return UNKNOWN
    middle = shift_days(month.start, 15)
    return Span(month.start, middle, "half month") if order == 1 else Span(middle, month.end, "half month")


def read_just_ended(bag: Bag, context: Context) -> Span:
    """The days of "the year just ended", "the quarter just ended": the last one that is over."""
    if context.reference is None:
        return UNKNOWN
    if bag.has("r"):
        return named_year(bag, context) if bag.has("$") else now(context, "year", -1)
    units = {"m": "month", "q": "quarter", "h": "half"}
    return now(context, next(units[letter] for letter in bag.letters if letter in units), -1)


def read_adjective(bag: Bag, context: Context) -> Span:
    """The days of "nine-month profit", "half-year profit": the first months of the year."""
    count = bag.get("Dd") if bag.has("m") else 6
    if not isinstance(count, int) or not 1 < count < 12:
        return UNKNOWN
    if context.fiscal is not None:
        first = context.fiscal[0]
        return choose(lambda year: months_span(year, first, count, "months"), context, completed=True)
    return choose(lambda year: months_span(year, 1, count, "months"), context, completed=True)


def read_ordinal(bag: Bag, context: Context) -> Span:
    """The days of "the third", among quarters: of the year last spoken of, else the last one that is over."""
    size, order = {"quarter": 3, "half": 6}.get(context.part, 0), bag.get("oO")
    if not size or not isinstance(order, int) or order > 12 // size:
        return UNKNOWN
    first, said = (order - 1) * size + 1, context.beside
    if said.start is not None and said.unit in ("year", context.part):
        return months_span(said.start.year, first, size, context.part)
    return choose(lambda year: months_span(year, first, size, context.part), context, completed=True)


def read_half(bag: Bag, context: Context) -> Span:
    """A half-year."""
    return _numbered(bag, context, "H", 6, "half")


def read_month(bag: Bag, context: Context) -> Span:
    """A month."""
    month = bag.get("M")
    if not isinstance(month, int):
        return pointed(bag, context, "month")
    at = bag.letters.index("M")
    if any(letter in bag.letters for letter in "Yyu%Sr$"):
        year = named_year(_without(bag, at), context)
        return _month_within(year, month)
    return _relative_month(bag, context, month)


def _without(bag: Bag, at: int) -> Bag:
    """The expression less one token."""
    rest = bag.part(0, len(bag.letters))
    rest.letters, rest.values = bag.letters[:at] + bag.letters[at + 1 :], bag.values[:at] + bag.values[at + 1 :]
    return rest


def _month_within(year: Span, month: int) -> Span:
    """A month of a year, which may be a fiscal one."""
    if year.start is None:
        return UNKNOWN
    begin = year.start.year + (month < year.start.month and year.unit == "fiscal year")
    return months_span(begin, month, 1, "month")


def _relative_month(bag: Bag, context: Context, month: int) -> Span:
    """The month of "June", "last September", "this May", "next June"."""
    today = context.reference
    if today is None or not bag.has("LCX"):
        return choose(lambda year: months_span(year, month, 1, "month"), context)
    if bag.has("C"):
        return months_span(today.year, month, 1, "month")
    if bag.has("X"):
        return months_span(today.year + (month <= today.month), month, 1, "month")
    return months_span(today.year - (month >= today.month), month, 1, "month")


def read_day(bag: Bag, context: Context) -> Span:
    """A day."""
    if bag.has("I"):
        return _iso(bag.get("I"))
    if bag.has("M") or bag.has("g"):
        return _day_of_month(bag, context)
    if bag.has("Z") or (bag.has("x") and not bag.has("W")):
        return _relative_day(bag, context)
    if bag.has("oO") and bag.has("W") and bag.has("m"):
        return _nth_weekday(bag, pointed(bag, context, "month"))
    if bag.has("DOdo") and bag.has("W"):
        return _weekday_with_number(bag, context)
    if bag.has("DOdo") and bag.has("m"):
        return day_in(pointed(bag, context, "month"), bag.get("DOdo"))
    return _weekday(bag, context)


def _iso(written: object) -> Span:
    if not isinstance(written, tuple):
        return UNKNOWN
    if len(written) == 2:
        return months_span(written[0], written[1], 1, "month")
    return day_span(dt.date(*written))


def day_in(month: Span, number: object) -> Span:
    """The day of that number in a month."""
    if month.start is None or not isinstance(number, int):
        return UNKNOWN
    return day_span(month.start.replace(day=number))


def _day_of_month(bag: Bag, context: Context) -> Span:
    month, number = bag.get("Mg"), bag.get("DOdo")
    if not isinstance(month, int) or not isinstance(number, int):
        return UNKNOWN
    if bag.has("W") and bag.has("o") and bag.has("f") and "W" in bag.letters[1:]:
        return _nth_weekday(bag, read_month(_without(bag, 0), context))
    if bag.has("Yyu%Sr$"):
        year = named_year(bag, context)
        return UNKNOWN if year.start is None else day_span(dt.date(year.start.year, month, number))
    return choose(lambda year: _day_or_unknown(year, month, number), context)


def _day_or_unknown(year: int, month: int, number: int) -> Span:
    try:
        return day_span(dt.date(year, month, number))
    except ValueError:
        return UNKNOWN


def _relative_day(bag: Bag, context: Context) -> Span:
    """The day of "today", "last night"; "that day" and "the next day" point from the day last spoken of."""
    if bag.has("K"):
        return context.beside if context.beside.unit == "day" else context.lasting
    near = context.near if context.near.unit == "day" else UNKNOWN
    if bag.letters == "tXx" and near.start is not None and not context.ahead:
        return shift(near, "day", 1)
    if context.reference is None:
        return UNKNOWN
    offset = bag.get("Z")
    steps = offset if isinstance(offset, int) else steps_of(bag)
    return day_span(shift_days(context.reference, steps))


def _nth_weekday(bag: Bag, month: Span) -> Span:
    order, weekday = bag.get("oO"), bag.get("W")
    if month.start is None or not isinstance(order, int) or not isinstance(weekday, int):
        return UNKNOWN
    first = shift_days(month.start, (weekday - month.start.weekday()) % 7)
    return day_span(shift_days(first, 7 * (order - 1)))


def _weekday_with_number(bag: Bag, context: Context) -> Span:
    """The last such day, or the next after words that look ahead: "Thursday the 21st"."""
    number, weekday, today = bag.get("DOdo"), bag.get("W"), context.reference
    if today is None or not isinstance(number, int) or not isinstance(weekday, int):
        return UNKNOWN
    order = (0, -1, 1, -2, 2, -3, 3) if not context.ahead else (0, 1, 2, 3, -1)
    for months in order:
        month = shift_months(today.replace(day=1), months)
        span = _day_or_unknown(month.year, month.month, number)
        if span.start and span.start.weekday() == weekday:
            return span
    return UNKNOWN


def _weekday(bag: Bag, context: Context) -> Span:
    """The day of "Tuesday", "last Friday", "Friday next week"."""
    today, weekday = context.reference, bag.get("W")
    if today is None or not isinstance(weekday, int):
        return UNKNOWN
    if bag.has("w"):
        week = unit_span(shift_days(today, 7 * steps_of(bag)), "week").start or today
        return day_span(shift_days(week, weekday))
    if bag.has("X") or (context.ahead and not bag.has("L")):
        return day_span(shift_days(today, (weekday - today.weekday() - 1) % 7 + 1))
    if bag.has("C"):
        return day_span(shift_days(today, weekday - today.weekday()))
    back = (today.weekday() - weekday) % 7
    return day_span(shift_days(today, -(back or 7) if bag.has("L") else -back))


def read_week(bag: Bag, context: Context) -> Span:
    """A week."""
    return pointed(bag, context, "week")


def read_weekend(bag: Bag, context: Context) -> Span:
    """A weekend."""
    if context.reference is None:
        return UNKNOWN
    return now(context, "weekend", steps_of(bag) if bag.has("LCX") else -(context.reference.weekday() < 5))


def read_week_of(bag: Bag, context: Context) -> Span:
    """The days of "the first week of May": its first seven days, and so on."""
    order = bag.get("o")
    rest = bag.part(bag.letters.index("w") + 1, len(bag.letters))
    month = read_month(rest, context)
    if month.start is None or month.end is None:
        return UNKNOWN
    if not isinstance(order, int):
        return Span(shift_days(month.end, -7), month.end, "week")
    first = shift_days(month.start, 7 * (order - 1))
    return Span(first, shift_days(first, 7), "week")


def read_season(bag: Bag, context: Context) -> Span:
    """The three months of "the summer of 2022", "last winter"."""
    word = bag.get("z")
    first = lexicon().seasons[word] if isinstance(word, str) else 3
    split = bag.get("S")
    if isinstance(split, int):
        return months_span(split, first, 3, "season")  # "the winter of 2022-23"
    if bag.has(YEAR_LETTERS):
        return _part_of_year(first, 3, "season", bag, context)
    if context.reference and bag.has("X"):
        return choose(lambda year: months_span(year, first, 3, "season"), context._replace(ahead=True))
    return choose(lambda year: months_span(year, first, 3, "season"), context, completed=bag.has("L"))


def read_numeric_month(bag: Bag, _: Context) -> Span:
    """A month in figures: "2023/5"."""
    year, month = bag.get("Y"), bag.get("D")
    return months_span(year, month, 1, "month") if isinstance(year, int) and isinstance(month, int) else UNKNOWN


def atom(bag: Bag, context: Context) -> Span:
    """A day, month, quarter, half or year inside a longer expression."""
    if bag.has("ZWI") or bag.letters.strip("t") in ("D", "O"):
        return read_day(bag, context)
    if bag.has("M"):
        return read_day(bag, context) if bag.has("DOdo") else read_month(bag, context)
    if bag.has("Qq"):
        return read_quarter(bag, context)
    if bag.has("Hh"):
        return read_half(bag, context)
    if bag.has("w"):
        return read_week(bag, context)
    if bag.has("P"):
        return read_feast(bag, context)
    if bag.has("z"):
        return read_season(bag, context)
    return pointed(bag, context, "month") if bag.has("m") else named_year(bag, context)
