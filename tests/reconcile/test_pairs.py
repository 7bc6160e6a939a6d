"""What two figures say of each other: one row a case, silence among them."""

from __future__ import annotations

from typing import Any

import pytest
from figures import figure

from extractor.model import Claim
from reconcile import FLAGS, reconcile
from reconcile.claims.lattice import shipped_lattice
from reconcile.claims.normalise import view
from reconcile.comparison.pairs import judge

Row = tuple[str, tuple[str, dict[str, Any]], tuple[str, dict[str, Any]], str, set[str]]

STATES = {"of": "goods", "area": "IN", "to": "CN", "what": "imports"}
DEAD = {"what": "deaths", "of": None}
BACKLOG = {"what": "court_backlog", "of": "case", "area": "KE", "when": "2023-12-31"}
HARVEST = {"what": "harvest", "of": "wheat", "area": "IN"}
HEADLINE = {"article": "one", "at": 0, "sentence": (0, 60)}
BODY = {"article": "one", "at": 400}

CASES: list[Row] = [
    # one source, one scope
    ("the same digits from the same source", ("4.91 million", {}), ("4.91 million", {}), "repetition", set()),
    ("other words for the same number", ("770,000", {}), ("0.77 million", {}), "repetition", set()),
    ("a headline without a source repeats its article", ("4.91 million", HEADLINE | {"by": None}),
     ("4.91 million", BODY),
     "repetition", set()),
    ("the source's newer figure", ("5.01 million", {"day": "2024-01-10"}), ("4.91 million", {"day": "2024-03-01"}),
     "revision", set()),
    ("a first count, and the one that took its place on a later day",
     ("304", BODY | DEAD | {"by": None, "when": "2023-08-14", "status": "preliminary"}),
     ("724", DEAD | {"article": "one", "at": 900, "by": None, "when": "2023-08-14..2023-08-15"}), "revision", set()),
    ("a first figure that an article says was replaced", ("285.4 million", BODY | {"status": "preliminary"}),
     ("286.1 million", {"article": "one", "at": 900}), "revision", set()),
    ("a live toll, a day later", ("172", {"what": "deaths", "of": None, "when": "2024-01-18", "day": "2024-01-18"}),
     ("457", {"what": "deaths", "of": None, "when": "2024-01-18", "day": "2024-01-19"}), "revision", set()),
    ("two papers give one source's figure differently on one day", ("4.1 million", {}), ("4.91 million", {}),
     "contradiction", set()),
    ("a headline against its own article", ("4.1 million", HEADLINE), ("4.91 million", BODY), "contradiction", set()),
    # two sources, one scope
    ("two sources, intervals that meet", ("4.91 million", {}), ("4.9 million", {"by": "miit"}), "agreement", set()),
    ("two sources, a bound that leaves room", ("more than 4.5 million", {}), ("4.91 million", {"by": "miit"}),
     "agreement", set()),
    ("two sources that cannot both be right", ("4.91 million", {"by": "one"}), ("5.22 million", {"by": "two"}),
     "contradiction", set()),
    ("neighbouring digits are two figures", ("25.8 million", {"by": "one"}), ("25.9 million", {"by": "two"}),
     "contradiction", set()),
    ("a forecast against the outcome", ("5.26 million", {"by": "cpca", "status": "forecast", "of": "vehicle"}),
     ("4.91 million", {"of": "vehicle"}), "apparent_conflict", {"status"}),
    ("two bodies' reckonings of what is to come, in one sentence",
     ("79.9 million", BODY | {"by": "one", "status": "forecast", "sentence": (390, 480)}),
     ("67.4 million", {"article": "one", "at": 440, "sentence": (390, 480), "by": "two", "status": "estimate"}),
     "apparent_conflict", {"status"}),
    ("a bound that the other breaks", ("more than 5 million", {"by": "one"}), ("4.91 million", {"by": "two"}),
     "contradiction", set()),
    ("two shares of one market", ("50%", {"what": "market_share", "kind": "share", "to": "RU", "by": "one"}),
     ("46%", {"what": "market_share", "kind": "share", "to": "RU", "by": "two"}), "contradiction", set()),
    ("a sentence that sets a forecast beside the outcome", ("3.1 million", BODY | {"sentence": (390, 480)}),
     ("2.5 million", {"article": "one", "at": 440, "sentence": (390, 480), "by": "cpca", "status": "forecast"}),
     "apparent_conflict", {"status"}),
    ("a paper's own sum beside the rate that somebody boasts of", ("-79%", BODY | {"base": "2022"}),
     ("-44%", {"article": "one", "at": 440, "by": None, "base": "2022"}), "contradiction", set()),
    ("a paper's own total, further on", ("14.2 million", BODY), ("17 million", {"article": "one", "at": 800,
     "by": None}), "contradiction", set()),
    ("a stock of a day, and another body's of now", ("619,400", BACKLOG), ("742,000", BACKLOG | {"by": "jama",
     "when": None}), "apparent_conflict", {"period"}),
    ("guidance and what it was before", ("19.5 million", BODY | {"status": "preliminary"}), ("22 million",
     {"article": "one", "at": 440, "status": "forecast"}), "revision", set()),
    ("at least so many dead, and many more by another count", ("at least 143", DEAD | {"by": "one"}),
     ("360", DEAD | {"by": "two"}), "contradiction", set()),
    ("a harvest by the crop year and by a body's own year", ("112 million", HARVEST | {"when": "2022-07..2023-06"}),
     ("104 million", HARVEST | {"when": "2023-04..2024-03", "by": "usda"}), "apparent_conflict", {"period"}),
    ("a year and another that shares most of it", ("4.91 million", {}), ("4.6 million", {"when": "2023-04..2024-03",
     "by": "miit"}), "apparent_conflict", {"period"}),
    # one word, two scopes
    ("cars may be all vehicles", ("4.91 million", {"by": "miit"}), ("5.26 million", {"of": "vehicle", "by": "cpca"}),
     "apparent_conflict", {"product"}),
    ("cars may be passenger cars", ("4.91 million", {"by": "miit"}), ("4.14 million", {"of": "passenger_car",
     "by": "cpca"}),
     "apparent_conflict", {"product"}),
    ("EVs may be all new-energy vehicles", ("1.2 million", {"of": "electric_vehicle", "by": "one"}),
     ("1.5 million", {"of": "new_energy_vehicle", "by": "two"}), "apparent_conflict", {"product"}),
    ("sold in Russia, shipped to Russia", ("400,000", {"what": "sales", "to": "RU", "by": "one"}),
     ("840,000", {"to": "RU", "by": "two"}), "apparent_conflict", {"indicator"}),
    ("wholesale and retail", ("2.1 million", {"what": "wholesale", "when": "2023-06"}),
     ("1.9 million", {"what": "retail_sales", "when": "2023-06", "by": "cpca"}), "apparent_conflict", {"indicator"}),
    ("one flow from both ends", ("$117.7 billion", {"area": "CN", "to": "IN", "of": "goods", "by": "one"}),
     ("$99.6 billion", STATES | {"by": "two"}), "apparent_conflict", {"indicator"}),
    ("one flow from both ends that agrees", ("$117.7 billion", {"area": "CN", "to": "IN", "of": "goods", "by": "one"}),
     ("$117.7 billion", STATES | {"by": "two"}), "agreement", set()),
    ("growth of loosely named products", ("58%", {"base": "2022", "by": "one"}),
     ("63%", {"base": "2022", "of": "vehicle", "by": "two"}), "apparent_conflict", {"product"}),
    ("growth, one base left open", ("58%", {"base": "2022", "by": "one"}), ("12%", {"by": "two"}), "apparent_conflict",
     {"period"}),
    # a part and its whole
    ("eleven months in the year", ("4.41 million", {"when": "2023-01..2023-11"}), ("4.91 million", {}),
     "nested", set()),
    ("one country in the world", ("840,000", {"to": "RU"}), ("4.91 million", {"by": "miit"}), "nested", set()),
    ("new-energy vehicles among vehicles", ("1.2 million", {"of": "new_energy_vehicle"}), ("4.91 million",
     {"of": "vehicle"}),
     "nested", set()),
    ("one country in a union", ("300,000", {"area": "DE", "what": "production"}),
     ("1.1 million", {"area": "EU", "what": "production", "by": "acea"}), "nested", set()),
    ("a part that exceeds its whole", ("5.2 million", {"when": "2023-01..2023-11"}), ("4.91 million", {}),
     "contradiction", set()),
    ("a subset that exceeds its whole", ("5.2 million", {"of": "bus", "by": "one"}), ("4.91 million", {"of": "vehicle",
     "by": "two"}),
     "contradiction", set()),
    ("eleven months shipped, more than the year's forecast sales", ("840,000", {"to": "RU",
     "when": "2023-01..2023-11"}),
     ("up to 400,000", {"to": "RU", "what": "sales", "by": "one", "status": "forecast"}), "apparent_conflict",
     {"indicator", "period", "status"}),
    # ranks and gaps
    ("one place for two countries", ("1", {"kind": "rank", "by": "one"}), ("1", {"kind": "rank", "area": "JP",
     "by": "two"}),
     "contradiction", set()),
    ("two places for one country", ("1", {"kind": "rank", "by": "one"}), ("2", {"kind": "rank", "by": "two"}),
     "contradiction", set()),
    ("the same place again", ("1", {"kind": "rank", "by": "one"}), ("1", {"kind": "rank", "by": "two"}),
     "agreement", set()),
    ("one gap seen from both sides", ("0.9 million", {"kind": "difference", "to": "JP", "by": "one"}),
     ("-0.9 million", {"kind": "difference", "area": "JP", "to": "CN", "by": "two"}), "agreement", set()),
    ("two gaps between the same two", ("0.9 million", {"kind": "difference", "to": "JP", "by": "one"}),
     ("0.5 million", {"kind": "difference", "to": "JP", "by": "two"}), "contradiction", set()),
]  # fmt: skip

