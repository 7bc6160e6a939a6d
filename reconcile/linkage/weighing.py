"""Which pairs of a group's claims are weighed for counting one thing, and what speaks for and against each.

Only what was read unsurely is weighed, near in size and in time, and not told apart by what both are known to be.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from reconcile.claims.context import is_earlier
from reconcile.claims.intervals import meet
from reconcile.claims.lattice import Lattice, Match
from reconcile.claims.normalise import Days, View, in_headline
from reconcile.claims.standing import one_expression, one_sentence, ratio
from reconcile.comparison.comparability import Scopes, compare
from reconcile.comparison.times import of_other_times
from reconcile.comparison.tolls import STRETCH, one_event
from reconcile.comparison.trust import READ_SURELY
from reconcile.comparison.verdict import Verdict
from reconcile.linkage.manner import one_account
from reconcile.linkage.signs import Around, expected, slot_signs, wording_signs
from reconcile.scale.apart import Countries, Figures
from reconcile.scale.crowds import thinned_by_month

_WIDEST = 1.25
"""How many times the larger of two figures may be the smaller."""
_AT_ONCE = 200
"""Claims of one kind and unit that one is laid beside: those that appeared nearest to it in time, either way."""
_DAYS = 400
"""Days between two articles that may speak of one thing."""
_EVER = Days(0, 1 << 30)
"""What a claim that names no time may be of."""
_DIGITS = 3
"""Figures of so many digits are not the same by chance."""
_TELLING = 10
"""A toll below this is hardly an event's whole toll."""
_GROWN, _WIDEST_TOLLS = 3, 500
"""How many times a first count, or a direct one, goes into what a study finds at last; nearer ones are weighed."""
TOLL = "two tolls of one event"
"""The one sign of a pair that needs no other."""
_KINDS = frozenset(("level", "growth", "share", "difference"))


def came_otherwise(a: View, b: View) -> bool:
    """True for an outlook beside an outcome far from it: how far says nothing of whether they are of one thing."""
    return expected(a, b) and ratio(a, b) > _WIDEST


class Candidate(NamedTuple):
    """Two claims that may count one thing, with the slots that other articles' reading of the same figures gives."""

    first: View
    second: View
    scopes: Scopes
    signs: dict[str, float]


class Scales:
    """The claims of a group that are weighed."""

    def __init__(self, group: Sequence[View], lattice: Lattice) -> None:
        self.lattice = lattice
        sure = READ_SURELY
        self._unsure = [v for v in group if v.claim.confidence < sure and v.kind in _KINDS and v.value]
        self._names = {view.id for view in self._unsure}
        self._around = Around(self._unsure)

    def weighs(self, a: View, b: View) -> bool:
        """True where signs say more of two claims than their slots."""
        return a.id in self._names and b.id in self._names

    def signs(self, verdict: Verdict) -> dict[str, float]:
        """What speaks for and against two claims that their slots set against each other."""
        a, b = verdict.first, verdict.second
        found = self._signs(a, b, a, b, compare(a, b, self.lattice))
        return found | {"slots say so": 1.0, f"slots say: {verdict.relation}": 1.0}

    def _signs(self, a: View, b: View, one: View, other: View, scopes: Scopes) -> dict[str, float]:
        signs = dict.fromkeys(slot_signs(one, other, scopes, self.lattice), 1.0)
        return signs | self._around.signs(a, b) | wording_signs(a, b)

    def candidates(self) -> Iterator[Candidate]:
        """The pairs that may be of one thing whatever their slots say, tolls of one event first, in their order."""
        if len(self._unsure) < 2:
            return
        pooled, lattice = _pooled(self._unsure), self.lattice
        few = thinned_by_month(self._unsure).kept
        tolls = {frozenset((a.id, b.id)): (a, b) for a, b in one_event(few) if _may_meet(a, b)}
        for a, b in sorted(tolls.values(), key=_places):
            one, other = pooled[a.id], pooled[b.id]
            scopes = compare(one, other, lattice)
            if _are_of_one_event(one, other, scopes):
                yield Candidate(one, other, scopes, {TOLL: 1.0})
        for a, b in sorted(_near(few, pooled, lattice), key=_places):
            if _may_meet(a, b) and frozenset((a.id, b.id)) not in tolls:
                one, other = pooled[a.id], pooled[b.id]
                scopes = compare(one, other, lattice)
                if not (_ruled_out(one, other, scopes, lattice) or told_apart(one, other, scopes, lattice)):
                    yield Candidate(one, other, scopes, self._signs(a, b, one, other, scopes))


def _places(pair: tuple[View, View]) -> tuple[object, ...]:
    return pair[0].place, pair[1].place


