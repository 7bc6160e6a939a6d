"""The claim graph around one contested figure: who gave which claims, what these count, what they say of one another.

A neighbourhood of `reconcile.claim_graph`, laid out in columns (sources, claims, what they count) so that it can be
read; claims of other figures that a finding ties to these stand by, paler. Geometry only; `web.svg.jinja` draws it, and
the page's script lights up the neighbours of whatever the reader points at or reaches by keyboard.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from extractor.wording import number_of
from reconcile.graph import claim_graph
from reconcile.model import RELATIONS, Finding
from service.report.claims import ClaimView
from service.report.forest import clipped
from service.report.words import words

if TYPE_CHECKING:
    from reconcile.graph import Graph

WIDTH = 880
_MOST_CLAIMS = 26
_MOST_AROUND = 8
_ROW = 25
_TOP = 34
_SOURCE_LETTERS, _CLAIM_LETTERS, _FIGURE_LETTERS = 27, 17, 50
_SOURCE_RIGHT, _CLAIM_LEFT, _CLAIM_RIGHT, _FIGURE_LEFT = 192, 246, 370, 512
_SHORTEST_BOW, _BOW_A_ROW, _LONGEST_BOW = 16, 9, 104
_HUB = 74
"""How far right of the claims a finding of three claims or more stands."""


class Node(NamedTuple):
    """A source, a claim, a figure, or a finding of three claims or more."""

    id: str
    kind: str
    x: float
    y: float
    label: str
    title: str
    claim: ClaimView | None
    near: tuple[str, ...]
    """Ids of the nodes that it is tied to."""
    around: bool
    """Not of the contested figure itself."""


class Edge(NamedTuple):
    """A tie between two nodes."""

    kind: str
    """`given_by`, `measures`, or the relation of a finding."""
    path: str
    ends: tuple[str, str]
    title: str


class Web(NamedTuple):
    """Everything that the drawing needs."""

    width: int
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    relations: tuple[tuple[str, str], ...]
    """Relations that the picture holds, with their names, for the legend."""
    hidden: int
    """Claims left out."""
    columns: tuple[tuple[float, str, str], ...]
    """Heads of the columns: x, anchor, words."""
    description: str


def web(core: Sequence[ClaimView], findings: Sequence[Finding], views: Mapping[str, ClaimView]) -> Web | None:
    """The neighbourhood of some claims; `findings` are those that name any of them. None for fewer than two claims."""
    shown, around = _members(core, findings, views)
    if len(shown) < 2:
        return None
    held = {view.claim.id for view in (*shown, *around)}
    ties = [finding for finding in findings if held.issuperset(finding.claims)]
    graph = claim_graph([view.claim for view in (*shown, *around)], ties)
    order = _claim_order(graph, shown, around)
    places = _places(graph, order, ties)
    names = {name: f"n{index}" for index, name in enumerate(places)}
    edges = _edges(graph, places, names)
    pale = {view.claim.id for view in around}
    return Web(
        width=WIDTH,
        height=max(y for _, y in places.values()) + _ROW,
        nodes=tuple(_node(graph, name, places, names, edges, views, pale) for name in places),
        edges=tuple(edges),
        relations=tuple(
            (relation, words().relation_label(relation))
            for relation in RELATIONS
            if any(finding.relation == relation for finding in ties)
        ),
        hidden=len(core) - len(shown),
        columns=(
            (float(_SOURCE_RIGHT), "end", "who gave it"),
            ((_CLAIM_LEFT + _CLAIM_RIGHT) / 2, "middle", "claim"),
            (float(_FIGURE_LEFT), "start", "what it counts"),
        ),
        description=_description(graph, shown, around, ties),
    )


def _members(
    core: Sequence[ClaimView], findings: Iterable[Finding], views: Mapping[str, ClaimView]
) -> tuple[list[ClaimView], list[ClaimView]]:
    """The claims of the figure, as many as fit, and some of others that the most severe findings tie to them."""
    shown = list(core[:_MOST_CLAIMS])
    inside = {view.claim.id for view in core}
    near: dict[str, None] = {}
    for finding in sorted(findings, key=lambda one: (-one.severity, one.id)):
        outside = [claim for claim in finding.claims if claim not in inside]
        if outside and all(claim in views for claim in outside):
            near.update(dict.fromkeys(outside))
    room = min(_MOST_AROUND, _MOST_CLAIMS - len(shown))
    return shown, [views[claim] for claim in list(near)[:room]]


def _claim_order(graph: Graph, shown: Sequence[ClaimView], around: Sequence[ClaimView]) -> list[str]:
    """Claims of one figure together, the largest first; those that only stand by at the end."""
    figures = {view.claim.id: _out(graph, view.claim.id, "measures")[0] for view in (*shown, *around)}
    first: dict[str, int] = {}
    for view in (*shown, *around):
        first.setdefault(figures[view.claim.id], len(first))
    by_figure = sorted(shown, key=lambda view: (first[figures[view.claim.id]], -view.claim.value, view.claim.id))
    return [view.claim.id for view in (*by_figure, *around)]


def _out(graph: Graph, node: str, kind: str) -> list[str]:
    return [target for _, target, data in graph.out_edges(node, data=True) if data["kind"] == kind]


def _places(graph: Graph, claims: Sequence[str], ties: Sequence[Finding]) -> dict[str, tuple[float, float]]:
    """Where each node stands: claims in rows, the others as near to the middle of their claims as there is room."""
    rows = {claim: float(_TOP + _ROW * index) for index, claim in enumerate(claims)}
    places = {claim: ((_CLAIM_LEFT + _CLAIM_RIGHT) / 2, y) for claim, y in rows.items()}
    for kind, x in (("given_by", _SOURCE_RIGHT), ("measures", _FIGURE_LEFT)):
        held: dict[str, list[float]] = {}
        for claim, y in rows.items():
            for target in _out(graph, claim, kind):
                held.setdefault(target, []).append(y)
        places.update({name: (float(x), y) for name, y in _spread(held).items()})
    hubs = {one.id: [rows[claim] for claim in one.claims] for one in ties if one.id in graph}
    places.update({name: (float(_CLAIM_RIGHT + _HUB), y) for name, y in _spread(hubs).items()})
    return places


def _spread(held: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Heights at the mean of what each node is tied to, pushed down where two would meet, then back up as far."""
    wanted = sorted((sum(ys) / len(ys), name) for name, ys in held.items())
    found: list[float] = []
    for y, _ in wanted:
        found.append(max(y, found[-1] + _ROW) if found else max(y, _TOP))
    for index in range(len(found) - 2, -1, -1):  # a crowd grows upwards as well, as far as the top allows
        slack = min(found[index] - _TOP - index * _ROW, (found[index + 1] - wanted[index + 1][0]) / 2)
        if slack > 0 and found[index + 1] - found[index] <= _ROW:
            found[index] -= slack
    return {name: round(y, 1) for (_, name), y in zip(wanted, found, strict=True)}


