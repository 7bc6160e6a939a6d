"""The word lists of rules.toml: what the reconciler knows of indicators and superlatives beyond the taxonomy."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def rules() -> dict[str, frozenset[str]]:
    """The word lists of rules.toml."""
    table = tomllib.loads((files("reconcile") / "rules.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in table.items() if name not in ("rank", "partition")}


@lru_cache(maxsize=1)
def partitions() -> dict[str, tuple[tuple[str, ...], ...]]:
    """For a product, each set of products that make it up without a rest."""
    table = tomllib.loads((files("reconcile") / "rules.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for row in table["partition"]:
        found[row["whole"]] = (*found.get(row["whole"], ()), tuple(row["parts"]))
    return found


@lru_cache(maxsize=1)
def rank_classes() -> dict[str, str]:
    """Class of each superlative."""
    table = tomllib.loads((files("reconcile") / "rules.toml").read_text(encoding="utf-8"))
    return {word: row["class"] for row in table["rank"] for word in row["words"]}
