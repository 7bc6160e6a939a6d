"""Choices by weight: candidates have signs, each sign a weight that a script has fitted, and the largest sum wins."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol, TypeVar

from extractor.mentions import Slot


class _Signed(Protocol):
    @property
    def signs(self) -> frozenset[str]: ...


_Chosen = TypeVar("_Chosen", bound=_Signed)


class SlotCandidate(NamedTuple):
    """What can fill a slot, None for nothing, with the signs that speak for it."""

    slot: Slot | None
    signs: frozenset[str]


def weight_of(signs: Iterable[str], weights: Mapping[str, float]) -> float:
    """The sum of the weights of some signs; the same however they are ordered."""
    return math.fsum([weights[sign] for sign in signs if sign in weights])


def heaviest(candidates: Iterable[_Chosen], weights: Mapping[str, float]) -> _Chosen:
    """The candidate for which most speaks; of equals the first."""
    return max(candidates, key=lambda each: weight_of(each.signs, weights))
