"""What a figure may count whose clause does not say it: the goods of the figures, sentences and topic before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

from extractor.mentions import Measure, Quantity, Scope, Slot, measures
from extractor.scope.article.topic import Topic
from extractor.scope.clause.phrases import is_money
from extractor.scope.clause.views import Frame, subject_of
from extractor.scope.indicators.measurable import takes_up_subject
from extractor.scope.lending.kinship import (
    are_kin,
    counts_goods,
    is_bare_count,
    is_kindred,
    is_noun_unit,
    is_open,
    is_someone,
    is_taken_up,
    lends_product,
)
from extractor.scope.lending.lists import Past
from extractor.scope.lending.told import Told
from extractor.scope.products.things import can_be, is_actor, is_weighed
from extractor.scope.rules import KNOWN_NOUN
from extractor.scope.words import among
from extractor.syntax import SUBJECTS, is_parsed, sentence_start
from extractor.taxonomy import taxonomy

_LONGEST_SUBJECT = 3  # tokens
_LONGEST_SERIES = 6  # figures back to what a series is of
_LEAST_WEIGHED, _LEAST_SHARE = 4, 8  # tonnes and the like, and one figure in so many, make an article about goods


class Uncounted(NamedTuple):
    """A figure that may not say what it is a figure of."""

    position: int
    quantity: Quantity
    measure: Measure
    scope: Scope
    """What its own clause says."""
    frame: Frame | None
    indicator: Slot | None
    """What it measures, said or lent."""

    @property
    def goes_on(self) -> bool:
        """True where it takes up the subject of the sentence before."""
        return self.frame is not None and takes_up_subject(self.frame)


class Goods:
    """The things that an article's figures are figures of."""

    def __init__(self, told: Told, topic: Topic) -> None:
        self._told, self._topic = told, topic
        self._of_goods = self._weighs_goods()

    def _weighs_goods(self) -> bool:
        """True for an article about goods: it gives tonnes, barrels or litres again and again, and names what of."""
        if self._topic.product is None or among(self._topic.product.id, "site_products"):
            return False
        units = [measure.unit for measure in measures(self._told.doc) if measure.kind]
        weighed = sum(among(unit.split()[0], "volume_units") for unit in units if unit)
        return weighed >= _LEAST_WEIGHED and weighed * _LEAST_SHARE >= len(units)

    def lent(self, figure: Uncounted, heading: Slot | None, taken_up: Past | None) -> dict[str, Slot | None]:
        """What a figure may count whose clause does not say it, by the rule that would lend it.

        `heading`: the thing in the heading of its list; `taken_up`: the figure that it counts a part of.
        """
        if figure.scope.product is not None:
            return {}
        if figure.indicator is not None and among(figure.indicator.id, "of_no_goods"):
            return {}
        if heading is not None:
            return {"heading": heading}
        if (thing := self._thing_before(figure.position, figure.frame)) is not None:
            return {"subject taken up": thing}
        if taken_up is not None:
            return {"taken up": taken_up.draft.scope.product}
        if self._wants_product(figure):
            return {"wanted": self._product(figure)}
        bare = is_bare_count(figure.frame, figure.quantity, figure.measure)
        if bare and (counted := self._counted_before(figure.position, figure.scope)) is not None:
            return {"bare count": counted}
        return {"series": self._of_series(figure)}

    def _wants_product(self, figure: Uncounted) -> bool:
        """True for flows of goods, which count something, said or not; sums of money and rates by themselves do not."""
        indicator, frame = figure.indicator, figure.frame
        if self._of_goods and indicator is not None and among(indicator.id, "goods_measures"):
            return True
        node = taxonomy().indicators.get(indicator.id) if indicator else None
        if node is None:
            return frame is not None and frame.counted is not None and among(frame.counted.lemma_, "plain_units")
        if is_money(
            figure.quantity.unit
        ):  # what goods bring at the border is of those goods, a firm's revenue of nothing
            return node.mirror is not None or counts_goods(node)
        return counts_goods(node)

    def _product(self, figure: Uncounted) -> Slot | None:
        """The product of the sentence, else of the kindred figure before, else the article's.

        Sums of money look no further than their sentence and the article.
        """
        position, measure, indicator = figure.position, figure.measure, figure.indicator
        sentence = sentence_start(self._told.doc[position])
        here = takewhile(lambda past: past.position >= sentence, reversed(self._told.past))
        own = next(self._kindred(here, indicator, measure), None)
        if own is not None or is_money(figure.quantity.unit):
            return own or self._topic_product(measure, position, indicator)
        before = self._told.relevant(position, measure, figure.scope, figure.frame)
        lent = before.draft.scope.product if before is not None else None
        lent = lent if can_be(lent, indicator) else None
        if lent is not None and before is not None and self._lends_product(before, measure):
            counted = self._counted_here(position, before, lent, measure)
            if counted is not None:
                return counted
            return lent if figure.goes_on or not self._is_over(before, lent, position) else self._topic.product
        return (
            self._weighed_before(position, measure, indicator)
            or self._topic_product(measure, position, indicator)
            or next(self._kindred(reversed(self._told.past), indicator, measure), None)
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

    def _counted_here(self, position: int, before: Past, lent: Slot, measure: Measure) -> Slot | None:
        """What the paragraph itself has counted instead of a thing of its kind: trucks, where the last exports were
        of buses.
        """
        paragraph = self._told.paragraph(position)
        if self._told.paragraph(before.position) == paragraph:
            return None
        here = (past for past in reversed(self._told.past) if self._told.paragraph(past.position) == paragraph)
        named = (past.draft.scope.product for past in here if self._lends_product(past, measure))
        return next((each for each in named if each is not None and is_kindred(each, lent)), None)

    def _counted_before(self, position: int, scope: Scope) -> Slot | None:
        """What the last plain count was a count of: "opened 130 shops. It closed *92*"; not "24,000 *advocates* … put
        the backlog at 742,000", which has a noun of its own.
        """
        if scope.indicator is not None and scope.indicator.rule == KNOWN_NOUN:
            return None
        last = next((past for past in reversed(self._told.past[-3:]) if past.draft.scope.product is not None), None)
        if last is None or self._told.paragraph(last.position) != self._told.paragraph(position):
            return None
        counts = last.measure.kind == "level" and not is_money(last.measure.unit) and last.measure.unit != "percent"
        return last.draft.scope.product if counts else None

    def _weighed_before(self, position: int, measure: Measure, indicator: Slot | None) -> Slot | None:
        """What the last tonnes of the paragraph were of: "produced 3.1 million tonnes of steel. Exports were *1.2
        million tonnes*".
        """
        last = next((past for past in reversed(self._told.past) if past.draft.scope.product is not None), None)
        if last is None or last.measure.unit != measure.unit or not is_weighed(measure.unit):
            return None
        if self._told.paragraph(last.position) != self._told.paragraph(position) or not self._lends_product(
            last, measure
        ):
            return None
        product = last.draft.scope.product
        return product if can_be(product, indicator) else None

    def _of_series(self, figure: Uncounted) -> Slot | None:
        """What the figures of the same measure and unit just before were of: "seized 38 tonnes of cocaine. Police have
        *16 tonnes*".
        """
        position, measure, frame, indicator = figure.position, figure.measure, figure.frame, figure.indicator
        counts = frame is not None and frame.counted is not None and frame.counted.i in self._told.terms.indicators
        node = taxonomy().indicators.get(indicator.id) if indicator is not None else None
        by_itself = node is not None and (node.default_kind or among(node.id, "of_no_one_thing"))
        if indicator is None or counts or by_itself:
            return None
        floor = self._told.paragraph(position) - is_weighed(measure.unit)
        series = (
            past
            for past in reversed(self._told.past[-_LONGEST_SERIES:])
            if past.draft.scope.product is not None
            and not is_someone(past.draft.scope.product)
            and past.draft.scope.indicator is not None
            and past.draft.scope.indicator.id == indicator.id
            and self._told.paragraph(past.position) >= floor
        )
        last = next(series, None)
        if last is None or not (measure.unit == "percent" or self._lends_product(last, measure)):
            return None
        product = last.draft.scope.product
        if product is None or (product.id not in taxonomy().products and is_noun_unit(last.measure.unit)):
            return None  # "446,000 babies and 580,000 *funerals*": the last count only
        here = self._told.paragraph(last.position) == self._told.paragraph(position)
        bare = frame is not None and frame.counted is None and measure.unit == "count"
        alike = last.measure.unit == measure.unit or (here and (bare or measure.unit == "percent"))
        return product if alike and (here or not is_money(measure.unit)) else None

    def _lends_product(self, past: Past, measure: Measure) -> bool:
        """True for what a figure may lend at all, but not where it only tells of a place: "in nine *languages*"."""
        words = self._told.doc[past.position : past.end]
        aside = any(word.dep_ == "pobj" and among(word.head.lower_, "passing_place") for word in words)
        return not aside and lends_product(past, measure)

    def _thing_before(self, position: int, frame: Frame | None) -> Slot | None:
        """The thing that "its" and "they" stand for: "*Barley* fared better. Its output rose by 4%"."""
        start = sentence_start(self._told.doc[position])
        own = self._subject_here(start, frame) if frame is not None else None
        if frame is None or start == 0 or own is not None:
            return own
        before = self._told.doc[start - 1].sent
        silent = not is_parsed(before[0])  # a sentence without figures: its first words stand for its subject
        subject = subject_of(frame.verb) if frame.verb is not None else None
        if not (subject is not None and is_taken_up(subject)) and not (silent and frame.anaphoric):
            return None
        opening = before[:_LONGEST_SUBJECT] if silent else [token for token in before if token.dep_ in SUBJECTS]
        things = (self._told.terms.products.get(token.i) for token in opening)
        found = next((match for match in things if match is not None and not is_actor(match.id)), None)
        return None if found is None else self._told.slot(found, "subject of the sentence before")

    def _subject_here(self, start: int, frame: Frame) -> Slot | None:
        """The same within a sentence: "*Solar panels* made up for the loss: they supplied 39.7 TWh"."""
        subject = subject_of(frame.verb) if frame.verb is not None else None
        if subject is None or not is_taken_up(subject):
            return None
        for token in reversed(self._told.doc[start : subject.i]):
            match = self._told.terms.products.get(token.i)
            if match is not None and token.dep_ in SUBJECTS and not is_actor(match.id):
                return self._told.slot(match, "subject of the sentence before")
        return None

    def _topic_product(self, measure: Measure, position: int, indicator: Slot | None) -> Slot | None:
        """What the article is about, unless that is no thing of which there are tonnes, litres, watts or dollars."""
        topic = self._in_focus(position) or self._topic.product
        if not can_be(topic, indicator):
            return None
        if topic is None or not among(topic.id, "site_products"):
            return topic
        return topic if is_noun_unit(measure.unit) or is_open(measure.unit) else None

    def _in_focus(self, position: int) -> Slot | None:
        """What the paragraph speaks of instead, in an article about goods: the last of their kind named before."""
        topic = taxonomy().products.get(self._topic.product.id) if self._topic.product is not None else None
        if topic is None or not self._of_goods:
            return None
        start = self._told.paragraphs[self._told.paragraph(position) - 1]
        for i in range(position - 1, start - 1, -1):
            match = self._told.terms.products.get(i)
            node = taxonomy().products[match.id] if match is not None else None
            if match is None or node is None or node.pack != topic.pack or among(match.id, "site_products"):
                continue
            if not among(match.id, "actor_products") and match.id not in taxonomy().product_ancestors(topic.id):
                return self._told.slot(match, "thing that the paragraph speaks of")
        return None

    def _is_over(self, before: Past, lent: Slot, position: int) -> bool:
        """True for a part of what the article is about, or another thing of its kind, once another paragraph has begun:
        "hybrids" of cars.
        """
        topic = self._topic.product
        if (
            self._told.paragraph(before.position) == self._told.paragraph(position)
            or topic is None
            or topic.id == lent.id
        ):
            return False
        return is_kindred(topic, lent) and lent.id not in taxonomy().product_ancestors(topic.id)
