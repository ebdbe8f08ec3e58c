"""What insertion looks at: every tour that can take the visit; in a large office those nearby and those of the lead."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.builders import cooperative, line, office, officer, problem, visit
from support.strategies import problems

from models.problem import Problem
from optimizer.borrowing import borrowed
from optimizer.instance import frame
from optimizer.params import Params
from optimizer.search.drawing import dice
from optimizer.search.inserting import _in_tour
from optimizer.search.options import CROWDED, NEAR, _days_between, _is_open, _least, list_options
from optimizer.search.ruining import take_out
from optimizer.search.state import begin_step, undo
from optimizer.searching import Searcher


def test_a_far_tour_is_looked_at_for_its_lead_alone() -> None:
    # More cooperatives at one place than are near, with a visit each; a stand-in is dearer than a car of one's own.
    count = NEAR + 10
    p = problem(
        workdays=["2012-08-01"], day={"start": "08:30", "end": "10:30"},
        cooperatives=[cooperative(f"c{i}", i + 1, lead=f"o{i}") for i in range(count)],
        visits=[visit(f"c{i}-1", minutes=50) for i in range(count)],
        offices=[office(cars=count, seats=1)], officers=[officer(f"o{i}") for i in range(count)],
        travel=line(0, *(5 for _ in range(count))), prices={"km": 1, "unplanned": 5000, "stand_in": 400},
    )  # fmt: skip
    of = frame(p)
    assert len(of.instance.slot_day) > CROWDED
    state, last, far = Searcher(of, Params(), 0)._state, count - 1, count - 2
    assert (state.tour >= 0).all()
    inst, handle = borrowed(of.instance), borrowed(state)
    begin_step(handle)
    take_out(inst, handle, last)
    state.lead[last] = far  # as if the officer who leads the far one led this one as well
    near = {int(state.tour[c]) for c in of.instance.neighbours[last, :NEAR] if c != last}
    assert int(state.tour[far]) not in near
    listed = list_options(inst, handle, dice(1), last, -1, 0.0, 1e9)
    tours = {int(t) for t in state.option_tour[:listed] if state.size[t] > 0}
    assert tours == near | {int(state.tour[far])}
    assert listed > len(tours)


@settings(max_examples=60, deadline=None)
@given(problems(max_cooperatives=6, max_visits=12), st.integers(0, 99))
def test_every_tour_that_can_take_a_visit_is_looked_at(p: Problem, seed: int) -> None:
    of = frame(p)
    state, luck = Searcher(of, Params(seed=seed), 0)._state, dice(seed)
    inst, handle = borrowed(of.instance), borrowed(state)
    unlimited = borrowed(of.instance._replace(most_busy=np.inf))  # nothing but the times of the tour counts
    for v in map(int, np.flatnonzero(state.tour >= 0)):
        before = float(state.cost[0])
        begin_step(handle)
        if take_out(inst, handle, v):
            listed, possible = (
                {int(t) for t in state.option_tour[: list_options(each, handle, luck, v, -1, 0.0, 1e18)]}
                for each in (inst, unlimited)
            )
            for t in possible - listed:
                if state.size[t] > 0:
                    assert _in_tour(unlimited, handle, luck, t, v, 0.0, 1e18, 0.0)[0] == np.inf
        undo(inst, handle, before)


def roomy(p: Problem) -> Problem:
    """The problem with so many cars alike that only tours nearby are listed."""
    many = {"cars": CROWDED + 4, "cars_on": None}
    return p.changed(offices=tuple(one if one.has_names else one.model_copy(update=many) for one in p.offices))


@pytest.mark.parametrize("change", [lambda p: p, roomy], ids=["few cars", "many cars"])
@settings(max_examples=40, deadline=None)
@given(problems(max_cooperatives=6, max_visits=12), st.integers(0, 99))
def test_of_few_cooperatives_every_tour_is_near(change: Callable[[Problem], Problem], p: Problem, seed: int) -> None:
    of = frame(change(p))
    arrays, state, luck = of.instance, Searcher(of, Params(seed=seed), 0)._state, dice(seed)
    inst, handle = borrowed(arrays), borrowed(state)
    for v in map(int, np.flatnonzero(state.tour >= 0)):
        before = float(state.cost[0])
        begin_step(handle)
        if take_out(inst, handle, v):
            count = list_options(inst, handle, luck, v, -1, 0.0, 1e18)
            listed = [int(t) for t in state.option_tour[:count] if state.size[t] > 0]
            home, (low, high) = arrays.home[arrays.cooperative[v]], _days_between(inst, handle, v)
            assert set(listed) == {
                int(t)
                for t in np.flatnonzero(state.size)
                if home in (-1, arrays.slot_office[t])
                and _is_open(inst, handle, v, arrays.slot_day[t], low, high)
                and _least(inst, handle, t, v) < np.inf
            }
            assert len(listed) <= 2 * len(set(listed))  # once, or twice where the visit may keep its start
            empty = [
                (int(arrays.slot_kind[t]), int(arrays.slot_day[t]), int(keeps))
                for t, keeps in zip(state.option_tour[:count], state.option_keeps[:count], strict=True)
                if state.size[t] == 0
            ]
            assert len(empty) == len(set(empty))  # of slots alike one
        undo(inst, handle, before)


def test_a_stop_on_the_way_saves_what_the_straight_way_is_longer() -> None:
    # 1 to 2 takes 60 minutes straight, and 10 + 15 over 0
    minutes = ((0.0, 15.0, 15.0), (10.0, 0.0, 60.0), (20.0, 30.0, 0.0))
    p = problem(travel=line(0, 1, 2) | {"minutes": minutes})
    assert frame(p).instance.shortcut == 35.0
    assert frame(problem(travel=line(0, 1, 2))).instance.shortcut == 0.0
