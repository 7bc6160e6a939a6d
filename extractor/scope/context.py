"""What a figure takes over from the sentences before it, and from the figure next to it.

"Of these, 673,000 were new-energy vehicles": product, area and indicator come from before. "…, followed by Mexico with
159,000": everything but the name does.
"""

from __future__ import annotations

import bisect
from typing import Any, NamedTuple

from spacy.tokens import Doc

from extractor.mentions import Measure, Quantity, Scope
from extractor.scope.frame import Frame
from extractor.scope.nouns import Slot, is_money
from extractor.scope.roles import WORLD
from extractor.scope.terms import Terms, words_of
from extractor.scope.words import among
from extractor.syntax import ancestors, paragraph_starts
from extractor.taxonomy import taxonomy


class Draft(NamedTuple):
    """The scope that a figure's own clause gives, before anything is borrowed."""

    scope: Scope
    subject_is: str = ""


def gapped(
    doc: Doc, quantity: Quantity, frame: Frame, terms: Terms, previous: tuple[Quantity, Draft] | None
) -> Draft | None:
    """The scope of a figure in a gapped phrase: that of the figure before it in the sentence, for another name.

    "…, followed by Mexico with 159,000 units and Belgium with 120,000": the name takes the place of the subject before.
    """
    if previous is None or previous[1].scope.indicator is None:
        return None
    first = frame.tokens[0].i
    if doc[first].sent.start > _token_at(doc, previous[0].start) or not _in_gap(frame):
        return None
    name = _name_before(doc, first, doc[first].sent.start, terms)
    if name is None:
        return None
    slot, place = name
    before = previous[1]
    if before.subject_is == "counterpart" or (place and before.scope.counterpart is not None):
        return Draft(before.scope._replace(counterpart=slot), before.subject_is)
    return Draft(before.scope._replace(area=slot), before.subject_is)


def _in_gap(frame: Frame) -> bool:
    """True under "followed by" and its like."""
    return any(among(node.lemma_.lower(), "gap_verbs") for node in (frame.anchor, *ancestors(frame.anchor)))


def _name_before(doc: Doc, first: int, floor: int, terms: Terms) -> tuple[Slot, bool] | None:
    """The nearest name before a token, and whether it is an area."""
    for i in range(first - 1, floor - 1, -1):
        name = terms.names.get(i)
        bracketed = name is not None and name.first > 0 and doc[name.first - 1].text in "(["
        if name is not None and name.type != "person" and not name.adjective and not bracketed:
            return (name.id, words_of(doc, name.first, name.last)), name.type == "area"
    return None


def _token_at(doc: Doc, offset: int) -> int:
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    return span.start if span is not None else 0


class Memory:
    """What the figures read so far have told, for those that say less."""

    def __init__(self, doc: Doc, terms: Terms) -> None:
        self._doc, self._terms = doc, terms
        self._paragraphs = paragraph_starts(doc)
        self._past: list[tuple[int, Quantity, Measure, Scope]] = []
        self._topic = _topic_area(doc, terms)

    def remember(self, position: int, quantity: Quantity, measure: Measure, scope: Scope) -> None:
        """Keeps a finished scope for the figures after it."""
        self._past.append((position, quantity, measure, scope))

    def complete(self, position: int, quantity: Quantity, measure: Measure, scope: Scope, frame: Frame | None) -> Scope:
        """The scope with its empty slots filled from before, as far as that is safe, and the borrowed ones named."""
        borrowed: dict[str, Any] = {}
        before = self._relevant(position, scope)
        if scope.indicator is None and before is not None:
            borrowed["indicator"] = before.indicator
        indicator = scope.indicator or (before.indicator if before else None)
        if scope.product is None and self._wants_product(frame, quantity, indicator):
            product = self._product(position, before, indicator)
            if product is not None:
                borrowed["product"] = product
        if scope.area is None or (scope.area[0] == WORLD and measure.kind == "rank"):
            area = self._area(position, before)
            if area is not None and area != scope.counterpart:
                borrowed["area"] = area
        if not borrowed:
            return scope
        return scope._replace(**borrowed, borrowed=(*scope.borrowed, *borrowed))

    def _relevant(self, position: int, scope: Scope) -> Scope | None:
        """The last scope of the paragraph (or of the one before) that speaks of the same thing."""
        floor = self._paragraph(position) - 1
        nearby = [past for past in reversed(self._past[-12:]) if self._paragraph(past[0]) >= floor]
        same = [past[3] for past in nearby if _kin(past[3].indicator, scope.indicator)]
        if scope.indicator is None:
            same = [past[3] for past in nearby if past[3].indicator is not None]
        return same[0] if same else None

    def _paragraph(self, position: int) -> int:
        return bisect.bisect_right(self._paragraphs, position)

    @staticmethod
    def _wants_product(frame: Frame | None, quantity: Quantity, indicator: Slot | None) -> bool:
        """Flows of goods count something, said or not; sums of money and rates by themselves do not."""
        node = taxonomy().indicators.get(indicator[0]) if indicator else None
        if node is None:
            return frame is not None and frame.counted is not None and frame.counted.lemma_ in {"unit", "one", "piece"}
        return bool(node.kin or node.mirror) or (
            is_money(quantity.unit) and any(n.monetary == node.id for n in taxonomy().indicators.values())
        )

    def _product(self, position: int, before: Scope | None, indicator: Slot | None) -> Slot | None:
        if before is not None and before.product is not None:
            return before.product
        floor = self._paragraphs[max(self._paragraph(position) - 1, 0)] if self._paragraphs else 0
        for i in range(position - 1, floor - 1, -1):
            match = self._terms.products.get(i)
            if match is not None:
                return (match.id, words_of(self._doc, match.first, match.last))
        past = next(
            (s for *_, s in reversed(self._past) if s.product is not None and _kin(s.indicator, indicator)), None
        )
        return past.product if past is not None else None

    def _area(self, position: int, before: Scope | None) -> Slot | None:
        if before is not None and before.area is not None:
            return before.area
        paragraph = self._paragraph(position)
        near = next((s for at, _, _, s in reversed(self._past) if self._paragraph(at) == paragraph and s.area), None)
        return (near.area if near is not None else None) or self._topic


def _kin(one: Slot | None, other: Slot | None) -> bool:
    """True where two indicators are the same or close enough to share what is left unsaid."""
    if one is None or other is None:
        return False
    if one[0] == other[0]:
        return True
    node = taxonomy().indicators.get(one[0])
    return node is not None and (other[0] in node.kin or other[0] == node.monetary or other[0] == node.mirror)


def _topic_area(doc: Doc, terms: Terms) -> Slot | None:
    """The area or company that the article is about: the one named most, the earlier where two are named as often."""
    counts: dict[str, int] = {}
    for name in terms.names.values():
        if name.type == "area" and name.kind == "country":
            counts[name.id] = counts.get(name.id, 0) + 1
    if not counts:
        return None
    best = max(counts.values())
    first = next(name for i, name in sorted(terms.names.items()) if counts.get(name.id) == best)
    return (first.id, words_of(doc, first.first, first.last)) if not first.adjective else (first.id, _noun_of(first.id))


def _noun_of(area: str) -> str:
    node = taxonomy().areas.get(area)
    return node.names[0] if node is not None else area
