"""Verbs that attribute: who does the saying, how far along the sentence it reaches, and who relayed it."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.sources.cues import participle_classes, small_words, verb_class
from extractor.sources.parties.finder import parties
from extractor.sources.speakers import (
    Memory,
    Party,
    document_class,
    is_first_person,
    is_relative,
    publishes,
)
from extractor.sources.verb_reach import bounds, ends_in_colon, is_passive, reach
from extractor.sources.voices.chains import chain_of
from extractor.sources.voices.may_speak import answers, may_speak
from extractor.sources.voices.quoting import quoted_as_saying
from extractor.sources.voices.silent_verbs import says_nothing
from extractor.sources.voices.voice import Voice, told_of
from extractor.sources.voices.who_says import who_says
from extractor.syntax import children_with, is_noun, subject
from extractor.tokens import Span, Token


def by_verb(verb: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voice that a verb gives to whoever does it, if it is a verb of saying, showing, counting, expecting …"""
    kind: str | None = verb_class(verb)
    if kind == "deny" and (denier := subject(verb)) is not None:
        for party in parties(denier, memory):
            memory.note(party)  # no source of what is denied, but a later "it counts 1,200" is theirs
    if kind is None or kind == "deny" or verb.dep_ in ("aux", "auxpass", "amod", "compound") or _is_adjective(verb):
        return
    if (page := _looked_up(verb)) is not None and (chain := parties(page, memory)):
        yield Voice(chain, page.text, page.idx, verb.i + 1, bounds(verb, sentence)[1], "show", verb.i)
        return
    if kind == "cite":
        yield from quoted_as_saying(verb, sentence, memory)
        return
    if says_nothing(verb, memory):
        return
    who = who_says(verb)
    if who is not None and kind in ("say", "announce") and answers(who):
        yield from _survey_of(verb, who, sentence, memory)
        return
    if who is None or is_first_person(who) or not may_speak(verb, who, kind, memory):
        return
    extent = reach(verb, who, kind, sentence)
    if extent is None:
        return
    if chain := chain_of(verb, who, memory):
        yield _spoken(verb, who, kind, chain, extent)._replace(introduces=ends_in_colon(sentence, verb))


def _is_adjective(verb: Token) -> bool:
    """True for "shipped *an estimated* 159 million", where the parser sees a verb."""
    return verb.tag_ in ("VBN", "VBD", "JJ") and verb.i > 0 and verb.nbor(-1).lower_ in ("a", "an", "the")


def _looked_up(verb: Token) -> Token | None:
    """The dashboard of "Anyone who opens the ministry's dashboard will find 614,000 cases"."""
    reader = subject(verb)
    if verb.lower_ not in ("find", "finds", "see", "sees", "read", "reads") or reader is None:
        return None
    if reader.lower_ not in small_words("readers"):
        return None
    opened = (thing for clause in children_with(reader, "relcl") for thing in clause.subtree if thing.i > clause.i)
    return next((thing for thing in opened if thing.dep_ in ("dobj", "pobj") and document_class(thing)), None)


def _spoken(verb: Token, who: Token, kind: str, chain: tuple[Party, ...], extent: tuple[int, int]) -> Voice:
    """The voice of a verb, with the kind that it has for this speaker."""
    document = document_class(who) is not None
    if kind == "hold" and document:
        kind = "show"  # "the survey gives an average of 5"
    if kind == "post" and chain[0].kind == "other":
        chain = (chain[0]._replace(kind="company"), *chain[1:])
    if kind in ("expect", "announce", "count") and verb.dep_ == "relcl" and not is_relative(who):
        kind = "amount"  # "short of the 42 million that the airport had pencilled in": by the way
    if kind == "say" and is_passive(verb) and not children_with(verb, "ccomp", "xcomp"):
        kind = "amount"  # "the song was written by Brandt" tells nothing more
    speaker = told_of(who, verb) if kind in ("say", "announce") and not document else (0, 0)
    return Voice(chain, _cue(verb, who, kind), verb.idx, *extent, kind, verb.i, speaker=speaker)


def _survey_of(verb: Token, asked: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voice of the survey behind whoever was asked: "60% of the voters surveyed by Pulso said …", "half of those in
    a Pulso poll say …".
    """
    opening = (word for of in children_with(verb, "prep") if of.i < asked.i for word in of.subtree)
    if verb.lemma_ == "tell":  # "One in three told the institute that …"
        for body in children_with(verb, "dobj", "dative"):
            if publishes(body, memory, others=True) and (chain := parties(body, memory)):
                yield Voice(chain, verb.text, verb.idx, bounds(verb, sentence)[0], sentence.end, "document", verb.i)
                return
    for clause in (*asked.subtree, *opening):
        if clause.dep_ == "relcl" and "ask" in participle_classes(clause) and (asker := subject(clause)) is not None:
            chain = parties(asker, memory)  # "of the 2,010 people it surveyed, 15% said"
        elif clause.dep_ == "acl" and "ask" in participle_classes(clause):
            agents = [target for by in children_with(clause, "agent", "prep") for target in children_with(by, "pobj")]
            chain = next((chain for target in agents if (chain := parties(target, memory))), ())
        elif is_noun(clause) and document_class(clause) is not None and clause.dep_ in ("pobj", "dobj"):
            chain = parties(clause, memory)
        else:
            continue
        if chain and chain[0].proper:
            yield Voice(chain, clause.text, clause.idx, bounds(verb, sentence)[0], sentence.end, "document", verb.i)
            return


def _cue(verb: Token, who: Token, kind: str) -> str:
    """The words that attribute: "data showed", "put … at", "said at the time"."""
    if kind == "put":
        return f"{verb.text} … at"
    if document_class(who) is not None and who.i + 1 == verb.i:
        return f"{who.text} {verb.text}"
    tail = verb.doc.span(verb.i + 1, verb.i + 4).text
    return f"{verb.text} {tail}" if tail.lower() == "at the time" else verb.text
