"""What insertion looks at in a large office: tours nearby and those of the lead, and an empty car each day."""

from __future__ import annotations

from support.builders import cooperative, line, office, officer, problem, visit

from optimizer.instance import frame
from optimizer.params import Params
from optimizer.search.drawing import dice
from optimizer.search.handles import instance_handle, state_handle
from optimizer.search.options import CROWDED, NEAR, list_options
from optimizer.search.ruining import take_out
from optimizer.search.state import begin_step
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
