"""Pricing against trying every crew and every way to share the claims."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from random import Random

import numpy as np
import pytest
from support.builders import cooperative, problem, visit

import optimizer.bounding
from optimizer.bounding.pricing import Pricer
from optimizer.bounding.relaxed import relax
from optimizer.bounding.routes import list_routes
from optimizer.instance import frame

from .trying import least, least_of_each, made_up_for, never, some_office, some_prices, stops_of, with_links


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
    routes, longer = optimizer.bounding._listed(relaxed, never)
    assert (sum(len(block.visits) for block in routes), longer) == (listed, long_from)


@pytest.mark.parametrize("seed", range(6))
def test_each_route_gets_its_best_crew_and_claims(seed: int) -> None:
    random = Random(seed)
    relaxed = relax(frame(some_office(random)))
    options, links = with_links(relaxed, random, 0.5 if seed % 2 else 0.0)
    generator = np.random.default_rng(seed)
    pricer = Pricer(relaxed, links, 5)
    pricer.pool += list_routes(relaxed, 0, 1000, never)[0]
    assert sum(len(block.visits) for block in pricer.pool) > 10
    for _ in range(3):
        duals = some_prices(relaxed, options, links, generator)
        costs = least_of_each(pricer.pool, partial(least, relaxed, duals, links))
        expected = {stops: -cost for stops, cost in costs.items() if cost < -1e-6}
        priced = pricer.earners(duals, never)
        assert priced.complete
        gains = zip(priced.earners.visits, priced.earners.gain, strict=True)
        assert {stops_of(row): gain for row, gain in gains} == pytest.approx(expected)


def test_prices_from_before_rows_were_added_are_priced_as_if_these_were_free() -> None:
    """The pricer remembers what routes cost at the prices of the last time, which had more rows."""
    random, generator = Random(3), np.random.default_rng(3)
    relaxed = relax(frame(some_office(random)))
    options, links = with_links(relaxed, random, 0.5)
    duals = some_prices(relaxed, options, links, generator)
    older = replace(duals, same=duals.same[:2])

    def fresh() -> Pricer:
        pricer = Pricer(relaxed, links, 5)
        pricer.pool += list_routes(relaxed, 0, 1000, never)[0]
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
