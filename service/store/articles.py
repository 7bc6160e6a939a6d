"""Articles into the store: unchanged ones are passed over; a changed one replaces its claims and stays as a version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from extractor.model import Article, Claim
from service.report.claims import article_title
from service.store.audit import MACHINE, record
from service.store.groups import postpone, refresh
from service.store.models import ArticleRow, ArticleVersion, ClaimRow
from service.store.rows import article_digest, claim_row, now, plain


class Reading(NamedTuple):
    """An article with the claims that were read in it."""

    digest: str
    """Of the article as it was handed in, before its date was inferred."""
    article: Article
    claims: list[Claim]
    problem: str = ""


def put(
    session: Session,
    readings: Iterable[Reading],
    *,
    run: int,
    by: str = MACHINE,
    again: bool = False,
    later: bool = False,
) -> list[str]:
    """Adds or replaces some articles and brings the findings that they touch up to date; gives what became of each.

    `again` replaces the claims of unchanged articles too: the extractor may have learnt something. `later` leaves the
    findings to `refresh_pending`.
    """
    touched: set[str] = set()
    fates = [_put_article(session, reading, touched, run=run, by=by, again=again) for reading in readings]
    if later:
        postpone(session, touched, run=run)
    else:
        refresh(session, touched, run=run)
    return fates


def digest_on_file(session: Session, article: str) -> str | None:
    """The digest under which an article is on file."""
    return session.scalars(select(ArticleRow.digest).where(ArticleRow.id == article)).first()


def _put_article(session: Session, reading: Reading, touched: set[str], *, run: int, by: str, again: bool) -> str:
    row = session.get(ArticleRow, reading.article.id)
    if row is not None and row.digest == reading.digest and not again:
        return "unchanged"
    if row is None:
        row = ArticleRow(id=reading.article.id, version=1, first_run=run, checked_by="")
        fate, held = "added", []
    else:
        held = list(session.scalars(select(ClaimRow).where(ClaimRow.article == row.id)))
        touched.update(claim.group for claim in held)
        _keep_version(session, row, held)
        fate = "changed" if row.digest != reading.digest else "read_again"
        row.version, row.checked_by = row.version + 1, row.checked_by if fate == "read_again" else ""
    _fill(row, reading, run)
    session.add(row)
    session.flush()
    _replace_claims(session, reading, held, touched)
    record(session, f"article_{fate}", "article", row.id, f"version {row.version}, {len(reading.claims)} claims", by=by)
    return fate


def _fill(row: ArticleRow, reading: Reading, run: int) -> None:
    article = reading.article
    row.content, row.digest, row.problem, row.run = (
        article.model_dump(mode="json"),
        reading.digest,
        reading.problem,
        run,
    )
    row.title, row.publisher = plain(article_title(article)), plain(article.publisher or "")
    row.published = article.published


def _keep_version(session: Session, row: ArticleRow, held: list[ClaimRow]) -> None:
    claims = [{"state": claim.state, **claim.content} for claim in sorted(held, key=lambda one: (one.start, one.id))]
    kept = ArticleVersion(article=row.id, version=row.version, content=row.content, claims=claims, replaced_at=now())
    session.add(kept)


def _replace_claims(session: Session, reading: Reading, held: list[ClaimRow], touched: set[str]) -> None:
    """The new claims in place of the old; what people corrected, added or struck stays where its words still stand."""
    text = reading.article.text
    edited = {claim.id: claim for claim in held if claim.state != "read"}
    kept = {name: (row.state, Claim.model_validate(row.content), row.version) for name, row in edited.items()}
    session.execute(delete(ClaimRow).where(ClaimRow.article == reading.article.id))
    read = {claim.id: claim for claim in reading.claims}
    for claim in read.values():
        state, content, version = kept.pop(claim.id, ("read", claim, 0))
        fresh = content.model_copy(update={"published": claim.published, "sentence": claim.sentence})
        row = claim_row(fresh, text, state=state, extracted=claim, version=version)
        session.add(row)
        touched.add(row.group)
    for state, content, version in kept.values():
        if state != "added" or text[content.start : content.end] != content.quote:
            record(session, "edit_lost", "claim", content.id, f"its words {content.quote!r} no longer stand there")
            continue
        row = claim_row(content, text, state=state, extracted=None, version=version)
        session.add(row)
        touched.add(row.group)
    session.flush()


def reading_of(article: Article, claims: list[Claim], *, as_given: Article | None = None, problem: str = "") -> Reading:
    """A reading; `as_given` is the article before its date was inferred."""
    return Reading(article_digest(as_given or article), article, claims, problem)
