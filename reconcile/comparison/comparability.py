"""Two claims, slot by slot: may they be compared, and in which slots do they differ?

One small function a slot. Unknown is never equality: a slot that one claim leaves open keeps the two apart.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from extractor.model import Claim
from reconcile.claims.context import counted_otherwise
from reconcile.claims.forms import plain
from reconcile.claims.lattice import Lattice, Match
from reconcile.claims.normalise import Days, View
from reconcile.claims.rules import rules
from reconcile.claims.words import WORLD
from reconcile.model import Slot

_YEAR = (364, 367)
"""Days of a year, give or take those by which people cut it."""


class Scopes(NamedTuple):
    """How the slots of two claims stand, from the first claim's side."""

    product: Match
    area: Match
    counterpart: Match
    period: Match
    indicator: Match
    status: Match
    source_definition: Match
    confusable: frozenset[str]
    """Slots that differ although a headline would use one word for both."""

    def differing(self) -> list[Slot]:
        """Scope slots that are not the same, status and source definition left out."""
        slots: tuple[Slot, ...] = ("product", "area", "counterpart", "period", "indicator")
        if self[:5] == _ALIKE[:5]:
            return []
        return [slot for slot in slots if getattr(self, slot) is not Match.SAME]

    def of(self, slot: Slot) -> Match:
        """The answer for one slot."""
        answer: Match = getattr(self, slot)
        return answer

    def strict(self) -> list[Slot]:
        """Slots that differ in a way that nobody would overlook."""
        return [slot for slot in self.differing() if slot not in self.confusable]

    def explaining(self) -> tuple[Slot, ...]:
        """Every slot that can explain why the figures differ."""
        also: tuple[Slot, ...] = ("status", "source_definition")
        return (*self.differing(), *(slot for slot in also if self.of(slot) is Match.OVERLAPPING))

    def within(self) -> Match:
        """NARROWER where the first is a part of the second, BROADER the other way, SAME, or DISJOINT for neither."""
        found = {self.of(slot) for slot in self.strict()}
        if not found:
            return Match.SAME
        return found.pop() if len(found) == 1 and found <= {Match.NARROWER, Match.BROADER} else Match.DISJOINT

    def turned(self) -> Scopes:
        """The same from the second claim's side."""
        return self._replace(
            product=self.product.turned(),
            area=self.area.turned(),
            counterpart=self.counterpart.turned(),
            period=self.period.turned(),
            indicator=self.indicator.turned(),
        )


_ALIKE = Scopes(
    product=Match.SAME,
    area=Match.SAME,
    counterpart=Match.SAME,
    period=Match.SAME,
    indicator=Match.SAME,
    status=Match.SAME,
    source_definition=Match.SAME,
    confusable=frozenset(),
)


def compare(a: View, b: View, lattice: Lattice) -> Scopes:
    """How two claims stand, slot by slot."""
    if _one_scope(a, b):
        definition = definition_match(a, b, lattice)
        return _ALIKE if definition is Match.SAME else _ALIKE._replace(source_definition=definition)
    product, loose_product = product_match(a, b, lattice)
    period, loose_period = period_match(a, b)
    indicator, loose_indicator = indicator_match(a, b, lattice)
    loose = {"product": loose_product, "period": loose_period, "indicator": loose_indicator}
    return Scopes(
        product=product,
        area=area_match(a, b, lattice),
        counterpart=lattice.area(a.counterpart, b.counterpart),
        period=period,
        indicator=indicator,
        status=Match.SAME if a.status == b.status else Match.OVERLAPPING,
        source_definition=definition_match(a, b, lattice),
        confusable=frozenset(slot for slot, is_loose in loose.items() if is_loose),
    )


def _one_scope(a: View, b: View) -> bool:
    """True where two claims leave nothing open and say the same in every slot."""
    return (
        a.indicator == b.indicator
        and a.product == b.product
        and a.area == b.area
        and a.period == b.period
        and a.counterpart == b.counterpart
        and a.status == b.status
        and a.abroad == b.abroad
        and None not in (a.indicator, a.area, a.period)
    )


