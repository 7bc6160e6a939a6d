"""The component that gives each figure its indicator, product, area and counterpart."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extractor.mentions import Measure, Quantity, Scope, Slot, measures, quantities
from extractor.scope.context import Memory
from extractor.scope.frame import Frame, frames
from extractor.scope.indicators import find_indicator
from extractor.scope.lists import Draft, Past, gapped, paired_off, restated
from extractor.scope.products import find_product
from extractor.scope.roles import find_ends
from extractor.scope.surface import surface_scope
from extractor.scope.terms import Terms, terms_of
from extractor.scope.themes import by_unit, last_resort

_UNIT_REACH = 8  # figures that a bare number looks back over for its unit
_FURTHEST = 100.0  # how many times larger or smaller than it they may be


@Language.component(
    "claimgraph_scope",
    requires=["doc._.quantities", "doc._.measures", "doc._.names"],
    assigns=["doc._.scopes", "doc._.measures"],
)
def claimgraph_scope(doc: Doc) -> Doc:
    """Writes `doc._.scopes`, in parallel to `doc._.quantities`, and the units of bare numbers to `doc._.measures`."""
    scopes = find_scopes(doc)
    doc._.scopes = [tuple(scope) for scope in scopes]
    for number, unit in units_taken_over(quantities(doc), measures(doc), scopes):
        doc._.measures[number] = tuple(measures(doc)[number]._replace(unit=unit))
    return doc


def units_taken_over(found: list[Quantity], measured: list[Measure], scopes: list[Scope]) -> Iterator[tuple[int, str]]:
    """For bare numbers, the unit of the last figure of the same measure: "OPEC sees output at 26.5 million bpd … it
    puts it at *3.93 million*"."""
    for number, (quantity, measure, scope) in enumerate(zip(found, measured, scopes, strict=True)):
        if measure.kind != "level" or measure.unit != "count" or quantity.noun_start >= 0 or scope.indicator is None:
            continue
        if quantity.form not in {"number", "range"}:
            continue
        for other in range(number - 1, max(number - 1 - _UNIT_REACH, -1), -1):
            before = scopes[other].indicator
            if before is None or before.id != scope.indicator.id or measured[other].kind not in {"level", "difference"}:
                continue
            if found[other].form == "measure" and _is_near(measured[other].value, measure.value):
                yield number, measured[other].unit
            break


def _is_near(one: float, other: float) -> bool:
    return bool(one and other) and 1 / _FURTHEST < abs(one / other) < _FURTHEST


def find_scopes(doc: Doc) -> list[Scope]:
    """The scope of each quantity of a document, in the order of the text."""
    found, measured = quantities(doc), measures(doc)
    if not found:
        return []
    terms = terms_of(doc)
    memory = Memory(doc, terms)
    scopes: list[Scope] = []
    numbers: list[int] = []
    for quantity, measure, frame in zip(found, measured, frames(doc, found, measured), strict=True):
        if not measure.kind:
            scopes.append(Scope())
            continue
        draft = _draft(doc, quantity, measure, frame, terms, memory)
        position = frame.tokens[0].i if frame else _position(doc, quantity)
        scope = memory.complete(position, quantity, measure, draft.scope, frame)
        if scope.indicator is None:
            counted = last_resort(frame, terms) if frame is not None else None
            thing = scope.product or memory.topic.product
            own = counted or by_unit(measure.unit)
            scope = scope._replace(
                indicator=own or (Slot(*thing)._replace(rule="for want of a measure") if thing else None)
            )
        memory.past.append(Past(position, _end(doc, quantity, position), measure, Draft(scope, draft.subject_is)))
        numbers.append(len(scopes))
        scopes.append(scope)
    for number, scope in paired_off(doc, terms, memory.past).items():
        scopes[numbers[number]] = scope
    return scopes


def _draft(
    doc: Doc,
    quantity: Quantity,
    measure: Measure,
    frame: Frame | None,
    terms: Terms,
    memory: Memory,
) -> Draft:
    if frame is None:
        return Draft(surface_scope(doc, quantity, terms))
    shared = gapped(doc, frame, measure, terms, memory.past) or restated(doc, frame, memory.past, bracketed=False)
    if shared is not None:
        return shared
    own = _own(frame, quantity, measure, terms)
    if own.scope.indicator is not None:
        return own
    return restated(doc, frame, memory.past, bracketed=True) or own


def _own(frame: Frame, quantity: Quantity, measure: Measure, terms: Terms) -> Draft:
    indicator = find_indicator(frame, terms, quantity, measure)
    product, includes = find_product(frame, terms, measure)
    ends = find_ends(frame, terms, indicator, measure)
    return Draft(Scope(indicator, product, ends.area, ends.counterpart, includes), ends.subject_is)


def _position(doc: Doc, quantity: Quantity) -> int:
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    return span.start if span is not None else 0


def _end(doc: Doc, quantity: Quantity, position: int) -> int:
    """Token index behind the number expression with its noun or unit."""
    span = doc.char_span(quantity.start, max(quantity.end, quantity.noun_end), alignment_mode="expand")
    return span.end if span is not None else position + 1