def _near(unsure: Sequence[View], pooled: Mapping[str, View], lattice: Lattice) -> Iterator[tuple[View, View]]:
    """Pairs of one kind and unit, near in size and in their days of appearance, of times that may be the same.

    Figures that meet, and those of two countries, are left out before there is a pair of them: they are nearly all.
    """
    ordered = sorted(unsure, key=lambda view: (view.kind, view.unit, view.published or 0, view.place))
    code = np.unique([f"{view.kind} {view.unit}" for view in ordered], return_inverse=True)[1]
    sign = np.array([view.value > 0 for view in ordered])
    size = np.log(np.abs(np.array([view.value for view in ordered])))
    day = np.array([view.published or 0 for view in ordered])
    periods = [pooled[view.id].period or _EVER for view in ordered]
    start, end = np.array([period.start for period in periods]), np.array([period.end for period in periods])
    figures, countries = Figures(ordered), Countries([pooled[view.id] for view in ordered], lattice)
    widest = math.log(_WIDEST)
    for step in range(1, min(_AT_ONCE, len(ordered) - 1) + 1):
        near = (code[step:] == code[:-step]) & (sign[step:] == sign[:-step])
        near &= (np.abs(size[step:] - size[:-step]) <= widest) & (day[step:] - day[:-step] <= _DAYS)
        near &= (start[step:] < end[:-step]) & (start[:-step] < end[step:])
        some = np.flatnonzero(near)
        some = some[~figures.meet(some, some + step)]
        for at in some[~countries.differ(some, some + step)].tolist():
            a, b = ordered[at], ordered[at + step]
            yield (a, b) if a.place < b.place else (b, a)


def _may_meet(a: View, b: View) -> bool:
    """False for what one expression says twice, for figures that meet, and for an article's own headline."""
    if meet(a.figure, b.figure) or one_expression(a, b):
        return False
    return a.claim.article != b.claim.article or not (in_headline(a) or in_headline(b))


def _pooled(unsure: Sequence[View]) -> dict[str, View]:
    """Each claim with the slots that the surest reading of the same digits gives, whichever article prints them.

    A figure of several digits is the same figure in two articles, and what one sentence leaves out the other may say.
    """
    alike: dict[tuple[str, str, float], list[View]] = defaultdict(list)
    for view in unsure:
        if view.digits >= _DIGITS:
            alike[view.kind, view.unit, view.value].append(view)
    found = {view.id: view for view in unsure}
    for printed in alike.values():
        surest = min(printed, key=lambda view: (-view.claim.confidence, view.place))
        for view in printed:
            if view.claim.article != surest.claim.article and view.claim.confidence < surest.claim.confidence:
                found[view.id] = _with_slots(view, surest)
    return found


def _with_slots(view: View, surest: View) -> View:
    return view._replace(
        indicator=surest.indicator,
        product=surest.product,
        area=surest.area,
        counterpart=surest.counterpart,
        abroad=surest.abroad,
        flipped=surest.flipped,
        period=surest.period,
        source=view.source if view.source is not None else surest.source,
    )


def _ruled_out(a: View, b: View, scopes: Scopes, lattice: Lattice) -> bool:
    """True where no sign could make one quantity of the two: other days, other things measured, a goal elsewhere.

    Nor do figures that one account sets against each other, and a year's outlook beside one of its months.
    """
    if scopes.period is Match.DISJOINT or (a.indicator is None) != (b.indicator is None):
        return True
    if one_account(a, b) or of_other_times(a, b):
        return True
    known = lattice.known.indicators
    if scopes.indicator is Match.DISJOINT and a.indicator in known and b.indicator in known:
        return True
    if is_earlier(a) != is_earlier(b) or (expected(a, b) and scopes.period in (Match.NARROWER, Match.BROADER)):
        return True
    targets = (a.status == "target") != (b.status == "target")
    return targets and not (a.source is not None and a.source == b.source)


def told_apart(a: View, b: View, scopes: Scopes, lattice: Lattice) -> bool:
    """True for two things that both are known, two countries that the figures' own sentences name, a part that fits."""
    if scopes.product is Match.DISJOINT and {a.product, b.product} <= lattice.known.products.keys():
        return True
    known = lattice.known.areas
    if scopes.area is Match.DISJOINT and a.area in known and b.area in known:
        return "area" not in a.claim.borrowed and "area" not in b.claim.borrowed
    if scopes.period not in (Match.NARROWER, Match.BROADER) or a.kind != "level":
        return False
    part, whole = (a, b) if scopes.period is Match.NARROWER else (b, a)
    return part.value <= whole.value and lattice.adds_up(part.indicator or "")


def _are_of_one_event(a: View, b: View, scopes: Scopes) -> bool:
    """True for what bodies say of an event's victims: the day that a toll was read to be of is when it was given."""
    named = a.source is not None and b.source is not None
    one_place = scopes.area in (Match.SAME, Match.UNKNOWN)
    apart = not one_place or scopes.product is Match.DISJOINT or one_sentence(a, b)
    if scopes.period is Match.DISJOINT and min(v.period.length for v in (a, b) if v.period) >= STRETCH:
        return False
    counted = scopes.indicator is Match.SAME and min(a.value, b.value) >= _TELLING
    return named and counted and not apart and _GROWN <= ratio(a, b) <= _WIDEST_TOLLS and _counted_at_length(a, b)


def _counted_at_length(a: View, b: View) -> bool:
    """True for tolls that were not given within days of each other, when no two bodies are so far apart."""
    if a.period is None or b.period is None:
        return False
    stretches = min(a.period.length, b.period.length) >= STRETCH
    return stretches or abs(a.period.end - b.period.end) >= STRETCH
