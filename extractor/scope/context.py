"""What a figure takes over from the sentences before it, and from the figure next to it.

"Of these, 673,000 were new-energy vehicles": product, area and indicator come from before. "…, followed by Mexico with
159,000": everything but the name does.
"""

from __future__ import annotations

import bisect
from collections import Counter
from typing import Any, NamedTuple

from spacy.tokens import Doc

from extractor.lexicon import Match
from extractor.mentions import Measure, Name, Quantity, Scope, Slot, text_of
from extractor.scope.frame import Frame
from extractor.scope.indicators import with_money
from extractor.scope.lists import Past
from extractor.scope.phrases import indicator_verbs, is_money, label_before
from extractor.scope.roles import WORLD
from extractor.scope.terms import Terms, words_of
from extractor.scope.themes import takes_up_subject
from extractor.scope.words import among
from extractor.syntax import paragraph_starts
from extractor.taxonomy import Indicator, taxonomy

_OPENING_SENTENCES = 3
_LEAST_WEIGHT = 4
_LONGEST_LIST = 15  # lines between an item and the heading of its list
_BULLETS = frozenset({"-", "–", "—", "*", "•", "·"})


class Topic(NamedTuple):
    """What an article is about; None where it does not stand out."""

    area: Slot | None
    product: Slot | None
    indicator: Slot | None


_NO_TOPIC = Topic(None, None, None)


