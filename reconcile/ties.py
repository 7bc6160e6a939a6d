"""Which claims arithmetic ties: a rate and its levels, a gap and its two sides, a share and its whole, parts and a sum.

A tie joins claims of one voice, or brings in another's figure where it agrees: that two bodies' figures do not add up
is no error of either.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from reconcile.comparability import indicator_match, product_match
from reconcile.intervals import Interval, distance, touch
from reconcile.lattice import Lattice, Match
from reconcile.normalise import Days, View, in_headline
from reconcile.pairs import rank_class
from reconcile.standing import AHEAD
from reconcile.words import WORLD

Form = Literal[
    "rate_and_level",
    "rate_and_levels",
    "rate_and_shares",
    "rate_of_others",
    "gap_and_levels",
    "share_and_levels",
    "shares_and_whole",
    "multiple_and_levels",
    "rank_and_levels",
    "parts_and_whole",
    "rows_and_total",
]
_NEAR = 300
"""Code points within which an undated figure may be what a growth rate compares with."""
_LONGEST_CHAIN = 12
_FEWEST_TO_ADD = 3
"""Two parts and their whole."""
_ALL = 100.0
_REVISED = 0.01
"""A body may have another's earlier figure as it was before it was revised by so much, as a part of it."""


class Tie(NamedTuple):
    """Claims that an equation joins."""

    form: Form
    members: tuple[View, ...]
    """In the order of the form's name; the parts of a sum before the whole."""
    implied: Interval
    """What all but the last member say the last one should be (for a rate and its level: the base)."""
    given: Interval | None
    """What the last member says; None where nobody gives it."""
    otherwise: tuple[Interval, ...]
    """What other readings of the words would imply."""
    binding: bool
    """True where the claims speak of exactly one thing, with one voice, so that they must add up."""

    @property
    def holds(self) -> bool:
        """True where the figures add up, rounding allowed for."""
        if self.given is None:
            return True
        if self.form in ("rank_and_levels", "shares_and_whole"):
            return False
        given = (self.given, *self.members[-1].others)
        return any(touch(implied, stated) for implied in (self.implied, *self.otherwise) for stated in given)


def adds_up(form: Form, members: Sequence[View]) -> bool:
    """True where figures, which may have been altered, add up as a form says."""
    figures = [view.figure for view in members]
    last = figures[-1]
    match form:
        case "rate_and_level":
            return True
        case "rate_and_levels" | "rate_and_shares" | "rate_of_others":
            return figures[0].low > -100 and touch(figures[1].over_rate(figures[0]), last)
        case "gap_and_levels":
            return touch(figures[0].minus(figures[1]), last.magnitude)
        case "share_and_levels":
            return figures[1].low > 0 and touch(_share_of(figures[0], figures[1]), last)
        case "multiple_and_levels":
            return figures[1].low > 0 and touch(_share_of(figures[0], figures[1]).times(0.01), last)
        case "shares_and_whole":
            return _total(figures).low <= _ALL
        case "rank_and_levels":
            return figures[0].high >= figures[1].low
        case "parts_and_whole" | "rows_and_total":
            return touch(_total(figures[:-1]), last)


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
    yield from _sums(group, lattice)


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
    if rate.source is None or rate.base is None or rate.figure.low <= -100:
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
    now, before = shares.nearest(rate, rate.period), shares.nearest(rate, rate.base)
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
    implied = _share_of(part.figure, whole.figure)
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
    implied = _share_of(one.figure, other.figure).times(0.01)
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
            total = _total([view.figure for view in members])
            yield Tie("shares_and_whole", members, total, Interval(0.0, _ALL), (), True)


def _is_whole(whole: View, part: View, lattice: Lattice) -> bool:
    alike = whole.claim.article == part.claim.article and whole.origin == part.origin and whole.unit == part.unit
    same = alike and (whole.indicator, whole.area, whole.period) == (part.indicator, part.area, part.period)
    if not same or whole.product is None or part.product is None or whole.counterpart != part.counterpart:
        return False
    return lattice.product(part.product, whole.product)[0] is Match.NARROWER


