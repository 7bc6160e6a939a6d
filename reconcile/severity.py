"""How much a reader should care about a finding."""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.model import Relation

WEIGHT: dict[Relation, float] = {
    "contradiction": 0.6,
    "arithmetic_conflict": 0.55,
    "apparent_conflict": 0.4,
    "revision": 0.3,
    "arithmetic_agreement": 0.08,
    "nested": 0.05,
    "agreement": 0.04,
    "repetition": 0.0,
}


def severity(relation: Relation, *, gap: float, voices: Sequence[int], confidence: float) -> float:
    """0 to 1: the relation first, then how far apart, by how many voices on either side, how surely read."""
    weight = WEIGHT[relation]
    if weight >= WEIGHT["revision"]:
        weaker, stronger = min(voices, default=1), max(voices, default=1)
        weight += 0.2 * gap / (gap + 0.1) + 0.1 * (1 - 1 / weaker) + 0.05 * (1 - 1 / stronger)
    return round(min(1.0, weight * (0.5 + 0.5 * confidence)), 4)
