"""Which series of figures a figure belongs to: the article-wide view of what is measured.

A clause often leaves out what its figure measures ("It was 4.1% in May", "Britain's was 12,000"), or names something
that only looks like a measure. What the article measures elsewhere is then the best guide: the same unit, a value of
the same size, the same thing counted, the measure of the sentence before or of the headline. Each of these is a sign
with a weight (`data/series.toml`, written by `scripts/fit-series`); the candidate with the largest sum wins. What the
clause itself says is a candidate too, with weights of its own by the rule that found it.
"""

from __future__ import annotations

import bisect
import math
from collections import Counter, deque
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from extractor.lexicon import Match
from extractor.loading import weights
from extractor.mentions import Slot
from extractor.scope.article.topic import Topic
from extractor.scope.clause.phrases import sort_counted
from extractor.scope.indicators.measurable import takes_up_subject
from extractor.scope.lending.likeness import (
    UNRELATED,
    Figure,
    Member,
    bare_measure_of,
    how_told,
    own_signs,
    product_signs,
    profile_signs,
    unit_signs,
    words_of_slot,
)
from extractor.scope.lending.lists import Past
from extractor.scope.rules import CLEAR
from extractor.scope.terms import Terms, words_of
from extractor.scope.words import among
from extractor.sentences import BULLETS
from extractor.syntax import SUBJECTS, paragraph_starts
from extractor.taxonomy import taxonomy
from extractor.tokens import Doc
from extractor.weighing import weight_of

_RELATIVE = frozenset({"growth", "multiple", "share", "difference"})
_SENTENCES_BEFORE = 2  # in which a measure that is named is looked at
_FIGURES_BEFORE, _FIGURES_BEHIND = 12, 6  # whose measures are candidates
_REMEMBERED = 8  # figures of one series
_MOST_FREQUENT = 4  # measures of the article that are always candidates
_LEAST_HEADLINE = 4  # tokens
_ORDER = ("last", "last but one", "earlier")


class _Stance(NamedTuple):
    """How a figure stands in its clause, whatever it may measure."""

    telling: str
    """Only "told" or "bare" where it counts nothing of its own."""
    sort: str
    """What sort of thing it counts: people, goods by weight, hectares, days."""
    bare_measure: str
    """The noun of its clause that says how much and not of what: "rate", "number"."""
    others: tuple[str, ...]
    """The measures of the figures before it, the last one first, each once."""
    behind: list[Member]
    """The figures right behind it."""
    sentence: int
    paragraph: int


class IndicatorCandidate(NamedTuple):
    """What a figure may measure, with the signs that speak for it."""

    slot: Slot
    signs: frozenset[str]
    own: bool

    @property
    def score(self) -> float:
        """How much speaks for it: minus infinity where it counts other things, unless the clause says it."""
        return -math.inf if UNRELATED in self.signs and not self.own else weight_of(self.signs, _weights())


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return weights("extractor", "data/series.toml")


