"""Figures that stand near each other in an article and add up, whatever their slots were read to be.

A list and its total, a part and a whole with the share between them, two levels and the growth from one to the other:
digits that fit so closely hardly fit by chance. Only what holds is told of; figures near each other that do not add up
may well be of different things.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import inf

from reconcile.claims.context import is_added
from reconcile.claims.intervals import Interval, touch
from reconcile.claims.normalise import View, in_headline
from reconcile.equations.tie import Tie

_CLOSE = 900
"""Code points from the first to the last figure of a sum."""
_NEAR = 200
"""Code points between a share or rate and the levels that it may be of."""
_MOST_PARTS = 8
_MOST_LEVELS = 6
_EXACT = 0.002
"""How far apart the ends of a sum may be, as a part of it: wider, and figures add up by chance."""
_LEAST_PART = 10
"""How many times a part is as large as what rounding leaves open."""
_SURE = 1000
"""Whole numbers from this on do not add up exactly by chance; smaller ones where one is called an addition."""
_FINE = 0.02
"""How far apart the ends of a share or rate may be, as a part of it."""


def nearby_ties(group: Sequence[View]) -> Iterator[Tie]:
    """What adds up among the figures of each article of a group."""
    articles: dict[str, list[View]] = defaultdict(list)
    printed = Counter([view.claim.article for view in group])
    for view in group:
        if (
            printed[view.claim.article] > 2
            and not in_headline(view)
            and view.kind in ("level", "share", "growth", "difference")
        ):
            articles[view.claim.article].append(view)
    for said in articles.values():
        if len(said) > 2:
            yield from _sums(said)
            yield from _ratios(said)


def _sums(said: Sequence[View]) -> Iterator[Tie]:
    """A run of figures and, right before or behind it, their total."""
    units: dict[str, list[View]] = defaultdict(list)
    for view in said:
        if (
            view.kind in ("level", "difference")
            and view.figure.high < inf
            and view.figure.low > -inf
            and view.value > 0
        ):
            units[view.unit].append(view)
    for line in units.values():
        for first in range(len(line)):
            for last in range(first + 2, min(first + _MOST_PARTS, len(line)) + 1):
                yield from _totals(line, first, last)


def _is_bounded(view: View) -> bool:
    """True for a figure above nothing that the words do not leave open to either side."""
    return view.figure.low > 0 and view.figure.high < inf


def _totals(line: Sequence[View], first: int, last: int) -> Iterator[Tie]:
    parts = line[first:last]
    total = Interval(sum(part.figure.low for part in parts), sum(part.figure.high for part in parts))
    for whole in (*line[max(first - 2, 0) : first], *line[last : last + 2]):
        if touch(total, whole.figure) and _is_whole(whole, parts, total):
            yield Tie("parts_and_whole", (*parts, whole), total, whole.figure, (), binding=False)
            return


def _is_whole(whole: View, parts: Sequence[View], total: Interval) -> bool:
    """True where the digits leave so little open that they hardly add up by chance."""
    spread = (*parts, whole)
    if max(v.claim.end for v in spread) - min(v.claim.start for v in spread) > _CLOSE or whole.kind != "level":
        return False
    if len({view.value for view in spread}) < len(spread):
        return False
    left_open = total.half_width + whole.figure.half_width
    added = sum(part.value for part in parts) == whole.value and any(map(is_added, parts))
    exact = left_open <= _EXACT * whole.value and whole.value / (whole.step or whole.value) >= _SURE
    return added or (exact and min(part.value for part in parts) >= _LEAST_PART * left_open)


def _ratios(said: Sequence[View]) -> Iterator[Tie]:
    """A share with its part and whole, or a rate with the levels before and after."""
    levels = [view for view in said if view.kind == "level" and _is_bounded(view)]
    for asker in said:
        if asker.kind in ("share", "growth") and 0 < abs(asker.figure.half_width) <= _FINE * abs(asker.value):
            near = [view for view in levels if abs(view.claim.start - asker.claim.start) <= _NEAR]
            near = sorted(near, key=lambda view: (abs(view.claim.start - asker.claim.start), view.place))[:_MOST_LEVELS]
            found = next((tie for pair in combinations(near, 2) for tie in _of(asker, *pair)), None)
            if found is not None:
                yield found


def _of(asker: View, one: View, other: View) -> Iterator[Tie]:
    small, large = sorted((one, other), key=lambda view: (view.value, view.place))
    if small.unit != large.unit or small.value == large.value:
        return
    if asker.kind == "share":
        implied = Interval(100 * small.figure.low / large.figure.high, 100 * small.figure.high / large.figure.low)
        if touch(implied, asker.figure) and implied.half_width <= _FINE * implied.middle:
            yield Tie("share_and_levels", (small, large, asker), implied, asker.figure, (), binding=False)
        return
    after, before = (large, small) if asker.value > 0 else (small, large)
    if asker.figure.low > -100:
        implied = after.figure.over_rate(asker.figure)
        if touch(implied, before.figure) and implied.half_width <= _EXACT * before.value:
            yield Tie("rate_and_levels", (asker, after, before), implied, before.figure, (), binding=False)
