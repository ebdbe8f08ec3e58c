"""The search's books: every step undone is undone bit for bit, and the cost kept by increments is the cost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import problems

from models.problem import Problem
from models.referee import cost
from optimizer.borrowing import borrowed
from optimizer.drafting import draft
from optimizer.instance import Frame, frame
from optimizer.params import Params
from optimizer.search.annealing import begin_build, build_some, end_build, insert, load, note_unassigned, recreate
from optimizer.search.drawing import dice
from optimizer.search.ruining import OPERATORS, Operator, ruin
from optimizer.search.state import State, begin_step, new_best, new_state, remember, undo
from optimizer.searching import Searcher
from optimizer.starting import starting_state

#: what a plan is: everything else in a state is scratch, or follows from the step's number
PLAN = (
    "size", "crew_size", "fare", "span", "work", "busy", "day_pay", "tour", "date", "opens", "closes", "keeps", "lead",
    "ties", "on", "tours", "minutes", "meetings", "cost", "locked",
)  # fmt: skip


def books(state: State) -> dict[str, np.ndarray]:
    """The plan in work: of rows only what is filled, and of rows without stops nothing."""
    found = {name: getattr(state, name).copy() for name in PLAN}
    out = state.size > 0
    for name in ("crew_size", "fare", "span", "work", "busy", "day_pay", "locked"):
        found[name][~out] = 0
    found["stops"] = np.where(np.arange(state.stops.shape[1]) < state.size[:, None], state.stops, -1)
    crew_size = np.where(out, state.crew_size, 0)
    found["crew"] = np.where(np.arange(state.crew.shape[1]) < crew_size[:, None], state.crew, -1)
    found["chain"] = chained(state)
    found["skills"], found["load"] = np.where(out, state.skills, 0), np.where(out, state.load, 0.0)
    return found


def chained(state: State) -> np.ndarray:
    """[D, T] whether the tour is in the day's chain, which leads the same way back."""
    found = np.zeros((len(state.out_first), len(state.size)), bool)
    for day, first in enumerate(state.out_first):
        before, t = -1, int(first)
        while t >= 0:
            assert not found[day, t] and state.out_before[t] == before
            found[day, t] = True
            before, t = t, int(state.out_next[t])
    assert np.array_equal(found.any(axis=0), state.size > 0)
    return found


def built(of: Frame, seed: int) -> State:
    state = starting_state(of, with_published=True)
    inst, handle, luck = borrowed(of.instance), borrowed(state), dice(seed)
    build_some(inst, handle, luck, 0, begin_build(inst, handle, luck))
    end_build(inst, handle, borrowed(new_best(state)))
    return state


def step(inst: Any, handle: Any, luck: Any, size: float, operator: int, noise: float) -> None:
    """A step as the search makes it, in its two parts: these are compiled already, and as a whole it takes long."""
    ruin(inst, handle, luck, size, operator)
    recreate(inst, handle, luck, noise)


def same(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> None:
    for name, values in one.items():
        assert np.array_equal(values, other[name], equal_nan=values.dtype.kind == "f"), name


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.name)
@settings(max_examples=15, deadline=None)
@given(p=problems(max_cooperatives=6, max_visits=12), seed=st.integers(0, 99))
def test_what_an_operator_ruins_and_insertion_changes_is_undone(operator: Operator, p: Problem, seed: int) -> None:
    of = frame(p)
    state, luck = built(of, seed), dice(seed + 1)
    inst, handle = borrowed(of.instance), borrowed(state)
    for _ in range(8):
        before = books(state)
        begin_step(handle)
        step(inst, handle, luck, 3.0, operator.number, 1e-3)
        for v in range(len(p.visits)):
            insert(inst, handle, luck, v, 0.5, 0.0)
        undo(inst, handle, float(before["cost"][0]))
        same(before, books(state))


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.name)
@settings(max_examples=10, deadline=None)
@given(p=problems(max_cooperatives=6, max_visits=12), seed=st.integers(0, 99))
def test_the_cost_after_each_step_is_that_of_a_plan_laid_out_anew(operator: Operator, p: Problem, seed: int) -> None:
    of = frame(p)
    state, luck = built(of, seed), dice(seed + 1)
    inst, handle = borrowed(of.instance), borrowed(state)
    for _ in range(5):
        begin_step(handle)
        step(inst, handle, luck, 3.0, operator.number, 1e-3)
        note_unassigned(inst, handle)
    rows, anew = new_best(state), new_state(of.instance)
    remember(handle, borrowed(rows))
    load(inst, borrowed(anew), borrowed(rows))
    assert anew.cost[0] <= state.cost[0] + 1e-6  # leads and breaks may be chosen better, never worse


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 99))
def test_no_tour_takes_less_than_its_drives_and_visits(p: Problem, seed: int) -> None:
    of = frame(p)
    inst, state = of.instance, built(of, seed)
    for t in np.flatnonzero(state.size):
        stops = state.stops[t, : state.size[t]]
        home = inst.depot[inst.slot_office[t]]
        way = [home, *inst.place[stops], home]
        busy = inst.drive[way[:-1], way[1:]].sum() + inst.minutes[stops].sum() if inst.timed else 0.0
        assert state.busy[t] == pytest.approx(busy)
        assert state.busy[t] <= min(state.work[t], inst.most_busy) + 1e-6


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 99))
def test_a_drafted_plan_costs_what_the_search_says_or_less(p: Problem, seed: int) -> None:
    of = frame(p)
    searcher = Searcher(of, Params(seed=seed), 0)
    searcher.advance(100, 0.7)
    made = draft(of, searcher.best, reasons={v.id: "x: y" for v in p.visits}, lower_bound=None, status="feasible")
    said = float(searcher.best.cost[0]) + of.sunk
    assert cost(p, made).total == made.cost.total
    assert made.cost.total <= said + 0.02 + p.prices.overload_hour * 0.02


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 99))
def test_a_plan_made_while_overload_counts_more_costs_what_it_does_where_it_counts_once(p: Problem, seed: int) -> None:
    of = frame(p)
    searcher = Searcher(of, Params(seed=seed), 0)
    first = float(searcher.best.cost[0])
    searcher.advance(60, 0.1)
    searcher.advance(60, 0.4)
    hot = searcher.at_hand
    assert searcher.best.cost[0] <= min(first, hot + 1e-6)
    made = draft(of, searcher.best, reasons={v.id: "x: y" for v in p.visits}, lower_bound=None, status="feasible")
    assert made.cost.total <= float(searcher.best.cost[0]) + of.sunk + 0.02 + p.prices.overload_hour * 0.02
    searcher.advance(0, 0.6)
    assert searcher.at_hand == pytest.approx(hot)
    state = searcher._state
    rows, anew = new_best(state), new_state(of.instance)
    remember(borrowed(state), borrowed(rows))
    load(borrowed(of.instance), borrowed(anew), borrowed(rows))
    assert anew.cost[0] <= hot + 1e-6
    assert anew.minutes == pytest.approx(state.minutes)
