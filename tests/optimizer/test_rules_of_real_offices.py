"""Hours in stretches, busy officers, crews, barred officers, unlike cars, the grid, pay by hours: each rule alone."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import cooperative, line, office, officer, on, plan, problem, rules_broken, tour, visit
from support.exhaustive import optimum

from models.plan import Plan
from models.problem import Problem
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import StepLimit


def costs(p: Problem, baht: float) -> Plan:
    """The solver's plan, whose cost is the optimum stated by the test and found by exhaustion."""
    exact = optimum(p)
    assert exact is not None
    assert exact.cost.total == pytest.approx(baht, abs=0.01)
    made = solve(p, Params(deterministic=True), StepLimit(2000))
    assert rules_broken(p, made) == []
    assert made.cost.total == pytest.approx(baht, rel=1e-4, abs=0.01)
    return made


def one(**changes: Any) -> Problem:
    """Only c1, 10 km away with a visit of an hour: 20 km and an officer's day, 120 baht; left out 1000."""
    return problem(**({"cooperatives": [cooperative("c1", 1)], "visits": [visit("c1-1")]} | changes))


def test_open_in_stretches_a_visit_fits_wholly_into_one() -> None:
    # An hour fits between 13:00 and 14:00 only: the other stretch is half an hour.
    made = costs(one(cooperatives=[cooperative("c1", 1, open=[["09:00", "09:30"], ["13:00", "14:00"]])]), 120)
    assert made.tours[0].stops[0].start == 13 * 60
    # Two stretches that leave no hour between them, though together they are one: not over lunch.
    costs(one(cooperatives=[cooperative("c1", 1, open=[["11:15", "12:00"], ["13:00", "13:30"]])]), 1000)


def test_open_by_weekday() -> None:
    # 1 August 2012 is a Wednesday; the cooperative is open on Thursdays only.
    made = costs(one(cooperatives=[cooperative("c1", 1, open={"thu": [["09:00", "12:00"]]})]), 120)
    assert made.tours[0].date == on(2)
    costs(one(cooperatives=[cooperative("c1", 1, open={"mon": [["09:00", "12:00"]]})]), 1000)


def test_several_windows_of_a_visit() -> None:
    # c2 is bound to 13:00, half an hour's drive from c1, whose windows are 08:40 and 14:30: one tour over both.
    visits = [visit("c1-1", window=[["08:40", "08:40"], ["14:30", "14:30"]]), visit("c2-1", window=["13:00", "13:00"])]
    made = costs(problem(visits=visits), 160)
    assert {stop.visit: stop.start for stop in made.tours[0].stops}["c1-1"] == 8 * 60 + 40


def test_dates_of_a_visit() -> None:
    # c1 may be on the 1st or 3rd, c2 on the 2nd: two tours.
    made = costs(problem(visits=[visit("c1-1", dates=[on(1), on(3)]), visit("c2-1", dates=[on(2)])]), 120 + 140)
    assert {t.stops[0].visit: t.date for t in made.tours}["c2-1"] == on(2)


def test_busy_for_a_part_of_the_day_the_tour_touches_it() -> None:
    # The tour takes 80 minutes; free is the officer only from 09:00 to 10:20.
    busy = [{"date": day, "from": a, "to": b} for day in (on(1), on(2), on(3))
            for a, b in (("08:00", "09:00"), ("10:20", "17:00"))]  # fmt: skip
    made = costs(one(officers=[officer("a", busy=busy)]), 120)
    assert (made.tours[0].depart, made.tours[0].return_) == (540, 620)
    busy = [part | {"from": "10:19"} if part["from"] == "10:20" else part for part in busy]
    costs(one(officers=[officer("a", busy=busy)]), 1000)


def test_busy_companions_are_free_at_once_or_not_at_all() -> None:
    # Two must ride. a is busy in the mornings, b in the afternoons of every day; c has time.
    days = (on(1), on(2), on(3))
    a = officer("a", busy=[{"date": day, "from": "08:00", "to": "12:00"} for day in days])
    b = officer("b", busy=[{"date": day, "from": "12:00", "to": "17:00"} for day in days])
    costs(one(officers=[a, b], visits=[visit("c1-1", crew=2)]), 1000)
    made = costs(one(officers=[a, b, officer("c")], visits=[visit("c1-1", crew=2)]), 220)
    assert "c" in made.tours[0].crew