def _sums(group: Sequence[View], lattice: Lattice) -> Iterator[Tie]:
    """Parts of one scope whose periods tile a whole's: in one article, a writer's own sum too, or of one voice."""
    additive = {each for each in {view.indicator for view in group} if each and lattice.adds_up(each)}
    lines: dict[tuple[object, ...], list[View]] = defaultdict(list)
    for view in group:
        if view.kind == "level" and view.period and view.area and view.indicator in additive:
            lines[view[4:9]].append(view)  # unit, indicator, product, area, counterpart
    shelves: dict[tuple[object, ...], list[View]] = defaultdict(list)
    for scope, line in lines.items():
        if len(line) < _FEWEST_TO_ADD or len({view.period for view in line}) < _FEWEST_TO_ADD:
            continue
        for view in line:
            shelves["in", view.claim.article, *scope].append(view)
            if view.source is not None:
                shelves["by", view.source, *scope].append(view)
    told: set[frozenset[str]] = set()
    for key, shelf in shelves.items():
        for tie in _tilings(shelf):
            ids = frozenset(view.id for view in tie.members)
            if ids not in told and (tie.holds or tie.binding) and (tie.holds or key[0] == "in"):
                told.add(ids)
                yield tie


def _tilings(shelf: Sequence[View]) -> Iterator[Tie]:
    """Each whole with its parts: its own voice's figures before others'."""
    if len(shelf) < _FEWEST_TO_ADD or len({view.period for view in shelf}) < _FEWEST_TO_ADD:
        return
    wholes = {(view.period, view.origin, view.value): view for view in reversed(shelf)}
    dated = sorted((view.period, place) for place, view in enumerate(shelf) if view.period)
    starts = [period.start for period, _ in dated]
    for whole in sorted(wholes.values(), key=lambda view: view.place):
        if whole.period is None:
            continue
        start, end = whole.period
        within = dated[bisect_left(starts, start) : bisect_left(starts, end)]
        inside = [shelf[place] for period, place in within if period.end <= end and period != whole.period]
        if len(inside) < _FEWEST_TO_ADD - 1:
            continue
        by_period: dict[Days, View] = {}
        for view in sorted(inside, key=lambda each: (each.origin != whole.origin, each.place)):
            if view.period:
                by_period.setdefault(view.period, view)
        chain = _chain(whole.period, by_period)
        if chain:
            total = _total([part.figure for part in chain])
            binding = all(part.origin == whole.origin for part in chain)
            yield Tie("parts_and_whole", (*chain, whole), total, whole.figure, (), binding)


def _chain(whole: Days, by_period: dict[Days, View]) -> list[View]:
    """The fewest parts that tile a period exactly; empty where none do."""
    inside = sorted(p for p in by_period if whole.start <= p.start and p.end <= whole.end and p != whole)
    best: dict[int, list[View]] = {whole.start: []}
    for period in inside:
        before = best.get(period.start)
        known = best.get(period.end)
        if before is not None and len(before) < _LONGEST_CHAIN and (known is None or len(before) + 1 < len(known)):
            best[period.end] = [*before, by_period[period]]
    return best.get(whole.end, [])


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


def _share_of(part: Interval, whole: Interval) -> Interval:
    return Interval(100 * part.low / whole.high, 100 * part.high / whole.low)


def _total(figures: Sequence[Interval]) -> Interval:
    total = Interval(0.0, 0.0)
    for figure in figures:
        total = total.plus(figure)
    return total


def is_cut_off(tie: Tie) -> bool:
    """True for a rate that the two levels give, with digits cut off instead of rounded ("46%" for 46.8%)."""
    if tie.form != "rate_and_levels" or not tie.members[2].value:
        return False
    rate, level, base = tie.members
    exact = 100 * (level.value / base.value - 1)
    return exact * rate.value > 0 and 0 <= abs(exact) - abs(rate.value) < rate.step


def shortfall(tie: Tie) -> float:
    """How far the figures are from adding up, relative to their size."""
    if tie.given is None or tie.holds:
        return 0.0
    size = max(abs(tie.implied.middle), abs(tie.given.middle))
    return distance(tie.implied, tie.given) / size if size else 0.0
