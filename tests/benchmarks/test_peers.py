"""The comparison with other libraries works; how well each does is for a quiet machine to say."""

from __future__ import annotations

import pytest
from support.builders import cooperative, days, line, office, officer, on, problem, visit

from benchmarks.equal_terms import Route, common_part, days_of, plan_of, window
from benchmarks.peers import compared, least, sharing, table
from models.problem import Cooperative, Problem
from models.referee import violations


@pytest.fixture
def small() -> Problem:
    """Officer a leads two cooperatives on one side, b one on the other; crews, lunch and topics as an office has."""
    return problem(
        workdays=days(1, 2, 3, 6, 7, 8),
        day={"start": "08:30", "end": "16:30", "break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00"},
        offices=[office(cars=1, seats=4)],
        officers=[officer("a", "x", absent=days(1)), officer("b", "y")],
        cooperatives=[
            cooperative("c1", 1, current_lead="a", min_gap_days=5),
            cooperative("c2", 2, current_lead="a"),
            cooperative("c3", 3, current_lead="b", closed=days(2)),
        ],
        visits=[
            visit("c1-1", topics=["y"]),
            visit("c1-2"),
            visit("c2-1", window=("10:00", "11:00"), due=on(2)),
            visit("c3-1"),
        ],
        travel=line(0, 10, 12, -20),
        prices={"km": 1, "officer_day": 100, "late_day": 30, "unplanned": 1000, "stand_in": 50, "overload_hour": 9},
    )


def test_visits_of_a_cooperative_get_days_that_keep_the_gap(small: Problem) -> None:
    common = common_part(small)
    open_days = {c.id: [d for d in common.workdays if d not in (c.closed or ())] for c in common.cooperatives}
    assert open_days["c1-1"] == days(2) and open_days["c1-2"] == days(7, 8)
    assert open_days["c3-1"] == days(1, 3, 6, 7, 8)


def test_hours_become_one_stretch_that_holds_on_all_days(small: Problem) -> None:
    noon, weekly, by_turns, closed = (
        [["08:30", "12:00"], ["13:00", "16:00"]],
        {"mon": [["08:00", "11:00"]], "wed": [["09:00", "15:00"]]},  # the 1st and the 8th are Wednesdays
        {"mon": [["08:30", "11:00"]], "wed": [["13:00", "15:00"]]},
        {"sun": [["09:00", "15:00"]]},
    )
    # starts of 60 minutes: till an hour before closing; between 09:00 and 11:00; never; never
    for hours, first, last in ((noon, 510, 900), (weekly, 540, 600), (by_turns, 780, 720), (closed, 510, 450)):
        host = Cooperative.model_validate(cooperative("c3", 3, current_lead="b", open=hours))
        common = common_part(small.changed(cooperatives=(*small.cooperatives[:2], host)))
        assert window(common, common.visit_by_id["c3-1"]) == (first * 60, last * 60)
        open_days = {date.weekday() for date in days_of(common, common.visit_by_id["c3-1"])}
        assert open_days == ({0, 1, 2, 3, 4} if hours is noon else set() if hours is closed else {0, 2})


def test_everyone_finds_the_best_plan_of_a_tiny_office(small: Problem) -> None:
    # a: c1-1 with c2-1 on the 2nd, 24 km and a day; c1-2 later, 20 km and a day. b: c3-1, 40 km and a day.
    common = common_part(small)
    results = compared(common, 1.0, 1)
    assert [result.name for result in results] == ["Patithin", "OR-Tools routing", "PyVRP"]
    assert [(result.broken, round(result.total, 6)) for result in results] == [((), 384.0)] * 3
    assert table(results).count("keeps every rule") == 3 and table(results).count("as good") == 2
    assert least(common, 5.0) == pytest.approx(384.0, abs=0.01)


def test_officers_who_share_a_car_go_on_different_days(small: Problem) -> None:
    # c1-1 with c2-1 on the 2nd and c1-2 on the 7th or 8th as before; c3-1 on another day: nobody pays more
    results = sharing(common_part(small, cars=True), 1.0, 1)
    assert [(result.broken, round(result.total, 6)) for result in results] == [((), 384.0)] * 2


def test_routes_that_break_a_rule_are_told(small: Problem) -> None:
    common = common_part(small)
    plan = plan_of(common, [Route("a", on(1), ("c1-1",))])
    assert {violation.rule for violation in violations(common, plan)} == {3, 5}
    assert [left.visit for left in plan.unplanned] == ["c1-2", "c2-1", "c3-1"]
