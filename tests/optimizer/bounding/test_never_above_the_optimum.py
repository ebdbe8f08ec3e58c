"""A bound above the optimum would be a lie: whole random problems, held against trying everything."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from support.exhaustive import optimum
from support.strategies import tiny_problems

import optimizer.bounding
import optimizer.bounding.larger
from models.problem import Problem
from optimizer.bounding import lower_bound

ROUNDS = 60
with_patience = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def check(problem: Problem) -> None:
    best = optimum(problem)
    told: list[float] = []
    bound = lower_bound(problem, stop=lambda: False, on_bound=told.append, again=lambda rounds: rounds < ROUNDS)
    assert told == sorted(told)
    assert bound == (told[-1] if told else None)
    if best is not None and bound is not None:
        assert bound <= best.cost.total * (1 + 1e-9) + 1e-6


@with_patience
@given(tiny_problems())
def test_with_all_outings_listed(problem: Problem) -> None:
    check(problem)


@with_patience
@given(tiny_problems())
def test_with_longer_outings_looked_for_crew_by_crew(problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(optimizer.bounding, "LISTED", 0)
        patch.setattr(optimizer.bounding, "LISTED_STOPS", 1)
        patch.setattr(optimizer.bounding.larger, "CREWS", 1)
        check(problem)
