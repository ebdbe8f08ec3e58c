"""Differences of two plans, cases of a problem, and what counts as more than noise."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.builders import cooperative, days, office, officer, on, plan, problem, tour, visit

from models.faults import InvalidInput
from optimizer.comparing.cases import (
    with_absences,
    with_cars,
    with_officers,
    with_prices,
    without_cars,
    without_officers,
)
from optimizer.comparing.differences import differences
from optimizer.comparing.noise import chance, verdicts


def test_every_kind_of_difference() -> None:
    stated = problem(
        officers=[officer(name) for name in "abc"],
        cooperatives=[cooperative(f"c{n}", 1) for n in range(1, 7)],
        visits=[visit(f"c{n}-1", minutes=10) for n in range(1, 7)],
    )
    old = plan(
        stated,
        tour(stated, on(1), "a", ["c1-1", "c2-1"]),
        tour(stated, on(2), "b", ["c3-1", "c4-1", "c5-1"], starts={"c5-1": "12:00"}),
    )
    new = plan(
        stated,
        tour(stated, on(1), "ac", ["c2-1"]),
        tour(stated, on(3), "a", ["c1-1", "c6-1"]),
        tour(stated, on(2), "b", ["c4-1", "c5-1"], starts={"c5-1": "13:00"}),
        leads={"c4": "c"},
    )
    found = differences(old, new, stated)
    kinds = {one.visit: one.kinds for one in found.visits}
    assert kinds == {
        "c1-1": ("moved-day",),
        "c2-1": ("new-crew", "shifted"),  # half an hour earlier at most, without c1
        "c3-1": ("unplanned",),
        "c4-1": ("new-lead", "shifted"),
        "c5-1": ("moved-time",),
        "c6-1": ("planned",),
    }
    assert found.leads == {"c3": ("b", None), "c4": ("b", "c"), "c6": (None, "a")}
    assert found.parts["total"] == (old.cost.total, new.cost.total)
    assert found.same == 0
    assert found.counts["moved-day"] == 1
    assert {one.visit for one in found.visits if one.moves} == {"c1-1", "c3-1", "c5-1"}  # c2 and c4 see the same person


def test_a_shift_within_half_an_hour_and_another_car_are_told_and_count_as_no_move() -> None:
    """People wait at the hour that they were told, and look for the car: a plan with another one is not the same."""
    stated = problem(
        offices=[office(cars=[{"id": "ร1", "seats": 2}, {"id": "ร2", "seats": 2}], seats=None)],
        visits=[visit(f"c{n}-1", minutes=10) for n in (1, 2)],
    )
    old = plan(stated, tour(stated, on(1), "a", ["c1-1", "c2-1"], starts={"c2-1": "12:00"}, car="ร1"))
    late = plan(stated, tour(stated, on(1), "a", ["c1-1", "c2-1"], starts={"c2-1": "12:30"}, car="ร1"))
    other = plan(stated, tour(stated, on(1), "a", ["c1-1", "c2-1"], starts={"c2-1": "12:00"}, car="ร2"))
    shifted, driven = differences(old, late, stated), differences(old, other, stated)
    assert {one.visit: one.kinds for one in shifted.visits} == {"c2-1": ("shifted",)}
    assert {one.visit: one.kinds for one in driven.visits} == {"c1-1": ("new-car",), "c2-1": ("new-car",)}
    assert not [one for one in (*shifted.visits, *driven.visits) if one.moves]
    assert (shifted.same, driven.same) == (1, 0)
    assert [one.told for one in shifted.visits] == [(("officer", "a"), ("cooperative", "c2"))]
    assert [one.told for one in driven.visits] == [(("officer", "a"),)] * 2  # no cooperative minds the car


def test_a_cost_that_is_reckoned_anew_is_known() -> None:
    """The plan before is held against the one after at the later prices: what it cost by its own is kept beside."""
    cheap = problem(visits=[visit("c1-1")])
    dear = cheap.model_copy(update={"prices": cheap.prices.model_copy(update={"km": cheap.prices.km + 10})})
    old, new = plan(cheap, tour(cheap, on(1), "a", ["c1-1"])), plan(dear, tour(dear, on(1), "a", ["c1-1"]))
    found = differences(old, new, dear, cheap)
    assert found.parts["total"] == (new.cost.total, new.cost.total)
    assert (found.own, found.reckoned_anew) == (old.cost, True)
    assert not differences(old, old, cheap).reckoned_anew


def test_a_visit_that_only_one_problem_has() -> None:
    small = problem(visits=[visit("c1-1")])
    large = problem()
    old, new = plan(small, tour(small, on(1), "a", ["c1-1"])), plan(large, tour(large, on(1), "a", ["c1-1", "c2-1"]))
    assert {one.visit: one.kinds for one in differences(old, new, large, small).visits} == {
        "c2-1": ("added", "planned")
    }
    assert {one.visit: one.kinds for one in differences(new, old, small, large).visits} == {"c2-1": ("dropped",)}


def test_the_same_plan_differs_in_nothing() -> None:
    stated = problem()
    made = plan(stated, tour(stated, on(1), "a", ["c1-1"]))
    found = differences(made, made, stated)
    assert (found.visits, found.leads, found.same) == ((), {}, 1)


def test_fewer_and_more_officers() -> None:
    stated = problem(cooperatives=[cooperative("c1", 1, lead="b"), cooperative("c2", 2, current_lead="a")])
    fewer = with_officers(stated, 1)
    assert [one.id for one in fewer.officers] == ["a"]
    assert (fewer.cooperative_by_id["c1"].lead, fewer.cooperative_by_id["c2"].current_lead) == (None, "a")
    more = with_officers(stated, 5)
    assert [one.id for one in more.officers] == ["a", "b", "a+2", "b+2", "a+3"]


def test_cars_prices_and_absences() -> None:
    stated = problem(offices=[office(cars=4, cars_on={str(on(2)): 3})])
    changed = with_cars(stated, 2).office_by_id["kk"]
    assert (changed.cars_of(on(1)), changed.cars_of(on(2))) == (2, 2)
    assert with_cars(stated, {"kk": 5}).office_by_id["kk"].cars_of(on(2)) == 3
    assert with_prices(stated, {"km": 6}).prices.km == 6
    assert with_absences(stated, {"a": days(2)}).officer_by_id["a"].absent == tuple(days(2))


def test_copies_of_cars_bear_ids_of_their_own() -> None:
    cars = [{"id": "van", "seats": 4}, {"id": "van+2", "seats": 2}]
    more = with_cars(problem(offices=[{"id": "kk", "location": 0, "cars": cars}]), 5)
    assert [car.id for car in more.offices[0].named] == ["van", "van+2", "van+3", "van+2+2", "van+4"]
    none = problem(offices=[{"id": "kk", "location": 0, "cars": []}])
    assert with_cars(none, 0).offices[0].named == ()
    with pytest.raises(InvalidInput, match="no car to copy"):
        with_cars(none, 1)


@pytest.mark.parametrize(
    ("change", "value", "code"),
    [
        (with_officers, -1, "option-value"),
        (with_cars, {"nowhere": 1}, "id-unknown"),
        (with_cars, -1, "option-value"),
        (with_prices, {"petrol": 1}, "option-value"),
        (with_prices, {"km": -1}, "option-value"),
        (with_prices, {"km": float("nan")}, "option-value"),
        (with_absences, {"nobody": []}, "id-unknown"),
        (without_officers, ["a", "nobody"], "id-unknown"),
        (without_cars, ["van"], "id-unknown"),
    ],
)
def test_a_case_that_cannot_be_is_a_fault(change: Any, value: Any, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        change(problem(), value)
    assert caught.value.faults[0].code == code


def column(*values: float) -> list[list[float]]:
    """Runs of one measure."""
    return [[value] for value in values]


def test_the_chance_of_a_difference_is_counted_out() -> None:
    """Of the 70 ways to deal eight runs, the two that part low from high reach this difference."""
    assert chance(np.array(column(1, 2, 3, 4)), np.array(column(5, 6, 7, 8)))[0] == pytest.approx(2 / 70)
    assert chance(np.array(column(1, 2)), np.array(column(1, 2)))[0] == 1


def test_only_what_noise_does_not_explain_is_called_a_difference() -> None:
    assert verdicts(column(1, 2, 3, 4), column(5, 6, 7, 8)) == ["higher"]
    assert verdicts(column(5, 6, 7, 8), column(1, 2, 3, 4)) == ["lower"]
    assert verdicts(column(1, 6, 3, 8), column(5, 2, 7, 4)) == ["within noise"]
    assert verdicts(column(1, 1, 1), column(9, 9, 9)) == ["too few runs"]
    assert verdicts(column(3), column(3)) == ["within noise"]


def test_more_cases_need_more_runs() -> None:
    """Four runs each: the rarest of 70 deals has a chance of 2/70, which two cases may not both claim at 5 %."""
    assert verdicts(column(1, 2, 3, 4), column(5, 6, 7, 8), cases=2) == ["too few runs"]
    assert verdicts(column(1, 2, 3, 4, 5), column(6, 7, 8, 9, 10), cases=2) == ["higher"]


def test_a_case_against_itself_is_hardly_ever_called_different() -> None:
    """A thousand tables of twenty measures that hang together as a plan's do: false ones in at most one of twenty."""
    draws = np.random.default_rng(7)
    mixed = draws.normal(size=(6, 20))
    wrong = 0
    for _ in range(1000):
        runs = draws.normal(size=(10, 6)) @ mixed + draws.normal(size=(10, 20))
        wrong += any(one in ("higher", "lower") for one in verdicts(runs[:5], runs[5:]))
    assert wrong / 1000 <= 0.06  # the level, and the noise of counting a thousand tables


def test_a_real_difference_of_one_measure_among_many_is_seen() -> None:
    draws = np.random.default_rng(8)
    before, after = draws.normal(size=(5, 20)), draws.normal(size=(5, 20))
    after[:, 3] += 50
    assert verdicts(before, after)[3] == "higher"
