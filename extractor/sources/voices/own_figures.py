"""Figures beside the body whose they are, without a verb of saying: "the board's 5.2 million", "comes from Harvard"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.names.words import name_words
from extractor.plurals import singular
from extractor.sources.cues import cue_words, small_words
from extractor.sources.parties.finder import parties
from extractor.sources.speakers import Memory, counts_heads, document_class, is_first_person, is_speaker, publishes
from extractor.sources.verb_reach import bounds
from extractor.sources.voices.voice import Voice
from extractor.syntax import SUBJECTS, ancestors, children_with, is_verb, subject
from extractor.tokens import Span, Token

_JOINED = frozenset({"compound", "pcomp"})


def owner_behind(of: Token, memory: Memory) -> Iterator[Voice]:
    """The voices of a bare figure's owner behind "of": "the 119,000 of the police"."""
    figure, target = of.head, next(iter(children_with(of, "pobj")), None)
    if of.i - 1 != figure.i or target is None or figure.tag_ != "CD" or not memory.in_figure(figure.i):
        return
    opening = figure.i
    while opening > 0 and memory.in_figure(opening - 1):
        opening -= 1
    definite = opening > 0 and of.doc[opening - 1].lower_ == "the"
    if definite and counts_heads(target, memory) and (chain := parties(target, memory)):
        yield Voice(chain, of.text, of.idx, opening, of.i, "beside", of.i)


def by_own(by: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voices of "$26.8bn by the bank's own", without the noun, and "by the agency's account donors gave 8%"."""
    if (tested := _tested_by(by, sentence, memory)) is not None:
        yield tested
        return
    doc, figure = by.doc, by.i - 1
    end = next((t for t in doc[by.i + 2 : by.i + 6] if t.tag_ == "POS"), None)
    if end is None or end.i + 1 >= len(doc):
        return
    following = doc[end.i + 1]
    if by.i == sentence.start and singular(following.text) in cue_words().documents and following.dep_ in _JOINED:
        # the parser joins the account with the noun behind it
        if chain := parties(end.nbor(-1), memory):
            first, last = following.i + 1, bounds(by, sentence)[1]
            yield Voice(chain, f"{by.text} {following.text}", by.idx, first, last, "document", by.i)
        return
    if figure < 0 or not (memory.in_figure(figure) or memory.in_measure(figure)):
        return
    closes = following.is_punct or (following.lower_ == "own" and (end.i + 2 == len(doc) or doc[end.i + 2].is_punct))
    if closes and (chain := parties(end.nbor(-1), memory)):
        first = figure
        while first > 0 and memory.in_figure(first - 1):
            first -= 1
        yield Voice(chain, "by", by.idx, first, by.i, "beside", by.i)


def _tested_by(by: Token, sentence: Span, memory: Memory) -> Voice | None:
    """The voice of whoever looked at all that the share is of: "In 41 percent of the samples sequenced by the
    institute".
    """
    act, target = by.head, next(iter(children_with(by, "pobj")), None)
    if target is None or act.dep_ != "acl" or act.lower_ not in small_words("tested"):
        return None
    named = memory.name_at(target.i)
    whole = act.head.head
    if named is None or named.type != "organisation" or whole.lower_ not in ("of", "in"):
        return None
    chain = parties(target, memory)
    return Voice(chain, f"{act.text} by", act.idx, *bounds(act, sentence), "document", act.i) if chain else None


def by_own_measure(own: Token, memory: Memory) -> Iterator[Voice]:
    """The voices of what somebody says of himself by a measure of his own: "the operator's own score is 84%"."""
    noun = own.head
    owner = next(iter(children_with(noun, "poss")), None)
    verb = noun.head
    if owner is None or own.i < owner.i or noun.dep_ not in SUBJECTS or verb.lemma_ not in small_words("stands"):
        return
    if is_first_person(owner) or not (is_speaker(owner, memory) or owner.tag_ == "PRP$"):
        return
    holds = any(memory.in_figure(token.i) for token in verb.doc[verb.i + 1 : verb.right_edge.i + 1])
    if holds and (chain := parties(owner, memory)) and chain[0].proper:
        cue = f"own {noun.text}"
        yield Voice(chain, cue, own.idx, verb.i + 1, verb.right_edge.i + 1, "beside", own.i)


def by_itself(emphatic: Token, memory: Memory) -> Iterator[Voice]:
    """The voices of what a body did, told after what others say of it: "customs itself processed 4.81 million"."""
    verb = next((above for above in ancestors(emphatic) if is_verb(above)), None)
    who = subject(verb) if verb is not None else None
    if verb is None or who is None or who.i != emphatic.i - 1 or not publishes(who, memory, others=True):
        return
    last = verb.right_edge.i + 1
    if any(memory.in_figure(token.i) for token in verb.doc[verb.i + 1 : last]) and (chain := parties(who, memory)):
        yield Voice(chain, f"{who.text} {emphatic.text}", who.idx, verb.i + 1, last, "beside", verb.i)


def comes_from(verb: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voices of the body that a figure comes from: "the second number comes from Harvard: 4,645"."""
    what = subject(verb)
    if what is None or not (document_class(what) is not None or what.tag_ in ("JJ", "DT", "CD")):
        return
    for place in children_with(verb, "prep"):
        for target in children_with(place, "pobj") if place.lower_ == "from" else []:
            if (
                _may_be_origin(what, target, memory)
                and (chain := parties(target, memory))
                and chain[0].kind != "person"
            ):
                yield Voice(
                    chain, f"{verb.text} from", verb.idx, bounds(verb, sentence)[0], sentence.end, "count", verb.i
                )


def _may_be_origin(what: Token, target: Token, memory: Memory) -> bool:
    """False for places, and for whoever people or goods come from: "410,000 came from India"."""
    named = memory.name_at(target.i)
    if named is None or what.tag_ == "CD":
        return publishes(target, memory)
    return named.type in ("organisation", "name")


def is_amount(token: Token, memory: Memory) -> bool:
    """True for a number, and for the unit behind one."""
    counted = [child for child in token.lefts if child.dep_ == "nummod"]  # "the board's 161.3 million seats"
    amounts = counted and counted[0].left_edge.nbor(-1).tag_ == "POS" if token.left_edge.i else False
    return token.tag_ == "CD" or memory.in_figure(token.i) or memory.in_measure(token.i) or bool(amounts)


def owned_number(owner: Token, memory: Memory) -> Iterator[Voice]:
    """The voices of a number's owner that publishes numbers: "the board's 5.2 million"."""
    head = owner.head
    bare = head.tag_ == "CD" or memory.in_figure(head.i)
    if publishes(owner, memory, others=True) or (bare and singular(owner.text) in name_words().roles):
        chain, cue = parties(owner, memory), f"{owner.text}'s"
        kind = "document" if bare else "beside"
        yield Voice(chain, cue, owner.idx, head.left_edge.i, head.right_edge.i + 1, kind, owner.i)
