"""Small offices and prices at which routes are looked for, and what each costs by every crew and every way to share
the claims."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import cache
from random import Random
from typing import NamedTuple

import numpy as np
import pytest
from support.builders import cooperative, office, officer, on, problem, visit

from models.problem import Problem
from optimizer.bounding.covering import covering
from optimizer.bounding.crews import FAR
from optimizer.bounding.efforts import ROOM, Effort
from optimizer.bounding.long_routes import LongRoutes
from optimizer.bounding.long_tasks import ground_of, task_of
from optimizer.bounding.prices import (
    SETS,
    BusySet,
    Duals,
    LeadOptions,
    LeadRows,
    cleaned,
    lead_options,
    no_lead_rows,
    shared_hours,
)
from optimizer.bounding.pricing import Pricer
from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.routes import Routes, list_routes
from optimizer.bounding.staffing import staff_of
from optimizer.bounding.structures import Ground

#: a look that goes on to its end
THOROUGH = Effort(enough=np.inf, each=ROOM + 1, tried=np.inf, times=np.inf)


def never() -> bool:
    return False


def some_office(random: Random) -> Problem:
    return problem(
        workdays=[on(1), on(2)],
        offices=[office(seats=3)],
        officers=[officer(f"o{n}", random.choice(["", "t", "u", "tu"]), fair_hours=1) for n in range(4)],
        cooperatives=[cooperative(f"c{n}", n % 3, barred=random.choice([None, ["o1"]])) for n in range(5)],
        visits=[visit(f"c{n}-1", minutes=30, topics=random.choice([[], ["t"], ["u"]]), crew=random.choice([None, 2]))
                for n in range(5)],
        prices={"km": 1, "officer_day": 100, "unplanned": 1000, "stand_in": 150, "overload_hour": 30},
    )  # fmt: skip


def least(relaxed: Relaxed, duals: Duals, links: LeadRows, routes: Routes, s: int) -> float:
    """The least reduced cost of a route; officers that are missing cost the least of all."""
    stops = [int(v) for v in routes.visits[s]]
    wage, hours, best = routes.wage[s], routes.hours[s], np.inf
    same = {row: float(price) for row, price in zip(links.rows, links.owed(duals), strict=True)}
    cheapest = wage + hours * duals.hour.min()

    def earned(o: int, own: list[int]) -> float:
        tied = sum(same.get((v, int(relaxed.coop[u]), o), 0.0) for v in own for u in own if u != v)
        return float(duals.lead[own, o].sum() - tied - charged(relaxed, duals, links, own, [o] * len(own), hours))

    value = [[earned(o, own) for own in subsets(stops)] for o in range(4)]
    for size in (1, 2, 3):
        for crew in itertools.combinations(range(4), size):
            skills = int(np.bitwise_or.reduce(relaxed.skills[list(crew)]))
            barred = any(relaxed.barred[relaxed.coop[v], o] for v in stops for o in crew)
            if int(routes.topics[s]) & ~skills or barred:
                continue
            cost = routes.baht[s] - duals.visit[stops].sum() + sum(wage + hours * duals.hour[o] for o in crew)
            cost += max(0, int(routes.crew[s]) - size) * cheapest
            best = min(best, cost - most_shared([value[o] for o in crew]))
    return best


def subsets(stops: Sequence[int]) -> list[list[int]]:
    """All subsets of the stops: that of number n has those whose bits n has."""
    return [[v for j, v in enumerate(stops) if number >> j & 1] for number in range(1 << len(stops))]


@cache
def parts_of(number: int) -> list[int]:
    """The numbers of the subsets of the subset ``number``."""
    return [part for part in range(number + 1) if part & ~number == 0]


def most_shared(values: Sequence[Sequence[float]]) -> float:
    """The most that officers earn who share the stops in any way; each stop is claimed by one of them or by nobody.

    ``values``: of each officer, what he earns with just the stops of each subset. What one earns does not depend on
    the others, so one after the other takes every part of what is left: far fewer ways than who claims which stop.
    """
    best = [0.0] * len(values[0])
    for value in values:
        best = [max(value[part] + best[number ^ part] for part in parts_of(number)) for number in range(len(best))]
    return best[-1]


def charged(relaxed: Relaxed, duals: Duals, links: LeadRows, stops: Sequence[int], claim: Sequence[int],
            hours: float) -> float:  # fmt: skip
    """What claimed hours cost by who claims the stops: hours once, and fair ones for each tie to one before it."""
    price = 0.0
    for o in {o for o in claim if o >= 0}:
        own = [v for v, who in zip(stops, claim, strict=True) if who == o]
        for row in np.flatnonzero(duals.claimed[o]).tolist():
            place = {v: int(links.place[o, row, relaxed.coop[v]]) for v in own if links.place[o, row, relaxed.coop[v]]}
            ties = sum(bool(links.tied[o, row, v]) for v in place if place[v] > min(place.values()))
            price += duals.claimed[o, row] * (hours * bool(place) + shared_hours(relaxed)[o] * ties)
    return float(price)


def with_links(relaxed: Relaxed, random: Random, share: float) -> tuple[LeadOptions, LeadRows]:
    options, links = lead_options(relaxed), no_lead_rows(relaxed)
    for v, c, o in itertools.product(range(5), range(5), range(4)):
        if c != relaxed.coop[v] and options.listed[c, o] and random.random() < share:
            links.add(v, c, o)
    if share:
        add_sets(relaxed, links, random, share)
    return options, links


def add_sets(relaxed: Relaxed, links: LeadRows, random: Random, share: float) -> None:
    """Sets of cooperatives whose claims count hours of their own: some officers have none, some up to three.

    ``share`` of their cooperatives are tied to those before them, by one of their visits.
    """
    for who in range(len(relaxed.skills)):
        for _ in range(random.randrange(4)):
            coops = [c for c in range(len(relaxed.barred)) if random.random() < 0.7]
            random.shuffle(coops)
            visits = [np.flatnonzero(relaxed.coop == c).tolist() for c in coops]
            ties = [random.choice(own) for own in visits if own and random.random() < share]
            links.add_set(BusySet(who, coops, ties))


def some_prices(relaxed: Relaxed, options: LeadOptions, links: LeadRows, generator: np.random.Generator) -> Duals:
    return cleaned(relaxed, options, links, Duals(
        generator.uniform(0, 200, 5), generator.uniform(0, 30, 4), generator.uniform(0, 150, (5, 4)),
        generator.uniform(0, 80, len(links.rows)), generator.uniform(0, 15, (4, SETS)),
    ))  # fmt: skip


def stops_of(row: np.ndarray) -> tuple[int, ...]:
    return tuple(sorted(int(v) for v in row if v >= 0))


class Searched(NamedTuple):
    """All routes of an office, and what searches them."""

    routes: list[Routes]
    ground: Ground
    pricer: Pricer
    search: LongRoutes


def searched(relaxed: Relaxed, links: LeadRows) -> Searched:
    """All routes of some office, and what searches them from one visit on."""
    pairs = list_routes(relaxed, 0, 1000, never, 2)[0]
    ground = ground_of(relaxed, 0, pairs)
    routes = list_routes(relaxed, 0, 1000, never)[0]
    return Searched(routes, ground, Pricer(relaxed, links, 5), LongRoutes(relaxed, ground, 1, 4, 3))


def least_of_each(
    routes: Sequence[Routes], cost: Callable[[Routes, int], float], gain: np.ndarray | None = None
) -> dict[tuple[int, ...], float]:
    """What each route of the blocks costs, by its stops; with the ``gain`` of visits only where all bring some."""
    return {
        stops_of(block.visits[s]): cost(block, s)
        for block in routes for s in range(len(block.visits)) if gain is None or (gain[block.visits[s]] > 0).all()
    }  # fmt: skip


def assert_found_within_reach(
    relaxed: Relaxed, of: Searched, duals: Duals, cost_of: Callable[[Routes, int], float],
    generator: np.random.Generator,
) -> int:  # fmt: skip
    """Each route that costs less than ``reach``, just above what one of them costs, is found at its cost.

    Returns how many were to be found.
    """
    routes, ground, pricer, search = of
    prices = pricer.prices(duals)
    staff = staff_of(relaxed, prices, 0)
    exact = least_of_each(routes, cost_of, task_of(relaxed, ground, 1, prices, staff, 0.0).gain)
    expected = 0
    within = [cost for cost in exact.values() if cost < FAR]
    for reach in generator.choice(within, 4) if within else ():
        found = search.search(prices, staff, reach + 1e-4, THOROUGH, never)
        assert found.complete
        costs = {stops_of(row): cost for row, cost in zip(found.visits, found.cost, strict=True)}
        for stops, cost in exact.items():
            if cost < reach + 1e-5:
                assert costs[stops] == pytest.approx(cost)
                expected += 1
    return expected


def made_up_for(pricer: Pricer, duals: Duals) -> np.ndarray:
    """[n] what makes up for all routes of the pool that earn."""
    earners = pricer.earners(duals, never).earners
    return covering(earners.visits, earners.gain, np.zeros(len(duals.visit)))
