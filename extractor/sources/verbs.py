"""Verbs that attribute: who does the saying, how far along the sentence it reaches, and who relayed it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from extractor.naming import body_kind, singular
from extractor.sources.cues import cue_words, verb_class
from extractor.sources.extent import counted, ends_in_colon, is_number, is_passive, reach
from extractor.sources.parties import parties
from extractor.sources.speakers import (
    Memory,
    Party,
    counts_heads,
    document_class,
    is_first_person,
    is_speaker,
    publishes,
)
from extractor.sources.voice import Voice
from extractor.syntax import children_with, is_noun, is_verb, subject

_REVISED = frozenset({"revise", "downgrade", "upgrade"})


# Verbs ----------------------------------------------------------------------------------------------------------------


def by_verb(verb: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voice that a verb gives to whoever does it, if it is a verb of saying, showing, counting, expecting …"""
    kind: str | None = verb_class(verb)
    if kind == "deny" and (denier := subject(verb)) is not None:
        for party in parties(denier, memory):
            memory.note(party)  # no source of what is denied, but a later "it counts 1,200" is theirs
    if kind is None or kind == "deny" or verb.dep_ in ("aux", "auxpass", "amod", "compound"):
        return
    if kind == "cite":
        yield from _quoted_as_saying(verb, sentence, memory)
        return
    if _is_unsaid(verb):
        return
    if verb.lower_ == "asked" and is_passive(verb):
        return  # "Asked by this newspaper, the office pointed to …"
    who = _speaking(verb)
    if who is None or is_first_person(who) or not _may_speak(verb, who, kind, memory):
        return
    extent = reach(verb, who, kind, sentence)
    if extent is None:
        return
    chain = _chain(verb, who, memory)
    if kind == "post" and chain and chain[0].kind == "other":
        chain = (chain[0]._replace(kind="company"), *chain[1:])
    if chain:
        yield Voice(chain, _cue(verb, who, kind), verb.idx, *extent, kind, verb.i, ends_in_colon(sentence, verb))


def _holds_at(verb: Token) -> bool:
    """True for "had output at 26.5 million"."""
    return any(
        is_number(target) or bool(children_with(target, "nummod"))
        for host in (verb, *children_with(verb, "dobj"))
        for at in children_with(host, "prep")
        if at.lower_ == "at" and verb.lower_ in ("has", "had", "have")
        for target in children_with(at, "pobj")
    )


def _keeps_forecast(verb: Token) -> bool:
    """True for whatever somebody does to a forecast of his own: "kept its outlook", "left their estimate"."""
    return verb_class(verb) == "revise" and any(
        document_class(target) in ("forecast", "estimate", "target", "tally") and children_with(target, "poss")
        for target in children_with(verb, "dobj")
    )


def _is_unsaid(verb: Token) -> bool:
    """True where nobody has spoken: "cannot tell", "did not say", "will announce", "wanting to learn"."""
    if any(child.dep_ == "neg" or (child.dep_ == "aux" and child.tag_ in ("MD", "TO")) for child in verb.children):
        kind = verb_class(verb)
        if verb.lemma_ == "tell" and any(child.lower_ == "you" for child in children_with(verb, "dobj", "dative")):
            return any(child.dep_ == "neg" for child in verb.children)  # "the ministry will tell you that …"
        return kind not in ("estimate", "put", "expect", "aim") or any(child.dep_ == "neg" for child in verb.children)
    return False


def _speaking(verb: Token) -> Token | None:
    """Who does what the verb says: its subject, the agent of a passive, or that of the verb that it hangs on."""
    if is_passive(verb):
        agents = [target for by in children_with(verb, "agent") for target in children_with(by, "pobj")]
        return agents[0] if agents else _published_in(verb)
    own = subject(verb)
    if own is not None:
        return _counted_people(own) if own.dep_ != "expl" else None
    if verb_class(verb) == "show" and verb.i > verb.sent.start:  # "Sales grew by 3%, shows a report by the board"
        told = next((child for child in children_with(verb, "dobj", "attr") if document_class(child)), None)
        before = verb.dep_ == "conj" and verb.nbor(-1).text == ","
        if told is not None and (before or any(child.i < verb.i for child in children_with(verb, "ccomp"))):
            return told
    if verb.dep_ == "acl" and verb.tag_ == "VBG":  # "data showing", not "taxpayers reporting"
        return verb.head if document_class(verb.head) is not None else None
    beside = _beside(verb)
    if beside is None and verb.dep_ in ("conj", "advcl", "xcomp") and is_verb(verb.head):
        return _speaking(verb.head)
    return beside


