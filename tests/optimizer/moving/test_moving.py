"""Moves by hand: what becomes of the plan, which rules it breaks, and what it costs, worked out in the comments."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.builders import cooperative, line, office, officer, on, plan, problem, tour, visit
from support.publishing import little_plan
from support.strategies import problems

from models.clock import format_clock, parse_clock
from models.faults import InvalidInput
from models.moves import MOVES, LeaveOut, Move, Pin, Place, SetCar, SetCrew, SetLead, Unpin
from models.plan import Plan, Tour
from models.problem import Problem
from models.referee import violations
from optimizer.moving.drafts import Draft, apply


@pytest.fixture
def of() -> Problem:
    return problem()


@pytest.fixture
def base(of: Problem) -> Plan:
    """``a`` drives to c1 on the first day and ``b`` to c2 on the second: 20 + 100 and 40 + 100 baht."""
    return plan(of, tour(of, on(1), "a", ["c1-1"], id_="t1"), tour(of, on(2), "b", ["c2-1"], id_="t2"))


def tours(draft: Draft) -> dict[str, Tour]:
    return {each.id: each for each in draft.plan.tours}


def starts(draft: Draft) -> dict[str, str]:
    return {stop.visit: format_clock(stop.start) for each in draft.plan.tours for stop in each.stops}


def broken(draft: Draft) -> set[int]:
    return {violation.rule for violation in draft.broken}


def test_a_visit_goes_to_the_best_place_of_a_day(of: Problem, base: Plan) -> None:
    """On the first day c2 joins the tour of ``a``: 10 + 30 + 20 km and one officer day, 160 instead of 260 baht; but
    a stand-in costs nothing here, and the lead stays ``b``."""
    draft = apply(of, base, [Place(visit="c2-1", date=on(1))])
    assert draft.sound
    assert [(each.date, [stop.visit for stop in each.stops]) for each in draft.plan.tours] == [
        (on(1), ["c1-1", "c2-1"])
    ] or [(each.date, [stop.visit for stop in each.stops]) for each in draft.plan.tours] == [(on(1), ["c2-1", "c1-1"])]
    assert draft.plan.cost.total == 160
    assert draft.parts["total"] == -100
    assert draft.parts["officer_days"] == -100
    assert draft.parts["km"] == 0
    assert draft.plan.leads == {"c1": "a", "c2": "b"}
    assert draft.differences.counts == {"moved-day": 1, "new-crew": 1}


def test_a_visit_goes_onto_a_tour_at_a_position_and_at_a_time(of: Problem, base: Plan) -> None:
    first = apply(of, base, [Place(visit="c2-1", tour="t1", position=1)])
    assert [stop.visit for stop in tours(first)["t1"].stops] == ["c2-1", "c1-1"]
    assert starts(first) == {"c2-1": "08:50", "c1-1": "10:20"}  # 20 minutes out, an hour, 30 minutes on
    timed = apply(of, base, [Place(visit="c2-1", tour="t1", start=parse_clock("13:00"))])
    assert [stop.visit for stop in tours(timed)["t1"].stops] == ["c1-1", "c2-1"]
    assert starts(timed) == {"c1-1": "08:40", "c2-1": "13:00"}
    assert "t2" not in tours(timed)


def test_a_visit_gets_another_time_on_its_own_tour(of: Problem, base: Plan) -> None:
    draft = apply(of, base, [Place(visit="c1-1", start=parse_clock("10:15"))])
    assert starts(draft)["c1-1"] == "10:15"
    assert format_clock(tours(draft)["t1"].depart) == "10:05"
    assert draft.sound


def test_a_new_tour_takes_the_crew_that_is_named(of: Problem, base: Plan) -> None:
    draft = apply(of, base, [Place(visit="c2-1", date=on(1), new_tour=True, crew=("b",))])
    assert {each.crew for each in draft.plan.tours if each.date == on(1)} == {("a",), ("b",)}
    assert draft.sound
    clash = apply(of, base, [Place(visit="c2-1", date=on(1), new_tour=True, crew=("a",))])
    assert [(violation.rule, violation.where) for violation in clash.broken] == [(5, f"officer a on {on(1)}")]


def test_what_no_rule_allows_is_done_all_the_same_and_marked() -> None:
    """c2 may not be visited after the second day; on the third it breaks rule 3, and nothing else."""
    of = problem(visits=[visit("c1-1"), visit("c2-1", latest=on(2))])
    base = plan(of, tour(of, on(1), "a", ["c1-1"], id_="t1"), tour(of, on(2), "b", ["c2-1"], id_="t2"))
    draft = apply(of, base, [Place(visit="c2-1", date=on(3))])
    assert [(each.rule, each.where) for each in draft.broken] == [(3, f"visit c2-1 on {on(3)}")]
    assert draft.plan.cost.total == base.cost.total
    mended = apply(draft.problem, draft.plan, [Place(visit="c2-1", date=on(2))])
    assert mended.sound


def test_crew_lead_and_leaving_out(of: Problem, base: Plan) -> None:
    draft = apply(
        of,
        base,
        [SetCrew(tour="t1", officers=("b", "a")), SetLead(cooperative="c1", officer="b"), LeaveOut(visit="c2-1")],
    )
    assert tours(draft)["t1"].crew == ("b", "a")
    assert draft.plan.leads == {"c1": "b"}
    assert [left.visit for left in draft.plan.unplanned] == ["c2-1"]
    assert draft.parts == {
        "km": -40, "officer_days": 0, "car_days": 0, "late": 0, "unplanned": 1000, "stand_in": 0, "overload": 0,
        "lead_change": 0, "moved": 0, "crew_change": 0, "total": 960,
    }  # fmt: skip


def test_another_car_costs_what_its_kilometres_cost() -> None:
    """The van costs 3 baht a kilometre instead of 1: 40 baht more for 20 km."""
    cars = [{"id": "small", "seats": 2}, {"id": "van", "seats": 4, "km": 3}]
    of = problem(offices=[{"id": "kk", "location": 0, "cars": cars}])
    base = plan(of, tour(of, on(1), "a", ["c1-1"], car="small", id_="t1"))
    draft = apply(of, base, [SetCar(tour="t1", car="van")])
    assert draft.parts["total"] == 40
    assert tours(draft)["t1"].car == "van"
    second = apply(of, base, [Place(visit="c2-1", date=on(1), new_tour=True)])
    assert {each.car for each in second.plan.tours} == {"small", "van"}
    assert second.sound


def test_nobody_leads_by_hand_where_he_is_barred() -> None:
    """c1's present lead has been barred from it: whoever rides leads it, and no rule is broken."""
    p = problem(cooperatives=[cooperative("c1", 1, current_lead="a", barred=["a"]), cooperative("c2", 2)])
    for way in ({"start": "10:00"}, {"new_tour": True, "crew": ("b",)}):
        draft = apply(p, plan(p), [Place(visit="c1-1", date=on(1), **way)])
        assert (draft.plan.leads, draft.broken) == ({"c1": "b"}, ())


