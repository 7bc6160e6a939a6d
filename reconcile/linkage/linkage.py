"""Claims that may count one thing although their slots, as they were read, do not say so.

Slots that were read from a text are evidence and no facts: a null beside a word, a wider place, a sentence that names
somebody else. For two claims whose figures are near each other and do not meet, each sign for or against their being
the same quantity has a weight (linkage.toml, fitted by scripts/fit-linkage), as in record linkage after Fellegi and
Sunter. What the slots set against each other is weighed by the same signs, and told where they do not speak too loud
against it. Claims that are given, or were read beyond doubt, mean what their slots say and are left to pairs.py.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.loading import tables
from reconcile.claims.intervals import gap
from reconcile.claims.lattice import Lattice
from reconcile.claims.normalise import View
from reconcile.claims.standing import by_age, is_newer
from reconcile.comparison.growing import newly_grown
from reconcile.comparison.rivals import Contest, without_rivals
from reconcile.comparison.trust import READ_SURELY
from reconcile.comparison.verdict import Verdict
from reconcile.linkage.weighing import TOLL, Candidate, Scales, came_otherwise
from reconcile.model import Finding

DOUBTED = ("contradiction", "apparent_conflict", "revision")
"""What slots say that signs may cast doubt on."""


class Weights(NamedTuple):
    """What each sign counts, and from which chance on two claims are told of."""

    bias: float
    least: float
    least_told: float
    """The same for two claims that their slots set against each other."""
    of: dict[str, float]


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """The weights of linkage.toml for figures that differ."""
    return read_weights("differing")


def read_weights(table: str) -> Weights:
    """The weights of one table of linkage.toml."""
    found = tables(__package__, "linkage.toml")[table]
    least, of = float(found["least"]), {sign: float(weight) for sign, weight in found["weights"].items()}
    return Weights(float(found["bias"]), least, float(found.get("least_told", least)), of)


class Settled(NamedTuple):
    """What signs make of a group whose claims were not read beyond doubt."""

    doubted: frozenset[frozenset[str]]
    """Pairs that their slots set against each other and that hardly are of one thing."""
    linked: list[Verdict]
    """What is said of claims that may count one thing, and of which nothing else was said."""


def settled(group: Sequence[View], lattice: Lattice, judged: Sequence[Verdict]) -> Settled:
    """Which of the contests that slots tell of are told, and which others there are."""
    scales, weights = Scales(group, lattice), shipped_weights()
    linked = list(likely_ones(scales.candidates(), weights, judged))
    told = [
        Contest(verdict.first, verdict.second, chance(scales.signs(verdict), weights), told=True)
        for verdict in judged
        if verdict.relation in DOUBTED and scales.weighs(verdict.first, verdict.second)
    ]
    contests = [one for one in told if one.likely >= weights.least_told or came_otherwise(one.first, one.second)]
    contests += [Contest(found.first, found.second, likely, told=False) for found, likely in linked]
    left = {contest.pair for contest in without_rivals(contests)}
    doubted = frozenset(contest.pair for contest in told if contest.pair not in left)
    kept = [_verdict(found, likely) for found, likely in linked if frozenset((found.first.id, found.second.id)) in left]
    grown = newly_grown([view for view in group if view.claim.confidence < READ_SURELY], lattice, [*judged, *kept])
    replaced = {frozenset((each.first.id, each.second.id)) for each in grown}
    kept = [each for each in kept if frozenset((each.first.id, each.second.id)) not in replaced]
    return Settled(doubted | replaced, [*kept, *grown])


def likely_ones(
    found: Iterable[Candidate], weights: Weights, judged: Iterable[Verdict]
) -> Iterator[tuple[Candidate, float]]:
    """The candidates that the weights speak for and of which nothing was said, each with its chance."""
    spoken = {frozenset((verdict.first.id, verdict.second.id)) for verdict in judged}
    for each in found:
        likely = chance(each.signs, weights)
        if likely >= weights.least and frozenset((each.first.id, each.second.id)) not in spoken:
            yield each, likely


def is_linked(finding: Finding) -> bool:
    """True for a finding that rests on signs, and not on what the slots say alone."""
    return any(check.startswith("scope:") for check in finding.checks_not_made)


def chance(signs: dict[str, float], weights: Weights) -> float:
    """How likely two claims with these signs count one thing and contradict each other.

    Of two tolls of one event the weight is that chance itself.
    """
    if TOLL in signs:
        return weights.of.get(TOLL, 0.0)
    total = weights.bias + math.fsum(weights.of.get(name, 0.0) * value for name, value in signs.items())
    return 1 / (1 + math.exp(-total))


def _verdict(found: Candidate, likely: float) -> Verdict:
    """One body's figures have replaced each other, or the two differ in what was read otherwise."""
    a, b, scopes = found.first, found.second, found.scopes
    older, newer = by_age(a, b)
    apart = gap(a.figure, b.figure)
    if a.source is not None and a.source == b.source and is_newer(older, newer):
        return Verdict("revision", older, newer, scopes, (), apart, likely)
    explained = scopes.explaining()
    return Verdict("apparent_conflict" if explained else "contradiction", a, b, scopes, explained, apart, likely)
