"""Other ways to find conflicts, on claims whose conflicts are known."""

from __future__ import annotations

import pytest

from extractor.model import Claim
from service.bench.generate import stories
from service.scoring.gold import Gold, GoldArticle, GoldPair
from service.scoring.peers import METHODS, Flags, compare_with_peers


def made(**rates: float) -> tuple[list[Claim], Flags]:
    found = list(stories(60, seed=11, rates=rates))
    claims = [claim for story in found for claim in story.claims]
    return claims, {frozenset(each.claims) for story in found for each in story.expected}


@pytest.mark.parametrize("method", ["claimgraph", "5% matcher", "voting", "TruthFinder", "CRH"])
def test_a_plain_contradiction_is_found_by_all_that_look_at_one_scope(method: str) -> None:
    claims, expected = made(contradiction=1)
    assert METHODS[method](claims) == expected


@pytest.mark.parametrize("method", METHODS)
def test_figures_that_agree_are_flagged_by_none(method: str) -> None:
    claims, _ = made(repetition=1)
    one_scope = [claim for claim in claims if claim.article.startswith(claims[0].article[:8])]
    assert METHODS[method](one_scope) == set()


@pytest.mark.parametrize("method", ["5% matcher", "voting", "TruthFinder", "CRH"])
def test_only_a_reconciler_sees_sums(method: str) -> None:
    claims, expected = made(arithmetic_conflict=1)
    assert METHODS[method](claims) == set()
    assert METHODS["claimgraph"](claims) == expected


def test_the_most_trusted_source_wins_where_votes_are_even() -> None:
    claims, _ = made(contradiction=1)
    for method in ("TruthFinder", "CRH"):
        assert METHODS[method](claims) == METHODS[method](claims[::-1])


def test_rows_for_the_board() -> None:
    rows = compare_with_peers(small_gold())
    assert [row.method for row in rows] == list(METHODS)
    assert (rows[0].flags, rows[0].precision, rows[0].recall) == (1, 100.0, 100.0)


def small_gold() -> Gold:
    def article(name: str, quote: str, value: float, source: str) -> GoldArticle:
        slots = {"indicator": "exports", "product": "car", "area": "CN", "source": source, "kind": "level"}
        period = {"start": "2023-01-01", "end": "2024-01-01"}
        row = {"start": 5, "end": 5 + len(quote), "quote": quote, "value": value, "unit": "count", "period": period}
        return GoldArticle.model_validate({"article": {"id": name, "story": "s"}, "claims": [row | slots]})

    articles = [article("a", "4.91 million", 4.91e6, "one"), article("b", "5.22 million", 5.22e6, "two")]
    pair = GoldPair(claims=[("a", 5), ("b", 5)], relation=["contradiction"])
    return Gold(articles={each.id: each for each in articles}, pairs=[pair])
