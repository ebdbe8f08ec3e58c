"""The bound over ng-routes against trying everything: whole random problems, and prices that no master would give."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from support.builders import cooperative, line, on, visit
from support.builders import problem as stated
from support.exhaustive import optimum
from support.strategies import tiny_problems

from models.problem import Problem
from optimizer.bounding.ng_routes.generation import Generation
from optimizer.bounding.ng_routes.programme import Prices
from optimizer.bounding.relaxed import relax
from optimizer.instance import frame

ROUNDS, MANY_ROUNDS = 12, 300
with_patience = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


def never() -> bool:
    return False


@with_patience
@given(st.one_of(tiny_problems(), tiny_problems(always=("rhythms",)), tiny_problems(always=("window", "load"))))
def test_no_round_proves_more_than_the_optimum(problem: Problem) -> None:
    best = optimum(problem)
    of = frame(problem)
    told = [bound for bound, _ in zip(Generation(relax(of), of).bounds(never), range(ROUNDS), strict=False)]
    if best is None or not told:
        return
    cost = best.cost.total
    assert max(filter(None, told), default=0.0) <= cost * (1 + 1e-9) + 1e-6
    event(f"gap {round(1 - max(filter(None, told), default=0.0) / cost, 1) if cost else 0}")


@with_patience
@given(tiny_problems(), st.integers(0, 2**32), st.sampled_from([1.0, 300.0, 1e4, 1e9]))
def test_whatever_prices_are_certified(problem: Problem, seed: int, scale: float) -> None:
    best = optimum(problem)
    if best is None:
        return
    random, of = Random(seed), frame(problem)
    generation = Generation(relax(of), of)

    def some(number: int) -> np.ndarray:
        generator = np.random.default_rng(random.randrange(2**32))
        kind = random.randrange(3)
        if kind == 0:
            return np.full(number, generator.uniform(-scale, scale))
        if kind == 1:
            return generator.choice([-scale, 0.0, scale, 1e-9], number)
        return generator.normal(0.0, scale, number)

    visits = int(generation.schedules.visit.max(initial=0)) + 1
    for _ in range(4):
        if visits >= 3:
            dropped = np.array([random.random() < 0.2 for _ in range(len(generation.cuts))], np.uint8)
            generation.change_cuts(dropped, np.array([sorted(random.sample(range(visits), 3)) for _ in range(3)]))
        prices = Prices(*map(some, (len(generation.schedules.visit), len(generation.shifts), len(generation.cuts))))
        look = generation.look(prices, never)
        assert look.bound <= best.cost.total * (1 + 1e-9) + 1e-6 + 1e-9 * scale


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(tiny_problems())
def test_the_work_ends_by_itself(problem: Problem) -> None:
    of = frame(problem)
    assert sum(1 for _ in zip(Generation(relax(of), of).bounds(never), range(MANY_ROUNDS), strict=False)) < MANY_ROUNDS


@pytest.mark.parametrize("unplanned", [5, 1000])
def test_the_work_ends_where_visits_are_left_out_at_what_that_costs(unplanned: int) -> None:
    """Two cooperatives 10 and 20 km away and one that no tour reaches in a day; a tour of both is 60 km."""
    of = frame(
        stated(
            workdays=[on(1)], travel=line(0, 10, -20, 600), cooperatives=[cooperative(f"c{n}", n) for n in (1, 2, 3)],
            visits=[visit(f"c{n}-1") for n in (1, 2, 3)], prices={"km": 1, "officer_day": 0, "unplanned": unplanned},
        )
    )  # fmt: skip
    told = [bound for bound, _ in zip(Generation(relax(of), of).bounds(never), range(MANY_ROUNDS), strict=False)]
    assert len(told) < MANY_ROUNDS
    assert max(filter(None, told)) == pytest.approx(min(60, 2 * unplanned) + unplanned, rel=0.01)


def test_a_look_without_care_finds_tours_and_proves_no_more_than_the_tables() -> None:
    of = frame(stated())
    generation = Generation(relax(of), of)
    prices = Prices(np.full(len(generation.schedules.visit), 90.0), np.zeros(len(generation.shifts)), np.zeros(0))
    look = generation.look(prices, never, careful=False)
    assert look.new > 0
    assert not look.complete
    assert look.bound <= generation.look(prices, never).bound
