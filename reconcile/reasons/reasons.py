"""Named reasons why two published figures may differ (reasons.toml), tried on a finding in the making."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.errors import DataPackError
from extractor.loading import tables
from reconcile.claims.context import printed_on, said_of
from reconcile.claims.lattice import Match
from reconcile.claims.rules import rules
from reconcile.claims.standing import is_money
from reconcile.model import Reason
from reconcile.reasons import checks
from reconcile.reasons.cases import Case, Evidence
from reconcile.reasons.checks import Check
from reconcile.scale.made import made

_PACK = "reasons.toml"
_MISREADING = "our_misreading"
_UNKNOWN_COVERAGE = "population_coverage"
_YEARS, _STAGE = "fiscal_calendar", "stage"
_HINTED, _UNTOLD, _SURELY = 0.35, 0.15, 0.5
"""How much a reason weighs that the text only hints at, one that is offered as nothing is known, and a known one."""


class Row(BaseModel):
    """One reason as the data file declares it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^[a-z_]+$")
    slot: str
    test: str
    sentence: str
    confidence: float = Field(gt=0, le=1)
    words: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    """Phrases of the text around the figures (context.py)."""
    saying: str = ""
    """The sentence where only the text around the figures hints at the reason."""
    kinds: tuple[str, ...] = ()
    """Kinds of claims of which the test is made; all where none are named."""
    of_money: bool | None = None
    """Whether the text's hint is about sums of money alone, or about anything but them."""


class Offered(NamedTuple):
    """A reason, and the clause that tells it to the reader."""

    reason: Reason
    clause: str
    slot: str


@lru_cache(maxsize=1)
def rows() -> tuple[Row, ...]:
    """Every reason, in the order of the data file."""
    table = tables(__package__, _PACK)
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
            raise DataPackError(f"there is no test {row.test!r} in reconcile/reasons/checks.py", pack=_PACK, entry=name)
        if any(other.code == row.code for other in found):
            raise DataPackError("the code is declared already", pack=_PACK, entry=name)
        found.append(row)
    return tuple(found)


def offer(case: Case) -> list[Offered]:
    """The reasons whose tests fire, a possible misreading first; of figures that agree, whether one is a copy."""
    found: list[Offered] = []
    agree = case.relation == "agreement"
    worded = agree or bool(case.around.on_one_side(case.first, case.second))
    for row, check in _tests(case.first.kind, agree, worded):
        evidence = check(case, row.words)
        if evidence is not None:
            found.append(_offered(row, str(evidence), _clause(row, evidence), row.confidence))
    return found if agree else _with_hints(case, found)


def _with_hints(case: Case, found: list[Offered]) -> list[Offered]:
    """With the reasons that the text around two bodies' figures hints at, the surest first, a misreading before all."""
    if case.first.source == case.second.source:
        return found
    known = {each.reason.code for each in found}
    hints = _hints(case)
    told = [row for row in rows() if row.code in hints and row.code not in known and _fits(row, case)] if hints else []
    more = [
        _offered(row, hints[row.code], row.saying.format(first=repr(_as_printed(hints[row.code], case))), _HINTED)
        for row in told
    ]
    offered = (*found, *more)
    untold = all(each.reason.confidence < _SURELY and each.reason.code != _UNKNOWN_COVERAGE for each in offered)
    if untold and checks.two_bodies(case):
        more += [_offered(_row(_UNKNOWN_COVERAGE), str(checks.bodies(case)), "", _UNTOLD)]
    return sorted([*found, *more], key=lambda each: (each.reason.code != _MISREADING, -each.reason.confidence))


def _hints(case: Case) -> dict[str, str]:
    """Codes that the text around the figures hints at, with its words; those that both texts share tell nothing."""
    mine, theirs = said_of(case.first.claim.context), said_of(case.second.claim.context)
    if case.first.claim.article == case.second.claim.article:
        return {**theirs, **mine}
    return {code: words for code, words in {**theirs, **mine}.items() if mine.get(code) != theirs.get(code)}


def _as_printed(words: str, case: Case) -> str:
    """Words that hint at a reason, with what the text goes on to say: "leaves out used cars …"."""
    printed = (printed_on(words, view.claim.context) for view in (case.first, case.second))
    return next((found for found in printed if found), words)


def _fits(row: Row, case: Case) -> bool:
    """False for what cannot be why these two differ: prices of what is counted, years of one and the same time."""
    if row.of_money is not None and row.of_money != is_money(case.first):
        return False
    if row.code == _STAGE:
        return is_money(case.first) or not _flows().isdisjoint((case.first.indicator, case.second.indicator))
    return row.code != _YEARS or case.scopes.period is not Match.SAME


@lru_cache(maxsize=1)
def _flows() -> frozenset[str]:
    """What passes from hand to hand, and may be counted at each."""
    return frozenset().union(*(rules()[name] for name in ("crosses_border", "at_home", "papers_words", "stages")))


def _offered(row: Row, evidence: str, clause: str, confidence: float) -> Offered:
    reason = made(Reason, {"code": row.code, "evidence": evidence, "confidence": confidence})
    return Offered(reason, clause, row.slot)


@lru_cache(maxsize=32)
def _tests(kind: str, agree: bool, worded: bool) -> tuple[tuple[Row, Check], ...]:
    """The tests of claims of a kind; `worded`: some word that reasons look for stands on one side alone."""
    fitting = [(row, _check(row)) for row in rows() if not row.kinds or kind in row.kinds]
    if agree:
        return tuple((row, check) for row, check in fitting if row.code == "relay_copy")
    return tuple((row, check) for row, check in fitting if worded or check is not checks.worded)


@lru_cache(maxsize=64)
def _row(code: str) -> Row:
    return next(row for row in rows() if row.code == code)


def named(code: str, evidence: Evidence) -> Offered:
    """A reason whose test was made elsewhere, with the words of the data file."""
    row = _row(code)
    return Offered(
        Reason(code=code, evidence=str(evidence), confidence=row.confidence), _clause(row, evidence), row.slot
    )


def _check(row: Row) -> Check:
    check: Check = getattr(checks, row.test)
    return check


def _clause(row: Row, evidence: Evidence) -> str:
    return row.sentence.format(first=evidence.first, second=evidence.second)
