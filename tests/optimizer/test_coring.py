"""The core's turns: when they come, how they end, and that a run with them repeats itself."""

from __future__ import annotations

import pytest
from support.builders import cooperative, line, office, officer, on, problem, visit

from models.problem import Problem
from optimizer.coring import MOST_VISITS, CoreTurns
from optimizer.instance import frame
from optimizer.pacing import Slices
from optimizer.params import Params
from optimizer.pool import TourPool
from optimizer.searching import Incumbent, Searcher
from optimizer.solving import solve
from optimizer.stopping import Progress, StepLimit


def progress(share: float, seconds: float) -> Progress:
    return Progress(seconds=seconds, best=None, bound=None, steps=0, share=share, improved_at=0.0, plan=None)


def office_of(hosts: int) -> Problem:
    """Cooperatives along a road, two visits each, for three officers in one car of two seats."""
    return problem(
        workdays=[on(day) for day in (1, 2, 3, 6, 7, 8)],
        offices=[office(cars=1)],
        officers=[officer("a", "d"), officer("b", "u"), officer("c", "du")],
        cooperatives=[cooperative(f"c{n}", n) for n in range(1, hosts + 1)],
        visits=[visit(f"c{n}-{k}", topics=["du"[n % 2]]) for n in range(1, hosts + 1) for k in (1, 2)],
        travel=line(0, *(7 * n * (-1) ** n for n in range(1, hosts + 1))),
        prices={"km": 4, "officer_day": 240, "unplanned": 3000, "stand_in": 150},
    )


def test_a_slice_that_brings_nothing_is_followed_by_a_long_pause() -> None:
    slices = Slices(0.06, 0.8)
    assert not slices.is_due(0.79)
    assert slices.is_due(0.8)
    assert slices.ends(0.8) == pytest.approx(0.83)
    slices.took(0.8, 0.83, paid=False)
    assert [slices.is_due(share) for share in (0.84, 0.94, 0.96)] == [False, False, True]


def test_a_slice_that_pays_is_followed_by_another_until_the_share_is_used_up() -> None:
    slices = Slices(0.06, 0.8)
    slices.took(0.8, 0.83, paid=True)
    assert slices.is_due(0.87)
    slices.took(0.87, 0.9, paid=True)
    assert not slices.is_due(1.0)


def test_the_core_has_no_turn_where_little_is_left_or_the_office_is_large() -> None:
    of = frame(office_of(3))
    incumbent = Incumbent(of.instance, lambda: None)
    searcher, pool = Searcher(of, Params(), 0), TourPool(of.instance)
    incumbent.offer(searcher.best)
    turns = CoreTurns(of, Params(), pool, incumbent)
    assert not turns.take(lambda: progress(0.5, 30.0), lambda: False)
    assert not turns.take(lambda: progress(0.9, 2.0), lambda: False)  # 0.2 s left
    assert turns._core is None
    large = frame(office_of(MOST_VISITS // 2 + 1))
    assert not CoreTurns(large, Params(), pool, incumbent).slices.is_due(1.0)


@pytest.mark.parametrize("by_work", [True, False])
def test_the_core_offers_the_better_plan_that_the_pool_holds(by_work: bool) -> None:
    of = frame(office_of(4))
    incumbent = Incumbent(of.instance, lambda: None)
    idle, busy, pool = Searcher(of, Params(), 0), Searcher(of, Params(), 1), TourPool(of.instance)
    incumbent.offer(idle.best)
    busy.advance(2000, 1.0)
    busy.adopt(busy.best)
    busy.pool(pool)
    assert busy.best.cost[0] < idle.best.cost[0] - 1  # else nothing is tested
    if by_work:
        assert CoreTurns(of, Params(core_work=2.0), pool, incumbent).take_by_work(0.9, lambda: False)
    else:
        assert CoreTurns(of, Params(), pool, incumbent).take(lambda: progress(0.9, 60.0), lambda: False)
    assert incumbent.cost <= busy.best.cost[0] + 0.01


def test_a_deterministic_run_with_the_core_repeats_itself() -> None:
    params = Params(deterministic=True, exact_work=0.001, core_work=0.1, bound_rounds=0, bound_share=0.2)
    one, other = (solve(office_of(4), params, StepLimit(1500)) for _ in range(2))
    assert one.to_json() == other.to_json()
