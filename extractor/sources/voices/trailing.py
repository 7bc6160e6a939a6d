"""The attribution that closes a sentence, read from the words alone where the parser has lost it.

"…, the Egg Producers (EPA) said."; "…, a supplier with knowledge of the matter told Radio Norda, although …".
"""

from __future__ import annotations

from extractor.names.words import normalise
from extractor.sources.cues import VerbClass, cue_words, small_words
from extractor.sources.parties.finder import parties
from extractor.sources.speakers import Memory, Party, does_something, is_first_person, is_speaker
from extractor.sources.verb_reach import FINITE, bounds
from extractor.sources.voices.voice import Voice
from extractor.syntax import children_with, is_noun, subject
from extractor.tokens import Span, Token

_KINDS: frozenset[VerbClass] = frozenset({"say", "announce", "show", "estimate", "expect"})
_LONGEST = 14  # tokens of a speaker with his description


def trailing(verb: Token, sentence: Span, memory: Memory) -> Voice | None:
    """The voice of a verb of saying that stands behind a clause, a comma and whoever says it."""
    kind = cue_words().verbs.get(verb.lower_)
    if kind not in _KINDS or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or not _closes(verb):
        return None
    start = bounds(verb, sentence)[0]
    comma = _comma_before(verb, start)
    if comma is None or not any(token.tag_ in FINITE for token in verb.doc[start:comma]):
        return None
    party = speaker_of(verb.doc.span(comma + 1, verb.i), memory)
    if party is None:
        return None
    return Voice((party,), verb.text, verb.idx, start, comma, kind, verb.i)


def leading(verb: Token, sentence: Span, memory: Memory) -> Voice | None:
    """The voice before a verb of saying where the parser sees arrivals said: "Ada Holkar said arrivals had halved"."""
    kind = cue_words().verbs.get(verb.lower_)
    if kind not in _KINDS or verb.dep_ != "amod" or verb.head.i < verb.i or not 0 < verb.i - sentence.start < _LONGEST:
        return None
    stretch = sentence.doc[sentence.start : verb.i]
    clause = sentence.doc[verb.i + 1 : sentence.end]
    if any(token.tag_ in FINITE or token.text == "," for token in stretch):
        return None
    named = memory.name_at(sentence.start)
    if named is None or named.adjective or named.type == "area" or not any(token.tag_ in FINITE for token in clause):
        return None
    break_at = next((token.i for token in stretch if token.tag_ == "IN"), verb.i)
    party = speaker_of(sentence.doc.span(sentence.start, break_at), memory) if break_at > sentence.start else None
    return Voice((party,), verb.text, verb.idx, verb.i + 1, bounds(verb, sentence)[1], kind, verb.i) if party else None


def participial(verb: Token, sentence: Span, memory: Memory) -> Voice | None:
    """The voice of a participle whose clause the parser loses: "Lund defended it, explaining the cuts came to 1%"."""
    if cue_words().verbs.get(verb.lower_) != "say" or verb.tag_ != "VBG" or verb.i == sentence.start:
        return None
    last = bounds(verb, sentence)[1]
    if verb.nbor(-1).text != "," or any(children_with(thing, "nummod") for thing in children_with(verb, "dobj")):
        return None
    if not any(token.tag_ in FINITE or token.tag_ == "VBN" for token in verb.doc[verb.i + 1 : last]):
        return None  # "…, continuing its solid run" tells no clause
    who = subject(sentence.root)
    if who is None or who.i > verb.i or is_first_person(who) or not is_speaker(who, memory):
        return None
    chain = parties(who, memory)
    return Voice(chain, verb.text, verb.idx, verb.i + 1, last, "say", verb.i) if chain else None


def _closes(verb: Token) -> bool:
    following = verb.nbor() if verb.i + 1 < len(verb.doc) else verb
    if verb.lower_ in cue_words().addressed and following.tag_ in ("NNP", "NNS", "DT", "PRP"):
        return True
    return following.is_punct or following.is_space or following.lower_ in small_words("afterwards")


def _comma_before(verb: Token, start: int) -> int | None:
    """The comma before whoever speaks, if no other verb stands between."""
    for index in range(verb.i - 1, max(start, verb.i - _LONGEST - 1), -1):
        token = verb.doc[index]
        if token.text == ",":
            return index if index + 1 < verb.i else None
        if token.tag_ in FINITE and not (index == verb.i - 1 and token.lower_ in ("has", "have", "had")):
            return None
    return None


def speaker_of(stretch: Span, memory: Memory) -> Party | None:
    """Whoever the words before the verb name: the last noun before a preposition or a bracket."""
    head: Token | None = None
    if stretch[0].tag_[:2] not in ("DT", "NN", "JJ", "PR", "CD"):
        return None
    for token in stretch:
        if token.lower_ in ("as", "than"):
            return None
        if token.text == "(" or (
            token.tag_ in ("IN", "VBN", "VBG", "TO") and head is not None and token.lower_ != "of"
        ):
            break
        if is_noun(token) or token.tag_ == "PRP":
            head = token
    if head is None or is_first_person(head) or not (is_speaker(head, memory) or does_something(head)):
        return None
    words = stretch.doc.span(stretch.start, head.i + 1)
    while len(words) > 1 and words[0].tag_ == "DT":
        words = stretch.doc.span(words.start + 1, words.end)
    if len(words) > 2 and all(
        token.text[0].isupper() or token.lower_ in small_words("inside_names") for token in words
    ):
        found = next(iter(parties(head, memory)), None)
        return Party(normalise(words.text), words.text, found.kind if found else "other", words.start)
    return next(iter(parties(head, memory)), None)
