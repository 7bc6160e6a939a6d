"""The component that gives each figure its indicator, product, area and counterpart."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language

from extractor.mentions import Measure, Quantity, Scope, Slot, measures, quantities
from extractor.quantities.lexicon import movement
from extractor.scope.areas.finder import find_ends
from extractor.scope.clause.views import Frame, frames
from extractor.scope.clause.word_order import surface_scope
from extractor.scope.indicators.by_place import by_unit, last_resort
from extractor.scope.indicators.clause_hints import clause_hints
from extractor.scope.indicators.finder import find_indicator, with_money
from extractor.scope.lending.context import Memory
from extractor.scope.lending.likeness import Figure, Member
from extractor.scope.lending.lists import (
    Draft,
    Past,
    converted,
    gapped,
    joined,
    paired_off,
    related,
    restated,
    trailing,
)
from extractor.scope.lending.series import Series
from extractor.scope.products.finder import find_product
from extractor.scope.products.things import unit_of
from extractor.scope.rules import CLEAR, FOR_ONE, FOR_WANT, WITH_ADJECTIVE
from extractor.scope.terms import Terms, terms_of
from extractor.syntax import sentence_start
from extractor.taxonomy import taxonomy
from extractor.tokens import Doc, SpacyDoc, read

_UNIT_REACH = 8  # figures that a bare number looks back over for its unit
_FURTHEST = 100.0  # how many times larger or smaller than it they may be


@Language.component(
    "claimgraph_scope",
    requires=["doc._.quantities", "doc._.measures", "doc._.names"],
    assigns=["doc._.scopes", "doc._.measures"],
)
def claimgraph_scope(doc: SpacyDoc) -> SpacyDoc:
    """Writes `doc._.scopes`, in parallel to `doc._.quantities`, and the units of bare numbers to `doc._.measures`."""
    text = read(doc)
    scopes = find_scopes(text)
    doc._.scopes = list(scopes)
    for number, (measure, scope) in enumerate(zip(measures(text), scopes, strict=True)):
        if (unit := unit_of(scope, measure.unit)) != measure.unit:
            doc._.measures[number] = tuple(measure._replace(unit=unit))
    for number, unit in _units_taken_over(quantities(text), measures(text), scopes):
        doc._.measures[number] = tuple(measures(text)[number]._replace(unit=unit))
    return doc


def _units_taken_over(found: list[Quantity], measured: list[Measure], scopes: list[Scope]) -> Iterator[tuple[int, str]]:
    """For bare numbers, the unit of the last figure of the same measure: "OPEC sees output at 26.5 million bpd … it
    puts it at *3.93 million*".
    """
    for number, (quantity, measure, scope) in enumerate(zip(found, measured, scopes, strict=True)):
        if measure.kind != "level" or measure.unit != "count" or quantity.noun_start >= 0 or scope.indicator is None:
            continue
        if quantity.form not in {"number", "range"}:
            continue
        for other in range(number - 1, max(number - 1 - _UNIT_REACH, -1), -1):
            before = scopes[other].indicator
            if before is None or before.id != scope.indicator.id or measured[other].kind not in {"level", "difference"}:
                continue
            moves = measured[other].unit in movement().quotation_units  # points: of a change, never of a level
            if found[other].form == "measure" and not moves and _is_near(measured[other].value, measure.value):
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
    terms = terms._replace(home=memory.topic.area, land=memory.topic.land)
    seen = frames(doc, found, measured)
    owns = [
        _own(frame, quantity, measure, terms) if frame is not None and measure.kind else Draft(Scope())
        for quantity, measure, frame in zip(found, measured, seen, strict=True)
    ]
    series = Series(doc, terms, memory.topic, _known(found, measured, seen, owns, terms))
    scopes: list[Scope] = []
    numbers: list[int] = []
    for number, (quantity, measure, frame, own) in enumerate(zip(found, measured, seen, owns, strict=True)):
        if not measure.kind:
            scopes.append(Scope())
            continue
        own = _as_partner(own, measure, scopes[measure.partner]) if 0 <= measure.partner < number else own
        draft = _draft(doc, quantity, measure, frame, own, terms, memory)
        position = frame.tokens[0].i if frame else _position(doc, quantity)
        scope = draft.scope
        if frame is not None and "list" not in draft.shared:
            scope = _measured(scope, position, quantity, measure, frame, terms, memory, series)
        scope = memory.complete(position, quantity, measure, scope, frame)
        if scope.indicator is None:
            thing = scope.product or memory.topic.product
            scope = scope._replace(indicator=Slot(*thing)._replace(rule="for want of a measure") if thing else None)
        memory.past.append(Past(position, _end(doc, quantity, position), measure, Draft(scope, draft.subject_is)))
        series.note(memory.past[-1])
        numbers.append(len(scopes))
        scopes.append(scope)
    for number, scope in paired_off(doc, terms, memory.past).items():
        scopes[numbers[number]] = scope
    return scopes


def _as_partner(own: Draft, measure: Measure, partner: Scope) -> Draft:
    """The earlier figure of a comparison measures what the later one does: "$58, compared with *$71* in March"."""
    if not measure.base or partner.indicator is None:
        return own
    scope = own.scope._replace(indicator=partner.indicator, product=own.scope.product or partner.product)
    return Draft(scope, own.subject_is, "list")


def _known(
    found: list[Quantity], measured: list[Measure], seen: list[Frame | None], owns: list[Draft], terms: Terms
) -> list[Member]:
    """The figures whose own clauses name a measure, known to the packs or not, or at least what they count."""
    known: list[Member] = []
    for measure, frame, own in zip(measured, seen, owns, strict=True):
        if frame is None or measure.kind in {"", "rank"}:
            continue
        slot = own.scope.indicator or last_resort(frame, terms)
        if slot is not None:
            known.append(Member(frame.tokens[0].i, measure, slot, own.scope.product))
    return known


def _measured(
    scope: Scope,
    position: int,
    quantity: Quantity,
    measure: Measure,
    frame: Frame,
    terms: Terms,
    memory: Memory,
    series: Series,
) -> Scope:
    """The scope with the measure that clause and article speak for most."""
    own = scope.indicator or last_resort(frame, terms)
    if own is not None and own.rule in CLEAR:
        return scope._replace(indicator=own)
    hints = tuple(clause_hints(frame, terms, measure)) if own is None else ()
    figure = Figure(position, quantity, measure, frame, own, scope.product, hints)
    lent = memory.lenders(position, measure, scope, frame)
    thing = scope.product or memory.topic.product
    if thing is not None:
        lent["thing"] = Slot(*thing)._replace(rule="for want of a measure")
    unit = by_unit(measure.unit)
    if unit is not None:
        lent["unit"] = unit
    heading = lent.get("heading")
    if heading is not None and heading.id in taxonomy().indicators and _is_mere_thing(own):
        return scope._replace(indicator=with_money(heading, quantity), borrowed=(*scope.borrowed, "indicator"))
    if (own is None or _is_part(own, frame)) and frame.anaphoric and "taken up" in lent:
        return scope._replace(indicator=with_money(lent["taken up"], quantity), borrowed=(*scope.borrowed, "indicator"))
    chosen = series.choose(figure, lent)
    if chosen is None:
        return scope._replace(indicator=own)
    if chosen.own:
        return scope._replace(indicator=chosen.slot)
    return scope._replace(indicator=with_money(chosen.slot, quantity), borrowed=(*scope.borrowed, "indicator"))


def _draft(
    doc: Doc,
    quantity: Quantity,
    measure: Measure,
    frame: Frame | None,
    own: Draft,
    terms: Terms,
    memory: Memory,
) -> Draft:
    if frame is None:
        return Draft(surface_scope(doc, quantity, terms))
    if own.shared or _is_described(own.scope.indicator):
        return own
    shared = (
        converted(doc, frame, measure, terms, memory.past)
        or gapped(doc, frame, measure, terms, memory.past)
        or (None if _is_for_one(own, quantity) else restated(doc, frame, terms, memory.past, bracketed=False))
        or related(frame, memory.past)
        or trailing(doc, frame, terms, memory.past)
        or joined(doc, frame, measure, terms, memory.past)
    )
    if shared is not None:
        return shared._replace(shared="list")
    if own.scope.indicator is not None:
        return own
    again = restated(doc, frame, terms, memory.past, bracketed=True)
    return own if again is None else again._replace(shared="list")


def _is_mere_thing(own: Slot | None) -> bool:
    """True for an item of a list that says only what is counted: "Car sales in April: … Norva: 18,300 *cars*"."""
    return own is not None and own.rule == FOR_WANT


def _is_described(own: Slot | None) -> bool:
    """True for a length, height or distance that the words beside the figure tell: "200 km *from* the coast"."""
    return own is not None and own.rule == WITH_ADJECTIVE


def _is_part(own: Slot, frame: Frame) -> bool:
    """True for things counted of what was counted before: "3,075 arrests, among them *1,009 Chinese*"."""
    first = frame.tokens[0]
    before = first.nbor(-1).lower_ if first.i > sentence_start(first) else ""
    return own.rule.startswith("counted noun") and before in {"them", "these", "those", "whom"}


def _is_for_one(own: Draft, quantity: Quantity) -> bool:
    """True for what one of something costs: "$1.1 billion, or *$25 million* apiece" is another measure."""
    return not quantity.per and own.scope.indicator is not None and own.scope.indicator.rule == FOR_ONE


def _own(frame: Frame, quantity: Quantity, measure: Measure, terms: Terms) -> Draft:
    indicator = find_indicator(frame, terms, quantity, measure)
    product, includes = find_product(frame, terms, measure, indicator)
    ends = find_ends(frame, terms, indicator, measure)
    return Draft(Scope(indicator, product, ends.area, ends.counterpart, includes), ends.subject_is)


def _position(doc: Doc, quantity: Quantity) -> int:
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    return span.start if span is not None else 0


def _end(doc: Doc, quantity: Quantity, position: int) -> int:
    """Token index behind the number expression with its noun or unit."""
    span = doc.char_span(quantity.start, max(quantity.end, quantity.noun_end), alignment_mode="expand")
    return span.end if span is not None else position + 1
