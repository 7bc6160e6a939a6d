"""Stretches of time: ranges, the first months of a year, trailing years, years to a month, to date."""

from __future__ import annotations

import datetime as dt

from extractor.periods.context import (
    FROM_BEFORE,
    Context,
    choose,
    count_of,
    named_year,
    now,
    pointed,
    steps_of,
    unit_of,
)
from extractor.periods.grammar import Bag
from extractor.periods.parts import atom, day_in, read_month
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

_FRESH = 75
"""Days after the end of "ten months" that news still tells of them without saying which."""
_HALF_YEAR = 183
_BEGUN = 9
"""From which day on a month is told of like one that is over."""
_RECENT = 60
"""Days after its end that a month is still the last one that a year to date reaches to."""


def read_first_months(bag: Bag, context: Context) -> Span:
    """The days of "the first 11 months of 2023", "the last three months of the year", "the first nine months"."""
    at = next(rank for rank, letter in enumerate(bag.letters) if letter in "mqwx")
    rest = bag.part(at + 1, len(bag.letters))
    if not bag.part(0, at).has("DdN"):
        return _nth_month(bag.part(0, at), rest, context)
    count, unit = count_of(bag), unit_of(bag, "mqwx")
    if "'" in bag.letters[:at]:
        rest = bag.part(0, bag.letters.index("'"))
        bag = bag.part(bag.letters.index("'") + 1, len(bag.letters))
        at = next(rank for rank, letter in enumerate(bag.letters) if letter in "mqwx")
    if not rest.letters and bag.has("LX"):
        return _trailing(bag, context)
    if count is None:
        return UNKNOWN
    first = not bag.part(0, at).has("L")
    if count >= 12 and unit == "month":
        return UNKNOWN
    if not rest.letters and unit in ("day", "week") and context.antecedent.unit == "month":
        return _cut(context.antecedent, unit, count, first)  # "December began slowly: in its first 17 days …"
    if not rest.letters:
        return choose(lambda year: _cut(months_span(year, 1, 12, "year"), unit, count, first), context, completed=True)
    whole = read_month(rest, context) if rest.has("Mm") else named_year(rest, context)
    if rest.has("q"):
        whole = pointed(rest, context, "quarter")
    return _cut(whole, unit, count, first)


def read_counted(bag: Bag, context: Context) -> Span:
    """The days of "in ten months": those spoken of, else the first ten of the year, where those are just over."""
    count, unit = count_of(bag), unit_of(bag)
    if context.lasting.start is not None or unit != "month" or count is None or not 1 < count < 12:
        return context.lasting
    first = choose(lambda year: months_span(year, 1, count, "months"), context._replace(ahead=False), completed=True)
    fresh = first.end and context.reference and (context.reference - first.end).days <= _FRESH
    return first if fresh else UNKNOWN


def _nth_month(head: Bag, rest: Bag, context: Context) -> Span:
    """The month of "the third month of 2023", "the last month of the year"."""
    year, order = named_year(rest, context), head.get("oO")
    if year.start is None or year.end is None:
        return UNKNOWN
    start = shift_months(year.start, order - 1) if isinstance(order, int) else shift_months(year.end, -1)
    return unit_span(start, "month")


def read_month_quarter(bag: Bag, context: Context) -> Span:
    """The days of "the June quarter": the three months that end with it."""
    month = read_month(bag, context)
    return UNKNOWN if month.end is None else Span(shift_months(month.end, -3), month.end, "quarter")


def _cut(whole: Span, unit: str, count: int, first: bool) -> Span:
    """The first or last so many units of a span."""
    if whole.start is None or whole.end is None:
        return UNKNOWN
    if first:
        return within(whole.start, shift(day_span(whole.start), unit, count).start or whole.start, "months")
    return within(shift(day_span(whole.end), unit, -count).start or whole.end, whole.end, "months")


