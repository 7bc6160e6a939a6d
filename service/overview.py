"""The two outputs that show a run as a whole, claim graph and report; of a very large run, its most severe findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from extractor.model import Article, Claim
from service.outputs import in_order, read_claims, read_findings, write_graph
from service.readers import Skip
from service.reconciling import Told, claims_at

if TYPE_CHECKING:
    from reconcile.model import Finding

MOST_CLAIMS = 20_000
"""A run with more claims is shown by its most severe findings: no browser opens all of it."""
MOST_FINDINGS = 5_000

Articles = Callable[[Collection[str] | None], Sequence[Article]]
"""Gives the articles of some ids, or all."""


class Shown(NamedTuple):
    """What graph and report show."""

    claims: list[Claim]
    findings: list[Finding]
    remark: Skip | None = None
    """What they leave out."""


def shown(claims: Path, findings: Path, told: Told) -> Shown:
    """All claims and findings of a run; of a very large run the most severe findings, with the claims they name."""
    if told.rows.size <= MOST_CLAIMS:
        return Shown(in_order(read_claims(claims)), list(read_findings(findings)))
    from reconcile.table import number_of

    first = list(islice(read_findings(findings), MOST_FINDINGS))
    named = np.array(sorted({number_of(claim) for finding in first for claim in finding.claims}), dtype=np.int64)
    rows = told.rows[np.isin(told.rows["number"], named)]
    return Shown(in_order(claims_at(claims, rows)), first, _remark(len(first), told))


def write_graph_of(folder: Path, part: Shown) -> None:
    """Writes `graph.graphml`."""
    from reconcile import claim_graph

    write_graph(claim_graph(part.claims, part.findings), folder / "graph.graphml")


def write_report_of(folder: Path, part: Shown, articles: Articles, skipped: Sequence[Skip]) -> None:
    """Writes `report.html`."""
    from service.report import render

    wanted = None if part.remark is None else {claim.article for claim in part.claims}
    left_out = [(notice.place, notice.reason) for notice in (*skipped, part.remark) if notice is not None]
    html = render(articles(wanted), part.claims, part.findings, skipped=left_out)
    (folder / "report.html").write_text(html, encoding="utf-8", newline="\n")


def _remark(findings: int, told: Told) -> Skip:
    reason = (
        f"show the {findings:,} most severe of {told.places.size:,} findings, and of {told.rows.size:,} claims "
        "those that these name; all are in findings.jsonl and claims.jsonl"
    )
    return Skip("report.html and graph.graphml", None, reason, lost=False)
