"""What an article prints beside a figure: one that gives both of two figures knows how they stand to each other.

A paper that reports a year's burnt area and that of its first half, from one body, has two things in mind, even where
both were read to be of the year. The other paper's figure for the one is no conflict with this paper's for the other.
Nor is an outcome in another paper one with what had been expected, where the expectation's own paper gives it too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from reconcile.claims.normalise import View
from reconcile.claims.standing import AHEAD, meets
from reconcile.comparison.verdict import Verdict
from reconcile.model import FLAGS

_CONTESTS = ("contradiction", "apparent_conflict")


def without_settled(verdicts: Sequence[Verdict], scopes: Mapping[object, Sequence[View]]) -> list[Verdict]:
    """The verdicts but for contests between two articles that one of them settles. `scopes` are claims by scope."""
    contested = {frozenset((each.first.id, each.second.id)) for each in verdicts if each.relation in FLAGS}
    if not contested:
        return list(verdicts)
    printed = _Printed(scopes)

    def is_settled(one: View, other: View) -> bool:
        """True where the article of one gives the other figure too, and has more to say of it than that they differ."""
        same = [each for each in printed.beside(one) if meets(each, other) and not meets(each, one)]
        expected = (one.status in AHEAD) != (other.status in AHEAD)
        return any(
            (expected and (each.status in AHEAD) == (other.status in AHEAD))
            or (_of_one_voice(each, one) and frozenset((one.id, each.id)) not in contested)
            for each in same
        )

    return [
        each
        for each in verdicts
        if each.relation not in _CONTESTS
        or each.first.claim.article == each.second.claim.article
        or not (is_settled(each.first, each.second) or is_settled(each.second, each.first))
    ]


def _of_one_voice(one: View, other: View) -> bool:
    """True for what one voice gives as equally final: neither is a first count, or an outlook, of the other."""
    return one.source == other.source and one.status == other.status


class _Printed:
    """The claims of each scope, by article; put in order where they are asked for."""

    def __init__(self, scopes: Mapping[object, Sequence[View]]) -> None:
        self._scopes = scopes
        self._articles: dict[object, dict[str, list[View]]] = {}

    def beside(self, view: View) -> Sequence[View]:
        """The claims of a claim's own scope in its article, itself among them."""
        scope = view.scope
        if scope not in self._articles:
            articles: dict[str, list[View]] = defaultdict(list)
            for each in self._scopes.get(scope, ()):
                articles[each.claim.article].append(each)
            self._articles[scope] = articles
        return self._articles[scope].get(view.claim.article, ())