def _at_hand(last: Span, today: dt.date, *, runs: bool) -> Span:
    """The end of a stretch in the year that is meant: the last one that is over, but what is "ending" may still run."""
    assert last.end is not None
    if runs and last.end < today and (today - last.end).days > _HALF_YEAR:
        return shift(last, "year", 1)
    over = last.end <= shift_days(today, 5)
    return last if over or (runs and (last.end - today).days < _HALF_YEAR) else shift(last, "year", -1)


def read_ended(bag: Bag, context: Context) -> Span:
    """The days of "the three months to June", "the year ended 30 June 2023": so many units up to its end."""
    split = next(rank for rank, letter in enumerate(bag.letters) if letter in "ET")
    head, tail = bag.part(0, split), bag.part(split + 1, len(bag.letters))
    count, unit = count_of(head), unit_of(head) or "year"
    if "h-r" in head.letters or "hr" in head.letters:
        unit = "half"
    last = atom(tail, context)
    if last.end is None or count is None:
        return UNKNOWN
    if context.reference and not context.ahead and not _dated(tail):
        last = _at_hand(last, context.reference, runs=bag.get("E") == "ending")
    end = last.end or context.reference or dt.date.max
    return within(shift(Span(end, None), unit, -count).start or end, end, "months")


def _trailing(bag: Bag, context: Context) -> Span:
    """The stretch of "the past decade", "the previous 20 years", "the last three quarters", "the coming three
    quarters".
    """
    count, unit = count_of(bag), unit_of(bag)
    if count is None:
        return UNKNOWN
    if context.before_then and context.antecedent.start is not None and not bag.has("X"):
        stop = context.antecedent.start
        return within(shift(day_span(stop), unit, -count).start or stop, stop, "trailing")
    if bag.has("$"):
        year = named_year(bag.part(bag.letters.index("$"), len(bag.letters)), context)
        return within(shift(year, "year", -count).start or year.start, year.start, "months") if year.start else UNKNOWN
    if bag.get("LX") in FROM_BEFORE and context.near.start is not None and context.near.end is not None:
        ahead = bag.has("X")
        edge = context.near.end if ahead else context.near.start
        far = shift(Span(edge, None), unit, count if ahead else -count).start or edge
        return within(min(edge, far), max(edge, far), "months")
    if context.reference is None:
        return UNKNOWN
    if bag.get("L") == "latest" and unit in ("month", "quarter", "half"):
        end = _whole_end(unit, context.reference)
        return within(shift(Span(end, None), unit, -count).start or end, end, "months")
    if unit == "quarter" or (bag.has("X") and unit in ("month", "year", "week")):
        here = unit_span(context.reference, unit)
        first = shift(here, unit, 1 if bag.has("X") else -count).start
        last = shift(here, unit, count if bag.has("X") else -1).end
        return within(first, last, "trailing") if first and last else UNKNOWN
    begin = shift(day_span(context.reference), unit, -count).start
    return within(begin or context.reference, shift_days(context.reference, 1), "trailing")


def _whole_end(unit: str, today: dt.date) -> dt.date:
    """The end of the last whole unit before today."""
    return unit_span(today, unit).start or today


def read_decade_end(bag: Bag, context: Context) -> Span:
    """The decade at hand, for "by the end of the decade"."""
    return unit_span(context.reference, "decade") if context.reference else UNKNOWN


def read_rest(bag: Bag, context: Context) -> Span:
    """The days of "the rest of the year": from the day after today."""
    if context.reference is None:
        return UNKNOWN
    whole = named_year(bag, context) if bag.has("YyuSr%$") else pointed(bag, context._replace(ahead=True), unit_of(bag))
    start = shift_days(context.reference, 1)
    return within(start, whole.end, "months") if whole.end and whole.end > start else UNKNOWN


