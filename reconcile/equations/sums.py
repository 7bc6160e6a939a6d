"""Parts that add up to a whole over time: figures of one scope whose periods tile another's."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from reconcile.claims.lattice import Lattice
from reconcile.claims.normalise import Days, View
from reconcile.equations.tie import Tie, total_of

_LONGEST_CHAIN = 12
_FEWEST_TO_ADD = 3
"""Two parts and their whole."""


def sums(group: Sequence[View], lattice: Lattice) -> Iterator[Tie]:
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
            total = total_of([part.figure for part in chain])
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
