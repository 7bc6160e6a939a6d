"""English nouns in the singular and in the plural: by rule, and by the exceptions that stand in `data/plurals.toml`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.loading import tables

_WITH_ES = re.compile(r"(?:s|x|z|ch|sh)$")
_WITH_IES = re.compile(r"[^aeiou]y$")


class _Exceptions(NamedTuple):
    """The exceptions, turned for look-up."""

    read: dict[str, str]
    """Singular by plural."""
    written: dict[str, str]
    """Plural by singular."""
    singulars: frozenset[str]
    """Words that end in s and are no plurals: "gas", "bus"."""


@lru_cache(maxsize=1)
def _exceptions() -> _Exceptions:
    found = tables("extractor", "data/plurals.toml")
    invariable = {word: word for word in found["invariable"]["words"]}
    unmarked = {word: word for word in found["unmarked"]["words"]}
    irregular: dict[str, str] = found["irregular"]
    read = {plural_: word for word, plural_ in irregular.items()} | found["read"] | invariable
    return _Exceptions(read, irregular | invariable | unmarked, frozenset(irregular))


def irregular_singular(word: str) -> str | None:
    """The singular of a plural in lower case that no rule makes ("men" → "man", "police" → "police"); else None."""
    return _exceptions().read.get(word)


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """A noun in the singular and in lower case: "Companies" → "company", "boxes" → "box", "men" → "man"."""
    lower, exceptions = word.lower(), _exceptions()
    if lower in exceptions.read:
        return exceptions.read[lower]
    if lower in exceptions.singulars or len(lower) < 3:
        return lower
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    if lower.endswith(("sses", "xes", "zzes", "ches", "shes")):
        return lower[:-2]
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
        return lower[:-1]
    return lower


def regular_plural(noun: str) -> str:
    """A noun phrase whose last word takes the regular ending: "factory" → "factories", "e-bus" → "e-buses"."""
    if _WITH_ES.search(noun):
        return noun + "es"
    if _WITH_IES.search(noun):
        return noun[:-1] + "ies"
    return noun + "s"


@lru_cache(maxsize=4096)
def plural(noun: str) -> str:
    """The plural of a noun phrase; of a rate ("barrel per day") and of a phrase with "of", that of its first part.

    What may be a plural already ("goods") and what is no word ("CO2") stays as it is.
    """
    for joint in (" per ", " of ", "/"):
        head, found, rest = noun.partition(joint)
        if found and head:
            return plural(head) + found + rest
    stem, space, last = noun.rpartition(" ")
    return stem + space + _plural_word(last)


def _plural_word(word: str) -> str:
    written = _exceptions().written.get(word)
    if written is not None:
        return written
    is_plural = word.endswith("s") and not word.endswith("ss")
    return word if is_plural or not word[-1:].isalpha() else regular_plural(word)
