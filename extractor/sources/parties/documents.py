"""Who made a document that speaks, and who only saw it: "figures released by the board", "papers seen by a daily"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extractor.mentions import Name
from extractor.names.known import is_headline
from extractor.names.words import body_kind, name_words, normalise, phrase_kind
from extractor.plurals import singular
from extractor.sources.cues import cue_words, participle_classes, small_words, verb_class
from extractor.sources.phrases import DETERMINERS, is_time
from extractor.sources.speakers import (
    Memory,
    Party,
    document_class,
    is_first_person,
    is_named_survey,
    is_relative,
    is_speaker,
    publishes,
)
from extractor.syntax import children_with, is_noun, is_proper, is_verb, noun_phrase_span, sentence_end, subject
from extractor.tokens import Doc, Token

_AFAR = frozenset({"government", "customs", "analyst", "media"})
"""Kinds of bodies that publish figures on what stands between them and the noun: "customs clearance data"."""

Whom = Callable[[Token, Memory, int], tuple[Party, ...]]
"""Whom a noun names, as `parties.parties` says: it asks here for documents, and these ask it for their makers."""


def makers(token: Token, memory: Memory, depth: int, whom: Whom) -> tuple[Party, ...]:
    """Whoever made a document, then whoever only saw it; the document's own words where nobody is named."""
    if token.is_lower and any(is_first_person(owner) for owner in children_with(token, "poss")):
        return ()  # "our survey suggests": whoever is being quoted
    if (whole := _whole(token)) is not None and depth < 3:
        return whom(whole, memory, depth + 1)
    relays = tuple(_by_participle(token, "obtain", memory, depth, whom))
    by_maker = (_published_by, _by_preposition, _by_possessive, _by_country)
    ways = (*by_maker, _ordered_by) if document_class(token) == "filing" else (*by_maker, _by_modifier, _ordered_by)
    for find in ways:
        made = find(token, memory, depth, whom)
        if made:
            return (*made, *relays)
    if (called := _called(token, memory)) is not None:
        return (*whom(called, memory, depth + 1), *relays)
    if relays:
        first = noun_phrase_span(token)[0]
        while first < token.i and memory.doc[first].tag_ in DETERMINERS:
            first += 1
        text = memory.doc.span(first, token.i + 1).text
        return (Party(normalise(text), text, "other", token.i), *relays)
    return (words_of_document(memory.doc, noun_phrase_span(token)[0], token.i, memory),)


def _called(token: Token, memory: Memory) -> Token | None:
    """The name of "a rival count kept by astronomers, the Orbital Census,"."""
    for child in children_with(token, "appos"):
        named = memory.name_at(child.i)
        if named is not None and named.type in ("organisation", "name") and is_proper(child):
            return child
    return None


def _published_by(token: Token, memory: Memory, depth: int, whom: Whom) -> tuple[Party, ...]:
    found = tuple(_by_participle(token, "make", memory, depth, whom))
    if found:
        return found
    if (maker := _apposed_maker(token)) is not None:  # "the report, by consultants Harlow & Finch, puts …"
        return whom(maker, memory, depth + 1)
    for clause in _relative_clauses(token):  # "the rate that the Tenants' League published"
        maker = subject(clause)
        if maker is not None and not is_relative(maker) and "make" in participle_classes(clause):
            return whom(maker, memory, depth + 1)
    return ()


def _relative_clauses(noun: Token) -> Iterator[Token]:
    """The verbs of the clauses that hang on a noun, or that follow it though the parser hangs them elsewhere."""
    yield from children_with(noun, "relcl")
    following = noun.nbor() if noun.i + 1 < sentence_end(noun) else noun
    if (
        following.lower_ in ("that", "which")
        and following.head.dep_ in ("ccomp", "advcl")
        and following.head.i > noun.i
    ):
        yield following.head


def _whole(part: Token) -> Token | None:
    """The inventory of "the new edition of the inventory"."""
    if singular(part.text) not in small_words("parts"):
        return None
    of = next((child for child in children_with(part, "prep") if child.lower_ == "of"), None)
    return (
        next((whole for whole in children_with(of, "pobj") if document_class(whole) is not None), None) if of else None
    )


def is_part(noun: Token) -> bool:
    """True for a part of a document that names it: "the new edition of the inventory"."""
    return _whole(noun) is not None


def _ordered_by(token: Token, memory: Memory, depth: int, whom: Whom) -> tuple[Party, ...]:
    """Who asked for a report that names no author: "a survey commissioned by the union"."""
    return tuple(_by_participle(token, "order", memory, depth, whom))


def _apposed_maker(token: Token) -> Token | None:
    """Who stands behind a comma and "by", or a comma, a participle and "by", wherever the parser hangs them."""
    doc = token.doc
    commas = [t.i for t in doc[token.i + 1 : min(token.i + 10, sentence_end(token))] if t.text == ","][:1]
    if not commas or any(is_verb(t) for t in doc[token.i + 1 : commas[0]]):
        return None
    index = commas[0] + 1
    if index < len(doc) and "make" in participle_classes(doc[index]) and doc[index].tag_ == "VBN":
        index += 1
    if index + 1 >= len(doc) or doc[index].lower_ != "by":
        return None
    return next(iter(children_with(doc[index], "pobj")), None)


