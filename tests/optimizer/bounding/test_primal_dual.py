"""The programme's steps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer.bounding.primal_dual import _within

amounts = st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 10)), min_size=1, max_size=6)


@given(amounts, st.floats(0, 150))
def test_prices_with_a_limit_are_the_nearest_within_it(rows: list[tuple[float, float]], limit: float) -> None:
    """Those nearest by their steps are all lowered alike for each unit of their step, but none below 0."""
    price, step = map(np.array, zip(*rows, strict=True))
    near = price.copy()
    _within(near, step, 0, len(near), limit)
    assert near.sum() == pytest.approx(min(price.sum(), limit), abs=1e-6)
    down = (price - near) / step
    assert (near >= 0).all() and (down >= 0).all()
    assert down[near > 1e-9] == pytest.approx(np.full((near > 1e-9).sum(), down.max()), abs=1e-6)


def test_other_rows_stay() -> None:
    price = np.array([9.0, 5.0, 3.0, 9.0])
    _within(price, np.ones(4), 1, 3, 4.0)
    assert list(price) == [9.0, 3.0, 1.0, 9.0]
