"""Quotations: where quotation marks open and close, across sentences and paragraphs."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc

_OPENING = frozenset("“„«")
_CLOSING = frozenset("”»")
_STRAIGHT = frozenset({'"', "``", "''"})


class Quotation(NamedTuple):
    """A quoted stretch: half-open token indices, marks included."""

    first: int
    last: int
    continues: bool = False
    """True where the quotation before it, in the paragraph before, was left open."""


def find_quotations(doc: Doc, paragraphs: list[int]) -> list[Quotation]:
    """The quotations of a document, in the order of the text. One that is left open ends with its paragraph."""
    found: list[Quotation] = []
    carried = False
    for start, end in zip(paragraphs, [*paragraphs[1:], len(doc)], strict=True):
        inside, carried = _in_paragraph(doc, start, end, carried)
        found.extend(inside)
    return found


def _in_paragraph(doc: Doc, start: int, end: int, carried: bool) -> tuple[list[Quotation], bool]:
    found: list[Quotation] = []
    opened = -1
    for token in doc[start:end]:
        mark = token.text
        if opened < 0 and (mark in _OPENING or mark in _STRAIGHT):
            opened = token.i
        elif opened >= 0 and (mark in _CLOSING or mark in _STRAIGHT):
            found.append(Quotation(opened, token.i + 1, carried and not found))
            opened = -1
    if opened >= 0:
        found.append(Quotation(opened, end, carried and not found))
    return found, opened >= 0
