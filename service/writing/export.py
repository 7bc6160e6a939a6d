"""The claims, the claim graph, the conflicts and the reviewed findings of a run, or of a store, in other forms."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from service.writing.outputs import (
    check_run,
    claims_csv,
    read_articles_written,
    read_claims,
    read_findings,
    staged,
    write_file,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from extractor.model import Article, Claim
    from reconcile.model import Finding
CONFLICTS_CSV = "conflicts-csv"
_CLAIM_REVIEW = "claimreview"
PLOTS = ("svg", "png")


class Run:
    """What `batch` wrote into a folder; each file is read when it is wanted. Raises InputError for no folder."""

    def __init__(self, folder: Path) -> None:
        check_run(folder)
        self._folder = folder

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims; raises InputError where there are none."""
        return read_claims(self._folder / "claims.jsonl")

    @cached_property
    def findings(self) -> list[Finding]:
        """The findings, most severe first."""
        return list(read_findings(self._folder / "findings.jsonl"))

    @cached_property
    def articles(self) -> list[Article]:
        """The articles; none where the run was one over claims alone."""
        path = self._folder / "articles.jsonl"
        return read_articles_written(path) if path.exists() else []


class Held(Run):
    """The same of a store, with the decisions on the findings."""

    def __init__(self, url: str) -> None:
        from service.store.commands import held_on_file

        found = held_on_file(url)
        self.claims, self.findings, self.articles = found.claims, found.findings, found.articles


def write_form(run: Run, *, to: Path, form: str) -> list[Path]:
    """Writes a run in another form, and says which files: `FORMS` go into one, `PLOTS` into a folder."""
    if form in PLOTS:
        return _write_plots(run, to, form)
    write_file(to, _FORMS[form](run))
    return [to]


def why_empty(run: Run, form: str) -> str | None:
    """Why the file of a form holds nothing, as a sentence for people; None where it holds something."""
    if form == _CLAIM_REVIEW and all(finding.review is None for finding in run.findings):
        return "empty: nobody has decided on a finding yet, and a ClaimReview is a decision (claimgraph review)"
    return None


def _write_plots(run: Run, to: Path, form: str) -> list[Path]:
    from service.report.plots import plots

    written = []
    with staged(to) as folder:
        for name, content in _pictures(plots(run.articles, run.claims, run.findings), form):
            (folder / name).write_bytes(content)
            written.append(to / name)
    return written


def _pictures(drawn: Iterator[tuple[str, str]], form: str) -> Iterator[tuple[str, bytes]]:
    from service.report.plots import png

    for name, svg in drawn:
        yield f"{name}.{form}", png(svg) if form == "png" else svg.encode("utf-8")


def _csv(run: Run) -> bytes:
    return claims_csv(run.claims, {article.id: article.text for article in run.articles})


def _conflicts_csv(run: Run) -> bytes:
    from service.report.lists import conflicts_csv

    return conflicts_csv(run.articles, run.claims, run.findings)


def _markdown(run: Run) -> bytes:
    from service.report.lists import conflicts_markdown

    return conflicts_markdown(run.articles, run.claims, run.findings).encode("utf-8")


def _node_link(run: Run) -> bytes:
    import networkx as nx

    from reconcile import claim_graph

    graph = claim_graph(run.claims, run.findings)
    return orjson.dumps(nx.node_link_data(graph, edges="edges"), option=orjson.OPT_INDENT_2, default=str)


def _graphml(run: Run) -> bytes:
    import tempfile

    from reconcile import claim_graph
    from service.writing.graphml import write_graph

    graph = claim_graph(run.claims, run.findings)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.graphml"
        write_graph(graph, path)
        return path.read_bytes()


def _prov(run: Run) -> bytes:
    from service.interchange import prov_document

    return prov_document(run.claims, run.findings)


def _sdmx(run: Run) -> bytes:
    from service.interchange import sdmx_csv

    return sdmx_csv(run.claims)


def _claim_reviews(run: Run) -> bytes:
    from service.interchange import claim_reviews

    return claim_reviews(run.claims, run.findings, {article.id: article for article in run.articles})


_FORMS: dict[str, Callable[[Run], bytes]] = {
    "csv": _csv,
    CONFLICTS_CSV: _conflicts_csv,
    "md": _markdown,
    "node-link": _node_link,
    "graphml": _graphml,
    "prov": _prov,
    "sdmx-csv": _sdmx,
    _CLAIM_REVIEW: _claim_reviews,
}
FORMS = tuple(_FORMS)
