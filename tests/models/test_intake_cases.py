"""Tables as people and their programs write them: what a workbook can hold, and how it is read."""

from __future__ import annotations

import datetime as dt
import sys
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest
from support.rawbook import TABLES as RAW
from support.rawbook import raw_book
from support.tables import faults, folder, tables

from models.faults import Fault, InvalidInput
from models.intake import OfficeBook, read_office
from models.intake.hours import clock
from models.thaitext import key, normal


def read(path: Path) -> OfficeBook:
    return read_office(path)


def told(path: Path) -> list[Fault]:
    with pytest.raises(InvalidInput) as caught:
        read_office(path)
    return list(caught.value.faults)


def due(path: Path) -> dt.date | None:
    return read(path).office.issues[0].due


# --- numbers that show dates and times


@pytest.mark.parametrize(
    "number_format", [14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59), 71, 72, 73, 74, 77, 81]
)
def test_every_built_in_format_of_dates(tmp_path: Path, number_format: int) -> None:
    # 41136 days after 30 December 1899
    path = raw_book(tmp_path / "a.xlsx", {"issues!G2": '<c s="1"><v>41136</v></c>'}, style=number_format)
    assert due(path) == dt.date(2012, 8, 15)


@pytest.mark.parametrize("number_format", [18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 55, 56, 75, 76, 78, 79, 80])
def test_every_built_in_format_of_times(tmp_path: Path, number_format: int) -> None:
    path = raw_book(tmp_path / "a.xlsx", {"office!B6": '<c s="1"><v>0.354166666666667</v></c>'}, style=number_format)
    assert read(path).problem.day.start == 510


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("ว/ด/ปปปป", 41136), ("ว ดดดด ปปปป", 41136), ("[$-D07041E]d mmmm yyyy", 41136), ('yyyy"ปี"', 41136),
        ("[$-107041E]d mmm bbbb;@", 41136), ("dd/mm/bb", 41136), ("d/m/yy ช:นน", 41136), ("[$-th-TH,107]d/m/yy", 41136),
    ],
)  # fmt: skip
def test_own_formats_of_dates_also_thai_ones(tmp_path: Path, code: str, value: int) -> None:
    cells = {"issues!G2": f'<c s="1"><v>{value}</v></c>'}
    assert due(raw_book(tmp_path / "a.xlsx", cells, style=200, formats={200: code})) == dt.date(2012, 8, 15)


@pytest.mark.parametrize("code", ["hh:mm", "ช:นน", "[h]:mm", "[ช]:นน:ทท", "h:mm AM/PM", "นน:ทท.0"])
def test_own_formats_of_times(tmp_path: Path, code: str) -> None:
    cells = {"office!B6": '<c s="1"><v>0.354166666666667</v></c>'}
    assert read(raw_book(tmp_path / "a.xlsx", cells, style=200, formats={200: code})).problem.day.start == 510


@pytest.mark.parametrize("code", ["0.00", "#,##0", "0.0E+00", '0" บาท"', "[Red]0", "General", "0%", "# ?/?", '"d"0'])
def test_formats_of_numbers_show_no_dates(tmp_path: Path, code: str) -> None:
    cells = {"issues!D2": '<c s="1"><v>4</v></c>'}
    path = raw_book(tmp_path / "a.xlsx", cells, style=200, formats={200: code})
    assert read(path).office.issues[0].severity == 4


def test_a_number_without_a_format_of_dates_is_no_date(tmp_path: Path) -> None:
    path = raw_book(tmp_path / "a.xlsx", {"issues!G2": "<c><v>41136</v></c>"})
    assert faults(path) == [("cell-value", "a.xlsx, sheet issues, row 2, column due")]


def test_days_counted_from_1904(tmp_path: Path) -> None:
    path = raw_book(tmp_path / "a.xlsx", {"issues!G2": '<c s="1"><v>39674</v></c>'}, style=14)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    assert due(path) == dt.date(2012, 8, 15)


def test_dates_written_by_iso(tmp_path: Path) -> None:
    assert due(raw_book(tmp_path / "a.xlsx", {"issues!G2": '<c t="d"><v>2012-08-15</v></c>'})) == dt.date(2012, 8, 15)


