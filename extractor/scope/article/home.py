"""Whose figures an article tells where a sentence names nobody: its country, place, firm or club.

Headline and lead count most, those who do or have something more than those at whom something is directed, and
onlookers not at all. `_RULES` is the ranking of what an article shows: the first that has something to say decides.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from extractor.mentions import Slot, names, text_of
from extractor.scope.article.home_bodies import Body, headline_end, main_body, opens_title, title_of, titled_place
from extractor.scope.article.name_counts import DOERS, area_weights, main_region, name_weights
from extractor.scope.terms import Terms, country_of, dateline_tokens, header_tokens, words_of
from extractor.scope.words import among, words_in
from extractor.taxonomy import WORLD, taxonomy
from extractor.tokens import Doc

_QUOTED = re.compile(r"[“\"][^”\"\n]{0,600}[”\"]")
_LEAST_WEIGHT = 4
_CLEARLY = 1.5  # times the weight of any area: a firm in a country of which three towns are named
_LEAST_PLACE = 5  # of a place that wins over its country: named in the opening and once more
_LEAST_LONE = 3  # of one in the headline whose country is not named at all
_LEAST_PART = 1 / 3  # of all areas named
_MANY = 3  # countries, so that an article on the world tells of them too
_ABROAD_TOO = frozenset({"company", "media"})
"""Kinds of bodies that tell of other lands than their own."""
_RULE = "topic of the article"
_NOBODY = Slot("", "", "nobody")


class Home(NamedTuple):
    """Whose figures an article tells, and of which country."""

    area: Slot | None
    land: str


@dataclass(frozen=True)
class _Shown:
    """What an article shows of whom it tells."""

    doc: Doc
    terms: Terms
    opening: int
    """The token behind headline and lead."""

    @cached_property
    def named(self) -> Counter[str]:
        """How often the article names each country and place by itself."""
        return name_weights(self.doc, self.terms, self.opening)

    @cached_property
    def areas(self) -> Counter[str]:
        """The same, with what bodies, datelines and currencies tell of countries."""
        return self._areas_beside("")

    def _areas_beside(self, firm: str) -> Counter[str]:
        dateline = self.dateline.id if self.dateline is not None else ""
        named = name_weights(self.doc, self.terms, self.opening, firm) if firm else self.named
        return area_weights(self.doc, self.terms, self.opening, named, dateline, firm)

    @cached_property
    def countries(self) -> Counter[str]:
        """The weights by country."""
        return _by_country(self.areas)

    def held(self, place: str) -> int:
        """The weight of a place with those that lie in it."""
        within = taxonomy().area_ancestors
        return sum(times for area, times in self.areas.items() if place == area or place in within(area))

    @cached_property
    def best(self) -> int:
        """The weight of the country that is shown most."""
        return max(self.countries.values(), default=0)

    @cached_property
    def best_beside_body(self) -> int:
        """The same without what the article's firm tells of its country."""
        return max(_by_country(self._areas_beside(self.body.id)).values(), default=0)

    @cached_property
    def dateline(self) -> Slot | None:
        """The country from whose capital or town the article is sent: "DHAKA, May 2 -"."""
        place = _place_of_writing(self.doc, dateline_tokens(self.doc))
        return None if place is None else _country(place.id, "country of the dateline")

    @cached_property
    def body(self) -> Body:
        """The firm, club or unknown land that is named most."""
        return main_body(self.doc, self.terms, self.opening)

    @cached_property
    def names_world(self) -> bool:
        """True where the world is named anywhere."""
        return any(name.id == WORLD for name in self.terms.names.values())

    def in_title(self, area: str) -> bool:
        """True where the headline names an area."""
        end = headline_end(text_of(self.doc))
        return any(name.id == area and self.doc[name.first].idx < end for name in self.terms.names.values())


def _by_country(areas: Counter[str]) -> Counter[str]:
    weights: Counter[str] = Counter()
    for area, times in areas.items():
        weights[country_of(area)] += times
    return weights


def home_of(doc: Doc, terms: Terms, opening: int) -> Home:
    """Whose figures an article tells, and the country that it names most; `opening` is the token behind headline and
    lead.
    """
    shown, nodes = _Shown(doc, terms, opening), taxonomy().areas
    home = next((found for rule in _RULES if (found := rule(shown)) is not None), _NOBODY)
    lands = (country_of(home.id), *(country for country, _ in shown.countries.most_common()))
    land = next((land for land in lands if land in nodes and nodes[land].kind == "country"), "")
    return Home(None if home is _NOBODY else home, land)


# The ranking ----------------------------------------------------------------------------------------------------------


