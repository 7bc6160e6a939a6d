"""What an expression may lean on, and the years and units that it names or points to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
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
)

_UNITS = {
    "r": "year",
    "m": "month",
    "w": "week",
    "x": "day",
    "q": "quarter",
    "h": "half",
    "c": "decade",
    "l": "day",
    "k": "weekend",
    "j": "fortnight",
}
YEAR_LETTERS = "Yyu%Sr$"
"""Letters of tokens that name or point to a year."""
FROM_BEFORE = ("previous", "prior", "preceding", "following", "subsequent")
"""Words that point from what was spoken of, not from the day of writing."""
_PARTS = frozenset({"day", "week", "month", "quarter", "half"})
"""Units that are part of a year."""
_MOSTLY = {"month": 20, "quarter": 80, "half": 165}
"""From which day on "the month", "the quarter" or "the half" is the one at hand, not the last one that is over."""


class Context(NamedTuple):
    """What an expression may lean on."""

    reference: dt.date | None = None
    antecedent: Span = UNKNOWN
    """The last period spoken of."""
    beside: Span = UNKNOWN
    """The last period spoken of in the same sentence."""
    near: Span = UNKNOWN
    """The same, but only within the sentence or the one before."""
    year: int | None = None
    """An explicit year in the same paragraph."""
    told: int | None = None
    """A past year named before in the sentence, of which the months after it are told."""
    ahead: bool = False
    """True after words that look ahead."""
    before_then: bool = False
    """True in a sentence about the time before what was spoken of: "Before then, …"."""
    told_over: bool = False
    """True for "This month" at the head of a sentence that tells of what was."""
    lasting: Span = UNKNOWN
    """The last period spoken of, anywhere in the text, that is as long as the expression's unit."""
    part: str = ""
    """`quarter` or `half` where the sentence has spoken of them: "0.1 in the third, 0.3 in the fourth"."""
    budget: bool = False
    """True in a sentence with a year like 2025/26: "the current year" beside it is such a year, too."""
    fiscal: tuple[int, str] | None = None
    """First month and naming of the fiscal or marketing year at hand."""


def steps_of(bag: Bag) -> int:
    """-1 for last, 0 for this, 1 for next."""
    if bag.has("L"):
        return -1
    return 1 if bag.has("X") else 0


def count_of(bag: Bag, default: int = 1) -> int | None:
    """How many units; None for "several" and "few"."""
    number = bag.get("DdNu")
    if isinstance(number, str):
        return {"couple": 2, "dozen": 12}.get(number)
    return number if isinstance(number, int) else default


def unit_of(bag: Bag, letters: str = "rmwxqhcjkl") -> str:
    """The first unit that an expression names ("" for none)."""
    return next((_UNITS[letter] for letter in bag.letters if letter in letters), "")


def choose(make: Callable[[int], Span], context: Context, *, completed: bool = False) -> Span:
    """The year of an expression that names none: the last one that has begun (or is over), or the next to end."""
    if context.reference is None:
        return make(context.year) if context.year else UNKNOWN
    today = context.reference
    if context.told is not None:
        return make(context.told)
    if context.ahead:
        coming = (make(year) for year in range(today.year - 2, today.year + 6))
        return next((span for span in coming if span.end and span.end > today), UNKNOWN)
    limit = shift_days(today, 5)
    for year in range(today.year + 1, today.year - 9, -1):
        span = make(year)
        if span.start and span.end and (span.end <= limit if completed else span.start <= today):
            return span
    return UNKNOWN


def fiscal_year(first: int | None, named: int | None, context: Context) -> Span:
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


def named_year(bag: Bag, context: Context) -> Span:
    """The year that an expression names, in figures or by pointing."""
    literal = bag.get("%")
    if isinstance(literal, tuple):
        return fiscal_year(literal[0] if len(literal) > 1 else None, literal[0], context)
    split = bag.get("S")
    if isinstance(split, int):
        return fiscal_year(split, None, context)
    year = bag.get("Yyu")
    if isinstance(year, int):
        of_crop = bag.letters[-2:] == "Y$" and bag.values[-1] == "crop"  # "a 2025 crop of 13 million bags"
        if bag.has("$") and "season" not in bag.values and not of_crop:
            return fiscal_year(None, year, context)
        full = year if year > 99 else 1900 + year
        return months_span(full, 1, 12, "year")
    if bag.get("LX") in FROM_BEFORE and context.near.start is not None and is_other_year(context.near):
        return shift(context.near, "year", steps_of(bag))
    if bag.has("$") or (context.budget and bag.has("LCX")):
        return _fiscal_now(context, steps_of(bag))
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
    """The year of "last year", "this year", "the year", "that year", "the previous year"."""
    steps = steps_of(bag)
    word = bag.get("LX")
    from_ = context.near if context.near.start is not None else context.antecedent
    if word in FROM_BEFORE and from_.start is not None:
        if is_other_year(from_):
            return shift(from_, "year", steps)
        return months_span(from_.start.year + steps, 1, 12, "year")
    if context.ahead and context.reference is not None and not bag.has("L"):
        return months_span(context.reference.year + steps, 1, 12, "year")
    of_the_text = context.near.start is None and context.lasting.unit == "year"
    lasting = context.lasting.start is not None and context.lasting.unit not in _PARTS
    if not bag.has("LCX") and lasting and (of_the_text or context.antecedent.unit != "year"):
        return context.lasting  # "in the year to March 2024 …; in the year, it added, …"
    if bag.has("K") and is_other_year(context.antecedent):
        return context.antecedent  # "1.86 lakh in 2023-24; the ministry's own figure for that year"
    if not bag.has("LCX") and context.antecedent.start is not None and _is_in_one_year(context.antecedent):
        return months_span(context.antecedent.start.year, 1, 12, "year")
    if word == "last" and is_other_year(context.near) and (over := _last_over(context)):
        return over  # "profit of 400 million for the year to March 2025; … last year"
    if context.reference is None:
        return months_span(context.year, 1, 12, "year") if context.year and not bag.has("LCX") else UNKNOWN
    if word == "past":
        return Span(shift_months(context.reference, -12), shift_days(context.reference, 1), "trailing")
    return months_span(context.reference.year + steps, 1, 12, "year")


