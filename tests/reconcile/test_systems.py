"""One voice's figures together: what cannot hold, which figure is to blame, what follows."""

from __future__ import annotations

from typing import Any

import pytest
from figures import figure, read_claim

from extractor.model import Claim
from reconcile import reconcile
from reconcile.claims.lattice import shipped_lattice
from reconcile.claims.normalise import views
from reconcile.equations.arithmetic import implied_values
from reconcile.equations.systems import conflicts


def story(*specs: str) -> list[Claim]:
    return [read_claim(f"{spec} in=x", number) for number, spec in enumerate(specs)]


def sets(claims: list[Claim]) -> list[set[str]]:
    return [{view.claim.quote for view in found.members} for found in conflicts(views(claims), shipped_lattice())]


CHAIN = ("1.00 million when=2020", "10.0% when=2021 base=2020", "10.0% when=2022 base=2021")

CASES: list[tuple[str, tuple[str, ...], list[set[str]]]] = [
    ("a chain of rates that holds", (*CHAIN, "1.21 million when=2022"), []),
    ("a chain of rates that does not", (*CHAIN, "2.00 million when=2022"),
     [{"1.00 million", "10.0%", "2.00 million"}]),
    ("year to date less year to date, and a rate",
     ("3.913 million when=2023-01..2023-10", "4.412 million when=2023-01..2023-11", "10.0% when=2023-11 base=2022-11",
      "700,000 when=2022-11"), [{"3.913 million", "4.412 million", "10.0%", "700,000"}]),
    ("destinations that are more than the whole",
     ("3.5 million to=RU", "2.0 million to=MX", "4.91 million", "57.9% base=2022"),
     [{"3.5 million", "2.0 million", "4.91 million"}]),
    ("destinations that fit", ("1.0 million to=RU", "2.0 million to=MX", "4.91 million", "57.9% base=2022"), []),
    ("a part that outgrows its whole",
     ("4.00 million of=passenger_car", "10.0% of=passenger_car base=2022", "3.00 million of=vehicle when=2022",
      "5.00 million of=vehicle"), [{"4.00 million", "10.0%", "3.00 million"}]),
    ("a stock does not add up over time",
     ("4.0 million what=inventories when=2023H1", "3.0 million what=inventories", "1% what=inventories base=2022",
      "3.0 million what=inventories when=2022"), []),
    ("a difference and a rate that disagree",
     ("5.00 million", "25.0% base=2022", "0.50 million kind=difference base=2022"),
     [{"5.00 million", "25.0%", "0.50 million"}]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "specs", "expected"), CASES, ids=[row[0] for row in CASES])
def test_minimal_sets(name: str, specs: tuple[str, ...], expected: list[set[str]]) -> None:
    assert sets(story(*specs)) == expected


def test_the_order_of_claims_does_not_matter() -> None:
    claims = story(*CHAIN, "2.00 million when=2022")
    assert reconcile(claims) == reconcile(claims[::-1])


def test_two_bodies_make_two_systems() -> None:
    claims = [figure("1.00 million", when="2020", by="two"), *story(*CHAIN[1:], "2.00 million when=2022")]
    assert sets(claims) == []


def test_one_figure_that_spoils_several_sets_is_named_and_told_once() -> None:
    levels = [f"1.{n}0 million when=202{n}" for n in range(4)]
    rates = ["10.0% when=2021 base=2020", "9.1% when=2022 base=2021", "60.0% when=2023 base=2022"]
    flags = [finding for finding in reconcile(story(*levels, *rates)) if finding.is_flag]
    assert len(flags) == 1
    assert "60%" in flags[0].explanation


@pytest.mark.parametrize(
    ("code", "rate"), [("sign_flip", "-10.0%"), ("to_v_by", "110.0%"), ("scale_slip", None), ("wrong_base", "9.09%")]
)
def test_a_slip_in_a_chain_is_named(code: str, rate: str | None) -> None:
    last = "12.10 million" if rate is None else "1.2100 million"
    first = "1.0000 million when=2020"
    claims = story(first, CHAIN[1], f"{rate or '10.0%'} when=2022 base=2021", f"{last} when=2022")
    (finding,) = [each for each in reconcile(claims) if each.is_flag]
    assert code in {reason.code for reason in finding.reasons}


def test_what_nobody_gives_follows_with_its_bounds() -> None:
    values: dict[str, Any] = {each.what: each for each in implied_values(story(*CHAIN, "30% when=2023 base=2022"))}
    middle = values["China's exports of cars in 2021"]
    assert middle.low == pytest.approx(1_094_000, rel=0.01)
    assert middle.high == pytest.approx(1_106_000, rel=0.01)
    assert values["China's exports of cars in 2023"].low > 1_550_000
