"""Coarse tags, features and lemmas of parsed sentences, worked out once for each word, tag and label that is met.

The model's rules for them (its attribute ruler, then its lemmatizer) look at one token at a time, but for a few that
span two: "gon na", "there is". Sentences in which one of those may begin go through the model's own components; for all
others the answer hangs on word, tag and label alone, and is remembered. The outcome is the same; the cost a fraction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc

RULES = ("attribute_ruler", "lemmatizer")
_ANSWER = [TAG, POS, LEMMA, MORPH, DEP]
_MOST = 200_000
"""As many answers as are remembered, so that a long run stays small."""


class Starts(NamedTuple):
    """With what a rule for two tokens may begin."""

    words: frozenset[str]
    regexes: tuple[re.Pattern[str], ...]
    labels: frozenset[str]


class Annotator:
    """Fills in what the model's rules say, for arrays of tokens."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._starts = _starts(nlp)
        self._answers: dict[tuple[int, int, int], tuple[int, ...]] = {}
        self._risky: dict[int, bool] = {}

    def is_plain(self, keys: Any) -> bool:
        """True for a sentence, given as rows of `ORTH, TAG, DEP`, in which no rule for two tokens can begin."""
        if self._starts is None:
            return False
        strings, starts = self._nlp.vocab.strings, self._starts
        for orth in keys[:, 0].tolist():
            risky = self._risky.get(orth)
            if risky is None:
                word = strings[orth].lower()
                risky = word in starts.words or any(regex.search(word) for regex in starts.regexes)
                self._risky[orth] = risky
            if risky:
                return False
        return not any(strings[label] in starts.labels for label in set(keys[:, 2].tolist()))

    def annotate(self, keys: Any) -> Any:
        """The rows of `TAG, POS, LEMMA, MORPH, DEP` for rows of `ORTH, TAG, DEP`."""
        rows = [tuple(row) for row in keys.tolist()]
        if len(self._answers) > _MOST:
            self._answers.clear()
            self._risky.clear()
        missing = [key for key in dict.fromkeys(rows) if key not in self._answers]
        if missing:
            self._answers.update(zip(missing, self._work_out(missing), strict=True))
        return np.array([self._answers[key] for key in rows], dtype="uint64").reshape(len(rows), len(_ANSWER))

    def _work_out(self, keys: list[tuple[int, int, int]]) -> Iterator[tuple[int, ...]]:
        """What the model's own components say of words that stand side by side without bearing on each other."""
        strings = self._nlp.vocab.strings
        doc = Doc(self._nlp.vocab, words=[strings[orth] for orth, _, _ in keys], spaces=[True] * len(keys))
        labels: Any = np.array([key[1:] for key in keys], dtype="uint64")
        doc.from_array([TAG, DEP], labels)
        return (tuple(row) for row in apply_rules(self._nlp, doc).to_array(_ANSWER).tolist())


def apply_rules(nlp: Language, doc: Doc) -> Doc:
    """The document after the model's own components for tags, features and lemmas."""
    for name, component in nlp.pipeline:
        if name in RULES:
            doc = component(doc)
    return doc


def _starts(nlp: Language) -> Starts | None:
    """How the rules for several tokens begin; None where they begin with anything this page does not know."""
    words: set[str] = set()
    regexes: list[re.Pattern[str]] = []
    labels: set[str] = set()
    ruler: Any = nlp.get_pipe(RULES[0]) if nlp.has_pipe(RULES[0]) else None
    if ruler is None or not nlp.has_pipe(RULES[1]):
        return None
    long = [pattern for rule in ruler.patterns for pattern in rule["patterns"] if len(pattern) > 1]
    for first, *_ in long:
        word, label = first.get("LOWER"), first.get("DEP")
        if isinstance(word, str):
            words.add(word)
        elif isinstance(word, dict) and "REGEX" in word:
            regexes.append(re.compile(word["REGEX"]))
        elif isinstance(label, str):
            labels.add(label)
        else:
            return None
    return Starts(frozenset(words), tuple(regexes), frozenset(labels))


@lru_cache(maxsize=4)
def annotator(nlp: Language) -> Annotator:
    """The annotator of a model, made once."""
    return Annotator(nlp)
