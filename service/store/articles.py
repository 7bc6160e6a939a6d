"""Articles into the store: unchanged ones are passed over; a changed one replaces its claims and stays as a version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from extractor.model import Article, Claim
from service.report.claims import article_title
from service.store.audit import MACHINE, record
from service.store.columns import Entry, put_in, take_out
from service.store.groups import postpone, refresh
from service.store.models import ArticleRow, ArticleVersion, ClaimRow
from service.store.rows import claim_row, now, plain


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
    touched: list[Entry] = []
    fates = [
        fate for few in _each_once(readings) for fate in _put_few(session, few, touched, run=run, by=by, again=again)
    ]
    if later:
        postpone(session, touched, run=run)
    else:
        refresh(session, touched, run=run)
    return fates


def digest_on_file(session: Session, article: str) -> str | None:
    """The digest under which an article is on file."""
    return session.scalars(select(ArticleRow.digest).where(ArticleRow.id == article)).first()


def _each_once(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Readings in their order, cut so that no article comes twice in one go."""
    few: dict[str, Reading] = {}
    for reading in readings:
        if reading.article.id in few:
            yield list(few.values())
            few = {}
        few[reading.article.id] = reading
    yield list(few.values())


def _put_few(
    session: Session, few: list[Reading], touched: list[Entry], *, run: int, by: str, again: bool
) -> list[str]:
    """Articles first, then their claims, which name them; each kind in one go, not one by one."""
    known = _on_file(session, (reading.article.id for reading in few))
    fates: list[str] = []
    changed: list[tuple[Reading, list[ClaimRow]]] = []
    with session.no_autoflush:
        for reading in few:
            row = known.get(reading.article.id)
            if row is not None and row.digest == reading.digest and not again:
                fates.append("unchanged")
                continue
            held = [] if row is None else _claims_held(session, row.id)
            fates.append(_put_article(session, reading, row, held, run=run, by=by))
            changed.append((reading, held))
        session.flush()
        touched += take_out(session, (claim.id for _, held in changed for claim in held))
        come = [row for reading, held in changed for row in _replace_claims(session, reading, held)]
        session.flush()
        touched += put_in(session, ((row.content, row.group) for row in come if row.state != "struck"))
    return fates


def _on_file(session: Session, names: Iterable[str]) -> dict[str, ArticleRow]:
    some = select(ArticleRow).where(ArticleRow.id.in_(list(names)))
    return {row.id: row for row in session.scalars(some)}


def _claims_held(session: Session, article: str) -> list[ClaimRow]:
    return list(session.scalars(select(ClaimRow).where(ClaimRow.article == article)))


def _put_article(
    session: Session, reading: Reading, row: ArticleRow | None, held: list[ClaimRow], *, run: int, by: str
) -> str:
    if row is None:
        row, fate = ArticleRow(id=reading.article.id, version=1, first_run=run, checked_by=""), "added"
    else:
        _keep_version(session, row, held)
        fate = "changed" if row.digest != reading.digest else "read_again"
        row.version, row.checked_by = row.version + 1, row.checked_by if fate == "read_again" else ""
    _fill(row, reading, run)
    session.add(row)
    said = f"version {row.version}, {len(reading.claims)} claims"
    record(session, f"article_{fate}", "article", row.id, said, by=by)
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


def _replace_claims(session: Session, reading: Reading, held: list[ClaimRow]) -> list[ClaimRow]:
    """Puts new claims in place of the old; what people corrected, added or struck stays where its words still stand."""
    text = reading.article.text
    edited = {claim.id: claim for claim in held if claim.state != "read"}
    kept = {name: (row.state, Claim.model_validate(row.content), row.version) for name, row in edited.items()}
    if held:
        session.execute(delete(ClaimRow).where(ClaimRow.article == reading.article.id))
    read = {claim.id: claim for claim in reading.claims}
    come: list[ClaimRow] = []
    for claim in read.values():
        state, content, version = kept.pop(claim.id, ("read", claim, 0))
        fresh = content.model_copy(update={"published": claim.published, "sentence": claim.sentence})
        come.append(claim_row(fresh, text, state=state, extracted=claim, version=version))
    for state, content, version in kept.values():
        if state != "added" or text[content.start : content.end] != content.quote:
            record(session, "edit_lost", "claim", content.id, f"its words {content.quote!r} no longer stand there")
            continue
        come.append(claim_row(content, text, state=state, extracted=None, version=version))
    session.add_all(come)
    return come
