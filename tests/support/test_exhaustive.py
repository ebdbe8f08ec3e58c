"""The exhaustive optimum against optima worked out by hand, and against plain trial of every timing."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.plan import Plan, Stop, Tour, Unplanned
from models.problem import Problem, Visit
from models.referee import cost, violations
from support.builders import cooperative, days, line, office, officer, on, plan, problem, rules_broken, tour, visit
from support.exhaustive import optimum
from support.publishing import little_plan
from support.strategies import problems, tiny_problems

BREAK = {"break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00"}


def total(p: Problem) -> float:
    best = optimum(p)
    assert best is not None
    return best.cost.total


def test_one_tour_over_both_is_cheapest() -> None:
    # One tour over both: 60 km and an officer day, 160. Two tours: 20 + 40 km and two officer days, 260.
    assert total(problem()) == 160


def test_visits_that_are_not_worth_the_road_are_left_out() -> None:
    # c1 alone costs 120, c2 alone 140, both 160; leaving one out costs 70 or 30.
    visits = [visit("c1-1", priority=3), visit("c2-1", priority=1)]  # 3 x 20 = 60 and 20 baht
    assert total(problem(visits=visits, prices={"km": 1, "officer_day": 100, "unplanned": 20})) == 80
    # At 100 baht for each priority: leaving out c2 costs 100 and saves 40.
    assert total(problem(visits=visits, prices={"km": 1, "officer_day": 100, "unplanned": 100})) == 160


def test_no_car_means_no_visit() -> None:
    best = optimum(problem(offices=[office(cars=0)]))
    assert best is not None
    assert best.tours == ()
    assert best.cost.total == 2000


def test_a_short_day_needs_two_tours() -> None:
    # Over both takes 180 minutes; 150 allow one each: 20 + 40 km and two officer days, on one day or two.
    assert total(problem(day={"start": "08:30", "end": "16:30", "max_minutes": 150})) == 260


def test_lateness_against_a_second_officer() -> None:
    # Three hours a tour are too long, so c1 and c2 go apart. One officer: c2 a workday late, at 3 x 5 = 15 baht more
    # than 260. A second officer on the first day costs nothing more here, so both are in time.
    day = {"start": "08:30", "end": "16:30", "max_minutes": 150}
    prices = {"km": 1, "officer_day": 100, "unplanned": 1000, "late_day": 5}
    visits = [visit("c1-1", due=on(1)), visit("c2-1", due=on(1), priority=3)]
    assert total(problem(day=day, prices=prices, visits=visits)) == 260
    # With one officer the cheaper one is late: c1, of priority 1.
    assert total(problem(day=day, prices=prices, visits=visits, officers=[officer("a")])) == 265


def test_the_break_is_not_work_and_waiting_is() -> None:
    # c1 is only open from 10:00 to 11:00, c2 from 13:30 to 14:30. Out at 09:50, back at 14:50: five hours, four without
    # the break. Alone c1 takes 80 minutes and c2 100: three hours in all, and 40 - 20 - ... km are the same 60 km.
    cooperatives = [cooperative("c1", 1, open=["10:00", "11:00"]), cooperative("c2", 2, open=["13:30", "14:30"])]
    p = problem(
        cooperatives=cooperatives, officers=[officer("a", fair_hours=0)],
        day={"start": "08:30", "end": "16:30"} | BREAK,
        prices={"km": 0, "officer_day": 0, "unplanned": 9999, "overload_hour": 60},
    )  # fmt: skip
    assert total(p) == pytest.approx(180)  # two days, three hours
    assert total(p.changed(workdays=(on(1),))) == pytest.approx(240)  # one tour a day for the one officer


def test_a_topic_needs_a_second_officer() -> None:
    people = [officer("a", "d"), officer("b", "u")]
    visits = [visit("c1-1", topics=["d", "u"])]
    # 20 km and two officer days; then either of the two leads.
    assert total(problem(officers=people, visits=visits)) == 220
    assert total(problem(officers=people, visits=visits, offices=[office(seats=1)])) == 1000


def test_one_lead_for_two_visits_or_a_stand_in() -> None:
    # Two visits of c1; a is away on the 2nd, b on the 1st, and the gap allows no other days.
    people = [officer("a", absent=days(2)), officer("b", absent=days(1))]
    p = problem(workdays=days(1, 2), officers=people, visits=[visit("c1-1"), visit("c1-2")],
                prices={"km": 1, "officer_day": 100, "unplanned": 1000, "stand_in": 30})  # fmt: skip
    assert total(p) == 270  # 2 x (20 + 100) + one stand-in
    dear = p.changed(prices={"km": 1, "officer_day": 100, "unplanned": 200, "stand_in": 300})
    assert total(dear) == 320  # one visit with its lead, the other left out


def test_a_lead_change_against_stand_ins() -> None:
    # b leads c1 today but is away; a comes. Change the lead for 50, or pay two stand-ins at 30.
    people = [officer("a"), officer("b", absent=days(1, 2, 3))]
    p = problem(officers=people, cooperatives=[cooperative("c1", 1, current_lead="b")],
                visits=[visit("c1-1"), visit("c1-2")],
                prices={"km": 0, "officer_day": 0, "unplanned": 1000, "stand_in": 30, "lead_change": 50})  # fmt: skip
    assert total(p) == 50
    assert total(p.changed(visits=p.visits[:1])) == 30


def test_the_gap_and_the_rhythm_choose_the_days() -> None:
    due = [visit("c1-1", due=on(1)), visit("c1-2", due=on(1))]
    prices = {"km": 0, "officer_day": 0, "unplanned": 1000, "late_day": 10}
    cooperatives = [cooperative("c1", 1, min_gap_days=2)]
    assert total(problem(cooperatives=cooperatives, visits=due, prices=prices)) == 20  # the 1st and the 3rd
    cooperatives = [cooperative("c1", 1, rhythms=[days(2, 3)])]
    assert total(problem(cooperatives=cooperatives, visits=due, prices=prices)) == 30  # one and two workdays late
    cooperatives = [cooperative("c1", 1, rhythms=[days(2, 4)])]  # the 4th is no workday
    assert total(problem(cooperatives=cooperatives, visits=due, prices=prices)) == 2000


def test_a_week_has_so_many_days() -> None:
    # 1, 2 and 3 August are one week. The one officer may go twice, and a tour holds one visit.
    p = problem(
        officers=[officer("a", max_days_per_week=2)], cooperatives=[cooperative("c1", 1)],
        visits=[visit(f"c1-{n}", priority=n) for n in (1, 2, 3)],
        prices={"km": 1, "officer_day": 10, "unplanned": 100},
    )  # fmt: skip
    assert total(p) == 2 * 30 + 100  # the visit of priority 1 is left out


def test_partners_capacity_and_offices() -> None:
    two = [office(capacity=1), office("ud", 3, capacity=1)]
    p = problem(
        offices=two, officers=[officer("a"), officer("b", office="ud")], travel=line(0, 10, -20, -30),
        visits=[visit("c1-1", load=1), visit("c2-1", load=1, partner="cad")],
        partners=[{"id": "cad", "dates": days(3), "per_day": 1}],
    )  # fmt: skip
    # c1 from kk: 20 km; c2 from ud, 10 km away: 20 km; two officer days.
    best = optimum(p)
    assert best is not None
    assert best.cost.total == 240
    assert {tour.office: tour.date for tour in best.tours}["ud"] == on(3)


def moving(**prices: float) -> Problem:
    """c1 is published for the 2nd with a, who fell ill on that day."""
    p = problem(visits=[visit("c1-1")], prices={"km": 1, "officer_day": 100, "unplanned": 1000} | prices)
    standing = plan(p, tour(p, on(2), "a", ["c1-1"]))
    return p.changed(published=standing, today=on(1), officers=(p.officers[0].model_copy(update={"absent": (on(2),)}),
                                                                p.officers[1]))  # fmt: skip


def test_a_move_is_weighed_against_a_stand_in() -> None:
    # b on the 2nd is another lead, or a stand-in: a move either way. So is a on another day.
    assert total(moving(moved=200)) == 320
    assert total(moving(moved=200, moved_soon=0)) == 320


def test_a_pin_that_cannot_stand_leaves_no_plan() -> None:
    assert optimum(moving().changed(pins=("c1-1",))) is None


def test_a_published_start_is_kept_where_a_move_is_dear() -> None:
    # Published for 14:00. Over both c1 and c2 in one tour, c1 within half an hour of it, is cheapest.
    p = problem(prices={"km": 1, "officer_day": 100, "unplanned": 1000, "moved": 500})
    standing = plan(p, tour(p, on(1), "a", ["c1-1"], starts={"c1-1": "14:00"}))
    best = optimum(p.changed(published=standing, today=on(1)))
    assert best is not None
    assert best.cost.total == 160
    (start,) = [stop.start for each in best.tours for stop in each.stops if stop.visit == "c1-1"]
    assert abs(start - 14 * 60) <= 30


def test_history_stands_and_weighs() -> None:
    # a went to c1 on the 1st and may go out once a week: c2 is for b. 120 + 140.
    p = problem(officers=[officer("a", max_days_per_week=1), officer("b")])
    standing = plan(p, tour(p, on(1), "a", ["c1-1"]))
    later = p.changed(published=standing, today=on(2))
    assert total(later) == 260
    assert total(later.changed(officers=later.officers[:1])) == 1120


# -- plain trial: one visit, every timing that could matter, judged by the referee alone ---------------------------


def trials(p: Problem, wanted: Visit) -> Iterator[Plan]:
    """Plans with the one visit at every place and time of interest, and the plan without it."""
    yield with_cost(p, (), {})
    cooperative = p.cooperative_by_id[wanted.cooperative]
    leads = (
        [cooperative.lead] if cooperative.lead else [each.id for each in p.officers if not cooperative.bars(each.id)]
    )
    for date, base in itertools.product(p.workdays, p.offices):
        staff = [each.id for each in p.officers if each.office == base.id]
        timings = list(tours_of_interest(p, wanted, date, base.location, cooperative.location))
        for car, size in itertools.product(set(p.cars(base.id, date)), range(1, min(base.most_seats, len(staff)) + 1)):
            for crew in itertools.combinations(staff, size):
                for lead, timing in itertools.product(leads, timings):
                    frame = {"id": "t", "date": date, "office": base.id, "car": car.id, "crew": crew}
                    yield with_cost(p, (Tour.model_validate(frame | timing),), {cooperative.id: lead})


def tours_of_interest(p: Problem, wanted: Visit, date: dt.date, home: int, away: int) -> Iterator[dict[str, Any]]:
    """Starts at every bound that could bind, leaving as late and returning as early as each break allows."""
    step, slack = p.day.step, p.day.slack
    out, back = p.travel.minutes[home][away], p.travel.minutes[away][home]
    length, day = p.day.break_minutes or 0.0, p.day
    cooperative = p.cooperative_by_id[wanted.cooperative]
    spans = [
        *wanted.windows,
        *cooperative.stretches(date),
        *(span for each in p.officers for span in each.busy_on(date)),
    ]
    bounds = [day.start, day.end, day.break_opens, day.break_closes, day.break_opens + length]
    bounds += [bound for span in spans for bound in span if bound < 6000]
    bounds += [stop.start + by for t in (p.published.tours if p.published else ()) for stop in t.stops
               for by in (-30, 0, 30)]  # fmt: skip
    starts = {on_grid for bound in bounds
              for shift in (0, out + slack, out + length, length, -wanted.minutes, out + max(slack, length),
                            -wanted.minutes - back, -wanted.minutes - back - length)
              for on_grid in _around(round(bound + shift, 6), step)}  # fmt: skip
    for start in starts:
        end = start + wanted.minutes
        for before, after in ((0, 0), (1, 0), (0, 1)):
            depart = _around(round(start - out - max(slack, before * length), 6), step)[0]
            home_at = end + back + after * length
            rests = [(low, low + length) for low in (day.break_opens, day.break_closes, depart, start - length, end)]
            for rest in [None, *rests] if day.has_break else [None]:
                if depart < 0 or (rest and rest[0] < 0):
                    continue
                leaves = _around(min(depart, rest[0]), step)[0] if rest and before else depart
                returns = max(home_at, rest[1]) if rest and after else home_at
                stop = Stop(visit=wanted.id, arrive=start - slack, start=start, end=end)
                yield {"depart": leaves, "return": returns, "break": rest, "stops": (stop,)}


def _around(minutes: float, step: float) -> list[float]:
    """The times on the grid at or before and at or after ``minutes``."""
    return [math.floor(minutes / step) * step, math.ceil(minutes / step) * step] if step else [minutes]


def with_cost(p: Problem, tours: tuple[Tour, ...], leads: dict[str, str]) -> Plan:
    seen = {stop.visit for each in tours for stop in each.stops}
    left = tuple(Unplanned(visit=v.id, reason="x: y.") for v in p.visits if v.id not in seen)
    bare = Plan(leads=leads, tours=tours, unplanned=left)
    return bare.model_copy(update={"cost": cost(p, bare)})


@settings(max_examples=30, deadline=None)
@given(
    problems(max_visits=1, max_cooperatives=1, max_officers=2, max_workdays=2, exact=True).filter(
        lambda p: len(p.visits) == 1 and not p.history
    )
)
def test_plain_trial_finds_nothing_cheaper_and_nothing_less(p: Problem) -> None:
    best = min(each.cost.total for each in trials(p, p.visits[0]) if not violations(p, each))
    assert total(p) == pytest.approx(best, abs=0.02)


@settings(max_examples=50, deadline=None)
@given(tiny_problems())
def test_every_tiny_problem_has_an_optimum_that_the_referee_accepts(p: Problem) -> None:
    best = optimum(p)
    assert best is not None
    assert rules_broken(p, best) == []
    if p.published is not None:
        standing = with_cost(p, p.published.tours, dict(p.published.leads))
        if not violations(p, standing):
            assert best.cost.total <= standing.cost.total + 1e-6


@settings(max_examples=50, deadline=None)
@given(tiny_problems(published=False), st.integers(0, 1000))
def test_no_plan_put_together_at_random_is_cheaper(p: Problem, seed: int) -> None:
    least = total(p)
    for number in range(10):
        assert little_plan(p, Random(seed + number)).cost.total >= least - 1e-6
