"""What a claim's words mean: slots looked up in the taxonomy, units put into families.

Works for claims from anywhere: a word that is no node's id is looked up by name ("China" is CN, "cars" is car), and
what no pack knows keeps its own words. A null counterpart is the world; imports are turned round to be compared with
exports.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import lru_cache
from typing import NamedTuple, Protocol

from extractor.loading import tables
from extractor.model import Claim
from extractor.taxonomy import Taxonomy, taxonomy
from reconcile.claims import synonyms
from reconcile.claims.forms import folded, plain, verbs_of
from reconcile.claims.phrases import phrases
from reconcile.claims.rules import anybody, rules

WORLD = "world"
_ANYBODY = "person"
_REMEMBERED = 1 << 18
"""Words that are kept looked up at a time: many times more than a day's news holds."""
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_RELATIVE = frozenset({"percent", "percentage point", "basis point", "times"})


class Word(Protocol):
    """A slot's words: an id and what the article says."""

    @property
    def id(self) -> str:
        """A node's id, or normalised words."""

    @property
    def text(self) -> str:
        """The words of the article."""


Pair = tuple[str, str]
"""A slot's words, as id and text: what look-ups are remembered by."""


class Slots(NamedTuple):
    """The words that say what a figure is of, each slot as id and text; equal slots stand in one place."""

    kind: str
    unit: str
    based: bool
    """True where the claim names the period that it compares with."""
    indicator: Pair | None
    product: Pair | None
    area: Pair | None
    counterpart: Pair | None


class Words:
    """Looks words up in a taxonomy."""

    def __init__(self, known: Taxonomy) -> None:
        self.known = known
        self.places = frozenset(known.areas) | frozenset(known.organisations)
        self.indicators = _index(
            (node.id, (*node.nouns, *node.verbs, *node.agents)) for node in known.indicators.values()
        )
        self.products = _index((node.id, node.names) for node in known.products.values())
        self.areas = _index((node.id, (*node.names, *node.adjectives)) for node in known.areas.values())
        self.bodies = _index((node.id, node.names) for node in known.organisations.values())
        self._found: dict[tuple[str, str, str], str | None] = {}
        self._placed: dict[Slots, Placed] = {}

    def placed(self, slots: Slots) -> Placed:
        """Where a claim stands, from its words; looked up the first time that they turn up together."""
        found = self._placed.get(slots)
        if found is None:
            if len(self._placed) >= _REMEMBERED:
                self._placed.clear()
            found = self._placed[slots] = self.place(measured(*slots[:3]), *slots[3:])
        return found

    def place(
        self, form: Measured, indicator: Pair | None, product: Pair | None, area: Pair | None, counterpart: Pair | None
    ) -> Placed:
        """What `placed` gives, looked up anew."""
        kind, family, factor, money = form
        what = self._indicator(indicator, money=money)
        if indicator is not None and what in rules()["of_money"] and not money and kind != "growth":
            what = plain(indicator[1]) or what  # "stocks" in barrels, "a share" in percent
        whose, other, flipped = _direction(kind, self._area(area), self._area(counterpart) or WORLD, what, self)
        abroad = other in rules()["everywhere"]
        other = WORLD if abroad and what not in rules()["at_home"] else other
        counted = self._product(product)
        if what in anybody() and (counted is None or counted in anybody()[what]):
            counted = _ANYBODY  # deaths are people's
        return Placed(kind, family, factor, what, counted, whose, other, abroad, flipped)

    def indicator(self, concept: Word | None, *, money: bool) -> str | None:
        """Id of what is measured; exports in dollars are the value of exports."""
        return self._indicator(_pair(concept), money=money)

    def product(self, concept: Word | None) -> str | None:
        """Id of what is counted."""
        return self._product(_pair(concept))

    def area(self, concept: Word | None) -> str | None:
        """Id of a country, region or organisation."""
        return self._area(_pair(concept))

    def source(self, concept: Word | None) -> str | None:
        """Id of who gave a figure."""
        return None if concept is None else self.voice((concept.id, concept.text))

    def _indicator(self, pair: Pair | None, *, money: bool) -> str | None:
        found = self._once("indicator", pair, self.known.indicators, self.indicators)
        if found is not None and found not in self.known.indicators:
            found = self._of_phrase(found)
        node = self.known.indicators.get(found or "")
        return node.monetary if node and node.monetary and money else found

    def _of_phrase(self, phrase: str) -> str:
        """The indicator that a phrase names, else the phrase."""
        key = ("phrase", phrase, "")
        if key not in self._found:
            self._found[key] = phrases(self.known).named(phrase) or synonyms.measured(phrase)
        return self._found[key] or phrase

    def _product(self, pair: Pair | None) -> str | None:
        found = self._once("product", pair, self.known.products, self.products)
        return found if found is None or found in self.known.products else self._of_thing(found)

    def _of_thing(self, phrase: str) -> str:
        """The product that a phrase names by another word, else the phrase by its commonest word."""
        key = ("thing", phrase, "")
        if key not in self._found:
            common = synonyms.counted(phrase)
            self._found[key] = self.products.get(common, common)
        return self._found[key] or phrase

    def _area(self, pair: Pair | None) -> str | None:
        found = self._once("area", pair, self.places, self.areas, self.bodies)
        return found if found is None or found in self.places else folded(found)

    def voice(self, pair: Pair) -> str | None:
        """Id of who gave a figure, from its id and text."""
        found = self._once("source", pair, self.known.organisations, self.bodies)
        body = self.known.organisations.get(found or "")
        if body is None and found is not None:
            return folded(found)
        return _calling(pair[1]) if body is not None and _is_calling(pair, body.names) else found

    def _once(self, slot: str, concept: Pair | None, nodes: Container[str], *indexes: dict[str, str]) -> str | None:
        """What a concept is found to be, looked up the first time that its words turn up."""
        if concept is None:
            return None
        key = (slot, *concept)
        if key not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[key] = _find(concept, nodes, indexes)
        return self._found[key]


