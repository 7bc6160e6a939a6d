"""Each rule's expression to the days that it means, given a reference date and what was spoken of before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from extractor.periods.grammar import Bag
from extractor.periods.spans import (
    UNKNOWN,
    Span,
    day_span,
    months_span,
    shift,
    shift_days,
    shift_months,
    unit_span,
    within,
)

_UNITS = {
    "r": "year",
    "m": "month",
    "w": "week",
    "x": "day",
    "q": "quarter",
    "h": "half",
    "c": "decade",
    "k": "weekend",
}
_UNITS["j"] = "fortnight"
_BACKWARD, _FORWARD = ("last", "past", "previous", "prior", "preceding", "latest", "final", "closing"), "X"
_FROM_BEFORE = ("previous", "prior", "preceding", "following", "subsequent")
"""Words that point from what was spoken of, not from the day of writing."""


class Context(NamedTuple):
    """What an expression may lean on."""

    reference: dt.date | None = None
    antecedent: Span = UNKNOWN
    """The last period spoken of."""
    near: Span = UNKNOWN
    """The same, but only within the sentence or the one before."""
    year: int | None = None
    """An explicit year in the same paragraph."""
    ahead: bool = False
    """True after words that look ahead."""
    before_then: bool = False
    """True in a sentence about the time before what was spoken of: "Before then, …"."""
    fiscal: tuple[int, str] | None = None
    """First month and naming of the fiscal or marketing year at hand."""


def resolve(rule: str, bag: Bag, context: Context) -> Span:
    """The days of an expression, `UNKNOWN` where nothing tells."""
    try:
        return _READERS[rule](bag, context)
    except (ValueError, OverflowError):  # 31 February, year 0: no such day
        return UNKNOWN


# --------------------------------------------------------------------------------------------------------------- years
def _fiscal_year(first: int | None, named: int | None, context: Context) -> Span:
    """A fiscal year from the year in which it begins, or the one that it is named after."""
    if context.fiscal is None:
        return UNKNOWN
    month, label = context.fiscal
    if first is None and named is not None:
        first = named if label == "start" or month == 1 else named - 1
    return UNKNOWN if first is None else months_span(first, month, 12, "fiscal year")


def _fiscal_now(context: Context, count: int) -> Span:
    if context.fiscal is None or context.reference is None:
        return UNKNOWN
    month, _ = context.fiscal
    first = context.reference.year - (context.reference.month < month)
    return months_span(first + count, month, 12, "fiscal year")


def _steps(bag: Bag) -> int:
    """-1 for last, 0 for this, 1 for next."""
    if bag.has("L"):
        return -1
    return 1 if bag.has("X") else 0


def _named_year(bag: Bag, context: Context) -> Span:
    """The year that an expression names, in figures or by pointing."""
    literal = bag.get("%")
    if isinstance(literal, tuple):
        return _fiscal_year(literal[0] if len(literal) > 1 else None, literal[0], context)
    split = bag.get("S")
    if isinstance(split, int):
        return _fiscal_year(split, None, context)
    year = bag.get("Yyu")
    if isinstance(year, int):
        if bag.has("$") and "season" not in bag.values:
            return _fiscal_year(None, year, context)
        full = year if year > 99 else 1900 + year
        return months_span(full, 1, 12, "year")
    if bag.has("$"):
        return _fiscal_now(context, _steps(bag))
    if bag.has("G"):
        return _moved_year(bag, context)
    return _pointed_year(bag, context)


def _moved_year(bag: Bag, context: Context) -> Span:
    count = bag.get("DdN")
    base = context.near.start or context.reference
    if base is None:
        return UNKNOWN
    return months_span(base.year - (count if isinstance(count, int) else 1), 1, 12, "year")


def _pointed_year(bag: Bag, context: Context) -> Span:
    """ "Last year", "this year", "the year", "that year", "the previous year"."""
    steps = _steps(bag)
    word = bag.get("LX")
    if word in _FROM_BEFORE and context.near.start is not None:
        return months_span(context.near.start.year + steps, 1, 12, "year")
    if not bag.has("LCX") and context.antecedent.start is not None:
        return months_span(_middle_year(context.antecedent), 1, 12, "year")
    if context.reference is None:
        return months_span(context.year, 1, 12, "year") if context.year and not bag.has("LCX") else UNKNOWN
    if word == "past":
        return Span(shift_months(context.reference, -12), shift_days(context.reference, 1), "trailing")
    return months_span(context.reference.year + steps, 1, 12, "year")


def _middle_year(span: Span) -> int:
    """The calendar year in which a span begins."""
    return span.start.year if span.start else 0


_YEAR_LETTERS = "Yyu%Sr$"


def _year_start(bag: Bag, context: Context) -> dt.date | None:
    """First day of the year that qualifies a part of it; None where none is named."""
    if not bag.has(_YEAR_LETTERS):
        return None
    return _named_year(bag, context).start


def _read_year(bag: Bag, context: Context) -> Span:
    if bag.has("e"):
        return unit_span(context.reference, "year") if context.reference else UNKNOWN
    return _named_year(bag, context)


# ------------------------------------------------------------------------------------------------------ parts of a year
def _choose(make: Callable[[int], Span], context: Context, *, completed: bool = False) -> Span:
    """The year of an expression that names none: the last one that has begun (or is over), or the next to end."""
    if context.reference is None:
        return make(context.year) if context.year else UNKNOWN
    today = context.reference
    years = range(today.year - 4, today.year + 5)
    spans = [span for span in map(make, years) if span.start and span.end]
    if context.ahead:
        return next((span for span in spans if span.end and span.end > today), UNKNOWN)
    limit = shift_days(today, 5)
    over = [
        span for span in spans if span.start and span.end and (span.end <= limit if completed else span.start <= today)
    ]
    return over[-1] if over else UNKNOWN


def _part_of_year(first: int, size: int, unit: str, bag: Bag, context: Context) -> Span:
    """Months `first` (from 1) and following of the year that the expression names, or of the year that fits."""
    if bag.has(_YEAR_LETTERS):
        start = _year_start(bag, context)
        return UNKNOWN if start is None else _months_from(start, first, size, unit)
    return _choose(lambda year: months_span(year, first, size, unit), context)


def _months_from(start: dt.date, first: int, size: int, unit: str) -> Span:
    begin = shift_months(start, first - 1)
    return Span(begin, shift_months(begin, size), unit)


def _numbered(bag: Bag, context: Context, letter: str, size: int, unit: str) -> Span:
    """Q1 and the first quarter, H2 and the second half; with or without a year."""
    written = bag.get(letter)
    if isinstance(written, tuple):
        first = (written[0] - 1) * size + 1
        if len(written) > 1:
            return months_span(written[1], first, size, unit)
        return _part_of_year(first, size, unit, bag, context)
    return _counted(bag, context, size, unit)


def _counted(bag: Bag, context: Context, size: int, unit: str) -> Span:
    order = bag.get("oO")
    bare_unit = "q" if unit == "quarter" else "h"
    at = bag.letters.index(bare_unit)
    named_later = any(letter in bag.letters[at + 1 :] for letter in _YEAR_LETTERS)
    named_before = "'" in bag.letters[:at]
    if not isinstance(order, int) and (named_before or (named_later and bag.has("L") and "L" in bag.letters[:at])):
        order = 12 // size  # "the last quarter of 2022"
    if not isinstance(order, int):
        return _pointed(bag, context, unit) if not named_later else _same_part(bag, context, unit)
    if order > 12 // size:
        return UNKNOWN
    year = bag.part(at + 1, len(bag.letters)) if named_later else bag.part(0, at) if named_before else bag.part(0, 0)
    if "$" in bag.letters[:at] and not named_later:
        return _fiscal_part(order, size, unit, context)
    return _part_of_year((order - 1) * size + 1, size, unit, year, context)


def _fiscal_part(order: int, size: int, unit: str, context: Context) -> Span:
    """ "The fiscal second quarter": of the fiscal year whose part has last begun."""
    if context.fiscal is None:
        return UNKNOWN
    first = shift_months(dt.date(2000, context.fiscal[0], 1), (order - 1) * size)
    return _choose(lambda year: months_span(year, first.month, size, unit), context)


def _same_part(bag: Bag, context: Context, unit: str) -> Span:
    """ "The quarter a year earlier": the part last spoken of, in another year."""
    part = context.antecedent
    year = _year_start(bag, context)
    if part.start is None or part.end is None or year is None or part.unit != unit:
        return UNKNOWN
    return shift(part, "year", year.year - part.start.year)


def _pointed(bag: Bag, context: Context, unit: str) -> Span:
    """ "Last month", "this quarter", "the week", "that month", "the following quarter"."""
    steps, word = _steps(bag), bag.get("LX")
    if word in _FROM_BEFORE and context.near.start is not None and context.near.unit == unit:
        return unit_span(shift(context.near, unit, steps).start or dt.date.min, unit)
    if not bag.has("LCX"):
        if context.antecedent.unit == unit:
            return context.antecedent
        return _held(context.antecedent, unit) or _now(context, unit, 0)
    if word == "past" and unit not in ("day", "weekend") and context.reference:
        return Span(shift(day_span(context.reference), unit, -1).start, shift_days(context.reference, 1), "trailing")
    return _now(context, unit, steps)


def _held(span: Span, unit: str) -> Span | None:
    """The month (quarter …) that wholly holds the span last spoken of."""
    if span.start is None or span.end is None:
        return None
    holder = unit_span(span.start, unit)
    return holder if holder.end and span.end <= holder.end else None


def _now(context: Context, unit: str, steps: int) -> Span:
    if context.reference is None:
        return UNKNOWN
    moved = shift(unit_span(context.reference, unit), "week" if unit == "weekend" else unit, steps)
    return moved._replace(unit=unit)


def _read_quarter(bag: Bag, context: Context) -> Span:
    return _numbered(bag, context, "Q", 3, "quarter")


def _read_half(bag: Bag, context: Context) -> Span:
    return _numbered(bag, context, "H", 6, "half")


def _read_month(bag: Bag, context: Context) -> Span:
    month = bag.get("M")
    if not isinstance(month, int):
        return _pointed(bag, context, "month")
    at = bag.letters.index("M")
    if any(letter in bag.letters for letter in "Yyu%Sr$"):
        year = _named_year(_without(bag, at), context)
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
    """ "June", "last September", "this May", "next June"."""
    today = context.reference
    if today is None or not bag.has("LCX"):
        return _choose(lambda year: months_span(year, month, 1, "month"), context)
    if bag.has("C"):
        return months_span(today.year, month, 1, "month")
    if bag.has("X"):
        return months_span(today.year + (month <= today.month), month, 1, "month")
    return months_span(today.year - (month >= today.month), month, 1, "month")


# ---------------------------------------------------------------------------------------------------------------- days
def _read_day(bag: Bag, context: Context) -> Span:
    if bag.has("I"):
        return _iso(bag.get("I"))
    if bag.has("M") or bag.has("g"):
        return _day_of_month(bag, context)
    if bag.has("Z") or (bag.has("x") and not bag.has("W")):
        return _relative_day(bag, context)
    if bag.has("oO") and bag.has("W") and bag.has("m"):
        return _nth_weekday(bag, _pointed(bag, context, "month"))
    if bag.has("DOdo") and bag.has("W"):
        return _weekday_with_number(bag, context)
    if bag.has("DOdo") and bag.has("m"):
        return _day_in(_pointed(bag, context, "month"), bag.get("DOdo"))
    return _weekday(bag, context)


def _iso(written: object) -> Span:
    if not isinstance(written, tuple):
        return UNKNOWN
    if len(written) == 2:
        return months_span(written[0], written[1], 1, "month")
    return day_span(dt.date(*written))


def _day_in(month: Span, number: object) -> Span:
    if month.start is None or not isinstance(number, int):
        return UNKNOWN
    return day_span(month.start.replace(day=number))


def _day_of_month(bag: Bag, context: Context) -> Span:
    month, number = bag.get("Mg"), bag.get("DOdo")
    if not isinstance(month, int) or not isinstance(number, int):
        return UNKNOWN
    if bag.has("W") and bag.has("o") and bag.has("f") and "W" in bag.letters[1:]:
        return _nth_weekday(bag, _read_month(_without(bag, 0), context))
    if bag.has("Yyu%Sr$"):
        year = _named_year(bag, context)
        return UNKNOWN if year.start is None else day_span(dt.date(year.start.year, month, number))
    return _choose(lambda year: _day_or_unknown(year, month, number), context)


def _day_or_unknown(year: int, month: int, number: int) -> Span:
    try:
        return day_span(dt.date(year, month, number))
    except ValueError:
        return UNKNOWN


def _relative_day(bag: Bag, context: Context) -> Span:
    if context.reference is None:
        return UNKNOWN
    offset = bag.get("Z")
    steps = offset if isinstance(offset, int) else _steps(bag)
    return day_span(shift_days(context.reference, steps))


def _nth_weekday(bag: Bag, month: Span) -> Span:
    order, weekday = bag.get("oO"), bag.get("W")
    if month.start is None or not isinstance(order, int) or not isinstance(weekday, int):
        return UNKNOWN
    first = shift_days(month.start, (weekday - month.start.weekday()) % 7)
    return day_span(shift_days(first, 7 * (order - 1)))


def _weekday_with_number(bag: Bag, context: Context) -> Span:
    """ "Thursday the 21st": the last such day, or the next after words that look ahead."""
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
    """ "Tuesday", "last Friday", "Friday next week"."""
    today, weekday = context.reference, bag.get("W")
    if today is None or not isinstance(weekday, int):
        return UNKNOWN
    if bag.has("w"):
        week = unit_span(shift_days(today, 7 * _steps(bag)), "week").start or today
        return day_span(shift_days(week, weekday))
    if bag.has("X") or (context.ahead and not bag.has("L")):
        return day_span(shift_days(today, (weekday - today.weekday() - 1) % 7 + 1))
    if bag.has("C"):
        return day_span(shift_days(today, weekday - today.weekday()))
    back = (today.weekday() - weekday) % 7
    return day_span(shift_days(today, -(back or 7) if bag.has("L") else -back))


def _read_week(bag: Bag, context: Context) -> Span:
    return _pointed(bag, context, "week")


def _read_weekend(bag: Bag, context: Context) -> Span:
    if context.reference is None:
        return UNKNOWN
    return _now(context, "weekend", _steps(bag) if bag.has("LCX") else -(context.reference.weekday() < 5))


def _read_week_of(bag: Bag, context: Context) -> Span:
    """ "The first week of May": its first seven days, and so on."""
    order = bag.get("o")
    rest = bag.part(bag.letters.index("w") + 1, len(bag.letters))
    month = _read_month(rest, context)
    if month.start is None or month.end is None:
        return UNKNOWN
    if not isinstance(order, int):
        return Span(shift_days(month.end, -7), month.end, "week")
    first = shift_days(month.start, 7 * (order - 1))
    return Span(first, shift_days(first, 7), "week")


# ---------------------------------------------------------------------------------------------------- several months
def _count(bag: Bag, default: int = 1) -> int | None:
    """How many units; None for "several" and "few"."""
    number = bag.get("DdN")
    if isinstance(number, str):
        return {"couple": 2, "dozen": 12}.get(number)
    return number if isinstance(number, int) else default


def _unit(bag: Bag, letters: str = "rmwxqhcjk") -> str:
    return next((_UNITS[letter] for letter in bag.letters if letter in letters), "")


def _read_first_months(bag: Bag, context: Context) -> Span:
    """ "The first 11 months of 2023", "the last three months of the year", "the first nine months"."""
    count, unit = _count(bag), _unit(bag)
    at = next(rank for rank, letter in enumerate(bag.letters) if letter in "mqwx")
    rest = bag.part(at + 1, len(bag.letters))
    if not rest.letters and bag.has("LX"):
        return _trailing(bag, context)
    if count is None:
        return UNKNOWN
    first = not bag.part(0, at).has("L")
    if count >= 12 and unit == "month":
        return UNKNOWN
    if not rest.letters:
        return _choose(lambda year: _cut(months_span(year, 1, 12, "year"), unit, count, first), context, completed=True)
    whole = _read_month(rest, context) if rest.has("Mm") else _named_year(rest, context)
    if rest.has("q"):
        whole = _pointed(rest, context, "quarter")
    return _cut(whole, unit, count, first)


def _cut(whole: Span, unit: str, count: int, first: bool) -> Span:
    """The first or last so many units of a span."""
    if whole.start is None or whole.end is None:
        return UNKNOWN
    if first:
        return within(whole.start, shift(day_span(whole.start), unit, count).start or whole.start, "months")
    return within(shift(day_span(whole.end), unit, -count).start or whole.end, whole.end, "months")


def _read_ended(bag: Bag, context: Context) -> Span:
    """ "The three months to June", "the year ended 30 June 2023": so many units up to the end of what is named."""
    at = max(bag.letters.find(letter) for letter in "ET")
    split = min((rank for rank, letter in enumerate(bag.letters) if letter in "ET"), default=at)
    head, tail = bag.part(0, split), bag.part(split + 1, len(bag.letters))
    count, unit = _count(head), _unit(head) or "year"
    unit = {"half": "half"}.get(unit, unit)
    if "h-r" in head.letters or "hr" in head.letters:
        unit = "half"
    last = _atom(tail, context._replace(ahead=context.ahead and context.reference is not None))
    if last.end is None or count is None:
        return UNKNOWN
    if last.unit == "day" and unit in ("month", "quarter", "half", "year"):
        return _months_to_day(last, unit, count)
    return within(shift(Span(last.end, None), unit, -count).start or last.end, last.end, "months")


def _months_to_day(last: Span, unit: str, count: int) -> Span:
    """So many months up to a day: whole months where the day is the last of one."""
    assert last.end is not None
    start = shift(Span(last.end, None), unit, -count).start
    return within(start or last.end, last.end, "months")


def _trailing(bag: Bag, context: Context) -> Span:
    """ "The past decade", "the previous 20 years", "the last three quarters", "the coming three quarters"."""
    count, unit = _count(bag), _unit(bag)
    if count is None:
        return UNKNOWN
    if context.before_then and context.antecedent.start is not None and not bag.has("X"):
        last = context.antecedent.start
        return within(shift(day_span(last), unit, -count).start or last, last, "trailing")
    if context.reference is None:
        return UNKNOWN
    if unit == "quarter" or (bag.has("X") and unit in ("month", "year", "week")):
        here = unit_span(context.reference, unit)
        first = shift(here, unit, 1 if bag.has("X") else -count).start
        last = shift(here, unit, count if bag.has("X") else -1).end
        return within(first, last, "trailing") if first and last else UNKNOWN
    start = shift(day_span(context.reference), unit, -count).start
    return within(start or context.reference, shift_days(context.reference, 1), "trailing")


def _read_trailing(bag: Bag, context: Context) -> Span:
    if bag.has("C") and context.reference:
        return unit_span(context.reference, "decade")
    return _trailing(bag, context)


def _read_decade(bag: Bag, _: Context) -> Span:
    first = bag.get("J")
    return Span(dt.date(first, 1, 1), dt.date(first + 10, 1, 1), "decade") if isinstance(first, int) else UNKNOWN


def _read_years(bag: Bag, _: Context) -> Span:
    both = bag.get("B")
    if not isinstance(both, tuple):
        return UNKNOWN
    return within(dt.date(both[0], 1, 1), dt.date(both[1] + 1, 1, 1), "years")


def _read_pair(bag: Bag, context: Context) -> Span:
    """ "January and February": both, where they follow each other."""
    at = bag.letters.index("&")
    return _joined(bag.part(0, at), bag.part(at + 1, len(bag.letters)), context)


def _joined(left: Bag, right: Bag, context: Context) -> Span:
    """From the start of one to the end of the other; whichever lacks a year takes it from the other."""
    if _dated(right) or (not _dated(left)):
        last = _atom(right, context) if _dated(right) else None
        if last is None:
            return _undated_range(left, right, context)
        if last.end is None:
            return UNKNOWN
        first = _atom(left, context) if _dated(left) else _before(left, last)
    else:
        first = _atom(left, context)
        if first.start is None:
            return UNKNOWN
        last = _after(right, first)
    if first.start is None or last.end is None:
        return UNKNOWN
    return within(first.start, last.end, "months")


def _dated(bag: Bag) -> bool:
    """True if the words fix a year, or point from today."""
    return bag.has("YyuISB%JrZ$") or bag.has("LCX") or (bag.has("Q") and len(bag.get("Q") or ()) > 1)  # type: ignore[arg-type]


def _before(left: Bag, last: Span) -> Span:
    """The reading of a yearless start that is the last one not after the end."""
    assert last.end is not None
    anchor = last.start or shift_days(last.end, -1)
    return _atom(left, Context(reference=anchor))


def _after(right: Bag, first: Span) -> Span:
    """The reading of a yearless end that comes first after the start."""
    return _atom(right, Context(reference=first.start, ahead=True))


def _undated_range(left: Bag, right: Bag, context: Context) -> Span:
    """Neither end has a year: the last such range that is over, or the next after words that look ahead."""
    if context.reference is None and context.year is None:
        return UNKNOWN
    if left.has("W") and not left.has("M") and context.reference:
        first = _atom(left, context)
        last = _after(right, first)
        return within(first.start, last.end, "days") if first.start and last.end else UNKNOWN

    def make(year: int) -> Span:
        first = _atom(left, Context(year=year))
        last = _after(right, first) if first.start else UNKNOWN
        return within(first.start, last.end, "months") if first.start and last.end else UNKNOWN

    return _choose(make, context, completed=True)


def _read_range(bag: Bag, context: Context) -> Span:
    bag = bag.part(1 if bag.letters[0] in "FU" else 0, len(bag.letters))
    cut = _cut_place(bag.letters)
    left, right = bag.part(0, cut), bag.part(cut + 1, len(bag.letters))
    if right.letters in ("Z", "tZ") and context.reference:
        first = _atom(left, context)
        return within(first.start, shift_days(context.reference, 1), "days") if first.start else UNKNOWN
    return _joined(left, right, context)


def _cut_place(letters: str) -> int:
    """Where a range is cut: at "to" or "and", else at the dash in its middle."""
    for letter in "T&":
        if letter in letters:
            return letters.index(letter)
    dashes = [rank for rank, letter in enumerate(letters) if letter in "-="]
    return min(dashes, key=lambda rank: abs(rank - len(letters) // 2))


def _read_days(bag: Bag, context: Context) -> Span:
    """ "12-15 May", "May 5 to 9, 2023", "4 till 23 of this month"."""
    first, last = bag.get("DO"), bag.get("DO", at=1)
    if not isinstance(first, int) or not isinstance(last, int):
        return UNKNOWN
    month = _read_month(_months_only(bag), context)
    if month.start is None:
        return UNKNOWN
    begin, end = _day_in(month, first), _day_in(month, last)
    return within(begin.start, end.end, "days") if begin.start and end.end else UNKNOWN


def _months_only(bag: Bag) -> Bag:
    """The month and year of a range of days."""
    kept = [rank for rank, letter in enumerate(bag.letters) if letter not in "DOFT-&tW"]
    rest = bag.part(0, 0)
    rest.letters = "".join(bag.letters[rank] for rank in kept)
    rest.values = [bag.values[rank] for rank in kept]
    return rest


def _read_numeric_month(bag: Bag, _: Context) -> Span:
    year, month = bag.get("Y"), bag.get("D")
    return months_span(year, month, 1, "month") if isinstance(year, int) and isinstance(month, int) else UNKNOWN


def _read_since(bag: Bag, context: Context) -> Span:
    first = _atom(bag.part(1, len(bag.letters)), context._replace(ahead=False))
    end = shift_days(context.reference, 1) if context.reference else None
    if first.start is None or (end is not None and first.start >= end):
        return UNKNOWN
    return Span(first.start, end, "since")


def _read_to_date(bag: Bag, context: Context) -> Span:
    """ "So far this year": from the year's first day to the day after publication."""
    if context.reference is None:
        return UNKNOWN
    phrase = bag.get("@")
    unit = _unit(bag, "mqw") or (phrase if phrase in ("month", "quarter") else "year")
    if bag.has("Yy%S") or (bag.has("r") and not bag.has("LCX")):
        whole = _named_year(bag, context)
    elif bag.has("M"):
        whole = _read_month(bag, context)
    else:
        whole = _now(context, str(unit), _steps(bag))
    if whole.start is None or whole.end is None:
        return UNKNOWN
    end = min(whole.end, shift_days(context.reference, 1))
    return within(whole.start, end, "to date")