class Series:
    """What an article measures, by indicator."""

    def __init__(self, doc: Doc, terms: Terms, topic: Topic, known: list[Member]) -> None:
        """`known` are the figures whose own clauses name a measure of the packs, in the order of the text."""
        self._doc, self._terms, self._topic, self._known = doc, terms, topic, known
        self._starts = [sentence.start for sentence in doc.sents]
        self._paragraphs = paragraph_starts(doc)
        nouns = {i: m for i, m in terms.indicators.items() if m.role == "noun"}
        self._nouns = sorted({**_learned(doc, known, terms), **nouns}.items())
        self._noun_places = [i for i, _ in self._nouns]
        self._known_places = [each.position for each in known]
        self._often = Counter(each.indicator.id for each in known)
        self._named = Counter(match.id for _, match in self._nouns)
        self._main = [self._first_of(name) for name, _ in self._often.most_common(_MOST_FREQUENT)]
        self._headline = self._named_between(*self._first_line())
        self._weights: dict[str, tuple[str, ...]] = {}
        """What `_weight` says of each indicator, which holds for the whole article."""
        self._past: dict[str, deque[Member]] = {}
        self._last: deque[Member] = deque(maxlen=_FIGURES_BEFORE)

    def note(self, past: Past) -> None:
        """Remembers a figure whose measure has been settled."""
        if past.draft.scope.indicator is not None and past.measure.kind != "rank":
            member = Member(past.position, past.measure, past.draft.scope.indicator, past.draft.scope.product)
            self._past.setdefault(member.indicator.id, deque(maxlen=_REMEMBERED)).append(member)
            self._last.append(member)

    def choose(self, figure: Figure, lent: dict[str, Slot]) -> IndicatorCandidate | None:
        """What the clause itself clearly says, else the candidate with most behind it; the first of equals."""
        if figure.own is not None and figure.own.rule in CLEAR:
            return IndicatorCandidate(figure.own, frozenset(), own=True)
        return max(self.candidates(figure, lent), key=lambda each: each.score, default=None)

    def candidates(self, figure: Figure, lent: dict[str, Slot]) -> list[IndicatorCandidate]:
        """All that the figure may measure, in a fixed order: its own words, what context lends, what is measured around
        it and most often in the article.
        """
        slots: dict[str, Slot] = {}
        signs: dict[str, set[str]] = {}

        def add(slot: Slot, *found: str) -> None:
            slots.setdefault(slot.id, slot)
            signs.setdefault(slot.id, set()).update(found)

        if figure.own is not None:
            add(figure.own, *own_signs(figure.own, figure))
        for slot in figure.hints:
            add(slot, slot.rule)
        for rule, slot in lent.items():
            add(slot, f"lent: {rule}")
        for each in reversed(self._last):
            add(each.indicator)
        for slot in (*(each.indicator for each in self._behind(figure.position)), *self._main):
            add(slot)
        for match in self._headline:
            add(self._slot(match), "named in headline")
        for slot, place in self._mentioned(figure.position):
            add(slot, place)
        if self._topic.indicator is not None:
            add(self._topic.indicator, "topic")
        own = {slot.id for slot in (figure.own, *figure.hints) if slot is not None}
        stance = self._stance(figure)
        return [
            IndicatorCandidate(slot, frozenset((*signs[name], *self._signs(slot, figure, stance))), name in own)
            for name, slot in slots.items()
        ]

    # Where measures are named ---------------------------------------------------------------------------------------

    def _first_of(self, name: str) -> Slot:
        return next(each.indicator for each in self._known if each.indicator.id == name)

    def _first_line(self) -> tuple[int, int]:
        headline = next((s for s in self._doc.sents if len(s) >= _LEAST_HEADLINE), None)
        return (headline.start, headline.end) if headline is not None else (0, 0)

    def _named_between(self, first: int, last: int) -> list[Match]:
        span = slice(bisect.bisect_left(self._noun_places, first), bisect.bisect_left(self._noun_places, last))
        return [match for _, match in self._nouns[span]]

    def _sentence(self, position: int) -> int:
        return bisect.bisect_right(self._starts, position) - 1

    def _behind(self, position: int) -> list[Member]:
        at = bisect.bisect_right(self._known_places, position)
        return self._known[at : at + _FIGURES_BEHIND]

    def _mentioned(self, position: int) -> Iterator[tuple[Slot, str]]:
        """Measures of the packs that the figure's sentence or the ones before it name."""
        here = self._sentence(position)
        first = self._starts[max(here - _SENTENCES_BEFORE, 0)]
        last = self._starts[here + 1] if here + 1 < len(self._starts) else len(self._doc)
        for match in self._named_between(first, last):
            i = match.last - 1
            at = self._sentence(i)
            if at == here:
                yield self._slot(match), self._where(i, position)
                continue
            near = "sentence before" if at == here - 1 else "second sentence before"
            subject = self._doc[i].dep_ in SUBJECTS
            yield self._slot(match), f"subject of {near}" if subject else f"named in {near}"

    def _where(self, i: int, position: int) -> str:
        if i > position:
            return "named behind it"
        between = self._last and self._last[-1].position > i
        return "named before it, a figure between" if between else "named before it"

    def _slot(self, match: Match) -> Slot:
        doc = self._doc
        return Slot(match.id, words_of(doc, match.first, match.last), "measure of the article", doc[match.first].idx)

    # What speaks for a measure --------------------------------------------------------------------------------------

    def _stance(self, figure: Figure) -> _Stance:
        frame = figure.frame
        return _Stance(
            telling=how_told(figure),
            sort=sort_counted(figure.measure, frame.counted, self._terms) if frame is not None else "",
            bare_measure=bare_measure_of(frame) if frame is not None else "",
            others=tuple(dict.fromkeys(each.indicator.id for each in reversed(self._last))),
            behind=self._behind(figure.position),
            sentence=self._sentence(figure.position),
            paragraph=self._paragraph(figure.position),
        )

    def _signs(self, slot: Slot, figure: Figure, stance: _Stance) -> Iterator[str]:
        if slot.id not in self._weights:
            self._weights[slot.id] = tuple(self._weight(slot))
        yield from self._weights[slot.id]
        if slot.rule.startswith("counted noun"):
            yield "things counted"
        measure = figure.measure
        yield from profile_signs(slot.id, measure.unit, measure.kind, stance.sort, per_one=bool(figure.quantity.per))
        if self._last and self._last[-1].indicator.id == slot.id:
            yield from self._of_last(self._last[-1], figure)
        mine = self._past.get(slot.id, ())
        if mine:
            gap = stance.sentence - self._sentence(mine[-1].position)
            yield f"figure {gap} sentences before" if gap < 4 else "figure far before"
            if self._paragraph(mine[-1].position) == stance.paragraph:
                yield "figure in paragraph"
        else:
            yield "no figure before"
        if slot.id in stance.others:
            yield f"{_ORDER[min(stance.others.index(slot.id), 2)]} measure"
        if stance.bare_measure:
            shared = stance.bare_measure in words_of_slot(slot)
            yield "shares the bare measure of the clause" if shared else "lacks the bare measure of the clause"
        if stance.telling:
            yield from self._of_bare(slot, figure, stance.telling)
        members = (*mine, *(each for each in stance.behind if each.indicator.id == slot.id))
        if members:
            yield from unit_signs(members, figure.measure)
            yield from product_signs(members, figure)

    def _of_last(self, last: Member, figure: Figure) -> Iterator[str]:
        """What ties a figure to the one right before it."""
        yield "last figure"
        measure, frame = figure.measure, figure.frame
        bare = frame is not None and frame.counted is None
        if self._sentence(last.position) == self._sentence(figure.position):
            yield "last figure, same sentence"
            if last.measure.unit == measure.unit and last.measure.kind == measure.kind:
                yield "last figure, same sentence, same sort"
            if bare:
                yield "last figure, same sentence, bare"
        elif bare:
            yield "last figure, bare"
        if last.measure.unit == measure.unit:
            yield "last figure, same unit"
        if measure.kind in _RELATIVE:
            yield "last figure, relative"
        if measure.base:
            yield "last figure, earlier figure of a comparison"
        if frame is not None and frame.anaphoric:
            yield "last figure, anaphoric"
        if frame is not None and takes_up_subject(frame):
            yield "last figure, taken up"
        if self._is_item(figure.position) and self._is_item(last.position):
            yield "last figure, items of a list"

    def _of_bare(self, slot: Slot, figure: Figure, how: str) -> Iterator[str]:
        """What speaks for the main series where a figure is alone, or only told."""
        if self._topic.indicator is not None and slot.id == self._topic.indicator.id:
            yield f"topic, {how}"
        if self._main and slot.id == self._main[0].id:
            yield f"most frequent, {how}"
        if self._last and self._last[-1].indicator.id == slot.id:
            same = self._paragraph(self._last[-1].position) == self._paragraph(figure.position)
            yield f"last figure, {how}, same paragraph" if same else f"last figure, {how}, paragraph before"

    def _paragraph(self, position: int) -> int:
        return bisect.bisect_right(self._paragraphs, position)

    def _is_item(self, position: int) -> bool:
        return self._doc[self._starts[self._sentence(position)]].text in BULLETS

    def _weight(self, slot: Slot) -> Iterator[str]:
        """How much of the article is about it."""
        often = self._often[slot.id]
        if often and often == self._often[self._main[0].id]:
            yield "most frequent"
        if often > len(self._known) / 3:
            yield "a third of all figures"
        if often > 1:
            yield "several figures"
        if self._named[slot.id] > 2:
            yield "often named"
        if slot.id not in taxonomy().indicators:
            yield "unknown words"
        elif among(slot.id, "vague_measures"):
            yield "vague"


def _learned(doc: Doc, known: list[Member], terms: Terms) -> dict[int, Match]:
    """Where the article names again what only its own figures tell to be a measure: "box office"."""
    worded = (each.indicator.id for each in known if _is_words(each.indicator) and each.indicator.id.split())
    names = {identity.split()[-1]: identity for identity in worded}
    if not names:
        return {}
    return {
        token.i: Match(token.i, token.i + 1, "indicator", names[token.lemma_], "noun")
        for token in doc
        if token.lemma_ in names and token.pos_ == "NOUN" and token.i not in terms.inside_names
    }


def _is_words(slot: Slot) -> bool:
    return slot.start >= 0 and slot.id not in taxonomy().indicators and not slot.rule.startswith("counted noun, for")
