"""One number expression as the scanner sees it, before it is decided whether it makes a claim."""

from __future__ import annotations

from typing import NamedTuple

from extractor.mentions import Quantity

from .exclusions import CLAIM


class Expression(NamedTuple):
    """A number expression, what it is, and where its unwidened ends lie."""

    quantity: Quantity
    role: str = CLAIM
    """`claim`, or why it makes none: age, duration, definite, one, name, occasions, attribute, size."""
    ends: tuple[float, float] | None = None
    """The two figures of a range."""
