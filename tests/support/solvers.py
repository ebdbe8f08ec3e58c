"""A solver for tests that send one to workers: slow, broken or deadly, as the problem's name says."""

from __future__ import annotations

import os
import time
from functools import partial

from models.plan import Plan, Unplanned
from models.problem import Problem
from models.referee import cost
from optimizer.params import Params
from optimizer.stopping import OnProgress, Progress, Stop


def patient(problem: Problem, params: Params, stop: Stop, on_progress: OnProgress) -> Plan:
    """Plans nothing, slowly: tells its progress until it is stopped.

    A problem named "poison" kills the worker, "broken" raises, "giant" takes all memory, and "deaf" and "late" do not
    listen to their limit; "late" has a plan by then. "brief" ends by itself long before its limit.
    """
    if problem.name == "poison":
        os._exit(1)
    if problem.name == "broken":
        raise ZeroDivisionError("secret of the problem")
    if problem.name == "giant":
        bytearray(1 << 42)
    began = time.monotonic()
    plan = partial(_nothing, problem, "feasible") if problem.name == "late" else None
    while True:
        now = time.monotonic() - began
        progress = Progress(now, 1000.0 - now, 10.0, 1, 0.0, now, plan)
        on_progress(progress)
        if problem.name in ("deaf", "late"):
            time.sleep(0.05)
        elif stop(progress) or problem.name == "brief":
            break
        time.sleep(0.02)
    cancelled = getattr(stop, "stops", ())[1].cancelled
    return _nothing(problem, "cancelled" if cancelled else "feasible")


def _nothing(problem: Problem, status: str) -> Plan:
    left = tuple(Unplanned(visit=visit.id, reason="not-tried: a test's solver.") for visit in problem.visits)
    bare = Plan(unplanned=left)
    return bare.model_copy(update={"cost": cost(problem, bare), "status": status})
