"""The two outputs that show a run as a whole, claim graph and report; of a very large run, its most severe findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson

from extractor.model import Article, Claim
from service.reading.skips import Skip
from service.writing.graphml import write_graph
from service.writing.outputs import in_order, read_claims, read_findings

if TYPE_CHECKING:
    from reconcile.model import Finding

MOST_CLAIMS = 20_000
"""A run with more claims is shown by its most severe findings: no browser opens all of it."""
MOST_FINDINGS = 5_000

Articles = Callable[[Collection[str] | None], Sequence[Article]]
"""Gives the articles of some ids, or all."""
Claims = Callable[[Collection[str] | None], Sequence[Claim]]
"""Gives the claims of some ids, or all."""


class Shown(NamedTuple):
    """What graph and report show."""

    claims: list[Claim]
    findings: list[Finding]
    remark: Skip | None = None
    """What they leave out."""


def shown(findings: Path, claims: Claims, *, count: int) -> Shown:
    """All claims and findings of a run; of a very large run the most severe findings, with the claims they name.

    `count`: how many claims there are.
    """
    if count <= MOST_CLAIMS:
        return Shown(in_order(claims(None)), list(read_findings(findings)))
    first = list(islice(read_findings(findings), MOST_FINDINGS))
    named = {claim for finding in first for claim in finding.claims}
    return Shown(in_order(claims(named)), first, _remark(len(first), count))


def claims_written(path: Path, ids: Collection[str] | None) -> list[Claim]:
    """The claims of some ids, or all, from a file in which each line begins with its id: others are not even parsed."""
    if ids is None:
        return read_claims(path)
    wanted = {orjson.dumps(id_) for id_ in ids}
    with path.open("rb") as stream:
        lines = (line for line in stream if line[6 : line.index(b'",', 7) + 1] in wanted)
        return [Claim.model_validate_json(line) for line in lines]


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


def _remark(findings: int, claims: int) -> Skip:
    reason = (
        f"show the {findings:,} most severe findings, and of {claims:,} claims those that these name; "
        "all are in findings.jsonl and claims.jsonl"
    )
    return Skip("report.html and graph.graphml", None, reason, lost=False)
