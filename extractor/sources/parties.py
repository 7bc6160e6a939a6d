"""Who a noun phrase names as a source: its words, its id, its kind, and for a document whoever made or only saw it."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from extractor.mentions import Name
from extractor.names import full_person, resolve_reference
from extractor.naming import body_kind, described_kind, name_words, normalise, phrase_kind, singular
from extractor.sources.cues import cue_words, participle_classes, verb_class
from extractor.sources.phrases import DETERMINERS, is_time, phrase
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
    publishes,
)
from extractor.syntax import SUBJECTS, children_with, is_noun, is_parsed, noun_phrase_span, subject

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
        return _makers(token, memory, depth)  # "those compiled by the co-operatives"
    named = memory.name_at(token.i)
    is_document = document_class(token) is not None and not is_named_survey(token, named)
    if named is not None and named.type != "area" and not named.adjective and not is_document:
        return _with_sight(token, (_named(token, named, memory),), memory, depth)
    if is_document:
        return _makers(token, memory, depth)
    if named is not None and named.type == "area":
        text = memory.doc[named.first : named.last].text
        return (Party(named.id, text, "government", named.first),)
    if not is_noun(token) and token.tag_ not in ("CD", "JJ", "JJS", "DT", "VBG", "NFP", "ADD", "FW", "WP"):
        return ()
    return _with_sight(token, (_common(token, memory),), memory, depth)


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
    if not person and low != "it":
        return None
    first = sentence.start
    opens = token.i - first <= 1
    if first and (opens or person) and "\n" not in doc[first - 1].text_with_ws:
        first = doc[first - 1].sent.start
    last = sentence.start if opens else token.i
    if low == "it" and opens and (made := _document_before(doc, first, last, memory)) is not None:
        return made
    if memory.spoken_at >= (first if person or opens else _paragraph_start(doc, first)):
        return None
    if not is_parsed(doc[first]):
        return _opening_body(doc, first, memory) if not person else None
    for candidate in reversed(doc[first:last]):
        fragment = opens and candidate.dep_ == "ROOT" and is_noun(candidate)  # "And the minister? He wants …"
        if not fragment and candidate.dep_ not in SUBJECTS:
            continue
        if (found := _body_or_person(candidate, memory, person=person)) is not None:
            return None if memory.clashes(found, low) else found
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
    return None


def _document_before(doc: Doc, first: int, last: int, memory: Memory) -> Party | None:
    """Whoever made the document that was the subject: "A consultants' report was kinder. It found …"."""
    told = next((t for t in doc[first:last] if t.dep_ == "nsubj" and t.head.dep_ == "ROOT"), None)
    if told is None or document_class(told) not in ("document", "tally"):
        return None
    made = next(iter(_makers(told, memory, 1)), None)
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
    if token.i - first == 1 and token.nbor(-1).lower_ == "same":
        bare = True  # "the same association"
    if noun in words.voices:
        body = _body_of(token, memory) or _nearest_body(token, memory)
        return Party(body.id, text, body.kind, first) if body else Party(normalise(text), text, "other", first)
    if bare and noun in words.references and noun == token.lower_ and token.tag_ != "NNS":
        known = _taken_up(token, noun, memory)
        if known is not None:
            return known._replace(text=text, first=first)
    named = (
        _named_beside(token, memory) if noun in words.roles else _called(token, memory) or _person_beside(token, memory)
    )
    if named is not None:
        return named
    kind = phrase_kind(token.doc, token.i) or _crowd_kind(token, noun)
    proper = (
        not bare
        or body_kind(token.text) is not None
        or token.tag_ in ("NNS", "NNP", "NNPS")
        or noun in words.crowd
        or noun in words.roles
    )
    return Party(normalise(text), text, kind or "other", first, proper=proper)


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
    return Party(named.id, "", named.kind or "other") if named is not None else None


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
        found = parties(target, memory, depth=1)
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
    return memory.last(person=False)


# Documents ------------------------------------------------------------------------------------------------------------


def _makers(token: Token, memory: Memory, depth: int) -> tuple[Party, ...]:
    """Whoever made a document, then whoever only saw it; the document's own words where nobody is named."""
    relays = tuple(_by_participle(token, "obtain", memory, depth))
    ways = (_published_by, _by_preposition, _by_possessive, _by_country, _by_modifier)
    for find in ways[:-1] if document_class(token) == "filing" else ways:
        made = find(token, memory, depth)
        if made:
            return (*made, *relays)
    if relays:
        text = memory.doc[token.i : token.i + 1].text
        return (Party(normalise(text), text, "other", token.i), *relays)
    return (words_of_document(memory.doc, noun_phrase_span(token)[0], token.i, memory),)


