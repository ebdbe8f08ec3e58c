"""Truths that hold between optima: more means never cost more, names mean nothing, prices scale."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.exhaustive import optimum
from support.strategies import tiny_problems

from models.problem import Depot, NamedCar, Officer, Problem
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import StepLimit


def by_solver(p: Problem) -> float | None:
    """The cost that the solver proves to be least; None where it proves none in these steps."""
    made = solve(p, Params(deterministic=True), StepLimit(2000))
    return made.cost.total if made.status == "optimal" else None


def by_exhaustion(p: Problem) -> float | None:
    """The cost that trying everything proves to be least."""
    best = optimum(p)
    assert best is not None
    return best.cost.total


#: what proves an optimum: the truths below hold for both
PROOFS = [by_solver, by_exhaustion]
Proof = Callable[[Problem], "float | None"]


def both(prove: Proof, one: Problem, other: Problem) -> tuple[float, float]:
    first, second = prove(one), prove(other)
    assume(first is not None and second is not None)
    assert first is not None
    assert second is not None
    return first, second


def hair(baht: float) -> float:
    return 0.02 + 1e-6 * baht


@pytest.mark.parametrize("prove", PROOFS)
@settings(max_examples=25, deadline=None)
@given(p=tiny_problems(max_officers=2))
def test_one_more_officer_never_costs_more(prove: Proof, p: Problem) -> None:
    helper = Officer(id="helper", office=p.offices[0].id, topics=("accounts", "debt"))
    without, with_helper = both(prove, p, p.changed(officers=(*p.officers, helper)))
    assert with_helper <= without + hair(without)


def one_more_car(at: Depot) -> Depot:
    if isinstance(at.cars, tuple):
        return at.model_copy(update={"cars": (*at.cars, NamedCar(id="one more", seats=2))})
    more = {date: cars + 1 for date, cars in (at.cars_on or {}).items()} or None
    return at.model_copy(update={"cars": at.cars + 1, "cars_on": more})


@pytest.mark.parametrize("prove", PROOFS)
@settings(max_examples=25, deadline=None)
@given(p=tiny_problems())
def test_one_more_car_never_costs_more(prove: Proof, p: Problem) -> None:
    fewer, more = both(prove, p, p.changed(offices=tuple(map(one_more_car, p.offices))))
    assert more <= fewer + hair(fewer)


@pytest.mark.parametrize("prove", PROOFS)
@settings(max_examples=25, deadline=None)
@given(p=tiny_problems())
def test_one_more_topic_never_costs_more(prove: Proof, p: Problem) -> None:
    taught = tuple(each.model_copy(update={"topics": (*each.topics, "debt")}) for each in p.officers)
    before, after = both(prove, p, p.changed(officers=taught))
    assert after <= before + hair(before)


@pytest.mark.parametrize("prove", PROOFS)
@settings(max_examples=25, deadline=None)
@given(p=tiny_problems(), times=st.sampled_from([2, 0.5, 10]))
def test_prices_scale_the_cost(prove: Proof, p: Problem, times: float) -> None:
    def scale(baht: Any) -> Any:
        if isinstance(baht, list | tuple):
            return [rate | {"baht": rate["baht"] * times} for rate in baht]
        return None if baht is None else baht * times

    def with_own_prices_scaled(at: Depot) -> Depot:
        if not isinstance(at.cars, tuple):
            return at
        return at.model_copy(update={"cars": tuple(car.model_copy(update={"km": scale(car.km)}) for car in at.cars)})

    scaled = {name: scale(baht) for name, baht in p.prices.model_dump().items()}
    offices = tuple(map(with_own_prices_scaled, p.offices))
    one, other = both(prove, p, p.changed(prices=scaled, offices=offices))
    assert other == pytest.approx(one * times, abs=hair(one * times) + 0.02 * times)


def renamed(p: Problem) -> Problem:
    """The same problem with other ids, and its lists in the other order."""
    names: dict[str, str] = {}
    for kind in (p.offices, p.officers, p.cooperatives, p.visits, p.partners or ()):
        for number, each in enumerate(kind):
            names.setdefault(each.id, f"ชื่อ{len(kind) - number}-{each.id[::-1]}")

    def rename(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {
                names.get(name, name) if key == "leads" else name: rename(part, name) for name, part in value.items()
            }
        if isinstance(value, list):
            parts = [rename(part, key) for part in value]
            return parts[::-1] if key in ("officers", "cooperatives", "visits", "partners", "pins") else parts
        named = (
            "id",
            "office",
            "lead",
            "current_lead",
            "cooperative",
            "partner",
            "visit",
            "crew",
            "pins",
            "leads",
            "barred",
            "",
        )
        return names.get(value, value) if isinstance(value, str) and key in (*named, *names) else value

    return Problem.model_validate(rename(json.loads(p.to_json())))


@pytest.mark.parametrize("prove", PROOFS)
@settings(max_examples=25, deadline=None)
@given(p=tiny_problems())
def test_names_and_order_mean_nothing(prove: Proof, p: Problem) -> None:
    one, other = both(prove, p, renamed(p))
    assert other == pytest.approx(one, abs=hair(one))


@given(p=tiny_problems())
@settings(max_examples=25, deadline=None)
def test_renaming_renames_everything_once(p: Problem) -> None:
    new = renamed(p)
    old = {each.id for kind in (p.officers, p.cooperatives, p.visits) for each in kind}
    assert not old & {each.id for kind in (new.officers, new.cooperatives, new.visits) for each in kind}
    assert len(new.visits) == len(p.visits)
    assert (new.published is None) == (p.published is None)
