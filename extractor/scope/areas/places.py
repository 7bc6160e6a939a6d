"""Which area a definite noun stands for: "the country", "our province", "the bloc", "the capital", "there", "the county
council".

A place of the level that the noun tells of which the paragraph named last, else the article's own, else one named far
more than others. What nothing tells stands for itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from extractor.mentions import Name
from extractor.scope.terms import Terms
from extractor.scope.words import among, local_levels
from extractor.syntax import SUBJECTS, is_parsed, sentence_start
from extractor.taxonomy import ABROAD, WORLD, taxonomy
from extractor.tokens import Doc, Token

_LEAST_NAMED, _FAR_MORE = 3, 2  # times that an article names the place that a noun can mean, and times any other
_REACH = 25  # names that a definite noun looks back over
_EU = "eu"
_DEFINITE = frozenset({"the", "that", "this"})
_OURS = frozenset({"our", "my"})
_TIED = frozenset({"pobj", "poss", "nsubj", "nsubjpass"})
_DIVISION = re.compile(r"[A-Z]{2}_[A-Z0-9]{1,3}")
"""The id of a first-level division of a country (ISO 3166-2)."""


def area_of_noun(token: Token, lemma: str, terms: Terms) -> Name | None:
    """The area that a definite noun in lower case stands for, None for a noun of something else."""
    if lemma == "capital":
        return _capital(token, terms)
    if among(lemma, "bloc_references"):
        return _bloc(token, lemma, terms)
    if among(lemma, "country_references"):
        return _country(token, terms)
    if among(lemma, "place_references") or among(lemma, "site_references"):
        return _place(token, lemma, terms)
    if among(lemma, "state_references") and token.dep_ in _TIED:
        return _state(token, lemma, terms)
    return None


def is_definite(noun: Token) -> bool:
    """True behind "the" and the like, and behind "our": "*our* province" is where who writes is at home."""
    return any(
        (child.dep_ == "det" and child.lower_ in _DEFINITE) or (child.dep_ == "poss" and child.lower_ in _OURS)
        for child in noun.lefts
    )


def _capital(token: Token, terms: Terms) -> Name | None:
    """The capital of the article's country, where "the capital" is a place ("in the capital") and no sum of money."""
    if token.dep_ not in _TIED:
        return None
    near = paragraph_start(token)
    lands = (name.id for name in names_before(token, terms) if name.kind == "country" and name.first >= near)
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
    doc, start = token.doc, sentence_start(token)
    if token.dep_ == "pobj" and among(token.head.lower_, "counterpart_prepositions"):
        other = _other_country(token, terms)
        if other is not None:
            return other
    before = sentence_start(doc[start - 1]) if start else start
    for i in (*range(start, token.i), *range(before, start)):
        name = terms.names.get(i)
        if name is None:
            continue
        here = i >= start
        if name.kind == "country" and (acts(doc[i]) or (here and name.adjective)):
            return name
        if here and i in terms.areas_of_bodies and doc[i].dep_ in SUBJECTS:
            return country_of_body(i, name, terms)
    if terms.land:
        return Name(token.i, token.i + 1, terms.land, "area", "country")
    return next((name for name in names_before(token, terms) if name.kind == "country" and not name.adjective), None)


def _other_country(token: Token, terms: Terms) -> Name | None:
    """The last country of the paragraph but the article's own: "imports from China, exports to *the country*"."""
    near = paragraph_start(token)
    before = (name for name in names_before(token, terms) if name.kind == "country" and name.id != terms.land)
    name = next(before, None)
    return name if name is not None and name.first >= near and token.doc[name.last - 1].dep_ not in SUBJECTS else None


def _bloc(token: Token, lemma: str, terms: Terms) -> Name | None:
    """The region that the article tells of or named last: "across *the bloc*", "the rest of *the continent*"; a place,
    where that was named since: "*the region*".
    """
    local = among(lemma, "place_references")
    kinds = {"region", "place"} if local else {"region"}
    named = next(
        (name for name in names_before(token, terms) if name.kind in kinds and name.id not in {WORLD, ABROAD}), None
    )
    if named is not None and named.kind == "region":
        return named
    home, nodes = terms.home, taxonomy().areas
    if home is not None and home.id in nodes and nodes[home.id].kind == "region":
        return Name(token.i, token.i + 1, home.id, "area", "region")
    return _place(token, lemma, terms) if local else european_union(token, terms)


def european_union(token: Token, terms: Terms) -> Name | None:
    """The European Union, where the article names it or one of its members is its country."""
    named = terms.land == _EU or _EU in taxonomy().area_ancestors(terms.land) if terms.land else False
    if named or any(name.id == _EU for name in terms.names.values()):
        return Name(token.i, token.i + 1, _EU, "area", "region")
    return None


