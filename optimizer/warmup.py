"""Compile search and bound once and keep them on disk: ``python -m optimizer.warmup``. Later starts take a moment."""

from __future__ import annotations

import datetime as dt

import numpy as np

from models.plan import Plan
from models.problem import Problem
from optimizer.bounding.columns import Growth
from optimizer.bounding.cuts import broken_cuts, rows_of_cut
from optimizer.bounding.outings import outings_of
from optimizer.bounding.relaxed import relax
from optimizer.instance import frame
from optimizer.params import Params
from optimizer.searching import Searcher
from optimizer.solving import solve
from optimizer.stopping import StepLimit


def warm_up() -> Plan:
    """Search, bound and solve a problem of one officer and three visits, so that every compiled function is there."""
    problem = _problem()
    Searcher(frame(problem), Params(), 0).advance(2, 0.0)
    _bound(problem)
    return solve(problem, Params(workers=1, deterministic=True), StepLimit(2))


def _problem() -> Problem:
    hosts = [{"id": f"c{n}", "location": n, "current_lead": "officer"} for n in (1, 2, 3)]
    visits = [
        {"id": f"v{n}", "cooperative": f"c{n}", "seq": 1, "minutes": 60, "priority": 1, "topics": []} for n in (1, 2, 3)
    ]
    ways = [[0 if a == b else 30 for b in range(4)] for a in range(4)]
    return Problem.model_validate(
        {
            "name": "warm-up",
            "workdays": [dt.date(2012, 8, 1)],
            "day": {"start": "08:30", "end": "16:30"},
            "offices": [{"id": "office", "location": 0, "cars": 1, "seats": 1}],
            "officers": [{"id": "officer", "office": "office", "topics": []}],
            "cooperatives": hosts,
            "visits": visits,
            "travel": {"minutes": ways, "km": ways},
            "prices": {"km": 4, "unplanned": 5000, "stand_in": 100, "lead_change": 50},
        }
    )


def _bound(problem: Problem) -> None:
    """Grow the programme from single visits, so that longer outings have to be looked for, and cut once."""
    relaxed = relax(frame(problem))

    def never() -> bool:
        return False

    outings = outings_of(relaxed, 0, 100, never)
    for _ in Growth(relaxed, outings[:1], 2).bounds(never):
        pass
    triples = broken_cuts(3, [((0, 1), 0.5), ((0, 2), 0.5), ((1, 2), 0.5)], 0.03, 1)
    rows_of_cut(outings, np.ascontiguousarray(triples[0]), 3)


if __name__ == "__main__":
    warm_up()
