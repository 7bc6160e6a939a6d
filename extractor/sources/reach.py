"""Which attribution each figure has: its own sentence's, its quotation's, or one that still stands from before."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from extractor import mentions
from extractor.mentions import Attribution, Quantity, text_of
from extractor.naming import PUBLIC_BODIES, name_words
from extractor.sources.cues import cue_words, reckons, small_words, verb_class
from extractor.sources.layout import Printed, is_bullet, source_at, table_sources
from extractor.sources.quotations import Quotation, find_quotations
from extractor.sources.speakers import Memory, Party, document_class
from extractor.sources.voice import Voice
from extractor.sources.voices import sentence_voices
from extractor.syntax import SUBJECTS, ancestors, children_with, is_parsed, is_verb, paragraph_starts, subject

_NEAR = 16  # tokens between a quotation mark and the verb of saying that belongs to it
_CARRIED = frozenset({"say", "announce", "show", "according", "estimate"})
_RELAYING = frozenset({"say", "announce", "show", "according", "cite", "estimate", "colon", "document"})
_PASSING = frozenset({"aim", "amount", "beside"})
"""What is mentioned and goes no further than its own words: a plan, a forecast in passing, a rival count."""
_FIRST = frozenset({"i", "me", "my", "we", "our"})
_FORESEEING = frozenset({"expect", "aim"})
_DEEDS = frozenset({"announce", "post"})
"""What firms do by speaking, so that whoever counts them can tell of it."""
_SCARE = 4  # a quotation of fewer tokens is a borrowed word, not speech


class _Sentence(NamedTuple):
    first: int
    last: int
    paragraph: int
    voices: tuple[Voice, ...]


class _Reading:
    """One article, read once: its sentences with their voices, and its quotations with their speakers."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.paragraphs = paragraph_starts(doc)
        self.memory = Memory(doc, mentions.names(doc))
        self.quotations = [q for q in find_quotations(doc, self.paragraphs) if q.last - q.first > _SCARE]
        self.sentences = [self._sentence(sentence) for sentence in doc.sents]
        self._starts = [sentence.first for sentence in self.sentences]
        self._speakers: dict[int, Voice | None] = {}

    def _sentence(self, sentence: Span) -> _Sentence:
        voices = tuple(sentence_voices(sentence, self.memory)) if is_parsed(sentence[0]) else ()
        paragraph = bisect_right(self.paragraphs, sentence.start) - 1
        return _Sentence(sentence.start, sentence.end, paragraph, voices)

    def sentence_of(self, token: int) -> int:
        """The number of the sentence that holds a token."""
        return bisect_right(self._starts, token) - 1

    def quotation_of(self, token: int) -> int | None:
        """The number of the quotation that holds a token."""
        for number, quotation in enumerate(self.quotations):
            if quotation.first <= token < quotation.last:
                return number
        return None

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
            cue = verb_class(clause) in (*_CARRIED, "expect", "post")
            if cue or (clause.dep_ in ("acl", "advcl") and clause.tag_ in ("VBG", "VBN")):
                return True
        return False

    def doing(self, token: int) -> list[Voice]:
        """The voice of a speaker who gives the figure by the way, before he is said to speak."""
        voices = self.sentences[self.sentence_of(token)].voices
        return [voice for voice in voices if voice.speaker[0] <= token < voice.speaker[1]][:1]

    # Quotations -------------------------------------------------------------------------------------------------------

    def speaker_of(self, number: int) -> Voice | None:
        """The voice that speaks a quotation: beside it, announced before it, or that of the quotation it goes on."""
        if number not in self._speakers:
            self._speakers[number] = None  # a quotation that asks for itself gets no answer
            self._speakers[number] = self._beside(number) or self._announced(number) or self._same_speaker(number)
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

    def _is_tail(self, sentence: _Sentence, quotation: Quotation) -> bool:
        """True for "she said." that the sentence splitter cut off from a quotation ending in ?, ! or a full stop."""
        if sentence.first != quotation.last:
            return False
        first = self.doc[sentence.first]
        return first.text[0].islower() or any(voice.anchor - sentence.first < 4 for voice in sentence.voices)

    def _distance(self, voice: Voice, quotation: Quotation) -> int | None:
        """How far a voice's cue stands from a quotation, or None where it cannot be its speaker's."""
        if voice.kind not in ("say", "announce", "according", "show", "cite") or self._is_quoted(voice.anchor):
            return None
        after = voice.anchor - quotation.last
        before = quotation.first - voice.anchor
        gap = after if after >= 0 else before
        return gap if 0 <= gap <= _NEAR else (gap if voice.first <= quotation.first < voice.last and gap >= 0 else None)

    def _is_quoted(self, token: int) -> bool:
        return self.quotation_of(token) is not None

    def _announced(self, number: int) -> Voice | None:
        """The voice of the sentence before, where it ends in a colon."""
        before = self.sentence_of(self.quotations[number].first) - 1
        return self._introduction(before)

    def _introduction(self, index: int) -> Voice | None:
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
            if self.speaker_of(earlier) is not None:
                return self.speaker_of(earlier)
        return None

    # Carrying over ----------------------------------------------------------------------------------------------------

    def standing(self, token: int) -> Voice | None:
        """The attribution that still stands where a sentence has none: its paragraph's last, or a link's."""
        index = self.sentence_of(token)
        sentence = self.sentences[index]
        words = self._words(sentence)
        if reckons(words) or cue_words().ours.search(words) or _is_foreseen(self.doc[token]):
            return None
        before = [voice for voice in sentence.voices if voice.anchor < token]
        own = [voice for voice in before if (voice.kind in _CARRIED and self._has_said(voice)) or _is_reckoned(voice)]
        if own:
            return own[-1]
        if any(voice.kind in _FORESEEING for voice in before):
            return self._same(index, sentence, token)
        if (pointed := self._pointed(index)) is not None:
            return pointed
        if self._is_aside(sentence) or self._is_personal(sentence) or self._is_gap(index):
            return None
        if is_bullet(words) and (led := self._lead_in(index)) is not None:
            return led
        standing = self._from_before(index)
        if standing is not None and (self._turns(sentence, standing) or self._is_of_another_firm(sentence, standing)):
            return None
        return standing

    def _is_of_another_firm(self, sentence: _Sentence, standing: Voice) -> bool:
        """True for "Target is cutting 1,800 jobs" after what Amazon announced: a firm tells of itself alone."""
        if standing.chain[0].kind != "company":
            return False
        words = self.doc[sentence.first : sentence.last]
        actor = subject(words.root)
        first = self.memory.name_at(actor.i) if actor is not None else None
        return first is not None and first.kind in ("company", "") and first.id != standing.chain[0].id

    def _turns(self, sentence: _Sentence, standing: Voice) -> bool:
        """True for "The utility Tenaga, on the other hand, delivers 405 MW" after a person's remark."""
        if standing.chain[0].kind != "person" or not cue_words().turning.search(self._words(sentence)):
            return False
        actors = (self.memory.name_at(t.i) for t in self.doc[sentence.first : sentence.last] if t.dep_ == "nsubj")
        return any(name is not None and name.type == "organisation" for name in actors)

    def _from_before(self, index: int) -> Voice | None:
        """The last attribution of the paragraph, or of the one before for "Of these, 40 …"."""
        sentence = self.sentences[index]
        linked = cue_words().links.match(self._words(sentence)) is not None
        for earlier in range(index - 1, -1, -1):
            before = self.sentences[earlier]
            if before.paragraph == sentence.paragraph and self._ends_report(before):
                return None
            if before.paragraph < sentence.paragraph:
                introduced = self._introduction(earlier) if earlier == index - 1 else None
                if introduced is not None or not linked or before.paragraph < sentence.paragraph - 1:
                    return introduced or self._between(index)
            voice = self._last_voice(before)
            told = linked or self._foresees(sentence) or self._tells_past(sentence, voice)
            if voice is not None and (voice.kind != "expect" or told):
                return voice
        return self._between(index)

    def _tells_past(self, sentence: _Sentence, voice: Voice | None) -> bool:
        """True for "In 2023 it was 11,883" after what a body expects that counts such things itself."""
        opening = self.doc[sentence.first : min(sentence.first + 6, sentence.last)]
        goes_on = any(word.lower_ in ("it", "they") and word.dep_ in SUBJECTS for word in opening)
        return voice is not None and goes_on and voice.chain[0].kind in PUBLIC_BODIES

    def _same(self, index: int, sentence: _Sentence, token: int) -> Voice | None:
        """The voice before, if it is of who foresees here: "The firm said … It expects to sell 410,000; so far it was
        236,000"; of what others expect, the rest is nobody's.
        """
        foreseen = next(v for v in reversed(sentence.voices) if v.kind in _FORESEEING and v.anchor < token)
        before = (s for s in reversed(self.sentences[:index]) if s.paragraph == sentence.paragraph)
        standing = next((voice for s in before if (voice := self._last_voice(s)) is not None), None)
        return standing if standing is not None and standing.chain[0].id == foreseen.chain[0].id else None

    def _pointed(self, index: int) -> Voice | None:
        """The voice of the sentence after, where that points back: "So says the union", "The figure comes from …"."""
        following = self.sentences[index + 1] if index + 1 < len(self.sentences) else None
        if following is None or following.paragraph != self.sentences[index].paragraph or not following.voices:
            return None
        return following.voices[0] if cue_words().back.match(self._words(following)) else None

    def _lead_in(self, index: int) -> Voice | None:
        """The voice of the sentence with a colon that a list hangs on."""
        for earlier in range(index - 1, max(index - 30, -1), -1):
            sentence = self.sentences[earlier]
            words = self._words(sentence)
            if not is_bullet(words):
                return self._introduction(earlier) or (
                    self._last_voice(sentence) if words.rstrip().endswith(":") else None
                )
        return None

    def _words(self, sentence: _Sentence) -> str:
        return mentions.text_between(self.doc, sentence.first, sentence.last)

    def _ends_report(self, sentence: _Sentence) -> bool:
        """True for a sum of the writer's own, and where he asked in vain: after both he goes on himself."""
        words = self._words(sentence)
        asks = words.rstrip().endswith("?") and not sentence.voices and not self._is_quoted(sentence.last - 1)
        return asks or reckons(words) or cue_words().silent.search(words) is not None

    def _foresees(self, sentence: _Sentence) -> bool:
        """True for what lies ahead: "Output will fall by 4%", "Trade is set to grow by 3%"."""
        if cue_words().ahead.search(self._words(sentence)):
            return True
        return any(word.tag_ == "MD" for word in self.doc[sentence.first : sentence.last])

    def _is_aside(self, sentence: _Sentence) -> bool:
        """True for "Its shares rose 3%": what the market did is the article's own."""
        opening = self.doc[sentence.first : min(sentence.first + 8, sentence.last)]
        if opening[0].text == "(":
            return True  # "(Aichi, in 2005, sold 22 million.)"
        return any(word.lower_ in cue_words().asides and word.dep_ == "nsubj" for word in opening)

    def _is_gap(self, index: int) -> bool:
        """True for "The difference of 122,600 …" after two sources that differ: the writer's own subtraction."""
        sentence = self.sentences[index]
        opening = self.doc[sentence.first : min(sentence.first + 5, sentence.last)]
        if not any(word.lower_ in small_words("gaps") and word.dep_ in SUBJECTS for word in opening):
            return False
        before = (s for s in self.sentences[:index] if s.paragraph == sentence.paragraph)
        return len({voice.chain[0].id for other in before for voice in other.voices}) > 1

    def _is_personal(self, sentence: _Sentence) -> bool:
        """True where the writer tells of himself: "A packet set me back 178 shillings"."""
        return any(
            word.lower_ in _FIRST and not self._is_quoted(word.i) for word in self.doc[sentence.first : sentence.last]
        )

    def _between(self, index: int) -> Voice | None:
        """The paragraph's next voice, where the paragraph before ended with the same source: all is one report."""
        paragraph = self.sentences[index].paragraph
        later = (s for s in self.sentences[index + 1 :] if s.paragraph == paragraph)
        following = next((voice for sentence in later for voice in sentence.voices if voice.kind in _CARRIED), None)
        before = (s for s in reversed(self.sentences[:index]) if s.paragraph == paragraph - 1)
        preceding = next((voice for sentence in before if (voice := self._last_voice(sentence)) is not None), None)
        if following is None or preceding is None or following.chain[0].id != preceding.chain[0].id:
            return None
        return following

    def _last_voice(self, sentence: _Sentence) -> Voice | None:
        if not sentence.voices and not any(q.first >= sentence.first for q in self.quotations):
            return None
        voices = [voice for voice in sentence.voices if voice.kind not in _PASSING and self._has_said(voice)]
        voices = [voice for voice in voices if not _is_deed_of_many(voice)]
        if len(voices) > 1:
            semicolon = max((t.i for t in self.doc[sentence.first : sentence.last] if t.text == ";"), default=-1)
            voices = [voice for voice in voices if voice.anchor > semicolon] or voices
        outer = [voice for voice in voices if not self._is_quoted(voice.anchor)]
        for number, quotation in enumerate(self.quotations):
            if not outer and sentence.first <= quotation.first < sentence.last:
                return self.speaker_of(number)
        if not outer:
            return None
        widest = max(outer, key=lambda voice: (voice.last - voice.first, -voice.anchor))
        later = [v for v in outer if v.kind in _CARRIED and v.first >= widest.last]
        if later and widest.kind in _CARRIED:
            widest = later[-1]
        told = [v for v in outer if v is not widest and v.kind in _CARRIED and widest.first <= v.anchor < widest.last]
        # "…, the ministry said, according to the Ledger": the Ledger only relays
        return told[-1] if told and widest.chain[0].kind == "media" else widest

    def _has_said(self, voice: Voice) -> bool:
        """False where a verb that takes an object has told no figure: "the firm reports earnings on Monday"."""
        word = self.doc[voice.anchor].lower_
        vague = word in cue_words().counting or word in small_words("asking")  # "the president spoke in a cottage"
        if voice.kind == "say" and voice.first >= voice.last and voice.cue != ":" and not self._points(voice):
            return self._is_beside_quotation(voice)  # "Finland worries about the young" says nothing
        if voice.kind not in ("announce", "count", "post") and not vague:
            return True
        content = self.doc[voice.first : voice.last]
        figures = [t for t in content if t.like_num and (t.i == 0 or t.nbor(-1).lower_ not in name_words().never)]
        return bool(figures) or any(token.dep_ == "ccomp" for token in content)

    def _points(self, voice: Voice) -> bool:
        """True in "So says the union, …"."""
        return cue_words().back.match(self._words(self.sentences[self.sentence_of(voice.anchor)])) is not None

    def _is_beside_quotation(self, voice: Voice) -> bool:
        """True for a verb of saying beside a quotation: in its sentence, or in the one before or after."""
        index = self.sentence_of(voice.anchor)
        first = self.sentences[max(index - 1, 0)].first
        last = self.sentences[min(index + 1, len(self.sentences) - 1)].last
        return any(quotation.first < last and first < quotation.last for quotation in self.quotations)


