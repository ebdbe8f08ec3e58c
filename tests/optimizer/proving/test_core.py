"""The core puts plans together from the pool: never dearer, under every rule, repeatable, as good as what it has."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from support.strategies import problems

from models.problem import Problem
from models.referee import violations
from optimizer.drafting import draft
from optimizer.instance import frame
from optimizer.params import Params
from optimizer.pool import TourPool
from optimizer.proving.core import Core
from optimizer.searching import Searcher


def never() -> bool:
    return False


@settings(max_examples=40, deadline=None)
@given(problems(max_cooperatives=6, max_visits=10), st.booleans())
def test_a_better_plan_in_the_pool_is_found_and_keeps_every_rule(p: Problem, free_leads: bool) -> None:
    """One searcher has done nothing yet, the other one has searched and left its tours: the first gets as good."""
    of = frame(p)
    idle, busy = Searcher(of, Params(), 0), Searcher(of, Params(), 1)
    pool = TourPool(of.instance)
    busy.advance(300, 1.0)
    busy.adopt(busy.best)
    busy.pool(pool)
    before = idle.best.cost[0]
    better = Core(of, pool, free_leads=free_leads).improve(idle.best, stop=never, work=5.0)
    event("better" if better is not None else "as good")
    found = before if better is None else better.cost[0]
    assert found <= before
    if free_leads:
        assert found <= busy.best.cost[0] + 0.01
    if better is not None:
        reasons = {each.id: "left-out: it costs less." for each in p.visits}
        plan = draft(of, better, reasons=reasons, lower_bound=None, status="feasible")
        assert violations(p, plan) == []
        assert plan.cost.total <= better.cost[0] + of.sunk + 0.05 + 0.02 * p.prices.overload_hour
        idle.adopt(better)
        assert idle.best.cost[0] == pytest.approx(better.cost[0], abs=1e-6)


@settings(max_examples=10, deadline=None)
@given(problems(max_cooperatives=6, max_visits=10))
def test_equal_calls_give_equal_plans_and_a_stopped_one_none(p: Problem) -> None:
    of = frame(p)
    searcher = Searcher(of, Params(), 0)
    first = Searcher(of, Params(), 1).best
    pool = TourPool(of.instance)
    for _ in range(5):
        searcher.advance(40, 0.7)
        searcher.pool(pool)
    one, other = (Core(of, pool).improve(first, stop=never, work=0.2) for _ in range(2))
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
    assert Core(of, pool).improve(first, stop=lambda: True, work=0.2) is None
