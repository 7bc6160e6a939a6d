"""The figures that an article has told so far, and which of them a later one may go on with."""

from __future__ import annotations

import bisect

from extractor.lexicon import Match
from extractor.mentions import Measure, Name, Scope, Slot
from extractor.scope.areas.ties import is_known
from extractor.scope.clause.views import Frame
from extractor.scope.indicators.measurable import takes_up_subject
from extractor.scope.lending.kinship import (
    are_kin,
    same_sort,
)
from extractor.scope.lending.lists import Past
from extractor.scope.terms import Terms, words_of
from extractor.syntax import SUBJECTS, ancestors, paragraph_starts, sentence_start
from extractor.tokens import Doc

_NEARBY = 12  # figures back to what a figure may speak of, too


class Told:
    """The figures read so far, in the order of the text."""

    def __init__(self, doc: Doc, terms: Terms) -> None:
        self.doc, self.terms = doc, terms
        self.paragraphs = paragraph_starts(doc)
        self.past: list[Past] = []

    def paragraph(self, position: int) -> int:
        """The number of the paragraph in which a token stands, from 1 on."""
        return bisect.bisect_right(self.paragraphs, position)

    def slot(self, found: Match | Name, rule: str) -> Slot:
        """What was found, as the filling of a slot, with the rule by which it got there."""
        doc = self.doc
        return Slot(found.id, words_of(doc, found.first, found.last), rule, doc[found.first].idx)

    def taken_up(self, position: int, frame: Frame | None) -> Past | None:
        """The last figure, where this one counts a part of it, or says how much "it" was at another
        time.
        """
        if frame is None or not self.past:
            return None
        last = next((past for past in reversed(self.past) if not self._does_it(past, frame)), self.past[-1])
        start = sentence_start(self.doc[position])
        opens = frame.anaphoric and self.paragraph(start) == self.paragraph(position) != self.paragraph(start - 1)
        if self.paragraph(last.position) not in {self.paragraph(position), self.paragraph(position) - opens}:
            return None
        follows = last.position >= start or (start > 0 and last.position >= sentence_start(self.doc[start - 1]))
        return last if follows and (frame.anaphoric or takes_up_subject(frame)) else None

    def _does_it(self, past: Past, frame: Frame) -> bool:
        """True for the doers of the figure's own verb: "The *27 members* took 612,000 of them"."""
        first, verb = self.doc[past.position], frame.verb
        if not frame.anaphoric or verb is None or past.position < sentence_start(verb) or frame.anchor.dep_ != "dobj":
            return False
        return any(above.dep_ in SUBJECTS and above.head.i == verb.i for above in (first, *ancestors(first)))

    def relevant(self, position: int, measure: Measure, scope: Scope, frame: Frame | None) -> Past | None:
        """The last figure of the paragraph (or of the one before) that speaks of the same thing.

        A figure that does not say what it measures takes that from its own sentence, else from the last measure of
        the packs: what another sentence counts in passing ("fires", "a ratio") is no topic.
        """
        floor = self.paragraph(position) - 1
        nearby = [past for past in reversed(self.past[-_NEARBY:]) if self.paragraph(past.position) >= floor]
        if scope.indicator is not None:
            return next((p for p in nearby if are_kin(p.draft.scope.indicator, scope.indicator)), None)
        sentence = sentence_start(self.doc[position])
        fitting = [p for p in nearby if p.draft.scope.indicator is not None and same_sort(p.measure, measure)]
        own = (p for p in fitting if p.position >= sentence)
        explicit = frame is not None and frame.counted is not None and scope.product is not None
        known = (
            p for p in fitting if is_known(p.draft.scope.indicator) and not (explicit and p.draft.scope.product is None)
        )
        return next(own, None) or next(known, None)
