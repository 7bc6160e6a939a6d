"""What the pages show of findings, claims and articles: the report's views, with what people did to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from extractor.model import Article, Claim, Concept
from reconcile.model import SLOTS, Finding
from service.report.claims import ClaimView, article_title, view_claim
from service.report.contests import Contest, contests
from service.report.evidence import Segment, paragraphs, segments
from service.report.findings import FindingView, view_finding
from service.report.names import area_name
from service.report.words import words
from service.review.forms import Field, fields_of
from service.store import queries
from service.store.decisions import LABELS, history, outdated, reviewed, standing_decisions
from service.store.edits import standing_edits
from service.store.models import ArticleRow, ClaimRow, Decision, FindingRow


class QueueRow(NamedTuple):
    """A finding in the queue."""

    view: FindingView
    version: int
    decision: str
    decided_by: str
    holds: bool
    outdated: bool
    """A claim has changed since the decision."""
    sides: tuple[str, ...]


class ClaimLook(NamedTuple):
    """A claim with what people did to it."""

    view: ClaimView
    state: str
    version: int
    figure: str
    subject: str
    fields: list[Field]
    article: str
    can_undo: bool


class DecisionLook(NamedTuple):
    """A decision in the history of a finding."""

    label: str
    why: str
    note: str
    by: str
    at: str
    stands: bool
    undoes: bool


class FindingLook(NamedTuple):
    """A finding's page."""

    view: FindingView
    contest: Contest
    claims: list[ClaimLook]
    version: int
    decision: str
    label: str
    decided_by: str
    holds: bool
    outdated: str
    decisions: list[DecisionLook]
    slots: tuple[str, ...]
    """Slots that may explain it, to be ticked."""
    reasons: tuple[tuple[str, str], ...]
    """Reasons that were offered, by code."""
    now: list[QueueRow]
    """What the claims say of each other now, where this finding no longer holds."""


def queue_rows(session: Session, rows: Sequence[FindingRow]) -> list[QueueRow]:
    """Findings for a list."""
    views = _claim_views(session, [claim for row in rows for claim in row.content["claims"]])
    return [_queue_row(row, view_finding(Finding.model_validate(row.content), views)) for row in rows]


def _queue_row(row: FindingRow, view: FindingView) -> QueueRow:
    sides = tuple(dict.fromkeys(f"{one.figure} — {one.label}" for one in view.views))
    ruled = LABELS.get(row.decision, "")
    return QueueRow(view, row.version, ruled, row.decided_by, bool(row.present), bool(row.outdated), sides[:4])


def _claim_views(session: Session, names: Iterable[str]) -> dict[str, ClaimView]:
    """Claims in words, by id."""
    rows = queries.claims_named(session, names)
    titles = _titles_of(session, {row.article for row in rows})
    return {row.id: _look_of(row, titles).view for row in rows}


def _titles_of(session: Session, articles: Iterable[str]) -> dict[str, Article]:
    """Articles without their texts: what is needed to name them."""
    wanted = sorted(set(articles))
    found: dict[str, Article] = {}
    for first in range(0, len(wanted), 500):
        columns = select(ArticleRow.id, ArticleRow.title, ArticleRow.publisher, ArticleRow.published)
        for name, title, publisher, day in session.execute(
            columns.where(ArticleRow.id.in_(wanted[first : first + 500]))
        ):
            found[name] = Article(id=name, text="", title=title, publisher=publisher or None, published=day)
    return found


def _look_of(row: ClaimRow, titles: Mapping[str, Article], *, can_undo: bool = False) -> ClaimLook:
    """A claim with its state and its form."""
    claim = Claim.model_validate(row.content)
    article = titles.get(row.article)
    view = view_claim(claim, article, article.title or row.article if article else row.article)
    return ClaimLook(
        view, row.state, row.version, row.figure, row.subject, fields_of(row.content), row.article, can_undo
    )


def claim_looks(session: Session, rows: Sequence[ClaimRow]) -> list[ClaimLook]:
    """Claims with their forms, and whether there is an edit to take back."""
    titles = _titles_of(session, {row.article for row in rows})
    return [_look_of(row, titles, can_undo=bool(row.version and standing_edits(session, row.id))) for row in rows]


