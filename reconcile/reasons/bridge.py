"""A bridge from the smaller of two figures to the larger: the parts that are known, and what stays unexplained."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reconcile.claims.intervals import Interval
from reconcile.claims.lattice import Lattice, Match
from reconcile.claims.normalise import View
from reconcile.comparison.comparability import days_match
from reconcile.model import Step
from reconcile.wording import explain

_LEEWAY = 1.02
"""Parts may overshoot the difference by rounding, as a factor."""


class Bridge(NamedTuple):
    """Known parts of a difference, and what is left of it."""

    parts: tuple[View, ...]
    rest: Interval


def bridge(a: View, b: View, levels: Iterable[View], lattice: Lattice) -> Bridge | None:
    """The parts of the larger figure that the smaller leaves out; None where nobody gives any."""
    small, large = sorted((a, b), key=lambda view: view.value)
    if small.kind != "level" or large.value <= small.value:
        return None
    candidates = [view for view in levels if _belongs(view, small, large, lattice)]
    candidates.sort(key=lambda view: (view.source != large.source, -view.value, view.place))
    room, chosen = (large.value - small.value) * _LEEWAY, list[View]()
    for view in candidates:
        if view.value <= room and all(_apart(view, other, lattice) for other in chosen):
            chosen.append(view)
            room -= view.value
    if not chosen:
        return None
    rest = large.figure.minus(small.figure)
    for view in chosen:
        rest = rest.minus(view.figure)
    return Bridge(tuple(chosen), rest)


def steps(found: Bridge, lattice: Lattice) -> tuple[Step, ...]:
    """The bridge as the finding carries it; the last step is what stays unexplained."""
    planks = [_step(explain.subject(view, lattice.known), view.figure, view) for view in found.parts]
    return (*planks, _step("unexplained", found.rest, found.parts[0]))


def _step(what: str, interval: Interval, like: View) -> Step:
    low, high = (None if abs(end) == float("inf") else round(end, 6) for end in explain.native(interval, like))
    return Step(what=what, low=low, high=high, unit=like.claim.unit)


def _belongs(part: View, small: View, large: View, lattice: Lattice) -> bool:
    """True for a part of the larger figure that is none of the smaller: another product, or the period's rest."""
    place = (part.unit, part.area, part.counterpart)
    if place != (large.unit, large.area, large.counterpart) or place != (small.unit, small.area, small.counterpart):
        return False
    if part.indicator not in (small.indicator, large.indicator) or part.value <= 0 or part.id in (small.id, large.id):
        return False
    if part.product is None or small.product is None or large.product is None:
        return False
    if part.period is None or small.period is None or large.period is None:
        return False
    if part.period == small.period == large.period:
        inside = lattice.product(part.product, large.product)[0] is Match.NARROWER
        return inside and lattice.product(part.product, small.product) == (Match.UNKNOWN, False)
    rest = days_match(part.period, small.period) is Match.DISJOINT
    return rest and days_match(part.period, large.period) is Match.NARROWER and part.product == large.product


def _apart(a: View, b: View, lattice: Lattice) -> bool:
    """True for two parts that count nothing twice as far as the taxonomy knows."""
    if a.period != b.period and a.period and b.period:
        return days_match(a.period, b.period) is Match.DISJOINT
    return lattice.product(a.product or "", b.product or "") == (Match.UNKNOWN, False)