def product_match(a: View, b: View, lattice: Lattice) -> tuple[Match, bool]:
    """Products by the taxonomy. Two claims that both count nothing in particular (GDP) are not kept apart by it."""
    if a.product is None or b.product is None:
        known_measure = a.indicator is not None and a.indicator == b.indicator
        return (Match.SAME if a.product == b.product and known_measure else Match.UNKNOWN), False
    return lattice.product(a.product, b.product)


def area_match(a: View, b: View, lattice: Lattice) -> Match:
    """Areas by the taxonomy; an area that is not given is unknown."""
    return Match.UNKNOWN if a.area is None or b.area is None else lattice.area(a.area, b.area)


def period_match(a: View, b: View) -> tuple[Match, bool]:
    """Periods by interval algebra. A fiscal year and a calendar year that share half their days may be confused."""
    if a.period is None or b.period is None:
        return (Match.DISJOINT if _said_apart(a.claim, b.claim) else Match.UNKNOWN), False
    found = days_match(a.period, b.period)
    return found, found is Match.OVERLAPPING and _fiscal(a, b, a.period, b.period)


def _said_apart(a: Claim, b: Claim) -> bool:
    """True for two times of one article of an unknown day: "February" and "the first two months"."""
    mine, theirs = a.unresolved_period.lower(), b.unresolved_period.lower()
    return a.article == b.article and bool(mine and theirs) and mine != theirs


def indicator_match(a: View, b: View, lattice: Lattice) -> tuple[Match, bool]:
    """Indicators by declared relations; a figure at the border meets one at home only where both name the other end."""
    if a.indicator is None or b.indicator is None:
        return Match.UNKNOWN, False
    found, loose = lattice.indicator(a.indicator, b.indicator)
    if loose and {_crosses(a), _crosses(b)} == {True, False} and WORLD in (a.counterpart, b.counterpart):
        return Match.DISJOINT, False
    return found, loose


def definition_match(a: View, b: View, lattice: Lattice) -> Match:
    """What the two sources' figures cover, where both are on file, or the text says that one covers something else."""
    if a.source == b.source:
        return Match.SAME
    mine = lattice.definition(a.source, a.product, a.indicator)
    theirs = lattice.definition(b.source, b.product, b.indicator)
    if mine is None or theirs is None:
        told = a.source is not None and b.source is not None and counted_otherwise(a, b)
        return Match.OVERLAPPING if told else Match.UNKNOWN
    return Match.SAME if mine == theirs else Match.OVERLAPPING


def days_match(a: Days, b: Days) -> Match:
    """Interval algebra on half-open periods."""
    if a == b:
        return Match.SAME
    if a.end <= b.start or b.end <= a.start:
        return Match.DISJOINT
    if b.start <= a.start and a.end <= b.end:
        return Match.NARROWER
    return Match.BROADER if a.start <= b.start and b.end <= a.end else Match.OVERLAPPING


def _crosses(view: View) -> bool | None:
    if view.abroad or view.indicator in rules()["crosses_border"]:
        return True
    return False if view.indicator in rules()["at_home"] else None


def _fiscal(a: View, b: View, mine: Days, theirs: Days) -> bool:
    shared = min(mine.end, theirs.end) - max(mine.start, theirs.start)
    alike = abs(mine.length - theirs.length) <= 7 and 2 * shared >= mine.length
    return alike and (_says_fiscal(a) or _says_fiscal(b))


def _says_fiscal(view: View) -> bool:
    """True for a year that is called fiscal, or of which no more is known than that it does not begin with January."""
    text = view.claim.period.text if view.claim.period else ""
    if not text and view.period is not None and _YEAR[0] <= view.period.length <= _YEAR[1]:
        first = dt.date.fromordinal(view.period.start)
        return (first.month, first.day) != (1, 1)
    return any(word.rstrip("0123456789") in rules()["fiscal"] for word in plain(text).split(" "))
