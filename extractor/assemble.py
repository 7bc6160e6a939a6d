"""Puts the contract's claims together from what the components found; only this room knows both."""

from __future__ import annotations

from typing import NamedTuple

from spacy.language import Language

from extractor.confidence import confidence, signs
from extractor.mentions import (
    COMPARING,
    Attribution,
    Measure,
    Quantity,
    Scope,
    Slot,
    Timing,
    attributions,
    measures,
    quantities,
    scopes,
    text_of,
    timings,
)
from extractor.model import Article, Claim, Concept, Period, Product, Reading, Source, Span, claim_id, context_of
from extractor.status import polarity
from extractor.syntax import sentence_offsets, sentence_start
from extractor.tokens import Doc, SpacyDoc, read

_LONGEST_CONTEXT = 2_000
"""Characters on either side of a figure that its words may reach: a list without end is no sentence."""


class Parts(NamedTuple):
    """All that the components say of one figure."""

    quantity: Quantity
    measure: Measure
    timing: Timing
    scope: Scope
    attribution: Attribution
    status: str
    superseded: bool


@Language.component(
    "claimgraph_claims",
    requires=[
        "doc._.quantities",
        "doc._.measures",
        "doc._.timings",
        "doc._.scopes",
        "doc._.sources",
        "doc._.statuses",
        "doc._.superseded",
    ],
    assigns=["doc._.claims"],
)
def claimgraph_claims(doc: SpacyDoc) -> SpacyDoc:
    """Writes `doc._.claims`: the contract's claims as dicts of plain values, in the order of the text."""
    article = Article(id=doc._.article_id or "text", text=text_of(doc), published=doc._.published)
    doc._.claims = [claim.to_json() for claim in assemble(read(doc), article)]
    return doc


def assemble(doc: Doc, article: Article) -> list[Claim]:
    """The claims of a document that went through all components, in the order of the text."""
    return [_claim(doc, article, part) for part in asserted_parts(doc)]


def asserted_parts(doc: Doc) -> list[Parts]:
    """All that the components say of each figure that is a claim, in the order of the text."""
    rows = zip(
        quantities(doc),
        measures(doc),
        timings(doc),
        scopes(doc),
        attributions(doc),
        doc._.statuses,
        doc._.superseded,
        strict=True,
    )
    parts = (Parts(*row) for row in rows)
    return [part for part in parts if part.measure.kind and _is_asserted(doc, part)]


def _is_asserted(doc: Doc, parts: Parts) -> bool:
    """False for figures that the text denies or only supposes: "failed to reach 5 million", "if exports hit 6
    million".
    """
    return polarity(doc, parts.quantity) == "asserted"


def _claim(doc: Doc, article: Article, parts: Parts) -> Claim:
    quantity, measure, scope = parts.quantity, parts.measure, parts.scope
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    first = doc[span.start] if span is not None and len(span) else None
    start, end = sentence_offsets(first) if first is not None else (0, 0)
    text = text_of(doc)
    quote = article.text[quantity.start : quantity.end]
    borrowed = tuple(
        dict.fromkeys((*scope.borrowed, *parts.timing.borrowed, *(("source",) if parts.attribution.borrowed else ())))
    )
    parsed = first is not None and bool(doc[sentence_start(first)].dep_)
    return Claim(
        id=claim_id(article.id, quantity.start, quote),
        article=article.id,
        quote=quote,
        start=quantity.start,
        end=quantity.end,
        sentence=_trimmed(text[start:end], start) if first is not None else None,
        kind=measure.kind,
        value=measure.value,
        low=measure.low,
        high=measure.high,
        modifier=quantity.modifier,
        unit=measure.unit,
        indicator=_concept(scope.indicator),
        product=_product(scope),
        area=_concept(scope.area),
        counterpart=_concept(scope.counterpart),
        period=_period(parts.timing.period),
        base_period=_base(parts),
        source=_source(parts.attribution),
        status=parts.status,
        published=article.published,
        confidence=confidence(part_signs(parts, parsed=parsed)),
        other_readings=(_reading(measure),) if measure.other else (),
        borrowed=borrowed,
        superseded=parts.superseded,
        unresolved_period=_unresolved(parts.timing.period),
        context=context_of(text, *_nearby(quantity, start, end)) if first is not None else "",
    )


def _nearby(quantity: Quantity, start: int, end: int) -> tuple[int, int]:
    """Where the words around a figure stand: its sentence, and of one without end what is near the figure."""
    return max(start, quantity.start - _LONGEST_CONTEXT), min(end, quantity.end + _LONGEST_CONTEXT)


def part_signs(parts: Parts, *, parsed: bool) -> tuple[str, ...]:
    """What tells how sure a claim is (see `confidence.py`)."""
    found = signs(parts.quantity, parts.measure, parts.scope, parts.timing, parts.attribution, parsed=parsed)
    return tuple(found)


def _trimmed(text: str, start: int) -> Span:
    return Span(start=start, end=start + len(text.rstrip()))


def _concept(slot: Slot | None) -> Concept | None:
    return None if slot is None else Concept(id=slot[0], text=slot[1])


def _product(scope: Scope) -> Product | None:
    return (
        None if scope.product is None else Product(id=scope.product[0], text=scope.product[1], includes=scope.includes)
    )


def _period(period: tuple[str | None, str | None, str] | None) -> Period | None:
    if period is None or (period[0] is None and period[1] is None):
        return None
    return Period(start=period[0], end=period[1], text=period[2])


def _unresolved(period: tuple[str | None, str | None, str] | None) -> str:
    return period[2] if period is not None and period[0] is None and period[1] is None else ""


def _base(parts: Parts) -> Period | None:
    """What a change compares with; never the days that the change itself is of."""
    timing = parts.timing
    if parts.measure.kind not in COMPARING or timing.base is None:
        return None
    same = timing.period is not None and timing.period[:2] == timing.base[:2]
    return None if same else _period(timing.base)


def _source(attribution: Attribution) -> Source | None:
    if not attribution.id:
        return None
    via = tuple(Concept(id=id_, text=text) for id_, text in attribution.via)
    return Source(id=attribution.id, text=attribution.text, kind=attribution.kind, cue=attribution.cue, via=via)


def _reading(measure: Measure) -> Reading:
    assert measure.other is not None
    kind, value, low, high, unit = measure.other
    return Reading(kind=kind, value=value, low=low, high=high, unit=unit)
