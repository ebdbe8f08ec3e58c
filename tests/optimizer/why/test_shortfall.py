"""Where capacity is short: by hand, and never where a plan has room, by exhaustion."""

from __future__ import annotations

from hypothesis import given, settings
from support.builders import cooperative, days, office, officer, on, problem, visit
from support.exhaustive import optimum
from support.strategies import tiny_problems

from models.problem import Prices, Problem
from optimizer.why.shortfall import shortfalls, tightest


def test_a_week_with_too_few_tours() -> None:
    """Five visits of four hours must fall into the week of 6 August, which has two days of eight hours and one car.

    The two of least priority are to be put off; the week before has room, but they may not come then.
    """
    stated = problem(
        workdays=days(1, 2, 3, 6, 7),
        officers=[officer("a"), officer("b")],
        offices=[office(cars=1)],
        cooperatives=[cooperative(f"c{n}", 0) for n in range(1, 7)],
        visits=[visit(f"c{n}-1", minutes=240, priority=n, earliest=on(6)) for n in range(1, 6)] + [visit("c6-1")],
    )
    (found,) = shortfalls(stated)
    assert (found.topic, found.first, found.last) == (None, (2012, 32), (2012, 32))
    assert (found.there, found.short, found.thin_out) == (2, 1, ("c1-1",))


def test_a_topic_that_one_officer_knows_twice_a_week() -> None:
    """Three visits of five hours on ``x``, which only ``a`` knows, who goes on two tours a week."""
    stated = problem(
        workdays=days(1, 2, 3),
        officers=[officer("a", "x", max_days_per_week=2), officer("b", "y")],
        cooperatives=[cooperative(f"c{n}", 0) for n in (1, 2, 3)],
        visits=[visit(f"c{n}-1", minutes=400, priority=n, topics=["x"]) for n in (1, 2, 3)],
    )
    (found,) = shortfalls(stated)
    assert (found.topic, found.there, found.short, found.thin_out) == ("x", 2, 1, ("c1-1",))


def test_the_fullest_weeks_of_each_topic() -> None:
    """Two hours and 10 minutes' drive each, in a week of three days: ``x`` is known to one of the two officers."""
    stated = problem(
        officers=[officer("a", "x"), officer("b")],
        visits=[visit("c1-1", minutes=120, topics=["x"]), visit("c2-1", minutes=120)],
    )
    fullest, other = tightest(stated)
    assert [(one.topic, one.there) for one in (fullest, other)] == [(None, 6), ("x", 3)]
    assert other.wanted == (120 + 10) / 481
    assert fullest.wanted == (120 + 10 + 120 + 20) / 481


def test_where_there_is_room_nothing_is_short() -> None:
    assert shortfalls(problem()) == []
    assert shortfalls(problem(visits=[], cooperatives=[], officers=[], workdays=[])) == []


@settings(max_examples=60, deadline=None)
@given(tiny_problems())
def test_what_is_short_leaves_a_visit_out_of_every_plan(p: Problem) -> None:
    found = shortfalls(p)
    if found:
        best = optimum(p.changed(prices=Prices(unplanned=1)))
        assert best is not None
        assert best.unplanned
        assert all(each.thin_out and each.short > 0 for each in found)
