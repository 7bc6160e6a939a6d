"""Figures near each other in one article that add up, whatever they were read to be of."""

from __future__ import annotations

from typing import Any

import pytest
from figures import figure

from extractor.model import Claim
from reconcile import Finding, reconcile
from service.running.reconciling import reconcile_file
from service.writing.outputs import json_lines


def article(*figures: tuple[str, dict[str, Any]], step: int = 60) -> list[Claim]:
    """Figures of one article in the order in which it prints them."""
    first: dict[str, Any] = {"article": "one", "by": "one"}
    return [figure(quote, at=400 + step * place, **(first | fields)) for place, (quote, fields) in enumerate(figures)]


def added_up(claims: list[Claim]) -> list[Finding]:
    return [finding for finding in reconcile(claims) if finding.relation == "arithmetic_agreement"]


LIST: tuple[tuple[str, dict[str, Any]], ...] = (
    ("12,340", {}),
    ("5,210", {"area": "JP"}),
    ("4,020", {"area": "KR"}),
    ("3,110", {"area": "DE"}),
)
RATE: dict[str, Any] = {"kind": "growth", "base": None, "when": None}


def test_a_list_adds_up_to_its_total_whichever_places_it_names() -> None:
    (finding,) = added_up(article(*LIST))
    assert len(finding.claims) == 4
    assert "add up to" in finding.explanation


def test_the_total_may_come_last() -> None:
    assert len(added_up(article(*LIST[1:], LIST[0]))) == 1


@pytest.mark.parametrize(
    "figures",
    [
        (("12,440", {}), *LIST[1:]),
        (("12 million", {}), ("5 million", {"area": "JP"}), ("7 million", {"area": "KR"})),
        (("97", {}), ("72", {"area": "JP"}), ("25", {"area": "KR"})),
        (("$12,340", {}), *LIST[1:]),
    ],
    ids=["it does not", "round figures", "small numbers", "another unit"],
)
def test_nothing_is_said_where_figures_may_add_up_by_chance_or_do_not(figures: Any) -> None:
    assert not added_up(article(*figures))


def test_small_numbers_count_where_one_is_called_an_addition() -> None:
    more = {"area": "KR", "context": "The ward found a further 25."}
    assert len(added_up(article(("97", {}), ("72", {"area": "JP"}), ("25", more)))) == 1


def test_figures_far_apart_or_in_two_articles_are_not_added() -> None:
    assert not added_up(article(*LIST, step=500))
    other = [claim.model_copy(update={"article": f"a{claim.start}"}) for claim in article(*LIST)]
    assert not added_up(other)


def test_a_share_fits_the_part_and_the_whole_beside_it() -> None:
    share: dict[str, Any] = {"kind": "share", "value": 9.6, "unit": "percent", "of": None, "when": None}
    late: tuple[tuple[str, dict[str, Any]], ...] = (("412", {"area": "JP"}), ("4,310", {}), ("9.6%", share))
    (finding,) = added_up(article(*late))
    assert len(finding.claims) == 3


def test_a_rate_fits_the_levels_beside_it_though_they_name_no_time() -> None:
    pay = (("1,204", {"when": None}), ("1,130.5", {"area": "JP", "when": None}), ("6.5%", RATE))
    assert len(added_up(article(*pay))) == 1


def test_a_file_says_what_its_claims_in_memory_say(tmp_path: Any) -> None:
    claims = article(*LIST)
    (tmp_path / "claims.jsonl").write_bytes(json_lines(claims))
    reconcile_file(tmp_path / "claims.jsonl", tmp_path / "findings.jsonl")
    assert (tmp_path / "findings.jsonl").read_bytes() == json_lines(reconcile(claims))
