"""What must hold for any claims: no order, no scale, no copy and no wider bound changes a verdict for the worse."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from figures import figure
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import InputError
from extractor.model import Claim, Reading
from reconcile import Finding, reconcile, update
from reconcile.claims.lattice import shipped_lattice
from reconcile.claims.normalise import views
from reconcile.comparison.blocking import candidate_pairs, groups
from reconcile.comparison.pairs import judge

relaxed = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

WHEN = ["2022", "2023", "2023H1", "2023H2", "2023-01..2023-11", "2023-12"]


@st.composite
def some_claim(draw: Any) -> Claim:
    kind = draw(st.sampled_from(["level", "level", "level", "growth", "share", "difference", "rank"]))
    amounts = {
        "level": ["4.91 million", "5.26 million", "840,000", "about 1 million", "up to 400,000", "more than 3 million"]
    }
    amounts |= {"growth": ["58%", "-2.6%", "156%"], "share": ["46%", "50%"]}
    amounts |= {"difference": ["0.9 million", "-0.5 million"], "rank": ["1", "2"]}
    when = draw(st.sampled_from(WHEN))
    years_back = when.replace("2023", "2021").replace("2022", "2020")
    return figure(
        draw(st.sampled_from(amounts[kind])),
        draw(st.sampled_from(["exports", "sales", "shipments", "market_share"])),
        kind=kind,
        of=draw(st.sampled_from(["car", "vehicle", "passenger_car", None])),
        area=draw(st.sampled_from(["CN", "JP", None])),
        to=draw(st.sampled_from([None, None, "RU", "CN"])),
        when=draw(st.sampled_from([when, when, None])),
        base=draw(st.sampled_from([None, years_back])) if kind in ("growth", "difference") else None,
        by=draw(st.sampled_from(["caam", "miit", None])),
        status=draw(st.sampled_from(["actual", "actual", "forecast", "preliminary", "target"])),
        article=draw(st.sampled_from(["one", "two", "three"])),
        day=draw(st.sampled_from(["2024-01-10", "2024-01-30", None])),
    )


claims_lists = st.lists(some_claim(), min_size=2, max_size=7)


def verdicts(findings: list[Finding], claims: list[Claim]) -> Counter[tuple[Any, ...]]:
    """Relations and the figures that they are said of, whichever claim of a figure stands for it."""
    of = {claim.id: (claim.quote, claim.value) for claim in claims}
    return Counter((f.relation, f.explained_by, tuple(sorted(of[each] for each in f.claims))) for f in findings)


@relaxed
@given(claims_lists, st.randoms(use_true_random=False))
def test_order_does_not_matter(claims: list[Claim], shuffler: Any) -> None:
    other = list(claims)
    shuffler.shuffle(other)
    assert reconcile(other) == reconcile(claims)


@relaxed
@given(some_claim(), some_claim())
def test_a_verdict_is_symmetric(a: Claim, b: Claim) -> None:
    lattice = shipped_lattice()
    one, other = views([a, b])
    assert judge(one, other, lattice) == judge(other, one, lattice)


@relaxed
@given(claims_lists)
def test_an_exact_copy_elsewhere_changes_no_verdict(claims: list[Claim]) -> None:
    copy = claims[0].model_copy(update={"id": "copy", "article": "zz-copy"})
    before, after = reconcile(claims), reconcile([*claims, copy])
    kept = verdicts(after, [*claims, copy])
    missing = verdicts(before, claims) - kept
    assert not missing


@relaxed
@given(claims_lists, st.floats(0, 0.5), st.floats(0, 0.5))
def test_a_wider_interval_creates_no_contradiction(claims: list[Claim], down: float, up: float) -> None:
    (first,) = [view for view in views(claims) if view.claim == claims[0]]
    size = abs(first.claim.value)
    low, high = first.figure.low - down * size, first.figure.high + up * size
    wider = claims[0].model_copy(update={"low": max(low, -1e18), "high": min(high, 1e18)})
    before = {f.id for f in reconcile(claims) if f.relation == "contradiction"}
    after = {f.id for f in reconcile([wider, *claims[1:]]) if f.relation == "contradiction"}
    assert after <= before


@relaxed
@given(claims_lists, st.sampled_from([1e-3, 1e3, 1e6, 7.0]))
def test_scale_does_not_matter(claims: list[Claim], factor: float) -> None:
    def scaled(claim: Claim) -> Claim:
        if claim.kind not in ("level", "difference"):
            return claim
        return claim.model_copy(update={"value": claim.value * factor})

    def relations(some: list[Claim]) -> list[tuple[Any, ...]]:
        return sorted((f.id, f.relation, f.explained_by) for f in reconcile(some))

    assert relations([scaled(claim) for claim in claims]) == relations(claims)


@relaxed
@given(claims_lists, st.lists(some_claim(), max_size=3), st.integers(0, 3))
def test_an_update_equals_the_rebuild(claims: list[Claim], new: list[Claim], gone: int) -> None:
    removed = [claim.id for claim in claims[:gone]]
    left = claims[gone:]
    assert update(claims, reconcile(claims), new, removed=removed) == reconcile([*left, *new])


@relaxed
@given(claims_lists)
def test_blocking_loses_no_pair_that_has_something_to_say(claims: list[Claim]) -> None:
    lattice = shipped_lattice()
    seen = views(claims)
    met = {
        frozenset((a.id, b.id)) for group in groups(seen, lattice).values() for a, b in candidate_pairs(group, lattice)
    }
    for place, a in enumerate(seen):
        for b in seen[place + 1 :]:
            if judge(a, b, lattice) is not None:
                assert frozenset((a.id, b.id)) in met


def pairs_made(claims: list[Claim]) -> int:
    """How many pairs blocking makes of some claims."""
    lattice = shipped_lattice()
    return sum(1 for group in groups(views(claims), lattice).values() for _ in candidate_pairs(group, lattice))


def test_each_pair_is_made_once() -> None:
    assert pairs_made([figure(f"{n} million", by=f"s{n}") for n in range(1, 9)]) == 8 * 7 // 2


def test_pairs_grow_with_the_claims_and_not_with_their_square() -> None:
    def pairs(years: int) -> int:
        return pairs_made([figure("5 million", when=str(1900 + n), by=f"s{n}") for n in range(years)])

    assert pairs(80) == pairs(40) == 0


def test_a_figure_that_everybody_copies_does_not_make_everybody_s_pairs() -> None:
    def pairs(papers: int) -> int:
        return pairs_made([figure("4.91 million", article=f"paper-{n:04d}") for n in range(papers)])

    assert pairs(10) == 45
    assert pairs(400) - pairs(200) == 200


def test_the_same_claim_twice_counts_once_and_an_id_is_never_shared() -> None:
    claim = figure("4.91 million")
    assert reconcile([claim, claim]) == []
    with pytest.raises(InputError, match=claim.id):
        reconcile([claim, claim.model_copy(update={"value": 5e6})])


@pytest.mark.parametrize("field", ["value", "low", "high"])
def test_a_figure_that_is_no_number_is_refused_by_name(field: str) -> None:
    claim = figure("4.91 million").model_copy(update={field: float("nan")})
    with pytest.raises(InputError, match=claim.id):
        reconcile([claim])


def test_findings_come_most_severe_first() -> None:
    claims = [figure("4.91 million", by="one"), figure("5.9 million", by="two"), figure("5.0 million", by="three")]
    findings = reconcile(claims)
    assert [f.severity for f in findings] == sorted((f.severity for f in findings), reverse=True)
    assert findings[0].gap == max(f.gap for f in findings)


def test_a_second_reading_keeps_two_figures_from_conflicting() -> None:
    reading = Reading(kind="growth", value=20, low=19.5, high=20.5, unit="percent")
    one = figure("120%", base="2022", by="one", other_readings=(reading,))
    assert [f.relation for f in reconcile([one, figure("20%", base="2022", by="two")])] == ["agreement"]
