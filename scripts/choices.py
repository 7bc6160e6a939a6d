"""Weights for choices among candidates: a multinomial logistic regression over signs, for the fitting scripts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

STEPS = 120
STEP = 0.12
LEAST = 0.02  # weights nearer to nothing are left out


class Example(NamedTuple):
    """A figure: the signs of each candidate, and whether gold accepts it."""

    story: str
    signs: tuple[frozenset[str], ...]
    right: tuple[bool, ...]


def fit(examples: Sequence[Example], penalty: float) -> dict[str, float]:
    """The weight of every sign: the candidates that gold accepts are to have the larger sums."""
    import numpy as np

    useful = [each for each in examples if any(each.right)]
    names = sorted({sign for each in useful for signs in each.signs for sign in signs})
    place = {name: number for number, name in enumerate(names)}
    rows = [(signs, right) for each in useful for signs, right in zip(each.signs, each.right, strict=True)]
    matrix = np.zeros((len(rows), len(names)), dtype=np.float32)
    for number, (signs, _) in enumerate(rows):
        matrix[number, [place[sign] for sign in signs]] = 1
    right = np.array([each for _, each in rows])
    lengths = np.array([len(each.signs) for each in useful])
    starts, groups = np.concatenate([[0], np.cumsum(lengths)[:-1]]), np.repeat(np.arange(len(useful)), lengths)

    def shares(sums: Any) -> Any:
        powers = np.exp(sums - np.maximum.reduceat(sums, starts)[groups])
        return powers / np.add.reduceat(powers, starts)[groups]

    weights, first, second = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, STEPS + 1):
        sums = (matrix @ weights.astype(np.float32)).astype(np.float64)
        difference = shares(sums) - shares(np.where(right, sums, -1e9))
        slope = matrix.T @ difference.astype(np.float32) + penalty * weights
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights -= STEP * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(weights[place[name]]), 3) for name in names if abs(weights[place[name]]) >= LEAST}


def count_right(examples: Sequence[Example], weights: Mapping[str, float]) -> int:
    """Of how many figures the heaviest candidate is right."""
    total = 0
    for each in examples:
        sums = [math.fsum(weights.get(sign, 0.0) for sign in signs) for signs in each.signs]
        total += bool(sums) and each.right[sums.index(max(sums))]
    return total


def held_out(examples: Sequence[Example], everything: Sequence[Example], *, folds: int, penalty: float) -> int:
    """Of how many figures it is right by the weights of the other stories; `everything` is what is fitted on."""
    stories = sorted({each.story for each in examples})
    total = 0
    for fold in range(folds):
        out = set(stories[fold::folds])
        weights = fit([each for each in everything if each.story not in out], penalty)
        total += count_right([each for each in examples if each.story in out], weights)
    return total
