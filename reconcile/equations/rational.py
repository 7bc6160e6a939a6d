"""Exact arithmetic: can a few inequalities all hold? Fractions and Bland's rule, so no rounding and no endless loop.

What a solver in floating point says of a small set is borne out here before a reader is shown it.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Protocol

LEEWAY = 1e-7
"""Bounds that figures only touch are no conflict: each gives way by this part of the largest."""


class Inequality(Protocol):
    """The sum of coefficient times variable is at most `bound`."""

    @property
    def terms(self) -> tuple[tuple[int, float], ...]:
        """Variables with their coefficients."""

    @property
    def bound(self) -> float:
        """What the sum does not exceed."""


def holds(rows: Iterable[Inequality]) -> bool:
    """True where all rows can hold for variables that are not negative."""
    lines = [({v: Fraction(repr(c)) for v, c in row.terms if c}, Fraction(repr(row.bound))) for row in rows]
    grain = Fraction(repr(LEEWAY)) * max((abs(bound) for _, bound in lines), default=Fraction(0))
    tableau = _Tableau([(terms, bound + grain) for terms, bound in lines])
    return tableau.is_feasible()


class _Tableau:
    """Slack variables in terms of the others; one artificial variable takes up what does not fit, and is driven out."""

    def __init__(self, lines: list[tuple[dict[int, Fraction], Fraction]]) -> None:
        self.first_slack = 1 + max((v for terms, _ in lines for v in terms), default=-1)
        self.artificial = self.first_slack + len(lines)
        self.rows: dict[int, dict[int, Fraction]] = {}
        self.values: dict[int, Fraction] = {}
        for number, (terms, bound) in enumerate(lines):
            slack = self.first_slack + number
            self.rows[slack] = {v: -c for v, c in terms.items()} | {self.artificial: Fraction(1)}
            self.values[slack] = bound

    def is_feasible(self) -> bool:
        worst = min(self.values, key=lambda slack: (self.values[slack], slack), default=None)
        if worst is None or self.values[worst] >= 0:
            return True
        self._pivot(worst, self.artificial)
        while self.artificial in self.rows:
            if self.values[self.artificial] <= 0:
                return True
            entering = min((v for v, c in self.rows[self.artificial].items() if c < 0), default=None)
            if entering is None:
                return False
            self._pivot(self._leaving(entering), entering)
        return True

    def _leaving(self, entering: int) -> int:
        """The row that first comes to nothing as a variable grows; of several, the artificial one, else the lowest."""
        falling = [(self.values[v] / -row[entering], v) for v, row in self.rows.items() if row.get(entering, 0) < 0]
        return min(falling, key=lambda each: (each[0], each[1] != self.artificial, each[1]))[1]

    def _pivot(self, leaving: int, entering: int) -> None:
        row, value = self.rows.pop(leaving), self.values.pop(leaving)
        factor = row.pop(entering)
        solved = {v: -c / factor for v, c in row.items()} | {leaving: 1 / factor}
        constant = -value / factor
        for name, other in self.rows.items():
            share = other.pop(entering, None)
            if share:
                for v, c in solved.items():
                    total = other.get(v, Fraction(0)) + share * c
                    if total:
                        other[v] = total
                    else:
                        other.pop(v, None)
                self.values[name] += share * constant
        self.rows[entering], self.values[entering] = solved, constant
