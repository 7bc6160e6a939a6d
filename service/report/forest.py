"""The forest plot: one row a claim, its interval on a common axis. Geometry only; `forest.svg.jinja` draws it.

Useful for: seeing at a glance which figures meet and which do not. How to read it: a bar is what the words of an
article allow ("4.91 million" is 4.905 to 4.915 million), the mark is the figure itself, and an arrow means that the
words set no limit on that side.
"""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from extractor.model import Claim
from extractor.wording import range_words
from reconcile.claims.intervals import bounds
from service.report.axis import Axis, axis
from service.report.names import figure, is_counted

MOST_ROWS = 40
_DOT = 2.0
"""An interval narrower than this, in units of the picture, is drawn as its mark alone."""
_LARGEST = 1e300
_EDGE = 12
_TOP = 8.0
_LETTER = 8.2
"""Width of a letter of the figure column, which is as wide as its longest figure."""
_AXIS_HEIGHT = 44
_LINE = 16
"""From one line of words to the next."""
_MOST_LINES = 3
_FEWEST_LETTERS = 12
_SMALL = 1.16
"""So many letters of a scope stand where one of a label does."""


class Layout(NamedTuple):
    """Measures of one variant of the picture, in its own units (at full width one unit is about a CSS pixel)."""

    name: str
    width: int
    label: int
    """Width of the label column; 0 puts the label above the bar."""
    row: int
    """Height of a row whose label and scope take a line each."""
    bar: int
    """From the top of such a row to the middle of its bar."""
    letters: int
    """So many letters of a label fit in a line."""
    ticks: int


WIDE = Layout("wide", width=760, label=262, row=44, bar=20, letters=38, ticks=5)
NARROW = Layout("narrow", width=340, label=0, row=64, bar=48, letters=46, ticks=4)


class Row(NamedTuple):
    """What a row says: from the claim, or from anything else that has an interval."""

    label: str
    scope: str
    figure: str
    interval: str
    status: str
    value: float
    low: float | None
    high: float | None


class Mark(NamedTuple):
    """A row with its positions in the picture."""

    row: Row
    label: tuple[str, ...]
    """Line by line; what three lines do not hold is cut."""
    scope: tuple[str, ...]
    top: float
    height: float
    middle: float
    left: float
    right: float
    value: float
    open_left: bool
    open_right: bool
    bar: bool
    """Wide enough to be seen beside its mark."""
    title: str


class TickMark(NamedTuple):
    """A tick with its position."""

    x: float
    label: str


class Picture(NamedTuple):
    """Everything that the drawing needs."""

    layout: Layout
    height: float
    rows: tuple[Mark, ...]
    together: tuple[Mark, ...]
    """Under the claims: what independent voices make of each figure, every voice counted once."""
    ticks: tuple[TickMark, ...]
    plot_left: float
    plot_right: float
    plot_top: float
    plot_bottom: float
    figure_x: float
    scale: str
    """What the ticks count: "million vehicles"."""
    zoomed: bool
    hidden: int
    """Rows left out."""
    description: str


def unit_of(claim: Claim) -> str:
    """The unit of the axis on which a claim can stand; counted nouns are counts."""
    if claim.kind == "multiple" or claim.unit == "times":
        return "times"
    if claim.kind == "rank":
        return "rank"
    return "count" if is_counted(claim) else claim.unit


def plottable(claims: Sequence[Claim]) -> list[Claim]:
    """The largest group of claims that one axis can hold: the same unit, levels apart from changes."""
    groups = Counter((unit_of(claim), claim.kind == "level") for claim in claims)
    if not groups:
        return []
    best = max(sorted(groups), key=lambda group: groups[group])
    return [claim for claim in claims if (unit_of(claim), claim.kind == "level") == best and _drawable(claim.value)]


def _drawable(value: float) -> bool:
    """Finite, and so far from the end of the float range that sums of two stay finite."""
    return math.isfinite(value) and abs(value) < _LARGEST


