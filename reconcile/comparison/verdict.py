"""What is said of two claims, before it is put into words."""

from __future__ import annotations

from typing import NamedTuple

from reconcile.claims.normalise import View
from reconcile.comparison.comparability import Scopes
from reconcile.model import Relation, Slot


class Verdict(NamedTuple):
    """What is said of two claims, before it is put into words."""

    relation: Relation
    first: View
    second: View
    """Part before whole, older before newer, else by article and place."""
    scopes: Scopes
    explained_by: tuple[Slot, ...] = ()
    gap: float = 0.0
    chance: float = 1.0
    """How likely the two count one thing at all, where their slots alone do not say so (linkage.py)."""