# ------------------------------------------------------------------------------------- periods that lean on another one
def _read_ago(bag: Bag, context: Context) -> Span:
    """ "A year earlier": what was last spoken of, a year before. "Three months ago": that month, from today."""
    count, unit = _count(bag), _unit(bag)
    if count is None:
        return UNKNOWN
    word = bag.get("G")
    near = context.near
    if near.start is not None and (unit == "year" or word != "ago"):
        return shift(near, unit, -count)
    if word in ("before", "previously") or context.reference is None:
        return UNKNOWN
    return _dated_back(count, unit, context.reference)


def _dated_back(count: int, unit: str, reference: dt.date) -> Span:
    """So many units before today, in whole units."""
    names = {"quarter": "month", "decade": "year"}
    factor = {"quarter": 3, "decade": 10}.get(unit, 1)
    day = days_back(f"{count * factor} {names.get(unit, unit)}s ago", reference)
    return unit_span(day, "week" if unit == "fortnight" else unit if unit != "decade" else "year") if day else UNKNOWN


@lru_cache(maxsize=4096)
def days_back(words: str, reference: dt.date) -> dt.date | None:
    """The day that dateparser finds for "3 weeks ago"; kept, as a call costs a millisecond."""
    from dateparser.date import DateDataParser

    now = dt.datetime(reference.year, reference.month, reference.day)
    parser = DateDataParser(languages=["en"], settings={"RELATIVE_BASE": now})
    found = parser.get_date_data(words).date_obj
    return found.date() if found else None


