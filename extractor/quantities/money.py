"""Which country's money a word or sign means that several countries share: "pesos", "francs", "Rs", "N617".

The places that a text names decide; the data stands under [local] and [letters] in `currencies.toml`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from extractor.plurals import irregular_singular

from .lexicon import alternation, lexicon

_NAME = re.compile(r"\d+-?[A-Z]")
"""What makes a name of a letter and digits: "R2-D2"."""
_HOME = 2
_SCALED = re.compile(r"\b([A-Z])\s?(?:billion|million|trillion|bn|mn|m|tn|'000)\b")
_LOOKED_AT = 20_000
"""How many characters of a text are searched for the places that it names."""


def local_currency(text: str, name: str) -> str:
    """The code of the money that `name` means in this text; "" where nothing tells."""
    table = lexicon().local_currencies.get(name)
    if not table:
        return ""
    seen = _places(text)
    hits = {code: sum(seen[word] for word in words) for code, words in table.items()}
    best = max(hits, key=lambda code: hits[code])
    if name == "$" and seen["US$"]:  # whoever writes "US$" as well means his own dollar by the bare sign
        hits.pop("USD")
        best = max(hits, key=lambda code: hits[code])
        return best if hits[best] else ""
    if name == "$":  # else it is another than the American one only where a text speaks of nowhere else
        return best if hits[best] >= _HOME and not hits["USD"] else ""
    return best if hits[best] else ""


def lettered_currency(text: str, start: int) -> str:
    """The code of a single letter before the digits at `start` ("N617", "R1.2bn"), where the text is of its country."""
    letter = text[start - 1 : start]
    if letter not in lexicon().lettered_currencies or _NAME.match(text, start):
        return ""
    if start > 1 and (text[start - 2].isalnum() or text[start - 2] in "-&$/"):
        return ""
    seen = _places(text)
    table = lexicon().lettered_currencies[letter]
    return next((code for code, words in table.items() if any(seen[word] for word in words)), "")


def subunit(text: str, name: str) -> tuple[str, float]:
    """The code of the money that a subunit is part of in this text, and how many make one: millimes → TND, 1000.

    The name itself and 1 where several countries have it and the text names none of them.
    """
    lower = name.lower()
    singular = lower if lower in lexicon().subunits else lower.removesuffix("s")
    parts = lexicon().subunits[singular]
    if len(parts) == 1:
        return next(iter(parts.items()))
    seen = _places(text)
    hits = {
        code: sum(
            seen[word]
            for word in {word for table in lexicon().local_currencies.values() for word in table.get(code, ())}
        )
        for code in parts
    }
    best = max(hits, key=lambda code: hits[code])
    return (best, parts[best]) if hits[best] else (singular, 1.0)


def shared_currency(text: str, unit: str) -> str:
    """A unit, or where several countries share its name the code of the one that the text is of."""
    name = lexicon().shared_currencies.get(unit, "")
    return local_currency(text, name) or unit if name else unit


def money_named(text: str, name: str) -> str:
    """The code of a currency by its name in this text, or the name where its country is unknown; "" for no currency."""
    words = lexicon()
    code = local_currency(text, words.shared_currencies[name]) if name in words.shared_currencies else ""
    return (
        code or words.currency_names.get(name, "") or (singular_name(name) if name in words.shared_currencies else "")
    )


def singular_name(name: str) -> str:
    """The name of a currency in the singular: "pesos" → peso, "kroner" → krone."""
    return irregular_singular(name) or name.removesuffix("s")


def heading_currency(text: str, heading: str) -> str:
    """The code of a single letter before a scale in a table's heading ("Billed (N billion)"); "" for none."""
    letter = _SCALED.search(heading)
    if letter is None:
        return ""
    seen = _places(text)
    table = lexicon().lettered_currencies.get(letter[1], {})
    return next((code for code, words in table.items() if any(seen[word] for word in words)), "")


@lru_cache(maxsize=8)
def _places(text: str) -> Counter[str]:
    return Counter(found.group() for found in _pattern().finditer(text, 0, _LOOKED_AT))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = lexicon()
    tables = (*words.local_currencies.values(), *words.lettered_currencies.values())
    return re.compile(rf"\b{alternation(word for table in tables for row in table.values() for word in row)}\b")
