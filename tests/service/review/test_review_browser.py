"""A reviewer's day in a real browser: queue, filters, decisions by keyboard, undo, correction, upload, export."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from chromium import IN_BROWSER, sync_api
from review_server import served
from store_samples import GUILD, clash, put_all, reading, text_of

from service.store import Database

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = IN_BROWSER
HOSTILE = (
    "<script>document.title='owned'</script> <img src=x onerror=\"document.title='owned'\"> {{ 7 * 7 }} "
    "{% raw %} javascript:alert(1) \u202egnirts\u202c"
)


class Desk(NamedTuple):
    page: Page
    complaints: list[str]
    requests: list[str]
    address: str

    def visit(self, path: str = "/") -> Page:
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    url = f"sqlite:///{tmp_path_factory.mktemp('review') / 'store.db'}"
    store = Database(url)
    slots = {"product": {"id": "bus", "text": "buses"}}
    trucks = {"product": {"id": "truck", "text": "trucks"}}
    put_all(
        store,
        [
            *clash(),
            reading("buses-a", "30,000", 3e4, low=29_500, high=30_500, **slots),
            reading("buses-b", "41,000", 4.1e4, low=40_500, high=41_500, **slots, **GUILD),
            reading("trucks-a", "60,000", 6e4, low=59_500, high=60_500, **trucks),
            reading("trucks-b", "70,000", 7e4, low=69_500, high=70_500, **trucks, **GUILD),
            reading(
                "hostile",
                "4.0 million",
                4e6,
                text=text_of("4.0 million", source=HOSTILE, lead=HOSTILE),
                article={"title": HOSTILE, "publisher": HOSTILE, "url": "javascript:alert(1)"},
                source={"id": HOSTILE, "text": HOSTILE, "cue": HOSTILE},
            ),
        ],
    )
    store.close()
    with served(url) as address:
        yield address


@pytest.fixture
def desk(browser: Browser, service: str) -> Iterator[Desk]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(60_000)
    made = Desk(page, [], [], service)
    page.on("console", lambda message: made.complaints.append(message.text))
    page.on("pageerror", lambda error: made.complaints.append(str(error)))
    page.on("dialog", lambda dialog: made.complaints.append(f"dialog {dialog.message}"))
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("request", lambda request: made.requests.append(request.url))
    yield made
    context.close()
    assert made.complaints == []
    assert [url for url in made.requests if not url.startswith(service)] == []


def rows(page: Page) -> int:
    return page.locator("[data-row]").count()


def test_filter_decide_by_keyboard_and_undo(desk: Desk) -> None:
    page = desk.visit()
    everything = rows(page)
    page.keyboard.press("/")
    page.keyboard.type("buses")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=buses**")
    assert rows(page) == 1 < everything
    page.keyboard.press("j")
    page.keyboard.press("1")
    page.get_by_role("status").get_by_text("Ruled confirmed conflict").wait_for()
    assert rows(page) == 0
    page.keyboard.press("u")
    page.wait_for_url("**/findings/**")
    sync_api.expect(page.locator(".decide h2")).to_have_text("Your decision")
    page.goto(desk.address + "/?q=buses")
    assert rows(page) == 1


def test_a_finding_is_explained_by_keyboard_and_the_next_one_opens(desk: Desk) -> None:
    page = desk.visit()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/findings/**")
    first = page.url
    before = page.locator(".history li").count()
    page.get_by_label("period", exact=True).check()
    page.keyboard.press("n")
    page.keyboard.type("another month; said so on the phone")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    page.get_by_role("status").get_by_text("Ruled explained").wait_for()
    assert page.url != first
    page.goto(first)
    sync_api.expect(page.locator(".decide h2")).to_have_text(re.compile("^\\s*Ruled: explained"))
    history = page.locator(".history li").first.inner_text()
    assert "Period" in history
    assert "said so on the phone" in history
    page.keyboard.press("u")
    page.locator(".decide h2", has_text="Your decision").wait_for()
    assert page.locator(".history li").count() == before + 2


def test_several_findings_are_decided_together(desk: Desk) -> None:
    page = desk.visit("/?q=trucks")
    page.locator("#tick-all").check()
    page.keyboard.press("5")
    page.get_by_role("status").get_by_text("Ruled duplicate").wait_for()
    page.goto(desk.address + "/?q=trucks&state=duplicate")
    assert rows(page) == 1
    page.locator(".queue h2 a").click()
    page.wait_for_url("**/findings/**")
    page.keyboard.press("u")
    page.locator(".decide h2", has_text="Your decision").wait_for()


def test_a_slot_is_corrected_and_the_finding_changes(desk: Desk) -> None:
    page = desk.visit("/?q=5.22")
    page.locator(".queue h2 a", has_text="5.22 million").first.click()
    page.wait_for_url("**/findings/**")
    page.keyboard.press("e")
    form = page.locator("details.edit[open]")
    form.get_by_label("Period from", exact=True).fill("2022-01-01")
    form.get_by_label("Period to", exact=True).fill("2022-12-31")
    form.get_by_role("button", name="Correct and compare again").click()
    page.get_by_text("This finding no longer holds.").wait_for()
    sync_api.expect(page.locator(".decide h2")).to_have_text(re.compile("^\\s*Ruled: extraction error"))
    page.keyboard.press("u")
    page.locator(".decide h2", has_text="Your decision").wait_for()
    assert page.get_by_text("This finding no longer holds.").count() == 0


def test_somebody_else_was_faster(desk: Desk, browser: Browser) -> None:
    page = desk.visit("/?q=buses")
    page.locator(".queue h2 a").first.click()
    page.wait_for_url("**/findings/**")
    other = browser.new_context().new_page()
    other.goto(page.url)
    other.keyboard.press("3")
    other.get_by_role("status").get_by_text("Ruled not comparable").wait_for()
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        page.keyboard.press("1")
    assert answer.value.status == 409
    page.get_by_role("alert").get_by_text("somebody was faster").wait_for()
    sync_api.expect(page.locator(".decide h2")).to_have_text(re.compile("^\\s*Ruled: not comparable"))
    page.keyboard.press("u")
    page.locator(".decide h2", has_text="Your decision").wait_for()
    other.context.close()
    desk.complaints[:] = [said for said in desk.complaints if "409" not in said]


def test_an_article_is_uploaded_and_its_conflict_seen_then_kept(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "upload.txt"
    path.write_text("Bus exports\n\nChina exported 55,000 buses in 2023, the Harbour Board said.\n", encoding="utf-8")
    page = desk.visit("/check")
    page.get_by_label("A file").set_input_files(path)
    page.get_by_label("Published").fill("2024-02-02")
    page.get_by_role("button", name="Check it").click()
    page.get_by_text("Nothing has been kept.").wait_for()
    assert "conflict" in page.locator("h1").inner_text().lower()
    assert page.locator(".clash").count() >= 1
    assert "55,000" in page.locator(".clash").first.inner_text()
    page.get_by_role("button", name="Put it on file").click()
    page.wait_for_url("**/articles/**")
    assert page.locator("#text mark.conflict").count() >= 1
    page.goto(desk.address + "/?q=55000")
    assert page.locator("h1").inner_text()


def test_claims_are_struck_added_and_corrected_in_the_text(desk: Desk) -> None:
    page = desk.visit("/articles/makers")
    page.get_by_role("button", name="Strike").click()
    page.locator("#text mark.struck").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.locator("#text mark.struck").wait_for(state="detached")
    page.locator("#text p", has_text="China exported").evaluate(
        """paragraph => {
            const node = [...paragraph.childNodes].find(one => one.nodeType === 3 && one.data.includes("2023"));
            const range = document.createRange(), at = node.data.indexOf("2023");
            range.setStart(node, at); range.setEnd(node, at + 4);
            getSelection().removeAllRanges(); getSelection().addRange(range);
            paragraph.dispatchEvent(new MouseEvent("mouseup", {bubbles: true}));
        }"""
    )
    form = page.locator("#add")
    assert form.get_by_label("Figure as it stands").input_value() == "2023"
    form.get_by_label("Value in full").fill("2023")
    form.get_by_role("button", name="Add the claim").click()
    page.locator(".claims > .added").wait_for()
    assert page.locator("#text mark.edited", has_text="2023").count() == 1
    page.locator(".claims > .added").get_by_role("button", name="Undo").click()
    page.locator(".claims > .added").wait_for(state="detached")


def test_hostile_words_run_nothing(desk: Desk) -> None:
    for path in ("/", "/articles", "/articles/hostile", "/claims", "/sources", "/figures", "/audit"):
        page = desk.visit(path)
        assert page.title() != "owned"
        assert page.locator("main script").count() == 0
        assert page.locator("main img").count() == 0
    page = desk.visit("/articles/hostile")
    shown = page.locator("#text").inner_text()
    assert "<script>document.title='owned'</script>" in shown
    assert "{{ 7 * 7 }}" in shown
    assert "⟦U+202E⟧" in shown
    assert page.locator("a[href^='javascript']").count() == 0
    page.goto(desk.address + "/?q=gnirts")
    page.locator(".queue h2 a").first.click()
    page.wait_for_url("**/findings/**")
    assert "<script>" in page.locator("main").inner_text()


def test_corrections_go_out_as_gold(desk: Desk, tmp_path: Path) -> None:
    page = desk.visit("/articles/customs")
    page.get_by_role("button", name="All right, none missing").click()
    page.get_by_text("checked by").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="corrections as gold").click()
    packed = tmp_path / "gold.zip"
    download.value.save_as(packed)
    with zipfile.ZipFile(packed) as archive:
        gold = json.loads(archive.read("gold/customs.json"))
    assert [claim["optional"] for claim in gold["claims"]] == [False]


def test_it_fits_a_phone_and_the_dark(browser: Browser, service: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark")
    page = context.new_page()
    for path in ("/", "/articles/makers", "/check", "/figures", "/sources", "/audit"):
        page.goto(service + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()


def test_it_works_without_its_script(browser: Browser, service: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(service + "/?q=trucks")
    page.locator(".queue h2 a").first.click()
    page.get_by_role("button", name="Unsure").click()
    page.goto(service + "/?q=trucks&state=unsure")
    page.locator(".queue h2 a").first.click()
    page.get_by_role("button", name="Undo").click()
    sync_api.expect(page.locator(".decide h2")).to_have_text("Your decision")
    context.close()
