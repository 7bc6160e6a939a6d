"""A number axis for people: zoomed to what it shows, with round ticks that share one scale and one unit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from extractor.wording import MINUS, figure_words

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_PADDING = 0.08
"""Free space either side, as a part of the range."""
_SAME = 1e-6
"""Figures closer than this part of their size stand at one place: no tick could tell them apart."""


class Tick(NamedTuple):
    """A mark on the axis."""

    value: float
    label: str


class Axis(NamedTuple):
    """From where to where, the marks, and whether zero is off the axis."""

    low: float
    high: float
    ticks: tuple[Tick, ...]
    zoomed: bool

    def place(self, value: float, left: float, right: float) -> float:
        """Where a value stands between two positions; values beyond the ends stand at the ends."""
        part = (value - self.low) / (self.high - self.low)
        return left + min(1.0, max(0.0, part)) * (right - left)


def axis(values: Sequence[float], unit: str, *, ticks: int = 5) -> Axis:
    """An axis around some finite values, with about so many ticks on round numbers.

    It starts at zero where the figures reach down to a third of the largest or less: there the zoom would gain little.
    """
    low, high = min(values), max(values)
    if low >= 0 and low <= high / 3:
        low = 0.0
    elif high <= 0 and high >= low / 3:
        high = 0.0
    if high - low <= _SAME * max(abs(low), abs(high)):
        margin = abs(low) * 0.1 or 1.0
        low, high = low - margin, high + margin
    margin = (high - low) * _PADDING
    bottom = low - margin if low != 0 else 0.0
    top = high + margin if high != 0 else 0.0
    step = _round_step((top - bottom) / ticks)
    first = math.ceil(bottom / step - 1e-9)
    last = math.floor(top / step + 1e-9)
    marks = tuple(Tick(place * step, figure_words(place * step, unit, digits=6)) for place in range(first, last + 1))
    return Axis(bottom, top, marks, zoomed=bottom > 0 or top < 0)


def _round_step(rough: float) -> float:
    """The smallest of 1, 2, 2.5, 5, 10 times a power of ten that is no finer than asked."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))


def common_scale(ticks: Sequence[Tick]) -> tuple[tuple[str, ...], str]:
    """Tick labels without the words that all of them share, and those words: ("4.8", "5.0"), "million vehicles"."""
    tails = {tick.label.partition(" ")[2] for tick in ticks if tick.value != 0}
    if len(tails) != 1:
        return tuple(tick.label for tick in ticks), ""
    heads = [tick.label.partition(" ")[0] for tick in ticks]
    return tuple(_same_decimals(heads)), tails.pop()


def _same_decimals(labels: Sequence[str]) -> list[str]:
    """ "4.8" and "5" become "4.8" and "5.0", where the labels are bare digits."""
    bare = all(label.replace(".", "", 1).replace(",", "").replace(MINUS, "", 1).isdigit() for label in labels)
    places = max((len(label.partition(".")[2]) for label in labels), default=0)
    if not bare or places == 0:
        return list(labels)
    return [
        label if "." in label and len(label.partition(".")[2]) == places else _padded(label, places) for label in labels
    ]


def _padded(label: str, places: int) -> str:
    whole, _, decimals = label.partition(".")
    return f"{whole}.{decimals.ljust(places, '0')}"
