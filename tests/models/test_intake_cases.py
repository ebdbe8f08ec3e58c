"""Tables as people and their programs write them: what a workbook, a CSV file or JSON can hold, and how it is read."""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest
from support.rawbook import TABLES as RAW
from support.rawbook import raw_book
from support.tables import TOML, faults, folder, tables

from models.faults import Fault, InvalidInput
from models.intake import OfficeBook, read_office
from models.intake.cells import CellError, number
from models.intake.dates import date, dates
from models.intake.document import read_document
from models.intake.hours import Hours, clock, hours
from models.jsontext import parse_json
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
    made = tables(officers__1__name_th="หนึ่ง", absences__0__officer="หนึ่ง")
    assert faults(folder(tmp_path / "office", made)) == [("id-unknown", "absences.csv, row 2, column officer")]


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


# --- CSV


def test_a_line_that_names_the_separator(tmp_path: Path) -> None:
    path = folder(tmp_path / "office")
    plain = (path / "cooperatives.csv").read_text(encoding="utf-8")
    rows = plain.replace("third Thursday, ", "third Thursday ").replace(",", ";").replace("22; ", "22 | ")
    (path / "cooperatives.csv").write_text("\ufeffsep=;\r\n" + rows, encoding="utf-8")
    assert [row.id for row in read(path).office.cooperatives] == ["c1", "c2"]
    (path / "cooperatives.csv").write_text("sep=;\n" + rows.replace("good", "best"), encoding="utf-8")
    assert faults(path)[0] == ("cell-value", "cooperatives.csv, row 2, column standard")


@pytest.mark.parametrize("text", ["11,345", "12,5", "0,5", "1,234", "-1,5"])
def test_one_comma_is_never_guessed(text: str) -> None:
    with pytest.raises(CellError) as caught:
        number(text)
    assert text.replace(",", ".") in caught.value.remedy and text.replace(",", "") in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "value"), [("1,234.5", 1234.5), ("1,234,567", 1234567), ("๑๗.๕", 17.5), ("1e3", 1000)]
)
def test_commas_beyond_doubt(text: str, value: float) -> None:
    assert number(text) == value


# --- matrices


def matrices(path: Path, km: str) -> Path:
    folder(path)
    (path / "travel_km.csv").write_text(km, encoding="utf-8")
    (path / "travel_minutes.csv").write_text("id,kk,c1,c2\nkk,0,1,2\nc1,1,0,3\nc2,2,3,0\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("km", "expected"),
    [
        ("id,kk,c1,c2\nkk,-,1,2\nc1,1,,3\nc2,2,3,–\n", []),  # customary blanks from a place to itself
        ("id,kk,c1,c2\nkk,0,-,2\nc1,1,0,3\nc2,2,3,0\n", [("cell-missing", "travel_km.csv, row 2, column C")]),
        ("id,kk,c1,c2\nkk,0,99,1,2\nc1,1,0,3\nc2,2,3,0\n", [("column-unknown", "travel_km.csv, row 2, column E")]),
        ("ระยะทาง กม.\nid,kk,c1,c2\nkk,0,1,2\nc1,1,0,3\nc2,2,3,0\n", []),  # a title
        ("id;kk;c1;c2\nkk;0;1,5;2\nc1;1;0;3\nc2;2;3;0\n", [("cell-value", "travel_km.csv, row 2, column C")]),
        ("id,kk,c1,c2\nkk,0,1,2\n,1,0,3\nc2,2,3,0\n", [("matrix-shape", "travel_km.csv"),
                                                        ("cell-missing", "travel_km.csv, row 3, column A")]),
    ],
)  # fmt: skip
def test_matrices_go_through_the_checks_of_tables(tmp_path: Path, km: str, expected: list[tuple[str, str]]) -> None:
    assert faults(matrices(tmp_path / "office", km)) == expected


# --- JSON


