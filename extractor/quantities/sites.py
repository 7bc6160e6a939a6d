"""A quantity in its sentence: the words to its left and right, and the word that governs it in the parse."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.mentions import Quantity, text_of
from extractor.syntax import sentence_offsets
from extractor.tokens import Doc, Token

from .lexicon import lexicon

LIST_LINK = re.compile(r"\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or)\s+")
"""What stands between two figures of a list."""
_WORD = re.compile(r"[^\W_]+(?:[-’'.&][^\W_]+)*%?|[%$€£¥]|[^\w\s]")
_REACH = 160
_LINKS = ("by", "to", "from", "with", "against", "compared")
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[A-Z\"“‘(])|\n\s*\n|\n(?=[A-Z])")


class Word(NamedTuple):
    """A word near a quantity."""

    text: str
    lower: str
    start: int


class Site(NamedTuple):
    """A quantity with its surroundings inside the sentence."""

    number: int
    """The index of the quantity in its document."""
    quantity: Quantity
    left: list[Word]
    """Nearest first."""
    right: list[Word]
    """From the end of the number expression, nearest first."""
    behind: list[Word]
    """From the end of the counted noun or unit words, nearest first."""
    root: Token | None
    """The token of the figure that hangs on the rest of the sentence, where there is a parse."""
    sentence: tuple[int, int]
    quote: str
    """The number expression as it stands in the text."""


def site_of(doc: Doc, index: int, quantity: Quantity) -> Site:
    """The quantity's surroundings, from the parse where the document has one, else from punctuation."""
    root = _root(doc, quantity)
    start, end = _sentence(doc, quantity, root)
    text = text_of(doc)
    left = _past_average(words_in(text, max(start, quantity.start - _REACH), quantity.start)[::-1])
    right = words_in(text, quantity.end, min(end, quantity.end + _REACH))
    behind = max(quantity.end, quantity.noun_end)
    return Site(
        index,
        quantity,
        left,
        right,
        [word for word in right if word.start >= behind],
        root,
        (start, end),
        text[quantity.start : quantity.end],
    )


def _past_average(left: list[Word]) -> list[Word]:
    """The words before "an average of", which says only how a figure was reckoned: "up by an average of 6%"."""
    reckoned = (
        len(left) > 3
        and left[0].lower == "of"
        and left[1].lower in lexicon().contexts["reckoned"]
        and left[2].lower in ("a", "an")
    )
    return left[3:] if reckoned and left[3].lower in _LINKS else left


def _root(doc: Doc, quantity: Quantity) -> Token | None:
    """The token of the figure whose head lies outside it; None where its sentence is not parsed."""
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand") if len(doc) else None
    if span is None or not any(token.dep_ for token in span):
        return None
    return next((token for token in span if not span.start <= token.head.i < span.end or token.head is token), span[0])


def words_in(text: str, start: int, end: int) -> list[Word]:
    """The words and signs of a stretch of text."""
    return [Word(word := m[0], word.lower(), m.start()) for m in _WORD.finditer(text, start, max(start, end))]


def _sentence(doc: Doc, quantity: Quantity, root: Token | None) -> tuple[int, int]:
    if root is not None:
        start, end = sentence_offsets(root)
        return min(start, quantity.start), max(end, quantity.end)
    text = text_of(doc)
    start = max(0, quantity.start - 2 * _REACH)
    for match in _SENTENCE_END.finditer(text, start, quantity.start):
        start = match.end()
    after = _SENTENCE_END.search(text, quantity.end, min(len(text), quantity.end + 2 * _REACH))
    return start, after.end() if after else min(len(text), quantity.end + 2 * _REACH)
