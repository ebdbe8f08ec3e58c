"""Crews are searched piece by piece: no crew is missed, none is searched twice."""

from __future__ import annotations

from itertools import combinations

import pytest

from optimizer.bounding import long_tasks


@pytest.mark.parametrize("most", [1, 7, 50, 10_000])
def test_each_crew_is_in_one_piece(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(long_tasks, "CREWS", most)
    for people in range(9):
        for seats in range(5):
            crews = []
            for first, second, beyond in long_tasks.pieces_of_crews(people, seats):
                crews += [(first,)] if second == first + 1 else []
                for other in range(second, beyond):
                    for more in range(seats - 1):
                        crews += [(first, other, *rest) for rest in combinations(range(other + 1, people), more)]
            all_crews = [crew for size in range(1, seats + 1) for crew in combinations(range(people), size)]
            assert sorted(crews) == sorted(all_crews)
