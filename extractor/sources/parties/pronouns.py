"""Whom a pronoun takes up: the subject before it, the last speaker that fits, the body that a text names last."""

from __future__ import annotations

import itertools

from extractor.mentions import Name, text_of
from extractor.names.finder import full_person, resolve_reference
from extractor.names.words import PUBLISHERS, body_kind, name_words, normalise, phrase_kind
from extractor.plurals import singular
from extractor.sources.cues import verb_class
from extractor.sources.parties.bodies import common_party, named_party, nearest_body, unread_party
from extractor.sources.parties.documents import Whom, makers
from extractor.sources.parties.unparsed_bodies import opening_body
from extractor.sources.speakers import Memory, Party, document_class, is_first_person
from extractor.sources.verb_reach import BREAKS
from extractor.syntax import SUBJECTS, ancestors, children_with, is_noun, is_parsed, sentence_start, subject
from extractor.tokens import Doc, Span, Token

_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_TAKEN = frozenset({"he", "she", "it", "they"})
_FARTHEST = 4
"""How many sentences in a row may begin with "Its" before nobody is meant any more."""
_PERSONS = frozenset({"he", "she", "him", "her", "his"})


def pronoun(token: Token, memory: Memory, whom: Whom) -> tuple[Party, ...]:
    """Whom a pronoun stands for; the pronoun itself where nothing before explains it."""
    low = token.lower_
    if is_first_person(token):
        return ()
    own = _own_speaker(token, memory) or _owner_behind(token, memory)
    if own is not None and (told := whom(own, memory, 1)):
        return told[:1]
    if (taken_up := _subject_before(token, memory, whom)) is not None:
        return (taken_up,)
    spoken = memory.last(person=low in _PERSONS, gender=low)
    if spoken is not None:
        return (spoken,)
    named = resolve_reference(memory.doc, token)
    if named is None and low in ("it", "its") and (body := nearest_body(token, memory)) is not None:
        return (body,)
    if named is None:
        return (Party(low, token.text, "other", token.i, proper=False),)
    kind = "person" if named.type == "person" or low in _PERSONS else (named.kind or "other")
    return (Party(named.id, memory.doc.span(named.first, named.last).text, kind, named.first),)


def _own_speaker(token: Token, memory: Memory) -> Token | None:
    """The chief justice of "The chief justice said she wanted it under 550,000": who speaks, speaks of himself."""
    if token.dep_ not in SUBJECTS or token.lower_ not in _TAKEN:
        return None
    for verb in itertools.islice(ancestors(token), 4):
        who = subject(verb)
        if who is None or who.i >= token.i or verb_class(verb) not in ("say", "announce") or not is_noun(who):
            continue
        return who if _agrees(who, token, memory) else None
    return None


def _agrees(who: Token, token: Token, memory: Memory) -> bool:
    """True where a pronoun can take up a noun: "she" a person, "it" a body, "they" several."""
    named = memory.name_at(who.i)
    if token.lower_ in ("he", "she"):
        noun = singular(who.text)
        human = named is not None and _may_be_person(named, memory)
        human = human or noun in name_words().roles | name_words().voices | name_words().crowd
        return human and who.tag_ not in ("NNS", "NNPS")
    if token.lower_ == "they":
        return who.tag_ == "NNS"
    is_body = (named is not None and named.type == "organisation") or phrase_kind(who.doc, who.i) is not None
    return is_body and who.tag_ != "NNS"


def _owner_behind(token: Token, memory: Memory) -> Token | None:
    """The union of "By its own count, the union has 400 members": the owner follows, as the subject of the sentence."""
    if token.tag_ != "PRP$" or token.lower_ not in ("its", "their", "his", "her"):
        return None
    sentence = token.sent
    if sentence[0].dep_ != "prep":
        return None
    who = subject(sentence.root)
    if who is None or who.i < token.i or not is_noun(who):
        return None
    named = memory.name_at(who.i)
    is_body = (named is not None and not named.adjective) or phrase_kind(who.doc, who.i) is not None
    return who if is_body or singular(who.text) in name_words().crowd else None