def read_begun(bag: Bag, context: Context) -> Span:
    """The days of "the year beginning 1 April", "the week of 6 May": a year or week from that day."""
    unit = unit_of(bag, "rw")
    at = bag.letters.index("r" if unit == "year" else "w")
    first = atom(bag.part(at + (2 if bag.letters[at + 1] in "fV" else 3), len(bag.letters)), context)
    if first.start is None:
        return UNKNOWN
    if "wf" in bag.letters:
        return unit_span(first.start, "week")
    return shift(Span(first.start, first.start, "months"), unit, 1)._replace(start=first.start, unit="months")


def read_trailing(bag: Bag, context: Context) -> Span:
    """A stretch that ends today, or "this decade"."""
    if bag.has("C") and context.reference:
        return unit_span(context.reference, "decade")
    return _trailing(bag, context)


def read_run_up(bag: Bag, context: Context) -> Span:
    """The days of "the decade before that", "the ten years before 2014"."""
    at = bag.letters.index("G")
    rest = bag.part(at + 1, len(bag.letters))
    edge = (context.antecedent if rest.letters == "K" else atom(rest, context)).start
    count, unit = count_of(bag.part(0, at)), unit_of(bag)
    if edge is None or count is None or bag.get("G") != "before":
        return UNKNOWN
    return within(shift(day_span(edge), unit, -count).start or edge, edge, "trailing")


def read_decade(bag: Bag, _: Context) -> Span:
    """A decade: "the 1990s"."""
    first = bag.get("J")
    return Span(dt.date(first, 1, 1), dt.date(first + 10, 1, 1), "decade") if isinstance(first, int) else UNKNOWN


def read_years(bag: Bag, _: Context) -> Span:
    """From one year to another, both included: "2014-18"."""
    both = bag.get("B")
    if not isinstance(both, tuple):
        return UNKNOWN
    return within(dt.date(both[0], 1, 1), dt.date(both[1] + 1, 1, 1), "years")


def read_pair(bag: Bag, context: Context) -> Span:
    """The days of "January and February": both, where they follow each other."""
    at = bag.letters.index("&")
    first = bag.letters.index(",") if "," in bag.letters[:at] else at
    left, right = bag.part(0, first), bag.part(at + 1, len(bag.letters))
    today = context.reference
    if today is not None and bag.has("M") and not _dated(right) and not context.ahead and context.told is None:
        last = atom(right, context)
        if last.start is not None and last.start < today < (last.end or today) and today.day > _BEGUN:
            return _joined(left, right, context._replace(reference=last.end))  # "in June and July", late in July
    return _joined(left, right, context)


def _joined(left: Bag, right: Bag, context: Context) -> Span:
    """From the start of one to the end of the other; whichever lacks a year takes it from the other."""
    if _dated(right) or (not _dated(left)):
        last = atom(right, context) if _dated(right) else None
        if last is None:
            return _undated_range(left, right, context)
        if last.end is None:
            return UNKNOWN
        first = atom(left, context) if _dated(left) else _before(left, last)
    else:
        first = atom(left, context)
        if first.start is None:
            return UNKNOWN
        by_day = right.has("W") and not right.has("M") and not left.has("W")  # "this year as of Wednesday"
        last = atom(right, context) if by_day else _after(right, first)
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
    return atom(left, Context(reference=anchor))


def _after(right: Bag, first: Span) -> Span:
    """The reading of a yearless end that comes first after the start."""
    return atom(right, Context(reference=first.start, ahead=True))


def _undated_range(left: Bag, right: Bag, context: Context) -> Span:
    """Neither end has a year: the last such range that is over, or the next after words that look ahead."""
    if context.reference is None and context.year is None:
        return UNKNOWN
    if left.has("W") and not left.has("M") and context.reference:
        first = atom(left, context)
        last = _after(right, first)
        if first.start is None or last.end is None:
            return UNKNOWN
        both = within(first.start, last.end, "days")
        late = not context.ahead and last.end > shift_days(context.reference, 1)
        return shift(both, "week", -1) if late else both  # "on Monday and Tuesday", written on a Monday

    def make(year: int) -> Span:
        first = atom(left, Context(year=year))
        last = _after(right, first) if first.start else UNKNOWN
        return within(first.start, last.end, "months") if first.start and last.end else UNKNOWN

    return choose(make, context, completed=True)


