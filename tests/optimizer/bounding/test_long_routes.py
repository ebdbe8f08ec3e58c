"""The search for long routes finds every route that earns or is within reach, also where it is so by very little."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import partial
from random import Random

import numpy as np
import pytest
from support.builders import cooperative, line, office, officer, on, problem, visit

from models.problem import Problem
from optimizer.bounding.covering import covering
from optimizer.bounding.efforts import ROOM
from optimizer.bounding.long_routes import LongRoutes
from optimizer.bounding.long_tasks import ground_of
from optimizer.bounding.prices import SETS, Duals, cleaned, lead_options, no_lead_rows
from optimizer.bounding.pricing import Pricer
from optimizer.bounding.relaxed import Relaxed, relax
from optimizer.bounding.routes import Routes, list_routes
from optimizer.bounding.staffing import staff_of
from optimizer.instance import frame

from .trying import (
    THOROUGH,
    Searched,
    assert_found_within_reach,
    least,
    made_up_for,
    never,
    searched,
    some_office,
    some_prices,
    stops_of,
    with_links,
)

RATES = [
    120,
    [{"hours": 0, "baht": 0}, {"hours": 4, "baht": 150}],
    [{"hours": 0, "baht": 30}, {"hours": 6.5, "baht": 900}],
    [{"hours": 0, "baht": 20}, {"hours": 3, "baht": 60}, {"hours": 4.5, "baht": 160}, {"hours": 6, "baht": 400}],
]


def village(random: Random) -> Relaxed:
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
    relaxed = village(random)
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


@pytest.mark.parametrize("listed", [1, 2])
@pytest.mark.parametrize("seed", range(12))
def test_long_routes_are_those_that_earn(seed: int, listed: int) -> None:
    """Each that is listed and earns with all that it holds is found; what is left out for a good reason is made up for.

    ``listed``: sizes that are known beforehand, with two also the pairs.
    """
    random = Random(seed)
    relaxed = relax(frame(some_office(random)))
    options, links = with_links(relaxed, random, 0.5 if seed % 2 else 0.0)
    duals = some_prices(relaxed, options, links, np.random.default_rng(seed))
    short = Pricer(relaxed, links, 5)
    short.pool += list_routes(relaxed, 0, 1000, never, listed)[0]
    excess = made_up_for(short, duals)
    prices = short.prices(duals)
    search = LongRoutes(relaxed, ground_of(relaxed, 0, short.pool), listed + 1, 4, 3)
    found = search.search(prices, staff_of(relaxed, prices, 0), 0.0, THOROUGH, never)
    assert found.complete
    everything = Pricer(relaxed, links, 5)
    everything.pool += list_routes(relaxed, 0, 1000, never)[0]
    earners = everything.earners(duals, never).earners
    gains = {
        tuple(int(v) for v in visits if v >= 0): gain for visits, gain in zip(earners.visits, earners.gain, strict=True)
    }
    assert len(gains) > 3
    for visits, cost in zip(found.visits, found.cost, strict=True):
        assert gains[tuple(sorted(int(v) for v in visits if v >= 0))] == pytest.approx(-cost)
    excess = covering(found.visits, -found.cost, np.maximum(excess, found.excess))
    for stops, gain in gains.items():
        assert excess[list(stops)].sum() >= gain - 1e-5


def test_a_sample_has_few_routes_that_begin_with_the_same_visit() -> None:
    relaxed = relax(frame(some_office(Random(3))))
    options, links = with_links(relaxed, Random(3), 0.0)
    pricer = Pricer(relaxed, links, 5)
    prices = pricer.prices(some_prices(relaxed, options, links, np.random.default_rng(3)))
    staff = staff_of(relaxed, prices, 0)
    search = LongRoutes(relaxed, ground_of(relaxed, 0, []), 2, 4, 3)

    def look(each: int) -> tuple[dict[tuple[int, ...], float], bool]:
        found = search.search(prices, staff, 0.0, THOROUGH._replace(each=each), never)
        return {stops_of(row): cost for row, cost in zip(found.visits, found.cost, strict=True)}, found.complete

    every, complete = look(ROOM + 1)
    some, sampled = look(1)
    assert complete and not sampled
    assert 0 < len(some) <= len(relaxed.visit) and len(some) < len(every)
    assert some.items() <= every.items()
    assert look(len(every) + 1) == (every, True)


@pytest.mark.parametrize("seed", range(20))
def test_no_route_within_reach_is_left_out(seed: int) -> None:
    """What visits may still bring is never told too low: each route below ``reach`` is found, whatever its claims.

    All but those with a visit that brings nothing. ``reach`` is just above what some route costs, so that what its
    visits bring counts to the last baht; rewards are from far below to far above what an officer costs.
    """
    random = Random(seed)
    relaxed = relax(frame(some_office(random)))
    options, links = with_links(relaxed, random, 0.5 if seed % 4 == 3 else 0.0)
    generator = np.random.default_rng(seed)
    of, expected = searched(relaxed, links), 0
    for _ in range(6):
        dear = some_prices(relaxed, options, links, generator)
        few = generator.random(dear.lead.shape) < generator.choice([0.1, 0.3, 1.0])
        duals = replace(dear, visit=dear.visit * generator.choice([0.1, 0.3, 1.0]), lead=dear.lead * few)
        expected += assert_found_within_reach(relaxed, of, duals, partial(least, relaxed, duals, links), generator)
    assert expected > 3


def long_visits(random: Random) -> Problem:
    """An office whose day has room for two to four of its eight visits."""
    return problem(
        workdays=[on(1), on(2)],
        offices=[office(seats=3)],
        officers=[officer(f"o{n}", random.choice(["", "t", "tu"]), fair_hours=1) for n in range(4)],
        cooperatives=[cooperative(f"c{n}", n + 1, barred=random.choice([None, None, ["o1"]])) for n in range(6)],
        visits=[visit(f"c{n % 6}-{1 + n // 6}", minutes=random.choice([60, 90, 120, 150]),
                      topics=random.choice([[], [], ["t"], ["u"]])) for n in range(8)],
        travel=line(0, *(random.randint(-60, 60) for _ in range(6))),
        prices={"km": 1, "officer_day": 100, "unplanned": 1000, "stand_in": 150, "overload_hour": 30},
    )  # fmt: skip


def least_unlinked(relaxed: Relaxed, duals: Duals, routes: Routes, s: int) -> float:
    """As ``least``, where each stop is claimed by itself."""
    stops, best = routes.visits[s], np.inf
    for size in (1, 2, 3):
        for crew in map(list, itertools.combinations(range(4), size)):
            known = int(np.bitwise_or.reduce(relaxed.skills[crew]))
            if int(routes.topics[s]) & ~known == 0 and not relaxed.barred[np.ix_(relaxed.coop[stops], crew)].any():
                cost = size * routes.wage[s] + routes.hours[s] * duals.hour[crew].sum()
                best = min(best, cost - duals.lead[np.ix_(stops, crew)].max(axis=1).sum())
    return float(routes.baht[s] - duals.visit[stops].sum() + best)


@pytest.mark.parametrize("listed", [1, 2, 3])
@pytest.mark.parametrize("seed", range(15))
def test_none_is_left_out_where_the_day_is_full(seed: int, listed: int) -> None:
    """As above, with visits so long that what may follow depends on the time that is left."""
    random, generator = Random(seed), np.random.default_rng(seed)
    relaxed = relax(frame(long_visits(random)))
    routes = list_routes(relaxed, 0, 1000, never)[0]
    assert len(routes) < 6
    count, officers = len(relaxed.visit), len(relaxed.skills)
    options, links = lead_options(relaxed), no_lead_rows(relaxed)
    ground = ground_of(relaxed, 0, list_routes(relaxed, 0, 1000, never, listed)[0])
    of = Searched(routes, ground, Pricer(relaxed, links, 6), LongRoutes(relaxed, ground, 1, officers, 3))
    expected = 0
    for _ in range(8):
        few = generator.random((count, officers)) < generator.choice([0.2, 0.5, 1.0])
        duals = cleaned(relaxed, options, links, Duals(
            generator.uniform(0, 250, count) * generator.choice([0.1, 0.5, 1.0]), generator.uniform(0, 30, officers),
            generator.uniform(0, 150, (count, officers)) * few, np.zeros(0), np.zeros((officers, SETS)),
        ))  # fmt: skip
        expected += assert_found_within_reach(relaxed, of, duals, partial(least_unlinked, relaxed, duals), generator)
    assert expected > 3
