"""The words of a finding: figures as newspapers print them, who gave them, whole sentences. One row, one sentence."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from figures import figure, period, read_claim

from extractor.model import Concept
from extractor.taxonomy import taxonomy
from reconcile import reconcile
from reconcile.claims.intervals import Interval
from reconcile.claims.normalise import days, view
from reconcile.wording import explain


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (4_910_000, "count", "4.91 million"),
        (36_095, "vehicle", "36,095"),
        (67_440_000, "tonne", "67.44 million tonnes"),
        (251_000, "barrel per day", "251,000 barrels per day"),
        (102e9, "USD", "$102 billion"),
        (-2.6, "percent", "−2.6%"),
        (3, "percentage_point", "3 percentage points"),
        (117.68e9, "CNY", "CNY 117.68 billion"),
        (6_660_000, "TEU", "6.66 million TEU"),
        (2_350_000, "hectolitre", "2.35 million hectolitres"),
        (48_180_000, "deadweight ton", "48.18 million deadweight tons"),
        (212, "millimetre", "212 millimetres"),
        (19.1, "hour", "19.1 hours"),
        (0, "count", "0"),
    ],
)
def test_amounts(value: float, unit: str, words: str) -> None:
    assert explain.amount(value, unit) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2023", "in 2023"),
        ("2023-06", "in June 2023"),
        ("2023H1", "in the first half of 2023"),
        ("2023Q3", "in the third quarter of 2023"),
        ("2023-01..2023-11", "in the first 11 months of 2023"),
        ("2023-07..2023-11", "from July to November 2023"),
        ("2023-07..2024-04", "from July 2023 to April 2024"),
        ("2023-03-23", "on 23 March 2023"),
    ],
)
def test_periods_with_their_preposition(when: str, words: str) -> None:
    found = days(period(when))
    assert found is not None
    assert explain.when(found) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (149_000, 151_000, "about 150,000"),
        (140_000, 160_000, "about 150,000 (140,000 to 160,000)"),
        (50_000, 150_000, "between 50,000 and 150,000"),
        (2e6, math.inf, "at least 2 million"),
        (-math.inf, 2e6, "at most 2 million"),
        (-5, 10_000, "at most 10,000"),
        (-math.inf, math.inf, "any figure"),
    ],
)
def test_intervals(low: float, high: float, words: str) -> None:
    assert explain.about(Interval(low, high), "count") == words


@pytest.mark.parametrize(
    ("low", "high", "quote", "words"),
    [
        (1_021.9e6, 1_022.9e6, "1,019.08 million", "about 1,022 million"),
        (1_019.57e6, 1_019.59e6, "1,019.08 million", "about 1,019.6 million"),
        (-1_022.9e6, -1_021.9e6, "1,019.08 million", "about −1,022 million"),
        (1_021.9e6, 1_022.9e6, "1.02 billion", "about 1.02 billion"),
        (1_021.9e6, 1_022.9e6, "$1,019.08 million", "about 1.02 billion"),
    ],
)
def test_what_is_implied_is_told_in_the_form_of_the_figure_beside_it(
    low: float, high: float, quote: str, words: str
) -> None:
    assert explain.about(Interval(low, high), "count", beside=view(read_claim(quote, 0))) == words


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("4.91 million", "4.91 million"),
        ("nearly 5 million", "nearly 5 million"),
        ("up to 400,000", "up to 400,000"),
        ("at least 793", "793 or more"),
        ("1,019.08 million of=crude_steel unit=tonne", "1,019.08 million tonnes"),
        ("$102 billion", "$102 billion"),
        ("-2.6%", "−2.6%"),
        ("2 kind=rank", "second"),
        ("11 kind=rank", "number 11"),
    ],
)
def test_figures_keep_their_hedge_and_their_digits(spec: str, words: str) -> None:
    assert explain.figure(view(read_claim(spec, 0))) == words


def test_a_range_is_told_by_its_ends() -> None:
    claim = figure("2,658 to 3,290", low=2658, high=3290, value=2974)
    assert explain.figure(view(claim)) == "between 2,658 and 3,290"


@pytest.mark.parametrize(
    ("slots", "words"),
    [
        ({"to": "RU"}, "China's exports of cars to Russia in 2023"),
        ({"what": "sales", "to": "RU"}, "China's sales of cars in Russia in 2023"),
        ({"what": "imports", "area": "RU", "to": "CN"}, "Russia's imports of cars from China in 2023"),
        ({"kind": "growth", "base": "2022"}, "growth in China's exports of cars in 2023 against 2022"),
        ({"kind": "difference", "to": "JP"}, "the gap between China and Japan in exports of cars in 2023"),
        ({"area": None, "of": None, "when": None}, "exports"),
        ({"area": Concept(id="sainsburys", text="Sainsbury's")}, "Sainsbury's exports of cars in 2023"),
        (
            {"area": Concept(id="airasia flight qz8501", text="AirAsia"), "of": None},
            "AirAsia Flight QZ8501's exports in 2023",
        ),
        ({"area": None, "what": "price", "of": None}, "the price in 2023"),
        ({"area": None, "what": "production", "of": "crude_steel"}, "the production of crude steel in 2023"),
        ({"indicator": Concept(id="chinese", text="Chinese"), "of": None}, "Chinese in 2023"),
        ({"indicator": Concept(id="x", text="border crossings"), "of": "border"}, "China's border crossings in 2023"),
        ({"what": "deaths", "of": "person", "area": "US"}, "the United States' deaths in 2023"),
        ({"of": "crude_steel", "what": "production"}, "China's production of crude steel in 2023"),
        ({"what": "wholesale"}, "China's wholesale sales of cars in 2023"),
        ({"what": "gdp", "of": None}, "China's GDP in 2023"),
        ({"area": Concept(id="gomti bank", text="Gomti")}, "Gomti Bank's exports of cars in 2023"),
        ({"area": Concept(id="gomti bank", text="the bank")}, "Gomti Bank's exports of cars in 2023"),
        ({"area": Concept(id="hse", text="HSE")}, "HSE's exports of cars in 2023"),
        ({"area": "mena"}, "the Middle East and North Africa's exports of cars in 2023"),
        ({"area": Concept(id="north", text="North")}, "the North's exports of cars in 2023"),
        ({"what": "prison_population", "of": "prisoner"}, "China's prison population in 2023"),
        ({"what": "membership", "of": "member"}, "China's membership in 2023"),
        ({"what": "asylum", "of": "asylum_seeker"}, "China's asylum seekers in 2023"),
        (
            {"indicator": Concept(id="car", text="battery-electric cars"), "of": "battery_electric_vehicle"},
            "China's battery-electric cars in 2023",
        ),
        ({"indicator": Concept(id="lane", text="traffic lanes"), "of": "car"}, "China's traffic lanes of cars in 2023"),
        ({"what": "vacancies", "of": "job_vacancy"}, "China's job vacancies in 2023"),
        (
            {"what": "join", "of": "nurse", "indicator": Concept(id="join", text="joined")},
            "China's number of nurses (joined) in 2023",
        ),
        ({"kind": "share", "of": "new_energy_vehicle"}, "the share of new-energy vehicles in China's exports in 2023"),
    ],
)
def test_subjects(slots: dict[str, Any], words: str) -> None:
    assert explain.subject(view(figure("5 million", **slots)), taxonomy()) == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ({"id": "cpca"}, "the China Passenger Car Association"),
        ({"id": "harbour office", "text": "the harbour office"}, "the harbour office"),
        ({"id": "government", "text": "government"}, "the government"),
        ({"id": "analysts", "text": "analysts"}, "analysts"),
        ({"id": "car makers", "text": "Car makers"}, "car makers"),
        ({"id": "Lim Hwee Peng", "text": "Lim Hwee Peng", "kind": "person"}, "Lim Hwee Peng"),
        ({"id": "chen", "text": "she"}, "the chen"),
        ({"id": "china's customs service", "text": "China's customs service"}, "China's customs service"),
        (None, "one article"),
        ({"id": "x", "text": "court of auditors", "kind": "other"}, "the court of auditors"),
        ({"id": "x", "text": "governor of the province", "kind": "person"}, "the governor of the province"),
        ({"id": "x", "text": "residents of the port", "kind": "other"}, "residents of the port"),
        ({"id": "x", "text": "Farmers of the delta"}, "farmers of the delta"),
        ({"id": "customs_service", "text": "Customs"}, "customs"),
        ({"id": "x", "text": "Belgian customs"}, "Belgian customs"),
        ({"id": "x", "text": "Quito's traffic figures"}, "Quito's traffic figures"),
        ({"id": "x", "text": "province's planners"}, "the province's planners"),
        ({"id": "x", "text": "Commission's own experts"}, "the Commission's own experts"),
        ({"id": "x", "text": "Costa Rica's fisheries minister", "kind": "person"}, "Costa Rica's fisheries minister"),
        ({"id": "x", "text": "Minister for Fisheries", "kind": "person"}, "the Minister for Fisheries"),
        ({"id": "x", "text": "head of a Lisbon cannery", "kind": "person"}, "the head of a Lisbon cannery"),
        ({"id": "x", "text": "Ministry"}, "the Ministry"),
        ({"id": "x", "text": "Lisbon harbour-master's office"}, "the Lisbon harbour-master's office"),
        ({"id": "ap", "text": "agency"}, "the Associated Press"),
        ({"id": "x", "text": "people familiar with the plan"}, "people familiar with the plan"),
        ({"id": "economists", "text": "Economists"}, "economists"),
        ({"id": "economist", "text": "The Economist"}, "the Economist"),
        ({"id": "x", "text": "Maritime Museum"}, "the Maritime Museum"),
        ({"id": "accounts", "text": "Accounts"}, "accounts"),
        ({"id": "x", "text": "chancellor-designate", "kind": "person"}, "the chancellor-designate"),
    ],
)
def test_who_gave_a_figure(source: dict[str, str] | None, words: str) -> None:
    assert explain.who(view(figure("5 million", source=source)), taxonomy()) == words


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("4.91 million", "puts China's exports of cars in 2023 at 4.91 million"),
        ("4.91 million status=preliminary", "provisionally puts China's exports of cars in 2023 at 4.91 million"),
        ("4.91 million status=estimate", "estimates China's exports of cars in 2023 at 4.91 million"),
        ("4.91 million status=forecast", "forecasts China's exports of cars in 2023 at 4.91 million"),
        ("4.91 million status=target", "has a target of 4.91 million for China's exports of cars in 2023"),
        ("57.9% base=2022", "says China's exports of cars rose 57.9% in 2023 from 2022"),
        ("-2.6% base=2022", "says China's exports of cars fell 2.6% in 2023 from 2022"),
        ("2 times kind=multiple base=2022", "says China's exports of cars rose 100% in 2023 from 2022"),
        ("0% base=2022", "says China's exports of cars did not change in 2023 from 2022"),
        (
            "5% base=2023 when=2024 status=forecast",
            "forecasts that China's exports of cars will rise 5% in 2024 from 2023",
        ),
        ("about 5% base=2022", "says China's exports of cars rose by about 5% in 2023 from 2022"),
        ("490,000 kind=difference base=2022", "says China's exports of cars rose by 490,000 in 2023 from 2022"),
        ("490,000 kind=difference to=JP", "puts the gap between China and Japan in exports of cars in 2023 at 490,000"),
        ("1 kind=rank", "ranks China first by exports of cars in 2023"),
        ("12 by=analysts", "put China's exports of cars in 2023 at 12"),
        ("12 by=the_farmers", "put China's exports of cars in 2023 at 12"),
        ("12 by=sources_close_to_the_talks", "put China's exports of cars in 2023 at 12"),
        ("12 what=otter of=otter", "puts China's otters in 2023 at 12"),
        ("12 what=Norwegians of=-", "puts China's Norwegians in 2023 at 12"),
    ],
)
def test_what_a_source_says(spec: str, words: str) -> None:
    assert explain.said(view(read_claim(spec, 0)), taxonomy()) == words


def test_a_fall_between_two_ends_is_told_without_signs() -> None:
    claim = figure("2 to 3%", base="2022", kind="growth", unit="percent", low=-3.0, high=-2.0, value=-2.5)
    assert explain.said(view(claim), taxonomy()).endswith("exports of cars fell by between 2% and 3% in 2023 from 2022")


def test_a_word_for_a_size_is_told_as_it_stands() -> None:
    claim = figure("about 200", low=100.0, high=1000.0).model_copy(update={"quote": "Hundreds"})
    assert explain.figure(view(claim)) == "hundreds"


def test_how_much_more_is_no_part_of_what_is_counted() -> None:
    claim = figure("12", of=None).model_copy(update={"indicator": Concept(id="more ferries", text="more ferries")})
    assert explain.said(view(claim), taxonomy()) == "puts China's ferries in 2023 at 12"


def test_people_lose_the_capital_of_a_sentence_and_names_keep_theirs() -> None:
    assert explain.within_a_sentence("Volunteers put it at 3.") == "volunteers put it at 3."
    assert explain.within_a_sentence("Accounts put it at 3.") == "accounts put it at 3."
    assert explain.within_a_sentence("Statistics Finland puts it at 3.") == "Statistics Finland puts it at 3."
    assert explain.within_a_sentence("Engineers Australia puts it at 3.") == "Engineers Australia puts it at 3."


def test_a_number_in_groups_of_digits_is_no_range() -> None:
    claim = figure("35 657", value=35657.0, unit="count", low=35656.5, high=35657.5)
    assert "35,657" in explain.said(view(claim), taxonomy())
    assert "between" not in explain.said(view(claim), taxonomy())


SENTENCES = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").split("\n\n")[1:]


@pytest.mark.parametrize("pair", SENTENCES)
def test_an_explanation_reads_like_a_desk_editors_sentence(pair: str) -> None:
    specs, sentence = pair.strip().split("\n  ")
    claims = [read_claim(spec, number) for number, spec in enumerate(specs.split(" ; "))]
    findings = [each for each in reconcile(claims) if len(each.claims) == len(claims)]
    assert [each.explanation for each in findings] == [sentence]


def test_no_words_of_machines_get_into_a_sentence() -> None:
    claims = [
        figure("4.91 million", by="one"),
        figure("5.22 million", by="two"),
        figure("49.1 million", by=None),
        figure("4.9 million", by=None),
        figure("170%", base="2022", by="one"),
        figure("2%", base="2022", by="two"),
    ]
    for finding in reconcile(claims):
        assert not any(sign in finding.explanation for sign in ("{", "e+0", "article-", "  ", "_")), finding.explanation


def test_who_is_counted_is_said_once() -> None:
    counts = [
        figure("1.09 million", what="worshipper", of="pilgrim", area="FR", by="ministry"),
        figure("3.5 million", what="worshipper", of="pilgrim", area="FR", by="cgt"),
    ]
    (finding,) = reconcile(counts)
    assert "worshipper" in finding.explanation
    assert "pilgrim" not in finding.explanation


def test_what_several_people_give_for_the_whole_goes_with_their_verb() -> None:
    part, whole = figure("96,000", when="2023-10", by="customs"), figure("more than 188,000", by="analysts")
    (finding,) = reconcile([part, whole])
    assert "which fits within the more than 188,000 that analysts give for" in finding.explanation
