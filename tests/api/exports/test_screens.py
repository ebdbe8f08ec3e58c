"""Page and travel requests in a browser: on a phone nothing is cut off, and the filter shows one officer's plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from support.browsers import opened

from api.exports import page, travel_requests

from .conftest import Sample

PHONE = {"width": 390, "height": 800}
#: sections that are wider than the screen, the hours by week apart, which move sideways below the officers' names
WIDE = """() => [...document.querySelectorAll(".edition:not([hidden]) main > section, .sheet")]
  .filter(section => section.scrollWidth > section.clientWidth + 1).map(section => section.className)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        made = opened(driver)
        yield made
        made.close()


def shown(browser: Browser, folder: Path, html: str) -> Page:
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    opened = browser.new_page(viewport={"width": PHONE["width"], "height": PHONE["height"]})
    opened.goto(file.as_uri())
    return opened


@pytest.mark.parametrize("lang", ["th", "en"])
def test_on_a_phone_nothing_is_cut_off(browser: Browser, sample: Sample, tmp_path: Path, lang: str) -> None:
    for html in (
        page(sample.plan, sample.problem, sample.office, lang),
        travel_requests(sample.plan, sample.problem, sample.office, lang),
    ):
        opened = shown(browser, tmp_path, html)
        assert set(opened.evaluate(WIDE)) <= {"workload"}
        assert opened.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        opened.close()


def test_on_a_phone_a_month_lists_its_days_with_tours(browser: Browser, sample: Sample, tmp_path: Path) -> None:
    opened = shown(browser, tmp_path, page(sample.plan, sample.problem, sample.office, "th"))
    days = opened.locator(".edition:not([hidden]) .board td:visible")
    assert [text.split("\n")[0].strip() for text in days.all_inner_texts()] == ["6 จันทร์", "7 อังคาร", "14 อังคาร"]
    opened.locator("select:visible").select_option("o2")
    assert days.count() == 1, "the tour of one officer"
    opened.close()
