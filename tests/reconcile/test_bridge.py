"""From one figure to the other, over the parts that somebody gives."""

from __future__ import annotations

from figures import figure

from extractor.model import Claim
from reconcile import Finding, reconcile


def flag(claims: list[Claim]) -> Finding:
    (finding,) = [each for each in reconcile(claims) if each.relation in ("apparent_conflict", "contradiction")]
    return finding


def test_buses_and_trucks_lead_from_cars_to_vehicles() -> None:
    cars, vehicles = figure("4.14 million", by="one"), figure("4.91 million", of="vehicle", by="two")
    buses, trucks = figure("70,000", of="bus", by="two"), figure("600,000", of="truck", by="two")
    finding = flag([cars, vehicles, buses, trucks])
    assert [step.what for step in finding.bridge] == [
        "China's exports of trucks in 2023",
        "China's exports of buses in 2023",
        "unexplained",
    ]
    rest = finding.bridge[-1]
    assert rest.low is not None
    assert rest.high is not None
    assert rest.low < 100_000 < rest.high
    assert "600,000 trucks in 2023; 70,000 buses in 2023; that leaves about 100,000" in finding.explanation


def test_parts_that_explain_the_whole_difference_say_so() -> None:
    cars, vehicles = figure("4.14 million", by="one"), figure("4.91 million", of="vehicle", by="two")
    finding = flag([cars, vehicles, figure("770,000", of="commercial_vehicle", by="two")])
    assert "account for the difference" in finding.explanation


def test_nothing_is_counted_twice() -> None:
    cars, vehicles = figure("4.14 million", by="one"), figure("4.91 million", of="vehicle", by="two")
    parts = [figure("700,000", of="commercial_vehicle", by="two"), figure("60,000", of="bus", by="two")]
    finding = flag([cars, vehicles, *parts])
    assert [step.what for step in finding.bridge] == ["China's exports of commercial vehicles in 2023", "unexplained"]


def test_without_known_parts_there_is_no_bridge() -> None:
    assert flag([figure("4.91 million", by="one"), figure("5.26 million", of="vehicle", by="two")]).bridge == ()
