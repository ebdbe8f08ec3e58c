"""What each change does to the problem, and every fault of the changes at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.builders import cooperative, days, officer, on, plan, problem, tour, visit

from models.cars import Depot, NamedCar
from models.changes import (
    Absence,
    BoardMeets,
    CarAway,
    Change,
    Closure,
    Departure,
    FewerCars,
    HeldOn,
    NoMeeting,
    NotHeld,
    UrgentVisit,
)
from models.clock import LAST
from models.faults import InvalidInput
from models.plan import Plan
from models.problem import Partner, Problem
from optimizer.replanning.disturbing import disturbed
from optimizer.replanning.leaving import renewed


def office_of_three() -> tuple[Problem, Plan]:
    """``a`` visits c1 on 1 and 6 August, ``b`` visits c2 on the 2nd."""
    stated = problem(
        workdays=days(1, 2, 3, 6, 7, 8),
        officers=[officer("a"), officer("b"), officer("c")],
        visits=[visit("c1-1"), visit("c1-2"), visit("c2-1")],
        cooperatives=[cooperative("c1", 1, min_gap_days=2), cooperative("c2", 2)],
    )
    made = plan(
        stated,
        tour(stated, on(1), "a", ["c1-1"]),
        tour(stated, on(6), "a", ["c1-2"]),
        tour(stated, on(2), "b", ["c2-1"]),
    )
    return stated, made


def after(*changes: Change, today: int | None = None) -> Problem:
    stated, made = office_of_three()
    return disturbed(stated, made, changes, today=on(today) if today else None).problem


def test_an_absence_counts_from_today_on_workdays_only() -> None:
    mended = after(Absence("a", on(1), on(6)), today=3)
    assert mended.officer_by_id["a"].absent == tuple(days(3, 6))
    assert mended.today == on(3)
    assert [tour.date for tour in mended.history] == days(1, 2)


def test_today_is_the_first_day_of_a_change_where_it_is_not_given() -> None:
    assert after(Absence("a", on(3), on(6)), Closure("c2", on(2), on(2))).today == on(2)
    assert after(HeldOn("c1-1", on(2))).today == on(3)


def test_who_was_published_as_lead_is_the_lead_a_change_is_counted_from() -> None:
    assert after(Absence("c", on(2), on(2))).cooperative_by_id["c1"].current_lead == "a"


def test_one_who_leaves_is_away_for_good_and_bound_to_no_cooperative() -> None:
    stated, made = office_of_three()
    bound = stated.changed(
        cooperatives=(stated.cooperatives[0].model_copy(update={"lead": "a"}), stated.cooperatives[1])
    )
    state = disturbed(bound, made, [Departure("a", on(3))])
    assert state.problem.officer_by_id["a"].absent == tuple(days(3, 6, 7, 8))
    assert state.problem.cooperative_by_id["c1"].lead is None
    assert state.leaving == {"a"}


def test_closed_days_and_cars_in_repair() -> None:
    mended = after(Closure("c1", on(6), on(7)), FewerCars("kk", on(6), on(6), 0), today=3)
    assert mended.cooperative_by_id["c1"].closed == tuple(days(6, 7))
    assert mended.office_by_id["kk"].cars_of(on(6)) == 0
    assert mended.office_by_id["kk"].cars_of(on(7)) == 2


def test_an_urgent_visit_goes_where_its_siblings_leave_it_room() -> None:
    """From the 3rd on, c1-2 on the 6th and its gap of two days leave it the 3rd before (the 4th is no workday),
    the 8th behind it; due on the 3rd it must come before."""
    mended = after(UrgentVisit("c1", 30, due=on(3), topics=()), today=3)
    added = mended.visit_by_id["c1-urgent-1"]
    assert (added.earliest, added.due, added.priority) == (on(3), on(3), 5)
    assert [one.id for one in mended.visits_of["c1"]] == ["c1-1", "c1-urgent-1", "c1-2"]
    later = after(UrgentVisit("c1", 30, due=on(8)), today=6)
    assert [one.id for one in later.visits_of["c1"]] == ["c1-1", "c1-2", "c1-urgent-1"]


def test_a_visit_that_was_not_held_is_wanted_again() -> None:
    mended = after(NotHeld("c1-1", latest=on(7)), today=3)
    assert [stop.visit for tour in mended.history for stop in tour.stops] == ["c2-1"]
    assert mended.visit_by_id["c1-1"].latest == on(7)


def test_a_visit_held_on_another_day_is_history_there() -> None:
    mended = after(HeldOn("c1-1", on(2)), today=3)
    assert {(tour.date, tour.stops[0].visit) for tour in mended.history} == {(on(2), "c1-1"), (on(2), "c2-1")}
    held = next(tour for tour in mended.history if tour.stops[0].visit == "c1-1")
    assert held.crew == ("a",)


def test_a_visit_held_longer_than_clocks_go_ends_with_the_last_of_them() -> None:
    stated, made = office_of_three()
    endless = stated.changed(visits=(stated.visits[0].model_copy(update={"minutes": 1e6}), *stated.visits[1:]))
    history = disturbed(endless, made, [HeldOn("c1-1", on(2))], today=on(3)).problem.history
    held = next(tour for tour in history if tour.stops[0].visit == "c1-1")
    assert (held.stops[0].end, held.return_) == (LAST, LAST)


def test_every_fault_of_the_changes_is_told_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        after(
            Absence("nobody", on(3), on(6)),
            Closure("c1", on(3), on(2)),
            NotHeld("c1-2"),
            HeldOn("c1-1", on(8)),
            UrgentVisit("c9", 30),
            UrgentVisit("c1", 30, id="c1-1"),
            today=3,
        )
    codes = [fault.code for fault in caught.value.faults]
    assert codes == ["id-unknown", "date-order", "date-order", "date-order", "id-unknown", "id-repeated"]


def test_an_unknown_pin_is_a_fault() -> None:
    stated, made = office_of_three()
    with pytest.raises(InvalidInput) as caught:
        disturbed(stated, made, [], today=on(1), pins=["c9-1"])
    assert [fault.code for fault in caught.value.faults] == ["id-unknown"]


@pytest.mark.parametrize(
    ("change", "code", "cause"),
    [
        (UrgentVisit("c1", 30, topics=("debt",)), "id-unknown", "There is no topic 'debt'."),
        (UrgentVisit("c1", 30, partner="cad"), "id-unknown", "There is no partner 'cad'."),
        (CarAway("van", on(3), on(3)), "id-unknown", "There is no car 'van'."),
        (BoardMeets("c1", on(6)), "meeting-missing", "No visit of c1 is bound to certain days"),
        (NoMeeting("c1", on(6)), "meeting-missing", "No visit of c1 is bound to certain days"),
        (HeldOn("c1-1", on(-30)), "date-order", "2012-07-01 lies before the plan begins, on 2012-08-01."),
        (Absence("a", on(1), on(2)), "date-order", "No workday from 2012-08-03 on lies in it"),
        (Absence("a", on(4), on(5)), "date-order", "No workday from 2012-08-03 on lies in it"),
        (Closure("c1", on(40), on(50)), "date-order", "No workday from 2012-08-03 on lies in it"),
        (Departure("a", on(9)), "date-order", "No workday from 2012-08-03 on lies in it (from 2012-08-09 on)."),
    ],
)
def test_what_would_do_nothing_or_harm_is_a_fault(change: Change, code: str, cause: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        after(change, today=3)
    (fault,) = caught.value.faults
    assert fault.code == code
    assert fault.cause.startswith(cause)


@pytest.mark.parametrize(
    "make",
    [
        lambda: UrgentVisit("c1", 0),
        lambda: UrgentVisit("c1", float("nan")),
        lambda: UrgentVisit("c1", 30, priority=6),
        lambda: UrgentVisit("c1", 30, subject=""),
        lambda: FewerCars("kk", on(3), on(3), -1),
    ],
)
def test_what_no_change_can_be_is_not_made(make: Callable[[], Change]) -> None:
    with pytest.raises(InvalidInput, match="field-value"):
        make()


def test_an_urgent_visit_has_its_subject_and_its_partner() -> None:
    stated, made = office_of_three()
    joined = stated.changed(partners=(Partner(id="cad", dates=(on(6),), per_day=1),))
    state = disturbed(joined, made, [UrgentVisit("c2", 30, priority=3, subject="หนี้ค้าง", partner="cad")])
    visit = state.problem.visit_by_id["c2-urgent-1"]
    assert (visit.priority, visit.issues, visit.partner) == (3, ("หนี้ค้าง",), "cad")


def with_a_board() -> tuple[Problem, Plan]:
    """As :func:`office_of_three`, and c1-2 finds the board on the 6th and on the 8th."""
    stated, made = office_of_three()
    visits = tuple(v.model_copy(update={"dates": (on(6), on(8))}) if v.id == "c1-2" else v for v in stated.visits)
    return stated.changed(visits=visits), made


def test_a_board_that_meets_on_another_day_is_visited_then() -> None:
    stated, made = with_a_board()
    state = disturbed(stated, made, [BoardMeets("c1", on(7), instead=on(6))], today=on(2))
    assert state.problem.visit_by_id["c1-2"].dates == (on(7), on(8))
    assert state.unmet == {("c1", on(6))}
    called_off = disturbed(stated, made, [NoMeeting("c1", on(6))], today=on(2))
    assert called_off.problem.visit_by_id["c1-2"].dates == (on(8),)
    missed = disturbed(stated, made, [NotHeld("c1-2")], today=on(7))
    assert missed.problem.visit_by_id["c1-2"].dates == (on(6), on(8))  # a meeting is left, and no other day


def test_a_meeting_that_was_never_to_be_cannot_be_called_off() -> None:
    stated, made = with_a_board()
    with pytest.raises(InvalidInput) as caught:
        disturbed(stated, made, [NoMeeting("c1", on(7)), BoardMeets("c1", on(40))], today=on(2))
    assert [fault.code for fault in caught.value.faults] == ["meeting-missing", "date-order"]


def test_named_cars_are_away() -> None:
    """Of the small car and the van the van is in repair on the 3rd; with one car left it is the first that stays."""
    stated, made = office_of_three()
    cars = (NamedCar(id="small", seats=2), NamedCar(id="van", seats=4))
    named = stated.changed(offices=(Depot(id="kk", location=0, cars=cars),))
    tours = tuple(each.model_copy(update={"car": "van"}) for each in made.tours)
    standing = made.model_copy(update={"tours": tours})
    for change in (CarAway("van", on(3), on(3)), FewerCars("kk", on(3), on(3), 1)):
        state = disturbed(named, standing, [change], today=on(3))
        assert [car.away for car in state.problem.offices[0].named] == [None, (on(3),)]
        assert state.cars == {("kk", on(3))}


def test_so_many_cars_with_names_are_those_that_are_there() -> None:
    """The small car is at the garage on the 3rd: two cars that day are the van and the pickup."""
    stated, made = office_of_three()
    for away, changes in (
        ((on(3),), [FewerCars("kk", on(3), on(3), 2)]),
        (None, [FewerCars("kk", on(3), on(3), 2), CarAway("small", on(3), on(3))]),
    ):
        cars = (
            NamedCar(id="small", seats=2, away=away),
            *(NamedCar(id=one, seats=4) for one in ("van", "pickup", "bus")),
        )
        named = stated.changed(offices=(Depot(id="kk", location=0, cars=cars),))
        state = disturbed(named, made.model_copy(update={"tours": ()}), changes, today=on(3))
        assert [car.id for car in state.problem.cars("kk", on(3))] == ["van", "pickup"]
        assert [car.id for car in state.problem.cars("kk", on(6))] == ["small", "van", "pickup", "bus"]


def test_more_cars_than_have_names_are_a_fault() -> None:
    stated, made = office_of_three()
    named = stated.changed(offices=(Depot(id="kk", location=0, cars=(NamedCar(id="van", seats=4),)),))
    bare = made.model_copy(update={"tours": ()})
    assert disturbed(named, bare, [FewerCars("kk", on(3), on(3), 1)], today=on(3))
    with pytest.raises(InvalidInput) as caught:
        disturbed(named, bare, [FewerCars("kk", on(3), on(3), 2)], today=on(3))
    (fault,) = caught.value.faults
    assert (fault.code, fault.where) == ("field-value", "changes[0].cars")
    assert fault.cause == "The cars of kk have names, and there are 1 of them, not 2."


def test_the_id_of_an_urgent_visit_is_one_that_nothing_has() -> None:
    """c1-urgent-2 is there, c1-urgent-1 is told with an id of its own: what has none becomes the third."""
    stated, made = office_of_three()
    there = visit("c2-2") | {"id": "c1-urgent-2"}
    more = problem(
        workdays=stated.workdays, visits=[*(each.model_dump(exclude_none=True) for each in stated.visits), there]
    )
    told = [UrgentVisit("c1", 30), UrgentVisit("c1", 45, id="c1-urgent-1")]
    state = disturbed(more, made, told, today=on(1))
    minutes = {id_: state.problem.visit_by_id[id_].minutes for id_ in state.added}
    assert minutes == {"c1-urgent-1": 45, "c1-urgent-3": 30}


@pytest.mark.parametrize(("crew", "lead"), [("c", "c"), ("bc", "c"), ("b", "b")])
def test_who_leaves_hands_over_to_one_who_comes_after_that(crew: str, lead: str) -> None:
    """a and b leave, a on the 6th and b a day later: until then a still comes to c1, most often of all."""
    stated, made = office_of_three()
    state = disturbed(stated, made, [Departure("a", on(6)), Departure("b", on(7))], today=on(1))
    first, last = tour(stated, on(3), "ab", ["c1-1"]), tour(stated, on(6), crew, ["c1-2"])
    assert renewed(state, plan(stated, first, leads={"c1": "a"})).leads == {"c1": "a"}  # no visit is left without a
    assert renewed(state, plan(stated, first, last, leads={"c1": "a"})).leads == {"c1": lead}


def test_today_lies_in_the_plan_or_before_it() -> None:
    with pytest.raises(InvalidInput) as caught:
        after(today=9)
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [("date-order", "today")]
    assert after(today=-3).history == ()


@pytest.mark.parametrize(
    ("own", "today", "begins", "change", "places"),
    [
        (None, None, 9, Absence("a", on(3), on(6)), ["begins"]),  # and not the absence, which lies before it
        (None, 9, 10, Absence("a", on(3), on(6)), ["today", "begins"]),
        (9, None, None, UrgentVisit("c2", 30), ["today"]),  # what the plan itself calls past
        (None, None, None, Absence("a", on(9), on(10)), ["changes[0]"]),
        (None, None, None, HeldOn("c1-2", on(8)), ["changes[0]"]),  # the last workday: none is left after it
    ],
)
def test_what_comes_after_the_last_workday_is_told_at_what_says_so(
    own: int | None, today: int | None, begins: int | None, change: Change, places: list[str]
) -> None:
    stated, made = office_of_three()
    of = stated.changed(today=on(own) if own else None, published=made)
    with pytest.raises(InvalidInput) as caught:
        disturbed(of, made, [change], today=on(today) if today else None, begins=on(begins) if begins else None)
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [("date-order", where) for where in places]


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        (FewerCars("kk", on(2), on(3), 1), FewerCars("kk", on(3), on(6), 0), True),
        (FewerCars("kk", on(2), on(3), 1), FewerCars("kk", on(3), on(6), 1), False),
        (FewerCars("kk", on(2), on(3), 1), FewerCars("kk", on(6), on(6), 0), False),
    ],
)
def test_two_numbers_of_cars_for_one_day_are_a_fault(first: FewerCars, second: FewerCars, wrong: bool) -> None:
    if not wrong:
        assert len(after(first, second, today=2).office_by_id) == 1
        return
    with pytest.raises(InvalidInput) as caught:
        after(first, second, today=2)
    (fault,) = caught.value.faults
    assert (fault.code, fault.where) == ("id-repeated", "changes[1].cars")
    assert fault.cause == "On 2012-08-03 it has 1 cars by one change, and 0 by another."
    assert fault.in_language("th").cause == "วันที่ 3 ส.ค. 2555 ระบุรถไว้ 1 คันครั้งหนึ่ง และ 0 คันอีกครั้ง"


def test_what_became_of_a_visit_is_said_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        after(NotHeld("c1-1"), HeldOn("c1-1", on(2)), today=3)
    assert [fault.code for fault in caught.value.faults] == ["id-repeated"]


def test_a_topic_that_only_visits_name_is_known() -> None:
    stated, made = office_of_three()
    visits = (stated.visits[0].model_copy(update={"topics": ("debt",)}), *stated.visits[1:])
    state = disturbed(stated.changed(visits=visits), made, [UrgentVisit("c2", 30, topics=("debt",))])
    assert state.problem.visit_by_id["c2-urgent-1"].topics == ("debt",)


def with_a_rhythm() -> tuple[Problem, Plan]:
    """As :func:`office_of_three`, and c1 is visited on the 1st and 6th or on the 2nd and 7th."""
    stated, made = office_of_three()
    bound = stated.cooperatives[0].model_copy(update={"rhythms": (tuple(days(1, 6)), tuple(days(2, 7)))})
    return stated.changed(cooperatives=(bound, stated.cooperatives[1])), made


@pytest.mark.parametrize(
    ("change", "free"),
    [
        (Absence("a", on(6), on(6)), True),  # the rhythm has begun and cannot be gone on with
        (Closure("c1", on(6), on(6)), True),
        (FewerCars("kk", on(6), on(6), 0), True),
        (UrgentVisit("c1", 30), True),  # no rhythm has a date for it
        (NotHeld("c1-1"), True),
        (HeldOn("c1-1", on(2)), True),
        (Absence("a", on(7), on(8)), False),  # the 6th is as it was
        (Absence("b", on(6), on(8)), False),
        (UrgentVisit("c2", 30), False),
    ],
)
def test_a_rhythm_that_is_broken_binds_no_longer(change: Change, free: bool) -> None:
    stated, made = with_a_rhythm()
    state = disturbed(stated, made, [change], today=on(3))
    assert (state.problem.cooperative_by_id["c1"].rhythms is None) is free
    assert state.unbound == ({"c1"} if free else set())


def test_a_rhythm_that_has_not_begun_may_be_changed_for_another() -> None:
    stated, made = with_a_rhythm()
    state = disturbed(stated, made, [Absence("a", on(1), on(1))], today=on(1))
    assert state.unbound == set()
