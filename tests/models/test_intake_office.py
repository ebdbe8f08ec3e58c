"""The office as it really is, from its tables: lunch, cars by name, crews, per diem, meetings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.schedule import shortest
from support.tables import TOML, faults, folder, office, tables

from models.faults import InvalidInput
from models.hours import starts_within
from models.intake import read_office
from models.intake.cells import CellError
from models.intake.fitting import longest_stay
from models.intake.hours import Hours, hours
from models.intake.opening import opening
from models.problem import Day
from models.saying import Said

CARS = """
[[cars]]
id = "van"
seats = 6
km = 5
plate = "กข 1"
driver = "สมมุติ"
repair = "2012-08-06..2012-08-08"
[[cars]]
id = "small"
name_th = "คันเล็ก"
seats = 3
"""


def test_lunch_closes_cooperatives_that_say_nothing_else(tmp_path: Path) -> None:
    toml = TOML.replace('end = "16:30"', 'end = "16:30"\ncooperatives_lunch = "12:00-13:00"')
    split = ((510, 720), (780, 990))
    problem = office(tmp_path, toml).problem
    assert [one.open for one in problem.cooperatives] == [split, split]
    through = office(tmp_path, toml, cooperatives__0__open="08:30-16:30 ไม่พักเที่ยง").problem.cooperatives[0]
    assert through.open == ((510, 990),)
    own = office(tmp_path, toml, cooperatives__0__open="08:30-12:30, 13:30-16:30").problem.cooperatives[0]
    assert own.open == ((510, 750), (810, 990))
    days = office(tmp_path, toml, cooperatives__0__open="จันทร์ 09:00-15:00; พฤ. 08:30-16:30").problem.cooperatives[0]
    assert days.open == {"mon": ((540, 720), (780, 900)), "thu": split}


def test_lunch_at_the_edge_of_the_hours() -> None:
    assert opening(Hours(((510, 720),)), (720, 780), (510, 990)) == ((510, 720),)
    assert opening(Hours(((510, 750),)), (720, 780), (510, 990)) == ((510, 720),)
    assert opening(None, None, (510, 990)) is None


@settings(max_examples=200)
@given(st.text(st.sampled_from("0123456789:.-–,; จอพศสาทิตย์นวรMonTue fridaytoปิดเว้นไม่พักถึง"), max_size=40))
def test_any_text_is_hours_or_a_fault(text: str) -> None:
    try:
        found = hours(text)
    except CellError as error:
        assert error.cause and error.remedy
        return
    for day in range(7):
        spans = found.on(day)
        assert all(0 <= first < last <= 1440 for first, last in spans) and list(spans) == sorted(spans)


DAYS = st.builds(
    Day,
    start=st.just(510.0), end=st.sampled_from([900.0, 990.0]),
    max_minutes=st.sampled_from([None, 300.0, 420.0]), break_minutes=st.sampled_from([None, 60.0]),
    break_earliest=st.just(690.0), break_latest=st.sampled_from([720.0, 780.0]),
    step_minutes=st.sampled_from([None, 5.0, 15.0]), slack_minutes=st.sampled_from([None, 5.0]),
)  # fmt: skip


SPANS = st.sampled_from([((510.0, 990.0),), ((510.0, 720.0), (780.0, 990.0)), ((540.0, 700.0),), ((800.0, 960.0),)])


@settings(max_examples=150, deadline=None)
@given(DAYS, SPANS, st.integers(0, 150), st.integers(0, 150))
def test_the_longest_stay_fits_and_a_longer_one_does_not(
    day: Day, spans: tuple[tuple[float, float], ...], there: int, back: int
) -> None:
    """Against the exact timetable of a tour to one place."""

    def fits(minutes: float) -> bool:
        starts = starts_within([(0.0, 1440.0)], spans, minutes)
        return bool(starts) and shortest(day, [there, back], [minutes], [starts]) is not None

    stay = longest_stay(day, spans, there, back)
    assert stay < 0 or fits(stay)
    assert not fits(max(0.0, stay + 0.5))


def test_cars_by_name(tmp_path: Path) -> None:
    toml = TOML.replace("cars = 2\nseats = 4\n", "") + CARS
    book = office(tmp_path, toml)
    assert [(c.id, c.seats, c.km, c.away) for c in book.problem.offices[0].named] == [
        ("van", 6, 5, (dt.date(2012, 8, 6), dt.date(2012, 8, 7), dt.date(2012, 8, 8))), ("small", 3, None, None),
    ]  # fmt: skip
    assert [(c.name_th, c.plate, c.driver) for c in book.office.cars] == [("van", "กข 1", "สมมุติ"), ("คันเล็ก", "", "")]


@pytest.mark.parametrize("words", ["ขับเอง", "เจ้าหน้าที่ขับเอง", "ไม่มี", "-", "Self", "none", "drives himself"])
def test_words_for_no_driver_are_no_name_of_a_person(tmp_path: Path, words: str) -> None:
    toml = TOML.replace("cars = 2\nseats = 4\n", "") + CARS.replace("สมมุติ", words).replace("กข 1", "ไม่มี")
    car = office(tmp_path, toml).office.cars[0]
    assert (car.driver, car.plate) == ("", "")


def test_cars_by_name_and_as_a_number_are_a_fault(tmp_path: Path) -> None:
    found = faults(folder(tmp_path / "office", toml=TOML + CARS))
    assert found == [("cell-value", f"office.toml, [[depots]], entry 1, column {key}") for key in ("cars", "seats")]


def test_cars_neither_by_name_nor_as_a_number_are_a_missing_table(tmp_path: Path) -> None:
    made = folder(tmp_path / "office", tables(), TOML.replace("cars = 2\n", "").replace("seats = 4\n", ""))
    with pytest.raises(InvalidInput) as caught:
        read_office(made)
    (fault,) = caught.value.faults
    assert (fault.code, fault.cause) == ("file-missing", "There is no table cars (รถ).")
    assert isinstance(fault.cause, Said) and fault.cause.in_language("th") == "ไม่มีตาราง รถ"


def test_crews_and_who_never_goes(tmp_path: Path) -> None:
    problem = office(
        tmp_path, issues__0__officers="2", cooperatives__1__officers="3", cooperatives__1__never="o1"
    ).problem
    assert {visit.crew for visit in problem.visits if visit.issues == ("i1",)} == {2}
    assert {visit.crew for visit in problem.visits_of["c2"]} == {3}
    assert problem.cooperatives[1].barred == ("o1",)


@pytest.mark.parametrize(
    "written", ['"0: 0; 6: 120; 12: 240"', "[{hours = 0, baht = 0}, {hours = 6, baht = 120}, {hours = 12, baht = 240}]"]
)
def test_per_diem_by_hours(tmp_path: Path, written: str) -> None:
    prices = office(tmp_path, TOML.replace("officer_day = 120", f"officer_day = {written}")).problem.prices
    assert [prices.officer_day_for(hours * 60) for hours in (5.9, 6, 12)] == [0, 120, 240]


@pytest.mark.parametrize("written", ['"6 hours"', '"6: 120"', '"6: 120; 0: 0"', "[{hours = 0}]", "-1"])
def test_per_diem_that_is_not_clear(tmp_path: Path, written: str) -> None:
    found = faults(folder(tmp_path / "office", toml=TOML.replace("officer_day = 120", f"officer_day = {written}")))
    assert found and all(code in ("field-value", "field-missing") for code, _ in found)


def test_the_weekly_meeting_of_the_office(tmp_path: Path) -> None:
    toml = TOML + '[officers]\nmeeting = "จันทร์ 08:30-10:00"\n'
    problem = office(tmp_path, toml, absences__0__from="2012-08-06", absences__0__to="2012-08-06").problem
    mondays = {day for day in problem.workdays if day.weekday() == 0}
    one, two = problem.officers
    assert {(each.date, each.from_, each.to) for each in one.busy or ()} == {(day, 510, 600) for day in mondays}
    assert {each.date for each in two.busy or ()} == mondays - {dt.date(2012, 8, 6)}, "away all day is away"


def test_an_equal_share_where_none_is_stated(tmp_path: Path) -> None:
    problem = office(tmp_path, officers__0__fair_hours="").problem
    assert len({officer.fair_hours for officer in problem.officers}) == 1
    stated = office(tmp_path, TOML + "[officers]\nfair_hours = 30\n", officers__0__fair_hours="").problem
    assert [officer.fair_hours for officer in stated.officers] == [30, 30]
