"""The pool of tours: each once, at its cheapest, the oldest forgotten; and back again as rows of a plan."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import problems

from models.problem import Problem
from optimizer.instance import frame
from optimizer.params import Params
from optimizer.pool import TourPool, slots_for
from optimizer.search.state import new_best
from optimizer.searching import Searcher


@settings(max_examples=30, deadline=None)
@given(problems(), st.integers(0, 9))
def test_a_plan_goes_into_the_pool_and_comes_back_at_its_cost(p: Problem, seed: int) -> None:
    of = frame(p)
    searcher = Searcher(of, Params(seed=seed), 0)
    searcher.advance(50, 1.0)
    tours = TourPool(of.instance)
    searcher.pool(tours)
    assert len(tours) == int((searcher._state.size > 0).sum())
    searcher.pool(tours)  # the same once more changes nothing
    assert len(tours) == int((searcher._state.size > 0).sum())
    said = float(searcher._state.cost[0])
    rows = slots_for(of.instance, list(tours), new_best(searcher._state))
    rows.lead[:] = searcher._state.lead
    searcher.adopt(rows)
    assert float(searcher._state.cost[0]) <= said + 1e-6


def test_the_oldest_are_forgotten_and_slots_run_out() -> None:
    from support.builders import office, problem

    of = frame(problem(offices=[office(cars=1)]))
    searcher = Searcher(of, Params(), 0)
    tours = TourPool(of.instance, most=0)
    searcher.pool(tours)
    assert len(tours) == 0
    tours = TourPool(of.instance)
    searcher.pool(tours)
    (tour, *_) = list(tours)
    with pytest.raises(ValueError, match="no slot"):
        slots_for(of.instance, [tour, tour], new_best(searcher._state))