SILENT: list[tuple[str, tuple[str, dict[str, Any]], tuple[str, dict[str, Any]]]] = [
    ("other years", ("4.91 million", {}), ("3.11 million", {"when": "2022", "by": "miit"})),
    ("other countries", ("4.91 million", {}), ("4.42 million", {"area": "JP", "by": "jama"})),
    ("units and dollars", ("4.91 million", {}), ("$102 billion", {"by": "miit"})),
    ("growth and share", ("25%", {"base": "2022"}), ("30%", {"kind": "share", "by": "miit"})),
    ("growth over other bases", ("58%", {"base": "2022"}), ("300%", {"base": "2019", "by": "miit"})),
    ("growth of other periods", ("53%", {"when": "2023-06", "base": "2022-06"}), ("76%", {"when": "2023H1",
     "base": "2022H1"})),
    ("growth of a product and of its part", ("56%", {"of": "vehicle", "base": "2022"}),
     ("62%", {"of": "passenger_car", "base": "2022"})),
    ("two growth figures of one voice without a base", ("8.7%", {"article": "one", "at": 10}), ("-2.6%",
     {"article": "one"})),
    ("no period", ("50%", {"when": None, "kind": "share"}), ("46%", {"when": None, "kind": "share", "by": "miit"})),
    ("no product on one side", ("4.91 million", {"of": None}), ("5.3 million", {"by": "miit"})),
    ("no area", ("4.91 million", {"area": None}), ("5.3 million", {"area": None, "by": "miit"})),
    ("no indicator", ("4.91 million", {"what": None}), ("5.3 million", {"what": None, "by": "miit"})),
    ("share of a market, share of dealerships", ("50%", {"what": "market_share", "kind": "share"}),
     ("46%", {"what": "dealerships", "kind": "share", "by": "miit"})),
    ("sold at home, sent abroad", ("1.9 million", {"what": "sales", "when": "2023-06"}), ("382,000",
     {"when": "2023-06"})),
    ("produced and exported", ("30 million", {"what": "production"}), ("4.91 million", {"by": "miit"})),
    ("a target and its outcome in one article", ("250,000", {"status": "target", **BODY}), ("240,000",
     {"article": "one"})),
    ("a target that the year's part exceeds", ("300,000", {"when": "2023H1"}), ("250,000", {"status": "target",
     "by": "miit"})),
    ("a sentence that sets a body's goal beside the outcome", ("3.1 million", BODY | {"sentence": (390, 480)}),
     ("2.5 million", {"article": "one", "at": 440, "sentence": (390, 480), "status": "target"})),
    ("a part of a place that exceeds it twice over: so many for each of something", ("135", DEAD | {"area": "EE"}),
     ("25", DEAD | {"area": "EU"})),
    ("what another figure came down from, and a body's figure of now", ("647,500", {**BACKLOG, "when": None,
     "context": "Pending cases are down to 619,400 from 647,500."}), ("742,000", BACKLOG | {"by": "jama"})),
    ("a stock without a day, and one of long ago", ("742,000", BACKLOG | {"when": None}), ("619,400",
     BACKLOG | {"by": "jama", "when": "2022-06-30"})),
    ("a replaced figure beside another body's forecast", ("258,000", {**BODY, "status": "preliminary"}),
     ("300,000", {"article": "one", "at": 440, "by": "cpca", "status": "forecast"})),
    ("one voice that tells cars from vehicles", ("4.1 million", BODY), ("5.3 million", {"article": "one",
     "of": "vehicle"})),
    ("digits cut off", ("57%", {"base": "2022", "by": "one"}), ("57.9%", {"base": "2022", "by": "two"})),
    ("figures too far apart to be of one thing", ("4.91 million", {"by": "one"}), ("70,000", {"by": "two"})),
    ("sales forecast for a year that five months fit", ("up to 400,000", {"what": "sales", "to": "RU",
     "status": "forecast"}),
     ("287,000", {"to": "RU", "when": "2023-01..2023-05", "by": "miit"})),
    ("a company may sell more than its country exports", ("3.02 million", {"area": "BYD", "by": "BYD"}),
     ("2.9 million", {})),
    ("two harvests", ("112 million", HARVEST | {"when": "2022-07..2023-06"}), ("104 million", HARVEST | {
     "when": "2023-07..2024-06", "by": "usda"})),
    ("years that share a quarter", ("4.91 million", {}), ("4.6 million", {"when": "2022-04..2023-03", "by": "miit"})),
    ("years of one body", ("112 million", HARVEST | {"when": "2022-07..2023-06"}), ("104 million", HARVEST | {
     "when": "2023-04..2024-03"})),
    ("a place without saying in what", ("3rd", {"kind": "rank", "by": "one"}),
     ("largest 1", {"kind": "rank", "by": "two"})),
    ("places in other rankings", ("largest 1", {"kind": "rank", "by": "one"}),
     ("fastest 1", {"kind": "rank", "area": "JP", "by": "two"})),
    ("overlapping periods", ("2.4 million", {"when": "2023H1"}), ("2.9 million", {"when": "2023-04..2023-09",
     "by": "miit"})),
    ("stocks on other days", ("3 million", {"what": "inventory", "when": "2023-06-30"}),
     ("5 million", {"what": "inventory", "when": "2023-12-31"})),
    ("profit: a part may exceed its whole", ("$3 billion", {"what": "profit", "of": None, "area": "BYD",
     "when": "2023Q1"}),
     ("$2 billion", {"what": "profit", "of": None, "area": "BYD"})),
]  # fmt: skip