class Memory:
    """What the figures read so far have told, for those that say less."""

    def __init__(self, doc: Doc, terms: Terms) -> None:
        self._doc, self._terms = doc, terms
        self._paragraphs = paragraph_starts(doc)
        self.past: list[Past] = []
        self.topic = topic_of(doc, terms)

    def complete(self, position: int, quantity: Quantity, measure: Measure, scope: Scope, frame: Frame | None) -> Scope:
        """The scope with its empty slots filled from before, as far as that is safe, and the borrowed ones named."""
        borrowed: dict[str, Any] = {}
        heading = self._list_heading(position, frame)
        taken_up = self._taken_up(position, frame)
        before = taken_up or self._relevant(position, measure, scope, frame)
        if scope.indicator is None:
            indicator = heading.indicator or self._subject_before(position, frame) or self._indicator(before, scope)
            if indicator is not None and _lends(indicator, measure):
                borrowed["indicator"] = with_money(indicator, quantity)
        indicator = scope.indicator or borrowed.get("indicator")
        if scope.product is None and heading.product is not None:
            borrowed["product"] = heading.product
        elif scope.product is None and taken_up is not None:
            borrowed["product"] = taken_up.product
        elif scope.product is None and self._wants_product(frame, quantity, indicator):
            borrowed["product"] = self._product(position, before, indicator, measure, money=is_money(quantity.unit))
        elif scope.product is None and _is_bare_count(frame, quantity, measure):
            borrowed["product"] = self._counted_before(position)
        if scope.area is None and heading.area is not None:
            borrowed["area"] = heading.area
        elif scope.area is None or (scope.area[0] == WORLD and measure.kind == "rank"):
            borrowed["area"] = self.topic.area if _is_of_all(frame) else self._area(position, before, scope.counterpart)
        borrowed = {slot: value for slot, value in borrowed.items() if value is not None}
        return scope._replace(**borrowed, borrowed=(*scope.borrowed, *borrowed)) if borrowed else scope

    def _list_heading(self, position: int, frame: Frame | None) -> Topic:
        """What the line above a list says of its items: "Car sales in April:"; nothing for figures outside lists."""
        if frame is None or (label_before(frame) is None and self._doc[position].sent[0].text not in _BULLETS):
            return _NO_TOPIC
        text = text_of(self._doc)
        end = text.rfind("\n", 0, self._doc[position].idx)
        for _ in range(_LONGEST_LIST):
            if end < 0:
                break
            start = text.rfind("\n", 0, end) + 1
            line = text[start:end].rstrip()
            if line.endswith(":"):
                return self._named_in(start, end)
            end = start - 1
        return _NO_TOPIC

    def _named_in(self, start: int, end: int) -> Topic:
        """Area, product and indicator named first in a stretch of the text."""
        span = self._doc.char_span(start, end, alignment_mode="contract")
        if span is None:
            return _NO_TOPIC
        inside = range(span.start, span.end)
        found = [
            next((table[i] for i in inside if i in table), None)
            for table in (
                {i: name for i, name in self._terms.names.items() if name.type == "area"},
                self._terms.products,
                _nouns_of(self._terms),
            )
        ]
        return Topic(*(None if one is None else self._slot(one, "heading of the list") for one in found))

    def _slot(self, found: Match | Name, rule: str) -> Slot:
        doc = self._doc
        return Slot(found.id, words_of(doc, found.first, found.last), rule, doc[found.first].idx)

    def _taken_up(self, position: int, frame: Frame | None) -> Scope | None:
        """The scope of the last figure, where this one counts a part of it, or says how much "it" was at another
        time."""
        if frame is None or not self.past:
            return None
        last = self.past[-1]
        if self._paragraph(last.position) != self._paragraph(position):
            return None
        start = self._doc[position].sent.start
        follows = last.position >= start or (start > 0 and last.position >= self._doc[start - 1].sent.start)
        return last.draft.scope if follows and (frame.anaphoric or takes_up_subject(frame)) else None

    def _counted_before(self, position: int) -> Slot | None:
        """What the last plain count was a count of: "opened 130 shops. It closed *92*"."""
        last = next((past for past in reversed(self.past[-3:]) if past.draft.scope.product is not None), None)
        if last is None or self._paragraph(last.position) != self._paragraph(position):
            return None
        counts = last.measure.kind == "level" and not is_money(last.measure.unit) and last.measure.unit != "percent"
        return last.draft.scope.product if counts else None

    def _subject_before(self, position: int, frame: Frame | None) -> Slot | None:
        """What the sentence before spoke of, for one that takes it up by a pronoun: its subject's measure, else its
        last."""
        if frame is None or not takes_up_subject(frame):
            return None
        start = self._doc[position].sent.start
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

    def _relevant(self, position: int, measure: Measure, scope: Scope, frame: Frame | None) -> Scope | None:
        """The last scope of the paragraph (or of the one before) that speaks of the same thing.

        A figure that does not say what it measures takes that from its own sentence, else from the last measure of
        the packs: what another sentence counts in passing ("fires", "a ratio") is no topic.
        """
        floor = self._paragraph(position) - 1
        nearby = [past for past in reversed(self.past[-12:]) if self._paragraph(past.position) >= floor]
        if scope.indicator is not None:
            return next((p.draft.scope for p in nearby if _kin(p.draft.scope.indicator, scope.indicator)), None)
        sentence = self._doc[position].sent.start
        fitting = [p for p in nearby if p.draft.scope.indicator is not None and _same_sort(p.measure, measure)]
        own = (p.draft.scope for p in fitting if p.position >= sentence)
        explicit = frame is not None and frame.counted is not None and scope.product is not None
        known = (
            p.draft.scope
            for p in fitting
            if _is_known(p.draft.scope.indicator) and not (explicit and p.draft.scope.product is None)
        )
        return next(own, None) or next(known, None)

    def _paragraph(self, position: int) -> int:
        return bisect.bisect_right(self._paragraphs, position)

    @staticmethod
    def _wants_product(frame: Frame | None, quantity: Quantity, indicator: Slot | None) -> bool:
        """Flows of goods count something, said or not; sums of money and rates by themselves do not."""
        node = taxonomy().indicators.get(indicator[0]) if indicator else None
        if node is None:
            return frame is not None and frame.counted is not None and frame.counted.lemma_ in {"unit", "one", "piece"}
        return _counts_goods(node) or (
            is_money(quantity.unit) and any(n.monetary == node.id for n in taxonomy().indicators.values())
        )

    def _indicator(self, before: Scope | None, scope: Scope) -> Slot | None:
        """What was measured before, if it can be measured of the same thing: exports of cars tell nothing of
        dealerships."""
        if before is not None and _same_line(before.product, scope.product):
            return before.indicator
        if scope.product is not None and self.topic.product is None:
            return None
        return self.topic.indicator if _same_line(self.topic.product, scope.product) else None

    def _product(
        self, position: int, before: Scope | None, indicator: Slot | None, measure: Measure, *, money: bool
    ) -> Slot | None:
        """The product of the sentence, else of the kindred figure before, else the article's.

        Sums of money look no further than their sentence and the article.
        """
        sentence = self._doc[position].sent.start
        kin = [
            p
            for p in reversed(self.past)
            if p.draft.scope.product and _kin(p.draft.scope.indicator, indicator) and _lends_product(p, measure)
        ]
        own = next((p.draft.scope.product for p in kin if p.position >= sentence), None)
        if own is not None or money:
            return own or self.topic.product
        if before is not None and before.product is not None and not Slot(*before.product).rule.startswith("list"):
            return before.product
        return self.topic.product or next((p.draft.scope.product for p in kin), None)

    def _area(self, position: int, before: Scope | None, counterpart: Slot | None) -> Slot | None:
        """The area of the kindred figure before, of the paragraph's last figure, or of the article, but not the other
        end.

        A name that was only a place in its clause ("distributors *in India* sat on 9 million") says nothing of the
        next sentence.
        """
        paragraph, sentence = self._paragraph(position), self._doc[position].sent.start
        near = (
            p.draft.scope.area
            for p in reversed(self.past)
            if self._paragraph(p.position) == paragraph and (p.position >= sentence or _carries_on(p.draft.scope.area))
        )
        kindred = before.area if before is not None and _lends_area(before.area) else None
        candidates = (kindred, *near, self.topic.area)
        other = counterpart[0] if counterpart is not None else ""
        return next((area for area in candidates if area is not None and area[0] != other), None)


