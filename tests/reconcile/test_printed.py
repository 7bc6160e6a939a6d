"""An article that gives both of two figures settles how another article's figure stands to them."""

from __future__ import annotations

from typing import Any

import pytest
from figures import figure

from extractor.model import Claim
from reconcile import reconcile


def told(*claims: Claim) -> list[tuple[str, str]]:
    """The articles of each two figures of different articles that are set against each other."""
    article = {claim.id: claim.article for claim in claims}
    flags = [[article[name] for name in each.claims] for each in reconcile(claims) if each.is_flag]
    return [(first, second) for first, second in map(sorted, flags) if first != second]


Told = tuple[str, dict[str, Any]]
WHOLE: Told = ("4.9 million", {})
HALF: Told = ("3.1 million", {})


def page(article: str, *figures: Told) -> list[Claim]:
    return [
        figure(quote, **{"article": article, "at": 300 + 400 * place, **slots})
        for place, (quote, slots) in enumerate(figures)
    ]


def test_two_figures_that_one_voice_gives_are_two_things_in_another_paper_too() -> None:
    assert told(*page("one", WHOLE, HALF), *page("two", WHOLE)) == []
    assert told(*page("one", HALF), *page("two", WHOLE)) == [("one", "two")]


@pytest.mark.parametrize(
    "beside",
    [{"by": "jama"}, {"status": "preliminary"}, {"when": "2023H1"}],
    ids=["another voice", "a first count", "of another time"],
)
def test_what_says_no_such_thing_settles_nothing(beside: dict[str, Any]) -> None:
    claims = [*page("one", ("4.9 million", beside), HALF), *page("two", ("4.9 million", {"by": "jama"}))]
    assert ("one", "two") in told(*claims)


def test_an_outcome_is_set_against_what_was_expected_where_both_are_told() -> None:
    expected: Told = ("4.6 million", {"status": "forecast", "by": "jama"})
    both = page("one", expected, WHOLE)
    assert any(each.is_flag for each in reconcile(both))
    assert told(*both, *page("two", WHOLE)) == []
    assert told(*page("one", expected), *page("two", WHOLE)) == [("one", "two")]
    assert ("one", "two") in told(*both, *page("two", ("5.4 million", {})))
