"""Many claims: pairs made in bulk say what pairs made one by one say, and copies do not multiply findings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from figures import figure, period
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from seed_gold import seed_claims
from test_reconcile_properties import some_claim

from extractor.model import Claim
from reconcile import Finding, reconcile
from reconcile.claims.lattice import shipped_lattice
from reconcile.claims.normalise import View, views
from reconcile.comparison.blocking import candidate_pairs, groups, in_bulk, one_by_one
from reconcile.comparison.pairs import judge
from reconcile.comparison.tolls import one_event
from reconcile.scale.columns import cell_pairs
from reconcile.scale.crowds import FEW, thinned

relaxed = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))

GOLD = Path(__file__).resolve().parents[2] / "gold"

Told = set[tuple[str, frozenset[str]]]


def told(pairs: Iterable[tuple[View, View]]) -> Told:
    lattice = shipped_lattice()
    return {
        (verdict.relation, frozenset((a.id, b.id))) for a, b in pairs if (verdict := judge(a, b, lattice)) is not None
    }


@st.composite
def crowded_claim(draw: Any) -> Claim:
    """Few places and periods, so that many claims meet, and years that are not the calendar's."""
    claim: Claim = draw(some_claim())
    changed: dict[str, Any] = {}
    if draw(st.booleans()):
        span = draw(st.sampled_from(["2023", "2023-06", "2023-06-15", "2022-07..2023-06", "2022-12..2023-11", "2022"]))
        changed["period"] = period(span).model_copy(update={"text": draw(st.sampled_from([span, "fiscal 2023"]))})
    if claim.area is not None and draw(st.booleans()):
        changed["area"] = claim.area.model_copy(
            update={"id": draw(st.sampled_from(["BYD", "Asia", "world", "EU", "DE"]))}
        )
    return claim.model_copy(update=changed)


@relaxed
@given(st.lists(crowded_claim(), min_size=2, max_size=30))
def test_pairs_in_bulk_say_what_pairs_one_by_one_say(claims: list[Claim]) -> None:
    lattice = shipped_lattice()
    for group in groups(views(claims), lattice).values():
        kept = thinned(group).kept
        assert told(in_bulk(kept, lattice)) == told(one_by_one(kept, lattice))


def test_pairs_in_bulk_say_of_gold_what_pairs_one_by_one_say() -> None:
    lattice = shipped_lattice()
    said: Told = set()
    for group in groups(views(seed_claims(GOLD)), lattice).values():
        kept = thinned(group).kept
        assert told(in_bulk(kept, lattice)) == told(one_by_one(kept, lattice))
        said |= told(in_bulk(kept, lattice))
    assert len({relation for relation, _ in said}) >= 4


@relaxed
@given(st.lists(crowded_claim(), min_size=2, max_size=40))
def test_pairs_in_bulk_come_once(claims: list[Claim]) -> None:
    lattice = shipped_lattice()
    for group in groups(views(claims), lattice).values():
        pairs = [frozenset((a.id, b.id)) for a, b in in_bulk(thinned(group).kept, lattice)]
        assert len(pairs) == len(set(pairs))


def papers(count: int, quote: str = "4.91 million", **slots: Any) -> list[Claim]:
    """So many papers that give a figure in their own voice."""
    return [figure(quote, by=None, article=f"{quote}-{n:05d}", **slots) for n in range(count)]


def findings_of(count: int) -> list[Finding]:
    return reconcile([*papers(count), *papers(count // 2, "5.9 million"), figure("4.91 million"), figure("12 million")])


def test_findings_of_many_papers_grow_with_the_papers() -> None:
    few, many = len(findings_of(200)), len(findings_of(400))
    assert many - few <= 2 * 300
    assert many >= 300


def test_a_crowd_still_meets_those_who_differ_with_it() -> None:
    findings = findings_of(200)
    assert {finding.relation for finding in findings} >= {"agreement", "contradiction"}
    assert max(max(f.voices) for f in findings if f.relation == "contradiction") > 50


def test_each_of_a_crowd_is_told_of_once_at_least() -> None:
    claims = [*papers(100), figure("4.91 million")]
    told_of = {each for finding in reconcile(claims) for each in finding.claims}
    assert told_of == {claim.id for claim in claims}


def test_figures_that_all_differ_do_not_all_meet() -> None:
    lattice = shipped_lattice()
    claims = views(figure(f"{n + 1000:,},000", by=f"source {n}") for n in range(400))
    assert len(list(candidate_pairs(claims, lattice))) < 400 + FEW * FEW


def test_a_running_total_meets_its_neighbours_and_not_every_other_day() -> None:
    lattice = shipped_lattice()
    totals = [f"2023-01..2023-{month:02d}" for month in range(1, 13)]
    totals += [f"{year}-01..2023-12" for year in range(1600, 2023)]
    cells = views(figure("4 million", when=total) for total in totals)
    found = cell_pairs(cells, lattice)
    assert len(cells) * 5 < found.size <= 40 * len(cells)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"area": "CN"}, {"area": "Asia"}),
        ({"area": "BYD"}, {"area": "CN"}),
        ({"to": "RU"}, {"to": None}),
        ({"when": "2023-06"}, {"when": "2023"}),
        ({"of": "passenger_car"}, {"of": "vehicle"}),
        ({"what": "exports"}, {"what": "shipments"}),
    ],
)
def test_a_part_is_joined_with_its_whole_among_many(one: dict[str, Any], other: dict[str, Any]) -> None:
    lattice = shipped_lattice()
    crowd = [figure("4 million", when=str(year)) for year in range(1900, 1900 + FEW)]
    pair = [figure("4 million", **one), figure("5 million", **other)]
    met = {frozenset((a.id, b.id)) for a, b in candidate_pairs(views([*crowd, *pair]), lattice)}
    assert frozenset(claim.id for claim in pair) in met


def test_tolls_of_one_event_do_not_each_meet_all_others() -> None:
    told: dict[str, Any] = {"area": "MM", "of": None, "when": None, "article": "one", "context": "The cyclone passed."}

    def pairs(bodies: int) -> int:
        return sum(
            1 for _ in one_event(views(figure(f"{101 + n}", "deaths", by=f"b{n}", **told) for n in range(bodies)))
        )

    assert pairs(20) == 20 * 19 // 2
    assert pairs(900) - pairs(600) == pairs(600) - pairs(300)


@pytest.mark.parametrize("figures", [3, 10_000])
def test_tolls_that_many_papers_print_and_that_name_no_day_grow_with_the_papers(figures: int) -> None:
    told: dict[str, Any] = {"area": "MM", "of": None, "when": None, "confidence": 0.6}

    def found(papers: int) -> int:
        tolls = (
            figure(f"{101 + n % figures}", "deaths", by=f"body {n % 5}", article=f"toll {n:05d}", **told)
            for n in range(papers)
        )
        return len(reconcile(tolls))

    assert found(300) - found(200) <= 3 * 100
