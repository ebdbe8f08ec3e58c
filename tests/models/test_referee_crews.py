"""Rules 5 and 6: seats, absences, days a week, cars, loads, and the topics of a crew."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import cooperative, days, line, office, officer, on, plan, problem, rules_broken, tour, visit

from models.plan import Plan
from models.problem import Problem


def trio(**changes: Any) -> Problem:
    """Officers a, b and c, three cooperatives with a visit each, and two cars of two seats."""
    return problem(
        officers=[officer("a"), officer("b"), officer("c")],
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2), cooperative("c3", 3)],
        visits=[visit("c1-1"), visit("c2-1"), visit("c3-1")],
        travel=line(0, 10, -20, 30),
        **changes,
    )


@pytest.mark.parametrize(("crew", "fine"), [("a", True), ("ab", True), ("abc", False)])
def test_a_crew_fits_into_the_car(crew: str, fine: bool) -> None:
    p = trio()
    assert rules_broken(p, plan(p, tour(p, on(1), crew, ["c1-1"]))) == ([] if fine else [5])


def test_an_officer_takes_one_seat_and_is_named_once() -> None:
    p = trio()
    assert rules_broken(p, plan(p, tour(p, on(1), "aa", ["c1-1"]))) == [5]


def test_an_officer_rides_for_the_own_office() -> None:
    p = trio(offices=[office(), office("ud", 3)])
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1"], office="kk"))) == []
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1"], office="ud"))) == [5]


def test_an_absent_officer_stays_at_home() -> None:
    p = problem(officers=[officer("a", absent=days(2)), officer("b")])
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1"]))) == []
    assert rules_broken(p, plan(p, tour(p, on(2), "b", ["c1-1"]))) == []
    assert rules_broken(p, plan(p, tour(p, on(2), "ab", ["c1-1"]))) == [5]


def test_an_officer_is_on_one_tour_a_day() -> None:
    # The first tour is back before the second leaves: it is still one too many.
    p = trio()
    morning, noon = tour(p, on(1), "a", ["c1-1"]), tour(p, on(1), "ab", ["c2-1"], depart="12:00")
    assert rules_broken(p, plan(p, morning, noon)) == [5]
    other = tour(p, on(1), "b", ["c2-1"], depart="12:00")
    assert rules_broken(p, plan(p, morning, other)) == []


def weekly(limit: int | None, *on_days: int) -> Plan:
    """Officer a on a tour on each of these days; 1 August is a Wednesday, 6 August the next Monday."""
    p = weekly_problem(limit)
    return plan(p, *(tour(p, on(day), "a", [f"c{n}-1"]) for n, day in enumerate(on_days, start=1)))


def weekly_problem(limit: int | None) -> Problem:
    names = [f"c{n}" for n in range(1, 5)]
    return problem(
        workdays=days(1, 2, 3, 5, 6, 7),
        officers=[officer("a", max_days_per_week=limit)],
        cooperatives=[cooperative(name, 1) for name in names],
        visits=[visit(f"{name}-1") for name in names],
    )


@pytest.mark.parametrize(
    ("limit", "on_days", "fine"),
    [
        (None, (1, 2, 3, 5), True),
        (2, (1, 2), True),
        (2, (1, 2, 3), False),
        (2, (2, 3, 6, 7), True),  # two in each week
        (2, (2, 3, 5), False),  # Sunday the 5th ends the ISO week of Wednesday the 1st
        (0, (1,), False),
    ],
)
def test_days_a_week_are_counted_in_iso_weeks(limit: int | None, on_days: tuple[int, ...], fine: bool) -> None:
    assert rules_broken(weekly_problem(limit), weekly(limit, *on_days)) == ([] if fine else [5])


def test_iso_weeks_reach_over_the_new_year() -> None:
    # Monday 31 December 2012 and Tuesday 1 January 2013 are both in ISO week 1 of 2013.
    eve, new_year = on(153), on(154)
    p = problem(workdays=[eve, new_year], officers=[officer("a", max_days_per_week=1)])
    both = plan(p, tour(p, eve, "a", ["c1-1"]), tour(p, new_year, "a", ["c2-1"]))
    assert rules_broken(p, both) == [5]


@pytest.mark.parametrize(
    ("cars", "cars_on", "fine"),
    [
        (2, None, True),
        (1, None, False),
        (1, {on(1): 2}, True),
        (1, {on(2): 2}, False),
        (2, {on(1): 1}, False),
        (2, {on(1): 0, on(2): 2}, False),
    ],
)
def test_no_more_tours_than_cars_on_that_day(cars: int, cars_on: dict[Any, int] | None, fine: bool) -> None:
    p = trio(offices=[office(cars=cars, cars_on=cars_on)])
    made = plan(p, tour(p, on(1), "a", ["c1-1"]), tour(p, on(1), "b", ["c2-1"]))
    assert rules_broken(p, made) == ([] if fine else [5])


def test_each_office_has_cars_of_its_own() -> None:
    two = [office(cars=1), office("ud", 3, cars=1)]
    p = problem(offices=two, officers=[officer("a"), officer("b", office="ud")], travel=line(0, 10, -20, 30))
    made = plan(p, tour(p, on(1), "a", ["c1-1"]), tour(p, on(1), "b", ["c2-1"], office="ud"))
    assert rules_broken(p, made) == []


@pytest.mark.parametrize(("capacity", "fine"), [(None, True), (5, True), (0.3 + 4.7, True), (4.9, False), (0, False)])
def test_the_loads_of_a_tour_fit_into_the_car(capacity: float | None, fine: bool) -> None:
    p = trio(offices=[office(capacity=capacity)])
    loads = {"c1-1": 2.5, "c2-1": 2.5, "c3-1": None}
    p = p.changed(visits=tuple(each.model_copy(update={"load": loads[each.id]}) for each in p.visits))
    together = plan(p, tour(p, on(1), "a", ["c1-1", "c2-1", "c3-1"]))
    assert rules_broken(p, together) == ([] if fine else [5])


def test_the_loads_of_two_tours_are_apart() -> None:
    p = trio(offices=[office(capacity=3)])
    p = p.changed(visits=tuple(each.model_copy(update={"load": 2.5}) for each in p.visits))
    apart = plan(p, tour(p, on(1), "a", ["c1-1"]), tour(p, on(1), "b", ["c2-1"]))
    assert rules_broken(p, apart) == []


@pytest.mark.parametrize(
    ("crew", "fine"),
    [("a", False), ("b", False), ("ab", True), ("c", True), ("bc", True)],
)
def test_every_topic_of_every_visit_is_covered_by_someone_in_the_crew(crew: str, fine: bool) -> None:
    # Debt (d) and audit (u) for the first visit, accounts (o) for the second.
    p = problem(
        officers=[officer("a", "do"), officer("b", "u"), officer("c", "dou")],
        visits=[visit("c1-1", topics=["d", "u"]), visit("c2-1", topics=["o"])],
    )
    assert rules_broken(p, plan(p, tour(p, on(1), crew, ["c1-1", "c2-1"]))) == ([] if fine else [6])


def test_a_visit_without_topics_suits_everybody() -> None:
    p = problem(visits=[visit("c1-1", topics=[]), visit("c2-1", topics=None)])
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1", "c2-1"]))) == []