def _subject_before(token: Token, memory: Memory, whom: Whom, steps: int = 0) -> Party | None:
    """The subject of the clause or sentence before a pronoun, where nobody has spoken since.

    "Quillon sold 640,000 vans, it said"; "The unions have an index. It puts inflation at 5%"; "Lund bristles. “No,” she
    said."
    """
    low, doc, sentence = token.lower_, token.doc, token.sent
    person = low in _PERSONS
    if not person and low not in ("it", "its"):
        return None
    first = sentence.start
    # "Its members, it says, …"; "It has 98 beds, it said"
    opens = token.i - first <= 1 or (low == "it" and (doc[first].lower_ in ("its", "it") or _is_fronted(token)))
    if first and (opens or person) and "\n" not in doc[first - 1].text:
        first = sentence_start(doc[first - 1])
    last = sentence.start if opens else token.i
    if low == "it" and opens and (made := _document_before(doc, first, last, memory, whom)) is not None:
        return made
    if low == "its" and first <= memory.spoken_at < token.i:
        first = memory.spoken_at + 1  # "…; the opposition claimed its own count …"
    elif memory.spoken_at >= (first if person or opens else _paragraph_start(doc, first)):
        return None if person or opens else _rival(sentence, token, memory, whom)
    if not is_parsed(doc[first]):
        return _opening_person(doc, first, low, memory, whom) if person else _opening_body(doc, first, memory, whom)
    if not person and (taken := _taken_as(sentence, token, memory, whom)) is not None:
        return taken
    found = _last_subject(doc.span(first, last), memory, whom, person=person, opens=opens, steps=steps)
    return None if found is not None and memory.clashes(found, low) else found


def _last_subject(stretch: Span, memory: Memory, whom: Whom, *, person: bool, opens: bool, steps: int) -> Party | None:
    """The last person, or the last body, that is a subject of a stretch or owns one."""
    for candidate in reversed(stretch):
        if not person and (own := _owner_of(candidate, memory, whom, steps)) is not None:
            return own
        if not person and candidate.tag_ == "NNS":
            continue
        fragment = opens and candidate.dep_ == "ROOT" and is_noun(candidate)  # "And the minister? He wants …"
        if not fragment and candidate.dep_ not in SUBJECTS:
            continue
        if (found := _body_or_person(candidate, memory, whom, person=person)) is not None:
            return found
    return None


def _owner_of(subject_: Token, memory: Memory, whom: Whom, steps: int = 0) -> Party | None:
    """The guild of "The guild's members sold 87,300, by its own count", the firm of "Its price rose. It sold 4,000"."""
    if subject_.dep_ not in SUBJECTS or _body_or_person(subject_, memory, whom, person=False) is not None:
        return None
    owner = next(iter(children_with(subject_, "poss")), None)
    if owner is None:
        return None
    if owner.lower_ == "its":
        opens = owner.i == sentence_start(owner) and steps < _FARTHEST
        return _subject_before(owner, memory, whom, steps + 1) if opens else None
    return _body_or_person(owner, memory, whom, person=False)


def _is_fronted(token: Token) -> bool:
    """True for the "it" of "For 2023-24 it recorded 1.46 million tonnes": nothing but when or where stands before."""
    before = token.doc[sentence_start(token) : token.i]
    return token.head.dep_ == "ROOT" and before[0].dep_ == "prep" and not any(t.dep_ in SUBJECTS for t in before)


def _rival(sentence: Span, pronoun: Token, memory: Memory, whom: Whom) -> Party | None:
    """The body of "The chamber is more cautious: it forecasts 2%", whoever spoke before; what a board tells of a firm
    ("Quillon sold 4,000 vans, it said") remains the board's.
    """
    following = pronoun.doc.span(pronoun.i + 1, pronoun.i + 2).text
    emphatic = pronoun.lower_ == "its" and following == "own"
    if not (emphatic or pronoun.lower_ == "it") or memory.spoken_at >= sentence.start:
        return None
    for candidate in reversed(sentence.doc[sentence.start : pronoun.i]):
        if emphatic and (own := _owner_of(candidate, memory, whom)) is not None:
            return own  # "The guild's members sold 87,300, by its own count"
        if candidate.dep_ not in SUBJECTS or candidate.tag_ == "NNS":
            continue
        if document_class(candidate) is not None:  # "The firm's letter went astray: it speaks of 5.9%"
            made = next(iter(makers(candidate, memory, 1, whom)), None)
            return made if made is not None and made.proper else None
        found = _body_or_person(candidate, memory, whom, person=False)
        if found is None:
            continue
        parted = any(token.text in BREAKS for token in sentence.doc[candidate.i : pronoun.i])
        spoken = memory.last(person=False)
        return found if parted or spoken is None or spoken.kind not in PUBLISHERS else None
    return None


