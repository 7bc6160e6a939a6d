"""The attributions of one parsed sentence: who speaks, with which cue, and how far along the sentence it reaches.

Each function serves one construction and gives voices; a figure later takes the narrowest voice that covers it, and
the wider ones as relays.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extractor.plurals import regular_plural
from extractor.sources.cues import cue_words, participle_classes, small_words, verb_class
from extractor.sources.parties.finder import parties
from extractor.sources.speakers import Memory, document_class, is_pro_document, is_speaker
from extractor.sources.voices.according import according, attributes
from extractor.sources.voices.indirect import believed, by_noun, by_opinion, by_preposition, convinced, is_conditional
from extractor.sources.voices.labels import bracketed, credited, gapped, introduced, labelled, wire_tail
from extractor.sources.voices.missed_by_parser import foreseen_amount, is_mistagged, mistagged
from extractor.sources.voices.own_figures import (
    by_itself,
    by_own,
    by_own_measure,
    comes_from,
    is_amount,
    owned_number,
    owner_behind,
)
from extractor.sources.voices.speaking_documents import by_asking, by_document
from extractor.sources.voices.standpoints import stance
from extractor.sources.voices.trailing import leading, participial, trailing
from extractor.sources.voices.verbless import lost_verb
from extractor.sources.voices.verbs import by_verb
from extractor.sources.voices.voice import Voice
from extractor.syntax import is_noun, is_verb, subject
from extractor.tokens import Span, Token


def sentence_voices(sentence: Span, memory: Memory) -> list[Voice]:
    """The attributions of a parsed sentence, in the order of the text."""
    voices = [*labelled(sentence, memory), *wire_tail(sentence, memory)]
    if (verbless := lost_verb(sentence, memory)) is not None:
        voices.append(verbless)
        _note(verbless, memory)
    for token in _triggers(sentence):
        if verbless is not None and token.i == verbless.anchor:
            continue
        found = list(_at(token, sentence, memory))
        if not found:
            lost = _lost(token, sentence, memory)
            found = [lost] if lost is not None else []
        for voice in found:
            voices.append(voice)
            _note(voice, memory)
    if not any(voice.introduces for voice in voices):
        voices.extend(introduced(sentence, memory))
    voices.extend(gapped(sentence, voices, memory))
    voices.extend(bracketed(sentence, memory))
    voices.extend(credited(sentence, memory))
    voices = [voice for voice in voices if not _is_counted_by_another(voice, voices, sentence)]
    return [_within(voice, voices, sentence) for voice in voices]


def _lost(token: Token, sentence: Span, memory: Memory) -> Voice | None:
    """An attribution that the parser has lost, read from the words alone."""
    return trailing(token, sentence, memory) or participial(token, sentence, memory) or leading(token, sentence, memory)


def _triggers(sentence: Span) -> Iterator[Token]:
    """The tokens that a construction can start from; all others are passed over by a look at two words."""
    words = _trigger_words()
    for token in sentence:
        if (token.lower_ in words or token.dep_ == "poss") and not _is_compounded(token):
            yield token


def _is_compounded(token: Token) -> bool:
    """True for the first word of a compound: the "state" of "the state-run agency" states nothing."""
    following = token.i + 1 < len(token.doc) and token.nbor().text == "-"
    return following and not token.whitespace_ and not token.nbor().whitespace_


@lru_cache(maxsize=1)
def _trigger_words() -> frozenset[str]:
    cues = cue_words()
    nouns = [*cues.documents, *cues.carriers]
    words = {
        "according",
        "per",
        "those",
        "these",
        "own",
        "itself",
        "themselves",
        *cues.verbs,
        *cues.phrasal,
        *nouns,
        *map(regular_plural, nouns),
    }
    words |= {
        "of",
        "by",
        *cues.prepositional,
        *cues.accusing,
        *cues.heard,
        *cues.judging,
        *cues.stances,
        *cues.making,
        *cues.giving,
        *cues.clausal,
        *cues.grammar["convinced"],
        *cues.grammar["believing"],
        *cues.sayings,
        *cues.opinions,
        *(form for form, classes in cues.participles.items() if "ask" in classes),
    }
    return frozenset(words)


def _note(voice: Voice, memory: Memory) -> None:
    """Remembers who has spoken, but not whoever was only told: "told Radio Norda: it has 9"."""
    for party in reversed(voice.chain):
        if party is voice.chain[0] or party.first <= voice.anchor:
            memory.note(party, voice.anchor)


def _is_counted_by_another(voice: Voice, voices: list[Voice], sentence: Span) -> bool:
    """True for "The yard registered 310 boats according to Norda Research": it did so, and another counts."""
    if voice.kind != "post":
        return False
    later = [other for other in voices if other.kind == "according" and voice.anchor < other.anchor < voice.last]
    doc = sentence.doc
    return any(all(token.text != "," for token in doc[voice.anchor : other.anchor - 1]) for other in later)


def _within(voice: Voice, voices: list[Voice], sentence: Span) -> Voice:
    """The voice of Y, which begins where X's words begin, so that X relays it: "X said that …, according to Y"."""
    if voice.kind != "according":
        return voice
    around = [other for other in voices if other.kind != "according" and other.first <= voice.anchor < other.last]
    # what analysts expect is theirs, whoever tells of it
    around = [other for other in around if other.kind not in ("expect", "estimate")]
    outer = [other.first for other in around if not _reports_on_itself(other)]
    if len(outer) < len(around):  # what a firm posts is its own; the aside behind it is another's
        commas = [token.i for token in sentence if token.text == "," and token.i < voice.anchor - 1]
        outer.extend(commas[-1:])
    return voice._replace(first=max(voice.first, *outer)) if outer else voice


