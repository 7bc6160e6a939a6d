"""Whom a pronoun, a definite noun or a demonym beside one takes up: "its", "the company", "the capital", "the Dutch
port".

A pronoun takes up the subject before it, in its own sentence or in the one before, and nothing where that is no name. A
definite noun takes up a name of its sort, else what the article is about, else, for places and sites, it stands for
itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from extractor.mentions import Name
from extractor.naming import body_kind, identity, is_area_name, name_words
from extractor.quantities.lexicon import lexicon
from extractor.scope.terms import Terms
from extractor.scope.words import among
from extractor.sources.cues import verb_class
from extractor.syntax import SUBJECTS, ancestors, is_parsed
from extractor.taxonomy import ABROAD, WORLD, taxonomy

_FRONT = 6  # tokens of a sentence in which what it is about is named
_REACH = 25  # names that a definite noun looks back over
_EU = "eu"
_DEFINITE = frozenset({"the", "that", "this"})
_PRONOUNS = frozenset({"it", "its", "they", "their"})
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
        clause = next((above for above in ancestors(token) if above.dep_ == "relcl"), None)
        return terms.names.get(clause.head.i) if clause is not None else None
    if token.tag_ in {"PRP", "PRP$"}:
        return _by_pronoun(token, terms)
    named = token.i in terms.names and token.text != "Union"
    if token.tag_ not in {"NN", "NNP"} or named or not _is_definite(token) or _is_specified(token):
        return None
    return _by_noun(token, terms)


def stands_for_another(token: Token, terms: Terms) -> bool:
    """True for a demonym or place that only says which body is meant: "the *British* carrier", "the *Dutch* port"."""
    head = token.head
    if (
        terms.names[token.i].type != "area"
        or token.dep_ not in _PREMODIFIERS
        or head.tag_ != "NN"
        or head.i in terms.names
        or not _is_definite(head)
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


# Pronouns -------------------------------------------------------------------------------------------------------------


def _by_pronoun(token: Token, terms: Terms) -> Name | None:
    if token.lower_ not in _PRONOUNS or not (token.dep_ in SUBJECTS or token.dep_ == "poss") or _is_weather(token):
        return None
    doc, start = token.doc, token.sent.start
    if token.dep_ == "poss" or not _opens_sentence(token):
        subject = _subject_within(doc, start, token.i, token)
        if subject is not None:
            return _as_owner(subject, token, terms)
    if start == 0 or not is_parsed(doc[start - 1]):
        return _opening_name(doc, start, terms)
    subject = _first_subject(doc, doc[start - 1].sent.start, start, token)
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
    return not any(t.dep_ in SUBJECTS for t in token.doc[token.sent.start : token.i])


def _subject_within(doc: Doc, first: int, last: int, pronoun: Token) -> Token | None:
    """The nearest subject before a pronoun in its sentence that is no pronoun of the same sort."""
    above = {token.i for token in ancestors(pronoun)}
    for i in range(last - 1, first - 1, -1):
        token = doc[i]
        if token.dep_ not in _CLAUSAL or token.tag_ in {"WDT", "WP"} or not _fits(token, pronoun):
            continue
        if _is_in_reach(token, above) and not (token.i > token.head.i and verb_class(token.head) is not None):
            return token  # not "…, said *Autostat*; they now hold 51%"
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


def _as_owner(subject: Token, pronoun: Token, terms: Terms) -> Name | None:
    """The name that a subject is or has: "*BYD* … its", "*Lumo's* shipments … they"; the country of a body in the same
    sentence: "*Nigeria's* Manufacturers' Association said its members".
    """
    name = terms.names.get(subject.i)
    if name is not None:
        if name.type == "person" or name.adjective or is_reference(name, subject):
            return None
        if name.type == "area" or name.kind == "company" or not (name.kind or name.id in terms.speakers):
            return name
        return _country_of_body(subject.i, name, terms) if subject.i >= pronoun.sent.start else None
    if subject.tag_ in {"PRP", "PRP$"}:
        return _by_pronoun(subject, terms) if subject.i < pronoun.i and subject.lower_ in _PRONOUNS else None
    owner = next((child for child in subject.lefts if child.dep_ == "poss"), None)
    if owner is not None:
        return _as_owner(owner, pronoun, terms) if owner.i != pronoun.i and owner.i < pronoun.i else None
    return taken_up(subject, terms) if subject.tag_ in {"NN", "NNP"} else None


def _country_of_body(index: int, name: Name, terms: Terms) -> Name | None:
    """The country that a body's name holds, as a name."""
    area = terms.areas_of_bodies.get(index)
    if area is None or taxonomy().areas[area].kind != "country":
        return None
    return Name(name.first, name.last, area, "area", "country")


