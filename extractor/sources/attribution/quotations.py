"""Quotations: where quotation marks open and close, across sentences and paragraphs."""

from __future__ import annotations

from typing import NamedTuple

from extractor.tokens import Doc

_OPENING = frozenset("“„«")
_CLOSING = frozenset("”»")
_MARKS = _OPENING | _CLOSING | {'"', "``", "''"}


class Quotation(NamedTuple):
    """A quoted stretch: half-open token indices, marks included."""

    first: int
    last: int
    continues: bool = False
    """True where the quotation before it, in the paragraph before, was left open."""


def find_quotations(doc: Doc, paragraphs: list[int]) -> list[Quotation]:
    """The quotations of a document, in the order of the text. One that is left open ends with its paragraph."""
    places = [token.i for token in doc if token.text in _MARKS]
    found: list[Quotation] = []
    carried = False
    at = 0
    for end in (*paragraphs[1:], len(doc)):
        inside: list[int] = []
        while at < len(places) and places[at] < end:
            inside.append(places[at])
            at += 1
        quotations, carried = _in_paragraph(doc, inside, end, carried)
        found.extend(quotations)
    return found


def _in_paragraph(doc: Doc, marks: list[int], end: int, carried: bool) -> tuple[list[Quotation], bool]:
    found: list[Quotation] = []
    opened = -1
    for index in marks:
        mark = doc[index].text
        if opened < 0 and mark not in _CLOSING:
            opened = index
        elif opened >= 0 and mark not in _OPENING:
            found.append(Quotation(opened, index + 1, carried and not found))
            opened = -1
    if opened >= 0:
        found.append(Quotation(opened, end, carried and not found))
    return found, opened >= 0
