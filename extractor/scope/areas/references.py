"""Whom a pronoun, a definite noun or a demonym beside one takes up: "its", "the company", "the capital", "the Dutch
port".

A pronoun takes up the subject before it, in its own sentence or in the one before, and nothing where that is no name. A
definite noun takes up a name of its sort, else what the article is about, else, for places and sites, it stands for
itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.mentions import Name
from extractor.names.words import PUBLIC_BODIES, body_kind, identity, is_area_name, name_words
from extractor.quantities.lexicon import lexicon
from extractor.scope.areas.places import (
    acts,
    area_of_noun,
    country_of_body,
    european_union,
    is_definite,
    names_before,
    paragraph_start,
    there,
)
from extractor.scope.terms import Terms
from extractor.scope.words import among
from extractor.sources.cues import verb_class
from extractor.syntax import SUBJECTS, ancestors, is_noun, is_parsed, is_proper, is_verb, sentence_start
from extractor.taxonomy import ABROAD, WORLD, taxonomy
from extractor.tokens import Doc, Token

_FRONT = 6  # tokens of a sentence in which what it is about is named
_LONGEST_CHAIN = 20  # pronouns that take up one another: "Norda … It … Its …"
_CLAUSAL = frozenset({"nsubj", "nsubjpass"})
_PREMODIFIERS = frozenset({"amod", "compound", "nmod"})


def is_reference(name: Name, token: Token) -> bool:
    """True for a common noun that only looks like a name ("the Bank", "the Council"), and for an event ("Hurricane
    Maria", "Independence Day").
    """
    lemma = token.lower_
    words = name.id.split() or [""]
    if among(words[0], "event_names") or (name.type == "name" and among(words[-1], "event_heads")):
        return True
    generic = name.type in {"name", "organisation"} and name.id in {lemma, f"central {lemma}", f"national {lemma}"}
    return generic and (among(lemma, "company_references") or body_kind(lemma) is not None)


def taken_up(token: Token, terms: Terms) -> Name | None:
    """The name that a pronoun or a definite noun takes up, or None."""
    if token.tag_ == "WP$":
        return _by_whose(token, terms)
    if token.tag_ in {"PRP", "PRP$"}:
        return _by_pronoun(token, terms)
    if token.lower_ == "there" and token.dep_ == "advmod":
        return there(token, terms)
    named = token.i in terms.names and token.text != "Union"
    if token.tag_ not in {"NN", "NNP"} or named or not (is_definite(token) or _is_ranked_firm(token)):
        return None
    if _is_specified(token):
        return None
    return _by_noun(token, terms)


def is_product(token: Token) -> bool:
    """True for the name of what somebody makes: "its *Seal U*"."""
    return any(child.tag_ == "PRP$" for child in token.lefts)


def stands_for_another(name: Name, token: Token, terms: Terms) -> bool:
    """True for a demonym or place that only says which body is meant: "the *British* carrier", "the *Dutch* port"."""
    head = token.head
    if (
        name.type != "area"
        or token.dep_ not in _PREMODIFIERS
        or head.tag_ != "NN"
        or head.i in terms.names
        or not is_definite(head)
    ):
        return False
    lemma = head.lemma_.lower()
    named = (_is_company_noun(lemma) or among(lemma, "place_references")) and not among(lemma, "country_references")
    return named and _by_noun(head, terms) is not None


def is_own_matter(verb: Token, figure: Token) -> bool:
    """True for what a single person tells of himself: "*I* took eleven bags", "*my* landlord raised the rent"."""
    subject = next((child for child in verb.lefts if child.dep_ in SUBJECTS), None)
    if subject is None:
        return any(below.lower_ == "my" for below in figure.lefts)
    if subject.lower_ != "i":
        return any(below.lower_ == "my" for below in subject.lefts)
    at = any(child.dep_ == "prep" and child.lower_ == "at" for child in verb.rights)
    return verb_class(verb) is None or (verb.lemma_ == "put" and not at)  # "I expect 3%" is a view of something else


def _by_whose(token: Token, terms: Terms) -> Name | None:
    """The name that "whose" takes up: the one right before it ("Japan is ahead of *China*, whose customs"), unless its
    clause hangs on the noun above that name, or the noun that its clause hangs on.
    """
    clause = next((above for above in ancestors(token) if above.dep_ == "relcl"), None)
    before = next((word for word in (token.doc[i] for i in range(token.i - 1, -1, -1)) if word.text != ","), token)
    beside = terms.names.get(before.i)
    if clause is None:
        return beside
    if beside is not None and not (is_noun(clause.head) and clause.head in ancestors(before)):
        return beside
    told = clause.head.head if clause.head.dep_ == "appos" else clause.head  # "Adre, a town whose population"
    return terms.names.get(clause.head.i) or terms.names.get(told.i)


# Pronouns -------------------------------------------------------------------------------------------------------------


def _by_pronoun(token: Token, terms: Terms) -> Name | None:
    """The name at the end of a chain of pronouns: "*Norda* grew. It sold 300 vans. Its profit …"."""
    for _ in range(_LONGEST_CHAIN):
        before = _before_pronoun(token, terms)
        if not isinstance(before, Token):
            return before
        token = before
    return None


def _before_pronoun(token: Token, terms: Terms) -> Name | Token | None:
    """The name that a pronoun takes up, or the pronoun before it that stands for the same."""
    if (
        not among(token.lower_, "neuter_pronouns")
        or not (token.dep_ in SUBJECTS or token.dep_ == "poss")
        or _is_weather(token)
    ):
        return None
    doc, start = token.doc, sentence_start(token)
    if token.dep_ == "poss" or not _opens_sentence(token):
        subject = _subject_within(doc, start, token.i, token)
        if subject is not None:
            return _as_owner(subject, token, terms)
    if start == 0 or not is_parsed(doc[start - 1]):
        return _opening_name(doc, start, terms)
    subject = _first_subject(doc, sentence_start(doc[start - 1]), start, token)
    return None if subject is None else _as_owner(subject, token, terms)


def _is_weather(token: Token) -> bool:
    """True for the "it" of "it was 48 degrees", and for a measure: "the lobby says *it* is $22.8 billion"."""
    verb = token.head
    if token.lower_ != "it" or token.dep_ not in _CLAUSAL or verb.lemma_ != "be":
        return False
    return any(t.lemma_.lower() == "degree" or (t.dep_ == "attr" and _is_amount(t)) for t in verb.rights)


def _is_amount(token: Token) -> bool:
    return token.pos_ == "NUM" or token.text == "%" or token.lower_ in {"percent", "per", "cent", "pct"}


def _opens_sentence(token: Token) -> bool:
    return not any(t.dep_ in SUBJECTS for t in token.doc[sentence_start(token) : token.i])


def _subject_within(doc: Doc, first: int, last: int, pronoun: Token) -> Token | None:
    """The nearest subject before a pronoun in its sentence that is no pronoun of the same sort."""
    above = {token.i for token in ancestors(pronoun)}
    for i in range(last - 1, first - 1, -1):
        token = doc[i]
        if token.dep_ not in _CLAUSAL or not _fits(token, pronoun):
            continue
        if token.tag_ in {"WDT", "WP"}:
            if token.head.dep_ == "relcl" and token.head.i in above and is_proper(token.head.head):
                return token.head.head  # "overtook *Peru*, which dropped to fourth after cutting its output"
            continue
        inserted = token.tag_ == "NNP" and token.head.i not in above
        aside = verb_class(token.head) is not None and (token.i > token.head.i or inserted)
        if _is_in_reach(token, above) and not aside:
            return token  # not "…, said *Autostat*; they now hold 51%", "in May, *Autostat* reckons, they came to 51%"
    return None


def _is_in_reach(subject: Token, above: set[int]) -> bool:
    """False for the subject of a clause within another: "the report that *the agency* gave …, and it"."""
    for node in ancestors(subject):
        if node.i in above:
            return True
        if node.dep_ in {"relcl", "acl", "pcomp"} or (node.dep_ == "ccomp" and node.head.i < node.i):
            return False
    return True


def _first_subject(doc: Doc, first: int, last: int, pronoun: Token) -> Token | None:
    subjects = (doc[i] for i in range(first, last) if doc[i].dep_ in _CLAUSAL)
    return next((subject for subject in subjects if _fits(subject, pronoun)), None)


def _fits(subject: Token, pronoun: Token) -> bool:
    """False for the subject of an infinitive, and for a plural before "it" and "its", unless somebody has it:
    "*Swatch's* sales fell; it employs".
    """
    if subject.tag_ == "NNS" and pronoun.lower_ in {"it", "its"}:
        return any(child.dep_ == "poss" and child.tag_ == "NNP" for child in subject.lefts)
    return not _infinitive(subject)


def _infinitive(subject: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in subject.head.lefts)


def _as_owner(subject: Token, pronoun: Token, terms: Terms) -> Name | Token | None:
    """The name that a subject is or has: "*BYD* … its", "*Lumo's* shipments … they"; the country of a body in the same
    sentence: "*Nigeria's* Manufacturers' Association said its members"; the pronoun that it is or has.
    """
    name = terms.names.get(subject.i) or terms.heads.get(subject.i)
    if name is not None:
        if name.type == "person" or name.adjective or is_reference(name, subject):
            return None
        if name.type == "area" or name.kind == "company" or not (name.kind or name.id in terms.speakers):
            return name
        if name.kind in {"", "other"} and _does(pronoun):
            return name
        return country_of_body(subject.i, name, terms) if subject.i >= sentence_start(pronoun) else None
    if subject.tag_ in {"PRP", "PRP$"}:
        return subject if subject.i < pronoun.i and among(subject.lower_, "neuter_pronouns") else None
    owner = next((child for child in subject.lefts if child.dep_ == "poss"), None)
    if owner is not None and not is_ranked(subject):
        return _as_owner(owner, pronoun, terms) if owner.i != pronoun.i and owner.i < pronoun.i else None
    holder = next((t for of in subject.rights if of.lower_ == "of" for t in of.rights if t.i in terms.names), None)
    if holder is not None and holder.i < pronoun.i:
        return _as_owner(holder, pronoun, terms)  # "sales of *Norda* fell, taking its share to 2%"
    return taken_up(subject, terms) if subject.tag_ in {"NN", "NNP"} else None


def _does(pronoun: Token) -> bool:
    """True where who speaks tells what he himself does: "ABN said *it* would cut 5,200 posts", not "it counted"."""
    lemma = pronoun.head.lemma_.lower()
    tells = any(among(lemma, f"{words}_verbs") for words in ("reckoning", "guessing", "counting", "arriving"))
    return pronoun.dep_ == "nsubj" and is_verb(pronoun.head) and pronoun.head.lemma_ != "be" and not tells


def _opening_name(doc: Doc, start: int, terms: Terms) -> Name | None:
    """The name with which the sentence before, which was not parsed, opens, or the only one in its front."""
    if start == 0:
        return None
    first = sentence_start(doc[start - 1])
    found = [
        name
        for i in range(first, min(first + _FRONT, start))
        if (name := terms.names.get(i)) is not None and name.type != "person" and not _is_mere_adjective(name, doc)
    ]
    found = [name for name in found if name.id not in {WORLD, ABROAD}]
    if not found or (found[0].first - first > 1 and (len(found) > 1 or _is_oblique(doc[found[0].first - 1]))):
        return None
    return found[0]


def _is_mere_adjective(name: Name, doc: Doc) -> bool:
    """True for a demonym before a noun, and not for the people: "*The Japanese* don't seem worried"."""
    people = name.last < len(doc) and doc[name.last].is_stop and name.first > 0 and doc[name.first - 1].lower_ == "the"
    return name.adjective and not people


def _is_oblique(before: Token) -> bool:
    """True for the word before a name that is neither what a sentence tells of nor an owner: "from *China*"."""
    return among(before.lower_, "counterpart_prepositions") or among(before.lower_, "origin_prepositions")


# Definite nouns -------------------------------------------------------------------------------------------------------


def _is_specified(noun: Token) -> bool:
    """True where the words behind a noun say which: "the city *of Pisco*", "the firm *that* …"."""
    return any(
        child.dep_ == "relcl" or (child.dep_ == "prep" and child.lower_ == "of") or child.dep_ == "appos"
        for child in noun.rights
    )


def is_ranked(noun: Token) -> bool:
    """True for a firm or land told by its rank: "the world's *biggest automaker*", "Europe's *top economy*"."""
    lemma = noun.lemma_.lower()
    return (_is_company_noun(lemma) or among(lemma, "ranked_lands")) and _has_rank(noun)


def _is_ranked_firm(noun: Token) -> bool:
    return _is_company_noun(noun.lemma_.lower()) and _has_rank(noun)


def _has_rank(noun: Token) -> bool:
    superlatives = lexicon().ranks["superlatives"]
    return any(child.tag_ in {"JJS", "RBS"} or child.lower_ in superlatives for child in noun.lefts)


def _is_company_noun(lemma: str) -> bool:
    return among(lemma, "company_references") or body_kind(lemma) == "company"


def _by_noun(token: Token, terms: Terms) -> Name | None:
    lemma = token.lemma_.lower()
    if token.text == "Union":
        return european_union(token, terms)
    if not token.is_lower:
        return _company(token, lemma, terms) if _is_company_noun(lemma) else None
    area = area_of_noun(token, lemma, terms)
    if area is not None and area.id == lemma and among(lemma, "site_references"):
        return _only_named([], token, paragraph_start(token), terms) or area
    before = token.nbor(-1).lower_ if token.i else ""
    firm = _is_company_noun(lemma) and name_words().compounds.get(f"{before} {lemma}") in {None, "company"}
    return _company(token, lemma, terms) if area is None and firm else area  # not "the industry *body*"


def _company(token: Token, lemma: str, terms: Terms) -> Name | None:
    """The last firm that is the subject of a sentence before, else the article's, else the last one; a site may stand
    for itself.
    """
    fitting = [
        name
        for name in names_before(token, terms)
        if not name.adjective
        and (name.kind == "company" or name.type == "name")
        and not is_product(token.doc[name.last - 1])
        and not is_reference(name, token.doc[name.last - 1])
        and name.id not in terms.speakers
    ]
    named = (name for name in names_before(token, terms) if name.type != "person")
    namesake = next((name for name in named if lemma in name.id.replace("_", " ").split()), None)
    if namesake is not None and namesake.kind in PUBLIC_BODIES:
        return country_of_body(namesake.last - 1, namesake, terms)  # "the bank" after the central bank
    near = paragraph_start(token)
    here = [name for name in fitting if name.first >= near]
    doers = [name for name in here if acts(token.doc[name.last - 1])]
    firms = (name for name in (*doers, *here) if name.kind == "company")  # "Shares of *Tesla* fell", not Musk
    subject = _only_named(fitting, token, near, terms) if not doers else next(firms, doers[0])
    if subject is not None:
        return subject
    home = terms.home
    if home is not None and home.id not in taxonomy().areas:
        return Name(token.i, token.i + 1, home.id, "organisation", "company")
    subjects = (n for n in fitting if acts(token.doc[n.last - 1]))
    return next(subjects, None) or next((n for n in fitting if n.type != "name"), None)


def _only_named(fitting: list[Name], token: Token, near: int, terms: Terms) -> Name | None:
    """The one firm that the sentence before names, if that was not parsed: "The loudest was *Dukkan*. The firm …"."""
    start = sentence_start(token)
    if start <= near or is_parsed(token.doc[start - 1]):
        return None
    first = sentence_start(token.doc[start - 1])
    unknown = (name for name in _unknown_in(token.doc, first, start) if name.id not in terms.speakers)
    here = {name.id: name for name in (*fitting, *unknown) if first <= name.first < start}
    name = next(iter(here.values()), None)
    return name if len(here) == 1 and name is not None and not _is_oblique(token.doc[name.first - 1]) else None


def _unknown_in(doc: Doc, first: int, last: int) -> Iterator[Name]:
    """The capitalised words, no title or day, within a sentence that was not parsed: "On Wednesday came *Corvane*."."""
    words, i = name_words(), first + 1
    while i < last:
        end = i
        while end < last and doc[end].is_title and doc[end].is_alpha and doc[end].lower_ not in words.never:
            end += 1
        other = (
            doc[end - 1].lower_ in words.titles | words.roles
            or words.suffixes.get(doc[end - 1].lower_) == "analyst"
            or not words.given.keys().isdisjoint(
                {doc[max(i - 1, 0)].lower_, doc[i].lower_}
            )  # "*Elon* Musk sold a house"
        )
        if end > i and not doc[i].is_stop and not is_area_name(doc.span(i, end).text) and not other:
            yield Name(i, end, identity(doc.span(i, end).text), "organisation", "company")
        i = end + 1
