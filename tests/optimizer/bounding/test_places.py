"""Visits for which a cooperative's gaps leave no room, against trying all dates."""

from __future__ import annotations

import itertools
from random import Random

import numpy as np
import pytest
from support.builders import cooperative, days, on, problem, visit
from support.exhaustive import optimum

from models.problem import Problem
from optimizer.bounding import lower_bound
from optimizer.bounding.places import gaps_of


def some_visits(random: Random) -> Problem:
    """One cooperative's visits, each on some of a few days."""
    workdays = sorted(random.sample(range(1, 12), random.randint(2, 6)))
    visits = [
        visit(f"c1-{n + 1}", dates=[on(day) for day in random.sample(workdays, random.randint(1, len(workdays)))])
        for n in range(random.randint(1, 4))
    ]
    random.shuffle(visits)
    return problem(workdays=days(*workdays), cooperatives=[cooperative("c1", 1, min_gap_days=random.randint(1, 5))],
                   visits=visits)  # fmt: skip


def most_planned(p: Problem) -> int:
    """The most visits that some choice of dates plans, by trying all."""
    gap = p.cooperatives[0].gap_days
    in_turn = sorted(p.visits, key=lambda v: v.seq)
    best = 0
    for dates in itertools.product(*([None, *(v.dates or ())] for v in in_turn)):
        planned = [date for date in dates if date is not None]
        if all((later - earlier).days >= gap for earlier, later in itertools.pairwise(planned)):
            best = max(best, len(planned))
    return best


@pytest.mark.parametrize("seed", range(60))
def test_as_many_are_planned_as_some_choice_of_dates_plans(seed: int) -> None:
    p = some_visits(Random(seed))
    count = len(p.visits)
    allowed = np.array([[date in (v.dates or ()) for date in p.workdays] for v in p.visits])
    leave_out = np.array([1000.0 + 10 * n for n in range(count)])
    toll, total = gaps_of(p, np.arange(count), allowed, leave_out, np.zeros(count))
    room = most_planned(p)
    if room == count:
        assert not toll.any()
        assert total == 0
    else:  # what the next best visit would save
        assert toll == pytest.approx(np.full(count, sorted(leave_out)[::-1][room]))
        assert total == pytest.approx(room * toll[0])


def test_a_visit_that_gaps_leave_no_room_for_is_paid_for() -> None:
    """Of three visits on three days in a row, two days apart, one is left out: 2 x (100 + 20) + 1000 baht."""
    p = problem(
        cooperatives=[cooperative("c1", 1, min_gap_days=2)],
        visits=[visit(f"c1-{n}", dates=days(1, 2, 3)) for n in (1, 2, 3)],
    )
    best = optimum(p)
    assert best is not None
    assert best.cost.total == pytest.approx(1240)
    bound = lower_bound(p, stop=lambda: False, again=lambda rounds: rounds < 60)
    assert bound is not None
    assert 1200 < bound <= 1240 + 1e-6
