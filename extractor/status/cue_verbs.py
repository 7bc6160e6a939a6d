"""The standing that verbs of expecting, aiming, estimating and putting give: the classes of cues.toml."""

from __future__ import annotations

from extractor.mentions import names
from extractor.model import Status
from extractor.names.words import body_kind, name_words, phrase_kind
from extractor.plurals import singular
from extractor.sources.cues import cue_words, verb_class
from extractor.sources.voices.may_speak import sees_ahead
from extractor.status.nouns import of_noun
from extractor.status.words import words_in
from extractor.syntax import children_with, is_noun, subject
from extractor.tokens import Token

OF_CLASS: dict[str, Status] = {"expect": "forecast", "aim": "target", "estimate": "estimate"}
_FORESEEN = frozenset({"ccomp", "xcomp", "dobj", "prep", "npadvmod", "oprd", "attr", "nsubjpass", "dative"})
"""By what a figure hangs on a verb of expecting, aiming or estimating that holds it."""


def of_cue(verb: Token, child: Token) -> Status | None:
    """The verbs of cues.toml: expects, aims, estimates, puts."""
    kind = verb_class(verb)
    if kind == "put":
        return _of_putting(verb, child)
    if kind == "expect" and verb.lemma_ == "see":
        return _of_seeing(verb, child)
    if kind == "expect" and child.dep_ == "ccomp" and child.tag_ == "VBD":
        return None  # "expects the yen, which traded at 145, to rise", where the parser makes one clause of it
    if kind == "aim" and verb.lemma_ == "plan" and is_noun(verb):
        return "target"
    if kind == "aim" and verb.lemma_ == "go" and any(part.is_currency for part in child.subtree):
        return None  # "a load goes for $45"
    foreseen = child.dep_ in _FORESEEN or (child.dep_ == "nsubj" and _is_bare_passive(verb))
    return OF_CLASS.get(kind or "") if foreseen else None


def _of_putting(verb: Token, child: Token) -> Status | None:
    """An estimate in "insurers put the damage at 2 billion", unless whoever puts it has counted."""
    if child.dep_ == "prep" and child.lower_ not in words_in("put_at"):
        return None
    if verb.dep_ == "advcl" and subject(verb) is None and verb_class(verb.head) is None:
        return None  # "the index rose by 0.4%, putting inflation at 3.5%" reckons nothing
    if child.dep_ not in ("prep", "pobj", "npadvmod"):
        return None
    who = subject(verb)
    if who is None:
        return "estimate"
    if is_noun(who) and of_noun(who) == "preliminary":
        return "preliminary"
    told = who.dep_ == "nsubj" and (_is_official(who) or _is_one_body(who))
    return None if told and not _polls_experts(who) else "estimate"


def _of_seeing(verb: Token, child: Token) -> Status | None:
    """A forecast in "are seen rising 7%", "is seen at 30 million", "the bank sees 3%"."""
    if verb.tag_ == "VBN" and (child.dep_ == "xcomp" or (child.dep_ == "prep" and child.lower_ in words_in("put_at"))):
        return "forecast"
    who = subject(verb)
    foresees = verb.tag_ in ("VBZ", "VBP", "VBG") or sees_ahead(verb)
    holds = child.dep_ in ("dobj", "ccomp", "prep", "npadvmod") and foresees
    return "forecast" if holds and who is not None and _is_voice(who) else None


def _is_bare_passive(verb: Token) -> bool:
    """True in "Growth of 2% promised", "£5bn pledged for schools": headlines leave the "is" of a passive out."""
    if verb.tag_ not in ("VBD", "VBN") or verb.dep_ != "ROOT" or children_with(verb, "aux", "auxpass", "neg"):
        return False
    return not children_with(verb, "dobj", "ccomp", "xcomp", "advcl", "prt", "attr", "npadvmod", "dative")


def _polls_experts(document: Token) -> bool:
    """True for "a Norda poll of nine analysts": what they put at a figure is no count."""
    asked = (people for of in children_with(document, "prep") for people in children_with(of, "pobj"))
    return _is_document(document) and any(
        name_words().crowd_kinds.get(singular(people.text)) == "analyst" for people in asked
    )


def _is_official(token: Token) -> bool:
    """True for documents and for authorities: what they "put at" a figure is their count."""
    if token.lower_ in ("which", "that", "who") and is_noun(token.head.head):
        token = token.head.head
    return _is_document(token) or phrase_kind(token.doc, token.i) in ("government", "customs")


def _is_one_body(who: Token) -> bool:
    """True for one body, named or not: what it puts at a figure it mostly has counted; insurers or a dealer reckon."""
    if any(name.type == "organisation" and name.first <= who.i < name.last for name in names(who.doc)):
        return True
    several = who.tag_ in ("NNS", "NNPS", "PRP") or singular(who.text) in name_words().crowd
    return not several and phrase_kind(who.doc, who.i) is not None


def _is_document(token: Token) -> bool:
    kind = cue_words().documents.get(singular(token.text))
    return kind in ("document", "tally", "filing") or token.lower_ in words_in("here")


def _is_voice(token: Token) -> bool:
    """True for somebody who can foresee: a body, a name, a person; not "2023 saw" or "the market sees"."""
    return token.tag_ in ("NNP", "NNPS", "PRP") or body_kind(token.text) is not None or token.tag_ == "NNS"
