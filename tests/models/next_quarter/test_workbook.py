"""The next quarter where the office is a workbook: the same workbook, with what changed in its cells."""

from __future__ import annotations

import copy
import datetime as dt
import io
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from support.publishing import little_plan
from support.tables import TOML, folder

from models.faults import InvalidInput
from models.handbook.context import Context
from models.handbook.simulation import simulate
from models.intake import read_office
from models.next_quarter.making import NextQuarter, next_quarter
from models.next_quarter.workbook import write_workbook

KALASIN = Path(__file__).parents[3] / "data" / "kalasin" / "office.xlsx"
FIRST, LAST = dt.date(2013, 1, 1), dt.date(2013, 3, 29)


def made_of(path: Path) -> NextQuarter:
    """The next quarter of an office in ``path``, by made-up reports on a small plan."""
    book = read_office(path)
    plan = little_plan(book.problem, Random(3))
    handbook = simulate(Context(plan, book.problem, book.office), 1, None)
    return next_quarter(path, plan, book.problem, handbook, FIRST, LAST)


@pytest.fixture(scope="module")
def made() -> NextQuarter:
    return made_of(KALASIN)


def rows(sheet: Any, first: int = 5) -> list[tuple[object, ...]]:
    return [row for row in sheet.iter_rows(min_row=first, values_only=True) if any(cell is not None for cell in row)]


def test_it_is_the_office_that_the_folder_of_tables_is(made: NextQuarter, tmp_path: Path) -> None:
    made.write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["office.xlsx"]
    tables = tmp_path / "tables"
    tables.mkdir()
    for name, text in made.files().items():
        (tables / name).write_text(text, encoding="utf-8")
    one, two = read_office(tmp_path), read_office(tables)
    assert one.problem.workdays[0] == dt.date(2013, 1, 2)  # the first of January is a holiday
    assert (one.office.issues, one.office.cooperatives, one.office.ledger) == (
        two.office.issues, two.office.cooperatives, two.office.ledger,
    )  # fmt: skip
    assert (one.problem.visits, one.absences) == (two.problem.visits, two.absences)


def test_titles_looks_and_sheets_of_the_planners_own_stay(made: NextQuarter, tmp_path: Path) -> None:
    made.write(tmp_path)
    old, new = openpyxl.load_workbook(KALASIN), openpyxl.load_workbook(tmp_path / "office.xlsx")
    assert new.sheetnames == [*old.sheetnames, "บัญชีสะสม"]  # the ledger is new, and Thai as the others are
    for name in old.sheetnames:
        assert new[name].merged_cells.ranges == old[name].merged_cells.ranges
        assert [cell.value for cell in new[name]["A"][:4]] == [cell.value for cell in old[name]["A"][:4]]
        assert new[name]["A5"].font.name == old[name]["A5"].font.name
    cars = rows(old["รถ"])
    assert rows(new["รถ"]) == [cars[0], (*cars[1][:-1], None), cars[2]]  # whose repair of November is past
    own = new["สหกรณ์"]
    assert [cell.value for cell in own[4]][13:] == ["เข้าพบครั้งสุดท้าย", "ค้างเข้าพบ"]
    days = [cell for cell in own["N"] if cell.is_date]
    assert days and {cell.number_format for cell in days} == {"[$-107041E]d mmm bbbb"}
    settings = {row[0]: row[1] for row in new["ตั้งค่า"].iter_rows(values_only=True)}
    assert settings["horizon.first"] == dt.datetime(2013, 1, 1)
    assert settings["prices.unplanned"] == "5,000.00"  # as the planner wrote it
    notes = {row[0]: row[2] for row in new["ตั้งค่า"].iter_rows(values_only=True)}
    assert notes["horizon.first"] == "ค่าเดิม 1 ต.ค. 2555: ไตรมาสแรกของปีงบประมาณ 2556"
    assert notes["prices.km"] == "บาทต่อกิโลเมตร"


