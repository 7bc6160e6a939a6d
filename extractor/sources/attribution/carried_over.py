"""The attribution that still stands where a sentence has none of its own: its paragraph's last, or a link's."""

from __future__ import annotations

import itertools
from enum import Enum

from extractor.names.words import PUBLIC_BODIES, name_words
from extractor.sources.attribution.article import CARRIED, Reading, Sentence
from extractor.sources.cues import cue_words, reckons, small_words
from extractor.sources.layout import is_bullet
from extractor.sources.speakers import document_class
from extractor.sources.voices.voice import Voice
from extractor.syntax import SUBJECTS, ancestors, children_with, is_verb, subject
from extractor.tokens import Token

_PASSING = frozenset({"aim", "amount", "beside"})
"""What is mentioned and goes no further than its own words: a plan, a forecast in passing, a rival count."""
_FORESEEING = frozenset({"expect", "aim"})
_FURTHEST = 40
"""Sentences before and behind in which a voice is looked for."""
DEEDS = frozenset({"announce", "post"})
"""What firms do by speaking, so that whoever counts them can tell of it."""


class _Manner(Enum):
    """How a sentence is told in which nobody speaks."""

    RECKONED = "the writer's own sum or count"
    OWN = "the writer's own words"
    OPEN = "in whoever's voice still stands"


class Standing:
    """What still stands in the sentences of an article; each is asked once, for it may hold thousands of figures."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._manners: dict[int, _Manner] = {}
        self._lent: dict[int, Voice | None] = {}

    def at(self, token: int) -> Voice | None:
        """The attribution that still stands where a sentence has none: its paragraph's last, or a link's."""
        reading = self._reading
        index = reading.sentence_of(token)
        sentence = reading.sentences[index]
        manner = self._manner(index)
        if manner is _Manner.RECKONED or _is_foreseen(reading.doc[token]):
            return None
        before = [voice for voice in sentence.voices if voice.anchor < token and not _is_deed(reading, voice)]
        own = [
            voice for voice in before if (voice.kind in CARRIED and _has_said(reading, voice)) or _is_reckoned(voice)
        ]
        if own:
            return own[-1]
        if any(voice.kind in _FORESEEING for voice in before):
            return _same(reading, index, sentence, token)
        if (pointed := _pointed(reading, index)) is not None:
            return pointed
        return None if manner is _Manner.OWN else self._lent_to(index)

    def _manner(self, index: int) -> _Manner:
        if index not in self._manners:
            self._manners[index] = _manner(self._reading, index)
        return self._manners[index]

    def _lent_to(self, index: int) -> Voice | None:
        if index not in self._lent:
            self._lent[index] = _lent(self._reading, index)
        return self._lent[index]


def _manner(reading: Reading, index: int) -> _Manner:
    sentence = reading.sentences[index]
    words = reading.words(sentence)
    if reckons(words) or cue_words().ours.search(words):
        return _Manner.RECKONED
    own = _is_aside(reading, sentence) or _is_personal(reading, sentence) or _is_gap(reading, index)
    return _Manner.OWN if own else _Manner.OPEN


def _lent(reading: Reading, index: int) -> Voice | None:
    """The voice that a sentence has from those before it."""
    sentence = reading.sentences[index]
    if is_bullet(reading.words(sentence)) and (led := _lead_in(reading, index)) is not None:
        return led
    before = _from_before(reading, index)
    if before is not None and (_turns(reading, sentence, before) or _is_of_another_firm(reading, sentence, before)):
        return None
    return before


def _is_of_another_firm(reading: Reading, sentence: Sentence, standing: Voice) -> bool:
    """True for "Target is cutting 1,800 jobs" after what Amazon announced: a firm tells of itself alone."""
    if standing.chain[0].kind != "company":
        return False
    words = reading.doc.span(sentence.first, sentence.last)
    actor = subject(words.root)
    first = reading.memory.name_at(actor.i) if actor is not None else None
    return first is not None and first.kind in ("company", "") and first.id != standing.chain[0].id


def _turns(reading: Reading, sentence: Sentence, standing: Voice) -> bool:
    """True for "The utility Tenaga, on the other hand, delivers 405 MW" after a person's remark."""
    if standing.chain[0].kind != "person" or not cue_words().turning.search(reading.words(sentence)):
        return False
    actors = (reading.memory.name_at(t.i) for t in reading.doc[sentence.first : sentence.last] if t.dep_ == "nsubj")
    return any(name is not None and name.type == "organisation" for name in actors)


