"""Sums written out: how a few figures are tied, for the patterns that a reader can check on paper.

| figures                         | written as                                              |
| ------------------------------- | ------------------------------------------------------- |
| a growth rate and its level     | 840,000 ÷ (1 + 545%) = 130,233                          |
| a growth rate and two levels    | 1.2 million ÷ (1 + 22%) = 983,600; stated: 1 million    |
| a difference and two levels     | 5.26 million − 4.3 million = 960,000; stated: 1 million |
| a share and two levels          | 250,000 ÷ 1 million = 25%; stated: 26%                  |
| parts, and their sum last       | 2 + 3 + 4 = 9; stated: 10                               |
| a part that lies in a whole     | 4.91 million − 4.76 million = 150,000                   |
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.model import Claim
from extractor.wording import figure_words, number_words
from service.report.names import figure, is_counted

_DIGITS = 4


def written_out(claims: Sequence[Claim]) -> str:
    """The sum of some claims in one line; "" where they follow none of the patterns."""
    levels = sorted((claim for claim in claims if claim.kind == "level"), key=lambda one: (one.value, one.id))
    rates = [claim for claim in claims if claim.kind != "level"]
    if not rates:
        return _remainder(levels) if len(levels) == 2 else _addition(claims)
    if len(rates) > 1 or not levels or len(levels) > 2:
        return ""
    rate = rates[0]
    if rate.kind == "growth":
        later, *earlier = _latest_first(levels, rising=rate.value >= 0)
        return _base(rate, later) + (f"; stated: {figure(earlier[0])}" if earlier else "")
    return _checked(rate, levels[0], levels[1]) if len(levels) == 2 else ""


def _remainder(levels: Sequence[Claim]) -> str:
    if len(levels) != 2 or levels[0].unit != levels[1].unit:
        return ""
    part, whole = levels
    return f"{figure(whole)} − {figure(part)} = {_result(whole.value - part.value, whole)}"


def _addition(claims: Sequence[Claim]) -> str:
    """Parts and their whole, which stands last and is the largest."""
    if len(claims) < 3 or len({claim.unit for claim in claims}) > 1:
        return ""
    *parts, whole = claims
    if whole.value < max(part.value for part in parts):
        return ""
    total = number_words(sum(part.value for part in parts), digits=2 * _DIGITS)
    return f"{' + '.join(figure(part) for part in parts)} = {total}; stated: {figure(whole)}"


def _result(value: float, like: Claim) -> str:
    """A computed figure in the unit of the one that it is computed from."""
    unit = "count" if is_counted(like) and like.product is not None else like.unit
    return figure_words(value, unit, digits=_DIGITS)


def _base(rate: Claim, level: Claim) -> str:
    factor = 1 + rate.value / 100
    if factor <= 0:
        return f"{figure(level)} after {figure(rate)}"
    return f"{figure(level)} ÷ (1 {_change(rate.value)}) = {_result(level.value / factor, level)}"


def _change(percent: float) -> str:
    return f"{'+' if percent >= 0 else '−'} {figure_words(abs(percent), 'percent')}"


def _checked(rate: Claim, small: Claim, large: Claim) -> str:
    """A difference, share or multiple beside two levels: what the levels give, and what was stated."""
    stated = f"; stated: {figure(rate)}"
    if rate.kind == "difference":
        return f"{figure(large)} − {figure(small)} = {_result(large.value - small.value, large)}{stated}"
    if small.value <= 0:
        return ""
    if rate.kind == "share":
        part = figure_words(100 * small.value / large.value, "percent", digits=3)
        return f"{figure(small)} ÷ {figure(large)} = {part}{stated}"
    if rate.kind == "multiple":
        later, earlier = _latest_first((small, large), rising=rate.value >= 1)
        return f"{figure(later)} ÷ {figure(earlier)} = {number_words(later.value / earlier.value, digits=3)}{stated}"
    return ""


def _latest_first(levels: Sequence[Claim], *, rising: bool) -> list[Claim]:
    """Levels (smaller first) with the later one first; where periods do not tell, the direction of the rate does."""
    starts = [claim.period.start if claim.period else None for claim in levels]
    if len(levels) == 2 and starts[0] is not None and starts[1] is not None and starts[0] != starts[1]:
        return list(levels) if starts[0] > starts[1] else list(reversed(levels))
    return list(reversed(levels)) if rising else list(levels)