def _writers_own(shown: _Shown) -> Slot | None:
    """The country or place of whoever writes "in this country", "our ports", "our city"; words in quotation marks are
    others'.
    """
    text = text_of(shown.doc)
    said = _ours().search(text) and _ours().search(_QUOTED.sub("", text))
    if not said:
        return None
    place = _place_of_writing(shown.doc, dateline_tokens(shown.doc) | header_tokens(shown.doc))
    if place is None:
        return None
    return place if among(said.group(1), "place_references") else _country(place.id, _RULE)


@cache
def _ours() -> re.Pattern[str]:
    things = "|".join(sorted(words_in("own_things")))
    return re.compile(rf"\b(?:this|our|Our) ({things})\b")


def _world_in_title(shown: _Shown) -> Slot | None:
    """The world at the front of the headline, in an article that names many countries: "*World* steel output slips"."""
    heads = any(name.id == WORLD and name.first == 0 for name in shown.terms.names.values())
    return Slot(WORLD, "world", _RULE) if heads and len(shown.countries) >= _MANY else None


def _region(shown: _Shown) -> Slot | None:
    """The region or bloc that is shown more than any country or place that is named by itself, and not only by its
    firms.
    """
    region = main_region(shown.doc, shown.terms, shown.opening)
    if region is None or region[1] <= max([_LEAST_WEIGHT, *(shown.areas[area] for area in shown.named)]):
        return None
    return _first_named(shown, region[0])


def _unknown_place(shown: _Shown) -> Slot | None:
    """The place that no pack knows and that only the headline tells."""
    return titled_place(shown.doc, shown.terms)


def _titled_body(shown: _Shown) -> Slot | None:
    """The body at the front of a headline that names no country."""
    body = shown.body
    if not opens_title(shown.doc, body.id) or body.weight < max(_LEAST_WEIGHT, shown.best_beside_body / 2):
        return None
    return None if _shares_title(shown) else _first_named(shown, body.id)


def _shares_title(shown: _Shown) -> bool:
    """True where the headline has an area, and not only as where, whence or what sort: "*Norvane* to shift pumps to
    Romania as its Zambian mine closes".
    """
    end = headline_end(text_of(shown.doc))
    titled = (name for name in shown.terms.names.values() if shown.doc[name.first].idx < end)
    return any(
        name.id in taxonomy().areas
        and (name.first == 0 or not name.adjective)
        and not (name.first and among(shown.doc[name.first - 1].lower_, "title_prepositions"))
        for name in titled
    )


def _named_body(shown: _Shown) -> Slot | None:
    """The body that is named more than any country: a known one only more than any area by itself, since a town with
    its country and three more of its towns is no rival to its port.
    """
    body, doc = shown.body, shown.doc
    heads = opens_title(doc, body.id) or f"{body.id}'" in title_of(doc)
    if not (body.known or shown.dateline is None or heads):
        return None
    alone = max(shown.areas.values(), default=0)
    wins = body.weight > shown.best_beside_body or (body.known and body.weight >= _CLEARLY * alone)
    of_world = any(name.id == WORLD and i < shown.opening for i, name in shown.terms.names.items())
    return _first_named(shown, body.id) if wins and body.weight >= _LEAST_WEIGHT and not of_world else None


def _only_dateline(shown: _Shown) -> Slot | None:
    """The dateline's country, or nobody, where the text names hardly any."""
    few = shown.best < 2 or (shown.best == 2 and not any(country in shown.areas for country in shown.countries))
    return (shown.dateline or _NOBODY) if few else None


def _scattered(shown: _Shown) -> Slot | None:
    """Nobody, where no country stands out of many, and where the lead tells what the world does."""
    world = shown.best < _LEAST_WEIGHT and shown.names_world
    lost = shown.best < _LEAST_PART * shown.countries.total()
    return _NOBODY if lost or world or _is_of_world(shown) or _only_written_there(shown) else None


def _leading_area(shown: _Shown) -> Slot | None:
    """The country that is shown most, or a place of it that is named more ("a march through *Lille*"); nobody, in an
    article that names the world, where headline and lead do not tell it.
    """
    country, nodes = _leading_country(shown), taxonomy().areas
    if shown.names_world and not _is_told_early(shown, country):
        return _NOBODY
    place = _leading_place(shown, country)
    if place is not None:
        return _first_named(shown, place)
    return Slot(country, nodes[country].names[0], _RULE) if nodes[country].kind == "country" else None


_RULES = (
    _writers_own,
    _world_in_title,
    _region,
    _unknown_place,
    _titled_body,
    _named_body,
    _only_dateline,
    _scattered,
    _leading_area,
)


