"""Whose a figure is where its clause names nobody, by who does or tells it: a firm of its sales, a country's bodies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from extractor.mentions import Measure, Scope, Slot, text_of
from extractor.naming import PUBLIC_BODIES
from extractor.scope.frame import Frame
from extractor.scope.lists import Past
from extractor.scope.phrases import is_money
from extractor.scope.places import local_place
from extractor.scope.references import is_reference, taken_up
from extractor.scope.roles import name_slot
from extractor.scope.terms import Terms, country_of
from extractor.scope.words import among, words_in
from extractor.sources.cues import verb_class
from extractor.syntax import SUBJECTS, ancestors, is_verb
from extractor.taxonomy import taxonomy

_LEAST_OF_FIRM = 3  # such words
_LEAST_NAMED = 2  # times that an article names its firm
_EVERYBODYS = frozenset({"USD", "EUR", "XOF", "XAF", "XCD"})
"""Currencies of many countries."""


class Asked(NamedTuple):
    """A figure whose area is wanted."""

    position: int
    measure: Measure
    scope: Scope
    frame: Frame | None
    heading: Slot | None
    """The area that the line above its list names."""
    before: Past | None
    """The last figure that speaks of the same thing."""
    taken_up: Past | None


class Focus:
    """Whose figures an article gives, as far as doers and speakers show it."""

    def __init__(self, doc: Doc, terms: Terms) -> None:
        self._terms, self._home = terms, terms.home
        self.firms = frozenset(name.id for name in terms.names.values() if name.kind == "company")
        """Ids of the article's firms."""
        home = self._home
        if home is not None and home.id not in taxonomy().areas and _tells_of_firm(doc, terms, home.id):
            self.firms |= {home.id}
        self._main_firm = _main_firm(doc, terms)

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

    def speaking_firm(self, asked: Asked) -> Slot | None:
        """The firm that tells a figure such as firms have of themselves: "*Maersk* said that revenue rose 5%"."""
        indicator = asked.scope.indicator
        if asked.frame is None or indicator is None or not among(indicator.id, "firm_measures"):
            return None
        verbs = (above for above in ancestors(asked.frame.anchor) if is_verb(above) and verb_class(above) is not None)
        for verb in verbs:
            subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
            name = None if subject is None else self._terms.names.get(subject.i) or taken_up(subject, self._terms)
            if subject is not None and name is not None:
                firm = name.kind == "company" and not is_reference(name, subject)
                return name_slot(name, subject, "firm that tells it") if firm else None
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

    def of_currency(self, asked: Asked, past: Sequence[Past]) -> Slot | None:
        """The last area named before whose currency a sum is in, where that is not the article's: "a levy of 150,000
        *rupiah*" in one on Singapore that has come to Bali.
        """
        unit, home = asked.measure.unit, self._home  # "20 riyals a transfer" is a price, which may be in any currency
        nodes, land = taxonomy().areas, unit[:2]
        if home is None or home.id not in nodes or not is_money(unit) or unit in _EVERYBODYS or land not in nodes:
            return None
        if nodes[home.id].kind == "region" or country_of(home.id) == land:
            return None
        areas = (p.draft.scope.area for p in reversed(past))
        found = next((area for area in areas if area is not None and country_of(area.id) == land), None)
        return found._replace(rule="country of its currency") if found is not None else None

    def fitting(self, candidates: tuple[Slot | None, ...], indicator: Slot | None) -> tuple[Slot | None, ...]:
        """The candidates that can have such a figure: no land for what stands in a firm's books, and no firm for what a
        market or a whole country has ("contract *prices* of memory dropped" in an article on one of the makers).
        """
        if indicator is None:
            return candidates
        if among(indicator.id, "firm_accounts"):
            bodies = tuple(each for each in candidates if each is None or each.id not in taxonomy().areas)
            return (*bodies, self._main_firm, *candidates)
        country = among(indicator.id, "country_measures")
        if not country and not among(indicator.id, "market_measures"):
            return candidates
        left = tuple(each for each in candidates if each is None or each.id not in self.firms)
        return (*left, self.own_land()) if country and self.is_of_firm() else left


def _main_firm(doc: Doc, terms: Terms) -> Slot | None:
    """The firm that an article names most, if more than once."""
    times = Counter(name.id for _, name in sorted(terms.names.items()) if name.kind == "company")
    firm, most = next(iter(times.most_common(1)), ("", 0))
    if most < _LEAST_NAMED:
        return None
    return next(
        name_slot(name, doc[i], "firm of the article") for i, name in sorted(terms.names.items()) if name.id == firm
    )


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