def _published_by(token: Token, memory: Memory, depth: int) -> tuple[Party, ...]:
    found = tuple(_by_participle(token, "make", memory, depth))
    if found:
        return found
    for clause in children_with(token, "relcl"):  # "the rate that the Tenants' League published"
        maker = subject(clause)
        if maker is not None and not is_relative(maker) and "make" in participle_classes(clause):
            return parties(maker, memory, depth=depth + 1)
    return ()


def _by_participle(token: Token, kind: str, memory: Memory, depth: int) -> list[Party]:
    """Who stands after "by" in "figures released by the board", "a report seen by Radio Norda"."""
    found: list[Party] = []
    for clause in children_with(token, "acl"):
        if kind not in participle_classes(clause):
            continue
        for agent in children_with(clause, "agent", "prep"):
            for target in children_with(agent, "pobj") if agent.lower_ == "by" else []:
                found.extend(parties(target, memory, depth=depth + 1))
    return found


def _by_preposition(token: Token, memory: Memory, depth: int) -> tuple[Party, ...]:
    targets: dict[str, Token] = {}
    for preposition in (
        child
        for child in token.subtree
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "of", "in")
    ):
        target = next(iter(children_with(preposition, "pobj")), None)
        near = preposition.head.i == token.i or (preposition.lower_ == "by" and preposition.head.dep_ == "pobj")
        if target is not None and near and not is_time(preposition) and (is_noun(target) or target.tag_ == "PRP"):
            targets.setdefault(preposition.lower_, target)
    for word in ("by", "from"):
        if word in targets and (is_speaker(targets[word], memory) or word == "by"):
            return parties(targets[word], memory, depth=depth + 1)
    asked = targets.get("of")
    if asked is not None and asked.tag_ != "NNS" and publishes(asked, memory) and not _looks_at(token):
        return parties(asked, memory, depth=depth + 1)  # "provisional data of the Export Bureau"
    if asked is not None and singular(asked.text) in name_words().crowd_kinds:
        return _asked(token, asked, memory, depth)
    return ()


def _looks_at(document: Token) -> bool:
    return singular(document.text) in cue_words().inquiries


def _asked(token: Token, asked: Token, memory: Memory, depth: int) -> tuple[Party, ...]:
    """A poll of experts: they are the source, whoever polled them is the relay."""
    who = _common(asked, memory)
    first = who.first
    while first < asked.i and token.doc[first].like_num:
        first += 1
    text = who.text[token.doc[first].idx - token.doc[who.first].idx :]
    polls = [t for t in asked.subtree if t.i > asked.i and t.dep_ == "pobj" and document_class(t)]
    pollsters = _by_modifier(polls[0], memory, depth) if polls else _by_modifier(token, memory, depth)
    return (Party(normalise(text), text, who.kind, who.first), *pollsters)


def _by_possessive(token: Token, memory: Memory, depth: int) -> tuple[Party, ...]:
    for owner in children_with(token, "poss"):
        named = memory.name_at(owner.i)
        if named is not None and named.type == "area":
            continue
        if is_speaker(owner, memory) or (owner.tag_ == "PRP$" and owner.lower_ not in FIRST_PERSON):
            return parties(owner, memory, depth=depth + 1)
    return ()


