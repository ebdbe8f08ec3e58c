"""What is remembered: a tour that comes back is allowed until what lies between remembers; others always are."""

from __future__ import annotations

import numpy as np
import pytest
from support.builders import cooperative, line, problem, visit

from optimizer.bounding.ng_routes import memory as module
from optimizer.bounding.ng_routes.memory import Memory, words_for
from optimizer.bounding.relaxed import relax
from optimizer.instance import frame


def memory_of(count: int) -> Memory:
    """Cooperatives 0, 1, 2, ... along a line, each with one visit."""
    of = frame(
        problem(
            travel=line(0, *range(1, count + 1)), cooperatives=[cooperative(f"c{n:02}", 1 + n) for n in range(count)],
            visits=[visit(f"c{n:02}-1") for n in range(count)],
        )
    )  # fmt: skip
    return Memory(relax(of))


def bits(row: np.ndarray) -> set[int]:
    return {w * module.WORD + b for w, word in enumerate(row) for b in range(module.WORD) if int(word) >> b & 1}


def test_the_nearest_are_remembered_at_first() -> None:
    near, number = memory_of(9).packed(np.arange(9), 1)
    assert list(number) == list(range(9))
    assert bits(near[0]) == {0, 1, 2, 3, 4}
    assert bits(near[4]) == {2, 3, 4, 5, 6}
    assert bits(near[8]) == {4, 5, 6, 7, 8}


def test_those_at_hand_are_numbered_in_their_order() -> None:
    near, number = memory_of(9).packed(np.array([8, 4, 8, 0]), 1)
    assert list(number) == [2, 1, 2, 0]
    assert [bits(row) for row in near] == [{1, 2}, {1}, {1, 2}, {0, 1}]


def test_more_than_a_word() -> None:
    assert [words_for(n) for n in (0, 1, 62, 63, 124, 125)] == [1, 1, 1, 2, 2, 3]
    near, _ = memory_of(70).packed(np.arange(70), 2)
    assert bits(near[63]) == {61, 62, 63, 64, 65}


@pytest.mark.parametrize("tour", [[0, 8, 0], [0, 7, 8, 3, 0, 5], [3, 0, 8, 3, 8]])
def test_a_tour_that_comes_back_is_kept_from_it(tour: list[int]) -> None:
    memory = memory_of(9)
    assert memory.allows(tour)
    assert memory.grow(tour)
    assert not memory.allows(tour)
    assert not memory.grow(tour)


def test_a_tour_that_does_not_come_back_is_always_allowed() -> None:
    memory = memory_of(9)
    for a in range(9):
        for b in range(9):
            memory.grow([a, b, a] if a != b else [a])
    assert memory.allows([3, 8, 0, 5, 1])
    assert not memory.grow([3, 8, 0, 5, 1])


def test_no_more_is_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_NEAR", 6)
    memory = memory_of(9)
    assert memory.grow([8, 0, 8])
    assert not memory.grow([7, 0, 7])
    assert memory.allows([7, 0, 7])
