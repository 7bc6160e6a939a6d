"""The tables. Migrations make them (`migrations/`); a test keeps both the same.

What is on file now    articles, claims, claim_columns, findings, finding_claims
What was               article_versions, decisions, edits, events: rows are added, never changed or deleted
The house itself       pending_claims, runs, jobs, tokens, sessions, meta
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, DateTime, Float, ForeignKey, Index, Integer, String, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

APPEND_ONLY = ("article_versions", "decisions", "edits", "events")
"""Tables that the database itself guards against change and deletion."""


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC, on databases with and without time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """To the database."""
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """From the database; SQLite hands moments back without their zone."""
        if value is None:
            return None
        moment: dt.datetime = value
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """Base of all tables."""

    type_annotation_map = {dict[str, Any]: JSON, list[Any]: JSON, dt.datetime: Moment, str: Text}  # noqa: RUF012


class ArticleRow(Base):
    """An article as it stands now."""

    __tablename__ = "articles"

    id: Mapped[str] = mapped_column(String(300), primary_key=True)
    content: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    """Of the article as it was handed in: equal digest, nothing to do."""
    version: Mapped[int]
    title: Mapped[str]
    publisher: Mapped[str]
    published: Mapped[dt.date | None] = mapped_column(Date)
    problem: Mapped[str] = mapped_column(default="")
    """Why no claims could be read from it."""
    first_run: Mapped[int]
    run: Mapped[int]
    checked_by: Mapped[str] = mapped_column(default="")
    """Who has read it through and found every claim right and none missing."""

    __table_args__ = (Index("articles_by_date", "published", "id"),)


class ArticleVersion(Base):
    """An earlier version of an article that has changed, with its claims."""

    __tablename__ = "article_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    article: Mapped[str] = mapped_column(String(300), index=True)
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    claims: Mapped[list[Any]]
    replaced_at: Mapped[dt.datetime]


class ClaimRow(Base):
    """A claim: what was read, and what holds after correction."""

    __tablename__ = "claims"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    article: Mapped[str] = mapped_column(ForeignKey("articles.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    extracted: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """As the extractor read it; null for a claim that a person added."""
    content: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(12))
    """`read`, `corrected`, `added` or `struck`."""
    version: Mapped[int] = mapped_column(default=0)
    """Id of the last edit; 0 where nobody has touched it."""
    group: Mapped[str] = mapped_column("group_key", index=True)
    """Claims of one group can meet; nothing outside a group changes what is found inside it."""
    figure: Mapped[str] = mapped_column(String(40), index=True)
    """The cell of the claim graph: equal scope, equal figure."""
    subject: Mapped[str]
    """The figure's scope in words."""
    indicator: Mapped[str] = mapped_column(index=True)
    product: Mapped[str]
    area: Mapped[str] = mapped_column(index=True)
    source: Mapped[str] = mapped_column(index=True)
    source_name: Mapped[str]
    published: Mapped[dt.date | None] = mapped_column(Date)
    number: Mapped[int] = mapped_column(BigInteger, unique=True)
    """Row of the full-text index: made of the id, so that it survives copies of the database."""
    words: Mapped[str]
    """What full-text search looks through: the sentence and the words of the slots."""

    __table_args__ = (
        Index("claims_by_date", published.desc().nulls_last(), "article", "start", "id"),
        Index("claims_by_state", "state"),
    )


class _Columns:
    """A claim as the columns that tell what it may reach (scale/table.py); days are ordinals, -1 where open."""

    group: Mapped[str] = mapped_column("group_key")
    family: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[int]
    area: Mapped[str | None]
    counterpart: Mapped[str | None]
    start: Mapped[int]
    end: Mapped[int]
    base_start: Mapped[int]
    base_end: Mapped[int]
    article: Mapped[int] = mapped_column(BigInteger)
    voice: Mapped[int] = mapped_column(BigInteger)
    unit: Mapped[int] = mapped_column(BigInteger)
    toll: Mapped[int]
    unsure: Mapped[int]
    value: Mapped[float] = mapped_column(Float)


class ClaimColumns(_Columns, Base):
    """The columns of each claim that holds, with an index for each question of reconcile/scale/near.py."""

    __tablename__ = "claim_columns"

    claim: Mapped[str] = mapped_column(String(80), primary_key=True)

    __table_args__ = (
        Index("columns_by_area", "family", "area"),
        Index("columns_by_counterpart", "family", "counterpart"),
        Index("columns_by_voice", "family", "voice"),
        Index("columns_by_value", "group_key", "value"),
        Index("columns_unsure", "group_key", "unsure"),
        Index("columns_by_article", "group_key", "article"),
    )


