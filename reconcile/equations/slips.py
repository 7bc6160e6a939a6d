"""The slips behind sums that do not add up: which one, if made good, would let all figures hold.

Each slip is tried on each figure in turn; one that alone makes the figures add up is offered by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import NamedTuple

from extractor.wording import figure_words
from reconcile.claims.intervals import Interval
from reconcile.claims.normalise import View
from reconcile.wording import explain

_POWERS = (10.0, 100.0, 1e3, 1e4, 1e8)
"""Thousand for million and the like; 10⁴ and 10⁸ are 万 and 亿."""
_HUNDRED = 100.0

Check = Callable[[Sequence[View]], bool]


class Slip(NamedTuple):
    """A slip that would explain everything: the code of its reason, and the words of its evidence."""

    code: str
    first: str
    second: str = ""


def slips(members: Sequence[View], holds: Check, *, scaled: bool = True) -> list[Slip]:
    """Every slip of one figure, or swap of two, that lets the figures hold, in a fixed order.

    Without `scaled`, no power of ten can be what is wrong.
    """
    found: list[Slip] = []
    for place, view in enumerate(members):
        if view.kind == "level" and not scaled:
            continue
        for code, words, figure in _readings(view):
            if holds([*members[:place], _with(view, figure), *members[place + 1 :]]):
                found.append(Slip(code, *words()))
    found += _swaps(members, holds)
    return found


def _readings(view: View) -> Iterator[tuple[str, Callable[[], tuple[str, ...]], Interval]]:
    """What one figure would have been without a slip: the slip's code, the words of its evidence, the figure."""
    quote = view.claim.quote
    if view.kind == "growth":
        yield "sign_flip", lambda: (quote,), view.figure.times(-1)
        if view.figure.low >= _HUNDRED:
            yield "to_v_by", lambda: (quote,), Interval(view.figure.low - _HUNDRED, view.figure.high - _HUNDRED)
        if view.figure.low > -_HUNDRED and view.figure.high < _HUNDRED:
            ends = [_HUNDRED * end / (_HUNDRED - end) for end in view.figure]
            right = Interval(min(ends), max(ends))
            yield "wrong_base", lambda: (quote, figure_words(right.middle, "percent", digits=3)), right
    elif view.kind == "difference":
        yield "sign_flip", lambda: (quote,), view.figure.times(-1)
    elif view.kind == "level":
        for power in _POWERS:
            words = partial(_power_words, power)
            yield "scale_slip", words, view.figure.times(power)
            yield "scale_slip", words, view.figure.times(1 / power)


def _power_words(power: float) -> tuple[str]:
    return (f"{power:,.0f}",)


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
