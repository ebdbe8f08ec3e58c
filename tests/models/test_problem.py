"""The problem as a value: its file, its hash, its changed copies, and what it derives."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import ValidationError
from support.builders import cooperative, days, line, office, officer, on, parts, plan, problem, tour, visit
from support.strategies import problems

from models.faults import InvalidInput
from models.problem import Day, Problem
from models.reading import read_problem
from models.referee import cost


@settings(max_examples=150, deadline=None)
@given(problems())
def test_a_problem_survives_the_round_trip(p: Problem) -> None:
    again = read_problem(p.to_json())
    assert again == p
    assert again.to_json() == p.to_json()
    assert again.hash == p.hash


def test_the_file_has_the_keys_that_are_given_and_no_others() -> None:
    data = problem().to_dict()
    assert set(data) == {"format", "name", "workdays", "day", "offices", "officers", "cooperatives", "visits", "travel",
                         "prices"}  # fmt: skip
    assert data["day"] == {"start": "08:30", "end": "16:30"}
    assert data["workdays"] == ["2012-08-01", "2012-08-02", "2012-08-03"]
    assert set(data["visits"][0]) == {"id", "cooperative", "seq", "minutes", "priority"}


EVERY_KEY: dict[str, Any] = {
    "workdays": days(1, 2, 3),
    "day": {"start": "08:30", "end": "16:30", "max_minutes": 400.5, "break_minutes": 60, "break_earliest": "11:30",
            "break_latest": "13:00:30", "step_minutes": 5, "slack_minutes": 2.5},
    "offices": [
        office(cars_on={"2012-08-02": 0}, capacity=7.5),
        {"id": "ud", "location": 0,
         "cars": [{"id": "van", "seats": 3, "capacity": 9.5, "km": 5.5, "away": days(2)}, {"id": "jeep", "seats": 1}]},
    ],
    "officers": [officer("a", "du", name="ก", absent=days(9), max_days_per_week=3, fair_hours=17.7,
                         busy=[{"date": on(2), "from": "13:00", "to": "16:30"}]), officer("b")],
    "partners": [{"id": "cad", "dates": days(1, 3), "per_day": 2}],
    "cooperatives": [
        cooperative("c1", 1, name="สหกรณ์", office="kk", open=["08:30", "12:00"], closed=days(2), min_gap_days=5,
                    rhythms=[days(1), days(3)], lead="a", current_lead="b", barred=["b"]),
        cooperative("c2", 2, open={"wed": [["09:00", "12:00"], ["13:00", "16:30"]], "fri": []}),
    ],
    "visits": [
        visit("c1-1", minutes=42.5, topics=["d"], earliest=on(1), due=on(2), latest=on(3), window=["09:00", "10:00"],
              partner="cad", load=1.5, issues=["accounts not closed"]),
        visit("c2-1", crew=2, dates=days(1, 3), window=[["09:00", "10:00"], ["14:00", "15:00"]]),
    ],
    "travel": {"minutes": line(0, 1.5, -2)["minutes"], "km": line(0, 1, -3.25)["km"]},
    "prices": {"km": 4, "officer_day": 120, "car_day": 1, "late_day": 40, "unplanned": 5000, "stand_in": 400,
               "overload_hour": 60, "lead_change": 500, "moved": 200, "moved_soon": 300, "crew_change": 60},
    "notice_days": 7,
}  # fmt: skip


def test_every_key_of_the_contract_survives_the_round_trip() -> None:
    p = problem(**EVERY_KEY)
    p = p.changed(published=plan(p, tour(p, on(1), "a", ["c1-1"])), today=on(1), pins=("c1-1",))
    data = json.loads(p.to_json())
    assert read_problem(data) == p
    assert data["day"]["break_latest"] == "13:00:30"
    assert data["offices"][0]["cars_on"] == {"2012-08-02": 0}
    assert data["published"]["tours"][0]["return"] == "09:44"  # 09:00 + 42.5 + 1.5 minutes


@pytest.mark.parametrize("kind", ["day", "officers", "cooperatives", "visits", "prices", "offices", None])
def test_null_is_the_same_as_left_out(kind: str | None) -> None:
    optional = {
        "day": ["max_minutes", "break_minutes", "break_earliest", "break_latest"],
        "officers": ["name", "absent", "max_days_per_week", "fair_hours"],
        "cooperatives": ["name", "office", "open", "closed", "min_gap_days", "rhythms", "lead", "current_lead"],
        "visits": ["topics", "earliest", "due", "latest", "window", "partner", "load", "issues"],
        "prices": ["car_day", "late_day", "stand_in", "overload_hour", "lead_change", "moved", "moved_soon"],
        "offices": ["cars_on", "capacity"],
        None: ["partners", "today", "notice_days", "published", "pins"],
    }
    plain, data = problem(), problem().to_dict()
    for key in optional[kind]:
        target = data if kind is None else data[kind]
        (target[0] if isinstance(target, list) else target)[key] = None
    read = read_problem(data)
    assert read == plain
    assert cost(read, plan(read)) == cost(plain, plan(plain))


def test_equal_problems_have_equal_hashes_and_others_do_not() -> None:
    assert problem().hash == problem().hash
    assert len(problem().hash) == 64
    assert problem(name="other").hash != problem().hash
    assert problem(prices={"km": 1, "officer_day": 100, "unplanned": 1000.5}).hash != problem().hash


def test_the_order_of_keys_and_the_way_to_write_numbers_do_not_change_the_hash() -> None:
    data = problem().to_dict()
    turned = json.dumps(dict(reversed(data.items()))).replace("1000.0", "1e3")
    assert read_problem(turned).hash == problem().hash


def test_a_changed_copy_is_checked_and_remembers_nothing() -> None:
    p = problem()
    assert set(p.officer_by_id) == {"a", "b"}  # remembered by p
    more = p.changed(officers=(*p.officers, p.officers[0].model_copy(update={"id": "c"})))
    assert set(more.officer_by_id) == {"a", "b", "c"}
    assert set(p.officer_by_id) == {"a", "b"}
    with pytest.raises(InvalidInput):
        p.changed(cooperatives=p.cooperatives[:1])
    with pytest.raises(ValidationError):
        p.changed(offcers=())


def test_cars_of_a_day() -> None:
    (one,) = problem(offices=[office(cars=3, cars_on={on(2): 1, on(3): 0})]).offices
    assert [one.cars_of(on(day)) for day in (1, 2, 3)] == [3, 1, 0]


@pytest.mark.parametrize(("given", "gap"), [(None, 1), (0, 1), (1, 1), (10, 10)])
def test_the_gap_is_at_least_a_day(given: int | None, gap: int) -> None:
    assert problem(cooperatives=[cooperative("c1", 1, min_gap_days=given)], visits=[]).cooperatives[0].gap_days == gap


def test_a_day_without_a_break() -> None:
    assert not Day(start=510, end=990).has_break
    assert not Day(start=510, end=990, break_minutes=0).has_break
    assert Day(start=510, end=990, break_minutes=1, break_earliest=600, break_latest=700).has_break


def test_visits_of_a_cooperative_are_in_the_order_of_seq() -> None:
    p = problem(visits=[visit("c1-3"), visit("c2-1"), visit("c1-1", seq=-5), visit("c1-2")])
    assert [each.id for each in p.visits_of["c1"]] == ["c1-1", "c1-2", "c1-3"]
    assert problem(visits=[]).visits_of == {"c1": (), "c2": ()}


def test_history_is_what_is_published_before_today() -> None:
    p = problem()
    standing = plan(p, tour(p, on(1), "a", ["c1-1"]), tour(p, on(2), "a", ["c2-1"]))
    assert [p.changed(published=standing, today=today).history for today in (None, on(1))] == [(), ()]
    assert p.changed(published=standing, today=on(2)).history == standing.tours[:1]
    assert p.changed(published=standing, today=on(9)).history == standing.tours
    assert p.changed(today=on(9)).history == ()


def test_anything_may_be_empty_but_the_offices() -> None:
    empty = problem(workdays=[], officers=[], cooperatives=[], visits=[], travel=line(0), partners=[], pins=[])
    assert empty.visits == ()
    with pytest.raises(ValidationError):
        Problem.model_validate(parts(offices=[]))


def test_a_changed_copy_of_a_part_remembers_nothing_of_the_old_one() -> None:
    p = problem(offices=[{"id": "kk", "location": 0, "cars": [{"id": "van", "seats": 2}]}])
    depot, prices, travel = p.offices[0], p.prices, p.travel
    assert (depot.car_by_id["van"].seats, prices.officer_day_for(60), travel.shortest_minutes[0, 1]) == (2, 100, 10)
    other = depot.model_copy(update={"cars": (depot.named[0].model_copy(update={"seats": 3}),)})
    assert other.car_by_id["van"].seats == 3
    assert prices.model_copy(update={"officer_day": 7.0}).officer_day_for(60) == 7
    minutes = ((0.0, 1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, 0.0))
    assert travel.model_copy(update={"minutes": minutes}).shortest_minutes[0, 1] == 1
    assert depot.model_copy().car_by_id == depot.car_by_id


def test_problems_are_alike_whatever_was_worked_out_of_them() -> None:
    one, two = problem(), problem()
    for each in (one, two):
        assert each.travel.shortest_minutes.shape
    assert one == two
    assert hash(one.travel) == hash(two.travel)
    assert one != problem(name="another")
