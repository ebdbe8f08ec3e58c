"""Officers exchanged on a tour: who costs less comes, and nobody who may not."""

from __future__ import annotations

import numpy as np
import pytest
from support.builders import cooperative, line, officer, on, plan, problem, tour, visit

from models.problem import Problem
from optimizer.borrowing import borrowed
from optimizer.instance import frame
from optimizer.search.crewing import CROWD
from optimizer.search.drawing import dice
from optimizer.search.exchanging import exchange_officers
from optimizer.search.measuring import measure
from optimizer.search.state import State, begin_step, put_on, undo
from optimizer.starting import starting_state


def riding(p: Problem, crew: list[int], lead: int, seed: int = 1) -> tuple[State, list[str]]:
    """A tour of ``crew`` to c1 on the first day; the state before, and who rides once officers were exchanged."""
    of = frame(p)
    state = starting_state(of, with_published=False)
    inst, handle = borrowed(of.instance), borrowed(state)
    state.stops[0, 0], state.size[0] = 0, 1
    state.crew[0, : len(crew)], state.crew_size[0] = crew, len(crew)
    state.lead[0] = lead
    measure(inst, handle, 0)
    put_on(inst, handle, 0)
    begin_step(handle)
    exchange_officers(inst, handle, dice(seed), 0)
    return state, [p.officers[o].id for o in state.crew[0, : state.crew_size[0]]]


def office(*officers: dict[str, object], **more: object) -> Problem:
    return problem(
        officers=list(officers), cooperatives=[cooperative("c1", 1)], visits=[visit("c1-1", topics=["x"])],
        travel=line(0, 60), prices={"km": 1, "unplanned": 9000, "stand_in": 400, "overload_hour": 60}, **more,
    )  # fmt: skip


def test_the_lead_comes_instead_of_a_stand_in() -> None:
    assert riding(office(officer("a", "x"), officer("b", "x")), [0], lead=1)[1] == ["b"]


def test_who_has_hours_left_comes_instead_of_who_has_none() -> None:
    # three hours above fair cost 180 baht; b has ten hours left
    assert riding(office(officer("a", "x", fair_hours=0), officer("b", "x", fair_hours=10)), [0], lead=-1)[1] == ["b"]


@pytest.mark.parametrize("seed", range(5))
def test_in_a_large_office_the_one_who_knows_the_topic_is_found_and_of_many_some_idle_one(seed: int) -> None:
    many = [officer(f"y{i}", "y", fair_hours=10) for i in range(2 * CROWD)]
    one = office(officer("a", "x", fair_hours=0), *many[:CROWD], officer("b", "x", fair_hours=10), *many[CROWD:])
    assert riding(one, [0], lead=-1, seed=seed)[1] == ["b"]
    all_know = [officer(f"x{i}", "x", fair_hours=10) for i in range(2 * CROWD)]
    (came,) = riding(office(officer("a", "x", fair_hours=0), *all_know), [0], lead=-1, seed=seed)[1]
    assert came.startswith("x")


def test_nobody_comes_who_lacks_a_topic_is_away_busy_or_barred() -> None:
    idle = {"fair_hours": 10}
    others = [
        officer("b", "y", **idle), officer("c", "x", absent=[on(1)], **idle),
        officer("d", "x", busy=[{"date": on(1), "from": "08:30", "to": "16:30"}], **idle),
    ]  # fmt: skip
    assert riding(office(officer("a", "x", fair_hours=0), *others), [0], lead=-1)[1] == ["a"]
    barred = problem(
        officers=[officer("a", "x", fair_hours=0), officer("e", "x", **idle)],
        cooperatives=[cooperative("c1", 1, barred=["e"])], visits=[visit("c1-1", topics=["x"])], travel=line(0, 60),
        prices={"km": 1, "unplanned": 9000, "overload_hour": 60},
    )  # fmt: skip
    assert riding(barred, [0], lead=-1)[1] == ["a"]


def test_an_exchange_is_undone() -> None:
    p = office(officer("a", "x", fair_hours=0), officer("b", "x", fair_hours=10))
    state, riders = riding(p, [0], lead=-1)
    assert riders == ["b"]
    of = frame(p)
    inst, handle = borrowed(of.instance), borrowed(state)
    cost = float(state.cost[0]) + 180.0
    undo(inst, handle, cost)
    assert (int(state.crew[0, 0]), state.minutes.tolist()) == (0, [180.0, 0.0])
    assert np.array_equal(np.argwhere(state.on >= 0), [[0, 0]])


def test_who_was_told_of_stays() -> None:
    stated = office(officer("a", "x", fair_hours=0), officer("b", "x", fair_hours=10))
    published = plan(stated, tour(stated, on(1), "a", ["c1-1"]))
    assert riding(stated.changed(published=published), [0], lead=-1)[1] == ["a"]
