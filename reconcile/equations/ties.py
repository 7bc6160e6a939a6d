"""Which claims arithmetic ties: a rate and its levels, a gap and its two sides, a share and its whole, parts and a sum.

A tie joins claims of one voice, or brings in another's figure where it agrees: that two bodies' figures do not add up
is no error of either.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from reconcile.claims.intervals import Interval, touch
from reconcile.claims.lattice import Lattice, Match
from reconcile.claims.normalise import View, in_headline
from reconcile.claims.standing import AHEAD
from reconcile.claims.words import WORLD
from reconcile.comparison.pairs import rank_class
from reconcile.equations.levels import Levels
from reconcile.equations.sums import sums
from reconcile.equations.tie import ALL, Tie, adds_up, share_of, shortfall, total_of

_REVISED = 0.01
"""A body may have another's earlier figure as it was before it was revised by so much, as a part of it."""


def ties(group: Sequence[View], lattice: Lattice) -> Iterator[Tie]:
    """Every tie among the claims of a group."""
    askers = [view for view in group if view.kind not in ("level", "rank")]
    levels, shares = Levels(group, lattice, askers), Levels(group, lattice, askers, kind="share")
    for view in _said_once(askers, levels):
        if view.kind == "growth":
            yield from _rate(view, levels)
            yield from _rate_of_others(view, levels)
            yield from _rate_of_share(view, shares)
        elif view.kind == "difference" and view.unit != "percent":
            yield from _gap(view, shares if view.unit == "percentage_point" else levels)
        elif view.kind == "share" and view.product is not None:
            yield from _share(view, group, levels)
    for view in askers:
        if view.kind == "multiple" and view.counterpart != WORLD and view.figure.low > 0:
            yield from _multiple(view, levels)
    yield from _whole_market(askers, lattice)
    yield from _ranks(group, lattice)
    yield from sums(group, lattice)


def _said_once(group: Sequence[View], levels: Levels) -> list[View]:
    """Rates, gaps and shares; of those that an article repeats, the one that stands nearest to its level."""
    said: dict[tuple[object, ...], list[View]] = defaultdict(list)
    for view in group:
        if view.kind in ("growth", "difference", "share"):
            said[view.scope, view.base, view.value, view.origin, view.claim.article].append(view)

    def apart(view: View) -> tuple[bool, int]:
        level = levels.nearest(view, view.period)
        return in_headline(view), abs(level.claim.start - view.claim.start) if level else 0

    return [alike[0] if len(alike) == 1 else min(alike, key=apart) for alike in said.values()]


def _rate(rate: View, levels: Levels) -> Iterator[Tie]:
    """Growth to a level puts the base at level / (1 + rate)."""
    level = levels.nearest(rate, rate.period)
    if level is None or rate.figure.low <= -100:
        return
    implied = level.figure.over_rate(rate.figure)
    otherwise = tuple(level.figure.over_rate(other) for other in rate.others)
    bases = [base for base in levels.every(rate, rate.base) if base.unit == level.unit]
    meant = (rate.status == "target") == (level.status == "target")  # what was hoped for has not grown as it has
    told = [
        Tie("rate_and_levels", (rate, level, b), implied, b.figure, otherwise, meant and levels.bind(rate, level, b))
        for b in bases
    ]
    holding = next((tie for tie in told if tie.holds), None)
    if holding is not None:
        yield holding
    settled = holding is not None and holding.members[-1].origin == rate.origin
    binding = [] if settled else [tie for tie in told if tie.binding]
    yield from binding
    if holding is not None:
        return
    for other in levels.undated(rate):
        if not binding and other.unit == level.unit and other is not level and touch(implied, other.figure):
            yield Tie("rate_and_levels", (rate, level, other), implied, other.figure, otherwise, binding=False)
            return
    if not binding:
        yield Tie("rate_and_level", (rate, level), implied, None, otherwise, binding=False)


def _rate_of_others(rate: View, levels: Levels) -> Iterator[Tie]:
    """What somebody makes of two levels that another body gives in the same article: "a quarter less"."""
    if rate.source is None or rate.base is None or rate.figure.low <= -100 or not levels.may_compare(rate):
        return
    beside, before = (
        [level for level in levels.every(rate, period) if _is_said_beside(level, rate, levels)]
        for period in (rate.period, rate.base)
    )
    if len(beside) != 1 or len(before) != 1:  # of several there is no telling which the rate is of
        return
    now, then = beside[0], before[0]
    if now.origin != then.origin or now.unit != then.unit or now.origin == rate.origin:
        return
    if any(level.figure.low <= 0 or math.isinf(level.figure.high) for level in (now, then)):
        return  # a bound makes no rate
    otherwise = tuple(now.figure.over_rate(other) for other in rate.others)
    implied = now.figure.over_rate(rate.figure)
    tie = Tie("rate_of_others", (rate, now, then), implied, then.figure, otherwise, binding=True)
    if shortfall(tie) == 0 or shortfall(tie) > _REVISED:
        yield tie


def _is_said_beside(level: View, rate: View, levels: Levels) -> bool:
    settled = (level.status in AHEAD) == (rate.status in AHEAD)
    return level.claim.article == rate.claim.article and levels.strict(rate, level) and settled


def _rate_of_share(rate: View, shares: Levels) -> Iterator[Tie]:
    """A share that went from 40 to 43 percent rose by 7.5 percent, or by 3 percentage points."""
    now = shares.nearest(rate, rate.period)
    before = shares.nearest(rate, rate.base) if now is not None else None
    if now is None or before is None or not shares.bind(rate, now, before) or rate.figure.low <= -100:
        return
    tie = Tie("rate_and_shares", (rate, now, before), now.figure.over_rate(rate.figure), before.figure, (), True)
    in_points = touch(now.figure.minus(before.figure), rate.figure)
    if tie.holds or in_points:
        yield tie


