"""The second sample office, from the workbook that a planner wrote to the feeds on officers' phones."""

from __future__ import annotations

import datetime as dt
import runpy
from pathlib import Path

import icalendar
import openpyxl
import pytest

from api.documents import read_office_file, read_plan_file, read_problem_file
from models.intake import OfficeBook, read_office
from models.referee import violations

from .conftest import Run

HERE = Path(__file__).parents[3] / "data" / "kalasin"
WORKBOOK = HERE / "office.xlsx"


@pytest.fixture(scope="module")
def book() -> OfficeBook:
    return read_office(WORKBOOK)


def test_the_script_writes_the_same_workbook(tmp_path: Path) -> None:
    compose = runpy.run_path(str(HERE / "compose.py"))["compose"]
    compose(tmp_path / "office.xlsx")
    assert (tmp_path / "office.xlsx").read_bytes() == WORKBOOK.read_bytes()


def test_it_is_an_office_of_25_cooperatives_12_officers_and_3_unlike_cars(book: OfficeBook) -> None:
    problem, office = book.problem, book.office
    assert (len(problem.cooperatives), len(problem.officers), len(office.issues)) == (25, 12, 60)
    assert [(car.id, car.seats, car.km) for car in problem.offices[0].named] == [
        ("ร1", 5, 5.0), ("ร2", 4, None), ("ร3", 3, 3.5),
    ]  # fmt: skip
    # in repair from Monday 19 to Friday 23 November
    assert problem.offices[0].named[1].away == tuple(dt.date(2012, 11, day) for day in range(19, 24))
    assert (problem.workdays[0], problem.workdays[-1]) == (dt.date(2012, 10, 1), dt.date(2012, 12, 28))
    assert book.warnings == ()


def test_it_says_that_it_is_made_up_and_where_places_come_from(book: OfficeBook) -> None:
    assert book.office.illustrative and book.office.travel_estimated
    assert all(row.at_centre for row in (*book.office.cooperatives, *book.office.depots))
    for sheet in openpyxl.load_workbook(WORKBOOK):
        cells = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=4) for cell in row)
        assert "สมมติ" in cells or sheet.title in ("_บันทึก",)
    assert book.office.map is not None
    names = {feature["properties"]["name_th"] for feature in book.office.map["features"]}
    assert {row.district_th.removeprefix("อ.") for row in book.office.cooperatives} <= names


def test_every_rule_of_a_real_office_is_in_it(book: OfficeBook) -> None:
    problem = book.problem
    assert (problem.day.step, problem.day.slack, problem.prices.crew_change) == (5, 5, 60)
    assert [problem.prices.officer_day_for(minutes) for minutes in (359, 360)] == [0, 120]
    assert any(isinstance(one.open, dict) for one in problem.cooperatives)
    lunch = [one.open for one in problem.cooperatives if isinstance(one.open, tuple)]
    assert lunch and all(not any(first < 720 and last > 780 for first, last in spans) for spans in lunch)
    assert any(one.barred for one in problem.cooperatives) and any(one.crew == 2 for one in problem.visits)
    assert all(len(one.dates) >= 1 for one in problem.visits if one.dates is not None)
    # every Friday from three on the office meets; leaves of half a day come on top
    fridays = [day for day in problem.workdays if day.weekday() == 4]
    for officer in problem.officers:
        afternoons = [each.date for each in officer.busy or () if each.from_ == 900 and each.to == 990]
        assert set(afternoons) == set(fridays) - set(officer.absent or ())
    assert any((each.from_, each.to) in ((0, 720), (780, 1440)) for one in problem.officers for each in one.busy or ())


def test_from_the_workbook_to_the_feeds(run: Run, tmp_path: Path) -> None:
    ended = run("plan", WORKBOOK, "--out", "out", "--lang", "th", "--deterministic", "--seconds", "1", "--seed", "1")
    assert ended.code == 0, ended.err
    problem = read_problem_file(tmp_path / "out" / "problem.json")
    plan = read_plan_file(tmp_path / "out" / "plan.json")
    assert violations(problem, plan) == [] and all(tour.car for tour in plan.tours)
    assert len(plan.unplanned) <= 3, [str(each.reason) for each in plan.unplanned]
    assert read_office_file(tmp_path / "out" / "office.json").illustrative
    assert "พิกัดกลางตำบล" in (tmp_path / "out" / "calendar.html").read_text(encoding="utf-8")

    # two weeks later an officer falls ill for a week, and the board of a cooperative calls its meeting off
    second = next(tour for tour in plan.tours if tour.date >= dt.date(2012, 10, 15))
    ill = second.crew[0]
    ended = run(
        "replan", "out/plan.json", "--absent", f"{ill}:2012-10-15..2012-10-19", "--today", "2012-10-15", "--out",
        "again", "--deterministic", "--seconds", "0.5", "--lang", "th",
    )  # fmt: skip
    assert ended.code == 0, ended.err
    mended = read_problem_file(tmp_path / "again" / "balanced" / "problem.json")
    again = read_plan_file(tmp_path / "again" / "balanced" / "plan.json")
    assert violations(mended, again) == []
    assert not [t for t in again.tours if ill in t.crew and dt.date(2012, 10, 15) <= t.date <= dt.date(2012, 10, 19)]

    feeds = sorted((tmp_path / "out" / "ics" / "officers").glob("*.ics"))
    assert len(feeds) == 12
    events = [
        event for feed in feeds for event in icalendar.Calendar.from_ical(feed.read_bytes()).walk("VEVENT")
    ]  # fmt: skip
    assert len(events) >= sum(len(tour.crew) for tour in plan.tours)
    assert all("ตัวอย่าง" in str(event["SUMMARY"]) + str(event.get("DESCRIPTION", "")) for event in events)
