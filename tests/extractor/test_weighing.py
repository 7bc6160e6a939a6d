"""Choices by weight: the largest sum wins, the first of equals, in whatever order the signs come."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.mentions import Slot
from extractor.weighing import SlotCandidate, heaviest, weight_of

NOBODY = SlotCandidate(None, frozenset({"nobody"}))
PORT = SlotCandidate(Slot("port", "the port"), frozenset({"near", "named often"}))


@pytest.mark.parametrize(
    ("weights", "chosen"),
    [
        ({"nobody": 1.0, "near": 0.6, "named often": 0.6}, PORT),
        ({"nobody": 1.0, "near": 0.6}, NOBODY),
        ({"nobody": 1.0, "near": 2.0, "named often": -1.5}, NOBODY),
        ({"near": -0.1}, NOBODY),
        # Of equals the first; a sign that the fit never met weighs nothing.
        ({"nobody": 1.0, "near": 1.0}, NOBODY),
        ({}, NOBODY),
    ],
)
def test_the_largest_sum_wins(weights: dict[str, float], chosen: SlotCandidate) -> None:
    assert heaviest([NOBODY, PORT], weights) == chosen


@given(st.dictionaries(st.text(max_size=2), st.floats(-1e6, 1e6), max_size=12))
def test_a_weight_is_the_same_in_whatever_order_the_signs_come(weights: dict[str, float]) -> None:
    assert weight_of(list(weights), weights) == weight_of(reversed(weights), weights) == math.fsum(weights.values())
