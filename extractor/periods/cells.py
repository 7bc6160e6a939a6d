"""The period of a figure in a table, from its column's heading, its row's label, the table's corner and its caption."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from extractor.mentions import PeriodMention, Timing
from extractor.periods.bases import Interval, length, since_base
from extractor.periods.clauses import is_since
from extractor.periods.find import as_day, find_periods
from extractor.periods.spans import Span, iso, shift


class Page(NamedTuple):
    """What a table belongs to: its day, its text and place in it, which tell whose year a "2023/24" in its head is."""

    day: dt.date | None = None
    about: str = ""
    at: int = 0


def cell_timing(own: Iterable[str], others: Iterable[str], page: Page, lent: Interval | None) -> Timing:
    """Period and base period of a cell.

    `own` are the texts of its heading and label, `others` those that speak for the whole table, the nearest first; what
    none of them tells is lent from outside.
    """
    own, others = tuple(own), tuple(others)
    base = _first(own, page, "base") or _since(own, page)
    period = _first(own, page, "period")
    if period is not None:
        return Timing(_part(period, others, page), base)
    period = _first(others, page, "period")
    if period is None:
        return Timing(lent, base, ("period",))
    before = _year_before(period, others, page)
    return Timing(_part(period, others, page), base or (_part(before, others, page) if before else None))


def _part(period: Interval, others: tuple[str, ...], page: Page) -> Interval:
    """A column's year, cut to the months that the table's caption speaks of."""
    if not _is_year(period):
        return period
    captions = (mention for text in others for mention in _mentions(text, page) if mention.role == "period")
    spoken = [(mention.first_day, mention.last_day, mention.text) for mention in captions]
    shorter = next((one for one in spoken if 27 < length(one) < 360), None)
    if shorter is None or shorter[0] is None or shorter[1] is None:
        return period
    days = Span(dt.date.fromisoformat(shorter[0]), dt.date.fromisoformat(shorter[1]))
    moved = shift(days, "year", int(str(period[0])[:4]) - int(shorter[0][:4]))
    return iso(moved.start), iso(moved.end), period[2]


def _is_year(period: Interval) -> bool:
    return length(period) in (365, 366) and str(period[0]).endswith("-01-01")


def _year_before(period: Interval, others: tuple[str, ...], page: Page) -> Interval | None:
    """What a column of changes compares with: the year of another heading, before the one that it is of."""
    if not _is_year(period):
        return None
    years = [one for text in others if (one := _first((text,), page, "period")) is not None and _is_year(one)]
    earlier = [one for one in years if str(one[0]) < str(period[0])]
    return max(earlier, key=lambda one: str(one[0])) if earlier else None


def _since(texts: Iterable[str], page: Page) -> Interval | None:
    """What a column "Change since 2020" compares with."""
    found = (mention for text in texts for mention in _mentions(text, page) if is_since(mention))
    return next((base for mention in found if (base := since_base(mention))), None)


def _first(texts: Iterable[str], page: Page, role: str) -> Interval | None:
    for text in texts:
        for mention in _mentions(text, page):
            if mention.role == role and mention.first_day is not None and not is_since(mention):
                stands = as_day(mention) if role == "period" else mention
                return stands.first_day, stands.last_day, stands.text
    return None


@lru_cache(maxsize=512)
def _mentions(text: str, page: Page) -> tuple[PeriodMention, ...]:
    return tuple(find_periods(text, page.day, about=page.about, at=page.at))
