"""A pinned tour stands although its file carries whole seconds and its drives are none."""

from __future__ import annotations

from support.builders import on, plan, problem, tour

from models.reading import read_plan
from models.referee import violations
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import StepLimit


def test_drives_between_seconds() -> None:
    """8.335 minutes of driving are 8:20.1: the drive does not fit between two starts in whole seconds."""
    ways = [[0 if a == b else 8.335 for b in range(3)] for a in range(3)]
    stated = problem(travel={"minutes": ways, "km": ways})
    made = plan(stated, tour(stated, on(2), "a", ["c1-1", "c2-1"]))
    kept = read_plan(made.to_json(), stated)
    pinned = stated.changed(published=kept, today=on(1), pins=("c1-1", "c2-1"))
    again = solve(pinned, Params(workers=1, deterministic=True), StepLimit(20))
    assert violations(pinned, again) == []
    assert {stop.visit for each in again.tours for stop in each.stops} == {"c1-1", "c2-1"}