def _opening_name(doc: Doc, start: int, terms: Terms) -> Name | None:
    """The name with which the sentence before, which was not parsed, opens, or the only one in its front."""
    if start == 0:
        return None
    first = doc[start - 1].sent.start
    found = [
        name
        for i in range(first, min(first + _FRONT, start))
        if (name := terms.names.get(i)) is not None and not name.adjective and name.type != "person"
    ]
    found = [name for name in found if name.id not in {WORLD, ABROAD}]
    if not found or (found[0].first - first > 1 and (len(found) > 1 or _is_oblique(doc[found[0].first - 1]))):
        return None
    return found[0]


def _is_oblique(before: Token) -> bool:
    """True for the word before a name that is neither what a sentence tells of nor an owner: "from *China*"."""
    return among(before.lower_, "counterpart_prepositions") or among(before.lower_, "origin_prepositions")


# Definite nouns -------------------------------------------------------------------------------------------------------


def _is_definite(noun: Token) -> bool:
    return any(child.dep_ == "det" and child.lower_ in _DEFINITE for child in noun.lefts)


def _is_specified(noun: Token) -> bool:
    """True where the words behind a noun say which: "the city *of Pisco*", "the firm *that* …"."""
    return any(
        child.dep_ == "relcl" or (child.dep_ == "prep" and child.lower_ == "of") or child.dep_ == "appos"
        for child in noun.rights
    )


def is_ranked_firm(noun: Token) -> bool:
    """True for a firm told by its rank: "the world's *biggest automaker*", "Japan's *second-largest airline*"."""
    superlatives = lexicon().ranks["superlatives"]
    ranked = any(child.tag_ in {"JJS", "RBS"} or child.lower_ in superlatives for child in noun.lefts)
    return ranked and _is_company_noun(noun.lemma_.lower())


def _is_company_noun(lemma: str) -> bool:
    return among(lemma, "company_references") or body_kind(lemma) == "company"


def _by_noun(token: Token, terms: Terms) -> Name | None:
    lemma = token.lemma_.lower()
    if token.text == "Union":
        return _union(token, terms)
    if not token.is_lower:
        return _company(token, lemma, terms) if _is_company_noun(lemma) else None
    if lemma == "capital":
        return _capital(token, terms)
    if among(lemma, "country_references"):
        return _country(token, terms)
    if among(lemma, "place_references") or among(lemma, "site_references"):
        return _place(token, lemma, terms)
    return _company(token, lemma, terms) if _is_company_noun(lemma) else None


def _union(token: Token, terms: Terms) -> Name | None:
    """The European Union, where the article names it or one of its members is its country."""
    named = terms.land == _EU or _EU in taxonomy().area_ancestors(terms.land) if terms.land else False
    if named or any(name.id == _EU for name in terms.names.values()):
        return Name(token.i, token.i + 1, _EU, "area", "region")
    return None


def _capital(token: Token, terms: Terms) -> Name | None:
    """The capital of the article's country, where "the capital" is a place ("in the capital") and no sum of money."""
    if token.dep_ not in {"pobj", "poss", "nsubj", "nsubjpass"}:
        return None
    near = _paragraph_start(token)
    lands = (name.id for name in _back(token, terms) if name.kind == "country" and name.first >= near)
    city = _capitals().get(next(lands, terms.land))
    return Name(token.i, token.i + 1, city, "area", "place") if city is not None else None


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    """The seat of government of each country: the first that speaks for it."""
    found: dict[str, str] = {}
    for area in taxonomy().areas.values():
        if area.speaks_for is not None and area.kind == "place":
            found.setdefault(area.speaks_for, area.id)
    return found