def _by_participle(token: Token, kind: str, memory: Memory, depth: int, whom: Whom) -> list[Party]:
    """Who stands after "by" in "figures released by the board", "a report seen by Radio Norda"."""
    found: list[Party] = []
    for clause in children_with(token, "acl"):
        if kind not in participle_classes(clause):
            continue
        for agent in children_with(clause, "agent", "prep"):
            for target in children_with(agent, "pobj") if agent.lower_ == "by" else []:
                found.extend(whom(target, memory, depth + 1))
    return found


def _by_preposition(token: Token, memory: Memory, depth: int, whom: Whom) -> tuple[Party, ...]:
    targets: dict[str, Token] = {}
    for preposition in (
        child
        for child in token.subtree
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "of", "in")
    ):
        target = _maker_behind(preposition, memory)
        inner = preposition.lower_ == "by" or (preposition.lower_ == "from" and _looks_at(token))
        near = preposition.head.i == token.i or (inner and preposition.head.dep_ == "pobj")
        if target is not None and preposition.lower_ == "by" and _is_breakdown(target, memory):
            continue
        if target is not None and near and not is_time(preposition) and (is_noun(target) or target.tag_ == "PRP"):
            targets.setdefault(preposition.lower_, target)
    for word in ("by", "from"):
        if word in targets and (is_speaker(targets[word], memory) or word == "by"):
            made = whom(targets[word], memory, depth + 1)
            if not _is_bare(targets[word], made, memory):
                return made  # "numbers from the bargaining table" have no maker
    asked = targets.get("of")
    reckons = document_class(token) in ("tally", "estimate")  # "by the count of the inspector"
    if (
        asked is not None
        and asked.tag_ != "NNS"
        and (not _looks_at(token) or phrase_kind(memory.doc, asked.i) == "analyst")
        and (
            publishes(asked, memory)
            or _is_person(asked, memory)
            or (reckons and is_speaker(asked, memory) and not memory.is_place(asked.i))
        )
    ):
        return whom(asked, memory, depth + 1)  # "provisional data of the Export Bureau"
    if asked is not None and singular(asked.text) in name_words().crowd_kinds:
        return _asked(token, asked, memory, depth, whom)
    return ()


def _maker_behind(preposition: Token, memory: Memory) -> Token | None:
    """The noun behind a preposition; the name where the parser takes the verb behind it for the noun: "figures from
    *HMRC* show that …".
    """
    target = next(iter(children_with(preposition, "pobj")), None)
    if target is None or verb_class(target) != "show" or target.i != preposition.i + 2:
        return target
    name = memory.name_at(target.i - 1)
    return target.nbor(-1) if name is not None and name.last == target.i else target


def _is_person(target: Token, memory: Memory) -> bool:
    named = memory.name_at(target.i)
    return named is not None and named.type == "person"  # "the calculations of Levent Soydan"


def _is_breakdown(target: Token, memory: Memory) -> bool:
    """True for "a table by manufacturer": what the figures are broken down by, and nobody who made them."""
    bare = target.tag_ == "NN" and target.is_lower and not any(target.lefts)
    return bare and memory.name_at(target.i) is None


def _is_bare(target: Token, made: tuple[Party, ...], memory: Memory) -> bool:
    """True for a document behind "from" that names no maker itself."""
    is_document = document_class(target) is not None and not is_named_survey(target, memory.name_at(target.i))
    return is_document and bool(made) and made[0].text.endswith(target.text)


def _looks_at(document: Token) -> bool:
    return singular(document.text) in cue_words().inquiries


def _asked(token: Token, asked: Token, memory: Memory, depth: int, whom: Whom) -> tuple[Party, ...]:
    """A poll of experts: they are the source, whoever polled them is the relay."""
    who = whom(asked, memory, depth + 1)[0]
    first = who.first
    while first < asked.i and token.doc[first].like_num:
        first += 1
    text = who.text[token.doc[first].idx - token.doc[who.first].idx :]
    polls = [t for t in asked.subtree if t.i > asked.i and t.dep_ == "pobj" and document_class(t)]
    pollsters = _by_modifier(polls[0], memory, depth, whom) if polls else _by_modifier(token, memory, depth, whom)
    return (Party(normalise(text), text, who.kind, who.first), *pollsters)


def _by_possessive(token: Token, memory: Memory, depth: int, whom: Whom) -> tuple[Party, ...]:
    for owner in children_with(token, "poss"):
        named = memory.name_at(owner.i)
        if (named is not None and named.type == "area") or owner.lower_ in name_words().never:
            continue  # "Monday's data"
        if is_speaker(owner, memory) or (owner.tag_ == "PRP$" and not is_first_person(owner)):
            made = whom(owner, memory, depth + 1)
            if made and (made[0].proper or owner.tag_ != "PRP$"):
                return made  # an "its" that nothing before explains leaves the document's own words
    return ()


