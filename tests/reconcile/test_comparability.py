"""Slot by slot: same, narrower, broader, overlapping, disjoint or unknown."""

from __future__ import annotations

from typing import Any

import pytest
from figures import figure

from extractor.taxonomy import load_taxonomy
from reconcile.claims.lattice import Lattice, Match, shipped_lattice
from reconcile.claims.normalise import view, views
from reconcile.comparison.comparability import compare

SAME, NARROWER, BROADER, OVERLAPPING, DISJOINT, UNKNOWN = (
    Match.SAME,
    Match.NARROWER,
    Match.BROADER,
    Match.OVERLAPPING,
    Match.DISJOINT,
    Match.UNKNOWN,
)

ROWS: list[tuple[str, dict[str, Any], dict[str, Any], Match]] = [
    ("product", {"of": "car"}, {"of": "cars"}, SAME),
    ("product", {"of": "passenger_car"}, {"of": "vehicle"}, NARROWER),
    ("product", {"of": "vehicle"}, {"of": "bus"}, BROADER),
    ("product", {"of": "car"}, {"of": "vehicle"}, OVERLAPPING),
    ("product", {"of": "car"}, {"of": "passenger_car"}, OVERLAPPING),
    ("product", {"of": "electric_vehicle"}, {"of": "vehicle"}, NARROWER),
    ("product", {"of": "bus"}, {"of": "truck"}, UNKNOWN),
    ("product", {"of": "bus"}, {"of": "smartphone"}, DISJOINT),
    ("product", {"of": None}, {"of": "car"}, UNKNOWN),
    ("product", {"of": None}, {"of": None}, SAME),
    ("product", {"of": "left-handed widget"}, {"of": "widget"}, NARROWER),
    ("product", {"of": "used passenger car"}, {"of": "vehicle"}, NARROWER),
    ("area", {"area": "CN"}, {"area": "China"}, SAME),
    ("area", {"area": "DE"}, {"area": "EU"}, NARROWER),
    ("area", {"area": "world"}, {"area": "JP"}, BROADER),
    ("area", {"area": "CN"}, {"area": "JP"}, DISJOINT),
    ("area", {"area": None}, {"area": "JP"}, UNKNOWN),
    ("area", {"area": None}, {"area": None}, UNKNOWN),
    ("area", {"area": "BYD"}, {"area": "CN"}, NARROWER),
    ("counterpart", {"to": None}, {"to": "world"}, SAME),
    ("counterpart", {"to": "RU"}, {"to": None}, NARROWER),
    ("counterpart", {"to": "RU"}, {"to": "MX"}, DISJOINT),
    ("period", {"when": "2023"}, {"when": "2023-01..2023-12"}, SAME),
    ("period", {"when": "2023-01..2023-11"}, {"when": "2023"}, NARROWER),
    ("period", {"when": "2023"}, {"when": "2023Q2"}, BROADER),
    ("period", {"when": "2023H1"}, {"when": "2023-04..2023-09"}, OVERLAPPING),
    ("period", {"when": "2023H1"}, {"when": "2023H2"}, DISJOINT),
    ("period", {"when": None}, {"when": None}, UNKNOWN),
    ("indicator", {"what": "exports"}, {"what": "exported"}, SAME),
    ("indicator", {"what": "exports"}, {"what": "shipments"}, OVERLAPPING),
    ("indicator", {"what": "exports", "to": "RU"}, {"what": "sales", "to": "RU"}, OVERLAPPING),
    ("indicator", {"what": "exports"}, {"what": "sales"}, DISJOINT),
    ("indicator", {"what": "exports"}, {"what": "production"}, DISJOINT),
    ("indicator", {"what": None}, {"what": "exports"}, UNKNOWN),
    ("indicator", {"what": "winter assemblies"}, {"what": "assemblies"}, NARROWER),
    ("status", {"status": "forecast"}, {"status": "actual"}, OVERLAPPING),
]


@pytest.mark.parametrize(("slot", "first", "second", "match"), ROWS)
def test_a_slot_is_one_of_six(slot: Any, first: dict[str, Any], second: dict[str, Any], match: Match) -> None:
    a, b = view(figure("5 million", **first)), view(figure("6 million", **second))
    assert compare(a, b, shipped_lattice()).of(slot) is match
    assert compare(b, a, shipped_lattice()).of(slot) is match.turned()


def test_fiscal_and_calendar_years_may_be_confused_and_half_years_not() -> None:
    year = view(figure("5 million"))
    fiscal = {"start": "2023-04-01", "end": "2024-04-01", "text": "fiscal 2023"}
    plain = {"start": "2023-04-01", "end": "2024-04-01", "text": "the year to March"}
    lattice = shipped_lattice()
    assert "period" in compare(year, view(figure("6 million", period=fiscal)), lattice).confusable
    assert "period" not in compare(year, view(figure("6 million", period=plain)), lattice).confusable


PACK = """
[[product]]
id = "widget"
names = ["widget"]
[[indicator]]
id = "output"
nouns = ["output"]
additive = true
[[area]]
id = "RT"
names = ["Ruritania"]
[[organisation]]
id = "makers"
names = ["Makers"]
covers = { widget = "members only" }
[[organisation]]
id = "office"
names = ["Office"]
covers = { widget = "all makers" }
"""


def test_what_sources_cover_explains_a_difference() -> None:
    known = load_taxonomy({"pack.toml": PACK})
    claims = [figure(f"{n} million", "output", of="widget", area="RT", by=b) for n, b in ((5, "Makers"), (7, "Office"))]
    a, b = views(claims, known=known)
    assert compare(a, b, Lattice(known)).source_definition is OVERLAPPING
    assert compare(a, b._replace(source="somebody"), Lattice(known)).source_definition is UNKNOWN
    assert compare(a, a, Lattice(known)).source_definition is SAME


def test_imports_are_turned_round_to_meet_exports() -> None:
    imports, exports = (
        view(figure("5", "imports", area="RU", to="CN")),
        view(figure("5", "exports", area="CN", to="RU")),
    )
    assert (imports.area, imports.counterpart, imports.flipped) == ("CN", "RU", True)
    assert (exports.area, exports.counterpart, exports.flipped) == ("CN", "RU", False)


def test_exports_in_dollars_are_the_value_of_exports() -> None:
    assert view(figure("$5 billion")).indicator == "export_value"
    assert view(figure("5 billion")).indicator == "exports"