def test_a_key_twice_is_refused_by_every_reader() -> None:
    office = '{"format": "visit-office/1", "settings": {}, "tables": {}, "settings": {}}'
    with pytest.raises(InvalidInput) as caught:
        read_document(office)
    assert caught.value.faults[0].code == "key-repeated"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a": "\\ud800"}', "field-value"), ('{"a\\u0000": 1}', "field-value"), ('{"a": ["\\uffff"]}', "field-value"),
        ('{"a": "\\ud83d\\ude00 ก"}', None), ("[" * 41 + "]" * 41, "json-syntax"), ("[" * 40 + "]" * 40, None),
        ("[" * 100_000, "json-syntax"), ('{"a":' * 300 + "1" + "}" * 300, "json-syntax"), (b"\xff\xfe", "json-syntax"),
    ],
)  # fmt: skip
def test_what_no_database_or_file_keeps(text: str | bytes, code: str | None) -> None:
    try:
        _, found = parse_json(text, "body")
    except InvalidInput as error:
        found = list(error.faults)
    assert [fault.code for fault in found] == ([code] if code else [])


def test_a_map_nested_deep_is_a_fault(tmp_path: Path) -> None:
    path = folder(tmp_path / "office", toml=TOML.replace("[horizon]", 'map = "m.geojson"\n[horizon]'))
    deep = '{"type": "FeatureCollection", "features": [' + '{"a":' * 300 + "1" + "}" * 300 + "]}"
    (path / "m.geojson").write_text(deep)
    assert faults(path) == [("file-unreadable", "m.geojson")]


def office_document(**settings: Any) -> dict[str, Any]:
    import tomllib

    data = tomllib.loads(TOML)
    short = {name: data.pop(name) for name in ("depots", "topics")}
    return {"format": "visit-office/1", "settings": data, "tables": short | tables()} | settings


def test_json_goes_through_the_same_cleaning(tmp_path: Path) -> None:
    document = office_document()
    document["tables"]["officers"][0]["name_th"] = "น\u0e4d\u0e49า\u200b"
    document["tables"]["cooperatives"][0]["kind"] = "สหกรณ์การเกษตร"
    book = read_document(json.dumps(document, default=str))
    assert book.office.officers[0].name_th == "น้ำ" and book.office.cooperatives[0].kind == "agricultural"


# --- all faults at once


def test_a_mended_workbook_has_no_second_round_of_old_faults(tmp_path: Path) -> None:
    toml = TOML.replace("km = 4", 'km = "four"').replace('start = "08:30"', 'start = "soon"')
    made = tables(
        issues__0__due="soon", issues__0__topic="magic", issues__0__audience="board", cooperatives__0__board_meeting="",
        cooperatives__0__standard="best", cooperatives__0__lat="116", officers__0__topics="accounts; magic",
        absences__0__from="never", absences__0__officer="o9", partners__0__per_day="many",
    )  # fmt: skip
    assert set(faults(folder(tmp_path / "office", made, toml))) == {
        ("field-value", "office.toml, prices.km"),
        ("field-value", "office.toml, day.start"),
        ("cell-value", "issues.csv, row 2, column due"),
        ("id-unknown", "issues.csv, row 2, column topic"),
        ("cell-value", "cooperatives.csv, row 2, column standard"),
        ("cell-value", "cooperatives.csv, row 2, column lat"),
        ("id-unknown", "officers.csv, row 2, column topics"),
        ("cell-value", "absences.csv, row 2, column from"),
        ("id-unknown", "absences.csv, row 2, column officer"),
        ("cell-value", "partners.csv, row 2, column per_day"),
        ("meeting-missing", "cooperatives.csv, row 2, column board_meeting"),
    }


def test_no_message_speaks_of_the_library(tmp_path: Path) -> None:
    toml = TOML.replace("cars = 2", 'cars = "x"').replace("seats = 4", "seats = 0").replace("km = 4", "km = [1]")
    made = tables(issues__0__severity="6", cooperatives__0__lat="116", officers__0__fair_hours="-1")
    for fault in told(folder(tmp_path / "office", made, toml)):
        text = f"{fault.cause} {fault.remedy}"
        assert not [
            word
            for word in ("Input should", "Value error", "pydantic", "tuple", "str", "Error")
            if word in text.split()
        ]


