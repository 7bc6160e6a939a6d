"""What expressions can point back to: the periods that a text has spoken of so far, by size, length and recency."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

from extractor.periods.context import count_of, is_other_year
from extractor.periods.expressions import Found
from extractor.periods.fiscal import counts_in_rupees, half_year_from, is_of_others
from extractor.periods.grammar import Bag
from extractor.periods.spans import UNKNOWN, Span, shift, unit_span

_STRETCHES = frozenset({"months", "quarter", "half", "to date", "year"})
_PARTS = frozenset({"month", "quarter", "half", "months", "days", "to date"})
_REPORTED = ("month", "quarter", "half", "months")
"""Units of which statistics are published."""
_UNDER_REVIEW = re.compile(r"\s+(?:under review|in question|reported on)\b")
_SIZES = {"q": "quarter", "m": "month", "h": "half", "w": "week", "x": "day"}
_DAYS = {"w": 7, "x": 1}
_LATE = 20
"""From which day of a month on a quarter that begins there is of the next one."""


class Antecedents:
    """What has been spoken of so far in a text."""

    def __init__(self) -> None:
        self.last = UNKNOWN
        self.near = UNKNOWN
        """The same, but only within the paragraph."""
        self.year: int | None = None
        """The last year named in the paragraph."""
        self.day = UNKNOWN
        """The last day, of speaking too: what "that day" points to."""
        self._units: dict[str, Span] = {}
        """The last period of each size."""
        self._latest: dict[str, Span] = {}
        """The same, by the calendar."""
        self._lengths: dict[int, Span] = {}
        """The last period of so many months, for "the same 12 months"."""
        self._days: dict[int, Span] = {}
        """The last period of so many days, for "over the six weeks"."""
        self._years: Counter[int] = Counter()
        """How often a year was spoken of: "the year" of a new paragraph is the one that most of the text is of."""
        self._twelve = UNKNOWN
        """The last twelve months that are no calendar year."""
        self._stretch = UNKNOWN
        """The last stretch of months, for "the period" behind a day."""
        self._parts_from = 0
        """The first month of the fiscal year of which a part was spoken of: "first half of 2025-26", "Q2 FY26"."""

    # -------------------------------------------------------------------------------------------------- remembering
    def start_paragraph(self) -> None:
        """Forgets what only holds within a paragraph."""
        self.near, self.day, self.year = UNKNOWN, UNKNOWN, None

    def keep(self, span: Span, found: Found) -> None:
        """Keeps a period that was spoken of as the time of something."""
        if span.start is None:
            return
        bag = found.bag
        self.last = self.near = self._units[span.unit] = span
        if span.unit == "year" or span.unit in _REPORTED:
            self._years[span.start.year] += 1
        if bag.has("r%S$") and "season" not in bag.values and is_other_year(span):
            self._twelve = span
        if span.end and span.unit != "year":
            self._lengths[round((span.end - span.start).days / 30.4)] = span
            self._days[(span.end - span.start).days] = span
        before = self._latest.get(span.unit, UNKNOWN)
        if before.start is None or span.start > before.start:
            self._latest[span.unit] = span
        if found.rule in ("quarter", "half", "ended"):
            self._keep_part(span.start, bag)
        if span.unit in _STRETCHES:
            self._stretch = span

    def _keep_part(self, start: dt.date, bag: Bag) -> None:
        """Keeps the first month of a fiscal year, from a half or quarter of it by number."""
        number = bag.get("QH") or bag.get("oO")
        order = number[0] if isinstance(number, tuple) else number
        size = 3 if bag.has("Qq") else 6 if bag.has("Hh") else 0
        if not size or not isinstance(order, int):
            return
        month = start.month + (start.day > _LATE)  # "the three months ended June 27" began in March
        first = (month - 1 - (order - 1) * size) % 12 + 1
        if first != 1 or bag.has("S%$"):
            self._parts_from = first

    # ------------------------------------------------------------------------------------------------------ pointing
    def of_size(self, found: Found, lean: Span, *, beside: bool) -> Span:
        """What "the same quarter" points to: the last quarter, where a month has been spoken of since."""
        if _UNDER_REVIEW.match(found.after):
            size = next((_SIZES[letter] for letter in found.bag.letters if letter in _SIZES), "")
            return self._latest.get(size, lean)
        if found.rule not in ("same", "year_before"):
            return lean
        count = count_of(found.bag, 0) if found.bag.has("s") and found.bag.has("m") else 0
        if count:
            return self._lengths.get(count, lean)
        if beside and lean.unit == "year" and lean.start and self.last.start and self.last.unit in _PARTS:
            return shift(self.last, "year", lean.start.year - self.last.start.year)  # "in 2023, in the same period"
        size = next((_SIZES[letter] for letter in found.bag.letters if letter in _SIZES), lean.unit)
        if found.rule == "same" and not beside and not found.bag.has("GLX") and self.near.unit != size:
            return self._latest.get(size, lean)  # what the text is of, not what it last compared with
        return lean if lean.unit in (size, "months") else self._units.get(size, lean)

    def lasting(self, found: Found) -> Span:
        """The last period spoken of that is as long as what the expression points to."""
        letters = found.bag.letters
        if found.rule == "counted":
            return self._as_long(found.bag)
        if letters == "tp":
            return self._stretch
        if letters == "Kx":
            return self.day
        if found.bag.get("@") == "year-to-date":
            known = [self._latest[unit] for unit in _REPORTED if unit in self._latest]
            return max(known, key=lambda span: span.end or dt.date.min, default=UNKNOWN)
        whole = letters in ("t*r", "*r", "*-r") and not {"calendar", "cy"} & set(found.bag.values)
        if whole and self._twelve.start is not None:
            return self._twelve
        if letters == "tr" and self.near.start is None and self._years and self._twelve.start is None:
            return unit_span(dt.date(self._years.most_common(1)[0][0], 1, 1), "year")
        if letters in ("tr", "r"):
            own = is_other_year(self.near) or self._latest.get("year", UNKNOWN).start is None
            return self._twelve if own else UNKNOWN
        size = next((_SIZES[letter] for letter in letters if letter in _SIZES), "")
        return self._latest.get(size, UNKNOWN)

    def _as_long(self, bag: Bag) -> Span:
        """The last period spoken of that has as many months, weeks or days: "in the ten months"."""
        count = count_of(bag) or 0
        if bag.has("m") and count == 12:
            return (self._units.get("year") or self._twelve) if bag.has("t") else UNKNOWN
        if bag.has("m"):
            return self._lengths.get(count, UNKNOWN)
        days = next((size for letter, size in _DAYS.items() if bag.has(letter)), 0) * count
        near = (self._days.get(days + more) for more in (0, 1, -1))
        return next((span for span in near if span is not None and bag.has("t")), UNKNOWN)

    # -------------------------------------------------------------------------------------------------- fiscal years
    def _tells_year_of(self, bag: Bag) -> bool:
        """True for "2021-22", "last season" or "FY24" in a text that has told of its year: "the year to 30 June"."""
        return self._twelve.start is not None and bag.has("%S$") and not is_of_others(bag)

    def company_year(self, text: str, bag: Bag) -> tuple[int, str] | None:
        """The fiscal year of which "Q2" or "the second quarter" is a part, where the text has told of it."""
        if self._tells_year_of(bag) and self._twelve.start is not None:
            return self._twelve.start.month, "end"
        if bag.letters == "*-r" and (first := half_year_from(text)):
            return first, "end"
        if not bag.has("QqHh") or (bag.has("YySr%") and not bag.has("$")):
            return None
        if self._parts_from:
            return self._parts_from, "end"
        if bag.has("$") or not (bag.has("QH") or bag.has("oO")):
            return None
        first = half_year_from(text) or (4 if counts_in_rupees(text) else None)
        return (first, "end") if first else None
