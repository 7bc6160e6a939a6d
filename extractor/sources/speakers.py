"""What can give a figure at all, and who has spoken so far in an article."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import NamedTuple

from extractor import lexicon
from extractor.mentions import Name, Quantity, quantities, text_of
from extractor.names.finder import full_person
from extractor.names.words import PUBLISHERS, name_words, normalise, phrase_kind
from extractor.plurals import singular
from extractor.sources.cues import cue_words, participle_classes, small_words
from extractor.syntax import SUBJECTS, children_with, is_noun, is_proper, sentence_start
from extractor.tokens import Doc, Token

_LINKS = frozenset({"of", "for", "at", "in", "from"})
_RELATIVE = frozenset({"which", "who", "that", "whom"})
_GENDER = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she"}


class Party(NamedTuple):
    """One voice: a body, a person, or the words of a document that names no maker."""

    id: str
    text: str
    kind: str = "other"
    first: int = -1
    """Token index of the first word."""
    proper: bool = True
    """False for a bare pronoun or noun that could not be tied to anything."""
    nameless: bool = False
    """True for the words of a document that names no maker ("the official toll")."""
    many: bool = False
    """True for people or firms without a name, more than one ("technology companies")."""
    human: bool = False
    """True for one person without a name ("a Mumbai dealer"), whom "he" or "she" takes up."""
    of_area: bool = False
    """True for a country that speaks ("India expects 110 million tonnes")."""


class Memory:
    """Who has spoken so far in an article; pronouns and bare nouns are tied to the last one that fits."""

    def __init__(self, doc: Doc, names: list[Name]) -> None:
        self.doc = doc
        names = [_joined(doc, _hyphenated(doc, name), names) for name in names]
        self.names = names
        self._at = {i: name for name in names if not _is_happening(doc, name) for i in range(name.first, name.last)}
        figures = quantities(doc)
        self._figures = _indices(_tokens(doc, figure.start, figure.end) for figure in figures)
        self._measures = _indices(_measure(doc, figure) for figure in figures)
        self._money = _indices(_amount(doc, figure) for figure in figures)
        self._spoken: list[Party] = []
        self._last_at: list[int] = []
        self._told: dict[str, str] = {}
        self._full: dict[str, str] = {}
        self._amid: dict[str, bool] = {}
        self._measured: frozenset[int] | None = None
        for name in names:
            before = doc[name.first - 1].lower_.rstrip(".") if name.first else ""
            if name.type == "person" and before in name_words().gendered:
                self._told.setdefault(name.id, name_words().gendered[before])

    def note(self, party: Party, at: int = -1) -> None:
        """Remembers that a party has spoken, and the token of the cue."""
        if party.proper and not party.nameless:
            self._spoken.append(party)
            self._last_at.append(at)

    @property
    def spoken_at(self) -> int:
        """The token of the last cue, -1 before anybody has spoken."""
        return self._last_at[-1] if self._last_at else -1

    def is_area(self, identity: str) -> bool:
        """True for the id of an area that the article names."""
        return any(name.type == "area" and name.id == identity for name in self.names)

    def is_place(self, index: int) -> bool:
        """True for a token of the name of an area."""
        named = self.name_at(index)
        return named is not None and named.type == "area"

    def in_figure(self, index: int) -> bool:
        """True for a token of a number expression, its unit included."""
        return index in self._figures

    def in_measure(self, index: int) -> bool:
        """True for a token of the unit words behind a figure: the gigawatts of "18.4 gigawatts"."""
        return index in self._measures

    def is_money(self, index: int) -> bool:
        """True for a token of an amount of money."""
        return index in self._money

    def name_at(self, index: int) -> Name | None:
        """The name that a token is part of."""
        return self._at.get(index)

    def is_capital(self, token: Token) -> bool:
        """True for a name that no tagger knows: a noun with a capital amid the sentence, or somebody's surname."""
        if not (token.text[:1].isupper() and is_noun(token) and token.text.isalpha()):
            return False
        if token.lower_ in name_words().never or token.lower_ in small_words("happenings") or self._is_measure(token):
            return False
        if token.i > sentence_start(token) + 1 or self.full_name(token.text):
            return True
        if token.text not in self._amid:
            amid = rf"[a-z,;] {re.escape(token.text)}\b"
            self._amid[token.text] = re.search(amid, text_of(self.doc)) is not None
        return self._amid[token.text]

    def _is_measure(self, token: Token) -> bool:
        """True for a measure known by its capitals: "the CPI rose"."""
        if not token.text.isupper():
            return False
        if self._measured is None:
            matches = (match for match in lexicon.matches(self.doc) if match.table == "indicator")
            self._measured = frozenset(index for match in matches for index in range(match.first, match.last))
        return token.i in self._measured

    def full_name(self, surname: str) -> str:
        """The full name in the article that ends in a surname, or nothing."""
        if surname not in self._full:
            full = full_person(self.doc, surname)
            # neither "Tuesday. Dealers" nor "May Larkin"
            wrong = any(
                word.lower() in name_words().never or (word.endswith(".") and len(word) > 3)
                for word in full.split()[:-1]
            )
            self._full[surname] = "" if wrong else full
        return self._full[surname]

    def has_spoken(self, identity: str) -> bool:
        """True for a party that has given a figure before."""
        return any(party.id == identity for party in self._spoken)

    @property
    def introduced(self) -> Party | None:
        """Whoever spoke first: in an interview, the one who answers."""
        return self._spoken[0] if self._spoken else None

    def last(self, *, person: bool, kinds: tuple[str, ...] = (), gender: str = "") -> Party | None:
        """The last speaker that is a person, or that is a body of one of the kinds (of any, where none is given)."""
        for party in reversed(self._spoken[-8:]):
            is_person = party.kind == "person" or (person and party.human)
            fits = is_person == person and (not kinds or party.kind in kinds or party.kind == "other")
            if fits and not (self.clashes(party, gender) if person else gender in ("it", "its") and _is_crowd(party)):
                return party
        return None

    def clashes(self, party: Party, pronoun: str) -> bool:
        """True where a person's given name or title speaks against the pronoun."""
        wanted = _GENDER.get(pronoun)
        known = self.gender_of(party.id)
        return wanted is not None and known is not None and wanted != known

    def gender_of(self, person: str) -> str | None:
        """`he` or `she` for a person whose given name tells, or whom a title or pronoun has told of, else None."""
        given = name_words().given
        return next((given[word] for word in person.split() if word in given), None) or self._told.get(person)


