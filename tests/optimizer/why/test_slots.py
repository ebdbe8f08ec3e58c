"""Slots: every one is a plan that keeps all rules at the price it names, by hand and at random."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from support.builders import cooperative, days, office, officer, on, plan, problem, tour, visit
from support.exhaustive import optimum
from support.publishing import little_plan
from support.strategies import problems, tiny_problems

from models.problem import Problem
from models.referee import cost, violations
from optimizer.why.slots import Slots


def test_a_slot_costs_what_the_plan_with_it_costs_more() -> None:
    """c2 lies 20 km the other way. On the 1st ``a`` drives to c1 and back, 20 km. Joining that tour adds 40 km;
    a tour of one's own adds 40 km and a second officer day of 100 baht. Left out it costs 1,000."""
    stated = problem()
    made = plan(stated, tour(stated, on(1), "a", ["c1-1"]))
    found = Slots(stated, made).days(stated.visit_by_id["c2-1"])
    assert [view.date for view in found] == days(1, 2, 3)
    joined = found[0].slots[0]
    assert (joined.joins is not None, joined.baht, joined.parts) == (
        True,
        40 - 1000,
        {"km": 40.0, "unplanned": -1000.0},
    )
    own = found[1].slots[0]
    assert (own.joins, own.baht) == (None, 40 + 100 - 1000)


def test_where_a_visit_stands_costs_nothing_more() -> None:
    stated = problem()
    made = plan(stated, tour(stated, on(1), "a", ["c1-1"]), tour(stated, on(2), "b", ["c2-1"]))
    found = {view.date: view for view in Slots(stated, made).days(stated.visit_by_id["c2-1"])}
    assert found[on(2)].slots[0].baht == 0
    assert found[on(1)].slots[0].baht == -100  # shares the tour of ``a``
    assert found[on(3)].slots[0].baht == 0


def test_what_forbids_a_day_is_told_from_what_the_plan_has_in_the_way() -> None:
    """One car, one officer: on the 1st both are out for eight hours; on the 2nd the cooperative is closed; c2-2 on the
    3rd is too near c2-1 for any day but those before."""
    stated = problem(
        offices=[office(cars=1)],
        officers=[officer("a")],
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2, closed=days(2), min_gap_days=1)],
        visits=[visit("c1-1", minutes=400), visit("c2-1"), visit("c2-2")],
    )
    made = plan(stated, tour(stated, on(1), "a", ["c1-1"]), tour(stated, on(3), "a", ["c2-2"]))
    views = Slots(stated, made).days(stated.visit_by_id["c2-1"])
    told = [(view.finding.code if view.finding else None, view.absolute) for view in views]
    assert told == [("no-car", False), ("closed", True), ("gap", False)]


def test_a_lead_rides_along_where_that_is_cheaper_than_a_stand_in() -> None:
    stated = problem(
        prices={"km": 1, "officer_day": 100, "unplanned": 1000, "stand_in": 150},
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2, lead="b")],
    )
    made = plan(stated, tour(stated, on(1), "a", ["c1-1"]), leads={"c1": "a"})
    best = Slots(stated, made).best(stated.visit_by_id["c2-1"], days(1))
    assert best is not None
    assert "b" in best.crew
    assert set(best.parts) == {"km", "officer_days", "unplanned"}


def test_a_topic_is_covered_by_the_fewest_who_are_free() -> None:
    stated = problem(
        officers=[officer("a"), officer("b", "x"), officer("c", "xy", absent=days(2))],
        visits=[visit("c1-1", topics=["x", "y"]), visit("c2-1")],
    )
    made = plan(stated, tour(stated, on(1), "a", ["c2-1"]))
    views = Slots(stated, made).days(stated.visit_by_id["c1-1"], days(1, 2))
    assert views[0].slots[0].crew in {("c",), ("a", "c")}
    assert views[1].finding is not None
    assert (views[1].finding.code, views[1].absolute) == ("no-topic-at-all", True)


@settings(max_examples=60, deadline=None)
@given(problems(published=False), st.integers(0, 99))
def test_every_slot_keeps_every_rule_at_its_price(p: Problem, seed: int) -> None:
    slots = Slots(p, little_plan(p, Random(seed)))
    history = {stop.visit for tour in p.history for stop in tour.stops}
    for visit_ in p.visits:
        if visit_.id in history:
            continue
        for view in slots.days(visit_):
            assert bool(view.slots) == (view.finding is None)
            for slot in view.slots:
                assert violations(p, slot.plan) == []
                assert abs(cost(p, slot.plan).total - slots.plan.cost.total - slot.baht) < 0.01
                assert visit_.id in {stop.visit for tour in slot.plan.tours for stop in tour.stops}


@settings(max_examples=40, deadline=None)
@given(tiny_problems())
def test_no_slot_beats_the_exhaustive_optimum_or_breaks_a_rule(p: Problem) -> None:
    best = optimum(p)
    history = {stop.visit for tour in p.history for stop in tour.stops}
    if best is None:
        return
    slots = Slots(p, best)
    for visit_ in p.visits:
        for view in slots.days(visit_) if visit_.id not in history else ():
            for slot in view.slots:
                assert violations(p, slot.plan) == []
                assert slot.baht >= -0.05
