"""Explanations and remedies on small problems worked out by hand, and their promises at random."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from support.builders import cooperative, days, line, office, officer, on, plan, problem, tour, visit
from support.strategies import problems

from models.faults import InvalidInput
from models.plan import Plan
from models.problem import Problem
from models.referee import cost, violations
from models.rules import Finding
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import Cancel, StepLimit
from optimizer.why.explaining import Explanation, explain
from optimizer.why.remedies import applied

PARAMS = Params(deterministic=True, workers=1)


def solved(p: Problem) -> Plan:
    return solve(p, PARAMS, StepLimit(400))


def lone(**changes: Any) -> Problem:
    """One cooperative with one visit, 10 km from the office, and officer ``a``."""
    base: dict[str, Any] = {
        "cooperatives": [cooperative("c1", 1)],
        "visits": [visit("c1-1")],
        "officers": [officer("a", "x")],
    }
    return problem(**(base | changes))


@pytest.mark.parametrize(
    ("changes", "remedy"),
    [
        ({"visits": [visit("c1-1", latest=on(1))], "cooperatives": [cooperative("c1", 1, closed=days(1))]},
         {"later-latest", "open-day"}),
        ({"visits": [visit("c1-1", earliest=on(3))], "officers": [officer("a", absent=days(3))]},
         {"earlier-earliest", "one-more-officer"}),
        ({"visits": [visit("c1-1", topics=["y"])]}, {"one-more-officer"}),
        ({"visits": [visit("c1-1", window=["08:31", "08:35"])]}, {"widen-window"}),
        ({"visits": [visit("c1-1", minutes=475)]}, {"shorten-visit", "longer-day"}),
        ({"offices": [office(cars=0)]}, {"one-more-car"}),
        ({"visits": [visit("c1-1", partner="p")], "partners": [{"id": "p", "dates": [], "per_day": 1}]},
         {"partner-more"}),
    ],
)  # fmt: skip
def test_what_is_impossible_is_mended_by_the_smallest_change(changes: dict[str, Any], remedy: set[str]) -> None:
    stated = lone(**changes)
    found = explain(stated, solved(stated), stated.visits[0], seconds=0)
    assert (found.verdict.code, found.proven) == ("impossible", True)
    assert {one.changes[0].code for one in found.remedies} == remedy


def test_a_search_for_remedies_that_is_ended_early_does_not_say_there_are_none() -> None:
    stated = lone(visits=[visit("c1-1", topics=["y"])])
    cancel = Cancel()
    cancel.cancel()
    found = explain(stated, solved(stated), stated.visits[0], cancel=cancel)
    assert (found.remedies, found.complete) == ((), False)
    assert explain(stated, solved(stated), stated.visits[0], cancel=Cancel()).complete


def test_a_gap_is_lowered_no_more_than_it_must() -> None:
    stated = lone(
        workdays=days(1, 2, 3),
        cooperatives=[cooperative("c1", 1, min_gap_days=7)],
        visits=[visit("c1-1"), visit("c1-2")],
    )
    made = plan(stated, tour(stated, on(1), "a", ["c1-1"]))
    found = explain(stated, made, stated.visit_by_id["c1-2"], seconds=0)
    assert (found.verdict.code, found.proven) == ("no-slot", False)
    assert [one.changes[0].facts.get("days") for one in found.remedies] == ["2"]


def late_behind_a_gap(**first: Any) -> Explanation:
    """c1-2 is due on the 6th and may come from the 9th on, five days after c1-1, which stands on the 3rd."""
    stated = lone(
        workdays=days(1, 2, 3, 6, 7, 8, 9),
        cooperatives=[cooperative("c1", 1, min_gap_days=5)],
        visits=[visit("c1-1", **first), visit("c1-2", earliest=on(9), due=on(6))],
    )
    made = plan(stated, tour(stated, on(3), "a", ["c1-1"]), tour(stated, on(9), "a", ["c1-2"]))
    return explain(stated, made, stated.visit_by_id["c1-2"], seconds=0.02, params=PARAMS)


def test_where_others_must_move_the_change_is_still_the_smallest() -> None:
    """With c1-1 on the 1st, c1-2 may be on the 6th: no earlier day need be allowed."""
    by_search = [one for one in late_behind_a_gap().remedies if one.by == "search"]
    assert [(one.changes[0].code, one.changes[0].facts) for one in by_search] == [
        ("earlier-earliest", {"earliest": "2012-08-06"})
    ]
    assert by_search[0].plan.unplanned == ()


def test_no_remedy_gives_up_another_visit() -> None:
    """c1-1 is bound to the 3rd: c1-2 could be in time only without it."""
    found = late_behind_a_gap(earliest=on(3), latest=on(3)).remedies
    assert [[change.code for change in one.changes] for one in found] == [["earlier-earliest", "lower-gap"]]


def test_a_visit_that_costs_more_than_it_is_worth_is_only_dear() -> None:
    """40 km and an officer's day cost 140 baht, leaving it out 100."""
    stated = lone(travel=line(0, 20), prices={"km": 1, "officer_day": 100, "unplanned": 100})
    found = explain(stated, solved(stated), stated.visits[0], seconds=0)
    assert (found.verdict.code, found.verdict.facts) == ("slot-dearer", {"baht": "40"})
    assert [one.changes[0].code for one in found.remedies] == ["take-slot"]


