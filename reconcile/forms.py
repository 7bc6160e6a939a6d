"""Words in the form in which they are compared, and the verb that a past form is of."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=4096)
def plain(words: str) -> str:
    """Words in the form that is compared: no capitals, accents, article, possessive; the last word in the singular."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", words.lower()) if not unicodedata.combining(sign))
    text = re.sub(r"['’]s?\b", "", bare)
    parts = [part for part in re.split(r"[\s_/-]+", text.strip(" .,")) if part]
    if parts and parts[0] in ("the", "a", "an"):
        parts = parts[1:]
    return " ".join([*parts[:-1], singular(parts[-1])]) if parts else ""


def singular(word: str) -> str:
    """A noun in the singular."""
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


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
    return tomllib.loads((files("reconcile") / "measures.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    return {form: verb for verb, forms in measures()["past"].items() for form in forms}