def _reports_on_itself(voice: Voice) -> bool:
    return voice.kind == "post" or (voice.kind == "announce" and voice.chain[0].kind == "company")


def _at(token: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voices that a construction gives which starts from a token: the first that fits."""
    _note_judge(token, memory)
    small = _at_small_word(token, sentence, memory)
    if small is not None:
        yield from small
    elif is_noun(token) and (said := _said_in_noun(token, sentence, memory)):
        yield from said
    elif is_mistagged(token, sentence):
        yield from mistagged(token, sentence, memory)
    elif (held := foreseen_amount(token, memory) or stance(token, memory)) is not None:
        yield held
    elif (warned := by_preposition(token, sentence, memory)) is not None:
        yield warned
    elif is_verb(token) and verb_class(token) is not None and not _is_reckoning(token):
        yield from by_verb(token, sentence, memory)
    elif is_verb(token) and "ask" in participle_classes(token):
        yield from by_asking(token, memory)
    elif token.lemma_ == "come" and is_verb(token):
        yield from comes_from(token, sentence, memory)
    elif token.dep_ == "poss" and is_amount(token.head, memory):
        yield from owned_number(token, memory)
    elif (document_class(token) is not None and (is_noun(token) or _is_reckoning(token))) or is_pro_document(token):
        yield from by_document(token, sentence, memory)


def _note_judge(verb: Token, memory: Memory) -> None:
    """Remembers the ministry of "…, which the ministry calls an invention. It admits nine."."""
    if verb.lower_ in cue_words().judging and (judge := subject(verb)) is not None and is_speaker(judge, memory):
        for party in parties(judge, memory):
            memory.note(party, verb.i)


def _is_reckoning(token: Token) -> bool:
    """True for the document noun that the tagger takes for a verb: "in the firm's own reckoning"."""
    return token.dep_ == "pobj" and document_class(token) is not None


def _at_small_word(token: Token, sentence: Span, memory: Memory) -> Iterator[Voice] | None:
    """The voices of "according to", "of", "by", "own" and "confident"; None for other words."""
    word = token.lower_
    if word == "according" or (word == "per" and attributes(token, sentence)):
        return according(token, sentence, memory)
    if word == "of":
        return owner_behind(token, memory)
    if word == "by":
        return by_own(token, sentence, memory)
    if word in ("itself", "themselves"):
        return by_itself(token, memory)
    if word == "own":
        return by_own_measure(token, memory)
    if word in small_words("believing") and is_conditional(token):
        return believed(token, sentence, memory)
    return convinced(token, sentence, memory) if word in small_words("convinced") else None


def _said_in_noun(noun: Token, sentence: Span, memory: Memory) -> list[Voice]:
    """What a noun of opinion or of saying gives."""
    viewed = by_opinion(noun, sentence, memory)
    return [viewed] if viewed is not None else list(by_noun(noun, sentence, memory))