def _tells_of_paper(clause: Token) -> bool:
    """True for "said the bank, whose global average is 6.5%": that average is the bank's too."""
    what = children_with(clause, "nsubj")
    return any(document_class(noun) is not None and noun.left_edge.lower_ == "whose" for noun in what)


def _is_deed_of_many(voice: Voice) -> bool:
    """True for "Employers announced 153,000 job cuts": whoever counts them tells of it, and not all of them."""
    firms = voice.kind == "aim" and voice.chain[0].kind == "company"
    return voice.chain[0].many and (voice.kind in _DEEDS or firms)


def _is_reckoned(voice: Voice) -> bool:
    """True for "…, by the board's count; Colombia has 900": the count goes on in its sentence."""
    return voice.kind == "beside" and voice.cue.startswith(("by ", "on ")) and voice.cue != "by "


def _is_foreseen(token: Token) -> bool:
    """True for the amount of a forecast without a maker ("a forecast for a rise of 1%"): nobody's in particular."""
    for above in itertools.islice(ancestors(token), 5):
        if is_verb(above):
            return False
        if document_class(above) == "forecast":
            # "…, the board said, down from an earlier forecast of 5%": the board's own
            earlier = any(word.lower_ in small_words("earlier") for word in children_with(above, "amod"))
            return not earlier and not children_with(above, "poss")
    return False


