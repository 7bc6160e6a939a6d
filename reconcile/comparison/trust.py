"""Which claims are to be trusted with a conflict: what was read surely enough, and is not one of a list or an echo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from reconcile.claims.intervals import meet
from reconcile.claims.normalise import View, in_headline
from reconcile.claims.standing import code_points_apart, meets, one_sentence, two_bodies

READ_SURELY = 0.98
"""From this confidence on a claim's slots are facts."""
_LEAST_CONFIDENCE, _SURE = 0.115, 0.575
"""Below the first a claim raises no flag; from the second on, the distance between figures casts no doubt on it."""
_WIDEST_UNSURE = 1.0
"""Relative distance at which a claim that was all but surely read is no longer trusted."""
_BESIDE = 150
"""Code points within which two bodies' figures are set side by side."""
_LISTED = 3
"""A voice that gives so many figures for what we take for one scope, in one article, lists parts of it."""
_LISTS = ("level", "growth", "difference")
"""Kinds of figures that come in lists."""


def doubtful(a: View, b: View) -> bool:
    """True where a misreading is likelier than a conflict; a passage that sets two bodies side by side means it."""
    beside = two_bodies(a, b) and (one_sentence(a, b) or code_points_apart(a, b) <= _BESIDE)
    apart = 0.0 if beside else abs(a.value - b.value) / ((abs(a.value) + abs(b.value)) / 2 or 1.0)
    return not trusted((a, b), apart=apart)


def read_surely(a: View, b: View) -> bool:
    """True for claims that were given, or read beyond doubt."""
    return min(a.claim.confidence, b.claim.confidence) >= READ_SURELY


def trusted(claims: Sequence[View], *, apart: float) -> bool:
    """True where claims were read surely enough for figures so far apart: distance makes a misreading likelier."""
    surely = min(view.claim.confidence for view in claims)
    if surely >= _SURE:
        return True
    share = max(0.0, (surely - _LEAST_CONFIDENCE) / (_SURE - _LEAST_CONFIDENCE))
    return surely >= _LEAST_CONFIDENCE and apart <= _WIDEST_UNSURE * share**2


def unclear(scopes: Iterable[Sequence[View]]) -> frozenset[str]:
    """Claims of a voice that gives several figures for what we take for one scope in one article.

    It speaks of several things then, and we tell them apart no better than this: the surest stays (of a list of parts
    the largest, which may be their sum), the others raise no flag. A headline, and a figure that is said to be
    replaced, are told apart well enough. `scopes` are the claims of each scope of a group.
    """
    said: dict[tuple[object, ...], list[View]] = defaultdict(list)
    for number, scope in enumerate(scopes):
        if len(scope) > 1 and scope[0].kind != "rank" and scope[0].period is not None:
            for view in scope:
                if not in_headline(view) and not view.claim.superseded:
                    said[number, view.base, view.status, view.source, view.claim.article].append(view)
    doubtful: set[str] = set()
    for alike in said.values():
        if len(alike) < 2:
            continue
        actual = alike[0].kind in _LISTS and alike[0].status == "actual"
        listed = actual and len({view.value for view in alike}) >= _LISTED
        best = min(alike, key=_largest if listed and alike[0].kind == "level" else _surest)
        unsure = [view for view in alike if listed or view.claim.confidence < 1.0 or view.source is None]
        doubtful.update(view.id for view in unsure if view.value != best.value and not meet(view.figure, best.figure))
    return frozenset(doubtful)


def echoes(group: Iterable[View]) -> frozenset[str]:
    """Headline figures that their article's text gives again, rounded or not: what is to be said is said of those."""
    heads: list[View] = []
    body: dict[tuple[str, str, str], list[View]] = defaultdict(list)
    for view in group:
        if in_headline(view):
            heads.append(view)
        else:
            body[view.claim.article, view.kind, view.unit].append(view)
    return frozenset(
        head.id for head in heads if any(meets(head, again) for again in body[head.claim.article, head.kind, head.unit])
    )


def _surest(view: View) -> tuple[object, ...]:
    return -view.claim.confidence, len(view.claim.borrowed), view.place


def _largest(view: View) -> tuple[object, ...]:
    return -view.value, view.place
