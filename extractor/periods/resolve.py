"""Each rule's expression to the days that it means, given a reference date and what was spoken of before."""

from __future__ import annotations

from collections.abc import Callable

from extractor.periods.context import Context, read_year
from extractor.periods.grammar import Bag
from extractor.periods.holidays import read_feast
from extractor.periods.leaning import (
    read_ago,
    read_before_last,
    read_on_basis,
    read_period,
    read_same,
    read_this_time,
    read_year_before,
)
from extractor.periods.parts import (
    read_adjective,
    read_day,
    read_half,
    read_half_month,
    read_just_ended,
    read_month,
    read_numeric_month,
    read_ordinal,
    read_quarter,
    read_season,
    read_week,
    read_week_of,
    read_weekend,
)
from extractor.periods.spans import UNKNOWN, Span
from extractor.periods.stretches import (
    read_begun,
    read_counted,
    read_days,
    read_decade,
    read_decade_end,
    read_ended,
    read_first_months,
    read_month_quarter,
    read_pair,
    read_range,
    read_rest,
    read_run_up,
    read_since,
    read_to_date,
    read_trailing,
    read_years,
)

_READERS: dict[str, Callable[[Bag, Context], Span]] = {
    "to_date": read_to_date,
    "same": read_same,
    "year_before": read_year_before,
    "before_last": read_before_last,
    "run_up": read_run_up,
    "this_time": read_this_time,
    "ago": read_ago,
    "ended": read_ended,
    "first_months": read_first_months,
    "counted": read_counted,
    "numeric": read_day,
    "numeric_month": read_numeric_month,
    "days": read_days,
    "range": read_range,
    "years": read_years,
    "pair": read_pair,
    "decade": read_decade,
    "decade_end": read_decade_end,
    "trailing": read_trailing,
    "rest": read_rest,
    "begun": read_begun,
    "since": read_since,
    "week_of": read_week_of,
    "season": read_season,
    "feast": read_feast,
    "month_quarter": read_month_quarter,
    "day": read_day,
    "quarter": read_quarter,
    "half": read_half,
    "half_month": read_half_month,
    "just_ended": read_just_ended,
    "adjective": read_adjective,
    "ordinal": read_ordinal,
    "month": read_month,
    "week": read_week,
    "weekend": read_weekend,
    "year": read_year,
    "period": read_period,
    "on_basis": read_on_basis,
}


def resolve(rule: str, bag: Bag, context: Context) -> Span:
    """The days of an expression, `UNKNOWN` where nothing tells."""
    try:
        return _READERS[rule](bag, context)
    except (ValueError, OverflowError):  # 31 February, year 0: no such day
        return UNKNOWN
