"""Routes of an office of names: what they cost with the best crew, who rides alone, against trying everything."""

from __future__ import annotations

import itertools
from functools import partial
from random import Random

import numpy as np
import pytest
from support.builders import cooperative, line, office, officer, on, problem, visit

from models.problem import Problem
from optimizer.bounding.claims import are_linked
from optimizer.bounding.crews import cheapest_crew, scratch
from optimizer.bounding.long_routes import LongRoutes
from optimizer.bounding.long_tasks import ground_of
from optimizer.bounding.naming import NamedOffice
from optimizer.bounding.prices import SETS, BusySet, Duals, cleaned
from optimizer.bounding.pricing import Earners, Pricer
from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.routes import Routes, as_asked, list_routes
from optimizer.bounding.staffing import staff_of

from .test_naming import PRICES, named, prices_of, topics_apart, who
from .trying import (
    THOROUGH,
    Searched,
    assert_found_within_reach,
    least_of_each,
    most_shared,
    never,
    stops_of,
    subsets,
)


def earned(of: NamedOffice, duals: Duals) -> dict[tuple[int, ...], tuple[float, int, list[int]]]:
    """By the stops of each route that earns: how much, whether one rides alone, and who claims each stop."""
    pricer = Pricer(of.relaxed, of.lead_rows, 5)
    pricer.pool += list_routes(of.relaxed, 0, 1000, never)[0]
    found: Earners = pricer.earners(duals, never).earners
    rows = zip(found.visits, found.gain, found.alone, found.claim, strict=True)
    return {stops_of(v): (float(gain), int(alone), claim[v >= 0].tolist()) for v, gain, alone, claim in rows}


def test_routes_cost_as_many_officers_as_they_ask_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """No way, an officer's day costs 100, each visit earns 120, and nobody is paid for a claim.

    So a route of two visits earns 2 x 120 - 100, that of t and u 2 x 120 - 200, and all three 3 x 120 - 200.
    """
    relaxed, of = named(topics_apart(), monkeypatch)
    duals = prices_of(of, visit=(120, 120, 120))
    expected = {(0,): 20.0, (1,): 20.0, (2,): 20.0, (0, 1): 40.0, (0, 2): 140.0, (1, 2): 140.0, (0, 1, 2): 160.0}
    found = earned(of, duals)
    assert {stops: gain for stops, (gain, _, _) in found.items()} == pytest.approx(expected)
    assert {stops for stops, (_, alone, _) in found.items() if not alone} == {(0, 1), (0, 1, 2)}
    prices = Pricer(of.relaxed, of.lead_rows, 5).prices(duals)
    search = LongRoutes(of.relaxed, ground_of(of.relaxed, 0, []), 1, len(of.of), 3)
    finds = search.search(prices, staff_of(of.relaxed, prices, 0), 0.0, THOROUGH, never)
    costs = {stops_of(row): -float(cost) for row, cost in zip(finds.visits, finds.cost, strict=True)}
    assert costs == pytest.approx(expected)
    # the blocks of the real office, which know nothing of it yet, cost the same once they are as asked
    pricer = Pricer(of.relaxed, of.lead_rows, 5)
    pricer.pool += [as_asked(of.relaxed, block) for block in list_routes(relaxed, 0, 1000, never)[0]]
    gains = pricer.earners(duals, never).earners
    assert {stops_of(v): float(g) for v, g in zip(gains.visits, gains.gain, strict=True)} == pytest.approx(expected)


@pytest.mark.parametrize(
    ("day", "lead", "charge", "seats", "gain", "alone", "claims"),
    [
        # alone: 200 for visits and 120 for claims, less 100 for the day; no charge
        (100, (60, 60), (0, 0), 2, 220.0, 1, [0, 0]),
        # the charge of one claim: 180, two would earn 120
        (100, (60, 60), (40, 0), 2, 180.0, 1, [0, 0]),
        # a charge of more than the claim earns: it is left out, and 160 are earned
        (100, (60, 60), (70, 0), 2, 160.0, 1, [-1, 0]),
        # charges of 80 in all are dearer than another officer's 30: 320 - 60
        (30, (60, 60), (40, 40), 2, 260.0, 0, [0, 0]),
        # ... but there is no seat for him: 320 - 30 - 80
        (30, (60, 60), (40, 40), 1, 210.0, 1, [0, 0]),
        # both claims are left out, or both paid for: 200 - 100, as two cost 100 more and bring 90
        (100, (45, 45), (60, 60), 2, 100.0, 1, [-1, -1]),
        # ... and with claims of 110: 320 + 100 - 200
        (100, (110, 110), (110, 110), 2, 220.0, 0, [0, 0]),
    ],
)
@pytest.mark.parametrize("hourly", [0.0, 3.0])
def test_alone_with_the_charge_or_two_riders(
    monkeypatch: pytest.MonkeyPatch, day: float, lead: tuple[float, float], charge: tuple[float, float], seats: int,
    gain: float, alone: int, claims: list[int], hourly: float,
) -> None:  # fmt: skip
    """Two visits of an hour at the office, priced at 100; name 0 is the one who may claim both.

    Where an hour of claimed hours has a price, claims are linked, and cost 6 baht where anything is claimed.
    """
    stated = topics_apart(
        offices=[office(seats=seats)], officers=[officer(id_, fair_hours=8) for id_ in "ab"],
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2)], visits=[visit("c1-1"), visit("c2-1")],
        travel=line(0, 0, 0), prices=PRICES | {"officer_day": day},
    )  # fmt: skip
    _, of = named(stated, monkeypatch)
    assert who(of.options.listed)[1] == [0, 1]
    duals = prices_of(of, (100, 100), [(v, 0, baht) for v, baht in enumerate(lead)],
                      [(v, 0, baht) for v, baht in enumerate(charge)])  # fmt: skip
    duals.claimed[0, 0] = hourly
    got, rode, claimed = earned(of, duals)[0, 1]
    assert got == pytest.approx(gain - (2 * hourly if max(claims) >= 0 else 0.0), abs=0.02)  # of the grace on hours
    assert (rode, claimed) == (alone, claims)


