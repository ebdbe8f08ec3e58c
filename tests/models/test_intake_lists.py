"""Lists as people write them: days whose month stands once, words for all of them, and what stays unclear."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from support.tables import TOML, faults, folder, office, tables

from models.intake import read_office
from models.intake.cells import CellError
from models.intake.dates import dates
from models.intake.hours import hours, weekdays


def november(*days: int) -> tuple[dt.date, ...]:
    return tuple(dt.date(2012, 11, day) for day in days)


# --- days


@pytest.mark.parametrize(
    "text",
    [
        "5,7,9 พ.ย. 55", "5, 7 และ 9 พ.ย. 2555", "5; 7; 9 พ.ย. 2555", "5 7 9 พ.ย. 55", "๕,๗,๙ พ.ย. ๕๕",
        "5\n7\n9 พ.ย. 55", "วันที่ 5, 7 และ 9 พฤศจิกายน 2555", "5 พ.ย., 7 พ.ย., 9 พ.ย. 2555", "5/11, 7/11, 9/11/2555",
        "5,7,9/11/2555", "5 กับ 7 กับ 9 พ.ย. 2555", "5 พ.ย. 2555 7 พ.ย. 2555 และ 9 พ.ย. 2555", "5 & 7 and 9 Nov 2012",
        "5, 7, 2012-11-09", "5, 7 พ.ย. 55; 9 พ.ย. 55",
    ],
)  # fmt: skip
def test_the_month_may_stand_once_for_the_days_before_it(text: str) -> None:
    assert dates(text) == november(5, 7, 9)


def test_ranges_may_leave_the_month_to_what_follows_them() -> None:
    assert dates("1-3, 5 พ.ย. 55") == dates("1–3 และ 5 พ.ย. 2555") == november(1, 2, 3, 5)
    assert dates("31 ต.ค. – 2, 5 พ.ย. 2555") == (dt.date(2012, 10, 31), *november(1, 2, 5))
    assert dates("30 ธ.ค., 2 ม.ค. 2556") == (dt.date(2012, 12, 30), dt.date(2013, 1, 2))


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("28, 2 พ.ย. 55", "of which month '28' is"),  # of October, likely
        ("9, 7 พ.ย. 55", "of which month '9' is"),
        ("7-5, 9 พ.ย. 55", "of which month '7-5' is"),
        ("5/11,7/9/2555", "of which year '5/11' is"), ("5 พ.ย., 1 พ.ย. 2555", "of which year '5 พ.ย.' is"),
        ("5-8, 13-11-2555", "'5-8' is not a date"),  # a range, or the fifth of August
        ("5, 7, 9 พ.ย.", "'9 พ.ย.' is not a date"), ("5, 7", "'7' is not a date"),
        ("5 พ.ย. 2555, 7", "'7' is not a date"), ("5 11 55", "'5 11 55' is not a date"),
        ("31, 30 พ.ย. 55", "'31' is not in the calendar"),
        ("soon, 7 พ.ย. 55", "'soon' is not a date"), ("5, 7-, 9 พ.ย. 55", "one end only"),
    ],
)  # fmt: skip
def test_days_that_may_be_of_another_month_are_never_guessed(text: str, cause: str) -> None:
    with pytest.raises(CellError) as caught:
        dates(text)
    assert cause in caught.value.cause


def test_a_list_of_days_is_read_in_a_table_and_nothing_is_said_of_it(tmp_path: Path) -> None:
    book = office(tmp_path, cooperatives__1__closed="20, 21 และ 22 ส.ค. 55")
    assert book.office.cooperatives[1].closed == tuple(dt.date(2012, 8, day) for day in (20, 21, 22))
    assert book.warnings == ()


def test_two_digits_of_a_year_in_a_list_are_read_as_in_a_single_date(tmp_path: Path) -> None:
    toml = TOML.replace("[day]", 'extra_holidays = "13/8/55; 3-4/9/55"\n[day]')
    book = office(tmp_path, toml, cooperatives__1__closed="30/8/55; 3-5/9/55")
    closed = (dt.date(2012, 8, 30), *(dt.date(2012, 9, day) for day in (3, 4, 5)))
    assert book.office.cooperatives[1].closed == closed
    assert book.extra_holidays == (dt.date(2012, 8, 13), dt.date(2012, 9, 3), dt.date(2012, 9, 4))
    assert [(each.code, each.cause) for each in book.warnings] == [
        ("value-understood", "'30/8/55; 3-5/9/55' is read as 30/8/2555; 3-5/9/2555."),
        ("value-understood", "'13/8/55; 3-4/9/55' is read as 13/8/2555; 3-4/9/2555."),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["30/8/12", "3/9/5", "30/8/55/1"])
def test_other_years_of_few_digits_stay_faults(text: str, tmp_path: Path) -> None:
    assert faults(folder(tmp_path / "office", tables(cooperatives__1__closed=text))) == [
        ("cell-value", "cooperatives.csv, row 3, column closed")
    ]


# --- all of them


@pytest.mark.parametrize("word", ["ทุกด้าน", "ทั้งหมด", "All", "all topics"])
def test_all_topics_may_be_named_by_a_word(word: str, tmp_path: Path) -> None:
    book = office(tmp_path, officers__1__topics=word)
    assert book.office.officers[1].topics == ("accounts", "debt")
    assert book.warnings == ()


@pytest.mark.parametrize("word", ["ทุกคน", "everyone", "เจ้าหน้าที่ทุกคน"])
def test_all_officers_may_be_named_by_a_word(word: str, tmp_path: Path) -> None:
    book = office(tmp_path, cooperatives__1__never=word)
    assert book.office.cooperatives[1].never == ("o1", "o2")
    assert [each.cause for each in book.warnings if "Every officer" in each.cause]  # it is doubtful all the same


@pytest.mark.parametrize(("table", "column", "value"), [
    ("officers", "topics", "ทุกด้าน; debt"), ("officers", "topics", "ทุกด้านยกเว้นบัญชี"), ("officers", "topics", "ทุกคน"),
    ("cooperatives", "never", "ทุกด้าน"), ("cooperatives", "current_lead", "ทุกคน"), ("issues", "topic", "ทุกด้าน"),
])  # fmt: skip
def test_a_word_for_all_beside_others_or_where_one_is_named_is_a_fault(
    table: str, column: str, value: str, tmp_path: Path
) -> None:
    made = folder(tmp_path / "office", tables(**{f"{table}__0__{column}": value}))
    assert faults(made) == [("id-unknown", f"{table}.csv, row 2, column {column}")]


def test_what_bears_such_a_word_as_its_name_is_meant_alone(tmp_path: Path) -> None:
    toml = TOML.replace('name_th = "หนี้"', 'name_th = "ทั้งหมด"')
    assert office(tmp_path, toml, officers__1__topics="ทั้งหมด").office.officers[1].topics == ("debt",)


@pytest.mark.parametrize("word", ["ทุกวัน", "ทุกวันทำการ", "วันราชการ", "every day", "Every workday", "daily"])
def test_every_day_may_be_said_of_a_partner(word: str, tmp_path: Path) -> None:
    assert weekdays(word) == (0, 1, 2, 3, 4, 5, 6)
    book = office(tmp_path, partners__0__weekdays=word)
    assert (book.problem.partners or ())[0].dates == book.problem.workdays
    assert book.warnings == ()


@pytest.mark.parametrize(
    "text", ["ทุกวัน 09:00-12:00", "every day 09:00-12:00", "daily 09:00-12:00", "วันทำการ 09.00-12.00 น."]
)
def test_hours_of_every_day(text: str) -> None:
    assert hours(text) == hours("09:00-12:00")
    assert hours("every Monday 09:00-12:00") == hours("Mon 09:00-12:00")


@pytest.mark.parametrize("text", ["ทั้งวัน", "ทุกวัน", "all day", "Every day"])
def test_a_cooperative_may_be_said_to_be_open_all_day(text: str, tmp_path: Path) -> None:
    toml = TOML.replace('end = "16:30"', 'end = "16:30"\ncooperatives_lunch = "12:00-13:00"')
    said, empty = (
        read_office(folder(tmp_path / name, tables(cooperatives__0__open=cell), toml)).office.cooperatives[0].open
        for name, cell in (("said", text), ("empty", ""))
    )
    assert said == empty == ((510.0, 720.0), (780.0, 990.0))


@pytest.mark.parametrize("word", ["ทุกฝ่าย", "all", "ฝ่ายจัดการ; กรรมการ; สมาชิก"])
def test_content_may_be_agreed_with_all(word: str, tmp_path: Path) -> None:
    days = "[preparation]\nfirst = 2012-07-02\nlast = 2012-07-31\n"
    made = tables(cooperatives__1__board_meeting="day 9, 13:30")
    path = folder(tmp_path / "office", made, f'{TOML}{days}audiences = "{word}"\n')
    found = read_office(path, "preparation").problem
    assert [one.id for one in found.visits] == [f"c{n}-p{visit}" for n in (1, 2) for visit in (1, 2, 3)]
