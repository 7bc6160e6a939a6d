"""A part and its whole (months and the year, buses and vehicles): the part must not exceed it."""

from __future__ import annotations

from reconcile.claims.context import is_rate
from reconcile.claims.intervals import Interval, exceeds, gap, meet
from reconcile.claims.lattice import Lattice, Match
from reconcile.claims.normalise import View
from reconcile.claims.standing import own_voice, ratio, two_bodies
from reconcile.comparison.comparability import Scopes
from reconcile.comparison.silence import WIDEST, has_slipped
from reconcile.comparison.trust import read_surely
from reconcile.comparison.verdict import Verdict
from reconcile.model import Slot

_WIDEST_PLACES = 2
"""Ratio up to which a part may exceed its whole, in places or in things counted: further apart, one is a rate."""
_WIDEST_LOOSE = 1.25
"""The same where one word would serve for both in another slot: a sale and a shipment."""
_WIDEST_UNNAMED = 1.25
"""The same where nobody answers for the whole: it is easily one of something else."""
_FEW_DAYS, _BURST = 0.08, 2.0
"""Days, as a part of those before them, that are few; and how many times faster a total hardly grows in them."""
_WEEK, _YEAR = 7, 366
"""Days in them, at most."""


def part_and_whole(part: View, whole: View, scopes: Scopes, lattice: Lattice) -> Verdict | None:
    """A part must not exceed its whole; `scopes` are seen from the part."""
    strict, loose = scopes.strict(), scopes.confusable
    if not _part_counts(part, whole, strict, lattice):
        return None
    if not exceeds(part.figure, whole.figure):
        if strict == ["period"] and (_outruns(part, whole, scopes) or _few_days_apart(part, whole, scopes)):
            apart = gap(part.figure, whole.figure)
            return Verdict("apparent_conflict", part, whole, scopes, scopes.explaining(), apart) if apart else None
        apart_in_one = len(strict) == 1 and loose <= {"product"}
        fits = apart_in_one and (strict == ["period"] or not meet(part.figure, whole.figure))
        return Verdict("nested", part, whole, scopes) if fits else None
    if not _may_exceed(part, whole, scopes, lattice):
        return None
    if own_voice(part, whole) and (loose or len(strict) > 1 or part.status != whole.status):
        return None
    apart = gap(part.figure, whole.figure)
    may_explain = bool(loose) or scopes.status is Match.OVERLAPPING or scopes.source_definition is Match.OVERLAPPING
    if may_explain:
        return Verdict("apparent_conflict", part, whole, scopes, scopes.explaining(), apart)
    return Verdict("contradiction", part, whole, scopes, (), apart)


def _may_exceed(part: View, whole: View, scopes: Scopes, lattice: Lattice) -> bool:
    """True where a part that exceeds its whole is a conflict, and no figure of something else."""
    times, strict, loose = ratio(part, whole), scopes.strict(), scopes.confusable
    if len(strict) > 2 or times > WIDEST or "target" in (part.status, whole.status):
        return False
    if is_rate(part) or is_rate(whole) or _is_company(part, whole, lattice):
        return False
    if loose and strict != ["period"] and times > _WIDEST_LOOSE:
        return False
    if whole.source is None and (times > _WIDEST_UNNAMED or (part.source is None and not read_surely(part, whole))):
        return False
    if strict == ["period"]:
        return part.source == whole.source or not _is_running(part, whole)
    return times <= _WIDEST_PLACES or has_slipped(part, whole)


def _is_running(part: View, whole: View) -> bool:
    """True for totals over years since something began, of which two bodies need not count the same."""
    return part.period is not None and whole.period is not None and min(part.period.length, whole.period.length) > _YEAR


def _outruns(part: View, whole: View, scopes: Scopes) -> bool:
    """True for two bodies' running totals to days close together whose difference no such few days would make up."""
    left = remainder(part, whole)
    if left is None or part.period is None or not two_bodies(part, whole) or scopes.confusable:
        return False
    rest, (first, last) = left
    days = last - first
    usual = part.figure.high / part.period.length * days
    return days <= _FEW_DAYS * part.period.length and rest.low > _BURST * usual


def _few_days_apart(part: View, whole: View, scopes: Scopes) -> bool:
    """True for two bodies' running totals from one day on, to days so close that readers lay them side by side."""
    if part.period is None or whole.period is None or not two_bodies(part, whole) or scopes.confusable:
        return False
    from_one_day = part.period.start == whole.period.start
    return from_one_day and whole.period.end - part.period.end <= min(_WEEK, _FEW_DAYS * part.period.length)


def _part_counts(part: View, whole: View, strict: list[Slot], lattice: Lattice) -> bool:
    """True where a part cannot exceed the whole: what adds up, over more than a day where periods differ."""
    if part.indicator is None or whole.indicator is None or part.value <= 0 or whole.value <= 0:
        return False
    if "indicator" in strict:
        return False
    if "period" in strict and not (part.period and part.period.length > 1 and lattice.adds_up(part.indicator)):
        return False
    return all(lattice.splits(each.indicator or "", each.unit) for each in (part, whole))


def _is_company(part: View, whole: View, lattice: Lattice) -> bool:
    """A company's worldwide figure may well exceed its country's."""
    return part.area != whole.area and part.area in lattice.known.organisations


def remainder(part: View, whole: View) -> tuple[Interval, tuple[int, int]] | None:
    """What is left of the whole, and for which days, where the part begins or ends with it."""
    if part.period is None or whole.period is None or part.period == whole.period:
        return None
    if part.period.start == whole.period.start:
        rest = (part.period.end, whole.period.end)
    elif part.period.end == whole.period.end:
        rest = (whole.period.start, part.period.start)
    else:
        return None
    left = whole.figure.minus(part.figure)
    return Interval(max(left.low, 0.0), left.high), rest
