"""The marked copy of a workbook: each fault a note in its cell, and all of them on a sheet."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from support.rawbook import raw_book
from support.tables import folder, tables
from typer.testing import CliRunner

from api.cli.commands import application
from models.faults import InvalidInput
from models.intake import read_office
from models.intake.marking import LIST, write_marked

from .conftest import Run

RUN = CliRunner()


def faulty(path: Path) -> Path:
    merged = '<mergeCells count="1"><mergeCell ref="H2:I2"/></mergeCells>'
    cells = {"issues!G2": '<c t="str"><v>soon</v></c>', "issues!D3": "<c><v>9</v></c>"}
    return raw_book(path, cells, tails={"issues": merged})


@pytest.mark.parametrize(("lang", "word"), [("en", "is not a date"), ("th", "ไม่ใช่วันที่")])
def test_each_fault_is_a_note_in_its_cell(tmp_path: Path, lang: str, word: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_office(faulty(tmp_path / "a.xlsx"))
    write_marked(tmp_path / "a.xlsx", caught.value.faults, tmp_path / "b.xlsx", lang)
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    notes = {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert set(notes) == {"issues!H2", "issues!G2", "issues!D3"}
    assert word in notes["issues!G2"]
    listed = list(book[LIST[lang]].iter_rows(min_row=2, values_only=True))
    assert len(listed) == 3 and {row[3] for row in listed} == {"cell-merged", "cell-value"}
    assert book["issues"]["G2"].value == "soon", "nothing else is changed"


def test_notes_that_are_there_stay(tmp_path: Path) -> None:
    faulty(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["issues"]["G2"].comment = openpyxl.comments.Comment("mine", "me")
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InvalidInput) as caught:
        read_office(tmp_path / "a.xlsx")
    write_marked(tmp_path / "a.xlsx", caught.value.faults, tmp_path / "b.xlsx", "en")
    note = openpyxl.load_workbook(tmp_path / "b.xlsx")["issues"]["G2"].comment
    assert note.text.startswith("mine\n") and "is not a date" in note.text


def test_the_copy_has_the_same_faults_and_no_more(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as first:
        read_office(faulty(tmp_path / "a.xlsx"))
    write_marked(tmp_path / "a.xlsx", first.value.faults, tmp_path / "b.xlsx", "th")
    with pytest.raises(InvalidInput) as again:
        read_office(tmp_path / "b.xlsx")
    assert [fault.where.partition(", ")[2] for fault in again.value.faults] == [
        fault.where.partition(", ")[2] for fault in first.value.faults
    ]


def test_the_command(tmp_path: Path) -> None:
    source, mark = faulty(tmp_path / "a.xlsx"), tmp_path / "marked.xlsx"
    arguments = ["check-office", str(source), "--mark", str(mark), "--lang", "th"]
    result = RUN.invoke(application(), arguments)
    assert isinstance(result.exception, InvalidInput) and mark.exists()
    again = RUN.invoke(application(), arguments)
    assert isinstance(again.exception, InvalidInput)
    assert [fault.code for fault in again.exception.faults] == ["file-exists"]
    sound = RUN.invoke(application(), ["check-office", str(raw_book(tmp_path / "c.xlsx")), "--lang", "th"])
    assert sound.exit_code == 0 and "ไม่พบข้อผิดพลาด" in sound.output


def test_a_folder_that_holds_a_workbook_is_that_workbook(tmp_path: Path) -> None:
    source, mark = tmp_path / "office", tmp_path / "marked.xlsx"
    source.mkdir()
    faulty(source / "office.xlsx")
    result = RUN.invoke(application(), ["check-office", str(source), "--mark", str(mark)])
    assert isinstance(result.exception, InvalidInput) and mark.exists()
    assert {fault.place.parts["file"] for fault in result.exception.faults if fault.place} == {"office.xlsx"}


@pytest.mark.parametrize("mark", ["a.xlsx", "marked.csv"])
def test_a_copy_is_a_workbook_of_its_own(tmp_path: Path, mark: str) -> None:
    source = faulty(tmp_path / "a.xlsx")
    before = source.read_bytes()
    result = RUN.invoke(application(), ["check-office", str(source), "--mark", str(tmp_path / mark), "--force"])
    assert isinstance(result.exception, InvalidInput) and source.read_bytes() == before
    assert {fault.code for fault in result.exception.faults} <= {"file-exists", "option-value"}
    assert not any("--force" in fault.remedy for fault in result.exception.faults)  # it would not help


def test_a_folder_has_no_ending_that_a_copy_could_bear(tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "office.toml").touch()
    arguments = ["check-office", str(tmp_path / "office"), "--mark", str(tmp_path / "marked.xlsx")]
    result = RUN.invoke(application(), arguments)
    assert isinstance(result.exception, InvalidInput)
    assert [str(fault.remedy) for fault in result.exception.faults] == ["Leave it out."]


def test_a_copy_that_cannot_be_is_refused_in_thai(tmp_path: Path) -> None:
    faulty(tmp_path / "a.xlsx")
    with pytest.raises(InvalidInput) as caught:
        RUN.invoke(application(), ["check-office", str(tmp_path / "a.xlsx"), "--mark", "b.txt"], catch_exceptions=False)
    (fault,) = caught.value.faults
    assert fault.cause.in_language("th") == "b.txt ไม่ลงท้ายด้วย .xlsx"
    assert fault.remedy.in_language("th") == "ตั้งชื่อไฟล์ให้ลงท้ายด้วย .xlsx"


def test_what_has_no_cell_is_said_to_stand_in_the_list_alone(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(faulty(tmp_path / "a.xlsx"))
    del book["officers"]
    book.save(tmp_path / "a.xlsx")
    result = RUN.invoke(
        application(), ["check-office", str(tmp_path / "a.xlsx"), "--mark", str(tmp_path / "b.xlsx"), "--lang", "th"]
    )
    assert isinstance(result.exception, InvalidInput)
    noted = len(result.exception.faults) - 1
    assert f"เขียนหมายเหตุ {noted} แห่ง" in result.output
    assert f"อีก 1 ข้อไม่มีช่องให้เขียนหมายเหตุ ดูได้ในแผ่นงาน {LIST['th']}" in result.output


def test_what_was_read_as_meant_is_a_line_for_equal_cells_of_a_column(run: Run, tmp_path: Path) -> None:
    made = tables(issues__0__sessions="2 ครั้ง", issues__1__sessions="2 ครั้ง", issues__1__severity="ระดับ 2")
    folder(tmp_path / "office", made)
    said = run("check-office", "office", "--lang", "th")
    assert said.code == 0
    assert said.err.splitlines() == [
        "อ่านตามความหมายเดียวที่เป็นไปได้ 3 ช่อง:",
        "  issues.csv, คอลัมน์ sessions, แถว 2, 3: อ่าน '2 ครั้ง' เป็น 2",
        "  issues.csv, แถว 3, คอลัมน์ severity: อ่าน 'ระดับ 2' เป็น 2",
    ]
    one = folder(tmp_path / "one", tables(issues__0__sessions="2 times"))
    assert "1 cell was read as" in run("check-office", one, "--lang", "en").err


def test_one_slip_in_many_rows_of_a_column_is_told_once(run: Run, tmp_path: Path) -> None:
    folder(tmp_path / "office", tables(issues__0__audience="สมาชิ", issues__1__audience="สมาชิ"))
    said = run("check-office", "office", "--lang", "th")
    assert said.code == 2
    assert said.err.splitlines() == [
        "ข้อมูลผิด 1 เรื่อง รวม 2 แห่ง:",
        "",
        "  issues.csv, คอลัมน์ audience, แถว 2, 3  [cell-value]",
        "    'สมาชิ' ไม่อยู่ในตัวเลือก",
        "    หมายถึง สมาชิก หรือไม่ เลือกหนึ่งอย่าง: คณะกรรมการ, ฝ่ายจัดการ, สมาชิก",
    ]


def test_a_deleted_column_of_topics_is_one_doubt(run: Run, tmp_path: Path) -> None:
    made = tables()
    made["officers"] = [{key: cell for key, cell in row.items() if key != "topics"} for row in made["officers"]]
    folder(tmp_path / "office", made)
    said = run("check-office", "office", "--lang", "th")
    assert (said.code, said.err.splitlines()[0]) == (0, "ข้อควรตรวจ 1 แห่ง:")
    assert "  officers.csv  [value-doubtful]\n    ไม่มีคอลัมน์ด้านที่แนะนำได้ เจ้าหน้าที่ทั้ง 2 คน" in said.err
    assert "There is no column of topics" in run("check-office", "office", "--lang", "en").err


def test_of_a_workbook_that_is_not_there_that_is_told(tmp_path: Path, run: Run) -> None:
    said = run("check-office", str(tmp_path / "none.xlsx"), "--mark", str(tmp_path / "b.xlsx"))
    assert said.code == 2
    assert "[file-missing]" in said.err
    assert "file-unwritable" not in said.err
