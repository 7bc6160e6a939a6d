"""Which thing a figure counts: of all that its clause, its paragraph and the article offer, the one for which most
speaks; nothing at all is one, too.

What a rule finds in the clause, what a rule would lend, what is named around the figure and what the article is about
are candidates. Each has signs, each sign a weight (`data/things.toml`, written by `scripts/fit-things`); the largest
sum wins. Sums of money and rates often count nothing, and then nothing has most behind it.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.lexicon import Match
from extractor.loading import weights
from extractor.mentions import Measure, Quantity, Slot
from extractor.scope.article.topic import Topic
from extractor.scope.clause.phrases import is_price_unit, is_thing
from extractor.scope.clause.views import Frame
from extractor.scope.lending.kinship import are_kin, counts_goods, is_kindred, is_noun_unit, lends_product, signs_of_kin
from extractor.scope.lending.lists import Past
from extractor.scope.products.things import can_be, has_weight, is_a_person, is_actor, is_weighed
from extractor.scope.terms import Terms, words_of
from extractor.scope.words import among
from extractor.syntax import SUBJECTS, sentence_end, sentence_offsets, sentence_start
from extractor.taxonomy import taxonomy
from extractor.tokens import Doc
from extractor.weighing import SlotCandidate, heaviest

_REMEMBERED = 40  # figures before this one that tell what is counted
_BACK = 8  # of them, whose things are candidates
_OFTEN = 3  # times that a thing is named
_RATES = frozenset({"percent", "percentage_point", "basis_point"})
_LEAST_HEADLINE = 4  # tokens


class Counting(NamedTuple):
    """A figure, and what is known of it before it is asked what it counts."""

    position: int
    quantity: Quantity
    measure: Measure
    frame: Frame | None
    indicator: Slot | None
    own: Slot | None
    """What its clause says."""
    borrowed: bool
    """True where the indicator is another figure's."""


class _Before(NamedTuple):
    """The figures before one, as far as they are remembered."""

    figures: Sequence[Past]
    with_things: list[Past]
    by_thing: dict[str, list[Past]]
    kin: list[Past]
    """Those of the same measure."""

    @classmethod
    def of(cls, figures: Sequence[Past], figure: Counting) -> _Before:
        """What was before a figure, sorted once for all that it may count."""
        with_things: list[Past] = []
        by_thing: dict[str, list[Past]] = {}
        for each in figures:
            if each.draft.scope.product is not None:
                with_things.append(each)
                by_thing.setdefault(each.draft.scope.product.id, []).append(each)
        kin = [each for each in figures if are_kin(each.draft.scope.indicator, figure.indicator)]
        return cls(figures, with_things, by_thing, kin)


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return weights("extractor", "data/things.toml")


