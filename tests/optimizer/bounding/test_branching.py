"""Leads told apart case by case: small offices whose leads are mixed by the programme, against all ways to lead."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from random import Random

import numpy as np
import pytest
from support.builders import cooperative, line, office, officer, on, problem, visit

import optimizer.bounding
from models.problem import Problem
from optimizer.bounding import lower_bound, naming
from optimizer.bounding.branching import Branching, Case, shares_among
from optimizer.bounding.generation import Generation
from optimizer.bounding.prices import Duals, LeadOptions, lead_options
from optimizer.bounding.relaxed import relax
from optimizer.bounding.routes import list_routes
from optimizer.instance import frame
from optimizer.proving import prove

from .trying import never

NO_DUALS = Duals(np.zeros(0), np.zeros(0), np.zeros((0, 0)), np.zeros(0), np.zeros((0, 0)))


def some_office(random: Random) -> Problem:
    """Each of three cooperatives has two visits, for which officers of one topic each ride."""
    return problem(
        workdays=[on(n) for n in (1, 2, 3)],
        offices=[office(seats=2, cars=9)],
        travel=line(0, *(random.choice([10, 20, 30, -10, -25]) for _ in range(3))),
        officers=[officer(f"o{n}", random.choice(["t", "u", "tu"]), fair_hours=random.choice([0, 2, 4]))
                  for n in range(3)],
        cooperatives=[cooperative(f"c{n}", n + 1, current_lead=random.choice([None, "o0", "o1"])) for n in range(3)],
        visits=[visit(f"c{n}-{k}", minutes=random.choice([45, 60]), topics=random.choice([[], ["t"], ["u"]]))
                for n in range(3) for k in (1, 2)],
        prices={"km": 1, "officer_day": 60, "unplanned": 2000, "stand_in": 70, "lead_change": 40, "overload_hour": 30},
    )  # fmt: skip


def solved(p: Problem, options: LeadOptions | None = None) -> Generation:
    """The programme, solved to its end before leads are told apart case by case."""
    relaxed = relax(frame(p))
    generation = Generation(relaxed, list_routes(relaxed, 0, 10_000, never)[0], 0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Branching, "bounds", lambda *_: iter(()))
        patch.setattr("optimizer.bounding.generation.lead_options", lambda relaxed: options or lead_options(relaxed))
        for _ in generation.bounds((), never):
            pass
    return generation


@pytest.mark.parametrize("seed", range(4))
def test_cases_prove_what_the_best_leads_cost(seed: int) -> None:
    """27 ways to lead three cooperatives, or fewer: what cases prove is what the cheapest of these does."""
    p = some_office(Random(seed))
    mixed = solved(p)
    assert mixed.best is not None
    told = list(Branching(mixed.master, mixed.pricer, mixed.options, mixed.lead_rows).bounds(mixed.best, never))
    proven = []
    for leads in itertools.product(*(np.flatnonzero(row) for row in mixed.options.listed)):
        listed = np.zeros_like(mixed.options.listed)
        listed[np.arange(3), leads] = True
        proven.append(solved(p, LeadOptions(listed, mixed.options.price)).promised)
    assert told == sorted(told)
    assert min(proven) - 3.0 <= told[-1] <= min(proven) + 1.0  # both of prices that are stopped short of the best


@pytest.mark.parametrize(("seed", "raised"), [(2, 0.0), (3, 3.4), (5, 3.8), (6, 2.7), (7, 2.0), (9, 33.7)])
def test_cases_of_names_prove_more_and_not_too_much(monkeypatch: pytest.MonkeyPatch, seed: int, raised: float) -> None:
    """What they prove of an office of names raises what these prove at once, and no plan costs less."""
    told: list[list[float]] = []

    def noted(cases: Branching, duals: Duals, stop: Callable[[], bool], proven: float) -> Iterator[float]:
        own = [proven]
        if cases._lead_rows.names is not None:
            told.append(own)
        for bound in bounds(cases, duals, stop, proven):
            own.append(bound)
            yield bound

    bounds = Branching.bounds
    monkeypatch.setattr(Branching, "bounds", noted)
    monkeypatch.setattr(naming, "FEW_KINDS", 2.0)
    monkeypatch.setattr(optimizer.bounding, "LISTED_STOPS", 1)  # others are looked for
    p = some_office(Random(seed))
    bound = lower_bound(p, stop=never)
    rows, proven = prove(frame(p), stop=never)
    assert rows is not None
    assert bound is not None
    assert proven == pytest.approx(float(rows.cost[0]))
    (own,) = told
    assert own == sorted(own)
    assert own[-1] <= bound <= float(rows.cost[0]) + 1e-6
    assert own[-1] - own[0] >= raised - 0.5


@pytest.mark.parametrize("seed", range(4))
def test_so_they_do_where_routes_are_looked_for(seed: int) -> None:
    """Routes of two visits and more are not listed: what cases prove counts those as well."""
    p = some_office(Random(seed))
    relaxed = relax(frame(p))
    of_one = Generation(relaxed, list_routes(relaxed, 0, 10_000, never, 1)[0], 2)
    proven = max(bound for bound in of_one.bounds((), never) if bound is not None)
    listed = Generation(relaxed, list_routes(relaxed, 0, 10_000, never)[0], 0)
    assert proven == pytest.approx(max(bound for bound in listed.bounds((), never) if bound is not None), abs=4.0)


def test_where_no_look_is_complete_cases_prove_nothing_more() -> None:
    mixed = solved(some_office(Random(0)))
    assert mixed.best is not None
    cases = Branching(mixed.master, mixed.pricer, mixed.options, mixed.lead_rows, lambda duals, stop: None)
    assert set(cases.bounds(mixed.best, never, 123.0)) == {123.0}


def mixed_case(lead: float) -> Case:
    """The first cooperative has but one lead left; the second has three, the third two. ``lead``: what a visit to the
    third one asks for each of them, in baht; to the second one it asks for 10."""
    listed = np.array([[False, True, False], [True, True, True], [True, True, False]])
    leads = np.array([[0.0, 1.0, 0.0], [0.2, 0.5, 0.3], [0.4, 0.6, 0.0]])
    prices = np.array([[90.0] * 3, [10.0] * 3, [lead] * 3])
    return Case(0.0, 0, listed, Duals(np.zeros(3), np.zeros(3), prices, np.zeros(0), np.zeros((3, 0))), leads)


def test_leads_that_are_mixed_are_told_apart() -> None:
    """A half of the second one's leads counts for 5 baht, two fifths of the third one's for 4.8."""
    one, others = mixed_case(12.0).parts(np.arange(3))
    assert one.tolist() == [[False, True, False], [False, True, False], [True, True, False]]
    assert others.tolist() == [[False, True, False], [True, False, True], [True, True, False]]


def test_leads_that_prices_ask_for_most_are_told_apart_first() -> None:
    """Two fifths of the third one's count for 5.2 baht."""
    one, others = mixed_case(13.0).parts(np.arange(3))
    assert one.tolist() == [[False, True, False], [True, True, True], [False, True, False]]
    assert others.tolist() == [[False, True, False], [True, True, True], [True, False, False]]


def test_a_case_is_settled_when_each_has_one_lead_at_most() -> None:
    listed = np.array([[False, True], [False, False]])
    assert Case(0.0, 0, listed, NO_DUALS, np.zeros((2, 2))).settled
    assert not Case(0.0, 0, ~listed, NO_DUALS, np.zeros((2, 2))).settled


def test_shares_are_of_those_that_are_left() -> None:
    listed = np.array([[True, True, False], [False, True, True], [False, False, False]])
    leads = np.array([[0.2, 0.3, 0.5], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    assert shares_among(listed, leads) == pytest.approx(np.array([[0.4, 0.6, 0], [0, 0.5, 0.5], [0, 0, 0]]))