def _country(token: Token, terms: Terms) -> Name | None:
    """The country of the sentence's or the last sentence's subject, else the article's, else the last one named."""
    doc, start = token.doc, token.sent.start
    before = doc[start - 1].sent.start if start else start
    for i in (*range(start, token.i), *range(before, start)):
        name = terms.names.get(i)
        if name is None:
            continue
        here = i >= start
        if name.kind == "country" and (_acts(doc[i]) or (here and name.adjective)):
            return name
        if here and i in terms.areas_of_bodies and doc[i].dep_ in SUBJECTS:
            return _country_of_body(i, name, terms)
    if terms.land:
        return Name(token.i, token.i + 1, terms.land, "area", "country")
    return next((name for name in _back(token, terms) if name.kind == "country" and not name.adjective), None)


def _acts(token: Token) -> bool:
    """True for a subject or owner; in a sentence that was not parsed, for the name with which it opens."""
    if not is_parsed(token):
        return token.i - token.sent.start <= 1
    return token.dep_ in {"nsubj", "nsubjpass", "poss"}


def _back(token: Token, terms: Terms) -> Iterator[Name]:
    """The names before a word, the nearest first."""
    for number, i in enumerate(sorted((i for i in terms.names if i < token.i), reverse=True)):
        if number >= _REACH:
            return
        yield terms.names[i]


def _company(token: Token, lemma: str, terms: Terms) -> Name | None:
    """The last firm that is the subject of a sentence before, else the article's, else the last one; a site may stand
    for itself.
    """
    fitting = [
        name
        for name in _back(token, terms)
        if not name.adjective
        and (name.kind == "company" or name.type == "name")
        and not is_reference(name, token.doc[name.last - 1])
        and name.id not in terms.speakers
    ]
    near = _paragraph_start(token)
    subject = next((n for n in fitting if n.first >= near and _acts(token.doc[n.last - 1])), None)
    subject = subject or _only_named(fitting, token, near, terms)
    if subject is not None:
        return subject
    home = terms.home
    if home is not None and home.id not in taxonomy().areas:
        return Name(token.i, token.i + 1, home.id, "organisation", "company")
    subjects = (n for n in fitting if _acts(token.doc[n.last - 1]))
    return next(subjects, None) or next((n for n in fitting if n.type != "name"), None)


def _only_named(fitting: list[Name], token: Token, near: int, terms: Terms) -> Name | None:
    """The one firm that the sentence before names, if that was not parsed: "The loudest was *Dukkan*. The firm …"."""
    start = token.sent.start
    if start <= near or is_parsed(token.doc[start - 1]):
        return None
    first = token.doc[start - 1].sent.start
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
            doc[end - 1].lower_ in words.titles | words.roles or words.suffixes.get(doc[end - 1].lower_) == "analyst"
        )
        if end > i and not is_area_name(doc[i:end].text) and not other:
            yield Name(i, end, identity(doc[i:end].text), "organisation", "company")
        i = end + 1


def _place(token: Token, lemma: str, terms: Terms) -> Name | None:
    """The place of that sort that the paragraph named last, else the article's own, else the noun itself."""
    near = _paragraph_start(token)
    for name in _back(token, terms):
        if name.first < near:
            break
        named = name.type != "person" and lemma in name.id.split()
        if named or (name.kind == "place" and not name.adjective) or _is_located(name, token):
            return name
    home = terms.home
    nodes = taxonomy().areas
    is_site = among(lemma, "site_references")
    if home is not None and (
        lemma in home.id.split() if is_site else home.id not in nodes or nodes[home.id].kind == "place"
    ):
        known = home.id in nodes
        return Name(token.i, token.i + 1, home.id, "area" if known else "name", "place" if known else "")
    return Name(token.i, token.i + 1, lemma, "area", "place")


def _is_located(name: Name, noun: Token) -> bool:
    """True for a name of unknown sort in which something happens in the noun's sentence: "*in Jaén*"."""
    last = noun.doc[name.last - 1]
    here = name.type == "name" and name.first >= noun.sent.start
    return here and last.dep_ == "pobj" and last.head.lower_ in {"in", "near", "at", "for"}


def _paragraph_start(token: Token) -> int:
    """Token index at which the paragraph of a word begins."""
    i = token.i
    while i > 0 and "\n" not in token.doc[i - 1].text_with_ws:
        i -= 1
    return i
