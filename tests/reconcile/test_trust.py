"""A voice that gives many figures for what we take for one scope lists parts of it."""

from __future__ import annotations

from typing import Any

import pytest
from figures import figure

from extractor.model import Claim
from reconcile import reconcile


def said(kind: str, quotes: list[str], **by: Any) -> list[Claim]:
    """One article's figures for one scope."""
    return [
        figure(quote, "jobs", of=None, kind=kind, base="2022", at=1000 + 40 * place, **by)
        for place, quote in enumerate(quotes)
    ]


@pytest.mark.parametrize("kind", ["growth", "difference"])
def test_rows_of_a_list_do_not_contradict_another_paper_s_total(kind: str) -> None:
    unit = "%" if kind == "growth" else " thousand"
    rows = said(kind, [f"{size}{unit}" for size in (130, 82, 33, 25)], article="one", by="bls")
    total = said(kind, [f"97{unit}"], article="two", by="adp")
    flagged = [finding.claims for finding in reconcile([*rows, *total]) if finding.is_flag]
    assert flagged == [(rows[0].id, total[0].id)]
