"""The same figure printed again: weighed where two readings of it differ, told of as the same, never as a conflict."""

from __future__ import annotations

from typing import Any

import pytest
from figures import figure

from extractor.model import Claim
from reconcile import FLAGS, reconcile
from reconcile.claims.lattice import shipped_lattice
from reconcile.claims.normalise import view, views
from reconcile.comparison.again import again_verdicts, again_weights, printed_again
from reconcile.linkage.linkage import is_linked

UNSURE: dict[str, Any] = {"confidence": 0.6}
TELLS = "Dairies bottled more milk than ever, the guild of dairies said in its review of the year."


def printed(first: str, second: str, *, context: str = TELLS, **differing: Any) -> list[Claim]:
    """A guild's figure in two papers; the second reading lost what is counted, and differs as asked."""
    one: dict[str, Any] = {
        "of": "milk",
        "area": "NZ",
        "by": "dairy guild",
        "article": "one",
        "context": TELLS,
        **UNSURE,
    }
    other = one | {"of": None, "article": "two", "context": context} | differing
    return [figure(first, "production", **one), figure(second, "production", **other)]


@pytest.mark.parametrize(
    ("first", "second", "differing"),
    [
        ("21.437 million", "21.437 million", {}),
        ("21.437 million", "21.44 million", {}),
        ("21.437 million", "21.437 million", {"by": None}),
        ("21.437 million", "21.437 million", {"when": None}),
    ],
    ids=["the same digits", "rounded", "by nobody", "of no day"],
)
def test_a_figure_that_was_read_in_two_ways_is_the_same_figure(
    first: str, second: str, differing: dict[str, Any]
) -> None:
    (finding,) = reconcile(printed(first, second, **differing))
    assert finding.relation == "repetition"
    assert is_linked(finding)
    assert finding.explanation.startswith("Most likely the same figure: ")
    assert "the same figure for" not in finding.explanation  # said once
    assert finding.severity < 0.1


def test_two_bodies_that_print_one_figure_agree() -> None:
    (finding,) = reconcile(printed("21.437 million", "21.437 million", by="statistics office"))
    assert finding.relation == "agreement"


@pytest.mark.parametrize(
    ("first", "second", "differing"),
    [
        ("7", "7", {}),
        ("21.437 million", "21.447 million", {}),
        ("21.437 million", "21.437 million", {"article": "one"}),
        ("21.437 million", "21.437 million", {"kind": "share"}),
        ("21.437 million", "21.437 million", {"day": "2019-01-20"}),
        ("21.437 million", "21.437 million", {"confidence": 1.0}),
    ],
    ids=["a digit", "other digits", "one article", "another kind", "years apart", "given beyond doubt"],
)
def test_what_may_be_the_same_by_chance_or_needs_no_weighing_is_not_weighed(
    first: str, second: str, differing: dict[str, Any]
) -> None:
    assert not list(printed_again(views(printed(first, second, **differing)), shipped_lattice()))


def test_two_digits_among_other_words_of_another_place_are_chance() -> None:
    claims = printed("21 million", "21 million", area="JP", context="Trams were full on Sunday.", by="tram company")
    assert not list(again_verdicts(views(claims), shipped_lattice(), ()))


def test_nothing_that_is_the_same_figure_is_a_conflict() -> None:
    assert not [each for each in reconcile(printed("21.437 million", "21.44 million")) if each.relation in FLAGS]


def test_more_digits_and_a_common_place_speak_for_one_figure() -> None:
    weights = again_weights().of
    assert weights["digits: 4"] > weights["digits: 2"]
    assert weights["area: same"] > weights["area: other"]
    assert weights["printed: within a week"] > weights["printed: within longer"]


@pytest.mark.parametrize(("quote", "digits"), [("21.437 million", 5), ("21 million", 2), ("300", 1), ("84.5%", 3)])
def test_digits_are_those_that_were_printed(quote: str, digits: int) -> None:
    assert view(figure(quote)).digits == digits
