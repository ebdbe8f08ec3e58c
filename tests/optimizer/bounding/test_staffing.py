"""Who may be worth a seat: of officers who claim nothing, those whom no other one replaces."""

from __future__ import annotations

from typing import Any

import numpy as np
from support.builders import cooperative, officer, on, problem, visit

from optimizer.bounding.prices import SETS, Duals, no_lead_rows
from optimizer.bounding.pricing import Pricer
from optimizer.bounding.relaxed import relax
from optimizer.bounding.staffing import staff_of
from optimizer.instance import frame


def staff(officers: list[dict[str, Any]], hours: list[float], claims: dict[int, float] | None = None) -> list[int]:
    """The officers that are kept where an hour of each has that price, and claims of the only visit earn so much."""
    p = problem(
        workdays=[on(1), on(2)],
        officers=[officer(f"o{n}", fair_hours=1, **one) for n, one in enumerate(officers)],
        cooperatives=[cooperative("c0", 0, barred=["o1"])],
        visits=[visit("c0-1", minutes=30, topics=["t", "u"])],
        prices={"km": 1, "officer_day": 100, "unplanned": 1000, "stand_in": 150, "overload_hour": 30},
    )
    relaxed = relax(frame(p))
    lead = np.zeros((1, len(officers)))
    for o, earned in (claims or {}).items():
        lead[0, o] = earned
    duals = Duals(np.array([100.0]), np.array(hours), lead, np.zeros(0), np.zeros((len(officers), SETS)))
    prices = Pricer(relaxed, no_lead_rows(relaxed), 3).prices(duals)
    return [int(o) for o in staff_of(relaxed, prices, 0).officers]


def test_of_those_who_are_alike_the_first_is_kept() -> None:
    assert staff([{}, {}, {}], [1.0, 1.0, 1.0]) == [0]


def test_who_is_barred_where_the_other_is_not_goes() -> None:
    assert staff([{}, {}], [1.0, 1.0]) == [0]
    assert staff([{}, {}], [2.0, 1.0]) == [0, 1]  # the cheaper one is barred


def test_who_knows_more_or_costs_less_stays() -> None:
    assert staff([{"topics": ["t"]}, {}, {"topics": ["t", "u"]}], [1.0, 1.0, 2.0]) == [0, 2]
    assert staff([{"topics": ["t"]}, {}, {"topics": ["t", "u"]}], [1.0, 1.0, 1.0]) == [2]


def test_who_is_there_on_other_days_stays() -> None:
    assert staff([{"absent": [on(1)]}, {}, {"absent": [on(2)]}], [1.0, 9.0, 1.0]) == [0, 1, 2]
    assert staff([{"absent": [on(1)]}, {}, {}], [1.0, 9.0, 1.0]) == [2]


def test_who_claims_something_stays() -> None:
    assert staff([{}, {}, {}], [1.0, 1.0, 1.0], {2: 40.0}) == [2]  # and does as well as who claims nothing
    assert staff([{}, {}, {}], [1.0, 1.0, 2.0], {2: 40.0}) == [0, 2]
    assert staff([{}, {}, {}], [1.0, 1.0, 1.0], {1: 40.0, 2: 40.0}) == [1, 2]
