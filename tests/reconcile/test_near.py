"""What a change touches, found by asking for a few rows at a time: the findings are those of a rebuild."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from figures import figure
from hypothesis import given
from hypothesis import strategies as st
from seed_gold import seed_claims
from test_held import table
from test_scale import crowded_claim, relaxed

from extractor.model import Claim
from reconcile import Finding, reconcile
from reconcile.claims.lattice import shipped_lattice
from reconcile.claims.normalise import view
from reconcile.scale.held import called_on
from reconcile.scale.near import Question, touched
from reconcile.scale.numbers import code_of, number_of
from reconcile.scale.table import Rows

GOLD = Path(__file__).resolve().parents[2] / "gold"


class OnFile:
    """Claims that are asked for as a database would be."""

    def __init__(self, claims: list[Claim]) -> None:
        self.claims = claims
        self.rows, self.areas = table(claims)
        self.answered = 0

    def answer(self, question: Question) -> Rows:
        """The rows that a question asks for."""
        names = question.column in ("area", "counterpart")
        values = [code_of(each) for each in question.values] if names else question.values
        found = np.isin(self.rows[question.column], values)
        if question.within is not None:
            found &= self.rows[question.within] == question.of
        if question.days is not None:
            first, last = question.days
            share = [(self.rows[f"{base}start"] < last) & (self.rows[f"{base}end"] > first) for base in ("", "base_")]
            found &= share[0] | share[1]
        self.answered += int(found.sum())
        return self.rows[found]


def brought_up_to_date(findings: list[Finding], old: list[Claim], now: list[Claim]) -> list[Finding]:
    """Findings on some claims, after others have come and gone."""
    stay = {claim.id for claim in old} & {claim.id for claim in now}
    on_file, before = OnFile(now), OnFile(old)
    areas = {**before.areas, **on_file.areas}
    changing = np.concatenate(
        [
            side.rows[[claim.id not in stay for claim in side.claims]] if side.claims else side.rows
            for side in (before, on_file)
        ]
    )
    found = touched(changing, on_file.answer, areas, shipped_lattice(), most=10_000)
    assert found is not None
    called = called_on(found.rows, found.claims)
    kept = [each for each in findings if not {number_of(name) for name in each.claims} & set(found.claims.tolist())]
    read = lambda rows: [view(now[at]) for at in rows["offset"].tolist()]  # noqa: E731
    told = [*kept, *called.findings(read, shipped_lattice())]
    return sorted(told, key=lambda finding: (-finding.severity, finding.id))


@relaxed
@given(st.lists(crowded_claim(), min_size=1, max_size=25), st.lists(crowded_claim(), max_size=4), st.integers(0, 3))
def test_what_is_touched_makes_the_findings_of_a_rebuild(claims: list[Claim], new: list[Claim], gone: int) -> None:
    now = [*claims[gone:], *new]
    assert brought_up_to_date(reconcile(claims), claims, now) == reconcile(now)


def test_an_article_of_gold_comes_into_the_others_and_goes_again() -> None:
    claims = seed_claims(GOLD)
    others = [claim for claim in claims if claim.article != "oil-opec"]
    without, with_it = reconcile(others), reconcile(claims)
    assert brought_up_to_date(without, others, claims) == with_it
    assert brought_up_to_date(with_it, claims, others) == without


def test_little_is_asked_for_where_little_is_touched() -> None:
    years = [(year, area) for year in range(1900, 2000) for area in ("CN", "JP", "DE")]
    claims = [
        figure(f"{1000 + place},000", when=str(year), area=area, by=f"body {year}")
        for place, (year, area) in enumerate(years)
    ]
    on_file = OnFile([*claims, figure("5 million", when="1950", area="CN", by="miit")])
    found = touched(on_file.rows[-1:], on_file.answer, on_file.areas, shipped_lattice(), most=1_000)
    assert found is not None
    assert found.claims.size == 2
    assert on_file.answered < 350


def test_too_much_is_given_up() -> None:
    claims = [figure(f"{1000 + place},000", by=f"body {place}") for place in range(30)]
    on_file = OnFile(claims)
    assert touched(on_file.rows[:1], on_file.answer, on_file.areas, shipped_lattice(), most=20) is None