class Things:
    """The things that an article counts."""

    def __init__(self, doc: Doc, terms: Terms, topic: Topic, paragraphs: list[int]) -> None:
        self._doc, self._terms, self._topic, self._paragraphs = doc, terms, topic, paragraphs
        self._named = sorted(terms.products.items())
        self._places = [i for i, _ in self._named]
        self._often = Counter(match.id for _, match in self._named)
        self._most = max(self._often.values(), default=0)
        headline = next((s for s in doc.sents if len(s) >= _LEAST_HEADLINE), None)
        self._headline = {m.id for i, m in self._named if headline is not None and i < headline.end}

    def choose(self, figure: Counting, lent: Mapping[str, Slot | None], past: Sequence[Past]) -> Slot | None:
        """The thing for which most speaks; the first of equals."""
        return heaviest(self.candidates(figure, lent, past), _weights()).slot

    def candidates(
        self, figure: Counting, lent: Mapping[str, Slot | None], past: Sequence[Past]
    ) -> list[SlotCandidate]:
        """All that the figure may count, nothing first; `lent` is what rules would lend, by their names.

        A thing that the figure's own sentence ties to it has only nothing for a rival, and what it counts by weight
        ("146,000 tonnes of *kelp*") not even that.
        """
        before = _Before.of(past[-_REMEMBERED:], figure)
        nothing = SlotCandidate(None, frozenset(self._of_nothing(figure, lent)))
        if figure.own is not None and self._is_said(figure.own, figure.position):
            own = SlotCandidate(figure.own, frozenset((*_own_signs(figure), *self._signs(figure.own, figure, before))))
            return [own] if is_weighed(figure.measure.unit) and _is_what_is_counted(figure) else [nothing, own]
        slots: dict[str, Slot] = {}
        signs: dict[str, set[str]] = {}

        def add(slot: Slot | None, *found: str) -> None:
            if slot is not None:
                slots.setdefault(slot.id, slot)
                signs.setdefault(slot.id, set()).update(found)

        add(figure.own, *_own_signs(figure))
        for rule, slot in lent.items():
            add(slot, f"lent: {rule}", f"lent: {rule}, {sort_counted(figure.measure)}")
        for each in reversed(before.figures[-_BACK:]):
            add(each.draft.scope.product)
        for slot, place in self._around(figure.position):
            add(slot, place)
        add(self._topic.product, "topic")
        return [
            nothing,
            *(
                SlotCandidate(slot, frozenset((*signs[name], *self._signs(slot, figure, before))))
                for name, slot in slots.items()
            ),
        ]

    def _is_said(self, thing: Slot, position: int) -> bool:
        """True for what the figure's own sentence names."""
        start, end = sentence_offsets(self._doc[position])
        return start <= thing.start < end

    # What the text names ----------------------------------------------------------------------------------------------

    def _around(self, position: int) -> Iterator[tuple[Slot, str]]:
        """Things of the packs that the figure's sentence and the one before it name."""
        here, end = sentence_start(self._doc[position]), sentence_end(self._doc[position])
        first = sentence_start(self._doc[here - 1]) if here and not self._opens_paragraph(here) else here
        for i, match in self._named[bisect.bisect_left(self._places, first) : bisect.bisect_left(self._places, end)]:
            role = "subject" if self._doc[i].dep_ in SUBJECTS else "named"
            where = "the sentence before" if i < here else "here, before it" if i < position else "here, behind it"
            yield self._slot(match), f"{role} {where}"

    def _slot(self, match: Match) -> Slot:
        words = words_of(self._doc, match.first, match.last)
        return Slot(match.id, words, "thing that the passage names", self._doc[match.first].idx)

    # What speaks for it -----------------------------------------------------------------------------------------------

    def _of_nothing(self, figure: Counting, lent: Mapping[str, Slot | None]) -> Iterator[str]:
        measure, sort, of = figure.measure, sort_counted(figure.measure), class_of_measure(figure.indicator)
        yield "nothing"
        yield f"nothing: {sort}"
        yield f"nothing: {measure.kind}"
        yield f"nothing: {of}"
        yield f"nothing: {sort} of {of}"
        if figure.borrowed:
            yield "nothing: measure from elsewhere"
        node = taxonomy().indicators.get(figure.indicator.id) if figure.indicator is not None else None
        if node is not None:
            yield f"nothing: pack {node.pack}"
        yield from self._as_it_stands(figure)
        if figure.own is None and not any(lent.values()):
            yield "nothing: no rule lends"
        if self._topic.product is None:
            yield "nothing: no topic"

    def _as_it_stands(self, figure: Counting) -> Iterator[str]:
        frame = figure.frame
        if frame is None:
            yield "nothing: outside clauses"
            return
        if frame.counted is None:
            yield "nothing: bare"
            yield f"nothing: bare {sort_counted(figure.measure)}"
        elif frame.counted.i in self._terms.products:
            yield "nothing: counts a thing of the packs"
        elif is_thing(frame.counted, self._terms):
            yield "nothing: counts a thing"
        if frame.anaphoric:
            yield "nothing: anaphoric"

    def _signs(self, slot: Slot, figure: Counting, before: _Before) -> Iterator[str]:
        measure, sort, of = figure.measure, sort_counted(figure.measure), class_of_measure(figure.indicator)
        kind = _class_of_thing(slot.id)
        yield f"{kind} in {sort}"
        yield f"{kind} of {of}"
        if not can_be(slot, figure.indicator):
            yield "cannot be"
        if is_weighed(measure.unit) and not has_weight(slot.id, measure.unit):
            yield "has no weight"
        if _is_unit(slot.id, measure.unit):
            yield "is the unit"
        if slot.id in self._headline:
            yield "in the headline"
        topic = self._topic.product
        if topic is not None and slot.id != topic.id:
            yield "kindred of the topic" if is_kindred(topic, slot) else "unlike the topic"
        named = self._often[slot.id]
        yield "never named" if not named else "named often" if named > _OFTEN else "named"
        if named and named == self._most:
            yield "named most"
        if figure.own is not None and slot.id != figure.own.id:
            yield "not its own"
            yield "part of its own" if figure.own.id in taxonomy().product_ancestors(slot.id) else "other than its own"
        if slot.id in before.by_thing:
            yield from self._of_past(slot, figure, before)
        else:
            yield "never counted"

    def _of_past(self, slot: Slot, figure: Counting, before: _Before) -> Iterator[str]:
        """What ties a thing to the figures before that counted it."""
        mine = before.by_thing[slot.id]
        last, measure = mine[-1], figure.measure
        gap = self._paragraph(figure.position) - self._paragraph(last.position)
        yield "counted in the paragraph" if not gap else "counted in the paragraph before" if gap == 1 else "counted"
        if last.position >= sentence_start(self._doc[figure.position]):
            yield "counted in the sentence"
        yield "counted by units like it" if last.measure.unit == measure.unit else "counted by other units"
        if not lends_product(last, measure):
            yield "counted by itself"
        if last is before.with_things[-1]:
            yield "counted last"
            yield f"counted last, in {sort_counted(measure)}"
        if last is before.figures[-1]:
            yield "of the figure before"
        if 2 * len(mine) > len(before.with_things):
            yield "counted most"
        here = self._paragraph(figure.position)
        yield from signs_of_kin(
            before.kin,
            has_it=lambda past: _counts(past, slot),
            is_here=lambda past: self._paragraph(past.position) == here,
        )

    def _paragraph(self, position: int) -> int:
        return bisect.bisect_right(self._paragraphs, position)

    def _opens_paragraph(self, position: int) -> bool:
        number = self._paragraph(position)
        return number > 0 and self._paragraphs[number - 1] == position


