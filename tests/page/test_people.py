"""Publishing, versions and conflicts; links, roles and feeds; what an officer on a phone and a viewer see."""

from __future__ import annotations

import re
from pathlib import Path

from icalendar import Calendar
from playwright.sync_api import Page, expect

from .house import House, tab_to, until_toasted


def draft(page: Page, visit: str) -> None:
    """Make a draft by leaving a visit out."""
    page.goto(re.sub(r"\?.*", f"?lang=en&visit={visit}", page.url))
    page.get_by_role("button", name="Leave out").click()
    expect(page.locator(".draftbar .verdict")).to_contain_text("keeps every rule")


def visits(page: Page) -> list[str]:
    page.wait_for_selector(".week .stop")
    return page.locator(".week .stop").evaluate_all("all => all.map(stop => stop.dataset.visit)")


def test_publishing_by_keyboard_tells_who_is_told_and_others_see_it_at_once(house: House) -> None:
    page, other = house.page("/?lang=en"), house.page("/?lang=en", "second")
    viewer = house.page("/?lang=en", "viewer")
    draft(page, visits(page)[0])
    tab_to(page, ".draftbar button.main")
    page.keyboard.press("Enter")
    expect(page.locator(".told li").first).to_be_visible()
    expect(page.locator(".told a[href*='&cooperative=']")).to_have_count(1)
    tab_to(page, ".told summary")
    page.keyboard.press("Enter")
    tab_to(page, ".told details[open] button")
    page.keyboard.press("Enter")
    until_toasted(page, "Copied")
    assert "→" in page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as kept:
        page.locator(".told").get_by_role("link", name=".ics").first.click()
    assert Calendar.from_ical(Path(kept.value.path()).read_bytes()).events
    tab_to(page, ".panel > .actions .main")
    page.keyboard.press("Enter")
    expect(page.locator(".bar .menu").first).to_contain_text("Published, version 2")
    expect(page.locator(".draftbar")).to_have_count(0)  # what is published is no draft any more
    expect(page.locator(".stop.changed")).to_have_count(0)
    for watcher in (other, viewer):
        until_toasted(watcher, "Version 2 was published")
    assert not page.evaluate("() => (window.toasted ?? []).some((one) => one.includes('was published'))")
    expect(other.locator(".bar .menu").first).to_contain_text("Published, version 2")


def test_nobody_overwrites_unseen_and_a_draft_is_replayed(house: House) -> None:
    page, other = house.page("/?lang=en"), house.page("/?lang=en", "second")
    some = visits(page)
    draft(page, some[0])
    page.locator(".draftbar").get_by_role("button", name="Publish").click()
    expect(page.locator(".panel").get_by_role("button", name="Publish", exact=True)).to_be_visible()
    draft(other, some[1])
    other.locator(".draftbar").get_by_role("button", name="Publish").click()
    other.locator(".panel").get_by_role("button", name="Publish", exact=True).click()
    until_toasted(other, "Published as")
    page.locator(".panel").get_by_role("button", name="Publish", exact=True).click()
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("in the meantime")
    expect(conflict.locator(".changes li").first).to_be_visible()
    conflict.get_by_role("button", name=re.compile("Replay this draft")).click()
    bar = page.locator(".draftbar")
    expect(bar.locator(".verdict")).to_be_visible()
    expect(bar).to_contain_text("1 left out")
    for visit in some[:2]:  # both changes stand in the replayed draft
        expect(page.locator(f".tray .stop.bad[data-visit='{visit}']")).to_be_visible()


def test_an_earlier_version_is_looked_at_and_restored(house: House) -> None:
    page = house.page("/?lang=en&panel=publish")
    versions = page.locator(".versions li")
    count = versions.count() or 1
    versions.last.get_by_role("button", name="look").click()
    expect(page).to_have_url(re.compile("plan="))
    if count > 1:
        versions.last.get_by_role("button", name="restore").click()
        until_toasted(page, "Published as")
        expect(page.locator(".versions li").first).to_contain_text("restores version 1")


def test_a_link_lets_somebody_in_once_and_is_revoked(house: House) -> None:
    page = house.page("/?lang=en&panel=people")
    page.get_by_label("Role").select_option("viewer")
    page.get_by_label("Name", exact=True).fill("Guest of the house")
    page.get_by_role("button", name="Make a link").click()
    address = page.locator(".secret input").input_value()
    assert page.locator(".secret img.qr").evaluate("image => image.naturalWidth") > 50
    expect(page.locator(".secret")).to_contain_text("opens on this machine alone")
    guest = house.browser.new_context()
    house.opened.append(guest)
    visitor = guest.new_page()
    visitor.goto(address)
    visitor.locator("form button").click()
    visitor.wait_for_selector(".desk")
    assert visitor.locator(".draftbar").count() == 0
    page.reload()
    row = page.locator(".rows li", has_text="Guest of the house")
    row.get_by_role("button", name="revoke").click()
    expect(row).to_have_count(0)
    page.wait_for_timeout(1_100)
    visitor.reload()
    expect(visitor.locator(".stranger")).to_be_visible()


def test_a_viewer_reads_and_is_offered_nothing_else(house: House) -> None:
    page = house.page("/?lang=en", "viewer")
    expect(page.get_by_role("button", name="Work", exact=True)).to_have_count(0)
    page.locator(".week .stop").first.click()
    expect(page.locator(".visitpanel dl")).to_be_visible()
    expect(page.get_by_role("button", name="Move")).to_have_count(0)
    page.locator(".week .stop").first.focus()
    page.keyboard.press("m")
    expect(page.locator(".strip.priced")).to_have_count(0)


def test_an_officer_by_touch_on_a_small_phone(house: House) -> None:
    page = house.page("/?lang=th", "officer", phone=True)
    expect(page.locator("h1")).to_have_text("สมชาย")
    expect(page.locator(".mytour").first).to_contain_text("2555")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    place = page.locator(".mystop a[href^='geo:']").first
    assert re.match(r"geo:16\.\d+,102\.\d+", place.get_attribute("href") or "")
    targets = page.locator("main.phone button, main.phone a").evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().height))"
    )
    assert min(targets) >= 40
    page.get_by_role("button", name="ปฏิทินของฉันในโทรศัพท์").tap()
    page.get_by_role("button", name="ทำที่อยู่ปฏิทิน").tap()
    address = page.locator(".secret input").input_value()
    assert page.locator(".secret img.qr").evaluate("image => image.naturalWidth") > 50
    feed = page.request.get(address)
    assert feed.ok and Calendar.from_ical(feed.body()).events
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="เพิกถอน").tap()
    expect(page.locator(".feeds .rows")).to_have_count(0)
    assert page.request.get(address).status == 404


def test_documents_of_what_the_filters_name(house: House) -> None:
    page = house.page("/?lang=en&panel=documents&district=Mueang+Khon+Kaen")
    expect(page.locator(".panel .hint").first).to_contain_text("Mueang")
    for link in page.locator(".documents a").all():
        href = link.get_attribute("href") or ""
        assert "district=Mueang" in href
        answer = page.request.get(house.address + href)
        assert answer.ok and len(answer.body()) > 200, href