def _by_country(token: Token, memory: Memory, depth: int, whom: Whom) -> tuple[Party, ...]:
    """A government for the country of "Baghdad's own figures", unless a body of that country stands between."baghdad's
    own figures": a government's, unless a body of that country stands between.
    """
    for owner in children_with(token, "poss"):
        named = memory.name_at(owner.i)
        if named is not None and named.type == "area" and not modifier_party(token.doc, owner.i + 1, token.i, memory):
            return whom(owner, memory, depth + 1)
    return ()


def _by_modifier(token: Token, memory: Memory, depth: int, whom: Whom) -> tuple[Party, ...]:
    """The body in front of a document noun: "Chinese customs data", "a Norda poll", "registration office figures"."""
    return modifier_party(token.doc, noun_phrase_span(token)[0], token.i, memory)


def modifier_party(doc: Doc, first: int, noun: int, memory: Memory) -> tuple[Party, ...]:
    """The body among the words before a document noun, the nearest one, by its words alone."""
    for index in range(noun - 1, first - 1, -1):
        named = memory.name_at(index)
        if named is not None and named.type in ("organisation", "person", "name") and not named.adjective:
            last = named.last if _is_title(named, noun, memory) else min(named.last, noun)
            text = doc.span(named.first, last).text
            identity = named.id if named.last <= noun else normalise(text)
            kind = named.kind or ("company" if named.type == "organisation" else "other")
            return (Party(identity, text, kind, named.first),)
        body = body_kind(doc[index].text)
        if body is None or doc[index].lower_ in _passed_over():
            continue
        if body in _AFAR or _touches(doc, index, noun):
            return (_modifying_body(doc, first, index, memory),)
    return ()


def _is_title(named: Name, noun: int, memory: Memory) -> bool:
    """True for "the Global Carbon Budget", a work; the "Norda Survey" is Norda's, as is what it names elsewhere."""
    maker = normalise(memory.doc.span(named.first, noun).text)
    known = any(other.id == maker and other.first != named.first for other in memory.names)
    return named.last == noun + 1 and noun - named.first > 1 and not known and not is_headline(memory.doc[noun])


def _passed_over() -> frozenset[str]:
    """Words before a document noun that name no body: "official data", "the weekly bulletin"."""
    return small_words("periodic") | frozenset(cue_words().generic)


def _touches(doc: Doc, index: int, noun: int) -> bool:
    """True for "council figures", "the union's official figures"; in "council tax records" the tax is recorded."""
    return not any(
        token.tag_ in ("NN", "NNS") and token.lower_ not in cue_words().generic for token in doc[index + 1 : noun]
    )


def _modifying_body(doc: Doc, first: int, index: int, memory: Memory) -> Party:
    generic = cue_words().generic
    start = index
    while start > first and doc[start - 1].tag_[:2] in ("NN", "JJ"):
        if doc[start - 1].lower_ in generic or doc[start - 1].lower_ == "own":
            break
        start -= 1
    text, kind = doc.span(start, index + 1).text, str(phrase_kind(doc, index))
    kinds = name_words().references.get(doc[index].lower_)
    if start == index and kinds is not None and (spoken := memory.last(person=False, kinds=tuple(kinds))) is not None:
        return spoken._replace(text=text, first=start)
    return Party(normalise(text), text, kind, start)


def words_of_document(doc: Doc, first: int, noun: int, memory: Memory) -> Party:
    """A document that names no maker: its words, or whoever spoke last where they only point back ("the data")."""
    while first < noun and (doc[first].tag_ in DETERMINERS or doc[first].is_punct or doc[first].is_space):
        first += 1
    if first + 2 < noun and doc[first].lower_ in small_words("times") and doc[first + 1].tag_ == "POS":
        first += 2  # "this year's response plan"
    opening = next((i for i in range(first, noun) if doc[i].lower_ in cue_words().generic), first)
    first = opening if any(token.like_num for token in doc[first:opening]) else first  # "70 times the official count"
    text = doc.span(first, noun + 1).text
    points_back = all(
        doc[i].lower_ == "same" or cue_words().documents.get(singular(doc[i].text)) for i in range(first, noun)
    )
    if points_back and (spoken := memory.last(person=False)) is not None:
        return spoken._replace(text=text, first=first)
    generic = [cue_words().generic[w.lower_] for w in doc[first:noun] if w.lower_ in cue_words().generic]
    return Party(
        normalise(text), text, generic[0] if generic else "other", first, proper=not points_back, nameless=True
    )


def with_sight(token: Token, relays: tuple[Party, ...], memory: Memory, depth: int, whom: Whom) -> tuple[Party, ...]:
    """Adds the origin where a relay's clause names it: "the agency, which had seen the carrier's annual report"."""
    for clause in children_with(token, "relcl"):
        who = subject(clause)
        if who is None or not is_relative(who) or "obtain" not in participle_classes(clause):
            continue
        for seen in children_with(clause, "dobj"):
            if document_class(seen) or verb_class(clause) == "cite":
                return (*whom(seen, memory, depth + 1), *relays)
    return (*relays, *_by_participle(token, "ask", memory, depth, whom))
