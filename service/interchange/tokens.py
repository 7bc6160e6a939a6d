"""An article's text as words that every marked figure begins and ends with, whatever a tokenizer would make of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from service.interchange.sheets import Mark

_PIECE = re.compile(r"\d[\d.,]*\d|\w+|[^\w\s]|\s+")


class Token(NamedTuple):
    """One word, sign or run of blanks; `space`: a single blank follows that is no token of its own."""

    text: str
    start: int
    end: int
    space: bool


def tokens(text: str, marks: Iterable[Mark]) -> list[Token]:
    """The words in order; joined, with their blanks, they give the text back."""
    spans = [(mark.start, mark.end) for mark in marks]
    starts, ends = {start for start, _ in spans}, {end for _, end in spans}
    found: list[Token] = []
    for piece in _PIECE.finditer(text):
        for start, end in _cut(*piece.span(), starts | ends):
            lone = text[start:end] == " " and start not in starts and end not in ends
            if lone and found and not found[-1].text.isspace():
                found[-1] = found[-1]._replace(space=True)
            else:
                found.append(Token(text[start:end], start, end, space=False))
    return found


def _cut(start: int, end: int, edges: set[int]) -> list[tuple[int, int]]:
    places = [start, *sorted(edge for edge in edges if start < edge < end), end]
    return list(pairwise(places))


def token_span(found: list[Token], mark: Mark) -> tuple[int, int]:
    """The numbers of a mark's first and last word."""
    first = next(place for place, token in enumerate(found) if token.end > mark.start)
    last = max(place for place, token in enumerate(found) if token.start < mark.end)
    return first, last