def test_pins_are_for_planning_around_them(of: Problem, base: Plan) -> None:
    draft = apply(of, base, [Pin(visit="c1-1"), Pin(visit="c2-1"), Unpin(visit="c2-1")])
    assert draft.pins == ("c1-1",)
    assert draft.plan.tours == base.tours
    again = apply(draft.problem, draft.plan, [Pin(visit="c2-1")], pins=draft.pins)
    assert again.pins == ("c1-1", "c2-1")


def test_a_pin_of_the_problem_binds_until_it_is_taken_off() -> None:
    free = problem()
    standing = plan(free, tour(free, on(1), "a", ["c1-1"], id_="t1"), tour(free, on(2), "b", ["c2-1"], id_="t2"))
    of = free.changed(published=standing, pins=("c1-1",))
    assert broken(apply(of, standing, [Place(visit="c1-1", date=on(3))])) == {10}
    draft = apply(of, standing, [Unpin(visit="c1-1"), Place(visit="c1-1", date=on(3))])
    assert draft.sound
    assert draft.problem.pins is None


def test_a_later_move_finds_what_an_earlier_one_made(of: Problem, base: Plan) -> None:
    steps = [Place(visit="c2-1", date=on(3), new_tour=True), SetCrew(tour="20120803-1", officers=("a",))]
    draft = apply(of, base, steps)
    assert tours(draft)["20120803-1"].crew == ("a",)


