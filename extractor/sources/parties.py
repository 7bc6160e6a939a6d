"""Who a noun phrase names as a source: its words, its id, its kind, and for a document whoever made or only saw it."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from extractor.mentions import Name, text_of
from extractor.names import full_person, resolve_reference
from extractor.naming import body_kind, described_kind, name_words, normalise, phrase_kind, singular
from extractor.sources.documents import makers, with_sight
from extractor.sources.phrases import phrase
from extractor.sources.speakers import (
    FIRST_PERSON,
    Memory,
    Party,
    antecedent,
    document_class,
    is_named_survey,
    is_pro_document,
    is_relative,
    is_speaker,
)
from extractor.sources.unread import Body, body_before, opening_body, spelt_out
from extractor.syntax import SUBJECTS, children_with, is_noun, is_parsed

_PERSONS = frozenset({"he", "she", "him", "her", "his"})


def parties(token: Token, memory: Memory, *, depth: int = 0) -> tuple[Party, ...]:
    """Whom a noun or pronoun names, the one nearest the origin first, then those who relay; () for nobody."""
    if depth > 3:
        return ()
    if is_relative(token):
        above = antecedent(token)
        return parties(above, memory, depth=depth + 1) if above is not None else ()
    if token.tag_ in ("PRP", "PRP$") or token.lower_ in ("they", "it", "he", "she"):
        return _pronoun(token, memory)
    if is_pro_document(token):
        return makers(token, memory, depth, _whom)  # "those compiled by the co-operatives"
    named = memory.name_at(token.i)
    is_document = document_class(token) is not None and not is_named_survey(token, named)
    if named is not None and named.type != "area" and not named.adjective and not is_document:
        return with_sight(token, (_named(token, named, memory),), memory, depth, _whom)
    if is_document:
        return makers(token, memory, depth, _whom)
    if named is not None and named.type == "area":
        text = memory.doc[named.first : named.last].text
        return (Party(named.id, text, "government", named.first),)
    apposed = next((child for child in children_with(token, "appos") if token.tag_ in ("CD", "DT", "JJ")), None)
    if apposed is not None and (person := memory.name_at(apposed.i)) is not None:
        return (_named(apposed, person, memory),)  # "says one of them, Abdelkerim Saleh"
    if not is_noun(token) and token.tag_ not in ("CD", "JJ", "JJS", "DT", "VBG", "NFP", "ADD", "FW", "WP"):
        return ()
    return with_sight(token, (_common(token, memory),), memory, depth, _whom)


def _whom(token: Token, memory: Memory, depth: int) -> tuple[Party, ...]:
    return parties(token, memory, depth=depth)


# Pronouns and names ---------------------------------------------------------------------------------------------------


def _pronoun(token: Token, memory: Memory) -> tuple[Party, ...]:
    low = token.lower_
    if low in FIRST_PERSON:
        return ()
    if (taken_up := _subject_before(token, memory)) is not None:
        return (taken_up,)
    spoken = memory.last(person=low in _PERSONS, gender=low)
    if spoken is not None:
        return (spoken,)
    named = resolve_reference(memory.doc, token)
    if named is None and low in ("it", "its") and (body := _nearest_body(token, memory)) is not None:
        return (body,)
    if named is None:
        return (Party(low, token.text, "other", token.i, proper=False),)
    kind = "person" if named.type == "person" or low in _PERSONS else (named.kind or "other")
    return (Party(named.id, memory.doc[named.first : named.last].text, kind, named.first),)


def _subject_before(token: Token, memory: Memory) -> Party | None:
    """The subject of the clause or sentence before a pronoun, where nobody has spoken since.

    "Quillon sold 640,000 vans, it said"; "The unions have an index. It puts inflation at 5%"; "Lund bristles. “No,” she
    said."
    """
    low, doc, sentence = token.lower_, token.doc, token.sent
    person = low in _PERSONS
    if not person and low not in ("it", "its"):
        return None
    first = sentence.start
    opens = token.i - first <= 1
    if first and (opens or person) and "\n" not in doc[first - 1].text_with_ws:
        first = doc[first - 1].sent.start
    last = sentence.start if opens else token.i
    if low == "it" and opens and (made := _document_before(doc, first, last, memory)) is not None:
        return made
    if low == "its" and first <= memory.spoken_at < token.i:
        first = memory.spoken_at + 1  # "…; the opposition claimed its own count …"
    elif memory.spoken_at >= (first if person or opens else _paragraph_start(doc, first)):
        return None
    if not is_parsed(doc[first]):
        return _opening_person(doc, first, low, memory) if person else _opening_body(doc, first, memory)
    for candidate in reversed(doc[first:last]):
        fragment = opens and candidate.dep_ == "ROOT" and is_noun(candidate)  # "And the minister? He wants …"
        if not fragment and candidate.dep_ not in SUBJECTS:
            continue
        if (found := _body_or_person(candidate, memory, person=person)) is not None:
            return None if memory.clashes(found, low) else found
    return None


def _opening_person(doc: Doc, first: int, pronoun: str, memory: Memory) -> Party | None:
    """The person that a sentence opens with which was not parsed: "Mrs. Lund bristles at the idea."."""
    for token in doc[first : first + 4]:
        named = memory.name_at(token.i)
        if named is not None and _may_be_person(named, memory):
            found = _named(doc[named.last - 1], named, memory)._replace(kind="person")
            return None if memory.clashes(found, pronoun) else found
        if named is None and token.is_title and not token.is_stop and (full := memory.full_name(token.text)):
            found = Party(normalise(full), token.text, "person", token.i)
            return None if memory.clashes(found, pronoun) else found
    return None


def _opening_body(doc: Doc, first: int, memory: Memory) -> Party | None:
    """The body that a sentence opens with which was not parsed: "The trade unions have an index, too."."""
    for token in doc[first : first + 5]:
        named = memory.name_at(token.i)
        if named is not None and named.type == "organisation":
            return _named(token, named, memory)
        if token.is_lower and (kind := phrase_kind(doc, token.i)) is not None:
            words = doc[first + (doc[first].lower_ in ("the", "a", "an")) : token.i + 1].text
            return Party(normalise(words), words, kind, first)
    start = doc[first].idx
    unread = opening_body(text_of(doc), start, start + 120)
    return _unread_party(unread) if unread is not None else None


def _unread_party(body: Body) -> Party:
    return Party(body.id, body.text, body.kind)


def _document_before(doc: Doc, first: int, last: int, memory: Memory) -> Party | None:
    """Whoever made the document that was the subject: "A consultants' report was kinder. It found …"."""
    told = next((t for t in doc[first:last] if t.dep_ == "nsubj" and t.head.dep_ == "ROOT"), None)
    if told is None or document_class(told) not in ("document", "tally"):
        return None
    made = next(iter(makers(told, memory, 1, _whom)), None)
    return made if made is not None and made.proper else None


def _body_or_person(candidate: Token, memory: Memory, *, person: bool) -> Party | None:
    named = memory.name_at(candidate.i)
    is_person = named is not None and _may_be_person(named, memory)
    if person and named is None and candidate.tag_ == "NN" and singular(candidate.text) in name_words().crowd:
        return _common(candidate, memory)
    if person:
        return _named(candidate, named, memory)._replace(kind="person") if named is not None and is_person else None
    if named is not None and named.type in ("organisation", "name") and not named.adjective:
        return _named(candidate, named, memory)
    return _common(candidate, memory) if is_noun(candidate) and phrase_kind(candidate.doc, candidate.i) else None


def _may_be_person(named: Name, memory: Memory) -> bool:
    if named.type == "name" and named.last - named.first == 1:  # a surname, if the article has the full name too
        return bool(full_person(memory.doc, memory.doc[named.first].text))
    return named.type in ("person", "name")


def _paragraph_start(doc: Doc, index: int) -> int:
    while index > 0 and "\n" not in doc[index - 1].text_with_ws:
        index -= 1
    return index


def _named(token: Token, named: Name, memory: Memory) -> Party:
    text = memory.doc[named.first : named.last].text
    if text.lower().startswith("the "):
        text = text[4:]
    if named.type == "person":
        return _person(token, named, text, memory)
    kind = named.kind or "other"
    if (meant := spelt_out(text_of(memory.doc), text)) is not None:
        return Party(meant.id if named.id == normalise(text) else named.id, text, named.kind or meant.kind, named.first)
    if named.type == "name" and (full := full_person(memory.doc, text)):
        return Party(normalise(full), text, "person", named.first)
    if named.type == "name" and named.last - named.first in (2, 3) and token.head.lemma_ == "say":
        kind = "person"
    return Party(named.id, text, kind, named.first)


def _person(token: Token, named: Name, text: str, memory: Memory) -> Party:
    """A person; one who speaks for a body ("BYD spokesman Li Wei") has the body's id."""
    identity = named.id
    if named.last - named.first == 1 and identity == normalise(text):
        identity = normalise(full_person(memory.doc, text)) or identity
    before = memory.doc[max(named.first - 1, 0)]
    role = before if before.lower_ in name_words().voices else next(
        (child for child in token.children if child.dep_ == "appos" and child.lower_ in name_words().voices), None
    )  # fmt: skip
    body = _body_of(role, memory) if role is not None else None
    if body is not None:
        return Party(body.id, text, body.kind, named.first)
    return Party(identity, text, "person", named.first)