def test_crew_at_least_so_many_officers() -> None:
    # Both visits on one tour: 60 km, and two officers for c2's sake.
    made = costs(problem(visits=[visit("c1-1"), visit("c2-1", crew=2)]), 260)
    assert made.tours[0].crew == ("a", "b")
    # Two seats do not take three officers.
    costs(one(officers=[officer(id_) for id_ in "abc"], visits=[visit("c1-1", crew=3)]), 1000)


def test_barred_officers_neither_ride_nor_lead() -> None:
    # a alone has the topic of c2, and is barred from c1: two tours; with companions for topics no tour over both.
    coops = [cooperative("c1", 1, barred=["a"]), cooperative("c2", 2)]
    officers = [officer("a", "x"), officer("b")]
    made = costs(problem(cooperatives=coops, officers=officers, visits=[visit("c1-1"), visit("c2-1", topics=["x"])]),
                 120 + 140)  # fmt: skip
    assert made.leads["c1"] == "b"
    # The present lead is barred: the change costs 50.
    coops = [cooperative("c1", 1, barred=["a"], current_lead="a")]
    prices = {"km": 1, "officer_day": 100, "unplanned": 1000, "lead_change": 50, "stand_in": 30}
    made = costs(problem(cooperatives=coops, visits=[visit("c1-1")], prices=prices), 170)
    assert made.leads["c1"] == "b"


def test_unlike_cars_each_once_a_day_with_its_own_price() -> None:
    # Alone, the small car at 0.5 baht a kilometre: 10 + 100.
    small, large = {"id": "small", "seats": 1, "km": 0.5}, {"id": "large", "seats": 2}
    where = [office(cars=[small, large], seats=None)]
    assert costs(one(offices=where), 110).tours[0].car == "small"
    # Two officers need the large one: 20 + 200.
    assert costs(one(offices=where, visits=[visit("c1-1", crew=2)]), 220).tours[0].car == "large"
    # The small one is away on all days.
    away = [office(cars=[small | {"away": [on(1), on(2), on(3)]}, large], seats=None)]
    assert costs(one(offices=away), 120).tours[0].car == "large"


def test_unlike_cars_bind_by_their_capacity() -> None:
    # Loads of 2 and 2: the cheap car takes 3, so that both together go in the dear one: 60 x 2 + 100, against
    # 20 + 40 km at 1 and two days of an officer, 260.
    cars = [{"id": "cheap", "seats": 1, "capacity": 3}, {"id": "dear", "seats": 1, "capacity": 4, "km": 2}]
    visits = [visit("c1-1", load=2), visit("c2-1", load=2)]
    assert costs(problem(offices=[office(cars=cars, seats=None)], visits=visits), 220).tours[0].car == "dear"


def test_the_grid_of_times() -> None:
    # From 08:30 in steps of 30 minutes: leave 08:30, c1 at 09:00 (there 08:40), back 10:10.
    day = {"start": "08:30", "end": "10:10", "step_minutes": 30}
    made = costs(one(day=day), 120)
    assert (made.tours[0].depart, made.tours[0].stops[0].start, made.tours[0].return_) == (510, 540, 610)
    costs(one(day=day | {"end": "10:09"}), 1000)


def test_slack_before_each_start_but_not_before_the_return() -> None:
    day = {"start": "08:30", "end": "10:05", "slack_minutes": 15}
    made = costs(one(day=day), 120)  # 10 + 15 + 60 + 10 minutes
    assert made.tours[0].stops[0].arrive + 15 <= made.tours[0].stops[0].start
    costs(one(day=day | {"end": "10:04"}), 1000)


def test_pay_by_hours_a_shorter_tour_is_cheaper() -> None:
    # The tour over both takes three hours: 60 km + 300. One for each takes 80 and 100 minutes: 20 + 40 km + 2 x 100.
    prices = {"km": 1, "officer_day": [{"hours": 0, "baht": 100}, {"hours": 3, "baht": 300}], "unplanned": 1000}
    costs(problem(prices=prices), 260)
    # Three hours and a minute before the step: one tour it is.
    prices["officer_day"] = [{"hours": 0, "baht": 100}, {"hours": 3.02, "baht": 300}]
    costs(problem(prices=prices), 160)


