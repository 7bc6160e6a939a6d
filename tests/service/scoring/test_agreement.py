"""How far two annotation passes agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import InputError
from service.scoring.agreement import Agreement, agree, disagreements, kappa, main, table, unit_class
from service.scoring.board import PRF
from service.scoring.gold import Gold, load_gold

TEXT = "Exports rose 5% to 2.1 million cars in 2023, and 40 ships waited in 3 ports."
ANSWERS: dict[str, Any] = {
    "kind": "level", "value": 1, "unit": "count", "indicator": ["exports"], "product": ["car"], "area": ["China"],
    "period": {"start": "2023-01-01", "end": "2024-01-01"}, "source": ["CAAM"],
}  # fmt: skip


def row(quote: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {**ANSWERS, "start": start, "end": start + len(quote), "quote": quote, **fields}


def one_pass(*rows: dict[str, Any], article: str = "a") -> Gold:
    return Gold.model_validate({"articles": {article: {"article": {"id": article}, "claims": list(rows)}}, "pairs": []})


def compared(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> Agreement:
    return agree(one_pass(*first), one_pass(*second))


def slot(agreement: Agreement, name: str) -> tuple[float, float, float]:
    """Second by first, first by second, same best answer."""
    found = next(row for row in agreement.slots() if row.slot == name)
    return found.second_by_first, found.first_by_second, found.same


# --- claims


def test_claims_that_one_pass_has_alone() -> None:
    claims = compared([row("5%"), row("40")], [row("5%"), row("3"), row("2.1 million")]).claims
    assert claims == PRF(hits=1, false=2, missed=1)


def test_quotes_that_overlap_are_one_claim_but_not_the_same_quote() -> None:
    agreement = compared([row("2.1 million")], [row("2.1 million cars")])
    assert (agreement.claims, agreement.exact.percent) == (PRF(hits=1), 0.0)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [("claims", PRF(hits=1)), ("required", PRF(hits=1, false=1)), ("all_claims", PRF(hits=2, missed=1))],
)
def test_three_ways_to_count_optional_claims(figures: str, expected: PRF) -> None:
    first = [row("5%"), row("40", optional=True), row("3", optional=True)]
    assert getattr(compared(first, [row("5%"), row("40")]), figures) == expected


def test_a_slot_of_an_optional_claim_does_not_count() -> None:
    agreement = compared([row("5%"), row("40", optional=True)], [row("5%"), row("40", area=["Japan"])])
    assert slot(agreement, "area") == (100.0, 100.0, 100.0)


def test_only_articles_of_both_passes_are_compared() -> None:
    first, second = one_pass(row("5%")), one_pass(row("5%"), row("40"))
    wider = Gold(articles={**first.articles, **one_pass(row("3"), article="b").articles}, pairs=[])
    assert agree(wider, second).claims == PRF(hits=1, false=1)


def test_passes_without_a_common_article() -> None:
    with pytest.raises(InputError, match="no article in common"):
        agree(one_pass(row("5%")), one_pass(row("5%"), article="b"))


# --- slots


@pytest.mark.parametrize(
    ("name", "first", "second", "expected"),
    [
        ("area", ["China"], ["Chinese"], (100.0, 100.0, 100.0)),
        ("area", ["China"], ["Japan"], (0.0, 0.0, 0.0)),
        ("area", ["China", "BYD"], ["BYD"], (100.0, 0.0, 0.0)),
        ("area", ["China", "BYD"], ["BYD", "China"], (100.0, 100.0, 0.0)),
        ("area", [], ["China", None], (0.0, 100.0, 0.0)),
        ("value", 5, [5.0, 6.0], (100.0, 100.0, 100.0)),
        ("period", [{"start": "2023-01-01", "end": "2024-01-01"}, None], None, (100.0, 0.0, 0.0)),
        ("modifier", "about", "nearly", (0.0, 0.0, 0.0)),
        ("status", ["estimate", "actual"], "actual", (100.0, 0.0, 0.0)),
    ],
)
def test_best_answers_are_judged_both_ways(
    name: str, first: Any, second: Any, expected: tuple[float, float, float]
) -> None:
    assert slot(compared([row("5%", **{name: first})], [row("5%", **{name: second})]), name) == expected


def test_chance_is_what_other_claims_of_the_article_would_score() -> None:
    rows = [row("5%", area=["China"]), row("40", area=["Japan"]), row("3", area=["Japan", "China"])]
    by_chance = next(found.by_chance for found in compared(rows, rows).slots() if found.slot == "area")
    assert by_chance == pytest.approx(100 * 3 / 6)


def test_claims_that_agree_in_every_slot() -> None:
    first = [row("5%"), row("40", area=["China", "Japan"])]
    agreement = compared(first, [row("5%"), row("40", area=["Japan"])])
    assert (agreement.entirely, agreement.undisputed.percent) == (75.0, 50.0)


# --- agreement beyond chance


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("a", "a")] * 3, 1.0),
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")], 0.0),
        # Cohen's table with 20 and 15 on the diagonal, 5 and 10 beside it: 0.7 seen, 0.5 by chance
        ([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, 0.4),
    ],
)
def test_kappa(pairs: list[tuple[str, str]], expected: float) -> None:
    assert kappa(pairs) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("count", "count"), ("percent", "percent"), ("percentage_point", "percentage_point"), ("times", "times"),
        ("USD", "money"), ("USD per barrel", "money"), ("tonne", "measure"), ("tonne per day", "measure"),
    ],
)  # fmt: skip
def test_units_are_sorted_into_classes(unit: str, expected: str) -> None:
    assert unit_class(unit) == expected


def test_only_closed_slots_have_a_kappa() -> None:
    agreement = compared([row("5%")], [row("5%")])
    assert {found.slot for found in agreement.slots() if found.kappa is not None} == {
        "kind", "status", "modifier", "unit",
    }  # fmt: skip


# --- what people read


def test_every_disagreement_is_listed_with_both_answers() -> None:
    first = [row("5%", area=["China"]), row("40", optional=True)]
    second = [row("5%", area=["Japan", None]), row("ships")]
    assert list(disagreements(compared(first, second))) == [
        f"a:{TEXT.index('40')} '40' only in the first pass (optional)",
        f"a:{TEXT.index('ships')} 'ships' only in the second pass",
        "a:13 '5%' area: first China, second Japan or null",
    ]


def test_the_table_has_a_line_for_every_slot() -> None:
    lines = table(compared([row("5%")], [row("5%", status="forecast")]))
    assert "| status | 0.0 | 0.0 | 0.0 | 0.0 | 0.0 | 0.00 |" in lines


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no such folder"):
        main([str(tmp_path / "nowhere"), str(tmp_path)])


# --- the project's own two passes


def test_the_passes_fit_the_articles_they_annotate(root: Path) -> None:
    """Their offsets are those of the gold's own articles, whose text the gold's tests check."""
    digests = {name: entry.article.text_sha256 for name, entry in load_gold(root / "gold").articles.items()}
    for name in ("first", "second"):
        for article, entry in load_gold(root / "gold" / name).articles.items():
            assert entry.article.text_sha256 == digests[article], (name, article)


def test_both_passes_annotated_the_same_articles_of_both_splits(root: Path) -> None:
    first, second = load_gold(root / "gold" / "first"), load_gold(root / "gold" / "second")
    assert first.articles.keys() == second.articles.keys()
    assert {entry.article.split for entry in first.articles.values()} == {"dev", "test"}


def test_the_guide_publishes_the_agreement_as_reckoned(root: Path) -> None:
    guide = (root / "gold" / "README.md").read_text(encoding="utf-8")
    lines = table(agree(load_gold(root / "gold" / "first"), load_gold(root / "gold" / "second")))
    assert "\n".join(lines) in guide


def test_gold_has_no_claim_of_the_passes_twice(root: Path) -> None:
    """The folders of the passes stand inside the gold's own, and are not read with it."""
    files = [json.loads(path.read_text("utf-8"))["article"]["id"] for path in (root / "gold").glob("*.json")]
    assert len(load_gold(root / "gold").articles) == len(files)
