"""Tables as people write them: CSV files, matrices and JSON, all faults at once, dates and hours."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.tables import TOML, faults, folder, tables

from models.faults import Fault, InvalidInput
from models.intake import OfficeBook, read_office
from models.intake.cells import CellError, number
from models.intake.dates import date, date_range, dates
from models.intake.document import read_document
from models.intake.hours import Hours, hours
from models.jsontext import parse_json
from models.thai import thai_date


def read(path: Path) -> OfficeBook:
    return read_office(path)


def told(path: Path) -> list[Fault]:
    with pytest.raises(InvalidInput) as caught:
        read_office(path)
    return list(caught.value.faults)


# --- CSV


def test_a_line_that_names_the_separator(tmp_path: Path) -> None:
    path = folder(tmp_path / "office")
    plain = (path / "cooperatives.csv").read_text(encoding="utf-8")
    rows = plain.replace("third Thursday, ", "third Thursday ").replace(",", ";").replace("22; ", "22 | ")
    (path / "cooperatives.csv").write_text("\ufeffsep=;\r\n" + rows, encoding="utf-8")
    assert [row.id for row in read(path).office.cooperatives] == ["c1", "c2"]
    (path / "cooperatives.csv").write_text("sep=;\n" + rows.replace("good", "best"), encoding="utf-8")
    assert faults(path)[0] == ("cell-value", "cooperatives.csv, row 2, column standard")


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
        ("3 ก.ย. ค.ศ. 2012", dt.date(2012, 9, 3)), ("3 พ.ย. พ.ศ. 55", dt.date(2012, 11, 3)),
    ],
)  # fmt: skip
def test_dates_as_written(text: str, expected: dt.date) -> None:
    assert date(text) == expected


@pytest.mark.parametrize("text", ["30 Sep 12", "30 Sep 55", "30 ก.ย. 12", "30/09/55", "31 ก.ย. 55", "0212-08-01",
                                  "3 ก.ย. ค.ศ. 55", "3 ก.ย. ค.ศ. 2555", "3 ก.ย. พ.ศ. 2012"])  # fmt: skip
def test_dates_that_are_not_clear(text: str) -> None:
    with pytest.raises(CellError):
        date(text)


def test_ranges_of_dates_as_written() -> None:
    assert dates("6-8 ส.ค. 55") == dates("2012-08-06..2012-08-08") == dates("6 ส.ค. 55 - 8 ส.ค. 55")


@pytest.mark.parametrize("dash", ["-", " - ", "–", " – ", "—", "−", "‑", "..", "…", " ถึง ", "~"])
@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2012-09-28", "2012-10-03", ("2012-09-28", "2012-10-03")),
        ("2012/09/28", "2012/10/03", ("2012-09-28", "2012-10-03")),
        ("28 ก.ย. 2555", "3 ต.ค. 2555", ("2012-09-28", "2012-10-03")),
        ("28 ก.ย.", "3 ต.ค. 2555", ("2012-09-28", "2012-10-03")),
        ("28 กันยายน", "3 ตุลาคม พ.ศ. 2555", ("2012-09-28", "2012-10-03")),
        ("28 ก.ย.", "3 ต.ค. 55", ("2012-09-28", "2012-10-03")),
        ("28/9/2555", "3/10/2555", ("2012-09-28", "2012-10-03")),
        ("28/9", "3/10/2555", ("2012-09-28", "2012-10-03")),
        ("3", "7 ก.ย. 2555", ("2012-09-03", "2012-09-07")),
        ("3", "7/9/2555", ("2012-09-03", "2012-09-07")),
        ("๓", "๗ ก.ย. ๒๕๕๕", ("2012-09-03", "2012-09-07")),
        ("28 Sep", "3 Oct 2012", ("2012-09-28", "2012-10-03")),
        ("28 ธ.ค.", "3 ม.ค. 2556", ("2012-12-28", "2013-01-03")),  # the year that is not said is the one before
        ("28-9-2555", "3-10-2555", ("2012-09-28", "2012-10-03")),
    ],
)
def test_ranges_over_the_ends_of_months_and_years(first: str, last: str, days: tuple[str, str], dash: str) -> None:
    expected = tuple(map(dt.date.fromisoformat, days))
    assert date_range(f"{first}{dash}{last}") == expected
    assert (dates(f"{first}{dash}{last}")[0], dates(f"{first}{dash}{last}")[-1]) == expected


@pytest.mark.parametrize(
    ("first", "last"),
    [("14 ก.ย.", "3 ก.ย. 2555"), ("5 พ.ย.", "1 พ.ย. 2555"), ("5/9", "10/8/2555"), ("7", "3 ก.ย. 2555"),
     ("1 ต.ค.", "30 ก.ย. 2556"), ("1 ส.ค.", "2/1/2556")],
)  # fmt: skip
def test_a_range_that_is_written_backwards_is_none_over_the_turn_of_the_year(first: str, last: str) -> None:
    begins, ends = date_range(f"{first} ถึง {last}")
    assert begins > ends and begins.year == ends.year
    with pytest.raises(CellError, match="ends before it begins"):
        dates(f"{first} - {last}")


@pytest.mark.parametrize(
    "text",
    ["1- ส.ค. 2555", "1-ส.ค. 2555", "1 ส.ค.- 2555", "1 ส.ค. -55", "1 ส.ค. 2555-", "-1/8/2555", "1 Aug- 2012",
     "2012-08-01..", "ถึง 3 ส.ค. 2555"],
)  # fmt: skip
def test_a_range_of_dates_that_was_left_unfinished_is_told(text: str) -> None:
    with pytest.raises(CellError, match="one end"):
        dates(text)


@pytest.mark.parametrize("text", ["1-2-3", "3 - 7", "2012-09-03..", "..2012-09-03", "31-2 ก.ย. 2555",
                                  "3/7/2555-2555", "2012-09-03..2012-09-05..2012-09-07", "28 ก.ย. - 3 ต.ค.",
                                  "3 ก.ย. - 7 2555"])  # fmt: skip
def test_what_is_no_range_is_told(text: str) -> None:
    with pytest.raises(CellError) as caught:
        date_range(text)
    assert caught.value.remedy.in_language("th")


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
    st.integers(0, 300),
    st.sampled_from(["-", "–", "..", "ถึง"]),
)
def test_a_range_written_out_is_read_back(first: dt.date, length: int, dash: str) -> None:
    last = first + dt.timedelta(days=length)
    for write in (str, lambda day: f"{day.day}/{day.month}/{day.year + 543}", thai_date):
        assert date_range(f"{write(first)}{dash}{write(last)}") == (first, last)


@pytest.mark.parametrize("text", ["1-ส.ค.-55", "1-Aug-2012", "1/ส.ค./2555", "1 สิงหาคม, 2555", "1/8/2555 0:00",
                                  "01/08/2555 00:00:00", "2012-08-01 00:00", "2012-08-01T00:00:00"])  # fmt: skip
def test_dates_as_spreadsheets_write_them_out(text: str) -> None:
    assert date(text) == dt.date(2012, 8, 1)
    assert date_range(text) == (dt.date(2012, 8, 1), dt.date(2012, 8, 1))


@pytest.mark.parametrize("text", ["วันพุธที่ 1 สิงหาคม 2555", "พ. 1 ส.ค. 2555", "วันพุธ ที่ 1 ส.ค. 55", "Wed 1 Aug 2012",
                                  "Wednesday, 1 August 2012", "พุธ 1/8/2555"])  # fmt: skip
def test_dates_with_their_weekday(text: str) -> None:
    assert date(text) == dt.date(2012, 8, 1)


def test_a_range_with_weekdays_has_its_year_once() -> None:
    assert date_range("พุธ 1 ส.ค. - ศุกร์ 3 ส.ค. 2555") == (dt.date(2012, 8, 1), dt.date(2012, 8, 3))
    assert date_range("Wed 1 to Fri 3 Aug 2012") == (dt.date(2012, 8, 1), dt.date(2012, 8, 3))


@pytest.mark.parametrize("text", ["วันพฤหัสบดีที่ 1 สิงหาคม 2555", "Thu 1 Aug 2012"])
def test_a_weekday_that_is_another_is_told(text: str) -> None:
    with pytest.raises(CellError, match="weekday"):
        date_range(text)


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
        ("Mon through Wed 08:30-16:30", Hours((), tuple((day, (ALL_DAY,)) for day in range(3)))),
        ("Mon 08:30-16:30 through", Hours((), ((0, (ALL_DAY,)),), through=True)),
    ],
)
def test_hours_as_written(text: str, expected: Hours) -> None:
    assert hours(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mon-Fri 08:30-16:30; Wed closed", "Wed closed; Mon-Fri 08:30-16:30", "Mon-Fri except Wed 08:30-16:30",
        "Mon-Fri 08:30-16:30, closed on Wed", "จันทร์-ศุกร์ 08:30-16:30; พุธ ปิด", "พ.ปิด, จ.-ศ. 08:30-16:30",
        "จันทร์-ศุกร์ 08:30-16:30 ยกเว้นพุธ", "จันทร์-ศุกร์ เว้นวันพุธ 08:30-16:30", "จันทร์-ศุกร์ 08:30-16:30 หยุดวันพุธ",
        "ทุกวัน 08:30-16:30 หยุดวันพุธ, เสาร์-อาทิตย์", "ปิดพุธ เสาร์ อาทิตย์; 08:30-16:30",
    ],
)  # fmt: skip
def test_a_weekday_said_to_be_closed_is_taken_out_of_those_that_are_open(text: str) -> None:
    assert hours(text) == Hours((), tuple((day, (ALL_DAY,)) for day in (0, 1, 3, 4)))


@pytest.mark.parametrize(
    "text",
    [
        "จันทร์-ศุกร์ 08:30-16:30 ปิดพุธบ่าย", "Mon-Fri 08:30-16:30; Wed closed 13:00-16:30", "ปิดพุธ 08:30-16:30",
        "Mon-Fri 08:30-16:30 except Wed; Wed 13:00-16:30", "Mon-Fri closed Wed 08:30-16:30", "08:30-16:30 except",
        "Mon-Fri 08:30-16:30; closed", "Mon-Fri 08:30-16:30; Wed", "08:30-16:30 ปิด 12:00-13:00",
        "Mon-Fri 08:30-16:30, closed Wed, Thu 10:00-12:00", "Mon closed; Mon 08:30-16:30",
    ],
)  # fmt: skip
def test_what_leaves_open_when_it_is_closed_is_told(text: str) -> None:
    with pytest.raises(CellError):
        hours(text)


@pytest.mark.parametrize("text", ["08:30", "Mon", "08:30-16:30; Mon 09:00-12:00", "08:30-12:00, 11:00-13:00", "ปิด", "",
                                  "Mon 08:30-12:00 - Tue 08:30-12:00"])  # fmt: skip
def test_hours_that_are_not_clear(text: str) -> None:
    with pytest.raises(CellError):
        hours(text)


@pytest.mark.parametrize(
    "text",
    ["08:30-", "-16:30", "-จันทร์ 08:30-16:30", "จันทร์-; ศุกร์ 08:30-16:30", "จันทร์, -ศุกร์ 08:30-16:30",
     "Mon 08:30-16:30; Tue-", "08:30-12:00, 13:00-"],
)  # fmt: skip
def test_hours_of_a_range_that_was_left_unfinished(text: str) -> None:
    """Neither read as the day or time that is there, nor joined to what stands beyond the next mark."""
    with pytest.raises(CellError, match="one end"):
        hours(text)


@pytest.mark.parametrize(
    ("cells", "cause"),
    [
        ({"hours": "เช้า-"}, "one end"), ({"reason": "ลาป่วยครึ่งวันเช้า-"}, "one end"),
        ({"reason": "ลากิจ ครึ่งวันเช้า-ครึ่งวันบ่าย"}, "both halves"),
    ],
)  # fmt: skip
def test_halves_of_a_day_that_say_more_than_one(tmp_path: Path, cells: dict[str, str], cause: str) -> None:
    made = tables(**{f"absences__0__{column}": value for column, value in cells.items()})
    (fault,) = told(folder(tmp_path / "office", made))
    assert fault.code == "cell-value" and cause in fault.cause


@pytest.mark.parametrize(
    ("cells", "busy", "absent"),
    [
        ({"reason": "ลาป่วย"}, 0, 5), ({"reason": "ลากิจ"}, 0, 5), ({"reason": "ลาพักผ่อน"}, 0, 5),
        ({"reason": "ลาป่วยครึ่งวันเช้า"}, 5, 0), ({"reason": "ลากิจ (ครึ่งวันบ่าย)"}, 5, 0),
        ({"reason": "ลา", "hours": "ครึ่งวันเช้า"}, 5, 0), ({"reason": "", "hours": "09:00-12:00"}, 5, 0),
        ({"reason": "อบรม", "to": ""}, 0, 1), ({"reason": "ลา", "hours": "เต็มวัน"}, 0, 5),
        ({"reason": "ลากิจ ทั้งวัน"}, 0, 5), ({"hours": "00:00-24:00"}, 0, 5),
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


def test_an_office_without_an_english_name_bears_its_thai_one(tmp_path: Path) -> None:
    path = folder(tmp_path / "office", tables())
    settings = path / "office.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('name_en = "Test office"', ""), encoding="utf-8")
    book = read_office(path)
    assert (book.office.name_en, book.problem.name) == ("สำนักงานทดสอบ", "สำนักงานทดสอบ")
