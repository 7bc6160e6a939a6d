"""Cuts a text into sentences by punctuation and line breaks: linear, no model, some sixty times faster than parsing.

A line break ends a sentence: headlines, captions, list items and table rows have no full stop. In a text that is
wrapped at a width, as plain-text mail and old wires are, the breaks inside a paragraph are spaces. A dateline
("LONDON, May 14 (Norda) -") stands apart from the sentence behind it, which no parser reads well with it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from spacy.attrs import IDX, SENT_START
from spacy.tokens import Doc

from extractor.loading import word_sets

# A stop with its closing quotes and brackets, the gap after it, and what follows; or one or more line breaks.
_BOUNDARY = re.compile(
    r"""(?P<stop>[.!?…]+)(?P<close>["'”’)\]]*)(?P<footnote>\[\d{1,3}\])?(?P<gap>[^\S\n]+)(?=(?P<next>["'“‘(\[]*\S))|(?P<lines>\s*\n\s*)"""
)
BULLETS = frozenset({"-", "–", "—", "*", "•", "·"})
"""Marks that open an item of a list."""
_LAST_WORD = re.compile(r"[\w.&'’-]{1,24}$")
_FIRST_WORD = re.compile(r"([\w.&'’-]{1,12}?)\.(?!\w)")
_OPENING_WORD = re.compile(r"[\"'“‘(\[]*([A-Za-z]+)\b")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]$")
_PLACE = r"[A-ZÀ-Þ][^\W\d_]*[.'’/-]?(?:[ -][^\W\d_]+[.'’]?){0,3}"
_PLACE_IN_CAPITALS = r"[A-ZÀ-Þ]{3,}(?:[ -][A-ZÀ-Þ]{2,}){0,3}(?:, [A-ZÀ-Þ][\w. ]{2,20}?)?"
_IN_BRACKETS = r"(?: ?\([^()\n]{2,40}\)\.?)"
_BREAK = re.compile(r"\n")
_NEXT_LINE = re.compile(r"[^\S\n]*(\S+)")
_FEWEST_FULL = 4
_SHORTEST = 40
"""Shorter lines are headings, labels and items."""
_SLACK = 4
"""How much shorter than the widest line a full one may be: the widest may have run over."""


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, frozenset[str]]:
    return word_sets("extractor", "data/abbreviations.toml")


@lru_cache(maxsize=1)
def _dateline() -> re.Pattern[str]:
    """A place, a day or whoever reports or both, and a dash, at the start of a line; a place in capitals stands alone,
    too: "PARIS — Police fired".
    """
    day = rf", (?:[A-Z][a-z]+day,? )?(?:\d{{1,2}} )?(?:{'|'.join(_abbreviations()['months'])})[^\n(–—]{{0,20}}?"
    told = rf"{_PLACE}(?:{day}{_IN_BRACKETS}?|{_IN_BRACKETS}) ?[-–—]+ +(?=\S)"
    return re.compile(rf"^(?:{told}|{_PLACE_IN_CAPITALS} [-–—]+ +(?=[A-ZÀ-Þ\"“]))", re.MULTILINE)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Half-open character offsets of the sentences, in order; white space between sentences belongs to none."""
    text = unwrapped(text)
    datelines = (found.end() for found in _dateline().finditer(text))
    return list(_trimmed(text, sorted({*_cuts(text), *datelines})))


def mark_sentences(doc: Doc, spans: list[tuple[int, int]]) -> None:
    """Marks the sentence starts of a tokenised document; every other token is marked as no start."""
    offsets = doc.to_array([IDX]).ravel()
    starts: Any = np.full(len(doc), -1, dtype="int64")
    firsts = np.searchsorted(offsets, [start for start, _ in spans])
    starts[firsts[firsts < len(doc)]] = 1
    starts[:1] = 1
    doc.from_array([SENT_START], starts.view("uint64"))


def _cuts(text: str) -> Iterator[int]:
    for found in _BOUNDARY.finditer(text):
        if found["lines"] is not None or _ends_sentence(text, found):
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


# Wrapped lines --------------------------------------------------------------------------------------------------------


def unwrapped(text: str) -> str:
    """The text with a space for each break of a line that was only full: as long as before, so that offsets stay."""
    if "\n" not in text:
        return text
    width = _width(text)
    starts = [0, *(found.end() for found in _BREAK.finditer(text))]
    soft = [end - 1 for start, end in itertools.pairwise(starts) if _goes_on(text, start, end, width)]
    if not soft:
        return text
    characters = list(text)
    for index in soft:
        characters[index] = " "
    return "".join(characters)


def _width(text: str) -> int:
    """How wide the lines are, where most of those that another follows are full; 0 for a text that is not wrapped."""
    lines = [line.rstrip() for line in text.split("\n")]
    if sum(len(line) > _WIDEST for line in lines) > len(lines) / 10:
        return 0
    width = max((len(line) for line in lines if len(line) <= _WIDEST), default=0)
    followed = [
        (line, following.split(None, 1)[0])
        for line, following in itertools.pairwise(lines)
        if line and following.strip() and following.lstrip()[0] not in BULLETS
    ]
    full = sum(len(line) + 1 + len(word) > width - _SLACK for line, word in followed)
    return width if width >= _NARROWEST and full >= max(_FEWEST_FULL, 0.6 * len(followed)) else 0


def _goes_on(text: str, start: int, end: int, width: int) -> bool:
    """Whether a line goes on in the next: because that word would not have fitted, or because the sentence does.

    One of a list or a table never goes on.
    """
    line, following = text[start : end - 1].rstrip(), _NEXT_LINE.match(text, end)
    if following is None or len(line) < _SHORTEST or "|" in line or "\t" in line or following[1] in BULLETS:
        return False
    if width and len(line) + 1 + len(following[1]) > width - _SLACK:
        return True
    within = following[1][0].islower() and line[-1].isalnum()
    return within or line.rsplit(None, 1)[-1].lower() in _abbreviations()["leading"]


_NARROWEST, _WIDEST = 50, 110
