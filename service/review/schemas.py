"""What goes in and out of the API, beside the contract's own objects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from extractor.model import Article, Claim
from reconcile.model import Finding, Slot
from service.store.decisions import LONGEST_NOTE, Ruling, outdated, reviewed, standing_decisions
from service.store.models import ArticleRow, ClaimRow, Decision, Event, FindingRow, Job
from service.store.queries import Page
from service.store.tokens import Role

Thing = TypeVar("Thing")
ClaimState = Literal["read", "corrected", "added", "struck"]
State = Literal["open", "decided", "outdated", "all", Ruling]
Seen = Field(default=None, ge=0, le=2**31 - 1, description="The version that was on the screen; null for no check")


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PageOut(BaseModel, Generic[Thing]):
    """Some rows of many; `next` is the offset of the next page, null on the last."""

    rows: list[Thing]
    total: int
    offset: int
    limit: int
    next: int | None


class ArticleOut(BaseModel):
    """An article in a list."""

    id: str
    title: str
    publisher: str
    published: dt.date | None
    version: int
    problem: str
    checked_by: str


class ClaimOut(BaseModel):
    """A claim as it holds now. `version` goes back as `seen` when it is edited."""

    claim: Claim
    state: ClaimState
    version: int
    figure: str
    subject: str


class ArticleFull(BaseModel):
    """An article with its text and its claims."""

    article: Article
    version: int
    problem: str
    checked_by: str
    claims: list[ClaimOut]


class FindingOut(BaseModel):
    """A finding with the decision that stands. `version` goes back as `seen` when it is decided on."""

    finding: Finding
    version: int
    holds: bool
    outdated: str
    """Why the decision no longer fits what is on file; "" where it does."""


class DecisionOut(BaseModel):
    """One decision, or one taken back (`undoes`)."""

    id: int
    finding: str
    decision: str
    slots: list[str]
    reasons: list[str]
    note: str
    by: str
    at: dt.datetime
    undoes: int | None
    stands: bool


class FindingFull(BaseModel):
    """A finding with its claims, the decisions on it and their history."""

    finding: FindingOut
    claims: list[ClaimOut]
    decisions: list[DecisionOut]


class Changes(_In):
    """Slots of a claim as they should be; those left out stay. A slot set to null is emptied."""

    kind: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    modifier: str | None = None
    unit: str | None = Field(default=None, max_length=200)
    indicator: dict[str, Any] | None = None
    product: dict[str, Any] | None = None
    area: dict[str, Any] | None = None
    counterpart: dict[str, Any] | None = None
    period: dict[str, Any] | None = None
    base_period: dict[str, Any] | None = None
    source: dict[str, Any] | None = None
    status: str | None = None

    def given(self) -> dict[str, Any]:
        """What was said, null included."""
        return {name: getattr(self, name) for name in sorted(self.model_fields_set)}


class CorrectionIn(_In):
    """Slots of one claim put right, as part of the decision “extraction error”."""

    claim: str = Field(max_length=80)
    changes: Changes
    seen: int | None = Seen


class DecisionIn(_In):
    """A decision on one finding."""

    decision: Ruling
    note: str = Field(default="", max_length=LONGEST_NOTE)
    slots: list[Slot] = Field(default=[], max_length=10)
    reasons: list[str] = Field(default=[], max_length=60)
    corrections: list[CorrectionIn] = Field(default=[], max_length=20)
    seen: int | None = Seen


class Target(_In):
    """A finding, and the version of it that was on the screen."""

    finding: str = Field(max_length=80)
    seen: int | None = Seen


class DecisionsIn(_In):
    """One decision on many findings."""

    findings: list[Target] = Field(min_length=1, max_length=200)
    decision: Ruling
    note: str = Field(default="", max_length=LONGEST_NOTE)
    slots: list[Slot] = Field(default=[], max_length=10)
    reasons: list[str] = Field(default=[], max_length=60)


class LeftOut(BaseModel):
    """A finding that somebody else ruled on in the meantime."""

    finding: str
    why: str


class DecisionsOut(BaseModel):
    """What was decided, and what was left."""

    decided: list[DecisionOut]
    left: list[LeftOut]


class UndoIn(_In):
    """What is to be taken back must be what was on the screen."""

    seen: int | None = Seen


class EditIn(_In):
    """A correction of one claim."""

    changes: Changes
    note: str = Field(default="", max_length=LONGEST_NOTE)
    seen: int | None = Seen


class StrikeIn(_In):
    """Why a claim is no claim."""

    note: str = Field(default="", max_length=LONGEST_NOTE)
    seen: int | None = Seen


class NewClaim(Changes):
    """A claim that was not found: the figure as the article has it, where it stands, and its slots."""

    quote: str = Field(min_length=1, max_length=400)
    start: int | None = Field(default=None, ge=0, le=10_000_000)
    value: float
    note: str = Field(default="", max_length=LONGEST_NOTE)


class PutOut(BaseModel):
    """What became of an article, and the conflicts that came up with it."""

    article: str
    fate: Literal["added", "changed", "unchanged", "read_again"]
    claims: int
    problem: str
    conflicts: list[Finding]


class PreviewOut(BaseModel):
    """What an article would bring; nothing was kept."""

    article: Article
    claims: list[Claim]
    findings: list[Finding]
    problem: str


class JobIn(_In):
    """Many articles, read in the background."""

    articles: list[Article] = Field(min_length=1)


class JobOut(BaseModel):
    """How far a job is; `outcome` counts what became of the articles and names the new conflicts."""

    id: str
    state: Literal["waiting", "running", "done", "failed"]
    done: int
    total: int
    outcome: dict[str, Any]
    by: str
    created_at: dt.datetime


class FigureOut(BaseModel):
    """A figure that several claims give."""

    id: str
    subject: str
    claims: int
    sources: int
    articles: int


class SourceOut(BaseModel):
    """A source; `agreed` of `compared` figures met those of independent others."""

    id: str
    name: str
    claims: int
    articles: int
    conflicts: int
    compared: int | None
    agreed: int | None
    score: float | None


class EventOut(BaseModel):
    """A line of the audit trail."""

    id: int
    at: dt.datetime
    by: str
    action: str
    kind: str
    subject: str
    summary: str


class TokenIn(_In):
    """A new token."""

    name: str = Field(min_length=1, max_length=80)
    role: Role = "review"


class TokenOut(BaseModel):
    """A token; what opens the door is shown once, when it is made."""

    id: int
    name: str
    role: str
    created_at: dt.datetime
    revoked_at: dt.datetime | None


class NewToken(BaseModel):
    """The token itself: keep it, it is not shown again."""

    token: str


class CountsOut(BaseModel):
    """How much is on file."""

    articles: int
    claims: int
    conflicts: int
    undecided: int


def page_out(page: Page[Any], rows: Sequence[Thing]) -> PageOut[Thing]:
    """A page with its rows in the API's form."""
    return PageOut(rows=list(rows), total=page.total, offset=page.offset, limit=page.limit, next=page.next_offset)


