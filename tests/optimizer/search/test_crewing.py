"""Crews of three and more: whoever is priced is whoever rides."""

from __future__ import annotations

import pytest
from support.builders import cooperative, officer, problem, visit

from models.problem import Problem
from models.referee import violations
from optimizer.params import Params
from optimizer.search.crewing import CROWD
from optimizer.solving import solve
from optimizer.stopping import StepLimit


def three_seats(*visits: dict[str, object]) -> Problem:
    """The lead ``l`` knows nothing; with two more seats only ``x`` (a, b) and ``z`` (c, d) cover a, b, c and d.

    Who begins with ``y`` (b, c), which covers as many at first, runs out of seats.
    """
    return problem(
        offices=[{"id": "kk", "location": 0, "cars": 1, "seats": 3}],
        officers=[officer("l"), officer("m"), officer("x", "ab"), officer("y", "bc"), officer("z", "cd")],
        cooperatives=[cooperative("c1", 1, lead="l"), cooperative("c2", 2, lead="m")],
        visits=list(visits),
        prices={"km": 1, "officer_day": 10, "unplanned": 5000, "stand_in": 1000},
    )


@pytest.mark.parametrize("seed", range(12))
def test_a_crew_of_three_covers_every_topic_of_a_tour_of_its_own(seed: int) -> None:
    p = three_seats(visit("c1-1", topics=["a", "b", "c", "d"]))
    made = solve(p, Params(deterministic=True, workers=1, seed=seed), StepLimit(60))
    assert violations(p, made) == []
    assert [sorted(tour.crew) for tour in made.tours] == [["l", "x", "z"]]


@pytest.mark.parametrize("seed", range(12))
def test_a_crew_of_three_covers_every_topic_where_it_joins_a_tour(seed: int) -> None:
    # one car, and c2 wants nothing: whoever goes there first is joined by those who cover c1's topics
    p = three_seats(visit("c1-1", topics=["a", "b", "c", "d"]), visit("c2-1"))
    p = p.changed(workdays=p.workdays[:1], offices=(p.offices[0].model_copy(update={"seats": 4}),))
    made = solve(p, Params(deterministic=True, workers=1, seed=seed), StepLimit(200))
    assert violations(p, made) == []
    assert made.unplanned == ()


@pytest.mark.parametrize("seed", range(4))
def test_in_a_large_office_the_one_who_knows_a_topic_is_found(seed: int) -> None:
    others = [officer(f"y{i}", "y") for i in range(2 * CROWD)]
    p = problem(
        officers=[*others[:CROWD], officer("b", "x"), *others[CROWD:]], visits=[visit("c1-1", topics=["x", "y"])],
        offices=[{"id": "kk", "location": 0, "cars": 1, "seats": 2}], prices={"km": 1, "unplanned": 5000},
    )  # fmt: skip
    made = solve(p, Params(deterministic=True, workers=1, seed=seed), StepLimit(20))
    assert made.unplanned == ()
    assert "b" in made.tours[0].crew
