"""The word lists of `words.toml`, loaded once."""

from __future__ import annotations

from functools import lru_cache

from extractor.loading import tables, word_sets


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    return word_sets("extractor.scope", "words.toml")


def among(word: str, name: str) -> bool:
    """True where the lemma stands in the list of that name."""
    return word in _lists()[name]


def words_in(name: str) -> frozenset[str]:
    """All words of the list of that name."""
    return _lists()[name]


@lru_cache(maxsize=1)
def unit_indicators() -> dict[str, str]:
    """Indicator by the unit that tells it; the list holds both, the indicator last."""
    return {unit: indicator for unit, _, indicator in (row.rpartition(" ") for row in _lists()["unit_indicators"])}


@lru_cache(maxsize=1)
def dimensions() -> dict[str, str]:
    """Indicator by the adjective that follows a measure: "1.8km *long*"."""
    return dict(row.split() for row in sorted(_lists()["dimension_adjectives"]))


@lru_cache(maxsize=1)
def standings() -> dict[str, str]:
    """Indicator by the adjective of the things counted: "*unsold* cars"."""
    return dict(row.split() for row in sorted(_lists()["standing_adjectives"]))


@lru_cache(maxsize=1)
def physical_homonyms() -> dict[str, str]:
    """What the words for a measure of money mean in tonnes: "*stocks*" are inventories."""
    return dict(row.split() for row in sorted(_lists()["physical_homonyms"]))


@lru_cache(maxsize=1)
def local_levels() -> dict[str, str]:
    """The noun for the place that a word before a body tells of: "municipal" of the municipality."""
    return dict(row.split() for row in sorted(_lists()["local_bodies"]))


@lru_cache(maxsize=1)
def states() -> dict[str, str]:
    """Indicator by what people are in: "held in *prisons*"."""
    return dict(row.split() for row in sorted(_lists()["states_of_people"]))


@lru_cache(maxsize=1)
def idioms() -> dict[tuple[str, str], str]:
    """Indicator by verb and object, for those that only tell it together."""
    rows = (row.split() for row in _lists()["idioms"])
    return {(verb, thing): indicator for verb, thing, indicator in rows}


@lru_cache(maxsize=1)
def deeds() -> dict[tuple[str, str], str]:
    """Indicator by verb and sort of figure, from `deeds.toml`."""
    raw = tables("extractor.scope", "deeds.toml")
    return {
        (verb, sort): indicator for sort, rows in raw.items() for indicator, verbs in rows.items() for verb in verbs
    }
