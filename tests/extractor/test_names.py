"""Names and references: a text in, its names out. Every sentence and most bodies are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import read

from extractor import mentions
from extractor.names.finder import full_person, resolve_reference
from extractor.names.words import body_kind, name_words, normalise


def names(text: str) -> dict[str, tuple[str, str, str]]:
    """Id, type and kind of each name, by its words; the first of equal words counts."""
    doc = read(text)
    found: dict[str, tuple[str, str, str]] = {}
    for name in mentions.names(doc):
        found.setdefault(doc.span(name.first, name.last).text, (name.id, name.type, name.kind))
    return found


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        # The taxonomy's own.
        ("The China Association of Automobile Manufacturers met.", "China Association of Automobile Manufacturers",
         ("caam", "organisation", "association")),
        ("Exports to Russia rose.", "Russia", ("RU", "area", "country")),
        # Head words type an unknown body.
        ("The Oilseed Growers' Union met.", "Oilseed Growers' Union",
         ("oilseed growers' union", "organisation", "association")),
        ("We asked the Ministry of Salt and Trade.", "Ministry of Salt and Trade",
         ("ministry of salt and trade", "organisation", "government")),
        ("The Velden Institute for Hop Research met.", "Velden Institute for Hop Research",
         ("velden institute for hop research", "organisation", "analyst")),
        ("The Evening Ledger wrote.", "Evening Ledger", ("evening ledger", "organisation", "media")),
        ("He works for Corvan Motors.", "Corvan Motors", ("corvan motors", "organisation", "company")),
        ("He left Quillon plc in May.", "Quillon plc", ("quillon", "organisation", "company")),
        # The adjective is part of the name, and otherwise an area of its own.
        ("The Chinese Ministry of Salt met.", "Chinese Ministry of Salt",
         ("chinese ministry of salt", "organisation", "government")),
        ("The Russian Minister Ivan Petrov spoke.", "Ivan Petrov", ("ivan petrov", "person", "person")),
        # People: a title before, a job after, a given name.
        ("Mayor Petra Lund spoke.", "Petra Lund", ("petra lund", "person", "person")),
        ("Cui Xilai, secretary general of the league, spoke.", "Cui Xilai", ("cui xilai", "person", "person")),
        ("He is at University Hospital Limerick.", "University Hospital Limerick",
         ("university hospital limerick", "organisation", "company")),
        ("The Bank of Maravia met.", "Bank of Maravia", ("bank of maravia", "organisation", "government")),
        # A firm's name at the end of a longer one is not that firm.
        ("Rents rose, says the letting firm Estate Intel.", "Estate Intel",
         ("estate intel", "organisation", "company")),
        # Companies are no areas, whatever stands in their name.
        ("We flew with Air Maravia.", "Air Maravia", ("air maravia", "name", "")),
        # What a firm runs bears its name, and is it.
        ("They missed Norvik Airways Flight MA17 twice.", "Norvik Airways Flight MA17",
         ("norvik airways", "organisation", "company")),
        # Particles between hyphens are part of a name.
        ("We joined the Jamaat-e-Maravi in May.", "Jamaat-e-Maravi", ("jamaat-e-maravi", "name", "")),
        # A trade before a given name is no part of it.
        ("Carpenter Jean Bola made 29 chairs.", "Carpenter Jean Bola", ("carpenter jean bola", "person", "person")),
    ],
)  # fmt: skip
def test_a_name(text: str, words: str, expected: tuple[str, str, str]) -> None:
    assert names(text)[words] == expected


@pytest.mark.parametrize(
    ("text", "words", "identity"),
    [
        ("The Harbour Workers' League (HWL) met. The HWL grew.", "HWL", "harbour workers' league"),
        ("Grace Oduya left. Later Oduya came back.", "Oduya", "grace oduya"),
        ("Cui Xilai, head of the league, spoke. Later Cui left.", "Cui", "cui xilai"),
        ("Tessaro Steel grew. Later, sales at Tessaro shrank.", "Tessaro", "tessaro steel"),
        ("Old Dock International Airport grew. Flights from ODIA rose.", "ODIA", "old dock international airport"),
    ],
)
def test_short_forms_are_tied_to_the_full_name(text: str, words: str, identity: str) -> None:
    assert names(text)[words][0] == identity


@pytest.mark.parametrize(
    ("text", "words", "identity", "kind"),
    [
        ("Chipmaker Norvane left.", "Norvane", "norvane", "company"),
        ("Water went to water firm Aldwater.", "Aldwater", "aldwater", "company"),
        ("Roofline, a housing charity, left.", "Roofline", "roofline", "association"),
        ("The board met the Children's Trust.", "Children's Trust", "children's trust", "association"),
        ("They read the Ledger.", "Ledger", "ledger", "media"),
        ("The lab's director, Ines Calado, left.", "Ines Calado", "ines calado", "person"),
        ("Valley Net, which laid the cables, says so.", "Valley Net", "valley net", "other"),
    ],
)
def test_the_words_beside_a_name_tell_what_it_is(text: str, words: str, identity: str, kind: str) -> None:
    doc = read(text)
    found = next(one for one in mentions.names(doc) if doc.span(one.first, one.last).text == words)
    assert (found.id, found.kind) == (identity, kind)


@pytest.mark.parametrize("text", ["The UK economy grew.", "Exports to the UK fell.", "UK exports fell."])
def test_an_area_in_capitals_is_an_area(text: str) -> None:
    assert [(one.id, one.type) for one in mentions.names(read(text))] == [("GB", "area")]


def test_a_bracket_that_does_not_abbreviate_is_no_alias() -> None:
    assert names("The Harbour Workers' League (QXZ) met.")["QXZ"][0] != "harbour workers' league"


def test_names_do_not_overlap_and_are_in_order() -> None:
    doc = read("The Chinese Ministry of Salt told Radio Norda that Corvan Motors of Velden, Germany, had left China.")
    ends = [0]
    for name in mentions.names(doc):
        assert name.first >= ends[-1]
        ends.append(name.last)


def test_capitals_in_a_headline_are_no_names() -> None:
    assert "Secures Top Spot" not in names("China Secures Top Spot In Global Sales Rankings")


@pytest.mark.parametrize(
    ("text", "word", "identity"),
    [
        ("The Hop Growers' Association met. Growers left, it said.", "it", "hop growers' association"),
        ("The Hop Growers' Association met. Then the association left.", "association", "hop growers' association"),
        ("Petra Lund met the Hop Growers' Association. Then she left.", "she", "petra lund"),
        ("The Ministry of Salt met Corvan Motors. Then the company left.", "company", "corvan motors"),
        ("The Ministry of Salt met Corvan Motors. Then the ministry left.", "ministry", "ministry of salt"),
    ],
)
def test_a_reference_is_resolved(text: str, word: str, identity: str) -> None:
    doc = read(text)
    token = [token for token in doc if token.text == word][-1]
    found = resolve_reference(doc, token)
    assert found is not None
    assert found.id == identity


@pytest.mark.parametrize(("text", "word"), [("Then it rained.", "it"), ("Petra Lund met the mill.", "mill")])
def test_a_reference_to_nothing_is_none(text: str, word: str) -> None:
    doc = read(text)
    assert resolve_reference(doc, next(token for token in doc if token.text == word)) is None


@pytest.mark.parametrize(
    ("text", "surname", "full"),
    [
        ("Grace Oduya left.", "Oduya", "Grace Oduya"),
        ("Mayor Petra Lund left.", "Lund", "Petra Lund"),
        ("The Lund left.", "Lund", ""),
        ("Nobody left.", "Lund", ""),
    ],
)
def test_full_person(text: str, surname: str, full: str) -> None:
    assert full_person(read(text), surname) == full


@pytest.mark.parametrize(
    ("words", "identity"),
    [("The Lending Council", "lending council"), ("Tenants’ League", "tenants' league"), ("its carrier's", "carrier")],
)
def test_normalise(words: str, identity: str) -> None:
    assert normalise(words) == identity


@given(st.text(max_size=40))
def test_an_id_is_in_lower_case_and_has_no_determiner(words: str) -> None:
    once = normalise(words)
    assert once == once.lower().strip()
    assert not once.startswith(("the ", "an "))


def test_a_plural_has_the_kind_of_its_singular() -> None:
    for word in name_words().heads:
        assert body_kind(word) == name_words().heads[word]
    assert body_kind("insurers") == body_kind("insurer") == "company"
