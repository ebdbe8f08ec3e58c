"""Cells that hold more than their column is for: read where they can mean one thing only, and told; else faults."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from support.tables import TOML, faults, folder, tables
from support.workbooks import changed, merge, put, sound_workbook

from models.faults import InvalidInput
from models.intake import OfficeBook, read_office
from models.intake.cells import CellError
from models.intake.meant import (
    BAHT,
    BAHT_A_KM,
    DAYS_A_WEEK,
    HOURS,
    LEVEL,
    MINUTES,
    PEOPLE,
    SPEED,
    Units,
    settings_as_meant,
    time_meant,
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sound_workbook(tmp_path_factory.mktemp("sound"))


def read(path: Path) -> tuple[OfficeBook, list[str]]:
    """The office, and in Thai what of it was read as something."""
    book = read_office(path)
    said = [fault.in_language("th").cause for fault in book.warnings if fault.code == "value-understood"]
    return book, said


@pytest.mark.parametrize(
    ("units", "written", "amount"),
    [
        (PEOPLE, "3 คน", 3), (PEOPLE, "๓คน", 3), (PEOPLE, "จำนวน 3", 3), (PEOPLE, "2 officers", 2),
        (DAYS_A_WEEK, "๔ วัน", 4), (DAYS_A_WEEK, "ไม่เกิน 3 วัน/สัปดาห์", 3), (LEVEL, "ระดับ 4", 4), (BAHT, "120 บาท", 120),
        (MINUTES, "90 นาที", 90), (MINUTES, "1 ชม. 30 นาที", 90), (MINUTES, "1.5 ชั่วโมง", 90), (MINUTES, "2 h", 120),
        (SPEED, "45 กม./ชม.", 45), (BAHT, "4.-", 4), (BAHT, "๔.–", 4), (BAHT, "1,200.-", 1200), (BAHT, "฿ 240.-", 240),
        (BAHT, "240.- บาท", 240), (BAHT, "5000.=", 5000), (BAHT_A_KM, "4.-", 4), (BAHT_A_KM, "4.-/กม.", 4),
        (BAHT_A_KM, "4.- บาท/กม.", 4), (BAHT_A_KM, "กม.ละ 4.-", 4),
    ],
)  # fmt: skip
def test_a_number_with_its_unit(units: Units, written: str, amount: float) -> None:
    assert units.amount(written) == amount


@pytest.mark.parametrize(
    "written",
    [
        "3", "", "คน", "3-4 คน", "-3 คน", "ประมาณ 3 คน", "3 คน 2 คน", "3 คัน", "คน 3", "1,20 คน", "3 คน?", "จำนวน",
        "1.2.3 คน", "3 คน 4",
    ],
)  # fmt: skip
def test_what_is_a_bare_number_or_may_mean_something_else_is_left(written: str) -> None:
    assert PEOPLE.amount(written) is None


@pytest.mark.parametrize(
    "written", ["4.-5", "4.5.-", "-4.-", "1.200.-", "12,34.-", "1,2.-", "4-", "4.-/วัน", ".-", "4.- 5.-", "ราว 4.-"]
)
def test_baht_that_may_mean_something_else_are_left(written: str) -> None:
    assert BAHT.amount(written) is None
    assert PEOPLE.amount("4.-") is None, "nobody writes people so"


@pytest.mark.parametrize(
    ("value", "time"),
    [
        (8.3, "08:30"), (11.3, "11:30"), (13, "13:00"), (16.45, "16:45"), (510 / 1440, "08:30"), (8.05, "08:05"),
        (8.5, None), (8.25, None), (8.75, None), (24.3, None), (-1, None), (True, None), ("8.30", None), (8.123, None),
    ],
)  # fmt: skip
def test_a_number_where_a_time_of_day_goes(value: object, time: str | None) -> None:
    assert time_meant(value) == time


def test_times_typed_with_a_full_stop(sound: Path, tmp_path: Path) -> None:
    """Text stays what it is, also where it looks like a number; a number is told as what it is read."""
    row = next(row[0].row for row in load_workbook(sound)["office"].iter_rows() if row[0].value == "day.end")
    book, said = read(changed(sound, tmp_path, put("office", f"B{row}", "16.50")))
    assert (book.problem.day.end, said) == (16 * 60 + 50, [])
    book, said = read(changed(sound, tmp_path, put("office", f"B{row}", 16.4)))
    assert (book.problem.day.end, said) == (16 * 60 + 40, ["อ่าน 16.4 เป็น 16:40"])


@pytest.mark.parametrize(
    ("name", "written", "baht"),
    [
        ("car_day", "300 บาท/คัน", 300), ("car_day", "300 บาทต่อคันต่อวัน", 300), ("officer_day", "240 บาท/คน/วัน", 240),
        ("officer_day", "คนละ 240.-", 240), ("overload_hour", "ชั่วโมงละ 60 บาท", 60), ("late_day", "40 บาท/วัน", 40),
        ("stand_in", "400 baht per visit", 400), ("lead_change", "500 บาท/แห่ง", 500), ("moved_soon", "400.-/ครั้ง", 400),
        ("officer_day", "0 ชม.: 0 บาท; 6 ชม.: 120 บาท; 12: 1,240.-", "0: 0; 6: 120; 12: 1240"),
    ],
)  # fmt: skip
def test_a_price_with_what_it_is_for(name: str, written: str, baht: float | str) -> None:
    settings = {"prices": {name: written}}
    ((dotted, was, _),) = settings_as_meant(settings)
    assert (dotted, was, settings["prices"][name]) == (f"prices.{name}", written, baht)


@pytest.mark.parametrize(
    ("name", "written"), [("car_day", "300 บาท/กม."), ("km", "วันละ 4 บาท"), ("late_day", "40 บาท/ชม.")]
)
def test_a_price_for_something_else_is_left(name: str, written: str) -> None:
    assert not list(settings_as_meant({"prices": {name: written}}))


def test_names_in_a_cell_for_several_parted_otherwise(tmp_path: Path) -> None:
    """Each part is known and the whole is not: it can mean one thing only. A part that nothing is called is a fault."""
    for number, written in enumerate(["accounts debt", "accounts / debt", "accounts และ debt", "accounts+debt"]):
        book, said = read(folder(tmp_path / str(number), tables(officers__0__topics=written)))
        assert set(book.office.officers[0].topics) == {"accounts", "debt"}
        assert said == [f"อ่าน '{written}' เป็น accounts; debt"]
    with pytest.raises(InvalidInput) as error:
        read(folder(tmp_path / "unknown", tables(officers__0__topics="accounts / law")))
    assert [fault.code for fault in error.value.faults] == ["id-unknown"]


@pytest.mark.parametrize(
    ("units", "written", "clock", "decimal"),
    [
        (HOURS, "36.30", "36:30", "36.3"), (HOURS, "๖.๑๕ ชม.", "6:15", "6.150"), (HOURS, "6.50", "6:50", "6.5"),
        (MINUTES, "1.30 ชม.", "1:30", "1.3"), (MINUTES, "1.05 hours", "1:05", "1.050"),
    ],
)  # fmt: skip
def test_hours_that_may_have_minutes_or_hundredths_are_not_guessed(
    units: Units, written: str, clock: str, decimal: str
) -> None:
    """As a time, 6.30 is half past six; as a number it is 18 minutes past. Both ways out are read as they say."""
    assert units.amount(written) is None
    with pytest.raises(CellError) as caught:
        units.check(written)
    assert caught.value.remedy.in_language("th") == f"พิมพ์ {clock} หรือ {decimal}"
    for written in (f"{clock} ชม.", f"{decimal} ชม."):
        units.check(written)
        assert units.amount(written) is not None


@pytest.mark.parametrize(
    ("units", "written", "amount"),
    [
        (HOURS, "36:30", 36.5), (HOURS, "36 ชม. 30 นาที", 36.5), (MINUTES, "1:30 ชม.", 90), (MINUTES, "1.75 ชม.", 105),
        (HOURS, "6.5 ชม.", 6.5), (MINUTES, "1.250 ชม.", 75), (MINUTES, "2.00 ชม.", 120), (MINUTES, "1:30", None),
        (HOURS, "36:75", None), (MINUTES, "30.30 นาที", 30.3),
    ],
)  # fmt: skip
def test_hours_that_mean_one_thing(units: Units, written: str, amount: float | None) -> None:
    units.check(written)
    assert units.amount(written) == amount


def test_unclear_hours_are_faults_of_their_cells_at_every_door(sound: Path, tmp_path: Path) -> None:
    made = tables(officers__0__fair_hours="36.30", cooperatives__0__longest_visit="1.30 ชม.")
    rates = TOML.replace("officer_day = 120", 'officer_day = "0: 0; 6.30: 120.-"\nlate_day = 2')
    toml = rates.replace("break_minutes = 60", 'break_minutes = "1.15 ชม."')
    assert set(faults(folder(tmp_path / "office", made, toml))) == {
        ("cell-value", "officers.csv, row 2, column fair_hours"),
        ("cell-value", "cooperatives.csv, row 2, column longest_visit"),
        ("field-value", "office.toml, prices.officer_day"), ("field-value", "office.toml, day.break_minutes"),
    }  # fmt: skip
    row = next(
        row[0].row for row in load_workbook(sound)["office"].iter_rows() if row[0].value == "officers.fair_hours"
    )
    where = f"office.xlsx, sheet office, row {row}, column value, officers.fair_hours"
    assert faults(changed(sound, tmp_path, put("office", f"B{row}", "36.30"))) == [("cell-value", where)]
    book, _ = read(changed(sound, tmp_path, put("office", f"B{row}", 36.3)))
    assert book.problem.officers[1].fair_hours == 36.3, "a number is a number"


@pytest.mark.parametrize("written", ["0: 0; 6:30: 120", "0: 0; 6.5: 120", "0 ชม.: 0; 6 ชม. 30 นาที: 120.-"])
def test_a_rate_from_half_past_an_hour_on(tmp_path: Path, written: str) -> None:
    toml = TOML.replace("officer_day = 120", f'officer_day = "{written}"')
    book, _ = read(folder(tmp_path / "office", toml=toml))
    assert book.problem.prices.officer_day_rates == ((0, 0), (390, 120))


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("5 (รุนแรง)", 5), ("5 - รุนแรง", 5), ("๔ รุนแรงมาก", 4), ("5-รุนแรง", 5), ("ระดับ 3 (ปานกลาง)", 3),
        ("1 (slight)", 1), ("2 - low", 2), ("1 (รุนแรง)", None), ("5 (เล็กน้อย)", None), ("4 (รุนแรงที่สุด)", None),
        ("5 (ถนนขาด)", None), ("4-5 (รุนแรง)", None), ("รุนแรง", None), ("5 (รุนแรง", None),
        ("ราว 5 (รุนแรง)", None), ("15 (รุนแรง)", None),
    ],
)  # fmt: skip
def test_a_severity_with_its_word(written: str, amount: float | None) -> None:
    """The word must say what the number says: on a scale where 1 is worst, 1 (รุนแรง) would be read as slight."""
    assert LEVEL.amount(written) == amount


def test_no_limit_in_words_is_what_an_empty_cell_says(tmp_path: Path) -> None:
    made = tables(officers__0__max_days_per_week="ไม่จำกัด", issues__0__severity="5 (รุนแรง)")
    settings = TOML + '[officers]\nmax_days_per_week = {}\n[[speeds]]\nup_to_km = "ไม่จำกัด"\nkm_per_hour = 60\n'
    toml = settings.format('"no limit"').replace("break_minutes", 'max_minutes = "ไม่จำกัด"\nbreak_minutes')
    book, said = read(folder(tmp_path / "office", made, toml))
    assert [officer.max_days_per_week for officer in book.problem.officers] == [None, None]
    assert (book.problem.day.max_minutes, said) == (None, ["อ่าน '5 (รุนแรง)' เป็น 5"])
    book, _ = read(folder(tmp_path / "three", made, settings.format(3)))
    assert [officer.max_days_per_week for officer in book.problem.officers] == [None, 3], "the row has its own say"


def test_no_limit_where_an_empty_cell_says_something_else_is_a_fault(tmp_path: Path) -> None:
    made = tables(cooperatives__0__longest_visit="ไม่จำกัด", officers__0__fair_hours="ไม่จำกัด", issues__0__due="สิ้นเดือน")
    assert set(faults(folder(tmp_path / "office", made))) == {
        ("cell-value", "officers.csv, row 2, column fair_hours"),
        ("cell-value", "cooperatives.csv, row 2, column longest_visit"),
        ("cell-value", "issues.csv, row 2, column due"),
    }


def test_minutes_before_hours_are_no_time() -> None:
    assert MINUTES.amount("30 นาที 1 ชม.") is None


@given(st.text(max_size=12), st.floats(0, 1e6).map(lambda number: round(number, 2)), st.text(max_size=12))
def test_anything_around_a_number_is_a_unit_or_left(before: str, number: float, after: str) -> None:
    found = PEOPLE.amount(f"{before}{number:f}{after}")
    assert found is None or not any(each in before + after for each in "-+0123456789๐๑๒๓๔๕๖๗๘๙")


def test_units_in_tables_and_settings_of_a_folder(tmp_path: Path) -> None:
    made = tables(
        cooperatives__0__longest_visit="1 ชม. 30 นาที", cooperatives__0__officers="2 คน", issues__0__severity="ระดับ 4",
        officers__0__max_days_per_week="๓ วัน",
    )  # fmt: skip
    plain = tables(cooperatives__0__longest_visit="90", cooperatives__0__officers="2")
    toml = TOML.replace("km = 4", 'km = "4 บาท/กม."').replace("break_minutes = 60", 'break_minutes = "1 ชั่วโมง"')
    book, said = read(folder(tmp_path / "office", made, toml))
    assert book.problem == read_office(folder(tmp_path / "plain", plain)).problem
    assert set(said) == {
        "อ่าน '1 ชม. 30 นาที' เป็น 90", "อ่าน '2 คน' เป็น 2", "อ่าน '๓ วัน' เป็น 3", "อ่าน 'ระดับ 4' เป็น 4",
        "อ่าน '1 ชั่วโมง' เป็น 60", "อ่าน '4 บาท/กม.' เป็น 4",
    }  # fmt: skip


def test_baht_written_with_a_stop_and_a_dash_in_a_workbook(sound: Path, tmp_path: Path) -> None:
    at = {row[0].value: row[0].row for row in load_workbook(sound)["office"].iter_rows()}
    written = {"prices.km": "4.-", "prices.officer_day": "0: 0; 6: 120.-; 12: 1,240.-", "prices.unplanned": "5,000.-"}

    def priced(book: Any) -> None:
        for name, value in written.items():
            put("office", f"B{at[name]}", value)(book)

    book, said = read(changed(sound, tmp_path, priced))
    prices = book.problem.prices
    assert (prices.km, prices.unplanned) == (4, 5000)
    assert isinstance(prices.officer_day, tuple) and [rate.baht for rate in prices.officer_day] == [0, 120, 1240]
    assert set(said) == {
        "อ่าน '4.-' เป็น 4", "อ่าน '5,000.-' เป็น 5000",
        "อ่าน '0: 0; 6: 120.-; 12: 1,240.-' เป็น 0: 0; 6: 120; 12: 1240",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "baht"),
    [
        ("5,000", 5000),
        ("5,000 บาท", 5000),
        ("๕,๐๐๐ บาท", 5000),
        ("5,000.50 บาท", 5000.5),
        ("1,250,000 บาท/ครั้ง", 1_250_000),
    ],
)
def test_thousands_parted_by_commas_alone_and_beside_a_unit(
    sound: Path, tmp_path: Path, written: str, baht: float
) -> None:
    at = next(row[0].row for row in load_workbook(sound)["office"].iter_rows() if row[0].value == "prices.unplanned")
    book, said = read(changed(sound, tmp_path, put("office", f"B{at}", written)))
    assert book.problem.prices.unplanned == baht
    assert said == [f"อ่าน {written!r} เป็น {baht:g}"]


def test_thousands_in_a_table_and_where_nothing_is_counted(tmp_path: Path) -> None:
    made = tables(cooperatives__0__lat="16,625", cooperatives__0__lon="102,125", cooperatives__0__longest_visit="1,200")
    book, said = read(folder(tmp_path / "office", made, TOML))
    row = book.office.cooperatives[0]
    assert (row.lat, row.lon, row.longest_visit) == (16.625, 102.125, 1200)  # of degrees it can part decimals only
    assert "อ่าน '1,200' เป็น 1200" in said


@pytest.mark.parametrize(
    "setting", ['[travel]\nleast_km = "1,250"', '[travel]\nkm_per_hour = "50,125"', '[urgency]\nmost = "1,000"']
)
def test_a_comma_is_not_clear_where_decimals_may_stand(tmp_path: Path, setting: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(folder(tmp_path / "office", tables(), TOML + setting + "\n"))
    assert "may part thousands or decimals" in caught.value.faults[0].cause


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("6-10 ส.ค. 2555", None), ("6-10 ส.ค. 2555", "10/8/2555"), ("6 ส.ค.", "10 ส.ค. 2555"), ("6", "10 ส.ค. 2555"),
        ("6/8", dt.datetime(2012, 8, 10)), ("6 ถึง 10 ส.ค. 55", None),
    ],
)  # fmt: skip
def test_a_range_in_the_cell_of_the_first_day(sound: Path, tmp_path: Path, first: str, last: Any) -> None:
    def both(book: Any) -> None:
        put("absences", "B2", first)(book)
        put("absences", "C2", last)(book)

    book, said = read(changed(sound, tmp_path, both))
    assert (book.absences[0].first, book.absences[0].last) == (dt.date(2012, 8, 6), dt.date(2012, 8, 10))
    assert said == [f"อ่าน {first!r} เป็น 6 ส.ค. 2555 ถึง 10 ส.ค. 2555"]


@pytest.mark.parametrize(
    ("first", "last"),
    [("6-10 ส.ค. 2555", "11/8/2555"), ("6 ส.ค.", None), ("6, 10 ส.ค. 2555", None), ("soon", "10/8/2555")],
)
def test_days_that_say_two_things_are_faults(sound: Path, tmp_path: Path, first: str, last: str | None) -> None:
    def both(book: Any) -> None:
        put("absences", "B2", first)(book)
        put("absences", "C2", last)(book)

    where = "office.xlsx, sheet absences, row 2, column from"
    assert faults(changed(sound, tmp_path, both)) == [("cell-value", where)]


def test_a_range_merged_over_two_officers_is_that_of_both(sound: Path, tmp_path: Path) -> None:
    def two(book: Any) -> None:
        sheet = book["absences"]
        sheet.delete_rows(2)
        sheet.append(["o1", "6-10 ส.ค. 2555"])
        sheet.append(["o2"])
        merge("absences", "B2:B3")(book)

    book, said = read(changed(sound, tmp_path, two))
    assert {(each.id, each.first, each.last) for each in book.absences} == {
        (officer, dt.date(2012, 8, 6), dt.date(2012, 8, 10)) for officer in ("o1", "o2")
    }
    assert len(said) == 2