# Common nouns ---------------------------------------------------------------------------------------------------------


def _common(token: Token, memory: Memory) -> Party:
    noun = singular(token.text)
    words = name_words()
    text, first, bare = phrase(token)
    if bare and (meant := spelt_out(text_of(token.doc), token.text)) is not None:
        return Party(meant.id, text, meant.kind, first)
    if bare and memory.is_capital(token) and (full := memory.full_name(token.text)):
        return Party(normalise(full), text, "person", first)
    if token.i - first == 1 and token.nbor(-1).lower_ == "same":
        bare = True  # "the same association"
    if noun in words.voices:
        body = _body_of(token, memory) or _nearest_body(token, memory)
        human = token.tag_ == "NN"
        if body is not None:
            return Party(body.id, text, body.kind, first, human=human)
        return Party(normalise(text), text, "other", first, human=human)
    taken_up = bare or _points_back(token, first, memory)
    if taken_up and noun in words.references and noun == token.lower_ and token.tag_ != "NNS":
        known = _taken_up(token, noun, memory)
        if known is not None:
            return known._replace(text=text, first=first)
    named = (
        _named_beside(token, memory) if noun in words.roles else _called(token, memory) or _person_beside(token, memory)
    )
    if named is not None:
        return named
    kind = phrase_kind(token.doc, token.i)
    proper = (
        not bare
        or body_kind(token.text) is not None
        or token.tag_ in ("NNS", "NNP", "NNPS")
        or noun in words.crowd
        or noun in words.roles
    )
    does = noun in words.crowd | words.roles or noun.endswith(("er", "or", "ist", "man", "woman"))
    human = token.tag_ == "NN" and does and _is_new(token, memory)
    return Party(normalise(text), text, kind or _crowd_kind(token, noun), first, proper=proper, human=human)