@pytest.mark.parametrize(("value", "minutes"), [("0.3541666", 510), ("0.3541667", 510), ("0.99999999", 1440), ("0", 0)])
def test_times_are_rounded_to_the_second(tmp_path: Path, value: str, minutes: int) -> None:
    cells = {"office!B6": f'<c s="1"><v>{value}</v></c>', "office!B7": '<c t="str"><v>23:59</v></c>'}
    path = raw_book(tmp_path / "a.xlsx", cells, style=20)
    if minutes < 1439:
        assert read(path).problem.day.start == minutes
    else:
        assert [fault.code for fault in told(path)] == ["time-order"]
    assert clock(dt.time(8, 29, 59, 999_999)) == 510


# --- what formulas leave behind


def test_a_stored_empty_text_is_blank(tmp_path: Path) -> None:
    formula = '<c t="str"><f>IF(Z4="","",Z4)</f><v></v></c>'
    prefilled = {f"issues!{column}{row}": formula for column in "ABCDEFG" for row in range(4, 40)}
    assert len(read(raw_book(tmp_path / "a.xlsx", prefilled)).office.issues) == 2


def test_a_formula_without_a_value_is_a_fault(tmp_path: Path) -> None:
    path = raw_book(tmp_path / "a.xlsx", {"issues!D2": "<c><f>2+2</f></c>"})
    assert faults(path) == [("cell-formula", "a.xlsx, sheet issues, row 2, column severity")]


# --- text


@pytest.mark.parametrize(
    ("stored", "title"),
    [
        ("ก_x000D_\nข", "ก ข"), ("_x005F_x000D_", "_x000D_"), ("a_x005F_b", "a_b"),
        ("_x0E01_", "ก"), ("x_x00zz_", "x_x00zz_"),
        ("ปุ๋ย​อินทรีย์", "ปุ๋ยอินทรีย์"),
    ],
)  # fmt: skip
def test_escapes_of_the_file_format_are_undone(tmp_path: Path, stored: str, title: str) -> None:
    path = raw_book(tmp_path / "a.xlsx", {"issues!H2": f'<c t="inlineStr"><is><t>{stored}</t></is></c>'})
    assert read(path).office.issues[0].title_th == title


def test_an_escaped_control_character_is_a_fault(tmp_path: Path) -> None:
    path = raw_book(tmp_path / "a.xlsx", {"issues!H2": '<c t="inlineStr"><is><t>a_x0001_</t></is></c>'})
    assert faults(path) == [("cell-value", "a.xlsx, sheet issues, row 2, column title_th")]


def test_runs_of_text_are_joined_and_readings_left_out(tmp_path: Path) -> None:
    rich = '<c t="inlineStr"><is><r><t>หนี้</t></r><r><t>ค้าง</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>'
    assert read(raw_book(tmp_path / "a.xlsx", {"issues!H2": rich})).office.issues[0].title_th == "หนี้ค้าง"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("แนะน\u0e4dาได้", "แนะนำได้"),  # sara am as two marks
        ("น\u0e49\u0e4dา", "น้ำ"), ("น\u0e4d\u0e49า", "น้ำ"), ("น\u0e33\u0e49", "น้ำ"),  # with a tone mark
        ("เเผนงาน", "แผนงาน"),  # sara ae as two sara e
        ("ที\u0e48\u0e48", "ที่"), ("ท\u0e48\u0e35", "ที่"),  # a tone mark twice, or before its vowel
        ("ตํ่ากว่า", "ต่ำกว่า"), ("พฤ\u200bหัส\ufeffบดี", "พฤหัสบดี"), ("สหกรณ\u0e4c\u0e4c", "สหกรณ์"),
        ("พันธ\u0e4c\u0e38", "พันธุ์"),
    ],
)  # fmt: skip
def test_text_that_looks_alike_is_alike(written: str, meant: str) -> None:
    assert normal(written) == meant and key(written) == key(meant)


def test_no_mark_without_width_stays() -> None:
    marks = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"]
    assert normal("ก" + "".join(marks)) == "ก"