def attribute(doc: Doc) -> list[Attribution]:
    """The attribution of each quantity of a document, in parallel to `doc._.quantities`."""
    quantities = mentions.quantities(doc)
    if not quantities:
        return []
    reading = _Reading(doc)
    cells = table_sources(doc)
    starts = sorted(cells)
    return [
        _in_cell(cell)
        if (cell := source_at(cells, starts, quantity.start, text_of(doc)))
        else _attribution(reading, quantity)
        for quantity in quantities
    ]


def _in_cell(cell: Printed) -> Attribution:
    """The attribution that a table's own words give."""
    return Attribution(
        id=cell.party.id, text=cell.party.text, kind=cell.party.kind, cue=cell.cue, cue_start=cell.cue_start
    )


def _attribution(reading: _Reading, quantity: Quantity) -> Attribution:
    token = _token_at(reading.doc, quantity.start)
    if reading.tells_of_speaker(token):
        return Attribution()
    # a modifier may stand apart from its number: "the minimum $20 million experts say it costs"
    own = reading.covering(token) or reading.covering(_token_at(reading.doc, quantity.end - 1))
    number = reading.quotation_of(token)
    if number is not None:
        spoken = reading.speaker_of(number)
        inside = [
            voice for voice in own if reading.quotations[number].first <= voice.anchor < reading.quotations[number].last
        ]
        own = [*inside, spoken] if spoken is not None else own
    voices = _nested(own) or reading.doing(token)
    if voices and not (all(_is_deed_of_many(voice) for voice in voices) and number is None):
        return _build(voices, borrowed=False)
    standing = reading.standing(token)
    return _build([standing], borrowed=True) if standing is not None else Attribution()


def _nested(voices: list[Voice]) -> list[Voice]:
    """The voices that count, the origin's first: a plan that somebody tells of is told by that somebody, and so is what
    many have done, whom nobody names ("technology firms announced 16,100 job cuts, the board said").
    """
    spoken = [voice for voice in voices if voice.kind != "aim" and not (voice.kind in _DEEDS and voice.chain[0].many)]
    made = [voice for voice in spoken if not voice.chain[0].nameless]
    return made or spoken or voices


def _build(voices: list[Voice], *, borrowed: bool) -> Attribution:
    chain: list[Party] = []
    relaying = [voice for voice in voices[1:] if voice.kind in _RELAYING and voices[0].kind != "beside"]
    for voice in (voices[0], *relaying):
        chain.extend(party for party in voice.chain if all(party.id != known.id for known in chain))
    source, *relays = chain
    return Attribution(
        id=source.id,
        text=source.text,
        kind=source.kind,
        cue=voices[0].cue,
        via=tuple((relay.id, relay.text) for relay in relays if relay.proper),
        borrowed=borrowed,
        cue_start=voices[0].cue_start,
    )


def _token_at(doc: Doc, offset: int) -> int:
    """The index of the token that holds a character."""
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    return span.start if span is not None else 0
