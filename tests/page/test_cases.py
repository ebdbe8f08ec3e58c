"""Every input of ``tests/cases`` that a planner can drop on the page."""

from __future__ import annotations

from playwright.sync_api import expect
from support.cases import CASES, FOLDER, PROBLEMS, WORKBOOKS

from .house import House


def test_the_page_reads_each_right(house: House) -> None:
    page = house.page("/?lang=th&panel=office")
    for name in (*WORKBOOKS, *PROBLEMS):
        case = CASES[name]
        page.locator(".upload input[type=file]").last.set_input_files(FOLDER / name)
        if case.sound:
            expect(page.locator(".kept")).to_be_visible()
            expect(page.locator(".faultlist")).to_have_count(0)
        else:
            expect(page.locator(".faultlist")).to_contain_text(case.words[1])
            expect(page.locator(".faultlist h2")).to_contain_text(str(len(case.codes)))
            expect(page.locator(".kept")).to_have_count(0)