def _is_bare_count(frame: Frame | None, quantity: Quantity, measure: Measure) -> bool:
    """True for a count that says nothing of what it counts: "closed 92 elsewhere"."""
    bare = quantity.form in {"number", "range"} and measure.unit == "count" and measure.kind == "level"
    return bare and frame is not None and frame.counted is None


def _counts_goods(node: Indicator) -> bool:
    """True for flows of goods: what has a value in money or another end, and what a headline would not tell from such
    a flow."""
    near = (node, *(taxonomy().indicators[kin] for kin in node.kin))
    return any(each.monetary or each.mirror for each in near)


def _lends_product(past: Past, measure: Measure) -> bool:
    """False for things that no pack knows and that were counted by themselves: "the 12 *members* pumped 26 million
    barrels"."""
    product = past.draft.scope.product
    if product is not None and Slot(*product).rule.startswith("list"):
        return False  # one item of a list says nothing of what follows it
    return product is None or product[0] in taxonomy().products or past.measure.unit == measure.unit


def _lends(indicator: Slot, measure: Measure) -> bool:
    """False for a rate that an amount would take over: a fatality rate tells nothing of 1.4 million doses."""
    node = taxonomy().indicators.get(indicator[0])
    rate = node is not None and (node.default_kind != "" or node.id.endswith("_rate"))
    return not (rate and measure.kind == "level" and measure.unit not in {"percent", "basis_point", "percentage_point"})


def _lends_area(area: Slot | None) -> bool:
    """False for a name that no pack knows and that did not own the figure before."""
    if area is None:
        return False
    nodes = taxonomy()
    return area[0] in nodes.areas or area[0] in nodes.organisations or "place" not in Slot(*area).rule


def _is_of_all(frame: Frame | None) -> bool:
    """True where the clause speaks of a whole: "the *industry* had shipped 268 million"; no firm's name is taken over
    then."""
    verb = frame.verb if frame is not None else None
    if verb is None:
        return False
    return any(
        child.dep_ in {"nsubj", "nsubjpass"}
        and among(child.lemma_.lower(), "whole_nouns")
        and any(below.lower_ == "the" for below in child.lefts)
        for child in verb.lefts
    )


def _carries_on(area: Slot | None) -> bool:
    """True for an area of the packs that was more than a place in its clause, and for a company whose figure it was."""
    if area is None:
        return False
    rule = Slot(*area).rule
    return rule == "company as owner" or (area[0] in taxonomy().areas and rule != "name as place")


def _is_known(indicator: Slot | None) -> bool:
    return indicator is not None and indicator[0] in taxonomy().indicators


def _same_sort(past: Measure, present: Measure) -> bool:
    """False between an amount and a rate that is an amount in percent: a duty of 10% says nothing of 526,409 cars."""
    rate = past.unit == "percent" and past.kind in {"level", "share"}
    return not (rate and present.kind == "level" and present.unit != "percent")


def _kin(one: Slot | None, other: Slot | None) -> bool:
    """True where two indicators are the same or close enough to share what is left unsaid."""
    if one is None or other is None:
        return False
    if one[0] == other[0]:
        return True
    node = taxonomy().indicators.get(one[0])
    return node is not None and (other[0] in node.kin or other[0] == node.monetary or other[0] == node.mirror)


def _same_line(one: Slot | None, other: Slot | None) -> bool:
    """True where one product is a part of the other, or both are parts of one, or either is unknown."""
    if one is None or other is None:
        return True
    nodes = taxonomy()
    lines = [{slot[0], *nodes.product_ancestors(slot[0])} for slot in (one, other)]
    words = [slot[0].replace("_", " ").split()[-1] for slot in (one, other)]
    return bool(lines[0] & lines[1]) or words[0] == words[1]


