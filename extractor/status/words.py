"""The words that give a figure its standing, read from `words.toml`, which says what each list means."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from extractor.loading import checked
from extractor.model import Status

WordList = Literal[
    "allowing", "announced", "bases", "containing", "counting", "crossed", "crossing", "existing", "failing",
    "foretold", "giving", "going_on", "here", "in_force", "meeting", "multiples", "outcomes", "owned", "past",
    "past_links", "perhaps", "permitting", "priced", "provisionally", "put_at", "ranging", "rulers", "setting",
    "spent", "summing", "supposing", "transitive", "true", "untrue", "trusting", "undoing", "ways",
]  # fmt: skip
"""The lists of [words]."""


class _Table(BaseModel):
    """What `words.toml` may say."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    auxiliaries: dict[Status, tuple[str, ...]]
    likelihood: dict[Status, tuple[str, ...]]
    modifiers: dict[Status, tuple[str, ...]]
    nouns: dict[Status, tuple[str, ...]]
    earlier: dict[Status, tuple[str, ...]]
    verbs: dict[Status, tuple[str, ...]]
    words: dict[WordList, frozenset[str]]


class StatusWords(NamedTuple):
    """The tables of `words.toml`, turned for look-up: the standing that each word brings, and the lists by name."""

    auxiliaries: dict[str, Status]
    likelihood: dict[str, Status]
    modifiers: dict[str, Status]
    nouns: dict[str, Status]
    earlier: dict[str, Status]
    verbs: dict[str, Status]
    lists: dict[WordList, frozenset[str]]


@lru_cache(maxsize=1)
def status_words() -> StatusWords:
    """The words of `words.toml`, read once."""
    table = checked(_Table, __package__, "words.toml")
    return StatusWords(
        auxiliaries=_by_word(table.auxiliaries),
        likelihood=_by_word(table.likelihood),
        modifiers=_by_word(table.modifiers),
        nouns=_by_word(table.nouns),
        earlier=_by_word(table.earlier),
        verbs=_by_word(table.verbs),
        lists=table.words,
    )


def words_in(name: WordList) -> frozenset[str]:
    """All words of the list of that name."""
    return status_words().lists[name]


def _by_word(table: dict[Status, tuple[str, ...]]) -> dict[str, Status]:
    return {word: status for status, words in table.items() for word in words}
