"""What a figure takes over from the heading of its list, the sentences before it and the article.

"Of these, 673,000 were new-energy vehicles": product, area and indicator come from before. "…, followed by Mexico with
159,000": everything but the name does.
"""

from __future__ import annotations

from typing import Any

from extractor.mentions import Measure, Quantity, Scope, Slot
from extractor.scope.article.topic import topic_of
from extractor.scope.clause.views import Frame
from extractor.scope.indicators.finder import with_money
from extractor.scope.indicators.measurable import takes_up_subject
from extractor.scope.indicators.prices import is_of_world_market
from extractor.scope.lending.areas import Areas
from extractor.scope.lending.counted import Counting, Things
from extractor.scope.lending.doers import Asked
from extractor.scope.lending.goods import Goods, Uncounted
from extractor.scope.lending.kinship import (
    lends,
    same_line,
    same_sort,
)
from extractor.scope.lending.list_headings import ListHeadings
from extractor.scope.lending.lists import Past
from extractor.scope.lending.told import Told
from extractor.scope.terms import Terms
from extractor.syntax import SUBJECTS, sentence_start
from extractor.taxonomy import WORLD
from extractor.tokens import Doc


class Memory:
    """What the figures read so far have told, for those that say less."""

    def __init__(self, doc: Doc, terms: Terms) -> None:
        self.topic = topic_of(doc, terms)
        self._told = Told(doc, terms)
        self._headings = ListHeadings(self._told)
        self._goods = Goods(self._told, self.topic)
        paragraphs = self._told.paragraphs
        self._things = Things(doc, terms, self.topic, paragraphs)
        self._areas = Areas(doc, terms._replace(home=self.topic.area, land=self.topic.land), paragraphs)

    @property
    def past(self) -> list[Past]:
        """The figures read so far, in the order of the text."""
        return self._told.past

    def complete(self, position: int, quantity: Quantity, measure: Measure, scope: Scope, frame: Frame | None) -> Scope:
        """The scope with its empty slots filled from before, as far as that is safe, and the borrowed ones named."""
        borrowed: dict[str, Any] = {}
        heading, taken_up = self._headings.above(position, frame), self._told.taken_up(position, frame)
        if scope.indicator is None:
            indicator = next(iter(self.lenders(position, measure, scope, frame).values()), None)
            if indicator is not None:
                borrowed["indicator"] = with_money(indicator, quantity)
        indicator = scope.indicator or borrowed.get("indicator")
        figure = Uncounted(position, quantity, measure, scope, frame, indicator)
        lent = self._goods.lent(figure, heading.product, taken_up)
        inherited = "indicator" in borrowed or "indicator" in scope.borrowed
        counting = Counting(position, quantity, measure, frame, indicator, scope.product, inherited)
        product = self._things.choose(counting, lent, self.past)
        if product != scope.product:
            borrowed["product"] = product
            scope = scope._replace(product=None, includes=())
        if scope.area is None and is_of_world_market(indicator, scope.product or borrowed.get("product"), measure):
            pass  # "Brent rose to $86" in an article on Saudi Arabia: nobody's price
        elif scope.area is None or (scope.area.id == WORLD and measure.kind == "rank"):
            asked = Asked(position, measure, scope._replace(indicator=indicator), frame, heading.area, taken_up)
            borrowed["area"] = self._areas.fill(asked, self.past)
        elif scope.area.start >= 0:
            scope = scope._replace(area=self._areas.relabelled(position, scope.area))
        borrowed = {slot: value for slot, value in borrowed.items() if value is not None}
        if borrowed:
            scope = scope._replace(**borrowed, borrowed=(*scope.borrowed, *borrowed))
        return self._areas.turned(scope, frame, self.past, position)

    def lenders(self, position: int, measure: Measure, scope: Scope, frame: Frame | None) -> dict[str, Slot]:
        """What may tell the measure of a figure that does not name it, by the rule that found it, the safest first."""
        taken_up = self._told.taken_up(position, frame)
        scope = scope._replace(indicator=None)
        found = {
            "heading": self._headings.above(position, frame).indicator,
            "taken up": self._indicator_taken_up(taken_up, measure),
            "subject before": self._subject_before(position, frame),
            "nearby": self._indicator(taken_up or self._told.relevant(position, measure, scope, frame), scope),
        }
        return {rule: slot for rule, slot in found.items() if slot is not None and lends(slot, measure)}

    @staticmethod
    def _indicator_taken_up(taken_up: Past | None, measure: Measure) -> Slot | None:
        """What the figure measured that "it" or "of which" takes up."""
        if taken_up is None or not same_sort(taken_up.measure, measure):
            return None
        return taken_up.draft.scope.indicator

    def _subject_before(self, position: int, frame: Frame | None) -> Slot | None:
        """What the sentence before spoke of, for one that takes it up by a pronoun: its subject's measure, else its
        last.
        """
        if frame is None or not takes_up_subject(frame):
            return None
        told = self._told
        start = sentence_start(told.doc[position])
        if start == 0:
            return None
        sentence = told.doc[start - 1].sent
        found = [
            match
            for i, match in sorted(told.terms.indicators.items())
            if sentence.start <= i < sentence.end and match.role == "noun"
        ]
        subjects = [match for match in found if told.doc[match.last - 1].dep_ in SUBJECTS]
        chosen = next(iter(subjects), None) or next(reversed(found), None)
        return None if chosen is None else told.slot(chosen, "subject of the sentence before")

    def _indicator(self, before: Past | None, scope: Scope) -> Slot | None:
        """What was measured before, if it can be measured of the same thing: exports of cars tell nothing of
        dealerships.
        """
        if before is not None and same_line(before.draft.scope.product, scope.product):
            return before.draft.scope.indicator
        if scope.product is not None and self.topic.product is None:
            return None
        return self.topic.indicator if same_line(self.topic.product, scope.product) else None