def test_days_of_a_cell_that_are_all_past_are_taken_out(tmp_path: Path) -> None:
    toml = (
        TOML.replace("cars = 2\nseats = 4\n", "")
        + """
[[cars]]
id = "r1"
seats = 4
repair = "2012-08-20..2012-08-22"
[[cars]]
id = "r2"
seats = 4
repair = "2012-10-30; 2013-01-07"
"""
    )
    made = made_of(folder(tmp_path / "office", None, toml))
    past = [change for change in made.changes if change.why == "past" and change.column]
    assert {change.key for change in past} == {"cars/r1/repair", "cooperatives/c2/closed"}
    files = made.files()
    assert "2012-08-20" not in files["office.toml"] + files["cooperatives.csv"]
    assert '"2012-10-30; 2013-01-07"' in files["office.toml"]
    assert "2012-08-20..2012-08-22" in made.files(frozenset({"cars/r1/repair"}))["office.toml"]


def test_rows_that_go_are_closed_up(made: NextQuarter, tmp_path: Path) -> None:
    made.write(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "office.xlsx")
    assert rows(book["วันลา"]) == []  # all of them lie in the past, also those that name officers by name
    assert book["วันลา"].max_row == 5  # and leave one empty row behind, for its look
    issues = [row[0].value for row in book["ประเด็น"].iter_rows(min_row=5)]
    kept = [id_ for id_ in issues if id_ is not None]
    assert issues[: len(kept)] == kept and len(set(kept)) == len(kept)
    solved = {one.row for one in made.changes if one.why == "solved"}
    assert solved and not solved & set(kept)


def test_cells_merged_downwards_are_parted_where_rows_go(tmp_path: Path) -> None:
    """A due date for all issues of a part of the table: solved ones go, and those that stay keep it."""
    book = openpyxl.load_workbook(KALASIN)
    sheet = book["ประเด็น"]
    column = next(cell.column for cell in sheet[4] if cell.value == "กำหนดเสร็จ")
    last = len(rows(sheet)) + 4
    sheet.cell(5, column, "20 ธ.ค. 55")
    for row in range(6, last + 1):
        sheet.cell(row, column).value = None
    sheet.merge_cells(start_row=5, end_row=last, start_column=column, end_column=column)
    places = book["สหกรณ์"]
    places.merge_cells("C5:C6")  # of a table of which no row goes
    own = places.max_column + 1
    places.cell(4, own, "_สมาชิก")
    places.cell(5, own, 321)
    book["วันลา"]["A5"] = "นายเจ้าหน้าที่ตัวอย่าง 02"  # with a title that the table of officers does not have
    book.save(tmp_path / "office.xlsx")
    made = made_of(tmp_path / "office.xlsx")
    (tmp_path / "next").mkdir()
    made.write(tmp_path / "next")
    after = openpyxl.load_workbook(tmp_path / "next" / "office.xlsx")
    assert not [area for area in after["ประเด็น"].merged_cells.ranges if area.min_row >= 5]
    known = {row[0] for row in rows(sheet)}  # those that reports found come after them
    kept = [row for row in rows(after["ประเด็น"]) if row[0] in known]
    assert 0 < len(kept) < last - 4
    assert {row[column - 1] for row in kept} == {"20 ธ.ค. 55"}
    assert "C5:C6" in [area.coord for area in after["สหกรณ์"].merged_cells.ranges]
    assert [after["สหกรณ์"].cell(row, own).value for row in (4, 5)] == ["_สมาชิก", 321]
    assert after["สหกรณ์"].cell(4, own + 1).value == "เข้าพบครั้งสุดท้าย"  # beside it, not over it
    assert rows(after["วันลา"]) == []


def test_a_refused_line_leaves_its_cell(made: NextQuarter, tmp_path: Path) -> None:
    line = next(one for one in made.changes if one.why == "solved")
    made.write(tmp_path, frozenset({line.key}))
    assert line.row in [issue.id for issue in read_office(tmp_path).office.issues]