def _hyphenated(doc: Doc, name: Name) -> Name:
    """A name with its second half: "Chen Yu-ting", "Cooperativas Agro-alimentarias"."""
    last = name.last
    if last + 1 >= len(doc) or doc[last].text != "-" or doc[last - 1].whitespace_:
        return name
    whole = name.type == "name" and doc[last + 1].dep_ in (*SUBJECTS, "pobj", "dobj", "poss", "appos")
    if name.type != "person" and not whole:
        return name
    if (
        doc[last].whitespace_
        or not doc[last + 1].is_lower
        or doc[last + 1].lower_.endswith(("ed", "led", "like", "era"))
    ):
        return name
    return name._replace(last=last + 2, id=f"{name.id}-{doc[last + 1].lower_}")


def _joined(doc: Doc, name: Name, names: list[Name]) -> Name:
    """A body's name with what stands before its "and": "the Food and Control Agency", but not "the Fund and Bank"."""
    first = name.first - 1
    if name.type != "organisation" or first < 2 or doc[first].lower_ not in ("and", "&"):
        return name
    start = first
    while start > 0 and doc[start - 1].text[:1].isupper() and doc[start - 1].tag_[:2] in ("NN", "JJ"):
        start -= 1
    of = start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].text[:1].isupper()
    if start == first or doc[start - 1].lower_ != "the" or of:
        return name
    before = [other for other in names if start <= other.first and other.last <= first]
    known = any(
        other.type in ("organisation", "person") or (other.type == "area" and other.last == first) for other in before
    )
    if known or phrase_kind(doc, first - 1) is not None:
        return name
    return name._replace(first=start, id=normalise(doc.span(start, name.last).text))


