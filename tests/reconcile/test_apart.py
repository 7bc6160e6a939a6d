"""Columns that leave pairs out: they say of each pair what is said of it alone."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from figures import figure
from hypothesis import given
from hypothesis import strategies as st

from reconcile.claims.intervals import Interval, meet
from reconcile.claims.lattice import shipped_lattice
from reconcile.claims.normalise import View, views
from reconcile.scale.apart import Countries, Figures

LIKE = views([figure("4 million")])[0]
ends = st.one_of(st.integers(-4, 4).map(float), st.just(float("inf")))


def of(low: float, high: float) -> View:
    return LIKE._replace(figure=Interval(min(low, high), max(low, high)))


@given(st.lists(st.tuples(st.integers(-4, 4).map(float), ends), min_size=1, max_size=6))
def test_figures_meet_as_intervals_do(bounds: list[tuple[float, float]]) -> None:
    some = [of(*each) for each in bounds]
    pairs = list(product(range(len(some)), repeat=2))
    one, other = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    expected = [meet(some[a].figure, some[b].figure) for a, b in pairs]
    assert Figures(some).meet(one, other).tolist() == expected


@pytest.mark.parametrize(
    ("one", "other", "borrowed", "differ"),
    [
        ("CN", "JP", (), True),
        ("CN", "CN", (), False),
        ("CN", "Asia", (), False),
        ("CN", "byd", (), False),
        ("CN", None, (), False),
        ("CN", "JP", ("area",), False),
    ],
)
def test_two_countries_differ_where_both_sentences_name_them(
    one: str, other: str | None, borrowed: tuple[str, ...], differ: bool
) -> None:
    some = views([figure("4 million", area=one), figure("4 million", area=other, borrowed=borrowed)])
    row = np.array([0], dtype=np.int64)
    assert Countries(some, shipped_lattice()).differ(row, row + 1).tolist() == [differ]
