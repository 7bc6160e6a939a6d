"""The levels that may be parts of a figure, found by place and period instead of by looking at all of a group."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import nsmallest

from reconcile.claims.normalise import View

_ROOM = 1.05
"""A part is no larger than the difference that it is to fill, rounding allowed for."""
_MOST = 64
"""Parts that are tried for one difference: the same source's first, then the largest."""


class Beside:
    """The dated levels of a group by unit, area, counterpart and start."""

    def __init__(self, group: Iterable[View]) -> None:
        self._levels: dict[tuple[str, str | None, str], list[View]] = defaultdict(list)
        for view in group:
            if view.kind == "level" and view.period is not None:
                self._levels[view.unit, view.area, view.counterpart].append(view)
        self._starts: dict[tuple[str, str | None, str], list[int]] = {}
        for key, levels in self._levels.items():
            levels.sort(key=lambda view: view.period or (0, 0))
            self._starts[key] = [view.period.start for view in levels if view.period]

    def parts(self, first: View, second: View) -> Sequence[View]:
        """Levels inside the period of the larger of two figures that may fill what the smaller lacks."""
        small, large = sorted((first, second), key=lambda view: view.value)
        key, period = (large.unit, large.area, large.counterpart), large.period
        if period is None or key not in self._levels:
            return ()
        starts, room = self._starts[key], (large.value - small.value) * _ROOM
        some = self._levels[key][bisect_left(starts, period.start) : bisect_left(starts, period.end)]
        fitting = [view for view in some if view.value <= room and view.period and view.period.end <= period.end]
        if len(fitting) <= _MOST:
            return fitting
        return nsmallest(_MOST, fitting, key=lambda view: (view.source != large.source, -view.value, view.place))
