"""Who is asking, and whether a form is one of ours.

A token comes in the `Authorization` header (programs) or was shown once at the sign-in (browsers, which then carry a
cookie). On loopback nobody has to show one: whoever sits at the machine may do everything, under the name they give.
A form carries a word derived from the browser's own cookie, which no other site can read.
"""

from __future__ import annotations

import getpass
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import Depends, HTTPException, Request
from fastapi.responses import Response

from service.review.guard import Buckets
from service.review.problems import API, SignInNeededError
from service.review.settings import Settings
from service.store.database import Database
from service.store.tokens import Person, person, signed_in

COOKIE = "claimgraph"
NAME = "claimgraph_name"
"""Cookie with the name under which somebody on this machine decides."""
NAME_HEADER = "x-claimgraph-reviewer"
_WHO = re.compile(r"[^\x00-\x1f\x7f]{1,80}")


def failures() -> Buckets:
    """How many wrong tokens one client may show: ten at once, then ten a minute."""
    return Buckets(rate=1 / 6, burst=10)


def asks(request: Request) -> Person:
    """Who is asking; raises where a token is needed and none, or a wrong one, is shown."""
    bearer = request.headers.get("authorization", "")
    if bearer:
        return _bearer(request, bearer)
    if not settings(request).asks_for_tokens:
        return Person(_local_name(request), "admin")
    cookie = request.cookies.get(COOKIE, "")
    if cookie:
        with database(request).read() as session:
            found = signed_in(session, cookie)
        if found is not None:
            return found
    if request.url.path.startswith(API):
        raise HTTPException(401, "show a token: Authorization: Bearer …", headers={"WWW-Authenticate": "Bearer"})
    raise SignInNeededError


def may(role: str) -> Callable[[Request], Person]:
    """A dependency: whoever asks must have at least this role."""

    def check(request: Request) -> Person:
        who = asks(request)
        if not who.may(role):
            raise HTTPException(403, f"this needs the role {role!r}, and {who.name} has {who.role!r}")
        return who

    return check


Reader = Annotated[Person, Depends(may("read"))]
Reviewer = Annotated[Person, Depends(may("review"))]
Admin = Annotated[Person, Depends(may("admin"))]


def known_person(request: Request, secret: str) -> Person:
    """Whose token it is; raises for a wrong one, and makes guessing slow."""
    client = request.client.host if request.client else ""
    with database(request).read() as session:
        found = person(session, secret)
    if found is not None:
        return found
    if not request.app.state.failures.take(client):
        raise HTTPException(429, "too many wrong tokens; wait a minute")
    raise HTTPException(401, "this token is not known", headers={"WWW-Authenticate": "Bearer"})


def csrf(cookie: str) -> str:
    """The word that a form of this browser carries."""
    return hmac.new(cookie.encode(), b"claimgraph form", hashlib.sha256).hexdigest()


def check_form(request: Request, word: str) -> None:
    """Raises unless the form is one that this browser was given."""
    cookie = request.cookies.get(COOKIE, "")
    if not cookie or not hmac.compare_digest(csrf(cookie), word):
        raise HTTPException(403, "the form is too old, or not one of ours; go back, reload the page and try again")


def browser_cookie(request: Request) -> tuple[str, bool]:
    """The browser's cookie, and whether it is new and has to be set."""
    cookie = request.cookies.get(COOKIE, "")
    return (cookie, False) if len(cookie) >= 20 else (secrets.token_urlsafe(32), True)


def set_cookie(response: Response, request: Request, name: str, value: str) -> None:
    """A cookie that no script reads and no other site sends."""
    response.set_cookie(name, quote(value), httponly=True, samesite="strict", secure=settings(request).secure, path="/")


def settings(request: Request) -> Settings:
    """How the service is set up."""
    found: Settings = request.app.state.settings
    return found


def database(request: Request) -> Database:
    """The store."""
    found: Database = request.app.state.database
    return found


def _bearer(request: Request, header: str) -> Person:
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise HTTPException(401, "show a token: Authorization: Bearer …", headers={"WWW-Authenticate": "Bearer"})
    return known_person(request, secret.strip())


def _local_name(request: Request) -> str:
    """The name that somebody on this machine gives, else their account's."""
    for given in (request.headers.get(NAME_HEADER, ""), unquote(request.cookies.get(NAME, ""))):
        if _WHO.fullmatch(given) and given.strip():
            return given.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reviewer"
