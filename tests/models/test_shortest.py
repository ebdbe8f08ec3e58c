"""Shortest ways are worked out block by block, and can be ended between two of them."""

from __future__ import annotations

import numpy as np
import pytest
from support.builders import line, problem

from models.shortest import BLOCK, shortest_ways


class Enough(Exception):
    """Raised by a look."""


def ring(places: int) -> list[list[float]]:
    """Ways of 1 to the next place of a ring, and 1,000 to any other."""
    return [[1.0 if (b - a) % places == 1 else 1000.0 for b in range(places)] for a in range(places)]


def test_it_is_looked_up_from_before_each_further_block() -> None:
    looks: list[int] = []
    found = shortest_ways(ring(3 * BLOCK + 1), lambda: looks.append(1))
    # around the ring: from place a to b it is as far as there are places between
    assert found[0, 5] == 5
    assert found[5, 0] == 3 * BLOCK + 1 - 5
    assert len(looks) == 3


def test_a_look_ends_it_and_nothing_is_remembered() -> None:
    def enough() -> None:
        raise Enough

    with pytest.raises(Enough):
        shortest_ways(ring(BLOCK + 1), enough)
    travel = problem(travel=line(*map(float, range(BLOCK + 1)))).travel
    with pytest.raises(Enough):
        travel.shorten(enough)
    assert "shortest_minutes" not in travel.__dict__
    travel.shorten(lambda: None)
    assert np.array_equal(travel.__dict__["shortest_minutes"], shortest_ways(travel.minutes))
