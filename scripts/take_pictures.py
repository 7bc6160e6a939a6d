"""Drives a browser through a report and the review pages of a store, and takes the README's pictures.

The folder named first holds `store.db` and `out/report.html`; `scripts/pictures` makes it.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
REPORT, REVIEW = ROOT / "service" / "report", ROOT / "service" / "review"
CHROMIUM = next(path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists())
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-lcd-text", "--force-prefers-reduced-motion"]
SIZE = {"width": 1100, "height": 660}


def main(folder: Path) -> None:
    """Takes all pictures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        _report(_page(browser), folder / "out" / "report.html")
        with _served(folder / "store.db") as address:
            _review(_page(browser), address)
        browser.close()


def _page(browser: Browser) -> Page:
    return browser.new_context(viewport=SIZE, color_scheme="light").new_page()


def _report(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    first = page.locator("article.finding.conflict").first
    first.scroll_into_view_if_needed()
    page.evaluate("document.querySelector('article.finding.conflict').scrollIntoView()")
    page.screenshot(path=REPORT / "example.png")
    first.locator("details.around > summary").click()
    first.locator("svg.web a.node").first.hover()
    first.locator("svg.web").screenshot(path=REPORT / "graph.png")


def _review(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("details.who summary").click()
    page.get_by_label("Your name").fill("Ann")
    page.get_by_role("button", name="Keep").click()
    page.goto(address)
    page.keyboard.press("j")
    page.screenshot(path=REVIEW / "queue.png")
    page.locator("[data-row] h2 a").first.click()
    page.locator("#headline").wait_for()
    page.screenshot(path=REVIEW / "finding.png")
    page.locator(".quote figcaption a").first.click()
    page.locator("#text mark").first.wait_for()
    page.set_viewport_size({"width": 1000, "height": 500})
    page.goto(page.url.partition("#")[0])
    page.screenshot(path=REVIEW / "article.png")


@contextmanager
def _served(store: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "service.cli", "review", "--db", f"sqlite:///{store}", "--port", str(port)]
    running = subprocess.Popen(command, cwd=ROOT)
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/static/review.js", timeout=5).close()
                break
            except OSError:
                sleep(0.1)
        yield address
    finally:
        running.terminate()
        running.wait(timeout=30)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
