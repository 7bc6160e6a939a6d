"""The word lists of rules.toml: what the reconciler knows of indicators and superlatives beyond the taxonomy."""

from __future__ import annotations

from functools import lru_cache

from extractor.loading import tables


@lru_cache(maxsize=1)
def rules() -> dict[str, frozenset[str]]:
    """The word lists of rules.toml."""
    table = tables(__package__, "rules.toml")
    return {name: frozenset(words) for name, words in table.items() if isinstance(words[0], str)}


@lru_cache(maxsize=4096)
def is_running(indicator: str | None) -> bool:
    """True for what grows from report to report of one event: its victims, and what is "destroyed" or "evacuated"."""
    if indicator is None:
        return False
    known = indicator in rules()["tolls"] or indicator in rules()["running"]
    return known or indicator.rpartition(" ")[2] in rules()["harmed"]


@lru_cache(maxsize=1)
def anybody() -> dict[str, frozenset[str]]:
    """For an indicator that counts people, the words that say no more of whom."""
    rows = tables(__package__, "rules.toml")["of_people"]
    return {indicator: frozenset(row["anybody"]) for row in rows for indicator in row["indicators"]}


@lru_cache(maxsize=1)
def partitions() -> dict[str, tuple[tuple[str, ...], ...]]:
    """For a product, each set of products that make it up without a rest."""
    table = tables(__package__, "rules.toml")
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for row in table["partition"]:
        found[row["whole"]] = (*found.get(row["whole"], ()), tuple(row["parts"]))
    return found


@lru_cache(maxsize=1)
def rank_classes() -> dict[str, str]:
    """Class of each superlative."""
    table = tables(__package__, "rules.toml")
    return {word: row["class"] for row in table["rank"] for word in row["words"]}
