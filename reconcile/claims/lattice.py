"""What lies in what: products, areas and indicators of the taxonomy, and phrases by their own words."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from extractor.taxonomy import Indicator, Taxonomy, taxonomy
from reconcile.claims.forms import plain
from reconcile.claims.phrases import alike, phrases
from reconcile.claims.rules import rules
from reconcile.claims.words import WORLD


class Match(Enum):
    """How one slot of a claim stands to the same slot of another. `narrower`: the first lies inside the second."""

    SAME = "same"
    NARROWER = "narrower"
    BROADER = "broader"
    OVERLAPPING = "overlapping"
    DISJOINT = "disjoint"
    UNKNOWN = "unknown"

    __hash__ = object.__hash__  # An Enum's own is written in Python, and these are hashed for every pair.

    def turned(self) -> Match:
        """The answer for the two in the other order."""
        return {Match.NARROWER: Match.BROADER, Match.BROADER: Match.NARROWER}.get(self, self)


@dataclass(frozen=True)
class Lattice:
    """Answers from one taxonomy, remembered: few words, asked about often."""

    known: Taxonomy
    _products: dict[tuple[str, str], tuple[Match, bool]] = field(default_factory=dict)
    _areas: dict[tuple[str, str], Match] = field(default_factory=dict)
    _indicators: dict[tuple[str, str], tuple[Match, bool]] = field(default_factory=dict)
    _roots: dict[str, str] = field(default_factory=dict)
    _circles: dict[str, str] = field(default_factory=dict)
    _holders: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def product(self, a: str, b: str) -> tuple[Match, bool]:
        """How two products stand, and whether a headline would call them the same thing."""
        if (a, b) not in self._products:
            self._products[a, b] = self._product(a, b)
        return self._products[a, b]

    def area(self, a: str, b: str) -> Match:
        """How two areas stand; a company lies in its country."""
        if (a, b) not in self._areas:
            self._areas[a, b] = self._area(a, b)
        return self._areas[a, b]

    def indicator(self, a: str, b: str) -> tuple[Match, bool]:
        """How two indicators stand, and whether a headline would call them the same thing."""
        if (a, b) not in self._indicators:
            self._indicators[a, b] = self._indicator(a, b)
        return self._indicators[a, b]

    def product_ancestors(self, product: str) -> frozenset[str]:
        """Everything that a product is part of; a phrase is part of what its last words name."""
        if product in self.known.products:
            return self.known.product_ancestors(product)
        return frozenset().union(*({each} | self.product_ancestors(each) for each in self._tails(product)))

    def area_ancestors(self, area: str) -> frozenset[str]:
        """Every area that an area or a company lies in; all lie in the world."""
        body = self.known.organisations.get(area)
        inside = self.known.area_ancestors(area)
        if body and body.country:
            inside = inside | {body.country} | self.known.area_ancestors(body.country)
        return (inside | {WORLD}) - {area}

    def holders(self, area: str) -> tuple[str, ...]:
        """An area and all that it lies in, in the order of their names."""
        if area not in self._holders:
            self._holders[area] = tuple(sorted({area} | self.area_ancestors(area)))
        return self._holders[area]

    def held(self, area: str) -> frozenset[str]:
        """The known areas and companies that lie in an area."""
        return _held_by(self.known).get(area, frozenset())

    def product_root(self, product: str) -> str:
        """What stands for everything that the product may meet: the same for a part and its whole."""
        if not self._roots:
            self._roots.update(_components({n.id: (*n.broader, *n.may_mean) for n in self.known.products.values()}))
        if product not in self._roots:
            inside = sorted(self.product_ancestors(product) & self._roots.keys())
            return self._roots[inside[0]] if inside else product.rsplit(" ", 1)[-1]
        return self._roots[product]

    def indicator_root(self, indicator: str) -> str:
        """What stands for every indicator that this one may be mistaken for."""
        if not self._circles:
            nodes = self.known.indicators.values()
            links = {n.id: (*n.kin, *alike(n.id), *filter(None, (n.mirror, n.monetary))) for n in nodes}
            self._circles.update(_components(links))
        if indicator not in self._circles:
            head = phrases(self.known).head(indicator)
            self._circles[indicator] = self._circles[head] if head else indicator.rsplit(" ", 1)[-1]
        return self._circles[indicator]

    def worth(self, indicator: str | None) -> str | None:
        """The indicator meant when a figure of this one is money: exports in dollars are the value of exports."""
        node = self.known.indicators.get(indicator or "")
        return node.monetary if node and node.monetary else indicator

    def adds_up(self, indicator: str) -> bool:
        """True where parts of a period add up to it."""
        node = self.known.indicators.get(indicator)
        return bool(node and node.additive and not node.stock and not may_be_negative(indicator))

    def is_share(self, indicator: str | None) -> bool:
        """True for what is a share of its own whole unless a text says otherwise: a fill level, unemployment."""
        node = self.known.indicators.get(indicator or "")
        return node is not None and node.default_kind == "share"

    def splits(self, indicator: str, unit: str) -> bool:
        """True where a part of the products or areas cannot exceed the whole: counts, and amounts that add up."""
        node = self.known.indicators.get(indicator)
        if may_be_negative(indicator):
            return False
        return (node.additive or node.stock) if node else unit == "count"

    def definition(self, body: str | None, product: str | None, indicator: str | None) -> str | None:
        """What an organisation's figures cover, where its data say so for this product or indicator."""
        node = self.known.organisations.get(body or "")
        if node is None or not node.covers:
            return None
        covers = node.covers
        inside = sorted(self.product_ancestors(product)) if product else []
        keys = [key for key in (product, indicator, *inside) if key]
        return next((covers[key] for key in keys if key in covers), None)

    def _product(self, a: str, b: str) -> tuple[Match, bool]:
        if a == b:
            return Match.SAME, False
        mine, theirs = self.known.readings(a), self.known.readings(b)
        answers = {self._strict_product(x, y) for x in mine for y in theirs}
        if Match.SAME in answers:
            return Match.OVERLAPPING, True
        return (answers.pop() if len(answers) == 1 else Match.UNKNOWN), False

    def _strict_product(self, a: str, b: str) -> Match:
        if a == b:
            return Match.SAME
        if b in self.product_ancestors(a):
            return Match.NARROWER
        if a in self.product_ancestors(b):
            return Match.BROADER
        return Match.UNKNOWN if self.product_root(a) == self.product_root(b) else Match.DISJOINT

    def _area(self, a: str, b: str) -> Match:
        if a == b:
            return Match.SAME
        above_a, above_b = self.area_ancestors(a), self.area_ancestors(b)
        if b in above_a:
            return Match.NARROWER
        if a in above_b:
            return Match.BROADER
        inside = _area_members(self.known)
        return (
            Match.DISJOINT if inside.get(a, frozenset()).isdisjoint(inside.get(b, frozenset())) else Match.OVERLAPPING
        )

    def _indicator(self, a: str, b: str) -> tuple[Match, bool]:
        if a == b:
            return Match.SAME, False
        one, other = self.known.indicators.get(a), self.known.indicators.get(b)
        kin = (one and (b in one.kin or b == one.mirror)) or (other and (a in other.kin or a == other.mirror))
        if kin or b in alike(a):
            return Match.OVERLAPPING, True
        if a.endswith(f" {b}"):
            return Match.NARROWER, False
        if b.endswith(f" {a}"):
            return Match.BROADER, False
        return self._kinds(a, b)

    def _kinds(self, a: str, b: str) -> tuple[Match, bool]:
        """A phrase is a kind of what its head names, which a headline would call the same."""
        heads = [phrase if phrase in self.known.indicators else phrases(self.known).head(phrase) for phrase in (a, b)]
        if None in heads or heads[0] != heads[1]:
            return Match.DISJOINT, False
        if heads[0] == b:
            return Match.NARROWER, True
        return (Match.BROADER, True) if heads[1] == a else (Match.UNKNOWN, False)

    def _tails(self, phrase: str) -> list[str]:
        """What the last words of a phrase name: "electric passenger car" is a passenger car, and a car."""
        words = phrase.split(" ")
        tails = [" ".join(words[first:]) for first in range(1, len(words))]
        return [self._names.get(tail, tail) for tail in tails]

    @property
    def _names(self) -> dict[str, str]:
        return _product_names(self.known)

    def node(self, indicator: str | None) -> Indicator | None:
        """The indicator's node, where a pack has it."""
        return self.known.indicators.get(indicator or "")


