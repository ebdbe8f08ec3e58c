"""The bound over ng-routes against trying everything: whole random problems, and prices that no master would give."""

from __future__ import annotations

from random import Random

import numpy as np
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from support.exhaustive import optimum
from support.strategies import tiny_problems

from models.problem import Problem
from optimizer.bounding.ng_routes.generation import Generation, Prices
from optimizer.bounding.relaxed import relax
from optimizer.instance import frame

ROUNDS = 12
with_patience = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


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

    for _ in range(4):
        prices = Prices(some(len(generation.schedules.visit)), some(len(generation.shifts)))
        look = generation.look(prices, never)
        assert look.bound <= best.cost.total * (1 + 1e-9) + 1e-6 + 1e-9 * scale
