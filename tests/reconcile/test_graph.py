"""The claim graph, whole after a trip through GraphML and node-link JSON."""

from __future__ import annotations

import io
import json
from collections import Counter

import networkx as nx
import pytest
from figures import figure

from extractor.model import Claim, Source
from reconcile import claim_graph, reconcile


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    relayed = Source(id="miit", text="the ministry", via=({"id": "xinhua"},))
    return [
        figure("4.91 million", source=relayed, article="one", at=10),
        figure("5.26 million", of="vehicle", by="cpca", status="forecast", article="two"),
        figure("58%", base="2022", source=relayed, article="one", at=60),
        figure("3.11 million", when="2022", source=relayed, article="one", at=110),
        figure("60", "brands", of=None, area=None, when=None, by=None, article="one", at=160),
    ]


def test_nodes_are_claims_figures_sources_articles_and_products(claims: list[Claim]) -> None:
    kinds = Counter(kind for _, kind in claim_graph(claims).nodes(data="kind"))
    assert kinds == {"claim": 5, "figure": 5, "source": 3, "article": 2, "product": 3, "finding": 1}


def test_cars_and_all_vehicles_are_two_things_with_a_stated_relation(claims: list[Claim]) -> None:
    graph = claim_graph(claims)
    assert graph.has_edge("product:car", "product:vehicle", key="may_mean")
    assert graph.has_edge("product:car", "product:passenger_car", key="may_mean")
    cars, vehicles = (
        next(v for _, v, key in graph.out_edges(c.id, keys=True) if key == "measures") for c in claims[:2]
    )
    assert cars != vehicles


def test_a_finding_of_two_is_an_edge_and_of_three_a_node(claims: list[Claim]) -> None:
    graph = claim_graph(claims)
    assert [slots for _, _, slots in graph.edges(claims[0].id, data=True) if slots["kind"] == "apparent_conflict"]
    (finding,) = [node for node, slots in graph.nodes(data=True) if slots["kind"] == "finding"]
    assert {claim for _, claim in graph.out_edges(finding)} == {claim.id for claim in (claims[0], *claims[2:4])}


def test_graphml_holds_the_graph_whole(claims: list[Claim]) -> None:
    graph = claim_graph(claims, reconcile(claims))
    written = io.BytesIO()
    nx.write_graphml(graph, written)
    written.seek(0)
    back = nx.read_graphml(written, force_multigraph=True)
    assert {node: dict(back.nodes[node]) for node in back} == {node: dict(graph.nodes[node]) for node in graph}
    assert back.number_of_edges() == graph.number_of_edges()


def test_node_link_json_holds_the_graph_whole(claims: list[Claim]) -> None:
    graph = claim_graph(claims)
    back = nx.node_link_graph(json.loads(json.dumps(nx.node_link_data(graph, edges="edges"))), edges="edges")
    assert nx.utils.graphs_equal(back, graph)


def test_the_graph_does_not_depend_on_the_order_of_claims(claims: list[Claim]) -> None:
    one, other = claim_graph(claims), claim_graph(claims[::-1])
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
