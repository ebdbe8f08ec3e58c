"""Who may be worth a seat: of officers who claim nothing, those whom no other one replaces."""

from __future__ import annotations

from typing import Any

import numpy as np
from support.builders import cooperative, officer, on, problem, visit

from optimizer.bounding.prices import SETS, BusySet, Duals, no_lead_rows
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


def test_hours_are_flat_where_each_claim_is_in_all_sets_and_none_is_tied() -> None:
    """An hour of o0 costs 2 and claims of c0 and c1 3 more, of o1 1 and those of c0 4 more; that of o2 costs 1."""
    p = problem(
        officers=[officer(f"o{n}", fair_hours=1) for n in range(3)],
        cooperatives=[cooperative(f"c{n}", n) for n in range(2)],
        visits=[visit(f"c{n}-1", minutes=30) for n in range(2)],
        prices={"km": 1, "officer_day": 100, "unplanned": 1000, "stand_in": 150, "overload_hour": 30},
    )
    relaxed = relax(frame(p))
    claimed = np.zeros((3, SETS))
    claimed[0, 0], claimed[1, 0] = 3.0, 4.0

    def told(lead: list[list[float]], ties: list[int]) -> tuple[list[int], list[float]]:
        rows = no_lead_rows(relaxed)
        rows.add_set(BusySet(0, [0, 1], ties))
        rows.add_set(BusySet(1, [0]))
        duals = Duals(np.full(2, 100.0), np.array([2.0, 1.0, 1.0]), np.array(lead).T, np.zeros(0), claimed)
        found = staff_of(relaxed, Pricer(relaxed, rows, 3).prices(duals), 0)
        return found.flat.tolist(), found.dearer.tolist()

    claims = [[40.0, 40.0], [40.0, 0.0], [40.0, 40.0]]
    assert told(claims, []) == ([1, 1, 1], [1 + 3, 4, 0])
    assert told(claims, [1]) == ([0, 1, 1], [1, 4, 0])  # claiming c1 after c0 costs more
    claims[1] = [40.0, 40.0]
    assert told(claims, []) == ([1, 0, 1], [1 + 3, 0, 0])  # what o1 claims of c1 costs no hours
