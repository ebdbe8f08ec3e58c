"""A plan from a file: its cost is that of its tours, and a proof that no longer holds is not believed."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import on, plan, problem, tour

from models.plan import Plan
from models.reckoning import reckoned

P = problem()
#: 20 km and a day each of ``a`` there and on the other side: 20 + 100 and 40 + 100 baht
BOTH = plan(P, tour(P, on(1), "a", ["c1-1"]), tour(P, on(2), "a", ["c2-1"]))


def stating(**changes: Any) -> Plan:
    return BOTH.model_copy(update=changes)


def test_a_plan_that_states_all_as_it_is_stays_as_it_is() -> None:
    for made in (BOTH, stating(lower_bound=200.0), stating(lower_bound=259.999, status="optimal")):
        assert reckoned(P, made) == (made, [])


def test_a_cost_that_is_stated_otherwise_is_reckoned_anew() -> None:
    made, doubts = reckoned(P, stating(cost=BOTH.cost.model_copy(update={"km": 1.0})), "tp/plan.json")
    assert made == BOTH
    assert [(one.code, one.where) for one in doubts] == [("value-doubtful", "tp/plan.json, cost")]
    assert "km 1.00 ≠ 60.00" in doubts[0].cause
    assert all(one.in_language("th") != one for one in doubts)


@pytest.mark.parametrize(
    ("stated", "left", "keys"),
    [
        ({"lower_bound": 261.0}, (None, "feasible"), ["lower_bound"]),
        ({"lower_bound": 261.0, "status": "optimal"}, (None, "feasible"), ["lower_bound", "status"]),
        ({"lower_bound": 250.0, "status": "optimal"}, (250.0, "feasible"), ["status"]),
        ({"lower_bound": 260.0, "status": "optimal", "leads": {}}, (260.0, "feasible"), ["cost", "status"]),
        ({"status": "optimal"}, (None, "feasible"), ["status"]),
    ],
)
def test_a_proof_that_does_not_hold_is_left_out(stated: dict[str, Any], left: object, keys: list[str]) -> None:
    made, doubts = reckoned(problem(prices={"km": 1, "officer_day": 100, "stand_in": 5}), stating(**stated), "it")
    assert (made.lower_bound, made.status) == left
    assert [one.where for one in doubts] == [f"it, {key}" for key in keys]


def test_a_plan_that_breaks_rules_is_not_optimal() -> None:
    torn = stating(tours=BOTH.tours[:1], cost=plan(P, BOTH.tours[0]).cost, lower_bound=0.0, status="optimal")
    assert reckoned(P, torn)[0].status == "feasible"
