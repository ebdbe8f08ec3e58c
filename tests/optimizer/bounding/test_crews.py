"""Crews of officers who earn alike from claims: what they cost, and that the best of them are found."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import partial
from random import Random

import numpy as np
import pytest

from optimizer.bounding.blocks import best_split, is_barred, least_of_several, note_floors, note_values
from optimizer.bounding.crews import scratch
from optimizer.bounding.prices import (
    BusySet,
    Duals,
    LeadOptions,
    LeadRows,
    cleaned,
    lead_options,
    no_lead_rows,
)
from optimizer.bounding.pricing import Pricer
from optimizer.bounding.relaxed import Relaxed, relax
from optimizer.bounding.routes import list_routes
from optimizer.bounding.staffing import staff_of
from optimizer.instance import frame

from .trying import (
    assert_found_within_reach,
    charged,
    least,
    least_of_each,
    never,
    searched,
    some_office,
    some_prices,
    stops_of,
)


def same_sets(relaxed: Relaxed, random: Random) -> LeadRows:
    """Up to three rows of claimed hours, the same for each officer, with many ties."""
    links = no_lead_rows(relaxed)
    for _ in range(random.randrange(1, 4)):
        coops = [c for c in range(len(relaxed.barred)) if random.random() < 0.9]
        random.shuffle(coops)
        ties = [int(v) for v in range(len(relaxed.coop)) if relaxed.coop[v] in coops and random.random() < 0.7]
        for who in range(len(relaxed.skills)):
            links.add_set(BusySet(who, coops, ties))
    return links


def two_kinds(duals: Duals, generator: np.random.Generator) -> Duals:
    """Every second officer earns less from some claims, and the others less from the others."""
    of_one = generator.random((len(duals.visit), 1)) < 0.5
    less = np.where(of_one == (np.arange(duals.lead.shape[1]) % 2 == 0), generator.choice([0.0, 0.5, 0.9]), 1.0)
    return replace(duals, lead=duals.lead * less)


def alike_prices(relaxed: Relaxed, options: LeadOptions, links: LeadRows, generator: np.random.Generator,
                 much: float) -> Duals:  # fmt: skip
    """The same for each officer, or less by up to a share of ``much``."""
    some = some_prices(relaxed, options, links, generator)
    few = generator.random((len(some.visit), 1)) < generator.choice([0.5, 1.0])
    less = 1.0 - much * generator.random(some.lead.shape)
    lead = generator.uniform(0, 150, (len(some.visit), 1)) * few * less
    people = len(some.hour)
    claimed = np.repeat(some.claimed[:1], people, axis=0) * (1.0 - much * generator.random((people, 1)))
    return cleaned(relaxed, options, links, replace(
        some, visit=some.visit * generator.choice([0.1, 0.3, 1.0]), lead=lead, claimed=claimed,
        hour=np.full(people, some.hour[0]),
    ))  # fmt: skip


@pytest.mark.parametrize(("much", "two"), [(0.0, False), (0.0, True), (0.3, False)])
@pytest.mark.parametrize("seed", range(20))
def test_no_route_within_reach_is_left_out(seed: int, much: float, two: bool) -> None:
    """As in the test of the same name, where claims earn all the same, those of two kinds, or much the same."""
    random, generator = Random(seed), np.random.default_rng(seed)
    relaxed = relax(frame(some_office(random)))
    options, links = lead_options(relaxed), same_sets(relaxed, random)
    of, expected = searched(relaxed, links), 0
    for _ in range(6):
        duals = alike_prices(relaxed, options, links, generator, much)
        if two:
            duals = cleaned(relaxed, options, links, two_kinds(duals, generator))
        expected += assert_found_within_reach(relaxed, of, duals, partial(least, relaxed, duals, links), generator)
    assert expected > 3


@pytest.mark.parametrize("seed", range(20))
def test_each_route_gets_its_best_crew(seed: int) -> None:
    """Of officers who are alike one may be best at two parts of a route: then another one rides for the second."""
    random, generator = Random(seed), np.random.default_rng(seed)
    relaxed = relax(frame(some_office(random)))
    options, links = lead_options(relaxed), same_sets(relaxed, random)
    pricer = Pricer(relaxed, links, 5)
    pricer.pool += list_routes(relaxed, 0, 1000, never)[0]
    duals = alike_prices(relaxed, options, links, generator, 0.0)
    costs = least_of_each(pricer.pool, partial(least, relaxed, duals, links))
    earners = pricer.earners(duals, never).earners
    gains = {stops_of(row): gain for row, gain in zip(earners.visits, earners.gain, strict=True)}
    assert gains == pytest.approx({stops: -cost for stops, cost in costs.items() if cost < -1e-6})
    assert earners.manned.all()


@pytest.mark.parametrize("seed", range(30))
def test_what_several_cost_is_never_told_too_high(seed: int) -> None:
    """Not even where a stop is best claimed by nobody, and others by two of a crew."""
    random, generator = Random(seed), np.random.default_rng(seed)
    relaxed = relax(frame(some_office(random)))
    options, links = lead_options(relaxed), same_sets(relaxed, random)
    duals = alike_prices(relaxed, options, links, generator, 0.0 if seed % 2 else 0.5)
    prices = Pricer(relaxed, links, 5).prices(duals)
    staff = staff_of(relaxed, prices, 0)
    stops, people = np.arange(4), len(staff.officers)
    wage, hours = float(generator.uniform(0, 100)), 2.0
    own = wage + hours * duals.hour
    cheapest = np.inf
    for size in (2, 3):
        for crew in itertools.combinations(staff.officers.tolist(), size):
            for claim in itertools.product((-1, *crew), repeat=4):
                earned = sum(duals.lead[v, o] for v, o in enumerate(claim) if o >= 0)
                cost = own[list(crew)].sum() - earned + charged(relaxed, duals, links, range(4), claim, hours)
                cheapest = min(cheapest, cost)
    crew = scratch(people, 3, 4, 2)
    assert least_of_several(prices, staff, crew, stops, hours, own[staff.officers].min()) <= cheapest + 1e-9


@pytest.mark.parametrize("asked", [1, 2, 3])
@pytest.mark.parametrize("seed", range(30))
def test_what_crews_of_so_many_members_cost(seed: int, asked: int) -> None:
    """Never told too high; and just that where officers are all alike, for then any of them will do."""
    random, generator = Random(seed), np.random.default_rng(seed)
    relaxed = relax(frame(some_office(random)))
    options, links = lead_options(relaxed), same_sets(relaxed, random)
    same = seed % 2 == 0
    duals = alike_prices(relaxed, options, links, generator, 0.0 if same else 0.5)
    prices = Pricer(relaxed, links, 5).prices(duals)
    staff = staff_of(relaxed, prices, 0)
    stops, wage, hours = np.arange(3), float(generator.uniform(0, 100)), 2.0
    people = [o for o in staff.officers.tolist() if not is_barred(staff, stops, o)]
    own = wage + hours * duals.hour
    least_own = own[staff.officers].min()
    crew = scratch(len(staff.officers), 3, 3, 2)
    note_values(prices, staff, crew, stops, True, hours)
    best_split(prices, staff, crew, stops, 0.0, 0, asked, wage, hours, least_own)
    note_floors(crew, 3, 0.0, asked, least_own, 3)
    cheapest = np.inf
    for size in (3, 2, 1):
        for members in itertools.combinations(people, size):
            for claim in itertools.product((-1, *members), repeat=3):
                earned = sum(duals.lead[v, o] for v, o in enumerate(claim) if o >= 0)
                cost = own[list(members)].sum() - earned + charged(relaxed, duals, links, range(3), claim, hours)
                cheapest = min(cheapest, cost + max(0, asked - size) * least_own)
        assert crew.at_least[size] <= cheapest + 1e-9
        if same and len(people) >= 3 and asked == 1:
            assert crew.at_least[size] == pytest.approx(cheapest)
