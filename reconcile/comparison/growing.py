"""Counts of one event that grow from report to report: the dead of a storm on Monday, and on Thursday.

Each report gives the count as it stood then, and names no day, or the day of the event. The first figure that a report
gives for a place is its count there; parts, additions, and what it says that the count had been, are not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from reconcile.claims.context import content_words, is_added, is_former, is_rate, is_some_of_them, tells_of_event
from reconcile.claims.intervals import gap, meet
from reconcile.claims.lattice import Lattice, Match
from reconcile.claims.normalise import View, in_headline
from reconcile.claims.rules import is_running
from reconcile.claims.standing import AHEAD, by_age, is_bound, ratio, two_bodies
from reconcile.comparison.comparability import Scopes, compare
from reconcile.comparison.verdict import Verdict
from reconcile.linkage.signs import shared
from reconcile.scale.crowds import thinned

_LONGEST = 200
"""Days from which on a time is a year of which deaths are counted, and no event."""
_DAYS = 30
"""Days between two reports of one event, and between the days that they name."""
_WEEK = 7
"""Days from which on a time has victims of its own: those of January are none of February's."""
_ALIKE = 0.2
"""How much of their words two reports of one event share at least, where nothing says when they appeared."""
_WIDEST = 3
"""How many times one count may be another of the same event."""
_ROUNDED = 1.1
"""How many times a report's first figure may be another that it gives for the same count."""
_LEAST = 10
"""A count below this is easily one of something else."""
_MOST = 40
"""Reports that are laid beside one: those that appeared next."""
_MENTIONS = 20
"""Mentions of a report's count that are laid beside others."""


class _Report(NamedTuple):
    """What one article counts of an event."""

    counts: dict[tuple[str, str, str], list[View]]
    """By indicator, unit and place, each mention of its count."""
    words: frozenset[str]
    eventful: bool
    published: int | None


def newly_grown(group: Sequence[View], lattice: Lattice, said: Sequence[Verdict]) -> list[Verdict]:
    """The counts that grew from report to report, where no more was said of them than that they contradict."""
    found = list(_grown_verdicts(group, lattice))
    spoken = {_pair(each) for each in said if each.relation != "contradiction"} if found else frozenset()
    return [each for each in found if _pair(each) not in spoken]


def without_pairs(verdicts: Sequence[Verdict], others: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts on pairs of which the others say nothing."""
    pairs = set(map(_pair, others))
    return [each for each in verdicts if not pairs or _pair(each) not in pairs]


def _pair(verdict: Verdict) -> frozenset[str]:
    return frozenset((verdict.first.id, verdict.second.id))


def _grown_verdicts(group: Sequence[View], lattice: Lattice) -> Iterator[Verdict]:
    """What the reports of each event say of each other's counts: an older count that a newer one takes the place of."""
    articles: dict[str, list[View]] = defaultdict(list)
    for view in thinned(list(filter(_is_count, group))).kept:
        articles[view.claim.article].append(view)
    reports = sorted(map(_report, articles.values()), key=lambda report: report.published or 0)
    for place, one in enumerate(reports):
        for other in reports[place + 1 : place + 1 + _MOST]:
            if _of_one_event(one, other):
                yield from _between(one, other, lattice)


def _report(said: Sequence[View]) -> _Report:
    counts: dict[tuple[str, str, str], list[View]] = defaultdict(list)
    for view in said:
        of_place = counts[view.indicator or "", view.unit, view.area or ""]
        if of_place and in_headline(of_place[0]) and ratio(of_place[0], view) <= _ROUNDED:
            of_place.pop(0)  # a headline rounds what its article counts
        if not of_place or (len(of_place) < _MENTIONS and ratio(of_place[0], view) <= _ROUNDED):
            of_place.append(view)
    words = content_words(" ".join(dict.fromkeys(view.claim.context for view in said)))
    return _Report(counts, words, any(map(tells_of_event, said)), said[0].published)


def _is_count(view: View) -> bool:
    """True for a count that an event's reports give as it stands."""
    if (
        not is_running(view.indicator)
        or view.kind != "level"
        or view.area is None
        or view.status in AHEAD
        or view.claim.superseded
    ):
        return False
    if view.value < _LEAST or (view.period is not None and view.period.length > _LONGEST):
        return False
    return not (is_added(view) or is_some_of_them(view) or is_former(view) or is_rate(view))


def _of_one_event(one: _Report, other: _Report) -> bool:
    """True for two reports that tell of what happened once, in one place, at about one time."""
    if not (one.eventful or other.eventful) or one.counts.keys().isdisjoint(other.counts):
        return False
    if one.published is not None and other.published is not None:
        return abs(one.published - other.published) <= _DAYS
    return one.eventful and other.eventful and shared(one.words, other.words) >= _ALIKE


def _between(one: _Report, other: _Report, lattice: Lattice) -> Iterator[Verdict]:
    """What each mention of one report's counts says of each of the other's."""
    for place, mentioned in one.counts.items():
        for a, b in product(mentioned, other.counts.get(place, ())):
            scopes = compare(a, b, lattice)
            if _is_newer_count(a, b) and not _apart(a, b, scopes):
                yield _verdict(a, b, scopes)


def _is_newer_count(a: View, b: View) -> bool:
    """True for counts that differ, be the smaller an "at least"; further apart they are of different things."""
    outgrown = a.value != b.value and (is_bound(a) or is_bound(b)) and ratio(a, b) > _ROUNDED
    return (outgrown or not meet(a.figure, b.figure)) and ratio(a, b) <= _WIDEST


def _apart(a: View, b: View, scopes: Scopes) -> bool:
    """True for counts of different things, or of what happened at different times."""
    if scopes.indicator is not Match.SAME or scopes.product is Match.DISJOINT:
        return True
    if a.period is None or b.period is None:
        return False
    between = max(a.period.start, b.period.start) - min(a.period.end, b.period.end)
    return between > _DAYS or (between >= 0 and max(a.period.length, b.period.length) >= _WEEK)


def _verdict(a: View, b: View, scopes: Scopes) -> Verdict:
    """The newer count takes the older one's place; two bodies may also have counted to different days."""
    older, newer = by_age(a, b) if a.published and b.published and a.published != b.published else _by_size(a, b)
    apart = gap(a.figure, b.figure)
    if two_bodies(a, b):
        explained = tuple(dict.fromkeys(("period", *scopes.explaining())))
        return Verdict("apparent_conflict", older, newer, scopes, explained, apart)
    return Verdict("revision", older, newer, scopes, (), apart)


def _by_size(a: View, b: View) -> tuple[View, View]:
    """The smaller count first: what is counted grows."""
    return (a, b) if a.value < b.value else (b, a)