@pytest.mark.parametrize(
    ("move", "where", "code"),
    [
        (Place(visit="c9-1", date=on(1)), "moves[0].visit", "id-unknown"),
        (Place(visit="c1-1", tour="nowhere"), "moves[0].tour", "id-unknown"),
        (Place(visit="c1-1", date=on(4)), "moves[0]", "date-order"),
        (Place(visit="c1-1", tour="t2", date=on(1)), "moves[0].date", "date-order"),
        (Place(visit="c1-1", date=on(2), new_tour=True, crew=("x", "y")), "moves[0].crew", "id-unknown"),
        (SetCrew(tour="t1", officers=("a", "x")), "moves[0].officers", "id-unknown"),
        (SetLead(cooperative="c9", officer="a"), "moves[0].cooperative", "id-unknown"),
        (SetCar(tour="t1", car="van"), "moves[0].car", "id-unknown"),
        (LeaveOut(visit="c9-1"), "moves[0].visit", "id-unknown"),
        (Pin(visit="c9-1"), "moves[0].visit", "id-unknown"),
    ],
)
def test_what_is_not_there_is_said(of: Problem, base: Plan, move: Move, where: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        apply(of, base, [move])
    assert {(fault.where, fault.code) for fault in caught.value.faults} == {(where, code)}


def test_history_stays(of: Problem, base: Plan) -> None:
    later = of.changed(today=on(2), published=base)
    for move in (Place(visit="c1-1", date=on(3)), LeaveOut(visit="c1-1"), Place(visit="c2-1", date=on(1))):
        with pytest.raises(InvalidInput) as caught:
            apply(later, base, [move])
        assert {fault.code for fault in caught.value.faults} == {"date-order"}


@pytest.mark.parametrize("start", ["24:00", "25:00"])
def test_a_start_after_the_day_is_refused(of: Problem, base: Plan, start: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        apply(of, base, [Place(visit="c1-1", start=parse_clock(start))])
    assert [(fault.where, fault.code) for fault in caught.value.faults] == [("moves[0]", "time-order")]
    until = problem(day={"start": "08:30", "end": "30:00"})
    assert starts(apply(until, base, [Place(visit="c1-1", start=parse_clock(start))]))["c1-1"] == start


def test_a_tour_that_ends_at_no_time_of_day_is_refused(base: Plan) -> None:
    of = problem(day={"start": "08:30", "end": "9999:59"})
    # from 9999:00 on: 59 minutes are left, the visit takes an hour and the way back another ten minutes
    with pytest.raises(InvalidInput) as caught:
        apply(of, base, [Place(visit="c1-1", date=on(1), start=599_940.0)])
    assert [(fault.where, fault.code) for fault in caught.value.faults] == [("moves[0]", "time-order")]


def test_where_nobody_works_no_tour_can_be_made() -> None:
    of = problem(officers=[])
    with pytest.raises(InvalidInput) as caught:
        apply(of, Plan(), [Place(visit="c1-1", date=on(1))])
    assert [(fault.where, fault.code) for fault in caught.value.faults] == [("moves[0]", "field-missing")]


def test_every_fault_is_told_at_once(of: Problem, base: Plan) -> None:
    with pytest.raises(InvalidInput) as caught:
        apply(of, base, [LeaveOut(visit="x"), Pin(visit="y"), SetCrew(tour="z", officers=("u", "v"))])
    assert len(caught.value.faults) == 5


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "place", "visit": "v"},
        {"kind": "place", "visit": "v", "date": "2012-08-01", "position": 1, "start": "09:00"},
        {"kind": "place", "visit": "v", "new_tour": True},
        {"kind": "place", "visit": "v", "date": "2012-08-01", "crew": ["a"]},
        {"kind": "place", "visit": "v", "tour": "t", "new_tour": True},
        {"kind": "place", "visit": "v", "position": 0},
        {"kind": "crew", "tour": "t", "officers": []},
        {"kind": "fly", "visit": "v"},
        {"kind": "pin", "visit": "v", "date": "2012-08-01"},
    ],
)
def test_what_is_not_clear_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        MOVES.validate_python([asked])


