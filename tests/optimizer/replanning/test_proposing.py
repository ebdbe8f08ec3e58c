"""Proposals on small problems: worked out by hand, and held against the exhaustive optimum at random."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from support.builders import cooperative, days, line, office, officer, on, plan, problem, tour, visit
from support.exhaustive import optimum
from support.strategies import problems, tiny_problems

from models.changes import Absence, CarAway, Closure, Departure, FewerCars, UrgentVisit
from models.faults import InvalidInput
from models.problem import Prices, Problem
from models.referee import moved, violations
from optimizer.params import Params
from optimizer.replanning.disturbing import Disturbed, disturbed
from optimizer.replanning.frontier import frontier
from optimizer.replanning.keeping import keeping
from optimizer.replanning.proposing import Mending, redated
from optimizer.why.alone import Alone
from optimizer.why.capacity import shortage
from optimizer.why.explaining import explain
from optimizer.why.remedies import remedies
from optimizer.why.risk import risks

PARAMS = Params(deterministic=True, workers=1)
#: of a deterministic run: steps counted as seconds
SHORT = 0.01


def fewest(p: Problem) -> int:
    """The smallest number of moved visits over all plans, by exhaustion; cars may have their own prices."""
    counted = p.changed(prices=Prices(moved=1e6, moved_soon=1e6))
    best = optimum(counted)
    assert best is not None
    return len(moved(p, best))


def road(**changes: object) -> Problem:
    """``a`` and ``b`` share topics but for debt, which only ``b`` has; one car; c1 and c2 are near each other."""
    return problem(
        **{
            "workdays": days(1, 2, 3),
            "officers": [officer("a", "x"), officer("b", "xd")],
            "offices": [office(cars=1, seats=2)],
            "prices": {"km": 1, "officer_day": 100, "unplanned": 1000, "stand_in": 50, "moved": 30},
            "travel": line(0, 10, 12),
            **changes,
        }
    )


def test_who_rides_along_is_replaced_without_a_move() -> None:
    """``c1``'s lead is ``a``; ``b`` rides along for the topic d; ``c`` has it too, so nothing moves."""
    stated = road(
        officers=[officer("a", "x"), officer("b", "xd"), officer("c", "d")],
        visits=[visit("c1-1", topics=["x", "d"])],
    )
    made = plan(stated, tour(stated, on(2), "ab", ["c1-1"]), leads={"c1": "a"})
    mending = Mending(disturbed(stated, made, [Absence("b", on(2), on(3))]), PARAMS)
    least = mending.least_disruption(SHORT)
    assert (least.moves, least.proven) == ((), True)
    assert least.plan.tours[0].crew == ("a", "c")


def test_an_absent_lead_moves_his_visit_and_no_other() -> None:
    """``a`` leads c1, ``b`` leads c2, both on one tour on the 2nd. With ``a`` away c1 must move, c2 stays."""
    stated = road()
    made = plan(stated, tour(stated, on(2), "ab", ["c1-1", "c2-1"]), leads={"c1": "a", "c2": "b"})
    state = disturbed(stated, made, [Absence("a", on(2), on(2))], today=on(1))
    least = Mending(state, PARAMS).least_disruption(SHORT)
    assert [move.visit for move in least.moves] == ["c1-1"]
    assert least.proven
    move = least.moves[0]
    assert (move.why.code, move.why.facts["officer"]) == ("officer-away", "a")
    assert {"a", "c1"} <= set(move.told)
    assert least.plan.unplanned == ()


def test_two_tours_for_one_car_move_one_of_them() -> None:
    """Two cars on the 2nd, one of which breaks down; c1 and c2 need different crews of two at the same hour."""
    stated = road(
        offices=[office(cars=2, seats=1)],
        visits=[visit("c1-1", window=["09:00", "09:05"]), visit("c2-1", window=["09:00", "09:05"])],
    )
    made = plan(stated, tour(stated, on(2), "a", ["c1-1"]), tour(stated, on(2), "b", ["c2-1"]))
    state = disturbed(stated, made, [FewerCars("kk", on(2), on(2), 1)], today=on(1))
    kept = keeping(state.problem, Alone(state.problem))
    assert (kept.least, len(kept.tours)) == (1, 1)
    least = Mending(state, PARAMS).least_disruption(SHORT)
    assert (len(least.moves), least.proven) == (1, True)
    assert least.moves[0].why.code == "fewer-cars"


