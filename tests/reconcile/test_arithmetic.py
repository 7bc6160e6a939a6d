"""Figures that add up or do not, and what follows from them."""

from __future__ import annotations

from typing import Any

import pytest
from figures import figure

from extractor.model import Claim, Reading
from reconcile import Finding, reconcile

ONE = {"article": "one"}


def story(*specs: tuple[str, dict[str, Any]]) -> list[Claim]:
    """Claims of one article and one voice, in the order of the text."""
    return [
        figure(quote, **{"article": "one", "at": 100 * place, **slots}) for place, (quote, slots) in enumerate(specs)
    ]


def sums(claims: list[Claim]) -> list[Finding]:
    return [finding for finding in reconcile(claims) if finding.relation.startswith("arithmetic")]


CASES: list[tuple[str, list[tuple[str, dict[str, Any]]], str, int]] = [
    ("a rate and its level", [("840,000", {}), ("545%", {"base": "2022"})], "agreement", 2),
    ("a rate and two levels", [("4.91 million", {}), ("57.9%", {"base": "2022"}), ("3.11 million", {"when": "2022"})],
     "agreement", 3),
    ("a rate that does not fit", [("4.91 million", {}), ("12%", {"base": "2022"}), ("3.11 million", {"when": "2022"})],
     "conflict", 3),
    ("growth of exports in dollars", [("$47.5 billion", {}), ("3.9%", {"base": "2022"}), ("$45.7 billion",
     {"when": "2022"})],
     "agreement", 3),
    ("a doubling", [("250,000", {}), ("2 times", {"kind": "multiple", "base": "2022"}), ("125,000", {"when": "2022"})],
     "agreement", 3),
    ("a gap between two countries", [("5.26 million", {"of": "vehicle"}), ("4.3 million", {"area": "JP"}),
     ("nearly 1 million", {"kind": "difference", "area": "JP", "to": "CN"})], "agreement", 3),
    ("a gap that is none", [("5.26 million", {}), ("4.3 million", {"area": "JP"}),
     ("0.5 million", {"kind": "difference", "to": "JP"})], "conflict", 3),
    ("a writer's own sum over two bodies", [("4.91 million", {"by": "caam"}), ("4.42 million", {"area": "JP",
     "by": "jama"}),
     ("490,000", {"kind": "difference", "to": "JP", "by": None})], "agreement", 3),
    ("a change over a year", [("5 million", {"what": "inventory"}), ("4 million", {"what": "inventory",
     "when": "2022"}),
     ("1 million", {"what": "inventory", "kind": "difference", "base": "2022"})], "agreement", 3),
    ("a share of a whole", [("1.2 million", {"of": "new_energy_vehicle"}), ("4.8 million", {"of": "vehicle"}),
     ("25%", {"of": "new_energy_vehicle", "kind": "share"})], "agreement", 3),
    ("parts of a year", [("4.41 million", {"when": "2023-01..2023-11"}), ("0.5 million", {"when": "2023-12"}),
     ("4.91 million", {})], "agreement", 3),
    ("parts that do not make the year", [("952.14 million", {"when": "2023-01..2023-11"}), ("67.44 million",
     {"when": "2023-12"}),
     ("1,019.08 million", {})], "conflict", 3),
    ("halves and quarters", [("2 million", {"when": "2023H1"}), ("1.1 million", {"when": "2023Q3"}),
     ("1.5 million", {"when": "2023Q4"}), ("4.6 million", {})], "agreement", 4),
]  # fmt: skip


@pytest.mark.parametrize(("name", "specs", "relation", "size"), CASES, ids=[row[0] for row in CASES])
def test_what_figures_of_one_voice_add_up_to(name: str, specs: Any, relation: str, size: int) -> None:
    claims = story(*specs)
    findings = sums(claims)
    assert [(finding.relation, len(finding.claims)) for finding in findings] == [(f"arithmetic_{relation}", size)]
    assert set(findings[0].claims) <= {claim.id for claim in claims}
    assert findings[0].implied
    assert findings[0].explanation.endswith(".")


