"""The period of a figure in a table, from its column's heading, its row's label, the table's corner and its caption."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from extractor.mentions import PeriodMention, Timing
from extractor.periods.bases import Interval
from extractor.periods.find import as_day, find_periods


def cell_timing(own: Iterable[str], others: Iterable[str], reference: dt.date | None, lent: Interval | None) -> Timing:
    """Period and base period of a cell.

    `own` are the texts of its heading and label, `others` those that speak for the whole table, the nearest first; what
    none of them tells is lent from outside.
    """
    own, others = tuple(own), tuple(others)
    base = _first(own, reference, "base")
    period = _first(own, reference, "period")
    if period is not None:
        return Timing(period, base)
    period = _first(others, reference, "period")
    return Timing(period or lent, base, () if period else ("period",))


def _first(texts: Iterable[str], reference: dt.date | None, role: str) -> Interval | None:
    for text in texts:
        for mention in _mentions(text, reference):
            if mention.role == role and mention.first_day is not None:
                stands = as_day(mention) if role == "period" else mention
                return stands.first_day, stands.last_day, stands.text
    return None


@lru_cache(maxsize=512)
def _mentions(text: str, reference: dt.date | None) -> tuple[PeriodMention, ...]:
    return tuple(find_periods(text, reference))
