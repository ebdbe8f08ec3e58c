"""Moving a visit by mouse, by keyboard and by the menu: days priced, a draft with its verdict, undo and redo."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, Route, expect

from .house import House, tab_to

#: a week in which the small plan has visits
WEEK = "2012-W32"


def begun(house: House, role: str = "planner") -> tuple[Page, str]:
    """A page on the published plan, and a visit on its board."""
    page = house.page(f"/?lang=en&week={WEEK}", role)
    visit = page.locator(".week .stop").first.get_attribute("data-visit")
    assert visit
    return page, visit


def lift(page: Page, visit: str) -> None:
    """Begin to drag a visit, and wait until every day has its price."""
    box = page.locator(f".week .stop[data-visit='{visit}']").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=4)
    page.wait_for_selector(".strip .price:not(.waiting)", timeout=60_000)


def over(page: Page, date: str) -> None:
    """Drag over a day of the strip."""
    box = page.locator(f".strip [data-date='{date}']").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)


def free_day(page: Page) -> str:
    """A day of the strip with a price, other than that of the visit."""
    stands = page.locator(".stop.dragged").locator("xpath=ancestor::*[@data-date]").get_attribute("data-date")
    days = page.locator(".strip .stripday:is(.same, .dearer, .cheaper)").evaluate_all("a => a.map(d => d.dataset.date)")
    return str(next(day for day in days if day != stands))


def day_of(page: Page, visit: str) -> str | None:
    """The day in whose column the visit stands."""
    return page.locator(f".week .day:has(.stop[data-visit='{visit}'])").get_attribute("data-date")


def test_every_day_shows_its_price_or_the_rule_while_a_visit_is_dragged(house: House) -> None:
    page, visit = begun(house)
    lift(page, visit)
    priced = page.locator(".strip .stripday:not(.closed)")
    expect(priced.first).to_be_visible()
    kinds = priced.evaluate_all("all => all.map(day => day.className)")
    assert all(re.search("same|dearer|cheaper|proof|notfound", kind) for kind in kinds)
    assert any("proof" in kind for kind in kinds), "days after the last possible one are forbidden by a rule"
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".strip.priced")).to_have_count(0)
    expect(page.locator(".draftbar")).to_have_count(0)


def test_a_drop_makes_a_draft_that_can_be_undone_redone_named_and_discarded(house: House) -> None:
    page, visit = begun(house)
    before = day_of(page, visit)
    lift(page, visit)
    target = free_day(page)
    over(page, target)
    page.mouse.up()
    bar = page.locator(".draftbar")
    expect(bar.locator(".verdict")).to_contain_text("keeps every rule")
    expect(bar).to_contain_text("1 moved")
    expect(bar.locator(".sum")).to_contain_text(["paid", "weighed"])
    page.goto(re.sub(r"week=[^&]*", "", page.url) + f"&week={week_of(target)}")
    assert day_of(page, visit) == target
    expect(page.locator(f".week .stop.changed[data-visit='{visit}']")).to_be_visible()
    bar.get_by_label("Name of the draft").fill("Rainy season")
    bar.get_by_label("Name of the draft").press("Enter")
    expect(page.locator(".bar .menu button").first).to_contain_text("Rainy season")
    bar.get_by_role("button", name=re.compile("1 moved")).click()
    expect(bar.locator(".money")).to_contain_text("paid")
    expect(bar.locator(".money")).to_contain_text("weighed")
    expect(bar.locator(".money .hint")).to_have_count(0)
    expect(bar.locator(".changes li").first).to_contain_text("→")
    bar.get_by_role("button", name="Undo").click()
    expect(bar.locator(".verdict")).to_have_count(0)
    page.locator(".draftbar").get_by_role("button", name="Redo").click()
    expect(bar.locator(".verdict")).to_contain_text("keeps every rule")
    bar.get_by_role("button", name="Discard").click()
    expect(bar.locator(".verdict")).to_have_count(0)
    page.goto(f"{house.address}/?lang=en&week={week_of(before or '')}")
    expect(page.locator(f".week .day[data-date='{before}'] .stop[data-visit='{visit}']")).to_be_visible()


def test_a_draft_differs_by_what_the_figures_shown_differ_by(house: House) -> None:
    """50.40 baht before and 100.60 now are shown as 50 and 101 when both are compared: 51 more, and not 50.20."""
    page, visit = begun(house)

    def priced(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        told["cost"] |= {"km": 100.6, "officer_days": 0.0, "car_days": 0.0}
        told["paid"], told["change"]["paid"] = 100.6, 50.2
        told["change"]["parts"] |= {"km": 50.2, "officer_days": 0.0, "car_days": 0.0}
        route.fulfill(response=answer, json=told)

    page.route(re.compile(r"/moves\?"), priced)
    lift(page, visit)
    over(page, free_day(page))
    page.mouse.up()
    expect(page.locator(".draftline .sum b").first).to_have_text("+51 baht")


def test_what_a_draft_pays_for_changes_is_told_apart(house: House) -> None:
    page, visit = begun(house)

    def priced(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        told["change"]["parts"] |= {"moved": 300.0, "lead_change": 500.0}
        route.fulfill(response=answer, json=told)

    page.route(re.compile(r"/moves\?"), priced)
    lift(page, visit)
    over(page, free_day(page))
    page.mouse.up()
    page.locator(".draftbar").get_by_role("button", name=re.compile("1 moved")).click()
    expect(page.locator(".money .hint")).to_have_text(
        "Of this, 800 baht weigh what differs from the published plan; once published they no longer count."
    )
    page.set_viewport_size({"width": 1360, "height": 820})
    undo, publish = (page.locator(".draftline").get_by_role("button", name=name) for name in ("Undo", "Publish"))
    first, last = undo.bounding_box(), publish.bounding_box()
    assert first and last and first["y"] == last["y"], "a desk's screen has them all in one line"


def test_a_visit_is_dropped_anywhere_in_the_column_of_a_day(house: House) -> None:
    page, visit = begun(house)
    lift(page, visit)
    target = page.locator(".week .day:not(:has(.stop.dragged)):is(.same, .dearer, .cheaper)").first
    date, column, board = target.get_attribute("data-date"), target.bounding_box(), page.locator(".view").bounding_box()
    assert column and board
    bottom = column["y"] + column["height"]
    assert bottom > board["y"] + board["height"] - 20, "columns end where the board ends"
    page.mouse.move(column["x"] + column["width"] / 2, bottom - 8, steps=4)
    page.mouse.up()
    expect(page.locator(".draftbar .verdict")).to_be_visible()
    expect(page.locator(f".week .day[data-date='{date}'] .stop.changed[data-visit='{visit}']")).to_be_visible()


def test_what_is_left_after_an_undo_covers_no_panel(house: House) -> None:
    page, visit = begun(house)
    page.locator(f".week .stop[data-visit='{visit}']").click()
    page.get_by_role("button", name="Pin", exact=True).click()
    page.locator(".draftbar").get_by_role("button", name="Undo").click()
    bar = page.locator(".draftbar.slim").bounding_box()
    side = page.locator(".side").bounding_box()
    assert bar and side
    assert bar["x"] + bar["width"] <= side["x"] or bar["y"] >= side["y"] + side["height"]


def test_a_visit_that_the_hand_made_late_says_so(house: House) -> None:
    page = house.page("/?lang=en")
    answer = page.request.get(f"{house.address}/v1/plans/{house.plan}/calendar?format=board&lang=en").json()
    late = {one["visit"] for one in answer["late"]}
    visit = next(one for one in answer["visits"] if one.get("due") and one["id"] not in late and any(
        one["id"] == stop["visit"] for tour in answer["tours"] for stop in tour["stops"]))  # fmt: skip
    after = next(day for day in answer["workdays"] if day > visit["due"])
    made = page.request.post(
        f"{house.address}/v1/plans/{house.plan}/moves?lang=en",
        data={"moves": [{"kind": "place", "visit": visit["id"], "date": after}]},
        headers={"Authorization": f"Bearer {house.secrets['planner']}"},
    ).json()
    page.goto(f"{house.address}/?lang=en&plan={made['plan']}")
    card = page.locator(f".tray .stop[data-visit='{visit['id']}']")
    expect(card).to_contain_text("it was moved by hand to a day after it is due")


def from_day_on(page: Page, today: str, last: str | None = None) -> None:
    """Have the service tell of a plan that was mended from a day on, and of reports up to another."""

    def board(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"today": today})

    def slots(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=[day for day in answer.json() if day["date"] >= today])

    after = str(dt.date.fromisoformat(last) + dt.timedelta(1)) if last else today
    page.route(re.compile(r"/calendar\?format=board"), board)
    page.route(re.compile(r"/slots\?"), slots)
    page.route(re.compile(r"/reported$"), lambda route: route.fulfill(
        json={"held": {}, "last": last, "changes_from": after, "moved": []}))  # fmt: skip


def test_days_that_are_not_open_say_why(house: House) -> None:
    page = house.page("/?lang=en")
    from_day_on(page, "2012-08-09")
    page.goto(f"{house.address}/?lang=en&week={WEEK}")
    visit = str(page.locator(".week .stop").last.get_attribute("data-visit"))
    lift(page, visit)
    expect(page.locator(".week .day[data-date='2012-08-08'] > .price")).to_have_text(
        "Before 9 Aug 2012 the plan stands as it is"
    )
    expect(page.locator(".week .day[data-date='2012-08-09'] > .price")).not_to_contain_text("Before")
    page.keyboard.press("Escape")
    page.mouse.up()


@pytest.mark.parametrize(
    ("last", "hint"),
    [
        ("2012-09-05", "Changes begin on 6 Sep 2012, since visits up to 5 Sep 2012 are reported"),
        (None, "Days before 3 Sep 2012 were past when the plan was mended last"),
    ],
)
def test_the_form_says_from_when_on_the_plan_may_change(house: House, last: str | None, hint: str) -> None:
    page = house.page("/?lang=en")
    from_day_on(page, "2012-09-03", last)
    page.goto(f"{house.address}/?lang=en&panel=changes")
    expect(page.locator(".side form")).to_contain_text(hint)
    expect(page.get_by_label("Changes from")).to_have_value("")
    page.get_by_label("Changes from").fill("1 Aug 2012")
    expect(page.get_by_role("button", name="Propose", exact=True)).to_be_disabled()
    expect(page.locator(".side form [role=alert]")).to_contain_text("what has happened may move")


def test_by_keyboard_alone(house: House) -> None:
    page, visit = begun(house)
    tab_to(page, f".week .stop[data-visit='{visit}']")
    page.keyboard.press("m")
    page.wait_for_selector(".strip .price:not(.waiting)", timeout=60_000)
    region = page.locator("[role=status].unseen", has_text="2012")
    expect(region).to_contain_text("Arrows choose the day")
    page.keyboard.press("ArrowRight")
    expect(region).not_to_contain_text("Arrows")
    said = [region.inner_text()]
    for _ in range(6):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(60)
        said.append(region.inner_text())
    assert len(set(said)) > 4 and all("2012" in text for text in said)
    for _ in range(40):
        if re.search(r"\d baht", region.inner_text()):
            break
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(60)
    page.keyboard.press("Enter")
    expect(page.locator(".draftbar .verdict")).to_be_visible()
    expect(page.locator(f".stop[data-visit='{visit}']").first).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.locator(".draftbar .verdict")).to_have_count(0)
    page.keyboard.press("Control+y")
    expect(page.locator(".draftbar .verdict")).to_be_visible()


def test_by_touch_a_finger_that_rests_takes_a_visit_up(house: House) -> None:
    context = house.sign_in(phone=True)
    page = context.new_page()
    page.goto(f"{house.address}/?lang=en&week={WEEK}")
    stop = page.locator(".week .stop").first
    stop.wait_for()
    stop.scroll_into_view_if_needed()
    box = stop.bounding_box()
    assert box
    finger = context.new_cdp_session(page)
    at = {"x": box["x"] + 40, "y": box["y"] + 12}
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    page.wait_for_selector(".strip .price:not(.waiting)", timeout=60_000)
    stands = page.locator(".day:has(.stop.dragged)").get_attribute("data-date")
    day = page.locator(f".strip .stripday:is(.same, .dearer, .cheaper):not([data-date='{stands}'])").first
    place = day.bounding_box()
    assert place
    for step in range(1, 6):
        moved = {
            "x": at["x"] + (place["x"] + 8 - at["x"]) * step / 5, "y": at["y"] + (place["y"] + 8 - at["y"]) * step / 5,
        }  # fmt: skip
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [moved]})
    expect(page.locator(".strip .stripday.aimed")).to_have_count(1)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator(".draftbar .verdict")).to_be_visible()


def test_escape_leaves_everything_as_it_was(house: House) -> None:
    page, visit = begun(house)
    address = page.url
    page.locator(f".week .stop[data-visit='{visit}']").focus()
    page.keyboard.press("m")
    page.wait_for_selector(".strip.priced")
    page.keyboard.press("Escape")
    expect(page.locator(".strip.priced")).to_have_count(0)
    assert page.url == address


def test_the_menu_moves_a_visit_and_drafts_compare_side_by_side(house: House) -> None:
    page, visit = begun(house)
    page.locator(f".week .stop[data-visit='{visit}']").click()
    choices = page.locator(".moveto .choice")
    choices.first.wait_for(timeout=60_000)
    page.get_by_role("button", name=re.compile("^All .* days")).click()
    barred = page.locator(".moveto .barred li")
    told = barred.evaluate_all("all => all.map((one) => one.className + one.lastChild.textContent)")
    assert told and len(set(told)) == len(told), "what stands against several days is said once"
    expect(barred.filter(has_text="–").first).to_contain_text("days")
    choices.first.click()
    expect(page.locator(".draftbar .verdict")).to_be_visible()
    page.get_by_role("button", name="Compare").click()
    table = page.locator(".costs")
    expect(table).to_contain_text("paid")
    expect(table).to_contain_text("weighed")
    expect(page.locator(".panel .changes li").first).to_be_visible()
    paid, weighed, total = (
        [int(cell.replace(",", "").replace("−", "-")) for cell in row.locator("td").all_inner_texts()]
        for row in table.locator("tr.head").all()
    )
    assert total == [one + other for one, other in zip(paid, weighed, strict=True)]
    expect(page.locator(".panel .costs + .hint")).to_contain_text("had it stood")


def test_a_forbidden_day_makes_a_draft_that_says_what_it_breaks_and_is_not_published(house: House) -> None:
    page, visit = begun(house)
    lift(page, visit)
    over(page, str(page.locator(".strip .stripday.proof").last.get_attribute("data-date")))
    page.mouse.up()
    bar = page.locator(".draftbar.broken")
    expect(bar.locator(".verdict")).to_contain_text("broken")
    expect(bar.get_by_role("button", name="Publish")).to_be_disabled()
    bar.get_by_role("button", name=re.compile("moved")).click()
    expect(bar.locator(".brokenlist li").first).to_be_visible()


def test_a_visit_is_pinned_and_left_out(house: House) -> None:
    page, visit = begun(house)
    page.locator(f".week .stop[data-visit='{visit}']").click()
    page.get_by_role("button", name="Pin", exact=True).click()
    expect(page.get_by_role("button", name="Unpin")).to_be_visible()
    page.get_by_role("button", name="Leave out").click()
    expect(page.locator(".draftbar")).to_contain_text("1 left out")


def test_time_crew_and_lead_are_changed_by_hand(house: House) -> None:
    page, visit = begun(house)
    stop = page.locator(f".week .stop[data-visit='{visit}']")
    stop.click()
    page.locator(".byhand summary").click()
    start = page.locator(".byhand").get_by_role("textbox", name="Start")
    start.fill("11.45")
    expect(start.locator("xpath=..").get_by_role("status")).to_have_text("11:45")
    page.get_by_role("button", name="Set this time").click()
    expect(stop.locator(".clock")).to_have_text("11:45")
    expect(page.locator(".draftbar .verdict")).to_be_visible()
    crew = page.locator(f".tour:has(.stop[data-visit='{visit}']) .crew")
    names = crew.inner_text()
    page.locator(".byhand").get_by_label("Add somebody to the tour").select_option(index=1)
    expect(crew).to_contain_text(f"{names} + ")
    expect(crew).to_have_attribute("title", re.compile(r"\(o\d\)"))
    lead = page.locator(".byhand").get_by_label("Lead")
    other = page.locator(".byhand").get_by_label("Lead").locator("option:not([selected])").last.get_attribute("value")
    assert other
    lead.select_option(other)
    expect(page.locator(".draftbar")).to_contain_text("with a new lead")
    page.locator(".draftbar").get_by_role("button", name="Undo").click()
    expect(page.locator(".draftbar")).not_to_contain_text("with a new lead")


def week_of(date: str) -> str:
    from datetime import date as day

    year, week, _ = day.fromisoformat(date).isocalendar()
    return f"{year}-W{week:02d}"


def test_who_is_away_for_the_hours_of_the_tour_is_greyed_and_stands_last(house: House) -> None:
    """o2 is away from 13:00 to 16:30 on 23 August; a tour of the morning leaves that officer free."""
    page = house.page("/?lang=en&week=2012-W34")
    lift(page, "c1-2")
    over(page, "2012-08-23")
    page.mouse.up()
    stop = page.locator(".week .day[data-date='2012-08-23'] .stop[data-visit='c1-2']")
    stop.click()
    page.locator(".byhand summary").click()
    other = page.locator(".byhand").get_by_label("Add somebody to the tour").locator("option[value=o2]")
    for start, grey in (("14:00", True), ("10:00", False)):
        page.locator(".byhand").get_by_role("textbox", name="Start").fill(start)
        page.get_by_role("button", name="Set this time").click()
        expect(stop.locator(".clock")).to_have_text(start)
        expect(other).to_contain_text("away 13:00–16:30")
        expect(other).to_have_class("grey" if grey else "")
    assert not house.errors
