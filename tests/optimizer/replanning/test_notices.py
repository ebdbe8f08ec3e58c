"""Who is told: everybody for whom a day, an hour, a crew or a lead is another one; and nothing shifts without need."""

from __future__ import annotations

from support.builders import cooperative, days, officer, on, plan, problem, tour, visit

from models.cars import Depot
from models.changes import Absence, NotHeld, UrgentVisit
from models.plan import Plan
from models.problem import Problem
from optimizer.comparing.differences import differences
from optimizer.params import Params
from optimizer.replanning.disturbing import disturbed
from optimizer.replanning.notices import Notice, in_place, notices
from optimizer.replanning.proposing import Mending
from optimizer.replanning.settling import settled


def office() -> tuple[Problem, Plan]:
    """``a`` and ``b`` visit c1 on the 2nd with a partner, ``c`` visits c2 on the 3rd."""
    stated = problem(
        workdays=days(1, 2, 3, 6),
        officers=[officer("a"), officer("b"), officer("c")],
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2)],
        partners=[{"id": "cad", "dates": days(2, 3, 6), "per_day": 1}],
        visits=[visit("c1-1", partner="cad"), visit("c2-1")],
        prices={"km": 1, "officer_day": 100, "unplanned": 5000, "stand_in": 300, "moved": 50, "crew_change": 60},
    )
    made = plan(
        stated, tour(stated, on(2), ["a", "b"], ["c1-1"], id_="t1"), tour(stated, on(3), "c", ["c2-1"], id_="t2")
    )
    return stated, made


def told(of: Problem, made: Plan) -> dict[str, tuple[str, ...]]:
    return {notice.who: notice.visits for notice in notices(of, made)}


def test_who_sees_no_difference_is_not_told() -> None:
    stated, made = office()
    of = stated.changed(published=made)
    assert notices(of, made) == ()
    later = made.tours[1].model_copy(update={"depart": made.tours[1].depart - 10})  # c2 is visited as before
    assert notices(of, made.model_copy(update={"tours": (made.tours[0], later)})) == ()


def test_another_hour_another_companion_and_another_lead_are_told() -> None:
    stated, made = office()
    of = stated.changed(published=made)
    hour = plan(of, tour(of, on(2), ["a", "b"], ["c1-1"], depart="08:40"), made.tours[1])
    assert told(of, hour) == {"a": ("c1-1",), "b": ("c1-1",), "c1": ("c1-1",), "cad": ("c1-1",)}
    crew = plan(of, tour(of, on(2), ["a", "c"], ["c1-1"]), made.tours[1])
    assert set(told(of, crew)) == {"a", "b", "c", "c1", "cad"}
    lead = plan(of, *made.tours, leads={"c2": "a"})
    assert set(told(of, lead)) == {"a", "c", "c2"}
    assert notices(of, lead)[-1] == Notice("cooperative", "c2", ("c2-1",))


def test_another_car_is_told_to_the_crew_alone_and_what_is_past_to_nobody() -> None:
    stated, made = office()
    cars = [{"id": "one", "seats": 2}, {"id": "two", "seats": 2}]
    of = stated.changed(offices=[Depot.model_validate({"id": "kk", "location": 0, "cars": cars})])
    stood, other = (
        plan(of, *(each.model_copy(update={"car": car}) for each in made.tours)) for car in ("one", "two")
    )  # fmt: skip
    of = of.changed(published=stood, today=on(3))
    assert notices(of, other) == (Notice("officer", "c", ("c2-1",)),)
    assert [visit for visit, *_ in in_place(of, other)] == ["c2-1"]
    assert [(one.visit, one.told) for one in differences(stood, other, of).visits] == [
        ("c1-1", ()), ("c2-1", (("officer", "c"),)),
    ]  # fmt: skip


def test_new_visits_and_those_to_be_made_up_for_are_told_to_all() -> None:
    stated, made = office()
    urgent = disturbed(stated, made, [UrgentVisit("c2", 30)], today=on(6)).problem
    both = plan(urgent, *made.tours, tour(urgent, on(6), "a", ["c2-urgent-1"]), leads=made.leads)
    assert told(urgent, both) == dict.fromkeys(("a", "c", "c2"), ("c2-urgent-1",))
    missed = disturbed(stated, made, [NotHeld("c1-1")], today=on(6)).problem
    again = plan(missed, made.tours[1], tour(missed, on(6), ["a", "b"], ["c1-1"]), leads=made.leads)
    assert set(told(missed, again)) == {"a", "b", "c1", "cad"}


def test_a_visit_left_out_is_told_to_those_who_waited_for_it() -> None:
    stated, made = office()
    of = stated.changed(published=made)
    assert set(told(of, plan(of, made.tours[1]))) == {"a", "b", "c1", "cad"}


def test_published_times_come_back_where_they_cost_no_more() -> None:
    """The tour to c2 leaves ten minutes later and is otherwise the same: it is put back to where it was."""
    stated, made = office()
    of = stated.changed(published=made)
    shifted = plan(of, made.tours[0], tour(of, on(3), "c", ["c2-1"], depart="08:40", id_="x"))
    back = settled(of, shifted)
    assert [each.depart for each in back.tours] == [each.depart for each in made.tours]
    assert notices(of, back) == ()


def test_least_disruption_keeps_a_start_that_waiting_makes_dearer() -> None:
    """c2 is visited at 13:00; who visits c1 at 08:40 waits for it, and above a fair share each hour costs 60 baht.

    To leave an hour later saves 60 baht and is told to all: by price c1 stays shifted, else it comes back.
    """
    stated = problem(
        workdays=days(1, 2), officers=[officer("a", fair_hours=0)],
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2)],
        visits=[visit("c1-1"), visit("c2-1", window=["13:00", "13:00"])], prices={"km": 1, "overload_hour": 60},
    )  # fmt: skip
    made = plan(stated, tour(stated, on(2), "a", ["c1-1", "c2-1"], depart="08:30"))
    of = stated.changed(published=made)
    later = plan(of, tour(of, on(2), "a", ["c1-1", "c2-1"], depart="09:30", id_="x"))
    assert made.cost.total - later.cost.total == 60
    assert settled(of, later).tours[0].stops == later.tours[0].stops
    assert settled(of, later, at_any_price=True).tours[0].stops == made.tours[0].stops


def test_no_companion_is_exchanged_and_no_start_shifted_without_need() -> None:
    """``c`` is ill on the 3rd: c2 is visited by another, while c1 keeps its hour and both who ride to it."""
    stated, made = office()
    mending = Mending(disturbed(stated, made, [Absence("c", on(3), on(3))]), Params(deterministic=True, workers=1))
    least = mending.least_disruption(0.2)
    assert [move.visit for move in least.moves] == ["c2-1"]
    assert "c1" not in told(mending.problem, least.plan)
