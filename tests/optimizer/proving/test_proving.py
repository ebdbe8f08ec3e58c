"""The exact model against exhaustion and against itself: optimal where it says so, and never a false claim."""

from __future__ import annotations

import math
import threading
from random import Random

import numpy as np
import pytest
from hypothesis import event, given, settings
from support.builders import cooperative, line, office, officer, on, plan, problem, tour, visit
from support.exhaustive import optimum
from support.strategies import problems, tiny_problems

from models.problem import Problem
from models.referee import violations
from optimizer.borrowing import borrowed
from optimizer.drafting import draft
from optimizer.instance import frame
from optimizer.params import Params
from optimizer.proving import prove
from optimizer.search.annealing import load
from optimizer.search.state import Best
from optimizer.searching import Searcher
from optimizer.starting import starting_state

#: baht between cost and bound at which a plan is an optimum
MEETS = 0.005


def never() -> bool:
    return False


def near(p: Problem, baht: float) -> float:
    """What whole seconds in files may shift: some seconds of each officer's hours, and the last digit of a sum."""
    return 0.02 + 1e-6 * baht + p.prices.overload_hour * 0.01


def made_up(cooperatives: int, people: int, seed: int) -> Problem:
    """An office whose cooperatives lie about at random: one or two visits each, two topics, leads to keep."""
    random = Random(seed)
    places = [(0.0, 0.0)] + [(random.uniform(-50, 50), random.uniform(-50, 50)) for _ in range(cooperatives)]
    km = [[math.dist(a, b) for b in places] for a in places]
    return problem(
        workdays=[on(day) for day in (1, 2, 3, 6)],
        offices=[office()],
        officers=[officer(f"o{n}", random.choice(["d", "u", "du"])) for n in range(people)],
        cooperatives=[cooperative(f"c{n}", n, current_lead=f"o{random.randrange(people)}")
                      for n in range(1, cooperatives + 1)],
        visits=[visit(f"c{n}-{k}", minutes=90, topics=[random.choice("du")], due=on(random.randint(1, 9)))
                for n in range(1, cooperatives + 1) for k in range(1, random.choice([2, 2, 3]))],
        travel={"minutes": km, "km": km},
        prices={"km": 4, "officer_day": 240, "unplanned": 3000, "stand_in": 150, "late_day": 50, "lead_change": 300},
    )  # fmt: skip


@settings(max_examples=75, deadline=None)
@given(tiny_problems())
def test_a_tiny_problem_is_solved_and_the_proof_meets_the_exhaustive_optimum(p: Problem) -> None:
    best = optimum(p)
    assert best is not None
    shape = frame(p)
    rows, bound = prove(shape, stop=never)
    assert rows is not None
    assert bound is not None
    cost = rows.cost[0] + shape.sunk
    assert abs(cost - best.cost.total) <= near(p, cost)
    assert abs(rows.cost[0] - bound) <= MEETS
    event("history" if p.history else "published" if p.published else "new")


@settings(max_examples=30, deadline=None)
@given(problems(max_cooperatives=6, max_visits=10))
def test_the_rows_pass_the_referee_and_nothing_that_the_search_finds_is_below_the_bound(p: Problem) -> None:
    shape = frame(p)
    searcher = Searcher(shape, Params(), 0)
    searcher.advance(500, 0.7)
    rows, bound = prove(shape, stop=never, work=2.0)
    if bound is not None:
        assert bound <= searcher.best.cost[0] + MEETS
    if rows is not None:
        reasons = {each.id: "left-out: it costs less." for each in p.visits}
        plan = draft(shape, rows, reasons=reasons, lower_bound=None, status="feasible")
        assert violations(p, plan) == []
        assert abs(plan.cost.total - rows.cost[0] - shape.sunk) <= near(p, plan.cost.total) + 0.02 * len(plan.tours)


@settings(max_examples=40, deadline=None)
@given(tiny_problems())
def test_the_rows_load_into_the_search_at_their_cost(p: Problem) -> None:
    shape = frame(p)
    rows, _ = prove(shape, stop=never)
    assert rows is not None
    state = starting_state(shape, with_published=True)
    load(borrowed(shape.instance), borrowed(state), borrowed(rows))
    assert state.cost[0] == pytest.approx(rows.cost[0], abs=1e-6)
    # a pinned tour is where the search has locked its crew
    locked = [t for t in np.flatnonzero(state.locked) if state.size[t]]
    assert all(any(shape.instance.fixed[v] == 2 for v in state.stops[t, : state.size[t]]) for t in locked)


@settings(max_examples=40, deadline=None)
@given(tiny_problems())
def test_a_hint_changes_nothing_that_is_proven(p: Problem) -> None:
    shape = frame(p)
    _, plain = prove(shape, stop=never)
    rows, hinted = prove(shape, stop=never, hint=Searcher(shape, Params(), 0).best)
    assert rows is not None
    assert hinted == pytest.approx(plain, abs=MEETS)


def same(one: Best | None, other: Best | None) -> bool:
    if one is None or other is None:
        return one is other
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_equal_work_gives_equal_answers_also_where_it_does_not_suffice() -> None:
    shape = frame(made_up(6, 4, 1))
    for work in (0.02, 0.2):
        (rows, bound), (again, bound_again) = (prove(shape, stop=never, work=work) for _ in range(2))
        assert same(rows, again)
        assert bound == bound_again


