"""What is computed: the first start, planning, absences and proposals, what-if and capacity, with a real engine."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect
from support.tables import workbook_of

from models.changes import Change
from models.faults import CODES
from models.template import write_template
from page.office import office_in

from .house import tab_to
from .test_axe import found
from .working import Works, serving

#: every kind of change that the API knows
CHANGES = get_args(get_args(Change)[0])


@pytest.fixture
def fresh(browser: Browser, tmp_path: Path) -> Iterator[Works]:
    """A service that nobody has used."""
    yield from serving(browser, tmp_path, furnished=False)


def workbook(folder: Path, **faults: object) -> Path:
    """The small office as a workbook, with cells of the sheet ``officers`` or ``issues`` set."""
    template, path = folder / "template.xlsx", folder / "office.xlsx"
    write_template(template, "en")
    office = folder / "office"
    office.mkdir(exist_ok=True)
    book = workbook_of(office_in(office), template)
    for place, value in faults.items():
        sheet, cell = place.split("__")
        book[sheet][cell] = value
    book.save(path)
    return path


def first_link(works: Works) -> str:
    """The one-time link that the first start prints."""
    found = re.search(r"(http://\S+/welcome/\S+)", works.process.log)
    assert found
    return found[1]


def test_the_first_start_faults_beside_their_cells_and_the_first_plan(fresh: Works, tmp_path: Path) -> None:
    context = fresh.browser.new_context()
    context.set_default_timeout(30_000)
    fresh.opened.append(context)
    page = context.new_page()
    page.goto(first_link(fresh))
    page.locator("form button").click()
    page.goto(f"{fresh.address}/?lang=en")
    expect(page.locator("h1")).to_have_text("Welcome")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Download the empty workbook").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(kept.value.path()).read_bytes()))
    assert {"officers", "cooperatives", "issues"} <= set(book.sheetnames)
    expect(page.get_by_role("button", name=re.compile("Try the sample office"))).to_be_visible()
    chooser = page.locator("input[type=file]")
    chooser.set_input_files(workbook(tmp_path, officers__D2="fishing", issues__G3="soon"))
    faulty = page.locator(".piece td.faulty")
    expect(faulty).to_have_count(2)
    assert set(faulty.all_inner_texts()) == {"fishing", "soon"}
    expect(page.locator(".faultlist h2")).to_have_text("2 things to mend")
    expect(page.locator(".sheetfault .remedy").first).not_to_be_empty()
    codes = page.locator(".sheetfault small").all_inner_texts()
    assert codes and all(text.split(" · ")[-1] in CODES for text in codes), "each says its code, which the docs explain"
    chooser.set_input_files(workbook(tmp_path, issues__E3="2 ครั้ง"))
    expect(page.locator(".kept")).to_contain_text("6 cooperatives")
    expect(page.locator(".kept .doubts")).to_contain_text("'2 ครั้ง' is read as 2.")
    page.locator(".kept").get_by_role("radio", name="15 seconds").check()
    page.locator(".kept").get_by_role("button", name="Plan now").click()
    page.wait_for_selector(".week .stop", timeout=90_000)


def test_planning_shows_its_figures_and_cancelling_keeps_the_best(works: Works) -> None:
    page = works.page("/?lang=en&panel=plan")
    page.get_by_role("radio", name="1 minute").check()
    page.get_by_role("button", name="Plan now").click()
    expect(page.locator(".running")).to_contain_text(re.compile("Waiting|Planning|Done"))
    expect(page.locator(".running .figures")).to_be_visible(timeout=60_000)
    stop = page.get_by_role("button", name="Stop and keep the best")
    if stop.count():
        stop.click()
    page.get_by_role("button", name="Show this plan").click(timeout=60_000)
    expect(page).to_have_url(re.compile("plan="))
    expect(page.locator(".bar .menu").first).to_contain_text("Plan of")


def absent(works: Works, page: Page) -> None:
    """Say, by keyboard, that an officer is away, and wait for the proposals."""
    tab_to(page, ".tab[href*='view=officers']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".officers td")
    tab_to(page, ".officers td")
    out = "button => document.activeElement.classList.contains('out')"
    for _ in range(200):
        if page.evaluate(out):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".officers td.picked")).to_have_count(3)
    page.keyboard.press("Enter")
    expect(page.locator("ul.told li")).to_contain_text("นักส่งเสริมลา")
    tab_to(page, ".panel form button.main")
    page.keyboard.press("Enter")
    page.wait_for_selector(".proposal", timeout=90_000)


def test_an_absence_from_the_board_becomes_proposals_by_keyboard(works: Works) -> None:
    page = works.page("/?lang=th")
    absent(works, page)
    expect(page.locator(".proposal")).to_have_count(3)
    expect(page.locator(".proposals .event li")).to_contain_text("นักส่งเสริมลา")
    first = page.locator(".proposal").first
    expect(first).to_contain_text("จ่ายจริง")
    expect(first).to_contain_text("ค่าถ่วงน้ำหนัก")
    expect(page.locator(".proposals")).to_contain_text("ค่าถ่วงน้ำหนักจึงอาจต่ำกว่าของแผนเดิม")
    expect(page.locator(".proposals .stood")).to_contain_text(
        re.compile(r"หากแผนเดิมคงอยู่: จ่ายจริง [\d,]+ บาท · ค่าถ่วงน้ำหนัก .*[\d,]+")
    )
    tab_to(page, ".proposal button")
    page.keyboard.press("Enter")
    expect(page.locator(".proposal.chosen")).to_have_count(1)
    assert not found(page)
    expect(page.locator(".planbar")).to_contain_text("ยังไม่ประกาศ")
    expect(page.locator(".planbar")).to_contain_text("ข้อเสนอ: กระทบน้อยที่สุด")
    slider = page.locator(".frontier input")
    if slider.count():
        expect(page.locator(".frontier output")).to_contain_text(re.compile("จ่ายจริง .* บาท · ค่าถ่วงน้ำหนัก"))
        plan = page.url
        tab_to(page, ".frontier input")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        assert page.url != plan or slider.get_attribute("max") == "0"
    tab_to(page, ".proposals > .actions .main")
    page.keyboard.press("Enter")
    expect(page.locator(".panel h2").first).to_have_text("ประกาศ")
    page.locator(".tab").first.click()  # the week, which opens on the day on which the changes begin
    expect(page.locator(".week .day.today")).to_have_count(1)
    with page.expect_event("requestfinished", lambda one: one.url.endswith("/publish")):
        page.get_by_role("button", name="ประกาศ", exact=True).click()
    expect(page.locator(".panel .allright")).to_be_visible()
    expect(page.locator(".week .day.today")).to_have_count(0)  # the days before it are open again


def test_a_corrected_workbook_is_planned_around_what_is_published(works: Works, tmp_path: Path) -> None:
    """An issue more for the third cooperative, from the 20th on: its visit comes; planning anew warns."""
    page = works.page("/?lang=en&panel=office")
    cells = {"issues__A8": "i7", "issues__B8": "c3", "issues__C8": "debt", "issues__D8": "3", "issues__E8": "1"}
    page.locator("input[type=file]").set_input_files(workbook(tmp_path, **cells, issues__F8="management"))
    kept = page.locator(".kept")
    kept.get_by_text("Plan the whole quarter anew").first.click()
    expect(kept.locator("details .late")).to_contain_text("begins from nothing")
    replan = kept.get_by_role("button", name="Replan around what is published")
    expect(replan).to_be_disabled()
    kept.get_by_label("The tables count from").fill("20 Aug 2012")
    assert not found(page)
    replan.click()
    page.wait_for_selector(".proposal", timeout=90_000)
    expect(page.locator(".proposals")).to_contain_text("1 visit is new in the tables")
    page.goto(f"{works.address}/?lang=en&panel=plan")
    expect(page.locator(".panel .late")).to_have_count(0)  # nothing is reported


def test_days_are_read_as_people_write_them(works: Works) -> None:
    page = works.page("/?lang=th&panel=changes")
    page.locator(".fields select").select_option("o1")
    days = page.locator(".fields input")
    days.fill("6 ส.ค. 2555 - 8 ส.ค. 2555")
    expect(page.locator(".fields + button")).to_be_enabled()  # read while the field is written in
    expect(page.locator(".fields .field small[role=status]")).to_contain_text("6–8 ส.ค. 2555")
    days.fill("6-8 ส.ค.")  # the year is that of the plan
    expect(page.locator(".fields .field small[role=status]")).to_contain_text("6–8 ส.ค. 2555")
    days.fill("6-8 ม.ค.")
    days.press("Tab")
    expect(page.locator(".fields .field small[role=status]")).to_have_text("เติมปีด้วย: 6-8 ม.ค. 2555")
    days.fill("วันพุธหน้า")
    days.press("Tab")
    expect(page.locator(".field input[aria-invalid]")).to_have_count(1)


def test_every_kind_of_change_can_be_said(works: Works) -> None:
    page = works.page("/?lang=en&panel=changes")
    known = {kind.__dataclass_fields__["kind"].default for kind in CHANGES} - {"car-away"}
    offered = page.locator(".form > .field select option")
    expect(offered).to_have_count(len(known))  # the cars of this office have no names
    assert set(offered.evaluate_all("all => all.map((one) => one.value)")) == known
    page.locator(".form > .field select").select_option("meeting")
    page.locator(".fields select").select_option("c1")
    page.get_by_label("It meets on").fill("10 Aug 2012")
    page.get_by_label("Instead of (if any)").fill("next week")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_label("Instead of (if any)")).to_be_focused()  # what cannot be read is not sent
    page.get_by_label("Instead of (if any)").fill("8 Aug 2012")
    expect(page.locator(".fields label", has_text="Instead of").locator("small")).to_have_text("8 Aug 2012")
    page.get_by_role("button", name="Add another").click()
    expect(page.locator("ul.told li")).to_contain_text("10 Aug 2012 · instead of 8 Aug 2012")


def test_a_button_stays_below_the_mouse_until_it_is_let_go(works: Works) -> None:
    page = works.page("/?lang=en&panel=changes")
    page.locator(".form > .field select").select_option("meeting")
    page.locator(".fields select").select_option("c1")
    page.get_by_label("It meets on").fill("10 Aug 2012")
    page.get_by_label("Instead of (if any)").fill("next week")
    propose = page.get_by_role("button", name="Propose")
    propose.hover()
    before = propose.bounding_box()
    with page.expect_response(re.compile("/v1/days")):
        page.mouse.down()  # leaves the field, which is read then; what is wrong with it takes lines of its own
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    assert propose.bounding_box() == before
    page.mouse.up()
    expect(page.get_by_label("Instead of (if any)")).to_be_focused()
    expect(page.locator(".field input[aria-invalid]")).to_have_count(1)


def test_what_is_pressed_while_a_day_is_read_is_done_once_it_is_read(works: Works) -> None:
    page = works.page("/?lang=en&panel=changes")
    page.locator(".fields select").select_option("o1")
    page.locator(".fields input").fill("06/08/2555")  # which the service has to read
    page.get_by_role("button", name="Add another").click()
    expect(page.locator("ul.told li")).to_contain_text("6 Aug 2012")
    page.locator(".fields select").select_option("o2")
    page.get_by_role("button", name="Propose").click()
    expect(page.locator(".fields input")).to_be_focused()  # a half of an event is not left out in silence
    expect(page.locator("ul.told li")).to_have_count(1)
    page.locator(".fields input").fill("no day at all")
    page.get_by_role("button", name="Propose").click()
    expect(page.locator(".amiss")).to_contain_text("2012")
    expect(page.locator(".field input[aria-invalid]")).to_have_count(1)


def test_what_if_is_planned_beside_and_compared(works: Works) -> None:
    page = works.page("/?lang=en&panel=whatif")
    page.get_by_label(re.compile("^Cars")).fill("1")
    page.get_by_label("a kilometre").fill("9")
    away = page.locator("fieldset:has(legend:text-is('Officers away'))")
    away.locator("select").select_option("o4")
    away.locator("input").fill("6-8 Aug 2012")
    page.get_by_role("button", name="Add these days").click()
    expect(page.locator("ul.told li")).to_contain_text("3 days")
    page.get_by_label("Last day").fill("31 Aug 2012")
    dates = page.locator("fieldset:has(legend:text('Dates'))")
    expect(dates).to_contain_text("31 Aug 2012")
    expect(dates).to_contain_text("lay the visits out anew")
    page.get_by_role("combobox").last.select_option("15")
    page.get_by_role("button", name="Plan it beside").click()
    page.wait_for_selector(".costs", timeout=90_000)
    expect(page.locator(".costs")).to_contain_text("paid")
    page.get_by_role("button", name="Show this plan").click()
    expect(page.locator(".panel h2").first).to_have_text("Compare")
    # the case has the name of what it changes, in the bar and in the table
    name = "1 car, a kilometre 9 baht, Wandee away 3 days, until 31 Aug 2012"
    expect(page.locator(".bar .menu button").first).to_have_text(f"What if: {name}")
    expect(page.locator(".planbar")).to_contain_text("A what-if office's plan")
    expect(page.locator(".costs thead")).to_contain_text(name)


def test_what_if_without_an_officer_and_a_car_by_name(works: Works) -> None:
    page = works.page("/?lang=th&panel=whatif")
    gone = page.locator("fieldset:has(legend:text-is('ถ้าไม่มีนักส่งเสริมเหล่านี้'))")
    gone.locator("select").select_option("o1")
    expect(gone.locator("li")).to_contain_text("สมชาย")
    gone.locator("select").select_option("o4")
    expect(gone.locator("select option")).to_have_count(3)  # to choose, and the two who are still there
    gone.get_by_role("button", name="เอาออก").last.click()
    expect(gone.locator("li")).to_have_count(1)
    page.get_by_role("combobox").last.select_option("15")
    with page.expect_request("**/what-if") as asked:
        page.get_by_role("button", name="จัดแผนเทียบ").click()
    assert asked.value.post_data_json == {"without_officers": ["o1"]}
    expect(page.locator(".panel")).to_contain_text("ไม่มี สมชาย", timeout=90_000)


def test_capacity_and_the_risk_of_an_absence(works: Works) -> None:
    page = works.page("/?lang=en&panel=capacity")
    page.wait_for_selector(".capacity .loads", timeout=60_000)
    expect(page.locator(".capacity")).to_contain_text("Chum Phae")
    rows = page.locator(".capacity section", has=page.get_by_role("heading", name="By district")).locator("tbody th")
    assert rows.all_inner_texts() == page.locator(".filters select").nth(1).locator("option").all_inner_texts()[1:]
    busy = page.locator(".capacity select").last
    busy.select_option("o4")
    expect(page.locator(".capacity section").last).to_contain_text(re.compile("Week|No week"), timeout=90_000)
