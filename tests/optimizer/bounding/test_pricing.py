"""Pricing against trying every crew and every way to share the claims."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from support.builders import cooperative, line, office, officer, on, problem, visit

import optimizer.bounding
from models.problem import Problem
from optimizer.bounding.claims import charge_hours
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
from optimizer.bounding.relaxed import Relaxed, relax
from optimizer.bounding.routes import Routes, list_routes
from optimizer.bounding.staffing import staff_of
from optimizer.bounding.structures import Ground, Prices, Staff
from optimizer.instance import frame

#: a look that goes on to its end
THOROUGH = Effort(enough=np.inf, each=ROOM + 1, tried=np.inf, times=np.inf)


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
    for size in (1, 2, 3):
        for crew in itertools.combinations(range(4), size):
            skills = int(np.bitwise_or.reduce(relaxed.skills[list(crew)]))
            barred = any(relaxed.barred[relaxed.coop[v], o] for v in stops for o in crew)
            if int(routes.topics[s]) & ~skills or barred:
                continue
            cost = routes.baht[s] - duals.visit[stops].sum() + sum(wage + hours * duals.hour[o] for o in crew)
            cost += max(0, int(routes.crew[s]) - size) * cheapest
            for claim in itertools.product((-1, *crew), repeat=len(stops)):
                earned = sum(duals.lead[v, o] for v, o in zip(stops, claim, strict=True) if o >= 0)
                earned -= sum(same.get((v, int(relaxed.coop[u]), o), 0.0)
                              for v, o in zip(stops, claim, strict=True) for u, other in zip(stops, claim, strict=True)
                              if o >= 0 and other == o and u != v)  # fmt: skip
                best = min(best, cost - earned + charged(relaxed, duals, links, stops, claim, hours))
    return best


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


def made_up_for(pricer: Pricer, duals: Duals) -> np.ndarray:
    """[n] what makes up for all routes of the pool that earn."""
    earners = pricer.earners(duals, lambda: False).earners
    return covering(earners.visits, earners.gain, np.zeros(len(duals.visit)))


def stops_of(row: np.ndarray) -> tuple[int, ...]:
    return tuple(sorted(int(v) for v in row if v >= 0))


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
    short.pool += list_routes(relaxed, 0, 1000, lambda: False, listed)[0]
    excess = made_up_for(short, duals)
    prices = short.prices(duals)
    search = LongRoutes(relaxed, ground_of(relaxed, 0, short.pool), listed + 1, 4, 3)
    found = search.search(prices, staff_of(relaxed, prices, 0), 0.0, THOROUGH, lambda: False)
    assert found.complete
    everything = Pricer(relaxed, links, 5)
    everything.pool += list_routes(relaxed, 0, 1000, lambda: False)[0]
    earners = everything.earners(duals, lambda: False).earners
    gains = {
        tuple(int(v) for v in visits if v >= 0): gain for visits, gain in zip(earners.visits, earners.gain, strict=True)
    }
    assert len(gains) > 3
    for visits, cost in zip(found.visits, found.cost, strict=True):
        assert gains[tuple(sorted(int(v) for v in visits if v >= 0))] == pytest.approx(-cost)
    excess = covering(found.visits, -found.cost, np.maximum(excess, found.excess))
    for stops, gain in gains.items():
        assert excess[list(stops)].sum() >= gain - 1e-5


@pytest.mark.parametrize(
    ("most", "most_few", "listed", "long_from"),
    # four cooperatives near each other: 4 routes of one visit, 6 of two, 4 of three, one of four
    [(15, 10, 15, 0), (14, 10, 10, 3), (9, 10, 10, 3), (9, 9, 4, 2)],
)
def test_all_routes_are_listed_or_those_of_few_visits(
    monkeypatch: pytest.MonkeyPatch, most: int, most_few: int, listed: int, long_from: int
) -> None:
    monkeypatch.setattr(optimizer.bounding, "LISTED", most)
    monkeypatch.setattr(optimizer.bounding, "LISTED_FEW", most_few)
    four = range(4)
    relaxed = relax(frame(problem(
        cooperatives=[cooperative(f"c{n}", n % 3) for n in four], visits=[visit(f"c{n}-1", minutes=30) for n in four],
    )))  # fmt: skip
    routes, longer = optimizer.bounding._listed(relaxed, lambda: False)
    assert (sum(len(block.visits) for block in routes), longer) == (listed, long_from)


def test_prices_on_the_way_to_others() -> None:
    here = Duals(np.array([10.0]), np.array([0.0]), np.array([[4.0]]), np.array([8.0]), np.array([[2.0]]))
    there = Duals(np.array([20.0]), np.array([10.0]), np.array([[0.0]]), np.zeros(0), np.array([[6.0]]))
    way = here.towards(there, 0.25)
    assert (way.visit, way.hour, way.lead, way.same, way.claimed) == (12.5, 2.5, 3.0, 6.0, 3.0)
    assert there.towards(here, 0.75).same == 6.0


def test_a_sample_has_few_routes_that_begin_with_the_same_visit() -> None:
    relaxed = relax(frame(some_office(Random(3))))
    options, links = with_links(relaxed, Random(3), 0.0)
    pricer = Pricer(relaxed, links, 5)
    prices = pricer.prices(some_prices(relaxed, options, links, np.random.default_rng(3)))
    staff = staff_of(relaxed, prices, 0)
    search = LongRoutes(relaxed, ground_of(relaxed, 0, []), 2, 4, 3)

    def look(each: int) -> tuple[dict[tuple[int, ...], float], bool]:
        found = search.search(prices, staff, 0.0, THOROUGH._replace(each=each), lambda: False)
        return {stops_of(row): cost for row, cost in zip(found.visits, found.cost, strict=True)}, found.complete

    every, complete = look(ROOM + 1)
    some, sampled = look(1)
    assert complete and not sampled
    assert 0 < len(some) <= len(relaxed.visit) and len(some) < len(every)
    assert some.items() <= every.items()
    assert look(len(every) + 1) == (every, True)


def assert_found_within_reach(search: LongRoutes, prices: Prices, staff: Staff,
                              exact: dict[tuple[int, ...], float], generator: np.random.Generator) -> int:  # fmt: skip
    """Each route of ``exact`` costs is found where it is below ``reach``, just above what some of them costs.

    Returns how many were to be found.
    """
    expected = 0
    within = [cost for cost in exact.values() if cost < FAR]
    for reach in generator.choice(within, 4) if within else ():
        found = search.search(prices, staff, reach + 1e-4, THOROUGH, lambda: False)
        assert found.complete
        costs = {stops_of(row): cost for row, cost in zip(found.visits, found.cost, strict=True)}
        for stops, cost in exact.items():
            if cost < reach + 1e-5:
                assert costs[stops] == pytest.approx(cost)
                expected += 1
    return expected


def searched(relaxed: Relaxed, links: LeadRows) -> tuple[list[Routes], Ground, Pricer, LongRoutes]:
    """All routes of some office, and what searches them from one visit on."""
    pairs = list_routes(relaxed, 0, 1000, lambda: False, 2)[0]
    ground = ground_of(relaxed, 0, pairs)
    routes = list_routes(relaxed, 0, 1000, lambda: False)[0]
    return routes, ground, Pricer(relaxed, links, 5), LongRoutes(relaxed, ground, 1, 4, 3)


def least_of_each(
    relaxed: Relaxed, duals: Duals, links: LeadRows, routes: list[Routes], gain: np.ndarray
) -> dict[tuple[int, ...], float]:  # fmt: skip
    """What each route costs at the least, by its stops, of those whose visits all bring something."""
    return {
        stops_of(block.visits[s]): least(relaxed, duals, links, block, s)
        for block in routes for s in range(len(block.visits)) if (gain[block.visits[s]] > 0).all()
    }  # fmt: skip


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
    routes, ground, pricer, search = searched(relaxed, links)
    expected = 0
    for _ in range(6):
        dear = some_prices(relaxed, options, links, generator)
        few = generator.random(dear.lead.shape) < generator.choice([0.1, 0.3, 1.0])
        duals = replace(dear, visit=dear.visit * generator.choice([0.1, 0.3, 1.0]), lead=dear.lead * few)
        prices = pricer.prices(duals)
        staff = staff_of(relaxed, prices, 0)
        gain = task_of(relaxed, ground, 1, prices, staff, 0.0).gain
        exact = least_of_each(relaxed, duals, links, routes, gain)
        expected += assert_found_within_reach(search, prices, staff, exact, generator)
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
    routes = list_routes(relaxed, 0, 1000, lambda: False)[0]
    assert len(routes) < 6
    count, officers = len(relaxed.visit), len(relaxed.skills)
    options, links = lead_options(relaxed), no_lead_rows(relaxed)
    pricer = Pricer(relaxed, links, 6)
    ground = ground_of(relaxed, 0, list_routes(relaxed, 0, 1000, lambda: False, listed)[0])
    search = LongRoutes(relaxed, ground, 1, officers, 3)
    expected = 0
    for _ in range(8):
        few = generator.random((count, officers)) < generator.choice([0.2, 0.5, 1.0])
        duals = cleaned(relaxed, options, links, Duals(
            generator.uniform(0, 250, count) * generator.choice([0.1, 0.5, 1.0]), generator.uniform(0, 30, officers),
            generator.uniform(0, 150, (count, officers)) * few, np.zeros(0), np.zeros((officers, SETS)),
        ))  # fmt: skip
        prices = pricer.prices(duals)
        staff = staff_of(relaxed, prices, 0)
        gain = task_of(relaxed, ground, 1, prices, staff, 0.0).gain
        exact = {
            stops_of(block.visits[s]): least_unlinked(relaxed, duals, block, s)
            for block in routes for s in range(len(block.visits)) if (gain[block.visits[s]] > 0).all()
        }  # fmt: skip
        within = [cost for cost in exact.values() if cost < FAR]
        for reach in generator.choice(within, 4) if within else ():
            found = search.search(prices, staff, reach + 1e-4, THOROUGH, lambda: False)
            costs = {stops_of(row): cost for row, cost in zip(found.visits, found.cost, strict=True)}
            for stops, cost in exact.items():
                if cost < reach + 1e-5:
                    assert costs[stops] == pytest.approx(cost)
                    expected += 1
    assert expected > 3


@pytest.mark.parametrize("seed", range(6))
def test_each_route_gets_its_best_crew_and_claims(seed: int) -> None:
    random = Random(seed)
    relaxed = relax(frame(some_office(random)))
    options, links = with_links(relaxed, random, 0.5 if seed % 2 else 0.0)
    generator = np.random.default_rng(seed)
    pricer = Pricer(relaxed, links, 5)
    pricer.pool += list_routes(relaxed, 0, 1000, lambda: False)[0]
    assert sum(len(block.visits) for block in pricer.pool) > 10
    for _ in range(3):
        duals = some_prices(relaxed, options, links, generator)
        expected = {}
        for block in pricer.pool:
            for s in range(len(block.visits)):
                cost = least(relaxed, duals, links, block, s)
                if cost < -1e-6:
                    expected[stops_of(block.visits[s])] = -cost
        priced = pricer.earners(duals, lambda: False)
        assert priced.complete
        gains = zip(priced.earners.visits, priced.earners.gain, strict=True)
        assert {stops_of(row): gain for row, gain in gains} == pytest.approx(expected)


@pytest.mark.parametrize(("fair", "cap"), [(1, 30.0), (None, 0.0)])
def test_an_hour_costs_no_more_than_overload(fair: float | None, cap: float) -> None:
    """Whether he claims something or not, and nothing where hours are free; what is within the limit stays."""
    officers = [officer("a", fair_hours=fair), officer("b", fair_hours=fair)]
    relaxed = relax(frame(problem(officers=officers, prices={"km": 1, "unplanned": 1000, "overload_hour": 30})))
    options, rows = lead_options(relaxed), no_lead_rows(relaxed)
    for who in (0, 1):
        rows.add_set(BusySet(who, range(len(options.listed))))
    visits, claimed = len(relaxed.visit), np.zeros((2, SETS))
    claimed[:, 0], claimed[:, 1] = (60.0, 10.0), 99.0  # there is but one set
    duals = cleaned(relaxed, options, rows, Duals(
        np.zeros(visits), np.array([30.0, 15.0]), np.zeros((visits, 2)), np.zeros(0), claimed,
    ))  # fmt: skip
    assert list(duals.hour) == pytest.approx([cap / 3, min(cap, 15.0)])
    assert list(duals.claimed[:, 0]) == pytest.approx([cap * 2 / 3, min(cap, 10.0)])
    assert not duals.claimed[:, 1:].any()


def test_an_officer_has_so_many_sets() -> None:
    rows = no_lead_rows(relax(frame(some_office(Random(3)))))
    assert rows.add_set(BusySet(2, [0]), 1) and not rows.add_set(BusySet(2, [0]), 1)
    each = [rows.add_set(BusySet(2, [n % 5])) for n in range(SETS - 1)]
    assert all(each) and not rows.add_set(BusySet(2, range(5), [1]))
    assert rows.sets[2].sum() == SETS and not rows.sets[[0, 1, 3]].any() and not rows.tied.any()


def test_what_ties_cost() -> None:
    """Four visits that one officer claims in a tour of two hours, at 3 baht an hour, with 1 fair hour.

    In the order of the row they are 2, 0, 3; 1 is not in it. Claims of 0 and 3 are tied to those before them.
    """
    relaxed = relax(frame(some_office(Random(3))))
    rows = no_lead_rows(relaxed)
    rows.add_set(BusySet(2, [2, 0, 3], [0, 3]))
    claimed = np.zeros((4, SETS))
    claimed[2, 0] = 3.0
    duals = Duals(np.zeros(5), np.zeros(4), np.zeros((5, 4)), np.zeros(0), claimed)
    prices, value = Pricer(relaxed, rows, 5).prices(duals), np.zeros(16)
    charge_hours(prices, np.arange(4), 2, 2.0, value)
    hours, tie = 2 * 3.0, 1 * 3.0
    for block, cost in (
        (0b0000, 0.0), (0b0010, 0.0), (0b0001, hours), (0b0100, hours), (0b0011, hours), (0b0101, hours + tie),
        (0b1001, hours + tie), (0b1101, hours + 2 * tie), (0b1111, hours + 2 * tie),
    ):  # fmt: skip
        assert value[block] == -cost


def test_prices_from_before_rows_were_added_are_priced_as_if_these_were_free() -> None:
    """The pricer remembers what routes cost at the prices of the last time, which had more rows."""
    random, generator = Random(3), np.random.default_rng(3)
    relaxed = relax(frame(some_office(random)))
    options, links = with_links(relaxed, random, 0.5)
    duals = some_prices(relaxed, options, links, generator)
    older = replace(duals, same=duals.same[:2])

    def fresh() -> Pricer:
        pricer = Pricer(relaxed, links, 5)
        pricer.pool += list_routes(relaxed, 0, 1000, lambda: False)[0]
        return pricer

    used = fresh()
    at_more_rows = made_up_for(used, duals)
    excess = made_up_for(used, older)
    assert excess == pytest.approx(made_up_for(fresh(), older))
    assert excess.sum() > at_more_rows.sum()
    assert made_up_for(used, duals) == pytest.approx(at_more_rows)
    free = replace(duals, claimed=np.zeros_like(duals.claimed))  # claims cost less, and so does claiming two at once
    assert made_up_for(used, free) == pytest.approx(made_up_for(fresh(), free))
    assert made_up_for(used, free).sum() > at_more_rows.sum()
