"""The gold claims of the seeds, reconciled: every listed pair, no flag beside them, and what the figures imply."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from seed_gold import seed_claims

from extractor.model import Claim
from reconcile import Finding, reconcile

STORY = Path("seeds") / "gold" / "relations" / "car_exports.json"
RUSSIA, CHINA = "001_640521042949933e", "000_228226f78baa6fe3"
CNN = "003_a74725f312195958"


@pytest.fixture(scope="module")
def shared_folder() -> Path:
    folder = Path(__file__).resolve().parents[3] / "shared"
    if not (folder / STORY).is_file():
        pytest.skip("../shared/seeds is not there: it holds gold that this repository does not ship")
    return folder


@pytest.fixture(scope="module")
def claims(shared_folder: Path) -> dict[tuple[str, int], Claim]:
    return {(claim.article, claim.start): claim for claim in seed_claims(shared_folder / "seeds" / "gold")}


@pytest.fixture(scope="module")
def findings(claims: dict[tuple[str, int], Claim]) -> dict[frozenset[str], list[Finding]]:
    found: dict[frozenset[str], list[Finding]] = {}
    for finding in reconcile(claims.values()):
        found.setdefault(frozenset(finding.claims), []).append(finding)
    return found


def listed(folder: Path) -> list[dict[str, Any]]:
    pairs: list[dict[str, Any]] = json.loads((folder / STORY).read_text(encoding="utf-8"))["pairs"]
    return pairs


def test_every_listed_pair_is_said_what_gold_accepts(shared_folder: Path, claims: Any, findings: Any) -> None:
    for pair in listed(shared_folder):
        said = findings.get(frozenset(claims[tuple(place)].id for place in pair["claims"]), [])
        fitting = [finding for finding in said if finding.relation in pair["relation"]]
        assert fitting or (not said and "none" in pair["relation"]), pair["why"]
        assert all(set(pair["explained_by"]) <= set(finding.explained_by) for finding in fitting), pair["why"]


def test_nothing_else_is_flagged(shared_folder: Path, claims: Any, findings: Any) -> None:
    expected = {frozenset(claims[tuple(place)].id for place in pair["claims"]) for pair in listed(shared_folder)}
    flags = [finding for said in findings.values() for finding in said if finding.is_flag]
    assert [flag.explanation for flag in flags if frozenset(flag.claims) not in expected] == []
    assert len(flags) == 2


def one(claims: Any, findings: Any, *places: tuple[str, int]) -> Finding:
    (finding,) = findings[frozenset(claims[place].id for place in places)]
    assert isinstance(finding, Finding)
    return finding


def test_the_ministry_and_the_association(claims: Any, findings: Any) -> None:
    finding = one(claims, findings, (CHINA, 360), (CNN, 651))
    assert {"product", "status"} <= set(finding.explained_by)
    assert {"product_scope", "forecast_actual"} <= {reason.code for reason in finding.reasons}
    assert "4.91 million" in finding.explanation
    assert "5.26 million" in finding.explanation
    assert "may differ" in finding.explanation


def test_shipments_that_exceed_a_forecast_of_sales(claims: Any, findings: Any) -> None:
    finding = one(claims, findings, (RUSSIA, 1893), (CNN, 1788))
    assert {"indicator", "period", "status"} <= set(finding.explained_by)


def test_growth_of_545_percent_implies_130_000_a_year_earlier(claims: Any, findings: Any) -> None:
    implied = one(claims, findings, (CNN, 1780), (CNN, 1788)).implied[0]
    assert implied.low is not None
    assert implied.high is not None
    assert implied.low < 130_233 < implied.high


def test_eleven_months_and_the_year_leave_150_000_for_december(claims: Any, findings: Any) -> None:
    finding = one(claims, findings, (CHINA, 360), (CNN, 1355))
    assert finding.relation == "nested"
    assert (finding.implied[0].low, finding.implied[0].high) == (140_000, 160_000)
    assert "December 2023 would be about 150,000" in finding.explanation
    assert "monthly average of about 433,000" in finding.explanation
