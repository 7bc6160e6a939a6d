"""What the words of a figure allow: its lowest and highest value.

The rules, for a figure X whose last printed digit stands for `step`:

- exact: half a step to either side. "4.91 million" is 4,905,000 to 4,915,000; "60" is 59.5 to 60.5. Zeros at the end of
  a number written out count as rounding up to a thousand at most: "840,000" has a step of 1,000, "1,500" of 100; below
  1,000 every digit counts ("400" is 399.5 to 400.5).
- about: a whole step of its last digit that is not zero, at most a tenth of X, and never less than exact.
- nearly: from X less that same step (at most a tenth) up to X.
- more_than, at_least: from X, open above. less_than, at_most: open below, up to X.
- ranges ("between 3.9 and 4.1 million"): the ends as given, unless a modifier opens one.
- fractions in words ("a quarter"): 2.5 percentage points to either side, at most a tenth of the value.
- vague plurals ("hundreds"): from one of the scale to ten of it.

For negative figures (temperatures, balances) the words speak of the size, as in "nearly -5%".
"""

from __future__ import annotations

from math import floor, isfinite, log10

Bounds = tuple[float | None, float | None]


def bounds(value: float, step: float, modifier: str) -> Bounds:
    """Lowest and highest value that a figure allows; None where it is open."""
    if value < 0:
        low, high = bounds(-value, step, modifier)
        return (None if high is None else -high, None if low is None else -low)
    half, loose = step / 2, _looseness(value, step)
    if modifier == "nearly":
        return clean(value - loose), clean(value)
    if modifier in ("more_than", "at_least"):
        return clean(value), None
    if modifier in ("less_than", "at_most"):
        return None, clean(value)
    width = max(half, loose) if modifier == "about" else half
    return clean(value - width), clean(value + width)


def _looseness(value: float, step: float) -> float:
    """How far "about" and "nearly" may stray: one of the last digit that is not zero, at most a tenth."""
    significant = step
    while significant < value and _whole(value / (significant * 10)):
        significant *= 10
    return min(significant, value / 10) if value else step


def step_of(digits: str, *, written_out: bool) -> float:
    """What one of the last printed digit stands for: 0.01 for "4.91", 1000 for a written-out "840,000"."""
    whole, _, decimals = digits.partition(".")
    if decimals:
        return float(10.0 ** -min(len(decimals), 300))
    if written_out and len(whole) > 3:
        if whole.endswith("000"):
            return 1000.0
        if whole.endswith("00"):
            return 100.0
    return 1.0


def fraction_bounds(percent: float, modifier: str) -> Bounds:
    """Bounds of a fraction in words, given in percent."""
    return bounds(percent, 2 * min(2.5, percent / 10), modifier)


def clean(value: float) -> float:
    """The value without the dust of binary fractions: 4905000.0, not 4904999.999999999."""
    if not isfinite(value) or float(value).is_integer():
        return value
    return round(value, 12 - floor(log10(abs(value))) - 1) if abs(value) < 1e15 else value


def _whole(ratio: float) -> bool:
    return abs(ratio - round(ratio)) < 1e-9
