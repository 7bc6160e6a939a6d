"""Other ways to find conflicting figures, on the same claims: what the reconciler is compared with.

All are given the claims after our own look-up of words and units, so that only their idea of a conflict differs:

- `all pairs` flags any two figures of one measure whose values differ, wherever and whenever they hold;
- `5% matcher` flags figures of one scope that are more than five percent apart;
- `voting` takes the figure of a scope that most sources give for true, and flags every other against it;
- `TruthFinder` (Yin, Han and Yu 2008) weighs sources by the confidence of their facts and facts by their sources, where
  close figures support each other;
- `CRH` (Li and others 2014) weighs sources by their distance from a weighted median, and takes turns.

The last two are our own short reading of the papers, for figures.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from extractor.model import Article, Claim
from reconcile import reconcile
from reconcile.claims.normalise import View, views
from reconcile.model import FLAGS
from service.scoring.gold import Gold
from service.scoring.gold_claims import claims_of

Flags = set[frozenset[str]]
"""Sets of claim ids that are said to conflict."""
_TOLERANCE = 0.05
_ROUNDS = 20
_SAME = 1e-9


class PeerRow(NamedTuple):
    """One method's flags against gold, in percent."""

    method: str
    flags: int
    precision: float
    recall: float


def compare_with_peers(gold: Gold, articles: Mapping[str, Article] | None = None) -> list[PeerRow]:
    """Each method's flags on the gold claims, every story by itself, as gold lists its pairs; ours first."""
    stories: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims_of(gold, articles):
        stories[gold.articles[claim.article].article.story or ""].append(claim)
    place = {claim.id: (claim.article, claim.start) for claims in stories.values() for claim in claims}
    rows = []
    for name, method in METHODS.items():
        said = {frozenset(place[each] for each in ids) for claims in stories.values() for ids in method(claims)}
        rows.append(_row(name, said, gold))
    return rows


def _row(name: str, said: set[frozenset[tuple[str, int]]], gold: Gold) -> PeerRow:
    """A flag is right where gold accepts a conflict; a conflict is missed where gold accepts nothing else."""
    accepted = {frozenset(pair.claims) for pair in gold.pairs if not FLAGS.isdisjoint(pair.relation)}
    required = {frozenset(pair.claims) for pair in gold.pairs if set(pair.relation) <= FLAGS}
    return PeerRow(
        name, len(said), _percent(len(said & accepted), len(said)), _percent(len(said & required), len(required))
    )


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def ours(claims: Sequence[Claim]) -> Flags:
    """The reconciler's conflict report."""
    return {frozenset(finding.claims) for finding in reconcile(claims) if finding.is_flag}


def _all_pairs(claims: Sequence[Claim]) -> Flags:
    """Any two figures of one measure that differ."""
    measures = _shelves(claims, lambda view: (view.kind, view.unit, view.indicator, view.product))
    return {_ids(a, b) for shelf in measures for a, b in combinations(shelf, 2) if not _alike(a.value, b.value)}


def _tolerance_matcher(claims: Sequence[Claim]) -> Flags:
    """Figures of one scope that are further apart than the tolerance."""
    return {_ids(a, b) for cell in _cells(claims) for a, b in combinations(cell, 2) if _far(a, b)}


def voting(claims: Sequence[Claim]) -> Flags:
    """Figures that the most sources do not give, against those that they do."""
    return _against_winner(claims, _most_votes)


def _truth_finder(claims: Sequence[Claim]) -> Flags:
    """Figures that TruthFinder does not take for true, against those that it does."""
    cells = list(_cells(claims))
    trust = _truth_finder_trust(cells)
    return _against_winner(claims, lambda cell: _most_believed(cell, trust))


def _crh(claims: Sequence[Claim]) -> Flags:
    """Figures away from CRH's truth, against those nearest to it."""
    cells = list(_cells(claims))
    weights = _crh_weights(cells)
    return _against_winner(claims, lambda cell: _weighted_median(cell, weights))


METHODS: Mapping[str, Callable[[Sequence[Claim]], Flags]] = {
    "claimgraph": ours,
    "all pairs": _all_pairs,
    "5% matcher": _tolerance_matcher,
    "voting": voting,
    "TruthFinder": _truth_finder,
    "CRH": _crh,
}


def _shelves(claims: Iterable[Claim], key: Callable[[View], object]) -> Iterator[list[View]]:
    shelves: dict[object, list[View]] = defaultdict(list)
    for view in views(claims):
        if view.indicator is not None:
            shelves[key(view)].append(view)
    yield from shelves.values()


