"""Who stands behind "according to", "per" and "as per", and how far along the sentence that reaches."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.sources.cues import small_words
from extractor.sources.parties.finder import parties
from extractor.sources.speakers import Memory, document_class
from extractor.sources.verb_reach import FINITE, bounds
from extractor.sources.voices.voice import Voice
from extractor.syntax import children_with
from extractor.tokens import Span, Token

_NEAR = 8  # tokens between a word of contrast and "according to"


def according(token: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voice of the body behind "according to", "per" or "as per"."""
    to = token if token.lower_ == "per" else token.nbor() if token.i + 1 < sentence.end else token
    if to.lower_ not in ("to", "per"):
        return
    targets = children_with(to, "pobj") or children_with(token, "pobj")
    if not targets:  # "according to tracking website SkyPath", where the parser sees a verb
        targets = [target for act in children_with(to, "pcomp") for target in children_with(act, "dobj")]
    if not targets:
        return
    chain = parties(targets[0], memory)
    if not chain:
        return
    end = max(targets[0].right_edge.i + 1, to.i + 1)
    start, stop = bounds(token, sentence)
    previous = [t.i for t in sentence if t.lower_ == "according" and t.i < token.i]
    doc = sentence.doc
    cue = doc.span(token.i, to.i + 1).text
    if document_class(targets[0]) is not None and 0 < chain[0].first - to.i < 8 and chain[0].first > targets[0].i:
        cue = doc.span(token.i, chain[0].first).text.removesuffix(" the")
    if not any(t.is_alpha and t.i < token.i for t in sentence if t.i >= start):
        reach = (to.i + 1, stop)
    elif _is_inserted(token, end, start, stop, sentence):
        reach = (start, stop)
    else:
        reach = (_contrast_before(token, previous[-1] + 2 if previous else start), end)
    yield Voice(chain, cue, token.idx, *reach, "according", token.i)


def _contrast_before(according: Token, start: int) -> int:
    """The "against" of "Police counted 300, against 900 according to the union", if nothing parts the two; else
    `start`.
    """
    for index in range(according.i - 1, max(start, according.i - _NEAR), -1):
        token = according.doc[index]
        if token.lower_ in small_words("contrasting"):
            return index if token.nbor(-1).text == "," else start
        if token.is_punct or token.tag_ in FINITE:
            return start
    return start


def attributes(per: Token, sentence: Span) -> bool:
    """True for "as per the union", "Per the agency, …" and "…, per the union"; not for "$5 per barrel"."""
    before = per.nbor(-1) if per.i > sentence.start else per
    return before.lower_ == "as" or before.i == per.i or before.is_punct


def _is_inserted(token: Token, end: int, start: int, stop: int, sentence: Span) -> bool:
    """True where the clause's verb comes only after it: "Exports, according to customs, rose 5%"."""
    finite = [t.i for t in sentence if t.tag_ in FINITE and start <= t.i < stop]
    return not any(i < token.i for i in finite) and any(i >= end for i in finite)
