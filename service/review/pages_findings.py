"""The queue of findings and the page of one; decisions, corrections, undo."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from reconcile.model import RELATIONS
from service.review import looks
from service.review.filters import ByWords, Offset, Word
from service.review.forms import changes, suggestions
from service.review.pages_base import back_to, form_of, number, page, several, text, texts
from service.review.security import Reader, Reviewer, database
from service.store import queries
from service.store.decisions import LABELS, RULINGS, Verdict
from service.store.errors import ConflictError, RefusedError
from service.store.models import FindingRow
from service.store.queries import Wanted
from service.store.rulings import Correction, rule, rule_many, take_back

router = APIRouter()
FACETS = ("relation", "indicator", "product", "area", "source")
STATES = (
    ("open", "waiting for a decision"),
    ("decided", "decided"),
    *((ruling, LABELS[ruling]) for ruling in RULINGS),
    ("outdated", "decided, outdated"),
    ("all", "all"),
)
_A_PAGE = 40


def filters(about: ByWords, relation: Word = "", state: Word = "open") -> Wanted:
    """The filters in the address; what is no option leaves its filter open."""
    return about._replace(
        relation=relation if relation in RELATIONS else "", state=state if state in dict(STATES) else "open"
    )


Filters = Annotated[Wanted, Depends(filters)]


def _query_of(wanted: Wanted) -> str:
    """The filters as they stand in an address."""
    given = {name: getattr(wanted, name) for name in (*FACETS, "article", "q") if getattr(wanted, name)}
    if wanted.state != "open":
        given["state"] = wanted.state
    return urlencode(given)


@router.get("/", response_class=HTMLResponse)
def queue(
    request: Request,
    who: Reader,
    wanted: Filters,
    offset: Offset = 0,
    did: Word = "",
    left: Word = "",
) -> Response:
    """The queue."""
    with database(request).read() as session:
        found = queries.findings(session, wanted, offset=offset, limit=_A_PAGE)
        return page(
            request,
            session,
            who,
            "queue.html.jinja",
            found=found,
            rows=looks.queue_rows(session, found.rows),
            wanted=wanted,
            query=_query_of(wanted),
            states=STATES,
            facets=[(name, looks.plain_choices(queries.facet(session, name), name)) for name in FACETS],
            rulings=[(ruling, LABELS[ruling]) for ruling in RULINGS],
            done=_done(did, session),
            left=left,
        )


@router.get("/findings/{name}", response_class=HTMLResponse)
def one_finding(request: Request, who: Reader, name: str, wanted: Filters, did: Word = "") -> Response:
    """A finding."""
    return _finding_page(request, who, name, wanted, did=did)


def _finding_page(
    request: Request, who: Reader, name: str, wanted: Wanted, *, did: str = "", fault: str = "", status: int = 200
) -> Response:
    with database(request).read() as session:
        row = queries.finding(session, name)
        before, after = queries.neighbours(session, wanted, row)
        return page(
            request,
            session,
            who,
            "finding.html.jinja",
            status=status,
            look=looks.finding_look(session, row),
            before=before,
            after=after,
            query=_query_of(wanted),
            rulings=[(ruling, LABELS[ruling]) for ruling in RULINGS],
            slots=looks.slots(),
            offered=suggestions(),
            done=_done(did, session),
            fault=fault,
        )


@router.post("/findings/{name}/decide")
async def decide(request: Request, who: Reviewer, name: str, wanted: Filters) -> Response:
    """A decision from the finding's page; on to the next finding, or back where somebody was faster."""
    form = await form_of(request)
    return await run_in_threadpool(_decide, request, who, name, wanted, form)


