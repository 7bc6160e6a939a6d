"""A claim as the reconciler sees it: words looked up in the taxonomy, units converted, the figure an interval.

Works for claims from anywhere: a word that is no node's id is looked up by name ("China" is CN, "cars" is car), and
what no pack knows keeps its own words. A null counterpart is the world; imports are turned round to be compared with
exports.
"""

from __future__ import annotations

import math
import re
import tomllib
import unicodedata
from collections.abc import Container, Iterable
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple, Protocol

from extractor.errors import InputError
from extractor.model import Claim, Period, stable_id
from extractor.taxonomy import Taxonomy, taxonomy
from reconcile.intervals import Interval, bounds, half_unit
from reconcile.rules import rules

WORLD = "world"
_ANYBODY = "person"
_REMEMBERED = 1 << 18
"""Words that are kept looked up at a time: many times more than a day's news holds."""
_HEADLINE = 160
"""A headline ends within so many code points of an article's start."""
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_RELATIVE = frozenset({"percent", "percentage point", "basis point", "times"})


class Days(NamedTuple):
    """A half-open period as day numbers."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Days in it."""
        return self.end - self.start


class View(NamedTuple):
    """One claim, ready to be compared."""

    claim: Claim
    kind: str
    figure: Interval
    value: float
    unit: str
    """Family of the unit: `count`, a currency, `mass` …; figures of different families are never compared."""
    indicator: str | None
    product: str | None
    area: str | None
    counterpart: str
    abroad: bool
    """True where the other end is said to be any other country ("overseas")."""
    flipped: bool
    """True for an import that was turned round: `area` is where it comes from, `counterpart` where it goes."""
    period: Days | None
    base: Days | None
    source: str | None
    status: str
    published: int | None
    step: float = 0.0
    """What the last printed digit is worth."""
    others: tuple[Interval, ...] = ()
    """Other readings of the same words that have the same kind."""

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id

    @property
    def origin(self) -> str:
        """Whoever speaks: the source, or the article where it speaks in its own voice."""
        return self.source if self.source is not None else f"~{self.claim.article}"

    @property
    def place(self) -> tuple[str, int, str]:
        """Sorting key: article, place in it, id."""
        return self.claim.article, self.claim.start, self.claim.id

    @property
    def scope(self) -> tuple[str, str, str, str, str, str, Days | None]:
        """Everything that says what the figure is of, without who says it."""
        return (
            self.kind,
            self.unit,
            self.indicator or "",
            self.product or "",
            self.area or "",
            self.counterpart,
            self.period,
        )

    @property
    def cell(self) -> str:
        """Stable id of the scope: the figure that several claims may speak of."""
        return stable_id("f", *self.scope[:6], *(self.period or ("", "")))


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
        if what in rules()["of_people"] and (counted is None or counted in rules()["anybody"]):
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
        node = self.known.indicators.get(found or "")
        return node.monetary if node and node.monetary and money else found

    def _product(self, pair: Pair | None) -> str | None:
        return self._once("product", pair, self.known.products, self.products)

    def _area(self, pair: Pair | None) -> str | None:
        return self._once("area", pair, self.places, self.areas, self.bodies)

    def voice(self, pair: Pair) -> str | None:
        """Id of who gave a figure, from its id and text."""
        return self._once("source", pair, self.known.organisations, self.bodies)

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


def view(claim: Claim, words: Words | None = None) -> View:
    """The claim with its words looked up. Raises InputError for a figure that is no number."""
    words, source = words or shipped_words(), claim.source
    voice = None if source is None else words.voice((source.id, source.text))
    return seen(claim, words.placed(slots_of(claim)), days(claim.period), days(claim.base_period), voice)


def seen(claim: Claim, place: Placed, period: Days | None, base: Days | None, voice: str | None) -> View:
    """The view of a claim whose words were looked up already. Raises InputError for a figure that is no number."""
    _check(claim)
    half, factor = half_unit(claim), place.factor
    kind: str = claim.kind
    figure, value = bounds(claim, half), claim.value
    if place.kind != kind:  # a multiple of an earlier period is growth: "doubled from 2022" is 100 percent
        kind, figure, value = place.kind, Interval((figure.low - 1) * 100, (figure.high - 1) * 100), (value - 1) * 100
    return View(
        claim,
        kind,
        figure if factor == 1.0 else figure.times(factor),
        value * factor,
        place.unit,
        place.indicator,
        place.product,
        place.area,
        place.counterpart,
        place.abroad,
        place.flipped,
        period,
        base,
        voice,
        claim.status,
        claim.published.toordinal() if claim.published else None,
        2 * abs(half * factor),
        _others(claim, kind) if claim.other_readings else (),
    )


