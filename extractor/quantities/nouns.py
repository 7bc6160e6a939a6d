"""The counted noun phrase behind a number, by words alone; a parse refines it later."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.names.words import name_words
from extractor.plurals import irregular_singular, singular

from .lexicon import alternation, lexicon

_WORD = re.compile(
    r"(?:[^\S\n]{1,3}|[^\S\n]?\n(?=[a-z])|-)([A-Za-zÀ-ÿ][\w’'&-]*|(?<=[a-z]\s)\d{1,4}s\b|(?<=[a-z]\s)\d{3}(?=\s[A-Z][a-z]))"
)
"""A word of the phrase, or the number in a model's name ("Model *3s*", "new *737* Max jets")."""
_OF = re.compile(r"\s+(?:of\s+)(?:(?:the|its|their|his|her|our|these|those|all|such)\s+)?", re.IGNORECASE)
_NOT_PLURAL = ("ss", "us", "is", "ous", "’s", "'s")
_SIZE = re.compile(r"\s\d[\d.,]{0,8}[-\s]?[A-Za-z]{1,6}(?=\s[a-z])")
"""A size between number and noun: "58.8 million *60-kg* bags"."""
_CLOSING_QUOTES = ('"', "”", "’", "'")
_BOTH_SEXES = re.compile(r"(?:,\s(?:wo)?men)?,?\sand\s(?:women|men|girls|boys|children)\b", re.IGNORECASE)
_SEXES = ("men", "women", "boys", "girls")
"""Men and women together are people: "181,174 *men and women*"."""
_DESCRIBING = ("ing", "ive", "ly", "ional")
"""Endings of what tells the sort of a day or a mile, and not whose it is: "flying hours"."""
_NO_STRETCH = 1000
_LONGEST = 6
_THE = re.compile(r"\b[Tt]he\s[\d.,]+(?:\s(?:million|billion|trillion))?$")


class Noun(NamedTuple):
    """A counted noun phrase and the lemma of its head."""

    start: int
    end: int
    lemma: str


def counted_noun(text: str, position: int, value: float) -> Noun | None:
    """The noun phrase directly behind a number: "60 *different Chinese brands*", "35m *of its Echo devices*"."""
    if text[position : position + 1] in _CLOSING_QUOTES:
        position += 1  # "“close to 240,000” Japanese cars"
    if _foreseers().match(text, position) and _is_definite(text, position):
        return None
    size = _SIZE.match(text, position)
    position = size.end() if size else position
    leading = _OF.match(text, position)
    if leading and _whose(text, position):
        return None
    at = leading.end() - 1 if leading else position
    words = _run(text, at)
    if not words:
        return None
    while len(words) > 1 and (
        _is_adverb(words[0].group(1)) or words[0].group(1).lower() in lexicon().contexts["counting_adjectives"]
    ):
        del words[0]
    head = next((index for index, word in enumerate(words) if is_plural(word.group(1))), -1)
    if head < 0 and value == 1 and not leading:
        head = min(len(words), 3) - 1
    if head < 0:
        return None
    while head + 1 < len(words) and _goes_before(words[head].group(1)) and is_plural(words[head + 1].group(1)):
        head += 1
    start, end = words[0].start(1), words[head].end(1)
    lemma = words[head].group(1)
    if lemma[0].isdigit() and head:
        return Noun(start, end, f"{words[head - 1].group(1).lower()} {lemma.removesuffix('s')}")
    if pair := _BOTH_SEXES.match(text, end):
        return Noun(start, pair.end(), "people" if lemma.lower() in _SEXES else singular(lemma))
    if spent := _spent([word.group(1).lower() for word in words[: head + 1]], value):
        return Noun(start, _with_of(text, end), spent)
    return Noun(start, _with_of(text, end), lemma if _is_acronym(lemma) else singular(lemma))


def _spent(phrase: list[str], value: float) -> str:
    """The compound that counts so much time or way of each ("4,000 *skier days*", "*vehicle-miles*"), else ""."""
    *before, last = " ".join(phrase[-2:]).replace("-", " ").split()
    words, measure = lexicon(), singular(last)
    if not before or measure not in words.contexts["spent"]:
        return ""
    whose = singular(before[-1])
    if whose.endswith(_DESCRIBING) or whose in words.contexts["running"]:
        return ""
    # a stretch of time is never so long: "two school days", "12 summer months"
    counts = value >= _NO_STRETCH or whose in name_words().crowd
    return words.unit_words.get(f"{whose}-{measure}", f"{whose} {measure}") if counts else ""


def _goes_before(word: str) -> bool:
    """Whether a plural may describe another: "*police* officers", "*measles* cases"."""
    return not word.endswith("s") or irregular_singular(word.lower()) == word.lower()


@lru_cache(maxsize=1)
def _foreseers() -> re.Pattern[str]:
    """The economists of "the 145,000 *economists* had expected", who are not counted but speak."""
    words = lexicon().contexts
    return re.compile(
        rf"\s(?:{alternation(words['foreseers'])})\s(?:(?:had|have|were)\s)?(?:been\s)?(?:{alternation(words['foreseeing'])})\b"
    )


def _is_definite(text: str, position: int) -> bool:
    """Whether "the" stands before the figure that ends at a position."""
    return _THE.search(text, max(0, position - 40), position) is not None


def _whose(text: str, position: int) -> bool:
    """True where "of" says whose a definite figure is: "The 119,000 of the police"."""
    digits = re.search(
        r"(?:^|\s)[Tt]he\s[\d.,]{4,12}(?:\s(?:million|billion))?$", text[max(0, position - 26) : position]
    )
    return digits is not None and text.startswith(" of the", position)


def _is_acronym(word: str) -> bool:
    return word.isupper() and 1 < len(word) <= 4


def _is_adverb(word: str) -> bool:
    return word.lower().endswith("ly") and "-" not in word


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    lower = word.lower()
    if irregular_singular(lower) is not None:
        return True
    if lower in lexicon().contexts["not_plural"]:
        return False
    if lower[0].isdigit():
        return lower.endswith("s")
    return len(lower) > 3 and lower.endswith("s") and not lower.endswith(_NOT_PLURAL)


def _run(text: str, position: int) -> list[re.Match[str]]:
    """The words from `position` up to punctuation or a word that ends a noun phrase."""
    stops, at = lexicon().contexts["stops"], position
    words: list[re.Match[str]] = []
    while len(words) < _LONGEST and (match := _WORD.match(text, at)):
        word = match[1].lower()
        joins = word in ("and", "or") and words and not any(is_plural(other[1]) for other in words)
        if word in stops and not joins and not (word in lexicon().contexts["counting_adjectives"] and not words):
            break
        words.append(match)
        at = match.end()
    return words


def _with_of(text: str, end: int) -> int:
    """The end of the phrase across one "of": "barrels *of crude oil*"."""
    match = re.compile(r"\s+of(?=\s)").match(text, end)
    if match is None:
        return end
    words = _run(text, match.end())
    plural = next((word.end(1) for word in words[:3] if is_plural(word.group(1))), None)
    return plural or (words[min(len(words), 2) - 1].end(1) if words else end)
