"""What printed digits and the words around them allow."""

from __future__ import annotations

import math

import pytest
from figures import figure
from hypothesis import given
from hypothesis import strategies as st

from reconcile.claims.intervals import Interval, bounds, cut_off, distance, exceeds, gap, meet, touch

ends = st.floats(-1e9, 1e9, allow_nan=False)
intervals = st.builds(lambda a, b: Interval(min(a, b), max(a, b)), ends, ends)


@pytest.mark.parametrize(
    ("quote", "low", "high"),
    [
        ("4.91 million", 4_905_000, 4_915_000),
        ("840,000", 839_500, 840_500),
        ("36,095", 36_094.5, 36_095.5),
        ("60", 59.5, 60.5),
        ("4 million", 3_500_000, 4_500_000),
        ("nearly 1 million", 900_000, 1_000_000),
        ("about 1 million", 900_000, 1_100_000),
        ("about 1,022 million", 1_019_500_000, 1_024_500_000),
        ("more than 5 million", 5_000_000, math.inf),
        ("up to 400,000", 0, 400_000),
    ],
)
def test_bounds_of_a_claim_that_gives_none(quote: str, low: float, high: float) -> None:
    assert bounds(figure(quote)) == pytest.approx((low, high))


def test_bounds_that_a_claim_gives_are_kept() -> None:
    assert bounds(figure("4.91 million", low=4e6, high=5e6)) == (4e6, 5e6)
    assert bounds(figure("4.91 million", low=4e6)) == (4e6, math.inf)


def test_neighbouring_digits_touch_and_do_not_meet() -> None:
    one, next_one = bounds(figure("25.8 million")), bounds(figure("25.9 million"))
    assert touch(one, next_one)
    assert not meet(one, next_one)
    assert meet(Interval(5, 5), Interval(5, 5))


def test_cut_off_digits() -> None:
    assert cut_off(57.9, 57, 1)
    assert not cut_off(58.1, 57, 1)
    assert not cut_off(56.9, 57, 1)
    assert not cut_off(4.9, 4, 1)


@given(intervals, intervals)
def test_distance_and_gap_are_symmetric_and_nothing_where_intervals_meet(a: Interval, b: Interval) -> None:
    assert distance(a, b) == distance(b, a)
    assert gap(a, b) == gap(b, a)
    assert (gap(a, b) == 0) or not meet(a, b)


@given(intervals, intervals, st.floats(0, 1e6))
def test_widening_never_parts_what_met(a: Interval, b: Interval, by: float) -> None:
    wider = Interval(a.low - by, a.high + by)
    assert meet(wider, b) or not meet(a, b)
    assert not exceeds(wider, b) or exceeds(a, b)


@given(st.floats(1, 1e9), st.floats(-90, 900))
def test_a_base_grown_by_its_rate_is_the_level(base: float, rate: float) -> None:
    level = Interval(base, base).grown(Interval(rate, rate))
    assert level.over_rate(Interval(rate, rate)) == pytest.approx((base, base), rel=1e-6)
