"""A held store: after any change, what it says to replace makes the findings those of a rebuild."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
from figures import figure
from hypothesis import given
from hypothesis import strategies as st
from seed_gold import seed_claims
from test_scale import crowded_claim, relaxed

from extractor.errors import InputError
from extractor.model import Claim
from reconcile import Finding, reconcile
from reconcile.claims.lattice import shipped_lattice
from reconcile.claims.normalise import view
from reconcile.claims.words import shipped_words
from reconcile.scale.held import Held
from reconcile.scale.numbers import number_of
from reconcile.scale.reach import blocks, reach, speaking
from reconcile.scale.table import Lines, Rows

GOLD = Path(__file__).resolve().parents[2] / "gold"


def table(claims: list[Claim]) -> tuple[Rows, dict[int, str]]:
    lines = Lines(shipped_words(), shipped_lattice())
    return lines.rows([orjson.dumps(claim.to_json()) for claim in claims], range(len(claims))), lines.areas


def held(claims: list[Claim]) -> Held:
    rows, areas = table(claims)
    return Held(rows, areas, lambda some: [view(claims[at]) for at in some["offset"].tolist()])


def replaced(findings: list[Finding], store: Held, new: list[Claim], removed: list[str]) -> list[Finding]:
    change = store.update(new, removed=removed)
    kept = [f for f in findings if not {number_of(each) for each in f.claims} & change.claims]
    return sorted([*kept, *change.found], key=lambda finding: (-finding.severity, finding.id))


@relaxed
@given(st.lists(crowded_claim(), min_size=1, max_size=25), st.lists(crowded_claim(), max_size=4), st.integers(0, 3))
def test_what_a_store_changes_makes_the_findings_of_a_rebuild(claims: list[Claim], new: list[Claim], gone: int) -> None:
    removed = [claim.id for claim in claims[:gone]]
    store, before = held(claims), reconcile(claims)
    first = replaced(before, store, new, removed)
    assert first == reconcile([*claims[gone:], *new])
    assert replaced(first, store, [], [claim.id for claim in new]) == reconcile(claims[gone:])


@pytest.mark.parametrize("article", ["car-caam", "hea-update", "oil-opec"])
def test_an_article_of_gold_comes_into_the_others(article: str) -> None:
    claims = seed_claims(GOLD)
    others = [claim for claim in claims if claim.article != article]
    new = [claim for claim in claims if claim.article == article]
    assert replaced(reconcile(others), held(others), new, []) == reconcile(claims)


@relaxed
@given(st.lists(crowded_claim(), min_size=2, max_size=30))
def test_claims_that_reach_no_other_have_no_say(claims: list[Claim]) -> None:
    rows, areas = table(claims)
    heard = speaking(rows, reach(rows, areas, shipped_lattice()))
    assert reconcile([claims[at] for at in np.flatnonzero(heard)]) == reconcile(claims)


def test_a_lone_claim_is_left_out() -> None:
    claims = [figure("4 million", area="CN"), figure("5 million", area="CN"), figure("4 million", area="JP")]
    rows, areas = table(claims)
    assert speaking(rows, reach(rows, areas, shipped_lattice())).tolist() == [True, True, False]


def test_what_names_no_day_reaches_all_that_is_said_of_its_place() -> None:
    claims = [figure("4 million", when=when, by=f"body {when}") for when in (None, "2021", "2023")]
    rows, areas = table([*claims, figure("4 million", when="2021", area="JP")])
    found = reach(rows, areas, shipped_lattice()).tolist()
    assert len(set(found[:3])) == 1
    assert found[3] not in found[:3]


def test_only_what_a_new_claim_can_reach_is_read() -> None:
    years = [(year, area) for year in range(1900, 2000) for area in ("CN", "JP")]
    claims = [
        figure(f"{1000 + place},000", when=str(year), area=area, by=f"body {year}")
        for place, (year, area) in enumerate(years)
    ]
    store = held(claims)
    assert store.update([figure("5 million", when="1950", area="CN", by="miit")]).read == 2


def test_a_claim_that_comes_again_replaces_the_one_that_is_held() -> None:
    claim, other = figure("4.91 million", by="one body"), figure("4.91 million", by="another body")
    store = held([claim, other])
    changed = claim.model_copy(update={"value": 7e6, "quote": "7 million"})
    assert [finding.relation for finding in store.update([changed]).found] == ["contradiction"]


def test_figures_that_add_up_in_one_article_are_told_whatever_they_were_read_to_count() -> None:
    slots: dict[str, Any] = {"when": None, "by": None, "article": "one"}
    parts = [figure("12,340", of="car", at=300, **slots), figure("13,520", of="smartphone", at=340, **slots)]
    claims = [*parts, figure("25,860", of=None, at=380, **slots)]
    told = reconcile(claims)
    assert {finding.relation for finding in told} == {"arithmetic_agreement"}
    rows, areas = table(claims)
    assert len(set(reach(rows, areas, shipped_lattice()).tolist())) == 1
    assert set(blocks(rows).tolist()) == set(rows["group"].tolist())
    assert replaced([], held(parts), claims[2:], []) == told


@pytest.mark.parametrize("on_file", [0, 1])
def test_claims_of_one_number_are_refused(monkeypatch: pytest.MonkeyPatch, on_file: int) -> None:
    """By chance two ids may have one number; neither may pass for the other."""
    for module in ("numbers", "table"):
        monkeypatch.setattr(f"reconcile.scale.{module}.numbers_of", lambda names: np.ones(len(names), dtype=np.int64))
    claims = [figure("4 million", area="CN"), figure("5 million", area="CN")]
    with pytest.raises(InputError, match="cannot be told apart"):
        held(claims[:on_file]).update(claims[on_file:])