def _cells(claims: Iterable[Claim]) -> Iterator[list[View]]:
    """Figures of exactly one scope and base: what truth discovery calls an object."""
    return _shelves(claims, lambda view: (view.scope, view.base))


def _ids(a: View, b: View) -> frozenset[str]:
    return frozenset((a.id, b.id))


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME * max(abs(one), abs(other))


def _far(a: View, b: View) -> bool:
    return abs(a.value - b.value) > _TOLERANCE * max(abs(a.value), abs(b.value))


def _against_winner(claims: Sequence[Claim], winner: Callable[[Sequence[View]], float]) -> Flags:
    found: Flags = set()
    for cell in _cells(claims):
        true = winner(cell)
        right = [view for view in cell if _alike(view.value, true)]
        wrong = [view for view in cell if not _alike(view.value, true)]
        found.update(_ids(a, b) for a in right for b in wrong)
    return found


def _values(cell: Sequence[View]) -> dict[float, set[str]]:
    """The sources of each value."""
    values: dict[float, set[str]] = defaultdict(set)
    for view in cell:
        values[view.value].add(view.origin)
    return values


def _most_votes(cell: Sequence[View]) -> float:
    values = _values(cell)
    return min(values, key=lambda value: (-len(values[value]), value))


# TruthFinder ---------------------------------------------------------------------------------------------------------

_START, _DAMPING, _SUPPORT = 0.9, 0.3, 0.5


def _truth_finder_trust(cells: Sequence[Sequence[View]]) -> dict[str, float]:
    """Trust in each source: the mean confidence of the facts that it gives."""
    trust = {view.origin: _START for cell in cells for view in cell}
    for _ in range(_ROUNDS):
        given: dict[str, list[float]] = defaultdict(list)
        for cell in cells:
            confidence = _confidence(cell, trust)
            for view in cell:
                given[view.origin].append(confidence[view.value])
        trust = {origin: min(0.999, sum(facts) / len(facts)) for origin, facts in given.items()}
    return trust


def _confidence(cell: Sequence[View], trust: Mapping[str, float]) -> dict[float, float]:
    """Of each value: 1 / (1 + exp(-γσ*)), where σ* adds to the sources' own scores those of close values."""
    own = {value: sum(-math.log(1 - trust[origin]) for origin in sorted(by)) for value, by in _values(cell).items()}
    found = {}
    for value, score in own.items():
        near = sum(_SUPPORT * other * _implies(at, value) for at, other in own.items() if at != value)
        found[value] = 1 / (1 + math.exp(-_DAMPING * (score + near)))
    return found


def _implies(one: float, other: float) -> float:
    """1 for equal figures, falling to -1 for such as are far apart."""
    apart = abs(one - other) / max(abs(one), abs(other), 1e-12)
    return 2 * math.exp(-apart / _TOLERANCE) - 1


def _most_believed(cell: Sequence[View], trust: Mapping[str, float]) -> float:
    confidence = _confidence(cell, trust)
    return min(confidence, key=lambda value: (-confidence[value], value))


# CRH -----------------------------------------------------------------------------------------------------------------


def _crh_weights(cells: Sequence[Sequence[View]]) -> dict[str, float]:
    """Weights of sources: the logarithm of all loss over a source's own, truths and weights found by turns."""
    weights = {view.origin: 1.0 for cell in cells for view in cell}
    for _ in range(_ROUNDS):
        loss: dict[str, float] = dict.fromkeys(weights, 0.0)
        for cell in cells:
            truth, spread = _weighted_median(cell, weights), _spread(cell)
            for view in cell:
                loss[view.origin] += abs(view.value - truth) / spread
        total = sum(loss.values())
        if total == 0:
            break
        weights = {origin: -math.log((each + 1e-3) / (total + 1e-3 * len(loss))) for origin, each in loss.items()}
    return weights


def _weighted_median(cell: Sequence[View], weights: Mapping[str, float]) -> float:
    ordered = sorted(cell, key=lambda view: (view.value, view.origin))
    half = sum(max(weights[view.origin], 0.0) for view in ordered) / 2
    passed = 0.0
    for view in ordered:
        passed += max(weights[view.origin], 0.0)
        if passed >= half:
            return view.value
    return ordered[-1].value


def _spread(cell: Sequence[View]) -> float:
    mean = sum(view.value for view in cell) / len(cell)
    return math.sqrt(sum((view.value - mean) ** 2 for view in cell) / len(cell)) or 1.0