def _counts(past: Past, thing: Slot) -> bool:
    """True for a figure that counted the thing."""
    product = past.draft.scope.product
    return product is not None and product.id == thing.id


def _own_signs(figure: Counting) -> Iterator[str]:
    """How its clause says what is counted."""
    if figure.own is None:
        return
    rule, sort = figure.own.rule, sort_counted(figure.measure)
    yield "own"
    yield f"own: {rule}"
    yield f"own in {sort}"
    yield f"own: {rule}, {sort}"
    yield f"own of {class_of_measure(figure.indicator)}"
    if _is_what_is_counted(figure):
        yield "own: what is counted"
    if figure.own.start > figure.quantity.start:
        yield "own: behind it"
    indicator = figure.indicator
    if indicator is not None and indicator.start <= figure.own.start < indicator.start + len(indicator.text):
        yield "own: in the words of its measure"


def _is_what_is_counted(figure: Counting) -> bool:
    """True for the very noun behind the number."""
    counted = figure.frame.counted if figure.frame is not None else None
    own = figure.own
    return counted is not None and own is not None and own.start <= counted.idx <= own.start + len(own.text)


def _is_unit(product: str, unit: str) -> bool:
    """True where the figure's unit is the thing itself: "286 *lorries*"."""
    node = taxonomy().products.get(product)
    return unit.replace(" ", "_") == product or (node is not None and unit in node.names)


def sort_counted(measure: Measure) -> str:
    """Money, a weight, a count …; of a relative figure its kind."""
    return _sort(measure.unit, measure.kind)


@lru_cache(maxsize=1024)
def _sort(unit: str, kind: str) -> str:
    if is_price_unit(unit):
        return "money"
    if unit in _RATES:
        return kind
    if is_weighed(unit):
        return "weight"
    if unit in {"count", "times"}:
        return "count" if kind in {"level", "difference"} else kind
    return "things" if is_noun_unit(unit) else "units"


@lru_cache(maxsize=4096)
def _class_of_node(name: str) -> str:
    """What sort of thing an indicator of the packs is a measure of."""
    node = taxonomy().indicators.get(name)
    if node is None:
        return "words"
    for group in ("of_no_goods", "of_people", "firm_accounts"):
        if among(name, group):
            return group
    if node.default_kind or among(name, "rate_measures"):
        return "rates"
    if counts_goods(node):
        return "goods"
    if among(name, "money_measures"):
        return "money"
    return "goods now and then" if among(name, "goods_measures") else "counts"


def class_of_measure(indicator: Slot | None) -> str:
    """What sort of thing an indicator, known to the packs or not, is a measure of."""
    if indicator is None:
        return "unknown"
    if indicator.id not in taxonomy().indicators and indicator.rule.startswith("counted noun"):
        return "counted words"
    return _class_of_node(indicator.id)


@lru_cache(maxsize=4096)
def _class_of_thing(name: str) -> str:
    """What sort of thing a product is: people, sites, those who act, goods."""
    if name not in taxonomy().products:
        return "words"
    if is_a_person(name):
        return "people"
    if among(name, "site_products"):
        return "sites"
    return "actors" if is_actor(name) else "goods"