class Measured(NamedTuple):
    """How a figure is measured."""

    kind: str
    family: str
    factor: float
    money: bool


@lru_cache(maxsize=4096)
def measured(kind: str, unit: str, based: bool) -> Measured:
    """The kind and the unit's family of a claim; a multiple of an earlier period is growth."""
    kind = "growth" if kind == "multiple" and based else kind
    family, factor = unit_family(unit) if kind in ("level", "difference") else (_relative(unit), 1.0)
    return Measured(kind, family, factor, bool(_CURRENCY.match(family)))


class Placed(NamedTuple):
    """What a figure is of, looked up from its words alone."""

    kind: str
    unit: str
    factor: float
    """What turns the claim's unit into its family's."""
    indicator: str | None
    product: str | None
    area: str | None
    counterpart: str
    abroad: bool
    flipped: bool


def slots_of(claim: Claim) -> Slots:
    """The words that say what a claim is of."""
    indicator, product, area, counterpart = claim.indicator, claim.product, claim.area, claim.counterpart
    return Slots(
        claim.kind,
        claim.unit,
        claim.base_period is not None,
        None if indicator is None else (indicator.id, indicator.text),
        None if product is None else (product.id, product.text),
        None if area is None else (area.id, area.text),
        None if counterpart is None else (counterpart.id, counterpart.text),
    )


@lru_cache(maxsize=4096)
def unit_family(unit: str) -> tuple[str, float]:
    """Family of a unit and the factor to the family's own unit; nouns count things one by one."""
    families, counting = _unit_table()
    if _CURRENCY.match(unit):
        return unit, 1.0
    name = plain(unit)
    if name in counting or not name:
        return "count", 1.0
    if name in families:
        return families[name]
    if name in _RELATIVE:
        return _relative(unit), 0.01 if name == "basis point" else 1.0
    return (name, 1.0) if " per " in f" {name} " or "/" in unit else ("count", 1.0)


def _relative(unit: str) -> str:
    name = plain(unit)
    return "percentage_point" if name in ("percentage point", "basis point") else name.replace(" ", "_")


@lru_cache(maxsize=1)
def _unit_table() -> tuple[dict[str, tuple[str, float]], frozenset[str]]:
    table = tables(__package__, "units.toml")
    families = {
        plain(unit): (family, float(factor))
        for family, units in table["family"].items()
        for unit, factor in units.items()
    }
    known = tables("extractor.quantities", "units.toml")
    alone = {plain(unit): (plain(unit), 1.0) for unit in (*known["words"], *known["time"])}
    return alone | families, frozenset(table["counting"]["words"])


@lru_cache(maxsize=1)
def shipped_words() -> Words:
    """Looks words up in the packs that claimgraph ships."""
    return Words(taxonomy())


def _direction(
    kind: str, area: str | None, counterpart: str, indicator: str | None, words: Words
) -> tuple[str | None, str, bool]:
    """Area and counterpart, with the later of two mirrored flows turned round: imports from B are exports of B.

    So are the ends of what is seen from either side: a surplus with B is B's deficit.
    """
    if indicator in rules()["two_sided"] and kind != "rank" and area is not None and counterpart != WORLD:
        return (area, counterpart, False) if area <= counterpart else (counterpart, area, True)
    node = words.known.indicators.get(indicator or "")
    if kind == "rank" or node is None or node.mirror is None or node.id < node.mirror or area is None:
        return area, counterpart, False
    return counterpart, area, True


def _index(nodes: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    index: dict[str, str] = {}
    for node, names in nodes:
        for name in (node, *names):
            index.setdefault(plain(name), node)
    return index


def _is_calling(pair: Pair, names: Iterable[str]) -> bool:
    """True for people by what they are and no body of that name: "economists" are not The Economist."""
    identity, text = pair
    same = plain(text) == plain(identity) and all(" " not in plain(name) for name in names)
    return same and is_plural(text) and not any(name.lower().endswith("s") for name in names)


def is_plural(text: str) -> bool:
    """True for what is called by a word in the plural: "economists", "the analysts"."""
    return text.lower().endswith("s") and plain(text) != text.lower().removeprefix("the ")


def _calling(text: str) -> str:
    """The id of people by what they are, in the plural that no body's id has."""
    return text.lower().removeprefix("the ")


def _pair(concept: Word | None) -> Pair | None:
    return None if concept is None else (concept.id, concept.text)


def _find(concept: Pair, nodes: Container[str], indexes: tuple[dict[str, str], ...]) -> str | None:
    """Id of a concept: its own where a pack has it, else what its id or its text is called, else its plain words."""
    identity, text = concept
    if identity in nodes:
        return identity
    for word in (plain(identity), plain(text)):
        for form in (word, *verbs_of(word)):
            for index in indexes:
                if form and form in index:
                    return index[form]
    return plain(identity) or plain(text) or None
