"""Sums written out: how two or three figures are tied, for the patterns that a reader can check on paper.

| figures                         | written as                                              |
| ------------------------------- | ------------------------------------------------------- |
| a growth rate and its level     | 840,000 ÷ (1 + 545%) = 130,233                          |
| a growth rate and two levels    | 1.2 million ÷ 1 million − 1 = 20%; stated: 22%          |
| a difference and two levels     | 5.26 million − 4.3 million = 960,000; stated: 1 million |
| a share and two levels          | 250,000 ÷ 1 million = 25%; stated: 26%                  |
| a part that lies in a whole     | 4.91 million − 4.76 million = 150,000                   |
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.model import Claim
from extractor.wording import claim_words, figure_words, number_words

_DIGITS = 4


def written_out(claims: Sequence[Claim]) -> str:
    """The sum of some claims in one line; "" where they follow none of the patterns."""
    levels = sorted((claim for claim in claims if claim.kind == "level"), key=lambda one: (one.value, one.id))
    rates = [claim for claim in claims if claim.kind != "level"]
    if len(rates) > 1 or not levels or len(levels) > 2:
        return ""
    if not rates:
        return _remainder(levels)
    rate = rates[0]
    if len(levels) == 1:
        return _base(rate, levels[0]) if rate.kind == "growth" else ""
    return _checked(rate, levels[0], levels[1])


def _remainder(levels: Sequence[Claim]) -> str:
    if len(levels) != 2 or levels[0].unit != levels[1].unit:
        return ""
    part, whole = levels
    return f"{_figure(whole)} − {_figure(part)} = {number_words(whole.value - part.value, digits=_DIGITS)}"


def _base(rate: Claim, level: Claim) -> str:
    factor = 1 + rate.value / 100
    if factor <= 0:
        return ""
    return f"{_figure(level)} ÷ (1 {_change(rate.value)}) = {number_words(level.value / factor, digits=_DIGITS)}"


def _change(percent: float) -> str:
    return f"{'+' if percent >= 0 else '−'} {figure_words(abs(percent), 'percent')}"


def _checked(rate: Claim, small: Claim, large: Claim) -> str:
    """A rate beside two levels: the levels' own difference, ratio or growth, and what was stated."""
    stated = f"; stated: {rate.quote}"
    if rate.kind == "difference":
        gap = number_words(large.value - small.value, digits=_DIGITS)
        return f"{_figure(large)} − {_figure(small)} = {gap}{stated}"
    if small.value == 0 or large.value == 0:
        return ""
    if rate.kind == "share":
        part = figure_words(100 * small.value / large.value, "percent", digits=3)
        return f"{_figure(small)} ÷ {_figure(large)} = {part}{stated}"
    later, earlier = _in_time(small, large, rising=rate.value >= 0)
    if rate.kind == "growth":
        grown = figure_words(100 * (later.value / earlier.value - 1), "percent", digits=3, signed=True)
        return f"{_figure(later)} ÷ {_figure(earlier)} − 1 = {grown}{stated}"
    if rate.kind == "multiple":
        return f"{_figure(later)} ÷ {_figure(earlier)} = {number_words(later.value / earlier.value, digits=3)}{stated}"
    return ""


def _in_time(small: Claim, large: Claim, *, rising: bool) -> tuple[Claim, Claim]:
    """The later figure and the earlier one; where the periods do not tell, the direction does."""
    starts = [claim.period.start if claim.period else None for claim in (small, large)]
    if starts[0] is not None and starts[1] is not None and starts[0] != starts[1]:
        return (small, large) if starts[0] > starts[1] else (large, small)
    return (large, small) if rising else (small, large)


def _figure(claim: Claim) -> str:
    return claim_words(claim, noun=False)
