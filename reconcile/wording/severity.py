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


_FELT = 0.1
"""A relative distance that counts for half of all that distance can count."""
_TRIFLE = 0.02
"""One that is hardly worth a correction."""
_TELLING = 0.5
"""Figures of different scope that are further apart than this are hardly taken for each other."""


def severity(relation: Relation, *, gap: float, voices: Sequence[int], confidence: float, named: bool = False) -> float:
    """0 to 1: the relation first, then how far apart, by how many voices on either side, how surely read.

    `named`: every figure has a body that answers for it, which an article's own voice is not.
    """
    weight = WEIGHT[relation]
    if weight >= WEIGHT["revision"]:
        weaker, stronger = min(voices, default=1), max(voices, default=1)
        distance = gap / (gap + _FELT)
        if relation == "apparent_conflict" and gap > _TELLING:
            distance *= _TELLING / gap
        weight += 0.2 * distance - 0.1 * _TRIFLE / (gap + _TRIFLE)
        weight += 0.1 * (1 - 1 / weaker) + 0.05 * (1 - 1 / stronger) + (0.05 if named else 0.0)
    return round(min(1.0, weight * (0.5 + 0.5 * confidence)), 4)