def build(spec: tuple[str, dict[str, Any]]) -> Claim:
    return figure(spec[0], **spec[1])


@pytest.mark.parametrize(("name", "first", "second", "relation", "slots"), CASES, ids=[row[0] for row in CASES])
def test_what_two_figures_say_of_each_other(
    name: str, first: tuple[str, Any], second: tuple[str, Any], relation: str, slots: set[str]
) -> None:
    findings = reconcile([build(first), build(second)])
    assert [finding.relation for finding in findings] == [relation]
    assert slots <= set(findings[0].explained_by)
    assert bool(findings[0].explained_by) == (relation == "apparent_conflict")
    assert findings[0].explanation.endswith(".")


@pytest.mark.parametrize(("name", "first", "second"), SILENT, ids=[row[0] for row in SILENT])
def test_no_flag_for_figures_that_do_not_speak_of_one_thing(name: str, first: Any, second: Any) -> None:
    assert [f.relation for f in reconcile([build(first), build(second)]) if f.relation in FLAGS] == []


def test_a_part_comes_before_its_whole_and_an_older_figure_before_the_newer() -> None:
    whole, part = figure("4.91 million"), figure("4.41 million", when="2023-01..2023-11")
    assert reconcile([whole, part])[0].claims == (part.id, whole.id)
    newer, older = figure("4.91 million", day="2024-06-01"), figure("5.01 million", day="2024-01-10")
    assert reconcile([newer, older])[0].claims == (older.id, newer.id)


