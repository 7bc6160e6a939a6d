"""A number axis for people: zoomed to what it shows, with round ticks that share one scale and one unit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from extractor.wording import MINUS, scale_of, unit_symbol, unit_words

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_PADDING = 0.08
"""Free space either side, as a part of the range."""
_HUGE = 1e7
_MOST_DECIMALS = 6
_SAME = 1e-6
"""Figures closer than this part of their size stand at one place: no tick could tell them apart."""


class Tick(NamedTuple):
    """A mark on the axis; the label leaves out what all ticks share."""

    value: float
    label: str


class Axis(NamedTuple):
    """From where to where, the marks, and whether zero is off the axis."""

    low: float
    high: float
    ticks: tuple[Tick, ...]
    counts: str
    """What the labels count: "million", "billion tonnes", ""."""
    zoomed: bool

    def place(self, value: float, left: float, right: float) -> float:
        """Where a value stands between two positions; values beyond the ends stand at the ends."""
        part = (value - self.low) / (self.high - self.low)
        return left + min(1.0, max(0.0, part)) * (right - left)


def axis(figures: Sequence[float], unit: str, *, ticks: int = 5) -> Axis:
    """An axis around some finite values, with about so many ticks on round numbers.

    It starts at zero where the figures reach down to a third of the largest or less: there the zoom would gain little.
    """
    low, high = min(figures), max(figures)
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
    step = _round_step((top - bottom) / (ticks + 1))
    first = math.ceil(bottom / step - 1e-9)
    last = math.floor(top / step + 1e-9)
    values = [place * step for place in range(first, last + 1)]
    labels, counts = _labels(values, step, unit)
    marks = tuple(Tick(value, label) for value, label in zip(values, labels, strict=True))
    return Axis(bottom, top, marks, counts, zoomed=bottom > 0 or top < 0)


def _labels(values: Sequence[float], step: float, unit: str) -> tuple[list[str], str]:
    """Labels with the same scale and the same decimals, and what they count: ["4.8", "5.0"], "million vehicles"."""
    scale, factor = scale_of(max(map(abs, values), default=0.0))
    before, after = unit_symbol(unit)
    noun = "" if unit in ("", "count") or before or after else unit_words(unit)
    places = _decimals(step / factor)
    labels = [_label(value / factor, places, before, after) for value in values]
    return labels, " ".join(part for part in (scale, noun) if part)


def _label(number: float, places: int, before: str, after: str) -> str:
    if number == 0:
        return f"{before}0{after}"
    huge = abs(number) >= _HUGE or places > _MOST_DECIMALS
    return (
        ("" if number > 0 else MINUS)
        + before
        + (f"{abs(number):.3g}" if huge else f"{abs(number):,.{places}f}")
        + after
    )


def _decimals(step: float) -> int:
    """Decimals that tell neighbouring ticks apart: 1 for steps of 0.5, 2 for 0.25."""
    places = max(0, -math.floor(math.log10(step)))
    return places if math.isclose(step, round(step, places), rel_tol=1e-6) else places + 1


def _round_step(rough: float) -> float:
    """The smallest of 1, 2, 2.5, 5, 10 times a power of ten that is no finer than asked."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))