def test_formulas_and_notes_move_with_their_row(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(KALASIN)
    sheet = book["วันลา"]
    last = len(rows(sheet)) + 5
    for column, value in enumerate(("เจ้าหน้าที่ตัวอย่าง 01", "4 ก.พ. 56", None, None, f'=IF(A{last}="","","ลากิจ")'), 1):
        sheet.cell(last, column, value)
    sheet.cell(last, 1).comment = openpyxl.comments.Comment("โทรแจ้งแล้ว", "-")
    path = tmp_path / "office.xlsx"
    book.save(path)
    # a spreadsheet stores what a formula comes to; without it the cell would be a fault
    stored = openpyxl.load_workbook(path)
    stored["วันลา"].cell(last, 5).value = "ลากิจ"
    stored.save(path)
    made = made_of(path)
    content = io.BytesIO()
    book.save(content)
    tables = {"absences": [{} for _ in made.sources.tables["absences"].rows[:-1]]}
    tables["absences"].append(dict(made.sources.tables["absences"].rows[-1].cells))
    again = openpyxl.load_workbook(io.BytesIO(write_workbook(content.getvalue(), made.sources, tables, FIRST, LAST)))[
        "วันลา"
    ]
    assert rows(again) == [("เจ้าหน้าที่ตัวอย่าง 01", "4 ก.พ. 56", None, None, '=IF(A5="","","ลากิจ")')]
    assert again["A5"].comment.text == "โทรแจ้งแล้ว"


def test_a_row_that_is_crossed_out_stays_as_it_is_and_new_ones_come_below_it(made: NextQuarter) -> None:
    book = openpyxl.load_workbook(KALASIN)
    sheet = book["วันลา"]
    crossed, own = sheet.max_row, len(rows(sheet))
    before = [cell.value for cell in sheet[crossed]]
    for cell in sheet[crossed]:
        cell.font = Font(strike=True)
    content = io.BytesIO()
    book.save(content)
    table = copy.copy(made.sources.tables["absences"])
    table.rows, table.crossed_out = table.rows[:-1], [crossed]  # as it is read with that row crossed out
    sources = copy.copy(made.sources)
    sources.tables = made.sources.tables | {"absences": table}
    new = {"officer": "เจ้าหน้าที่ตัวอย่าง 02", "from": "2013-02-04", "to": "2013-02-05"}
    tables = {"absences": [*(dict(row.cells) for row in table.rows), new]}
    again = openpyxl.load_workbook(io.BytesIO(write_workbook(content.getvalue(), sources, tables, FIRST, LAST)))["วันลา"]
    assert len(rows(again)) == own + 1
    assert [cell.value for cell in again[crossed]] == before and again.cell(crossed, 1).font.strike
    assert again.cell(crossed + 1, 1).value == "เจ้าหน้าที่ตัวอย่าง 02" and not again.cell(crossed + 1, 1).font.strike


def test_a_remark_below_a_table_stays_and_new_rows_come_below_it(made: NextQuarter) -> None:
    book = openpyxl.load_workbook(KALASIN)
    sheet = book["วันลา"]
    last = int(made.sources.tables["absences"].rows[-1].place.parts["row"])
    assert sheet.max_row == last
    sheet.cell(last + 2, 1).value = "หมายเหตุ: ใบลาอยู่ที่ธุรการ"
    content = io.BytesIO()
    book.save(content)
    new = [{"officer": f"เจ้าหน้าที่ตัวอย่าง {number:02}", "from": "2013-02-04", "to": "2013-02-05"} for number in (2, 3)]
    tables = {"absences": [*(dict(row.cells) for row in made.sources.tables["absences"].rows), *new]}
    again = openpyxl.load_workbook(io.BytesIO(write_workbook(content.getvalue(), made.sources, tables, FIRST, LAST)))
    found = [again["วันลา"].cell(row, 1).value for row in (last + 1, last + 2, last + 3)]
    assert found == ["เจ้าหน้าที่ตัวอย่าง 02", "หมายเหตุ: ใบลาอยู่ที่ธุรการ", "เจ้าหน้าที่ตัวอย่าง 03"]


def test_a_remark_over_several_rows_and_notes_below_a_table_stay(made: NextQuarter) -> None:
    book = openpyxl.load_workbook(KALASIN)
    sheet = book["วันลา"]
    last = sheet.max_row
    sheet.cell(last + 1, 1).value = "หมายเหตุ: ใบลาอยู่ที่ธุรการ"
    sheet.merge_cells(start_row=last + 1, end_row=last + 2, start_column=1, end_column=5)
    sheet.cell(last + 3, 2).comment = Comment("ถามธุรการ", "ผู้วางแผน")
    content = io.BytesIO()
    book.save(content)
    before = [dict(row.cells) for row in made.sources.tables["absences"].rows]
    new = {"officer": "เจ้าหน้าที่ตัวอย่าง 02", "from": "2013-02-04", "to": "2013-02-05"}
    for tables in ({"absences": [*before, new]}, {"absences": [{}, *before[1:], new]}):
        made_of = write_workbook(content.getvalue(), made.sources, tables, FIRST, LAST)
        again = openpyxl.load_workbook(io.BytesIO(made_of))["วันลา"]
        found = [cell.value for (cell,) in again.iter_rows(min_row=5, max_col=1)]
        assert found.count("หมายเหตุ: ใบลาอยู่ที่ธุรการ") == 1
        assert found.count(new["officer"]) == [row.get("officer") for row in tables["absences"]].count(new["officer"])
        assert again.cell(last + 3, 2).comment.text == "ถามธุรการ"


def test_a_workbook_that_cannot_be_written_again_is_told(made: NextQuarter) -> None:
    with pytest.raises(InvalidInput) as caught:
        write_workbook(b"no workbook", made.sources, {}, FIRST, LAST)
    assert [fault.code for fault in caught.value.faults] == ["file-unreadable"]


def test_leads_are_written_as_the_planner_writes_them(made: NextQuarter, tmp_path: Path) -> None:
    """By name where the table has them by name; both mean the same officer."""
    changed = {change.row: change.after for change in made.changes if change.column == "current_lead"}
    assert changed
    made.write(tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "office.xlsx")["สหกรณ์"]
    at = [cell.value for cell in sheet[4]].index("ผู้รับผิดชอบเดิม")
    found = {row[at] for row in rows(sheet)}
    ids = {officer.id for officer in made.book.office.officers}
    assert not ids & found
    again = {row.id: row.current_lead for row in read_office(tmp_path / "office.xlsx").office.cooperatives}
    assert {id_: again[id_] for id_ in changed} == changed


def test_choices_are_written_in_the_words_of_their_columns_lists(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(KALASIN)
    book["ตั้งค่า"].append(("next.duty_per_day", 1))
    book.save(tmp_path / "office.xlsx")
    made_of(tmp_path).write(tmp_path)
    new = openpyxl.load_workbook(tmp_path / "office.xlsx")
    for sheet, heading in (("ประเด็น", "ผู้รับคำแนะนำ"), ("วันลา", "เหตุ")):
        head, *cells = next(column for column in new[sheet].iter_cols(min_row=4, values_only=True) if heading in column)
        assert head == heading and [cell for cell in cells if cell]
        assert all(not str(cell).isascii() for cell in cells if cell)


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        ("d/m/yyyy", "d/m/bbbb"),
        ("dd mmm yy", "dd mmm bb"),
        ("d mmm", "[$-107041E]d mmm bbbb"),
        ("d/m/bbbb", "d/m/bbbb"),
    ],
)
def test_a_year_typed_in_the_buddhist_era_comes_out_so(tmp_path: Path, look: str, expected: str) -> None:
    book = openpyxl.load_workbook(KALASIN)
    cell = next(row for row in book["ตั้งค่า"].iter_rows() if row[0].value == "horizon.first")[1]
    cell.value, cell.number_format = dt.datetime(2555, 10, 1), look
    book.save(tmp_path / "office.xlsx")
    made_of(tmp_path).write(tmp_path)
    new = openpyxl.load_workbook(tmp_path / "office.xlsx")["ตั้งค่า"][cell.coordinate]
    assert (new.value, new.number_format) == (dt.datetime(2013, 1, 1), expected)


def test_a_date_in_words_keeps_its_era_in_a_workbook_in_english(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(KALASIN)
    book["ตั้งค่า"].title = "office"
    book.save(tmp_path / "office.xlsx")
    made_of(tmp_path).write(tmp_path)
    new = openpyxl.load_workbook(tmp_path / "office.xlsx")["office"]
    first = next(row for row in new.iter_rows() if row[0].value == "horizon.first")[1]
    assert first.number_format == "[$-107041E]d mmm bbbb"


def test_a_table_without_rows_keeps_its_headings_where_they_are(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(KALASIN)
    headings = ("ตั้งแต่", "ถึง", "จำนวนรถ")
    book.create_sheet("รถไม่ครบ").append(headings)
    book.save(tmp_path / "office.xlsx")
    made_of(tmp_path).write(tmp_path)
    new = openpyxl.load_workbook(tmp_path / "office.xlsx")["รถไม่ครบ"]
    assert list(new.iter_rows(values_only=True)) == [headings]
