"""What two bodies' figures leave open and that is the same all the same: their time, where both say what stands now.

Nor do two bodies' years begin with the same month: one gives a harvest for the crop year, the other for its own.
"""

from __future__ import annotations

from reconcile.claims.context import is_earlier, says_replaced
from reconcile.claims.lattice import Lattice, Match
from reconcile.claims.normalise import Days, View
from reconcile.claims.rules import is_running, rules
from reconcile.claims.standing import AHEAD, contrasted, is_money, one_sentence, printed_together, ratio, two_bodies
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
_WIDEST_RECKONED = 10
"""The same for what nobody counts and each body estimates: how much oil flows from a broken well."""
_WIDEST_SOON = 1.25
"""The same for figures of two days, one soon after the other."""
_SOON, _SOON_STOCK = 7, 31
"""Days between two times in which a price hardly changes, and in which a stock, or what is but estimated, does not."""
_SHORT, _TIMES, _STRETCH = 31, 3, 366
"""Days of a time for which a stock, or an event, is told, and of a time so many times as long for which it is too."""


def read_together(a: View, b: View, scopes: Scopes, lattice: Lattice) -> Scopes:
    """How two claims stand where what they leave open is filled in from each other."""
    if _of_two_reckonings(a, b, scopes):
        return scopes._replace(confusable=scopes.confusable | {"period"})
    return _filled_in(a, b, _side_by_side(a, b, _of_no_place(a, b, scopes)), lattice)


def _of_no_place(a: View, b: View, scopes: Scopes) -> Scopes:
    """The world's figures, and those of a film or a metal: neither names an area, and the rest is the same.

    What crosses a border leaves some area, named or not.
    """
    unplaced = a.area is None and b.area is None and None not in (a.period, a.indicator, a.product)
    if not unplaced or a.source is None or b.source is None or a.indicator in rules()["crosses_border"]:
        return scopes
    if any(scopes.of(slot) is not Match.SAME for slot in ("period", "product", "indicator", "counterpart")):
        return scopes
    replaced = "preliminary" in (a.status, b.status) or (one_sentence(a, b) and says_replaced(a, b))
    return scopes._replace(area=Match.SAME) if a.source != b.source or replaced else scopes


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

    Both may name no area (a film, the world's orders).
    """
    if not two_bodies(a, b):
        return scopes
    if _undated_beside(a, b, lattice) or _of_one_time(a, b, lattice):
        return scopes._replace(confusable=scopes.confusable | {"period"})
    if not (a.claim.article == b.claim.article or _may_be_together(a, b)):
        return scopes
    together = a.claim.article == b.claim.article
    if together and a.area is None and b.area is None and a.indicator is not None and scopes.product is Match.SAME:
        scopes = scopes._replace(area=Match.SAME)
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


def _of_one_time(a: View, b: View, lattice: Lattice) -> bool:
    """True for two dated figures of what does not add up that readers take to be of one time.

    A stock may be told for a day and for the month around it, or for two days close together; and how far a price rose
    in a year is how much higher it was at the year's end than a year before.
    """
    if a.period is None or b.period is None or a.period == b.period or lattice.adds_up(a.indicator or ""):
        return False
    if a.kind == "growth":
        return by_its_end(a, b)
    if a.kind != "level" and not lattice.is_share(a.indicator):
        return False
    reckoned = a.status == b.status == "estimate"
    if days_apart(a.period, b.period) < 0:
        return _day_and_stretch(a, b) and ratio(a, b) <= (_WIDEST_RECKONED if reckoned else _WIDEST_UNSAID)
    near = ratio(a, b) <= (_WIDEST_RECKONED if reckoned else _WIDEST_SOON)
    return near and a.kind == "level" and soon_after(a, b, lattice)


def by_its_end(a: View, b: View) -> bool:
    """True for growth to one day from another, the one told for the time between, the other for its last days."""
    if a.period is None or b.period is None or a.base is None or b.base is None:
        return False
    short, long = sorted((a.period.length, b.period.length))
    year = short <= _SHORT and _LEAST_YEAR <= long <= _YEAR
    return year and a.period.end == b.period.end and a.base.end == b.base.end


def soon_after(a: View, b: View, lattice: Lattice) -> bool:
    """True for two short times between which what is counted hardly changes: a stock's may lie further apart."""
    if a.period is None or b.period is None or max(a.period.length, b.period.length) > _SHORT:
        return False
    if a.indicator is None or lattice.adds_up(a.indicator) or is_running(a.indicator):
        return False
    node, settled = lattice.node(a.indicator), a.status not in AHEAD and b.status not in AHEAD
    slow = (node is not None and node.stock) or a.status == b.status == "estimate"
    most = _SOON_STOCK if slow else _SOON if is_money(a) else -1
    return settled and 0 <= days_apart(a.period, b.period) <= most


def days_apart(one: Days, other: Days) -> int:
    """Days from the end of the earlier of two times to the beginning of the later; below 0 where they share a day."""
    return max(one.start, other.start) - min(one.end, other.end)


def _day_and_stretch(a: View, b: View) -> bool:
    """True for a short time and another that shares its days: what is told for the one is told for the other."""
    if a.period is None or b.period is None or (a.status in AHEAD) != (b.status in AHEAD):
        return False
    short, long = sorted((a.period.length, b.period.length))
    return long <= _SHORT or (short <= _SHORT and _TIMES * short <= long <= _STRETCH)