def test_bounds_are_told_as_they_rise_and_the_last_one_is_the_proof() -> None:
    told: list[float] = []
    shape = frame(made_up(5, 3, 2))
    rows, bound = prove(shape, stop=never, on_bound=told.append)
    assert rows is not None
    assert bound is not None
    assert told == sorted(told)
    assert told[-1] <= bound <= rows.cost[0] + 1e-6
    assert rows.cost[0] - bound <= MEETS


def test_stopped_before_it_begins_it_claims_nothing() -> None:
    assert prove(frame(problem()), stop=lambda: True) == (None, None)


def test_stopped_in_the_middle_it_claims_no_more_than_it_was_told() -> None:
    told: list[float] = []
    enough = threading.Event()

    def hear(bound: float) -> None:
        told.append(bound)
        enough.set()

    shape = frame(made_up(6, 3, 3))
    _, bound = prove(shape, stop=enough.is_set, on_bound=hear)
    _, proof = prove(shape, stop=never)
    assert bound is not None
    assert proof is not None
    assert told[-1] <= bound <= proof + MEETS


def test_a_problem_that_is_not_small_is_left_alone() -> None:
    many = [cooperative(f"c{n}", 1 + n % 2) for n in range(300)]
    p = problem(cooperatives=many, visits=[visit(f"c{n}-1") for n in range(300)], workdays=[on(d) for d in range(1, 9)])
    assert prove(frame(p), stop=never) == (None, None)


def test_nothing_to_plan_costs_nothing() -> None:
    rows, bound = prove(frame(problem(visits=[], cooperatives=[], officers=[], workdays=[])), stop=never)
    assert rows is not None
    assert rows.cost[0] == bound == 0


def test_large_prices_keep_their_digits() -> None:
    p = problem(prices={"km": 1, "officer_day": 100, "unplanned": 1e9})
    rows, bound = prove(frame(p), stop=never)
    assert rows is not None
    assert rows.cost[0] == 160  # 60 km and an officer day
    assert bound == pytest.approx(160, abs=0.01)


def proven(p: Problem) -> float:
    """The optimum in baht, proven by the exact model."""
    rows, bound = prove(frame(p), stop=never)
    assert rows is not None
    assert bound is not None
    assert abs(rows.cost[0] - bound) <= MEETS
    return float(bound) + frame(p).sunk


def test_the_cheap_car_goes_the_far_way_and_one_that_is_away_is_not_taken() -> None:
    # c1 10 km, c2 20 km the other way, at the same hour: 20 km in the car at 3 baht, 40 in that at 1, two days of 100
    hour = {"window": ["09:00", "09:10"]}
    cars = [{"id": "dear", "seats": 2, "km": 3}, {"id": "cheap", "seats": 2, "km": 1}]
    stated = {"visits": [visit("c1-1", **hour), visit("c2-1", **hour)], "workdays": [on(1)]}
    assert proven(problem(**stated, offices=[{"id": "kk", "location": 0, "cars": cars}])) == pytest.approx(300)
    # the cheap one in repair: c1 by the dear one, c2 left out for 1,000
    broken = [cars[0], cars[1] | {"away": [on(1)]}]
    assert proven(problem(**stated, offices=[{"id": "kk", "location": 0, "cars": broken}])) == pytest.approx(1160)


def test_a_crew_of_two_needs_a_car_with_two_seats_and_a_load_one_that_takes_it() -> None:
    cars = [{"id": "small", "seats": 1, "km": 1, "capacity": 5}, {"id": "large", "seats": 2, "km": 2, "capacity": 1}]
    house = {"offices": [{"id": "kk", "location": 0, "cars": cars}], "workdays": [on(1)],
             "cooperatives": [cooperative("c1", 1)], "travel": line(0, 10)}  # fmt: skip
    assert proven(problem(**house, visits=[visit("c1-1")])) == pytest.approx(120)
    assert proven(problem(**house, visits=[visit("c1-1", crew=2)])) == pytest.approx(240)  # 20 km at 2, two days
    assert proven(problem(**house, visits=[visit("c1-1", crew=2, load=3)])) == pytest.approx(1000)


def test_companions_are_exchanged_where_that_is_cheaper_than_what_it_spares() -> None:
    # a leads and b came along, for nothing: b's day costs 100, another crew 60, a move 200
    money = {"km": 1, "officer_day": 100, "unplanned": 1000, "moved": 200, "crew_change": 60}
    p = problem(prices=money, cooperatives=[cooperative("c1", 1)], visits=[visit("c1-1")], travel=line(0, 10))
    standing = plan(p, tour(p, on(2), "ab", ["c1-1"]), leads={"c1": "a"})
    assert proven(p.changed(published=standing, today=on(1))) == pytest.approx(20 + 100 + 60)
    dear = p.changed(prices=p.prices.model_copy(update={"crew_change": 120.0}))
    assert proven(dear.changed(published=standing, today=on(1))) == pytest.approx(20 + 200)