def _from_before(reading: Reading, index: int) -> Voice | None:
    """The last attribution of the paragraph, or of the one before for "Of these, 40 …"."""
    sentence = reading.sentences[index]
    linked = cue_words().links.match(reading.words(sentence)) is not None
    for earlier in range(index - 1, max(index - 1 - _FURTHEST, -1), -1):
        before = reading.sentences[earlier]
        if before.paragraph == sentence.paragraph and _ends_report(reading, before):
            return None
        if before.paragraph < sentence.paragraph:
            introduced = reading.introduction(earlier) if earlier == index - 1 else None
            if introduced is not None or not linked or before.paragraph < sentence.paragraph - 1:
                return introduced or _between(reading, index)
        voice = _last_voice(reading, before)
        if voice is not None and (voice.kind != "expect" or linked or _follows_forecast(reading, sentence, voice)):
            return voice
    return _between(reading, index)


def _follows_forecast(reading: Reading, sentence: Sentence, voice: Voice) -> bool:
    """True for a figure that somebody who foresaw one tells too."""
    return _foresees(reading, sentence) or _tells_past(reading, sentence, voice)


def _tells_past(reading: Reading, sentence: Sentence, voice: Voice) -> bool:
    """True for "In 2023 it was 11,883" after what a body expects that counts such things itself."""
    opening = reading.doc[sentence.first : min(sentence.first + 6, sentence.last)]
    goes_on = any(word.lower_ in ("it", "they") and word.dep_ in SUBJECTS for word in opening)
    return goes_on and voice.chain[0].kind in PUBLIC_BODIES


def _same(reading: Reading, index: int, sentence: Sentence, token: int) -> Voice | None:
    """The voice before, if it is of who foresees here: "The firm said … It expects to sell 410,000; so far it was
    236,000"; of what others expect, the rest is nobody's.
    """
    foreseen = next(v for v in reversed(sentence.voices) if v.kind in _FORESEEING and v.anchor < token)
    before = (s for s in reversed(_sentences_before(reading, index)) if s.paragraph == sentence.paragraph)
    standing = next((voice for s in before if (voice := _last_voice(reading, s)) is not None), None)
    return standing if standing is not None and standing.chain[0].id == foreseen.chain[0].id else None


def _sentences_before(reading: Reading, index: int) -> list[Sentence]:
    return reading.sentences[max(index - _FURTHEST, 0) : index]


def _pointed(reading: Reading, index: int) -> Voice | None:
    """The voice of the sentence after, where that points back: "So says the union", "The figure comes from …"."""
    following = reading.sentences[index + 1] if index + 1 < len(reading.sentences) else None
    if following is None or following.paragraph != reading.sentences[index].paragraph or not following.voices:
        return None
    return following.voices[0] if cue_words().back.match(reading.words(following)) else None


def _lead_in(reading: Reading, index: int) -> Voice | None:
    """The voice of the sentence with a colon that a list hangs on."""
    for earlier in range(index - 1, max(index - 30, -1), -1):
        sentence = reading.sentences[earlier]
        words = reading.words(sentence)
        if not is_bullet(words):
            return reading.introduction(earlier) or (
                _last_voice(reading, sentence) if words.rstrip().endswith(":") else None
            )
    return None


def _ends_report(reading: Reading, sentence: Sentence) -> bool:
    """True for a sum of the writer's own, and where he asked in vain: after both he goes on himself."""
    words = reading.words(sentence)
    asks = words.rstrip().endswith("?") and not sentence.voices and not reading.is_quoted(sentence.last - 1)
    return asks or reckons(words) or cue_words().silent.search(words) is not None


def _foresees(reading: Reading, sentence: Sentence) -> bool:
    """True for what lies ahead: "Output will fall by 4%", "Trade is set to grow by 3%"."""
    if cue_words().ahead.search(reading.words(sentence)):
        return True
    return any(word.tag_ == "MD" for word in reading.doc[sentence.first : sentence.last])


def _is_aside(reading: Reading, sentence: Sentence) -> bool:
    """True for "Its shares rose 3%": what the market did is the article's own."""
    opening = reading.doc[sentence.first : min(sentence.first + 8, sentence.last)]
    if opening[0].text == "(":
        return True  # "(Aichi, in 2005, sold 22 million.)"
    return any(word.lower_ in cue_words().asides and word.dep_ == "nsubj" for word in opening)


def _is_gap(reading: Reading, index: int) -> bool:
    """True for "The difference of 122,600 …" after two sources that differ: the writer's own subtraction."""
    sentence = reading.sentences[index]
    opening = reading.doc[sentence.first : min(sentence.first + 5, sentence.last)]
    if not any(word.lower_ in small_words("gaps") and word.dep_ in SUBJECTS for word in opening):
        return False
    before = (s for s in _sentences_before(reading, index) if s.paragraph == sentence.paragraph)
    return len({voice.chain[0].id for other in before for voice in other.voices}) > 1


