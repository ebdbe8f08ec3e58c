"""The plan as a value: what it is made of, and its file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from pydantic import ValidationError
from support.builders import on, plan, problem, tour
from support.strategies import problems

from models.faults import InvalidInput
from models.plan import COST_PARTS, Cost, Plan, Record, Tour
from models.problem import Problem
from models.reading import read_plan


def small() -> Plan:
    p = problem()
    return plan(p, tour(p, on(1), "a", ["c1-1"], back="13:00", break_=("12:00", "12:30")))


def test_the_file_has_the_keys_of_the_contract() -> None:
    data = json.loads(small().to_json())
    assert set(data) == {"format", "leads", "tours", "unplanned", "cost", "status"}
    (one,) = data["tours"]
    assert set(one) == {"id", "date", "office", "crew", "depart", "return", "break", "stops"}
    assert (one["date"], one["depart"], one["return"], one["break"]) == (
        "2012-08-01", "08:30", "13:00", ["12:00", "12:30"],
    )  # fmt: skip
    assert one["stops"] == [{"visit": "c1-1", "arrive": "08:40", "start": "08:40", "end": "09:40"}]
    assert set(data["cost"]) == {*COST_PARTS, "total"}
    assert data["unplanned"] == [{"visit": "c2-1", "reason": "not-chosen: left out."}]


def test_what_is_not_known_is_left_out_of_the_file() -> None:
    made = small()
    assert "lower_bound" not in json.loads(made.to_json())
    assert json.loads(made.model_copy(update={"lower_bound": 0.0}).to_json())["lower_bound"] == 0
    without = made.tours[0].model_copy(update={"break_": None})
    assert "break" not in json.loads(made.model_copy(update={"tours": (without,)}).to_json())["tours"][0]


def test_thai_stays_readable_in_the_file() -> None:
    made = small().model_copy(update={"leads": {"สหกรณ์": "a"}})
    assert "สหกรณ์" in made.to_json()
    assert made.to_json().endswith("\n")
    assert len(made.to_json(indent=None).splitlines()) == 1


@settings(max_examples=60, deadline=None)
@given(problems(max_workdays=3))
def test_a_plan_survives_the_round_trip(p: Problem) -> None:
    standing = p.published or Plan()
    assert read_plan(standing.to_json(), p) == standing


def test_the_gap_is_of_the_total() -> None:
    costs = small().model_copy(update={"cost": Cost.of(km=100)})
    assert costs.gap is None
    assert costs.model_copy(update={"lower_bound": 75.0}).gap == 0.25
    assert costs.model_copy(update={"lower_bound": 100.0}).gap == 0
    free = costs.model_copy(update={"cost": Cost(), "lower_bound": 0.0})
    assert free.gap == 0


def test_a_cost_sums_its_parts() -> None:
    every = Cost.of(**{part: 10.0**n for n, part in enumerate(COST_PARTS)})
    assert len(COST_PARTS) == 10
    assert every.total == 1_111_111_111
    with pytest.raises(ValidationError):
        Cost.of(kilometres=1)


def test_work_leaves_the_break_out() -> None:
    (one,) = small().tours
    assert one.worked == 270 - 30  # 08:30 to 13:00 with half an hour of break
    assert one.model_copy(update={"break_": None}).worked == 270


def test_a_plan_is_a_value() -> None:
    made = small()
    with pytest.raises(ValidationError):
        made.__setattr__("status", "optimal")
    assert made == small()


@pytest.mark.parametrize("changes", [{"crew": ()}, {"stops": ()}, {"crew": ("",)}, {"id": ""}, {"date": "1 Aug 2012"}])
def test_a_tour_has_a_crew_and_stops(changes: dict[str, object]) -> None:
    (one,) = small().tours
    with pytest.raises(ValidationError):
        Tour.model_validate(one.model_dump(by_alias=True) | changes)


def test_the_record_of_a_run_is_in_the_file() -> None:
    record = Record(problem_hash="abc", version="0.1", solver="x", seed=3, limit="60 s", deterministic=True)
    made = small().model_copy(update={"record": record})
    assert read_plan(made.to_json()).record == record
    guessed = json.loads(made.to_json()) | {"record": record.model_dump() | {"deterministic": 0}}
    with pytest.raises(InvalidInput) as caught:
        read_plan(guessed)
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [("field-value", "record.deterministic")]
