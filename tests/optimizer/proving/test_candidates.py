"""The candidate tours of little problems, counted by hand."""

from __future__ import annotations

import pytest
from support.builders import cooperative, line, office, officer, on, plan, problem, tour, visit

from models.problem import Problem
from optimizer.instance import frame
from optimizer.proving.alike import alike
from optimizer.proving.candidates import Candidate, Stopped, TooLarge, candidate_tours


def tours(p: Problem, most: int = 1000) -> list[Candidate]:
    return candidate_tours(frame(p), most, lambda: False)


def stops(p: Problem) -> list[tuple[int, tuple[int, ...]]]:
    return [(each.day, each.stops) for each in tours(p)]


def test_every_set_of_visits_on_every_day() -> None:
    # c1, c2 and both on each of three days; both orders of both cost the same, and one is enough
    assert len(tours(problem())) == 9
    assert {each.timed.km for each in tours(problem())} == {20.0, 40.0, 60.0}


def test_a_day_too_short_for_both() -> None:
    short = problem(day={"start": "08:30", "end": "11:29"})
    assert {visits for _, visits in stops(short)} == {(0,), (1,)}


def test_an_order_that_costs_more_but_takes_less_is_only_kept_where_hours_have_a_price() -> None:
    # c2 is 1 km nearer by way of c1, but the drive takes longer
    minutes = [[0, 10, 10], [30, 0, 10], [10, 10, 0]]
    km = [[0, 10, 10], [9, 0, 10], [10, 10, 0]]
    p = problem(travel={"minutes": minutes, "km": km}, workdays=[on(1)])
    both = [each for each in tours(p) if len(each.stops) == 2]
    assert [(each.stops, each.timed.km) for each in both] == [((1, 0), 29.0)]
    people = [officer("a", fair_hours=1)]
    paid = p.changed(
        officers=problem(officers=people).officers, prices=p.prices.model_copy(update={"overload_hour": 60.0})
    )
    both = [each for each in tours(paid) if len(each.stops) == 2]
    assert sorted((each.stops, each.timed.km, each.timed.work) for each in both) == [
        ((0, 1), 30.0, 150.0), ((1, 0), 29.0, 170.0),
    ]  # fmt: skip


def test_a_stop_on_the_way_may_make_the_drive_possible() -> None:
    # straight to c2 takes 200 minutes, by way of c1 twice 10
    drives = [[0, 10, 200], [10, 0, 10], [200, 10, 0]]
    p = problem(travel={"minutes": drives, "km": drives}, workdays=[on(1)], day={"start": "08:30", "end": "14:30"})
    assert stops(p) == [(0, (0,)), (0, (0, 1))]


def test_history_and_rhythms_leave_only_their_days() -> None:
    twice = [cooperative("c1", 1, min_gap_days=2)]
    p = problem(cooperatives=twice, visits=[visit("c1-1"), visit("c1-2")])
    past = p.changed(published=plan(p, tour(p, on(1), "a", ["c1-1"])), today=on(2))
    assert stops(past) == [(2, (1,))]
    rhythmic = problem(cooperatives=[cooperative("c1", 1, rhythms=[[on(1), on(3)]])], visits=p.visits)
    assert stops(rhythmic) == [(0, (0,)), (2, (1,))]
    never = problem(cooperatives=[cooperative("c1", 1, rhythms=[])], visits=p.visits)
    assert stops(never) == []


def test_a_start_kept_and_a_start_moved_are_two_tours() -> None:
    # published at 16:00 only c1 fits in; whoever goes to both on that day can be back in time only if c1 moves
    p = problem(workdays=[on(1)], day={"start": "08:30", "end": "17:10"}, offices=[office(cars=1)],
                prices={"km": 1, "officer_day": 100, "unplanned": 1000, "moved": 50, "overload_hour": 60},
                officers=[officer("a", fair_hours=1)],
                visits=[visit("c1-1"), visit("c2-1", window=["08:50", "08:50"])])  # fmt: skip
    standing = plan(p, tour(p, on(1), "a", ["c1-1"], depart="15:50"))
    found = tours(p.changed(published=standing, today=on(1)))
    both = sorted((each.timed.work, sorted(each.timed.kept)) for each in found if len(each.stops) == 2)
    # straight on: 180 minutes; to start at 15:30 at the earliest: 08:30 to 16:40
    assert both == [(180.0, []), (490.0, [0])]
    alone = [(each.timed.work, sorted(each.timed.kept)) for each in found if each.stops == (0,)]
    assert alone == [(80.0, [0])]


def test_a_pin_binds_the_crew() -> None:
    p = problem(workdays=[on(1)])
    standing = plan(p, tour(p, on(1), "ab", ["c1-1"]))
    found = tours(p.changed(published=standing, pins=("c1-1",)))
    assert next((each.stops, each.crew) for each in found if 0 in each.stops) == ((0,), {0, 1})
    assert [each.crew for each in found if each.stops == (1,)] == [None]


def test_too_many_tours_and_too_long_ones_are_refused() -> None:
    with pytest.raises(TooLarge):
        tours(problem(), most=8)
    near = [cooperative(f"c{n}", 1) for n in range(9)]
    with pytest.raises(TooLarge):
        tours(problem(cooperatives=near, visits=[visit(f"c{n}-1", minutes=1) for n in range(9)], workdays=[on(1)],
                      travel=line(0, 1)))  # fmt: skip


def test_listing_can_be_stopped() -> None:
    hosts = [cooperative(f"c{n}", 1) for n in range(6)]
    p = problem(cooperatives=hosts, visits=[visit(f"c{n}-1") for n in range(6)])
    with pytest.raises(Stopped):
        candidate_tours(frame(p), 1000, lambda: True)


def test_officers_are_alike_when_nothing_but_the_name_differs() -> None:
    people = [officer("a", "d"), officer("b", "d"), officer("c", "du"), officer("d", "d"), officer("e", "d")]
    p = problem(officers=people, visits=[visit("c1-1", topics=["d"]), visit("c2-1", topics=["u"])])
    assert alike(frame(p)) == [[0, 1, 3, 4]]
    led = problem(
        officers=people, cooperatives=[cooperative("c1", 1, lead="a"), cooperative("c2", 2, current_lead="b")]
    )
    assert alike(frame(p.changed(cooperatives=led.cooperatives))) == [[3, 4]]
