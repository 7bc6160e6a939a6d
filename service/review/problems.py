"""One shape for every error: `{"error": {"status", "code", "message", "details"}}` for programs, a page for people."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import Scope

from extractor.errors import ClaimgraphError
from service.review.templates_env import render
from service.store import ConflictError, NotFoundError, RefusedError, StoreError

API = "/api/"
_CODES = {
    400: "bad_request", 401: "who_are_you", 403: "not_allowed", 404: "not_found", 405: "wrong_method",
    406: "not_acceptable", 408: "too_slow", 409: "conflict", 413: "too_large", 415: "wrong_type", 421: "wrong_host",
    422: "invalid", 429: "too_many", 500: "our_fault", 503: "unavailable",
}  # fmt: skip
_STATUS: dict[type[ClaimgraphError], int] = {
    NotFoundError: 404,
    ConflictError: 409,
    RefusedError: 422,
    StoreError: 503,
}


class Fault(BaseModel):
    """One thing that is wrong with a request, and where."""

    field: str
    message: str


class Problem(BaseModel):
    """What went wrong."""

    status: int
    code: str
    message: str
    details: list[Fault] = []


class ProblemOut(BaseModel):
    """Every error of the API looks like this."""

    error: Problem


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut, "description": said}
    for status, said in (
        (400, "The request cannot be read"),
        (401, "A token is needed"),
        (403, "The token's role does not suffice, or the request comes from another site"),
        (404, "Nothing on file has this id"),
        (408, "The request took too long to arrive"),
        (409, "Somebody else changed it in the meantime"),
        (413, "The request is too large"),
        (421, "Addressed to another host name"),
        (422, "Something in the request is wrong"),
        (429, "Too many requests"),
        (503, "The store cannot be used, or the answer took too long"),
    )
}


class SignInNeededError(Exception):
    """A page that only a signed-in person may see."""


def install(app: FastAPI) -> None:
    """Answers every error in the one shape."""
    app.add_exception_handler(ClaimgraphError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(SignInNeededError, _sign_in)
    app.add_exception_handler(Exception, _unforeseen)


def problem_response(
    scope: Scope, status: int, message: str, details: list[Fault] | None = None, headers: dict[str, str] | None = None
) -> Response:
    """The answer: JSON under /api/, else a page."""
    problem = Problem(status=status, code=_CODES.get(status, "error"), message=message, details=details or [])
    if scope["path"].startswith(API):
        return JSONResponse(ProblemOut(error=problem).model_dump(), status_code=status, headers=headers)
    page = render("problem.html.jinja", problem=problem)
    return HTMLResponse(page, status_code=status, headers=headers)


async def _ours(request: Request, error: Exception) -> Response:
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 422)
    return problem_response(request.scope, status, str(error))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers) if error.headers else None
    return problem_response(request.scope, error.status_code, str(error.detail), headers=headers)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [
        Fault(field=".".join(str(part) for part in fault["loc"]), message=str(fault["msg"])) for fault in error.errors()
    ]
    return problem_response(request.scope, 422, "something in the request is wrong", faults[:20])


async def _sign_in(request: Request, error: Exception) -> Response:
    return RedirectResponse("/sign-in", status_code=303)


async def _unforeseen(request: Request, error: Exception) -> Response:
    return problem_response(request.scope, 500, "something went wrong on our side; it is in the server's log")
