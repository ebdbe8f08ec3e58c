"""What insertion looks at: every tour that can take the visit; in a large office those nearby and those of the lead."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from support.builders import cooperative, line, office, officer, problem, visit
from support.strategies import problems

from models.problem import Problem
from optimizer.instance import frame
from optimizer.params import Params
from optimizer.search.drawing import dice
from optimizer.search.handles import instance_handle, state_handle
from optimizer.search.inserting import _in_tour
from optimizer.search.options import CROWDED, NEAR, list_options
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
    inst, handle = instance_handle(of.instance), state_handle(state)
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
    inst, handle = instance_handle(of.instance), state_handle(state)
    unlimited = instance_handle(of.instance._replace(most_busy=np.inf))  # nothing but the times of the tour counts
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
