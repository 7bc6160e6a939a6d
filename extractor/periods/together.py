"""What the expressions of one sentence say of each other: labels, bases named behind a comma, ends of fiscal years."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from extractor.mentions import PeriodMention
from extractor.periods.expressions import Found
from extractor.periods.roles import is_change_over
from extractor.periods.spans import Span, iso, shift, shift_months

_PARTS = frozenset({"month", "quarter", "half", "months"})
_BY_NAME = frozenset({"weekend", "feast", "week", "season"})
_SPELT_OUT = frozenset({"days", "range", "numeric", "day", "pair"})
_SEVERAL = 2
_QUARTER = range(84, 100)
"""Days of a quarter, by weeks or months."""
_WHICH_ENDED = re.compile(r"\s*,?\s*(?:which|that)?\s*(?:ended|ends|ending|closed)\s+(?:on\s+|in\s+)?", re.IGNORECASE)
_AND_FIGURE = re.compile(
    r",?\s+and\s+[$€£¥₹]?\d[\d.,]*(?:\s?%|\s[a-z]+){0,3}?\s+(?:in|at|during|for)\s+(?:the\s+)?", re.IGNORECASE
)
"""Between two periods of a comparison: "3.55% a year ago and 3.47% in the prior quarter"."""


class Together(NamedTuple):
    """A sentence's expressions, with their mentions and spans by their places in the sentence."""

    text: str
    sentence: list[Found]
    done: dict[int, PeriodMention]
    spans: dict[int, Span]
    last: Span
    """What the text last spoke of before."""


def settle_together(together: Together) -> None:
    """Corrects the mentions of a sentence, and their spans, by each other."""
    text, sentence, done, spans, _ = together
    _close_fiscal_years(text, sentence, done)
    _drop_labels(text, sentence, done)
    _name_bases(text, sentence, done)
    _date_quarters(sentence, done, spans)
    _date_this_year(together)


def _close_fiscal_years(text: str, sentence: list[Found], done: dict[int, PeriodMention]) -> None:
    """Ends a fiscal year on the day that is given: "The last fiscal year, which ended on 31 March 2023" is the year up
    to that day.
    """
    for rank, found in enumerate(sentence[:-1]):
        year, day = done[rank], done[rank + 1]
        if found.bag.has("$") and day.last_day and _WHICH_ENDED.fullmatch(text, year.end, day.start):
            end = dt.date.fromisoformat(day.last_day)
            done[rank] = year._replace(first_day=shift_months(end, -12).isoformat(), last_day=day.last_day)
            done[rank + 1] = day._replace(role="release")


def _drop_labels(text: str, sentence: list[Found], done: dict[int, PeriodMention]) -> None:
    """Takes out brackets that only name the year once more, and days that a feast is told to be: "The first ten months
    of the current fiscal year (FY24)", "Over the Easter weekend (18 to 21 April)".
    """
    for rank, found in enumerate(sentence[1:], start=1):
        named, label = sentence[rank - 1], done[rank]
        if text[named.end : found.start] == " (" and text[found.end : found.end + 1] == ")":
            done[rank] = label._replace(role="release")
            if found.rule in _SPELT_OUT and named.rule in _BY_NAME and label.first_day:
                done[rank - 1] = done[rank - 1]._replace(first_day=label.first_day, last_day=label.last_day)


def _name_bases(text: str, sentence: list[Found], done: dict[int, PeriodMention]) -> None:
    """Dates a base by the year behind its comma: "6% less than in its last full year, 2019"."""
    for rank, found in enumerate(sentence[1:], start=1):
        named, label = done[rank - 1], done[rank]
        if found.bag.letters == "Y" and named.role == "base" and text[named.end : found.start] == ", ":
            done[rank], done[rank - 1] = label._replace(role="base"), named._replace(role="release")


def coordinate_bases(text: str, sentence: list[Found], done: dict[int, PeriodMention]) -> None:
    """Makes each period of one comparison a base: "compared with 3.5% a year ago and 3.4% in the quarter before"."""
    for rank, mention in done.items():
        before = sentence[rank - 1] if rank else None
        if before is None or before.rule not in ("ago", "same", "year_before") or mention.role != "period":
            continue
        if _AND_FIGURE.fullmatch(text, before.end, mention.start):
            done[rank] = mention._replace(role="base")


def _date_quarters(sentence: list[Found], done: dict[int, PeriodMention], spans: dict[int, Span]) -> None:
    """Dates a quarter by the months that are told to have ended: "Third-quarter profit rose …, for the three months
    ended June 27".
    """
    ended = [rank for rank, found in enumerate(sentence) if found.rule == "ended" and done[rank].role == "period"]
    days = next((rank for rank in ended if _length(done[rank]) in _QUARTER), None)
    for rank, found in enumerate(sentence):
        if days is not None and found.rule == "quarter" and not found.bag.has("YySr%LCXGs") and found.bag.has("oOQ"):
            done[rank] = done[rank]._replace(first_day=done[days].first_day, last_day=done[days].last_day)
            spans[rank] = spans[days]._replace(unit="quarter")


def _length(mention: PeriodMention) -> int:
    if mention.first_day is None or mention.last_day is None:
        return 0
    return (dt.date.fromisoformat(mention.last_day) - dt.date.fromisoformat(mention.first_day)).days


def compare_over(sentence: list[Found], done: dict[int, PeriodMention]) -> None:
    """Makes a base of what a change is over: "sold 900 in the period, a 7% rise over the second quarter of 2022"."""
    if sum(found.rule != "on_basis" for found in sentence) < _SEVERAL:
        return
    for rank, mention in done.items():
        found = sentence[rank]
        if mention.role == "period" and found.bag.has("YyuSQ%") and is_change_over(found.before):
            done[rank] = mention._replace(role="base")


def _date_this_year(together: Together) -> None:
    """Cuts this year down to the part that the last one is told for: "310 this year against 290 at the same time last
    year", in a text of August: up to this year's August.
    """
    last = together.last
    if last.start is None or last.end is None or last.unit not in _PARTS:
        return
    pointed = [rank for rank, found in enumerate(together.sentence) if found.bag.letters == "Cr"]
    same = [rank for rank, found in enumerate(together.sentence) if found.rule == "same" and found.bag.has("L")]
    if len(pointed) != 1 or not same or any(found.bag.has("MQqHhw@") for found in together.sentence):
        return
    year = together.spans[pointed[0]]
    if year.start is None or year.end is None or not year.start <= last.start < last.end <= year.end:
        return
    _redate(together, pointed[0], last)
    for rank in same:
        _redate(together, rank, shift(last, "year", -1))


def _redate(together: Together, rank: int, span: Span) -> None:
    together.spans[rank] = span
    together.done[rank] = together.done[rank]._replace(first_day=iso(span.start), last_day=iso(span.end))
