"""A small highlighter: cuts text at code-point offsets into plain and marked stretches.

Marks never overlap: claims whose figures overlap share one mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.model import Article, Claim

_CONTEXT = 160
"""Characters either side of a figure whose sentence is not known."""
_LONGEST = 900
"""A "sentence" beyond this (a table read as one line, say) is cut around the figure."""

_MARKDOWN = re.compile(r"\*\*|__|(?m:^#{1,6} )")
"""Marks of emphasis and of headings, which an article in Markdown keeps so that its offsets hold."""


class Segment(NamedTuple):
    """A stretch of text; `claims` are those whose figure it is, none for plain text."""

    text: str
    claims: tuple[Claim, ...] = ()


class _Mark(NamedTuple):
    start: int
    end: int
    claims: tuple[Claim, ...]


def segments(text: str, claims: Iterable[Claim], *, start: int = 0, end: int | None = None) -> list[Segment]:
    """`text[start:end]` cut into stretches whose texts join to it again."""
    stop = len(text) if end is None else min(end, len(text))
    pieces: list[Segment] = []
    position = start
    for mark in _marks(claims, start, stop):
        if mark.start > position:
            pieces.append(Segment(text[position : mark.start]))
        pieces.append(Segment(text[mark.start : mark.end], mark.claims))
        position = mark.end
    if position < stop:
        pieces.append(Segment(text[position:stop]))
    return pieces


def _marks(claims: Iterable[Claim], start: int, stop: int) -> list[_Mark]:
    """Non-overlapping marks in the order of the text, clipped to the stretch."""
    marks: list[_Mark] = []
    for claim in sorted(claims, key=lambda one: (one.start, -one.end, one.id)):
        first, last = max(claim.start, start), min(claim.end, stop)
        if first >= last:
            continue
        if marks and first < marks[-1].end:
            before = marks.pop()
            marks.append(_Mark(before.start, max(before.end, last), (*before.claims, claim)))
        else:
            marks.append(_Mark(first, last, (claim,)))
    return marks


def paragraphs(pieces: Iterable[Segment]) -> list[list[Segment]]:
    """Segments as paragraphs: line breaks in plain text part them, and empty ones are left out."""
    result: list[list[Segment]] = [[]]
    for piece in pieces:
        if piece.claims:
            result[-1].append(piece)
            continue
        for index, line in enumerate(piece.text.replace("\r", "\n").split("\n")):
            if index:
                result.append([])
            if line:
                result[-1].append(Segment(line))
    return [paragraph for paragraph in result if any(piece.text.strip() for piece in paragraph)]


class Passage(NamedTuple):
    """A sentence with the figures of some claims marked."""

    segments: list[Segment]
    claims: tuple[Claim, ...]
    cut_before: bool
    cut_after: bool


def passages(article: Article, claims: Sequence[Claim]) -> list[Passage]:
    """The sentences of one article that hold the claims, each once, with all their figures marked."""
    windows: dict[tuple[int, int], list[Claim]] = {}
    for claim in sorted(claims, key=lambda one: (one.start, one.end, one.id)):
        windows.setdefault(_window(article.text, claim), []).append(claim)
    return [_passage(article.text, start, end, held) for (start, end), held in windows.items()]


def _window(text: str, claim: Claim) -> tuple[int, int]:
    """Where the sentence of a claim stands, or the figure's surroundings where that is unknown or far too long."""
    sentence = claim.sentence
    fits = sentence is not None and sentence.start <= claim.start and claim.end <= sentence.end <= len(text)
    if sentence is not None and fits and sentence.end - sentence.start <= _LONGEST:
        return sentence.start, sentence.end
    return max(0, claim.start - _CONTEXT), min(len(text), claim.end + _CONTEXT)


def _passage(text: str, start: int, end: int, claims: list[Claim]) -> Passage:
    sentence = claims[0].sentence
    whole = sentence is not None and (start, end) == (sentence.start, sentence.end)
    return Passage(
        segments=[_without_markdown(piece) for piece in segments(text, claims, start=start, end=end)],
        claims=tuple(claims),
        cut_before=not whole and start > 0,
        cut_after=not whole and end < len(text),
    )


def _without_markdown(piece: Segment) -> Segment:
    """The stretch as a reader sees it; a figure is shown as it stands."""
    return piece if piece.claims else Segment(_MARKDOWN.sub("", piece.text))