def _taken_as(sentence: Span, pronoun: Token, memory: Memory, whom: Whom) -> Party | None:
    """The body of "As for Hanul, it has told investors …"."""
    if pronoun.i - sentence.start > 12 or sentence[0].lower_ != "as" or sentence[:2][-1].lower_ != "for":
        return None
    for token in sentence.doc[sentence.start + 2 : pronoun.i]:
        named = memory.name_at(token.i)
        if named is not None and named.type in ("organisation", "name"):
            return named_party(sentence.doc[named.last - 1], named, memory, whom)
    return None


def _opening_person(doc: Doc, first: int, pronoun: str, memory: Memory, whom: Whom) -> Party | None:
    """The person that a sentence opens with which was not parsed: "Mrs. Lund bristles at the idea."."""
    for token in doc[first : first + 4]:
        named = memory.name_at(token.i)
        if named is not None and _may_be_person(named, memory):
            found = named_party(doc[named.last - 1], named, memory, whom)._replace(kind="person")
            return None if memory.clashes(found, pronoun) else found
        if named is None and token.is_title and not token.is_stop and (full := memory.full_name(token.text)):
            found = Party(normalise(full), token.text, "person", token.i)
            return None if memory.clashes(found, pronoun) else found
    return None


def _opening_body(doc: Doc, first: int, memory: Memory, whom: Whom) -> Party | None:
    """The body that a sentence opens with which was not parsed: "The trade unions have an index, too."."""
    for token in doc[first : first + 5]:
        named = memory.name_at(token.i)
        if named is not None and named.type == "organisation":
            return named_party(token, named, memory, whom)
        owns = token.i + 1 < len(doc) and token.nbor().text in _POSSESSIVES  # "the hoteliers' association"
        if token.is_lower and not owns and (kind := phrase_kind(doc, token.i)) is not None:
            words = doc.span(first + (doc[first].lower_ in ("the", "a", "an")), token.i + 1).text
            return Party(normalise(words), words, kind, first)
    start = doc[first].idx
    unread = opening_body(text_of(doc), start, start + 120)
    return unread_party(unread) if unread is not None else None


def _document_before(doc: Doc, first: int, last: int, memory: Memory, whom: Whom) -> Party | None:
    """Whoever made the document that was the subject: "A consultants' report was kinder. It found …"."""
    told = next((t for t in doc[first:last] if t.dep_ == "nsubj" and t.head.dep_ == "ROOT"), None)
    if told is None or document_class(told) not in ("document", "tally"):
        return None
    made = next(iter(makers(told, memory, 1, whom)), None)
    return made if made is not None and made.proper else None


def _body_or_person(candidate: Token, memory: Memory, whom: Whom, *, person: bool) -> Party | None:
    named = memory.name_at(candidate.i)
    is_person = named is not None and _may_be_person(named, memory)
    if person and named is None and candidate.tag_ == "NN" and singular(candidate.text) in name_words().crowd:
        return common_party(candidate, memory, whom)
    if person:
        return (
            named_party(candidate, named, memory, whom)._replace(kind="person")
            if named is not None and is_person
            else None
        )
    if named is not None and named.type in ("organisation", "name") and not named.adjective:
        return named_party(candidate, named, memory, whom)
    if not is_noun(candidate):
        return None
    described = any(body_kind(child.text) for child in children_with(candidate, "compound"))  # "Consultancy Grain Desk"
    return common_party(candidate, memory, whom) if described or phrase_kind(candidate.doc, candidate.i) else None


def _may_be_person(named: Name, memory: Memory) -> bool:
    if named.type == "name" and named.last - named.first == 1:  # a surname, if the article has the full name too
        return bool(full_person(memory.doc, memory.doc[named.first].text))
    return named.type in ("person", "name")


def _paragraph_start(doc: Doc, index: int) -> int:
    while index > 0 and "\n" not in doc[index - 1].text:
        index -= 1
    return index
