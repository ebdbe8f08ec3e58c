"""A solver for tests that send one to workers: slow, broken or deadly, as the problem's name says."""

from __future__ import annotations

import os
import time

from models.plan import Plan, Unplanned
from models.problem import Problem
from models.referee import cost
from optimizer.params import Params
from optimizer.stopping import OnProgress, Progress, Stop


def patient(problem: Problem, params: Params, stop: Stop, on_progress: OnProgress) -> Plan:
    """Plans nothing, slowly: tells its progress until it is stopped.

    A problem named "poison" kills the worker, "broken" raises, and "deaf" does not listen to its limit.
    """
    if problem.name == "poison":
        os._exit(1)
    if problem.name == "broken":
        raise ZeroDivisionError("secret of the problem")
    began = time.monotonic()
    while True:
        now = time.monotonic() - began
        progress = Progress(now, 1000.0 - now, 10.0, 1, 0.0, now)
        on_progress(progress)
        if problem.name == "deaf":
            time.sleep(0.05)
        elif stop(progress):
            break
        time.sleep(0.02)
    left = tuple(Unplanned(visit=visit.id, reason="not-tried: a test's solver.") for visit in problem.visits)
    bare = Plan(unplanned=left)
    cancelled = getattr(stop, "stops", ())[1].cancelled
    return bare.model_copy(update={"cost": cost(problem, bare), "status": "cancelled" if cancelled else "feasible"})
