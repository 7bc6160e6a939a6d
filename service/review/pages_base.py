"""What every page needs: the frame around it, its form's word, and answers to its forms."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile

from service.review.security import COOKIE, browser_cookie, check_form, csrf, set_cookie, settings
from service.review.templates_env import render
from service.store import queries
from service.store.tokens import Person

ROOMS = (
    ("/", "Findings"),
    ("/articles", "Articles"),
    ("/check", "Check an article"),
    ("/figures", "Figures"),
    ("/sources", "Sources"),
    ("/claims", "Claims"),
    ("/audit", "Trail"),
)
_MOST_FIELDS = 500
_LARGEST_PART = 2_000_000


def page(
    request: Request, session: Session, who: Person, template: str, *, status: int = 200, **values: Any
) -> HTMLResponse:
    """A page in its frame."""
    cookie, is_new = browser_cookie(request)
    html = render(
        template,
        rooms=ROOMS,
        here=f"/{request.url.path.strip('/').partition('/')[0]}",
        who=who,
        asks_for_tokens=settings(request).asks_for_tokens,
        counts=queries.counts(session),
        csrf=csrf(cookie),
        may_review=who.may("review"),
        **values,
    )
    response = HTMLResponse(html, status_code=status)
    if is_new:
        set_cookie(response, request, COOKIE, cookie)
    return response


async def form_of(request: Request) -> FormData:
    """A form of ours; raises for any other."""
    form = await request.form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=_LARGEST_PART)
    check_form(request, text(form, "csrf"))
    return form


def text(form: FormData, name: str) -> str:
    """What a field says; "" where it is missing or a file."""
    value = form.get(name, "")
    return "" if isinstance(value, UploadFile) else value


def texts(form: FormData) -> dict[str, str]:
    """All fields that hold words."""
    return {name: value for name, value in form.items() if not isinstance(value, UploadFile)}


def several(form: FormData, name: str) -> list[str]:
    """All values of a field that may be ticked more than once."""
    return [value for value in form.getlist(name) if not isinstance(value, UploadFile)]


def number(words: str) -> int | None:
    """A version that a form carries."""
    return int(words) if words.isdigit() and len(words) < 10 else None


def back_to(path: str) -> RedirectResponse:
    """On to a page after a form has done its work. Only ever a path of our own."""
    safe = path if path.startswith("/") and not path.startswith("//") and "\\" not in path else "/"
    return RedirectResponse(safe, status_code=303)