def article_out(row: ArticleRow) -> ArticleOut:
    """An article for a list."""
    return ArticleOut.model_validate(row, from_attributes=True)


def claim_out(row: ClaimRow) -> ClaimOut:
    """A claim with its state."""
    return ClaimOut.model_validate(
        {
            "claim": row.content,
            "state": row.state,
            "version": row.version,
            "figure": row.figure,
            "subject": row.subject,
        }
    )


def finding_out(session: Session, row: FindingRow) -> FindingOut:
    """A finding with the decision that stands."""
    return FindingOut(
        finding=reviewed(session, row), version=row.version, holds=bool(row.present), outdated=outdated(session, row)
    )


def decisions_out(session: Session, finding: str, rows: Sequence[Decision]) -> list[DecisionOut]:
    """Decisions, with the mark of those that stand."""
    standing = {row.id for row in standing_decisions(session, finding)}
    return [decision_out(row, stands=row.id in standing) for row in rows]


def decision_out(row: Decision, *, stands: bool = True) -> DecisionOut:
    """One decision."""
    fields = {name: getattr(row, name) for name in DecisionOut.model_fields if name != "stands"}
    return DecisionOut(**fields, stands=stands)


def event_out(row: Event) -> EventOut:
    """A line of the trail."""
    return EventOut.model_validate(row, from_attributes=True)


def job_out(row: Job) -> JobOut:
    """A job."""
    return JobOut.model_validate(row, from_attributes=True)