def test_headings_choices_days_and_ids_in_any_spelling(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "office", tables(partners__0__weekdays="วันพฤหัส บดี, วันพุธ", cooperatives__0__standard="ตํ่ากว่า มาตรฐาน")
    )
    (path / "officers.csv").write_text("รหัส,ชื่อ-สกุล,ด้านที่แนะน\u0e4dาได้\no1,หนึ่ง,accounts\no2,สอง,debt\n", encoding="utf-8")
    book = read(path)
    assert book.office.cooperatives[0].standard == "below"
    assert {day.weekday() for day in (book.problem.partners or ())[0].dates} == {2, 3}


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("พุธ-ศุกร์", {2, 3, 4}), ("อ. พฤ.", {1, 3}), ("อังคารและพฤหัสบดี", {1, 3}), ("จันทร์ถึงพุธ; ศ.", {0, 1, 2, 4}),
        ("ทุกวันอังคาร", {1}), ("Tue to Thu", {1, 2, 3}), ("พฤ.-จ.", {0, 3, 4}), ("จ อ พ", {0, 1, 2}),
        ("Mon through Wed", {0, 1, 2}),
    ],
)  # fmt: skip
def test_days_of_a_partner_as_hours_name_them(tmp_path: Path, written: str, days: set[int]) -> None:
    """2012-08-01 to 2012-10-31 has every workday of the week; nobody visits on weekends."""
    book = read(folder(tmp_path / "office", tables(partners__0__weekdays=written)))
    assert {day.weekday() for day in (book.problem.partners or ())[0].dates} == days


@pytest.mark.parametrize(
    "written",
    ["พุธ-", "-ศุกร์", "จันทร์ -", "Wed-", "พุธ–", "พุธ..", "พุธ ถึง", "to Wed", "จันทร์; พุธ-", "จันทร์-\nศุกร์", "จันทร์,-ศุกร์"],
)
def test_days_of_a_range_that_was_left_unfinished(tmp_path: Path, written: str) -> None:
    """Not read as the one day that is there: the other was forgotten, or the dash was."""
    (fault,) = told(folder(tmp_path / "office", tables(partners__0__weekdays=written)))
    assert (fault.code, fault.where) == ("cell-value", "partners.csv, row 2, column weekdays")
    assert "one end" in fault.cause and "Wed-Fri" in fault.remedy and "พุธ-ศุกร์" in fault.in_language("th").remedy


@pytest.mark.parametrize("written", ["พุธ-ศุกร์-", "อังคารที่ 1", "เว้นวันพุธ", "ทุกวันเว้นพุธ", "จันทร์ 09:00-12:00", "พุธ - - ศุกร์"])
def test_what_names_no_days_alone_is_a_fault(tmp_path: Path, written: str) -> None:
    (fault,) = told(folder(tmp_path / "office", tables(partners__0__weekdays=written)))
    assert (fault.code, fault.where) == ("cell-value", "partners.csv, row 2, column weekdays")


def test_marks_of_direction_are_left_out_and_told(tmp_path: Path) -> None:
    path = folder(tmp_path / "office", tables(cooperatives__0__name_th="สหกรณ์\u202eหนึ่ง"))
    book = read(path)
    assert book.office.cooperatives[0].name_th == "สหกรณ์หนึ่ง"
    assert [(w.code, w.where) for w in book.warnings] == [("text-cleaned", "cooperatives.csv, row 2, column name_th")]


# --- ids


@pytest.mark.parametrize(("code", "shown"), [("0000", "0001"), ('"C"000', "C001"), ("00-00", "00-01"), ("\\K0", "K1")])
def test_an_id_that_its_sheet_shows_otherwise(tmp_path: Path, code: str, shown: str) -> None:
    cells = {"cooperatives!A2": '<c s="1"><v>1</v></c>', "issues!B2": f'<c t="str"><v>{shown}</v></c>'}
    (fault,) = told(raw_book(tmp_path / "a.xlsx", cells, style=200, formats={200: code}))
    assert fault.where == "a.xlsx, sheet cooperatives, row 2, column id"
    assert "1" in fault.cause and shown in fault.cause and shown in fault.remedy


def test_plain_numbers_are_ids(tmp_path: Path) -> None:
    cells = {"cooperatives!A2": "<c><v>1</v></c>", "issues!B2": '<c t="str"><v>1</v></c>'}
    assert read(raw_book(tmp_path / "a.xlsx", cells)).problem.cooperatives[0].id == "1"


def test_things_by_their_names(tmp_path: Path) -> None:
    path = folder(tmp_path / "office", tables(
        issues__0__topic="บัญชี", issues__0__cooperative="สหกรณ์หนึ่ง", issues__1__partner="ธ.ก.ส.",
        officers__0__topics="บัญชี; หนี้",
        absences__0__officer="สอง", cooperatives__0__current_lead="หนึ่ง", cooperatives__1__never="สอง",
    ))  # fmt: skip
    book = read(path)
    assert (book.office.issues[0].topic, book.office.issues[0].cooperative) == ("accounts", "c1")
    assert book.office.issues[1].partner == "baac" and book.problem.officers[0].topics == ("accounts", "debt")
    assert book.problem.officers[1].absent and book.problem.cooperatives[1].barred == ("o2",)