def test_pay_by_hours_counts_the_break() -> None:
    # c1 until 11:30, c2 from 13:00: with the break the tour takes 330 minutes, 5.5 hours.
    day = {"start": "08:30", "end": "16:30", "break_minutes": 60, "break_earliest": "11:30", "break_latest": "12:30"}
    fixed = [visit("c1-1", window=["10:30", "10:30"]), visit("c2-1", window=["13:00", "13:00"])]
    prices = {"km": 1, "officer_day": [{"hours": 0, "baht": 0}, {"hours": 4, "baht": 40}, {"hours": 5, "baht": 90}],
              "unplanned": 1000}  # fmt: skip
    # One tour from 10:20 to 14:20 takes four hours: 60 + 40; two take 80 and 100 minutes: 20 + 40.
    costs(problem(day=day, visits=fixed, prices=prices), 60)


def published(crew: str, **changes: Any) -> Problem:
    """c1 and c2 on one tour of ``crew`` on the 1st, published; a move costs 500, other companions 80."""
    prices = {"km": 1, "officer_day": 100, "unplanned": 1000, "moved": 500, "crew_change": 80}
    coops = [cooperative("c1", 1, lead="a"), cooperative("c2", 2, lead="a")]
    bare = problem(cooperatives=coops, prices=prices)
    standing = plan(bare, tour(bare, on(1), crew, ["c1-1", "c2-1"]))
    return bare.changed(published=standing, **changes)


def test_crew_change_counts_where_a_visit_stays_with_its_lead() -> None:
    # As published: 60 km and two days, 260. To send b home saves 100, and costs 80 for each of two visits.
    assert costs(published("ab"), 260).tours[0].crew == ("a", "b")
    # At 40 baht for each, it saves 20.
    dear = published("ab")
    cheap = dear.changed(prices=dear.prices.model_copy(update={"crew_change": 40.0}))
    assert costs(cheap, 60 + 100 + 80).tours[0].crew == ("a",)


def test_crew_change_when_a_companion_is_needed_elsewhere() -> None:
    # b is absent on the 1st: both visits change their companions, 60 + 100 + 2 x 80; moving them would cost 2 x 500.
    bare = published("ab")
    absent = tuple(o.model_copy(update={"absent": (on(1),)}) if o.id == "b" else o for o in bare.officers)
    made = costs(bare.changed(officers=absent), 60 + 100 + 160)
    assert made.cost.crew_change == 160 and made.cost.moved == 0


def test_giants_take_no_memory() -> None:
    # A thousand cars of a thousand seats for two officers and two visits: two slots a day, of two seats.
    from optimizer.instance import frame
    from optimizer.search.state import new_state

    inst = frame(problem(offices=[office(cars=1000, seats=1000)])).instance
    assert inst.cars.tolist() == [[2, 2, 2]]
    assert new_state(inst).crew.shape == (6, 2)


def test_of_equal_plans_the_one_a_person_would_take() -> None:
    # No price depends on hours: the board visit begins with its meeting at 09:00, not at the last minute, 10:00,
    # though c2, from 13:00 on, would make the day shorter; and nobody leaves sooner than for 09:00.
    visits = [visit("c1-1", window=["09:00", "10:00"]), visit("c2-1", window=["13:00", "15:00"])]
    made = costs(problem(visits=visits, travel=line(0, 10, 20)), 140)
    assert [stop.start for stop in made.tours[0].stops] == [9 * 60, 13 * 60]
    assert made.tours[0].depart == 8 * 60 + 50
    # Where every hour costs, it begins at 10:00: c2 begins at 13:00 and it is 4 hours 30 minutes from 09:50 on.
    paid = [officer("a", fair_hours=0), officer("b", fair_hours=0)]
    prices = {"km": 1, "officer_day": 100, "unplanned": 1000, "overload_hour": 60}
    made = costs(problem(visits=visits, travel=line(0, 10, 20), officers=paid, prices=prices), 140 + 270)
    assert made.tours[0].stops[0].start == 10 * 60
