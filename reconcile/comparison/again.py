"""The same figure printed again: two articles give the same digits, and were read a little differently.

A slot that one of two readings lost, or took from another sentence, does not make two quantities of one figure. How
likely the two are one is weighed by signs (linkage.toml, fitted by scripts/fit-linkage): how many digits they share,
which slots agree, which words stand around both, how near in time they appeared.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np

from reconcile.claims.context import content_words
from reconcile.claims.lattice import Lattice
from reconcile.claims.normalise import View
from reconcile.claims.standing import by_age
from reconcile.comparison.comparability import Scopes, compare
from reconcile.comparison.trust import READ_SURELY
from reconcile.comparison.verdict import Verdict
from reconcile.linkage.linkage import Weights, likely_ones, read_weights
from reconcile.linkage.signs import ends_sign, named_sign, period_sign, product_sign, shared, slot_words, source_sign
from reconcile.linkage.weighing import Candidate, told_apart
from reconcile.scale.crowds import FEW, thinned_by_month

_KINDS = frozenset(("level", "growth", "share", "difference"))
_LEAST_DIGITS = 2
"""Figures of one digit are the same by chance."""
_MANY = 5
"""More digits than these tell no more."""
_AT_ONCE = 60
"""Claims that one is laid beside: those whose figures are nearest to it."""
_DAYS = 400
"""Days between two articles that may print one figure."""
_PRINTED = ((7, "a week"), (31, "a month"), (math.inf, "longer"))


@lru_cache(maxsize=1)
def again_weights() -> Weights:
    """The weights of linkage.toml for figures that are the same."""
    return read_weights("again")


def again_verdicts(group: Sequence[View], lattice: Lattice, judged: Iterable[Verdict]) -> Iterator[Verdict]:
    """Figures of a group that were most likely printed again, of which nothing else was said."""
    for found, likely in likely_ones(printed_again(group, lattice), again_weights(), judged):
        yield _verdict(found, likely)


def printed_again(group: Sequence[View], lattice: Lattice) -> Iterator[Candidate]:
    """The pairs of a group that are weighed, in the order of their places."""
    unsure = [view for view in group if view.claim.confidence < READ_SURELY and view.kind in _KINDS and view.value]
    several = [view for view in unsure if view.digits >= _LEAST_DIGITS]
    if len(several) > 1:
        crowded = _crowded(several)
        for a, b in sorted(_laid_beside(several), key=lambda pair: (pair[0].place, pair[1].place)):
            if a.scope in crowded and a.scope == b.scope:
                continue
            scopes = compare(a, b, lattice)
            if not (told_apart(a, b, scopes, lattice) or _elsewhere(a, b)):
                yield Candidate(a, b, scopes, signs_of(a, b, scopes, lattice))


def _crowded(some: Sequence[View]) -> frozenset[object]:
    """Scopes of which very many claims speak: what is said of a few copies there (crowds.py) is not said of all."""
    closed = (view for view in some if None not in (view.area, view.period, view.indicator))
    return frozenset(scope for scope, many in Counter(view.scope for view in closed).items() if many > FEW)


def _laid_beside(some: Sequence[View]) -> Iterator[tuple[View, View]]:
    """Pairs of two articles; of a crowd that names no day a further copy is laid beside the one that it copies."""
    undated = thinned_by_month([view for view in some if view.period is None])
    yield from _alike([*(view for view in some if view.period is not None), *undated.kept])
    for a, b in undated.beside:
        if a.value == b.value and a.claim.article != b.claim.article:
            yield (a, b) if a.place < b.place else (b, a)


def _alike(some: Sequence[View]) -> Iterator[tuple[View, View]]:
    """Pairs of two articles whose digits are the same, or one of which is the other rounded."""
    ordered = sorted(some, key=lambda view: (view.kind, view.unit, view.value, view.published or 0, view.place))
    code = np.unique([f"{view.kind} {view.unit}" for view in ordered], return_inverse=True)[1]
    article = np.unique([view.claim.article for view in ordered], return_inverse=True)[1]
    value = np.array([view.value for view in ordered])
    room = np.array([0.501 * view.step for view in ordered]) + 1e-9 * np.abs(value)
    day = np.array([view.published or 0 for view in ordered])
    dated = day > 0
    for step in range(1, min(_AT_ONCE, len(ordered) - 1) + 1):
        near = (code[step:] == code[:-step]) & (article[step:] != article[:-step])
        near &= np.abs(value[step:] - value[:-step]) <= np.maximum(room[step:], room[:-step])
        near &= (np.abs(day[step:] - day[:-step]) <= _DAYS) | ~dated[step:] | ~dated[:-step]
        for at in np.flatnonzero(near).tolist():
            a, b = ordered[at], ordered[at + step]
            yield (a, b) if a.place < b.place else (b, a)


def _elsewhere(a: View, b: View) -> bool:
    """True where two texts have no word in common."""
    mine, theirs = content_words(a.claim.context), content_words(b.claim.context)
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def signs_of(a: View, b: View, scopes: Scopes, lattice: Lattice) -> dict[str, float]:
    """What speaks for or against two figures' being one, each sign by its name."""
    few, many = sorted((a.digits, b.digits))
    product, period = product_sign(a, b, lattice), period_sign(a, b)
    indicator = named_sign(a.indicator, b.indicator, scopes, "indicator")
    area = named_sign(a.area, b.area, scopes, "area")
    names = [
        f"digits: {min(few, _MANY)}",
        "digits: as many" if few == many else "digits: rounded",
        f"product: {product}",
        f"indicator: {indicator}",
        f"area: {area}",
        f"period: {period}",
        f"counterpart: {ends_sign(a, b)}",
        f"source: {source_sign(a, b)}",
        f"status: {'same' if a.status == b.status else 'other'}",
        f"kind: {a.kind}",
        f"printed: {_printed(a, b)}",
    ]
    mine, theirs = content_words(a.claim.context), content_words(b.claim.context)
    beside = [
        len(words & around) / len(words) for words, around in ((slot_words(a), theirs), (slot_words(b), mine)) if words
    ]
    return dict.fromkeys(names, 1.0) | {
        "alike": float(sum(each in ("same", "loose") for each in (product, indicator, area, period))),
        "shared words": shared(mine, theirs),
        "words shared": math.log1p(len(mine & theirs)),
        "words for one beside the other": math.fsum(beside) / len(beside) if beside else 0.0,
    }


def _printed(a: View, b: View) -> str:
    if a.published is None or b.published is None:
        return "unknown"
    apart = abs(a.published - b.published)
    return "within " + next(name for most, name in _PRINTED if apart <= most)


def _verdict(found: Candidate, likely: float) -> Verdict:
    """One source's figure again, or what two bodies agree on; a paper that names nobody passes a figure on."""
    a, b = found.first, found.second
    one_voice = a.source is None or b.source is None or a.source == b.source
    older, newer = by_age(a, b) if one_voice else (a, b)
    return Verdict("repetition" if one_voice else "agreement", older, newer, found.scopes, (), 0.0, likely)
