"""The API's findings: the queue, decisions, undo."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from reconcile.model import Relation
from service.review.filters import ByWords, Limit, Offset
from service.review.problems import RESPONSES
from service.review.schemas import (
    DecisionIn,
    DecisionOut,
    DecisionsIn,
    DecisionsOut,
    FindingFull,
    FindingOut,
    LeftOut,
    PageOut,
    State,
    UndoIn,
    claim_out,
    decision_out,
    decisions_out,
    finding_out,
    page_out,
)
from service.review.security import Reader, Reviewer, database
from service.store import queries
from service.store.decisions import Verdict, history
from service.store.queries import Wanted
from service.store.rulings import Correction, rule, rule_many, take_back

router = APIRouter(tags=["findings"], responses=RESPONSES)


def wanted(
    about: ByWords,
    relation: Annotated[Relation | None, Query()] = None,
    state: Annotated[State, Query()] = "all",
    min_severity: Annotated[float, Query(ge=0, le=1)] = 0.0,
    conflicts_only: bool = True,
) -> Wanted:
    """Filters: words of the slots are their ids; `q` looks through sentences and slots."""
    return about._replace(
        relation=relation or "", state=state, min_severity=min_severity, conflicts_only=conflicts_only
    )


@router.get("/findings")
def list_findings(
    request: Request, who: Reader, filters: Annotated[Wanted, Depends(wanted)], offset: Offset = 0, limit: Limit = 50
) -> PageOut[FindingOut]:
    """Findings, the most severe first."""
    with database(request).read() as session:
        page = queries.findings(session, filters, offset=offset, limit=limit)
        return page_out(page, [finding_out(session, row) for row in page.rows])


@router.get("/findings/{name}")
def get_finding(request: Request, who: Reader, name: str) -> FindingFull:
    """One finding with its claims and every decision on it."""
    with database(request).read() as session:
        row = queries.finding(session, name)
        return FindingFull(
            finding=finding_out(session, row),
            claims=[claim_out(claim) for claim in queries.claims_named(session, row.content["claims"])],
            decisions=decisions_out(session, name, history(session, name)),
        )


@router.post("/findings/{name}/decisions", status_code=201)
def decide(request: Request, who: Reviewer, name: str, said: DecisionIn) -> FindingFull:
    """Decides on a finding. An extraction error may bring corrections, which are reconciled at once."""
    verdict = Verdict(said.decision, who.name, said.note, tuple(said.slots), tuple(said.reasons))
    corrections = [Correction(one.claim, one.changes.given(), one.seen) for one in said.corrections]
    with database(request).write() as session:
        rule(session, name, verdict, seen=said.seen, corrections=corrections)
    return get_finding(request, who, name)


@router.post("/findings/{name}/undo")
def undo(request: Request, who: Reviewer, name: str, said: UndoIn) -> FindingFull:
    """Takes the decision that stands back, with the corrections that came with it."""
    with database(request).write() as session:
        take_back(session, name, by=who.name, seen=said.seen)
    return get_finding(request, who, name)


@router.post("/decisions", status_code=201)
def decide_many(request: Request, who: Reviewer, said: DecisionsIn) -> DecisionsOut:
    """The same decision on many findings; those that somebody else ruled on in the meantime are left, and named."""
    verdict = Verdict(said.decision, who.name, said.note, tuple(said.slots), tuple(said.reasons))
    targets = [(one.finding, one.seen) for one in said.findings]
    with database(request).write() as session:
        made, left = rule_many(session, targets, verdict)
        decided: list[DecisionOut] = [decision_out(row) for row in made]
    return DecisionsOut(decided=decided, left=[LeftOut(finding=name, why=why) for name, why in left])
