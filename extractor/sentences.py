"""Cuts a text into sentences by punctuation and line breaks: linear, no model, some sixty times faster than parsing.

A line break ends a sentence (headlines, captions, list items and table rows have no full stop) unless the text is
hard-wrapped, where a single break is a space. A dateline ("LONDON, May 14 (Norda) -") stands apart from the sentence
behind it, which no parser reads well with it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from spacy.attrs import IDX, SENT_START
from spacy.tokens import Doc

# A stop with its closing quotes and brackets, the gap after it, and what follows; or one or more line breaks.
_BOUNDARY = re.compile(
    r"""(?P<stop>[.!?…]+)(?P<close>["'”’)\]]*)(?P<footnote>\[\d{1,3}\])?(?P<gap>[^\S\n]+)(?=(?P<next>["'“‘(\[]*\S))|(?P<lines>\s*\n\s*)"""
)
BULLETS = frozenset({"-", "–", "—", "*", "•", "·"})
"""Marks that open an item of a list."""
_STOPS = (".", "!", "?", "…", ".”", '."', "!”", "?”")
_LAST_WORD = re.compile(r"[\w.&'’-]{1,24}$")
_FIRST_WORD = re.compile(r"([\w.&'’-]{1,12}?)\.(?!\w)")
_OPENING_WORD = re.compile(r"[\"'“‘(\[]*([A-Za-z]+)\b")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]$")
_PLACE = r"[A-ZÀ-Þ][^\W\d_]*[.'’/-]?(?:[ -][^\W\d_]+[.'’]?){0,3}"
_IN_BRACKETS = r"(?: ?\([^()\n]{2,40}\)\.?)"


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, frozenset[str]]:
    raw = (files("extractor") / "data" / "abbreviations.toml").read_text(encoding="utf-8")
    return {group: frozenset(words) for group, words in tomllib.loads(raw).items()}


@lru_cache(maxsize=1)
def _dateline() -> re.Pattern[str]:
    """A place, a day or whoever reports or both, and a dash, at the start of a line."""
    day = rf", (?:[A-Z][a-z]+day,? )?(?:\d{{1,2}} )?(?:{'|'.join(_abbreviations()['months'])})[^\n(–—]{{0,20}}?"
    return re.compile(rf"^(?:{_PLACE}(?:{day}{_IN_BRACKETS}?|{_IN_BRACKETS})) ?[-–—]+ +(?=\S)", re.MULTILINE)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Half-open character offsets of the sentences, in order; white space between sentences belongs to none."""
    datelines = (found.end() for found in _dateline().finditer(text))
    return list(_trimmed(text, sorted({*_cuts(text, wrapped=_is_hard_wrapped(text)), *datelines})))


def mark_sentences(doc: Doc, spans: list[tuple[int, int]]) -> None:
    """Marks the sentence starts of a tokenised document; every other token is marked as no start."""
    offsets = doc.to_array([IDX]).ravel()
    starts: Any = np.full(len(doc), -1, dtype="int64")
    firsts = np.searchsorted(offsets, [start for start, _ in spans])
    starts[firsts[firsts < len(doc)]] = 1
    starts[:1] = 1
    doc.from_array([SENT_START], starts.view("uint64"))


def _cuts(text: str, *, wrapped: bool) -> Iterator[int]:
    for found in _BOUNDARY.finditer(text):
        if found["lines"] is not None:
            stopped = text.endswith(_STOPS, max(0, found.start() - 2), found.start())
            if not wrapped or stopped or found["lines"].count("\n") > 1:
                yield found.end()
        elif _ends_sentence(text, found):
            yield found.end()


def _ends_sentence(text: str, found: re.Match[str]) -> bool:
    following = found["next"][-1]
    if following.islower():
        return False
    if found["stop"] != "." or found["close"]:
        return True
    word = _LAST_WORD.search(text, max(0, found.start() - 24), found.start())
    if word is None:
        return True
    last = word.group().lstrip("'’-")
    if last in _abbreviations()["initials"]:
        return following.isupper() and _opens_sentence(
            text, found.end()
        )  # "the U.S. Senate", but "the U.S. The Senate"
    if last in _abbreviations()["ending"] and _opens_with_abbreviation(text, found.end()):
        return False  # "Smith & Co. Ltd."
    return not _is_abbreviation(last, following)


def _opens_sentence(text: str, start: int) -> bool:
    word = _OPENING_WORD.match(text, start)
    return word is not None and word[1] in _abbreviations()["openers"]


def _opens_with_abbreviation(text: str, start: int) -> bool:
    word = _FIRST_WORD.match(text, start)
    return word is not None and word[1] in _abbreviations()["ending"]


def _is_abbreviation(word: str, following: str) -> bool:
    groups = _abbreviations()
    if word in groups["inside"] or (word in groups["number"] and following.isdigit()):
        return True
    if word in groups["ending"]:
        return following.isdigit()
    return bool(_INITIALS.match(word)) and following.isupper() and word not in {"I"}


def _trimmed(text: str, cuts: Iterable[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in (*cuts, len(text)):
        sentence = text[start:cut]
        stripped = sentence.strip()
        if stripped:
            begin = start + len(sentence) - len(sentence.lstrip())
            yield begin, begin + len(stripped)
        start = cut


def _is_hard_wrapped(text: str) -> bool:
    """True where most lines break in mid-sentence at a similar width, as in plain-text mail and old wires."""
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    if len(lines) < 6:
        return False
    broken = [line for line in lines if 50 <= len(line) <= 100 and line[-1] not in '.!?:;”"']
    longest = max(map(len, lines))
    return longest <= 110 and len(broken) > 0.5 * len(lines)
