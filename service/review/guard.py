"""What every request has to pass before anything of ours runs, and what every answer carries.

To whom it is addressed (a page elsewhere must not talk to this machine under another name), where it comes from, how
many there are, how large it is, how long it takes. The whole body is taken in here, so that nothing behind it waits.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.review.problems import problem_response
from service.review.settings import LOOPBACK, Settings

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = frozenset({"same-origin", "none"})
_ENDLESS = "/events"
"""How the paths of event streams end; they stay open."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}


class Buckets:
    """Who may ask how often: so many a second, and four seconds' worth at once."""

    _MOST = 10_000

    def __init__(self, rate: float, burst: float | None = None) -> None:
        self._rate, self._burst = rate, burst or 4 * rate
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, moment: float | None = None) -> bool:
        """Takes one; false where the client has used up what it may."""
        at = time.monotonic() if moment is None else moment
        left, last = self._held.pop(client, (self._burst, at))
        left = min(self._burst, left + (at - last) * self._rate)
        allowed = left >= 1
        self._held[client] = (left - 1 if allowed else left, at)
        if len(self._held) > self._MOST:
            self._held.popitem(last=False)
        return allowed


class Guard:
    """ASGI middleware around everything."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self._buckets = Buckets(settings.rate)
        self._names = frozenset(name.lower() for name in (*LOOPBACK, settings.host, *settings.names))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer = _Answer(send)
        fault = self._fault(scope, headers)
        if fault is not None:
            await problem_response(scope, *fault)(scope, receive, answer)
            return
        try:
            body = await asyncio.wait_for(self._body(receive, headers), self.settings.body_seconds)
        except TimeoutError:
            await problem_response(scope, 408, "the request took too long to arrive")(scope, receive, answer)
            return
        if body is None:
            words = f"the request is larger than {self.settings.most_bytes} bytes"
            await problem_response(scope, 413, words)(scope, receive, answer)
            return
        await self._answer(scope, _Replay(body, receive), answer)

    async def _answer(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        patience = None if scope["path"].endswith(_ENDLESS) else self.settings.seconds
        try:
            await asyncio.wait_for(self.app(scope, receive, answer), patience)
        except TimeoutError:
            if not answer.started:
                await problem_response(scope, 503, "the answer took too long")(scope, receive, answer)

    def _fault(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """Why a request is turned away; None for one that may pass."""
        client = scope["client"][0] if scope.get("client") else ""
        if not self._buckets.take(client):
            return 429, "too many requests; wait a moment"
        if not self._is_for_us(headers.get("host", "")):
            return 421, "this service is not known under that name (see --allow)"
        if scope["method"] not in _SAFE and not _is_from_us(headers):
            return 403, "the request comes from another site"
        return None

    def _is_for_us(self, host: str) -> bool:
        if self.settings.asks_for_tokens and not self.settings.names:
            return True
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        return name.lower() in self._names

    async def _body(self, receive: Receive, headers: Headers) -> bytes | None:
        """The whole body; None where it is too large."""
        announced = headers.get("content-length", "")
        if announced.isdigit() and int(announced) > self.settings.most_bytes:
            return None
        parts: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return b"".join(parts)
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self.settings.most_bytes:
                return None
            if not message.get("more_body", False):
                return b"".join(parts)


def _is_from_us(headers: Headers) -> bool:
    """Browsers say where a request comes from; programs that say nothing carry a token or sit on this machine."""
    if headers.get("sec-fetch-site", "none") not in _OWN:
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


class _Replay:
    """Hands the body on, then whatever comes after it (that the client has gone)."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        """The next message."""
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


class _Answer:
    """Puts the protective headers on an answer."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started = False

    async def __call__(self, message: Message) -> None:
        """Sends a message on."""
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)