def test_a_move_is_read_back_as_it_was_written() -> None:
    asked = [
        {"kind": "place", "visit": "v", "tour": "t", "start": "09:30"},
        {"kind": "crew", "tour": "t", "officers": ["a"]},
        {"kind": "leave-out", "visit": "v"}, {"kind": "unpin", "visit": "v"},
    ]  # fmt: skip
    read = MOVES.validate_python(asked)
    assert read[0] == Place(visit="v", tour="t", start=570.0)
    assert MOVES.validate_json(MOVES.dump_json(read)) == read


@st.composite
def hands(draw: st.DrawFn) -> tuple[Problem, Plan, list[Move]]:
    """Any problem with a plan, and up to four moves that name what is there."""
    of = draw(problems(disturbed=False))
    base = of.published or little_plan(of, Random(draw(st.integers(0, 2**16))))
    today = of.today or of.workdays[0]
    ahead = [day for day in of.workdays if day >= today]
    past = {stop.visit for each in base.tours if each.date < today for stop in each.stops}
    free = [each.id for each in of.visits if each.id not in past]
    if not ahead or not free or not of.officers:
        return of, base, []
    visits = st.sampled_from(free)
    clock = st.integers(0, 24 * 12 - 1).map(lambda step: 5.0 * step)
    places = st.one_of(
        st.builds(lambda visit, day: Place(visit=visit, date=day), visits, st.sampled_from(ahead)),
        st.builds(lambda visit, day: Place(visit=visit, date=day, new_tour=True), visits, st.sampled_from(ahead)),
        st.builds(lambda visit, day, at: Place(visit=visit, date=day, start=at), visits, st.sampled_from(ahead), clock),
    )
    leads = st.builds(
        lambda cooperative, who: SetLead(cooperative=cooperative.id, officer=who.id),
        st.sampled_from(of.cooperatives), st.sampled_from(of.officers),
    )  # fmt: skip
    moves = st.one_of(places, places, leads, visits.map(lambda visit: LeaveOut(visit=visit)))
    return of, base, draw(st.lists(moves, max_size=4))


@given(hands())
def test_a_draft_of_anything_is_whole_and_truly_judged(case: tuple[Problem, Plan, list[Move]]) -> None:
    of, base, moves = case
    draft = apply(of, base, moves)
    assert list(draft.broken) == violations(of, draft.plan)
    assert 1 not in broken(draft)  # every visit once, every tour its own id
    assert sum(baht for part, baht in draft.parts.items() if part != "total") == pytest.approx(draft.parts["total"])
    fixed = any(isinstance(move, Place) and move.start is not None for move in moves)
    if not fixed:
        late = [each for each in draft.broken if each.rule == 2 and "sooner than the drive" in each.what]
        assert not [each for each in late if each not in violations(of, base)]
    named = {move.visit for move in moves if isinstance(move, Place | LeaveOut)}
    days = {stop.visit: each.date for each in base.tours for stop in each.stops}
    now = {stop.visit: each.date for each in draft.plan.tours for stop in each.stops}
    assert all(now.get(visit) == day for visit, day in days.items() if visit not in named)


def test_the_places_of_a_line_and_an_office_are_used() -> None:
    """Of two offices the one that the cooperative belongs to sends the new tour."""
    of = problem(
        offices=[office(), office("nn", 3)],
        officers=[officer("a"), officer("n", office="nn")],
        cooperatives=[cooperative("c1", 1, office="nn"), cooperative("c2", 2)],
        travel=line(0, 10, -20, 15),
    )
    draft = apply(of, plan(of), [Place(visit="c1-1", date=on(1))])
    assert [(each.office, each.crew) for each in draft.plan.tours] == [("nn", ("n",))]
    assert draft.sound
