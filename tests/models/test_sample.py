"""The sample office: what data/khonkaen/README.md says of it is true, and all of its visits can be made."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import itertools
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from support.schedule import shortest
from support.tables import workbook_of

from models.intake import OfficeBook, read_office
from models.plan import Plan, Stop, Tour, Unplanned
from models.problem import Problem, Visit
from models.reading import read_problem
from models.referee import cost, violations
from models.template import write_template

SAMPLE = Path(__file__).parents[2] / "data" / "khonkaen"
TABLES = ("absences", "cooperatives", "issues", "officers", "partners")


@pytest.fixture(scope="module")
def book() -> OfficeBook:
    return read_office(SAMPLE)


@pytest.fixture(scope="module")
def places() -> list[dict[str, str]]:
    with (SAMPLE / "sources" / "subdistricts.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def compose_module() -> Any:
    sys.path.insert(0, str(SAMPLE))  # it is run as a script: what stands beside it is found there
    spec = importlib.util.spec_from_file_location("khonkaen_compose", SAMPLE / "compose.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    sys.path.remove(str(SAMPLE))
    return module


def test_composing_it_again_gives_the_very_files(tmp_path: Path) -> None:
    compose_module().compose(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{name}.csv" for name in TABLES]
    for name in TABLES:
        assert (tmp_path / f"{name}.csv").read_bytes() == (SAMPLE / f"{name}.csv").read_bytes(), name


@pytest.mark.parametrize("cooperatives", [80, 100, 237, 400])
def test_boards_of_larger_offices_meet_often_enough(cooperatives: int, tmp_path: Path) -> None:
    # the rules of meetings that the first three draw first leave some board fewer meetings than it has visits
    subprocess.run([sys.executable, SAMPLE / "larger.py", tmp_path, str(cooperatives)], check=True)
    larger = read_office(tmp_path).problem
    assert len(larger.cooperatives) == cooperatives


def test_a_larger_office_on_the_same_places(book: OfficeBook, tmp_path: Path) -> None:
    subprocess.run([sys.executable, SAMPLE / "larger.py", tmp_path, "158"], check=True)
    larger = read_office(tmp_path).problem
    assert (len(larger.cooperatives), len(larger.officers)) == (158, 79)
    assert [sorted(car.seats for car in office.named) for office in larger.offices] == [[3, 3, *[4] * 12, 6, 6]]
    assert len({car.id for car in larger.offices[0].named}) == 16
    assert larger.workdays == book.problem.workdays and larger.prices == book.problem.prices


def test_its_size(book: OfficeBook) -> None:
    problem = book.problem
    assert (len(problem.cooperatives), len(problem.officers), len(problem.workdays)) == (79, 40, 62)
    assert [[car.seats for car in office.named] for office in problem.offices] == [[4, 4, 4, 4, 4, 4, 3, 6]]
    assert 150 <= len(book.office.issues) <= 250
    assert 260 <= len(problem.visits) <= 280
    assert len(book.office.topics) == 8


def test_kinds_are_in_the_shares_of_the_northeast(book: OfficeBook) -> None:
    assert Counter(row.kind for row in book.office.cooperatives) == {
        "agricultural": 55, "settlement": 2, "fishery": 1, "savings": 9, "service": 7, "credit_union": 4, "consumer": 1,
    }  # fmt: skip


def test_every_district_has_an_agricultural_cooperative(book: OfficeBook, places: list[dict[str, str]]) -> None:
    districts = {row.district_en for row in book.office.cooperatives if row.kind == "agricultural"}
    assert districts == {place["amphoe_en"] for place in places} and len(districts) == 26


def test_most_savings_and_service_ones_are_in_town(book: OfficeBook) -> None:
    for kind in ("savings", "service"):
        districts = Counter(row.district_en for row in book.office.cooperatives if row.kind == kind)
        assert districts["Mueang Khon Kaen"] > districts.total() / 2


def test_places_are_real(book: OfficeBook, places: list[dict[str, str]]) -> None:
    real = {
        (p["name_th"], p["name_en"], p["amphoe_th"], p["amphoe_en"], float(p["centroid_lat"]), float(p["centroid_lon"]))
        for p in places
    }
    for row in book.office.cooperatives:
        names = (row.subdistrict_th, row.subdistrict_en, row.district_th, row.district_en)
        assert (*names, row.lat, row.lon) in real, row.id


def test_names_are_illustrative(book: OfficeBook) -> None:
    office = book.office
    assert office.illustrative and "ตัวอย่าง" in office.name_th and "sample" in office.name_en
    for row in office.cooperatives:
        assert re.fullmatch(rf"สหกรณ์ตัวอย่าง {row.id[1:]} \(\S+\) อ\.{row.district_th}", row.name_th)
        assert re.fullmatch(rf"Sample cooperative {row.id[1:]} \([a-z ]+\), {row.district_en}", row.name_en)
    for officer in office.officers:
        assert officer.name_th == f"เจ้าหน้าที่ตัวอย่าง {officer.id[1:]}"
        assert officer.name_en == f"Sample officer {officer.id[1:]}"


def test_the_map_has_the_districts_of_the_tables(book: OfficeBook, places: list[dict[str, str]]) -> None:
    assert book.office.map is not None
    names = {(f["properties"]["name_th"], f["properties"]["name_en"]) for f in book.office.map["features"]}
    assert names == {(place["amphoe_th"], place["amphoe_en"]) for place in places}
    assert "CC BY-IGO" in book.office.map["attribution"] and "กรมแผนที่ทหาร" in book.office.map["attribution_th"]
    assert book.office.travel_estimated


def test_what_makes_it_hard(book: OfficeBook) -> None:
    office, problem = book.office, book.problem
    known = Counter(topic for officer in office.officers for topic in officer.topics)
    assert known["audit"] <= 6 and known["debt"] <= 10 and min(known.values()) >= 4
    town = [row for row in office.cooperatives if row.longest_visit == 75]
    assert len(town) >= 15
    short = {visit.minutes for row in town for visit in problem.visits_of[row.id]}
    assert short <= {45, 75}
    assert max(problem.travel.minutes[0]) > 110
    assert {issue.audience for issue in office.issues} == {"board", "management", "members"}
    late_content = [i for i in office.issues if i.content_ready and i.content_ready >= dt.date(2012, 8, 14)]
    assert len(late_content) >= 15
    assert sum(visit.window is not None for visit in problem.visits) >= 30
    partners = {p.id: ({day.weekday() for day in p.dates}, p.per_day) for p in problem.partners or ()}
    assert partners == {"cad": ({1, 3}, 2), "baac": ({2}, 1)}
    assert {visit.partner for visit in problem.visits} == {None, "cad", "baac"}
    assert sum(bool(officer.absent) for officer in problem.officers) >= 12
    assert sum(car.away is not None for car in problem.offices[0].named) == 4


def test_every_cooperative_has_a_lead_from_the_former_units(book: OfficeBook) -> None:
    leads = Counter(cooperative.current_lead for cooperative in book.problem.cooperatives)
    assert set(leads) == set(book.problem.officer_by_id) and max(leads.values()) == 2
    fits = [
        set(visit.topics or ()) <= set(book.problem.officer_by_id[cooperative.current_lead or ""].topics)
        for cooperative in book.problem.cooperatives
        for visit in book.problem.visits_of[cooperative.id]
    ]
    assert 0.4 < sum(fits) / len(fits) < 0.8


def test_the_problem_goes_through_its_file(book: OfficeBook) -> None:
    assert read_problem(book.problem.to_json()) == book.problem


def alone(problem: Problem, visit: Visit) -> Plan | None:
    """A plan of this visit alone, on the first date and with the smallest crew that can make it."""
    cooperative = problem.cooperative_by_id[visit.cooperative]
    office = problem.offices[0]
    there = problem.travel.minutes[office.location][cooperative.location]
    back = problem.travel.minutes[cooperative.location][office.location]
    partner_dates = problem.partner_by_id[visit.partner].dates if visit.partner else problem.workdays
    for date in problem.workdays:
        starts = problem.starts(visit, date)
        timing = shortest(problem.day, [there, back], [visit.minutes], [starts])
        if timing is None or date not in partner_dates:
            continue
        present = [officer for officer in problem.officers if date not in (officer.absent or ())]
        for size in range(1, office.most_seats + 1):
            for crew in itertools.combinations(present, size):
                if set(visit.topics or ()) <= {topic for officer in crew for topic in officer.topics}:
                    (start,) = timing.starts
                    stop = Stop(
                        visit=visit.id, arrive=start - problem.day.slack, start=start,
                        end=start + visit.minutes,
                    )  # fmt: skip
                    tour = Tour(
                        id="t", date=date, office=office.id, crew=tuple(officer.id for officer in crew),
                        depart=timing.depart, return_=timing.back, break_=timing.break_, stops=(stop,),
                        car=next(car.id for car in problem.cars(office.id, date) if car.seats >= size),
                    )  # fmt: skip
                    others = tuple(Unplanned(visit=v.id, reason="-: -") for v in problem.visits if v.id != visit.id)
                    plan = Plan(leads={cooperative.id: crew[0].id}, tours=(tour,), unplanned=others)
                    return plan.model_copy(update={"cost": cost(problem, plan)})
    return None


def test_every_visit_can_be_made(book: OfficeBook) -> None:
    for visit in book.problem.visits:
        plan = alone(book.problem, visit)
        assert plan is not None, visit
        assert violations(book.problem, plan) == [], visit


def test_every_cooperatives_visits_fit_one_after_the_other(book: OfficeBook) -> None:
    problem = book.problem
    for cooperative in problem.cooperatives:
        free = problem.workdays[0]
        for visit in problem.visits_of[cooperative.id]:
            dates = problem.partner_by_id[visit.partner].dates if visit.partner else problem.workdays
            possible = [
                date
                for date in dates
                if date >= free
                and (visit.earliest or date) <= date <= (visit.latest or date)
                and date not in (cooperative.closed or ())
            ]
            assert possible, visit
            free = possible[0] + dt.timedelta(days=cooperative.gap_days)


def test_partners_have_room_for_their_visits(book: OfficeBook) -> None:
    problem = book.problem
    for partner in problem.partners or ():
        joined = sorted((v for v in problem.visits if v.partner == partner.id), key=lambda v: v.latest or dt.date.max)
        used: Counter[dt.date] = Counter()
        for visit in joined:
            closed = problem.cooperative_by_id[visit.cooperative].closed or ()
            date = next(
                date
                for date in partner.dates
                if (visit.earliest or date) <= date <= (visit.latest or date)
                and date not in closed
                and used[date] < partner.per_day
            )
            used[date] += 1


def test_as_a_workbook_it_is_the_same_office_with_the_map_of_the_province(book: OfficeBook, tmp_path: Path) -> None:
    write_template(tmp_path / "empty.xlsx", "th")
    workbook_of(SAMPLE, tmp_path / "empty.xlsx", thai=True).save(tmp_path / "office.xlsx")
    again = read_office(tmp_path / "office.xlsx")
    assert again.problem == book.problem
    assert again.office.map and book.office.map
    names = [
        {each["properties"]["name_en"] for each in office.map["features"]} for office in (again.office, book.office)
    ]
    assert names[1] <= names[0], "the districts of Khon Kaen are all on the map that an office without its own gets"
    assert again.office == book.office.model_copy(update={"map": again.office.map})
