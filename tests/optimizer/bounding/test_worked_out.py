"""Bounds worked out by hand: where the relaxation drops nothing that matters, it proves the optimum."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.builders import cooperative, office, officer, on, problem, visit

from optimizer.bounding import Trip, lower_bound
from optimizer.bounding.branching import Branching
from optimizer.bounding.fares import fare, tolls_of

#: baht; of the grace on hours, and of prices that are stopped short of the best
NEAR = 0.7
PRICES = {"km": 1, "officer_day": 100, "unplanned": 1000}
LEAD_B = [cooperative("c1", 1, lead="b"), cooperative("c2", 2, lead="b")]
FREE = [cooperative("c1", 1), cooperative("c2", 2)]
FAIR = [officer("a", fair_hours=0), officer("b", fair_hours=0)]


@pytest.mark.parametrize(
    ("changes", "baht"),
    [
        # one tour to both: 10 + 30 + 20 km and one officer
        ({}, 160.0),
        # the same and 3 baht for the car
        ({"prices": PRICES | {"car_day": 3}}, 163.0),
        # an hour's drive and two hours of visits, each at 60 baht
        ({"officers": FAIR, "prices": PRICES | {"overload_hour": 60}}, 340.0),
        # and ten minutes before each visit
        ({"officers": FAIR, "prices": PRICES | {"overload_hour": 60},
          "day": {"start": "08:30", "end": "16:30", "slack_minutes": 10}}, 360.0),
        # two officers are asked for at one of them
        ({"visits": [visit("c1-1"), visit("c2-1", crew=2)]}, 260.0),
        # a knows what is needed, b is the lead: two stand-ins cost less than the day of b
        ({"officers": [officer("a", "t"), officer("b")], "cooperatives": LEAD_B,
          "visits": [visit("c1-1", topics=["t"]), visit("c2-1", topics=["t"])], "prices": PRICES | {"stand_in": 30}},
         220.0),
        # ... and more than it
        ({"officers": [officer("a", "t"), officer("b")], "cooperatives": LEAD_B,
          "visits": [visit("c1-1", topics=["t"]), visit("c2-1", topics=["t"])], "prices": PRICES | {"stand_in": 80}},
         260.0),
        # a partner has one place for two visits: the one of lower priority is left out, the other one is 40 km away
        ({"partners": [{"id": "cad", "dates": [on(1)], "per_day": 1}],
          "visits": [visit("c1-1", partner="cad"), visit("c2-1", partner="cad", priority=2)]}, 1140.0),
        # leads are free: who rides leads
        ({"prices": PRICES | {"stand_in": 500}}, 160.0),
        # nobody may ride to the first: it is left out, and 40 km and an officer are for the second
        ({"cooperatives": [cooperative("c1", 1, barred=["a", "b"]), cooperative("c2", 2)]}, 1140.0),
        # a day from two hours on costs 150
        ({"prices": PRICES | {"officer_day": [{"hours": 0, "baht": 100}, {"hours": 2, "baht": 150}]}}, 210.0),
        # five hours of drive and visits need the break, and make six hours
        ({"visits": [visit("c1-1", minutes=120), visit("c2-1", minutes=120)],
          "day": {"start": "08:30", "end": "16:30", "break_minutes": 60, "break_earliest": "12:00",
                  "break_latest": "13:00"},
          "prices": PRICES | {"officer_day": [{"hours": 0, "baht": 100}, {"hours": 5.9, "baht": 150}]}}, 210.0),
        # ... but four hours and a half can be over before its end
        ({"visits": [visit("c1-1", minutes=120), visit("c2-1", minutes=90)],
          "day": {"start": "08:30", "end": "16:30", "break_minutes": 60, "break_earliest": "12:00",
                  "break_latest": "13:00"},
          "prices": PRICES | {"officer_day": [{"hours": 0, "baht": 100}, {"hours": 4.6, "baht": 150}]}}, 160.0),
        # a longer day costs less: a tour may wait for it
        ({"prices": PRICES | {"officer_day": [{"hours": 0, "baht": 100}, {"hours": 6, "baht": 40}]}}, 100.0),
        # one car drives for half the price
        ({"offices": [{"id": "kk", "location": 0, "cars": [{"id": "x", "seats": 2, "km": 0.5}]}]}, 130.0),
        # one seat, two topics of two officers: two tours of 20 and 40 km
        ({"offices": [office(seats=1)], "officers": [officer("a", "t"), officer("b", "u")],
          "visits": [visit("c1-1", topics=["t"]), visit("c2-1", topics=["u"])]}, 260.0),
        # the second does not fit behind the first: the day is two hours and a half
        ({"day": {"start": "08:30", "end": "11:00"}}, 260.0),
    ],
)  # fmt: skip
def test_the_bound_is_the_optimum(changes: dict[str, Any], baht: float) -> None:
    bound = lower_bound(problem(**changes), stop=lambda: False)
    assert bound is not None
    assert baht - NEAR <= bound <= baht + 1e-6


def test_a_change_of_lead_is_paid_once() -> None:
    """Lead b cannot advise: a change costs 70, a stand-in at each of two visits 50; the first two lie a day apart."""
    p = problem(
        officers=[officer("a", "t"), officer("b")],
        cooperatives=[cooperative("c1", 1, current_lead="b")],
        visits=[visit("c1-1", topics=["t"]), visit("c1-2", topics=["t"])],
        prices=PRICES | {"stand_in": 50, "lead_change": 70},
    )
    bound = lower_bound(p, stop=lambda: False)
    assert bound is not None
    assert 2 * 120 + 70 - NEAR <= bound <= 2 * 120 + 70 + 1e-6


def test_half_a_lead_has_half_of_the_fair_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two visits of a cooperative on two days, two hours each with the way, and two fair hours each.

    Its lead is on both tours, for a stand-in costs more than the two hours of overload, 120 baht. Were both officers
    the lead by half, and on half of each tour, nobody would be overloaded; but each may fill one fair hour only. Leads
    are not told apart case by case, which would prove it as well.
    """
    monkeypatch.setattr(Branching, "bounds", lambda *_: iter(()))
    p = problem(
        officers=[officer("a", fair_hours=2), officer("b", fair_hours=2)], cooperatives=[cooperative("c1", 1)],
        visits=[visit("c1-1", minutes=100), visit("c1-2", minutes=100)],
        prices=PRICES | {"stand_in": 500, "overload_hour": 60},
    )  # fmt: skip
    bound = lower_bound(p, stop=lambda: False)
    assert bound is not None
    assert 2 * 120 + 120 - NEAR <= bound <= 2 * 120 + 120 + 1e-6