def test_late_in_every_plan_is_told_from_late_by_choice() -> None:
    late = {"prices": {"km": 1, "officer_day": 100, "unplanned": 1000, "late_day": 1}}
    bound = lone(visits=[visit("c1-1", earliest=on(2), due=on(1))], **late)
    found = explain(bound, solved(bound), bound.visits[0], seconds=0)
    assert (found.verdict.code, found.late) == ("late-in-every-plan", 1)
    assert [one.changes[0].code for one in found.remedies] == ["earlier-earliest"]
    chosen = problem(
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2)],
        visits=[visit("c1-1", due=on(1)), visit("c2-1", earliest=on(2))],
        travel=line(0, 10, 11),
        **late,
    )
    found = explain(chosen, solved(chosen), chosen.visits[0], seconds=0)
    assert (found.verdict.code, found.verdict.facts) == ("late-by-choice", {"baht": "119"})  # 20 km, a day, 1 day late


def test_what_each_officer_is_there_for() -> None:
    stated = problem(
        offices=[office(seats=4)],
        officers=[officer("a"), officer("b", "x"), officer("c"), officer("d")],
        visits=[visit("c1-1", topics=["x"]), visit("c2-1")],
    )
    made = plan(stated, tour(stated, on(1), "abcd", ["c1-1", "c2-1"]), leads={"c1": "a", "c2": "c"})
    found = explain(stated, made, stated.visit_by_id["c1-1"], seconds=0)
    assert [(one.code, one.facts["officer"]) for one in found.crew] == [
        ("leads", "a"), ("covers", "b"), ("leads-others", "c"), ("rides-along", "d"),
    ]  # fmt: skip


@pytest.mark.parametrize(("absent", "why"), [(days(1), "lead-away"), (days(2), "lead-dearer")])
def test_why_a_lead_stays_at_home(absent: list[Any], why: str) -> None:
    stated = problem(officers=[officer("a"), officer("b", absent=absent)])
    made = plan(stated, tour(stated, on(1), "a", ["c1-1"]), leads={"c1": "b"})
    found = explain(stated, made, stated.visit_by_id["c1-1"], seconds=0)
    assert (found.crew[-1].code, found.crew[-1].facts["why"]) == ("stand-in", why)


@settings(max_examples=8, deadline=None)
@given(problems())
def test_every_remedy_is_a_plan_of_its_problem_that_mends_the_visit(p: Problem) -> None:
    made = solved(p)
    history = {stop.visit for tour in p.history for stop in tour.stops}
    late = {stop.visit for tour in made.tours for stop in tour.stops
            if p.late_workdays(p.visit_by_id[stop.visit], tour.date)}  # fmt: skip
    for id_ in [left.visit for left in made.unplanned][:2] + sorted(late - history)[:2]:
        found = explain(p, made, p.visit_by_id[id_], seconds=0.005, params=PARAMS)
        assert found.tour is None or found.late > 0
        for one in found.remedies:
            assert violations(one.problem, one.plan) == []
            assert {left.visit for left in one.plan.unplanned} <= {left.visit for left in made.unplanned}
            assert abs(cost(one.problem, one.plan).total - made.cost.total - one.baht) < 0.01
            stands = {stop.visit: tour.date for tour in one.plan.tours for stop in tour.stops}
            assert stands[id_] == one.date
            assert found.tour is None or p.late_workdays(p.visit_by_id[id_], one.date) == 0
        if found.verdict.code in ("impossible", "late-in-every-plan"):
            assert found.proven


def test_a_late_board_visit_is_explained_and_stays_with_its_board() -> None:
    """The board meets on the 3rd, the issues were due on the 1st: no remedy may put the visit before its own dates."""
    board = visit("c1-1", dates=days(3), earliest=on(3), latest=on(3), due=on(1))
    p = problem(visits=[board, visit("c2-1")])
    made = plan(p, tour(p, on(3), "a", ["c1-1"]), tour(p, on(1), "b", ["c2-1"]))
    found = explain(p, made, p.visit_by_id["c1-1"], seconds=0.1)
    assert found.late == 2
    assert found.verdict.code == "late-in-every-plan"
    assert all(remedy.date in (on(3),) for remedy in found.remedies)


