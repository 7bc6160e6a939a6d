"""A figure that its source revised: one lane a source, one step a figure, from left to right by the day it was given.

Geometry only; `timeline.svg.jinja` draws it. Only claims that a revision ties stand in one lane: a source that gives
one figure for cars and another for trucks has revised nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import networkx as nx

from extractor.wording import MINUS, day_words
from service.report.claims import ClaimView
from service.report.forest import lines_of

_WIDTH = 760
_LABEL = 190
_LABEL_LETTERS = 28
_EDGE = 74
_LANE = 96
_TOP = 4
_MOST_LANES = 8
_WORDS = 146
"""What stands at a step needs so much room: its figure, and under it the day and the change."""


class StepMark(NamedTuple):
    """A figure, and the day on which it was given."""

    view: ClaimView
    x: float
    day: str
    change: str
    """From the figure before: "+3.1%"; "" for the first."""
    side: int
    """Where its words stand, so that neighbours do not overlap: -1 above, 1 below, 0 nowhere for want of room."""


class Lane(NamedTuple):
    """What one source made of one figure."""

    label: tuple[str, ...]
    """Whose figure it is, line by line."""
    y: float
    steps: tuple[StepMark, ...]


class Timeline(NamedTuple):
    """Everything that the drawing needs."""

    width: int
    height: float
    left: float
    right: float
    bottom: float
    lanes: tuple[Lane, ...]
    hidden: int
    description: str


def timeline(revisions: Iterable[Sequence[ClaimView]]) -> Timeline | None:
    """The timeline of some revisions, each with its older figure first; None where the days are not known."""
    chains = [chain for chain in _chains(revisions) if len(chain) > 1]
    if not chains:
        return None
    shown = chains[:_MOST_LANES]
    days = sorted({_day(view) for chain in shown for view in chain})
    left, right = float(_LABEL + _EDGE), float(_WIDTH - _EDGE)
    places = {day: _place(day, days, left, right) for day in days}
    lanes = tuple(_lane(chain, index, places) for index, chain in enumerate(shown))
    bottom = float(_TOP + _LANE * len(lanes))
    return Timeline(
        width=_WIDTH,
        height=bottom,
        left=float(_LABEL),
        right=float(_WIDTH),
        bottom=bottom,
        lanes=lanes,
        hidden=len(chains) - len(shown),
        description=" ".join(_told(lane) for lane in lanes),
    )


def _chains(revisions: Iterable[Sequence[ClaimView]]) -> list[list[ClaimView]]:
    """Claims that revisions tie together, by day, each figure once a day; the longest chain first."""
    ties: nx.Graph[str] = nx.Graph()
    views: dict[str, ClaimView] = {}
    for revision in revisions:
        dated = [view for view in revision if view.claim.published is not None]
        if len(dated) < len(revision):
            continue
        views.update({view.claim.id: view for view in dated})
        nx.add_path(ties, [view.claim.id for view in dated])
    chains = [_steps([views[name] for name in together]) for together in nx.connected_components(ties)]
    return sorted(chains, key=lambda chain: (-len(chain), chain[0].label, chain[0].claim.id))


def _steps(views: Iterable[ClaimView]) -> list[ClaimView]:
    ordered = sorted(views, key=lambda view: (_day(view), view.claim.value, view.claim.id))
    once = {(_day(view), view.claim.value): view for view in reversed(ordered)}
    steps: list[ClaimView] = []
    for key in sorted(once):
        if not steps or steps[-1].claim.value != once[key].claim.value:
            steps.append(once[key])
    return steps


def _day(view: ClaimView) -> dt.date:
    assert view.claim.published is not None
    return view.claim.published


def _place(day: dt.date, days: Sequence[dt.date], left: float, right: float) -> float:
    length = (days[-1] - days[0]).days
    return round((left + right) / 2 if not length else left + (day - days[0]).days / length * (right - left), 1)


def _lane(chain: Sequence[ClaimView], index: int, places: dict[dt.date, float]) -> Lane:
    steps: list[StepMark] = []
    ends = {-1: float("-inf"), 1: float("-inf")}
    for view in chain:
        day, x = _day(view), places[_day(view)]
        side = next((side for side, end in ends.items() if x - end >= _WORDS), 0)
        if side:
            ends[side] = x
        change = _change(steps[-1].view.claim.value, view.claim.value, view) if steps else ""
        steps.append(StepMark(view, x, f"{day.day} {day:%b} {day.year}", change, side))
    return Lane(lines_of(chain[0].label, _LABEL_LETTERS), _TOP + _LANE * (index + 0.5), tuple(steps))


def _change(before: float, after: float, view: ClaimView) -> str:
    """How far a figure moved: as a part of what it was, or in points where it is a percentage itself."""
    if view.claim.kind in ("growth", "share"):
        return f"{_signed(after - before, 2)} points"
    if not before:
        return ""
    return f"{_signed(100 * (after - before) / abs(before), 1)}%"


def _signed(value: float, digits: int) -> str:
    size = f"{abs(value):,.{digits}f}"
    short = size.rstrip("0").rstrip(".") if "." in size else size
    return f"{MINUS if value < 0 else '+'}{short}"


def _told(lane: Lane) -> str:
    steps = [
        f"{step.view.figure} on {day_words(step.view.claim.published)}" + (f" ({step.change})" if step.change else "")
        for step in lane.steps
    ]
    return f"{' '.join(lane.label)}: {', then '.join(steps)}."