def _edges(graph: Graph, places: Mapping[str, tuple[float, float]], names: Mapping[str, str]) -> list[Edge]:
    edges: list[Edge] = []
    for start, end, data in graph.edges(data=True):
        if start not in places or end not in places:
            continue
        kind, a, b = data["kind"], places[start], places[end]
        ends = (names[start], names[end])
        if kind == "given_by":
            edges.append(Edge(kind, _curve(_CLAIM_LEFT, a[1], _SOURCE_RIGHT + 6, b[1]), ends, ""))
        elif kind == "measures":
            edges.append(Edge(kind, _curve(_CLAIM_RIGHT, a[1], _FIGURE_LEFT - 6, b[1]), ends, ""))
        elif kind == "joins":
            relation = str(graph.nodes[start]["relation"])
            edges.append(Edge(relation, _curve(b[0] + (_CLAIM_RIGHT - _CLAIM_LEFT) / 2, b[1], a[0], a[1]), ends, ""))
        elif kind in RELATIONS:
            edges.append(Edge(str(kind), _bow(a[1], b[1]), ends, words().relation_label(str(kind))))
    quiet = ("given_by", "measures")
    return sorted(edges, key=lambda edge: (edge.kind not in quiet, edge.kind, edge.path))


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    middle = round((x1 + x2) / 2, 1)
    return f"M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}"


def _bow(y1: float, y2: float) -> str:
    """A bow at the right of the claims, the wider the farther they stand apart."""
    reach = _CLAIM_RIGHT + min(_LONGEST_BOW, _SHORTEST_BOW + _BOW_A_ROW * abs(y1 - y2) / _ROW)
    return f"M{_CLAIM_RIGHT} {y1:g}C{reach:g} {y1:g} {reach:g} {y2:g} {_CLAIM_RIGHT} {y2:g}"


def _node(
    graph: Graph,
    name: str,
    places: Mapping[str, tuple[float, float]],
    names: Mapping[str, str],
    edges: Sequence[Edge],
    views: Mapping[str, ClaimView],
    pale: set[str],
) -> Node:
    kind, said = graph.nodes[name]["kind"], str(graph.nodes[name]["label"])
    mine = names[name]
    near = [end for edge in edges if mine in edge.ends for end in edge.ends if end != mine]
    view = views[name] if kind == "claim" else None
    label, title = said, said
    if view is not None:
        label, title = clipped(view.figure, _CLAIM_LETTERS), f"{view.figure}: {view.scope}; {view.where}"
    elif kind == "source":
        label = clipped(said.removeprefix("the "), _SOURCE_LETTERS)
    elif kind == "figure":
        label = clipped(said[:1].upper() + said[1:], _FIGURE_LETTERS)
    elif kind == "finding":
        label, title = "", f"{words().relation_label(said)}: {graph.nodes[name]['explanation']}"
    return Node(mine, kind, *places[name], label, title, view, tuple(dict.fromkeys(near)), name in pale)


def _description(graph: Graph, shown: Sequence[ClaimView], around: Sequence[ClaimView], ties: Sequence[Finding]) -> str:
    kinds = [str(graph.nodes[node]["kind"]) for node in graph]
    return (
        f"{number_of(len(shown), 'claim')} on this figure"
        + (f" and {number_of(len(around), 'claim')} around it" if around else "")
        + f", by {number_of(kinds.count('source'), 'named source')}, on {number_of(kinds.count('figure'), 'scope')}, "
        f"tied by {number_of(len(ties), 'finding')}. The tables and lists of this page say the same in words."
    )
