"""Time in a shift: what the referee forgives at each stop is forgiven here, and hardly more."""

from __future__ import annotations

import pytest
from support.builders import cooperative, line, on, plan, problem, rules_broken, tour, visit

from models.plan import Plan, Tour
from models.problem import Problem
from optimizer.bounding.ng_routes.generation import Generation
from optimizer.bounding.relaxed import relax
from optimizer.instance import frame

SECOND = 1 / 60
STOPS = 6


def chain(spare: float) -> Problem:
    """Six cooperatives ten minutes after each other, each to be begun within a minute: the last one within ``spare``
    minutes of the earliest time that a tour of all can be there."""
    starts = [510.0 + 10 * (n + 1) + 20 * n for n in range(STOPS)]
    windows = [[start - 60, start] for start in starts]
    windows[-1] = [starts[-1] - 60, starts[-1] + spare]
    return problem(
        workdays=[on(1)], travel=line(0, *(10.0 * (n + 1) for n in range(STOPS))),
        cooperatives=[cooperative(f"c{n}", n + 1) for n in range(STOPS)],
        visits=[
            visit(f"c{n}-1", minutes=20, window=[f"{int(a) // 60:02}:{int(a) % 60:02}:00", clock(b)])
            for n, (a, b) in enumerate(windows)
        ],
        prices={"km": 1, "officer_day": 1000, "unplanned": 1500},
    )  # fmt: skip


def clock(minutes: float) -> str:
    seconds = round(minutes * 60)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def hurried(of: Problem) -> Plan:
    """All of it in one tour that leaves, arrives, begins and ends a second sooner than it can, and is late by one."""
    usual = tour(of, on(1), "a", [v.id for v in of.visits])
    stops, free = [], of.day.start - SECOND
    depart = free
    for stop in usual.stops:
        arrive = free + 10 - SECOND
        start = arrive - SECOND
        free = start + 20 - SECOND
        stops.append(stop.model_copy(update={"arrive": arrive, "start": start, "end": free}))
    back = free + 10.0 * STOPS - SECOND
    whole = usual.model_dump(by_alias=True) | {"depart": depart, "return": back, "stops": stops}
    return plan(of, Tour.model_validate(whole))


def proven(of: Problem) -> float:
    framed = frame(of)
    return max(filter(None, Generation(relax(framed), framed).bounds(lambda: False)))


def test_a_plan_that_uses_all_that_is_forgiven_is_not_undercut() -> None:
    of = chain(-(3 * STOPS + 1) * SECOND)
    best = hurried(of)
    assert rules_broken(of, best) == []
    assert proven(of) <= best.cost.total + 1e-6


@pytest.mark.parametrize("spare, tours", [(0.0, 1), (-(3 * STOPS + 5) * SECOND, 2)])
def test_what_is_too_late_by_more_costs_another_tour(spare: float, tours: int) -> None:
    of = chain(spare)  # a tour is 120 km and 1000 baht
    assert proven(of) == pytest.approx(1120.0 if tours == 1 else 2120.0, rel=0.1)
