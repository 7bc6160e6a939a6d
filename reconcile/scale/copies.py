"""Copies of one figure, told apart from each other by nothing that bears on what is said of them.

Of a figure that many papers print, every two copies are laid side by side. What is said of two of them is said of any
two like them, so it is worked out once for each two shapes; all that bears on it is in a shape or stands in the key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reconcile.claims.lattice import Lattice
from reconcile.claims.normalise import View, in_headline
from reconcile.claims.standing import age
from reconcile.comparison.pairs import judge
from reconcile.comparison.verdict import Verdict
from reconcile.model import FLAGS

_FEWEST = 3
"""Claims of one scope from which on looking for copies is worth its while."""


class Copies:
    """Judges pairs of claims, copies of the same two figures once."""

    def __init__(self, scopes: Iterable[Sequence[View]], lattice: Lattice) -> None:
        """`scopes` are the claims of each scope."""
        self.lattice = lattice
        self._shapes: dict[tuple[object, ...], int] = {}
        self._of: dict[str, tuple[int, int, tuple[object, ...]]] = {}
        self._judged: dict[tuple[int, int, bool], Verdict | None] = {}
        figures: dict[tuple[object, ...], int] = {}
        for scope in scopes:
            if len(scope) >= _FEWEST and _is_closed(scope[0]):
                for view in scope:
                    shape = self._shapes.setdefault(_shape(view), len(self._shapes))
                    said = (view.scope, view.base, view.value, view.figure, view.status, view.others)
                    self._of[view.claim.id] = (shape, figures.setdefault(said, len(figures)), age(view))

    def judge(self, a: View, b: View) -> Verdict | None:
        """What `pairs.judge` says of two claims."""
        one, other = self._of.get(a.claim.id), self._of.get(b.claim.id)
        if one is None or other is None or one[1] != other[1] or a.claim.article == b.claim.article:
            return judge(a, b, self.lattice)
        if b.claim.article < a.claim.article:
            a, b, one, other = b, a, other, one
        in_order = not other[2] < one[2]
        key = (one[0], other[0], in_order)
        if key not in self._judged:
            found = self._judged[key] = judge(a, b, self.lattice)
            return found
        like = self._judged[key]
        if like is None:
            return None
        if like.relation in FLAGS or a.kind == "difference":  # days of publication may tell; sizes stand for gaps
            return judge(a, b, self.lattice)
        first, second = (a, b) if in_order or like.relation != "repetition" else (b, a)
        return Verdict(like.relation, first, second, *like[3:])

    def shape(self, view: View) -> int | None:
        """A number that copies share; None for a claim that is hardly a copy."""
        found = self._of.get(view.claim.id)
        return None if found is None else found[0]


def _is_closed(view: View) -> bool:
    return view.area is not None and view.period is not None and view.indicator is not None


def _shape(view: View) -> tuple[object, ...]:
    """All of a claim but who prints it, where and when; concepts by identity, as they come from a file."""
    claim = view.claim
    return (
        view[1:15],
        view.step,
        view.others,
        claim.quote,
        claim.value,
        claim.low,
        claim.high,
        claim.modifier,
        claim.unit,
        id(claim.indicator),
        id(claim.product),
        id(claim.area),
        id(claim.counterpart),
        id(claim.period),
        id(claim.base_period),
        id(claim.source),
        claim.confidence,
        claim.borrowed,
        claim.superseded,
        claim.context,
        in_headline(view),
    )
