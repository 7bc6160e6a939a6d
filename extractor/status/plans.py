"""Verbs that tell of a plan: what somebody says he will do himself, what a plan or headline says will be."""

from __future__ import annotations

from extractor.names.words import body_kind, is_area_name, phrase_kind
from extractor.plurals import singular
from extractor.sources.cues import verb_class
from extractor.sources.voices.may_speak import sees_ahead
from extractor.status.nouns import of_noun
from extractor.status.verb_forms import has_have, is_infinitive
from extractor.status.words import words_in
from extractor.syntax import ancestors, children_with, is_proper, is_verb, subject
from extractor.tokens import Token

_TELLING = frozenset({"say", "announce", "show", "expect", "estimate"})


def under_plan(verb: Token) -> bool:
    """True in "Under the proposed budget, the city would hire 85": a plan says what will be."""
    for preposition in children_with(verb, "prep"):
        for plan in children_with(preposition, "pobj") if preposition.lower_ == "under" else []:
            if of_noun(plan) == "target":
                return True
    return False


def is_announced(verb: Token) -> bool:
    """True in "the airline announced that 1,200 posts would go": what is announced is a plan."""
    if verb.dep_ != "ccomp" or verb.head.lemma_ != "announce" or has_have(verb):
        return False
    return bool(children_with(verb, "auxpass")) or verb.lemma_ in words_in("announced")


def is_own_plan(verb: Token) -> bool:
    """True where somebody tells of what he will do himself: "it will hire 500", "Tessaro to cut 600 jobs"."""
    moves = verb.lemma_.lower() in words_in("transitive") and bool(children_with(verb, "dobj"))
    if (verb.lemma_.lower() in words_in("outcomes") and not moves) or any(
        aux.lower_ in ("may", "might", "could", "can") for aux in verb.children
    ):
        return False
    who = subject(verb)
    if who is None or who.dep_ != "nsubj":
        return False
    if who.tag_ == "PRP":
        if verb.dep_ != "ccomp":
            return bool(children_with(verb, "dobj"))  # "it will drop four routes"
        return verb_class(verb.head) in ("say", "announce")
    is_body = body_kind(who.text) is not None or is_proper(who)
    return is_body and verb.dep_ in ("ccomp", "ROOT", "conj", "parataxis", "relcl") and _speaks(verb, who)


def _speaks(verb: Token, who: Token) -> bool:
    """True where the one who will act is the one who speaks, or nobody else does."""
    if verb.dep_ != "ccomp" or is_infinitive(verb):
        return True
    speaker = subject(verb.head)
    if speaker is None:
        return False
    official = any(
        phrase_kind(word.doc, word.i) == "government" or word.lower_ in words_in("rulers") for word in speaker.subtree
    )
    return speaker.text == who.text or (official and is_area_name(who.text))


def is_headline_infinitive(verb: Token) -> bool:
    """True for "Solar to pass 30% by 2027": an infinitive that no finite verb governs."""
    passive = verb.tag_ == "VBN" and bool(children_with(verb, "auxpass"))  # "levy to be raised to 2%"
    if not is_infinitive(verb) or not (verb.tag_ == "VB" or passive):
        return False
    if verb.dep_ == "xcomp" and (is_verb(verb.head) or singular(verb.head.text) in words_in("going_on")):
        return False  # "Prices Continue to Lead", where the parser takes the capital for a name
    if verb.dep_ in ("acl", "relcl", "advcl") and children_with(verb.head, "nummod"):
        return False  # "90 million to rebuild the pier"
    above = [token for token in ancestors(verb) if not _is_telling(token)]
    if any(is_verb(token) or (token.tag_[:2] == "JJ" and token.dep_ == "acomp") for token in above):
        return False
    finite = [token for token in verb.sent if token.tag_ in ("VBD", "VBZ", "VBP", "MD")]
    return all(_is_telling(token) for token in finite)


def _is_telling(token: Token) -> bool:
    """True for a verb with which somebody tells; who "saw output fall" went through it."""
    return verb_class(token) in _TELLING and (token.lower_ != "saw" or sees_ahead(token))
