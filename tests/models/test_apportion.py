"""Figures that are rounded to be shown, and add up all the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.apportion import apportioned
from models.plan import PAID_PARTS, WEIGHED_PARTS, Cost

AMOUNTS = st.lists(st.floats(-1e7, 1e7, allow_nan=False), max_size=10)


def test_the_largest_remainders_are_rounded_up() -> None:
    """15,678.4 and 4,521.4 are 20,199.8: one of the two must be rounded up, and .4 is no less than .4: the first."""
    assert apportioned([15_678.4, 4_521.4]) == (15_679, 4_521)
    assert apportioned([0.3, 0.3, 0.4]) == (0, 0, 1)
    assert apportioned([1.004, 2.004, 3.004], digits=2) == (1.01, 2.0, 3.0)
    assert apportioned([-1.5, 0.75]) == (-2, 1)
    assert apportioned([0.005, 0.0], digits=2) == (0.01, 0.0), "as round(0.005, 2): half a satang is not an even one"
    assert apportioned([]) == ()


@given(AMOUNTS)
def test_what_is_shown_adds_up_and_is_never_off_by_one(values: list[float]) -> None:
    shown = apportioned(values)
    assert sum(shown) == round(sum(values))
    for value, told in zip(values, shown, strict=True):
        assert abs(value - told) < 1 + 1e-6
        if value == int(value):
            assert told == value or sum(value != int(value) for value in values)


@pytest.mark.parametrize("digits", [0, 2])
@given(amounts=st.lists(st.floats(0, 1e7), min_size=10, max_size=10))
def test_the_parts_of_a_cost_add_up_to_what_is_paid_and_weighed(amounts: list[float], digits: int) -> None:
    names = (*PAID_PARTS, *WEIGHED_PARTS)
    cost = Cost.of(**dict(zip(names, amounts, strict=True)))
    shown = cost.shown(digits)
    assert sum(shown[part] for part in PAID_PARTS) == pytest.approx(round(cost.paid, digits))
    assert sum(shown[part] for part in WEIGHED_PARTS) == pytest.approx(round(cost.weighed, digits))