def test_cooperatives_that_are_led_together_have_fair_hours_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neighbours with a visit each on the first day, one on the second and one on the third: three tours of two hours.

    One officer leads both, for 320 baht a tour, and is overloaded by three hours, 180 baht; two would need a fourth day
    of 300 baht. By halves each is on three hours with claims, and half a lead of each cooperative would fill three fair
    hours. But he leads them together, so it is one half, and fills one and a half.
    """
    monkeypatch.setattr(Branching, "bounds", lambda *_: iter(()))
    p = problem(
        workdays=[on(1), on(2), on(3)],
        officers=[officer("a", fair_hours=3), officer("b", fair_hours=3)],
        cooperatives=[cooperative("c1", 1), cooperative("c2", 1)],
        visits=[visit("c1-1", minutes=50, dates=[on(1)]), visit("c2-1", minutes=50, dates=[on(1)]),
                visit("c1-2", minutes=100, dates=[on(2)]), visit("c2-2", minutes=100, dates=[on(3)])],
        prices=PRICES | {"officer_day": 300, "stand_in": 500, "overload_hour": 60},
    )  # fmt: skip
    bound = lower_bound(p, stop=lambda: False)
    assert bound is not None
    assert 3 * 320 + 180 - 2 * NEAR <= bound <= 3 * 320 + 180 + 1e-6


def test_tours_of_a_known_plan_change_nothing_that_is_proven() -> None:
    """One that is possible, one with more visits than any route, and one that no crew can be on."""
    trips = [Trip(0, (0, 1), (1,), (1, 0)), Trip(0, (0, 0), (0, 1), (-1, -1)), Trip(0, (1,), (0, 1), (0,))]
    bound = lower_bound(problem(), stop=lambda: False, trips=lambda: trips)
    assert bound is not None
    assert 160 - NEAR <= bound <= 160 + 1e-6


def test_a_cheap_car_is_on_one_tour_a_day() -> None:
    """Three ways of 90, 60 and 30 baht in the cheap car, of which there is one, and 120, 80 and 40 in others.

    The longest way takes the cheap one: 90 + 80 + 40. The next would save 20 baht, which is the toll.
    """
    factor, days, km = np.array([1.0, 4 / 3]), np.array([1.0, 9.0]), np.array([30.0, 90.0, 60.0])
    toll = tolls_of(factor, days, km, np.ones(3))
    assert list(toll) == pytest.approx([20.0, 0.0])
    assert sum(fare(factor, toll, each) for each in km) - toll @ days == pytest.approx(90 + 80 + 40)


def test_where_cheap_cars_are_enough_none_costs_a_toll() -> None:
    factor, days, km = np.array([1.0, 4 / 3]), np.array([3.0, 9.0]), np.array([30.0, 90.0, 60.0])
    toll = tolls_of(factor, days, km, np.ones(3))
    assert list(toll) == [0.0, 0.0]
    assert fare(factor, toll, 90.0) == 90.0


def test_tours_count_for_their_shares() -> None:
    """Half a tour each of 90 and 60 baht take the one day of the cheap car; the next is 30 baht, at a third more."""
    toll = tolls_of(np.array([1.0, 4 / 3]), np.array([1.0, 9.0]), np.array([30.0, 90.0, 60.0]), np.full(3, 0.5))
    assert list(toll) == pytest.approx([10.0, 0.0])


@pytest.mark.parametrize(("topics", "baht"), [("t", 540.0), ("", 640.0)])
def test_the_example_of_the_pages(topics: str, baht: float) -> None:
    """Any two of three visits fit into a day, for 360 baht; one alone costs 280: see docs/bounds.md, docs/ng-routes.md.

    A half of each pair makes all three for 540. Without topics the programme is that of long tours, whose cuts see that
    two of these tours share a visit.
    """
    apart = {
        name: [[0.0 if a == b else each for a in range(4)] for b in range(4)]
        for name, each in (("minutes", 30), ("km", 20))
    }
    p = problem(
        day={"start": "08:30", "end": "13:30"},
        officers=[officer("a", topics), officer("b", topics)],
        cooperatives=[cooperative(f"c{n}", n) for n in (1, 2, 3)],
        visits=[visit(f"c{n}-1", minutes=90, topics=list(topics)) for n in (1, 2, 3)],
        travel=apart,
        prices={"km": 4, "officer_day": 120, "unplanned": 1000},
    )
    bound = lower_bound(p, stop=lambda: False)
    assert bound is not None
    assert baht - NEAR <= bound <= baht + 1e-6
