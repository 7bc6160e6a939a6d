"""Claims that may count one thing although their slots, as they were read, do not say so.

Slots that were read from a text are evidence and no facts: a null beside a word, a wider place, a sentence that names
somebody else. For two claims whose figures are near each other and do not meet, each sign for or against their being
the same quantity has a weight (linkage.toml, fitted by scripts/fit-linkage), as in record linkage after Fellegi and
Sunter. Claims that are given, or were read beyond doubt, mean what their slots say and are left to pairs.py.
"""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from reconcile.apart import Countries, Figures
from reconcile.comparability import Scopes, compare
from reconcile.context import is_earlier, says_replaced
from reconcile.intervals import gap, meet
from reconcile.lattice import Lattice, Match
from reconcile.model import Finding
from reconcile.normalise import Days, View, in_headline
from reconcile.pairs import Verdict
from reconcile.signs import Around, expected, slot_signs, wording_signs
from reconcile.standing import by_age, is_newer, one_expression, one_sentence, own_voice, ratio
from reconcile.tolls import STRETCH, one_event
from reconcile.trust import READ_SURELY

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
_WIDEST_TOLLS = 500
"""How many times a first count, or a direct one, may go into what a study finds at last."""
TOLL = "two tolls of one event"
"""The one sign of a pair that needs no other."""
_KINDS = frozenset(("level", "growth", "share", "difference"))


class Weights(NamedTuple):
    """What each sign counts, and from which chance on two claims are told of."""

    bias: float
    least: float
    of: dict[str, float]


class Candidate(NamedTuple):
    """Two claims that may count one thing, with the slots that other articles' reading of the same figures gives."""

    first: View
    second: View
    scopes: Scopes
    signs: dict[str, float]


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """The weights of linkage.toml for figures that differ."""
    return read_weights("differing")


def read_weights(table: str) -> Weights:
    """The weights of one table of linkage.toml."""
    found = tomllib.loads((files("reconcile") / "linkage.toml").read_text(encoding="utf-8"))[table]
    return Weights(float(found["bias"]), float(found["least"]), {k: float(v) for k, v in found["weights"].items()})


def linked_verdicts(group: Sequence[View], lattice: Lattice, judged: Iterable[Verdict]) -> Iterator[Verdict]:
    """What claims of a group say of each other that may count one thing, and of which nothing else was said."""
    for found, likely in likely_ones(candidates(group, lattice), shipped_weights(), judged):
        yield _verdict(found, likely)


def likely_ones(
    found: Iterable[Candidate], weights: Weights, judged: Iterable[Verdict]
) -> Iterator[tuple[Candidate, float]]:
    """The candidates that the weights speak for and of which nothing was said, each with its chance."""
    spoken = {frozenset((verdict.first.id, verdict.second.id)) for verdict in judged}
    for each in found:
        likely = chance(each.signs, weights)
        if likely >= weights.least and frozenset((each.first.id, each.second.id)) not in spoken:
            yield each, likely


def is_linked(finding: Finding) -> bool:
    """True for a finding that rests on signs, and not on what the slots say alone."""
    return any(check.startswith("scope:") for check in finding.checks_not_made)


def chance(signs: dict[str, float], weights: Weights) -> float:
    """How likely two claims with these signs count one thing and contradict each other.

    Of two tolls of one event the weight is that chance itself.
    """
    if TOLL in signs:
        return weights.of.get(TOLL, 0.0)
    total = weights.bias + math.fsum(weights.of.get(name, 0.0) * value for name, value in signs.items())
    return 1 / (1 + math.exp(-total))


def candidates(group: Sequence[View], lattice: Lattice) -> Iterator[Candidate]:
    """The pairs of a group that are weighed, in the order of their places."""
    unsure = [view for view in group if view.claim.confidence < READ_SURELY and view.kind in _KINDS and view.value]
    if len(unsure) < 2:
        return
    pooled = _pooled(unsure)
    tolls = {frozenset((a.id, b.id)): (a, b) for a, b in one_event(unsure) if _may_meet(a, b)}
    for a, b in sorted(tolls.values(), key=_places):
        one, other = pooled[a.id], pooled[b.id]
        scopes = compare(one, other, lattice)
        if _are_of_one_event(one, other, scopes):
            yield Candidate(one, other, scopes, {TOLL: 1.0})
    around = Around(unsure)
    for a, b in sorted(_near(unsure, pooled, lattice), key=_places):
        if _may_meet(a, b) and frozenset((a.id, b.id)) not in tolls:
            one, other = pooled[a.id], pooled[b.id]
            scopes = compare(one, other, lattice)
            if not (_ruled_out(one, other, scopes, lattice) or told_apart(one, other, scopes, lattice)):
                signs = dict.fromkeys(slot_signs(one, other, scopes, lattice), 1.0)
                yield Candidate(one, other, scopes, signs | around.signs(a, b) | wording_signs(a, b))


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
        if digits(view) >= _DIGITS:
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


def digits(view: View) -> int:
    """How many digits of a figure are no zeros at its end."""
    return len(f"{abs(view.claim.value):.12g}".replace(".", "").strip("0"))


def _ruled_out(a: View, b: View, scopes: Scopes, lattice: Lattice) -> bool:
    """True where no sign could make one quantity of the two: other days, other things measured, a goal elsewhere.

    Nor do figures that one sentence sets against each other, and a year's outlook beside one of its months.
    """
    if scopes.period is Match.DISJOINT or (a.indicator is None) != (b.indicator is None):
        return True
    if _one_account(a, b):
        return True
    known = lattice.known.indicators
    if scopes.indicator is Match.DISJOINT and a.indicator in known and b.indicator in known:
        return True
    if is_earlier(a) != is_earlier(b) or (expected(a, b) and scopes.period in (Match.NARROWER, Match.BROADER)):
        return True
    targets = (a.status == "target") != (b.status == "target")
    return targets and not (a.source is not None and a.source == b.source)


def _one_account(a: View, b: View) -> bool:
    """True for what an article says in its own voice: two figures are of two things, unless one replaced the other."""
    own = a.source is None and own_voice(a, b)
    return own and not (a.claim.superseded or b.claim.superseded or says_replaced(a, b))


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
    return named and counted and not apart and ratio(a, b) <= _WIDEST_TOLLS


def _verdict(found: Candidate, likely: float) -> Verdict:
    """One body's figures have replaced each other, or the two differ in what was read otherwise."""
    a, b, scopes = found.first, found.second, found.scopes
    older, newer = by_age(a, b)
    apart = gap(a.figure, b.figure)
    if a.source is not None and a.source == b.source and is_newer(older, newer):
        return Verdict("revision", older, newer, scopes, (), apart, likely)
    explained = scopes.explaining()
    return Verdict("apparent_conflict" if explained else "contradiction", a, b, scopes, explained, apart, likely)