def test_a_lead_who_is_busy_elsewhere_for_hours_is_said_to_be() -> None:
    people = [officer("a", busy=[{"date": on(1), "from": "08:30", "to": "09:00"}]), officer("b")]
    p = problem(officers=people)
    made = plan(p, tour(p, on(1), "b", ["c1-1"]), leads={"c1": "a"})
    found = explain(p, made, p.visit_by_id["c1-1"])
    assert found.crew[-1].facts["why"] == "lead-engaged"
    barred = problem(cooperatives=[cooperative("c1", 1), cooperative("c2", 2, barred=["a"])])
    both = plan(barred, tour(barred, on(1), "b", ["c1-1", "c2-1"]), leads={"c1": "a", "c2": "b"})
    assert explain(barred, both, barred.visit_by_id["c1-1"]).crew[-1].facts["why"] == "lead-barred"


def mends(p: Problem) -> dict[str, Any]:
    """What mends the first visit, left out of a plan of nothing: code of the change -> its figures."""
    found = explain(p, plan(p), p.visits[0])
    for remedy in found.remedies:
        assert violations(remedy.problem, remedy.plan) == []
    return {remedy.changes[0].code: remedy.changes[0].facts for remedy in found.remedies}


def test_one_more_car_where_cars_have_names() -> None:
    p = lone(
        offices=[{"id": "kk", "location": 0, "cars": [{"id": "van", "seats": 2, "away": days(1)}]}], workdays=days(1)
    )
    assert mends(p)["one-more-car"] == {"date": "2012-08-01"}


def test_fewer_officers_or_one_more_where_a_visit_wants_more_than_there_are() -> None:
    found = mends(lone(visits=[visit("c1-1", crew=2)]))
    assert found["fewer-officers"] == {"number": "1"}
    assert "one-more-officer" in found


def test_a_window_that_misses_the_open_hours_is_widened_into_them() -> None:
    """Open from 13:00, wanted from 12:00 to 12:30: half an hour more, in the window that is nearest."""
    p = lone(cooperatives=[cooperative("c1", 1, open=["13:00", "16:00"])],
             visits=[visit("c1-1", window=[["09:00", "09:30"], ["12:00", "12:30"]])])  # fmt: skip
    assert mends(p)["widen-window"] == {"from": "12:00", "to": "13:00"}


def test_no_remedy_takes_a_board_visit_off_its_boards_days() -> None:
    """The board meets on the 2nd, when the cooperative is closed, and on the 3rd, after the latest date."""
    p = lone(workdays=days(1, 2, 3), cooperatives=[cooperative("c1", 1, closed=days(2))],
             visits=[visit("c1-1", dates=days(2, 3), latest=on(2))])  # fmt: skip
    found = explain(p, plan(p), p.visits[0])
    assert {remedy.date for remedy in found.remedies} == {on(2), on(3)}
    assert mends(p)["later-latest"] == {"latest": "2012-08-03"}


def test_a_remedy_that_is_tried_is_the_plan_that_was_promised() -> None:
    stated = lone(offices=[office(cars=0)])
    made = solved(stated)
    (remedy,) = explain(stated, made, stated.visits[0], seconds=0).remedies
    problem, plan = applied(stated, made, stated.visits[0], remedy.changes)
    assert problem == remedy.problem and plan == remedy.plan
    assert applied(stated, made, stated.visits[0], ())[1] is None, "without a car there is no slot"
    with pytest.raises(InvalidInput) as wrong:
        applied(stated, made, stated.visits[0], [Finding("one-more-car", {"date": "2013-01-01"})])
    assert [fault.where for fault in wrong.value.faults] == ["changes[0]"]


def test_a_pin_has_its_price() -> None:
    """Both cooperatives lie 10 km out on one road; together they are 20 km and a day (20 + 100 baht), apart 40 and 2.

    c1-1 is pinned to the 2nd, alone, and c2-1 stands on the 1st: without its pin c1-1 would join it, for 0 km more.
    """
    stated = lone(
        cooperatives=[cooperative("c1", 1), cooperative("c2", 1)],
        visits=[visit("c1-1"), visit("c2-1")],
    )
    made = plan(stated, tour(stated, on(1), "a", ["c2-1"]), tour(stated, on(2), "a", ["c1-1"]))
    pinned = stated.changed(published=made, pins=("c1-1",))
    found = explain(pinned, made, pinned.visit_by_id["c1-1"], seconds=0)
    assert found.unpinned is not None
    alone = made.cost.total / 2
    assert (found.unpinned.date, found.unpinned.baht) == (on(1), pytest.approx(-alone))
    assert explain(pinned, made, pinned.visit_by_id["c2-1"], seconds=0).unpinned is None
