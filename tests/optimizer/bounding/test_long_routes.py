"""The search for long routes finds every route that earns, also where it earns next to nothing."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from support.builders import cooperative, officer, problem, visit

from optimizer.bounding.covering import covering
from optimizer.bounding.long_routes import LongRoutes
from optimizer.bounding.long_tasks import ground_of
from optimizer.bounding.prices import SETS, Duals, lead_options, no_lead_rows
from optimizer.bounding.pricing import Pricer
from optimizer.bounding.relaxed import Relaxed, relax
from optimizer.bounding.routes import list_routes
from optimizer.bounding.staffing import staff_of
from optimizer.instance import frame

from .test_never_above_the_optimum import never
from .test_pricing import THOROUGH

RATES = [
    120,
    [{"hours": 0, "baht": 0}, {"hours": 4, "baht": 150}],
    [{"hours": 0, "baht": 30}, {"hours": 6.5, "baht": 900}],
    [{"hours": 0, "baht": 20}, {"hours": 3, "baht": 60}, {"hours": 4.5, "baht": 160}, {"hours": 6, "baht": 400}],
]


def some_office(random: Random) -> Relaxed:
    """Eight visits of seven cooperatives in a village or scattered, officers who know a topic or two."""
    wide, away = random.choice([(1, 40), (3, 20), (30, 0)])
    points = [(0, 0), *((away + random.randint(-wide, wide), random.randint(-wide, wide)) for _ in range(7))]
    ways = [[round(1 + np.hypot(a[0] - b[0], a[1] - b[1])) if a is not b else 0 for b in points] for a in points]
    topics = [[], ["t1"], ["t2"], ["t1", "t2"]]
    day: dict[str, object] = {"start": "08:00", "end": "16:00"}
    if random.random() < 0.5:
        day |= {"break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00"}
    minutes = random.choice([[60], [30, 60], [20, 30, 45, 60]])
    owners = [f"c{n}-1" for n in range(1, 8)] + ["c1-2"]
    stated = problem(
        day=day,
        officers=[officer(f"o{n}", topics=random.choice(topics), fair_hours=10) for n in range(3)],
        cooperatives=[cooperative(f"c{n}", n) for n in range(1, 8)],
        visits=[visit(id_, minutes=random.choice(minutes), topics=random.choice(topics)) for id_ in owners],
        travel={"minutes": ways, "km": ways},
        prices={"km": 4, "officer_day": random.choice(RATES), "unplanned": 9000, "stand_in": 200, "overload_hour": 60},
    )
    return relax(frame(stated))


@pytest.mark.parametrize("seed", range(100))
def test_every_route_that_earns_is_found(seed: int) -> None:
    """Against all routes listed, at prices at which hundreds of them cost a little more or less than they earn."""
    random, draw = Random(seed), np.random.default_rng(seed)
    relaxed = some_office(random)
    pricer = Pricer(relaxed, no_lead_rows(relaxed), 8)
    listed, _ = list_routes(relaxed, 0, 100_000, never)
    pricer.pool += listed
    visits, people = len(relaxed.visit), len(relaxed.skills)
    may_claim = lead_options(relaxed).listed[relaxed.coop]
    for dearest, hourly in ((0.0, 0.0), (0.0, 20.0), (60.0, 20.0)):
        claims, hours = may_claim * draw.uniform(0, dearest, may_claim.shape), draw.uniform(0, hourly, people)
        high = Duals(draw.uniform(100, 400, visits), hours, claims, np.zeros(0), np.zeros((people, SETS)))
        earners = pricer.earners(high, never).earners
        just = high.visit - covering(earners.visits, earners.gain, np.zeros(visits))
        duals = replace(high, visit=just + draw.uniform(0, 4, visits))
        prices, earners = pricer.prices(duals), pricer.earners(duals, never).earners
        staff = staff_of(relaxed, prices, 0)
        search = LongRoutes(relaxed, ground_of(relaxed, 0, listed[:2]), 2, people, staff.seats)
        finds = search.search(prices, staff, 0.0, THOROUGH, never)
        found = {frozenset(int(v) for v in row if v >= 0) for row in finds.visits}
        worth = duals.visit + duals.lead.max(axis=1) > relaxed.minutes / 60 * hours.min() + 1e-9
        for row, gain in zip(earners.visits, earners.gain, strict=True):
            # without a visit that brings nothing a route earns as much, and what makes up for that one does for both
            route = frozenset(int(v) for v in row if v >= 0 and worth[v])
            assert gain < 1e-3 or len(route) < 2 or route in found, f"{set(route)} earns {gain}"
