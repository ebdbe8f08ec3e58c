"""What makes up for routes that earn covers each of them, and takes off no more than it has to."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from optimizer.bounding.covering import SPARE, covering


def some_routes(random: Random, visits: int, scale: float) -> tuple[np.ndarray, np.ndarray]:
    """Rows padded with -1, as pricing and the search for long routes pad them, and what they earn."""
    sizes = [random.randint(1, 4) for _ in range(random.randint(1, 40))]
    rows = [sorted(random.sample(range(visits), size), reverse=True) for size in sizes]
    gain = [random.choice([random.uniform(0, scale), random.expovariate(9 / scale), -scale]) for _ in rows]
    return np.array([row + [-1] * (4 - len(row)) for row in rows]), np.array(gain)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 500.0, 1e9])
@pytest.mark.parametrize("seed", range(25))
def test_each_route_is_covered_and_nothing_more_can_be_given_back(seed: int, scale: float) -> None:
    random = Random(seed)
    visits, gain = some_routes(random, 8, scale)
    least = np.array([random.choice([0.0, 0.0, scale / 3]) for _ in range(8)])
    excess = covering(visits, gain, least)
    assert (excess >= least).all()
    taken = np.array([excess[row[row >= 0]].sum() for row in visits])
    assert (taken >= gain - scale * 1e-12).all()
    for v in np.flatnonzero(excess > least + scale * 1e-6):
        tight = (visits == v).any(axis=1) & (taken <= gain + 2 * SPARE + scale * 1e-9)
        assert tight.any()


def test_what_others_took_off_counts() -> None:
    """Of 0-1 with 10 and 1-2 with 4: 5 off 0 and 1 cover both, of which 2 gets nothing."""
    excess = covering(np.array([[1, 0], [2, 1]]), np.array([10.0, 4.0]), np.zeros(3))
    assert excess == pytest.approx([5.0, 5.0, 0.0], abs=1e-6)


def test_nothing_earns() -> None:
    assert covering(np.zeros((0, 3), np.int64), np.zeros(0), np.array([0.0, 2.0])) == pytest.approx([0.0, 2.0])