@pytest.mark.parametrize(("rate", "fits"), [("57%", True), ("58%", True), ("56%", False), ("59%", False)])
def test_a_rate_may_have_its_last_digits_cut_off(rate: str, fits: bool) -> None:
    claims = story(("4.91 million", {}), (rate, {"base": "2022"}), ("3.11 million", {"when": "2022"}))
    assert ("arithmetic_conflict" not in {finding.relation for finding in sums(claims)}) is fits


def test_growth_to_a_level_implies_the_base() -> None:
    finding = sums(story(("840,000", {}), ("545%", {"base": "2022"})))[0]
    assert finding.implied[0].low == pytest.approx(130_054, abs=1)
    assert finding.implied[0].high == pytest.approx(130_411, abs=1)
    assert "about 130,000 for 2022" in finding.explanation


def test_an_undated_figure_close_by_may_be_the_base_but_never_conflicts() -> None:
    about = {"of": "vehicle", "when": None, "by": None}
    rates = [("103%", {"base": "2020", "when": "2021", "by": None}), ("2.2 million", {"when": "2021", "by": None})]
    fitting = sums(story(("about 1 million", about), *rates))
    assert [(f.relation, len(f.claims)) for f in fitting] == [("arithmetic_agreement", 3)]
    other = sums(story(("about 3 million", about), *rates))
    assert [(f.relation, len(f.claims)) for f in other] == [("arithmetic_agreement", 2)]


def test_two_bodies_figures_need_not_add_up() -> None:
    claims = [figure("4.91 million"), figure("57.9%", base="2022"), figure("3.5 million", when="2022", by="two")]
    assert [finding.relation for finding in sums(claims)] == ["arithmetic_agreement"]
    assert len(sums(claims)[0].claims) == 2


def test_the_other_reading_of_up_so_many_times_may_fit() -> None:
    other = Reading(kind="growth", value=20, low=15, high=25, unit="percent")
    claims = story(("600,000", {}), ("500,000", {"when": "2022"}))
    claims.append(figure("120%", base="2022", article="one", at=500, other_readings=(other,)))
    assert all(finding.relation == "arithmetic_agreement" for finding in sums(claims))


def test_a_chain_of_rates_that_cannot_hold_is_one_minimal_set() -> None:
    claims = [
        figure("1.00 million", when="2020"),
        figure("10%", when="2021", base="2020"),
        figure("10%", when="2022", base="2021"),
        figure("2.00 million", when="2022"),
        figure("5 million", when="2019", of="bus"),
    ]
    findings = [finding for finding in sums(claims) if finding.relation == "arithmetic_conflict"]
    assert [set(finding.claims) for finding in findings] == [{claim.id for claim in claims[:4]}]
    implied = findings[0].implied[0]
    assert implied.low == pytest.approx(1_210_000, rel=0.02)
    assert implied.high == pytest.approx(1_210_000, rel=0.02)


@pytest.mark.parametrize(
    ("code", "rate"),
    [("to_v_by", "156%"), ("sign_flip", "-56%"), ("wrong_base", "36%")],
)
def test_typical_slips_are_named(code: str, rate: str) -> None:
    claims = story(("4.68 million", {}), (rate, {"base": "2022"}), ("3.00 million", {"when": "2022"}))
    finding = sums(claims)[0]
    assert finding.relation == "arithmetic_conflict"
    assert code in {reason.code for reason in finding.reasons}


def test_a_flagged_pair_is_not_flagged_again_by_its_sums() -> None:
    claims = story(("5.00 million", {"when": "2023H1"}), ("1.00 million", {"when": "2023H2"}), ("4.00 million", {}))
    flags = [finding for finding in reconcile(claims) if finding.is_flag]
    assert [finding.relation for finding in flags] == ["contradiction"]
