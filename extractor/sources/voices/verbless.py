"""The attribution of a sentence that the parser left without a verb, because it took the verb for a noun.

"For 2026 the lobby *forecasts* output of 2.7 million"; "Elders in Nara *talk* of 900"; "The union *sticks* to 4%".
A sentence has a verb: where its root is a noun, the first form of a verb of saying right behind a speaker is the one.
"""

from __future__ import annotations

from extractor.mentions import text_between
from extractor.names.words import normalise
from extractor.sources.cues import VerbClass, cue_words, small_words
from extractor.sources.parties.finder import parties
from extractor.sources.speakers import Memory, Party, does_something, is_speaker
from extractor.sources.verb_reach import FINITE, bounds
from extractor.sources.voices.trailing import speaker_of
from extractor.sources.voices.voice import Voice
from extractor.syntax import is_noun
from extractor.tokens import Span, Token

_KINDS: frozenset[VerbClass] = frozenset({"say", "announce", "show", "estimate", "expect", "aim", "post"})


def lost_verb(sentence: Span, memory: Memory) -> Voice | None:
    """The voice of a verb of saying in a sentence whose root is a noun, or None."""
    if not is_noun(sentence.root) or "|" in text_between(sentence.doc, sentence.start, sentence.end):
        return None  # a row of a table has no verb to lose
    start = _behind_opening(sentence)
    for token in sentence[start - sentence.start :]:
        if token.tag_ in FINITE and token.dep_ not in ("relcl", "aux") and token.i > start:
            return None  # a clause with a verb of its own comes first
        kind = _kind(token, memory) if token.i > start else None
        if kind is not None and (who := _speaker(token, start, memory)) is not None:
            return Voice((who,), token.text, token.idx, token.i + 1, bounds(token, sentence)[1], kind, token.i)
    return None


def _behind_opening(sentence: Span) -> int:
    """Where the speaker may begin: behind "For 2026", "In December,"."""
    first = sentence[0]
    if first.tag_ != "IN":
        return sentence.start
    behind = first.right_edge.i + 1
    return behind + 1 if behind < sentence.end and sentence.doc[behind].text == "," else behind


def _kind(token: Token, memory: Memory) -> str | None:
    """The class that a token has as a verb, if what follows fits one."""
    words, form = cue_words(), token.lower_
    if memory.is_place(token.i):
        return None  # "the United *States*"
    if form not in words.verbs and form not in words.prepositional and form not in words.stances:
        return None
    following = token.nbor() if token.i + 1 < len(token.doc) else token
    leads = any(memory.in_figure(index) for index in range(token.i + 2, token.i + 6))
    if leads and following.lower_ in words.prepositional.get(form, frozenset()):
        return "say"
    if leads and form in small_words("sticking") and following.lower_ in words.stances.get(form, frozenset()):
        return "hold"
    kind = words.verbs.get(form)
    noun = following.is_punct or following.lower_ in small_words("noun_tails")
    before = token.nbor(-1) if token.i else token
    adjective = (
        before.lower_ in ("a", "an", "the") or before.tag_ == "IN"
    )  # "*an estimated* 90 million", "*in reported* crashes"
    return None if kind not in _KINDS or token.tag_ in ("VBG", "VB") or noun or adjective else kind


def _speaker(verb: Token, start: int, memory: Memory) -> Party | None:
    """Who stands before the verb, up to the first comma, and agrees with it."""
    comma = next((token.i for token in verb.doc[start : verb.i] if token.text == ","), verb.i)
    if comma == start or (comma < verb.i and verb.nbor(-1).text != ","):
        return None
    stretch = verb.doc.span(start, comma)
    head = next((token for token in reversed(stretch[:]) if is_noun(token)), None)
    if any(token.tag_ == "IN" for token in stretch):
        head = next((token.nbor(-1) for token in stretch[1:] if token.tag_ == "IN"), None)
    if head is None or not is_noun(head) or not (is_speaker(head, memory) or does_something(head)):
        return None
    several = head.tag_ in ("NNS", "NNPS") and memory.name_at(head.i) is None
    past = verb.lower_.endswith("ed") or verb.lower_ == "forecast"
    if not past and several == verb.lower_.endswith("s"):
        return None  # "elders talk", "the union sticks": a verb agrees, a noun behind a noun does not
    found = speaker_of(stretch, memory) or next(iter(parties(head, memory)), None)
    return _whole(found, head, stretch)


def _whole(party: Party | None, head: Token, stretch: Span) -> Party | None:
    """The party with what says who it is: "Analysts *at Halden*"."""
    behind = stretch.doc[head.i + 1 : stretch.end]
    if party is None or len(behind) < 2 or behind[0].lower_ not in small_words("attached"):
        return party
    text = stretch.doc.span(party.first, stretch.end).text
    return party._replace(id=normalise(text), text=text)