def _read_same(bag: Bag, context: Context) -> Span:
    """ "The same period a year earlier", "the same month of 2022", "the corresponding quarter last year"."""
    base = context.antecedent
    month = bag.get("M", at=0)
    if isinstance(month, int) and base.start:
        base = months_span(base.start.year, month, 1, "month")
    count, at = bag.get("DdN"), bag.letters.find("s")
    counted = bag.letters[at + 1 : at + 2] in ("D", "d", "N")
    if base.start is None or base.end is None:
        return UNKNOWN
    if bag.has("G") or "trL" in bag.letters:
        unit = _unit(bag.part(_after_head(bag, at), len(bag.letters))) or "year"
        return shift(base, unit, -(count if isinstance(count, int) and not counted else 1))
    tail = bag.part(_after_head(bag, at), len(bag.letters))
    if tail.has("mqw"):
        return shift(base, _unit(tail), _steps(tail))
    return _in_other_year(base, tail, context)


def _after_head(bag: Bag, at: int) -> int:
    """Index after "the same period"."""
    return next((rank + 1 for rank, letter in enumerate(bag.letters) if rank > at and letter in "pmqhwxjM"), at + 1)


def _in_other_year(base: Span, tail: Bag, context: Context) -> Span:
    """The period last spoken of, in the year that the words name (or the same, where they name none)."""
    if base.start is None or not tail.has(_YEAR_LETTERS):
        return base
    if tail.has("L") and not tail.has("Yy%"):
        moved = context.reference.year - 1 if context.reference and tail.get("L") in ("last", "past") else None
        years = -1 if moved is None else moved - base.start.year
        return shift(base, "year", years if years < 0 else -1)
    year = _named_year(tail, context).start
    return UNKNOWN if year is None else shift(base, "year", year.year - base.start.year)