def _is_new(token: Token, memory: Memory) -> bool:
    """True for a person told of without a name ("a trader said"); "the nominee" mostly is somebody named before."""
    opening = next(iter(token.lefts), None)
    if opening is not None and opening.lower_ in ("a", "an", "one", "another"):
        return True
    return not any(name.type == "person" and name.first < token.i for name in memory.names)


def _called(token: Token, memory: Memory) -> Party | None:
    """The body whose trade stands before the name: "its maker, Lantern Biologics,", "the newspaper Siam Ledger"."""
    kind = described_kind(token.doc, token.i)
    beside = next((child for child in children_with(token, "appos") if child.tag_ in ("NNP", "NNPS")), None)
    named = memory.name_at(beside.i) if kind is not None and beside is not None else None
    if named is None or beside is None or named.type not in ("organisation", "name") or named.first - token.i > 3:
        return None
    return _named(beside, named, memory)._replace(kind=named.kind or str(kind))


def _person_beside(token: Token, memory: Memory) -> Party | None:
    """The person in "the mediator, Judge Alan Crewe,", whatever the calling."""
    for child in children_with(token, "appos") if token.tag_ == "NN" else []:
        if (named := memory.name_at(child.i)) is not None and named.type == "person":
            return _named(child, named, memory)
    return None