def topic_of(doc: Doc, terms: Terms) -> Topic:
    """The area, product and indicator that an article is about, as far as its headline and lead agree with the rest."""
    opening = _opening(doc)
    return Topic(
        area=_topic_area(doc, terms, opening) or _topic_company(doc, terms, opening),
        product=_topic_product(doc, terms, opening),
        indicator=_most_named(doc, {**_event_verbs(doc), **_nouns_of(terms)}, opening),
    )


def _nouns_of(terms: Terms) -> dict[int, Match]:
    return {i: match for i, match in terms.indicators.items() if match.role == "noun"}


def _event_verbs(doc: Doc) -> dict[int, Match]:
    """The packs' verbs in the parsed sentences, as terms: "demonstrated" speaks of turnout as the noun does."""
    verbs = indicator_verbs()
    return {
        token.i: Match(token.i, token.i + 1, "indicator", verbs[token.lemma_.lower()], "noun")
        for token in doc
        if token.dep and token.pos_ == "VERB" and token.lemma_.lower() in verbs
    }


def _opening(doc: Doc) -> int:
    """Where headline and lead end: the third sentence, or the end of a short text."""
    return next((s.end for number, s in enumerate(doc.sents) if number == _OPENING_SENTENCES - 1), len(doc))


def _most_named(doc: Doc, matches: dict[int, Match], opening: int) -> Slot | None:
    """The node named most, the opening counted thrice; None where none stands out."""
    weights = _weights(matches, opening)
    if not weights:
        return None
    best = max(weights.values())
    if best < _LEAST_WEIGHT or best < 0.3 * weights.total():
        return None
    first = next(match for i, match in sorted(matches.items()) if weights[match.id] == best)
    return Slot(first.id, words_of(doc, first.first, first.last), "topic of the article", doc[first.first].idx)


def _weights(matches: dict[int, Match], opening: int) -> Counter[str]:
    weights: Counter[str] = Counter()
    for i, match in matches.items():
        weights[match.id] += 3 if i < opening else 1
    return weights


def _topic_product(doc: Doc, terms: Terms, opening: int) -> Slot | None:
    """The product that headline or lead and body speak of most; else the one that most of those named are parts of."""
    named = {match.id for i, match in terms.products.items() if i < opening}
    topic = _most_named(doc, terms.products, opening)
    if topic is not None and topic[0] in named:
        return topic
    weights = _weights(terms.products, opening)
    lines: Counter[str] = Counter()
    for product, weight in weights.items():
        for node in (product, *sorted(taxonomy().product_ancestors(product))):
            lines[node] += weight
    whole = next(
        (node for node, weight in lines.most_common(1) if weight > max(0.5 * weights.total(), _LEAST_WEIGHT)), None
    )
    if whole is None or not named & {whole, *(n for n in named if whole in taxonomy().product_ancestors(n))}:
        return None
    return Slot(whole, taxonomy().products[whole].names[0], "topic of the article")


def _topic_area(doc: Doc, terms: Terms, opening: int) -> Slot | None:
    """The country of headline and lead that is named most in all; none where they speak of the world."""
    nodes = taxonomy().areas
    weights: Counter[str] = Counter()
    for i, name in terms.names.items():
        if name.type == "area" and name.id in nodes:
            weights[_country(name.id)] += 4 if i < opening else 1
    countries = Counter({area: weight for area, weight in weights.items() if area != WORLD})
    if not countries or (max(countries.values()) < 4 and WORLD in weights):
        return None
    weights, best = countries, max(countries.values())
    first = next(n for _, n in sorted(terms.names.items()) if n.type == "area" and weights.get(_country(n.id)) == best)
    country = _country(first.id)
    known = country in nodes and nodes[country].kind == "country"
    return Slot(country, nodes[country].names[0], "topic of the article") if known else None


def _topic_company(doc: Doc, terms: Terms, opening: int) -> Slot | None:
    """The company that headline or lead are about: the first subject there, unless they speak of the world or of
    areas."""
    lead = next((s.end for number, s in enumerate(doc.sents) if number == 1), opening)
    if any(i < opening and name.type == "area" for i, name in terms.names.items()):
        return None
    for i, name in sorted(terms.names.items()):
        company = name.kind == "company" or (name.type == "name" and name.id not in terms.speakers)
        if i < lead and company and doc[i].dep_ in {"nsubj", "nsubjpass"}:
            return Slot(name.id, words_of(doc, name.first, name.last), "topic of the article", doc[name.first].idx)
    return None


def _country(area: str) -> str:
    """The country that a place lies in; any other area is itself."""
    nodes = taxonomy().areas
    node = nodes.get(area)
    if node is None or node.kind != "place":
        return area
    return next((parent for parent in node.within if parent in nodes and nodes[parent].kind == "country"), area)
