"""Expressions whose meaning hangs on another period: "a year earlier", "the same period", "year on year"."""

from __future__ import annotations

import datetime as dt

from extractor.periods.context import FROM_BEFORE, YEAR_LETTERS, Context, count_of, named_year, now, steps_of, unit_of
from extractor.periods.grammar import Bag
from extractor.periods.spans import UNKNOWN, Span, months_span, shift, unit_span

_SHORT = {"day": 1, "week": 7, "weekend": 2, "fortnight": 14, "month": 31}
"""Units and their days, from which a step of a few days or weeks can be counted."""


def read_ago(bag: Bag, context: Context) -> Span:
    """The days of "a year earlier", counted from what was last spoken of, and "three months ago", from today."""
    count, unit = count_of(bag), unit_of(bag) or "year"  # "a season ago"
    if count is None:
        return UNKNOWN
    word = bag.get("G")
    near = context.near if context.near.start is not None or word == "ago" else context.antecedent
    if word == "ago" and (
        count > 1 or unit != "year" or near.unit in ("day", "week", "weekend", "trailing", "to date")
    ):
        near = UNKNOWN
    if word == "later":
        return shift(context.antecedent, unit, count) if _is_near(context.antecedent, unit) else UNKNOWN
    if near.start is not None:
        return shift(near, unit, -count)
    if word in ("before", "previously") or context.reference is None:
        return UNKNOWN
    return _dated_back(count, unit, context.reference)


def _is_near(span: Span, unit: str) -> bool:
    """True for a span from which "a week later" can be counted: no longer than the unit."""
    if span.start is None or span.end is None:
        return False
    return (span.end - span.start).days <= _SHORT.get(unit, 1000)


def _dated_back(count: int, unit: str, reference: dt.date) -> Span:
    """So many units before today, in whole units."""
    names = {"quarter": "month", "decade": "year"}
    factor = {"quarter": 3, "decade": 10}.get(unit, 1)
    day = _days_back(f"{count * factor} {names.get(unit, unit)}s ago", reference)
    return unit_span(day, "week" if unit == "fortnight" else unit if unit != "decade" else "year") if day else UNKNOWN


def read_before_last(bag: Bag, context: Context) -> Span:
    """The days of "the year before last": two before the one at hand."""
    return now(context, unit_of(bag), -2)


def _days_back(words: str, reference: dt.date) -> dt.date | None:
    """The day that dateparser finds for "3 weeks ago"; kept, as a call costs a millisecond."""
    from dateparser.date import DateDataParser

    now = dt.datetime(reference.year, reference.month, reference.day)
    parser = DateDataParser(languages=["en"], settings={"RELATIVE_BASE": now})
    found = parser.get_date_data(words).date_obj
    return found.date() if found else None


def read_this_time(bag: Bag, context: Context) -> Span:
    """The days of "this time last year": the month at hand, so many years before."""
    if context.reference is None or bag.get("C") != "this" or bag.get("p") != "time":
        return UNKNOWN
    return shift(unit_span(context.reference, "month"), "year", -(count_of(bag) or 1))


def read_same(bag: Bag, context: Context) -> Span:
    """The days of "the same period a year earlier", "the same month of 2022", "the corresponding quarter last year"."""
    base = context.antecedent
    month = bag.get("M", at=0)
    if isinstance(month, int) and base.start:
        base = months_span(base.start.year, month, 1, "month")
    count, at = bag.get("DdN"), bag.letters.find("s")
    counted = bag.letters[at + 1 : at + 2] in ("D", "d", "N")
    if base.start is None or base.end is None:
        return UNKNOWN
    if bag.has("G") or "trL" in bag.letters:
        unit = unit_of(bag.part(_after_head(bag, at), len(bag.letters))) or "year"
        return shift(base, unit, -(count if isinstance(count, int) and not counted else 1))
    tail = bag.part(_after_head(bag, at), len(bag.letters))
    if tail.has("mqw"):
        return shift(base, unit_of(tail), steps_of(tail))
    return _in_other_year(base, tail, context)


def _after_head(bag: Bag, at: int) -> int:
    """Index after "the same period"."""
    return next((rank + 1 for rank, letter in enumerate(bag.letters) if rank > at and letter in "pmqhwxjM"), at + 1)


def _in_other_year(base: Span, tail: Bag, context: Context) -> Span:
    """The period last spoken of, in the year that the words name (or the same, where they name none)."""
    if base.start is None or not tail.has(YEAR_LETTERS):
        return base
    if tail.has("L") and not tail.has("Yy%"):
        moved = context.reference.year - 1 if context.reference and tail.get("L") in ("last", "past") else None
        years = -1 if moved is None else moved - base.start.year
        return shift(base, "year", years if years < 0 else -1)
    year = named_year(tail, context).start
    return UNKNOWN if year is None else shift(base, "year", year.year - base.start.year)


def read_year_before(_: Bag, context: Context) -> Span:
    """The days of "the year-ago quarter": the period spoken of, one year before."""
    return shift(context.antecedent, "year", -1) if context.antecedent.start else UNKNOWN


def read_period(bag: Bag, context: Context) -> Span:
    """The days of "the period", last spoken of, and "the previous period", as long and right before it."""
    if "one" in bag.values:
        return _other_one(bag, context)
    span = context.antecedent
    if bag.letters == "tp" and span.unit == "day" and context.lasting.start is not None:
        return context.lasting  # "27 million this year as of Wednesday …; during the period"
    if not bag.has("L") or bag.get("L") not in FROM_BEFORE or span.start is None or span.end is None:
        return span if not bag.has("L") else UNKNOWN
    months = round((span.end - span.start).days / 30.4)
    return shift(span, "month", -months) if months else shift(span, "day", -(span.end - span.start).days)


def _other_one(bag: Bag, context: Context) -> Span:
    """The period named in the same sentence, for "one": "Ten in the last year, after four in the one before"."""
    span = context.beside
    if span.start is None or span.end is None:
        return UNKNOWN
    months = round((span.end - span.start).days / 30.4)
    unit, count = ("month", months) if months else ("day", (span.end - span.start).days)
    if not bag.has("C"):
        return shift(span, unit, count if bag.has("X") else -count)
    while context.reference is not None and span.end is not None and span.end <= context.reference:
        span = shift(span, unit, count)
    return span


def read_on_basis(bag: Bag, context: Context) -> Span:
    """The days that "year on year" compares with: the period spoken of, one year before."""
    unit = bag.get("R")
    return shift(context.near, str(unit), -1) if context.near.start else UNKNOWN