@lru_cache(maxsize=1)
def shipped_lattice() -> Lattice:
    """The lattice over the packs that claimgraph ships."""
    return Lattice(taxonomy())


@lru_cache(maxsize=4096)
def may_be_negative(indicator: str) -> bool:
    """True for what can be below nothing in one part (profit), so that a part may exceed its whole."""
    return not rules()["may_be_negative"].isdisjoint(plain(indicator).split(" "))


@lru_cache(maxsize=8)
def _product_names(known: Taxonomy) -> dict[str, str]:
    names: dict[str, str] = {}
    for node in known.products.values():
        for name in (node.id, *node.names):
            names.setdefault(plain(name), node.id)
    return names


@lru_cache(maxsize=8)
def _area_members(known: Taxonomy) -> dict[str, frozenset[str]]:
    """The areas that lie in each area."""
    members: dict[str, set[str]] = {}
    for area in known.areas:
        for above in known.area_ancestors(area):
            members.setdefault(above, set()).add(area)
    return {area: frozenset(inside) for area, inside in members.items()}


@lru_cache(maxsize=8)
def _held_by(known: Taxonomy) -> dict[str, frozenset[str]]:
    """The areas and companies that lie in each area."""
    inside: dict[str, set[str]] = {}
    lattice = Lattice(known)
    for area in (*known.areas, *known.organisations):
        for above in lattice.area_ancestors(area):
            inside.setdefault(above, set()).add(area)
    return {area: frozenset(within) for area, within in inside.items()}


def _components(links: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """The smallest id of each connected group of nodes."""
    root = {node: node for node in links}

    def find(node: str) -> str:
        while root[node] != node:
            node = root[node]
        return node

    for node, others in links.items():
        for other in others:
            low, high = sorted((find(node), find(other)))
            root[high] = low
    return {node: find(node) for node in root}
