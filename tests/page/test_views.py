"""Every view of a published plan, in both languages: what is on it, what its address says, and filters."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from api.service.loading import load_planned
from api.storage.plans import put_finished

from .house import House

VIEWS = {
    "week": ".week .stop", "month": ".monthtour a", "officers": ".officers td.out",
    "cooperatives": ".cooperatives .chip", "map": ".maplegend li", "list": ".list tbody tr",
}  # fmt: skip


@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_view_shows_the_plan(house: House, lang: str) -> None:
    page = house.page(f"/?lang={lang}")
    for view, found in VIEWS.items():
        page.goto(f"{house.address}/?lang={lang}&view={view}")
        page.wait_for_selector(found)
        expect(page.locator("nav.tabs a[aria-current=page]")).to_have_count(1)
        assert page.locator("html").get_attribute("lang") == lang
        assert page.evaluate("document.documentElement.scrollWidth") <= 1360
        assert page.locator(".illustrative").count() == 1


def test_the_state_is_in_the_address_and_back_works(house: House) -> None:
    page = house.page("/?lang=en&week=2012-W32")
    page.get_by_role("button", name="The week after").click()
    expect(page.locator("h2")).to_contain_text(["Week 33"])
    assert "week=2012-W33" in page.url
    page.locator(".stop").first.click()
    assert "visit=" in page.url
    expect(page.locator(".panel.visitpanel")).to_be_visible()
    page.go_back()
    expect(page.locator(".panel.visitpanel")).to_have_count(0)
    page.go_back()
    expect(page.locator("h2")).to_contain_text(["Week 32"])


def test_dates_are_buddhist_in_thai_and_stay_the_days_they_are(house: House) -> None:
    page = house.page("/?lang=th&week=2012-W32")
    expect(page.locator(".viewhead h2")).to_contain_text("6–10 ส.ค. 2555")
    page.goto(f"{house.address}/?lang=en&week=2012-W32")
    expect(page.locator(".viewhead h2")).to_contain_text("6–10 Aug 2012")
    days = page.locator(".day").evaluate_all("all => all.map(day => day.dataset.date)")
    assert days == [f"2012-08-{day:02d}" for day in range(6, 11)]


def test_an_officer_away_for_part_of_a_day_is_not_said_to_be_at_the_office(house: House) -> None:
    page = house.page("/?lang=th&view=officers")
    cell = page.locator(".officers tr[data-officer=o2] td.partly")
    expect(cell).to_have_attribute("title", "ไม่อยู่ / ลา 13:00–16:30")
    expect(cell).to_have_attribute("aria-label", re.compile(r"23 ส\.ค\.: .*ไม่อยู่ / ลา 13:00–16:30$"))


def test_the_strip_begins_with_the_month_in_which_the_plan_begins(house: House) -> None:
    page = house.page("/?lang=en")
    expect(page.locator(".stripweek").first).to_contain_text("Aug")
    expect(page.locator(".strip")).not_to_contain_text("Jul")


def test_filters_narrow_every_view(house: House) -> None:
    page = house.page("/?lang=en&view=list")
    page.wait_for_selector(".list tbody tr")
    everything = page.locator(".list tbody tr").count()
    page.locator(".filters select").nth(1).select_option("Chum Phae")
    expect(page.locator(".list caption")).to_contain_text("9 visits")
    assert page.locator(".list tbody tr").count() < everything
    assert "district=Chum" in page.url
    page.get_by_role("searchbox").fill("Cooperative Two")
    expect(page.locator(".list caption")).to_contain_text("3 visits")
    page.get_by_role("button", name=re.compile("Clear filters")).click()
    expect(page.locator(".list caption")).to_contain_text(f"{everything} visits")


def test_the_list_is_sorted_by_any_column(house: House) -> None:
    page = house.page("/?lang=en&view=list")
    page.get_by_role("button", name="Priority").click()
    column = page.locator("td.col-priority").all_inner_texts()
    assert column == sorted(column, reverse=True)
    page.get_by_role("button", name="Cooperative").last.click()
    names = page.locator("td.col-cooperative").all_inner_texts()
    assert names == sorted(names) and "sort=cooperative" in page.url


def test_what_is_open_stands_in_the_tray_with_its_reason(house: House) -> None:
    page = house.page("/?lang=en")
    expect(page.locator(".tray h2")).to_contain_text("Unplanned and late")
    card = page.locator(".tray .stop.bad")
    expect(card).to_have_count(1)
    expect(card.locator(".why")).not_to_be_empty()


def test_the_menu_of_plans_names_each_once(house: House) -> None:
    page = house.page("/?lang=th")
    for moves in (2, 5):
        asked = {"proposed_by": house.plan, "proposal": "at-most", "moves": moves}
        row, _, plan = load_planned(house.database, house.plan)
        with house.database.write() as session:
            put_finished(session, row.problem_id, row.token_id, asked, plan)
    page.reload()
    page.locator(".bar .menu").first.get_by_role("button").click()
    names = page.get_by_role("menuitemradio").evaluate_all("all => all.map((one) => one.firstChild.textContent)")
    assert names == ["ฉบับประกาศที่ 1", *(f"ข้อเสนอ: จำกัดจำนวนที่ย้าย (ย้าย {n} ครั้ง)" for n in (5, 2))]


def test_a_visit_to_a_meeting_of_the_board_says_so(house: House) -> None:
    page = house.page("/?lang=en")
    visit = page.locator(".week .stop").first.get_attribute("data-visit")

    def for_the_board(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        next(one for one in told["visits"] if one["id"] == visit)["board"] = True
        route.fulfill(response=answer, json=told)

    page.route("**/calendar?format=board*", for_the_board)
    page.goto(f"{house.address}/?lang=en&view=list")
    meeting = page.locator(".list tbody tr:has([aria-label='board meeting'])")
    expect(meeting).to_have_count(1)
    meeting.locator("a").click()
    expect(page.locator(".visitpanel .facts")).to_contain_text("Board meeting")
    page.goto(page.url.replace("view=list", "view=week"))
    expect(page.locator(".week .stop.chosen [aria-label='board meeting']")).to_be_visible()


def test_where_the_service_is_too_busy_to_say_why_it_is_asked_again(house: House) -> None:
    page = house.page("/?lang=en")
    busy = {"title": "busy", "errors": [{"code": "overdue", "where": "", "cause": "Too many ask.", "remedy": "Wait."}]}
    page.route("**/why?*", lambda route: route.fulfill(status=503, json=busy))
    page.locator(".week .stop").first.click()
    again = page.get_by_role("button", name="Ask again")
    expect(again).to_be_visible()
    page.unroute_all()
    again.click()
    expect(page.locator(".why .verdict")).to_be_visible()


def test_the_language_changes_in_place(house: House) -> None:
    page = house.page("/?lang=th&view=month")
    page.get_by_role("link", name="EN").click()
    expect(page.locator(".tab.on")).to_have_text("Month")
    assert "lang=en" in page.url and "view=month" in page.url
    expect(page.locator(".monthtour a").first).to_contain_text(re.compile("One|Two|Three|Four|Five|Six"))


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_printed_with_its_heading_and_whole(house: House, view: str) -> None:
    page = house.page(f"/?lang=en&view={view}&week=2012-W32")
    page.wait_for_selector(VIEWS[view])
    expect(page.locator(".printed")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".printed")).to_contain_text("version")
    for control in (".bar", ".filters", ".side", ".strip"):
        expect(page.locator(control).first).to_be_hidden()
    expect(page.locator(VIEWS[view]).first).to_be_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    if view == "list":
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(page.locator(".list tbody tr:not(.spacer)")).to_have_count(
            page.evaluate("async () => (await (await fetch('/v1/calendar?format=board')).json()).visits.length")
        )


#: what the page says of runs' curves, each a list of points
OUTLOOK = """async (runs) => {
  const { outlook } = await import(document.getElementById("page").dataset.base + "js/parts/curve.js");
  return runs.map((points) => outlook(points));
}"""


@pytest.mark.parametrize(
    ("lang", "rose", "fell", "still"),
    [
        ("en", "still rose by 100 baht", "became 90 baht cheaper", "neither cost nor lower bound moved"),
        ("th", "เพิ่มขึ้น 100 บาท", "ถูกลงอีก 90 บาท", "แทบไม่ขยับ"),
    ],
)
def test_the_second_half_of_a_run_says_whether_a_longer_one_would_help(
    house: House, lang: str, rose: str, fell: str, still: str
) -> None:
    page = house.page(f"/?lang={lang}")
    page.wait_for_selector(".bar")

    def run(*told: tuple[float, float | None, float | None]) -> list[dict[str, float | None]]:
        return [{"seconds": at, "cost": cost, "bound": bound} for at, cost, bound in told]

    half = (30.0, 1500.0, 1000.0)
    curves = [run(half, (60.0, 1410.0, 1100.0)), run(half, (60.0, 1500.0, 1000.0)), run((1.0, 1500.0, None), half)]
    both, standing, unknown = page.evaluate(OUTLOOK, [*curves])
    assert [part in said for part, said in zip((rose, fell), both, strict=True)] == [True, True]
    assert len(standing) == 1 and still in standing[0]
    assert unknown == []


REFUSED = {"title": "refused", "errors": [{"code": "overdue", "where": "", "cause": "Not now.", "remedy": "Wait."}]}


def test_what_is_refused_is_not_told_as_fine(house: House) -> None:
    """Neither the content that comes too late nor the weeks without an officer."""
    page = house.page("/?lang=en")
    for part in ("readiness", "risk"):
        page.route(f"**/{part}?*", lambda route: route.fulfill(status=422, json=REFUSED))
    page.goto(f"{house.address}/?lang=en&panel=circle")
    page.get_by_label("As of").fill("2012-09-10")
    expect(page.locator(".panel .faults")).to_contain_text("Not now.")
    page.goto(f"{house.address}/?lang=en&panel=capacity")
    page.locator(".capacity select").last.select_option(index=1)
    expect(page.locator(".capacity .faults")).to_contain_text("Not now.")


def test_the_answer_about_the_officer_chosen_last_stays(house: House) -> None:
    page = house.page("/?lang=en&panel=capacity")
    held: list[Route] = []
    page.route("**/risk?*", lambda route: route.fulfill(json=[]) if held else held.append(route))
    officers = page.locator(".capacity select").last
    officers.select_option(index=1)
    while not held:
        page.wait_for_timeout(10)
    officers.select_option(index=2)
    told = page.locator(".capacity section").last
    expect(told).to_contain_text("No week")
    held[0].fulfill(json=[{"week": "2012-W32", "moved": 3, "lost": 0, "baht": 90}])
    page.wait_for_timeout(300)
    expect(told).to_contain_text("No week")


def test_the_reasons_of_urgency_follow_the_language(house: House) -> None:
    page = house.page("/?lang=th&panel=circle")
    with page.expect_response("**/v1/urgency?lang=en"):
        page.get_by_role("link", name="EN").click()


def test_the_day_of_a_moment_is_the_readers_own(house: House) -> None:
    """Half past one at night in Thailand is yesterday in UTC."""
    made = house.browser.new_context(timezone_id="Asia/Bangkok")
    house.opened.append(made)
    page = made.new_page()
    page.goto(house.address)
    base = page.locator("#page").get_attribute("data-base")
    day = page.evaluate("async (base) => (await import(`${base}js/dates.js`)).dayAt('2026-11-27T18:30:00')", base)
    assert day == "2026-11-28"
