"""Cars that drive for one price are alike to the search and not to people: tours keep the published one."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import cooperative, days, line, officer, on, plan, problem, tour, visit

from models.changes import Absence
from models.plan import Plan
from models.problem import Problem
from models.referee import violations
from optimizer import solving
from optimizer.drafting import draft
from optimizer.params import Params
from optimizer.recarring import recarred
from optimizer.replanning import proposing
from optimizer.replanning.disturbing import disturbed
from optimizer.solving import solve
from optimizer.stopping import StepLimit

PARAMS = Params(deterministic=True, workers=1)


def garage(*cars: dict[str, Any], **changes: Any) -> Problem:
    """An office with these cars, and three cooperatives for three officers."""
    places = [cooperative(f"c{n}", n) for n in (1, 2, 3)]
    return problem(**{
        "workdays": days(1, 2, 3), "offices": [{"id": "kk", "location": 0, "cars": list(cars)}],
        "officers": [officer(id_) for id_ in "abc"], "cooperatives": places, "travel": line(0, 10, -20, 15),
        "visits": [visit(f"{each['id']}-1", load=1) for each in places], **changes,
    })  # fmt: skip


def car(id_: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "seats": 4} | more


def cars(made: Plan) -> dict[str, str | None]:
    return {stop.visit: each.car for each in made.tours for stop in each.stops}


def riding(of: Problem, first: str, second: str) -> Plan:
    """``a`` visits c1 in the one car and ``b`` c2 in the other, both on the 3rd."""
    return plan(of, tour(of, on(3), "a", ["c1-1"], car=first), tour(of, on(3), "b", ["c2-1"], car=second))


def test_exchanged_cars_are_given_back() -> None:
    of = garage(car("old"), car("new"), car("van"))
    published = riding(of, "old", "new")
    of = of.changed(published=published)
    assert recarred(of, riding(of, "new", "old")) == published
    assert recarred(of, riding(of, "van", "old")) == published  # one that is free as well
    assert recarred(of.changed(today=on(4)), riding(of, "new", "old")) == riding(of, "new", "old")  # that is over


@pytest.mark.parametrize("other", [{"km": 2}, {"seats": 1}, {"capacity": 0.5}, {"away": days(3)}])
def test_no_car_is_given_back_that_is_dearer_too_small_or_away(other: dict[str, Any]) -> None:
    of = garage(car("old"), car("new"))
    of = garage(car("old", **other), car("new"), published=plan(of, tour(of, on(3), "ac", ["c1-1"], car="old")))
    made = plan(of, tour(of, on(3), "ac", ["c1-1"], car="new"))
    assert recarred(of, made) == made


def test_more_tours_keep_their_car_rather_than_more_visits() -> None:
    """c3 joins ``b``; were its car kept for the two visits together, ``a`` would lose the other one."""
    of = garage(car("old"), car("new"))
    first = tour(of, on(3), "a", ["c1-1", "c2-1"], car="old"), tour(of, on(3), "b", ["c3-1"], car="new")
    of = of.changed(published=plan(of, *first))
    made = plan(of, tour(of, on(3), "a", ["c1-1"], car="new"), tour(of, on(3), "b", ["c2-1", "c3-1"], car="old"))
    assert cars(recarred(of, made)) == {"c1-1": "old", "c2-1": "new", "c3-1": "new"}


def test_officers_of_a_new_tour_keep_the_car_they_had() -> None:
    of = garage(car("old"), car("new"))
    of = of.changed(published=plan(of, tour(of, on(3), "a", ["c1-1"], car="new")))
    made = plan(of, tour(of, on(3), "a", ["c3-1"], car="old"), tour(of, on(2), "b", ["c1-1"], car="old"))
    assert cars(recarred(of, made)) == {"c3-1": "new", "c1-1": "old"}


def exchanged(made: Plan) -> Plan:
    """The plan as a search may find it that took the cars "one" and "three" the other way round."""
    other = {"one": "three", "three": "one"}
    tours = (each.model_copy(update={"car": other.get(str(each.car), each.car)}) for each in made.tours)
    return made.model_copy(update={"tours": tuple(tours)})


@pytest.fixture
def office() -> tuple[Problem, Plan]:
    """``a`` and ``b`` are out on the 3rd at one hour, ``c`` on the 2nd."""
    hour = {"window": ["09:00", "09:05"], "load": 1}
    visits = [visit(f"c{n}-1", dates=days(3), **hour) for n in (1, 2)] + [visit("c3-1", dates=days(2, 3), **hour)]
    of = garage(car("one"), car("two"), car("three"), visits=visits)
    return of, plan(of, *riding(of, "three", "one").tours, tour(of, on(2), "c", ["c3-1"], car="two"))


def test_an_absence_elsewhere_takes_nobodys_car(office: tuple[Problem, Plan], monkeypatch: pytest.MonkeyPatch) -> None:
    """``c`` is away on the 2nd, and the search exchanges the cars of ``a`` and ``b`` on the 3rd."""
    of, made = office
    monkeypatch.setattr(proposing, "solve", lambda *asked: exchanged(solve(*asked)))
    mending = proposing.Mending(disturbed(of, made, [Absence("c", on(2), on(2))]), PARAMS)
    for proposal in (mending.least_disruption(0.01), mending.balanced(0.01), mending.cheapest(0.01)):
        assert violations(mending.problem, proposal.plan) == []
        assert {"c1-1": "three", "c2-1": "one"}.items() <= cars(proposal.plan).items()


def test_a_plan_around_a_published_one_keeps_its_cars(
    office: tuple[Problem, Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    of, made = office
    monkeypatch.setattr(solving, "draft", lambda *rows, **claims: exchanged(draft(*rows, **claims)))
    found = solve(of.changed(published=made), PARAMS, StepLimit(200))
    assert {"c1-1": "three", "c2-1": "one"}.items() <= cars(found).items()
