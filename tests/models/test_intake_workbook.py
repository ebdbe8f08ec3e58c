"""Workbooks that are untidy, as people keep them: what can only mean one thing is read, the rest is a coded fault."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.tables import faults
from support.workbooks import Change, changed, clear, edited, merge, put, remove, rename, sound_workbook

from models.faults import InvalidInput
from models.intake import read_office


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sound_workbook(tmp_path_factory.mktemp("sound"))


def row_of(sound: Path, setting: str) -> int:
    sheet = openpyxl.load_workbook(sound)["office"]
    return next(row[0].row for row in sheet.iter_rows() if row[0].value == setting)


def test_tables_as_people_keep_them(sound: Path, tmp_path: Path) -> None:
    """Rows are numbered beforehand, a due date is merged over the issues it is for, a remark stands below, officers are
    named without their titles, and columns of the planner's own begin with _."""

    def untidy(book: Any) -> None:
        issues = book["issues"]
        issues.insert_cols(1)
        issues["A1"] = "ลำดับ"
        for row in range(2, 9):
            issues.cell(row, 1, row - 1)
        last = max(row for row in range(2, 9) if issues.cell(row, 2).value)
        issues.cell(last + 3, 2, "หมายเหตุ: จากทะเบียนกลาง")
        column = next(cell.column for cell in issues[1] if cell.value == "due")
        issues.cell(2, column, dt.datetime(2012, 9, 3))
        issues.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
        issues.cell(1, issues.max_column + 1, "_เบอร์โทร").offset(1, 0).value = "043-123456"
        issues.cell(3, issues.max_column, "=1/0")
        officers = book["officers"]
        name = next(cell.column for cell in officers[1] if cell.value == "name_th")
        id_ = next(cell.column for cell in officers[1] if cell.value == "id")
        officers.cell(2, name, "นางสาว มาลี ศรีสุข")
        absences = book["absences"]
        absences.cell(2, 1, "น.ส.มาลี ศรีสุข")
        untidy.officer = officers.cell(2, id_).value  # type: ignore[attr-defined]

    before = read_office(sound)
    made = read_office(changed(sound, tmp_path, untidy))
    assert [issue.id for issue in made.office.issues] == [issue.id for issue in before.office.issues]
    assert [issue.due for issue in made.office.issues[:2]] == [dt.date(2012, 9, 3)] * 2
    assert made.absences[0].id == untidy.officer  # type: ignore[attr-defined]


@pytest.mark.parametrize("remark", ["หมายเหตุ ข้อมูล ณ 30 ก.ย. 55", "ข้อมูล ณ วันที่ 30 กันยายน 2555", "* รอตรวจสอบ"])
def test_a_remark_below_needs_no_colon(sound: Path, tmp_path: Path, remark: str) -> None:
    def below(book: Any) -> None:
        book["cooperatives"].cell(book["cooperatives"].max_row + 2, 1, remark)

    assert read_office(changed(sound, tmp_path, below)).office == read_office(sound).office


def test_signatures_below_a_table_say_nothing(sound: Path, tmp_path: Path) -> None:
    def below(book: Any) -> None:
        for sheet, column in (("officers", 2), ("absences", 4)):
            row = book[sheet].max_row + 2
            for number, text in enumerate(("ลงชื่อ.................ผู้จัดทำ", "(นายสมชาย ใจดี)", "ตำแหน่ง นักวิชาการสหกรณ์")):
                book[sheet].cell(row + number, column, text)
        book["officers"].cell(row, 5, "ลงชื่อ.................ผู้ตรวจสอบ")

    assert read_office(changed(sound, tmp_path, below)).office == read_office(sound).office
    with pytest.raises(InvalidInput):  # a name in brackets that nobody signed above is a row that lacks its id
        read_office(changed(sound, tmp_path, lambda book: book["officers"].append([None, "(นายสมชาย ใจดี)"])))


