"""The claims, the claim graph and the reviewed findings of a run in other forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from extractor.errors import InputError
from service.outputs import claims_csv, read_articles_written, read_claims, read_findings

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.model import Claim


def export_run(run: Path, *, to: Path, form: str) -> None:
    """Writes a folder that `batch` wrote in another form: `FORMS` lists them."""
    claims = read_claims(run / "claims.jsonl")
    content = _FORMS[form](run, claims)
    temporary = to.with_name(f".{to.name}.part")
    try:
        temporary.write_bytes(content)
        temporary.replace(to)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path=to) from error


def _csv(run: Path, claims: list[Claim]) -> bytes:
    articles = run / "articles.jsonl"
    texts = {article.id: article.text for article in read_articles_written(articles)} if articles.exists() else {}
    return claims_csv(claims, texts)


def _node_link(run: Path, claims: list[Claim]) -> bytes:
    import networkx as nx

    from reconcile import claim_graph

    graph = claim_graph(claims, read_findings(run / "findings.jsonl"))
    return orjson.dumps(nx.node_link_data(graph, edges="edges"), option=orjson.OPT_INDENT_2, default=str)


def _graphml(run: Path, claims: list[Claim]) -> bytes:
    import tempfile

    from reconcile import claim_graph
    from service.outputs import write_graph

    graph = claim_graph(claims, read_findings(run / "findings.jsonl"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.graphml"
        write_graph(graph, path)
        return path.read_bytes()


def _prov(run: Path, claims: list[Claim]) -> bytes:
    from service.interchange import prov_document

    return prov_document(claims, read_findings(run / "findings.jsonl"))


def _sdmx(run: Path, claims: list[Claim]) -> bytes:
    from service.interchange import sdmx_csv

    return sdmx_csv(claims)


def _claim_reviews(run: Path, claims: list[Claim]) -> bytes:
    from service.interchange import claim_reviews

    articles = run / "articles.jsonl"
    written = {article.id: article for article in read_articles_written(articles)} if articles.exists() else {}
    return claim_reviews(claims, read_findings(run / "findings.jsonl"), written)


_FORMS: dict[str, Callable[[Path, list[Claim]], bytes]] = {
    "csv": _csv,
    "node-link": _node_link,
    "graphml": _graphml,
    "prov": _prov,
    "sdmx-csv": _sdmx,
    "claimreview": _claim_reviews,
}
FORMS = tuple(_FORMS)
