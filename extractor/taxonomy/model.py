"""Nodes of the taxonomy, and the lattice over them."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from extractor.model import SourceKind

Table = Literal["product", "indicator", "area", "organisation"]


class _Node(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[A-Za-z0-9_]+$")
    pack: str = ""
    """File that declares the node; set by the loader."""


class ProductNode(_Node):
    """Something that is counted."""

    names: tuple[str, ...] = Field(min_length=1)
    """Singular forms; the loader adds the plural. All-capital names (EV) match in capitals only."""
    broader: tuple[str, ...] = ()
    """What it is a part of."""
    may_mean: tuple[str, ...] = ()
    """For loose words: the nodes that it may stand for ("car": passenger cars, or any vehicle)."""
    codes: dict[str, str] = {}
    """Standard codes by scheme, such as `{hs = "8703"}`."""


class Indicator(_Node):
    """Something that is measured."""

    nouns: tuple[str, ...] = ()
    """Singular forms ("export", "market share"); the loader adds the plural."""
    verbs: tuple[str, ...] = ()
    """Lemmas of verbs whose subject or object is the thing measured ("export", "sell", "register")."""
    agents: tuple[str, ...] = ()
    """Nouns for whoever does it ("exporter"): they carry ranks ("largest exporter")."""
    additive: bool = False
    """True where figures add up over time and over parts: flows and counts of events."""
    stock: bool = False
    """True for a level at a point in time (inventory, fleet, population), which does not add up over time."""
    kin: tuple[str, ...] = ()
    """Indicators that a headline would not tell apart (exports and shipments abroad; wholesale and retail sales)."""
    mirror: str | None = None
    """The same flow seen from the other end: exports and imports."""
    monetary: str | None = None
    """The indicator meant when the figure is money: exports in dollars are `export_value`."""
    added: str | None = None
    """For a stock, the event that adds to it: capacity added is `installations`."""
    removed: str | None = None
    """For a stock, the event that takes from it: jobs cut are `job_cuts`."""
    default_kind: Literal["", "share", "growth"] = ""
    """Kind of a bare percentage of this indicator: unemployment is a share, inflation a growth."""


class Area(_Node):
    """A country (ISO 3166-1 alpha-2), a region (UN M49 or a name of our own), or a place within a country."""

    names: tuple[str, ...] = Field(min_length=1)
    adjectives: tuple[str, ...] = ()
    """Demonyms and adjectives: "Chinese"."""
    within: tuple[str, ...] = ()
    """Areas that it is part of: ids of regions, blocs, or the country of a place."""
    kind: Literal["country", "region", "place"] = "country"
    speaks_for: str | None = None
    """For a capital that stands for its government (Beijing): the country's id."""


class Organisation(_Node):
    """A body that gives or relays figures, or whose figures they are."""

    names: tuple[str, ...] = Field(min_length=1)
    """Full name first; acronyms in capitals match in capitals only."""
    kind: SourceKind = "other"
    country: str | None = None
    covers: dict[str, str] = {}
    """What its figures cover, where that explains differences: `{vehicle = "wholesale, exports included"}`."""


class Taxonomy:
    """The loaded packs. Lattice methods answer for unknown ids too: nothing is known of them, so the answer is no."""

    def __init__(
        self,
        *,
        products: dict[str, ProductNode],
        indicators: dict[str, Indicator],
        areas: dict[str, Area],
        organisations: dict[str, Organisation],
    ) -> None:
        self.products = products
        self.indicators = indicators
        self.areas = areas
        self.organisations = organisations

    @cached_property
    def _product_ancestors(self) -> dict[str, frozenset[str]]:
        return _closure({node.id: node.broader for node in self.products.values()})

    @cached_property
    def _area_ancestors(self) -> dict[str, frozenset[str]]:
        return _closure({node.id: node.within for node in self.areas.values()})

    def product_ancestors(self, product: str) -> frozenset[str]:
        """Every product that `product` is a part of, itself left out."""
        return self._product_ancestors.get(product, frozenset())

    def area_ancestors(self, area: str) -> frozenset[str]:
        """Every area that `area` lies in, itself left out."""
        return self._area_ancestors.get(area, frozenset())

    def readings(self, product: str) -> tuple[str, ...]:
        """The nodes that a loose word may stand for; a strict one stands for itself."""
        node = self.products.get(product)
        return node.may_mean if node and node.may_mean else (product,)


def _closure(parents: dict[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """All ancestors of each node; the loader has made sure that there is no cycle."""
    ancestors: dict[str, frozenset[str]] = {}

    def climb(node: str) -> frozenset[str]:
        if node not in ancestors:
            direct = parents.get(node, ())
            ancestors[node] = frozenset(direct).union(*(climb(parent) for parent in direct))
        return ancestors[node]

    for node in parents:
        climb(node)
    return ancestors
