"""Intervals, calibration and comparisons of the board."""

from __future__ import annotations

import pytest

from service.board import PRF, Outcome, Scores
from service.statistics import calibration, compare, intervals, sign_test


def scores(*states: str, confidence: float | None = None) -> Scores:
    """Scores of one gold claim an article, each of which came to a state."""
    outcomes = [
        Outcome(
            article=f"a{place}",
            start=0,
            quote="5%",
            state=state,
            wrong=("unit",) if state == "wrong" else (),
            exact=state in ("right", "wrong"),
            confidence=confidence,
        )
        for place, state in enumerate(states)
    ]
    return Scores(outcomes=outcomes)


def test_interval_of_articles_that_are_all_alike_is_a_point() -> None:
    found = intervals(scores(*["right"] * 10), draws=50)
    assert found["claims"] == found["exact"] == found["entirely"] == found["unit"] == (100.0, 100.0)


def test_interval_holds_the_figure_and_is_the_same_in_every_run() -> None:
    mixed = scores(*["right", "wrong", "missed", "spurious"] * 10)
    found = intervals(mixed, draws=200)
    assert found == intervals(mixed, draws=200)
    f1 = 100 * 2 * 20 / (2 * 20 + 10 + 10)
    assert found["claims"][0] < f1 < found["claims"][1]
    assert found["entirely"][0] < 50 < found["entirely"][1]


def test_conflicts_have_an_interval_too() -> None:
    flagged = scores("right", "right")
    flagged.add_conflict("a0", PRF(hits=1))
    flagged.add_conflict("a1", PRF(missed=1))
    assert flagged.conflicts == PRF(hits=1, missed=1)
    assert intervals(flagged, draws=100)["conflicts"] == (0.0, 100.0)


def test_nothing_has_no_interval() -> None:
    assert intervals(Scores()) == {}
    assert calibration(Scores()) == (0.0, [])


@pytest.mark.parametrize(
    ("confidence", "states", "error"),
    [
        (1.0, ["right"] * 4, 0.0),
        (1.0, ["right", "wrong", "spurious", "spurious"], 0.75),
        (0.25, ["right", "wrong", "wrong", "spurious"], 0.0),
        (0.0, ["right"], 1.0),
    ],
)
def test_calibration_error(confidence: float, states: list[str], error: float) -> None:
    found, table = calibration(scores(*states, confidence=confidence))
    assert found == pytest.approx(error)
    assert [row.claims for row in table] == [len(states)]
    assert table[0].low <= confidence <= table[0].high


def test_comparison_names_what_was_won_and_lost() -> None:
    before = scores("right", "wrong", "missed", "right", "spurious")
    after = scores("wrong", "right", "right", "right", "right")
    comparison = compare(before, after)
    assert [outcome.article for outcome in comparison.won] == ["a1", "a2"]
    assert [outcome.article for outcome in comparison.lost] == ["a0"]
    assert comparison.chance == 1.0


@pytest.mark.parametrize(("won", "lost", "chance"), [(0, 0, 1.0), (1, 1, 1.0), (5, 0, 2 / 32), (9, 1, 22 / 1024)])
def test_sign_test(won: int, lost: int, chance: float) -> None:
    assert sign_test(won, lost) == sign_test(lost, won) == pytest.approx(chance)


def test_sign_test_of_many_claims() -> None:
    assert 0 <= sign_test(3000, 2000) < 1e-6
