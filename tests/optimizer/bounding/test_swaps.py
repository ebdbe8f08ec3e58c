"""Crews one swap away from those that pricing finds."""

from __future__ import annotations

import itertools
from random import Random

import numpy as np
import pytest

from optimizer.bounding.pricing import Pricer
from optimizer.bounding.relaxed import relax
from optimizer.bounding.routes import list_routes
from optimizer.bounding.swaps import EACH, swapped
from optimizer.instance import frame

from .trying import add_sets, charged, never, some_office, some_prices, with_links


@pytest.mark.parametrize("seed", range(20))
def test_each_crew_may_ride_and_earns_what_it_says(seed: int) -> None:
    random = Random(seed)
    relaxed = relax(frame(some_office(random)))
    options, links = with_links(relaxed, random, 0.0)
    if seed % 2:
        add_sets(relaxed, links, random, 0.5)
    duals = some_prices(relaxed, options, links, np.random.default_rng(seed))
    pricer = Pricer(relaxed, links, 8)
    pricer.pool += list_routes(relaxed, 0, 10_000, never)[0]
    found = pricer.earners(duals, never).earners
    more = swapped(relaxed, pricer.prices(duals), found, np.arange(len(found.gain)))
    best = {row.tobytes(): gain for row, gain in zip(found.visits, found.gain, strict=True)}
    crews = {(row.tobytes(), crew.tobytes()) for row, crew in zip(found.visits, found.crew, strict=True)}
    seen = set()
    for i, (visits, crew) in enumerate(zip(more.visits, more.crew, strict=True)):
        stops, members = [int(v) for v in visits if v >= 0], [int(o) for o in crew if o >= 0]
        assert len(set(members)) == len(members)
        assert not any(relaxed.barred[relaxed.coop[v], o] for v, o in itertools.product(stops, members))
        need = int(np.bitwise_or.reduce(relaxed.topics[stops]))
        assert need & ~int(np.bitwise_or.reduce(relaxed.skills[members])) == 0
        earned = sum(duals.lead[v, o] for v, o in zip(visits, more.claim[i], strict=True) if o >= 0)
        assert all(o in members for o in more.claim[i] if o >= 0)
        claim = [int(o) for v, o in zip(visits, more.claim[i], strict=True) if v >= 0]
        own = more.hours[i] * duals.hour[members].sum() + charged(relaxed, duals, links, stops, claim, more.hours[i])
        gain = duals.visit[stops].sum() + earned - more.cost[i] - own
        assert gain == pytest.approx(more.gain[i])
        missing = max(0, int(relaxed.crew[stops].max()) - len(members))  # the master does not see their hours
        assert 0 < gain <= best[visits.tobytes()] + missing * more.hours[i] * duals.hour.min() + 1e-9
        assert (visits.tobytes(), crew.tobytes()) not in crews
        seen.add(visits.tobytes())
    assert all(np.unique(more.visits, axis=0, return_counts=True)[1] <= EACH)
    asked = np.where(found.visits >= 0, relaxed.crew[found.visits], 0).max(axis=1)
    assert seen or (asked > (found.crew >= 0).sum(axis=1)).all()  # one who is missing costs as much as the cheapest
