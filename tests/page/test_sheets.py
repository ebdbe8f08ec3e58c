"""What a planner meets first: sheets on a phone, the week of a visit, filters and the office, what is reported."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.service.loading import load_planned

from .house import House, finished
from .test_axe import found
from .test_works import workbook

FOCUSED = "() => Boolean(document.activeElement?.closest('aside.side'))"


def put(house: House, visit: str, held: bool, date: str, replaces: int = 0) -> None:
    """Report on a visit, by a planner."""
    with house.database.read() as session:
        from api.service.loading import load_plan

        crew = next(list(t.crew) for t in load_plan(session, house.plan).tours if visit in {s.visit for s in t.stops})
    report = {"visit": visit, "held": True, "date": date, "officers": crew} if held else {
        "visit": visit, "held": False, "reason": "weather",
    }  # fmt: skip
    answer = house.sign_in().request.put(
        f"{house.address}/v1/visits/{visit}/report", data={"replaces": replaces, "report": report},
        headers={"Authorization": f"Bearer {house.secrets['planner']}"},
    )  # fmt: skip
    assert answer.status == 201, answer.text()


def in_sight(page: Page) -> None:
    """The side lies over the whole screen, has the focus, and nothing below it can be reached."""
    side = page.locator("aside.side")
    expect(side).to_have_class(re.compile("sheet"))
    box = side.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"]) == (0, 0, 360)
    page.wait_for_function(FOCUSED)
    assert page.locator(".view").get_attribute("inert") is not None


def test_on_a_phone_what_opens_lies_over_the_board_and_gives_the_focus_back(house: House) -> None:
    page = house.page("/?lang=en", phone=True)
    stop = page.locator(".stop").first
    stop.click()
    in_sight(page)
    page.wait_for_selector(".why .verdict")
    assert not found(page)
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator("aside.side")).not_to_have_class(re.compile("sheet"))
    expect(stop).to_be_focused()
    assert page.locator("[inert]").count() == 0
    for work in ("Plan", "Something happened", "Capacity", "Publish", "People"):
        page.locator(".bar .menu button", has_text="Work").click()
        page.get_by_role("menuitem", name=re.compile(f"^{work}")).click()
        in_sight(page)
        assert not found(page)
        page.keyboard.press("Escape")
        expect(page.locator("aside.side")).not_to_have_class(re.compile("sheet"))


def test_a_visit_on_the_move_gives_sight_of_the_board(house: House) -> None:
    page = house.page("/?lang=en", phone=True)
    page.locator(".stop").first.click()
    page.locator(".visitpanel").get_by_role("button", name="Move", exact=True).click()
    expect(page.locator("aside.side")).to_be_hidden()
    expect(page.locator(".strip.priced")).to_be_visible()
    page.keyboard.press("Escape")
    in_sight(page)


def test_the_week_of_a_visit_is_shown_and_else_the_first(house: House) -> None:
    page = house.page("/?lang=en")
    last = page.evaluate("""async () => {
      const board = await (await fetch("/v1/calendar?format=board&lang=en")).json();
      const tours = board.tours.sort((a, b) => a.date.localeCompare(b.date));
      return {first: tours[0].date, visit: tours.at(-1).stops[0].visit};
    }""")
    expect(page.locator(f".week .day[data-date='{last['first']}']")).to_be_visible()
    page.goto(f"{house.address}/?lang=en&visit={last['visit']}")
    expect(page.locator(f".week .stop.chosen[data-visit='{last['visit']}']")).to_be_visible()


def test_filters_say_what_is_theirs_and_what_is_the_offices(house: House) -> None:
    page = house.page("/?lang=en")
    all_ = int(page.locator(".tray h2 small").inner_text())
    assert all_ > 0
    page.goto(f"{house.address}/?lang=en&q=nothing-is-called-so")
    tray = page.locator(".tray")
    expect(tray).to_contain_text(f"0 of what the filters leave, {all_} of the whole office.")
    expect(tray).to_contain_text("Of what the filters leave, every visit has its place")
    expect(tray).to_contain_text("What the whole plan costs")


def test_what_is_reported_has_a_mark_and_does_not_move(house: House) -> None:
    page = house.page("/?lang=en")
    board = page.evaluate("async () => (await fetch('/v1/calendar?format=board&lang=en')).json()")
    one, two = sorted(board["tours"], key=lambda tour: str(tour["date"]))[:2]
    visit, other = one["stops"][0]["visit"], two["stops"][0]["visit"]
    put(house, visit, True, one["date"])
    put(house, other, False, two["date"])
    from_ = dt.date.fromisoformat(two["date"]) + dt.timedelta(1)
    said = f"Changes begin on {from_.day} {from_:%b} {from_.year}"
    page.goto(f"{house.address}/?lang=en&visit={visit}")
    expect(page.locator(f".week .stop[data-visit='{visit}'] .mark.held")).to_be_visible()
    expect(page.locator(".visitpanel")).to_contain_text("reported: held")
    expect(page.locator(".visitpanel").get_by_role("button", name=re.compile("^Move"))).to_have_count(0)
    expect(page.locator(".moveto")).to_have_count(0)
    page.goto(f"{house.address}/?lang=en&visit={other}")
    expect(page.locator(".visitpanel")).to_contain_text("reported: not held")
    page.goto(f"{house.address}/?lang=en&panel=changes")
    expect(page.locator("form.form")).to_contain_text(said)
    page.get_by_label("Changes from").fill("1 Aug 2012")
    expect(page.get_by_role("alert")).to_contain_text("what has happened may move")
    page.locator(".panel .field", has_text="Officer").last.get_by_role("combobox").select_option(index=1)
    days = page.get_by_placeholder("3–7 Sep 2012")
    days.fill("20 Aug 2012")
    expect(days.locator("xpath=..").get_by_role("status")).to_have_text("20 Aug 2012")
    propose = page.get_by_role("button", name="Propose")
    expect(propose).to_be_disabled()
    page.get_by_label("I mean it").check()
    expect(propose).to_be_enabled()
    assert not found(page)
    for view, mark in {
        "month": ".monthtour a.held .mark.held", "officers": ".officers td.held", "cooperatives": ".chip.held",
        "list": ".list .mark.held",
    }.items():  # fmt: skip
        page.goto(f"{house.address}/?lang=en&view={view}&month={str(one['date'])[:7]}")
        expect(page.locator(mark).first).to_be_visible()
        if view in {"officers", "cooperatives"}:
            expect(page.locator(".legend")).to_contain_text("reported: held")
        assert not found(page)


def test_what_a_plan_does_to_reports_is_said_before_it_is_published(house: House) -> None:
    page = house.page("/?lang=en")
    board = page.evaluate("async () => (await fetch('/v1/calendar?format=board&lang=en')).json()")
    last = max(board["tours"], key=lambda tour: str(tour["date"]))
    visit = last["stops"][0]["visit"]
    told = page.request.post(
        f"{house.address}/v1/plans/{house.plan}/moves", data={"moves": [{"kind": "leave-out", "visit": visit}]},
        headers={"Authorization": f"Bearer {house.secrets['planner']}"},
    )  # fmt: skip
    made = told.json()["plan"]  # before the report: what is reported is not moved
    put(house, visit, True, last["date"])
    page.goto(f"{house.address}/?lang=en&plan={made}&panel=publish")
    expect(page.locator(".panel").get_by_role("alert")).to_contain_text("moved by this plan")
    page.goto(f"{house.address}/?lang=en&panel=plan")
    expect(page.locator(".panel .late")).to_contain_text("reported may be moved")
    page.goto(f"{house.address}/?lang=en&panel=next")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator(".nextquarter .late")).to_contain_text("the day of the last report")


def test_on_a_phone_a_shadow_says_that_more_lies_beyond_the_edge(house: House) -> None:
    page = house.page("/?lang=th", phone=True)
    for part in (".tabs", ".filters"):
        box = page.locator(part)
        assert box.evaluate("one => one.scrollWidth > one.clientWidth"), part
        assert box.evaluate("one => getComputedStyle(one).backgroundAttachment").startswith("local, scroll")


@pytest.mark.parametrize("width", [1366, 1280])
def test_the_name_of_the_office_is_whole_where_there_is_room(house: House, width: int) -> None:
    page = house.page("/?lang=en")
    page.set_viewport_size({"width": width, "height": 768})
    title = page.locator(".bar .title")
    assert title.evaluate("one => one.scrollWidth <= one.clientWidth")
    height = page.locator(".bar").bounding_box()
    assert height is not None
    assert height["height"] < 60


def test_the_cell_at_fault_is_in_sight_in_a_narrow_panel(house: House, tmp_path: Path) -> None:
    page = house.page("/?lang=en&panel=office")
    page.set_viewport_size({"width": 1100, "height": 768})
    page.get_by_label("Choose").last.set_input_files(workbook(tmp_path, issues__G3="soon"))
    cell = page.locator(".piece td.faulty", has_text="soon")
    expect(cell).to_be_visible()
    inside, around = cell.bounding_box(), cell.locator("xpath=ancestor::div[1]").bounding_box()
    assert inside is not None
    assert around is not None
    assert around["x"] <= inside["x"]
    assert inside["x"] + inside["width"] <= around["x"] + around["width"]


@pytest.mark.parametrize("lang", ["th", "en"])
def test_on_a_phone_the_name_of_a_plan_takes_two_lines_and_no_line_ends_amid_its_date(house: House, lang: str) -> None:
    row, _, plan = load_planned(house.database, house.plan)
    made = finished(house.database, row.token_id, house.problem, plan)
    page = house.sign_in(phone=True).new_page()
    page.clock.set_fixed_time(row.created_at)  # this year goes without saying
    page.goto(f"{house.address}/?lang={lang}&plan={made}")
    label = page.locator(".bar .menu > button span").first
    expect(label).to_have_text(re.compile(r"^(แผนเมื่อ|Plan of) \d+\u00a0\S+\u00a0\d\d:\d\d$"))
    lines, cut = label.evaluate(
        """span => [Math.round(span.clientHeight / parseFloat(getComputedStyle(span).lineHeight)),
          span.scrollHeight > span.clientHeight + 1 || span.scrollWidth > span.clientWidth + 1]"""
    )
    assert (lines, cut) == (2, False)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
