"""Releases whose figures are all consistent: not one flag may be raised."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from figures import figure, read_claim

from extractor.model import Claim
from reconcile import FLAGS, reconcile


def car_exports() -> list[Claim]:
    """A yearly release: total, parts, growth, December, and the year before."""
    a = "release"
    return [
        figure("4.91 million", of="vehicle", article=a, at=10),
        figure("57.9%", of="vehicle", base="2022", article=a, at=60),
        figure("4.14 million", of="passenger_car", article=a, at=120),
        figure("63.7%", of="passenger_car", base="2022", article=a, at=160),
        figure("770,000", of="commercial_vehicle", article=a, at=200),
        figure("1.203 million", of="new_energy_vehicle", article=a, at=300),
        figure("77.6%", of="new_energy_vehicle", base="2022", article=a, at=340),
        figure("499,000", of="vehicle", when="2023-12", article=a, at=400),
        figure("4.412 million", of="vehicle", when="2023-01..2023-11", article=a, at=450),
        figure("3.11 million", of="vehicle", when="2022", article=a, at=500),
    ]


def three_papers_one_source() -> list[Claim]:
    return [figure("4.91 million", article=f"paper-{n}", day=f"2024-01-1{n}") for n in range(1, 4)]


def months_and_quarter() -> list[Claim]:
    months = [
        figure(q, when=f"2023-0{m}", article="m", at=50 * m)
        for m, q in ((1, "301,000"), (2, "329,000"), (3, "364,000"))
    ]
    return [*months, figure("994,000", when="2023Q1", article="m", at=400)]


def forecasts_by_their_makers() -> list[Claim]:
    """Next year's forecast beside this year's outcome, and a target."""
    return [
        figure("4.91 million", article="f", at=10),
        figure("5.5 million", when="2024", status="forecast", article="f", at=100),
        figure("250,000", area="BYD", by="BYD", status="target", article="f", at=200),
        figure("242,765", area="BYD", by="BYD", article="f", at=300),
    ]


def destinations() -> list[Claim]:
    rows = (("RU", "287,000"), ("MX", "159,000"), ("BE", "120,000"))
    claims = [figure(q, to=area, when="2023-01..2023-05", article="d", at=60 * n) for n, (area, q) in enumerate(rows)]
    return [*claims, figure("1.76 million", when="2023-01..2023-05", article="d", at=400)]


def two_yardsticks() -> list[Claim]:
    """Volume and value, month and year, production and exports."""
    return [
        figure("4.91 million", article="y", at=10),
        figure("$101.6 billion", article="y", at=60),
        figure("30.16 million", "production", article="y", at=110),
        figure("30.09 million", "sales", article="y", at=160),
        figure("11.6%", "production", base="2022", article="y", at=210),
        figure("12%", "sales", base="2022", article="y", at=260),
    ]


def growth_over_several_bases() -> list[Claim]:
    return [
        figure("1.9 million", "retail_sales", when="2023-06", article="g", at=10),
        figure("8.7%", "retail_sales", when="2023-06", base="2023-05", article="g", at=60),
        figure("-2.6%", "retail_sales", when="2023-06", base="2022-06", article="g", at=110),
        figure("2.7%", "retail_sales", when="2023H1", base="2022H1", article="g", at=160),
    ]


def market_shares() -> list[Claim]:
    return [
        figure(
            "18.9%", "market_share", of="smartphone", kind="share", area="samsung", when="2024Q2", article="s", at=10
        ),
        figure("15.8%", "market_share", of="smartphone", kind="share", area="apple", when="2024Q2", article="s", at=60),
        figure("53.9 million", "shipments", of="smartphone", area="samsung", when="2024Q2", article="s", at=110),
        figure("285.4 million", "shipments", of="smartphone", area="world", when="2024Q2", article="s", at=160),
        figure("6.5%", "shipments", of="smartphone", area="world", when="2024Q2", base="2023Q2", article="s", at=210),
    ]


def ranking_over_years() -> list[Claim]:
    return [
        figure("1", kind="rank", when="2023", article="r", at=10),
        figure("2", kind="rank", when="2022", article="r", at=60),
        figure("3", kind="rank", when="2021", article="r", at=110),
        figure("2", kind="rank", area="JP", when="2023", article="r", at=160),
    ]


def rounded_headline() -> list[Claim]:
    return [
        figure("nearly 5 million", article="h", at=0, sentence=(0, 40), by=None),
        figure("4.91 million", article="h", at=100),
        figure("4.9 million", article="h", at=400),
    ]


def unknown_subject() -> list[Claim]:
    """Nothing here is in a pack; the words themselves serve."""
    rows = (("2,400", "blue left-handed widget"), ("5,100", "left-handed widget"), ("9,800", "widget"))
    return [figure(q, "assemblies", of=p, area="Ruritania", article="u", at=70 * n) for n, (q, p) in enumerate(rows)]


RELEASES = [
    car_exports,
    three_papers_one_source,
    months_and_quarter,
    forecasts_by_their_makers,
    destinations,
    two_yardsticks,
    growth_over_several_bases,
    market_shares,
    ranking_over_years,
    rounded_headline,
    unknown_subject,
]


def written_releases() -> dict[str, list[Claim]]:
    """The releases of releases.txt by name."""
    found: dict[str, list[Claim]] = {}
    for line in (Path(__file__).parent / "releases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            name = line[3:]
            found[name] = []
        elif line and not line.startswith("#"):
            place = "" if " in=" in line else f" in={re.sub(r'[^a-z]+', '-', name)}"
            found[name].append(read_claim(line + place, len(found[name])))
    return found


WRITTEN = written_releases()


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.__name__)
def test_a_consistent_release_raises_no_flag(release: object) -> None:
    assert callable(release)
    flags = [finding for finding in reconcile(release()) if finding.relation in FLAGS]
    assert [finding.explanation for finding in flags] == []


@pytest.mark.parametrize("name", WRITTEN)
def test_a_written_release_raises_no_flag(name: str) -> None:
    assert [finding.explanation for finding in reconcile(WRITTEN[name]) if finding.is_flag] == []


def test_there_are_thirty_releases_and_they_do_not_disturb_each_other() -> None:
    assert len(WRITTEN) + len(RELEASES) >= 30
    together = [claim for claims in WRITTEN.values() for claim in claims]
    by_id = {claim.id: claim.article for claim in together}
    names = {claim.id: name for name, claims in WRITTEN.items() for claim in claims}
    flags = [finding for finding in reconcile(together) if finding.is_flag]
    assert [f.explanation for f in flags if len({names[each] for each in f.claims}) == 1] == [], by_id


def test_the_same_release_with_one_digit_wrong_does() -> None:
    claims = [claim for claim in car_exports() if claim.quote != "3.11 million"]
    claims.append(figure("2.11 million", of="vehicle", when="2022", article="release", at=500))
    flags = [finding for finding in reconcile(claims) if finding.relation in FLAGS]
    assert [finding.relation for finding in flags] == ["arithmetic_conflict"]
