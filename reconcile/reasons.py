"""Named reasons why two published figures may differ (reasons.toml), tried on a finding in the making."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.errors import DataPackError
from reconcile import checks
from reconcile.checks import Case, Check, Evidence
from reconcile.model import Reason

_PACK = "reasons.toml"


class Row(BaseModel):
    """One reason as the data file declares it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^[a-z_]+$")
    slot: str
    test: str
    sentence: str
    confidence: float = Field(gt=0, le=1)
    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """Kinds of claims of which the test is made; all where none are named."""


class Offered(NamedTuple):
    """A reason, and the clause that tells it to the reader."""

    reason: Reason
    clause: str
    slot: str


@lru_cache(maxsize=1)
def rows() -> tuple[Row, ...]:
    """Every reason, in the order of the data file."""
    table = tomllib.loads((files("reconcile") / _PACK).read_text(encoding="utf-8"))
    return parse_rows(table.get("reason", []))


def parse_rows(entries: list[dict[str, object]]) -> tuple[Row, ...]:
    """Checked rows. Raises DataPackError for a row that breaks the grammar or names no test."""
    found: list[Row] = []
    for entry in entries:
        name = str(entry.get("code"))
        try:
            row = Row.model_validate(entry)
        except ValidationError as error:
            raise DataPackError(error.errors()[0]["msg"], pack=_PACK, entry=name) from error
        if not callable(getattr(checks, row.test, None)):
            raise DataPackError(f"there is no test {row.test!r} in reconcile/checks.py", pack=_PACK, entry=name)
        if any(other.code == row.code for other in found):
            raise DataPackError("the code is declared already", pack=_PACK, entry=name)
        found.append(row)
    return tuple(found)


def offer(case: Case) -> list[Offered]:
    """The reasons whose tests fire, a possible misreading first; of figures that agree, whether one is a copy."""
    found: list[Offered] = []
    said_alike = not case.around.on_one_side(case.first, case.second)
    for row, check in _tests(case.relation == "agreement", case.first.kind):
        if said_alike and check is checks.worded:
            continue
        evidence = check(case, row.words)
        if evidence is not None:
            reason = Reason(code=row.code, evidence=str(evidence), confidence=row.confidence)
            found.append(Offered(reason, _clause(row, evidence), row.slot))
    return found


@lru_cache(maxsize=16)
def _tests(of_agreement: bool, kind: str) -> tuple[tuple[Row, Check], ...]:
    fitting = [row for row in rows() if not row.kinds or kind in row.kinds]
    return tuple((row, _check(row)) for row in fitting if row.code == "relay_copy" or not of_agreement)


def named(code: str, evidence: Evidence) -> Offered:
    """A reason whose test was made elsewhere, with the words of the data file."""
    row = next(row for row in rows() if row.code == code)
    return Offered(
        Reason(code=code, evidence=str(evidence), confidence=row.confidence), _clause(row, evidence), row.slot
    )


def _check(row: Row) -> Check:
    check: Check = getattr(checks, row.test)
    return check


def _clause(row: Row, evidence: Evidence) -> str:
    return row.sentence.format(first=evidence.first, second=evidence.second)
