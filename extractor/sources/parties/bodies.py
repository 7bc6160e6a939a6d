"""Whom a name or a common noun names: persons with their bodies, spokesmen, crowds, and bodies taken up again."""

from __future__ import annotations

from extractor.mentions import Name, text_of
from extractor.names.finder import resolve_reference
from extractor.names.words import body_kind, described_kind, name_words, normalise, phrase_kind
from extractor.plurals import singular
from extractor.sources.cues import small_words
from extractor.sources.parties.documents import Whom
from extractor.sources.parties.unparsed_bodies import Body, body_before, spelt_out
from extractor.sources.phrases import phrase
from extractor.sources.speakers import Memory, Party, is_speaker, may_be_person
from extractor.syntax import children_with, is_noun, is_proper, sentence_start
from extractor.tokens import Token

_DOERS = frozenset({"company", "other"})
"""Kinds of those who do things rather than count them."""


def named_party(token: Token, named: Name, memory: Memory, whom: Whom) -> Party:
    """The party that a name names; a person who speaks for a body has the body's id."""
    text = memory.doc.span(named.first, named.last).text
    if text.lower().startswith("the "):
        text = text[4:]
    if named.type == "person":
        return _person(token, named, text, memory, whom)
    kind = named.kind or "other"
    if (meant := spelt_out(text_of(memory.doc), text)) is not None:
        return Party(meant.id if named.id == normalise(text) else named.id, text, named.kind or meant.kind, named.first)
    if named.type == "name" and (full := memory.full_name(text)):
        return Party(normalise(full), text, "person", named.first)
    if named.type == "name" and named.last - named.first in (2, 3) and token.head.lemma_ == "say":
        kind = "person"
    return Party(named.id, text, kind, named.first)


def _person(token: Token, named: Name, text: str, memory: Memory, whom: Whom) -> Party:
    """A person; one who speaks for a body ("BYD spokesman Li Wei") has the body's id."""
    identity = named.id
    if named.last - named.first == 1 and identity == normalise(text):
        identity = normalise(memory.full_name(text)) or identity
    before = memory.doc[max(named.first - 1, 0)]
    role = before if before.lower_ in name_words().voices else next(
        (child for child in token.children if child.dep_ == "appos" and child.lower_ in name_words().voices), None
    )  # fmt: skip
    body = _body_of(role, memory, whom) if role is not None else None
    if body is not None:
        return Party(body.id, text, body.kind, named.first)
    return Party(identity, text, "person", named.first)


def common_party(token: Token, memory: Memory, whom: Whom) -> Party:
    """The party that a common noun names: "a spokesman", "the association", "its chairman Wang Li", "two officials"."""
    noun = singular(token.text)
    text, first, bare = phrase(token)
    short = _spelt_out_party(token, memory, text, first) if bare else None
    if short is not None:
        return short
    bare = bare or (token.i - first == 1 and token.nbor(-1).lower_ == "same")  # "the same association"
    if noun in name_words().voices:
        body = _body_of(token, memory, whom) or nearest_body(token, memory)
        identity, kind = (normalise(text), "other") if body is None else (body.id, body.kind)
        return Party(identity, text, kind, first, human=token.tag_ == "NN")
    return (
        _mentioned_before(token, noun, memory, text, first, bare=bare)
        or _named_with(token, noun, memory, whom)
        or _of_body(token, noun, memory, whom, text, first)
        or _unnamed(token, noun, memory, text, first, bare=bare)
    )


def _spelt_out_party(token: Token, memory: Memory, text: str, first: int) -> Party | None:
    """The party whose full name the article gives elsewhere: the body of an acronym, the person of a surname."""
    meant = spelt_out(text_of(token.doc), token.text)
    if meant is not None:
        return Party(meant.id, text, meant.kind, first)
    full = memory.full_name(token.text) if memory.is_capital(token) else ""
    return Party(normalise(full), text, "person", first) if full else None


