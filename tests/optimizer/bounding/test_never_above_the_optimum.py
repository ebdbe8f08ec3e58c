"""A bound above the optimum would be a lie: whole random problems with every rule, held against trying everything."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from support.exhaustive import optimum
from support.strategies import tiny_problems

import optimizer.bounding
from models.problem import Problem
from optimizer.bounding import lower_bound
from optimizer.bounding.branching import Branching
from optimizer.bounding.covering import covering
from optimizer.bounding.long_routes import Finds, LongRoutes
from optimizer.bounding.long_tasks import ground_of
from optimizer.bounding.master import Master
from optimizer.bounding.naming import named_office
from optimizer.bounding.prices import (
    SETS,
    Duals,
    LeadOptions,
    LeadRows,
    certified,
    cleaned,
    lead_options,
    no_lead_rows,
)
from optimizer.bounding.pricing import Earners, Pricer
from optimizer.bounding.relaxed import Relaxed, relax
from optimizer.bounding.routes import list_routes
from optimizer.bounding.staffing import staff_of
from optimizer.instance import frame

from .trying import THOROUGH, add_sets, never

ROUNDS = 40
#: what whole seconds in files may take off the hours of a plan, in baht an hour of overload
SECONDS = 0.01
with_patience = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def check(problem: Problem) -> None:
    best = optimum(problem)
    told: list[float] = []
    bound = lower_bound(problem, stop=never, on_bound=told.append, again=lambda rounds: rounds < ROUNDS)
    assert told == sorted(told)
    assert bound == (told[-1] if told else None)
    if best is not None:
        assert bound is not None or best.cost.total <= 1e-6 or not best.tours or hopeless(problem)
        if bound is not None:
            assert bound <= best.cost.total * (1 + 1e-9) + 1e-6
            event(f"gap {round(1 - bound / best.cost.total, 1) if best.cost.total else 0}")


def hopeless(problem: Problem) -> bool:
    """Whether money is such that little more than nothing is proven."""
    prices = problem.prices
    return min(prices.km, prices.unplanned) == 0 or prices.least_officer_day == 0


@with_patience
@given(tiny_problems())
def test_with_all_routes_listed(problem: Problem) -> None:
    check(problem)


@with_patience
@given(tiny_problems(), st.sampled_from([1, 8]))
def test_with_names_for_all_officers(problem: Problem, listed: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(optimizer.bounding, "LISTED_STOPS", listed)
        patch.setattr(optimizer.bounding.naming, "FEW_KINDS", 2.0)
        check(problem)


@with_patience
@given(tiny_problems())
def test_with_longer_routes_looked_for(problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(optimizer.bounding, "LISTED_STOPS", 1)
        check(problem)


@with_patience
@given(tiny_problems())
def test_where_looks_take_samples_and_little_is_kept(problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(optimizer.bounding, "LISTED_STOPS", 1)
        patch.setattr(optimizer.bounding.efforts, "EACH_OF_SAMPLE", 1)
        patch.setattr(optimizer.bounding.looks, "TAKEN_OF_VISIT", 1)
        check(problem)


@with_patience
@given(tiny_problems())
def test_where_looks_end_early_now_and_then(problem: Problem) -> None:
    # of three, so that a look from two offices is complete at times
    complete, search = cycle([True, True, False]), LongRoutes.search

    def early(self: LongRoutes, *asked: Any) -> Finds:
        finds = search(self, *asked)
        return replace(finds, complete=finds.complete and next(complete))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(optimizer.bounding, "LISTED_STOPS", 1)
        patch.setattr(LongRoutes, "search", early)
        check(problem)


def hostile(relaxed: Relaxed, random: Random, rows: int, scale: float, *, named: bool = False) -> Duals:
    """Prices that no programme would give: huge, negative, or all the same."""

    def some(*shape: int) -> np.ndarray:
        kind = random.randrange(4)
        generator = np.random.default_rng(random.randrange(2**32))
        if kind == 0:
            return np.full(shape, generator.uniform(-scale, scale))
        if kind == 1:
            return generator.choice([-scale, 0.0, scale, 1e-9], shape)
        return generator.normal(0.0, scale / (1 if kind == 2 else 30), shape)

    visits, officers = len(relaxed.visit), len(relaxed.skills)
    charge = some(visits, officers) if named else np.zeros((0, 0))
    return Duals(some(visits), some(officers), some(visits, officers), some(rows), some(officers, SETS), charge)


def with_tolls(relaxed: Relaxed, problem: Problem, random: Random) -> Relaxed:
    """Tolls for cars at each price that nobody would set."""
    toll = relaxed.toll.copy()
    for office, depot in enumerate(problem.offices):
        if depot.named:
            toll[office] = [random.choice([0.0, 1.0, 50.0, 1e4]) for _ in toll[office]]
    return relaxed._replace(toll=toll)


def case_by_case(pricer: Pricer, options: LeadOptions, links: LeadRows, duals: Duals, random: Random,
                 scale: float) -> float:  # fmt: skip
    """What hostile prices of cases prove, where the leads of some cooperatives are parted in two at will."""
    relaxed = pricer.relaxed
    branching = Branching(Master(relaxed, options, links, 8), pricer, options, links)
    cases = [options.listed]
    for _ in range(random.randrange(3) if len(options.listed) else 0):
        case = cases.pop(random.randrange(len(cases)))
        coop = random.randrange(len(case))
        some = np.array([random.random() < 0.5 for _ in case[coop]], np.bool_) & case[coop]
        for part in (some, case[coop] & ~some) if 0 < some.sum() < case[coop].sum() else (case[coop],):
            cases.append(case.copy())
            cases[-1][coop] = part
    proven = []
    for case in cases:
        far, share = hostile(relaxed, random, len(links.rows), scale), random.choice([0.0, 0.01, 1.0])
        moved = Duals(*(a + share * b for a, b in zip(vars(duals).values(), vars(far).values(), strict=True)))
        moved = cleaned(relaxed, LeadOptions(case, options.price), links, moved)
        proven.append(branching.proven(case, moved, never))
    told = [bound for bound, _ in zip(branching.bounds(duals, never), range(random.randrange(1, 6)), strict=False)]
    return max(min(proven), told[-1])


def made_up_for(pricer: Pricer, duals: Duals) -> np.ndarray:
    """[n] what makes up for all routes of the pool that earn."""
    priced = pricer.earners(duals, never)
    assert priced.complete
    return covering(priced.earners.visits, priced.earners.gain, np.zeros(len(duals.visit)))


def looked_for(relaxed: Relaxed, links: LeadRows, duals: Duals) -> np.ndarray:
    """[n] what makes up for all routes that earn, where those of two visits and more are looked for."""
    pricer = Pricer(relaxed, links, 8)
    for office in range(len(relaxed.depot)):
        pricer.pool += list_routes(relaxed, office, 10_000, never, 1)[0]
    excess, prices = made_up_for(pricer, duals), pricer.prices(duals)
    for office in range(len(relaxed.depot)):
        staff = staff_of(relaxed, prices, office)
        if staff.seats and len(relaxed.visit):
            people = len(staff.officers)
            search = LongRoutes(relaxed, ground_of(relaxed, office, pricer.pool), 2, people, staff.seats)
            finds = search.search(prices, staff, 0.0, THOROUGH, never)
            assert finds.complete
            excess = covering(finds.visits, -finds.cost, np.maximum(excess, finds.excess))
    return excess


def assert_covers(excess: np.ndarray, earners: Earners, scale: float) -> None:
    """``excess`` makes up for what each route earns: a search that passes over one would prove too much."""
    taken_off = np.where(earners.visits >= 0, excess[earners.visits], 0.0).sum(axis=1)
    assert (taken_off >= earners.gain - 1e-5 - 1e-9 * scale).all()


@with_patience
@given(tiny_problems(), st.integers(0, 2**32), st.sampled_from([1.0, 300.0, 1e4, 1e9]))
def test_whatever_prices_are_certified(problem: Problem, seed: int, scale: float) -> None:
    best = optimum(problem)
    if best is None:
        return
    random = Random(seed)
    relaxed = with_tolls(relax(frame(problem)), problem, random)
    options, links = lead_options(relaxed), no_lead_rows(relaxed)
    for visit, coop in enumerate(relaxed.coop):
        for other in range(len(options.listed)):
            for officer in range(len(relaxed.skills)):
                if other != coop and options.listed[other, officer] and random.random() < 0.7:
                    links.add(visit, other, officer)
    add_sets(relaxed, links, random, 0.7)
    pricer = Pricer(relaxed, links, 8)
    for office in range(len(relaxed.depot)):
        pricer.pool += list_routes(relaxed, office, 10_000, never)[0]
    for _ in range(4):  # one after the other: the pricer remembers what routes cost at earlier prices
        far = hostile(relaxed, random, len(links.rows), scale)
        if random.random() < 0.5 and len(relaxed.skills):  # claims earn everybody much the same
            far = replace(far, lead=np.repeat(far.lead[:, :1], len(relaxed.skills), axis=1))
        duals = cleaned(relaxed, options, links, far)
        excess = made_up_for(pricer, duals)
        fresh = Pricer(relaxed, links, 8)
        fresh.pool = [block for office in range(len(relaxed.depot))
                      for block in list_routes(relaxed, office, 10_000, never)[0]]  # fmt: skip
        assert np.array_equal(made_up_for(fresh, duals), excess)
        found = looked_for(relaxed, links, duals)
        assert_covers(found, pricer.earners(duals, never).earners, scale)
        for covered in (excess, found):
            bound = certified(relaxed, options, links, duals, covered)
            assert bound <= best.cost.total * (1 + 1e-9) + 1e-6 + 1e-9 * scale
    if not len(relaxed.visit):
        return
    bound = case_by_case(pricer, options, links, duals, random, scale)
    assert bound <= best.cost.total * (1 + 1e-9) + 1e-6 + 1e-9 * scale


@with_patience
@given(tiny_problems(), st.integers(0, 2**32), st.sampled_from([1.0, 300.0, 1e4, 1e9]))
def test_whatever_prices_of_names_are_certified(problem: Problem, seed: int, scale: float) -> None:
    best = optimum(problem)
    random = Random(seed)
    real = with_tolls(relax(frame(problem)), problem, random)
    options = lead_options(real)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(optimizer.bounding.naming, "FEW_KINDS", 2.0)
        office = named_office(real, options) if len(real.skills) and options.listed.any() else None
    if best is None or office is None:
        return
    relaxed, links = office.relaxed, office.lead_rows
    pricer = Pricer(relaxed, links, 8)
    for depot in range(len(relaxed.depot)):
        pricer.pool += list_routes(relaxed, depot, 10_000, never)[0]
    for _ in range(4):  # one after the other: the pricer remembers what routes cost at earlier prices
        duals = cleaned(relaxed, office.options, links, hostile(relaxed, random, 0, scale, named=True))
        excess = made_up_for(pricer, duals)
        found = looked_for(relaxed, links, duals)
        assert_covers(found, pricer.earners(duals, never).earners, scale)
        for covered in (excess, found):
            bound = certified(relaxed, office.options, links, duals, covered)
            assert bound <= best.cost.total * (1 + 1e-9) + 1e-6 + 1e-9 * scale