def _named_beside(role: Token, memory: Memory) -> Party | None:
    """The person whose job stands before the name: "its chairman Wang Li"."""
    apposed = next((child for child in children_with(role, "appos") if child.tag_ in ("NNP", "NNPS")), None)
    if apposed is not None and (name := memory.name_at(apposed.i)) is not None and name.type in ("person", "name"):
        return _named(apposed, name, memory)._replace(kind="person")  # "the chamber's president, Olga Petrova,"
    index = role.i + 1
    named = memory.name_at(index) if index < len(role.doc) else None
    if named is None or named.first != index or named.type == "area" or named.type == "organisation":
        return None
    return _named(role.doc[named.last - 1], named, memory)._replace(kind="person")


def _crowd_kind(token: Token, noun: str) -> str:
    """Kind of people without a name: that of the body in their phrase ("union officials"), else of their trade."""
    words = name_words()
    for child in token.children:
        if child.dep_ in ("compound", "amod", "nmod") and body_kind(child.text):
            return str(body_kind(child.text))
    if noun in words.crowd_kinds:
        return words.crowd_kinds[noun]
    return "person" if noun in words.roles and token.tag_ == "NN" else "other"


def _taken_up(token: Token, noun: str, memory: Memory) -> Party | None:
    """The body that "the association" takes up: the last speaker of that kind, else the last name of it."""
    spoken = memory.last(person=False, kinds=tuple(name_words().references[noun]))
    if spoken is not None and (noun in spoken.id.split() or spoken.kind != "other"):
        return spoken
    named = resolve_reference(memory.doc, token)
    if named is not None:
        return Party(named.id, "", named.kind or "other")
    unread = body_before(text_of(token.doc), token.idx, noun)
    return _unread_party(unread) if unread is not None else None


def _points_back(token: Token, first: int, memory: Memory) -> bool:
    """True for "the British carrier", "the Velden-based lender": nothing but its home stands before the noun."""
    doc = token.doc
    if first == 0 or doc[first - 1].lower_ != "the":
        return False
    for word in doc[first : token.i]:
        named = memory.name_at(word.i)
        home = word.text in ("-", "based") or (word.i + 2 < token.i and word.nbor().text == "-")
        if not home and (named is None or not named.adjective):
            return False
    return True


def _body_of(role: Token, memory: Memory) -> Party | None:
    """The body that a spokesman speaks for: "a spokesman for the foundry", "the mill's spokesman", "BYD spokesman"."""
    for child in role.children:
        target = child
        if child.dep_ == "prep" and child.lower_ in ("for", "of", "at", "with"):
            target = next(iter(children_with(child, "pobj")), child)
        elif child.dep_ == "amod" and (kind := body_kind(child.text)) is not None:
            return Party(normalise(child.text), child.text, kind, child.i)  # "a military spokesman"
        elif child.dep_ not in ("poss", "compound", "nmod"):
            continue
        found = parties(target, memory, depth=1) if is_speaker(target, memory) or target.tag_ == "PRP$" else ()
        if found and found[0].kind != "person":
            return found[0]
    if role.i and (named := memory.name_at(role.i - 1)) is not None and named.type == "organisation":
        return Party(named.id, "", named.kind or "company")
    return None


def _nearest_body(token: Token, memory: Memory) -> Party | None:
    """For "a spokesman" without a body: the last organisation or body noun named before in the text."""
    for index in range(token.i - 1, max(token.i - 120, -1), -1):
        named = memory.name_at(index)
        if named is not None and named.type == "organisation" and named.kind != "media":
            text = memory.doc[named.first : named.last].text
            return Party(named.id, text, named.kind or "company", named.first)
        before = memory.doc[index]
        if (
            before.dep_ in ("nsubj", "nsubjpass", "poss")
            and is_noun(before)
            and (kind := phrase_kind(memory.doc, index))
        ):
            words, first, _ = phrase(before)
            return Party(normalise(words), words, kind, first)
    if (spoken := memory.last(person=False)) is not None:
        return spoken
    unread = body_before(text_of(token.doc), token.idx)
    return _unread_party(unread) if unread is not None else None
