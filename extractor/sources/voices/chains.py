"""The chain of a verb's sources: whom the speaker cites, the speaker, and who was told."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.names.words import body_kind
from extractor.sources.cues import cue_words, verb_class
from extractor.sources.parties.finder import parties
from extractor.sources.speakers import (
    Memory,
    Party,
    document_class,
    is_speaker,
)
from extractor.syntax import children_with, subject
from extractor.tokens import Token


def chain_of(verb: Token, who: Token, memory: Memory) -> tuple[Party, ...]:
    """The speaker, behind whoever the speaker cites and before whoever was told."""
    speaker = parties(who, memory)
    if not speaker:
        return ()
    cited = [party for target in _cited(verb) if is_speaker(target, memory) for party in parties(target, memory)]
    if cited and speaker[0].kind != "media" and not _is_made(verb, cited[0]):
        cited = []  # an authority that cites "burial records" speaks for itself
    heard = [party for target in _heard(verb, memory) for party in parties(target, memory)]
    return (*cited, *speaker, *heard)


def _is_made(verb: Token, cited: Party) -> bool:
    """False for a document that names no maker."""
    targets = list(_cited(verb))
    return not (targets and document_class(targets[0]) is not None and cited.text.endswith(targets[0].text))


def _cited(verb: Token) -> Iterator[Token]:
    """Those of "…, citing the harbour master", also where the parser hangs it on the clause next door."""
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
