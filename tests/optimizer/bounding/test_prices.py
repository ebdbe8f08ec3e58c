"""Prices of the programme's rows: kept within what they can be, and what claimed hours cost at them."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from support.builders import officer, problem

from optimizer.bounding.claims import charge_hours
from optimizer.bounding.prices import SETS, BusySet, Duals, cleaned, lead_options, no_lead_rows
from optimizer.bounding.pricing import Pricer
from optimizer.bounding.relaxed import relax
from optimizer.instance import frame

from .trying import some_office


def test_prices_on_the_way_to_others() -> None:
    here = Duals(np.array([10.0]), np.array([0.0]), np.array([[4.0]]), np.array([8.0]), np.array([[2.0]]))
    there = Duals(np.array([20.0]), np.array([10.0]), np.array([[0.0]]), np.zeros(0), np.array([[6.0]]))
    way = here.towards(there, 0.25)
    assert (way.visit, way.hour, way.lead, way.same, way.claimed) == (12.5, 2.5, 3.0, 6.0, 3.0)
    assert there.towards(here, 0.75).same == 6.0


@pytest.mark.parametrize(("fair", "cap"), [(1, 30.0), (None, 0.0)])
def test_an_hour_costs_no_more_than_overload(fair: float | None, cap: float) -> None:
    """Whether he claims something or not, and nothing where hours are free; what is within the limit stays."""
    officers = [officer("a", fair_hours=fair), officer("b", fair_hours=fair)]
    relaxed = relax(frame(problem(officers=officers, prices={"km": 1, "unplanned": 1000, "overload_hour": 30})))
    options, rows = lead_options(relaxed), no_lead_rows(relaxed)
    for who in (0, 1):
        rows.add_set(BusySet(who, range(len(options.listed))))
    visits, claimed = len(relaxed.visit), np.zeros((2, SETS))
    claimed[:, 0], claimed[:, 1] = (60.0, 10.0), 99.0  # there is but one set
    duals = cleaned(relaxed, options, rows, Duals(
        np.zeros(visits), np.array([30.0, 15.0]), np.zeros((visits, 2)), np.zeros(0), claimed,
    ))  # fmt: skip
    assert list(duals.hour) == pytest.approx([cap / 3, min(cap, 15.0)])
    assert list(duals.claimed[:, 0]) == pytest.approx([cap * 2 / 3, min(cap, 10.0)])
    assert not duals.claimed[:, 1:].any()


def test_an_officer_has_so_many_sets() -> None:
    rows = no_lead_rows(relax(frame(some_office(Random(3)))))
    assert rows.add_set(BusySet(2, [0]), 1) and not rows.add_set(BusySet(2, [0]), 1)
    each = [rows.add_set(BusySet(2, [n % 5])) for n in range(SETS - 1)]
    assert all(each) and not rows.add_set(BusySet(2, range(5), [1]))
    assert rows.sets[2].sum() == SETS and not rows.sets[[0, 1, 3]].any() and not rows.tied.any()


def test_what_ties_cost() -> None:
    """Four visits that one officer claims in a tour of two hours, at 3 baht an hour, with 1 fair hour.

    In the order of the row they are 2, 0, 3; 1 is not in it. Claims of 0 and 3 are tied to those before them.
    """
    relaxed = relax(frame(some_office(Random(3))))
    rows = no_lead_rows(relaxed)
    rows.add_set(BusySet(2, [2, 0, 3], [0, 3]))
    claimed = np.zeros((4, SETS))
    claimed[2, 0] = 3.0
    duals = Duals(np.zeros(5), np.zeros(4), np.zeros((5, 4)), np.zeros(0), claimed)
    prices, value = Pricer(relaxed, rows, 5).prices(duals), np.zeros(16)
    charge_hours(prices, np.arange(4), 2, 2.0, value)
    hours, tie = 2 * 3.0, 1 * 3.0
    for block, cost in (
        (0b0000, 0.0), (0b0010, 0.0), (0b0001, hours), (0b0100, hours), (0b0011, hours), (0b0101, hours + tie),
        (0b1001, hours + tie), (0b1101, hours + 2 * tie), (0b1111, hours + 2 * tie),
    ):  # fmt: skip
        assert value[block] == -cost
