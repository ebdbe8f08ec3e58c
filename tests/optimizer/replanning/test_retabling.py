"""Tables that change in mid quarter: what stands is kept, and what is new finds its place."""

from __future__ import annotations

import pytest
from support.builders import cooperative, days, line, officer, on, plan, problem, rules_broken, tour, visit

from models.changes import Absence
from models.faults import InvalidInput
from models.plan import Plan
from models.problem import Problem
from optimizer.params import Params
from optimizer.replanning.disturbing import disturbed
from optimizer.replanning.proposing import Mending
from optimizer.replanning.retabling import retabled


def quarter() -> tuple[Problem, Plan]:
    """c1 is visited on the 1st (issue i1) and the 6th (issue i2, before its board), c2 on the 2nd for its round."""
    stated = problem(
        workdays=days(1, 2, 3, 6, 7, 8),
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2)],
        visits=[visit("c1-1", issues=["i1"]), visit("c1-2", issues=["i2"], dates=days(6, 8)), visit("c2-1")],
        prices={"km": 1, "officer_day": 100, "unplanned": 5000, "moved": 50},
    )
    made = plan(
        stated,
        tour(stated, on(1), "a", ["c1-1"], id_="t1"),
        tour(stated, on(2), "b", ["c2-1"], id_="t2"),
        tour(stated, on(6), "a", ["c1-2"], id_="t3"),
    )
    return stated, made


def tables(**changes: object) -> Problem:
    """The quarter's tables as they are now, numbered anew from the first visit on."""
    base = {
        "workdays": days(1, 2, 3, 6, 7, 8),
        "officers": [officer("a"), officer("b"), officer("n")],
        "visits": [visit("c1-1", issues=["i2"], dates=days(7, 8)), visit("c1-2", issues=["i1"]), visit("c2-1")],
        "prices": {"km": 1, "officer_day": 100, "unplanned": 5000, "moved": 50},
    }
    return problem(**(base | changes))


def test_visits_are_recognised_by_their_issues_and_take_what_the_tables_say_now() -> None:
    stated, made = quarter()
    found = retabled(stated, made, tables(), on(2))
    assert (found.added, found.dropped) == ((), ())
    visits = found.problem.visit_by_id
    assert visits["c1-1"] == stated.visit_by_id["c1-1"]  # it took place
    assert (visits["c1-2"].issues, visits["c1-2"].dates) == (("i2",), (on(7), on(8)))  # the board meets on another day
    assert [each.id for each in found.problem.officers] == ["a", "b", "n"]
    assert found.plan.tours == made.tours


def test_a_moved_board_day_moves_its_visit_and_nothing_else() -> None:
    stated, made = quarter()
    found = retabled(stated, made, tables(), on(2))
    state = disturbed(found.problem, found.plan, [], today=on(2))
    least = Mending(state, Params(deterministic=True, workers=1)).least_disruption(0.2)
    assert [move.visit for move in least.moves] == ["c1-2"]
    assert least.moves[0].after is not None
    assert least.moves[0].after.date in (on(7), on(8))
    assert rules_broken(state.problem, least.plan) == []


def test_a_new_issue_is_a_new_visit_and_a_settled_one_goes() -> None:
    stated, made = quarter()
    now = tables(visits=[visit("c1-1", issues=["i1"]), visit("c1-2", issues=["i3"], due=on(3)), visit("c2-1")])
    found = retabled(stated, made, now, on(2))
    assert (found.added, found.dropped) == (("c1-new-1",), ("c1-2",))
    assert found.problem.visit_by_id["c1-new-1"].issues == ("i3",)
    assert {stop.visit for each in found.plan.tours for stop in each.stops} == {"c1-1", "c2-1"}


