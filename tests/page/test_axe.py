"""Axe finds nothing on any view and panel, in both languages, light and dark, for each role.

Colours are the same in both languages: the dark ones are looked at in Thai.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .house import House
from .test_views import VIEWS

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
READY = VIEWS | {"capacity": ".loads", "whatif": ".field.inline", "people": ".rows li", "publish": ".versions li"}
#: once no colour is on its way any more: those of another scheme take a while, on a slow machine a long one
SETTLED = "() => Promise.allSettled(document.getAnimations().map(one => one.finished))"
AXE = Axe().axe_script
RUN = "options => axe.run(document, options).then(({ violations }) => violations)"
#: goes to an address as the page's own links do: to load the page anew takes longer than to look at it
TURN = """(query) => {
  history.pushState(null, "", `/?${query}`);
  dispatchEvent(new PopStateEvent("popstate"));
}"""
OTHER_SIDE = "before => document.querySelector('aside.side h2')?.innerText !== before"


def found(page: Page, dark: bool = True) -> list[str]:
    """What axe finds in the light, and of contrast in the ``dark``: the schemes differ in colours alone."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    told = []
    for scheme, rules in (("light", None), ("dark", ["color-contrast"]))[: 1 + dark]:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        told += page.evaluate(RUN, {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {}))
    return [f"{one['id']}: {node['target']} {node.get('failureSummary', '')}" for one in told for node in one["nodes"]]


def turn(page: Page, lang: str, address: str) -> None:
    """Go to an address, and wait until it is all there."""
    kind, _, name = address.partition("=")
    side = page.locator("aside.side h2").first.inner_text()
    page.evaluate(TURN, f"lang={lang}&{address}")
    if kind != "view":
        page.wait_for_function(OTHER_SIDE, arg=side)
    page.wait_for_selector(".why .verdict" if kind == "visit" else READY.get(name, ".desk"))
    if kind == "panel":
        page.wait_for_selector("aside.side:not(:has(.waiting))")


@pytest.mark.parametrize("lang", ["th", "en"])
def test_views_and_panels(house: House, lang: str) -> None:
    page = house.page(f"/?lang={lang}")
    faults: dict[str, list[str]] = {}
    visit = page.locator(".stop").first.get_attribute("data-visit")
    addresses = [f"view={view}" for view in VIEWS] + [f"panel={panel}" for panel in PANELS] + [f"visit={visit}"]
    for address in addresses:
        turn(page, lang, address)
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
