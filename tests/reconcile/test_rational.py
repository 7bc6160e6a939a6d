"""Exact arithmetic agrees with the solver, and decides where the solver's tolerance would not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.equations.linear import Row, feasible
from reconcile.equations.rational import holds

SMALL = st.integers(-3, 3).map(float)
ROWS = st.lists(
    st.tuples(st.lists(SMALL, min_size=3, max_size=3), st.integers(-5, 5).map(float)), min_size=1, max_size=7
)


@settings(deadline=None, max_examples=60)
@given(ROWS)
def test_both_ways_to_solve_say_the_same(lines: list[tuple[list[float], float]]) -> None:
    rows = [Row(f"o{n}", tuple(enumerate(terms)), bound) for n, (terms, bound) in enumerate(lines)]
    assert holds(rows) == feasible(rows, 3)


@pytest.mark.parametrize(("least", "possible"), [(100.0, True), (100.000001, True), (100.1, False), (99.0, True)])
def test_figures_that_only_touch_are_no_conflict(least: float, possible: bool) -> None:
    assert holds([Row("a", ((0, 1.0),), 100.0), Row("b", ((0, -1.0),), -least)]) is possible


def test_nothing_said_holds() -> None:
    assert holds([])