def _by_country(token: Token, memory: Memory, depth: int) -> tuple[Party, ...]:
    """ "Baghdad's own figures": a government's, unless a body of that country stands between."""
    for owner in children_with(token, "poss"):
        named = memory.name_at(owner.i)
        if named is not None and named.type == "area" and not modifier_party(token.doc, owner.i + 1, token.i, memory):
            return parties(owner, memory, depth=depth + 1)
    return ()


def _by_modifier(token: Token, memory: Memory, depth: int) -> tuple[Party, ...]:
    """The body in front of a document noun: "Chinese customs data", "a Norda poll", "registration office figures"."""
    return modifier_party(token.doc, noun_phrase_span(token)[0], token.i, memory)


def modifier_party(doc: Doc, first: int, noun: int, memory: Memory) -> tuple[Party, ...]:
    """The body among the words before a document noun, the nearest one, by its words alone."""
    for index in range(noun - 1, first - 1, -1):
        named = memory.name_at(index)
        if named is not None and named.type in ("organisation", "person", "name") and not named.adjective:
            text = doc[named.first : min(named.last, noun)].text
            identity = named.id if named.last <= noun else normalise(text)
            kind = named.kind or ("company" if named.type == "organisation" else "other")
            return (Party(identity, text, kind, named.first),)
        if body_kind(doc[index].text) is not None and doc[index].lower_ not in cue_words().generic:
            return (_modifying_body(doc, first, index, memory),)
    return ()


def _modifying_body(doc: Doc, first: int, index: int, memory: Memory) -> Party:
    generic = cue_words().generic
    start = index
    while start > first and doc[start - 1].tag_[:2] in ("NN", "JJ") and doc[start - 1].lower_ not in generic:
        start -= 1
    text, kind = doc[start : index + 1].text, str(phrase_kind(doc, index))
    kinds = name_words().references.get(doc[index].lower_)
    if start == index and kinds is not None and (spoken := memory.last(person=False, kinds=tuple(kinds))) is not None:
        return spoken._replace(text=text, first=start)
    return Party(normalise(text), text, kind, start)


def words_of_document(doc: Doc, first: int, noun: int, memory: Memory) -> Party:
    """A document that names no maker: its words, or whoever spoke last where they only point back ("the data")."""
    while first < noun and (doc[first].tag_ in DETERMINERS or doc[first].is_punct or doc[first].is_space):
        first += 1
    opening = next((i for i in range(first, noun) if doc[i].lower_ in cue_words().generic), first)
    first = opening if any(token.like_num for token in doc[first:opening]) else first  # "70 times the official count"
    text = doc[first : noun + 1].text
    points_back = all(
        doc[i].lower_ == "same" or cue_words().documents.get(singular(doc[i].text)) for i in range(first, noun)
    )
    if points_back and (spoken := memory.last(person=False)) is not None:
        return spoken._replace(text=text, first=first)
    generic = [cue_words().generic[w.lower_] for w in doc[first:noun] if w.lower_ in cue_words().generic]
    return Party(normalise(text), text, generic[0] if generic else "other", first, proper=not points_back)


def _with_sight(token: Token, relays: tuple[Party, ...], memory: Memory, depth: int) -> tuple[Party, ...]:
    """Adds the origin where a relay's clause names it: "the agency, which had seen the carrier's annual report"."""
    for clause in children_with(token, "relcl"):
        who = subject(clause)
        if who is None or not is_relative(who) or "obtain" not in participle_classes(clause):
            continue
        for seen in children_with(clause, "dobj"):
            if document_class(seen) or verb_class(clause) == "cite":
                return (*parties(seen, memory, depth=depth + 1), *relays)
    return (*relays, *_by_participle(token, "ask", memory, depth))
