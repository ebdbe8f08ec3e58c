"""Reports on a phone: typed without a line, sent once when it is back, conflicts shown; and the head's view."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import Locator, Page, expect

from api.storage.reports import report_versions
from models.handbook.reports import Report

from .house import House
from .test_axe import found


def first_visit(page: Page) -> str:
    """Open the form of the first visit of the week, and its id."""
    button = page.locator(".mystop .reporting").first
    visit = button.get_attribute("data-visit")
    assert visit is not None
    with page.expect_response(f"**/{visit}/reporting"):
        button.click()
    expect(page.locator("form.report")).to_be_visible()
    return visit


def versions(house: House, visit: str) -> list[Report]:
    """What the service has, the newest first."""
    with house.database.read() as session:
        rows = report_versions(session, dt.date(2012, 8, 1), visit)
    return [Report.model_validate_json(row.report) for row, _ in rows]


def test_what_is_typed_without_a_line_is_kept_and_sent_once(house: House) -> None:
    context = house.sign_in("officer", phone=True)
    page = context.new_page()
    page.goto(f"{house.address}/?lang=en")
    visit = first_visit(page)
    page.get_by_label("Remarks").fill("บันทึกตอนไม่มีสัญญาณ")
    page.locator(".levels .level.l4").first.click()
    context.set_offline(True)
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator(".reportstate")).to_contain_text("sent by itself")
    assert versions(house, visit) == []
    context.set_offline(False)
    expect(page.locator(".reportstate")).to_contain_text("Sent, version 1", timeout=20_000)
    page.reload()
    page.wait_for_selector(".agenda")
    (sent,) = versions(house, visit)
    assert sent.remarks == "บันทึกตอนไม่มีสัญญาณ"
    assert list(sent.condition.values()) == [4]


def test_what_was_sent_stays_in_the_form_and_in_the_next_version(house: House) -> None:
    page = house.page("/?lang=en&week=2012-W33", "officer", phone=True)
    visit = first_visit(page)
    report, state = page.locator("form.report"), page.locator(".reportstate")
    report.get_by_label("Remarks").fill("บันทึกทดสอบ")
    report.get_by_label("Members", exact=True).fill("12")
    report.get_by_label("Outcome").first.select_option("progress")
    for words in ("Sessions held", "Sessions still needed"):
        expect(report.get_by_label(words, exact=True).first).to_be_visible()
    report.get_by_label("Outcome").first.select_option("solved")
    report.get_by_role("button", name="Send the report").click()
    expect(state).to_contain_text("Sent, version")
    expect(report.get_by_label("Remarks")).to_have_value("บันทึกทดสอบ")
    expect(report.get_by_label("Members", exact=True)).to_have_value("12")
    expect(report.get_by_label("Outcome").first).to_have_value("solved")
    report.get_by_label("Remarks").fill("another thought")
    report.get_by_role("button", name="Discard").click()
    expect(report.get_by_label("Remarks")).to_have_value("บันทึกทดสอบ")
    page.get_by_label("Km of the whole tour").fill("142")
    report.get_by_role("button", name="Send the report").click()
    expect(state).to_contain_text("Sent, version")
    newest = versions(house, visit)[0]
    assert (newest.remarks, newest.members, newest.km) == ("บันทึกทดสอบ", 12, 142)
    assert [one.outcome for one in newest.progress] == ["solved"]


def test_the_form_takes_the_numbers_that_a_report_may_hold(house: House) -> None:
    page = house.page("/?lang=en", "officer", phone=True)
    first_visit(page)
    numbers = [("Board", 0, 10_000, "1"), ("Members", 0, 100_000, "1"), ("Km of the whole tour", 0, 5_000, "any")]
    for label, least, most, step in numbers:
        field = page.locator("form.report").get_by_label(label).first
        told = [field.get_attribute(name) for name in ("min", "max", "step")]
        assert told == [str(least), str(most), step], label


def test_the_form_has_the_width_of_the_phone(house: House) -> None:
    page = house.page("/?lang=th", "officer", phone=True)
    first_visit(page)

    def box(locator: Locator) -> dict[str, float]:
        found = locator.bounding_box()
        assert found
        return dict(found)

    report = page.locator("form.report")
    assert box(report)["width"] == box(page.locator(".mystop").first)["width"]
    start, end = (report.get_by_role("textbox", name=name) for name in ("เริ่ม", "เสร็จ"))
    send, close = (report.get_by_role("button", name=name, exact=True) for name in ("ส่งรายงาน", "ปิด"))
    for one, other in [(start, end), (send, close)]:
        assert box(one)["y"] == box(other)["y"]
        assert box(one)["height"] == box(other)["height"]


def test_what_is_typed_outlives_a_reload(house: House) -> None:
    page = house.page("/?lang=th", "officer", phone=True)
    first_visit(page)
    page.get_by_label("ข้อสังเกต").fill("ยังพิมพ์ไม่เสร็จ")
    page.reload()
    page.wait_for_selector(".agenda")
    expect(page.locator(".mystop .reporting").first).to_contain_text("ยังไม่ส่ง")
    page.locator(".mystop .reporting").first.click()
    expect(page.get_by_label("ข้อสังเกต")).to_have_value("ยังพิมพ์ไม่เสร็จ")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_of_two_reports_both_are_shown_and_none_is_lost(house: House) -> None:
    page = house.page("/?lang=en", "officer", phone=True)
    visit = first_visit(page)
    page.get_by_label("Remarks").fill("mine")
    asking = "async (visit) => (await (await fetch(`/v1/visits/${visit}/reporting`)).json())"
    form: Any = page.evaluate(asking, visit)
    standing = len(versions(house, visit))
    theirs = {"visit": visit, "held": False, "reason": "weather", "remarks": "theirs"}
    answer = house.opened[-1].request.put(
        f"{house.address}/v1/visits/{visit}/report", data={"replaces": form["version"], "report": theirs},
        headers={"Authorization": f"Bearer {house.secrets['planner']}"},
    )  # fmt: skip
    assert answer.status == 201, answer.text()
    page.get_by_role("button", name="Send the report").click()
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("theirs")
    expect(conflict).to_contain_text("mine")
    conflict.get_by_role("button", name="Send mine as the next version").click()
    expect(page.locator(".reportstate")).to_contain_text("Sent")
    assert [one.remarks for one in versions(house, visit)][:2] == ["mine", "theirs"]
    assert len(versions(house, visit)) == standing + 2


def test_what_is_wrong_is_told_beside_what_was_typed(house: House) -> None:
    page = house.page("/?lang=en", "officer", phone=True)
    first_visit(page)
    page.get_by_label("Starts").fill("10:00")
    page.get_by_label("Ends").fill("09:00")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator(".report .faults")).to_contain_text("ends before it begins")
    expect(page.get_by_label("Starts")).to_have_value("10:00")
    page.get_by_label("Ends").fill("11:00")
    page.get_by_label("Date").fill("4 Aug 2012")  # a Saturday: taken, and doubted
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator(".reportstate")).to_contain_text("Sent")
    expect(page.locator(".report > .late")).to_contain_text("no workday of the plan")


def test_a_planner_reports_on_a_visit_of_the_published_plan(house: House) -> None:
    page = house.page("/?lang=en&week=2012-W34")
    page.locator(".stop").first.click()
    with page.expect_response(re.compile(r"/reporting$")) as asked:
        page.locator(".visitpanel .reporting").click()
    visit = str(asked.value.json()["visit"])
    page.get_by_label("Members", exact=True).fill("20")
    page.get_by_text("not held", exact=True).click()
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator(".reportstate")).to_contain_text("Sent")
    assert not versions(house, visit)[0].held
    page.get_by_text("held", exact=True).click()
    expect(page.get_by_label("Members", exact=True)).to_have_value("20")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator(".reportstate")).to_contain_text("Sent, version 2")
    assert (versions(house, visit)[0].held, versions(house, visit)[0].members) == (True, 20)


def test_the_head_sees_urgency_and_approves(house: House) -> None:
    page = house.page("/?lang=en", "head")
    page.get_by_role("link", name="Follow-up").click()
    panel = page.locator(".panel")
    expect(panel).to_contain_text("Ranking by urgency")
    for name in ("Plan, version", "Travel requests"):  # read before they are approved
        with page.context.expect_page() as document:
            panel.get_by_role("link", name=name).click()
        expect(document.value.locator("body")).to_contain_text("made up")
        document.value.close()
    panel.get_by_role("button", name="Approve").first.click()
    expect(panel).to_contain_text("approved by")
    with page.context.expect_page() as opened:
        panel.get_by_role("link", name="Evaluation, to print").click()
    opened.value.wait_for_load_state()
    expect(opened.value.locator("h1")).to_contain_text("Summary for the provincial head")
    assert opened.value.locator("svg").count() >= 1


def test_a_handbook_that_was_filled_in_comes_back(house: House, tmp_path: Path) -> None:
    """A reason that cannot be read is told beside its cell; mended, the report is filed, then kept."""
    page = house.page("/?lang=en&panel=circle")
    answer = page.request.get(f"{house.address}/v1/handbook?format=xlsx&lang=en")
    written = tmp_path / "handbook.xlsx"
    written.write_bytes(answer.body())
    book = openpyxl.load_workbook(written)
    sheet = book["visits"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = next(r for r in range(2, sheet.max_row + 1) if not sheet.cell(r, columns["held"]).value)

    def send(**cells: str) -> None:
        for key, value in cells.items():
            sheet.cell(row, columns[key]).value = value
        book.save(written)
        page.locator(".filling input[type=file]").set_input_files(written)

    filling = page.locator(".filling")
    send(held="no", reason="maybe")
    expect(filling.locator(".piece td.faulty")).to_have_text("maybe")
    send(reason="weather", remarks="by the workbook")
    expect(filling).to_contain_text("1 report was filed")
    send(remarks="otherwise")
    expect(filling.locator(".conflict")).to_contain_text("otherwise")
    assert not found(page)
    visit = str(sheet.cell(row, columns["visit"]).value)
    assert [one.remarks for one in versions(house, visit)] == ["by the workbook"]
    filling.get_by_label("as the workbook says").check()
    filling.get_by_role("button", name="Take 1 report").click()
    expect(filling.locator(".conflict")).to_have_count(0)
    assert [one.remarks for one in versions(house, visit)] == ["otherwise", "by the workbook"]
    head = house.page("/?lang=en&panel=circle", "head")
    expect(head.locator(".panel .papers").first).to_be_visible()
    expect(head.locator(".filling")).to_have_count(0)


def test_an_issue_found_on_the_visit_goes_on_to_the_next_quarter(house: House) -> None:
    page = house.page("/?lang=th&week=2012-W34", "officer", phone=True)
    visit = first_visit(page)
    page.get_by_role("button", name="เพิ่มประเด็นใหม่").click()
    page.get_by_role("button", name="ส่งรายงาน").click()
    subject, amiss = page.get_by_label("เรื่อง"), page.locator(".amiss")
    expect(subject).to_be_focused()
    expect(amiss).to_have_text("กรอกช่องนี้ก่อน")  # in the page's language, not in the browser's
    field, head = subject.bounding_box(), page.locator(".viewhead").bounding_box()
    assert field and head and field["y"] > head["y"] + head["height"], "it is not beneath what sticks to the top"
    subject.fill("ทะเบียนหุ้นไม่ครบ")
    expect(amiss).to_have_count(0)
    page.get_by_label("ความรุนแรง").fill("9")
    page.get_by_role("button", name="ส่งรายงาน").click()
    expect(amiss).to_have_text("ใส่ตัวเลขตั้งแต่ 1 ถึง 5")
    page.get_by_label("ความรุนแรง").fill("4")
    page.get_by_role("button", name="ส่งรายงาน").click()
    expect(page.locator(".reportstate")).to_contain_text("ส่งแล้ว")
    (issue,) = versions(house, visit)[0].new_issues
    assert (issue.id, issue.title_th, issue.severity) == (f"{visit}-1208-1", "ทะเบียนหุ้นไม่ครบ", 4)
    planner = house.page("/?lang=th&panel=next")
    planner.get_by_role("button", name="แสดงสิ่งที่เปลี่ยน").click()
    expect(planner.locator(".nextquarter")).to_contain_text("ทะเบียนหุ้นไม่ครบ")


def test_by_when_is_typed_as_people_write_it_with_a_line_and_without(house: House) -> None:
    page = house.page("/?lang=th&week=2012-W34", "officer", phone=True)
    visit = first_visit(page)
    page.get_by_role("button", name="เพิ่มข้อตกลง").click()
    page.get_by_label("ทำอะไร", exact=True).fill("ส่งทะเบียน")
    page.get_by_label("ใครทำ").fill("ประธาน")
    when = page.get_by_role("textbox", name="ภายใน")
    when.fill("๓ ก.ย. ๒๕๕๕")
    expect(when.locator("xpath=..").get_by_role("status")).to_have_text("3 ก.ย. 2555")
    start = page.get_by_role("textbox", name="เริ่ม")
    start.fill("๑๓.๑๕ น.")
    expect(start.locator("xpath=..").get_by_role("status")).to_have_text("13:15 น.")
    page.context.set_offline(True)
    end = page.get_by_role("textbox", name="เสร็จ")
    end.fill("บ่ายสาม")
    end.press("Tab")
    expect(end).to_have_attribute("aria-invalid", "true")
    end.fill("15.30")
    expect(end.locator("xpath=..").get_by_role("status")).to_have_text("15:30 น.")
    when.fill("31 ก.พ. 2555")
    when.press("Tab")
    expect(when).to_have_attribute("aria-invalid", "true")
    when.fill("17 กันยายน 2555")
    expect(when.locator("xpath=..").get_by_role("status")).to_have_text("17 ก.ย. 2555")
    page.get_by_role("button", name="ส่งรายงาน").click()
    expect(page.locator(".reportstate")).to_contain_text("รอส่ง")
    page.context.set_offline(False)
    expect(page.locator(".reportstate")).to_contain_text("ส่งแล้ว")
    sent = versions(house, visit)[0]
    assert [step.by for step in sent.steps] == [dt.date(2012, 9, 17)]
    assert (sent.start, sent.end) == (13 * 60 + 15, 15 * 60 + 30)


def test_the_head_reads_a_report_and_approves_it(house: House) -> None:
    page = house.page("/?lang=en", "officer", phone=True)
    visit = first_visit(page)
    page.get_by_label("Remarks").fill("ขอพบทะเบียนสมาชิกก่อนอนุมัติ")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator(".reportstate")).to_contain_text("Sent")
    desk = house.page("/?lang=en&panel=circle", "head")
    panel = desk.locator(".panel")
    panel.get_by_role("searchbox").fill("ก่อนอนุมัติ")
    panel.get_by_role("button", name="Search").click()
    expect(panel).to_contain_text("1 text")
    expect(panel).to_contain_text("“ขอพบทะเบียนสมาชิกก่อนอนุมัติ”")
    desk.goto(f"{house.address}/?lang=en&visit={visit}")
    reading = desk.locator(".reading")
    expect(reading).to_contain_text("ขอพบทะเบียนสมาชิกก่อนอนุมัติ")
    reading.get_by_role("button", name=re.compile("Approve version")).click()
    expect(reading).to_contain_text("approved by head")
    page.reload()
    page.locator(".mystop .reporting").first.click()
    expect(page.locator("form.report")).to_contain_text("approved by head")


def test_each_line_of_the_next_quarter_can_be_overruled_by_a_click(house: House) -> None:
    page = house.page("/?lang=en&panel=next")
    # the office's horizon ends on 14 September: the three whole months after it
    expect(page.get_by_label("First day")).to_have_value("1 Oct 2012")
    expect(page.get_by_label("Last day")).to_have_value("31 Dec 2012")
    page.get_by_role("button", name="Show what changes").click()
    panel = page.locator(".nextquarter")
    expect(panel).to_contain_text("the new horizon")
    lines = panel.locator("tbody tr")
    told = lines.count()
    for table in panel.locator(".lines:not([open]) summary").all():
        table.click()
    lines.nth(1).get_by_role("checkbox").uncheck()
    expect(panel.locator("p[role=status]")).to_contain_text(f"{told} lines · 1 not taken")
    with page.expect_download() as kept:
        panel.get_by_role("button", name="All tables (zip)").click()
    with zipfile.ZipFile(kept.value.path()) as package:
        assert package.read("_changes.csv").decode().count(",no,") == 1
        assert "next.html" in package.namelist()
    panel.get_by_role("button", name="Take it as the next quarter's office").click()
    expect(panel.locator(".kept")).to_contain_text("6 cooperatives")
    expect(panel.locator(".kept").get_by_role("button")).to_be_enabled()


def test_the_preparation_of_an_office_is_planned_from_its_workbook(house: House, tmp_path: Path) -> None:
    from support.tables import workbook_of

    from models.template import write_template
    from page.office import office_in

    office = office_in(tmp_path / "office")
    toml = (office / "office.toml").read_text(encoding="utf-8")
    toml = toml.replace("[day]", "[preparation]\nfirst = 2012-07-02\nlast = 2012-07-31\n[day]", 1)
    (office / "office.toml").write_text(toml, encoding="utf-8")
    write_template(tmp_path / "empty.xlsx", "th")
    workbook_of(office, tmp_path / "empty.xlsx", thai=True).save(tmp_path / "office.xlsx")
    page = house.page("/?lang=en&panel=office")
    page.get_by_label("Plan the preparation").check()
    page.get_by_label("Choose").last.set_input_files(tmp_path / "office.xlsx")
    expect(page.locator(".kept")).to_contain_text("6 visits")
    expect(page.locator(".kept")).to_contain_text("22 workdays")


def test_content_that_slips_is_planned_anew_from_its_line(house: House) -> None:
    page = house.page("/?lang=en&panel=circle")
    page.get_by_label("As of").fill("2012-09-10")
    line = page.locator(".readiness li", has_text="(i1)")
    expect(line).to_contain_text("overdue")
    expect(line).to_contain_text("next with: agreed with management")
    line.get_by_role("button", name="It slips").click()
    expect(page.get_by_label("What happened")).to_have_value("content-late")
    expect(page.locator(".fields select")).to_have_value("i1")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_label("Content ready on")).to_be_focused()
    page.get_by_label("Content ready on").fill("12 Sep 2012")
    expect(page.locator(".fields label", has_text="Content ready on").locator("small")).to_have_text("12 Sep 2012")
