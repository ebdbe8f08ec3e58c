"""A searcher cools several times where cooperatives are bound to rhythms, and once elsewhere."""

from __future__ import annotations

import pytest
from support.builders import cooperative, days, line, problem, visit

from optimizer.instance import frame
from optimizer.params import Params
from optimizer.searching import Searcher

#: cooperatives along the road, one kilometre from the next
NUMBER = 12


def hot(rhythms: list[list[object]] | None) -> Searcher:
    """A searcher in the second of several coolings, where its plan is one of many."""
    names = [f"c{number}" for number in range(1, NUMBER + 1)]
    of = problem(
        cooperatives=[cooperative(name, at, rhythms=rhythms) for at, name in enumerate(names, start=1)],
        visits=[visit(f"{name}-1") for name in names],
        travel=line(*range(NUMBER + 1)),
    )
    searcher = Searcher(frame(of), Params(), 0)
    searcher.advance(2_000, 0.0)
    searcher.advance(200, 0.02)  # 100,000 steps in all: enough for six coolings of 0.1 each
    for _ in range(50):
        searcher.advance(20, 0.11)
        if searcher.at_hand > searcher.best.cost[0] + 1:
            break
    assert searcher.at_hand > searcher.best.cost[0] + 1
    return searcher


def test_the_last_of_several_coolings_goes_on_from_the_best_plan() -> None:
    searcher = hot([days(1), days(2), days(3)])
    searcher.advance(0, 0.6)
    assert searcher.at_hand == pytest.approx(searcher.best.cost[0])


def test_a_single_cooling_goes_on_from_the_plan_at_hand() -> None:
    searcher = hot(None)
    before = searcher.at_hand
    searcher.advance(0, 0.6)
    assert searcher.at_hand == before