def _mentioned_before(token: Token, noun: str, memory: Memory, text: str, first: int, *, bare: bool) -> Party | None:
    """The party that the noun takes up: "the association"; "his office" is not the office before."""
    mine = first > 0 and token.doc[first - 1].lower_ in ("his", "her")
    if bare and mine and (owner := memory.last(person=True)) is not None:
        return owner._replace(text=text, first=first)
    taken_up = (bare and not mine) or _points_back(token, first, memory)
    if not taken_up or noun not in name_words().references or noun != token.lower_ or token.tag_ == "NNS":
        return None
    known = _taken_up(token, noun, memory)
    return None if known is None else known._replace(text=text, first=first)


def _named_with(token: Token, noun: str, memory: Memory, whom: Whom) -> Party | None:
    """The party whose name stands beside its role or trade: "its chairman Wang Li", "the newspaper Siam Ledger"."""
    if noun in name_words().roles:
        return _named_beside(token, memory, whom)
    return _called(token, memory, whom) or _person_beside(token, memory, whom)


def _of_body(token: Token, noun: str, memory: Memory, whom: Whom, text: str, first: int) -> Party | None:
    """The body whose people speak: "analysts at Barclays", "a senior official of the health ministry"."""
    words = name_words()
    if noun not in words.crowd and noun not in words.roles:
        return None
    for behind in children_with(token, "prep"):
        target = next(iter(children_with(behind, "pobj")), None)
        if target is None or behind.lower_ not in small_words("employed") or not is_speaker(target, memory):
            continue
        body = next(iter(whom(target, memory, 1)), None)
        one_of_many = any(word.lower_ in ("a", "an") for word in target.lefts)  # "with a trading house"
        if body is not None and body.proper and not body.of_area and not one_of_many and body.kind != "person":
            kind = "analyst" if _crowd_kind(token, noun) == "analyst" else body.kind
            return Party(body.id, text, kind, first, human=token.tag_ == "NN")
    return None


def _unnamed(token: Token, noun: str, memory: Memory, text: str, first: int, *, bare: bool) -> Party:
    """The party by its own words: "two officials", "a Mumbai dealer"."""
    words = name_words()
    kind = phrase_kind(token.doc, token.i)
    doers = noun in words.crowd or noun in words.roles
    proper = not bare or body_kind(token.text) is not None or token.tag_ in ("NNS", "NNP", "NNPS") or doers
    does = doers or noun.endswith(("er", "or", "ist", "man", "woman"))
    human = token.tag_ == "NN" and does and (kind is None or noun in words.crowd) and _is_new(token, memory)
    many = token.tag_ == "NNS" and (first == 0 or token.doc[first - 1].tag_ not in ("DT", "PRP$"))
    trade = kind or _crowd_kind(token, noun)
    return Party(
        _without_number(token, text, first),
        text,
        trade,
        first,
        proper=proper,
        human=human,
        many=many and trade in _DOERS,
    )


def _without_number(token: Token, text: str, first: int) -> str:
    """The id of people of whom the words tell how many: "two officials" are officials."""
    number = token.doc[first]
    whole = number.like_num and first < token.i and number.nbor().lower_ != "of"
    return normalise(text[len(number.text) :] if whole else text)


def _is_new(token: Token, memory: Memory) -> bool:
    """True for a person told of without a name ("a trader said"); "the nominee" mostly is somebody named before."""
    opening = next(iter(token.lefts), None)
    if opening is not None and opening.lower_ in ("a", "an", "one", "another"):
        return True
    return not any(name.type == "person" and name.first < token.i for name in memory.names)


def _called(token: Token, memory: Memory, whom: Whom) -> Party | None:
    """The body whose trade stands before the name: "its maker, Lantern Biologics,", "the newspaper Siam Ledger"."""
    kind = described_kind(token.doc, token.i)
    beside = next((child for child in children_with(token, "appos") if is_proper(child)), None)
    named = memory.name_at(beside.i) if kind is not None and beside is not None else None
    if named is None or beside is None or named.type not in ("organisation", "name") or named.first - token.i > 3:
        return None
    return named_party(beside, named, memory, whom)._replace(kind=named.kind or str(kind))


def _person_beside(token: Token, memory: Memory, whom: Whom) -> Party | None:
    """The person in "the mediator, Judge Alan Crewe,", whatever the calling."""
    for child in children_with(token, "appos") if token.tag_ == "NN" else []:
        if (named := memory.name_at(child.i)) is not None and may_be_person(named):
            return named_party(child, named, memory, whom)._replace(kind="person")
    return None


