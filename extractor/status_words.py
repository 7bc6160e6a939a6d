"""The words that give a figure its standing, read from `extractor/data/status.toml`."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import DataPackError
from extractor.model import Status

Grammar = Literal[
    "ranging", "transitive", "put_at", "perhaps", "summing", "owned", "allowing", "permitting", "crossing",
    "going_on", "spent", "crossed", "here", "undoing",
]  # fmt: skip


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    auxiliaries: dict[Status, frozenset[str]]
    likelihood: dict[Status, frozenset[str]]
    modifiers: dict[Status, frozenset[str]]
    nouns: dict[Status, frozenset[str]]
    earlier: dict[Status, frozenset[str]]
    standing: dict[Literal["words", "inforce", "foreseen"], frozenset[str]]
    counting: dict[Literal["words"], frozenset[str]]
    outcomes: dict[Literal["words"], frozenset[str]]
    verbs: dict[Status, frozenset[str]]
    planning: dict[Literal["setting", "containing", "giving", "rulers", "ways"], frozenset[str]]
    bases: dict[Literal["words", "multiples"], frozenset[str]]
    outcome: dict[Literal["meeting", "foretold", "past_links", "past"], frozenset[str]]
    grammar: dict[Grammar, frozenset[str]]
    polarity: dict[Literal["fail", "if", "trust"], frozenset[str]]


class StatusWords(NamedTuple):
    """The words of `status.toml`, turned for look-up."""

    auxiliaries: dict[str, Status]
    likelihood: dict[str, Status]
    modifiers: dict[str, Status]
    nouns: dict[str, Status]
    earlier: dict[str, Status]
    standing: frozenset[str]
    inforce: frozenset[str]
    foreseen: frozenset[str]
    counting: frozenset[str]
    outcomes: frozenset[str]
    foreseeing: dict[str, Status]
    setting: frozenset[str]
    containing: frozenset[str]
    giving: frozenset[str]
    rulers: frozenset[str]
    ways: frozenset[str]
    bases: frozenset[str]
    multiples: frozenset[str]
    meeting: frozenset[str]
    foretold: frozenset[str]
    past_links: frozenset[str]
    past: frozenset[str]
    grammar: dict[Grammar, frozenset[str]]
    fail: frozenset[str]
    suppositions: frozenset[str]
    trust: frozenset[str]


@lru_cache(maxsize=1)
def status_words() -> StatusWords:
    """The words of `status.toml`, read once."""
    raw = (files("extractor") / "data" / "status.toml").read_text(encoding="utf-8")
    try:
        table = _Table.model_validate(tomllib.loads(raw))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise DataPackError(str(error), pack="status.toml") from error
    return StatusWords(
        auxiliaries=_by_word(table.auxiliaries),
        likelihood=_by_word(table.likelihood),
        modifiers=_by_word(table.modifiers),
        nouns=_by_word(table.nouns),
        earlier=_by_word(table.earlier),
        standing=table.standing["words"],
        inforce=table.standing["inforce"],
        foreseen=table.standing["foreseen"],
        counting=table.counting["words"],
        outcomes=table.outcomes["words"],
        foreseeing=_by_word(table.verbs),
        setting=table.planning["setting"],
        containing=table.planning["containing"],
        giving=table.planning["giving"],
        rulers=table.planning["rulers"],
        ways=table.planning["ways"],
        bases=table.bases["words"],
        multiples=table.bases["multiples"],
        meeting=table.outcome["meeting"],
        foretold=table.outcome["foretold"],
        past_links=table.outcome["past_links"],
        past=table.outcome["past"],
        grammar=table.grammar,
        fail=table.polarity["fail"],
        suppositions=table.polarity["if"],
        trust=table.polarity["trust"],
    )


def small_words(kind: Grammar) -> frozenset[str]:
    """The small words of one kind of [grammar]."""
    return status_words().grammar[kind]


def _by_word(table: dict[Status, frozenset[str]]) -> dict[str, Status]:
    return {word: status for status, words in table.items() for word in words}