def _read_year_before(_: Bag, context: Context) -> Span:
    return shift(context.antecedent, "year", -1) if context.antecedent.start else UNKNOWN


def _read_period(_: Bag, context: Context) -> Span:
    return context.antecedent


def _read_on_basis(bag: Bag, context: Context) -> Span:
    """ "Year on year": what is compared with is the period spoken of, one year before."""
    unit = bag.get("R")
    return shift(context.near, str(unit), -1) if context.near.start else UNKNOWN


def _atom(bag: Bag, context: Context) -> Span:
    """A day, month, quarter, half or year inside a longer expression."""
    if bag.has("ZWI") or bag.letters.strip("t") in ("D", "O"):
        return _read_day(bag, context)
    if bag.has("M"):
        return _read_day(bag, context) if bag.has("DOdo") else _read_month(bag, context)
    if bag.has("Qq"):
        return _read_quarter(bag, context)
    if bag.has("Hh"):
        return _read_half(bag, context)
    if bag.has("w"):
        return _read_week(bag, context)
    return _pointed(bag, context, "month") if bag.has("m") else _named_year(bag, context)


_READERS: dict[str, Callable[[Bag, Context], Span]] = {
    "to_date": _read_to_date,
    "same": _read_same,
    "year_before": _read_year_before,
    "ago": _read_ago,
    "ended": _read_ended,
    "first_months": _read_first_months,
    "numeric": _read_day,
    "numeric_month": _read_numeric_month,
    "days": _read_days,
    "range": _read_range,
    "years": _read_years,
    "pair": _read_pair,
    "decade": _read_decade,
    "trailing": _read_trailing,
    "since": _read_since,
    "week_of": _read_week_of,
    "day": _read_day,
    "quarter": _read_quarter,
    "half": _read_half,
    "month": _read_month,
    "week": _read_week,
    "weekend": _read_weekend,
    "year": _read_year,
    "period": _read_period,
    "on_basis": _read_on_basis,
}
