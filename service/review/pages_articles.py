"""Articles: the list, one with its claims marked, and one that is pasted or uploaded to see what it contradicts."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from extractor.model import Article
from service.reading.encoding import decode
from service.reading.pages import read_page
from service.report.contests import contests
from service.report.evidence import paragraphs, segments
from service.review import looks, reading
from service.review.filters import Offset, Word
from service.review.forms import EMPTY, changes, fields_of, new_claim, suggestions
from service.review.pages_base import back_to, form_of, number, page, text, texts
from service.review.security import Reader, Reviewer, database, settings
from service.store import edits, queries
from service.store.audit import record
from service.store.errors import ConflictError, RefusedError
from service.store.tokens import Person

router = APIRouter()
_A_PAGE = 60
_MOST_CLAIMS = 2000


@router.get("/articles", response_class=HTMLResponse)
def list_articles(request: Request, who: Reader, q: Word = "", offset: Offset = 0) -> Response:
    """Articles on file."""
    with database(request).read() as session:
        found = queries.articles(session, q=q, offset=offset, limit=_A_PAGE)
        return page(request, session, who, "articles.html.jinja", found=found, q=q)


@router.get("/articles/{name:path}", response_class=HTMLResponse)
def one_article(request: Request, who: Reader, name: str, edit: Word = "") -> Response:
    """An article with its claims; the form of the one that is to be corrected stands open."""
    return _article_page(request, who, name, editing=edit)


def _article_page(
    request: Request, who: Person, name: str, *, editing: str = "", fault: str = "", status: int = 200
) -> Response:
    with database(request).read() as session:
        row = queries.article(session, name)
        return page(
            request,
            session,
            who,
            "article.html.jinja",
            status=status,
            look=looks.article_look(session, row, most=_MOST_CLAIMS),
            versions=queries.versions(session, name),
            empty=fields_of({**EMPTY, "value": 0})[1:],
            offered=suggestions(),
            editing=editing,
            fault=fault,
        )


@router.post("/claims/{name}/correct")
async def correct(request: Request, who: Reviewer, name: str) -> Response:
    """Slots of a claim put right on its article's page."""
    return await run_in_threadpool(_edit, request, who, name, "correct", await form_of(request))


@router.post("/claims/{name}/strike")
async def strike(request: Request, who: Reviewer, name: str) -> Response:
    """A claim taken out."""
    return await run_in_threadpool(_edit, request, who, name, "strike", await form_of(request))


@router.post("/claims/{name}/undo")
async def undo(request: Request, who: Reviewer, name: str) -> Response:
    """The last edit of a claim taken back."""
    return await run_in_threadpool(_edit, request, who, name, "undo", await form_of(request))


def _edit(request: Request, who: Person, name: str, deed: str, form: FormData) -> Response:
    with database(request).read() as session:
        article = queries.claim(session, name).article
    seen = number(text(form, "claim_seen"))
    try:
        with database(request).write() as session:
            if deed == "correct":
                made = changes(texts(form), queries.claim(session, name).content)
                edits.correct(session, name, made, by=who.name, note=text(form, "note"), seen=seen)
            elif deed == "strike":
                edits.strike(session, name, by=who.name, note=text(form, "note"), seen=seen)
            else:
                edits.undo(session, name, by=who.name, seen=seen)
    except (ConflictError, RefusedError) as error:
        return _article_page(request, who, article, editing=name, fault=str(error), status=409)
    return back_to(f"{_address(article)}#claim-{quote(name, safe='')}")


@router.post("/add-claim")
async def add_claim(request: Request, who: Reviewer) -> Response:
    """A claim that was not found."""
    form = await form_of(request)
    return await run_in_threadpool(_add, request, who, form)


def _add(request: Request, who: Person, form: FormData) -> Response:
    article = text(form, "article")
    try:
        with database(request).write() as session:
            held = str(queries.article(session, article).content["text"])
            fields = new_claim(texts(form))
            fields["start"] = nearest(held, fields["quote"], fields.get("start", 0))
            row = edits.add(session, article, fields, by=who.name, note=text(form, "note"))
            name = row.id
    except RefusedError as error:
        return _article_page(request, who, article, fault=str(error), status=422)
    return back_to(f"{_address(article)}#claim-{quote(name, safe='')}")


