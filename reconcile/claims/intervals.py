"""A figure is an interval: what the printed digits and the words around them allow."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from extractor.model import Claim

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ROUND_NUMBER = re.compile(r"(?<![\d.,])[1-9]0+(?![\d.,%])")
"""One digit and noughts, and nothing behind the point."""
_ROUND = 0.1
"""How far "nearly" and "about" reach, as a part of the value."""
_ROUND_IN_WORDS = 0.15
"""The same for what is said in words: "almost double", "about a third"."""
_ONE_DIGIT = 0.025
"""How far a number of one digit, noughts and a scale word reaches ("500 million"), as a part of it."""
_SCALE_WORD = 1000
"""The smallest scale that a word gives a number whose noughts count for nothing."""
_LARGEST_IN_WORDS = 1000
"""Numbers from here on are only said in words where they are round."""
_TWO_UNITS = re.compile(r"\d\s*[a-z]+\.?,?\s+(?:and\s+)?\d+\s*[a-z]", re.IGNORECASE)
"""A figure of two units: "17 hours 42 minutes", "5 ft 7 in"."""
_COMPOUND = 0.0002
"""How far a figure of two units reaches, as a part of it."""
_COARSEST = 0.02
"""Figures whose last printed digit is worth more than this part of them are rounded, not cut off."""


class Interval(NamedTuple):
    """A closed interval; infinite where unbounded."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """The midpoint, or the finite end where one end is unbounded."""
        if math.isinf(self.low):
            return self.high
        return self.low if math.isinf(self.high) else (self.low + self.high) / 2

    @property
    def size(self) -> float:
        """How large the figure is, whatever its sign; 0 where nothing bounds it."""
        middle = self.middle
        return 0.0 if math.isinf(middle) else abs(middle)

    @property
    def magnitude(self) -> Interval:
        """How large the figure can be, whatever its sign."""
        if self.low >= 0:
            return self
        return Interval(-self.high, -self.low) if self.high <= 0 else Interval(0.0, max(-self.low, self.high))

    @property
    def half_width(self) -> float:
        """Half the length."""
        return (self.high - self.low) / 2

    def minus(self, other: Interval) -> Interval:
        """What is left when something of `other` is taken from something of this."""
        return Interval(self.low - other.high, self.high - other.low)

    def plus(self, other: Interval) -> Interval:
        """The sums of both."""
        return Interval(self.low + other.low, self.high + other.high)

    def times(self, factor: float) -> Interval:
        """The same interval in another unit."""
        ends = (self.low * factor, self.high * factor)
        return Interval(min(ends), max(ends))

    def over_rate(self, rate: Interval) -> Interval:
        """The base that growth by `rate` percent turned into this; unbounded where all of it may have gone."""
        smallest, largest = 1 + rate.low / 100, 1 + rate.high / 100
        high = self.high / smallest if smallest > 0 else math.inf
        low = self.low / largest if largest > 0 else 0.0
        return Interval(low, high)

    def grown(self, rate: Interval) -> Interval:
        """What this becomes after growth by `rate` percent."""
        corners = [end * (1 + growth / 100) for end in self for growth in rate if not math.isinf(end)]
        high = math.inf if math.isinf(self.high) or math.isinf(rate.high) else max(corners)
        return Interval(min(corners, default=-math.inf) if not math.isinf(self.low) else -math.inf, high)


def finite(end: float) -> float | None:
    """An end of an interval as findings print it; None where it is unbounded."""
    return None if math.isinf(end) else round(end, 6)


def distance(a: Interval, b: Interval) -> float:
    """How far apart two intervals are; 0 where they meet."""
    return max(0.0, a.low - b.high, b.low - a.high)


def meet(a: Interval, b: Interval) -> bool:
    """True where both may hold. Neighbouring figures (25.8 and 25.9) share an end of their rounding and no more."""
    if a.low > b.high or b.low > a.high:
        return False
    shared = min(a.high, b.high) - max(a.low, b.low)
    if shared > 1e-9 * max(a.high, b.high, -a.low, -b.low):
        return True  # neither figure is larger than its ends
    grain = 1e-9 * max(a.size, b.size)
    return shared > grain or min(a.high - a.low, b.high - b.low) <= 2.5 * grain  # a point, widened, still meets


def touch(a: Interval, b: Interval) -> bool:
    """True where both may hold, an end that both share included: how sums and rates are checked."""
    if a.low <= b.high and b.low <= a.high:
        return True
    return distance(a, b) <= 1e-9 * max(a.size, b.size)


def only_touch(a: Interval, b: Interval) -> bool:
    """True where an end is all that both share: "more than a million" and "up to a million"."""
    return touch(a, b) and not meet(a, b)


def exceeds(part: Interval, whole: Interval) -> bool:
    """True where the part is larger than the whole whatever the rounding."""
    return part.low - whole.high > 1e-9 * max(part.size, whole.size)


def cut_off(fine: float, coarse: float, step: float) -> bool:
    """True where `coarse`, printed in steps, is `fine` with digits cut off instead of rounded (57 for 57.9)."""
    if step <= 0 or step > _COARSEST * abs(coarse) or fine * coarse <= 0:
        return False
    return 0 <= abs(fine) - abs(coarse) < step


def gap(a: Interval, b: Interval) -> float:
    """Distance relative to the mean size of the two figures; 0 where they meet."""
    apart = distance(a, b)
    size = (a.size + b.size) / 2
    return apart / size if apart > 0 and size > 0 else 0.0


def bounds(claim: Claim, half: float | None = None) -> Interval:
    """What a claim's words allow. Where a claim from elsewhere gives no bounds, digits and modifier tell.

    `half` is its `half_unit`, where that is known already.
    """
    low, high, value = claim.low, claim.high, claim.value
    if low is None and high is None:
        low, high = _from_words(claim, half_unit(claim) if half is None else half)
        if value < 0:
            low, high = -high, min(-low, 0.0)  # "fell by nearly half" speaks of the size of the fall
    low = -math.inf if low is None else low
    high = math.inf if high is None else high
    room = _room(claim.quote, abs(value)) if claim.modifier == "exact" else 0.0
    if high - low < 2 * room:
        low, high = value - room, value + room
    if low < 0.0 <= value and claim.kind == "level":
        low = 0.0
    return Interval(low, high) if low <= high else Interval(high, low)


def _from_words(claim: Claim, half: float) -> tuple[float, float]:
    value = abs(claim.value)
    if claim.modifier == "exact":  # nearly all claims: their quotes need not be looked at
        return value - half, value + half
    widest = value * (_ROUND if _NUMBER.search(claim.quote) else _ROUND_IN_WORDS)
    reach = min(widest, 5 * half)
    match claim.modifier:
        case "about":
            return value - reach, value + reach
        case "nearly" if claim.kind == "multiple" and value < 1:
            return value - widest, value + widest  # down to nearly half, or by nearly half
        case "nearly":
            return value - min(widest, 20 * half), value
        case "more_than" | "at_least":
            return value, math.inf
        case _:
            return -math.inf, value


def half_unit(claim: Claim) -> float:
    """Half of the last printed digit's place, in the scale of the value ("4.91 million": 5,000; "840,000": 500)."""
    size = abs(claim.value)
    if claim.kind == "level" and _is_counted_out(claim.quote, size):
        return 0.5
    return 0.0 if claim.kind == "rank" else _half_of(claim.quote, size)