def test_of_unlike_cars_only_one_seats_the_crew_that_is_needed() -> None:
    """Both visits need two officers; the second car is in repair, and the first one seats one alone."""
    cars = [{"id": "small", "seats": 1}, {"id": "large", "seats": 2}, {"id": "van", "seats": 2}]
    hour = {"crew": 2, "window": ["09:00", "09:05"]}
    stated = road(
        offices=[{"id": "kk", "location": 0, "cars": cars}],
        officers=[officer(id_, "x") for id_ in "abcd"],
        visits=[visit("c1-1", **hour), visit("c2-1", **hour)],
    )
    made = plan(
        stated, tour(stated, on(2), "ab", ["c1-1"], car="large"), tour(stated, on(2), "cd", ["c2-1"], car="van")
    )
    state = disturbed(stated, made, [CarAway("van", on(2), on(2))], today=on(1))
    kept = keeping(state.problem, Alone(state.problem))
    assert (kept.least, [t.car for t in kept.tours]) == (1, ["large"])
    least = Mending(state, PARAMS).least_disruption(SHORT)
    assert (len(least.moves), least.proven) == (1, True)


def test_what_no_longer_fits_on_the_grid_moves() -> None:
    """It was begun at 09:40, within its window; starts now come on the hour, and no hour lies in the window."""
    alone = {"cooperatives": [cooperative("c1", 1)], "travel": line(0, 55)}
    stated = road(visits=[visit("c1-1", window=["09:20", "09:40"])], **alone)
    made = plan(stated, tour(stated, on(2), "a", ["c1-1"], starts={"c1-1": "09:40"}))
    gridded = Problem.model_validate(stated.model_dump(mode="json", by_alias=True) | {
        "day": {"start": "08:30", "end": "16:30", "step_minutes": 60},
        "published": made.model_dump(mode="json", by_alias=True), "today": "2012-08-01",
    })  # fmt: skip
    assert keeping(gridded, Alone(gridded)).least == 1 == fewest(gridded)


def test_three_stops_that_two_by_two_would_fit_are_timed_together() -> None:
    """Each two of three visits fit into a day that has become shorter, all three do not: one of them moves."""
    near = [cooperative(f"c{n}", n) for n in (1, 2, 3)]
    stated = road(cooperatives=near, visits=[visit(f"c{n}-1") for n in (1, 2, 3)], travel=line(0, 10, 12, 14))
    made = plan(
        stated, tour(stated, on(2), "a", ["c1-1", "c2-1", "c3-1"]), leads=dict.fromkeys(["c1", "c2", "c3"], "a")
    )
    shorter = stated.changed(published=made, today=on(1), day=stated.day.model_copy(update={"max_minutes": 180.0}))
    assert keeping(shorter, Alone(shorter)).least == 1 == fewest(shorter)


def test_a_closed_cooperative_is_visited_another_day() -> None:
    stated = road()
    made = plan(stated, tour(stated, on(2), "b", ["c1-1", "c2-1"]))
    least = Mending(disturbed(stated, made, [Closure("c2", on(2), on(2))], today=on(1)), PARAMS).least_disruption(SHORT)
    assert [(move.visit, move.why.code) for move in least.moves] == [("c2-1", "cooperative-closed")]
    assert least.proven


def test_an_urgent_visit_finds_a_place_and_nothing_moves() -> None:
    stated = road()
    made = plan(stated, tour(stated, on(2), "b", ["c1-1", "c2-1"]))
    state = disturbed(stated, made, [UrgentVisit("c1", 30, due=on(3), topics=("d",))], today=on(1))
    least = Mending(state, PARAMS).least_disruption(SHORT)
    assert (least.moves, least.plan.unplanned, least.proven) == ((), (), True)


def test_one_who_leaves_hands_his_cooperatives_over() -> None:
    stated = road(prices={"unplanned": 1000, "lead_change": 9000})
    made = plan(stated, tour(stated, on(1), "a", ["c1-1"]), tour(stated, on(2), "a", ["c2-1"]))
    state = disturbed(stated, made, [Departure("a", on(2))])
    for proposal in (Mending(state, PARAMS).least_disruption(SHORT), Mending(state, PARAMS).cheapest(SHORT)):
        assert proposal.plan.leads == {"c1": "a", "c2": "b"}
        assert violations(state.problem, proposal.plan) == []


