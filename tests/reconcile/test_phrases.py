"""Phrases that no data pack has by heart, and the indicator that they name."""

from __future__ import annotations

import pytest
from figures import figure

from extractor.loading import tables
from extractor.model import Concept
from extractor.taxonomy import taxonomy
from reconcile import reconcile
from reconcile.claims.forms import folded, plain, verbs_of
from reconcile.claims.lattice import Match, shipped_lattice
from reconcile.claims.phrases import phrases
from reconcile.claims.synonyms import counted
from reconcile.claims.words import shipped_words

CLAIMS = "reconcile.claims"

NAMED = [
    ("tractor sales", "sales"),
    ("exports of almonds", "exports"),
    ("shipments abroad", "shipments"),
    ("the number of marriages", "marriages"),
    ("flats sold", "sales"),
    ("tractors made", "production"),
    ("full-year profit", "profit"),
    ("recorded imports", "imports"),
    ("cement output", "production"),
    ("holidaymakers", "arrivals"),
    ("inmates", "prison_population"),
]


@pytest.mark.parametrize(("phrase", "indicator"), NAMED)
def test_a_phrase_names_what_its_head_or_its_participle_does(phrase: str, indicator: str) -> None:
    assert phrases(taxonomy()).named(plain(phrase)) == indicator


@pytest.mark.parametrize("phrase", ["cold deaths", "seasonal jobs", "tent", "growth", "hourly rate"])
def test_a_phrase_that_says_more_than_what_is_counted_keeps_its_words(phrase: str) -> None:
    assert phrases(taxonomy()).named(plain(phrase)) is None


def test_a_phrase_is_a_kind_of_what_its_head_names_and_papers_may_not_tell_them_apart() -> None:
    lattice = shipped_lattice()
    assert lattice.indicator(plain("cold deaths"), "deaths") == (Match.NARROWER, True)
    assert lattice.indicator("deaths", plain("cold deaths")) == (Match.BROADER, True)
    assert lattice.indicator(plain("cold deaths"), plain("snake deaths"))[0] is Match.UNKNOWN
    assert lattice.indicator(plain("cold deaths"), plain("seasonal jobs"))[0] is Match.DISJOINT


@pytest.mark.parametrize(
    ("past", "verb"),
    [
        ("exported", "export"),
        ("produced", "produce"),
        ("shipped", "ship"),
        ("carried", "carry"),
        ("sold", "sell"),
        ("born", "bear"),
    ],
)
def test_a_past_form_leads_to_its_verb(past: str, verb: str) -> None:
    assert verb in verbs_of(past)


@pytest.mark.parametrize(("one", "other"), [("tractor sales", "tractors sold"), ("exports of tractors", "exported")])
def test_two_papers_words_for_one_measure_are_laid_side_by_side(one: str, other: str) -> None:
    (finding,) = reconcile(
        [figure("41,200", one, by="one", of="tractor"), figure("44,700", other, by="two", of="tractor")]
    )
    assert finding.relation == "contradiction"


@pytest.mark.parametrize("row", [row for rows in tables(CLAIMS, "synonyms.toml").values() for row in rows])
def test_words_of_one_row_stand_for_one_thing(row: list[str]) -> None:
    words = shipped_words()
    known = words.known.indicators.keys() | words.known.products.keys()
    as_measured = {words.indicator(Concept(id=word, text=word), money=False) for word in row} - known
    as_counted = {words.product(Concept(id=word, text=word)) for word in row} - known
    assert min(len(as_measured), len(as_counted)) <= 1


@pytest.mark.parametrize("slot", ["measured", "counted"])
def test_no_word_stands_in_two_rows(slot: str) -> None:
    listed = [plain(word) for row in tables(CLAIMS, "synonyms.toml")[slot] for word in dict.fromkeys(map(plain, row))]
    assert sorted(listed) == sorted(set(listed))


def test_the_words_before_a_thing_stay() -> None:
    assert counted("fishing boat") == counted("fishing vessel") != counted("patrol boat")
    assert counted("teapot") == "teapot"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("muttahida majlis e amal", "muttahida majlis i amal"),
        ("pakistan tehreek e insaaf", "pakistan tehreek e insaf"),
        ("harbour light plc", "harbour light"),
    ],
)
def test_spellings_of_a_name_are_one_name(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("pml n", "pml q"), ("mma", "ma"), ("bell", "bel")])
def test_short_names_are_told_apart_by_each_letter(one: str, other: str) -> None:
    assert folded(one) != folded(other)