def _is_in_one_year(span: Span) -> bool:
    """False for "the past twelve months" and other stretches that tell of no single year."""
    if span.start is None or span.end is None or is_other_year(span):
        return span.unit != "trailing"
    return span.unit != "trailing" and (span.end - span.start).days < 370


def year_start(bag: Bag, context: Context) -> dt.date | None:
    """First day of the year that qualifies a part of it; None where none is named."""
    if not bag.has(YEAR_LETTERS):
        return None
    return named_year(bag, context).start


def is_other_year(span: Span) -> bool:
    """True for twelve months that are no calendar year: "in the year to March … the previous year"."""
    if span.start is None or span.end is None or span.unit == "trailing":
        return False
    return span.start.month > 1 and 360 < (span.end - span.start).days < 370


def _last_over(context: Context) -> Span | None:
    """The last such twelve months that were over on the day of writing; of those spoken of in the same sentence."""
    near, day = context.near, context.reference
    if day is None or near.end is None or (near.end <= day and near != context.beside):
        return None
    moved = shift(near, "year", day.year - near.end.year)
    return moved if moved.end is not None and moved.end <= day else shift(moved, "year", -1)


def pointed(bag: Bag, context: Context, unit: str) -> Span:
    """The days that a pointing word and a unit name: "last month", "this quarter", "the following quarter"."""
    steps, word = steps_of(bag), bag.get("LX")
    if word in FROM_BEFORE:
        shorter = context.near.start is not None and _within(context.near, unit)
        from_ = context.near if context.near.unit == unit or shorter else context.lasting
        if from_.start is not None:
            return unit_span(shift(from_, unit, steps).start or dt.date.min, unit)
    if not bag.has("LCX"):
        if context.antecedent.unit == unit:
            return context.antecedent
        spoken = context.lasting if unit in ("quarter", "half") and context.lasting.start is not None else None
        return spoken or _held(context.antecedent, unit) or _at_hand(context, unit)
    if word == "latest" and context.reference:
        return _at_hand(context._replace(lasting=UNKNOWN), unit)
    if word == "past" and unit not in ("day", "weekend", "quarter") and context.reference:
        return Span(shift(day_span(context.reference), unit, -1).start, shift_days(context.reference, 1), "trailing")
    if word is None and context.told_over and context.near.unit == unit and _is_over(context.near, context.reference):
        return context.near  # "In August, exports rose again. This month, they were 89,000"
    if unit == "quarter" and context.fiscal is not None and context.reference is not None:
        return _fiscal_quarter(context.fiscal[0], context.reference, steps)
    return now(context, unit, steps)


def _is_over(span: Span, today: dt.date | None) -> bool:
    return today is not None and span.end is not None and span.end <= today


def _fiscal_quarter(first: int, today: dt.date, steps: int) -> Span:
    """The quarter at hand, or so many before or after it, of a year that begins with a month."""
    offset = (first - 1) % 3
    here = unit_span(shift_months(today.replace(day=1), -offset), "quarter")
    return shift(shift(here, "month", offset), "quarter", steps)


def _within(span: Span, unit: str) -> bool:
    """True for a day beside weeks, a week beside months: "on 17 July …; the following week"."""
    sizes = ("day", "week", "month", "quarter", "half")
    return span.unit in sizes and unit in sizes and sizes.index(span.unit) < sizes.index(unit)


def _at_hand(context: Context, unit: str) -> Span:
    """The part of a year that nothing before names ("the quarter"): the last one spoken of, else the last one that is
    over.
    """
    if context.lasting.start is not None:
        return context.lasting
    here = now(context, unit, 0)
    if context.ahead or context.reference is None or here.start is None or unit not in _MOSTLY:
        return here
    return here if (context.reference - here.start).days >= _MOSTLY[unit] else now(context, unit, -1)


def _held(span: Span, unit: str) -> Span | None:
    """The month (quarter …) that wholly holds the span last spoken of."""
    if span.start is None or span.end is None:
        return None
    holder = unit_span(span.start, unit)
    return holder if holder.end and span.end <= holder.end else None


def now(context: Context, unit: str, steps: int) -> Span:
    """The unit at hand, or so many before or after it."""
    if context.reference is None:
        return UNKNOWN
    moved = shift(unit_span(context.reference, unit), "week" if unit == "weekend" else unit, steps)
    return moved._replace(unit=unit)


def _full_year(context: Context) -> Span:
    """The year of "full-year sales": the one last spoken of, else this or the last one."""
    if context.fiscal is not None:
        return _fiscal_now(context, 0)
    if context.lasting.start is not None:
        return context.lasting
    if context.near.start is not None:
        return months_span(context.near.start.year, 1, 12, "year")
    if context.reference is None:
        return UNKNOWN
    return months_span(context.reference.year - (context.reference.month < 3 and not context.ahead), 1, 12, "year")


def read_year(bag: Bag, context: Context) -> Span:
    """A year by itself."""
    if bag.letters == "*-r":
        return _full_year(context)
    if bag.has("e") and not bag.has("Y"):
        return unit_span(context.reference, "year") if context.reference else UNKNOWN
    return named_year(bag, context)
