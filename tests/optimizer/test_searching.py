"""A searcher cools several times where it has the steps for it, and once elsewhere."""

from __future__ import annotations

import pytest
from support.builders import cooperative, line, officer, problem, visit

from optimizer.instance import frame
from optimizer.params import Params
from optimizer.searching import Searcher

#: cooperatives along the road, one kilometre from the next
NUMBER = 12


def hot(quick: int) -> Searcher:
    """A searcher that took ``quick`` steps in a fiftieth of its run; its plan at hand is dearer than its best."""
    names = [f"c{number}" for number in range(1, NUMBER + 1)]
    of = problem(
        cooperatives=[cooperative(name, at) for at, name in enumerate(names, start=1)],
        visits=[visit(f"{name}-1") for name in names],
        travel=line(*range(NUMBER + 1)),
    )
    searcher = Searcher(frame(of), Params(), 0)
    searcher.advance(quick, 0.0)
    searcher.advance(0, 0.02)
    for _ in range(50):
        searcher.advance(20, 0.11)
        if searcher.at_hand > searcher.best.cost[0] + 1:
            break
    assert searcher.at_hand > searcher.best.cost[0] + 1
    return searcher


def test_the_last_of_several_coolings_goes_on_from_the_best_plan() -> None:
    searcher = hot(2_000)  # 0.45 of 100,000 steps: enough for five coolings of 700 a visit
    searcher.advance(0, 0.45)
    assert searcher.at_hand == pytest.approx(searcher.best.cost[0])


def test_a_single_cooling_goes_on_from_the_plan_at_hand() -> None:
    searcher = hot(20)  # 0.45 of 1,000 steps: for less than one
    before = searcher.at_hand
    searcher.advance(0, 0.45)
    assert searcher.at_hand == before


def test_while_a_plan_is_hot_overload_counts_twice_but_plans_are_kept_at_their_cost() -> None:
    """One officer with an hour for both visits, at 60 baht for each hour more.

    Together they take 2 h of visits and 1 h of driving (10 km to the one side, 20 to the other: 10 + 30 + 20 minutes),
    apart as long; so 2 h too many are 120 baht: 60 km, 100 baht for each day that he is out, and 120 are 280 baht in
    one tour. A visit left out costs 1,000.
    """
    of = problem(
        officers=[officer("a", fair_hours=1)],
        prices={"km": 1, "officer_day": 100, "unplanned": 1000, "overload_hour": 60},
    )
    searcher = Searcher(frame(of), Params(), 0)
    assert searcher.best.cost[0] == pytest.approx(280)
    searcher.advance(0, 0.3)
    assert searcher.cost_in_work == pytest.approx(280 + 120)
    searcher.advance(0, 0.425)
    assert searcher.cost_in_work == pytest.approx(280 + 60)
    assert searcher.at_hand == pytest.approx(280)
    searcher.best.cost[0] = 1_000_000
    searcher.advance(50, 0.425)
    assert searcher.best.cost[0] == pytest.approx(280), "it is held against the best at what it costs"
    searcher.advance(50, 0.9)
    assert searcher.best.cost[0] == searcher.at_hand == searcher.cost_in_work == pytest.approx(280)
    searcher.advance(0, 0.2)
    searcher.adopt(searcher.best)
    assert searcher.cost_in_work == pytest.approx(280), "another's plan comes at its cost"
