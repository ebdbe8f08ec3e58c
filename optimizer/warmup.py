"""Compile the search once and keep it on disk: ``python -m optimizer.warmup``. Later starts take a moment."""

from __future__ import annotations

import datetime as dt

from models.plan import Plan
from models.problem import Problem
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import StepLimit


def warm_up() -> Plan:
    """Solve a problem of one visit, so that every compiled function is there."""
    problem = Problem.model_validate(
        {
            "name": "warm-up",
            "workdays": [dt.date(2012, 8, 1)],
            "day": {"start": "08:30", "end": "16:30"},
            "offices": [{"id": "office", "location": 0, "cars": 1, "seats": 1}],
            "officers": [{"id": "officer", "office": "office", "topics": []}],
            "cooperatives": [{"id": "cooperative", "location": 1}],
            "visits": [{"id": "visit", "cooperative": "cooperative", "seq": 1, "minutes": 60, "priority": 1}],
            "travel": {"minutes": [[0, 30], [30, 0]], "km": [[0, 30], [30, 0]]},
            "prices": {"km": 4, "unplanned": 5000},
        }
    )
    return solve(problem, Params(workers=1, deterministic=True), StepLimit(2))


if __name__ == "__main__":
    warm_up()
