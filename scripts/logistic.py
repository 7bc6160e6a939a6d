"""Logistic regression as the fitting scripts share it: the same weights for the same claims, whatever the machine."""

from __future__ import annotations

from typing import Any

_FREE = 1e-6
"""Penalty on the bias: next to none."""


def fitted(matrix: Any, right: Any, *, penalty: float, rounds: int) -> list[float]:
    """The weight of each column, by Newton's method from zero, large weights penalised; column 0 is the bias, all ones.

    `matrix` has a row an example and `right` a 1 or 0 for each, both as NumPy arrays.
    """
    import numpy as np

    penalties = np.full(matrix.shape[1], penalty)
    penalties[0] = _FREE
    weights = np.zeros(matrix.shape[1])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (chance - right) + penalties * weights
        curve = (matrix.T * (chance * (1 - chance))) @ matrix + np.diag(penalties)
        weights = weights - np.linalg.solve(curve, slope)
    return [float(weight) for weight in weights]
