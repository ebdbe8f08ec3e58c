"""Two plans side by side over HTTP."""

from __future__ import annotations

import pytest
from support.builders import cooperative, officer, on, plan, problem, tour, visit
from support.serving import Desk

from api.service.comparing import DifferencesAnswer
from models.referee import cost

STATED = problem(
    officers=[officer("a"), officer("b")],
    cooperatives=[cooperative("c1", 1), cooperative("c2", 2)],
    visits=[visit("c1-1"), visit("c2-1")],
)
FIRST = plan(STATED, tour(STATED, on(1), "a", ["c1-1"]), tour(STATED, on(2), "a", ["c2-1"]))
SECOND = plan(STATED, tour(STATED, on(2), "b", ["c1-1"]))


def test_what_differs_is_told_visit_by_visit_and_by_part_of_the_cost(desk: Desk) -> None:
    one, other = desk.planned(STATED, FIRST), desk.planned(STATED, SECOND, seed=2)
    answer = desk("GET", f"/v1/plans/{other}/differences?from={one}")
    told = DifferencesAnswer.model_validate(answer.json())
    assert [(each.visit, each.kinds) for each in told.visits] == [
        ("c2-1", ["unplanned"]),
        ("c1-1", ["moved-day", "new-lead", "new-crew"]),
    ]
    assert (told.leads["c1"].before, told.leads["c1"].after, told.leads["c2"].after) == ("a", "b", None)
    assert (told.cost["total"].before, told.cost["total"].after) == (FIRST.cost.total, SECOND.cost.total)
    same = DifferencesAnswer.model_validate(desk("GET", f"/v1/plans/{one}/differences?from={one}").json())
    assert (same.visits, same.same) == ([], 2)


def test_plans_of_different_problems_are_compared_by_the_visits_of_both(desk: Desk) -> None:
    small = problem(visits=[visit("c1-1")])
    one = desk.planned(small, plan(small, tour(small, on(1), "a", ["c1-1"])))
    other = desk.planned(STATED, FIRST)
    told = DifferencesAnswer.model_validate(desk("GET", f"/v1/plans/{other}/differences?from={one}").json())
    assert [(each.visit, each.kinds) for each in told.visits] == [("c2-1", ["added", "planned"])]


def test_a_plan_that_moves_nothing_saves_nothing(desk: Desk) -> None:
    """Before today stand-ins are no more priced, neither in the plan nor in what it is held against."""
    prices = {"km": 1.0, "unplanned": 1000.0, "stand_in": 50.0, "lead_change": 70.0}
    was = STATED.changed(prices=STATED.prices.model_validate(prices))
    first = plan(was, tour(was, on(1), "b", ["c1-1"]), tour(was, on(2), "a", ["c2-1"]), leads={"c1": "a", "c2": "a"})
    assert first.cost.stand_in == 50.0
    now = was.changed(today=on(2), published=first)
    same = first.model_copy(update={"cost": cost(now, first)})
    assert same.cost.total == first.cost.total - 50.0
    one, other = desk.planned(was, first), desk.planned(now, same, seed=2)
    told = DifferencesAnswer.model_validate(desk("GET", f"/v1/plans/{other}/differences?from={one}").json())
    assert (told.visits, told.same) == ([], 2)
    assert {part: (pair.before, pair.after) for part, pair in told.cost.items() if pair.before != pair.after} == {}
    assert (told.own_paid, told.own_weighed) == (first.cost.paid, first.cost.weighed)
    assert told.own_total == first.cost.total == told.cost["total"].before + 50.0, "reckoned anew, and what it was"


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("", 422, "field-missing"),
        ("?from=nothing", 404, "id-unknown"),
        ("?from=", 422, "field-value"),
        ("?to=x", 422, "field-unknown"),
    ],
)
def test_what_cannot_be_compared_is_refused(desk: Desk, query: str, status: int, code: str) -> None:
    id_ = desk.planned(STATED, FIRST)
    answer = desk("GET", f"/v1/plans/{id_}/differences{query}")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, code)
    waits = desk.asked(STATED, seed=9)
    early = desk("GET", f"/v1/plans/{id_}/differences?from={waits}")
    assert [(error["code"], error["where"]) for error in early.json()["errors"]] == [("plan-missing", "from")]
