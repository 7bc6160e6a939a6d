"""The other pages: claims, figures, sources, the trail; signing in; what pages are made of."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from reconcile import Consensus, consensus
from service.report.claims import ClaimView
from service.report.contests import pictures_of
from service.report.templating import REPORT, SHARED_STYLES, joined
from service.review import looks
from service.review.filters import Offset, Word
from service.review.pages_base import back_to, form_of, page, text
from service.review.security import (
    COOKIE,
    NAME,
    Reader,
    check_form,
    database,
    known_person,
    set_cookie,
    settings,
)
from service.review.templates_env import render
from service.store import queries
from service.store.errors import NotFoundError
from service.store.models import ClaimRow
from service.store.queries import WantedClaims
from service.store.tokens import sign_in, sign_out

router = APIRouter()
_A_PAGE = 60
_MOST = 400
_STATIC = {
    "review.css": "text/css; charset=utf-8",
    "review.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


@router.get("/claims", response_class=HTMLResponse)
def claims(request: Request, who: Reader, q: Word = "", source: Word = "", offset: Offset = 0) -> Response:
    """Full-text search over claims."""
    with database(request).read() as session:
        found = queries.claims(session, WantedClaims(q=q, source=source), offset=offset, limit=_A_PAGE)
        rows = looks.claim_looks(session, found.rows)
        return page(request, session, who, "claims.html.jinja", found=found, rows=rows, q=q, source=source)


@router.get("/figures", response_class=HTMLResponse)
def figures(request: Request, who: Reader, q: Word = "", offset: Offset = 0) -> Response:
    """Figures that several claims give."""
    with database(request).read() as session:
        found = queries.figures(session, q=q, offset=offset, limit=_A_PAGE)
        return page(request, session, who, "figures.html.jinja", found=found, q=q)


@router.get("/figures/{name}", response_class=HTMLResponse)
def one_figure(request: Request, who: Reader, name: str) -> Response:
    """Everybody who gave a figure, over time."""
    with database(request).read() as session:
        rows = list(queries.claims(session, WantedClaims(figure=name), limit=_MOST).rows)
        if not rows:
            raise NotFoundError(f"no figure {name!r}")
        shown = looks.claim_looks(session, _by_date(rows))
        held = [look.view for look in shown if look.state != "struck"]
        pictures, off_axis = pictures_of(held)
        found = queries.findings_of_claims(session, [row.id for row in rows])
        return page(
            request,
            session,
            who,
            "figure.html.jinja",
            subject=rows[0].subject,
            name=name,
            rows=shown,
            pictures=pictures,
            off_axis=off_axis,
            best=_best(name, held),
            clashes=looks.queue_rows(session, found[:60]),
        )


def _by_date(rows: list[ClaimRow]) -> list[ClaimRow]:
    return sorted(rows, key=lambda row: (row.published is None, str(row.published), row.id))


def _best(name: str, views: list[ClaimView]) -> Consensus | None:
    return next((one for one in consensus(view.claim for view in views) if one.figure == name), None)


@router.get("/sources", response_class=HTMLResponse)
def sources(request: Request, who: Reader, q: Word = "") -> Response:
    """Sources and their record."""
    with database(request).read() as session:
        return page(request, session, who, "sources.html.jinja", rows=queries.sources(session, q=q)[:_MOST], q=q)


@router.get("/audit", response_class=HTMLResponse)
def audit(request: Request, who: Reader, subject: Word = "", offset: Offset = 0) -> Response:
    """The trail of everything that anybody did."""
    with database(request).read() as session:
        found = queries.events(session, subject=subject, offset=offset, limit=_A_PAGE)
        return page(request, session, who, "audit.html.jinja", found=found, subject=subject)


@router.post("/name")
async def name(request: Request, who: Reader) -> RedirectResponse:
    """The name under which somebody on this machine decides."""
    form = await form_of(request)
    response = back_to(text(form, "back") or "/")
    set_cookie(response, request, NAME, text(form, "name").strip()[:80])
    return response


@router.get("/sign-in", response_class=HTMLResponse)
def ask_for_token(request: Request) -> Response:
    """The form that a token is shown in."""
    if not settings(request).asks_for_tokens:
        return back_to("/")
    return HTMLResponse(render("sign_in.html.jinja", fault=""))


@router.post("/sign-in")
async def show_token(request: Request) -> Response:
    """A token shown; the browser gets a cookie of its own."""
    form = await request.form(max_files=0, max_fields=5)
    return await run_in_threadpool(_show_token, request, text(form, "token").strip())


def _show_token(request: Request, secret: str) -> Response:
    try:
        who = known_person(request, secret)
    except HTTPException as error:
        page_ = render("sign_in.html.jinja", fault=str(error.detail))
        return HTMLResponse(page_, status_code=error.status_code)
    response = back_to("/")
    with database(request).write() as session:
        set_cookie(response, request, COOKIE, sign_in(session, who.token or 0))
    return response


@router.post("/sign-out")
async def end(request: Request) -> Response:
    """This browser's session ended."""
    form = await request.form(max_files=0, max_fields=5)
    check_form(request, text(form, "csrf"))
    return await run_in_threadpool(_end, request)


def _end(request: Request) -> Response:
    with database(request).write() as session:
        sign_out(session, request.cookies.get(COOKIE, ""))
    response = back_to("/sign-in")
    response.delete_cookie(COOKIE)
    return response


@router.get("/static/{file}")
def static(file: str) -> Response:
    """The style sheet and the script; nothing else, whatever the name."""
    if file not in _STATIC:
        raise NotFoundError(f"no file {file!r}")
    return Response(_content(file), media_type=_STATIC[file], headers={"Cache-Control": "max-age=300"})


@lru_cache(maxsize=4)
def _content(file: str) -> bytes:
    own = (files("service.review") / "static" / file).read_bytes()
    return joined(REPORT, SHARED_STYLES).encode("utf-8") + own if file.endswith(".css") else own
