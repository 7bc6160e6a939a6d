"""What a desk editor should see first."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.model import RELATIONS
from reconcile.wording.severity import severity

PLAIN: dict[str, Any] = {"relation": "contradiction", "gap": 0.1, "voices": (1, 1), "confidence": 1.0}


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({}, {"relation": "apparent_conflict"}),
        ({"relation": "arithmetic_conflict"}, {"relation": "revision"}),
        ({"relation": "revision"}, {"relation": "nested"}),
        ({"gap": 0.3}, {"gap": 0.03}),
        ({"gap": 0.03}, {"gap": 0.0}),
        ({"named": True}, {}),
        ({"voices": (3, 2)}, {"voices": (3, 1)}),
        ({"voices": (3, 1)}, {}),
        ({}, {"confidence": 0.5}),
        # of two scopes, figures far apart are hardly taken for each other
        ({"relation": "apparent_conflict", "gap": 0.4}, {"relation": "apparent_conflict", "gap": 1.5}),
    ],
)
def test_what_comes_first(first: dict[str, Any], then: dict[str, Any]) -> None:
    assert severity(**PLAIN | first) > severity(**PLAIN | then)


@given(
    st.sampled_from(RELATIONS),
    st.floats(0, 1e9),
    st.lists(st.integers(1, 10**6), min_size=1, max_size=4),
    st.floats(0, 1),
    st.booleans(),
)
def test_it_is_a_share(relation: Any, gap: float, voices: list[int], confidence: float, named: bool) -> None:
    assert 0 <= severity(relation, gap=gap, voices=voices, confidence=confidence, named=named) <= 1
