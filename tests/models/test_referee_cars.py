"""Rule 5 where cars have names: each tour names its own, and that car's seats, capacity, days and price bind."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import days, office, officer, on, plan, problem, rules_broken, tour, visit

from models.problem import Problem

CARS = [
    {"id": "van", "seats": 3, "capacity": 5, "km": 6, "away": days(2)},
    {"id": "pickup", "seats": 1},
]


def fleet(**changes: Any) -> Problem:
    """c1 and c2 as ever, three officers, and a van and a pickup."""
    people = [officer("a"), officer("b"), officer("c"), officer("d", office="ud")]
    offices = [{"id": "kk", "location": 0, "cars": CARS}, office("ud")]
    return problem(**({"officers": people, "offices": offices} | changes))


def broken(p: Problem, crew: str, car: str | None, day: int = 1, visits: tuple[str, ...] = ("c1-1",)) -> list[int]:
    return rules_broken(p, plan(p, tour(p, on(day), crew, visits, car=car)))


@pytest.mark.parametrize(
    ("crew", "car", "day", "fine"),
    [
        ("abc", "van", 1, True),
        ("a", "pickup", 1, True),
        ("ab", "pickup", 1, False),  # more than it seats
        ("a", "van", 2, False),  # in repair
        ("a", "pickup", 2, True),
        ("a", None, 1, False),  # none is named
        ("a", "bus", 1, False),  # none of the office's
    ],
)
def test_a_tour_takes_a_car_that_is_there_and_seats_it(crew: str, car: str | None, day: int, fine: bool) -> None:
    assert broken(fleet(), crew, car, day) == ([] if fine else [5])


def test_a_car_is_on_one_tour_a_day() -> None:
    p = fleet()
    first = tour(p, on(1), "a", ["c1-1"], car="van")
    for car, day, fine in (("van", 1, False), ("pickup", 1, True), ("van", 3, True)):
        second = tour(p, on(day), "b", ["c2-1"], car=car)
        assert rules_broken(p, plan(p, first, second)) == ([] if fine else [5]), (car, day)


def test_the_car_of_another_office_is_not_taken() -> None:
    p = fleet(offices=[{"id": "kk", "location": 0, "cars": CARS[:1]}, {"id": "ud", "location": 0, "cars": CARS[1:]}])
    assert broken(p, "a", "pickup") == [5]
    assert rules_broken(p, plan(p, tour(p, on(1), "d", ["c1-1"], office="ud", car="pickup"))) == []


@pytest.mark.parametrize(("load", "car", "fine"), [(5, "van", True), (5.1, "van", False), (99, "pickup", True)])
def test_the_capacity_of_the_car_binds(load: float, car: str, fine: bool) -> None:
    p = fleet(visits=[visit("c1-1", load=load)])
    assert broken(p, "a", car) == ([] if fine else [5])


def test_cars_alike_have_no_names() -> None:
    p = problem()
    assert broken(p, "a", None) == []
    assert broken(p, "a", "van") == [5]


def test_a_kilometre_costs_what_it_costs_in_that_car() -> None:
    # c1 and back are 20 km: at 6 baht in the van, at the price of all (1 baht) in the pickup.
    p = fleet()
    assert plan(p, tour(p, on(1), "a", ["c1-1"], car="van")).cost.km == 120
    assert plan(p, tour(p, on(1), "a", ["c1-1"], car="pickup")).cost.km == 20


def test_the_cars_that_are_there_on_a_day() -> None:
    p = fleet()
    assert [(car.id, car.seats, car.capacity, car.km) for car in p.cars("kk", on(1))] == [
        ("van", 3, 5.0, 6.0), ("pickup", 1, float("inf"), 1.0),
    ]  # fmt: skip
    assert [car.id for car in p.cars("kk", on(2))] == ["pickup"]
    assert [(car.id, car.seats) for car in p.cars("ud", on(2))] == [(None, 2), (None, 2)]


def test_history_keeps_its_car_and_is_not_judged_by_it() -> None:
    p = fleet()
    standing = plan(p, tour(p, on(1), "a", ["c1-1"], car="van"))
    cars = [CARS[0] | {"away": days(1)}, CARS[1]]
    later = p.changed(
        offices=[{"id": "kk", "location": 0, "cars": cars}, office("ud")], published=standing, today=on(2)
    )
    assert rules_broken(later, plan(later, *later.history)) == []
    (past,) = later.history
    assert rules_broken(later, plan(later, past.model_copy(update={"car": "pickup"}))) == [10]
