"""The process that solves one problem of the benchmark.

``python -m api.benching.solving PROBLEM SECONDS SEED [PARAMS]`` prints its figures as one JSON object. It is a process
of its own so that the peak of memory is that of this solve alone.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from api.benching.measuring import Point
from models.faults import InvalidInput
from models.problem import Problem
from models.reading import read_problem
from models.referee import violations
from optimizer.params import Params, read_params
from optimizer.solving import solve
from optimizer.stopping import Progress, TimeLimit


class Trace:
    """Keeps how best cost and bound went: a point whenever one of them changed."""

    def __init__(self) -> None:
        self.points: list[Point] = []

    def __call__(self, progress: Progress) -> None:
        """Note ``progress`` where it tells something new."""
        last = self.points[-1] if self.points else Point(0.0, None, None)
        if (progress.best, progress.bound) != (last.best, last.bound):
            self.points.append(Point(round(progress.seconds, 3), progress.best, progress.bound))


def solved(problem: Problem, params: Params, seconds: float) -> dict[str, Any]:
    """Solve ``problem`` for ``seconds``; the figures of :class:`api.benching.measuring.Trial` that the solve knows."""
    trace = Trace()
    began, worked = time.perf_counter(), time.process_time()
    plan = solve(problem, params=params, stop=TimeLimit(seconds), on_progress=trace)
    took = time.perf_counter() - began
    cores = (time.process_time() - worked) / max(took, 1e-9)
    return {
        "cost": plan.cost.total,
        "bound": plan.lower_bound,
        "status": plan.status,
        "planned": sum(len(tour.stops) for tour in plan.tours),
        "visits": len(problem.visits),
        "seconds": round(took, 3),
        "memory": peak_memory(),
        "cores": round(cores, 2),
        "broken": [str(violation) for violation in violations(problem, plan)],
        "trace": [*trace.points, Point(round(took, 3), plan.cost.total, plan.lower_bound)],
    }


def peak_memory() -> float | None:
    """The most memory this process has held, in MB; None where the system does not say.

    Not ``getrusage``: its peak begins with that of the process that started this one.
    """
    status = Path("/proc/self/status")
    match = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return round(int(match[1]) / 1024, 1) if match else None


def _main(problem: str, seconds: str, seed: str, params: str | None = None) -> int:
    try:
        chosen = read_params(Path(params)) if params else Params()
        chosen = chosen.model_copy(update={"seed": int(seed)})
        figures = solved(read_problem(Path(problem)), chosen, float(seconds))
    except InvalidInput as error:
        sys.stderr.write(f"{error}\n")
        return 2
    json.dump(figures, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
