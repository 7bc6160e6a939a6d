"""The error browser in a real browser: it asks for nothing, and its filter, its counts and its links work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import IN_BROWSER, Opened, open_page, sync_api
from scoring_samples import ARTICLES, CLAIMS, gold

from service.scoring.claims import score
from service.scoring.error_browser import render

pytestmark = IN_BROWSER


@pytest.fixture
def errors(browser: sync_api.Browser, tmp_path: Path) -> Iterator[Opened]:
    given = gold()
    opened = open_page(browser, tmp_path, render(score(given, ARTICLES, CLAIMS, None), given, ARTICLES))
    yield opened
    opened.page.context.close()


def shown(opened: Opened) -> list[str]:
    return opened.page.locator("[data-item]:visible mark").all_inner_texts()


def test_nothing_but_the_file_is_asked_for(errors: Opened) -> None:
    assert (errors.requests, errors.complaints) == ([errors.page.url.removesuffix("#")], [])


def test_the_filter_leaves_what_fits_and_counts_it(errors: Opened) -> None:
    errors.page.select_option("select[name=slot]", "area")
    assert shown(errors) == ["2.1 million", "5%"] or shown(errors) == ["5%", "2.1 million"]
    errors.page.select_option("select[name=borrowed]", "borrowed")
    assert shown(errors) == ["2.1 million"]
    assert errors.page.inner_text("#shown") == "1 of 6 shown"
    errors.page.fill("#words", "nowhere to be found")
    assert shown(errors) == []
    errors.page.click("button[type=reset]")
    sync_api.expect(errors.page.locator("#shown")).to_have_text("6 in all")


def test_a_cell_of_the_table_filters(errors: Opened) -> None:
    errors.page.locator("td a[href*='slot=source']").click()
    sync_api.expect(errors.page.locator("#shown")).to_have_text("1 of 6 shown")
    assert shown(errors) == ["5%"]
    assert "slot=source" in errors.page.url


def test_a_link_to_a_slot_shows_it_although_a_filter_hid_it(errors: Opened) -> None:
    errors.page.select_option("select[name=slot]", "area")
    errors.page.click("a[href='#slot-missed']")
    errors.page.locator("#slot-missed").wait_for(state="visible")
    assert "40" in shown(errors)


def test_the_table_of_slots_and_subjects_fits_a_laptop(errors: Opened) -> None:
    heads = errors.page.locator("thead th").all_inner_texts()
    assert heads[0] == "subject"
    assert "source" in heads
    errors.page.set_viewport_size({"width": 1280, "height": 700})
    assert errors.page.evaluate("(box => box.scrollWidth - box.clientWidth)(document.querySelector('.scroll'))") == 0


def test_the_page_fits_a_narrow_screen(errors: Opened) -> None:
    errors.page.set_viewport_size({"width": 360, "height": 700})
    errors.page.evaluate("document.getElementById('shown').textContent = '6321 of 12345 shown'")
    assert errors.page.evaluate("document.documentElement.scrollWidth") <= 360