def there(token: Token, terms: Terms) -> Name | None:
    """The last area named in the paragraph, that of the sentence itself left out, but for the article's own country."""
    near = paragraph_start(token)
    areas = (name for name in names_before(token, terms) if name.type == "area" and not name.adjective)
    name = next((name for name in areas if name.id not in {terms.land, WORLD, ABROAD}), None)
    return name if name is not None and name.first >= near else None


def acts(token: Token) -> bool:
    """True for a subject or owner; in a sentence that was not parsed, for the name with which it opens."""
    if not is_parsed(token):
        return token.i - sentence_start(token) <= 1
    return token.dep_ in {"nsubj", "nsubjpass", "poss"}


def names_before(token: Token, terms: Terms) -> Iterator[Name]:
    """The names before a word, the nearest first."""
    for number, i in enumerate(sorted((i for i in terms.names if i < token.i), reverse=True)):
        if number >= _REACH:
            return
        yield terms.names[i]


def _place(token: Token, lemma: str, terms: Terms) -> Name | None:
    """The place of that sort that the paragraph named last, else the article's own, else the last of that level, else
    the noun itself.
    """
    near = _place_near(token, lemma, terms)
    if near is not None:
        return near
    home = terms.home
    nodes = taxonomy().areas
    is_site = among(lemma, "site_references")
    if home is not None and (
        lemma in home.id.split() if is_site else home.id not in nodes or nodes[home.id].kind == "place"
    ):
        known = home.id in nodes
        return Name(token.i, token.i + 1, home.id, "area" if known else "name", "place" if known else "")
    return (None if is_site else _of_level(token, lemma, terms)) or Name(token.i, token.i + 1, lemma, "area", "place")


def _place_near(token: Token, lemma: str, terms: Terms) -> Name | None:
    """The place of that sort that the paragraph named last."""
    near, division = paragraph_start(token), among(lemma, "division_references")
    for name in names_before(token, terms):
        if name.first < near:
            return None
        if division and _is_part_of_division(name, token.doc):
            continue
        named = name.type != "person" and lemma in name.id.split()
        if named or (name.kind == "place" and not name.adjective) or _is_located(name, token):
            return name
    return None


def _is_part_of_division(name: Name, doc: Doc) -> bool:
    """True for a place that the noun behind it shows to be no province: "Multan *district*"."""
    behind = doc[name.last].lower_ if name.last < len(doc) else ""
    return among(behind, "place_references") and not among(behind, "division_references")


def _state(token: Token, lemma: str, terms: Terms) -> Name | None:
    """The state named last, where "the state" is a place and not those who govern."""
    return _place_near(token, lemma, terms) or _of_level(token, lemma, terms)


def _of_level(token: Token, lemma: str, terms: Terms) -> Name | None:
    """The place of the level that a noun tells of: the division of a country named last, or of other places the one
    that the article names far more than any other.
    """
    nodes = taxonomy().areas
    places = [
        name for name in names_before(token, terms) if name.kind == "place" and not name.adjective and name.id in nodes
    ]
    if among(lemma, "division_references"):
        divisions = (name for name in places if _DIVISION.fullmatch(name.id) and nodes[name.id].speaks_for is None)
        return next(divisions, None)
    times = Counter(name.id for name in places).most_common(2)
    if not times or times[0][1] < _LEAST_NAMED or (len(times) > 1 and times[0][1] < _FAR_MORE * times[1][1]):
        return None
    return next(name for name in places if name.id == times[0][0])


def local_place(body: Token, terms: Terms) -> Name | None:
    """The place whose body a nameless one is: "the *provincial* government", "the *county* council"."""
    for child in body.lefts:
        lemma = local_levels().get(child.lower_) if child.dep_ in {"amod", "compound"} else None
        if lemma is not None:
            found = _state(child, lemma, terms) if lemma == "state" else _place(child, lemma, terms)
            return None if found is None or found.id == lemma else found
    return None


def _is_located(name: Name, noun: Token) -> bool:
    """True for a name of unknown sort in which something happens in the noun's sentence: "*in Jaén*"."""
    last = noun.doc[name.last - 1]
    here = name.type == "name" and name.first >= sentence_start(noun)
    return here and last.dep_ == "pobj" and last.head.lower_ in {"in", "near", "at", "for"}


def paragraph_start(token: Token) -> int:
    """Token index at which the paragraph of a word begins."""
    i = token.i
    while i > 0 and "\n" not in token.doc[i - 1].text:
        i -= 1
    return i


def country_of_body(index: int, name: Name, terms: Terms) -> Name | None:
    """The country that a body's name holds, as a name."""
    area = terms.areas_of_bodies.get(index)
    if area is None or taxonomy().areas[area].kind != "country":
        return None
    return Name(name.first, name.last, area, "area", "country")
