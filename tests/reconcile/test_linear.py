"""Linear programs over figures: small enough to be checked by hand."""

from __future__ import annotations

import pytest

from reconcile.claims.intervals import Interval
from reconcile.equations.linear import (
    at_most,
    between,
    cheapest,
    extremes,
    feasible,
    grows,
    minimal_conflict,
    minimal_conflicts,
)

TEN_PERCENT = Interval(10, 10)


def chain(last: float) -> list:  # type: ignore[type-arg]
    """100 that grows by a tenth twice, and what is said of the last year."""
    return [
        *between("first", 0, Interval(100, 100)),
        *grows("rate one", 1, 0, TEN_PERCENT),
        *grows("rate two", 2, 1, TEN_PERCENT),
        *between("last", 2, Interval(last, last)),
        *between("bystander", 3, Interval(0, 7)),
    ]


OWNERS = ["bystander", "first", "last", "rate one", "rate two"]


def test_a_chain_that_fits() -> None:
    assert feasible(chain(121), 4)
    assert minimal_conflict(chain(121), 4, OWNERS) == ()


def test_a_chain_that_does_not_fit_gives_a_set_without_bystanders() -> None:
    assert not feasible(chain(200), 4)
    assert minimal_conflict(chain(200), 4, OWNERS) == ("first", "last", "rate one", "rate two")


@pytest.mark.parametrize("scale", [1e-6, 1, 1e9])
def test_what_follows_for_the_year_between(scale: float) -> None:
    rows = [*between("first", 0, Interval(100 * scale, 100 * scale)), *grows("rate", 1, 0, Interval(5, 15))]
    assert extremes(rows, 2, 1) == pytest.approx((105 * scale, 115 * scale), rel=1e-5)


def test_a_part_does_not_exceed_its_whole() -> None:
    rows = [at_most("", 0, 1), *between("whole", 1, Interval(0, 50)), *between("part", 0, Interval(60, 70))]
    assert minimal_conflict(rows, 2, ["part", "whole"]) == ("part", "whole")


def test_nothing_follows_from_what_cannot_hold() -> None:
    assert extremes(chain(200), 4, 1) is None


def crossed() -> list:  # type: ignore[type-arg]
    """100 that grows by a tenth twice, a wrong figure for the year between and one for the last."""
    return [*chain(200)[:-2], *between("last", 2, Interval(200, 200)), *between("middle", 1, Interval(150, 150))]


EVERYBODY = ["first", "last", "middle", "rate one", "rate two"]


def test_all_minimal_sets_are_found_and_always_in_the_same_order() -> None:
    found = minimal_conflicts(crossed(), 3, EVERYBODY, cap=9)
    assert found == minimal_conflicts(crossed()[::-1], 3, EVERYBODY, cap=9)
    assert sorted(found) == [
        ("first", "last", "rate one", "rate two"),
        ("first", "middle", "rate one"),
        ("last", "middle", "rate two"),
    ]
    for members in found:
        assert all(feasible([row for row in crossed() if row.owner in set(members) - {one}], 3) for one in members)


def test_no_more_sets_than_the_cap() -> None:
    assert len(minimal_conflicts(crossed(), 3, EVERYBODY, cap=2)) == 2


@pytest.mark.parametrize(
    ("weights", "given_up"),
    [
        ({"middle": 0.1, "last": 0.2}, ("last", "middle")),
        ({"rate two": 0.1, "first": 0.2}, ("first", "rate two")),
        ({"rate one": 0.1, "last": 0.1}, ("last", "rate one")),
    ],
)
def test_the_cheapest_to_give_up_leave_the_rest_whole(weights: dict[str, float], given_up: tuple[str, ...]) -> None:
    found = cheapest(crossed(), 3, dict.fromkeys(EVERYBODY, 1.0) | weights)
    assert tuple(sorted(found)) == given_up
    assert feasible([row for row in crossed() if row.owner not in found], 3)


def test_nothing_is_given_up_where_all_holds() -> None:
    assert cheapest(chain(121), 4, dict.fromkeys(OWNERS, 1.0)) == ()


def test_many_conflicts_that_share_nobody_are_broken_one_by_one() -> None:
    rows = []
    for number in range(30):
        rows += [*between(f"a{number}", number, Interval(0, 1)), *between(f"b{number}", number, Interval(2, 3))]
    owners = [f"{side}{number}" for number in range(30) for side in "ab"]
    assert cheapest(rows, 30, dict.fromkeys(owners, 1.0)) == tuple(f"b{number}" for number in range(30))
