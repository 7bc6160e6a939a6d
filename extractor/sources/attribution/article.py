"""One article, read once: its sentences with their voices, and its quotations with those who speak them."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from typing import NamedTuple

from extractor import mentions
from extractor.sources.attribution.quotations import Quotation, find_quotations
from extractor.sources.cues import verb_class
from extractor.sources.speakers import Memory, document_class
from extractor.sources.voices.finder import sentence_voices
from extractor.sources.voices.voice import Voice
from extractor.syntax import ancestors, children_with, is_parsed, is_verb, paragraph_starts
from extractor.tokens import Doc, Span, Token

CARRIED = frozenset({"say", "announce", "show", "according", "estimate"})
"""Kinds of voices that go on in the sentences that follow."""
_NEAR = 16  # tokens between a quotation mark and the verb of saying that belongs to it
_SCARE = 4  # a quotation of fewer tokens is a borrowed word, not speech


class Sentence(NamedTuple):
    """A sentence by its half-open tokens, with the number of its paragraph and its attributions."""

    first: int
    last: int
    paragraph: int
    voices: tuple[Voice, ...]


class Reading:
    """One article: its sentences with their voices, and its quotations with their speakers."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.paragraphs = paragraph_starts(doc)
        self.memory = Memory(doc, mentions.names(doc))
        self.quotations = [q for q in find_quotations(doc, self.paragraphs) if q.last - q.first > _SCARE]
        numbered = list(enumerate(self.quotations))
        self._quoted = {i: number for number, q in reversed(numbered) for i in range(q.first, q.last)}
        self.sentences = [self._sentence(sentence) for sentence in doc.sents]
        self._starts = [sentence.first for sentence in self.sentences]
        self._speakers: list[Voice | None] = []

    def _sentence(self, sentence: Span) -> Sentence:
        voices = tuple(sentence_voices(sentence, self.memory)) if is_parsed(sentence[0]) else ()
        paragraph = bisect_right(self.paragraphs, sentence.start) - 1
        return Sentence(sentence.start, sentence.end, paragraph, voices)

    def sentence_of(self, token: int) -> int:
        """The number of the sentence that holds a token."""
        return bisect_right(self._starts, token) - 1

    def quotation_of(self, token: int) -> int | None:
        """The number of the quotation that holds a token."""
        return self._quoted.get(token)

    def covering(self, token: int) -> list[Voice]:
        """The voices of a token's sentence that cover it, the narrowest first."""
        voices = self.sentences[self.sentence_of(token)].voices
        found = [voice for voice in voices if voice.first <= token < voice.last]
        return sorted(found, key=lambda voice: (voice.last - voice.first, -voice.anchor))

    def tells_of_speaker(self, token: int) -> bool:
        """True for the four of "said Joseph, who has four children", unless somebody else says that."""
        voices = self.sentences[self.sentence_of(token)].voices
        around = [voice for voice in voices if voice.speaker[0] <= token < voice.speaker[1]]
        if not around or any(voice.first <= token < voice.last and voice not in around for voice in voices):
            return False
        if any(voice.speaker[0] <= other.anchor < token for voice in around for other in voices):
            return False  # "said Lund, who projects sales of 2 million, a drop of 3%"
        return not self._is_done(token, around[0])

    def _is_done(self, token: int, voice: Voice) -> bool:
        """True in what a speaker does by the way ("the programme, blaming a hole of 142 million, says …")."""
        clauses = (above for above in ancestors(self.doc[token]) if is_verb(above))
        for clause in itertools.takewhile(lambda verb: voice.speaker[0] <= verb.i < voice.speaker[1], clauses):
            if _tells_of_paper(clause):
                return True
            cue = verb_class(clause) in (*CARRIED, "expect", "post")
            if cue or (clause.dep_ in ("acl", "advcl") and clause.tag_ in ("VBG", "VBN")):
                return True
        return False

    def doing(self, token: int) -> list[Voice]:
        """The voice of a speaker who gives the figure by the way, before he is said to speak."""
        voices = self.sentences[self.sentence_of(token)].voices
        return [voice for voice in voices if voice.speaker[0] <= token < voice.speaker[1]][:1]

    def speaker_of(self, number: int) -> Voice | None:
        """The voice that speaks a quotation: beside it, announced before it, or that of the quotation it goes on."""
        while len(self._speakers) <= number:  # those before come first, for a quotation may go on with one of them
            latest = len(self._speakers)
            self._speakers.append(self._beside(latest) or self._announced(latest) or self._same_speaker(latest))
        return self._speakers[number]

    def _beside(self, number: int) -> Voice | None:
        quotation = self.quotations[number]
        opening, closing = self.sentence_of(quotation.first), self.sentence_of(quotation.last - 1)
        best: tuple[int, Voice] | None = None
        for index in range(max(opening, 0), min(closing + 2, len(self.sentences))):
            sentence = self.sentences[index]
            if index > closing and not self._is_tail(sentence, quotation):
                continue
            for voice in sentence.voices:
                distance = self._distance(voice, quotation)
                if distance is not None and (best is None or distance < best[0]):
                    best = (distance, voice)
        return best[1] if best else None

    def _is_tail(self, sentence: Sentence, quotation: Quotation) -> bool:
        """True for "she said." that the sentence splitter cut off from a quotation ending in ?, ! or a full stop."""
        if sentence.first != quotation.last:
            return False
        first = self.doc[sentence.first]
        return first.text[0].islower() or any(voice.anchor - sentence.first < 4 for voice in sentence.voices)

    def _distance(self, voice: Voice, quotation: Quotation) -> int | None:
        """How far a voice's cue stands from a quotation, or None where it cannot be its speaker's."""
        if voice.kind not in ("say", "announce", "according", "show", "cite") or self.is_quoted(voice.anchor):
            return None
        after = voice.anchor - quotation.last
        before = quotation.first - voice.anchor
        gap = after if after >= 0 else before
        return gap if 0 <= gap <= _NEAR else (gap if voice.first <= quotation.first < voice.last and gap >= 0 else None)

    def is_quoted(self, token: int) -> bool:
        """True for a token inside a quotation."""
        return self.quotation_of(token) is not None

    def _announced(self, number: int) -> Voice | None:
        """The voice of the sentence before, where it ends in a colon."""
        before = self.sentence_of(self.quotations[number].first) - 1
        return self.introduction(before)

    def introduction(self, index: int) -> Voice | None:
        """The voice of a sentence that hands over to the next by a colon."""
        if index < 0:
            return None
        return next((voice for voice in reversed(self.sentences[index].voices) if voice.introduces), None)

    def _same_speaker(self, number: int) -> Voice | None:
        """A quotation without a speaker of its own goes on with the one before, in its paragraph or the next."""
        quotation = self.quotations[number]
        index = self.sentence_of(quotation.first)
        paragraph = self.sentences[index].paragraph
        opens_sentence = quotation.first - self.sentences[index].first <= 1
        if not opens_sentence and not quotation.continues:
            return None
        for earlier in range(number - 1, -1, -1):
            gap = paragraph - self.sentences[self.sentence_of(self.quotations[earlier].last - 1)].paragraph
            if gap > 1:
                return None
            if self._speakers[earlier] is not None:
                return self._speakers[earlier]
        return None

    def words(self, sentence: Sentence) -> str:
        """The text of a sentence."""
        return mentions.text_between(self.doc, sentence.first, sentence.last)


def _tells_of_paper(clause: Token) -> bool:
    """True for "said the bank, whose global average is 6.5%": that average is the bank's too."""
    what = children_with(clause, "nsubj")
    return any(document_class(noun) is not None and noun.left_edge.lower_ == "whose" for noun in what)
