"""What is not small is left alone before anything of it is worked out that takes its time, and a stop ends that."""

from __future__ import annotations

import pytest
from support.builders import cooperative, line, problem, visit

from models.shortest import BLOCK
from optimizer.bounding import lower_bound
from optimizer.instance import Frame, frame
from optimizer.proving.candidates import TooLarge, candidate_tours
from optimizer.stopping import Stopped


def office(places: int) -> Frame:
    """Three cooperatives with a visit each, on three workdays, among so many places."""
    return frame(
        problem(
            cooperatives=[cooperative(f"c{n}", n) for n in range(1, 4)],
            visits=[visit(f"c{n}-1") for n in range(1, 4)],
            travel=line(*map(float, range(places))),
        )
    )


def looked_for(of: Frame) -> bool:
    """Whether shortest ways were worked out."""
    return "shortest_minutes" in of.problem.travel.__dict__


def test_shortest_ways_of_a_problem_that_is_not_small_are_not_looked_for() -> None:
    of = office(4)
    with pytest.raises(TooLarge):
        candidate_tours(of, 8, lambda: False)  # three visits on three days are nine tours at least
    assert not looked_for(of)
    assert candidate_tours(of, 1000, lambda: False)
    assert looked_for(of)


def test_a_stop_ends_looking_for_shortest_ways() -> None:
    of = office(BLOCK + 1)
    with pytest.raises(Stopped):
        candidate_tours(of, 1000, lambda: True)
    assert lower_bound(of.problem, stop=lambda: True) is None
    assert not looked_for(of)