# What the rules ask ---------------------------------------------------------------------------------------------------


def _leading_country(shown: _Shown) -> str:
    """The country shown most; of two, the one that acts first."""
    tied = [area for area, times in shown.countries.items() if times == shown.best]
    doers = (
        country_of(name.id)
        for i, name in sorted(shown.terms.names.items())
        if i < shown.opening and shown.doc[i].dep_ in DOERS and name.type == "area"
    )
    return next((area for area in doers if area in tied), tied[0])


def _leading_place(shown: _Shown, country: str) -> str | None:
    """The place that is named more than its country and, with what lies in it, more than half of what is named of that:
    the one named most, else the largest that headline or lead tell ("in *England and Wales*", of which three towns
    follow).
    """
    inside = [area for area, _ in shown.named.most_common() if country_of(area) == country and area != country]
    early = {name.id for i, name in shown.terms.names.items() if i < shown.opening}
    wider = sorted((area for area in inside if area in early), key=lambda area: -shown.held(area))
    return next((place for place in (*inside[:1], *wider[:1]) if _leads(shown, place, country)), None)


def _leads(shown: _Shown, place: str, country: str) -> bool:
    node, named = taxonomy().areas[place], shown.named
    seat = node.speaks_for is not None  # "Pretoria" may be those who govern, "Beijing" all of China where that is named
    lone = shown.in_title(place) and (not shown.areas[country] or not (seat or shown.in_title(country)))
    if seat and not lone:
        return False
    half = sum(times for area, times in named.items() if country_of(area) == country) / 2
    wins = shown.held(place) > max(named[country], 0 if lone else half)
    return wins and shown.held(place) >= (_LEAST_LONE if lone else _LEAST_PLACE)


def _is_of_world(shown: _Shown) -> bool:
    """True where the world does something in the lead ("*The world* will emit more carbon dioxide") and no country
    does, nor heads the article.
    """
    early = [(i, name) for i, name in shown.terms.names.items() if i < shown.opening and name.type == "area"]
    world = any(name.id == WORLD and not name.adjective and shown.doc[i].dep_ in DOERS for i, name in early)
    return world and not any(
        name.id != WORLD and (shown.doc[i].dep_ in DOERS or shown.in_title(name.id)) for i, name in early
    )


def _only_written_there(shown: _Shown) -> bool:
    """True where the country that leads is only that of the dateline, and the text names others: "GENEVA - Some 359,000
    cases … Yemen reported 30,000".
    """
    country = _leading_country(shown)
    if shown.dateline is None or shown.dateline.id != country:
        return False
    named = {country_of(area) for area in shown.named}
    told = {country_of(area) for area in shown.terms.areas_of_bodies.values()}
    return country not in named | told and len(named) >= _MANY


def _is_told_early(shown: _Shown, country: str) -> bool:
    """True for a country that headline or lead name, by itself, a place or a body, and not only the dateline or
    the paper ("The *Philippine* Star").
    """
    terms, header = shown.terms, header_tokens(shown.doc)
    early = {i: name for i, name in terms.names.items() if i < shown.opening}
    bodies = (area for i, area in terms.areas_of_bodies.items() if i in early and early[i].kind not in _ABROAD_TOO)
    areas = (name for name in early.values() if name.type == "area")
    told = (*(name.id for name in areas if not (name.adjective and name.last in header)), *bodies)
    return any(country_of(area) == country for area in told)


def _place_of_writing(doc: Doc, ends: frozenset[int]) -> Slot | None:
    """The first place of the packs that a dateline or the lines below the headline give."""
    nodes = taxonomy().areas
    for name in names(doc):
        if name.type == "area" and name.last in ends and name.id in nodes and nodes[name.id].kind != "region":
            return Slot(name.id, words_of(doc, name.first, name.last), _RULE, doc[name.first].idx)
    return None


def _country(area: str, rule: str) -> Slot | None:
    """The country that an area is or lies in."""
    country, nodes = country_of(area), taxonomy().areas
    return Slot(country, nodes[country].names[0], rule) if nodes[country].kind == "country" else None


def _first_named(shown: _Shown, name_id: str) -> Slot:
    """The slot for a name where it stands first."""
    doc = shown.doc
    name = next((name for _, name in sorted(shown.terms.names.items()) if name.id == name_id), None)
    if name is None:  # one that only the headline has
        found = re.search(re.escape(name_id), text_of(doc), re.IGNORECASE)
        return Slot(name_id, found.group() if found else name_id, _RULE, found.start() if found else -1)
    return Slot(name.id, words_of(doc, name.first, name.last), _RULE, doc[name.first].idx)