def test_one_expression_read_twice_says_nothing_of_itself() -> None:
    twice = [figure("4.91 million", article="one", at=50), figure("4.9 million", article="one", at=52)]
    assert reconcile(twice) == []


def test_a_claim_that_was_hardly_read_raises_no_flag() -> None:
    claims = [figure("4.91 million", by="one"), figure("5.9 million", by="two", confidence=0.1)]
    assert reconcile(claims) == []


READ: dict[str, Any] = {"context": "Words of an article."}


@pytest.mark.parametrize(
    ("second", "fields", "flagged"),
    [
        ("11 million", {}, True),
        ("15 million", {}, False),
        ("15 million", {"article": "one", "at": 500}, True),
        ("49.1 million", {}, True),
    ],
    ids=["close", "too far apart", "set beside each other", "a slipped power of ten"],
)
def test_what_two_texts_say_is_of_one_thing_only_if_it_is_not_too_far_apart(
    second: str, fields: dict[str, Any], flagged: bool
) -> None:
    claims = [
        figure("4.91 million", by="one", article="one", at=400, **READ),
        figure(second, by="two", **READ, **fields),
    ]
    assert any(finding.is_flag for finding in reconcile(claims)) is flagged


def test_a_sentence_that_replaces_a_reckoning_revises_it_whatever_day_it_is_of() -> None:
    first: dict[str, Any] = {"article": "one", "at": 400, "sentence": (390, 500), "status": "estimate", "by": None}
    first["when"] = "2022"
    told = "It was put at 51.7 million in 2022 and has since been raised to 67.4 million."
    old = figure("51.7 million", context=told, **first)
    new = figure("67.4 million", context=told, **(first | {"at": 460, "when": None}))
    assert judge(view(old), view(new), shipped_lattice()).relation == "revision"  # type: ignore[union-attr]