def _decide(request: Request, who: Reviewer, name: str, wanted: Wanted, form: FormData) -> Response:
    ruling = text(form, "decision")
    ticked = ruling == "explained"
    verdict = Verdict(
        ruling,
        who.name,
        text(form, "note"),
        tuple(several(form, "slot")) if ticked else (),
        tuple(several(form, "reason")) if ticked else (),
    )
    with database(request).read() as session:
        _, after = queries.neighbours(session, wanted, queries.finding(session, name))
    try:
        with database(request).write() as session:
            rule(session, name, verdict, seen=number(text(form, "seen")))
    except (ConflictError, RefusedError) as error:
        return _finding_page(request, who, name, wanted, fault=str(error), status=_status(error))
    return _on(after, wanted, did=name)


@router.post("/findings/{name}/correct/{claim}")
async def correct(request: Request, who: Reviewer, name: str, claim: str, wanted: Filters) -> Response:
    """An extraction error put right in place: decision and correction together; the page then shows what holds."""
    form = await form_of(request)
    return await run_in_threadpool(_correct, request, who, name, claim, wanted, form)


def _correct(request: Request, who: Reviewer, name: str, claim: str, wanted: Wanted, form: FormData) -> Response:
    verdict = Verdict("extraction_error", who.name, text(form, "note"))
    try:
        with database(request).write() as session:
            made = changes(texts(form), queries.claim(session, claim).content)
            correction = Correction(claim, made, number(text(form, "claim_seen")))
            rule(session, name, verdict, seen=number(text(form, "seen")), corrections=[correction])
    except (ConflictError, RefusedError) as error:
        return _finding_page(request, who, name, wanted, fault=str(error), status=_status(error))
    return back_to(_address(name, wanted, did=name))


@router.post("/findings/{name}/undo")
async def undo(request: Request, who: Reviewer, name: str, wanted: Filters) -> Response:
    """Takes a decision back; stays on its finding."""
    form = await form_of(request)
    return await run_in_threadpool(_undo, request, who, name, wanted, form)


def _undo(request: Request, who: Reviewer, name: str, wanted: Wanted, form: FormData) -> Response:
    try:
        with database(request).write() as session:
            take_back(session, name, by=who.name, seen=number(text(form, "seen")))
    except (ConflictError, RefusedError) as error:
        return _finding_page(request, who, name, wanted, fault=str(error), status=_status(error))
    return back_to(_address(name, wanted))


@router.post("/decide")
async def decide_many(request: Request, who: Reviewer, wanted: Filters) -> RedirectResponse:
    """One decision on all findings that are ticked in the queue."""
    form = await form_of(request)
    return await run_in_threadpool(_decide_many, request, who, wanted, form)


def _decide_many(request: Request, who: Reviewer, wanted: Wanted, form: FormData) -> RedirectResponse:
    targets = []
    for ticked in several(form, "finding"):
        name, _, version = ticked.partition("@")
        targets.append((name, number(version)))
    if not targets:
        raise RefusedError("tick the findings first")
    with database(request).write() as session:
        verdict = Verdict(text(form, "decision"), who.name, text(form, "note"))
        made, left = rule_many(session, targets, verdict)
    did = made[0].finding if len(made) == 1 else ""
    return back_to(_queue(wanted, did=did, left=left[0][1] if left else ""))


def _on(after: str | None, wanted: Wanted, *, did: str) -> RedirectResponse:
    return back_to(_queue(wanted, did=did) if after is None else _address(after, wanted, did=did))


def _queue(wanted: Wanted, **more: str) -> str:
    given = "&".join(part for part in (_query_of(wanted), urlencode({k: v for k, v in more.items() if v})) if part)
    return f"/?{given}" if given else "/"


def _address(name: str, wanted: Wanted, **more: str) -> str:
    given = _queue(wanted, **more)[1:]
    return f"/findings/{quote(name, safe='')}{given}"


def _done(did: str, session: Session) -> tuple[str, str, str, int] | None:
    """What was just decided: the finding, what it is about, the decision, and its version for undo."""
    if not did:
        return None
    row = session.get(FindingRow, did)
    if row is None or not row.decision:
        return None
    return row.id, looks.queue_rows(session, [row])[0].view.headline, LABELS[row.decision], row.version


def _status(error: Exception) -> int:
    return 409 if isinstance(error, ConflictError) else 422
