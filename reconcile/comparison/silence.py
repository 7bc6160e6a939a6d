"""Differing figures that are no conflict: too far apart to be of one thing, or told apart by whoever gives them."""

from __future__ import annotations

import math

from reconcile.claims.context import content_words
from reconcile.claims.intervals import cut_off
from reconcile.claims.lattice import Match
from reconcile.claims.normalise import View, in_headline
from reconcile.claims.rules import rules
from reconcile.claims.standing import (
    AHEAD,
    both_counted,
    code_points_apart,
    contrasted,
    foreseen,
    one_sentence,
    outlook,
    ratio,
    stages,
    two_bodies,
)
from reconcile.comparison.comparability import Scopes
from reconcile.linkage.signs import shared

WIDEST = 10
"""Figures for one scope that are further apart than this many times speak of different things."""
_WIDEST_ELSEWHERE, _BESIDE = 2.5, 300
"""The same for figures that do not stand within so many code points of each other."""
_WIDEST_BOUND = 3
"""The same where one is only a bound ("fewer than 100,000")."""
_WIDEST_TOLLS = 500
"""The same for an event's victims where the text says that two bodies put different cases down to it."""
_EVENTFUL = 200
"""Days from which on a time is a year of which deaths are counted, and no event."""
_LEAST_SHARED = 0.15
"""How much of their words two articles share at least that count one thing's victims of a year."""


def unlikely_same(a: View, b: View, scopes: Scopes) -> bool:
    """True for digits that were only cut off, and for figures so far apart that they hardly speak of one thing."""
    told_apart = two_bodies(a, b) and scopes.source_definition is Match.OVERLAPPING
    if told_apart and a.indicator in rules()["tolls"] and ratio(a, b) <= _WIDEST_TOLLS:
        return False
    fine, coarse = sorted((a, b), key=lambda view: view.step)
    if fine.step < 0.9 * coarse.step and cut_off(fine.value, coarse.value, coarse.step):
        return True
    if a.kind != "level":
        return False
    return (_only_bound(a, b) and ratio(a, b) > _WIDEST_BOUND) or is_too_far(a, b)


def _only_bound(a: View, b: View) -> bool:
    """True where one figure is but a bound; of victims and crowds that is how a count is given."""
    counted = a.indicator in rules()["tolls"] | rules()["crowds"]
    return not counted and any(math.isinf(end) for end in (*a.figure, *b.figure))


def is_too_far(a: View, b: View) -> bool:
    """True for figures so far apart that they hardly speak of one thing, unless a scale word has slipped.

    Bodies count victims and crowds very differently, and so they may what one passage sets side by side. Of claims that
    come without a text nothing was lost in reading them.
    """
    reckoned = a.status == b.status == "estimate" and two_bodies(a, b)
    loosely = reckoned or a.indicator in rules()["tolls"] | rules()["crowds"] or code_points_apart(a, b) <= _BESIDE
    given = not a.claim.context or not b.claim.context
    return ratio(a, b) > (WIDEST if loosely or given else _WIDEST_ELSEWHERE) and not has_slipped(a, b)


def of_other_causes(a: View, b: View) -> bool:
    """True for a year's dead of two articles that have hardly a word in common: of drugs, and of falling planes."""
    if a.indicator not in rules()["tolls"] or a.claim.article == b.claim.article:
        return False
    if not any(view.period is not None and view.period.length > _EVENTFUL for view in (a, b)):
        return False
    mine, theirs = content_words(a.claim.context), content_words(b.claim.context)
    return bool(mine and theirs) and shared(mine, theirs) < _LEAST_SHARED


def has_slipped(a: View, b: View) -> bool:
    """True where the ratio is a power of ten: then a scale word may have slipped."""
    apart = ratio(a, b)
    if math.isinf(apart):
        return False
    power = math.log10(apart)
    return abs(power - round(power)) < 0.01


def is_quiet(a: View, b: View, scopes: Scopes) -> bool:
    """True where differing figures are no conflict: one voice tells two things apart, or a target meets its outcome."""
    if a.source is not None and a.source == b.source and _tells_apart(a, b, scopes):
        return True
    if a.flipped != b.flipped and (a.status != b.status or a.kind not in ("level", "growth")):
        return True
    if _of_two_times(a, b, scopes):
        return True
    if outlook(a, b) and not scopes.confusable:
        return False
    if (a.status == "target") != (b.status == "target") and not (two_bodies(a, b) or foreseen(a, b)):
        return True
    return a.claim.article == b.claim.article and _is_one_account(a, b, scopes)


def _of_two_times(a: View, b: View, scopes: Scopes) -> bool:
    """True for what was expected of one year beside the outcome of another, and beside another body's first figure."""
    if (a.status in AHEAD) == (b.status in AHEAD):
        return False
    two_years = "period" in scopes.confusable and scopes.period is Match.OVERLAPPING
    return two_years or (a.source != b.source and "preliminary" in (a.status, b.status))


def _is_one_account(a: View, b: View, scopes: Scopes) -> bool:
    """True for figures of one article that it does not set against each other."""
    if foreseen(a, b):
        return False
    if one_sentence(a, b) and (a.source == b.source or (a.status != b.status and not both_counted(a, b))):
        return True
    if two_bodies(a, b) or stages(a, b):
        return False
    if not scopes.confusable - {"period"} and contrasted(a, b):
        return False
    headline = in_headline(a) != in_headline(b)
    return not headline or bool(scopes.confusable) or a.status != b.status or a.kind in ("share", "multiple")


def _tells_apart(a: View, b: View, scopes: Scopes) -> bool:
    """True where a source that uses two words means two things, and nobody would take one for the other.

    Papers may well say "shipped" for a body's "exported"; and two stages of one flow, wholesale and retail, are what
    readers do mix up.
    """
    if scopes.confusable - {"indicator"}:
        return True
    if "indicator" not in scopes.confusable:
        return False
    words = rules()["papers_words"]
    loosely_said = a.claim.article != b.claim.article and a.indicator in words and b.indicator in words
    return not (stages(a, b) or loosely_said)
