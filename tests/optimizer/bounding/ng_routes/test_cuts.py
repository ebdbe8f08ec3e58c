"""Subset rows: no plan breaks one, the programme's halves do, and what is broken most is found."""

from __future__ import annotations

from itertools import combinations
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from optimizer.bounding.ng_routes import cuts as module
from optimizer.bounding.ng_routes.cuts import MOST_CUTS, Cuts
from optimizer.bounding.ng_routes.tours import _worthwhile


def with_cuts(*visits: tuple[int, int, int]) -> Cuts:
    cuts = Cuts()
    cuts.add(np.array(visits))
    return cuts


@pytest.mark.parametrize("seed", range(20))
def test_tours_that_share_no_visit_never_break_one(seed: int) -> None:
    generator = np.random.default_rng(seed)
    cuts = with_cuts(*combinations(range(5), 3))
    tour_of = generator.integers(0, 3, 5)
    assert sum(cuts.times(np.flatnonzero(tour_of == t)) for t in range(3)).max() <= 1


def test_a_tour_counts_for_each_two_of_the_three_also_where_it_comes_back() -> None:
    cuts = with_cuts((0, 1, 2), (1, 2, 3))
    assert list(cuts.times(np.array([0, 3]))) == [0, 0]
    assert list(cuts.times(np.array([0, 1, 3]))) == [1, 1]
    assert list(cuts.times(np.array([0, 1, 2, 1]))) == [2, 1]
    assert list(cuts.times(np.array([1, 3, 1, 2]))) == [1, 2]


def test_each_visit_has_the_bits_of_its_cuts() -> None:
    cuts = with_cuts((0, 1, 2), (1, 2, 3))
    assert list(cuts.bits(np.array([3, 1, 0, 7, 1]))) == [0b10, 0b11, 0b01, 0, 0b11]


def test_what_is_broken_most_is_found_once() -> None:
    tours = [np.array(t) for t in ([0, 1], [1, 2], [0, 2], [3, 4], [4, 5], [3, 5, 6], [0, 6])]
    shares = np.array([0.5, 0.5, 0.5, 0.4, 0.4, 0.4, 0.05])
    cuts = Cuts()
    assert cuts.broken(tours, shares, 7, 9).tolist() == [[0, 1, 2], [3, 4, 5]]  # by 0.5, by 0.2
    assert cuts.broken(tours, shares, 7, 1).tolist() == [[0, 1, 2]]
    assert cuts.broken(tours, shares, 7, 0).tolist() == []
    cuts.add(np.array([[0, 1, 2]]))
    assert cuts.broken(tours, shares, 7, 9).tolist() == [[3, 4, 5]]


def test_a_tour_of_all_three_counts_once() -> None:
    tours = [np.array(t) for t in ([0, 1, 2], [0, 1], [2, 3])]
    assert Cuts().broken(tours, np.array([0.5, 0.5, 0.5]), 4, 9).tolist() == []  # 1.0 in all
    assert Cuts().broken(tours, np.array([0.6, 0.5, 0.5]), 4, 9).tolist() == [[0, 1, 2]]


def test_there_is_room_for_so_many_and_those_dropped_go(monkeypatch: pytest.MonkeyPatch) -> None:
    cuts = with_cuts(*list(combinations(range(9), 3))[: MOST_CUTS + 5])
    assert len(cuts) == MOST_CUTS == 62  # bits of a word, its sign apart
    cuts.drop(np.array([k != 1 for k in range(MOST_CUTS)], np.uint8))
    assert cuts.visits.tolist() == [[0, 1, 3]]
    monkeypatch.setattr(module, "AT_ONCE", 1)
    tours = [np.array(t) for t in ([4, 5], [5, 6], [4, 6], [0, 2], [2, 3], [0, 3])]
    assert len(cuts.broken(tours, np.full(6, 0.5), 7, 9)) == 1


@pytest.mark.parametrize("paid, cut, kept", [
    ([3, 5, 4, 0], [0, 1, 0, 0], [1, 2]),  # the first is paid less than the third; the last one brings nothing
    ([5, 4, 3, 1], [0, 1, 0, 0], [0, 1, 3]),
    ([5, 4, 3, 1], [0, 0, 0, 0], [0, 3]),
    ([5, 4, 3, -1], [1, 2, 3, 0], [0, 1, 2]),
])  # fmt: skip
def test_of_visits_alike_and_in_the_same_cuts_the_best_paid_is_looked_for(
    paid: list[float], cut: list[int], kept: list[int]
) -> None:
    shift: Any = SimpleNamespace(alike=np.array([0, 0, 0, 1]))
    assert list(_worthwhile(shift, np.array(paid), np.array(cut))) == kept