class FindingRow(Base):
    """A finding; one that no longer holds stays with `present` 0, so that decisions on it can be read."""

    __tablename__ = "findings"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", index=True)
    relation: Mapped[str] = mapped_column(String(24))
    severity: Mapped[float] = mapped_column(Float)
    conflict: Mapped[int]
    """1 for the relations that make up the conflict report."""
    content: Mapped[dict[str, Any]]
    present: Mapped[int]
    run: Mapped[int] = mapped_column(index=True)
    """In which run it came up (or came up again)."""
    decision: Mapped[str] = mapped_column(String(24), default="")
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[dt.datetime | None]
    version: Mapped[int] = mapped_column(default=0)
    """Id of the last row in `decisions` on it: what optimistic locking compares."""
    outdated: Mapped[int] = mapped_column(default=0, server_default="0")
    """1 where a claim says something else than it did when the decision that stands was made."""

    __table_args__ = (Index("findings_queue", "present", "conflict", "decision", "severity", "id"),)


class FindingClaim(Base):
    """Which claims a finding is about, in their order."""

    __tablename__ = "finding_claims"

    finding: Mapped[str] = mapped_column(ForeignKey("findings.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    claim: Mapped[str] = mapped_column(String(80), index=True)


class Decision(Base):
    """What a person ruled, or took back (`undoes`)."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    finding: Mapped[str] = mapped_column(String(80), index=True)
    decision: Mapped[str] = mapped_column(String(24))
    slots: Mapped[list[Any]]
    reasons: Mapped[list[Any]]
    note: Mapped[str]
    by: Mapped[str] = mapped_column("by_whom")
    at: Mapped[dt.datetime]
    claims: Mapped[dict[str, Any]]
    """Claim id → digest of the claim as it stood when the decision was made."""
    undoes: Mapped[int | None] = mapped_column(Integer)


class Edit(Base):
    """A correction of a claim: before and after, each `{state, content}` or null."""

    __tablename__ = "edits"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim: Mapped[str] = mapped_column(String(80), index=True)
    article: Mapped[str] = mapped_column(String(300), index=True)
    action: Mapped[str] = mapped_column(String(12))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    note: Mapped[str]
    by: Mapped[str] = mapped_column("by_whom")
    at: Mapped[dt.datetime]
    decision: Mapped[int | None] = mapped_column(Integer)
    """The decision that it belongs to: undone together."""
    undoes: Mapped[int | None] = mapped_column(Integer)


class Event(Base):
    """The audit trail: everything that anybody did, in one line each."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column("by_whom")
    action: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(16))
    """Of what: article, claim, finding, token, job."""
    subject: Mapped[str] = mapped_column(String(300), index=True)
    summary: Mapped[str]


class Pending(_Columns, Base):
    """A claim that came or went and was not compared yet; the next batch does it, where this one was killed."""

    __tablename__ = "pending_claims"

    id: Mapped[int] = mapped_column(primary_key=True)
    run: Mapped[int]
    claim: Mapped[str] = mapped_column(String(80))

    __table_args__ = (Index("ix_pending_claims_group_key", "group_key"),)


class Run(Base):
    """A batch. One that was killed is taken up again by the same command under the same number."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    inputs: Mapped[str] = mapped_column(String(64), index=True)
    started_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]


class Job(Base):
    """A long batch that was handed in over HTTP."""

    __tablename__ = "jobs"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    state: Mapped[str] = mapped_column(String(12), index=True)
    """`waiting`, `running`, `done` or `failed`."""
    articles: Mapped[list[Any]]
    done: Mapped[int]
    total: Mapped[int]
    outcome: Mapped[dict[str, Any]]
    run: Mapped[int]
    by: Mapped[str] = mapped_column("by_whom")
    created_at: Mapped[dt.datetime]


class Token(Base):
    """Who may use the API; only the hash of the token is kept."""

    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(8))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]


class SignedIn(Base):
    """A browser that showed a token; only the hash of its cookie is kept."""

    __tablename__ = "sessions"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    token: Mapped[int] = mapped_column(ForeignKey("tokens.id"))
    expires_at: Mapped[dt.datetime]


class Meta(Base):
    """Facts about the store itself."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str]
