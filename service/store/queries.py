"""What the review pages and the API ask of the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from extractor.model import Article, Claim
from reconcile import Record, source_records
from service.store.errors import NotFoundError
from service.store.models import ArticleRow, ArticleVersion, ClaimRow, Edit, Event, FindingClaim, FindingRow
from service.store.remembered import remembered
from service.store.search import matches

MOST = 200
"""Rows of the longest page."""
_OPTIONS = 200
Row = TypeVar("Row")
Findings = Select[FindingRow]
_AT_ONCE = 500
_ARTICLE_WORDS = (ArticleRow.title, ArticleRow.publisher, ArticleRow.id)


class Wanted(NamedTuple):
    """Which findings to show; "" and None leave a filter open."""

    relation: str = ""
    state: str = "open"
    """`open`, `decided`, `outdated`, `all`, or a decision."""
    indicator: str = ""
    product: str = ""
    area: str = ""
    source: str = ""
    article: str = ""
    q: str = ""
    min_severity: float = 0.0
    conflicts_only: bool = True


class Page(NamedTuple, Generic[Row]):
    """Some rows of many."""

    rows: Sequence[Row]
    total: int
    offset: int
    limit: int

    @property
    def next_offset(self) -> int | None:
        """Where the next page starts; None on the last."""
        after = self.offset + len(self.rows)
        return after if after < self.total else None


class Choice(NamedTuple):
    """One option of a filter."""

    value: str
    label: str
    findings: int


def findings(session: Session, wanted: Wanted, *, offset: int = 0, limit: int = 50) -> Page[FindingRow]:
    """Findings by severity, the most severe first."""
    query = _wanted(session, wanted)
    return _page(session, query.order_by(FindingRow.severity.desc(), FindingRow.id), offset, limit)


def neighbours(session: Session, wanted: Wanted, row: FindingRow) -> tuple[str | None, str | None]:
    """The findings before and after one in the order of the queue."""
    query = _wanted(session, wanted).with_only_columns(FindingRow.id)
    here = (row.severity, row.id)
    above = or_(FindingRow.severity > here[0], (FindingRow.severity == here[0]) & (FindingRow.id < here[1]))
    below = or_(FindingRow.severity < here[0], (FindingRow.severity == here[0]) & (FindingRow.id > here[1]))
    before = query.where(above).order_by(FindingRow.severity, FindingRow.id.desc()).limit(1)
    after = query.where(below).order_by(FindingRow.severity.desc(), FindingRow.id).limit(1)
    return session.scalars(before).first(), session.scalars(after).first()


def finding(session: Session, name: str) -> FindingRow:
    """One finding; raises NotFoundError."""
    return _held(session.get(FindingRow, name), "finding", name)


def claim(session: Session, name: str) -> ClaimRow:
    """One claim; raises NotFoundError."""
    return _held(session.get(ClaimRow, name), "claim", name)


def article(session: Session, name: str) -> ArticleRow:
    """One article; raises NotFoundError."""
    return _held(session.get(ArticleRow, name), "article", name)


def claims_named(session: Session, names: Iterable[str]) -> list[ClaimRow]:
    """The claims of these ids that are on file, in the order of the ids."""
    wanted = list(dict.fromkeys(names))
    found: dict[str, ClaimRow] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        some = select(ClaimRow).where(ClaimRow.id.in_(wanted[first : first + _AT_ONCE]))
        found.update({row.id: row for row in session.scalars(some)})
    return [found[name] for name in wanted if name in found]


def articles_named(session: Session, names: Iterable[str]) -> list[Article]:
    """The articles of these ids, as the contract has them."""
    wanted = sorted(set(names))
    found: list[Article] = []
    for first in range(0, len(wanted), _AT_ONCE):
        some = select(ArticleRow.content).where(ArticleRow.id.in_(wanted[first : first + _AT_ONCE]))
        found += [Article.model_validate(content) for content in session.scalars(some.order_by(ArticleRow.id))]
    return found


def articles(session: Session, *, q: str = "", offset: int = 0, limit: int = 50) -> Page[ArticleRow]:
    """Articles, the newest first; `q` looks in title, publisher and id."""
    query = select(ArticleRow)
    for word in q.split()[:8]:
        like = f"%{_plain_like(word)}%"
        query = query.where(or_(*(column.ilike(like, escape="\\") for column in _ARTICLE_WORDS)))
    ordered = query.order_by(ArticleRow.published.desc().nulls_last(), ArticleRow.id)
    return _page(session, ordered, offset, limit)


def versions(session: Session, name: str) -> Sequence[ArticleVersion]:
    """Earlier versions of an article, the newest first."""
    held = select(ArticleVersion).where(ArticleVersion.article == name).order_by(ArticleVersion.version.desc())
    return session.scalars(held).all()


class WantedClaims(NamedTuple):
    """Which claims to show."""

    q: str = ""
    article: str = ""
    indicator: str = ""
    product: str = ""
    area: str = ""
    source: str = ""
    figure: str = ""
    state: str = ""


def claims(session: Session, wanted: WantedClaims, *, offset: int = 0, limit: int = 50) -> Page[ClaimRow]:
    """Claims, the newest first; those of one article in the order of its text."""
    query = select(ClaimRow)
    for column, value in _claim_filters(wanted):
        query = query.where(column == value)
    found = matches(session, wanted.q)
    if found is not None:
        query = query.where(found)
    order: list[Any] = [ClaimRow.article, ClaimRow.start, ClaimRow.id]
    if not wanted.article:
        order = [ClaimRow.published.desc().nulls_last(), *order]
    return _page(session, query.order_by(*order), offset, limit)


def _claim_filters(wanted: WantedClaims) -> Iterable[tuple[ColumnElement[str], str]]:
    for name in ("article", "indicator", "product", "area", "source", "figure", "state"):
        value = getattr(wanted, name)
        if value:
            yield getattr(ClaimRow, name), value


def findings_of_claims(session: Session, names: Iterable[str], *, conflicts_only: bool = True) -> list[FindingRow]:
    """The findings that hold now and involve any of some claims."""
    wanted = sorted(set(names))
    found: dict[str, FindingRow] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        link = select(FindingClaim.finding).where(FindingClaim.claim.in_(wanted[first : first + _AT_ONCE]))
        some = select(FindingRow).where(FindingRow.id.in_(link), FindingRow.present == 1)
        if conflicts_only:
            some = some.where(FindingRow.conflict == 1)
        found.update({row.id: row for row in session.scalars(some)})
    return sorted(found.values(), key=lambda row: (-row.severity, row.id))


class FigureRow(NamedTuple):
    """A figure that several claims speak of."""

    id: str
    subject: str
    claims: int
    sources: int
    articles: int


def figures(session: Session, *, q: str = "", offset: int = 0, limit: int = 50) -> Page[FigureRow]:
    """Figures that at least two claims give, the most spoken of first."""
    return remembered(session, ("figures", q, offset, limit), lambda: _figures(session, q, offset, limit))


def _figures(session: Session, q: str, offset: int, limit: int) -> Page[FigureRow]:
    query = select(
        ClaimRow.figure,
        func.min(ClaimRow.subject),
        func.count(),
        func.count(func.distinct(ClaimRow.source)),
        func.count(func.distinct(ClaimRow.article)),
    ).where(ClaimRow.state != "struck")
    found = matches(session, q)
    if found is not None:
        query = query.where(ClaimRow.figure.in_(select(ClaimRow.figure).where(found)))
    many = query.group_by(ClaimRow.figure).having(func.count() > 1)
    total = session.scalar(select(func.count()).select_from(many.subquery())) or 0
    ordered = many.order_by(func.count().desc(), ClaimRow.figure).offset(offset).limit(limit)
    rows = [FigureRow(*row) for row in session.execute(ordered).tuples()]
    return Page(rows, total, offset, limit)


class SourceRow(NamedTuple):
    """Who gives figures, and how often they agree with independent others."""

    id: str
    name: str
    claims: int
    articles: int
    conflicts: int
    record: Record | None


def sources(session: Session, *, q: str = "") -> list[SourceRow]:
    """Every named source with its record, those with most claims first."""
    return remembered(session, ("sources", q), lambda: _sources(session, q))


def _sources(session: Session, q: str) -> list[SourceRow]:
    records = {record.source: record for record in remembered(session, "records", lambda: _records(session))}
    conflicts = _conflicts_by_source(session)
    query = select(
        ClaimRow.source,
        func.min(ClaimRow.source_name),
        func.count(),
        func.count(func.distinct(ClaimRow.article)),
    ).where(ClaimRow.source != "", ClaimRow.state != "struck")
    for word in q.split()[:8]:
        query = query.where(ClaimRow.source_name.ilike(f"%{_plain_like(word)}%", escape="\\"))
    ordered = query.group_by(ClaimRow.source).order_by(func.count().desc(), ClaimRow.source)
    return [
        SourceRow(name, label, count, held, conflicts.get(name, 0), records.get(name))
        for name, label, count, held in session.execute(ordered).tuples()
    ]


def _records(session: Session) -> list[Record]:
    """Records come from figures that at least two claims give; the others need not be loaded."""
    shared = select(ClaimRow.figure).where(ClaimRow.state != "struck").group_by(ClaimRow.figure)
    several = shared.having(func.count(func.distinct(ClaimRow.article)) > 1)
    held = select(ClaimRow.content).where(ClaimRow.figure.in_(several), ClaimRow.state != "struck")
    return source_records(Claim.model_validate(content) for content in session.scalars(held))


def _conflicts_by_source(session: Session) -> dict[str, int]:
    counted = (
        select(ClaimRow.source, func.count(func.distinct(FindingRow.id)))
        .join(FindingClaim, FindingClaim.claim == ClaimRow.id)
        .join(FindingRow, FindingRow.id == FindingClaim.finding)
        .where(FindingRow.present == 1, FindingRow.conflict == 1)
        .group_by(ClaimRow.source)
    )
    return dict(session.execute(counted).tuples().all())


def facet(session: Session, name: str) -> list[Choice]:
    """The options of one filter of the queue, the commonest first."""
    return remembered(session, ("facet", name), lambda: _facet(session, name))


def _facet(session: Session, name: str) -> list[Choice]:
    if name == "relation":
        column, query = FindingRow.relation, select(FindingRow.relation, func.count())
    else:
        column = getattr(ClaimRow, name)
        label = func.min(ClaimRow.source_name) if name == "source" else column
        query = select(column, label, func.count(func.distinct(FindingRow.id)))
        query = query.join(FindingClaim, FindingClaim.claim == ClaimRow.id).where(column != "")
        query = query.join(FindingRow, FindingRow.id == FindingClaim.finding)
    held = query.where(FindingRow.present == 1, FindingRow.conflict == 1).group_by(column)
    rows = session.execute(held).all()
    choices = [Choice(str(row[0]), str(row[-2]), int(row[-1])) for row in rows]
    return sorted(choices, key=lambda one: (-one.findings, one.label))[:_OPTIONS]


def events(session: Session, *, subject: str = "", offset: int = 0, limit: int = 50) -> Page[Event]:
    """The audit trail, the newest line first."""
    query = select(Event).order_by(Event.id.desc())
    return _page(session, query.where(Event.subject == subject) if subject else query, offset, limit)


def edits(session: Session, claim_name: str) -> Sequence[Edit]:
    """Every edit of a claim, the newest first."""
    return session.scalars(select(Edit).where(Edit.claim == claim_name).order_by(Edit.id.desc())).all()


class Counts(NamedTuple):
    """How much is on file."""

    articles: int
    claims: int
    conflicts: int
    undecided: int


def counts(session: Session) -> Counts:
    """How much is on file, and how much of it waits for a decision."""
    flagged = select(func.count()).select_from(FindingRow).where(FindingRow.present == 1, FindingRow.conflict == 1)
    return Counts(
        articles=session.scalar(select(func.count()).select_from(ArticleRow)) or 0,
        claims=session.scalar(select(func.count()).select_from(ClaimRow).where(ClaimRow.state != "struck")) or 0,
        conflicts=session.scalar(flagged) or 0,
        undecided=session.scalar(flagged.where(FindingRow.decision == "")) or 0,
    )


def _wanted(session: Session, wanted: Wanted) -> Findings:
    query = _in_state(select(FindingRow), wanted.state)
    if wanted.conflicts_only:
        query = query.where(FindingRow.conflict == 1)
    if wanted.relation:
        query = query.where(FindingRow.relation == wanted.relation)
    if wanted.min_severity > 0:
        query = query.where(FindingRow.severity >= wanted.min_severity)
    conditions = [
        getattr(ClaimRow, name) == getattr(wanted, name)
        for name in ("indicator", "product", "area", "source", "article")
        if getattr(wanted, name)
    ]
    found = matches(session, wanted.q)
    for condition in conditions if found is None else [*conditions, found]:
        about = select(FindingClaim.finding).join(ClaimRow, ClaimRow.id == FindingClaim.claim)
        query = query.where(exists(about.where(FindingClaim.finding == FindingRow.id, condition)))
    return query


def _in_state(query: Findings, state: str) -> Findings:
    if state == "outdated":
        return query.where(FindingRow.decision != "", or_(FindingRow.present == 0, FindingRow.outdated == 1))
    query = query.where(FindingRow.present == 1)
    if state == "open":
        return query.where(FindingRow.decision == "")
    if state == "decided":
        return query.where(FindingRow.decision != "")
    return query if state in ("", "all") else query.where(FindingRow.decision == state)


def _page(session: Session, query: Any, offset: int, limit: int) -> Page[Any]:
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    return Page(session.scalars(query.offset(offset).limit(limit)).all(), total, offset, limit)


def _held(row: Row | None, what: str, name: str) -> Row:
    if row is None:
        raise NotFoundError(f"no {what} {name!r}")
    return row


def _plain_like(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("\0", "")
