"""Claims that an equation joins, and whether their figures hold to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from reconcile.claims.intervals import Interval, distance, touch
from reconcile.claims.normalise import View

Form = Literal[
    "rate_and_level",
    "rate_and_levels",
    "rate_and_shares",
    "rate_of_others",
    "gap_and_levels",
    "share_and_levels",
    "shares_and_whole",
    "multiple_and_levels",
    "rank_and_levels",
    "parts_and_whole",
    "rows_and_total",
]
ALL = 100.0
"""All of a whole, in percent."""


class Tie(NamedTuple):
    """Claims that an equation joins."""

    form: Form
    members: tuple[View, ...]
    """In the order of the form's name; the parts of a sum before the whole."""
    implied: Interval
    """What all but the last member say the last one should be (for a rate and its level: the base)."""
    given: Interval | None
    """What the last member says; None where nobody gives it."""
    otherwise: tuple[Interval, ...]
    """What other readings of the words would imply."""
    binding: bool
    """True where the claims speak of exactly one thing, with one voice, so that they must add up."""

    @property
    def holds(self) -> bool:
        """True where the figures add up, rounding allowed for."""
        if self.given is None:
            return True
        if self.form in ("rank_and_levels", "shares_and_whole"):
            return False
        given = (self.given, *self.members[-1].others)
        return any(touch(implied, stated) for implied in (self.implied, *self.otherwise) for stated in given)


def adds_up(form: Form, members: Sequence[View]) -> bool:
    """True where figures, which may have been altered, add up as a form says."""
    figures = [view.figure for view in members]
    last = figures[-1]
    match form:
        case "rate_and_level":
            return True
        case "rate_and_levels" | "rate_and_shares" | "rate_of_others":
            return figures[0].low > -100 and touch(figures[1].over_rate(figures[0]), last)
        case "gap_and_levels":
            return touch(figures[0].minus(figures[1]), last.magnitude)
        case "share_and_levels":
            return figures[1].low > 0 and touch(share_of(figures[0], figures[1]), last)
        case "multiple_and_levels":
            return figures[1].low > 0 and touch(share_of(figures[0], figures[1]).times(0.01), last)
        case "shares_and_whole":
            return total_of(figures).low <= ALL
        case "rank_and_levels":
            return figures[0].high >= figures[1].low
        case "parts_and_whole" | "rows_and_total":
            return touch(total_of(figures[:-1]), last)


def share_of(part: Interval, whole: Interval) -> Interval:
    """How many percent of a whole a part is."""
    return Interval(100 * part.low / whole.high, 100 * part.high / whole.low)


def total_of(figures: Sequence[Interval]) -> Interval:
    """What figures come to together."""
    total = Interval(0.0, 0.0)
    for figure in figures:
        total = total.plus(figure)
    return total


def is_cut_off(tie: Tie) -> bool:
    """True for a rate that the two levels give, with digits cut off instead of rounded ("46%" for 46.8%)."""
    if tie.form != "rate_and_levels" or not tie.members[2].value:
        return False
    rate, level, base = tie.members
    exact = 100 * (level.value / base.value - 1)
    return exact * rate.value > 0 and 0 <= abs(exact) - abs(rate.value) < rate.step


def shortfall(tie: Tie) -> float:
    """How far the figures are from adding up, relative to their size."""
    if tie.given is None or tie.holds:
        return 0.0
    size = max(abs(tie.implied.middle), abs(tie.given.middle))
    return distance(tie.implied, tie.given) / size if size else 0.0