def _is_happening(doc: Doc, name: Name) -> bool:
    """True for "the Mahogany Fire", "Typhoon Rai": what happens in the news gives no figures of it."""
    words = small_words("happenings")
    return name.type in ("name", "person") and (doc[name.last - 1].lower_ in words or doc[name.first].lower_ in words)


def _tokens(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    span = doc.char_span(start, end, alignment_mode="expand")
    return None if span is None else (span.start, span.end)


def _indices(spans: Iterable[tuple[int, int] | None]) -> frozenset[int]:
    """The tokens of some half-open spans."""
    return frozenset(index for span in spans if span is not None for index in range(*span))


def _measure(doc: Doc, quantity: Quantity) -> tuple[int, int] | None:
    """The tokens of a unit of measure behind a number; None where the number counts things."""
    if quantity.form not in ("measure", "money") or quantity.noun_start < 0:
        return None
    return _tokens(doc, quantity.noun_start, quantity.noun_end)


def _amount(doc: Doc, quantity: Quantity) -> tuple[int, int] | None:
    return _tokens(doc, quantity.start, quantity.end) if quantity.form == "money" else None


def _is_crowd(party: Party) -> bool:
    """True for people without a name ("economists", "the candidate"), whom no "it" takes up."""
    words = itertools.takewhile(lambda word: word not in _LINKS, party.text.split())
    last = next(reversed(list(words)), "")  # the chamber of "the chamber of builders"
    plain = last.islower() or party.text == last
    several = last.islower() and singular(last) != last and last not in name_words().heads  # not "customs"
    return several or (plain and singular(last.lower()) in name_words().crowd)


def is_speaker(token: Token, memory: Memory) -> bool:
    """True for what can give a figure: a body, a person, a document, a pronoun for one; not a thing that is counted."""
    if is_relative(token):
        above = antecedent(token)
        return above is not None and is_speaker(above, memory)
    if token.tag_ == "PRP":
        return token.lower_ in ("he", "she", "it", "they", "we", "i")
    named = memory.name_at(token.i)
    people = token.tag_ == "NNPS" and token.dep_ in SUBJECTS  # "the Ivorians report 944,000 tonnes"
    if (named is not None and (people or not named.adjective)) or (named is None and memory.is_capital(token)):
        return True
    noun = singular(token.text)
    words = name_words()
    return (
        _is_called(token, memory)
        or _is_at_body(token, memory)
        or noun in words.crowd
        or (token.tag_ in ("NN", "NNS") and noun.endswith(("man", "woman", "men", "women", "ologist")))
        or noun in words.roles
        or noun in words.voices
        or phrase_kind(token.doc, token.i) is not None
        or document_class(token) is not None
        or is_pro_document(token)
    )


def _is_called(token: Token, memory: Memory) -> bool:
    """True for "the mediator, Judge Alan Crewe,", "his colleague, Tahir Nguilin,"."""
    for child in children_with(token, "appos"):
        name = memory.name_at(child.i)
        if name is not None and (may_be_person(name) or (name.first == token.i + 1 and name.type != "area")):
            return True  # "the mediator, Judge Alan Crewe,", "the property site Evbul"
    return False


def _is_at_body(token: Token, memory: Memory) -> bool:
    """True for "my friends at Ridgeway", "the bears at Polder Capital"."""
    if token.tag_ != "NNS":
        return False
    at = next(
        (child for child in children_with(token, "prep") if child.lower_ == "at" and child.i == token.i + 1), None
    )
    named = [memory.name_at(target.i) for target in children_with(at, "pobj")] if at is not None else []
    return any(name is not None and name.type in ("organisation", "name") for name in named)


def may_be_person(name: Name) -> bool:
    """True for a person, and for a name of two or three words that nothing tells of."""
    return name.type == "person" or (name.type == "name" and 2 <= name.last - name.first <= 3)


def does_something(token: Token) -> bool:
    """True for a plural that names people or firms by what they do: "exporters", "installers"."""
    noun = singular(token.text)
    return token.tag_ == "NNS" and noun.endswith(("er", "or", "ist")) and noun not in small_words("things")


def is_relative(token: Token) -> bool:
    """True for "which", "who", "that"; not for the WHO."""
    return token.lower_ in _RELATIVE and not (token.text.isupper() and len(token.text) > 1)


def is_named_survey(token: Token, named: Name | None) -> bool:
    """True for a body called a survey ("the Alpine Survey"): it is no document of somebody else's."""
    is_last = named is not None and named.last == token.i + 1 and named.last - named.first > 1
    return (
        is_last
        and (token.text in small_words("titles") or token.lower_ in name_words().suffixes)
        and token.tag_ == "NNP"
    )


def is_pro_document(token: Token) -> bool:
    """True for "those" in "those compiled by the co-operatives", which stands for a document named before."""
    return token.lower_ in ("those", "these") and any(
        participle_classes(clause) for clause in children_with(token, "acl")
    )


def publishes(token: Token, memory: Memory, *, others: bool = False) -> bool:
    """True for a body whose trade is figures: an office, an association, a research house; not a firm or a person.

    With `others`, for named bodies of no known kind too.
    """
    named = memory.name_at(token.i)
    kind = (named.kind if named is not None and named.type == "organisation" else None) or phrase_kind(
        token.doc, token.i
    )
    last = token.doc[named.last - 1] if named is not None else token
    if singular(last.text) in small_words("contestants"):
        return False
    is_other = others and named is not None and named.type == "organisation" and kind in (None, "", "other")
    called = (phrase_kind(token.doc, child.i) for child in children_with(token, "appos") if child.tag_ == "NN")
    return is_other or kind in PUBLISHERS or any(trade in PUBLISHERS for trade in called)


def counts_heads(token: Token, memory: Memory) -> bool:
    """True for a body that publishes figures, and for people who tell theirs: "police", "organisers"."""
    return publishes(token, memory) or singular(token.text) in name_words().crowd


def is_first_person(token: Token) -> bool:
    """True for "we" and "I", which are whoever is being quoted."""
    return token.lower_ in small_words("first_person")


def antecedent(token: Token) -> Token | None:
    """The noun that a relative pronoun stands for, or None."""
    verb = token
    while verb.dep_ != "relcl" and verb.head.i != verb.i:
        verb = verb.head
    if verb.dep_ == "relcl" and is_noun(verb.head):
        return _people_of(verb.head) if token.lower_ == "who" else verb.head
    before = token.doc[token.i - 1] if token.i else token  # where the parser took the clause for another kind
    return before if token.lower_ in ("which", "who") and is_noun(before) else None


def _people_of(body: Token) -> Token:
    """The economists of "economists at Halden, who expect 2%", "economists polled by Norda, who had looked for 2%"."""
    above = body.head
    if body.dep_ != "pobj" or not is_proper(body):
        return body
    people = above.head if above.dep_ == "prep" else above.head.head if above.head.dep_ == "acl" else body
    return people if people.tag_ == "NNS" and singular(people.text) in name_words().crowd else body


def document_class(token: Token) -> str | None:
    """The standing that a noun gives which speaks for its maker (`document`, `tally`, `forecast` …), else None."""
    if not is_noun(token) and token.dep_ not in (
        "nsubj",
        "pobj",
    ):  # "average" is tagged an adjective, "reckoning" a verb
        return None
    if token.is_title and token.left_edge.lower_ == "the" and name_words().suffixes.get(token.lower_) == "media":
        return None  # the Ledger and the Review are papers of another sort
    words = cue_words()
    if token.lower_ in words.carriers and token.i and singular(token.nbor(-1).text) in words.documents:
        return "document"  # "the data set"
    if token.lower_ in words.documents:
        return words.documents[token.lower_]  # "minutes", which one minute is not
    return words.documents.get(token.lemma_.lower()) or words.documents.get(singular(token.text))
