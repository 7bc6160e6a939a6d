"""Lemmas of the words of rise and fall, for text that has not been parsed."""

from __future__ import annotations

from functools import lru_cache

from extractor.loading import tables

from .lexicon import movement


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    """Every form of every verb of movement, to its lemma."""
    words = movement()
    forms = dict(tables(__package__, "movement.toml")["forms"])
    for lemma in (*words.verbs, *words.gap_verbs, *words.share_verbs):
        for form in _regular(lemma):
            forms.setdefault(form, lemma)
    return forms


def verb_lemma(word: str) -> str:
    """The lemma of a verb of movement, gap or share; "" for any other word."""
    return str(_forms().get(word.lower(), ""))


def direction_of(word: str) -> int:
    """1 for a word of rise in any form, -1 for a word of fall, 0 for any other."""
    words, lower = movement(), word.lower().strip(",.;:()\"'“”")
    for table in (words.particles, words.nouns):
        if lower in table:
            return table[lower]
    return words.verbs.get(verb_lemma(lower), 0)


def _regular(lemma: str) -> tuple[str, ...]:
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return (lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing")
    doubled = stem + stem[-1] if _doubles(lemma) else stem
    plural = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return (lemma, plural, doubled + "ed", doubled + "ing", stem + "ed", stem + "ing")


def _doubles(lemma: str) -> bool:
    return len(lemma) > 2 and lemma[-1] in "bdgmnpt" and lemma[-2] in "aeiou" and lemma[-3] not in "aeiou"
