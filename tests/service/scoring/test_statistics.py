"""Intervals, calibration and comparisons of the board."""

from __future__ import annotations

import pytest

from service.scoring.board import PRF, Outcome, Scores
from service.scoring.statistics import bootstrap, calibration, compare, intervals, sign_test


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


def test_draws_without_anything_to_count_say_nothing() -> None:
    found = bootstrap({"rare": {"a": (1.0, 1.0)}, "never": {"a": (0.0, 0.0)}}, "abcdefgh", draws=50)
    assert found == {"rare": (100.0, 100.0)}


def test_a_figure_spreads_as_its_articles_do() -> None:
    alike = {str(place): (1.0, 2.0) for place in range(10)}
    apart = {str(place): (2.0 * (place % 2), 2.0) for place in range(10)}
    found = bootstrap({"alike": alike, "apart": apart}, alike, draws=200)
    assert found["alike"] == (50.0, 50.0)
    assert found["apart"][0] < 40 < 60 < found["apart"][1]


def test_relations_and_dates_have_intervals() -> None:
    counted = scores(*["right"] * 4)
    for place in range(4):
        counted.add_relation(f"a{place}", "revision", PRF(hits=1, missed=place % 2))
        counted.dated.append((f"a{place}", place > 0))
    found = intervals(counted, draws=200)
    assert found["revision"] == found["relations"]
    assert found["relations_precision"] == (100.0, 100.0)
    assert found["relations_recall"][0] < 100 * 4 / 6 < found["relations_recall"][1]
    assert found["published"][0] < 75 < found["published"][1]


def test_comparison_goes_through_every_slot() -> None:
    before = scores("right", "wrong", "missed", "right")
    after = scores("wrong", "right", "right", "missed")
    figures = compare(before, after).figures
    assert figures["claims"][:4] == (3, 3, 1, 1)
    assert figures["unit"][:4] == (2, 2, 2, 2)
    assert figures["source"][:4] == (3, 3, 1, 1)
    assert figures["entirely"][:4] == (2, 2, 2, 2)
