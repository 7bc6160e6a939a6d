"""The word lists of `words.toml`, loaded once."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    raw = (files("extractor.scope") / "words.toml").read_text(encoding="utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(raw).items()}


def among(word: str, name: str) -> bool:
    """True where the lemma stands in the list of that name."""
    return word in _lists()[name]


@lru_cache(maxsize=1)
def unit_indicators() -> dict[str, str]:
    """Indicator by the unit that tells it; the list holds both, the indicator last."""
    return {unit: indicator for unit, _, indicator in (row.rpartition(" ") for row in _lists()["unit_indicators"])}
