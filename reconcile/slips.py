"""The slips behind sums that do not add up: which one, if made good, would let all figures hold.

Each slip is tried on each figure in turn; one that alone makes the figures add up is offered by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from extractor.wording import figure_words
from reconcile import explain
from reconcile.intervals import Interval
from reconcile.normalise import View

_POWERS = (10.0, 100.0, 1e3, 1e4, 1e8)
"""Thousand for million and the like; 10⁴ and 10⁸ are 万 and 亿."""
_HUNDRED = 100.0

Check = Callable[[Sequence[View]], bool]


class Slip(NamedTuple):
    """A slip that would explain everything: the code of its reason, and the words of its evidence."""

    code: str
    first: str
    second: str = ""


def slips(members: Sequence[View], holds: Check) -> list[Slip]:
    """Every slip of one figure, or swap of two, that lets the figures hold, in a fixed order."""
    found: list[Slip] = []
    for place, view in enumerate(members):
        for slip, mended in _readings(view):
            if holds([*members[:place], mended, *members[place + 1 :]]):
                found.append(slip)
    found += _swaps(members, holds)
    return found


def _readings(view: View) -> Iterator[tuple[Slip, View]]:
    """What one figure would have been without a slip, and which slip that is."""
    quote = view.claim.quote
    if view.kind == "growth":
        yield Slip("sign_flip", quote), _with(view, view.figure.times(-1))
        if view.figure.low >= _HUNDRED:
            by = Interval(view.figure.low - _HUNDRED, view.figure.high - _HUNDRED)
            yield Slip("to_v_by", quote), _with(view, by)
        if view.figure.low > -_HUNDRED and view.figure.high < _HUNDRED:
            ends = [_HUNDRED * end / (_HUNDRED - end) for end in view.figure]
            right = Interval(min(ends), max(ends))
            yield Slip("wrong_base", quote, figure_words(right.middle, "percent", digits=3)), _with(view, right)
    elif view.kind == "difference":
        yield Slip("sign_flip", quote), _with(view, view.figure.times(-1))
    elif view.kind == "level":
        for power in _POWERS:
            yield Slip("scale_slip", f"{power:,.0f}"), _with(view, view.figure.times(power))
            yield Slip("scale_slip", f"{power:,.0f}"), _with(view, view.figure.times(1 / power))


def _swaps(members: Sequence[View], holds: Check) -> Iterator[Slip]:
    """Two rows of a table that may have changed places."""
    for one, other in combinations(range(len(members)), 2):
        a, b = members[one], members[other]
        if a.kind != b.kind or a.kind not in ("level", "share") or a.unit != b.unit or a.figure == b.figure:
            continue
        swapped = list(members)
        swapped[one], swapped[other] = _with(a, b.figure), _with(b, a.figure)
        if holds(swapped):
            yield Slip("swapped_cells", f"{explain.figure(a)} and {explain.figure(b)}")


def _with(view: View, figure: Interval) -> View:
    return view._replace(figure=figure, value=figure.middle)
