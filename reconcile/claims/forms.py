"""Words in the form in which they are compared, and the verb that a past form is of."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from extractor.loading import tables
from extractor.plurals import singular

_SPELT_OUT = 5
"""Letters of a word that is hardly an abbreviation."""
_POSSESSIVE, _GAPS = re.compile(r"['’]s?\b"), re.compile(r"[\s_/-]+")


@lru_cache(maxsize=4096)
def plain(words: str) -> str:
    """Words in the form that is compared: no capitals, accents, article, possessive; the last word in the singular."""
    small = words.lower()
    text = _POSSESSIVE.sub("", small if small.isascii() else _without_accents(small))
    parts = [part for part in _GAPS.split(text.strip(" .,")) if part]
    if parts and parts[0] in ("the", "a", "an"):
        parts = parts[1:]
    return " ".join([*parts[:-1], singular(parts[-1]).lower()]) if parts else ""


def _without_accents(words: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", words) if not unicodedata.combining(sign))


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A plain name as its spellings have it in common: no double letters, no letter alone ("majlis e amal")."""
    parts = [part for part in name.split(" ") if part not in _legal_forms()]
    kept = [part for place, part in enumerate(parts) if len(part) > 1 or place in (0, len(parts) - 1)]
    return " ".join(map(_without_doubles, kept)) if len(kept) > 1 else name


def _without_doubles(word: str) -> str:
    return word if len(word) < _SPELT_OUT else re.sub(r"([a-z])\1+", r"\1", word)


def verbs_of(word: str) -> tuple[str, ...]:
    """What a past form may be of: "exported" of "export", "carried" of "carry", or "sold" of "sell"."""
    if word in _irregular():
        return (_irregular()[word],)
    if " " in word or not word.endswith("ed") or len(word) < 5:
        return ()
    stem = word[:-2]
    if stem[-1] == "i":
        return (f"{stem[:-1]}y",)
    return (stem, f"{stem}e", stem[:-1]) if stem[-1] == stem[-2] else (stem, f"{stem}e")


@lru_cache(maxsize=1)
def measures() -> dict[str, Any]:
    """What measures.toml says."""
    return tables(__package__, "measures.toml")


@lru_cache(maxsize=1)
def _legal_forms() -> frozenset[str]:
    return frozenset(measures()["legal_forms"])


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    return {form: verb for verb, forms in measures()["past"].items() for form in forms}