def test_a_pin_that_cannot_stand_is_a_fault() -> None:
    stated = road()
    made = plan(stated, tour(stated, on(2), "a", ["c1-1"]))
    with pytest.raises(InvalidInput) as caught:
        Mending(disturbed(stated, made, [Absence("a", on(2), on(2))], pins=["c1-1"]), PARAMS)
    assert [fault.code for fault in caught.value.faults] == ["pins-clash"]


def test_a_pin_keeps_its_crew_where_a_free_visit_would_not() -> None:
    stated = road()
    made = plan(stated, tour(stated, on(2), "ab", ["c1-1"]), tour(stated, on(3), "b", ["c2-1"]), leads={"c1": "a"})
    state = disturbed(stated, made, [Closure("c2", on(3), on(3))], today=on(1), pins=["c1-1"])
    least = Mending(state, PARAMS).least_disruption(SHORT)
    assert {tour.crew for tour in least.plan.tours if tour.stops[0].visit == "c1-1"} == {("a", "b")}


def test_the_cheapest_moves_nothing_that_saves_nothing() -> None:
    """c2 closes on its day; it joins the tour to c1, which could be on any day and stays."""
    stated = road(travel=line(0, 10, -12), workdays=days(1, 2, 3, 6, 7, 8))
    made = plan(stated, tour(stated, on(2), "a", ["c1-1"]), tour(stated, on(3), "b", ["c2-1"]))
    state = disturbed(stated, made, [Closure("c2", on(3), on(3))], today=on(1))
    cheapest = Mending(state, PARAMS).cheapest(SHORT)
    assert cheapest.running == 10 + 22 + 12 + 100  # one tour over both on the 2nd
    assert [move.visit for move in cheapest.moves] == ["c2-1"]


def test_a_plan_that_is_better_in_all_takes_the_place_of_least_disruption() -> None:
    """``a`` is away on the 2nd, so c1 moves: to ``b`` the same day, or to another day, which saves nothing."""
    stated = road(visits=[visit("c1-1")])
    made = plan(stated, tour(stated, on(2), "a", ["c1-1"]), leads={"c1": "a"})
    state = disturbed(stated, made, [Absence("a", on(2), on(2))], today=on(1))
    mending = Mending(state, PARAMS)
    same_day = plan(state.problem, tour(state.problem, on(2), "b", ["c1-1"]), leads={"c1": "b"})
    other_day = plan(state.problem, tour(state.problem, on(3), "b", ["c1-1"]), leads={"c1": "b"})
    assert (redated(state.problem, same_day), redated(state.problem, other_day)) == (0, 1)
    mending._plans += [other_day, same_day]
    dominated = mending.proposal("least-disruption", other_day)
    chosen = mending.undominated(dominated)
    assert (chosen.kind, chosen.plan, len(chosen.moves)) == ("least-disruption", same_day, len(dominated.moves))
    assert mending.undominated(chosen) is chosen


@settings(max_examples=60, deadline=None)
@given(tiny_problems())
def test_the_fewest_moves_are_those_of_the_exhaustive_optimum(p: Problem) -> None:
    """Neither more, which would be untrue, nor fewer, for which "proven fewest" would be withheld needlessly."""
    if p.published is None:
        return
    assert keeping(p, Alone(p)).least == fewest(p)


@settings(max_examples=25, deadline=None)
@given(tiny_problems())
def test_what_is_proven_fewest_is_the_fewest_by_exhaustion(p: Problem) -> None:
    if p.published is None:
        return
    least = Mending(Disturbed(p), PARAMS).least_disruption(SHORT, rounds=2)
    assert least.least <= len(least.moves)
    if least.proven:
        assert len(least.moves) == fewest(p)


@settings(max_examples=20, deadline=None)
@given(problems())
def test_every_proposal_keeps_every_rule(p: Problem) -> None:
    mending = Mending(Disturbed(p), PARAMS)
    least = mending.least_disruption(SHORT, rounds=1)
    cheapest, balanced = mending.cheapest(SHORT), mending.balanced(SHORT)
    for proposal in (least, balanced, cheapest):
        assert violations(p, proposal.plan) == []
        assert {move.visit for move in proposal.moves} == {visit for visit, _ in moved(p, proposal.plan)}
    chosen = mending.undominated(least).plan
    assert chosen.cost.total <= least.plan.cost.total
    assert len(moved(p, chosen)) <= len(least.moves) and redated(p, chosen) <= redated(p, least.plan)
    assert balanced.plan.cost.total <= min(least.plan.cost.total, cheapest.plan.cost.total) + 1e-6
    assert cheapest.running <= min(least.running, balanced.running) + 1  # to the baht


