"""Tours of a known plan as columns: none is cheaper than pricing would have it."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from support.builders import cooperative, days, officer, on, problem, visit

from models.problem import Problem
from optimizer.bounding.prices import BLUR, no_lead_rows
from optimizer.bounding.pricing import Pricer
from optimizer.bounding.relaxed import Relaxed, relax
from optimizer.bounding.routes import list_routes
from optimizer.bounding.trips import Trip, columns_of
from optimizer.instance import frame

from .trying import never, some_office, some_prices, with_links


def late_office(random: Random) -> Problem:
    """Some office where visits are due on the first day, and some officers are away on it, or on the next one."""
    of = some_office(random)
    return of.changed(
        officers=tuple(o.model_copy(update={"absent": tuple(days(random.choice([1, 2, 3])))}) for o in of.officers),
        visits=tuple(v.model_copy(update={"due": on(1)}) for v in of.visits),
        prices=of.prices.model_copy(update={"late_day": 40.0}),
    )


def some_trips(random: Random, relaxed: Relaxed, number: int) -> list[Trip]:
    """Tours that no plan need have."""
    people, visits, trips = range(len(relaxed.skills)), [int(v) for v in relaxed.visit], []
    for _ in range(number):
        stops = tuple(random.sample(visits, random.randint(1, 3)))
        crew = tuple(random.sample(people, random.randint(1, 3)))
        trips.append(Trip(0, stops, crew, tuple(random.choice([-1, *crew]) for _ in stops)))
    return trips


@pytest.mark.parametrize("leads", [False, True])
def test_no_column_earns_more_than_pricing_finds(leads: bool) -> None:
    seen = 0
    for seed in range(30):
        random = Random(seed)
        relaxed = relax(frame(late_office(random)))
        options, links = with_links(relaxed, random, 0.0)
        duals = some_prices(relaxed, options, links, np.random.default_rng(seed))
        pricer = Pricer(relaxed, links, 8)
        pricer.pool += list_routes(relaxed, 0, 10_000, never)[0]
        found = pricer.earners(duals, never).earners
        best = {row.tobytes(): gain for row, gain in zip(found.visits, found.gain, strict=True)}
        for column in columns_of(relaxed, some_trips(random, relaxed, 60), 8, leads, pricer.see_hours):
            visits, crew, claim = column.visits[0], column.crew[0], column.claim[0]
            members, claims = crew[crew >= 0], [(v, o) for v, o in zip(visits, claim, strict=True) if o >= 0]
            assert leads or not claims
            earned = duals.visit[visits[visits >= 0]].sum() + sum(duals.lead[v, o] for v, o in claims)
            gain = earned - column.cost[0] - column.hours[0] * duals.hour[members].sum()
            assert gain <= best.get(visits.tobytes(), BLUR) + 1e-9
            seen += gain > BLUR
    assert seen > 20


def test_who_is_away_on_the_cheap_day_comes_later() -> None:
    """20 km and an officer; b is away on the day on which the visit is due, and a day later costs 40."""
    of = problem(
        officers=[officer("a"), officer("b", absent=days(1))],
        cooperatives=[cooperative("c1", 1)],
        visits=[visit("c1-1", due=on(1))],
        prices={"km": 1, "officer_day": 100, "unplanned": 1000, "late_day": 40},
    )
    relaxed = relax(frame(of))
    pricer = Pricer(relaxed, no_lead_rows(relaxed), 1)
    cost = {}
    for officer_ in (0, 1):
        (column,) = columns_of(relaxed, [Trip(0, (0,), (officer_,), (-1,))], 1, True, pricer.see_hours)
        cost[officer_] = float(column.cost[0])
    assert cost == {0: pytest.approx(120.0), 1: pytest.approx(160.0)}