def _gap(gap: View, levels: Levels) -> Iterator[Tie]:
    """A gap between two areas, or between a period and its base; a writer's own sum may join two bodies' figures."""
    own = gap.source is not None
    if gap.counterpart != WORLD:
        one = levels.nearest(gap, gap.period, area=gap.area, own=own)
        other = levels.nearest(gap, gap.period, area=gap.counterpart, own=own)
    else:
        one = levels.nearest(gap, gap.period, own=own)
        other = levels.nearest(gap, gap.base, own=own) if gap.base else levels.beside(gap)
    points = gap.unit == "percentage_point"
    if (
        one is None
        or other is None
        or one.unit != other.unit
        or gap.unit != ("percentage_point" if points else one.unit)
    ):
        return
    if other.figure.middle > one.figure.middle:
        one, other = other, one
    left, given = one.figure.minus(other.figure), gap.figure.magnitude
    together = one.claim.article == other.claim.article == gap.claim.article
    named = gap.counterpart != WORLD or gap.base is not None
    binding = named and together and levels.strict(gap, one) and levels.strict(gap, other)
    tie = Tie("gap_and_levels", (one, other, gap), left, given, (), binding)
    if tie.holds or tie.binding:
        yield tie


def _share(share: View, group: Sequence[View], levels: Levels) -> Iterator[Tie]:
    """A part is the share of a whole with a broader product, in the same article and voice."""
    part = levels.nearest(share, share.period)
    if part is None or part.claim.article != share.claim.article or part.product is None:
        return
    wholes = [v for v in group if v.kind == "level" and _is_whole(v, part, levels.lattice)]
    if not wholes:
        return
    whole = min(wholes, key=lambda view: (abs(view.claim.start - share.claim.start), view.place))
    if whole.figure.low <= 0:
        return
    implied = share_of(part.figure, whole.figure)
    together = share.claim.sentence is not None and share.claim.sentence == part.claim.sentence == whole.claim.sentence
    tie = Tie("share_and_levels", (part, whole, share), implied, share.figure, (), together and len(wholes) == 1)
    if tie.holds or tie.binding:
        yield tie


def _multiple(multiple: View, levels: Levels) -> Iterator[Tie]:
    """One area's figure is so many times another's."""
    own = multiple.source is not None
    one = levels.nearest(multiple, multiple.period, area=multiple.area, own=own)
    other = levels.nearest(multiple, multiple.period, area=multiple.counterpart, own=own)
    if one is None or other is None or one.unit != other.unit or other.figure.low <= 0:
        return
    implied = share_of(one.figure, other.figure).times(0.01)
    together = one.claim.article == other.claim.article == multiple.claim.article
    binding = together and levels.bind(multiple, one, other)
    tie = Tie("multiple_and_levels", (one, other, multiple), implied, multiple.figure, (), binding)
    if tie.holds or tie.binding:
        yield tie


def _whole_market(group: Sequence[View], lattice: Lattice) -> Iterator[Tie]:
    """Shares of one market that a voice gives for several companies are not more than all of it."""
    markets: dict[tuple[object, ...], dict[str, View]] = defaultdict(dict)
    for view in group:
        node = lattice.node(view.indicator)
        if view.kind == "share" and node and node.default_kind == "share" and view.area and view.period:
            markets[_field(view), view.origin, view.claim.article, view.status].setdefault(view.area, view)
    for shares in markets.values():
        members = tuple(view for view in shares.values() if view.area in lattice.known.organisations)
        if len(members) > 1 and not adds_up("shares_and_whole", members):
            total = total_of([view.figure for view in members])
            yield Tie("shares_and_whole", members, total, Interval(0.0, ALL), (), True)


def _is_whole(whole: View, part: View, lattice: Lattice) -> bool:
    alike = whole.claim.article == part.claim.article and whole.origin == part.origin and whole.unit == part.unit
    same = alike and (whole.indicator, whole.area, whole.period) == (part.indicator, part.area, part.period)
    if not same or whole.product is None or part.product is None or whole.counterpart != part.counterpart:
        return False
    return lattice.product(part.product, whole.product)[0] is Match.NARROWER


def _ranks(group: Sequence[View], lattice: Lattice) -> Iterator[Tie]:
    """Whoever is ranked first has no smaller figure than another of whom the same voice gives one."""
    firsts = [v for v in group if v.kind == "rank" and v.value == 1 and rank_class(v) == "most" and v.area and v.period]
    if not firsts:
        return
    scopes: dict[tuple[object, ...], list[View]] = defaultdict(list)
    for view in group:
        if view.kind == "level" and view.area is not None:
            scopes[_field(view), view.origin].append(view)
    for rank in firsts:
        rivals = scopes.get((_field(rank), rank.origin), [])
        own = next((view for view in rivals if view.area == rank.area), None)
        if own is None:
            continue
        ahead = [view for view in rivals if view.unit == own.unit and _are_rivals(view, own, lattice)]
        ahead = [view for view in ahead if view.figure.low > own.figure.high and view.status == own.status]
        if ahead:
            most = max(ahead, key=lambda view: (view.value, view.place))
            yield Tie("rank_and_levels", (own, most, rank), own.figure, most.figure, (), True)


def _field(view: View) -> tuple[object, ...]:
    """What areas are ranked by."""
    return view.indicator, view.product, view.counterpart, view.period


def _are_rivals(one: View, other: View, lattice: Lattice) -> bool:
    kinds = {view.area in lattice.known.organisations for view in (one, other)}
    return len(kinds) == 1 and lattice.area(one.area or "", other.area or "") is Match.DISJOINT
