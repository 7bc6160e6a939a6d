"""The claim graph: claims, the figures that they speak of, who gave them, where they stand, what they say of others.

| node (`kind`) | id | edges out of it (`kind`) |
| --- | --- | --- |
| `claim` | the claim's id | `measures` a figure, `given_by` a source, `printed_in` an article, and one edge a finding |
| `figure` | `f…`, one a scope | `counts` a product, `part_of` another figure |
| `source` | `source:ID` | |
| `article` | `article:ID` | |
| `product` | `product:ID` | `part_of`, `may_mean` another product |
| `finding` | `r…`, for three claims or more | `joins` its claims |

Every attribute is a string, a number or a bool, so that GraphML and node-link JSON hold the graph whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from extractor.model import Claim
from reconcile.claims.lattice import Lattice, shipped_lattice
from reconcile.claims.normalise import View, views
from reconcile.model import Finding
from reconcile.reconciler import reconcile
from reconcile.wording import explain

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]


def claim_graph(claims: Iterable[Claim], findings: Iterable[Finding] | None = None) -> Graph:
    """The graph of some claims and their findings; without findings these are made first."""
    import networkx as nx

    seen = views(claims)
    made = reconcile(view.claim for view in seen) if findings is None else list(findings)
    lattice = shipped_lattice()
    graph: Graph = nx.MultiDiGraph()
    for view in seen:
        _add_claim(graph, view, lattice)
    _add_products(graph, lattice)
    for finding in sorted(made, key=lambda each: each.id):
        _add_finding(graph, finding)
    return graph


def _add_claim(graph: Graph, view: View, lattice: Lattice) -> None:
    claim, known = view.claim, lattice.known
    graph.add_node(
        claim.id,
        kind="claim",
        label=claim.quote,
        claim_kind=view.kind,
        value=float(claim.value),
        low=_text(claim.low),
        high=_text(claim.high),
        unit=claim.unit,
        status=claim.status,
        start=claim.start,
        end=claim.end,
        published=_text(claim.published),
        confidence=float(claim.confidence),
    )
    graph.add_node(view.cell, kind="figure", label=explain.subject(view, known), unit=view.unit)
    graph.add_edge(claim.id, view.cell, key="measures", kind="measures")
    article = f"article:{claim.article}"
    graph.add_node(article, kind="article", label=claim.article)
    graph.add_edge(claim.id, article, key="printed_in", kind="printed_in")
    if claim.source is not None:
        _add_sources(graph, view, lattice)
    if view.product is not None:
        _add_product(graph, view.product, lattice)
        graph.add_edge(view.cell, f"product:{view.product}", key="counts", kind="counts")


def _add_sources(graph: Graph, view: View, lattice: Lattice) -> None:
    assert view.claim.source is not None
    source = f"source:{view.source}"
    graph.add_node(source, kind="source", label=explain.who(view, lattice.known), source_kind=view.claim.source.kind)
    graph.add_edge(view.claim.id, source, key="given_by", kind="given_by", cue=view.claim.source.cue)
    for step, relay in enumerate(view.claim.source.via):
        node = f"source:{relay.id}"
        if node not in graph:
            graph.add_node(node, kind="source", label=relay.text or relay.id, source_kind="other")
        graph.add_edge(view.claim.id, node, key=f"relayed_by {step}", kind="relayed_by")


def _add_product(graph: Graph, product: str, lattice: Lattice) -> None:
    node = lattice.known.products.get(product)
    graph.add_node(f"product:{product}", kind="product", label=node.names[0] if node else product)


def _add_products(graph: Graph, lattice: Lattice) -> None:
    """How the products that were met stand to each other: what is a part of what, and what a loose word may mean."""
    met = sorted(node.removeprefix("product:") for node, kind in graph.nodes(data="kind") if str(kind) == "product")
    for product in met:
        for reading in lattice.known.readings(product):
            if reading != product:
                _add_product(graph, reading, lattice)
                graph.add_edge(f"product:{product}", f"product:{reading}", key="may_mean", kind="may_mean")
        for whole in sorted(lattice.product_ancestors(product)):
            if f"product:{whole}" in graph:
                graph.add_edge(f"product:{product}", f"product:{whole}", key="part_of", kind="part_of")


def _add_finding(graph: Graph, finding: Finding) -> None:
    about: dict[str, Any] = {
        "relation": finding.relation,
        "explained_by": " ".join(finding.explained_by),
        "reasons": " ".join(reason.code for reason in finding.reasons),
        "gap": float(finding.gap),
        "severity": float(finding.severity),
        "explanation": finding.explanation,
    }
    members = [claim for claim in finding.claims if claim in graph]
    if len(members) < len(finding.claims):
        return
    if len(members) == 2:
        graph.add_edge(members[0], members[1], key=finding.id, kind=str(finding.relation), **about)
        return
    graph.add_node(finding.id, kind="finding", label=finding.relation, **about)
    for place, claim in enumerate(members):
        graph.add_edge(finding.id, claim, key=f"joins {place}", kind="joins")


def _text(value: object) -> str:
    return "" if value is None else str(value)