def nearest(held: str, words: str, start: int) -> int:
    """Where the words stand nearest to a place; -1 where they do not stand at all."""
    after = held.find(words, max(0, start))
    before = held.rfind(words, 0, max(0, start) + len(words)) if words else -1
    places = [place for place in (before, after) if place >= 0]
    return min(places, key=lambda place: (abs(place - start), place), default=-1)


@router.post("/check-off")
async def check_off(request: Request, who: Reviewer) -> Response:
    """Somebody has read an article through: every claim is right, and none is missing."""
    form = await form_of(request)
    return await run_in_threadpool(_check_off, request, who, text(form, "article"), text(form, "checked") == "1")


def _check_off(request: Request, who: Person, name: str, checked: bool) -> Response:
    with database(request).write() as session:
        row = queries.article(session, name)
        row.checked_by = who.name if checked else ""
        said = "every claim is right and none is missing" if checked else "is to be looked at again"
        record(session, "checked" if checked else "unchecked", "article", name, said, by=who.name)
    return back_to(_address(name))


@router.get("/check", response_class=HTMLResponse)
def check(request: Request, who: Reader) -> Response:
    """The form that an article is pasted into."""
    with database(request).read() as session:
        return page(request, session, who, "check.html.jinja", given={}, seen=None, fault="")


@router.post("/check")
async def checked(request: Request, who: Reader) -> Response:
    """What a pasted or uploaded article claims and contradicts; with `keep`, it is put on file."""
    form = await form_of(request)
    uploaded = form.get("file")
    content = await uploaded.read() if isinstance(uploaded, UploadFile) else b""
    name = uploaded.filename or "" if isinstance(uploaded, UploadFile) else ""
    return await run_in_threadpool(_checked, request, who, form, content, name)


def _checked(request: Request, who: Person, form: FormData, content: bytes, file: str) -> Response:
    given = {name: text(form, name) for name in ("text", "title", "publisher", "published", "id")}
    try:
        article = _given(given, content, file)
        given |= {"text": article.text, "title": article.title or "", "id": article.id}
        reading.checked(article, settings(request))
        if text(form, "keep") and who.may("review"):
            reading.put_one(database(request), article, by=who.name)
            return back_to(_address(article.id))
        seen = reading.preview(database(request), article)
    except RefusedError as error:
        with database(request).read() as session:
            return page(request, session, who, "check.html.jinja", status=422, given=given, seen=None, fault=str(error))
    return _preview_page(request, who, seen, given)


def _preview_page(request: Request, who: Person, seen: reading.Preview, given: dict[str, str]) -> Response:
    articles = {article.id: article for article in (seen.article, *seen.texts)}
    views, findings = looks.preview_rows([*seen.claims, *seen.others], seen.findings, articles)
    conflicts = [(view, one) for view, one in zip(findings, seen.findings, strict=True) if one.is_flag]
    with database(request).read() as session:
        return page(
            request,
            session,
            who,
            "check.html.jinja",
            given=given,
            fault="",
            seen=seen,
            views=[view for view in views if view.claim.article == seen.article.id],
            conflicts=[view for view, _ in conflicts],
            quiet=len(seen.findings) - len(conflicts),
            contests=contests([view for view, _ in conflicts if view.views], articles)[:30],
            paragraphs=paragraphs(segments(seen.article.text, seen.claims)),
            marks={claim for view, _ in conflicts for claim in (one.claim.id for one in view.views)},
        )


def _given(given: dict[str, str], content: bytes, file: str) -> Article:
    """The article of a form: a file where one was chosen, else what was pasted."""
    if not content:
        return reading.pasted(given["text"], **_about(given), name=given["id"])
    markup = file.lower().endswith((".html", ".htm"))
    decoded = decode(content, markup=markup)
    if decoded.text is None:
        raise RefusedError(f"the file cannot be read: {decoded.problem}")
    about = _about(given)
    if not markup:
        return reading.pasted(decoded.text, **about, name=given["id"])
    found = read_page(decoded.text)
    about["title"] = about["title"] or found.title or ""
    about["publisher"] = about["publisher"] or found.publisher or ""
    about["published"] = about["published"] or (found.published.isoformat() if found.published else "")
    return reading.pasted(found.text, **about, name=given["id"])


def _about(given: dict[str, str]) -> dict[str, str]:
    return {name: given[name] for name in ("title", "publisher", "published")}


def _address(article: str) -> str:
    return f"/articles/{quote(article, safe='')}"
