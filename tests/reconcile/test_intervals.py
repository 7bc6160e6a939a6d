"""What printed digits and the words around them allow."""

from __future__ import annotations

import math

import pytest
from figures import figure
from hypothesis import given
from hypothesis import strategies as st

from reconcile.claims.intervals import Interval, bounds, cut_off, distance, exceeds, gap, meet, only_touch, touch

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
        ("500 million", 487_500_000, 512_500_000),
        ("520 million", 519_500_000, 520_500_000),
        ("500", 499.5, 500.5),
    ],
)
def test_bounds_of_a_claim_that_gives_none(quote: str, low: float, high: float) -> None:
    assert bounds(figure(quote)) == pytest.approx((low, high))


def test_a_figure_of_two_units_is_as_fine_as_the_smaller_one() -> None:
    swum = figure("17 hours 42 minutes").model_copy(update={"value": 17.7})
    assert bounds(swum) == pytest.approx((17.7 - 0.00354, 17.7 + 0.00354))


def test_one_number_is_of_one_unit_whatever_its_value() -> None:
    assert bounds(figure("17 hours").model_copy(update={"value": 17.7})) == pytest.approx((17.179, 18.221), abs=0.001)


def test_bounds_that_a_claim_gives_are_kept() -> None:
    assert bounds(figure("4.91 million", low=4e6, high=5e6)) == (4e6, 5e6)
    assert bounds(figure("4.91 million", low=4e6)) == (4e6, math.inf)


def test_neighbouring_digits_touch_and_do_not_meet() -> None:
    one, next_one = bounds(figure("25.8 million")), bounds(figure("25.9 million"))
    assert touch(one, next_one)
    assert not meet(one, next_one)
    assert meet(Interval(5, 5), Interval(5, 5))


@pytest.mark.parametrize(
    ("words", "value", "modifier", "kind", "low", "high"),
    [
        ("eleven", 11, "exact", "level", 10.5, 11.5),
        ("one hundred and fourteen", 114, "exact", "level", 113.5, 114.5),
        ("three dozen", 36, "exact", "level", 34.2, 37.8),
        ("almost double", 2, "nearly", "multiple", 1.7, 2),
        ("nearly half", 0.5, "nearly", "multiple", 0.425, 0.575),
        ("about a third", 33.3, "about", "share", 28.305, 38.295),
    ],
)
def test_bounds_of_a_number_in_words(
    words: str, value: float, modifier: str, kind: str, low: float, high: float
) -> None:
    said = figure("1").model_copy(update={"quote": words, "value": value, "modifier": modifier, "kind": kind})
    assert bounds(said) == pytest.approx((low, high))


def test_bounds_that_share_an_end_only_touch() -> None:
    assert only_touch(bounds(figure("more than 1 million")), bounds(figure("up to 1 million")))
    assert not only_touch(bounds(figure("up to 2 million")), bounds(figure("more than 1 million")))
    assert not only_touch(bounds(figure("1.5 million")), bounds(figure("1.7 million")))


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
