"""Sheets and files as people leave them: filters on, headings in two rows, wide letters, old encodings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from support.tables import folder, tables
from support.workbooks import Change, changed, merge, put, sound_workbook

from models.faults import Fault, InvalidInput
from models.intake import read_office
from models.intake.encodings import decoded
from models.intake.xlsx.strikes import Strikes
from models.thaitext import normal


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sound_workbook(tmp_path_factory.mktemp("sound"))


def found(path: Path) -> list[Fault]:
    """The faults of an office, else its warnings."""
    try:
        return list(read_office(path).warnings)
    except InvalidInput as error:
        return list(error.faults)


def told(path: Path) -> list[tuple[str, str]]:
    """The code and the place of each."""
    return [(fault.code, str(fault.where)) for fault in found(path)]


# --- sheets


def test_hidden_rows_and_columns_are_read_and_told(sound: Path, tmp_path: Path) -> None:
    def hide(book: Any) -> None:
        book["issues"].row_dimensions[2].hidden = True
        book["issues"].row_dimensions[40].hidden = True  # of nothing
        book["officers"].column_dimensions["A"].hidden = True

    path = changed(sound, tmp_path, hide)
    assert read_office(path).office.issues == read_office(sound).office.issues
    warnings = [fault for fault in found(path) if fault.code == "cells-hidden"]
    assert [str(fault.where) for fault in warnings] == ["office.xlsx, sheet officers", "office.xlsx, sheet issues"]
    columns, rows = (str(fault.cause) for fault in warnings)
    assert columns.startswith("Columns are hidden, and they are read: A")  # openpyxl hides those of the same width, too
    assert rows == "Rows are hidden, and they are read: 2."


def strike(sheet: str, *cells: str) -> Change:
    """Strike through the filled cells of ranges."""

    def change(book: Any) -> None:
        for cell in (cell for area in cells for row in book[sheet][area] for cell in row if cell.value is not None):
            cell.font = Font(strike=True)

    return change


def struck(path: Path, lang: str = "en") -> list[str]:
    return [fault.in_language(lang).cause for fault in found(path) if fault.code == "cells-struck"]


def test_a_row_that_is_struck_through_is_crossed_out_and_told(sound: Path, tmp_path: Path) -> None:
    path = changed(sound, tmp_path, strike("absences", "A2:Z2"))
    assert (len(read_office(sound).absences), read_office(path).absences) == (1, ())
    assert struck(path) == ["Rows are struck through, and they are left out: 2."]
    assert struck(path, "th") == ["แถวที่ถูกขีดฆ่า ไม่ถูกอ่าน: 2"]
    assert read_office(path).problem != read_office(sound).problem


def test_notes_and_own_columns_need_not_be_struck(sound: Path, tmp_path: Path) -> None:
    def crossed(book: Any) -> None:
        strike("absences", "A2:Z2")(book)
        sheet = book["absences"]
        for heading, text in (("note", "ยกเลิกแล้ว"), ("_ตรวจ", "1")):
            column = next((cell.column for cell in sheet[1] if cell.value == heading), sheet.max_column + 1)
            sheet.cell(1, column).value, sheet.cell(2, column).value = heading, text

    path = changed(sound, tmp_path, crossed)
    assert (read_office(path).absences, struck(path)) == ((), ["Rows are struck through, and they are left out: 2."])


def test_what_a_crossed_out_row_has_is_missed_where_it_is_named(sound: Path, tmp_path: Path) -> None:
    path = changed(sound, tmp_path, strike("officers", "A2:Z2"))
    with pytest.raises(InvalidInput) as caught:
        read_office(path)
    assert [fault.code for fault in caught.value.faults] == ["id-unknown"]  # the lead of the first cooperative
    assert [fault.code for fault in caught.value.warnings] == ["cells-struck"]


def test_rows_that_are_all_crossed_out_are_none(sound: Path, tmp_path: Path) -> None:
    path = changed(sound, tmp_path, strike("officers", "A2:Z3"))
    assert ("table-empty", "office.xlsx, sheet officers") in told(path)
    with pytest.raises(InvalidInput) as caught:
        read_office(path)
    assert [str(fault.cause) for fault in caught.value.warnings] == [  # what lies open to see has not to be guessed
        "Rows are struck through, and they are left out: 2-3."
    ]


def test_single_cells_that_are_struck_through_are_read_and_told(sound: Path, tmp_path: Path) -> None:
    path = changed(sound, tmp_path, strike("issues", "A2:B3", "D2:D2"))
    assert read_office(path).problem == read_office(sound).problem
    assert struck(path) == ["Cells are struck through, and they are read: A2-A3, B2-B3, D2."]


def test_a_setting_that_is_struck_through_is_not_given(sound: Path, tmp_path: Path) -> None:
    row = next(row[0].row for row in load_workbook(sound)["office"].iter_rows() if row[0].value == "prices.km")
    with pytest.raises(InvalidInput) as caught:
        read_office(changed(sound, tmp_path, strike("office", f"A{row}:B{row}")))
    assert [fault.code for fault in caught.value.faults] == ["field-missing"]


@pytest.mark.parametrize(
    ("pieces", "cell", "out"),
    [
        ([("ลา", True), ("ก", True)], False, True), ([("ลา", True), ("ก", False)], False, False),
        ([("ลา", True), (" ", False)], False, True), ([("ลา", False)], True, False), ([("ลา", None)], True, True),
        ([("ลา", None), ("ก", True)], True, True), ([("ลา", None), ("ก", True)], False, False),
    ],
)  # fmt: skip
def test_text_that_is_struck_through_piece_by_piece(
    pieces: list[tuple[str, bool | None]], cell: bool, out: bool
) -> None:
    """A piece has looks of its own, or (None) those of its cell."""
    strikes = Strikes()
    for text, own in pieces:
        strikes.start("r", {})
        if own is not None:
            strikes.start("rPr", {})
            strikes.start("strike", {"val": "true" if own else "0"})
        strikes.text(text)
        strikes.end("r")
    assert strikes.rich and strikes.through(cell) == out


def test_a_cell_of_a_workbook_with_pieces_of_text(sound: Path, tmp_path: Path) -> None:
    def rich(book: Any) -> None:
        strike("absences", "A2:Z2")(book)
        book["absences"]["A2"].value = CellRichText(TextBlock(InlineFont(strike=True), "o2"))

    path = changed(sound, tmp_path, rich)
    assert (read_office(path).absences, struck(path)) == ((), ["Rows are struck through, and they are left out: 2."])


def below_a_group(book: Any) -> None:
    """Two rows of headings: those of two columns stand below that of a group, the others are merged over both."""
    sheet = book["officers"]
    sheet.insert_rows(1)
    for column in range(1, sheet.max_column + 1):
        letter = sheet.cell(1, column).column_letter
        if letter in "BC":
            continue
        sheet.cell(1, column).value, sheet.cell(2, column).value = sheet.cell(2, column).value, None
        sheet.merge_cells(f"{letter}1:{letter}2")
    sheet["B1"].value = "people"
    sheet.merge_cells("B1:C1")


def test_headings_in_two_rows_are_those_of_the_lower_one(sound: Path, tmp_path: Path) -> None:
    assert read_office(changed(sound, tmp_path, below_a_group)).problem == read_office(sound).problem


def test_headings_merged_over_two_rows(sound: Path, tmp_path: Path) -> None:
    def tall(book: Any) -> None:
        sheet = book["officers"]
        sheet.insert_rows(2)
        for column in range(1, sheet.max_column + 1):
            letter = sheet.cell(1, column).column_letter
            sheet.merge_cells(f"{letter}1:{letter}2")

    assert read_office(changed(sound, tmp_path, tall)).problem == read_office(sound).problem


def test_two_headings_merged_into_one_are_a_fault(sound: Path, tmp_path: Path) -> None:
    assert ("cell-merged", "office.xlsx, sheet officers, cells A1:B1") in told(
        changed(sound, tmp_path, merge("officers", "A1:B1"))
    )


def test_headings_once_more_within_the_table_say_nothing(sound: Path, tmp_path: Path) -> None:
    def again(book: Any) -> None:
        sheet = book["officers"]
        sheet.append([cell.value for cell in sheet[1]])

    assert read_office(changed(sound, tmp_path, again)).problem == read_office(sound).problem


def test_a_column_without_a_heading_is_one_fault(sound: Path, tmp_path: Path) -> None:
    def stray(book: Any) -> None:
        for row in (2, 3):
            for column in (40, 41):
                book["cooperatives"].cell(row, column).value = "?"

    assert told(changed(sound, tmp_path, stray)) == [
        ("column-unknown", f"office.xlsx, sheet cooperatives, row 2, column {letter}") for letter in ("AN", "AO")
    ]


# --- letters and dates


def test_wide_letters_digits_and_marks_are_the_narrow_ones() -> None:
    assert normal("ชื่อ－สกุล") == "ชื่อ-สกุล"
    assert normal("２／１０／２５５５") == "2/10/2555"
    assert normal("Ａ１　ｂ") == "A1 b"


def due(written: object) -> Change:
    def change(book: Any) -> None:
        heads = {cell.value: cell.coordinate for cell in book["issues"][1]}
        put("issues", heads["due"].replace("1", "2"), written)(book)

    return change


@pytest.mark.parametrize("written", ["30/9/55", "๓๐/๙/๕๕", "30-09-55", "30.9.55"])
def test_two_digits_of_a_buddhist_year_beside_a_number_are_read_and_told(
    sound: Path, tmp_path: Path, written: str
) -> None:
    book = read_office(changed(sound, tmp_path, due(written)))
    assert book.office.issues[0].due == dt.date(2012, 9, 30)
    (fault,) = [fault for fault in book.warnings if fault.code == "value-understood"]
    assert fault.in_language("th").cause == f"อ่าน {written!r} เป็น 30 ก.ย. 2555"


@pytest.mark.parametrize("written", ["30/9/12", "31/9/55", "9/30/55", "55/9/30"])
def test_other_short_years_are_a_fault(sound: Path, tmp_path: Path, written: str) -> None:
    ((code, where),) = told(changed(sound, tmp_path, due(written)))
    assert (code, where.rpartition(" ")[2]) == ("cell-value", "due")


def test_a_date_with_a_time_of_day_is_told_in_thai(sound: Path, tmp_path: Path) -> None:
    (fault,) = found(changed(sound, tmp_path, due(dt.datetime(2012, 9, 30, 8, 30))))
    assert fault.in_language("th").cause.startswith("30 ก.ย. 2555 08:30 ")


def test_a_due_date_a_century_ahead_is_doubted(sound: Path, tmp_path: Path) -> None:
    assert [code for code, _ in told(changed(sound, tmp_path, due("30 ก.ย. 2655")))] == ["value-doubtful"]


def test_a_horizon_far_from_most_due_dates_is_doubted_once(tmp_path: Path) -> None:
    path = folder(tmp_path / "office")
    toml = (path / "office.toml").read_text(encoding="utf-8").replace("2012-", "2112-")
    made = tables(issues__0__due="2012-08-30")
    first = made["issues"][0]
    made["issues"] = [first, *({**first, "id": f"x{n}"} for n in range(3))]
    told_once = told(folder(tmp_path / "far", made, toml))
    assert told_once.count(("value-doubtful", "office.toml, horizon.first")) == 1
    assert not [where for code, where in told_once if code == "value-doubtful" and "due" in where]


# --- people


@pytest.mark.parametrize(("one", "other"), [("สมชาย ใจดี", "นายสมชาย ใจดี"), ("นาง มาลี งาม", "มาลี งาม")])
def test_names_that_differ_in_a_title_alone_are_doubted(tmp_path: Path, one: str, other: str) -> None:
    ((code, where),) = told(folder(tmp_path / "o", tables(officers__0__name_th=one, officers__1__name_th=other)))
    assert (code, where) == ("value-doubtful", "officers.csv, row 3, column name_th")


def test_names_with_two_titles_are_two_people(tmp_path: Path) -> None:
    made = tables(officers__0__name_th="นายมาลี งาม", officers__1__name_th="นางมาลี งาม")
    assert told(folder(tmp_path / "office", made)) == []


# --- files


@pytest.mark.parametrize("encoding", ["cp874", "utf-16"])
def test_tables_that_older_spreadsheets_wrote_are_read_and_told(tmp_path: Path, encoding: str) -> None:
    path = folder(tmp_path / "office")
    plain = read_office(path)
    (path / "officers.csv").write_bytes((path / "officers.csv").read_text(encoding="utf-8").encode(encoding))
    book = read_office(path)
    assert book.office == plain.office
    assert [(fault.code, str(fault.where)) for fault in book.warnings] == [("encoding-other", "officers.csv")]


@given(st.text(st.characters(categories=["L", "M", "N", "P", "Z"], max_codepoint=0x2FFF), min_size=1))
def test_utf_8_is_never_taken_for_anything_else(text: str) -> None:
    plain = text.removeprefix("\ufeff")
    assert decoded(plain.encode()) == (plain.removeprefix("\ufeff"), None)


@pytest.mark.parametrize("text", ["café", "naïve", "Größe", "señor"])
def test_western_letters_are_not_taken_for_thai(text: str) -> None:
    with pytest.raises(UnicodeDecodeError):
        decoded(text.encode("latin-1"))


@pytest.mark.parametrize("name", ["officers.xlsx", "officers.xls", "เจ้าหน้าที่.ods", "officers.csv.txt"])
def test_a_table_in_another_kind_of_file_is_told_as_that(tmp_path: Path, name: str) -> None:
    path = folder(tmp_path / "office")
    (path / "officers.csv").rename(path / name)
    assert told(path) == [("file-unreadable", name)]


def test_a_copy_beside_the_table_is_no_fault(tmp_path: Path) -> None:
    path = folder(tmp_path / "office")
    (path / "officers.xlsx").write_bytes(b"PK")
    assert told(path) == []


def test_settings_with_a_second_ending_are_offered(tmp_path: Path) -> None:
    path = folder(tmp_path / "office")
    (path / "office.toml").rename(path / "office.toml.txt")
    (fault,) = found(path)
    assert fault.code == "file-missing" and "office.toml.txt" in fault.remedy


def test_toml_at_fault_is_told_in_thai_without_the_readers_words(tmp_path: Path) -> None:
    path = folder(tmp_path / "office")
    text = (path / "office.toml").read_text(encoding="utf-8")
    (path / "office.toml").write_text(text.replace("]", "", 1), encoding="utf-8")
    (fault,) = found(path)
    assert "line" in fault.cause and "Expected" not in fault.in_language("th").cause
    assert "บรรทัด" in fault.in_language("th").cause
