"""The browser of the browser tests: a Chromium of the machine, driven by playwright. Whoever imports this is skipped
where playwright is not installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: it drives the browser")

_CHROMIUM = next(
    (path for path in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser")) if path.exists()), None
)
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
IN_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(_CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium"),
]
"""The marks of a module of browser tests."""


class Opened(NamedTuple):
    page: Page
    requests: list[str]
    complaints: list[str]


@contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium of its own, closed at the end."""
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(_CHROMIUM), args=_FLAGS)
        yield chromium
        chromium.close()


def open_page(browser: Browser, folder: Path, html: str, **options: Any) -> Opened:
    """The page, with every request that it makes and every complaint of the console."""
    path = folder / "report.html"
    path.write_text(html, encoding="utf-8")
    page = browser.new_context(**options).new_page()
    opened = Opened(page, [], [])
    page.on("request", lambda request: opened.requests.append(request.url))
    page.on("console", lambda message: opened.complaints.append(message.text))
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.on("dialog", lambda dialog: opened.complaints.append(f"dialog {dialog.message}"))
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.goto(path.as_uri())
    return opened