def test_two_officers_alike_but_for_their_titles_are_told_apart(sound: Path, tmp_path: Path) -> None:
    def alike(book: Any) -> None:
        name = next(cell.column for cell in book["officers"][1] if cell.value == "name_th")
        book["officers"].cell(2, name, "นายมานะ ใจดี")
        book["officers"].cell(3, name, "นางมานะ ใจดี")
        book["absences"].cell(2, 1, "มานะ ใจดี")

    with pytest.raises(InvalidInput) as refused:
        read_office(changed(sound, tmp_path, alike))
    assert [fault.code for fault in refused.value.faults] == ["name-ambiguous"]


def test_an_empty_sheet_of_any_name_is_no_fault(sound: Path, tmp_path: Path) -> None:
    path = changed(sound, tmp_path, lambda book: book.create_sheet("Sheet1"))
    assert read_office(path).problem == read_office(sound).problem
    with pytest.raises(InvalidInput) as caught:
        read_office(changed(path, tmp_path, put("Sheet1", "B2", "ย้ายแล้ว")))
    assert [fault.code for fault in caught.value.faults] == ["table-unknown"]


def test_it_is_sound(sound: Path) -> None:
    assert faults(sound) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (put("issues", "G2", "soon"), [("cell-value", "sheet issues, row 2, column due")]),
        (put("cooperatives", "N3", 41122), [("cell-value", "sheet cooperatives, row 3, column closed")]),
        (put("issues", "G2", dt.datetime(2012, 9, 3, 10, 30)), [("cell-value", "sheet issues, row 2, column due")]),
        (put("issues", "D2", True), [("cell-value", "sheet issues, row 2, column severity")]),
        (put("issues", "G2", "=TODAY()"), [("cell-formula", "sheet issues, row 2, column due")]),
        (put("cooperatives", "H2", "#REF!"), [("cell-value", "sheet cooperatives, row 2, column subdistrict_en")]),
        (put("issues", "Z2", "stray"), [("column-unknown", "sheet issues, row 2, column Z")]),
        (put("issues", "Z1", "Mood"), [("column-unknown", "sheet issues, row 1, column Z")]),
        (merge("issues", "F2:G2"), [("cell-merged", "sheet issues, cells F2:G2")]),
        (merge("issues", "A2:A3"), [("cell-merged", "sheet issues, cells A2:A3"),
                                    ("cell-missing", "sheet issues, row 3, column id")]),
        (put("issues", "Z1", "_ours"), []),
        (put("issues", "Z1", "ลำดับที่"), []),
        (clear("absences"), []),
        (clear("officers"), [("table-empty", "sheet officers")]),
        (rename("absences", "holidays"), [("table-unknown", "sheet holidays")]),
        (rename("absences", "_absences"), []),
        (rename("absences", "Absences "), []),
        (rename("partners", "หน่วยงานสนับสนุน"), []),
        (rename("partners", "หน่วยงานร่วม"), []),
        (rename("absences", "เจ้าหน้าที่"), [("id-repeated", "sheet เจ้าหน้าที่")]),
        (remove("office"), [("file-missing", "office")]),
        (put("office", "A60", "prices.km"), [("id-repeated", "sheet office, row 60, column setting")]),
        (put("office", "A60", "tea"), [("field-unknown", "sheet office, row 60, column setting")]),
        (put("absences", "A1048576", "far away"), [("file-too-large", "sheet absences")]),
    ],
)  # fmt: skip
def test_an_untidy_sheet(sound: Path, tmp_path: Path, change: Change, expected: list[tuple[str, str]]) -> None:
    path = changed(sound, tmp_path, change)
    assert faults(path) == [(code, f"office.xlsx, {where}") for code, where in expected]


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        ("prices.km", None, "field-missing"),
        ("prices.km", "four", "field-value"),
        ("prices.km", "๔", None),
        ("prices.km", "1,000.50", None),
        ("prices.km", "=1/0", "cell-formula"),
        ("prices.km", "4", None),
        ("day.start", dt.time(8, 30), None),
        ("day.start", "08.30", None),
        ("day.start", 8.3, None),
        ("day.start", 8.5, "field-value"),
        ("horizon.first", "1 ส.ค. 2555", None),
        ("horizon.first", dt.date(2555, 8, 1), None),
        ("horizon.first", "next week", "field-value"),
        ("horizon.extra_holidays", "06/08/2555; 2012-08-07..2012-08-08", None),
        ("office.illustrative", "ใช่", None),
        ("office.illustrative", "perhaps", "field-value"),
        ("policy.topics", 2.5, "field-value"),
    ],
)
def test_a_setting_in_a_sheet(sound: Path, tmp_path: Path, setting: str, value: Any, expected: str | None) -> None:
    row = row_of(sound, setting)
    found = faults(changed(sound, tmp_path, put("office", f"B{row}", value)))
    assert found == ([(expected, f"office.xlsx, sheet office, row {row}, column value, {setting}")] if expected else [])