def _is_personal(reading: Reading, sentence: Sentence) -> bool:
    """True where the writer tells of himself: "A packet set me back 178 shillings"."""
    return any(
        word.lower_ in small_words("writer") and not reading.is_quoted(word.i)
        for word in reading.doc[sentence.first : sentence.last]
    )


def _between(reading: Reading, index: int) -> Voice | None:
    """The paragraph's next voice, where the paragraph before ended with the same source: all is one report."""
    paragraph = reading.sentences[index].paragraph
    later = (s for s in reading.sentences[index + 1 : index + 1 + _FURTHEST] if s.paragraph == paragraph)
    following = next((voice for sentence in later for voice in sentence.voices if voice.kind in CARRIED), None)
    before = (s for s in reversed(_sentences_before(reading, index)) if s.paragraph == paragraph - 1)
    preceding = next((voice for sentence in before if (voice := _last_voice(reading, sentence)) is not None), None)
    if following is None or preceding is None or following.chain[0].id != preceding.chain[0].id:
        return None
    return following


def _last_voice(reading: Reading, sentence: Sentence) -> Voice | None:
    if not sentence.voices and not any(q.first >= sentence.first for q in reading.quotations):
        return None
    voices = [voice for voice in sentence.voices if voice.kind not in _PASSING and _has_said(reading, voice)]
    voices = [voice for voice in voices if not is_deed_of_many(voice)]
    if len(voices) > 1:
        semicolon = max((t.i for t in reading.doc[sentence.first : sentence.last] if t.text == ";"), default=-1)
        voices = [voice for voice in voices if voice.anchor > semicolon] or voices
    outer = [voice for voice in voices if not reading.is_quoted(voice.anchor)]
    for number, quotation in enumerate(reading.quotations):
        if not outer and sentence.first <= quotation.first < sentence.last:
            return reading.speaker_of(number)
    if not outer:
        return None
    widest = max(outer, key=lambda voice: (voice.last - voice.first, -voice.anchor))
    later = [v for v in outer if v.kind in CARRIED and v.first >= widest.last]
    if later and widest.kind in CARRIED:
        widest = later[-1]
    told = [v for v in outer if v is not widest and v.kind in CARRIED and widest.first <= v.anchor < widest.last]
    # "…, the ministry said, according to the Ledger": the Ledger only relays
    return told[-1] if told and widest.chain[0].kind == "media" else widest


def _has_said(reading: Reading, voice: Voice) -> bool:
    """False where a verb that takes an object has told no figure: "the firm reports earnings on Monday"."""
    word = reading.doc[voice.anchor].lower_
    vague = word in cue_words().counting or word in small_words("asking")  # "the president spoke in a cottage"
    if voice.kind == "say" and voice.first >= voice.last and voice.cue != ":" and not _points(reading, voice):
        return _is_beside_quotation(reading, voice)  # "Finland worries about the young" says nothing
    if voice.kind not in ("announce", "count", "post") and not vague:
        return True
    content = reading.doc[voice.first : voice.last]
    figures = [t for t in content if t.like_num and (t.i == 0 or t.nbor(-1).lower_ not in name_words().never)]
    return bool(figures) or any(token.dep_ == "ccomp" for token in content)


def _points(reading: Reading, voice: Voice) -> bool:
    """True in "So says the union, …"."""
    return cue_words().back.match(reading.words(reading.sentences[reading.sentence_of(voice.anchor)])) is not None


def _is_beside_quotation(reading: Reading, voice: Voice) -> bool:
    """True for a verb of saying beside a quotation: in its sentence, or in the one before or after."""
    index = reading.sentence_of(voice.anchor)
    first = reading.sentences[max(index - 1, 0)].first
    last = reading.sentences[min(index + 1, len(reading.sentences) - 1)].last
    return any(quotation.first < last and first < quotation.last for quotation in reading.quotations)


def is_deed_of_many(voice: Voice) -> bool:
    """True for "Employers announced 153,000 job cuts": whoever counts them tells of it, and not all of them."""
    firms = voice.kind == "aim" and voice.chain[0].kind == "company"
    return voice.chain[0].many and (voice.kind in DEEDS or firms)


def _is_deed(reading: Reading, voice: Voice) -> bool:
    """True for what many or a whole continent did by speaking; but "platforms report *that* cars lose half" speaks."""
    deed = is_deed_of_many(voice) or is_deed_of_region(voice)
    return deed and not children_with(reading.doc[voice.anchor], "ccomp")


def is_deed_of_region(voice: Voice) -> bool:
    """True for "Europe reported sales of 2 million": a continent has no office, whoever counts tells of it."""
    return voice.kind in DEEDS and voice.chain[0].of_area and voice.chain[0].id.startswith("m49_")


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