def read_range(bag: Bag, context: Context) -> Span:
    """From one named period to another."""
    opening = len(bag.letters) - len(bag.letters.lstrip("tpfFU"))  # "the period from …"
    bag = bag.part(opening, len(bag.letters))
    cut = _cut_place(bag.letters)
    left, right = bag.part(0, cut), bag.part(cut + 1, len(bag.letters))
    if right.letters in ("Z", "tZ") and context.reference:
        first = atom(left, context)
        return within(first.start, shift_days(context.reference, 1), "days") if first.start else UNKNOWN
    return _joined(left, right, context)


def _cut_place(letters: str) -> int:
    """Where a range is cut: at "to" or "and", else at the dash in its middle."""
    for letter in "T&":
        if letter in letters:
            return letters.index(letter)
    dashes = [rank for rank, letter in enumerate(letters) if letter in "-="]
    return min(dashes, key=lambda rank: abs(rank - len(letters) // 2))


def read_days(bag: Bag, context: Context) -> Span:
    """The days of "12-15 May", "May 5 to 9, 2023", "4 till 23 of this month"."""
    first, last = bag.get("DO"), bag.get("DO", at=1)
    if not isinstance(first, int) or not isinstance(last, int):
        return UNKNOWN
    month = read_month(_months_only(bag), context)
    if month.start is None:
        return UNKNOWN
    begin, end = day_in(month, first), day_in(month, last)
    return within(begin.start, end.end, "days") if begin.start and end.end else UNKNOWN


def _months_only(bag: Bag) -> Bag:
    """The month and year of a range of days."""
    kept = [rank for rank, letter in enumerate(bag.letters) if letter not in "DOFT-&tW"]
    rest = bag.part(0, 0)
    rest.letters = "".join(bag.letters[rank] for rank in kept)
    rest.values = [bag.values[rank] for rank in kept]
    return rest


def read_since(bag: Bag, context: Context) -> Span:
    """From a named period to the day of writing."""
    begins = (
        bag.letters.find("V") + 1 if bag.has("V") and "Vf" not in bag.letters else 1
    )  # "since the season began in May"
    rest, context = bag.part(begins, len(bag.letters)), context._replace(ahead=False)
    first = read_ended(rest, context) if rest.has("E") or "T" in rest.letters[1:] else atom(rest, context)
    if bag.has("v") and first.end is not None:  # "since the end of 2022"
        first = Span(first.end, None)
    end = shift_days(context.reference, 1) if context.reference else None
    if first.start is None or (end is not None and first.start >= end):
        return UNKNOWN
    return Span(first.start, end, "since")


def read_to_date(bag: Bag, context: Context) -> Span:
    """The days of "so far this year": from the year's first day to the day after publication."""
    if context.reference is None:
        return UNKNOWN
    phrase = bag.get("@")
    unit = unit_of(bag, "mqw") or (phrase if phrase in ("month", "quarter") else "year")
    told = context.lasting if phrase == "year-to-date" else UNKNOWN
    if bag.has("Yy%S") or (bag.has("r") and not bag.has("LCX")):
        whole = named_year(bag, context)
    elif bag.has("M"):
        whole = read_month(bag, context)
    else:
        whole = now(context, str(unit), steps_of(bag))
    if whole.start is None or whole.end is None:
        return UNKNOWN
    today = shift_days(context.reference, 1)
    end = today if bag.has("U") else min(whole.end, _end_of_data(told, whole.start, today))
    return within(whole.start, end, "to date")


def _end_of_data(told: Span, start: dt.date, today: dt.date) -> dt.date:
    """Up to where a "year-to-date total" reaches: the end of the month whose figures the text tells, else today."""
    if told.end is None or not start < told.end <= today or (today - told.end).days > _RECENT:
        return today
    return told.end