def _published_in(verb: Token) -> Token | None:
    """The document in "the 1.6 million tonnes estimated in a Norda survey", "the rate given in the board's report"."""
    if verb.dep_ not in ("acl", "advcl", "relcl"):
        return None
    places = [
        target
        for place in children_with(verb, "prep")
        if place.lower_ == "in"
        for target in children_with(place, "pobj")
    ]
    return next((target for target in places if document_class(target) is not None), None)


def _counted_people(who: Token) -> Token:
    """The people in "nine of 14 economists", "some of the analysts"."""
    if who.tag_ in ("CD", "DT", "JJ", "JJS", "NN") and who.lower_ != "%":
        for preposition in children_with(who, "prep"):
            people = children_with(preposition, "pobj")
            if preposition.lower_ == "of" and people and (who.like_num or who.tag_ != "NN") and is_noun(people[0]):
                return people[0]
    return who


def _beside(verb: Token) -> Token | None:
    """The noun right after or before a verb of saying whose subject the parser missed: "… said Oduya"."""
    doc = verb.doc
    for child in verb.rights:
        if child.dep_ in ("dobj", "attr", "npadvmod", "appos") and child.tag_ in ("NNP", "NNPS") and verb.tag_ != "VB":
            return child if verb.lemma_ == "say" else None
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i == verb.sent.start:
        return None
    if (inverted := _inverted(verb)) is not None:
        return inverted
    before = doc[verb.i - 1]
    return _before_aside(before) if before.text == "," else (before if before.tag_ in ("NNP", "NNPS", "PRP") else None)


def _inverted(verb: Token) -> Token | None:
    """The noun in ", says the agency,", where the parser gives it to the clause that follows."""
    if verb.nbor(-1).text not in {",", "”", '"'} or verb_class(verb) != "say":
        return None
    for index in range(verb.i + 1, min(verb.i + 8, verb.sent.end)):
        token = verb.doc[index]
        if token.text in {",", "."}:
            before = token.nbor(-1)
            return before if is_noun(before) else None
        if token.tag_[:2] not in ("DT", "JJ", "NN", "PO"):
            return None
    return None


def _before_aside(comma: Token) -> Token | None:
    """The name in ", Anselm Ruo, head of the council, said": two commas back."""
    if comma.head.i == comma.i:
        return None
    inner = (
        comma.nbor(-1) if comma.i else comma
    )  # "A demographer I rang, Pablo Ferrer, says": between the commas stands a name
    if inner.tag_ == "NNP" and inner.dep_ == "appos":
        return inner
    for token in reversed(list(comma.sent)):
        if token.i >= comma.i or token.i < comma.i - 14:
            continue
        if token.text == "," and token.i > comma.sent.start and (before := token.nbor(-1)).tag_ in ("NNP", "NNPS"):
            opening = before
            while opening.i > comma.sent.start and opening.nbor(-1).tag_ in ("NNP", "NNPS"):
                opening = opening.nbor(-1)
            return before if opening.i == comma.sent.start or opening.nbor(-1).text in (",", "”", '"') else None
    return None


def _answers(who: Token) -> bool:
    """True for those who were asked, or a part of them ("half said"): the survey speaks, not they."""
    return who.tag_ == "CD" or singular(who.text) in cue_words().respondents


def _may_speak(verb: Token, who: Token, kind: str, memory: Memory) -> bool:
    if who.lower_ in ("%", "percent", "cent", "pc") or _answers(who):
        return False
    if verb.lower_ in cue_words().counting and not children_with(verb, "ccomp") and counted(verb) is not None:
        return counts_heads(who, memory)
    if kind == "say":
        return is_noun(who) or who.tag_ in ("PRP", "WP", "WDT") or is_speaker(who, memory)
    if kind == "hold":
        publisher = publishes(who, memory, others=True) or document_class(who) is not None
        return publisher and (
            _holds_at(verb)
            or any(
                is_number(target) or memory.in_figure(target.i) or verb.lower_ in ("gave", "give", "gives")
                for target in children_with(verb, "dobj")
            )
        )
    if not is_speaker(who, memory):
        return False
    named = memory.name_at(who.i)
    is_area = named is not None and named.type == "area"
    if verb.lower_ == "saw" and not sees_ahead(verb):  # "saw its profits fall" is no foresight
        return False
    if kind == "post":
        # A firm reports on itself; a country that "posted growth" reports nothing, and a person who "booked" neither.
        is_body = body_kind(who.text) is not None or (named is not None and named.type in ("organisation", "name"))
        return (is_body and not is_area) or who.lower_ == "it" or document_class(who) is not None
    if kind == "revise" and verb.lemma_ not in _REVISED:
        changed = [document_class(target) for target in children_with(verb, "dobj")]
        return _keeps_forecast(verb) or any(noun in ("forecast", "estimate", "target") for noun in changed)
    if kind in ("count", "estimate", "put"):
        return not is_area
    if kind == "aim":  # a country has a government that plans; a place within it only lies there
        return not (named is not None and named.type == "area" and named.kind == "place")
    return True


