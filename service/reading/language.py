"""Is a text English? Sure of a no, or it counts as a yes: an English article is never left out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from extractor.loading import tables

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_SAMPLE = 20_000
_ENOUGH = 0.06
_SOME = 0.02
_LETTERS_TO_JUDGE = 20


def other_language(text: str) -> str | None:
    """The ISO 639-1 code of the language where it is surely not English ("xx" where unnamed), else None."""
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    letters = "".join(words)
    if len(letters) < _LETTERS_TO_JUDGE:
        return None
    if 2 * len(_LATIN.findall(letters)) < len(letters):
        return _classified(" ".join(words))[0].replace("en", "xx")
    english = sum(word in _english() for word in words) / len(words)
    if english >= _ENOUGH:
        return None
    language, probability = _classified(" ".join(words))
    # A headline or a table of names has few function words: there the classifier must be surer still.
    needed = 0.9 if len(words) >= 40 and english < _SOME else 0.999
    return language if language != "en" and english < _ENOUGH / 2 and probability >= needed else None


def language_name(code: str) -> str | None:
    """The English name of a language by its ISO 639 code; None where languages.toml names none."""
    name: str | None = _data()["names"].get(code)
    return name


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    return frozenset(_data()["english"].split())


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tables(__package__, "languages.toml")


def _classified(text: str) -> tuple[str, float]:
    language, probability = _identifier().classify(text)
    return str(language), float(probability)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # the model takes most of a second to load

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
