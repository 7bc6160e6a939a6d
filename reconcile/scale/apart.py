"""Which of very many pairs of claims are of no account, told from columns of numbers before there is a pair of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reconcile.claims.lattice import Lattice, Match
from reconcile.claims.normalise import View
from reconcile.scale.columns import Flags, Ints


class Figures:
    """The intervals of claims as columns."""

    def __init__(self, some: Sequence[View]) -> None:
        self.low = np.array([view.figure.low for view in some])
        self.high = np.array([view.figure.high for view in some])
        self.size = np.array([view.figure.size for view in some])

    def meet(self, one: Ints, other: Ints) -> Flags:
        """What `intervals.meet` says of pairs of rows."""
        low, high = np.maximum(self.low[one], self.low[other]), np.minimum(self.high[one], self.high[other])
        grain = 1e-9 * np.maximum(self.size[one], self.size[other])
        width = self.high - self.low
        point = np.minimum(width[one], width[other]) <= 2.5 * grain
        found: Flags = (low <= high) & ((high - low > grain) | point)
        return found


class Countries:
    """The countries that claims' own sentences name, as numbers."""

    def __init__(self, some: Sequence[View], lattice: Lattice) -> None:
        self.lattice = lattice
        self.names = sorted({view.area for view in some if view.area in lattice.known.areas and view.area})
        number = {name: place for place, name in enumerate(self.names)}
        own = [view.area if "area" not in view.claim.borrowed else None for view in some]
        self.code = np.array([number.get(area or "", -1) for area in own], dtype=np.int64)
        self._apart: dict[int, bool] = {}

    def differ(self, one: Ints, other: Ints) -> Flags:
        """True for pairs of rows that name two countries of which neither lies in the other."""
        first, second = self.code[one], self.code[other]
        differ: Flags = (first >= 0) & (second >= 0) & (first != second)
        pairs, place = np.unique(first[differ] * len(self.names) + second[differ], return_inverse=True)
        differ[differ] = np.array([self._are_apart(pair) for pair in pairs.tolist()], dtype=np.bool_)[place]
        return differ

    def _are_apart(self, pair: int) -> bool:
        if pair not in self._apart:
            first, second = divmod(pair, len(self.names))
            self._apart[pair] = self.lattice.area(self.names[first], self.names[second]) is Match.DISJOINT
        return self._apart[pair]
