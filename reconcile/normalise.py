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

    def indicator(self, concept: Word | None, *, money: bool) -> str | None:
        """Id of what is measured; exports in dollars are the value of exports."""
        found = self._once("indicator", concept, self.known.indicators, self.indicators)
        node = self.known.indicators.get(found or "")
        return node.monetary if node and node.monetary and money else found

    def product(self, concept: Word | None) -> str | None:
        """Id of what is counted."""
        return self._once("product", concept, self.known.products, self.products)

    def area(self, concept: Word | None) -> str | None:
        """Id of a country, region or organisation."""
        return self._once("area", concept, self.places, self.areas, self.bodies)

    def source(self, concept: Word | None) -> str | None:
        """Id of who gave a figure."""
        return self._once("source", concept, self.known.organisations, self.bodies)

    def _once(self, slot: str, concept: Word | None, nodes: Container[str], *indexes: dict[str, str]) -> str | None:
        """What a concept is found to be, looked up the first time that its words turn up."""
        if concept is None:
            return None
        key = (slot, concept.id, concept.text)
        if key not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[key] = _find(concept, nodes, indexes)
        return self._found[key]


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


def placed(
    words: Words,
    *,
    kind: str,
    unit: str,
    based: bool,
    indicator: Word | None,
    product: Word | None,
    area: Word | None,
    counterpart: Word | None,
) -> Placed:
    """Where a claim stands, from its slots; `based`: it names the period that it compares with."""
    kind = "growth" if kind == "multiple" and based else kind
    family, factor = unit_family(unit) if kind in ("level", "difference") else (_relative(unit), 1.0)
    measured = words.indicator(indicator, money=bool(_CURRENCY.match(family)))
    whose, other, flipped = _direction(kind, words.area(area), words.area(counterpart) or WORLD, measured, words)
    abroad = other in rules()["everywhere"]
    other = WORLD if abroad and measured not in rules()["at_home"] else other
    return Placed(kind, family, factor, measured, words.product(product), whose, other, abroad, flipped)


def view(claim: Claim, words: Words | None = None) -> View:
    """The claim with its words looked up. Raises InputError for a figure that is no number."""
    words = words or shipped_words()
    _check(claim)
    place = placed(
        words,
        kind=claim.kind,
        unit=claim.unit,
        based=claim.base_period is not None,
        indicator=claim.indicator,
        product=claim.product,
        area=claim.area,
        counterpart=claim.counterpart,
    )
    kind, figure, value = _measure(claim)
    return View(
        claim=claim,
        kind=kind,
        figure=figure.times(place.factor),
        value=value * place.factor,
        unit=place.unit,
        indicator=place.indicator,
        product=place.product,
        area=place.area,
        counterpart=place.counterpart,
        abroad=place.abroad,
        flipped=place.flipped,
        period=days(claim.period),
        base=days(claim.base_period),
        source=words.source(claim.source),
        status=claim.status,
        published=claim.published.toordinal() if claim.published else None,
        step=2 * abs(half_unit(claim) * place.factor),
        others=_others(claim, kind),
    )


def views(claims: Iterable[Claim], *, known: Taxonomy | None = None) -> list[View]:
    """All claims as views, in the order of articles and places; a claim given twice counts once."""
    words = shipped_words() if known is None else Words(known)
    seen: dict[str, Claim] = {}
    for claim in claims:
        if seen.setdefault(claim.id, claim) != claim:
            raise InputError(f"two different claims have the id {claim.id!r}", field="id")
    return sorted((view(claim, words) for claim in seen.values()), key=lambda each: each.place)


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
    for field in ("value", "low", "high"):
        number = getattr(claim, field)
        if number is not None and not math.isfinite(number):
            raise InputError(f"claim {claim.id!r}: {number} is no figure", field=field)


def _measure(claim: Claim) -> tuple[str, Interval, float]:
    """Kind, interval and value; a multiple of an earlier period is growth ("doubled from 2022" is 100 percent)."""
    figure = bounds(claim)
    if claim.kind == "multiple" and claim.base_period is not None:
        return "growth", Interval((figure.low - 1) * 100, (figure.high - 1) * 100), (claim.value - 1) * 100
    return claim.kind, figure, claim.value


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


def _find(concept: Word | None, nodes: Container[str], indexes: tuple[dict[str, str], ...]) -> str | None:
    """Id of a concept: its own where a pack has it, else what its id or its text is called, else its plain words."""
    if concept is None:
        return None
    if concept.id in nodes:
        return concept.id
    for word in (plain(concept.id), plain(concept.text)):
        for form in (word, *_verbs(word)):
            for index in indexes:
                if form and form in index:
                    return index[form]
    return plain(concept.id) or plain(concept.text) or None


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