def finding_look(session: Session, row: FindingRow) -> FindingLook:
    """A finding's page."""
    rows = queries.claims_named(session, row.content["claims"])
    looks = claim_looks(session, rows)
    views = {look.view.claim.id: look.view for look in looks}
    finding = reviewed(session, row)
    view = view_finding(finding, views)
    texts = {article.id: article for article in queries.articles_named(session, {one.article for one in rows})}
    said = history(session, row.id)
    return FindingLook(
        view=view,
        contest=contests([view], texts)[0],
        claims=looks,
        version=row.version,
        decision=row.decision,
        label=LABELS.get(row.decision, ""),
        decided_by=row.decided_by,
        holds=bool(row.present),
        outdated=outdated(session, row),
        decisions=_decision_looks(session, row.id, said),
        slots=finding.explained_by,
        reasons=tuple((reason.code, seen.sentence) for reason, seen in zip(finding.reasons, view.reasons, strict=True)),
        now=[] if row.present else _now(session, rows),
    )


def _now(session: Session, rows: Sequence[ClaimRow]) -> list[QueueRow]:
    """What holds between any of these claims now."""
    names = {row.id for row in rows}
    found = queries.findings_of_claims(session, names, conflicts_only=False)
    return queue_rows(session, [row for row in found if names.issuperset(row.content["claims"])])


def _decision_looks(session: Session, finding: str, rows: Sequence[Decision]) -> list[DecisionLook]:
    """The history of a finding, the newest first."""
    standing = [row.id for row in standing_decisions(session, finding)]
    return [_decision_look(row, stands=row.id == (standing[-1] if standing else 0)) for row in reversed(rows)]


def _decision_look(row: Decision, *, stands: bool) -> DecisionLook:
    why = [words().slot_label(str(slot)) for slot in row.slots] + [str(code).replace("_", " ") for code in row.reasons]
    return DecisionLook(
        label=LABELS.get(row.decision, "took the decision back"),
        why=", ".join(why),
        note=row.note,
        by=row.by,
        at=f"{row.at:%-d %b %Y, %H:%M} UTC",
        stands=stands,
        undoes=row.undoes is not None,
    )


class ArticleLook(NamedTuple):
    """An article's page."""

    article: Article
    title: str
    row: ArticleRow
    paragraphs: list[list[Segment]]
    claims: list[ClaimLook]
    conflicts: list[QueueRow]
    marks: Mapping[str, str]
    """Claim → `conflict`, `edited`, `struck` or "": how its figure is marked."""


def article_look(session: Session, row: ArticleRow, *, most: int) -> ArticleLook:
    """An article with its claims marked, and the conflicts that it is part of."""
    article = Article.model_validate(row.content)
    page = queries.claims(session, queries.WantedClaims(article=row.id), limit=most)
    looks = claim_looks(session, page.rows)
    found = queries.findings_of_claims(session, [claim.id for claim in page.rows])
    held = [look.view.claim for look in looks]
    return ArticleLook(
        article=article,
        title=row.title,
        row=row,
        paragraphs=paragraphs(segments(article.text, held)),
        claims=looks,
        conflicts=queue_rows(session, found[:100]),
        marks=_marks(looks, found),
    )


def _marks(looks: Sequence[ClaimLook], found: Sequence[FindingRow]) -> dict[str, str]:
    contested = {claim for row in found for claim in row.content["claims"]}
    marks: dict[str, str] = {}
    for look in looks:
        name = look.view.claim.id
        if look.state == "struck":
            marks[name] = "struck"
        else:
            marks[name] = "conflict" if name in contested else ("edited" if look.state != "read" else "")
    return marks


def preview_rows(
    claims: Sequence[Claim], findings: Sequence[Finding], articles: Mapping[str, Article]
) -> tuple[list[ClaimView], list[FindingView]]:
    """Claims and findings that are not on file."""
    titles = {article.id: article_title(article) for article in articles.values()}
    views = {
        claim.id: view_claim(claim, articles.get(claim.article), titles.get(claim.article, claim.article))
        for claim in claims
    }
    return list(views.values()), [view_finding(finding, views) for finding in findings]


def slots() -> list[tuple[str, str]]:
    """Slots that may explain a conflict, with their names."""
    return [(slot, words().slot_label(slot)) for slot in SLOTS]


def plain_choices(choices: Sequence[queries.Choice], name: str) -> list[tuple[str, str]]:
    """Options of a filter as the page shows them."""
    return [(one.value, f"{_label(name, one)} ({one.findings})") for one in choices]


def _label(name: str, choice: queries.Choice) -> str:
    if name == "relation":
        return words().relation_label(choice.value)
    return choice.label.replace("_", " ") if name != "area" else _area(choice.value)


def _area(code: str) -> str:
    return area_name(Concept(id=code)) or code
