"""Scope from the order of the words alone, for table rows, list items and sentences too long to parse."""

from __future__ import annotations

from bisect import bisect_left
from typing import TypeVar

from extractor.lexicon import Match
from extractor.mentions import Name, Quantity, Scope, Slot
from extractor.scope.terms import Terms, words_of
from extractor.syntax import sentence_end, sentence_start
from extractor.tokens import Doc

_Found = TypeVar("_Found", Match, Name)


def surface_scope(doc: Doc, quantity: Quantity, terms: Terms) -> Scope:
    """The nearest terms and names of the sentence, those before the figure first."""
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    if span is None:
        return Scope()
    first, last = sentence_start(span[0]), sentence_end(span[0])
    indicator = _nearest(terms.indicators, span.start, first, last)
    product = _nearest(terms.products, span.start, first, last)
    areas = {i: name for i, name in terms.names.items() if name.type == "area" or name.kind == "company"}
    area = _nearest(areas, span.start, first, last)
    return Scope(_slot(doc, indicator), _slot(doc, product), _slot(doc, area))


def _nearest(found: dict[int, _Found], position: int, first: int, last: int) -> _Found | None:
    """What stands last before a position, else first behind it."""
    places = sorted(found)
    at = bisect_left(places, position)
    if at and places[at - 1] >= first:
        return found[places[at - 1]]
    return found[places[at]] if at < len(places) and places[at] < last else None


def _slot(doc: Doc, found: Match | Name | None) -> Slot | None:
    return (
        None
        if found is None
        else Slot(found.id, words_of(doc, found.first, found.last), "nearest term", doc[found.first].idx)
    )
