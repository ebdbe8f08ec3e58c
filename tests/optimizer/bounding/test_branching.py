"""Leads told apart case by case: small offices whose leads are mixed by the programme, against all leads."""

from __future__ import annotations

import itertools
from random import Random

import numpy as np
import pytest
from support.builders import cooperative, line, office, officer, on, problem, visit

from models.problem import Problem
from optimizer.bounding.branching import Base, Branching, Region, regions_of
from optimizer.bounding.covering import covering
from optimizer.bounding.generation import Generation
from optimizer.bounding.master import Columns
from optimizer.bounding.prices import LeadOptions, certified, lead_options
from optimizer.bounding.relaxed import relax
from optimizer.bounding.routes import list_routes
from optimizer.instance import frame


def never() -> bool:
    return False


def some_office(random: Random, coops: int = 4) -> Problem:
    """Each cooperative has two visits, often with its neighbours', for which officers of one topic each ride."""
    return problem(
        workdays=[on(n) for n in (1, 2, 3)],
        offices=[office(seats=2, cars=9)],
        travel=line(0, *(random.choice([10, 20, 30, -10, -25]) for _ in range(coops))),
        officers=[officer(f"o{n}", random.choice(["t", "u", "tu"]), fair_hours=random.choice([0, 2, 4]))
                  for n in range(3)],
        cooperatives=[cooperative(f"c{n}", n + 1, current_lead=random.choice([None, "o0", "o1"]))
                      for n in range(coops)],
        visits=[visit(f"c{n}-{k}", minutes=random.choice([45, 60]), topics=random.choice([[], ["t"], ["u"]]))
                for n in range(coops) for k in (1, 2)],
        prices={"km": 1, "officer_day": 60, "unplanned": 2000, "stand_in": 70, "lead_change": 40, "overload_hour": 30},
    )  # fmt: skip


def solved(p: Problem) -> Generation:
    """The programme, solved to its end before leads are told apart case by case."""
    relaxed = relax(frame(p))
    generation = Generation(relaxed, list_routes(relaxed, 0, 10_000, never)[0], 0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Branching, "bounds", lambda self, stop: iter(()))
        for _ in generation.bounds((), never):
            pass
    return generation


def base_of(generation: Generation, region: np.ndarray) -> tuple[Base, float]:
    """The best prices, lowered so that no route earns, and what they prove."""
    g = generation
    assert g.best is not None
    earners = g.pricer.earners(g.best, never).earners
    excess = covering(earners.visits, earners.gain, np.zeros(len(g.best.visit)))
    duals = type(g.best)(g.best.visit - excess, g.best.hour, g.best.lead, g.best.same)
    return Base(g.relaxed, g.options, g.links, duals, region), certified(
        g.relaxed, g.options, g.links, duals, np.zeros(len(excess))
    )


def with_leads(p: Problem, leads: tuple[int, ...]) -> float:
    """What the programme proves where these lead."""
    relaxed = relax(frame(p))
    options = lead_options(relaxed)
    listed = np.zeros_like(options.listed)
    listed[np.arange(len(leads)), leads] = True
    with pytest.MonkeyPatch.context() as patch:
        fixed = LeadOptions(listed, options.price)
        patch.setattr("optimizer.bounding.generation.lead_options", lambda relaxed: fixed)
        return solved(p).promised


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("parts", [1, 2])
def test_cases_prove_no_more_than_the_best_leads_cost(seed: int, parts: int) -> None:
    """27 ways to lead three cooperatives: what cases prove is at most the least of these, and in one region near it."""
    p = some_office(Random(seed), coops=3)
    g = solved(p)
    base, proven = base_of(g, np.arange(3) % parts)
    told = list(Branching(base, proven, g.pricer.pool, g.master.columns, g.width).bounds(never))
    allowed = [np.flatnonzero(row) for row in g.options.listed]
    least = min(with_leads(p, leads) for leads in itertools.product(*allowed))
    assert told == sorted(told)
    assert told[-1] <= least + 1.0  # of prices that are stopped short of the best
    assert told[-1] >= proven - 1e-6
    if parts == 1:
        assert told[-1] >= least - 3.0


def test_a_region_begins_with_what_the_programme_has() -> None:
    """Its own columns cost it what is left of them: with no new prices it proves what the common ones do."""
    generation = solved(some_office(Random(3)))
    base, _ = base_of(generation, np.array([0, 0, 1, 1]))
    for number in (0, 1):
        region = Region(base, number, generation.pricer.pool, generation.master.columns, generation.width, never)
        listed = base.options.listed & (base.region == number)[:, None]
        assert region.proven(listed, region.start) == pytest.approx(0.0, abs=1e-4)
        assert region.gain >= 0.0


def test_those_that_share_tours_most_are_one_region() -> None:
    """Visits 0 to 3 of as many cooperatives: 0 and 2 share a tour wholly, 1 and 3 for a half, 2 and 3 for a tenth."""
    rows = np.array([[0, 2], [1, 3], [2, 3]])
    columns = Columns(rows, np.full((3, 2), -1), np.full((3, 1), 0), *np.zeros((3, 3)))
    shares = np.array([1.0, 0.5, 0.1])
    coop = np.arange(4)
    assert list(regions_of(coop, 4, columns, shares, 2)) == [0, 1, 0, 1]
    assert list(regions_of(coop, 4, columns, shares, 4)) == [0, 0, 0, 0]
    assert len(set(regions_of(coop, 4, columns, shares, 1))) == 4