def test_a_new_cooperative_brings_all_its_visits() -> None:
    stated, made = quarter()
    now = tables(
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2), cooperative("c3", 3)],
        visits=[
            visit("c1-1", issues=["i1"]),
            visit("c1-2", issues=["i2"]),
            visit("c2-1"),
            visit("c3-1"),
            visit("c3-2"),
        ],
        travel=line(0, 10, -20, 5),
    )
    assert retabled(stated, made, now, on(2)).added == ("c3-1", "c3-2")


def test_an_officer_who_is_gone_stays_in_what_took_place() -> None:
    stated, made = quarter()
    now = tables(officers=[officer("b"), officer("n")])
    found = retabled(stated, made, now, on(2))
    assert found.problem.officer_by_id["a"].absent == tuple(days(2, 3, 6, 7, 8))
    state = disturbed(found.problem, found.plan, [Absence("b", on(3), on(3))], today=on(2))
    least = Mending(state, Params(deterministic=True, workers=1)).least_disruption(0.2)
    assert rules_broken(state.problem, least.plan) == []
    assert [each.crew for each in least.plan.tours if each.date == on(1)] == [("a",)]


def test_what_was_visited_cannot_leave_the_tables() -> None:
    stated, made = quarter()
    now = tables(cooperatives=[cooperative("c2", 2)], visits=[visit("c2-1")])
    with pytest.raises(InvalidInput, match="c1 was visited already"):
        retabled(stated, made, now, on(2))


def test_a_new_visit_never_takes_the_place_of_one_that_is_settled() -> None:
    """The tables number from the first issue on: what is c1-1 now is for another issue than c1-1 was."""
    stated, made = quarter()
    now = tables(visits=[visit("c1-1", issues=["i8"]), visit("c1-2", issues=["i9"]), visit("c2-1")])
    found = retabled(stated, made, now, on(1))
    assert (found.added, found.dropped) == (("c1-new-1", "c1-new-2"), ("c1-1", "c1-2"))
    assert [found.problem.visit_by_id[id_].issues for id_ in found.added] == [("i8",), ("i9",)]
    assert {stop.visit for each in found.plan.tours for stop in each.stops} == {"c2-1"}
    again = tables(visits=[visit("c1-1", issues=["i7"]), visit("c2-1")])
    found = retabled(found.problem, found.plan, again, on(1))
    assert (found.added, found.dropped) == (("c1-new-3",), ("c1-new-1", "c1-new-2"))


def test_a_cooperative_that_was_not_visited_yet_may_leave_the_tables() -> None:
    stated, made = quarter()
    found = retabled(stated, made, tables(cooperatives=[cooperative("c1", 1)], visits=tables().visits[:2]), on(2))
    assert found.dropped == ("c2-1",)
    assert found.plan.leads == {"c1": "a"}
    assert [each.id for each in found.plan.tours] == ["t1", "t3"]


def test_cars_and_partners_that_are_gone_stay_in_what_took_place() -> None:
    """Both tours of a took the van, to c1-1 with a partner. The tables have neither of them any more."""
    stated, made = quarter()
    offices = [{"id": "kk", "location": 0, "cars": [{"id": "van", "seats": 2}, {"id": "pickup", "seats": 2}]}]
    visits = [each.model_dump(exclude_none=True) for each in stated.visits]
    visits[0]["partner"] = "cad"
    stated = problem(
        **{name: getattr(stated, name) for name in ("workdays", "prices")},
        offices=offices, partners=[{"id": "cad", "dates": [on(1)], "per_day": 1}], visits=visits,
    )  # fmt: skip
    made = plan(stated, *(each.model_copy(update={"car": "van"}) for each in made.tours))
    named = [{"id": "kk", "location": 0, "cars": [{"id": "pickup", "seats": 2}]}]
    found = retabled(stated, made, tables(offices=named), on(2))
    assert found.problem.office_by_id["kk"].car_by_id["van"].away == tuple(days(2, 3, 6, 7, 8))
    assert [each.id for each in found.problem.partners or ()] == ["cad"]
    assert [each.car for each in retabled(stated, made, tables(), on(2)).plan.tours] == [None, None, None]
