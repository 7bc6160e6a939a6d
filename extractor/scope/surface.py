"""Scope from the order of the words alone, for table rows, list items and sentences too long to parse."""

from __future__ import annotations

from typing import TypeVar

from spacy.tokens import Doc

from extractor.lexicon import Match
from extractor.mentions import Name, Quantity, Scope, Slot
from extractor.scope.terms import Terms, words_of

_Found = TypeVar("_Found", Match, Name)


def surface_scope(doc: Doc, quantity: Quantity, terms: Terms) -> Scope:
    """The nearest terms and names of the sentence, those before the figure first."""
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    if span is None:
        return Scope()
    sentence = span[0].sent
    indicator = _nearest(terms.indicators, span.start, sentence.start, sentence.end)
    product = _nearest(terms.products, span.start, sentence.start, sentence.end)
    areas = {i: name for i, name in terms.names.items() if name.type == "area" or name.kind == "company"}
    area = _nearest(areas, span.start, sentence.start, sentence.end)
    return Scope(_slot(doc, indicator), _slot(doc, product), _slot(doc, area))


def _nearest(found: dict[int, _Found], position: int, first: int, last: int) -> _Found | None:
    before = next((found[i] for i in range(position - 1, first - 1, -1) if i in found), None)
    return before or next((found[i] for i in range(position, last) if i in found), None)


def _slot(doc: Doc, found: Match | Name | None) -> Slot | None:
    return (
        None
        if found is None
        else Slot(found.id, words_of(doc, found.first, found.last), "nearest term", doc[found.first].idx)
    )