def sees_ahead(verb: Token) -> bool:
    """True for "now saw two rate cuts", told of in the past."""
    return any(child.lower_ == "now" for child in verb.lefts)


# Chains ---------------------------------------------------------------------------------------------------------------


def _chain(verb: Token, who: Token, memory: Memory) -> tuple[Party, ...]:
    """The speaker, behind whoever the speaker cites and before whoever was told."""
    speaker = parties(who, memory)
    if not speaker:
        return ()
    cited = [party for target in _cited(verb) for party in parties(target, memory)]
    if cited and speaker[0].kind != "media" and not _is_made(verb, cited[0]):
        cited = []  # an authority that cites "burial records" speaks for itself
    heard = [party for target in _heard(verb, memory) for party in parties(target, memory)]
    return (*cited, *speaker, *heard)


def _is_made(verb: Token, cited: Party) -> bool:
    """False for a document that names no maker."""
    targets = list(_cited(verb))
    return not (targets and document_class(targets[0]) is not None and cited.text.endswith(targets[0].text))


def _cited(verb: Token) -> Iterator[Token]:
    """ "…, citing the harbour master", also where the parser hangs it on the clause next door."""
    hosts = [
        verb,
        *children_with(verb, "ccomp", "xcomp", "prep", "dobj"),
        *([verb.head] if verb.dep_ == "parataxis" else []),
    ]
    for host in hosts:
        for clause in children_with(host, "advcl", "prep", "acl", "pcomp", "xcomp", "conj"):
            if verb_class(clause) == "cite" and clause.tag_ == "VBG" and (clause.i > verb.i or host.i == verb.i):
                yield from children_with(clause, "dobj")
    if (who := subject(verb)) is not None and who.i < verb.i:  # "The Ledger, quoting the board, said …"
        for clause in children_with(who, "acl", "advcl", "appos"):
            if verb_class(clause) == "cite" and clause.tag_ == "VBG":
                yield from children_with(clause, "dobj")


def _heard(verb: Token, memory: Memory) -> Iterator[Token]:
    """Media that were told, or that held the interview: "told Radio Norda", "said in an interview with the Ledger"."""
    if verb.lemma_ == "tell":
        for target in children_with(verb, "dobj", "dative"):
            named = memory.name_at(target.i)
            media = body_kind(target.text) == "media"
            if (media or (named is not None and named.type in ("organisation", "name"))) and target.i > verb.i:
                yield target
    for preposition in children_with(verb, "prep"):
        for event in children_with(preposition, "pobj"):
            if event.lemma_ in cue_words().events:
                for with_ in (child for child in event.children if child.lower_ in ("with", "to", "by")):
                    yield from children_with(with_, "pobj")


def _quoted_as_saying(verb: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """ "The Ledger quoted the harbour master as saying …"; "citing" beside a verb of saying is no voice of its own."""
    if verb.tag_ == "VBG":
        if _hangs_on_speech(verb):
            return
        targets = children_with(verb, "dobj")
        if targets and (chain := parties(targets[0], memory)):
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


def _hangs_on_speech(verb: Token) -> bool:
    above = verb.head
    for _ in range(4):
        if verb_class(above) in ("say", "announce", "show", "estimate"):
            return True
        if above.dep_ == "parataxis" or above.head.i == above.i:
            break
        above = above.head
    return any(verb_class(child) in ("say", "announce") for child in above.children if child.dep_ == "parataxis")


def _cue(verb: Token, who: Token, kind: str) -> str:
    """The words that attribute: "data showed", "put … at", "said at the time"."""
    if kind == "put":
        return f"{verb.text} … at"
    if document_class(who) is not None and who.i + 1 == verb.i:
        return f"{who.text} {verb.text}"
    tail = verb.doc[verb.i + 1 : verb.i + 4].text
    return f"{verb.text} {tail}" if tail.lower() == "at the time" else verb.text