def _named_beside(role: Token, memory: Memory, whom: Whom) -> Party | None:
    """The person whose job stands before the name: "its chairman Wang Li"."""
    apposed = next((child for child in children_with(role, "appos") if is_proper(child)), None)
    if apposed is not None and (name := memory.name_at(apposed.i)) is not None and name.type in ("person", "name"):
        return named_party(apposed, name, memory, whom)._replace(
            kind="person"
        )  # "the chamber's president, Olga Petrova,"
    index = role.i + 1
    named = memory.name_at(index) if index < len(role.doc) else None
    if named is None or named.first != index or named.type == "area" or named.type == "organisation":
        return None
    return named_party(role.doc[named.last - 1], named, memory, whom)._replace(kind="person")


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
    if (subject_before := _subject_of_before(token, noun, memory)) is not None:
        return subject_before
    spoken = memory.last(person=False, kinds=tuple(name_words().references[noun]))
    if spoken is not None and (noun in spoken.id.split() or spoken.kind != "other"):
        return spoken
    named = resolve_reference(memory.doc, token)
    if named is not None:
        return Party(named.id, "", named.kind or "other")
    unread = body_before(text_of(token.doc), token.idx, noun)
    return unread_party(unread) if unread is not None else None


def _subject_of_before(token: Token, noun: str, memory: Memory) -> Party | None:
    """The named body that the sentence before opens with, in the same paragraph: "HSBC went further. The bank …"."""
    start = sentence_start(token)
    if not start or "\n" in token.doc[start - 1].text or memory.spoken_at >= start:
        return None
    before = token.doc[start - 1].sent
    named = memory.name_at(before.start) or (memory.name_at(before.start + 1) if len(before) > 1 else None)
    kinds = name_words().references[noun]
    if named is None or named.type != "organisation" or (kinds and named.kind not in kinds):
        return None
    if memory.spoken_at >= before.start:
        return None
    return Party(named.id, token.doc.span(named.first, named.last).text, named.kind, named.first)


def _points_back(token: Token, first: int, memory: Memory) -> bool:
    """True for "the British carrier", "the Velden-based lender": nothing but its home stands before the noun."""
    doc = token.doc
    if first in (0, token.i) or doc[first - 1].lower_ != "the":
        return False
    for word in doc[first : token.i]:
        named = memory.name_at(word.i)
        home = word.text in ("-", "based") or (word.i + 2 < token.i and word.nbor().text == "-")
        if not home and (named is None or not named.adjective):
            return False
    return True


def _body_of(role: Token, memory: Memory, whom: Whom) -> Party | None:
    """The body that a spokesman speaks for: "a spokesman for the foundry", "the mill's spokesman", "BYD spokesman"."""
    for child in role.children:
        target = child
        if child.dep_ == "prep" and child.lower_ in ("for", "of", "at", "with"):
            target = next(iter(children_with(child, "pobj")), child)
        elif child.dep_ == "amod" and (kind := body_kind(child.text)) is not None:
            return Party(normalise(child.text), child.text, kind, child.i)  # "a military spokesman"
        elif child.dep_ not in ("poss", "compound", "nmod"):
            continue
        found = whom(target, memory, 1) if is_speaker(target, memory) or target.tag_ == "PRP$" else ()
        if found and found[0].kind != "person":
            return found[0]
    if role.i and (named := memory.name_at(role.i - 1)) is not None and named.type == "organisation":
        return Party(named.id, "", named.kind or "company")
    return None


def nearest_body(token: Token, memory: Memory) -> Party | None:
    """For "a spokesman" without a body: the last organisation or body noun named before in the text."""
    for index in range(token.i - 1, max(token.i - 120, -1), -1):
        named = memory.name_at(index)
        if named is not None and named.type == "organisation" and named.kind != "media":
            text = memory.doc.span(named.first, named.last).text
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
    return unread_party(unread) if unread is not None else None


def unread_party(body: Body) -> Party:
    """The party of a body that was found by its capitals."""
    return Party(body.id, body.text, body.kind)