def views(claims: Iterable[Claim], *, known: Taxonomy | None = None) -> list[View]:
    """All claims as views, in the order of articles and places; a claim given twice counts once."""
    words = shipped_words() if known is None else Words(known)
    return arranged(view(claim, words) for claim in claims)


def arranged(given: Iterable[View]) -> list[View]:
    """Views in the order of articles and places; a claim given twice counts once."""
    met: dict[str, View] = {}
    for each in given:
        held = met.setdefault(each.claim.id, each)
        if held is not each and held.claim != each.claim:
            raise InputError(f"two different claims have the id {each.claim.id!r}", field="id")
    return sorted(met.values(), key=_place)


def _place(view: View) -> tuple[str, int, str]:
    claim = view.claim
    return claim.article, claim.start, claim.id


def in_headline(view: View) -> bool:
    """True for a figure in the first sentence of an article, where a headline stands."""
    sentence = view.claim.sentence
    return (sentence is None or sentence.start == 0) and view.claim.end <= _HEADLINE


def days(period: Period | None) -> Days | None:
    """Day numbers of a period whose both ends are known."""
    if period is None or period.start is None or period.end is None:
        return None
    return Days(period.start.toordinal(), period.end.toordinal())


@lru_cache(maxsize=4096)
def plain(words: str) -> str:
    """Words in the form that is compared: no capitals, accents, article, possessive; the last word in the singular."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", words.lower()) if not unicodedata.combining(sign))
    text = re.sub(r"['’]s?\b", "", bare)
    parts = [part for part in re.split(r"[\s_/-]+", text.strip(" .,")) if part]
    if parts and parts[0] in ("the", "a", "an"):
        parts = parts[1:]
    return " ".join([*parts[:-1], _singular(parts[-1])]) if parts else ""


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
    table = tomllib.loads((files("reconcile") / "units.toml").read_text(encoding="utf-8"))
    families = {
        plain(unit): (family, float(factor))
        for family, units in table["family"].items()
        for unit, factor in units.items()
    }
    return families, frozenset(table["counting"]["words"])


@lru_cache(maxsize=1)
def shipped_words() -> Words:
    """Looks words up in the packs that claimgraph ships."""
    return Words(taxonomy())


def _check(claim: Claim) -> None:
    low, high = claim.low, claim.high
    if math.isfinite(claim.value) and (low is None or math.isfinite(low)) and (high is None or math.isfinite(high)):
        return
    for field, number in (("value", claim.value), ("low", low), ("high", high)):
        if number is not None and not math.isfinite(number):
            raise InputError(f"claim {claim.id!r}: {number} is no figure", field=field)


def about_itself(claim: Claim) -> tuple[str, str] | None:
    """The field, and what is wrong, of a claim that sets a thing against itself: a year's growth from that year."""
    if claim.base_period is not None and days(claim.base_period) == days(claim.period) is not None:
        return "base_period", f"claim {claim.id!r} compares its period with itself ({claim.base_period.text})"
    if claim.area is not None and claim.counterpart is not None and claim.kind != "share":
        words = shipped_words()
        place = words.area(claim.area)
        if place is not None and place == words.area(claim.counterpart):
            return "counterpart", f"claim {claim.id!r} names {claim.area.text or place!r} at both ends"
    return None


def _others(claim: Claim, kind: str) -> tuple[Interval, ...]:
    read = []
    for other in claim.other_readings:
        low = other.value if other.low is None else other.low
        high = other.value if other.high is None else other.high
        if other.kind == kind:
            read.append(Interval(low, high))
        elif kind == "growth" and other.kind == "multiple":
            read.append(Interval((low - 1) * 100, (high - 1) * 100))
    return tuple(read)


def _direction(
    kind: str, area: str | None, counterpart: str, indicator: str | None, words: Words
) -> tuple[str | None, str, bool]:
    """Area and counterpart, with the later of two mirrored flows turned round: imports from B are exports of B."""
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


def _pair(concept: Word | None) -> Pair | None:
    return None if concept is None else (concept.id, concept.text)


def _find(concept: Pair, nodes: Container[str], indexes: tuple[dict[str, str], ...]) -> str | None:
    """Id of a concept: its own where a pack has it, else what its id or its text is called, else its plain words."""
    identity, text = concept
    if identity in nodes:
        return identity
    for word in (plain(identity), plain(text)):
        for form in (word, *_verbs(word)):
            for index in indexes:
                if form and form in index:
                    return index[form]
    return plain(identity) or plain(text) or None


def _verbs(word: str) -> tuple[str, ...]:
    """What a past form may be of: "exported" of "export", "produced" of "produce", "shipped" of "ship"."""
    if " " in word or not word.endswith("ed") or len(word) < 5:
        return ()
    stem = word[:-2]
    return (stem, f"{stem}e", stem[:-1]) if stem[-1] == stem[-2] else (stem, f"{stem}e")


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
