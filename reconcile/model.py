"""What the reconciler says of two or more claims: the contract's Finding, and the words that it may use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Literal, get_args

import orjson
from pydantic import BaseModel, ConfigDict, Field, field_validator

from extractor.model import stable_id
from reconcile.scale.made import made

Relation = Literal[
    "agreement",
    "contradiction",
    "apparent_conflict",
    "revision",
    "repetition",
    "nested",
    "arithmetic_agreement",
    "arithmetic_conflict",
]
Slot = Literal["product", "area", "counterpart", "period", "indicator", "status", "source_definition"]

RELATIONS: tuple[Relation, ...] = get_args(Relation)
SLOTS: tuple[Slot, ...] = get_args(Slot)
FLAGS: frozenset[Relation] = frozenset({"contradiction", "apparent_conflict", "revision", "arithmetic_conflict"})
"""The relations that make up the conflict report."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Reason(_Frozen):
    """Why two figures may differ: offered, never asserted."""

    code: str
    evidence: str
    confidence: float = Field(ge=0, le=1)


class Implied(_Frozen):
    """A value that follows from the claims; a null bound is unbounded."""

    what: str
    low: float | None = None
    high: float | None = None
    unit: str = "count"


class Step(_Frozen):
    """One plank of the bridge from the first figure to the second."""

    what: str
    low: float | None = None
    high: float | None = None
    unit: str = "count"


class Review(_Frozen):
    """What a person has ruled."""

    decision: str
    note: str = ""
    by: str = ""
    at: dt.datetime | None = None


class Finding(_Frozen):
    """What two or more claims say of each other (CONTRACT.md)."""

    id: str
    claims: tuple[str, ...] = Field(min_length=2)
    """A part before its whole, an older figure before the newer one, a sum's result last; else by article and place."""
    relation: Relation
    explained_by: tuple[Slot, ...] = ()
    reasons: tuple[Reason, ...] = ()
    gap: float = Field(default=0.0, ge=0)
    severity: float = Field(default=0.0, ge=0, le=1)
    implied: tuple[Implied, ...] = ()
    explanation: str = ""
    review: Review | None = None
    voices: tuple[int, ...] = ()
    """For each claim, in the order of `claims`: how many independent origins give its figure."""
    checks_not_made: tuple[str, ...] = ()
    """What could not be looked into, and why. A check that was not made has found nothing."""
    bridge: tuple[Step, ...] = ()
    """From the first figure to the second where parts are known; the last step is what stays unexplained."""

    @field_validator("claims")
    @classmethod
    def _of_several(cls, claims: tuple[str, ...]) -> tuple[str, ...]:
        twice = next((each for place, each in enumerate(claims) if each in claims[:place]), None)
        if twice is not None:
            raise ValueError(f"the finding sets claim {twice!r} against itself")
        return claims

    @property
    def is_flag(self) -> bool:
        """True where the finding belongs in the conflict report."""
        return self.relation in FLAGS

    def to_json(self) -> dict[str, Any]:
        """The finding as JSON-ready values, in the contract's field order."""
        return self.model_dump(mode="json")

    def to_line(self) -> bytes:
        """The finding as a line of `findings.jsonl`: what `to_json` gives, at a fifth of the price."""
        return orjson.dumps(self.__dict__, default=_fields, option=orjson.OPT_APPEND_NEWLINE)


def _fields(part: BaseModel) -> dict[str, Any]:
    return part.model_dump(mode="json") if isinstance(part, Review) else part.__dict__


def finding(
    relation: Relation,
    claims: tuple[str, ...],
    *,
    explained_by: tuple[Slot, ...] = (),
    reasons: tuple[Reason, ...] = (),
    gap: float = 0.0,
    severity: float = 0.0,
    implied: tuple[Implied, ...] = (),
    explanation: str = "",
    voices: tuple[int, ...] = (),
) -> Finding:
    """A finding on claims that are not the same, made without checking again what the reconciler worked out."""
    fields = {
        "id": finding_id(relation, claims),
        "claims": claims,
        "relation": relation,
        "explained_by": explained_by,
        "reasons": reasons,
        "gap": round(gap, 6),
        "severity": severity,
        "implied": implied,
        "explanation": explanation,
        "review": None,
        "voices": voices,
        "checks_not_made": (),
        "bridge": (),
    }
    return made(Finding, fields)


def finding_id(relation: Relation, claims: Iterable[str]) -> str:
    """The id of what is said of some claims, whatever their order."""
    return stable_id("r", relation, *sorted(claims))


def implied(what: str, low: float | None, high: float | None, unit: str) -> Implied:
    """A value that follows, made without checking it."""
    return made(Implied, {"what": what, "low": low, "high": high, "unit": unit})
