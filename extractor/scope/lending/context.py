"""What a figure takes over from the sentences before it, and from the figure next to it.

"Of these, 673,000 were new-energy vehicles": product, area and indicator come from before. "…, followed by Mexico with
159,000": everything but the name does.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

from extractor.lexicon import Match
from extractor.mentions import Measure, Name, Quantity, Scope, Slot, measures, text_of
from extractor.scope.areas.ties import is_known
from extractor.scope.article.topic import NO_TOPIC, Topic, nouns_of, topic_of
from extractor.scope.clause.phrases import is_money, label_before
from extractor.scope.clause.views import Frame, subject_of
from extractor.scope.indicators.finder import with_money
from extractor.scope.indicators.measurable import takes_up_subject
from extractor.scope.indicators.prices import is_of_world_market
from extractor.scope.lending.areas import Areas
from extractor.scope.lending.counted import Counting, Things
from extractor.scope.lending.doers import Asked
from extractor.scope.lending.kinship import (
    are_kin,
    counts_goods,
    is_bare_count,
    is_kindred,
    is_noun_unit,
    is_open,
    is_someone,
    is_taken_up,
    lends,
    lends_product,
    same_line,
    same_sort,
)
from extractor.scope.lending.lists import Past
from extractor.scope.products.things import can_be, is_actor, is_weighed
from extractor.scope.rules import KNOWN_NOUN
from extractor.scope.terms import Terms, words_of
from extractor.scope.words import among
from extractor.sentences import BULLETS
from extractor.syntax import SUBJECTS, ancestors, is_parsed, paragraph_starts, sentence_start
from extractor.taxonomy import WORLD, taxonomy
from extractor.tokens import Doc

_LONGEST_LIST = 15  # lines between an item and the heading of its list
_LONGEST_SUBJECT = 3  # tokens
_LONGEST_SERIES = 6  # figures back to what a series is of
_LONGEST_HEADING = 120  # characters
_IN_BRACKETS = re.compile(r"\b([\w-]+(?: [\w-]+)?) in (?:brackets|parentheses)\b", re.IGNORECASE)
_LEAST_WEIGHED, _LEAST_SHARE = 4, 8  # tonnes and the like, and one figure in so many, make an article about goods


class Memory:
    """What the figures read so far have told, for those that say less."""

    def __init__(self, doc: Doc, terms: Terms) -> None:
        self._doc, self._terms = doc, terms
        self._paragraphs = paragraph_starts(doc)
        self.past: list[Past] = []
        self.topic = topic_of(doc, terms)
        self._of_goods = self._weighs_goods()
        self._headings: dict[int, Topic] = {}
        self._things = Things(doc, terms, self.topic, self._paragraphs)
        self.areas = Areas(doc, terms._replace(home=self.topic.area, land=self.topic.land), self._paragraphs)

    def _weighs_goods(self) -> bool:
        """True for an article about goods: it gives tonnes, barrels or litres again and again, and names what of."""
        if self.topic.product is None or among(self.topic.product.id, "site_products"):
            return False
        units = [measure.unit for measure in measures(self._doc) if measure.kind]
        weighed = sum(among(unit.split()[0], "volume_units") for unit in units if unit)
        return weighed >= _LEAST_WEIGHED and weighed * _LEAST_SHARE >= len(units)

    def complete(self, position: int, quantity: Quantity, measure: Measure, scope: Scope, frame: Frame | None) -> Scope:
        """The scope with its empty slots filled from before, as far as that is safe, and the borrowed ones named."""
        borrowed: dict[str, Any] = {}
        heading = self._list_heading(position, frame)
        taken_up = self._taken_up(position, frame)
        if scope.indicator is None:
            indicator = next(iter(self.lenders(position, measure, scope, frame).values()), None)
            if indicator is not None:
                borrowed["indicator"] = with_money(indicator, quantity)
        indicator = scope.indicator or borrowed.get("indicator")
        lent = (
            {} if scope.product is not None else self._lent_things(position, quantity, measure, scope, frame, indicator)
        )
        inherited = "indicator" in borrowed or "indicator" in scope.borrowed
        counting = Counting(position, quantity, measure, frame, indicator, scope.product, inherited)
        product = self._things.choose(counting, lent, self.past)
        if product != scope.product:
            borrowed["product"] = product
            scope = scope._replace(product=None, includes=())
        if scope.area is None and is_of_world_market(indicator, scope.product or borrowed.get("product"), measure):
            pass  # "Brent rose to $86" in an article on Saudi Arabia: nobody's price
        elif scope.area is None or (scope.area[0] == WORLD and measure.kind == "rank"):
            asked = Asked(position, measure, scope._replace(indicator=indicator), frame, heading.area, taken_up)
            borrowed["area"] = self.areas.fill(asked, self.past)
        elif scope.area.start >= 0:
            scope = scope._replace(area=self.areas.relabelled(position, scope.area))
        borrowed = {slot: value for slot, value in borrowed.items() if value is not None}
        if borrowed:
            scope = scope._replace(**borrowed, borrowed=(*scope.borrowed, *borrowed))
        return self.areas.turned(scope, frame, self.past, position)

    def _lent_things(
        self,
        position: int,
        quantity: Quantity,
        measure: Measure,
        scope: Scope,
        frame: Frame | None,
        indicator: Slot | None,
    ) -> dict[str, Slot | None]:
        """What a figure may count whose clause does not say it, by the rule that would lend it."""
        if indicator is not None and among(indicator.id, "of_no_goods"):
            return {}
        heading, taken_up = self._list_heading(position, frame), self._taken_up(position, frame)
        if heading.product is not None:
            return {"heading": heading.product}
        if (thing := self._thing_before(position, frame)) is not None:
            return {"subject taken up": thing}
        if taken_up is not None:
            return {"taken up": taken_up.draft.scope.product}
        if self._wants_product(frame, quantity, indicator):
            before = self._relevant(position, measure, scope, frame)
            money = is_money(quantity.unit)
            return {"wanted": self._product(position, before, indicator, measure, frame, money=money)}
        bare = is_bare_count(frame, quantity, measure)
        if bare and (counted := self._counted_before(position, scope)) is not None:
            return {"bare count": counted}
        return {"series": self._of_series(position, indicator, measure, frame)}

    def lenders(self, position: int, measure: Measure, scope: Scope, frame: Frame | None) -> dict[str, Slot]:
        """What may tell the measure of a figure that does not name it, by the rule that found it, the safest first."""
        taken_up = self._taken_up(position, frame)
        scope = scope._replace(indicator=None)
        found = {
            "heading": self._list_heading(position, frame).indicator,
            "taken up": self._indicator_taken_up(taken_up, measure),
            "subject before": self._subject_before(position, frame),
            "nearby": self._indicator(taken_up or self._relevant(position, measure, scope, frame), scope),
        }
        return {rule: slot for rule, slot in found.items() if slot is not None and lends(slot, measure)}

    def _list_heading(self, position: int, frame: Frame | None) -> Topic:
        """What the line above a list says of its items: "Car sales in April:"; nothing for figures outside lists."""
        if position not in self._headings:
            self._headings[position] = self._heading_above(position, frame)
        return self._headings[position]

    def _heading_above(self, position: int, frame: Frame | None) -> Topic:
        item = self._doc[sentence_start(self._doc[position])].text in BULLETS
        if frame is None or (not item and label_before(frame) is None):
            return NO_TOPIC
        text = text_of(self._doc)
        end = text.rfind("\n", 0, self._doc[position].idx)
        for _ in range(_LONGEST_LIST):
            if end < 0:
                break
            start = text.rfind("\n", 0, end) + 1
            line = text[start:end].strip()
            bracketed = _IN_BRACKETS.search(line)
            if bracketed and self._is_bracketed(position):
                return self._named_in(start + bracketed.start(1), start + bracketed.end(1), said=True)
            if line.endswith(":") or (item and line and line[0] not in BULLETS and len(line) <= _LONGEST_HEADING):
                return self._named_in(start, end, said=not line.endswith(":"))
            end = start - 1
        return NO_TOPIC

    def _is_bracketed(self, position: int) -> bool:
        return position > 0 and self._doc[position - 1].text == "("

    def _named_in(self, start: int, end: int, *, said: bool = False) -> Topic:
        """Area, product and indicator named first in a stretch of the text; with `said`, what it counts is measured."""
        span = self._doc.char_span(start, end, alignment_mode="contract")
        if span is None:
            return NO_TOPIC
        inside = range(span.start, span.end)
        found = [
            next((table[i] for i in inside if i in table), None)
            for table in (
                {i: name for i, name in self._terms.names.items() if name.type == "area"},
                self._terms.products,
                nouns_of(self._terms),
            )
        ]
        area, product, indicator = (None if one is None else self._slot(one, "heading of the list") for one in found)
        return Topic(area, product, indicator or (product if said else None))

    def _slot(self, found: Match | Name, rule: str) -> Slot:
        doc = self._doc
        return Slot(found.id, words_of(doc, found.first, found.last), rule, doc[found.first].idx)

    def _taken_up(self, position: int, frame: Frame | None) -> Past | None:
        """The last figure, where this one counts a part of it, or says how much "it" was at another
        time.
        """
        if frame is None or not self.past:
            return None
        last = next((past for past in reversed(self.past) if not self._does_it(past, frame)), self.past[-1])
        start = sentence_start(self._doc[position])
        opens = frame.anaphoric and self._paragraph(start) == self._paragraph(position) != self._paragraph(start - 1)
        if self._paragraph(last.position) not in {self._paragraph(position), self._paragraph(position) - opens}:
            return None
        follows = last.position >= start or (start > 0 and last.position >= sentence_start(self._doc[start - 1]))
        return last if follows and (frame.anaphoric or takes_up_subject(frame)) else None

    def _does_it(self, past: Past, frame: Frame) -> bool:
        """True for the doers of the figure's own verb: "The *27 members* took 612,000 of them"."""
        first, verb = self._doc[past.position], frame.verb
        if not frame.anaphoric or verb is None or past.position < sentence_start(verb) or frame.anchor.dep_ != "dobj":
            return False
        return any(above.dep_ in SUBJECTS and above.head.i == verb.i for above in (first, *ancestors(first)))

    @staticmethod
    def _indicator_taken_up(taken_up: Past | None, measure: Measure) -> Slot | None:
        """What the figure measured that "it" or "of which" takes up."""
        if taken_up is None or not same_sort(taken_up.measure, measure):
            return None
        return taken_up.draft.scope.indicator

    def _counted_before(self, position: int, scope: Scope) -> Slot | None:
        """What the last plain count was a count of: "opened 130 shops. It closed *92*"; not "24,000 *advocates* … put
        the backlog at 742,000", which has a noun of its own.
        """
        if scope.indicator is not None and scope.indicator.rule == KNOWN_NOUN:
            return None
        last = next((past for past in reversed(self.past[-3:]) if past.draft.scope.product is not None), None)
        if last is None or self._paragraph(last.position) != self._paragraph(position):
            return None
        counts = last.measure.kind == "level" and not is_money(last.measure.unit) and last.measure.unit != "percent"
        return last.draft.scope.product if counts else None

    def _of_series(self, position: int, indicator: Slot | None, measure: Measure, frame: Frame | None) -> Slot | None:
        """What the figures of the same measure and unit just before were of: "seized 38 tonnes of cocaine. Police have
        *16 tonnes*".
        """
        counts = frame is not None and frame.counted is not None and frame.counted.i in self._terms.indicators
        node = taxonomy().indicators.get(indicator.id) if indicator is not None else None
        by_itself = node is not None and (node.default_kind or among(node.id, "of_no_one_thing"))
        if indicator is None or counts or by_itself:
            return None
        floor = self._paragraph(position) - is_weighed(measure.unit)
        series = (
            past
            for past in reversed(self.past[-_LONGEST_SERIES:])
            if past.draft.scope.product is not None
            and not is_someone(past.draft.scope.product)
            and past.draft.scope.indicator is not None
            and past.draft.scope.indicator.id == indicator.id
            and self._paragraph(past.position) >= floor
        )
        last = next(series, None)
        if last is None or not (measure.unit == "percent" or self._lends_product(last, measure)):
            return None
        product = last.draft.scope.product
        if product is None or (product.id not in taxonomy().products and is_noun_unit(last.measure.unit)):
            return None  # "446,000 babies and 580,000 *funerals*": the last count only
        here = self._paragraph(last.position) == self._paragraph(position)
        bare = frame is not None and frame.counted is None and measure.unit == "count"
        alike = last.measure.unit == measure.unit or (here and (bare or measure.unit == "percent"))
        return product if alike and (here or not is_money(measure.unit)) else None

    def _lends_product(self, past: Past, measure: Measure) -> bool:
        """False, too, for what only tells where things were: "collects reports in nine *languages*"."""
        words = self._doc[past.position : past.end]
        aside = any(word.dep_ == "pobj" and among(word.head.lower_, "passing_place") for word in words)
        return not aside and lends_product(past, measure)

    def _subject_before(self, position: int, frame: Frame | None) -> Slot | None:
        """What the sentence before spoke of, for one that takes it up by a pronoun: its subject's measure, else its
        last.
        """
        if frame is None or not takes_up_subject(frame):
            return None
        start = sentence_start(self._doc[position])
        if start == 0:
            return None
        sentence = self._doc[start - 1].sent
        found = [
            m
            for i, m in sorted(self._terms.indicators.items())
            if sentence.start <= i < sentence.end and m.role == "noun"
        ]
        subjects = [m for m in found if self._doc[m.last - 1].dep_ in {"nsubj", "nsubjpass"}]
        chosen = next(iter(subjects), None) or next(reversed(found), None)
        return None if chosen is None else self._slot(chosen, "subject of the sentence before")

    def _relevant(self, position: int, measure: Measure, scope: Scope, frame: Frame | None) -> Past | None:
        """The last figure of the paragraph (or of the one before) that speaks of the same thing.

        A figure that does not say what it measures takes that from its own sentence, else from the last measure of
        the packs: what another sentence counts in passing ("fires", "a ratio") is no topic.
        """
        floor = self._paragraph(position) - 1
        nearby = [past for past in reversed(self.past[-12:]) if self._paragraph(past.position) >= floor]
        if scope.indicator is not None:
            return next((p for p in nearby if are_kin(p.draft.scope.indicator, scope.indicator)), None)
        sentence = sentence_start(self._doc[position])
        fitting = [p for p in nearby if p.draft.scope.indicator is not None and same_sort(p.measure, measure)]
        own = (p for p in fitting if p.position >= sentence)
        explicit = frame is not None and frame.counted is not None and scope.product is not None
        known = (
            p for p in fitting if is_known(p.draft.scope.indicator) and not (explicit and p.draft.scope.product is None)
        )
        return next(own, None) or next(known, None)

    def _paragraph(self, position: int) -> int:
        return bisect.bisect_right(self._paragraphs, position)

    def _wants_product(self, frame: Frame | None, quantity: Quantity, indicator: Slot | None) -> bool:
        """Flows of goods count something, said or not; sums of money and rates by themselves do not."""
        if self._of_goods and indicator is not None and among(indicator.id, "goods_measures"):
            return True
        node = taxonomy().indicators.get(indicator[0]) if indicator else None
        if node is None:
            return frame is not None and frame.counted is not None and frame.counted.lemma_ in {"unit", "one", "piece"}
        if is_money(quantity.unit):  # what goods bring at the border is of those goods, a firm's revenue of nothing
            return node.mirror is not None or counts_goods(node)
        return counts_goods(node)

    def _indicator(self, before: Past | None, scope: Scope) -> Slot | None:
        """What was measured before, if it can be measured of the same thing: exports of cars tell nothing of
        dealerships.
        """
        if before is not None and same_line(before.draft.scope.product, scope.product):
            return before.draft.scope.indicator
        if scope.product is not None and self.topic.product is None:
            return None
        return self.topic.indicator if same_line(self.topic.product, scope.product) else None

    def _product(
        self,
        position: int,
        before: Past | None,
        indicator: Slot | None,
        measure: Measure,
        frame: Frame | None,
        *,
        money: bool,
    ) -> Slot | None:
        """The product of the sentence, else of the kindred figure before, else the article's.

        Sums of money look no further than their sentence and the article.
        """
        sentence = sentence_start(self._doc[position])
        here = takewhile(lambda past: past.position >= sentence, reversed(self.past))
        own = next(self._kindred(here, indicator, measure), None)
        if own is not None or money:
            return own or self._topic_product(measure, position, indicator)
        lent = before.draft.scope.product if before is not None else None
        lent = lent if can_be(lent, indicator) else None
        if lent is not None and before is not None and self._lends_product(before, measure):
            counted = self._counted_here(position, before, lent, measure)
            if counted is not None:
                return counted
            goes_on = frame is not None and takes_up_subject(frame)
            return lent if goes_on or not self._is_over(before, lent, position) else self.topic.product
        return (
            self._weighed_before(position, measure, indicator)
            or self._topic_product(measure, position, indicator)
            or next(self._kindred(reversed(self.past), indicator, measure), None)
        )

    def _kindred(self, told: Iterable[Past], indicator: Slot | None, measure: Measure) -> Iterator[Slot]:
        """What those of some figures are of that may lend it, one at a time: the first is mostly all that is asked."""
        for past in told:
            product = past.draft.scope.product
            if (
                product
                and can_be(product, indicator)
                and are_kin(past.draft.scope.indicator, indicator)
                and self._lends_product(past, measure)
            ):
                yield product

    def _weighed_before(self, position: int, measure: Measure, indicator: Slot | None) -> Slot | None:
        """What the last tonnes of the paragraph were of: "produced 3.1 million tonnes of steel. Exports were *1.2
        million tonnes*".
        """
        last = next((past for past in reversed(self.past) if past.draft.scope.product is not None), None)
        if last is None or last.measure.unit != measure.unit or not is_weighed(measure.unit):
            return None
        if self._paragraph(last.position) != self._paragraph(position) or not self._lends_product(last, measure):
            return None
        product = last.draft.scope.product
        return product if can_be(product, indicator) else None

    def _thing_before(self, position: int, frame: Frame | None) -> Slot | None:
        """The thing that "its" and "they" stand for: "*Barley* fared better. Its output rose by 4%"."""
        start = sentence_start(self._doc[position])
        own = self._subject_here(start, frame) if frame is not None else None
        if frame is None or start == 0 or own is not None:
            return own
        before = self._doc[start - 1].sent
        silent = not is_parsed(before[0])  # a sentence without figures: its first words stand for its subject
        subject = subject_of(frame.verb) if frame.verb is not None else None
        if not (subject is not None and is_taken_up(subject)) and not (silent and frame.anaphoric):
            return None
        opening = before[:_LONGEST_SUBJECT] if silent else [token for token in before if token.dep_ in SUBJECTS]
        things = (self._terms.products.get(token.i) for token in opening)
        found = next((match for match in things if match is not None and not is_actor(match.id)), None)
        return None if found is None else self._slot(found, "subject of the sentence before")

    def _subject_here(self, start: int, frame: Frame) -> Slot | None:
        """The same within a sentence: "*Solar panels* made up for the loss: they supplied 39.7 TWh"."""
        subject = subject_of(frame.verb) if frame.verb is not None else None
        if subject is None or not is_taken_up(subject):
            return None
        for token in reversed(self._doc[start : subject.i]):
            match = self._terms.products.get(token.i)
            if match is not None and token.dep_ in SUBJECTS and not is_actor(match.id):
                return self._slot(match, "subject of the sentence before")
        return None

    def _counted_here(self, position: int, before: Past, lent: Slot, measure: Measure) -> Slot | None:
        """What the paragraph itself has counted instead of a thing of its kind: trucks, where the last exports were
        of buses.
        """
        paragraph = self._paragraph(position)
        if self._paragraph(before.position) == paragraph:
            return None
        here = (past for past in reversed(self.past) if self._paragraph(past.position) == paragraph)
        named = (past.draft.scope.product for past in here if self._lends_product(past, measure))
        return next((each for each in named if each is not None and is_kindred(each, lent)), None)

    def _in_focus(self, position: int) -> Slot | None:
        """What the paragraph speaks of instead, in an article about goods: the last of their kind named before."""
        topic = taxonomy().products.get(self.topic.product.id) if self.topic.product is not None else None
        if topic is None or not self._of_goods:
            return None
        start = self._paragraphs[self._paragraph(position) - 1]
        for i in range(position - 1, start - 1, -1):
            match = self._terms.products.get(i)
            node = taxonomy().products[match.id] if match is not None else None
            if match is None or node is None or node.pack != topic.pack or among(match.id, "site_products"):
                continue
            if not among(match.id, "actor_products") and match.id not in taxonomy().product_ancestors(topic.id):
                return self._slot(match, "thing that the paragraph speaks of")
        return None

    def _topic_product(self, measure: Measure, position: int, indicator: Slot | None) -> Slot | None:
        """What the article is about, unless that is no thing of which there are tonnes, litres, watts or dollars."""
        topic = self._in_focus(position) or self.topic.product
        if not can_be(topic, indicator):
            return None
        if topic is None or not among(topic.id, "site_products"):
            return topic
        return topic if is_noun_unit(measure.unit) or is_open(measure.unit) else None

    def _is_over(self, before: Past, lent: Slot, position: int) -> bool:
        """True for a part of what the article is about, or another thing of its kind, once another paragraph has begun:
        "hybrids" of cars.
        """
        topic = self.topic.product
        if self._paragraph(before.position) == self._paragraph(position) or topic is None or topic.id == lent.id:
            return False
        return is_kindred(topic, lent) and lent.id not in taxonomy().product_ancestors(topic.id)
