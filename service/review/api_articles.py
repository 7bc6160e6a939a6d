"""The API's articles and claims: handed in, looked at, corrected."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from extractor.model import Article
from service.review import jobs, reading
from service.review.filters import Limit, Offset, Word
from service.review.problems import RESPONSES
from service.review.schemas import (
    ArticleFull,
    ArticleOut,
    ClaimOut,
    ClaimState,
    EditIn,
    JobIn,
    JobOut,
    NewClaim,
    PageOut,
    PreviewOut,
    PutOut,
    StrikeIn,
    UndoIn,
    article_out,
    claim_out,
    job_out,
    page_out,
)
from service.review.security import Reader, Reviewer, database, settings
from service.store import edits, queries
from service.store.errors import RefusedError
from service.store.queries import WantedClaims

router = APIRouter(tags=["articles and claims"], responses=RESPONSES)
_BEAT = 0.5
"""Seconds between looks at a job that is being watched."""


@router.get("/articles")
def list_articles(
    request: Request, who: Reader, q: Word = "", offset: Offset = 0, limit: Limit = 50
) -> PageOut[ArticleOut]:
    """Articles on file, the newest first."""
    with database(request).read() as session:
        page = queries.articles(session, q=q, offset=offset, limit=limit)
        return page_out(page, [article_out(row) for row in page.rows])


@router.post("/articles", status_code=201)
def put_article(request: Request, who: Reviewer, article: Article) -> PutOut:
    """Reads one article and puts it on file; unchanged, it is passed over; changed, it replaces its earlier version."""
    made = reading.put_one(database(request), reading.checked(article, settings(request)), by=who.name)
    return PutOut.model_validate(made._asdict())


@router.post("/preview")
def preview(request: Request, who: Reader, article: Article) -> PreviewOut:
    """What an article claims and what that contradicts; nothing is kept."""
    seen = reading.preview(database(request), reading.checked(article, settings(request)))
    return PreviewOut(article=seen.article, claims=seen.claims, findings=seen.findings, problem=seen.problem)


@router.get("/articles/{name:path}/claims")
def article_claims(request: Request, who: Reader, name: str) -> list[ClaimOut]:
    """The claims of one article in the order of its text, those that were struck too."""
    return get_article(request, who, name).claims


@router.post("/articles/{name:path}/claims", status_code=201)
def add_claim(request: Request, who: Reviewer, name: str, said: NewClaim) -> ClaimOut:
    """Adds a claim that was not found; its quote must stand in the text."""
    fields = said.given()
    note = str(fields.pop("note", ""))
    with database(request).write() as session:
        return claim_out(edits.add(session, name, fields, by=who.name, note=note))


@router.get("/articles/{name:path}")
def get_article(request: Request, who: Reader, name: str) -> ArticleFull:
    """One article with its text and its claims."""
    with database(request).read() as session:
        row = queries.article(session, name)
        page = queries.claims(session, WantedClaims(article=name), limit=100_000)
        return ArticleFull(
            article=Article.model_validate(row.content),
            version=row.version,
            problem=row.problem,
            checked_by=row.checked_by,
            claims=[claim_out(claim) for claim in page.rows],
        )


@router.get("/claims")
def list_claims(
    request: Request,
    who: Reader,
    q: Word = "",
    article: Word = "",
    indicator: Word = "",
    product: Word = "",
    area: Word = "",
    source: Word = "",
    figure: Word = "",
    state: Annotated[ClaimState | None, Query()] = None,
    offset: Offset = 0,
    limit: Limit = 50,
) -> PageOut[ClaimOut]:
    """Claims by full-text search (`q`) and by the ids of their slots."""
    asked = WantedClaims(q, article, indicator, product, area, source, figure, state or "")
    with database(request).read() as session:
        page = queries.claims(session, asked, offset=offset, limit=limit)
        return page_out(page, [claim_out(row) for row in page.rows])


@router.get("/claims/{name}")
def get_claim(request: Request, who: Reader, name: str) -> ClaimOut:
    """One claim."""
    with database(request).read() as session:
        return claim_out(queries.claim(session, name))


@router.post("/claims/{name}/corrections", status_code=201)
def correct_claim(request: Request, who: Reviewer, name: str, said: EditIn) -> ClaimOut:
    """Puts slots right, and looks at the claim's group again."""
    with database(request).write() as session:
        row = edits.correct(session, name, said.changes.given(), by=who.name, note=said.note, seen=said.seen)
        return claim_out(row)


@router.post("/claims/{name}/strike")
def strike_claim(request: Request, who: Reviewer, name: str, said: StrikeIn) -> ClaimOut:
    """Takes a claim out of every comparison; it stays on file."""
    with database(request).write() as session:
        return claim_out(edits.strike(session, name, by=who.name, note=said.note, seen=said.seen))


@router.post("/claims/{name}/undo", response_model=ClaimOut | None)
def undo_edit(request: Request, who: Reviewer, name: str, said: UndoIn) -> ClaimOut | None:
    """Takes the last edit of a claim back; null where that removes a claim that somebody had added."""
    with database(request).write() as session:
        row = edits.undo(session, name, by=who.name, seen=said.seen)
        return claim_out(row) if row is not None else None


@router.post("/jobs", status_code=202)
def hand_in_job(request: Request, who: Reviewer, said: JobIn) -> JobOut:
    """Hands many articles in; they are read in the background, even across a restart."""
    most = settings(request).most_articles
    if len(said.articles) > most:
        raise RefusedError(f"a job has at most {most} articles")
    articles = {article.id: reading.checked(article, settings(request)) for article in said.articles}
    if len(articles) < len(said.articles):
        raise RefusedError("two articles have the same id")
    job = jobs.hand_in(database(request), list(articles.values()), by=who.name)
    request.app.state.worker.call()
    return job_out(job)


@router.get("/jobs/{name}")
def get_job(request: Request, who: Reader, name: str) -> JobOut:
    """How far a job is."""
    return job_out(jobs.job(database(request), name))


@router.get("/jobs/{name}/events", response_class=Response)
async def job_events(request: Request, who: Reader, name: str) -> Response:
    """The same as a stream of server-sent events, one whenever something changes, until the job has ended."""
    first = await run_in_threadpool(get_job, request, who, name)
    return StreamingResponse(_events(request, name, first), media_type="text/event-stream")


async def _events(request: Request, name: str, job: JobOut) -> AsyncIterator[bytes]:
    told = b""
    while True:
        now_is = orjson.dumps(job.model_dump(mode="json"))
        if now_is != told:
            yield b"event: job\ndata: " + now_is + b"\n\n"
            told = now_is
        if job.state in ("done", "failed") or await request.is_disconnected():
            return
        await asyncio.sleep(_BEAT)
        job = job_out(await run_in_threadpool(jobs.job, database(request), name))
