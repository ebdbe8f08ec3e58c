"""What makes parts of a problem not fit together: each fault alone, its place, and that all are found at once."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import cooperative, days, line, office, officer, on, parts, plan, problem, tour, visit

from models.faults import InvalidInput
from models.problem import Problem
from models.reading import read_plan, read_problem


def faults(**changes: Any) -> list[tuple[str, str]]:
    """Code and place of every fault of the small problem with these parts changed; none where it is sound."""
    try:
        Problem.model_validate(parts(**changes))
    except InvalidInput as caught:
        assert all(fault.cause and fault.remedy for fault in caught.faults)
        return [(fault.code, fault.where) for fault in caught.faults]
    return []


LUNCH = {"break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00"}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"workdays": days(1, 3, 2)}, [("date-order", "workdays[2]")]),
        ({"workdays": days(1, 1)}, [("date-order", "workdays[1]")]),
        ({"workdays": []}, []),
        ({"day": {"start": "16:30", "end": "08:30"}}, [("time-order", "day")]),
        ({"day": {"start": "08:30", "end": "08:30"}}, []),
        ({"day": {"start": "08:30", "end": "16:30"} | LUNCH}, []),
        (
            {"day": {"start": "08:30", "end": "16:30", "break_minutes": 60}},
            [("field-missing", "day.break_earliest"), ("field-missing", "day.break_latest")],
        ),
        ({"day": {"start": "08:30", "end": "16:30", "break_minutes": 0}}, []),
        (
            {"day": {"start": "08:30", "end": "16:30"} | LUNCH | {"break_latest": "11:29"}},
            [("time-order", "day.break_latest")],
        ),
        ({"offices": [office(), office()]}, [("id-repeated", "offices[1].id")]),
        ({"officers": [officer("a"), officer("b"), officer("a")]}, [("id-repeated", "officers[2].id")]),
        ({"partners": [{"id": "p", "dates": [], "per_day": 1}] * 2}, [("id-repeated", "partners[1].id")]),
        ({"visits": [visit("c1-1"), visit("c1-1", seq=2)]}, [("id-repeated", "visits[1].id")]),
        ({"officers": [officer("a", office="ud")]}, [("id-unknown", "officers[0].office")]),
        (
            {"cooperatives": [cooperative("c1", 1, office="x", lead="y", current_lead="z"), cooperative("c2", 2)]},
            [("id-unknown", f"cooperatives[0].{key}") for key in ("office", "lead", "current_lead")],
        ),
        ({"visits": [visit("c9-1")]}, [("id-unknown", "visits[0].cooperative")]),
        ({"visits": [visit("c1-1", partner="cad")]}, [("id-unknown", "visits[0].partner")]),
        (
            {"cooperatives": [cooperative("c1", 1), cooperative("c2", 2, open=["16:00", "08:00"])]},
            [("time-order", "cooperatives[1].open")],
        ),
        ({"visits": [visit("c1-1", window=["10:00", "09:59"])]}, [("time-order", "visits[0].window")]),
        ({"visits": [visit("c1-1", window=["10:00", "10:00"])]}, []),
        ({"visits": [visit("c1-1", earliest=on(3), latest=on(2))]}, [("date-order", "visits[0].latest")]),
        ({"visits": [visit("c1-1", earliest=on(2), latest=on(2))]}, []),
        ({"visits": [visit("c1-1"), visit("c2-1"), visit("c1-2", seq=1)]}, [("seq-repeated", "visits[2].seq")]),
        ({"offices": [office(location=3)]}, [("location-unknown", "offices[0].location")]),
        (
            {"cooperatives": [cooperative("c1", 1), cooperative("c2", 99)]},
            [("location-unknown", "cooperatives[1].location")],
        ),
        (
            {"travel": {"minutes": [[0, 1], [1, 0]], "km": line(0, 1, 2)["km"]}},
            [("matrix-shape", "travel.minutes")],
        ),
        (
            {"travel": {"minutes": line(0, 1, 2)["km"], "km": [[0, 1, 2], [1, 0], [2, 1, 0]]}},
            [("matrix-shape", "travel.km")],
        ),
        (
            {"cooperatives": [cooperative("c1", 1, rhythms=[days(1), days(1, 2), []]), cooperative("c2", 2)]},
            [("rhythm-length", "cooperatives[0].rhythms[1]"), ("rhythm-length", "cooperatives[0].rhythms[2]")],
        ),
        ({"pins": ["c1-1"]}, [("pin-unpublished", "pins[0]")]),
        ({"pins": ["x"]}, [("id-unknown", "pins[0]")]),
    ],
)  # fmt: skip
def test_each_fault_is_found_in_its_place(changes: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert faults(**changes) == found


def test_a_rhythm_ascends() -> None:
    cooperatives = [cooperative("c1", 1, rhythms=[days(2, 1), days(1, 1), days(1, 2)])]
    visits = [visit("c1-1"), visit("c1-2")]
    places = [("date-order", f"cooperatives[0].rhythms[{number}]") for number in (0, 1)]
    assert faults(cooperatives=cooperatives, visits=visits) == places


def published(*tours: Any, **changes: Any) -> list[tuple[str, str]]:
    return faults(published={"format": "visit-plan/1", "tours": list(tours)}, today=on(2), **changes)


def a_tour(**changes: Any) -> dict[str, Any]:
    p = problem()
    return tour(p, on(1), "a", ["c1-1"], id_="t").model_dump(by_alias=True) | changes


def test_the_published_plan_names_what_the_problem_has() -> None:
    assert published(a_tour()) == []
    assert published(a_tour(office="x")) == [("plan-foreign", "published.tours[0].office")]
    assert published(a_tour(crew=("a", "x"))) == [("plan-foreign", "published.tours[0].crew")]
    stop = a_tour()["stops"][0] | {"visit": "x"}
    assert published(a_tour(stops=[stop])) == [("plan-foreign", "published.tours[0].stops[0].visit")]


def test_a_published_visit_stands_once() -> None:
    late = a_tour(id="u", date=on(3))
    assert published(a_tour(), late) == [("published-twice", "published tour u")]


def test_history_fits_into_a_rhythm() -> None:
    # c1 was visited on the 1st; with a visit on the 3rd to come, only a rhythm that has the 1st can be kept.
    visits = [visit("c1-1"), visit("c1-2")]
    for rhythms, found in (
        ([days(1, 3)], []),
        ([days(2, 3), days(1, 3)], []),
        ([days(2, 3)], [("history-broken", "cooperatives[0].rhythms")]),
        ([], [("history-broken", "cooperatives[0].rhythms")]),
        (None, []),
    ):
        assert published(a_tour(), visits=visits, cooperatives=[cooperative("c1", 1, rhythms=rhythms)]) == found


def test_somebody_can_lead_what_was_visited() -> None:
    for barred, found in ((["a"], []), (["b", "a"], [("history-broken", "cooperatives[0].barred")])):
        assert published(a_tour(), cooperatives=[cooperative("c1", 1, barred=barred)], visits=[visit("c1-1")]) == found
    all_ = [cooperative("c1", 1, barred=["a", "b"])]
    assert faults(cooperatives=all_, visits=[visit("c1-1")]) == []  # it is left out


def test_the_fixed_lead_is_not_barred() -> None:
    bars = [cooperative("c1", 1, lead="a", barred=["a"]), cooperative("c2", 2, lead="a", barred=["b"])]
    assert faults(cooperatives=bars) == [("lead-barred", "cooperatives[0].lead")]
    assert problem(cooperatives=[cooperative("c1", 1, current_lead="a", barred=["a"]), cooperative("c2", 2)])


@pytest.mark.parametrize("key", ["seats", "capacity", "cars_on"])
def test_cars_with_names_have_their_own_seats_capacity_and_days(key: str) -> None:
    base = {"id": "kk", "location": 0, "cars": [{"id": "v", "seats": 2}]}
    mixed = base | {key: {"2012-08-01": 1} if key == "cars_on" else 2}
    assert faults(offices=[mixed]) == [("cars-mixed", f"offices[0].{key}")]
    assert faults(offices=[base]) == []
    assert faults(offices=[{"id": "kk", "location": 0, "cars": 2}]) == [("field-missing", "offices[0].seats")]


def test_a_plan_takes_only_cars_that_there_are() -> None:
    p = problem(offices=[{"id": "kk", "location": 0, "cars": [{"id": "van", "seats": 2}]}])
    made = plan(p, tour(p, on(1), "a", ["c1-1"], car="van"))
    assert read_plan(made.to_json(), p) == made
    bus = plan(p, tour(p, on(1), "a", ["c1-1"], car="bus"))
    with pytest.raises(InvalidInput) as caught:
        read_plan(bus.to_json(), p)
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [("plan-foreign", "tours[0].car")]


def test_all_faults_are_found_at_once_in_the_order_of_the_rules() -> None:
    found = faults(
        workdays=days(2, 1), day={"start": "16:00", "end": "08:00"}, officers=[officer("a", office="x")],
        visits=[visit("c1-1", window=["10:00", "09:00"]), visit("c3-1")], pins=["c1-1"],
    )  # fmt: skip
    assert found == [
        ("date-order", "workdays[1]"), ("time-order", "day"), ("id-unknown", "officers[0].office"),
        ("id-unknown", "visits[1].cooperative"), ("time-order", "visits[0].window"), ("pin-unpublished", "pins[0]"),
    ]  # fmt: skip


def test_a_plan_for_another_problem_is_foreign() -> None:
    p = problem()
    other = plan(p, tour(p, on(1), "ab", ["c1-1"]), leads={"c2": "b"})
    assert read_plan(other.to_json(), p) == other
    fewer = problem(officers=[officer("a")], cooperatives=[cooperative("c1", 1)], visits=[visit("c1-1")])
    with pytest.raises(InvalidInput) as caught:
        read_plan(other.to_json(), fewer)
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [
        ("plan-foreign", "tours[0].crew"), ("plan-foreign", "unplanned[0].visit"), ("plan-foreign", "leads"),
        ("plan-foreign", "leads[c2]"),
    ]  # fmt: skip


def test_what_is_sound_can_be_read_from_its_file() -> None:
    p = problem(day={"start": "08:30", "end": "16:30"} | LUNCH)
    assert read_problem(p.to_json()) == p