# --- as written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30 ก.ย. 55", dt.date(2012, 9, 30)), ("1 สิงหาคม พ.ศ. 2555", dt.date(2012, 8, 1)),
        ("๑๕ ส.ค. ๕๕", dt.date(2012, 8, 15)),
        ("วันที่ 2 ต.ค. 2555", dt.date(2012, 10, 2)), ("15 Aug 2012", dt.date(2012, 8, 15)),
    ],
)  # fmt: skip
def test_dates_as_written(text: str, expected: dt.date) -> None:
    assert date(text) == expected


@pytest.mark.parametrize("text", ["30 Sep 12", "30 Sep 55", "30 ก.ย. 12", "30/09/55", "31 ก.ย. 55", "0212-08-01"])
def test_dates_that_are_not_clear(text: str) -> None:
    with pytest.raises(CellError):
        date(text)


def test_ranges_of_dates_as_written() -> None:
    assert dates("6-8 ส.ค. 55") == dates("2012-08-06..2012-08-08") == dates("6 ส.ค. 55 - 8 ส.ค. 55")


ALL_DAY, SPLIT = (510.0, 990.0), ((510.0, 720.0), (780.0, 990.0))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("08:30-16:30", Hours((ALL_DAY,))),
        ("08.30 น. - 16.30 น.", Hours((ALL_DAY,))),
        ("08.30 นาฬิกา ถึง 16.30 นาฬิกา", Hours((ALL_DAY,))),
        ("08:30-12:00, 13:00-16:30", Hours(SPLIT)),
        ("08:30-16:30 ไม่พักเที่ยง", Hours((ALL_DAY,), (), through=True)),
        ("Mon 08:30-16:30; Wed 08:30-12:00, 13:00-16:30", Hours((), ((0, (ALL_DAY,)), (2, SPLIT)))),
        ("จันทร์-พุธ 08:30-16:30", Hours((), tuple((day, (ALL_DAY,)) for day in range(3)))),
        ("จ., พฤ. 08:30-16:30; อา. ปิด", Hours((), ((0, (ALL_DAY,)), (3, (ALL_DAY,))))),
    ],
)
def test_hours_as_written(text: str, expected: Hours) -> None:
    assert hours(text) == expected


@pytest.mark.parametrize("text", ["08:30", "Mon", "08:30-16:30; Mon 09:00-12:00", "08:30-12:00, 11:00-13:00", "ปิด", ""])
def test_hours_that_are_not_clear(text: str) -> None:
    with pytest.raises(CellError):
        hours(text)


@pytest.mark.parametrize(
    ("cells", "busy", "absent"),
    [
        ({"reason": "ลาป่วย"}, 0, 5), ({"reason": "ลากิจ"}, 0, 5), ({"reason": "ลาพักผ่อน"}, 0, 5),
        ({"reason": "ลาป่วยครึ่งวันเช้า"}, 5, 0), ({"reason": "ลากิจ (ครึ่งวันบ่าย)"}, 5, 0),
        ({"reason": "ลา", "hours": "ครึ่งวันเช้า"}, 5, 0), ({"reason": "", "hours": "09:00-12:00"}, 5, 0),
        ({"reason": "อบรม", "to": ""}, 0, 1),
    ],
)  # fmt: skip
def test_absences_as_written(tmp_path: Path, cells: dict[str, str], busy: int, absent: int) -> None:
    made = tables(**{f"absences__0__{column}": value for column, value in cells.items()})
    officer = read(folder(tmp_path / "office", made)).problem.officers[1]
    assert (len(officer.busy or ()), len(officer.absent or ())) == (busy, absent)


def test_half_days_end_at_noon_and_begin_at_one(tmp_path: Path) -> None:
    made = tables(absences__0__hours="ครึ่งวันเช้า", absences__0__to="2012-08-06")
    (morning,) = read(folder(tmp_path / "office", made)).problem.officers[1].busy or ()
    assert (morning.date, morning.from_, morning.to) == (dt.date(2012, 8, 6), 0, 720)
