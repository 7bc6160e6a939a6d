"""Verbs of citing: who is quoted, through whom, and over which part of the sentence."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.sources.cues import verb_class
from extractor.sources.parties.finder import parties
from extractor.sources.speakers import (
    Memory,
    document_class,
    is_speaker,
)
from extractor.sources.verb_reach import bounds, is_passive
from extractor.sources.voices.indirect import by_object
from extractor.sources.voices.voice import Voice
from extractor.sources.voices.who_says import who_says
from extractor.syntax import children_with, subject
from extractor.tokens import Span, Token


def quoted_as_saying(verb: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voice of whoever is quoted: "The Ledger quoted the harbour master as saying …"; "citing" beside a verb of
    saying is no voice of its own.
    """
    if (own := by_object(verb, who_says(verb), memory)) is not None:
        yield own
        return
    if is_passive(verb):
        yield from _passively_quoted(verb, sentence, memory)
        return
    if verb.tag_ == "VBG":
        if _hangs_on_speech(verb):
            return
        targets = children_with(verb, "dobj")
        # "citing delays" gives a reason, and no source
        if targets and is_speaker(targets[0], memory) and (chain := parties(targets[0], memory)):
            yield Voice(chain, verb.text, verb.idx, sentence.start, verb.i, "cite", verb.i)
        return
    who, targets = subject(verb), children_with(verb, "dobj")
    if who is None or not targets or not is_speaker(targets[0], memory):
        return
    origin = parties(targets[0], memory)
    chain = (*origin, *parties(who, memory))
    is_bare = document_class(targets[0]) is not None and bool(origin) and origin[0].text.endswith(targets[0].text)
    if chain and not is_bare:  # who "cited the figure" leaves its origin open
        content = [
            child for child in children_with(verb, "ccomp") if child.i < verb.i
        ]  # "…, the Ledger quoted him as saying"
        extent = (sentence.start, who.left_edge.i) if content else (verb.i + 1, sentence.end)
        yield Voice(chain, verb.text, verb.idx, *extent, "cite", verb.i)


def _passively_quoted(verb: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voice of "the minister was quoted by Radio Norda as saying that …", also behind what he said."""
    who = subject(verb)
    saying = next((act for as_ in children_with(verb, "prep") for act in children_with(as_, "pcomp")), None)
    if who is None or saying is None or not is_speaker(who, memory):
        return
    relays = [party for by in children_with(verb, "agent") for agent in by.children for party in parties(agent, memory)]
    after = any(child.i > saying.i and not child.is_punct for child in saying.children)
    extent = (saying.i + 1, sentence.end) if after else (bounds(verb, sentence)[0], who.left_edge.i)
    if chain := parties(who, memory):
        yield Voice((*chain, *relays), verb.text, verb.idx, *extent, "cite", verb.i)


def _hangs_on_speech(verb: Token) -> bool:
    above = verb.head
    for _ in range(4):
        if verb_class(above) in ("say", "announce", "show", "estimate"):
            return True
        if above.dep_ == "parataxis" or above.head.i == above.i:
            break
        above = above.head
    return any(verb_class(child) in ("say", "announce") for child in above.children if child.dep_ == "parataxis")
