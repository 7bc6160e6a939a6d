"""Nouns in the singular and the plural: by rule, and by the exceptions of plurals.toml."""

from __future__ import annotations

from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.plurals import irregular_singular, plural, regular_plural, singular


@pytest.mark.parametrize(
    ("noun", "words"),
    [
        ("vehicle", "vehicles"),
        ("passenger car", "passenger cars"),
        ("country", "countries"),
        ("day", "days"),
        ("branch", "branches"),
        # Exceptions, also as the last word of a phrase.
        ("bus", "buses"),
        ("young person", "young people"),
        ("battery life", "battery lives"),
        ("dead", "dead"),
        # Of a rate, and of what is counted in something, the first part.
        ("barrel of oil", "barrels of oil"),
        ("cubic foot per day", "cubic feet per day"),
        # What is a plural already, or no word.
        ("goods", "goods"),
        ("CO2", "CO2"),
    ],
)
def test_plural(noun: str, words: str) -> None:
    assert plural(noun) == words


@pytest.mark.parametrize(
    ("word", "noun"),
    [
        ("Vehicles", "vehicle"),
        ("companies", "company"),
        ("movies", "movie"),
        ("boxes", "box"),
        ("losses", "loss"),
        ("houses", "house"),
        ("caches", "cache"),
        ("women", "woman"),
        ("wolves", "wolf"),
        # Their own plural, and words in s that are none.
        ("people", "people"),
        ("series", "series"),
        ("gas", "gas"),
        ("bus", "bus"),
        ("virus", "virus"),
        ("tax", "tax"),
        # An abbreviation gets its capitals back.
        ("EVs", "EV"),
    ],
)
def test_singular(word: str, noun: str) -> None:
    assert singular(word) == noun


@pytest.mark.parametrize(("word", "noun"), [("mice", "mouse"), ("police", "police"), ("cars", None), ("mouse", None)])
def test_an_irregular_plural_is_known_by_its_list_alone(word: str, noun: str | None) -> None:
    assert irregular_singular(word) == noun


@pytest.mark.parametrize("noun", ["gas field", "tax", "vehicle", "factory", "ship", "EV"])
def test_a_regular_plural_leads_back_to_its_noun(noun: str) -> None:
    assert singular(regular_plural(noun)).lower() == noun.lower()


@given(st.text(ascii_letters, min_size=1))
def test_a_singular_has_no_other_singular(word: str) -> None:
    assert singular(singular(word)).lower() == singular(word).lower()