@settings(max_examples=8, deadline=None)
@given(problems())
def test_each_point_of_the_frontier_moves_more_and_costs_less(p: Problem) -> None:
    points = frontier(Mending(Disturbed(p), PARAMS), SHORT, points=3)
    assert points
    for few, many in pairwise(points):
        assert few.most < many.most
        assert few.proposal.running > many.proposal.running
    for point in points:
        assert len(point.proposal.moves) == point.most >= point.proposal.least


NO_SECONDS: list[Any] = [float("nan"), float("inf"), 0, -1, "1", True, None]


@pytest.mark.parametrize("seconds", NO_SECONDS)
def test_seconds_that_cannot_be_are_refused_at_every_door(seconds: Any) -> None:
    stated = road()
    made = plan(stated, tour(stated, on(2), "ab", ["c1-1", "c2-1"]), leads={"c1": "a", "c2": "b"})
    mending = Mending(disturbed(stated, made, [Absence("a", on(2), on(2))], today=on(1)), PARAMS)
    doors: list[Callable[[], object]] = [
        lambda: mending.least_disruption(seconds), lambda: mending.balanced(seconds),
        lambda: mending.cheapest(seconds), lambda: mending.search(mending.problem, seconds),
        lambda: frontier(mending, seconds), lambda: risks(stated, made, [], seconds=seconds),
        lambda: shortage(stated, seconds),
    ]  # fmt: skip
    for door in doors:
        with pytest.raises(InvalidInput) as caught:
            door()
        assert [(fault.code, fault.where) for fault in caught.value.faults] == [("option-value", "seconds")]
    assert mending.plans == ()


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), -1, "1", True, None])
def test_seconds_for_remedies_may_be_none_but_no_nonsense(seconds: Any) -> None:
    stated = road()
    made = plan(stated, tour(stated, on(2), "ab", ["c1-1"]), leads={"c1": "a"})
    left = stated.visit_by_id["c2-1"]
    for door in (
        lambda: explain(stated, made, left, seconds=seconds), lambda: remedies(stated, made, left, [], seconds=seconds),
    ):  # fmt: skip
        with pytest.raises(InvalidInput):
            door()
    assert remedies(stated, made, left, [], seconds=0) is not None


@pytest.mark.parametrize("number", [0, -1, 1.0, "2", True, float("nan")])
def test_rounds_and_points_are_whole_numbers(number: Any) -> None:
    stated = road()
    made = plan(stated, tour(stated, on(2), "ab", ["c1-1", "c2-1"]), leads={"c1": "a", "c2": "b"})
    mending = Mending(disturbed(stated, made, [Absence("a", on(2), on(2))], today=on(1)), PARAMS)
    with pytest.raises(InvalidInput):
        mending.least_disruption(SHORT, rounds=number)
    with pytest.raises(InvalidInput):
        frontier(mending, SHORT, points=number)


def test_no_car_is_so_dear_that_its_visit_moves_for_it() -> None:
    """c1 goes by the old car on the 3rd, 20 km at 1,000 baht; on the 2nd there is a new one. Only c2 has to move."""
    cars = [{"id": "old", "seats": 2, "km": 1000}, {"id": "new", "seats": 2, "away": days(3)}]
    stated = problem(offices=[{"id": "kk", "location": 0, "cars": cars}])
    first, second = tour(stated, on(3), "a", ["c1-1"], car="old"), tour(stated, on(2), "b", ["c2-1"], car="new")
    state = disturbed(stated, plan(stated, first, second), [Absence("b", on(2), on(2))])
    made = Mending(state, PARAMS).least_disruption(SHORT)
    assert [move.visit for move in made.moves] == ["c2-1"]
    assert made.proven


def test_prices_at_the_edge_of_what_can_be_stated_are_mended_too() -> None:
    # a move would have to cost more than the saving of 24 billion baht that it stands against
    stated = road(prices={"km": 1e9, "officer_day": 1e9, "unplanned": 1e9, "moved": 1e9})
    made = plan(stated, tour(stated, on(2), "b", ["c1-1"]))
    state = disturbed(stated, made, [Absence("b", on(2), on(3))])
    least = Mending(state, PARAMS).least_disruption(SHORT)
    assert violations(state.problem, least.plan) == []
