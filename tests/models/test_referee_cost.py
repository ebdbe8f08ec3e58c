"""The cost, part by part, worked out by hand; and that a plan states it truly."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import cooperative, days, line, officer, on, plan, problem, rules_broken, tour, visit

from models.plan import COST_PARTS, Cost
from models.problem import Problem
from models.referee import cost

NO_PRICES = {"km": 0, "officer_day": 0, "unplanned": 0}


def priced(price: str, baht: float, **changes: Any) -> Problem:
    """A problem in which one thing alone has a price."""
    return problem(prices=NO_PRICES | {price: baht}, **changes)


def only(part: str, baht: float) -> Cost:
    return Cost.of(**{part: baht})


def test_kilometres_of_all_tours() -> None:
    # 10 + 30 + 20 for the first tour, 20 + 20 for the second: 100 km at 4 baht.
    p = priced("km", 4)
    assert cost(p, plan(p, tour(p, on(1), "a", ["c1-1", "c2-1"]))) == only("km", 240)
    p = priced("km", 4, visits=[visit("c1-1"), visit("c2-1"), visit("c2-2")])
    both = plan(p, tour(p, on(1), "a", ["c1-1", "c2-1"]), tour(p, on(2), "a", ["c2-2"]))
    assert cost(p, both) == only("km", 400)


def test_kilometres_in_the_direction_driven() -> None:
    # There 1 + 2 + 4, back 32 + 16 + 8.
    km = [[0, 1, 32], [8, 0, 2], [4, 16, 0]]
    p = priced("km", 1, travel={"minutes": line(0, 1, 2)["minutes"], "km": km})
    assert cost(p, plan(p, tour(p, on(1), "a", ["c1-1", "c2-1"]))).km == 1 + 2 + 4
    assert cost(p, plan(p, tour(p, on(1), "a", ["c2-1", "c1-1"]))).km == 32 + 16 + 8


def test_officer_days_are_crew_members_summed_over_tours() -> None:
    p = priced("officer_day", 120)
    made = plan(p, tour(p, on(1), "ab", ["c1-1"]), tour(p, on(2), "a", ["c2-1"]))
    assert cost(p, made) == only("officer_days", 360)


def test_car_days_are_tours() -> None:
    p = priced("car_day", 80)
    made = plan(p, tour(p, on(1), "ab", ["c1-1"]), tour(p, on(2), "a", ["c2-1"]))
    assert cost(p, made) == only("car_days", 160)


@pytest.mark.parametrize(
    ("due", "date", "late"),
    [
        (6, 6, 0),  # on the due date
        (None, 8, 0),
        (3, 6, 1),  # Friday to Monday: one workday
        (4, 6, 1),  # due on a Saturday
        (5, 7, 2),  # due on a Sunday, Monday and Tuesday are workdays after it
        (1, 8, 5),  # the 2nd, 3rd, 6th, 7th and 8th
        (0, 1, 1),  # due before the horizon begins
    ],
)
def test_lateness_is_workdays_after_the_due_date_by_priority(due: int | None, date: int, late: int) -> None:
    due_on = None if due is None else on(due)
    p = priced("late_day", 40, workdays=days(1, 2, 3, 6, 7, 8), visits=[visit("c1-1", due=due_on, priority=3)])
    assert cost(p, plan(p, tour(p, on(date), "a", ["c1-1"]))) == only("late", late * 3 * 40)


def test_visits_left_out_by_priority() -> None:
    p = priced("unplanned", 1000, visits=[visit("c1-1", priority=5, due=on(1)), visit("c2-1", priority=2)])
    assert cost(p, plan(p)) == only("unplanned", 7000)
    assert cost(p, plan(p, tour(p, on(1), "a", ["c1-1"]))) == only("unplanned", 2000)


def test_stand_ins_are_visits_whose_crew_lacks_the_lead() -> None:
    p = priced("stand_in", 400)
    made = tour(p, on(1), "a", ["c1-1", "c2-1"])
    for leads, number in (({}, 0), ({"c1": "b"}, 1), ({"c1": "b", "c2": "b"}, 2)):
        assert cost(p, plan(p, made, leads=leads)) == only("stand_in", 400.0 * number)
    both = tour(p, on(1), "ab", ["c1-1", "c2-1"])
    assert cost(p, plan(p, both, leads={"c1": "b"})).stand_in == 0


@pytest.mark.parametrize(("fair", "over"), [(None, 0), (3, 0), (2.5, 0.5), (0, 3)])
def test_overload_is_hours_on_tours_above_the_fair_share(fair: float | None, over: float) -> None:
    # c1 and c2 on one tour: 10 + 60 + 30 + 60 + 20 minutes are three hours.
    p = priced("overload_hour", 60, officers=[officer("a", fair_hours=fair), officer("b")])
    assert cost(p, plan(p, tour(p, on(1), "a", ["c1-1", "c2-1"]))) == only("overload", over * 60)


def test_overload_sums_the_tours_of_each_officer_alone() -> None:
    # c1: 80 minutes; c2: 100. a is on both (3 hours), b on the second (1 h 40).
    people = [officer("a", fair_hours=2), officer("b", fair_hours=1)]
    p = priced("overload_hour", 60, officers=people)
    made = plan(p, tour(p, on(1), "a", ["c1-1"]), tour(p, on(2), "ab", ["c2-1"]))
    assert cost(p, made).overload == pytest.approx((1 + 40 / 60) * 60)
    # What b has left over of the own share is no help to a.
    p = priced("overload_hour", 60, officers=[people[0], officer("b", fair_hours=9)])
    assert cost(p, plan(p, *made.tours)).overload == pytest.approx(60)


def test_overload_counts_waiting_but_not_the_break() -> None:
    day = {"start": "08:30", "end": "16:30", "break_minutes": 45, "break_earliest": "11:30", "break_latest": "13:00"}
    p = priced("overload_hour", 60, officers=[officer("a", fair_hours=1)], day=day)
    # 08:30 to 14:15 is 5 h 45, less the break: five hours, four above the share.
    waits = tour(p, on(1), "a", ["c1-1"], back="14:15", break_=("12:00", "12:45"))
    assert cost(p, plan(p, waits)).overload == 240


def test_lead_changes_are_cooperatives_with_another_lead() -> None:
    cooperatives = [cooperative("c1", 1, current_lead="b"), cooperative("c2", 2)]
    p = priced("lead_change", 500, cooperatives=cooperatives)
    tours = [tour(p, on(1), "a", ["c1-1", "c2-1"])]
    assert cost(p, plan(p, *tours)) == only("lead_change", 500)  # c1 gets a; c2 had nobody
    assert cost(p, plan(p, *tours, leads={"c1": "b"})) == only("lead_change", 0)
    assert cost(p, plan(p)) == only("lead_change", 0)  # nobody is planned, so nobody changes
    assert cost(p, plan(p, leads={"c1": "a"})) == only("lead_change", 500)  # but who states a change, pays it


def test_the_total_is_the_sum_of_the_parts() -> None:
    cooperatives = [cooperative("c1", 1, current_lead="b"), cooperative("c2", 2)]
    p = problem(
        cooperatives=cooperatives, visits=[visit("c1-1", due=on(1)), visit("c2-1", priority=4)],
        officers=[officer("a", fair_hours=1), officer("b")],
        prices={"km": 4, "officer_day": 120, "car_day": 80, "late_day": 40, "unplanned": 5000, "stand_in": 400,
                "overload_hour": 60, "lead_change": 500},
    )  # fmt: skip
    # c1 alone on the 2nd by a: 20 km, 80 minutes; a day late; c2 left out; a leads c1 in place of b.
    made = cost(p, plan(p, tour(p, on(2), "a", ["c1-1"])))
    due = Cost.of(km=80, officer_days=120, car_days=80, late=40, unplanned=20000, overload=20, lead_change=500)
    assert made.model_dump() == pytest.approx(due.model_dump())
    assert made.total == pytest.approx(20840)


@pytest.mark.parametrize("part", [*COST_PARTS, "total"])
def test_a_plan_states_its_cost_truly(part: str) -> None:
    p = problem()
    made = plan(p, tour(p, on(1), "a", ["c1-1", "c2-1"]))
    for off, wrong in ((0.0, []), (0.005, []), (0.02, [0]), (-0.02, [0])):
        stated = made.cost.model_copy(update={part: getattr(made.cost, part) + off})
        assert rules_broken(p, made.model_copy(update={"cost": stated})) == wrong


def test_a_lower_bound_does_not_exceed_the_cost() -> None:
    p = problem()
    made = plan(p, tour(p, on(1), "a", ["c1-1", "c2-1"]))  # 60 km and an officer day: 160 baht
    assert made.cost.total == 160
    for bound, wrong in ((None, []), (0.0, []), (160.0, []), (160.02, [0])):
        assert rules_broken(p, made.model_copy(update={"lower_bound": bound})) == wrong


RATES = [{"hours": 0, "baht": 0}, {"hours": 6, "baht": 120}, {"hours": 8, "baht": 200}]


@pytest.mark.parametrize(
    ("back", "baht"),
    [("14:29:59", 0), ("14:30", 120), ("16:29:59", 120), ("16:30", 200), ("18:00", 200)],
)
def test_an_officer_day_by_the_hours_of_the_tour(back: str, baht: float) -> None:
    # Leaves at 08:30; two officers. The break counts as time away from the office.
    p = problem(prices={"officer_day": RATES}, day={"start": "08:30", "end": "18:00"})
    made = tour(p, on(1), "ab", ["c1-1"], back=back)
    assert cost(p, plan(p, made)) == only("officer_days", 2 * baht)
    rested = made.model_copy(update={"break_": (720.0, 780.0)})
    assert cost(p, plan(p, rested)).officer_days == 2 * baht


def test_a_price_of_the_day_that_does_not_go_by_hours() -> None:
    p = problem(prices={"officer_day": [{"hours": 0, "baht": 75}]})
    assert plan(p, tour(p, on(1), "a", ["c1-1"])).cost.officer_days == 75
    assert p.prices.officer_day_rates == ((0.0, 75.0),)
    assert problem(prices={"officer_day": 75}).prices.officer_day_rates == ((0.0, 75.0),)
    assert problem(prices={}).prices.officer_day_for(1000) == 0


def test_the_least_and_the_most_that_a_day_costs() -> None:
    prices = problem(prices={"officer_day": RATES}).prices
    assert (prices.least_officer_day, prices.most_officer_day) == (0, 200)
    lengths = (-5, 0, 359.98, 360, 479.98, 480)
    assert [prices.officer_day_for(minutes) for minutes in lengths] == [0, 0, 0, 120, 120, 200]
