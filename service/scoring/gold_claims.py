"""The claims that gold says are there, as claims: what reconciliation is measured on alone, without the extractor."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TypeVar

from extractor.model import Article, Claim, Concept, Product, Source, Span, claim_id, context_of
from extractor.sentences import sentence_spans
from service.scoring.gold import Gold, GoldArticle, GoldClaim

T = TypeVar("T")


def claims_of(gold: Gold, articles: Mapping[str, Article] | None = None) -> list[Claim]:
    """Every gold claim, optional ones included, with the first answer that each slot accepts.

    With `articles` (by id), claims know their sentence, as those that were read from a text do.
    """
    found: list[Claim] = []
    for name, entry in sorted(gold.articles.items()):
        text = articles[name].text if articles and name in articles else None
        spans = sentence_spans(text) if text is not None else []
        found += [_claim(entry, row, spans, text) for row in entry.claims]
    return found


def _claim(entry: GoldArticle, row: GoldClaim, spans: Sequence[tuple[int, int]], text: str | None) -> Claim:
    published = entry.article.published or next(iter(entry.article.published_accept), None)
    product, source = row.product[0], row.source[0]
    return Claim(
        id=claim_id(entry.id, row.start, row.quote),
        article=entry.id,
        quote=row.quote,
        start=row.start,
        end=row.end,
        sentence=_sentence(row.start, spans),
        kind=row.kind[0],
        value=row.value[0],
        low=row.low,
        high=row.high,
        modifier=row.modifier,
        unit=row.unit[0],
        indicator=_concept(row.indicator[0]),
        product=Product(id=product, text=product) if product else None,
        area=_concept(row.area[0]),
        counterpart=_concept(row.counterpart[0]),
        period=row.period[0],
        base_period=row.base_period[0],
        source=Source(id=source, text=source, via=_via(row)) if source else None,
        status=row.status[0],
        published=published,
        context=_context(row.start, text, spans),
    )


def _context(start: int, text: str | None, spans: Sequence[tuple[int, int]]) -> str:
    place = bisect_right(spans, (start, float("inf"))) - 1
    return context_of(text, *spans[place]) if text is not None and place >= 0 else ""


def _concept(word: str | None) -> Concept | None:
    return Concept(id=word, text=word) if word else None


def _via(row: GoldClaim) -> tuple[Concept, ...]:
    """Gold lists accepted names of one relay: the first stands for it."""
    names = [name for name in row.via or () if name]
    return (Concept(id=names[0], text=names[0]),) if names else ()


def _sentence(start: int, spans: Sequence[tuple[int, int]]) -> Span | None:
    place = bisect_right(spans, (start, float("inf"))) - 1
    return Span(start=spans[place][0], end=spans[place][1]) if place >= 0 else None
