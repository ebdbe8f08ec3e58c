"""What an office's tables can hardly mean, or what no plan can follow: told as a warning, each with its place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from support.tables import TOML, faults, folder, office, tables

from models.faults import InvalidInput
from models.intake import read_office
from models.saying import Said


def doubts(made: dict[str, Any], tmp_path: Path, toml: str = TOML) -> list[tuple[str, str]]:
    warnings = read_office(folder(tmp_path, made, toml)).warnings
    assert all(each.in_language("th").cause != each.cause for each in warnings)
    return [(each.where, each.cause) for each in warnings if each.code == "value-doubtful"]


@pytest.mark.parametrize(
    ("cells", "where", "cause"),
    [
        ({"officers__0__max_days_per_week": "6"}, "officers.csv, row 2, column max_days_per_week", "6 field days"),
        ({"officers__1__topics": ""}, "officers.csv, row 3, column topics", "no topic"),
        ({"absences__0__from": "2012-08-01", "absences__0__to": "2013-10-31"}, "officers.csv, row 3, column id",
         "away"),
        ({"issues__1__sessions": "13"}, "issues.csv, row 3, column sessions", "13 sessions"),
        ({"absences__0__from": "2012-01-09", "absences__0__to": "2012-01-10"}, "absences.csv, row 2, column from",
         "lies outside the horizon"),
        ({"cooperatives__0__closed": "2011-08-20"}, "cooperatives.csv, row 2, column closed", "lies outside"),
        ({"issues__0__due": "2011-07-01"}, "issues.csv, row 2, column due", "more than a year"),
        ({"issues__1__due": "2012-08-10"}, "issues.csv, row 3, column content_ready", "only after it is due"),
        ({"issues__0__officers": "3"}, "issues.csv, row 2, column officers", "at most 2 can ride"),
        ({"cooperatives__1__officers": "3"}, "cooperatives.csv, row 3, column officers", "at most 2 can ride"),
        ({"cooperatives__1__never": "o1; o2"}, "cooperatives.csv, row 3, column never", "Every officer"),
        ({"cooperatives__1__last_visit": "2012-08-01"}, "cooperatives.csv, row 3, column last_visit", "does not lie"),
        ({"officers__1__max_days_per_week": "0"}, "officers.csv, row 3, column max_days_per_week", "no field day"),
        ({"partners__0__per_day": "0"}, "partners.csv, row 2, column per_day", "join no visit"),
        ({"officers__0__topics": "debt"}, "issues.csv, row 2, column topic", "No officer knows the topic"),
        ({"cooperatives__0__never": "o1"}, "issues.csv, row 2, column topic", "kept away from there"),
        ({"absences__0__hours": "17:00-18:00"}, "absences.csv, row 2, column hours", "outside of the day"),
    ],
)  # fmt: skip
def test_what_can_hardly_be_meant_is_doubted(tmp_path: Path, cells: dict[str, str], where: str, cause: str) -> None:
    try:
        warnings = office(tmp_path, **cells).warnings
    except InvalidInput as error:  # what is doubted may be too much for the horizon as well
        warnings = tuple(error.warnings)
    (doubt,) = [each for each in warnings if each.code == "value-doubtful"]
    assert doubt.where == where and cause in doubt.cause
    assert isinstance(doubt.cause, Said) and doubt.cause.in_language("th")


def test_officers_of_whom_none_has_a_topic_are_one_doubt(tmp_path: Path) -> None:
    ((where, cause),) = doubts(tables(officers__0__topics="", officers__1__topics=""), tmp_path)
    assert (where, cause.split(":")[0]) == ("officers.csv", "None of the 2 officers has a topic")


def test_cars_in_repair_on_every_workday_are_doubted(tmp_path: Path) -> None:
    made = tables()
    made["cars"] = [{"id": name, "seats": "4", "repair": "2012-08-01..2012-10-31"} for name in ("van", "jeep")]
    toml = TOML.replace("cars = 2\nseats = 4\n", "")
    found = doubts(made, tmp_path / "all", toml)
    assert [(where, "every visit is left out" in cause) for where, cause in found] == [
        (f"cars.csv, row {row}, column repair", True) for row in (2, 3)
    ]
    made["cars"][1]["repair"] = ""
    ((where, cause),) = doubts(made, tmp_path / "one", toml)
    assert (where, "left out" in cause) == ("cars.csv, row 2, column repair", False)


def test_a_topic_that_only_another_office_knows_is_doubted(tmp_path: Path) -> None:
    branch = '[[depots]]\nid = "cp"\nname_th = "สาขา"\nlat = 16.5\nlon = 102.1\ncars = 1\nseats = 4\n[[topics]]'
    homes = {"officers__0__depot": "kk", "officers__1__depot": "cp", "cooperatives__0__depot": "cp",
             "cooperatives__0__current_lead": ""}  # fmt: skip
    book = office(tmp_path, TOML.replace("[[topics]]", branch, 1), **homes)
    (doubt,) = [each for each in book.warnings if each.code == "value-doubtful"]
    assert (doubt.where, doubt.in_language("th").cause) == (
        "issues.csv, row 2, column topic", "สาขาไม่มีเจ้าหน้าที่ด้านบัญชี จึงจะไม่ได้เข้าส่งเสริม",
    )  # fmt: skip
    homes["cooperatives__0__depot"] = ""  # from either office, so that there is somebody
    book = office(tmp_path, TOML.replace("[[topics]]", branch, 1), **homes)
    assert [each for each in book.warnings if each.code == "value-doubtful"] == []


def test_what_is_doubted_of_an_id_that_is_written_otherwise_has_its_cell(tmp_path: Path) -> None:
    """Blanks within an id count once: the row is found all the same."""
    made = tables(cooperatives__0__id="c  1", cooperatives__0__closed="2011-08-20", issues__0__cooperative="c 1")
    ((where, _),) = doubts(made, tmp_path)
    assert where == "cooperatives.csv, row 2, column closed"


def test_a_dear_kilometre_is_doubted(tmp_path: Path) -> None:
    (doubt,) = office(tmp_path, TOML.replace("km = 4", "km = 51")).warnings
    assert (doubt.code, doubt.cause) == ("value-doubtful", "A kilometre costs 51 baht.")


@pytest.mark.parametrize(
    ("old", "new", "where", "cause"),
    [
        ("cars = 2", "cars = 0", "office.toml, [[depots]], entry 1, column cars", "No car can leave"),
        ("break_minutes = 60", "break_minutes = 301", "office.toml, day.break_minutes", "ends after the day"),
        ("unplanned = 5000", "unplanned = 0", "office.toml, prices.unplanned", "costs nothing"),
        ("[day]", "extra_holidays = [2014-01-02]\n[day]", "office.toml, horizon.extra_holidays", "more than a year"),
        ("[day]", "extra_holidays = [2012-08-06]\nextra_workdays = [2012-08-06]\n[day]",
         "office.toml, horizon.extra_workdays", "an extra holiday, too"),
        ("[day]", '[officers]\nmeeting = "15:30-16:30"\n[day]', "office.toml, officers.meeting", "on every workday"),
    ],
)  # fmt: skip
def test_settings_that_leave_nothing_to_plan_or_say_two_things_are_doubted(
    tmp_path: Path, old: str, new: str, where: str, cause: str
) -> None:
    assert old in TOML
    doubts = [each for each in office(tmp_path, TOML.replace(old, new)).warnings if each.code == "value-doubtful"]
    assert [(each.where, cause in each.cause) for each in doubts] == [(where, True)]
    assert isinstance(doubts[0].cause, Said) and doubts[0].cause.in_language("th")


@pytest.mark.parametrize(
    ("ids", "doubted"),
    [
        (("c1", "C1"), True), (("c1", "c๑"), True), (("c1", "c 1"), True), (("c1.12", "c11.2"), False),
        (("c1", "c-1"), False), (("c1", "c10"), False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("table", ["cooperatives", "officers"])
def test_an_id_that_only_looks_like_another_is_doubted(
    tmp_path: Path, table: str, ids: tuple[str, str], doubted: bool
) -> None:
    first, second = ids
    made = tables(**{f"{table}__0__id": first, f"{table}__1__id": second})
    made["absences"] = []
    if table == "cooperatives":
        made["issues"][0]["cooperative"], made["issues"][1]["cooperative"] = first, second
    else:
        made["cooperatives"][0]["current_lead"] = first
    warnings = read_office(folder(tmp_path / "office", made)).warnings
    told = [(each.code, each.where) for each in warnings if "is like" in each.cause]
    assert told == ([("value-doubtful", f"{table}.csv, row 3, column id")] if doubted else [])
    assert all("คล้ายกับ" in each.in_language("th").cause for each in warnings if "is like" in each.cause)


def test_days_that_reach_years_away_are_doubted(tmp_path: Path) -> None:
    (last,) = doubts(tables(absences__0__to="2022-08-10"), tmp_path / "one")
    assert last == ("absences.csv, row 2, column to",
                    "2022-08-10 lies more than a year from the horizon, 2012-08-01 to 2012-10-31.")  # fmt: skip
    (first,) = doubts(tables(absences__0__from="2002-08-06"), tmp_path / "two")
    assert first[0] == "absences.csv, row 2, column from"
    assert doubts(tables(absences__0__to="2013-10-31"), tmp_path / "three") == []
    longer = TOML.replace("last = 2012-10-31", "last = 2013-10-31")
    assert ("office.toml, horizon.last", "2012-08-01 to 2013-10-31 is longer than a year.") in doubts(
        tables(), tmp_path / "four", longer
    )


def test_a_cooperative_that_stands_there_twice_is_doubted(tmp_path: Path) -> None:
    made = tables()
    made["cooperatives"].append(made["cooperatives"][1] | {"id": "c3"})
    assert doubts(made, tmp_path) == [
        ("cooperatives.csv, row 4, column name_th",
         "Row 3 has the same name and place: the cooperative may stand there twice."),
    ]  # fmt: skip


def test_an_office_without_any_issue_is_doubted(tmp_path: Path) -> None:
    ((_, cause),) = doubts(tables() | {"issues": []}, tmp_path)
    assert cause == "There is no issue: every visit is a routine one."


def test_two_numbers_of_cars_for_a_day_are_told(tmp_path: Path) -> None:
    rows = [("2012-08-06", "2012-08-10", "1"), ("2012-08-10", "2012-08-12", "0"), ("2012-08-12", "2012-08-13", "2")]
    made = tables() | {"cars_on": [{"from": first, "to": last, "cars": cars} for first, last, cars in rows]}
    book = read_office(folder(tmp_path / "office", made))
    (doubt,) = book.warnings
    assert (doubt.where, doubt.cause) == (
        "cars_on.csv, row 3, column from", "Row 2 says another number of cars for 2012-08-10; the fewer count.",
    )  # fmt: skip
    assert (book.problem.offices[0].cars_on or {})[dt.date(2012, 8, 10)] == 0


def test_what_is_just_within_reason_is_not_doubted(tmp_path: Path) -> None:
    cells = {"officers__0__max_days_per_week": "5", "issues__0__due": "2011-08-01", "absences__0__to": "2012-10-30"}
    try:
        warnings = office(tmp_path, TOML.replace("km = 4", "km = 50"), **cells).warnings
    except InvalidInput as error:
        warnings = tuple(error.warnings)
    assert [each for each in warnings if each.code == "value-doubtful"] == []


@pytest.mark.parametrize(
    ("meeting", "told"),
    [("พฤ. 09:00-10:00", True), ("พฤ. 10:30-12:00", True), ("พฤ. 15:00-16:30", False), ("ศุกร์ 09:00-10:00", False)],
)
def test_a_board_that_meets_while_the_office_does_is_told_before_a_plan_leaves_it_out(
    meeting: str, told: bool, tmp_path: Path
) -> None:
    toml = TOML + f'[officers]\nmeeting = "{meeting}"\n'
    warnings = [each for each in office(tmp_path, toml, issues__0__audience="board").warnings if "board" in each.cause]
    assert len(warnings) == told
    for each in warnings:
        assert (each.code, each.where) == ("value-doubtful", "cooperatives.csv, row 2, column board_meeting")
        assert "nobody can be there" in each.cause


def test_a_visit_that_fits_into_no_day_is_told_with_what_fits(tmp_path: Path) -> None:
    # 180 minutes of driving leave 300 of 480; lunch at noon leaves 120 before or 120 after it
    toml = TOML.replace('end = "16:30"', 'end = "16:30"\ncooperatives_lunch = "12:00-13:00"')
    toml += "[travel]\ndetour = 1.2\n[policy]\nvisits_good = 1\n"
    cells = {"issues__0__sessions": "4", "issues__0__audience": "management", "cooperatives__0__lat": "16.75"}
    book = office(tmp_path, toml + "together = 4\n", **cells)
    (warning,) = book.warnings
    assert (warning.code, warning.where) == ("visit-too-long", "cooperatives.csv, row 2, column id")
    assert "135 minutes" in warning.cause and "At most" in warning.remedy


def test_days_on_which_it_is_closed_are_no_hours(tmp_path: Path) -> None:
    assert office(tmp_path, cooperatives__0__closed="2012-08-06..2012-08-10").warnings == ()


def test_a_visit_that_fits_into_no_day_is_told_with_its_own_hours(tmp_path: Path) -> None:
    cells = {
        "cooperatives__0__open": "Tue 09:00-09:20; Mon 10:00-10:10, 11:00-11:10",
        "issues__0__audience": "management",
    }
    book = office(tmp_path, **cells)
    (warning,) = book.warnings
    assert "the hours are Mon 10:00-10:10, 11:00-11:10; Tue 09:00-09:20," in warning.cause
    assert "เวลาทำการ จันทร์ 10:00-10:10, 11:00-11:10; อังคาร 09:00-09:20 " in warning.in_language("th").cause


def test_a_board_without_a_time_is_told(tmp_path: Path) -> None:
    book = office(tmp_path, cooperatives__0__board_meeting="พฤ.ที่ 3")
    assert [(w.code, w.where) for w in book.warnings] == [
        ("meeting-untimed", "cooperatives.csv, row 2, column board_meeting")
    ]
    (visit,) = [visit for visit in book.problem.visits if visit.dates]
    assert visit.window is None and all(day.weekday() == 3 for day in visit.dates or ())


@pytest.mark.parametrize(
    ("written", "meaning"),
    [("ศุกร์แรก เวลา 9", "ศุกร์แรก เวลา 09:00"), ("first Friday at 9", "first Friday at 09:00"),
     ("ศุกร์แรก 9 น.", "ศุกร์แรก 09:00 น.")],
)  # fmt: skip
def test_the_hour_of_a_board_that_can_be_no_other_is_read_and_told(written: str, meaning: str, tmp_path: Path) -> None:
    book = office(tmp_path, cooperatives__0__board_meeting=written)
    assert [(w.code, w.cause) for w in book.warnings] == [("value-understood", f"{written!r} is read as {meaning}.")]
    assert book.office.cooperatives[0].board_meeting == meaning


@pytest.mark.parametrize("written", ["ศุกร์แรก เวลา 3", "third Thursday at 9 pm", "วันที่ 2 พุธ"])
def test_an_hour_of_a_board_that_may_be_another_is_a_fault(written: str, tmp_path: Path) -> None:
    assert faults(folder(tmp_path, tables(cooperatives__0__board_meeting=written))) == [
        ("cell-value", "cooperatives.csv, row 2, column board_meeting")
    ]


def test_a_day_at_fault_is_told_without_what_follows_from_it(tmp_path: Path) -> None:
    toml = TOML.replace('end = "16:30"', 'end = "08:00"')
    with pytest.raises(InvalidInput) as caught:
        read_office(folder(tmp_path, tables(issues__0__audience="board"), toml))
    assert [(fault.code, str(fault.where)) for fault in caught.value.faults] == [("time-order", "office.toml, day.end")]


def test_settings_under_which_no_visit_fits_are_one_doubt(tmp_path: Path) -> None:
    made = tables()
    made["cooperatives"].append(made["cooperatives"][0] | {"id": "c3", "name_th": "สหกรณ์สาม", "name_en": "Three"})
    toml = TOML.replace('end = "16:30"', 'end = "16:30"\nslack_minutes = 600')
    warnings = read_office(folder(tmp_path, made, toml)).warnings
    ((where, cause),) = [(str(each.where), each.cause) for each in warnings if each.code == "visit-too-long"]
    assert (where, cause) == ("office.toml, day.start", "No visit to any of the 3 cooperatives fits into a day.")


def test_a_place_too_far_away_is_not_the_fault_of_the_offices_meeting(tmp_path: Path) -> None:
    toml = TOML + '[officers]\nmeeting = "Friday 15:00-16:30"\n'
    made = tables(cooperatives__0__lat="5.6", cooperatives__0__lon="95.3", issues__0__audience="board")
    warnings = read_office(folder(tmp_path, made, toml)).warnings
    assert {each.code for each in warnings if "row 2" in str(each.where)} == {"place-far", "visit-too-long"}