def row_of(claim: Claim, *, label: str, scope: str) -> Row:
    """The row of a claim."""
    low, high = allowed(claim)
    return Row(
        label=label,
        scope=scope,
        figure=figure(claim, unit=False),
        interval=interval_words(claim),
        status=claim.status,
        value=claim.value,
        low=low,
        high=high,
    )


def allowed(claim: Claim) -> tuple[float | None, float | None]:
    """What the claim's words allow; None where they set no limit."""
    low, high = bounds(claim)
    return (None if math.isinf(low) else low), (None if math.isinf(high) else high)


def interval_words(claim: Claim) -> str:
    """What the claim's words allow, in words; "" for a rank."""
    if claim.kind == "rank":
        return ""
    low, high = (claim.low, claim.high) if claim.low is not None or claim.high is not None else allowed(claim)
    return range_words(low, high, "count" if is_counted(claim) else claim.unit, digits=9)


def picture(rows: Sequence[Row], unit: str, layout: Layout, together: Sequence[Row] = ()) -> Picture:
    """The picture of some rows (at least one) in one layout; rows of what they come to `together` stand below."""
    shown = rows[:MOST_ROWS]
    every = [*shown, *together]
    scale = axis(_extent(every), "count" if unit == "rank" else unit, ticks=layout.ticks)
    left = float(_EDGE + layout.label)
    right = float(layout.width - _EDGE - (_LETTER * max(len(row.figure) for row in every) if layout.label else 0))
    marks: list[Mark] = []
    bottom = _TOP
    for row in every:
        marks.append(_mark(row, bottom, scale, layout, left, right))
        bottom += marks[-1].height
    return Picture(
        layout=layout,
        height=bottom + _AXIS_HEIGHT,
        rows=tuple(marks[: len(shown)]),
        together=tuple(marks[len(shown) :]),
        ticks=tuple(TickMark(round(scale.place(tick.value, left, right), 1), tick.label) for tick in scale.ticks),
        plot_left=left,
        plot_right=right,
        plot_top=4.0,
        plot_bottom=bottom,
        figure_x=float(layout.width - _EDGE),
        scale=scale.counts,
        zoomed=scale.zoomed,
        hidden=len(rows) - len(shown),
        description=_description(every),
    )


def _extent(rows: Sequence[Row]) -> list[float]:
    return [end for row in rows for end in (row.value, row.low, row.high) if end is not None and _drawable(end)]


def _mark(row: Row, top: float, scale: Axis, layout: Layout, left: float, right: float) -> Mark:
    first = left if row.low is None else scale.place(row.low, left, right)
    last = right if row.high is None else scale.place(row.high, left, right)
    label = lines_of(row.label, layout.letters - (0 if layout.label else len(row.figure) + 2))
    scope = lines_of(row.scope, round(layout.letters * _SMALL))
    more = _LINE * (max(1, len(label)) + max(1, len(scope)) - 2)
    return Mark(
        row=row,
        label=label,
        scope=scope,
        top=top,
        height=layout.row + more,
        middle=top + layout.bar + (0 if layout.label else more),
        left=round(first, 1),
        right=round(last, 1),
        value=round(scale.place(row.value, left, right), 1),
        open_left=row.low is None,
        open_right=row.high is None,
        bar=last - first >= _DOT,
        title=_title(row),
    )


def lines_of(text: str, letters: int) -> tuple[str, ...]:
    """The text in lines of so many letters; three at most, the last with an ellipsis where that is not enough."""
    return tuple(textwrap.wrap(text, max(letters, _FEWEST_LETTERS), max_lines=_MOST_LINES, placeholder=" …"))


def clipped(text: str, letters: int) -> str:
    """The text, or its beginning with an ellipsis where it is longer than so many letters."""
    return text if len(text) <= letters else text[: max(1, letters - 1)].rstrip(" ,;·") + "…"


def _title(row: Row) -> str:
    allowed = "" if row.interval == row.figure else f" (the words allow {row.interval})"
    return f"{row.label}: {row.figure}{allowed}" + (f", {row.scope}" if row.scope else "")


def _description(rows: Sequence[Row]) -> str:
    return ". ".join(_title(row) for row in rows) + "."
