"""Capacity and shortage on small problems worked out by hand; what is short is short by exhaustion."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from support.builders import cooperative, days, line, office, officer, on, plan, problem, tour, visit
from support.exhaustive import optimum
from support.strategies import tiny_problems

from models.problem import Prices, Problem
from optimizer.params import Params
from optimizer.why.capacity import district_loads, shortage, topic_loads, week_loads
from optimizer.why.risk import deputies, risks


def test_officer_days_there_and_used_by_week() -> None:
    """Week 31 has 1 to 3 August, week 32 the 6th; ``a`` is away on the 1st, ``b`` goes twice a week at most, and two
    cars of two seats carry both."""
    stated = problem(
        workdays=days(1, 2, 3, 6), officers=[officer("a", absent=days(1)), officer("b", max_days_per_week=2)]
    )
    made = plan(stated, tour(stated, on(2), "ab", ["c1-1"]), tour(stated, on(6), "b", ["c2-1"]))
    assert [(load.there, load.used, load.free) for load in week_loads(stated, made)] == [(4, 2, 2), (2, 1, 1)]


def test_a_topic_that_few_know() -> None:
    stated = problem(officers=[officer("a", "x"), officer("b")], visits=[visit("c1-1", topics=["x"]), visit("c2-1")])
    made = plan(stated, tour(stated, on(2), "a", ["c1-1", "c2-1"]))
    (load,) = topic_loads(stated, made)
    assert (load.topic, load.there, load.visits) == ("x", 3, 1)
    assert district_loads(stated, made, {"c1": "north", "c2": "south"}) == {"north": (1, 0, 0.5), "south": (1, 0, 0.5)}


def test_what_no_plan_has_room_for_is_thinned_out_by_priority() -> None:
    """One day of eight hours, one officer: of three visits of four hours two fit, and the least pressing goes."""
    stated = problem(
        workdays=days(1),
        officers=[officer("a")],
        offices=[office(cars=2)],
        cooperatives=[cooperative(f"c{n}", 0) for n in (1, 2, 3)],
        visits=[visit(f"c{n}-1", minutes=240, priority=n) for n in (3, 1, 2)],
    )
    found = shortage(stated)
    assert (found.least, found.proven, found.thin_out, found.impossible) == (1, True, ("c1-1",), ())


@settings(max_examples=20, deadline=None)
@given(tiny_problems())
def test_no_plan_leaves_out_fewer_than_the_shortage(p: Problem) -> None:
    wanted = tuple(visit.model_copy(update={"priority": 1}) for visit in p.visits)
    best = optimum(p.changed(visits=wanted, prices=Prices(unplanned=1)))
    assert best is not None
    assert shortage(p).least <= len(best.unplanned)


def test_the_best_deputy_knows_the_topics_and_is_free() -> None:
    stated = problem(
        officers=[officer("a", "x"), officer("b"), officer("c", "x", absent=days(2)), officer("d", "x")],
        visits=[visit("c1-1", topics=["x"]), visit("c2-1")],
    )
    made = plan(stated, tour(stated, on(2), "a", ["c1-1"]))
    assert deputies(stated, made) == {"c1": "d"}
    lonely = problem(officers=[officer("a")])
    assert deputies(lonely, plan(lonely, tour(lonely, on(2), "a", ["c1-1"]))) == {"c1": None}


@pytest.mark.parametrize("pins", [None, ("c1-1",)])
def test_the_risk_of_a_week_counts_kilometres_whatever_a_car_takes_for_them(pins: tuple[str, ...] | None) -> None:
    """Without a, who drives to c1 alone, b goes there on the way to c2: 20 km less, in a van of 8 baht a kilometre.

    That a's visit is pinned to a binds no longer in the week without a.
    """
    stated = problem(
        offices=[{"id": "kk", "location": 0, "cars": [{"id": "van", "seats": 2, "km": 8}]}],
        travel=line(0, 10, 20),
        prices={"km": 4, "officer_day": 100, "unplanned": 5000, "moved": 10},
    )
    tours = tour(stated, on(1), "a", ["c1-1"], car="van"), tour(stated, on(2), "b", ["c2-1"], car="van")
    made = plan(stated, *tours)
    pinned = stated.changed(published=made, pins=pins)
    (risk,) = risks(pinned, made, ["a"], params=Params(deterministic=True, workers=1))
    assert (risk.moved, risk.lost, risk.km) == (1, 0, -20)


def test_nobody_is_away_in_a_plan_without_tours() -> None:
    bare = problem(officers=[], visits=[])
    assert risks(bare, plan(bare)) == []
