"""What is called impossible is impossible: by hand, and by exhaustion at random."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from support.builders import cooperative, days, line, office, officer, on, problem, visit
from support.exhaustive import optimum
from support.strategies import tiny_problems

from models.problem import Prices, Problem
from optimizer.why.alone import Alone


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"visits": [visit("c1-1", earliest=on(2))]}, "before-earliest"),
        ({"visits": [visit("c1-1", latest="2012-07-30")]}, "after-latest"),
        ({"cooperatives": [cooperative("c1", 1, closed=days(1))]}, "closed"),
        ({"visits": [visit("c1-1", partner="p")], "partners": [{"id": "p", "dates": days(2), "per_day": 1}]},
         "partner-away"),
        ({"offices": [office(cars=0)]}, "no-car-at-all"),
        ({"officers": [officer("a", absent=days(1))]}, "no-officer-at-all"),
        ({"officers": [officer("a", max_days_per_week=0)]}, "no-officer-at-all"),
        ({"visits": [visit("c1-1", topics=["x"])]}, "no-topic-at-all"),
        ({"visits": [visit("c1-1", topics=["x", "y"])], "offices": [office(seats=1)],
          "officers": [officer("a", "x"), officer("b", "y")]}, "crew-too-large"),
        ({"visits": [visit("c1-1", load=3)], "offices": [office(capacity=2)]}, "too-heavy"),
        ({"travel": line(0, 300)}, "too-far"),
        ({"visits": [visit("c1-1", window=["08:31", "08:35"])]}, "too-far"),
    ],
)  # fmt: skip
def test_each_rule_that_forbids_a_day(changes: dict[str, Any], code: str) -> None:
    base: dict[str, Any] = {"cooperatives": [cooperative("c1", 1)], "visits": [visit("c1-1")], "workdays": days(1)}
    stated = problem(**(base | changes))
    impossible = Alone(stated).impossible(stated.visits[0])
    assert impossible is not None
    assert [finding.code for _, finding in impossible] == [code]
    best = optimum(stated)
    assert best is not None
    assert [left.visit for left in best.unplanned] == ["c1-1"]


def test_the_break_makes_a_far_visit_impossible() -> None:
    """58 minutes out, 135 minutes begun between 11:00 and 11:30: neither an hour's break before, begun at 11:30 at the
    earliest, nor one after, begun at 13:00 at the latest, leaves room; without the break it would."""
    day = {"start": "08:30", "end": "16:30", "break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00"}
    parts: dict[str, Any] = {
        "cooperatives": [cooperative("c1", 1)],
        "visits": [visit("c1-1", minutes=135, window=["11:00", "11:30"])],
        "travel": line(0, 58),
        "workdays": days(1),
    }
    with_break = problem(**parts, day=day)
    assert Alone(with_break).impossible(with_break.visits[0]) is not None
    without = problem(**parts, day={"start": "08:30", "end": "16:30"})
    assert Alone(without).impossible(without.visits[0]) is None


@settings(max_examples=40, deadline=None)
@given(tiny_problems())
def test_what_is_called_impossible_is_impossible_by_exhaustion(p: Problem) -> None:
    alone = Alone(p)
    for visit_ in p.visits:
        if alone.impossible(visit_) is None:
            continue
        wanted = tuple(v.model_copy(update={"priority": 5 if v.id == visit_.id else 1}) for v in p.visits)
        best = optimum(p.changed(visits=wanted, prices=Prices(unplanned=1)))
        assert best is not None
        assert visit_.id in {left.visit for left in best.unplanned}