def test_the_further_apart_the_surer_the_reading_must_be() -> None:
    def relations(quote: str, confidence: float) -> list[str]:
        claims = [figure("4.91 million", by="one"), figure(quote, by="two", confidence=confidence)]
        return [finding.relation for finding in reconcile(claims)]

    assert relations("5.2 million", 0.35) == ["contradiction"]
    assert relations("15 million", 0.35) == []
    assert relations("15 million", 1.0) == ["contradiction"]


def test_a_sentence_that_sets_two_bodies_side_by_side_means_it() -> None:
    marchers: dict[str, Any] = {
        "what": "turnout",
        "of": None,
        "article": "one",
        "sentence": (900, 1000),
        "confidence": 0.7,
    }
    police, unions = (
        figure("18,000", by="police", at=910, **marchers),
        figure("110,000", by="unions", at=950, **marchers),
    )
    assert [finding.relation for finding in reconcile([police, unions])] == ["contradiction"]


def test_of_several_figures_that_look_alike_in_one_voice_only_the_surest_is_compared() -> None:
    sure = figure("4.91 million", article="one", at=300, by="one")
    unsure = figure("3.7 million", article="one", at=500, by="one", confidence=0.9)
    flags = [f for f in reconcile([sure, unsure, figure("5.22 million", by="two")]) if f.relation in FLAGS]
    assert [set(flag.claims) >= {sure.id} for flag in flags] == [True]


def test_overseas_is_no_place_of_its_own_for_what_crosses_a_border() -> None:
    claims = [figure("4.91 million", to="overseas", by="one"), figure("5.22 million", by="two")]
    assert [finding.relation for finding in reconcile(claims)] == ["contradiction"]
    sold = [figure("250,000", "sales", to="overseas", area="BYD"), figure("3.02 million", "sales", area="BYD")]
    assert [finding.relation for finding in reconcile(sold)] == ["nested"]
    mixed = [figure("4.91 million", "shipments", to="overseas", by="one"), figure("30.1 million", "sales", by="two")]
    assert reconcile(mixed) == []


