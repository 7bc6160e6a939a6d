"""Who does what a verb of saying says: its subject, its agent, or the noun that a broken parse left beside it."""

from __future__ import annotations

from extractor.names.words import body_kind, name_words
from extractor.plurals import singular
from extractor.sources.cues import cue_words, verb_class
from extractor.sources.phrases import is_span_of_time
from extractor.sources.speakers import (
    document_class,
)
from extractor.sources.verb_reach import is_passive
from extractor.syntax import children_with, is_noun, is_proper, is_verb, sentence_end, sentence_start, subject
from extractor.tokens import Token


def who_says(verb: Token) -> Token | None:
    """Who does what the verb says: its subject, the agent of a passive, or that of the verb that it hangs on."""
    if verb_class(verb) == "expect" and _foresaw(verb):
        return verb.head
    if is_passive(verb):
        agents = [target for by in children_with(verb, "agent") for target in children_with(by, "pobj")]
        return agents[0] if agents else _published_in(verb)
    own = _own_subject(verb)
    if own is not None:
        return _counted_people(own) if own.dep_ != "expl" else None
    if (joined := _joined_subject(verb)) is not None:
        return joined
    if verb_class(verb) == "show" and verb.i > sentence_start(verb):  # "Sales grew by 3%, shows a report by the board"
        told = next((child for child in children_with(verb, "dobj", "attr") if document_class(child)), None)
        before = verb.dep_ == "conj" and verb.nbor(-1).text == ","
        if told is not None and (before or any(child.i < verb.i for child in children_with(verb, "ccomp"))):
            return told
    if verb.dep_ == "acl" and verb.tag_ == "VBG":  # "data showing", not "taxpayers reporting"
        return verb.head if document_class(verb.head) is not None else None
    beside = _beside(verb)
    if beside is None and verb.dep_ in ("conj", "advcl", "xcomp") and is_verb(verb.head):
        return who_says(verb.head)
    return beside


def _foresaw(verb: Token) -> bool:
    """True for the economists of "than the 145,000 economists expected": the parser has them counted, and expected."""
    who = verb.head
    counted = any(child.i == who.i - 1 for child in children_with(who, "nummod"))
    people = name_words().crowd_kinds.get(singular(who.text)) == "analyst" and verb.i <= who.i + 2
    return verb.dep_ == "acl" and counted and people and not children_with(verb, "agent")


def _own_subject(verb: Token) -> Token | None:
    """The subject; a noun, where a broken parse gives the verb two: "Where has it gone?" asked Bhattal."""
    own = subject(verb) or next((who for aux in children_with(verb, "aux") if (who := subject(aux)) is not None), None)
    after = [child for child in children_with(verb, "nsubj") if child.i > verb.i]
    tells = bool(after) and is_noun(after[0]) and not children_with(after[0], "nummod") and verb_class(verb) == "say"
    if tells and own is not None and (own.i < verb.i or document_class(after[0]) is not None):
        return after[0]  # "Six thousand people, said the press release"
    if own is not None and (split := _split_name(own) or _acronym_behind(own)) is not None:
        return split
    if own is not None and verb.dep_ == "ccomp" and verb.head.lemma_ == "have" and is_span_of_time(own):
        return subject(verb.head)  # "The board had a day earlier counted 900"
    if own is None or is_noun(own) or own.tag_ in ("PRP", "WP", "WDT"):
        return own
    return next((child for child in children_with(verb, "nsubj") if is_noun(child)), own)


def _joined_subject(verb: Token) -> Token | None:
    """The cluster of "the cluster hopes for 900,000", where the parser joins it with the verb."""
    before = verb.nbor(-1) if verb.i > sentence_start(verb) else verb
    return before if before.dep_ == "compound" and before.head.i == verb.i and verb.tag_ in ("VBZ", "VBD") else None


def _split_name(noun: Token) -> Token | None:
    """The service of "the crop reporting service", where the parser sees a crop that reports a service."""
    following = noun.nbor() if noun.i + 2 < sentence_end(noun) else noun
    if following.dep_ != "acl" or following.tag_ != "VBG":
        return None
    body = following.nbor()
    return body if body.dep_ == "dobj" and body.head.i == following.i and body_kind(body.text) is not None else None


def _acronym_behind(noun: Token) -> Token | None:
    """The EUDA of "For the Union's 27 members EUDA arrives at 7,452"."""
    following = noun.nbor() if noun.i + 1 < sentence_end(noun) else noun
    beside = following.head.i == noun.i and following.dep_ == "appos" and body_kind(noun.text) is None
    return following if beside and following.text.isupper() and following.is_alpha and len(following.text) > 1 else None


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
    """The people in "nine of 14 economists", "some of the analysts"; the name in "one of them, Abdelkerim Saleh"."""
    named = next((child for child in children_with(who, "appos") if child.tag_ == "NNP"), None)
    if who.tag_ == "CD" and named is not None:
        return named
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
        named = child.dep_ in ("dobj", "attr", "npadvmod", "appos") and is_proper(child)
        if named and verb.lemma_ == "say" and verb.tag_ != "VB":
            return child
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i == sentence_start(verb):
        return None
    if (inverted := _inverted(verb)) is not None:
        return inverted
    before = doc[verb.i - 1]
    if before.text == ",":
        return _before_aside(before)
    return _document_over(before) or (before if before.tag_ in ("NNP", "NNPS", "PRP") else None)


def _document_over(noun: Token) -> Token | None:
    """The figures of "as figures for May show rents down by 5%", which the parser hangs on the clause before."""
    above = noun.head.head
    in_phrase = noun.dep_ == "pobj" and noun.head.dep_ == "prep" and above.i < noun.i
    return above if in_phrase and is_noun(above) and document_class(above) is not None else None


def _inverted(verb: Token) -> Token | None:
    """The noun in ", says the agency,", where the parser gives it to the clause that follows."""
    if verb.nbor(-1).text not in {",", "”", '"'} or verb_class(verb) != "say" or verb.lower_ in cue_words().addressed:
        return None  # "…, told the Tribune": who is told does not tell
    for index in range(verb.i + 1, min(verb.i + 8, sentence_end(verb))):
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
        if token.text == "," and token.i > sentence_start(comma) and is_proper(before := token.nbor(-1)):
            opening = before
            while opening.i > sentence_start(comma) and is_proper(opening.nbor(-1)):
                opening = opening.nbor(-1)
            return before if opening.i == sentence_start(comma) or opening.nbor(-1).text in (",", "”", '"') else None
    return None