def test_a_name_that_two_bear_is_no_reference(tmp_path: Path) -> None:
    made = tables(cooperatives__1__name_th="สหกรณ์หนึ่ง", issues__0__cooperative="สหกรณ์หนึ่ง")
    assert faults(folder(tmp_path / "office", made)) == [("name-ambiguous", "issues.csv, row 2, column cooperative")]


# --- sheets


def test_strict_open_xml_is_one_fault(tmp_path: Path) -> None:
    (fault,) = told(raw_book(tmp_path / "a.xlsx", namespace="http://purl.oclc.org/ooxml/spreadsheetml/main"))
    assert (fault.code, fault.where) == ("file-unreadable", "a.xlsx") and "Strict" in fault.cause


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets(tmp_path: Path, state: str) -> None:
    more = dict(RAW) | {"Sheet9": [("x", "y")]}
    book = read(raw_book(tmp_path / "a.xlsx", tables=more, states={"Sheet9": state, "topics": state}))
    (warning,) = book.warnings  # what is none of the tables is passed over; what is read is told
    assert (warning.code, warning.where) == ("sheet-hidden", "a.xlsx, sheet topics")
    assert ("Alt+F11" in warning.remedy) == (state == "veryHidden")


@pytest.mark.parametrize(
    ("cells", "merged"),
    [("H10:J12", False), ("A1:B1", True), ("B2:B3", True), ("A9:C9", False), ("E1:F2", False)],
)
def test_merged_cells_count_within_the_table(tmp_path: Path, cells: str, merged: bool) -> None:
    tail = f'<mergeCells count="1"><mergeCell ref="{cells}"/></mergeCells>'
    path = raw_book(tmp_path / "a.xlsx", tails={"officers": tail})
    assert faults(path) == ([("cell-merged", f"a.xlsx, sheet officers, cells {cells}")] if merged else [])


def test_titles_above_the_headings_are_passed_over(tmp_path: Path) -> None:
    titled = dict(RAW)
    for name in RAW:
        titled[name] = [("แผนงานประจำปี 2555",), ("", "หน่วยงาน", "สำนักงานทดสอบ"), (), *RAW[name]]
    tail = '<mergeCells count="1"><mergeCell ref="A1:F1"/></mergeCells>'
    path = raw_book(tmp_path / "a.xlsx", tables=titled, tails=dict.fromkeys(RAW, tail))
    assert read(path).problem == read(raw_book(tmp_path / "b.xlsx")).problem


# --- size: bounded by what is filled in


def styled(path: Path, rows: int, cells: str = "") -> Path:
    """The workbook with so many styled and empty rows below the table of absences."""
    extra = dict(RAW) | {"absences": [("officer", "from", "to")]}
    raw_book(path, tables=extra)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = f"xl/worksheets/sheet{len(extra)}.xml"
    body = "".join(f'<row r="{n}" s="1" customFormat="1">{cells}</row>' for n in range(2, rows + 1)).encode()
    parts[name] = parts[name].replace(b"</sheetData>", body + b"</sheetData>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return path


def test_styled_rows_cost_nothing_but_their_reading(tmp_path: Path) -> None:
    began = time.process_time()
    assert faults(styled(tmp_path / "a.xlsx", 1_048_576)) == []
    assert time.process_time() - began < 30, "seconds, not minutes"


def test_styled_cells_by_the_million_are_refused(tmp_path: Path) -> None:
    began = time.process_time()
    path = styled(tmp_path / "a.xlsx", 600_000, '<c s="1"/><c s="1"/><c s="1"/>')
    assert faults(path) == [("file-too-large", "a.xlsx")]
    assert time.process_time() - began < 30, "seconds, not minutes"


def test_one_long_text_shared_by_many_cells_is_refused(tmp_path: Path) -> None:
    text = "ก" * 30_000
    cells = {f"issues!H{row}": f'<c t="str"><v>{text}</v></c>' for row in range(4, 400)}
    assert [code for code, _ in faults(raw_book(tmp_path / "a.xlsx", cells))] == ["file-too-large"]


def test_two_sheets_of_one_part_are_read_once(tmp_path: Path) -> None:
    path = raw_book(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace(b"worksheets/sheet3.xml", b"worksheets/sheet2.xml")
    with zipfile.ZipFile(path, "w") as package:
        for part, content in parts.items():
            package.writestr(part, content)
    assert ("file-missing", "a.xlsx, topics") in faults(path)
