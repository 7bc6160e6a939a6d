"""Why two figures may differ: every code of the checklist, with the claims that make it fire."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from figures import figure

from extractor.errors import DataPackError
from extractor.model import Concept, Source
from reconcile import reconcile
from reconcile.reasons.reasons import parse_rows, rows

Specs = list[tuple[str, dict[str, Any]]]
ONE, TWO = {"by": "one"}, {"by": "two"}
FIRST_HALF = {"when": "2023H1"}
DOLLARS = {"of": "goods", "area": "CN", "to": "IN"}
IMPORTS = {"of": "goods", "area": "IN", "to": "CN", "what": "imports"}


def text(slot: str, words: str) -> dict[str, Any]:
    """Two figures for one id whose words differ in one slot."""
    names = {"indicator": "exports", "area": "CN"}
    return {slot: Concept(id=names[slot], text=words)}


def pair(first: dict[str, Any], second: dict[str, Any] | None = None) -> Specs:
    return [("4.91 million", ONE | first), ("5.52 million", TWO | (second or {}))]


FIRES: dict[str, Specs] = {
    "our_misreading": [("4.91 million", ONE | {"confidence": 0.28}), ("5.02 million", TWO)],
    "product_scope": pair({}, {"of": "vehicle"}),
    "forecast_actual": pair({"status": "forecast"}),
    "target": pair({"status": "target"}),
    "vintage": [("4.91 million", {"day": "2024-01-10"}), ("5.52 million", {"day": "2024-05-01"})],
    "mirror_flow": [("$117.7 billion", ONE | DOLLARS), ("$99.6 billion", TWO | IMPORTS)],
    "partner_rule": [("$117.7 billion", ONE | DOLLARS), ("$99.6 billion", TWO | IMPORTS)],
    "misdeclaration": [("$117.7 billion", ONE | DOLLARS), ("$99.6 billion", TWO | IMPORTS)],
    "valuation": [("$99.6 billion", ONE | DOLLARS), ("$105.7 billion", TWO | IMPORTS)],
    "reexport_transit": pair({"to": "NL"}, {"to": "NL"}),
    "stage": pair({"what": "wholesale"}, {"what": "retail_sales"}),
    "stock_flow": pair(text("indicator", "cumulative exports")),
    "count_unit": pair({"unit": "dose"}, {"unit": "patient"}),
    "period_length": [("5.2 million", ONE | {"when": "2023-01-01..2023-06-28"}), ("5.5 million", TWO | FIRST_HALF)],
    "fiscal_calendar": pair({"period": {"start": "2023-04-01", "end": "2024-04-01", "text": "fiscal 2023"}}),
    "base_period": [("58%", ONE | {"base": "2022"}), ("12%", TWO)],
    "recording_time": pair(text("indicator", "recorded exports")),
    "territory": pair(text("area", "mainland China")),
    "partial_listing": pair({"product": {"id": "car", "text": "cars", "includes": ["vans"]}}, {"of": "vehicle"}),
    "brand_v_place": pair({"product": {"id": "car", "text": "Chinese brand cars"}}),
    "population_coverage": pair(text("indicator", "exports of large firms, members only")),
    "attribution_rule": pair(text("indicator", "confirmed exports")),
    "trade_system": pair(text("indicator", "general trade exports")),
    "adjusted": pair(text("indicator", "seasonally adjusted exports")),
    "gross_net": pair(text("indicator", "gross exports")),
    "price_basis": pair(text("indicator", "real exports")),
    "technical_unit": pair(text("indicator", "exports, net weight")),
    "currency_rate": [("$117.7 billion", ONE | DOLLARS | text("indicator", "exports converted to dollars")),
                      ("$99.6 billion", TWO | DOLLARS)],
    "sampling": pair(text("indicator", "survey of exports")),
    "imputation": pair(text("indicator", "exports, imputed")),
    "double_count": [("5.2 million", ONE | {"to": "RU"}), ("4.91 million", TWO)],
    "interested_party": [("3.02 million", {"area": "BYD", "by": "BYD"}), ("2.5 million", {"area": "BYD", "by": "two"})],
    "scale_slip": [("4.91 million", ONE), ("491,000", TWO)],
    "to_v_by": [("156%", ONE | {"base": "2022"}), ("56%", TWO | {"base": "2022"})],
    "wrong_base": [("-18.2%", ONE | {"base": "2022"}), ("-15.4%", TWO | {"base": "2022"})],
    "share_v_growth": [("63%", ONE | {"base": "2022"}), ("12%", TWO | {"base": "2022"}), ("63%", {"kind": "share"})],
    "swapped_cells": [("145.9 million", ONE | {"area": "xiaomi"}), ("94.9 million", ONE | {"area": "transsion"}),
                      ("94.9 million", TWO | {"area": "xiaomi"}), ("145.9 million", TWO | {"area": "transsion"})],
    "percent_v_points": [
        ("43.0%", {"kind": "share", "what": "penetration", "article": "p"}),
        ("40.0%", {"kind": "share", "what": "penetration", "when": "2022", "article": "p"}),
        ("3.0%", {"what": "penetration", "base": "2022", "article": "p"}),
    ],
    "sign_flip": [("2.6%", ONE | {"base": "2022"}), ("-2.6%", TWO | {"base": "2022"})],
    "base_revised": [("4.91 million", {"article": "a"}), ("40%", {"article": "a", "base": "2022"}),
                     ("3.11 million", {"article": "a", "when": "2022"})],
    "rounding": [("25.8 million", ONE), ("25.9 million", TWO)],
    "relay_copy": [("4.91 million", ONE), ("4.91 million", TWO)],
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(FIRES))
def test_a_reason_fires_with_evidence(code: str) -> None:
    findings = reconcile([figure(quote, **slots) for quote, slots in FIRES[code]])
    found = [reason for finding in findings for reason in finding.reasons if reason.code == code]
    assert found, [(finding.relation, [reason.code for reason in finding.reasons]) for finding in findings]
    assert all(reason.evidence and 0 < reason.confidence <= 1 for reason in found)


def test_every_reason_has_a_case_here() -> None:
    assert {row.code for row in rows()} == set(FIRES)


def test_the_checklist_is_complete() -> None:
    checklist = Path(__file__).resolve().parents[3] / "shared" / "REASONS.md"
    if not checklist.is_file():
        pytest.skip("../shared/REASONS.md is not there: it holds the checklist that this repository does not ship")
    codes = re.findall(r"^\| ([a-z_]+) \| (?!slot)", checklist.read_text(encoding="utf-8"), re.M)
    ours = {"percent_v_points"}
    """Named in the issue and not yet in the checklist."""
    assert (set(codes) - {"code"}) | ours == {row.code for row in rows()}


def test_a_misreading_is_always_considered_first() -> None:
    assert rows()[0].code == "our_misreading"
    finding = reconcile([figure(quote, **slots) for quote, slots in FIRES["our_misreading"]])[0]
    assert finding.reasons[0].code == "our_misreading"


def test_reasons_are_offered_and_not_asserted() -> None:
    for specs in FIRES.values():
        for finding in reconcile([figure(quote, **slots) for quote, slots in specs]):
            if finding.relation == "apparent_conflict":
                assert "may" in finding.explanation


def test_what_could_not_be_checked_is_said() -> None:
    finding = reconcile([figure("4.91 million", by="one"), figure("5.52 million", by=None, day=None)])[0]
    assert [check.split(":")[0] for check in finding.checks_not_made] == ["source_definition", "vintage"]


@pytest.mark.parametrize(("quote", "told"), [("5 million", True), ("5.52 million", False)])
def test_a_relay_is_told_where_it_gives_the_same_digits(quote: str, told: bool) -> None:
    relayed = Source(id="one", text="one", via=(Concept(id="two"),))
    finding = reconcile([figure("5 million", source=relayed), figure(quote, by="two")])[0]
    assert ("relay_copy" in {reason.code for reason in finding.reasons}) is told


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"code": "new", "slot": "unit", "test": "no_such_test", "sentence": "x", "confidence": 0.5}, "no_such_test"),
        (
            {"code": "new", "slot": "unit", "test": "worded", "sentence": "x", "confidence": 5},
            "less than or equal to 1",
        ),
        ({"code": "new", "slot": "unit", "test": "worded", "sentence": "x", "confidence": 0.5, "extra": 1}, "Extra"),
    ],
)
def test_a_row_that_breaks_the_grammar_is_named(entry: dict[str, object], said: str) -> None:
    with pytest.raises(DataPackError, match="new") as error:
        parse_rows([entry])
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("first", "second", "offered"),
    [
        ("dockers' union", "port institute", True),
        ("port institute", "tide office", False),
        ("dockers' union", "boatmen's union", False),
    ],
)
def test_who_speaks_for_some_may_have_a_stake(first: str, second: str, offered: bool) -> None:
    claims = [figure("4.91 million", by=first), figure("5.52 million", by=second)]
    (finding,) = reconcile(claims)
    assert ("interested_party" in {reason.code for reason in finding.reasons}) == offered


@pytest.mark.parametrize(
    ("context", "offered"), [("The port claims that fewer came.", True), ("Insurance claims fell in the port.", False)]
)
def test_claims_are_made_and_they_are_counted(context: str, offered: bool) -> None:
    claims = [figure("4.91 million", by="port institute", context=context), figure("5.52 million", by="tide office")]
    (finding,) = reconcile(claims)
    assert ("interested_party" in {reason.code for reason in finding.reasons}) == offered


def test_two_bodies_that_count_what_goes_from_one_country_to_the_other_stand_at_its_two_ends() -> None:
    claims = [figure("4.91 million", to="DE", by="coast guard"), figure("5.52 million", to="DE", by="tide office")]
    (finding,) = reconcile(claims)
    assert {"mirror_flow", "partner_rule"} <= {reason.code for reason in finding.reasons}


def test_a_goal_is_no_forecast() -> None:
    claims = [figure("4.91 million", by="one"), figure("5.52 million", by="two", status="target")]
    (finding,) = reconcile(claims)
    assert "forecast_actual" not in {reason.code for reason in finding.reasons}
    assert finding.explanation.count("target") == 2
