"""A searcher cools several times where it has the steps for it, and once elsewhere."""

from __future__ import annotations

import pytest
from support.builders import cooperative, line, problem, visit

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
