"""Every slot of a claim can say which words and which rule filled it."""

from __future__ import annotations

from extractor import Article
from extractor.confidence import confidence
from extractor.explain import Reason, explain, explanation

ARTICLE = Article(
    id="a", text="Spain exported 2.1 million cars in 2023, customs said. It imported 900,000.", published="2024-05-15"
)


def _reasons(number: int) -> dict[str, Reason]:
    return {reason.slot: reason for reason in explain(ARTICLE)[number][1]}


def test_words_stand_where_the_reason_says() -> None:
    for claim, reasons in explain(ARTICLE):
        assert ARTICLE.text[claim.start : claim.end] == claim.quote
        for reason in reasons:
            if reason.start >= 0 and reason.slot in {"indicator", "product", "area"}:
                assert ARTICLE.text.startswith(reason.words, reason.start)


def test_verb_and_owner_are_named() -> None:
    reasons = _reasons(0)
    assert reasons["indicator"].words == "exported"
    assert reasons["indicator"].rule == "verb of the packs"
    assert reasons["area"].rule == "name as owner"
    assert reasons["period"].rule == "period expression"


def test_what_is_taken_over_is_called_so() -> None:
    assert _reasons(1)["product"].rule.endswith("taken over")


def test_lines_for_people_name_each_claim() -> None:
    lines = list(explanation(ARTICLE))
    assert sum(line.startswith("a:") for line in lines) == len(explain(ARTICLE))


def test_values_are_shown_digit_by_digit() -> None:
    assert [_reasons(number)["value"].value for number in (0, 1)] == ["2,100,000", "900,000"]


def test_confidence_is_a_probability_and_ignores_unknown_signs() -> None:
    assert confidence(["no such sign"]) == confidence([])
    assert 0 < confidence(["kind level"]) < 1
