"""Tolls of one event: counts that name no day, told by several bodies or replaced as they grow.

A toll has no period unless a day is named, so it can be compared only where both figures belong to one event: they
stand in one article, or in articles that share a toll for the same place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from reconcile.claims.context import tells_of_event
from reconcile.claims.intervals import gap, meet
from reconcile.claims.lattice import Lattice
from reconcile.claims.normalise import View
from reconcile.claims.rules import rules
from reconcile.claims.standing import AHEAD, by_age, is_vague, of_one_body
from reconcile.comparison.comparability import Scopes, compare
from reconcile.comparison.trust import trusted
from reconcile.comparison.verdict import Verdict
from reconcile.model import Relation

STRETCH = 28
"""Days from which on a time is a stretch of which deaths are counted, and no day on which a toll was given."""
_TELLING = 10
"""Smaller tolls are too common to link two articles."""
_EVENTFUL = 0.2
"""Part of the tolls around which the event is named: in a statistic of causes of death a raid may come up once."""
_RARE = 100
"""From here on two articles hardly give one toll by chance, wherever each was read to be of."""
_LISTED = 4
"""Tolls of one sentence, by one voice, from which on they are a list of places."""
_MOST_COPIES = 6
"""Copies of one voice's toll that are compared with others."""
_AT_ONCE = 200
"""Tolls of an event that one is laid beside: those that were printed next."""


def toll_verdicts(group: Sequence[View], lattice: Lattice) -> Iterator[Verdict]:
    """What the tolls of each event in a group say of each other, where at least one of two names no day."""
    if rules()["tolls"].isdisjoint({view.indicator for view in group}):
        return
    for tolls in _events(group):
        if _is_statistic(tolls):
            continue
        for a, b in _laid_beside(tolls):
            if a.period is None or b.period is None:
                a, b = of_one_body(a, b)
                verdict = _judge(a, b, compare(a, b, lattice))
                if verdict is not None:
                    yield verdict


def _is_statistic(tolls: Sequence[View]) -> bool:
    """True for deaths of one season, or year, and of another: what names none may be of either, or of neither."""
    stretches = sorted(
        (view.period for view in tolls if view.period and view.period.length >= STRETCH), key=lambda days: days.end
    )
    return bool(stretches) and max(days.start for days in stretches) >= stretches[0].end


def _events(group: Sequence[View]) -> Iterator[list[View]]:
    """Tolls of one place whose articles share a figure, copies left out beyond a few."""
    places: dict[tuple[str, str], list[View]] = defaultdict(list)
    for view in group:
        whole = view.value == int(view.value) or view.figure.half_width >= 1  # 14.3 deaths are a rate
        if whole and view.kind == "level" and view.unit == "count" and _is_toll(view):
            places[view.area or "", view.unit].append(view)
    for tolls in places.values():
        if any(view.period is None for view in tolls):
            yield from _linked(tolls)


def _is_toll(view: View) -> bool:
    return view.indicator in rules()["tolls"] and view.area is not None


def one_event(group: Iterable[View]) -> Iterator[tuple[View, View]]:
    """Pairs of tolls whose articles share a figure and tell of an event, whatever day they were read to be of."""
    tolls = [view for view in group if view.indicator in rules()["tolls"] and view.kind == "level"]
    whole = [view for view in tolls if view.unit == "count" and view.value == int(view.value) and not is_vague(view)]
    listed = Counter([_row(view) for view in whole])
    for event in _linked([view for view in whole if view.status not in AHEAD and listed[_row(view)] < _LISTED]):
        if sum(map(tells_of_event, event)) >= _EVENTFUL * len(event):
            yield from _laid_beside(event)


def _laid_beside(tolls: Sequence[View]) -> Iterator[tuple[View, View]]:
    """Each two tolls of an event; of very many, only those that were printed soon after each other."""
    by_day = sorted(tolls, key=lambda view: view.published or 0)
    for place, one in enumerate(by_day, 1):
        for other in islice(by_day, place, place + _AT_ONCE):
            yield (one, other) if one.place < other.place else (other, one)


def _row(view: View) -> tuple[object, ...]:
    """What the rows of a list have in common."""
    return view.claim.article, view.claim.sentence, view.source, view.indicator


def _linked(tolls: Sequence[View]) -> Iterator[list[View]]:
    root: dict[str, str] = {}

    def find(article: str) -> str:
        while root.setdefault(article, article) != article:
            article = root[article]
        return article

    first: dict[object, str] = {}
    for view in tolls:
        find(view.claim.article)
        if view.value >= _TELLING and view.value % 10:
            figure = view.value if view.value >= _RARE else (view.value, view.area)
            low, high = sorted((find(first.setdefault(figure, view.claim.article)), find(view.claim.article)))
            root[high] = low
    events: dict[str, list[View]] = defaultdict(list)
    copies: dict[tuple[object, ...], int] = defaultdict(int)
    for view in tolls:
        copies[view.scope, view.value, view.status, view.origin] += 1
        if copies[view.scope, view.value, view.status, view.origin] <= _MOST_COPIES:
            events[find(view.claim.article)].append(view)
    yield from events.values()


def _judge(a: View, b: View, scopes: Scopes) -> Verdict | None:
    if set(scopes.strict()) - {"period"} or "product" in scopes.confusable:
        return None
    if meet(a.figure, b.figure):
        return _same_again(a, b, scopes)
    if a.source is None or b.source is None or _later_event(a, b) or _later_event(b, a):
        return None
    older, newer = sorted(by_age(a, b), key=lambda view: view.status != "preliminary")
    apart = gap(a.figure, b.figure)
    relation: Relation = "apparent_conflict"
    if a.source == b.source:
        if "indicator" in scopes.confusable or not _replaced(older, newer):
            return None
        relation = "revision"
    elif not trusted((a, b), apart=apart):
        return None
    explained = () if relation == "revision" else tuple(dict.fromkeys(("period", *scopes.explaining())))
    return Verdict(relation, older, newer, scopes, explained, apart)


def _same_again(a: View, b: View, scopes: Scopes) -> Verdict | None:
    """The same digits from the same body again, in another article."""
    again = a.value == b.value and a.source is not None and a.source == b.source and a.period == b.period
    apart = a.claim.article != b.claim.article and a.status == b.status and not scopes.confusable
    return Verdict("repetition", *by_age(a, b), scopes) if again and apart else None


def _later_event(undated: View, dated: View) -> bool:
    """True where the dated toll is of days after the undated one was printed."""
    known = undated.period is None and dated.period is not None and undated.published is not None
    return known and dated.period is not None and dated.period.start > (undated.published or 0)


def _replaced(older: View, newer: View) -> bool:
    """True where a body's count is said to be replaced."""
    return older.status == "preliminary" and older.period is None and newer.period is None