@lru_cache(maxsize=1 << 14)
def _room(quote: str, size: float) -> float:
    """How far a number of one digit, noughts and a scale word reaches either way: "500 million" is hardly exact."""
    printed = _ROUND_NUMBER.search(quote)
    return size * _ONE_DIGIT if printed and size >= _SCALE_WORD * float(printed.group()) else 0.0


def _is_counted_out(quote: str, size: float) -> bool:
    """True for a number in words that is no round one: "eleven", "one hundred and fourteen"."""
    if size >= _LARGEST_IN_WORDS or size % 10 not in range(1, 10) or "dozen" in quote.lower():
        return False
    return _NUMBER.search(quote) is None


@lru_cache(maxsize=1 << 14)
def _half_of(quote: str, size: float) -> float:
    printed = _NUMBER.search(quote)
    if printed is None:
        return size * 0.05
    digits = printed.group().replace(",", "").rstrip(".")
    number = float(digits)
    scale = size / number if number else 1.0
    if 1 < scale < 2 and _TWO_UNITS.search(quote, printed.start()):
        return size * _COMPOUND
    if "." in digits:
        return 0.5 * scale * 10.0 ** -len(digits.split(".")[1])
    zeros = len(digits) - len(digits.rstrip("0"))
    return 0.5 * scale * 10.0 ** min(zeros if number >= 1000 else 0, 3)