def random_office(random: Random) -> Problem:
    """Four officers, mostly alike, and five visits of four cooperatives of which a day has room for all."""
    seats = random.choice([1, 2, 3])
    return problem(
        workdays=[on(1), on(2)], offices=[office(seats=seats)],
        officers=[officer(f"o{n}", random.choice(["", "t", "u", "tu"]), fair_hours=1) for n in range(4)],
        cooperatives=[cooperative(f"c{n}", n % 3, barred=random.choice([None, ["o1"]])) for n in range(4)],
        visits=[visit(f"c{n % 4}-{1 + n // 4}", minutes=30, topics=random.choice([[], ["t"], ["u"], ["t", "u"]]),
                      crew=random.choice([None, None, min(2, seats)])) for n in range(5)],
        prices={"km": 1, "officer_day": 100, "unplanned": 1000, "stand_in": 150, "overload_hour": 30},
    )  # fmt: skip


def with_more_sets(of: NamedOffice, random: Random) -> None:
    """Further rows of claimed hours, some of them with ties."""
    for name in range(len(of.of)):
        if random.random() < 0.4 and np.isfinite(of.relaxed.fair[name]):
            coops = random.sample(range(4), 3)
            of.lead_rows.add_set(BusySet(name, coops, [v for v in range(5) if of.relaxed.coop[v] in coops[1:]][:2]))


def random_prices(of: NamedOffice, draw: np.random.Generator, *, linked: bool) -> Duals:
    """From next to nothing to far more than an officer costs, and charges of all, some or none of the claims."""
    names, scale = len(of.of), draw.choice([0.3, 1.0, 3.0])
    some = draw.random((5, names)) < draw.choice([0.3, 0.7, 1.0])
    charge = draw.choice([0.0, 20.0, 200.0]) * draw.random((5, names)) * (draw.random((5, names)) < 0.7)
    claimed = draw.uniform(0, 15, (names, SETS)) if linked else np.zeros((names, SETS))
    return cleaned(of.relaxed, of.options, of.lead_rows, Duals(
        draw.uniform(-20, 200, 5) * draw.choice([0.3, 1.0]), draw.uniform(0, 30, names),
        scale * draw.uniform(0, 150, (5, names)) * some, np.zeros(0), claimed, charge,
    ))  # fmt: skip


def worth(of: NamedOffice, duals: Duals, name: int, own: list[int], hours: float) -> float:
    """What the name earns who claims just these visits in company."""
    total = float(duals.lead[own, name].sum())
    for row in np.flatnonzero(duals.claimed[name]).tolist():
        place = {v: int(of.lead_rows.place[name, row, of.relaxed.coop[v]]) for v in own}
        held = {v: at for v, at in place.items() if at}
        ties = sum(bool(of.lead_rows.tied[name, row, v]) for v, at in held.items() if at > min(held.values()))
        total -= duals.claimed[name, row] * (hours * bool(held) + of.relaxed.fair[name] * ties)
    return total


