"""Axe finds nothing on any view and panel, in both languages, light and dark, for each role.

Colours are the same in both languages: the dark ones are looked at in Thai.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .house import House

VIEWS = ["week", "month", "officers", "cooperatives", "map", "list"]
PANELS = [
    "plan",
    "changes",
    "whatif",
    "capacity",
    "publish",
    "documents",
    "people",
    "office",
    "compare",
    "around",
    "circle",
    "next",
]
#: what is ready once this is there
READY = {"capacity": ".loads", "whatif": ".field.inline", "people": ".rows li", "publish": ".versions li"}
#: once no colour is on its way any more: those of another scheme take a while, on a slow machine a long one
SETTLED = "() => Promise.allSettled(document.getAnimations().map(one => one.finished))"


def found(page: Page, dark: bool = True) -> list[str]:
    """What axe finds in the light, and of contrast in the ``dark``: the schemes differ in colours alone."""
    told = []
    for scheme, rules in (("light", None), ("dark", ["color-contrast"]))[: 1 + dark]:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
        told += Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['target']} {node.get('failureSummary', '')}" for one in told for node in one["nodes"]]


@pytest.mark.parametrize("lang", ["th", "en"])
def test_views_and_panels(house: House, lang: str) -> None:
    page = house.page(f"/?lang={lang}")
    faults: dict[str, list[str]] = {}
    visit = page.locator(".stop").first.get_attribute("data-visit")
    addresses = [f"view={view}" for view in VIEWS] + [f"panel={panel}" for panel in PANELS] + [f"visit={visit}"]
    for address in addresses:
        page.goto(f"{house.address}/?lang={lang}&{address}")
        page.wait_for_selector(READY.get(address.partition("=")[2], ".desk"))
        if address.startswith("visit="):
            page.wait_for_selector(".why .verdict")
        told = sorted({one[:300] for one in found(page, dark=lang == "th")})
        if told:
            faults[address] = told
    assert not faults, "\n".join(f"{key}: {one}" for key, told in faults.items() for one in told)


def test_the_lines_of_the_next_quarter(house: House) -> None:
    page = house.page("/?lang=th&panel=next")
    page.locator(".nextquarter form button").click()
    page.wait_for_selector(".lines")
    for table in page.locator(".lines:not([open]) summary").all():
        table.click()
    page.locator(".lines tbody input").nth(1).uncheck()
    assert not found(page)


@pytest.mark.parametrize("lang", ["th", "en"])
def test_officer_viewer_and_stranger(house: House, lang: str) -> None:
    officer = house.page(f"/?lang={lang}", role="officer", phone=True)
    officer.wait_for_selector(".mytour")
    dark = lang == "th"
    assert not found(officer, dark)
    viewer = house.page(f"/?lang={lang}", role="viewer")
    assert not found(viewer, dark)
    viewer.context.clear_cookies()
    viewer.reload()
    viewer.wait_for_selector(".stranger")
    assert not found(viewer, dark)
