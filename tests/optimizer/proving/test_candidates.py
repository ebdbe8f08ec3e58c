"""The candidate tours of little problems, counted by hand."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import cooperative, line, office, officer, on, plan, problem, tour, visit

from models.problem import Problem
from optimizer.instance import frame
from optimizer.proving.alike import alike
from optimizer.proving.candidates import Candidate, TooLarge, candidate_tours
from optimizer.stopping import Stopped


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
    cooperatives = [cooperative(f"c{n}", 1) for n in range(6)]
    p = problem(cooperatives=cooperatives, visits=[visit(f"c{n}-1") for n in range(6)])
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


def only(at: Any = (), own: Any = (), **changes: Any) -> Problem:
    """c1-1 alone, on Wednesday the 1st and Thursday the 2nd, ten minutes and kilometres away."""
    return problem(**({
        "workdays": [on(1), on(2)], "cooperatives": [cooperative("c1", 1, **dict(at))],
        "visits": [visit("c1-1", **dict(own))], "travel": line(0, 10),
    } | changes))  # fmt: skip


def test_hours_by_weekday_leave_the_days_on_which_they_fit() -> None:
    at = {"open": {"wed": [["09:00", "09:45"]], "thu": [["09:00", "09:45"], ["13:00", "14:00"]]}}
    assert stops(only(at)) == [(1, (0,))]


def test_several_windows_are_one_tour_of_the_least_work() -> None:
    # c1 at 09:00 or 15:00, c2 at 14:00: whoever starts with c2 waits only from 15:30 on for c1
    p = problem(
        workdays=[on(1)], officers=[officer("a", fair_hours=1)],
        prices={"km": 1, "officer_day": 100, "unplanned": 1000, "overload_hour": 60},
        visits=[visit("c1-1", window=[["09:00", "09:00"], ["15:00", "15:30"]]),
                visit("c2-1", window=["13:00", "13:00"])],
    )  # fmt: skip
    both = [(each.stops, each.timed.work) for each in tours(p) if len(each.stops) == 2]
    # out at 12:40, c2 from 13:00 to 14:00, c1 from 15:00 to 16:00, in at 16:10
    assert both == [((1, 0), 210.0)]


def test_starts_on_the_grid_and_slack_before_them_make_a_tour_longer() -> None:
    timed = {"officers": [officer("a", fair_hours=1)], "prices": {"overload_hour": 60}}
    day = {"start": "08:30", "end": "16:30"}
    lengths = [
        tours(only(day=day | more, **timed))[0].timed.work
        for more in ({}, {"slack_minutes": 7}, {"step_minutes": 15}, {"step_minutes": 15, "slack_minutes": 7})
    ]
    # 10 there, 60, 10 back; with slack 7 more; on the grid out at 08:30 for a start at 08:45, with slack at 09:00
    assert lengths == [80.0, 87.0, 85.0, 100.0]


def test_officers_busy_for_a_part_of_the_day_split_it() -> None:
    # a is busy from 10 to 15: tours before and after for both, and one at any time without a
    people = [officer("a", busy=[{"date": on(1), "from": "10:00", "to": "15:00"}]), officer("b")]
    p = only(
        own={"window": ["09:00", "14:00"]}, officers=people, workdays=[on(1)], day={"start": "08:30", "end": "17:30"}
    )
    # begun at 09:00 it is over at 10:10: a cannot come at all, b may
    assert [each.timed.busy for each in tours(p)] == [{0}]
    early = only(own={"minutes": 30}, officers=people, workdays=[on(1)])
    assert [each.timed.busy for each in tours(early)] == [frozenset()]
    nobody = only(own={"window": ["09:00", "14:00"]}, officers=people[:1], workdays=[on(1)])
    assert tours(nobody) == []


def test_a_day_that_costs_by_its_hours_may_be_worth_more_kilometres() -> None:
    # 60 baht up to three hours, then 200; the near way takes long
    minutes = [[0, 10, 10], [70, 0, 10], [10, 10, 0]]
    km = [[0, 10, 10], [9, 0, 10], [10, 10, 0]]
    p = problem(travel={"minutes": minutes, "km": km}, workdays=[on(1)],
                prices={"km": 1, "officer_day": [{"hours": 0, "baht": 60}, {"hours": 3, "baht": 200}]})  # fmt: skip
    both = [each for each in tours(p) if len(each.stops) == 2]
    assert sorted((each.stops, each.timed.km, each.timed.pay) for each in both) == [
        ((0, 1), 30.0, 60.0), ((1, 0), 29.0, 200.0),
    ]  # fmt: skip


def test_a_tour_that_is_back_before_the_last_break_begins_is_timed_without_one() -> None:
    rests = {"break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00"}
    money = {"overload_hour": 60, "officer_day": [{"hours": 0, "baht": 60}, {"hours": 3, "baht": 200}]}
    p = only(own={"window": ["09:30", "09:30"], "minutes": 120}, workdays=[on(1)], prices=money,
             officers=[officer("a", fair_hours=1)], day={"start": "08:30", "end": "16:30"} | rests)  # fmt: skip
    # out 09:20, in 11:40 before the last break begins: 140 minutes of work either way, so the shorter day is enough
    assert [(each.timed.work, each.timed.pay) for each in tours(p)] == [(140.0, 60.0)]


def test_tours_of_too_many_ways_to_be_timed_are_refused() -> None:
    # every quarter of an hour a window of one minute: more departures than are kept
    windows = [
        [f"{8 + n // 4:02d}:{15 * (n % 4):02d}", f"{8 + n // 4:02d}:{15 * (n % 4) + 1:02d}"] for n in range(3, 34)
    ]
    with pytest.raises(TooLarge):
        tours(only(own={"window": windows, "minutes": 5}))
