"""How likely it is that a claim is right in every slot: a logistic sum of signs, with weights fitted on the dev gold.

A sign is a plain fact of how the claim was read: a slot that was taken over from elsewhere, that stayed empty, that
was filled by this or that rule. The weights stand in `data/confidence.toml`; `scripts/fit-confidence` writes them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractor.loading import tables, weights
from extractor.mentions import Attribution, Measure, Quantity, Scope, Timing

_SLOTS = ("indicator", "product", "area", "counterpart")


def signs(
    quantity: Quantity, measure: Measure, scope: Scope, timing: Timing, attribution: Attribution, *, parsed: bool
) -> Iterator[str]:
    """The signs of a claim, by name, in a fixed order."""
    yield f"kind {measure.kind}"
    yield f"form {quantity.form}"
    if not parsed:
        yield "not parsed"
    if measure.base:
        yield "earlier figure of a comparison"
    for name, slot in zip(_SLOTS, scope[: len(_SLOTS)], strict=True):
        yield f"{name}: {_rule(slot)}"
    for borrowed in (*scope.borrowed, *timing.borrowed):
        yield f"{borrowed} taken over"
    if timing.period is None:
        yield "no period"
    if attribution.borrowed:
        yield "source carried on"
    yield f"source {attribution.kind}" if attribution.id else "no source"


def _rule(slot: object) -> str:
    if not isinstance(slot, tuple):
        return "none"
    rule = slot[2] if len(slot) > 2 else ""
    return str(rule) or "words"


def confidence(found: Iterable[str]) -> float:
    """The probability for a claim with these signs, between 0.02 and 0.98; a sign that was never fitted counts for
    nothing.
    """
    known = _weights()
    total = known["bias"] + math.fsum(known.get(sign, 0.0) for sign in found)
    return round(min(max(1 / (1 + math.exp(-total)), 0.02), 0.98), 3)


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    bias = tables("extractor", "data/confidence.toml")["bias"]
    return {"bias": float(bias), **weights("extractor", "data/confidence.toml")}
