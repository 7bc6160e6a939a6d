"""The rest of the API: sources, figures, the audit trail, exports, tokens, and the page that explains it all."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from service.report.lists import conflicts_csv, conflicts_markdown
from service.review.filters import Limit, Offset, Word
from service.review.problems import RESPONSES
from service.review.schemas import (
    ClaimOut,
    CountsOut,
    EventOut,
    FigureOut,
    NewToken,
    PageOut,
    SourceOut,
    TokenIn,
    TokenOut,
    claim_out,
    event_out,
    page_out,
)
from service.review.security import Admin, Reader, database
from service.review.templates_env import render
from service.store import queries, tokens
from service.store.exports import gold_files, on_file
from service.store.queries import SourceRow, WantedClaims
from service.writing.outputs import claims_csv, json_lines

router = APIRouter(tags=["the rest"], responses=RESPONSES)
_FIXED = (1980, 1, 1, 0, 0, 0)
_LINES: dict[int | str, dict[str, Any]] = {200: {"content": {"application/jsonl": {}}}}


@router.get("/counts")
def get_counts(request: Request, who: Reader) -> CountsOut:
    """How much is on file."""
    with database(request).read() as session:
        return CountsOut.model_validate(queries.counts(session)._asdict())


@router.get("/search")
def search(request: Request, who: Reader, q: Word, offset: Offset = 0, limit: Limit = 50) -> PageOut[ClaimOut]:
    """Full-text search over claims."""
    with database(request).read() as session:
        page = queries.claims(session, WantedClaims(q=q), offset=offset, limit=limit)
        return page_out(page, [claim_out(row) for row in page.rows])


@router.get("/sources")
def list_sources(request: Request, who: Reader, q: Word = "") -> list[SourceOut]:
    """Every named source with its record."""
    with database(request).read() as session:
        return [_source(row) for row in queries.sources(session, q=q)]


def _source(row: SourceRow) -> SourceOut:
    record = row.record
    return SourceOut(
        id=row.id,
        name=row.name,
        claims=row.claims,
        articles=row.articles,
        conflicts=row.conflicts,
        compared=record.compared if record else None,
        agreed=record.agreed if record else None,
        score=record.score if record else None,
    )


@router.get("/figures")
def list_figures(
    request: Request, who: Reader, q: Word = "", offset: Offset = 0, limit: Limit = 50
) -> PageOut[FigureOut]:
    """Figures that at least two claims give."""
    with database(request).read() as session:
        page = queries.figures(session, q=q, offset=offset, limit=limit)
        return page_out(page, [FigureOut.model_validate(row._asdict()) for row in page.rows])


@router.get("/figures/{name}")
def get_figure(request: Request, who: Reader, name: str) -> list[ClaimOut]:
    """Everybody who gave a figure, by date."""
    with database(request).read() as session:
        page = queries.claims(session, WantedClaims(figure=name), limit=10_000)
        return [claim_out(row) for row in reversed(page.rows)]


@router.get("/audit")
def audit(
    request: Request, who: Reader, subject: Word = "", offset: Offset = 0, limit: Limit = 50
) -> PageOut[EventOut]:
    """The audit trail, the newest line first."""
    with database(request).read() as session:
        page = queries.events(session, subject=subject, offset=offset, limit=limit)
        return page_out(page, [event_out(row) for row in page.rows])


@router.get("/exports/claims.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def export_csv(request: Request, who: Reader) -> Response:
    """All claims as a table; cells that a spreadsheet would run as a formula are guarded."""
    with database(request).read() as session:
        held = on_file(session)
    texts = {article.id: article.text for article in held.articles}
    return _file("claims.csv", "text/csv; charset=utf-8", claims_csv(held.claims, texts))


@router.get("/exports/claims.jsonl", response_class=Response, responses=_LINES)
def export_claims(request: Request, who: Reader) -> Response:
    """All claims, one JSON object a line."""
    with database(request).read() as session:
        return _file("claims.jsonl", "application/jsonl", json_lines(on_file(session).claims))


@router.get("/exports/findings.jsonl", response_class=Response, responses=_LINES)
def export_findings(request: Request, who: Reader) -> Response:
    """All findings with the decisions on them, one JSON object a line."""
    with database(request).read() as session:
        return _file("findings.jsonl", "application/jsonl", json_lines(on_file(session).findings))


@router.get("/exports/conflicts.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def export_conflicts_csv(request: Request, who: Reader) -> Response:
    """The conflicts with the decisions on them, as a table whose cells run no formula."""
    with database(request).read() as session:
        held = on_file(session)
    return _file("conflicts.csv", "text/csv; charset=utf-8", conflicts_csv(*held))


@router.get("/exports/conflicts.md", response_class=Response, responses={200: {"content": {"text/markdown": {}}}})
def export_conflicts_markdown(request: Request, who: Reader) -> Response:
    """The conflicts with the decisions on them, to read and paste."""
    with database(request).read() as session:
        held = on_file(session)
    return _file("conflicts.md", "text/markdown; charset=utf-8", conflicts_markdown(*held).encode("utf-8"))


@router.get("/exports/gold.zip", response_class=Response, responses={200: {"content": {"application/zip": {}}}})
def export_gold(request: Request, who: Reader) -> Response:
    """What people corrected and checked, as gold files with their articles."""
    with database(request).read() as session:
        files = list(gold_files(session))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, _, gold in files:
            content = orjson.dumps(gold, option=orjson.OPT_INDENT_2)
            archive.writestr(zipfile.ZipInfo(f"gold/{name}.json", _FIXED), content)
        articles = json_lines(article for _, article, _ in files)
        archive.writestr(zipfile.ZipInfo("gold/articles.jsonl", _FIXED), articles)
    return _file("gold.zip", "application/zip", packed.getvalue())


@router.get("/tokens")
def list_tokens(request: Request, who: Admin) -> list[TokenOut]:
    """All tokens, without what opens the door."""
    with database(request).read() as session:
        return [TokenOut.model_validate(row, from_attributes=True) for row in tokens.on_file(session)]


@router.post("/tokens", status_code=201)
def make_token(request: Request, who: Admin, said: TokenIn) -> NewToken:
    """A new token, shown this once."""
    with database(request).write() as session:
        return NewToken(token=tokens.create(session, said.name, said.role, by=who.name))


@router.delete("/tokens/{number}", status_code=204)
def end_token(request: Request, who: Admin, number: int) -> None:
    """Ends a token and every browser that it signed in."""
    with database(request).write() as session:
        tokens.revoke(session, number, by=who.name)


@router.get("/docs", response_class=HTMLResponse, include_in_schema=False)
def docs(request: Request) -> HTMLResponse:
    """The API explained: made here from its own description; nothing is loaded from elsewhere."""
    return HTMLResponse(render("docs.html.jinja", spec=request.app.openapi()))


def _file(name: str, media_type: str, content: bytes) -> Response:
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
