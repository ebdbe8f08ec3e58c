"""The pool of tours: each once, as the search drives it and at its cheapest, the oldest forgotten."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.builders import office, problem
from support.strategies import problems

from models.problem import Problem
from optimizer.instance import frame
from optimizer.params import Params
from optimizer.pool import TourPool
from optimizer.searching import Searcher


@settings(max_examples=30, deadline=None)
@given(problems(), st.integers(0, 9))
def test_the_tours_of_a_plan_go_into_the_pool_once_and_as_they_are(p: Problem, seed: int) -> None:
    of = frame(p)
    searcher = Searcher(of, Params(seed=seed), 0)
    searcher.advance(50, 1.0)
    tours = TourPool(of.instance)
    searcher.pool(tours)
    state = searcher._state
    driven = (state.size > 0).nonzero()[0]
    assert len(tours) == len(driven)
    searcher.pool(tours)  # the same once more changes nothing
    assert len(tours) == len(driven)
    plan = {tuple(state.stops[t, : state.size[t]].tolist()): t for t in driven}
    for tour in tours:
        t = plan.pop(tour.stops)
        assert (tour.office, tour.day) == (of.instance.slot_office[t], of.instance.slot_day[t])
        assert tour.crew == tuple(sorted(state.crew[t, : state.crew_size[t]].tolist()))
        assert (tour.fare, tour.span, tour.work) == pytest.approx((state.fare[t], state.span[t], state.work[t]))
    assert not plan


def test_the_oldest_are_forgotten() -> None:
    of = frame(problem(offices=[office(cars=1)]))
    searcher = Searcher(of, Params(), 0)
    kept = TourPool(of.instance)
    searcher.pool(kept)
    assert len(kept) > 0
    forgotten = TourPool(of.instance, most=0)
    searcher.pool(forgotten)
    assert len(forgotten) == 0
