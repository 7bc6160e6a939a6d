"""Pairs and triples of figures, and what must be said of them: see cases.txt."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from figures import read_claim

from extractor.model import Claim
from reconcile import reconcile
from reconcile.model import RELATIONS, SLOTS

ROWS = [
    line
    for line in (Path(__file__).parent / "cases.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


class Case(NamedTuple):
    relation: str
    slots: set[str]
    reasons: set[str]
    claims: list[Claim]


def read(row: str) -> Case:
    expected, _, specs = row.partition(" <- ")
    said, _, reasons = expected.partition(" + ")
    relation, *slots = said.split()
    assert relation in (*RELATIONS, "silence"), row
    assert set(slots) <= set(SLOTS), row
    return Case(
        relation, set(slots), set(reasons.split()), [read_claim(spec, n) for n, spec in enumerate(specs.split(" ; "))]
    )


@pytest.mark.parametrize("row", ROWS)
def test_what_is_said_of_all_figures_of_a_line(row: str) -> None:
    case = read(row)
    findings = reconcile(case.claims)
    if case.relation == "silence":
        assert [finding.explanation for finding in findings if finding.is_flag] == []
        return
    everybody = {each.id for each in case.claims}
    said = [finding for finding in findings if set(finding.claims) == everybody]
    assert [finding.relation for finding in said] == [case.relation], [finding.explanation for finding in findings]
    assert case.slots <= set(said[0].explained_by)
    assert case.reasons <= {reason.code for reason in said[0].reasons}
    assert not said[0].explanation[0].islower()
    assert said[0].explanation.endswith(".")


def test_there_are_enough_cases_of_every_relation() -> None:
    relations = [read(row).relation for row in ROWS]
    assert len(ROWS) >= 100
    assert set(relations) == {*RELATIONS, "silence"}
