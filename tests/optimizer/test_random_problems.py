"""Whole random problems with every feature: each plan passes the referee, states its cost truly, and loses nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from support.builders import rules_broken
from support.strategies import problems

from models.plan import Plan
from models.problem import Problem
from models.reading import read_plan, read_problem
from models.referee import cost, violations
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import StepLimit


def few_steps(p: Problem, seed: int = 1, steps: int = 300) -> Plan:
    return solve(p, Params(deterministic=True, seed=seed), StepLimit(steps))


@settings(max_examples=50, deadline=None)
@given(problems(), st.integers(0, 9))
def test_every_plan_passes_the_referee_and_loses_nothing(p: Problem, seed: int) -> None:
    made = few_steps(p, seed)
    assert violations(p, made) == []
    placed = [stop.visit for tour in made.tours for stop in tour.stops] + [left.visit for left in made.unplanned]
    assert sorted(placed) == sorted(visit.id for visit in p.visits)
    assert all(left.reason.partition(": ")[2] for left in made.unplanned)


@settings(max_examples=30, deadline=None)
@given(problems())
def test_the_files_carry_what_was_planned(p: Problem) -> None:
    # Files round times to whole seconds: what is read back keeps every rule and costs the same to a hundredth percent.
    made = few_steps(p)
    again = read_problem(p.to_json())
    back = read_plan(made.to_json(), again)
    assert rules_broken(again, back) == []
    assert abs(cost(again, back).total - made.cost.total) <= 0.01 + 1e-4 * made.cost.total


@settings(max_examples=30, deadline=None)
@given(problems())
def test_more_steps_are_never_worse_than_the_first_plan(p: Problem) -> None:
    assert few_steps(p, steps=600).cost.total <= few_steps(p, steps=0).cost.total + 1e-6


@settings(max_examples=15, deadline=None)
@given(problems(), st.integers(0, 9))
def test_equal_seeds_give_equal_plans(p: Problem, seed: int) -> None:
    assert few_steps(p, seed).to_json() == few_steps(p, seed).to_json()


@settings(max_examples=12, deadline=None)
@given(problems(max_cooperatives=8, max_visits=16, max_workdays=9))
def test_larger_problems_keep_the_rules_as_well(p: Problem) -> None:
    assert violations(p, few_steps(p, steps=1000)) == []
