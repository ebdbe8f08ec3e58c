"""What a caller says is otherwise: read as meant, or refused at once with code, place and what was perhaps meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from support.builders import cooperative, office, on, problem, visit

from models.plan import Plan
from models.problem import Problem
from patithin import (
    Absence,
    Case,
    InvalidInput,
    Planned,
    UrgentVisit,
    compare,
    load,
    pictures,
    runs_of,
    simulate,
    sweep,
    traced,
    trade_off,
)

SAMPLE = Path(__file__).parents[3] / "data" / "khonkaen"
#: the workdays of the office: Wednesday to Friday, then the week after
WORKDAYS = [on(number) for number in (1, 2, 3, 6, 7, 8, 9, 10)]


@pytest.fixture(scope="module")
def case() -> Case:
    """Officers a and b, who know debt and audit; three visits at two cooperatives; two offices."""
    return load(
        problem(
            workdays=WORKDAYS,
            offices=[office("kk"), office("pl")],
            officers=[{"id": "a", "office": "kk", "topics": ["debt"], "name": "Somchai"},
                      {"id": "b", "office": "kk", "topics": ["audit"]}],
            cooperatives=[cooperative("c1", 1), cooperative("c2", 2)],
            visits=[visit("c1-1"), visit("c1-2"), visit("c2-1", topics=["land"])],
        )
    )  # fmt: skip


@pytest.fixture(scope="module")
def sample() -> Case:
    return load(SAMPLE)


def faults(make: Callable[[], object]) -> list[tuple[str, str]]:
    """Codes and places of what is refused; each can be told in Thai."""
    with pytest.raises(InvalidInput) as caught:
        make()
    assert all(fault.in_language("th").cause for fault in caught.value.faults)
    return [(fault.code, fault.where) for fault in caught.value.faults]


def test_a_text_is_one_topic_and_topics_are_those_of_officers_and_visits(case: Case) -> None:
    topics = case.what_if(topics={"a": "audit", "b": ["land"]}).problem
    assert [one.topics for one in topics.officers] == [("debt", "audit"), ("audit", "land")]
    with pytest.raises(InvalidInput, match=r"\[id-unknown\] what_if, topics, a: .*'audti'.*mean audit"):
        case.what_if(topics={"a": ["audti"]})
    with pytest.raises(InvalidInput, match=r"There is no topic 'dept'. Did you mean debt"):
        case.what_if(officers={"dept": 2})


@pytest.mark.parametrize(
    ("away", "days"),
    [
        (on(2), [2]),
        ("2012-08-02", [2]),
        ("2 ส.ค. 2555", [2]),
        (pd.Timestamp("2012-08-02"), [2]),
        (dt.datetime(2012, 8, 2), [2]),
        (np.datetime64("2012-08-02"), [2]),
        ("2012-08-02..2012-08-07", [2, 3, 6, 7]),
        ("2-7 ส.ค. 2555", [2, 3, 6, 7]),
        ((on(2), pd.Timestamp("2012-08-07")), [2, 3, 6, 7]),  # a tuple of two is a range
        ([on(2), "2012-08-07"], [2, 7]),  # a list is days
        ([(on(1), on(2)), "2012-08-09..2012-08-10"], [1, 2, 9, 10]),
        (pd.date_range("2012-08-03", "2012-08-06"), [3, 6]),  # with a weekend
        ([], []),
    ],
)
def test_days_are_read_alike_however_they_are_given(case: Case, away: Any, days: list[int]) -> None:
    assert list(case.what_if(absent={"a": away}).problem.officer_by_id["a"].absent or ()) == [on(day) for day in days]


@pytest.mark.parametrize(
    ("away", "code"),
    [
        ("2012-08-07..2012-08-02", "date-order"),  # backwards
        ((on(7), on(2)), "date-order"),
        ("2013-08-01..2013-08-05", "date-order"),  # after the last workday
        ([on(2), "2013-08-05"], "date-order"),
        ("2012-08-04..2012-08-05", "date-order"),  # a weekend
        (slice(on(2), on(7)), "option-value"),
        (dt.datetime(2012, 8, 2, 9), "option-value"),  # with a time of day
        (pd.NaT, "option-value"),
        (np.datetime64("NaT"), "option-value"),
        (20120802, "option-value"),
        (True, "option-value"),
        ("soon", "option-value"),
    ],
)
def test_days_that_say_nothing_are_refused(case: Case, away: Any, code: str) -> None:
    assert faults(lambda: case.what_if(absent={"a": away})) == [(code, "what_if, absent, a")]
    if not isinstance(away, list | slice):
        assert faults(lambda: case.what_if(cars={away: 1}))[0][0] in (code, "id-unknown")


def test_what_is_named_twice_is_a_fault_and_none_takes_the_others_place(case: Case) -> None:
    assert faults(lambda: case.what_if(absent={"a": on(1), "Somchai": on(2)})) == [
        ("id-repeated", "what_if, absent, Somchai")
    ]
    unhashable: Any = [["c1-1"]]
    assert faults(lambda: case.what_if(drop=unhashable)) == [("option-value", "what_if, drop")]


def test_officers_and_cooperatives_go_by_name_as_well(case: Case) -> None:
    assert case.what_if(absent={"Somchai": on(1)}).problem.officer_by_id["a"].absent == (on(1),)
    assert case.what_if(absent={"A": on(1)}).problem.officer_by_id["a"].absent == (on(1),)
    assert faults(lambda: case.what_if(absent={"o99": on(1)})) == [("id-unknown", "what_if, absent")]
    assert case.what_if(drop="C2").problem.visits_of["c2"] == ()


@pytest.mark.parametrize(
    "change",
    [
        {"officers": True}, {"officers": 38.0}, {"officers": "38"}, {"officers": -1}, {"officers": {"debt": True}},
        {"officers": 10**9}, {"cars": True}, {"cars": 2.5}, {"cars": {"kk": "2"}}, {"durations": 0},
        {"durations": True},
        {"durations": {"c1": 0}}, {"durations": float("nan")}, {"travel": True}, {"travel": -1}, {"travel": "2"},
        {"travel": {"km": [["a"]]}}, {"travel": {"km": [[0, 1], [0]]}}, {"slack": -5}, {"slack": True},
        {"prices": {"km": True}}, {"prices": {"km": "6"}}, {"prices": 6}, {"windows": {"c1": 9}}, {"windows": "09:00"},
        {"add": 3}, {"add": "c1"}, {"add": [3]}, {"drop": 3}, {"topics": ["a"]}, {"absent": "a"},
    ],
)  # fmt: skip
def test_what_is_no_number_or_of_another_shape_is_refused(case: Case, change: dict[str, Any]) -> None:
    (name,) = change
    found = faults(lambda: case.what_if(**change))
    assert {code for code, _ in found} == {"option-value"}
    assert all(where.startswith(f"what_if, {name}") for _, where in found)


def test_numbers_of_numpy_and_pandas_are_numbers(case: Case) -> None:
    made = case.what_if(officers=np.int64(1), cars=np.int32(1), durations=np.float32(2), slack=np.int64(5)).problem
    assert (len(made.officers), made.offices[0].cars, made.visits[0].minutes, made.day.slack) == (1, 1, 120, 5)
    frame = pd.DataFrame(case.problem.travel.km) * 2
    assert case.what_if(travel={"km": frame}).problem.travel.km[0][1] == 2 * case.problem.travel.km[0][1]


def test_all_that_is_wrong_is_told_at_once(case: Case) -> None:
    wrong = {"start": "soon", "officers": True, "absent": {"x": on(1), "a": "never"}, "prices": {"kmm": 3}}
    assert faults(lambda: case.what_if(**wrong)) == [
        ("option-value", "what_if, start"),
        ("option-value", "what_if, officers"),
        ("id-unknown", "what_if, prices"),
        ("id-unknown", "what_if, absent"),
        ("option-value", "what_if, absent, a"),
    ]


def test_an_argument_that_is_not_there_is_named_with_what_was_meant(case: Case) -> None:
    wrong: dict[str, Any] = {"officer": 1}
    with pytest.raises(
        InvalidInput, match=r"\[field-unknown\] what_if: There is no argument officer. Did you mean off"
    ):
        case.what_if(**wrong)
    assert faults(lambda: sweep(case, carz=[1])) == [("field-unknown", "what_if")]


def test_cars_name_offices_or_days(case: Case) -> None:
    made = case.what_if(cars={"kk": 5, "2-3 ส.ค. 2555": 1, on(6): 0}).problem
    assert [len(made.cars("kk", on(day))) for day in (1, 2, 3, 6)] == [5, 1, 1, 0]
    with pytest.raises(InvalidInput, match=r"There is no office 'xx'. Name an office, or a date, or a range of dates"):
        case.what_if(cars={"xx": 5})


@pytest.mark.parametrize(
    ("named", "twice"),
    [
        ({"2-3 ส.ค. 2555": 1, on(3): 0}, [on(3)]),
        ({on(3): 1, "2012-08-02..2012-08-06": 1}, ["2012-08-02..2012-08-06"]),
        ({"2012-08-01..2012-08-02": 1, "2012-08-02..2012-08-03": 2, on(1): 0}, ["2012-08-02..2012-08-03", on(1)]),
    ],
)  # fmt: skip
def test_cars_of_a_day_that_is_named_twice_are_a_fault(case: Case, named: dict[Any, int], twice: list[Any]) -> None:
    assert faults(lambda: case.what_if(cars=named)) == [("id-repeated", f"what_if, cars, {name}") for name in twice]
    with pytest.raises(InvalidInput) as caught:
        case.what_if(cars=named)
    assert all("ระบุไว้แล้วใน" in fault.in_language("th").cause for fault in caught.value.faults)


def test_an_office_and_days_of_it_are_not_one_thing_twice(case: Case) -> None:
    made = case.what_if(cars={"kk": 5, "2-3 ส.ค. 2555": 1, on(6): 0}).problem
    assert [len(made.cars("kk", on(day))) for day in (1, 3, 6)] == [5, 1, 0]


def test_windows_are_read_as_in_tables(case: Case) -> None:
    made = case.what_if(windows={"c1-1": "09.00-12.00 น.", "c2": "08:30-10:00, 13:00-15:00"}).problem
    assert made.visit_by_id["c1-1"].windows == ((540, 720),)
    assert made.visit_by_id["c2-1"].windows == ((510, 600), (780, 900))
    with pytest.raises(InvalidInput, match="what_if, windows, c1-1: '12:00-09:00' ends before it begins"):
        case.what_if(windows={"c1-1": "12:00-09:00"})


def test_visits_are_added_one_by_one_or_as_a_frame(case: Case) -> None:
    one = {"cooperative": "C1", "minutes": 30, "priority": 2, "due": pd.Timestamp(on(7)), "topics": "land"}
    made = case.what_if(add=one).problem.visit_by_id["c1-3"]
    assert (made.cooperative, made.due, made.topics) == ("c1", on(7), ("land",))
    frame = pd.DataFrame([one, {"cooperative": "c2", "minutes": 45, "priority": 1, "latest": "8 ส.ค. 2555"}])
    both = case.what_if(add=frame).problem
    assert (both.visit_by_id["c2-2"].latest, both.visit_by_id["c2-2"].due) == (on(8), None)
    wrong = [{"cooperative": "c9", "minutes": True, "due": "soon", "topics": ["lend"], "priority": 1}]
    assert faults(lambda: case.what_if(add=wrong)) == [
        ("id-unknown", "what_if, add[0].cooperative"),
        ("option-value", "what_if, add[0].minutes"),
        ("option-value", "what_if, add[0].due"),
        ("id-unknown", "what_if, add[0].topics"),
    ]


def test_a_horizon_is_read_like_every_date(case: Case, sample: Case) -> None:
    assert case.what_if(start="6 ส.ค. 2555", end=np.datetime64("2012-08-08")).problem.workdays == (on(6), on(7), on(8))
    assert faults(lambda: case.what_if(start=on(8), end=on(2))) == [("date-order", "what_if, end")]
    assert faults(lambda: case.what_if(start="2013-01-01")) == [("horizon-empty", "what_if, start")]
    # of a problem without tables no other days are known than its own
    assert faults(lambda: case.what_if(start=on(2), end="2099-01-01")) == [("field-value", "what_if, end")]
    assert sample.what_if(start="6 ส.ค. 2555").problem.workdays[0] == on(6)


def test_districts_are_those_of_the_office_in_both_languages(case: Case, sample: Case) -> None:
    with pytest.raises(InvalidInput, match=r"There is no district 'Ban Haett'. Did you mean Ban Haet"):
        sample.what_if(districts={"Ban Haett": "Mueang Khon Kaen"})
    merged = sample.what_if(districts={"Ban Haet": "Mueang Khon Kaen"})
    assert merged.office is not None
    assert not {"Ban Haet", "บ้านแฮด"} & {
        name for row in merged.office.cooperatives for name in (row.district_en, row.district_th)
    }
    assert merged.name == "districts=Ban Haet:Mueang Khon Kaen"
    assert faults(lambda: case.what_if(districts={"A": "B"}))[0][0] == "id-unknown"  # a problem has no districts


def nothing(stated: Problem) -> Any:
    return None


def test_a_function_makes_a_problem(case: Case) -> None:
    assert faults(lambda: case.what_if(nothing)) == [("option-value", "what_if, nothing")]
    not_one: Any = "drop"
    assert faults(lambda: case.what_if(not_one)) == [("option-value", "what_if")]


def test_a_replan_takes_a_plan_and_changes(case: Case) -> None:
    empty: Any = Planned(case, Plan())
    for happened in ([], "o09", [Absence("a", on(2), on(3))]):
        assert faults(lambda given=happened: case.replan(empty, given)) == [("option-value", "replan, changes[0]")]
    plan: Any = case
    assert faults(lambda: case.replan(plan, Absence("a", on(2), on(3)))) == [("option-value", "replan")]
    assert faults(lambda: case.replan(empty, Absence("z", on(2), on(3)))) == [
        ("id-unknown", "replan, changes[0].officer")
    ]
    named = case.replan(empty, Absence("Somchai", on(2), on(3)), today="1 ส.ค. 2555")
    assert named.problem.officer_by_id["a"].absent == (on(2), on(3))
    assert faults(lambda: case.replan(empty, today="soon")) == [("option-value", "replan, today")]
    assert faults(lambda: case.replan(empty, pins="c1-9")) == [("id-unknown", "replan, pins")]


def test_changes_read_dates_of_every_kind_and_tell_faults() -> None:
    same = Absence("a", on(2), on(3))
    dates: list[tuple[Any, Any]] = [
        ("2 ส.ค. 2555", pd.Timestamp(on(3))), (np.datetime64("2012-08-02"), dt.datetime(2012, 8, 3)),
        ("2/8/2555", on(3)),
    ]  # fmt: skip
    assert all(Absence("a", first, last) == same for first, last in dates)
    many: Any = {"minutes": 0, "priority": True}
    assert faults(lambda: UrgentVisit("c1", **many)) == [
        ("field-value", "UrgentVisit.minutes"),
        ("field-value", "UrgentVisit.priority"),
    ]
    wrong: Any = {"first": "soon", "last": pd.NaT}
    assert sorted(faults(lambda: Absence("a", **wrong))) == [
        ("field-value", "Absence.first"),
        ("field-value", "Absence.last"),
    ]
    short: Any = ("a",)
    assert faults(lambda: Absence(*short)) == [("field-value", "Absence")]


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), -5, 0, "5", True, None])
def test_seconds_are_a_number_above_0(case: Case, seconds: Any) -> None:
    wanted = [("option-value", "seconds")]
    assert faults(lambda: case.plan(seconds)) == wanted
    assert faults(lambda: case.shortage(seconds)) == wanted
    assert faults(lambda: compare(case, seeds=1, seconds=seconds)) == wanted
    assert faults(lambda: sweep(case, cars=[1], seconds=seconds)) == wanted


@pytest.mark.parametrize(
    ("given", "values"), [("seed", [-1, 2**31, 1.0, "1", True]), ("workers", [0, 65, 2.0, "2", True])]
)
def test_seed_and_workers_are_whole_numbers(case: Case, given: str, values: list[Any]) -> None:
    for value in values:
        more: dict[str, Any] = {given: value}
        assert faults(lambda more=more: case.plan(1, **more)) == [("option-value", given)]


def test_comparisons_and_sweeps_take_cases_seeds_and_values(case: Case) -> None:
    path: Any = "data/khonkaen"
    for seeds in (0, -1, 1.0, True, "3"):
        number: Any = seeds
        assert faults(lambda number=number: compare(case, seeds=number)) == [("option-value", "seeds")]
        assert faults(lambda number=number: sweep(case, cars=[1], seeds=number)) == [("option-value", "seeds")]
    assert faults(lambda: compare(case, path)) == faults(lambda: runs_of(path)) == [("option-value", "compare")]
    assert faults(lambda: traced(path, case)) == [("option-value", "traced")]
    assert faults(lambda: sweep(path, cars=[1])) == [("option-value", "sweep")]
    none: Any = 5
    for values in ([], none, "5"):
        assert faults(lambda given=values: sweep(case, cars=given)) == [("option-value", "sweep, cars")]
    assert faults(lambda: trade_off(case, "km", ["a"])) == [("option-value", "what_if, prices, km")]
    assert faults(lambda: trade_off(case, "kmm", [1])) == [("id-unknown", "what_if, prices")]


def test_what_is_loaded_is_an_office_or_a_problem() -> None:
    frame: Any = pd.DataFrame()
    assert faults(lambda: load(frame)) == [("option-value", "load")]


@pytest.mark.parametrize(
    "change", [{"n": 0}, {"n": 2.0}, {"n": True}, {"seed": -1}, {"overrun": 1.2}, {"overrun": {"visits": 1.2}},
               {"overrun": {"visits": (0, 1)}}, {"overrun": {"visits": ("1", 1)}}, {"overrun": {"lunch": (1, 1)}}]
)  # fmt: skip
def test_imagined_quarters_are_asked_for_by_numbers(case: Case, change: dict[str, Any]) -> None:
    assert {code for code, _ in faults(lambda: simulate(Planned(case, Plan()), **change))} == {"option-value"}
    no_plan: Any = case
    assert faults(lambda: simulate(no_plan)) == [("option-value", "simulate")]


def test_pictures_are_of_plans(case: Case) -> None:
    no_plan: Any = case
    for draw in (pictures.board, pictures.tours_map, pictures.workload, pictures.cost_parts):
        assert faults(lambda draw=draw: draw(no_plan)) == [("option-value", draw.__name__)]
    assert faults(lambda: pictures.cost_parts({"a": no_plan})) == [("option-value", "cost_parts")]
    made = Planned(case, Plan())
    assert pictures.cost_parts(made).to_dict() == pictures.cost_parts({"as it is": made}).to_dict()