def least(of: NamedOffice, real: Relaxed, duals: Duals, block: Routes, s: int) -> float:
    """The least reduced cost of a route by all crews, claims, and whether one rides alone or beside somebody missing.

    Who is missing costs the least of all. Crews know all topics; but as many are asked for as know them really.
    """
    stops = [int(v) for v in block.visits[s]]
    wage, hours, seats = float(block.wage[s]), float(block.hours[s]), int(of.relaxed.seats[0])
    need = int(np.bitwise_or.reduce(real.topics[stops]))
    asked = next((size for size in range(1, 5) for crew in itertools.combinations(real.skills.tolist(), size)
                  if need & ~int(np.bitwise_or.reduce(crew)) == 0), 5)  # fmt: skip
    asked = max(asked, int(real.crew[stops].max()))
    cheapest = wage + hours * float(duals.hour.min())
    able = [name for name in range(len(of.of)) if not of.relaxed.barred[of.relaxed.coop[stops], name].any()]
    value = {name: [worth(of, duals, name, own, hours) for own in subsets(stops)] for name in able}
    best = np.inf
    for size in range(1, seats + 1):
        for crew in itertools.combinations(able, size):
            paid = sum(wage + hours * float(duals.hour[name]) for name in crew)
            claims = most_shared([value[name] for name in crew])
            if size == 1 and asked <= 1:
                alone = max(
                    value[crew[0]][b] - float(duals.charge[own, crew[0]].sum()) for b, own in enumerate(subsets(stops))
                )
                best = min(best, paid - alone)
                if seats == 1:
                    continue
            best = min(best, paid + max(0, max(asked, 2) - size) * cheapest - claims)
    return float(block.baht[s] - duals.visit[stops].sum() + best)


@pytest.mark.parametrize("seed", range(24))
def test_routes_of_names_cost_what_trying_everything_finds(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Those that earn when listed, and those within reach of a long search, as without names."""
    random, draw = Random(seed), np.random.default_rng(seed)
    real, of = named(random_office(random), monkeypatch)
    linked = seed % 3 > 0
    if linked:
        with_more_sets(of, random)
    routes = list_routes(real, 0, 1000, never)[0]
    pricer = Pricer(of.relaxed, of.lead_rows, 5)  # remembers what routes cost at the prices before
    pricer.pool += [as_asked(of.relaxed, block) for block in routes]
    ground = ground_of(of.relaxed, 0, routes[:2])
    search = LongRoutes(of.relaxed, ground, 1, len(of.of), int(of.relaxed.seats[0]))
    every = Searched(routes, ground, pricer, search)
    for _ in range(2):
        duals = random_prices(of, draw, linked=linked)
        cost_of = partial(least, of, real, duals)
        earning = {stops: -cost for stops, cost in least_of_each(routes, cost_of).items() if cost < -1e-6}
        found = pricer.earners(duals, never).earners
        assert {stops_of(v): float(g) for v, g in zip(found.visits, found.gain, strict=True)} == pytest.approx(earning)
        assert_columns_cost_that(of, duals, found)
        assert_found_within_reach(of.relaxed, every, duals, cost_of, draw)


def assert_columns_cost_that(of: NamedOffice, duals: Duals, found: Earners) -> None:
    """A column with its crew and claims earns what is told, where its crew is known."""
    for i in np.flatnonzero(found.manned).tolist():
        stops, crew = [int(v) for v in found.visits[i] if v >= 0], [int(o) for o in found.crew[i] if o >= 0]
        claim = found.claim[i, : len(stops)].tolist()
        hours = float(found.hours[i])
        gain = float(duals.visit[stops].sum() - found.cost[i])
        for name in crew:
            own = [v for v, o in zip(stops, claim, strict=True) if o == name]
            gain += worth(of, duals, name, own, hours) - hours * float(duals.hour[name])
            gain -= float(duals.charge[own, name].sum()) if found.alone[i] else 0.0
        # who is missing is paid for his day in the cost, but for no hour
        assert gain >= float(found.gain[i]) - 1e-6
        assert len(crew) == 1 or not found.alone[i]


@pytest.mark.parametrize("seed", range(6, 18))
def test_what_a_route_costs_does_not_depend_on_those_before_it(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """The scratch of one search serves all routes: each costs what it does with a fresh one, which is the least."""
    random, draw = Random(seed), np.random.default_rng(seed)
    real, of = named(random_office(random), monkeypatch)
    with_more_sets(of, random)
    for _ in range(2):
        duals = random_prices(of, draw, linked=True)
        prices = Pricer(of.relaxed, of.lead_rows, 5).prices(duals)
        staff = staff_of(of.relaxed, prices, 0)
        crew = scratch(len(staff.officers), staff.seats, 5, 2)
        for block in (as_asked(of.relaxed, each) for each in list_routes(real, 0, 1000, never)[0]):
            for s, stops in enumerate(block.visits):
                wage, hours = float(block.wage[s]), float(block.hours[s])
                asks = (
                    stops, are_linked(prices, staff.coop, stops), float(block.baht[s] - duals.visit[stops].sum()),
                    int(block.topics[s]), int(block.crew[s]), wage, hours, wage + hours * float(duals.hour.min()),
                    float(prices.most[stops].sum()), 0.0,
                )  # fmt: skip
                fresh = scratch(len(staff.officers), staff.seats, 5, 2)
                assert cheapest_crew(prices, staff, crew, *asks) == cheapest_crew(prices, staff, fresh, *asks)
