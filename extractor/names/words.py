"""The words that type names, and what a single word or name says about itself (`extractor/data/names.toml`)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from extractor.loading import checked
from extractor.model import SourceKind
from extractor.plurals import singular
from extractor.taxonomy import taxonomy

_SIGNS = re.compile(r"[^\w\s&'’.-]+")
_POSSESSIVE = re.compile(r"'s?$")

if TYPE_CHECKING:
    from extractor.tokens import Doc

PUBLIC_BODIES = frozenset({"government", "customs", "association"})
"""Kinds of bodies that count what is their own country's."""
PUBLISHERS = PUBLIC_BODIES | {"analyst"}
"""Kinds of bodies that give figures of others."""


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    heads: dict[SourceKind, tuple[str, ...]]
    compounds: dict[SourceKind, tuple[str, ...]]
    suffixes: dict[SourceKind, tuple[str, ...]]
    openings: dict[SourceKind, tuple[str, ...]]
    of_names: dict[str, tuple[str, ...]]
    people: dict[str, frozenset[str]]
    crowd_kinds: dict[SourceKind, tuple[str, ...]]
    never: dict[str, tuple[str, ...]]
    legal: dict[str, frozenset[str]]
    directions: dict[str, frozenset[str]]
    sites: dict[str, frozenset[str]]
    clubs: dict[str, frozenset[str]]
    tails: dict[str, frozenset[str]]
    holders: dict[str, frozenset[str]]
    before: dict[Literal["determiners"], frozenset[str]]
    inside: dict[Literal["links", "particles"], frozenset[str]]
    speaking: dict[Literal["verbs"], frozenset[str]]
    places: dict[Literal["nouns", "sites", "fires", "of"], frozenset[str]]
    gender: dict[Literal["he", "she"], frozenset[str]]
    given: dict[Literal["he", "she"], tuple[str, ...]]
    references: dict[str, tuple[SourceKind, ...]]


class NameWords(NamedTuple):
    """The words of `names.toml`, turned for look-up: word to kind."""

    heads: dict[str, SourceKind]
    compounds: dict[str, SourceKind]
    suffixes: dict[str, SourceKind]
    openings: dict[str, SourceKind]
    of_names: frozenset[str]
    titles: frozenset[str]
    roles: frozenset[str]
    voices: frozenset[str]
    crowd: frozenset[str]
    crowd_kinds: dict[str, SourceKind]
    never: frozenset[str]
    legal: frozenset[str]
    directions: frozenset[str]
    sites: frozenset[str]
    clubs: frozenset[str]
    """Words that make the name of a place the name of a club: "Leeds United"."""
    tails: frozenset[str]
    """Words that with all behind them tell what a body runs and are no part of its name: "Air Maravia *Flight 17*"."""
    holders: frozenset[str]
    """Words that a firm's name may end with or go without: "Quillon *Group*"."""
    determiners: frozenset[str]
    small: frozenset[str]
    """Words in lower case inside a name: "Bank *of* Norda", "Ursula *von der* Leyen"."""
    particles: frozenset[str]
    """Those of them that stand in the names of persons and places."""
    speaking: frozenset[str]
    """Lemmas of verbs whose subject, of two or three names, is a person."""
    beside: frozenset[str]
    """Words that stand before a name at the head of a sentence and are no part of it: "Rival"."""
    places: frozenset[str]
    """Nouns that make the name beside them the name of a place or of something that stands there."""
    fires: frozenset[str]
    """Those of them that are part of the name of a fire."""
    place_of: frozenset[str]
    """Words before "of" and the name of a place."""
    gendered: dict[str, str]
    given: dict[str, str]
    references: dict[str, tuple[SourceKind, ...]]


@lru_cache(maxsize=1)
def name_words() -> NameWords:
    """The words that type names, read once."""
    words = checked(_Words, "extractor", "data/names.toml")
    return NameWords(
        heads=_by_word(words.heads),
        compounds=_by_word(words.compounds),
        suffixes=_by_word(words.suffixes),
        openings=_by_word(words.openings),
        of_names=frozenset(words.of_names["words"]),
        titles=words.people["titles"],
        roles=words.people["roles"],
        voices=words.people["voices"],
        crowd=words.people["crowd"],
        crowd_kinds=_by_word(words.crowd_kinds),
        never=frozenset(words.never["words"]),
        legal=words.legal["words"],
        directions=words.directions["words"],
        sites=words.sites["words"],
        clubs=words.clubs["words"],
        tails=words.tails["words"],
        holders=words.holders["words"],
        determiners=words.before["determiners"],
        small=words.inside["links"] | words.inside["particles"],
        particles=words.inside["particles"],
        speaking=words.speaking["verbs"],
        beside=words.people["beside"],
        places=words.places["nouns"] | words.places["sites"] | words.places["fires"],
        fires=words.places["fires"],
        place_of=words.places["of"],
        gendered={word: gender for gender, others in words.gender.items() for word in others},
        given={word: gender for gender, others in words.given.items() for word in others},
        references=words.references,
    )


def _by_word(kinds: dict[SourceKind, tuple[str, ...]]) -> dict[str, SourceKind]:
    return {word: kind for kind, words in kinds.items() for word in words}


@lru_cache(maxsize=1)
def _area_names() -> frozenset[str]:
    return frozenset(name.lower() for area in taxonomy().areas.values() for name in area.names)


def is_area_name(text: str) -> bool:
    """True for the name of an area in any case: the SINGAPORE of a dateline."""
    return text.lower() in _area_names()


def body_kind(word: str) -> SourceKind | None:
    """The kind of body that a noun names as the head of a phrase, or None."""
    heads = name_words().heads
    return heads.get(word.lower()) or heads.get(singular(word))


def phrase_kind(doc: Doc, index: int) -> SourceKind | None:
    """The kind of body that the noun at an index names, the word before it minded: a central bank is no company."""
    if index:
        pair = f"{doc[index - 1].lower_} {singular(doc[index].text)}"
        if pair in name_words().compounds:
            return name_words().compounds[pair]
    return body_kind(doc[index].text)


def described_kind(doc: Doc, index: int) -> SourceKind | None:
    """The kind of body that a noun tells of the name beside it ("chipmaker Norvane", "Roofline, a charity,")."""
    return None if singular(doc[index].text) in name_words().sites else phrase_kind(doc, index)


def normalise(text: str) -> str:
    """The id of a name that no pack knows: its words in lower case, without determiner or possessive ending."""
    words = _SIGNS.sub(" ", text).lower().replace("’", "'").split()
    while words and words[0] in name_words().determiners:
        words = words[1:]
    return _POSSESSIVE.sub("", " ".join(words)).strip()


def identity(text: str) -> str:
    """The id of a name that no pack knows: its words without a legal form, which only some mentions have."""
    words = normalise(text).split()
    while len(words) > 1 and words[-1].rstrip(".") in name_words().legal:
        words.pop()
    return " ".join(words)


def core_of(name: str) -> str:
    """A firm's name as it goes on without legal form and the words that many end with: "Air Maravia" for "Air Maravia
    Group Inc."; empty where fewer than two words remain or none is left out.
    """
    words, tails = name.split(), name_words().legal | name_words().holders
    kept = len(words)
    while kept and words[kept - 1].lower().rstrip(".") in tails:
        kept -= 1
    return " ".join(words[:kept]) if 2 <= kept < len(words) else ""
