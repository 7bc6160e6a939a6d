"""Copies and lean ways: what is worked out once, or made without checks, is what each would be."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import networkx as nx
import numpy as np
import orjson
from figures import figure
from hypothesis import given
from hypothesis import strategies as st
from test_reconcile_properties import claims_lists, relaxed, some_claim

from extractor.model import Claim
from reconcile import Finding, reconcile
from reconcile.claims.intervals import Interval
from reconcile.claims.lattice import shipped_lattice
from reconcile.claims.normalise import views
from reconcile.comparison.blocking import families, family_of, group_of
from reconcile.comparison.pairs import judge
from reconcile.equations.linear import _LOOSER, _scale, _solve, _told_by_intervals, between, grows
from reconcile.equations.rational import LEEWAY, holds
from reconcile.scale.copies import Copies
from reconcile.scale.crowds import by_scope
from reconcile.scale.reach import _connected


def printed(claim: Claim, number: int, days: int, *, unsigned: bool) -> Claim:
    """A claim as another paper prints it, some days later, perhaps without its source."""
    day = None if claim.published is None else claim.published + dt.timedelta(days)
    told = {"id": f"{claim.id}-{number}", "article": f"paper {number}", "published": day}
    return claim.model_copy(update=told | ({"source": None} if unsigned else {}))


@relaxed
@given(
    st.lists(some_claim(), min_size=1, max_size=3), st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=8)
)
def test_copies_are_judged_as_each_would_be(claims: list[Claim], papers: list[tuple[int, bool]]) -> None:
    for number, (days, unsigned) in enumerate(papers):
        claims.append(printed(claims[number % len(claims)], number, days, unsigned=unsigned))
    group, lattice = views(claims), shipped_lattice()
    copies = Copies(by_scope(group).values(), lattice)
    for a, b in combinations(group, 2):
        assert copies.judge(a, b) == judge(a, b, lattice)
        assert copies.judge(b, a) == judge(b, a, lattice)


@relaxed
@given(claims_lists)
def test_a_finding_made_without_checks_is_the_finding_that_is_checked(claims: list[Claim]) -> None:
    for finding in reconcile(claims):
        assert Finding.model_validate(finding.model_dump()) == finding
        assert list(finding.__dict__) == list(Finding.model_fields)
        assert finding.to_line() == orjson.dumps(finding.to_json(), option=orjson.OPT_APPEND_NEWLINE)


def test_a_family_is_a_part_of_one_group() -> None:
    claims = [figure("5 million", "exports", of=of) for of in ("car", "truck", "smartphone", "barrel", None)]
    lattice = shipped_lattice()
    found = families(views(claims), lattice)
    assert sum(len(family) for family in found.values()) == len(claims)
    assert len(found) > len({group_of(view.indicator, view.product, lattice) for view in views(claims)})
    assert all(family_of(view.indicator, view.product, lattice) == key for key, some in found.items() for view in some)


@given(st.integers(1, 30), st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=60))
def test_linked_nodes_share_a_number(size: int, links: list[tuple[int, int]]) -> None:
    links = [(a % size, b % size) for a, b in links]
    graph = nx.Graph(links)
    graph.add_nodes_from(range(size))
    first, second = (np.array([link[side] for link in links], dtype=np.int64) for side in (0, 1))
    found = _connected(first, second, size).tolist()
    assert found == [min(nx.node_connected_component(graph, node)) for node in range(size)]


@relaxed
@given(
    st.lists(st.tuples(st.floats(1, 1e6), st.floats(0, 0.2)), min_size=1, max_size=5),
    st.lists(st.floats(-90, 300), min_size=0, max_size=4),
)
def test_what_intervals_tell_the_solver_and_exact_arithmetic_bear_out(
    levels: list[tuple[float, float]], rates: list[float]
) -> None:
    rows = []
    for year, (level, width) in enumerate(levels):
        rows += between(f"level {year}", year, Interval(level * (1 - width), level * (1 + width)))
    for year, rate in enumerate(rates[: len(levels) - 1]):
        rows += grows(f"rate {year}", year + 1, year, Interval(rate - 1, rate + 1))
    told = _told_by_intervals(rows, len(levels), leeway=_LOOSER * _scale(rows))
    if told is not None:
        assert (_solve(rows, len(levels), None) is not None) is told
    exactly = _told_by_intervals(rows, len(levels), leeway=2 * LEEWAY * max(abs(row.bound) for row in rows))
    if exactly is not None:
        assert holds(rows) is exactly


def test_figures_that_fit_are_seen_to_fit_without_a_solver() -> None:
    rows = [*between("one", 0, Interval(99, 101)), *between("two", 1, Interval(104, 106))]
    assert _told_by_intervals([*rows, *grows("rate", 1, 0, Interval(4, 6))], 2, leeway=1e-7) is True
    assert _told_by_intervals([*rows, *grows("rate", 1, 0, Interval(50, 60))], 2, leeway=1e-7) is False
