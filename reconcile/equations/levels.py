"""The levels that a rate, a gap or a share may be of: which of them goes with it, and which is its base."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from reconcile.claims.lattice import Lattice, Match
from reconcile.claims.normalise import Days, View
from reconcile.claims.words import WORLD
from reconcile.comparison.comparability import indicator_match, product_match

_NEAR = 300
"""Code points within which an undated figure may be what a growth rate compares with."""


class Levels:
    """The levels (or shares) of one group that rates, gaps and shares may ask for, by area, other end and period."""

    def __init__(self, group: Sequence[View], lattice: Lattice, askers: Sequence[View], *, kind: str = "level") -> None:
        self.lattice = lattice
        areas = {view.area for view in askers} | {view.counterpart for view in askers}
        articles = {view.claim.article for view in askers}
        self._shelves: dict[tuple[str | None, str, Days | None], list[View]] = defaultdict(list)
        self._undated: dict[str, list[View]] = defaultdict(list)
        self._articles: dict[str, list[View]] = defaultdict(list)
        for view in group if askers else ():
            if view.kind != kind:
                continue
            if view.area in areas:
                self._shelves[view.area, view.counterpart, view.period].append(view)
            if view.claim.article in articles:
                self._articles[view.claim.article].append(view)
                if view.period is None or view.period.length > 400:
                    self._undated[view.claim.article].append(view)

    def nearest(self, to: View, period: Days | None, *, area: str | None = None, own: bool = True) -> View | None:
        """The level for a period that goes with a claim: its own voice's, then its very scope's, then the nearest."""
        fitting = [v for v in self.every(to, period, area=area) if not own or v.origin == to.origin]
        if to.kind == "difference" and to.unit != "percentage_point":
            fitting = [v for v in fitting if v.unit == to.unit]
        return next(iter(fitting), None)

    def every(self, to: View, period: Days | None, *, area: str | None = None) -> list[View]:
        """All levels for a period that may belong with a claim, the likeliest first; the same digits again left out."""
        if period is None or (area or to.area) is None:
            return []
        end = WORLD if area else to.counterpart
        shelf = self._shelves.get((area or to.area, end, period))
        if not shelf:
            return []
        fitting = [v for v in shelf if self._fits(v, to)]
        if len(fitting) < 2:
            return fitting
        fitting.sort(key=lambda view: self._order(view, to))
        first: dict[tuple[str, float], View] = {}
        for view in fitting:
            first.setdefault((view.origin, view.value), view)
        return list(first.values())

    def beside(self, to: View) -> View | None:
        """The level of another area for the same period that stands closest before a gap, where the gap names none."""
        near = [v for v in self._articles[to.claim.article] if 0 < to.claim.start - v.claim.start <= _NEAR]
        fitting = [v for v in near if v.period == to.period and v.area not in (None, to.area) and v.unit == to.unit]
        fitting = [v for v in fitting if v.counterpart == WORLD and v.origin == to.origin and self._fits(v, to)]
        return max(fitting, key=lambda view: view.place, default=None)

    def may_compare(self, rate: View) -> bool:
        """True where a rate's own article gives two levels; hardly any does, and looking through shelves takes long."""
        return len(self._articles.get(rate.claim.article, ())) > 1

    def bind(self, *claims: View) -> bool:
        """True where claims of one voice speak of exactly one thing, so that they must add up."""
        first = claims[0]
        return all(each.origin == first.origin and self.strict(first, each) for each in claims[1:])

    def undated(self, to: View) -> list[View]:
        """Levels close by in the article without a period, or of many years up to the base's end, that may be meant."""
        ends = to.base.end if to.base else to.period.start if to.period else None
        close = [v for v in self._undated[to.claim.article] if abs(v.claim.start - to.claim.start) <= _NEAR]
        close = [v for v in close if v.area == to.area and v.counterpart == to.counterpart and self._fits(v, to)]
        return [v for v in close if v.period is None or v.period.end == ends]

    def strict(self, a: View, b: View) -> bool:
        """True where two claims speak of exactly one product and indicator."""
        return a.product == b.product and self._measured(a, b) == b.indicator

    def _fits(self, level: View, to: View) -> bool:
        measured = self._measured(to, level)
        if level.product is not None and (level.product, level.indicator) == (to.product, measured):
            return measured is not None
        to = to if measured == to.indicator else to._replace(indicator=measured)
        if level.product is None and to.product is None:
            return level.indicator is not None and level.indicator == to.indicator
        product, loose_product = product_match(level, to, self.lattice)
        indicator, loose = indicator_match(level, to, self.lattice)
        return (product is Match.SAME or loose_product) and (indicator is Match.SAME or loose)

    def _measured(self, of: View, level: View) -> str | None:
        """What a rate or share is of, beside a level in money: growth of exports may be of their value."""
        return self.lattice.worth(of.indicator) if level.unit.isupper() else of.indicator

    def _order(self, level: View, to: View) -> tuple[object, ...]:
        apart = level.claim.article != to.claim.article
        return (
            level.origin != to.origin,
            apart,
            not self.strict(to, level),
            level.indicator != to.indicator,
            0 if apart else abs(level.claim.start - to.claim.start),
            level.place,
        )
