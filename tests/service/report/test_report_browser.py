"""The page in a real browser: it asks for nothing, runs nothing hostile, and its filter, links and paper form work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import IN_BROWSER, Opened, open_page, sync_api
from report_samples import hostile, revised, story

from service.report import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = IN_BROWSER


@pytest.fixture
def report(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    articles, claims, findings = story()
    opened = open_page(browser, tmp_path, render(articles, claims, findings), viewport={"width": 1280, "height": 900})
    yield opened
    opened.page.context.close()


def test_nothing_but_the_file_is_asked_for(report: Opened) -> None:
    report.page.locator("summary").first.click()
    assert report.requests == [report.page.url]
    assert report.complaints == []


def test_hostile_words_run_nothing(browser: Browser, tmp_path: Path) -> None:
    articles, claims, findings = hostile()
    opened = open_page(browser, tmp_path, render(articles, claims, findings))
    assert "<script>alert(1)</script>" in opened.page.locator("section#articles").inner_text()
    assert opened.page.locator("script").count() == 1
    assert opened.requests == [opened.page.url]
    assert opened.complaints == []
    opened.page.context.close()


def test_an_injected_handler_would_not_run(report: Opened) -> None:
    report.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')")
    report.page.wait_for_timeout(100)
    assert any("Content Security Policy" in complaint for complaint in report.complaints)
    assert not any(complaint.startswith("dialog") for complaint in report.complaints)


def test_the_filters_hide_what_does_not_match(report: Opened) -> None:
    page = report.page
    finding, articles = page.locator("article.finding.conflict"), page.locator("article.source")
    page.get_by_label("Relation").select_option("adds up")
    sync_api.expect(finding).to_be_hidden()
    sync_api.expect(page.locator("article.check")).to_be_visible()
    sync_api.expect(articles.first).to_be_visible()  # an article has no relation
    page.get_by_role("button", name="Show all").click()
    sync_api.expect(finding).to_be_visible()
    assert page.get_by_label("Severity").locator("option").all_inner_texts() == ["any", "high", "low"]
    page.get_by_label("Severity").select_option("low")
    sync_api.expect(finding).to_be_hidden()
    page.get_by_label("Severity").select_option("high")
    sync_api.expect(finding).to_be_visible()
    page.get_by_label("Severity").select_option("any")
    page.get_by_label("Source").select_option("Vehicle Association")
    sync_api.expect(articles.filter(has_text="Trade body")).to_be_visible()
    sync_api.expect(articles.filter(has_text="more cars abroad")).to_be_hidden()


def test_words_are_found_and_none_is_said(report: Opened) -> None:
    page = report.page
    page.keyboard.press("/")
    page.keyboard.type("ASSOCIATION EXPECTS")
    sync_api.expect(page.locator("#filter-result")).to_have_text("2 of 6 shown")
    page.get_by_label("Find in the report").fill("no such word")
    sync_api.expect(page.locator("#filter-none")).to_be_visible()


def test_a_mark_leads_to_its_details_and_back(report: Opened) -> None:
    page = report.page
    page.locator("section#articles mark a", has_text="4.91 million").click()
    row = page.locator("tr:target")
    sync_api.expect(row).to_be_visible()
    row.locator("th a").click()
    sync_api.expect(page.locator("mark:target")).to_be_in_viewport()


def test_the_graph_lights_up_what_a_claim_is_tied_to_by_pointer_and_by_key(report: Opened) -> None:
    picture = report.page.locator("svg.web")
    report.page.get_by_text("The claims around this figure, as a picture").click()
    claim = picture.locator("a.node", has_text="4.91 million")
    lit = picture.locator(".node.on")
    claim.hover()
    sync_api.expect(picture).to_have_class("web lit")
    sync_api.expect(lit).to_have_count(5)  # itself, its source, what it counts, the other side, a part of it
    sync_api.expect(picture.locator(".node.source.on")).to_have_text(re.compile("Ministry of Trade"))
    report.page.mouse.move(0, 0)
    sync_api.expect(picture).to_have_class("web")
    picture.locator(".node.source").first.focus()
    sync_api.expect(lit).to_have_count(2)
    claim.focus()
    report.page.keyboard.press("Enter")
    sync_api.expect(report.page.locator("mark:target")).to_be_in_viewport()
    assert report.complaints == []


def test_the_first_tab_skips_to_the_findings(report: Opened) -> None:
    report.page.keyboard.press("Tab")
    assert report.page.evaluate("document.activeElement.textContent") == "Skip to the findings"
    report.page.keyboard.press("Enter")
    assert report.page.url.endswith("#main")


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_page_never_scrolls_sideways(browser: Browser, tmp_path: Path, width: int) -> None:
    for name, (articles, claims, findings) in {"story": story(), "hostile": hostile(), "revised": revised()}.items():
        (tmp_path / name).mkdir()
        html = render(articles, claims, findings)
        opened = open_page(browser, tmp_path / name, html, viewport={"width": width, "height": 700})
        opened.page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
        assert opened.page.evaluate("document.documentElement.scrollWidth") == width
        opened.page.context.close()


def test_only_one_picture_is_shown_at_a_time(browser: Browser, tmp_path: Path) -> None:
    articles, claims, findings = story()
    html = render(articles, claims, findings)
    for width, shown in ((1280, "wide"), (390, "narrow")):
        opened = open_page(browser, tmp_path, html, viewport={"width": width, "height": 700})
        assert opened.page.locator("svg.forest:visible").get_attribute("class") == f"forest {shown}"
        assert opened.page.get_by_role("img", name="China’s exports of cars / vehicles in 2023").count() == 1
        opened.page.context.close()


def test_without_script_everything_is_readable(browser: Browser, tmp_path: Path) -> None:
    articles, claims, findings = story()
    opened = open_page(browser, tmp_path, render(articles, claims, findings), java_script_enabled=False)
    assert opened.page.locator("#filter-box").is_hidden()
    assert opened.page.locator("svg.forest:visible").count() == 1
    opened.page.locator("details.quiet summary").first.click()
    assert opened.page.get_by_text("Sylvania lies within the world.").is_visible()
    opened.page.context.close()


CONTRAST = """() => {
  const rgb = (colour) => { const c = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    c.fillStyle = colour; c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) /
  1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => { for (let at = node; at; at = at.parentElement) { const c =
  rgb(getComputedStyle(at).backgroundColor);
    if (c[3] === 255) return c; } return [255, 255, 255, 255]; };
  const poor = [];
  for (const node of document.querySelectorAll('main *, nav *')) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    if (!own || !node.checkVisibility() || node.closest('.hidden, title, desc')) continue;
    const style = getComputedStyle(node);
    const pair = [light(rgb(node.closest('svg') ? style.fill : style.color)), light(ground(node))].sort((a, b) => b -
    a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < 4.5) poor.push(`${node.tagName}.${node.getAttribute('class')} ${ratio.toFixed(2)}
    ${node.textContent.trim().slice(0, 30)}`);
  }
  return poor;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast(browser: Browser, tmp_path: Path, scheme: str) -> None:
    one, other = story(), revised()
    html = render([*one[0], *other[0]], [*one[1], *other[1]], [*one[2], *other[2]])
    opened = open_page(browser, tmp_path, html, color_scheme=scheme)
    opened.page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    assert opened.page.evaluate(CONTRAST) == []
    opened.page.context.close()
