"""Words that news uses for one thing and that no data pack knows (synonyms.toml): "retrieved" is "recovered"."""

from __future__ import annotations

from functools import lru_cache

from extractor.loading import tables
from reconcile.claims.forms import plain


def measured(phrase: str) -> str:
    """The word that stands for all that say what a phrase says is measured; the phrase where there is none."""
    return _heads("measured").get(phrase, phrase)


def counted(phrase: str) -> str:
    """A phrase with the word that stands for all that name the same thing: "fishing ship" for "fishing boat"."""
    heads, words = _heads("counted"), phrase.split(" ")
    for first in range(len(words)):
        head = heads.get(" ".join(words[first:]))
        if head is not None:
            return " ".join([*words[:first], head])
    return phrase


@lru_cache(maxsize=2)
def _heads(slot: str) -> dict[str, str]:
    """The first word of its row for each word of one list."""
    return {plain(word): plain(row[0]) for row in tables(__package__, "synonyms.toml")[slot] for word in row}