def matrices(km: Any) -> Change:
    """Own road distances; ``km`` from the office to c1."""

    def change(book: Any) -> None:
        for name in ("travel_minutes", "ระยะทาง"):
            sheet = book.create_sheet(name)
            for row in (["", "kk", "c1", "c2"], ["kk", 0, km, 2], ["c1", 1, 0, 3], ["c2", 1, 1, 0]):
                sheet.append(row)

    return change


def test_own_road_distances_as_sheets(sound: Path, tmp_path: Path) -> None:
    book = read_office(changed(sound, tmp_path, matrices(80.5)))
    assert book.problem.travel.km == book.problem.travel.minutes == ((0, 80.5, 2), (1, 0, 3), (1, 1, 0))
    assert not book.office.travel_estimated
    assert faults(changed(sound, tmp_path, matrices("=1+1"))) == [
        ("cell-formula", "office.xlsx, sheet travel_minutes, row 2, column C"),
        ("cell-formula", "office.xlsx, sheet ระยะทาง, row 2, column C"),
    ]


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("M2", dt.timedelta(hours=30), "cell-value"),  # open: a duration beyond a day
        ("M2", dt.time(8, 30), "cell-value"),  # a time, not a range of times
        ("A2", dt.datetime(2012, 8, 1), "cell-value"),
        ("B2", True, "cell-value"),
        ("B2", 12.5, None),
        ("A3", 2.0, "id-unknown"),  # the id is now 2, and an issue names c2
    ],
)
def test_cells_of_unexpected_types(sound: Path, tmp_path: Path, cell: str, value: Any, code: str | None) -> None:
    found = faults(changed(sound, tmp_path, put("cooperatives", cell, value)))
    assert (found[0][0] if found else None) == code


def test_formulas_count_by_their_stored_value(sound: Path, tmp_path: Path) -> None:
    old = b"<v>4</v>"  # the severity of the first issue
    path = edited(sound, tmp_path, old, b"<f>2+2</f><v>4</v>")
    assert read_office(path) == read_office(sound)
    path = edited(sound, tmp_path, old, b"<f>2+2</f>")
    assert faults(path) == [("cell-formula", "office.xlsx, sheet issues, row 2, column severity")]
    path = edited(sound, tmp_path, b't="n"><v>4</v>', b't="e"><f>1/0</f><v>#DIV/0!</v>')
    assert faults(path) == [("cell-value", "office.xlsx, sheet issues, row 2, column severity")]


def test_a_heading_within_a_table_is_one_fault(sound: Path, tmp_path: Path) -> None:
    def group(book: Any) -> None:
        book["cooperatives"].append(["อำเภอเมือง"])
        last = book["cooperatives"].max_row
        book["cooperatives"].merge_cells(f"A{last}:M{last}")

    with pytest.raises(InvalidInput) as caught:
        read_office(changed(sound, tmp_path, group))
    (fault,) = caught.value.faults
    assert (fault.code, str(fault.remedy)) == ("cell-merged", "Remove the row.")
    assert ", cells A" in fault.where and ":M" in fault.where


