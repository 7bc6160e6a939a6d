"""What two bodies' figures leave open and that is the same all the same: their time, where both say what stands now.

Nor do two bodies' years begin with the same month: one gives a harvest for the crop year, the other for its own.
"""

from __future__ import annotations

from reconcile.claims.context import is_earlier
from reconcile.claims.lattice import Lattice, Match
from reconcile.claims.normalise import View
from reconcile.claims.rules import rules
from reconcile.claims.standing import AHEAD, contrasted, printed_together, ratio, two_bodies
from reconcile.comparison.comparability import Scopes

_WIDEST_UNDATED = 3
"""Ratio up to which two figures that name no period may be of one."""
_WIDEST_UNDATED_BESIDE = 1.5
"""The same where one names a day and the other none."""
_WIDEST_UNSAID = 2
"""The same where each names another stretch of one time."""
_NOW = (-31, 200)
"""Days before an article appears of which a stock that it tells of without a day may be: a few to come, many past."""
_QUARTER, _YEAR = 92, 366
"""Days in them, at most."""
_LEAST_YEAR, _HALF, _SEASON = 360, 180, 89
"""The same, at least."""
_WIDEST_YEARS = 1.25
"""Ratio up to which two bodies' figures for years that only overlap are of one."""
_SHORT, _TIMES, _STRETCH = 31, 3, 366
"""Days of a time for which a stock, or an event, is told, and of a time so many times as long for which it is too."""


def read_together(a: View, b: View, scopes: Scopes, lattice: Lattice) -> Scopes:
    """How two claims stand where what they leave open is filled in from each other."""
    if _of_two_reckonings(a, b, scopes):
        return scopes._replace(confusable=scopes.confusable | {"period"})
    return _filled_in(a, b, _side_by_side(a, b, scopes), lattice)


def _of_two_reckonings(a: View, b: View, scopes: Scopes) -> bool:
    """True for two bodies' amounts of one size over years that share half of their days, or the season of a harvest."""
    if scopes.period is not Match.OVERLAPPING or a.period is None or b.period is None or a.kind != "level":
        return False
    shared = min(a.period.end, b.period.end) - max(a.period.start, b.period.start)
    years = min(a.period.length, b.period.length) >= _LEAST_YEAR and max(a.period.length, b.period.length) <= _YEAR
    least = _HALF if rules()["gathered"].isdisjoint((a.indicator, b.indicator)) else _SEASON
    return years and shared >= least and two_bodies(a, b) and ratio(a, b) <= _WIDEST_YEARS


def _side_by_side(a: View, b: View, scopes: Scopes) -> Scopes:
    """One article that sets two voices' undated figures side by side means the same time, as far as it knows."""
    dated = a.period is not None or b.period is not None or scopes.period is Match.DISJOINT
    if dated or ratio(a, b) > _WIDEST_UNDATED:
        return scopes
    toll = a.indicator in rules()["tolls"]  # of which tolls.py knows more
    if a.claim.article != b.claim.article:
        beside = not toll and a.base == b.base and two_bodies(a, b) and printed_together(a, b)
    else:
        beside = two_bodies(a, b) or (not toll and contrasted(a, b))
    if not beside:
        return scopes
    return scopes._replace(confusable=scopes.confusable | {"period"})


def _filled_in(a: View, b: View, scopes: Scopes, lattice: Lattice) -> Scopes:
    """What two bodies' figures leave open is the same where they are set side by side, or were printed together.

    Both may name no area (a film, the world's orders), or a stock may be told for a day and for the month around it.
    """
    if not two_bodies(a, b):
        return scopes
    if _undated_beside(a, b, lattice):
        return scopes._replace(confusable=scopes.confusable | {"period"})
    if not (a.claim.article == b.claim.article or _may_be_together(a, b)):
        return scopes
    together = a.claim.article == b.claim.article
    if together and a.area is None and b.area is None and a.indicator is not None and scopes.product is Match.SAME:
        scopes = scopes._replace(area=Match.SAME)
    if ratio(a, b) > _WIDEST_UNSAID or scopes.period in (Match.SAME, Match.DISJOINT):
        return scopes
    if _day_and_stretch(a, b) and a.kind == "level" and not lattice.adds_up(a.indicator or ""):
        return scopes._replace(confusable=scopes.confusable | {"period"})
    return scopes


def _undated_beside(a: View, b: View, lattice: Lattice) -> bool:
    """True for a stock, or a running total, of which one body names the day and another gives it as it stands then."""
    if (a.period is None) == (b.period is None) or a.indicator in rules()["tolls"]:
        return False
    undated, dated = (a, b) if a.period is None else (b, a)
    if undated.published is None or dated.period is None:
        return False
    if dated.period.length <= _YEAR and lattice.adds_up(a.indicator or ""):
        return False
    settled = a.status not in AHEAD and b.status not in AHEAD and a.kind in ("level", "share")
    if _QUARTER < dated.period.length <= _YEAR:
        return False
    before = undated.published - dated.period.end
    now = _NOW[0] <= before <= _NOW[1] and ratio(a, b) <= _WIDEST_UNDATED_BESIDE
    return settled and now and not is_earlier(a) and not is_earlier(b)


def _may_be_together(a: View, b: View) -> bool:
    """True for claims that appeared within days of each other, as far as anybody knows."""
    return a.published is None or b.published is None or printed_together(a, b)


def _day_and_stretch(a: View, b: View) -> bool:
    """True for a short time and a long one that shares its days: what is told for the one is told for the other."""
    if a.period is None or b.period is None or (a.status in AHEAD) != (b.status in AHEAD):
        return False
    short, long = sorted((a.period.length, b.period.length))
    return short <= _SHORT and _TIMES * short <= long <= _STRETCH
