"""Whose a figure is where its clause names nobody, by who does or tells it: a firm of its sales, a country's bodies."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractor.mentions import Measure, Scope, Slot, text_of
from extractor.names.words import PUBLIC_BODIES
from extractor.scope.areas.named import name_slot
from extractor.scope.areas.places import local_place
from extractor.scope.clause.views import Frame
from extractor.scope.lending.lists import Past
from extractor.scope.terms import Terms, country_of
from extractor.scope.words import among, words_in
from extractor.syntax import SUBJECTS
from extractor.taxonomy import taxonomy
from extractor.tokens import Doc, Token

_LEAST_OF_FIRM = 3  # such words


class Asked(NamedTuple):
    """A figure whose area is wanted."""

    position: int
    measure: Measure
    scope: Scope
    frame: Frame | None
    heading: Slot | None
    """The area that the line above its list names."""
    taken_up: Past | None
    """The figure that this one counts a part of, or tells for another time."""


class Focus:
    """Whose figures an article gives, as far as doers and speakers show it."""

    def __init__(self, doc: Doc, terms: Terms) -> None:
        self._terms, self._home = terms, terms.home
        self.firms = frozenset(name.id for name in terms.names.values() if name.kind == "company")
        """Ids of the article's firms."""
        home = self._home
        if home is not None and home.id not in taxonomy().areas and _tells_of_firm(doc, terms, home.id):
            self.firms |= {home.id}

    def is_of_firm(self) -> bool:
        """True in an article on a firm: its staff worldwide is its own."""
        return self._home is not None and self._home.id in self.firms

    def own_land(self) -> Slot | None:
        """The country that the article tells of most."""
        land = self._terms.land
        return Slot(land, taxonomy().areas[land].names[0], "country of the article") if land else None

    def foreign_doer(self, asked: Asked) -> Slot | None:
        """The country of a body of another land than the article's that has or does something: "The *Nigerian*
        Correctional Service had 79,200 inmates"; what it expects or estimates may be anybody's.
        """
        verb = asked.frame.verb if asked.frame is not None else None
        if verb is None or among(verb.lemma_.lower(), "guessing_verbs"):
            return None
        subject = next((child for child in verb.lefts if child.dep_ in SUBJECTS), None)
        if subject is None:
            return None
        name = self._terms.names.get(subject.i)
        if name is None:
            return self._seat_of(subject)
        if name.kind not in PUBLIC_BODIES:
            return None
        land = self._terms.areas_of_bodies.get(subject.i, "")
        counted = self.is_of_firm() and (
            among(verb.lemma_.lower(), "arriving_verbs") or among(verb.lemma_.lower(), "counting_verbs")
        )
        if land == "" or taxonomy().areas[land].kind != "country" or (land == self._terms.land and not counted):
            return None
        areas = (other.id for other in self._terms.names.values() if other.type == "area")
        if name.id in taxonomy().organisations and land not in map(country_of, areas):
            return None  # another land's body of that name: "the National Statistical Office"
        return Slot(land, taxonomy().areas[land].names[0], "country of the body that does it", subject.idx)

    def _seat_of(self, body: Token) -> Slot | None:
        """The place that a nameless body governs, "*the provincial government*", or the country in whose capital it
        does: "*the junta in Naypyidaw* speaks of 6,600 men".
        """
        own = local_place(body, self._terms)
        if own is not None:
            return name_slot(own, body, "place of the body that does it")
        lemma, nodes = body.lemma_.lower(), taxonomy().areas
        if not among(lemma, "governing_nouns") and not among(lemma, "national_bodies"):
            return None
        places = (below for child in body.rights if child.lower_ == "in" for below in child.rights)
        for place in places:
            name = self._terms.names.get(place.i)
            land = nodes[name.id].speaks_for if name is not None and name.id in nodes else None
            if land is not None and nodes[land].kind == "country" and land != self._terms.land:
                return Slot(land, nodes[land].names[0], "country of the body that does it", place.idx)
        return None

    def of_government(self, asked: Asked, near: Slot | None) -> Slot | None:
        """The whole country where its government does something in a passage on one of its places or firms: "*The
        government* wants 60 million visitors by 2030".
        """
        verb = asked.frame.verb if asked.frame is not None else None
        subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None) if verb is not None else None
        if subject is None or near is None or not among(subject.lemma_.lower(), "national_bodies"):
            return None
        if [child.dep_ for child in subject.lefts] != ["det"] or any(child.dep_ == "prep" for child in subject.rights):
            return None
        local = near.id in self.firms or is_place(near)
        home = country_of(near.id)
        return self.own_land() if local and home in {near.id, self._terms.land} else None


def _tells_of_firm(doc: Doc, terms: Terms, name_id: str) -> bool:
    """True for an article whose unknown name is a firm's and no land's, by what it tells of it: "chief executive",
    "revenue".
    """
    if any(name.id == name_id and name.type == "area" for name in terms.names.values()):
        return False
    return len(_of_firms().findall(text_of(doc))) >= _LEAST_OF_FIRM


@cache
def _of_firms() -> re.Pattern[str]:
    words = "|".join(sorted(words_in("firm_words"), key=lambda word: (-len(word), word)))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def is_place(area: Slot) -> bool:
    """True for a place within a country, known or not."""
    node = taxonomy().areas.get(area.id)
    return area.rule.startswith("place") if node is None else node.kind == "place"