def test_accents_do_not_make_two_sources_of_one() -> None:
    claims = [
        figure("457", "arrests", of=None, by="Gérald Darmanin"),
        figure("457", "arrests", of=None, by="gerald darmanin"),
    ]
    assert [finding.relation for finding in reconcile(claims)] == ["repetition"]


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("forestry agency", "agency", "repetition"),
        ("ministry of fisheries", "ministry", "repetition"),
        ("dr ada lund", "lund", "repetition"),
        ("vietnam coffee and cocoa board", "vccb", "repetition"),
        ("office of fair trade", "oft", "repetition"),
        ("office of fair trade", "of", "agreement"),
        ("forestry agency", "forestry union", "agreement"),
        ("police union", "police", "agreement"),
    ],
)
def test_a_name_cut_short_is_the_same_body(one: str, other: str, relation: str) -> None:
    claims = [figure("457", "arrests", of=None, by=one), figure("457", "arrests", of=None, by=other)]
    assert [finding.relation for finding in reconcile(claims)] == [relation]


def test_a_part_and_its_whole_that_papers_copy_are_told_once() -> None:
    papers = [
        figure(quote, when=when, article=f"paper-{n}")
        for n in range(4)
        for quote, when in (("4.91 million", "2023"), ("4.41 million", "2023-01..2023-11"))
    ]
    nested = [finding for finding in reconcile(papers) if finding.relation == "nested"]
    assert [finding.claims for finding in nested] == [(papers[1].id, papers[0].id)]


def test_hundreds_are_no_rival_of_a_count() -> None:
    spoken = figure("304", "deaths", of=None, by="radio").model_copy(
        update={"quote": "hundreds", "value": 200.0, "low": 200.0, "high": 1000.0}
    )
    counted = figure("152", "deaths", of=None, by="police")
    assert not any(finding.is_flag for finding in reconcile([spoken, counted]))


def test_gap_is_relative_and_nothing_where_intervals_meet() -> None:
    apart = reconcile([figure("100", by="one"), figure("200", by="two")])[0]
    assert apart.gap == pytest.approx((199.5 - 100.5) / 150, rel=1e-3)
    assert reconcile([figure("4.91 million", by="one"), figure("4.9 million", by="two")])[0].gap == 0


def test_words_from_anywhere_are_looked_up() -> None:
    one = figure("4.91 million", area="China", of="cars", what="exported", by="one")
    other = figure("5.22 million", area="Chinese", of="car", what="export volume", by="two")
    assert [finding.relation for finding in reconcile([one, other])] == ["contradiction"]


def test_units_convert_exactly_or_not_at_all() -> None:
    tonnes = figure("1.5 million", of="steel", unit="tonne", what="production", by="one")
    kilograms = figure("1,500 million", of="steel", unit="kg", what="production", by="two")
    barrels = figure("1.9 million", of="steel", unit="barrel", what="production", by="three")
    assert [finding.relation for finding in reconcile([tonnes, kilograms, barrels])] == ["agreement"]


@pytest.mark.parametrize("small", [5e-324, 1e-100])
def test_figures_of_no_common_measure_are_nothing_to_stumble_over(small: float) -> None:
    sizes = [small, 1e100, -1e100]
    claims = [
        figure("7", by=f"office {place}", value=value, low=None, high=None, confidence=0.5)
        for place, value in enumerate(sizes)
    ]
    assert all(finding.relation != "agreement" for finding in reconcile(claims))


def test_bottles_are_no_part_of_hectolitres() -> None:
    wine: dict[str, Any] = {"what": "production", "of": "wine"}
    bottles = figure("166 million", area="FR", unit="bottle", **wine)
    assert not reconcile([bottles, figure("235 million", area="world", unit="hectolitre", **wine)])
    assert reconcile([bottles, figure("23.5 billion", area="world", unit="bottle", **wine)])
