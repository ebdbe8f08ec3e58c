"""Cases: changed copies of a problem, what can be changed, and what is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from support.builders import cooperative, officer, problem, visit

from models.problem import Problem
from patithin import Case, InvalidInput, load

from .conftest import SAMPLE


def test_cases_add_up(office: Case) -> None:
    case = office.what_if(officers=36).what_if(cars=5, prices={"km": 6}).what_if(prices={"late_day": 80})
    assert len(case.problem.officers) == 36
    assert (case.problem.prices.km, case.problem.prices.late_day) == (6, 80)
    assert case.name == "officers=36, cars=5, prices=km:6, prices=late_day:80"
    assert office.name == "as it is"
    assert office.what_if(officers=36, label="fewer").name == "fewer"


def test_a_second_absence_adds_to_the_first(small: Case) -> None:
    first, second = small.problem.workdays[:2]
    case = small.what_if(absent={"a": first}).what_if(absent={"a": f"{second}..{second}"})
    assert case.problem.officer_by_id["a"].absent == (first, second)


def test_another_start_lays_the_visits_out_anew(office: Case) -> None:
    later = office.what_if(start="2012-08-06").problem
    assert later.workdays[0].isoformat() == "2012-08-06"
    assert all(one.latest is None or one.latest >= later.workdays[0] for one in later.visits)


def test_a_horizon_of_a_problem_at_hand_keeps_its_days_within(small: Case) -> None:
    days = small.problem.workdays
    assert small.what_if(start=days[1], end=pd.Timestamp(days[2])).problem.workdays == days[1:3]


def edit_longer(stated: Problem) -> Problem:
    return stated.changed(day=stated.day.model_copy(update={"end": 18 * 60.0}))


def test_everything_that_a_problem_holds_can_be_changed() -> None:
    small = load(problem(officers=[officer("a"), officer("b") | {"topics": ["debt"]}],
                         cooperatives=[cooperative(f"c{n}", n) for n in (1, 2)],
                         visits=[visit(f"c{n}-1") for n in (1, 2)]))  # fmt: skip
    stated = small.problem
    day = stated.workdays[0]
    topic = "debt"
    assert topic in small.what_if(topics={"a": [topic]}).problem.officer_by_id["a"].topics
    assert small.what_if(durations=1.5).problem.visits[0].minutes == 1.5 * stated.visits[0].minutes
    assert small.what_if(durations={"c2": 7}).problem.visit_by_id["c2-1"].minutes == 7
    assert small.what_if(windows={"c1": "09:00-10:00"}).problem.visit_by_id["c1-1"].windows == ((540, 600),)
    assert small.what_if(travel=2).problem.travel.km[0][1] == 2 * stated.travel.km[0][1]
    matrix = np.full((len(stated.travel.km), len(stated.travel.km)), 7.0)
    assert small.what_if(travel={"km": matrix}).problem.travel.km[0][1] == 7
    assert small.what_if(drop="c1").problem.visits_of["c1"] == ()
    more = small.what_if(add=[{"cooperative": "c1", "minutes": 30, "priority": 2}]).problem
    assert [one.id for one in more.visits_of["c1"]] == ["c1-1", "c1-2"]
    assert len(small.what_if(cars={str(day): 0}).problem.cars("kk", day)) == 0
    assert small.what_if(slack=5).problem.day.slack_minutes == 5
    assert small.what_if(edit_longer).name == "edit_longer"
    assert small.what_if(edit_longer).problem.day.end == 18 * 60


def test_officers_by_topic() -> None:
    able = [officer("a", topics=["debt"]), officer("b", topics=["debt", "audit"]), officer("c", topics=["audit"])]
    case = load(problem(officers=able))
    fewer = case.what_if(officers={"debt": 1}).problem
    assert [one.id for one in fewer.officers] == ["a", "c"]
    more = case.what_if(officers={"audit": 3}).problem
    assert [one.id for one in more.officers if "audit" in one.topics] == ["b", "c", "b+2"]


def test_officers_and_cars_with_names_go_by_name() -> None:
    """A lead is free again, and nobody is kept away who is not there; the others stay in their order."""
    cars = [{"id": "van", "seats": 9}, {"id": "small", "seats": 3}, {"id": "old", "seats": 4}]
    case = load(
        problem(
            offices=[{"id": "kk", "location": 0, "cars": cars}],
            officers=[officer("a", name="Somchai"), officer("b"), officer("c")],
            cooperatives=[cooperative("c1", 1, lead="a"), cooperative("c2", 2, current_lead="b", barred=["a", "c"])],
        )
    )
    left = case.what_if(without_officers="Somchai")
    assert [one.id for one in left.problem.officers] == ["b", "c"]
    one, two = left.problem.cooperatives
    assert (one.lead, two.current_lead, two.barred) == (None, "b", ("c",))
    fewer = left.what_if(without_cars=pd.Series(["van", "old"]), without_officers=["b", "b"])
    assert [car.id for car in fewer.problem.offices[0].named] == ["small"]
    assert [one.id for one in fewer.problem.officers] == ["c"]
    assert fewer.name == "without_officers=Somchai, without_officers=b+b, without_cars=van+old"
    assert case.what_if(without_cars=[]).problem == case.problem


def test_districts_are_counted_as_another_one(office: Case) -> None:
    assert office.office is not None
    names = list(dict.fromkeys(row.district_en for row in office.office.cooperatives))
    merged = office.what_if(districts={names[1]: names[0]})
    assert merged.office is not None
    assert names[1] not in {row.district_en for row in merged.office.cooperatives}
    assert merged.problem.hash == office.problem.hash


@pytest.mark.parametrize(
    "change",
    [
        {"start": "soon"},
        {"absent": {"a": "soon"}},
        {"absent": {"nobody": []}},
        {"officers": -1},
        {"officers": {"flying": 2}},
        {"cars": {"somewhere": 2}},
        {"cars": -1},
        {"without_officers": "nobody"},
        {"without_officers": 1},
        {"without_cars": "van"},
        {"prices": {"petrol": 1}},
        {"prices": {"km": -1}},
        {"prices": {"km": float("nan")}},
        {"durations": {"c9": 3}},
        {"durations": -1},
        {"windows": {"c1": "noon"}},
        {"travel": {"miles": 1}},
        {"travel": {"km": [[0, 1]]}},
        {"drop": ["c9"]},
        {"add": [{"cooperative": "c1"}]},
        {"topics": {"nobody": ["debt"]}},
    ],
)
def test_what_cannot_be_is_a_fault(small: Case, change: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        small.what_if(**change)
    with pytest.raises(InvalidInput):
        load(SAMPLE / "nothing")


def test_a_file_of_a_problem_is_a_case_too(small: Case, tmp_path: Path) -> None:
    path = tmp_path / "problem.json"
    path.write_text(small.problem.to_json(), encoding="utf-8")
    assert load(path).problem.hash == small.problem.hash
    assert load(str(path)).what_if(start=dt.date(2012, 8, 2)).problem.workdays[0] == dt.date(2012, 8, 2)
