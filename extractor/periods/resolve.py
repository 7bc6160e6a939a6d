"""Each rule's expression to the days that it means, given a reference date and what was spoken of before."""

from __future__ import annotations

from collections.abc import Callable

from extractor.periods.context import Context, read_year
from extractor.periods.grammar import Bag
from extractor.periods.leaning import read_ago, read_on_basis, read_period, read_same, read_year_before
from extractor.periods.parts import (
    read_day,
    read_half,
    read_month,
    read_numeric_month,
    read_quarter,
    read_season,
    read_week,
    read_week_of,
    read_weekend,
)
from extractor.periods.spans import UNKNOWN, Span
from extractor.periods.stretches import (
    read_days,
    read_decade,
    read_ended,
    read_first_months,
    read_month_quarter,
    read_pair,
    read_range,
    read_since,
    read_to_date,
    read_trailing,
    read_years,
)


def resolve(rule: str, bag: Bag, context: Context) -> Span:
    """The days of an expression, `UNKNOWN` where nothing tells."""
    try:
        return _READERS[rule](bag, context)
    except (ValueError, OverflowError):  # 31 February, year 0: no such day
        return UNKNOWN


_READERS: dict[str, Callable[[Bag, Context], Span]] = {
    "to_date": read_to_date,
    "same": read_same,
    "year_before": read_year_before,
    "ago": read_ago,
    "ended": read_ended,
    "first_months": read_first_months,
    "numeric": read_day,
    "numeric_month": read_numeric_month,
    "days": read_days,
    "range": read_range,
    "years": read_years,
    "pair": read_pair,
    "decade": read_decade,
    "trailing": read_trailing,
    "since": read_since,
    "week_of": read_week_of,
    "season": read_season,
    "month_quarter": read_month_quarter,
    "day": read_day,
    "quarter": read_quarter,
    "half": read_half,
    "month": read_month,
    "week": read_week,
    "weekend": read_weekend,
    "year": read_year,
    "period": read_period,
    "on_basis": read_on_basis,
}