@pytest.mark.parametrize("cells", [["รวม 25"], ["รวม", 25], [None, "รวมทั้งสิ้น", 25], ["Total:", 3]])
def test_a_row_that_says_that_it_is_a_sum_is_left_out(sound: Path, tmp_path: Path, cells: list[Any]) -> None:
    book = read_office(changed(sound, tmp_path, lambda book: book["cooperatives"].append(cells)))
    assert book.office == read_office(sound).office
    (warning,) = book.warnings
    assert (warning.code, warning.cause) == ("value-understood", "This row sums up the others, and is left out.")


def test_a_second_table_beside_is_one_fault_that_keeps_the_first(sound: Path, tmp_path: Path) -> None:
    def beside(book: Any) -> None:
        sheet = book["cooperatives"]
        at = sheet.max_column + 2
        for number, cells in enumerate([("district_th", "จำนวน (แห่ง)"), ("ชุมแพ", 1), ("เมืองขอนแก่น", 1)], start=1):
            for more, cell in enumerate(cells):
                sheet.cell(number, at + more).value = cell

    with pytest.raises(InvalidInput) as caught:
        read_office(changed(sound, tmp_path, beside))
    (fault,) = caught.value.faults
    assert fault.code == "column-unknown" and fault.cause.startswith("A second table seems to stand beside this one")
    assert "Move it to another sheet" in fault.remedy


@pytest.mark.parametrize("sum_", [36, "=SUM(E2:E3)"])
def test_figures_alone_below_a_table_are_a_row_of_sums(sound: Path, tmp_path: Path, sum_: Any) -> None:
    def summed(book: Any) -> None:
        sheet = book["issues"]
        at = [cell.value for cell in sheet[1]].index("sessions") + 1
        sheet.cell(sheet.max_row + 1, at).value = sum_

    with pytest.raises(InvalidInput) as caught:
        read_office(changed(sound, tmp_path, summed))
    (fault,) = caught.value.faults
    assert (fault.code, str(fault.cause)) == ("cell-value", "This row sums up the others.")
    assert "column sessions" in fault.where


def test_a_row_of_sums_that_says_so_where_others_are_numbered_is_left_out(sound: Path, tmp_path: Path) -> None:
    """``รวม`` under ``ที่``, and how many in the next cell, which is the id's."""

    def numbered(book: Any) -> None:
        sheet = book["cooperatives"]
        sheet.insert_cols(1)
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, 1).value = "ที่" if row == 1 else row - 1
        sheet.append(["รวม", "๕ แห่ง"])

    book = read_office(changed(sound, tmp_path, numbered))
    assert book.office == read_office(sound).office
    assert [warning.cause for warning in book.warnings] == ["This row sums up the others, and is left out."]


def test_who_names_a_cooperative_without_a_name_is_not_at_fault(sound: Path, tmp_path: Path) -> None:
    """The name alone is told; of two unknown names and one blank, one is still told."""

    def blank(*names: str) -> Change:
        def change(book: Any) -> None:
            heads = {cell.value: cell.column for cell in book["cooperatives"][1]}
            book["cooperatives"].cell(2, heads["name_th"]).value = None
            issues = {cell.value: cell.column for cell in book["issues"][1]}
            for row, name in enumerate(names, 2):
                book["issues"].cell(row, issues["cooperative"]).value = name

        return change

    once = faults(changed(sound, tmp_path, blank("สหกรณ์ที่หาย", "สหกรณ์ที่หาย")))
    assert [code for code, _ in once] == ["cell-missing"]
    two = faults(changed(sound, tmp_path, blank("สหกรณ์ที่หาย", "อีกแห่งหนึ่ง")))
    assert [code for code, _ in two] == ["cell-missing", "id-unknown"]


def test_names_of_settings_are_read_in_capitals_and_an_unknown_group_is_told_at_its_row(
    sound: Path, tmp_path: Path
) -> None:
    row = row_of(sound, "horizon.first")
    assert faults(changed(sound, tmp_path, put("office", f"A{row}", "Horizon.First "))) == []
    wrong = faults(changed(sound, tmp_path, put("office", f"A{row}", "horizn.first")))
    assert ("field-unknown", f"office.xlsx, sheet office, row {row}, column value, horizn.first") in wrong
