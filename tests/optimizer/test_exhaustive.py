"""The optimizer against the exhaustive optimum of tiny problems with every feature."""

from __future__ import annotations

import pytest
from hypothesis import event, given, settings
from support.exhaustive import optimum
from support.strategies import tiny_problems

from models.plan import Plan
from models.problem import Problem
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import StepLimit


def solved(p: Problem, steps: int = 3000) -> tuple[Plan, Plan]:
    """The solver's plan and the cheapest there is."""
    best = optimum(p)
    assert best is not None
    return solve(p, Params(deterministic=True), StepLimit(steps)), best


def near(p: Problem, baht: float) -> float:
    """What whole seconds in files may shift: some seconds of each officer's hours, and the last digit of a sum."""
    return 0.02 + 1e-6 * baht + p.prices.overload_hour * 0.01


@settings(max_examples=40, deadline=None)
@given(tiny_problems())
def test_no_plan_is_cheaper_than_the_optimum_and_no_bound_above_it(p: Problem) -> None:
    made, best = solved(p)
    event(f"status {made.status}")
    assert made.cost.total >= best.cost.total - near(p, best.cost.total)
    if made.lower_bound is not None:
        assert made.lower_bound <= best.cost.total + near(p, best.cost.total)
    if made.status == "optimal":
        assert made.lower_bound is not None
        assert made.cost.total == pytest.approx(best.cost.total, abs=near(p, best.cost.total))


@settings(max_examples=30, deadline=None)
@given(tiny_problems(max_visits=3, max_workdays=2))
def test_a_few_thousand_steps_find_the_optimum_of_a_tiny_problem(p: Problem) -> None:
    made, best = solved(p)
    assert made.cost.total == pytest.approx(best.cost.total, abs=near(p, best.cost.total))


@settings(max_examples=40, deadline=None)
@given(tiny_problems(disturbed=True))
def test_what_is_left_out_is_left_out_by_the_optimum_as_well(p: Problem) -> None:
    # Where leaving out costs more than anything else could, both leave out the same weight of visits.
    dear = p.changed(prices=p.prices.model_copy(update={"unplanned": 1e6}))
    made, best = solved(dear)
    assert made.cost.unplanned == pytest.approx(best.cost.unplanned)
