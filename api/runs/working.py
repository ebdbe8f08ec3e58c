"""What happens on a worker: one run is solved, its progress is told, and it can be cancelled from outside.

Nothing is raised towards the cluster: a run that goes wrong is an outcome with faults, so that one poisoned problem
neither fills logs with traces nor harms its neighbours.
"""

from __future__ import annotations

import os
import resource
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from distributed import Worker, WorkerPlugin, get_worker

from api.logs import log, start_logging, way_to
from api.runs.mishaps import failed, too_large
from models.faults import Fault, InvalidInput
from models.plan import Plan
from models.problem import Problem
from models.reading import read_problem
from optimizer.params import Params
from optimizer.stopping import AnyOf, Cancel, GapLimit, OnProgress, Progress, Stop, TimeLimit

if TYPE_CHECKING:
    from api.runs.mending import Former
    from optimizer.replanning.proposals import Proposal

#: seconds at least between two events of better cost or bound, and at most between two of any progress
SOONEST, LATEST = 0.5, 5.0
#: seconds at least between two keepings of the best plan, and times as long as the last one took
KEEPING, KEEPING_TIMES = 5.0, 10.0
#: how much workers stand back for the service on the same machine
NICENESS = 5

Solver = Callable[[Problem, Params, Stop, OnProgress], Plan]

_cancels: dict[str, Cancel] = {}
#: what a run on this worker would end with if it had to end now
_kept: dict[str, Outcome] = {}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended: with a plan, with proposals to mend one, or with the faults that stood in its way."""

    plan: Plan | None
    faults: tuple[Fault, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    cancelled: bool = False


def optimize(problem: Problem, params: Params, stop: Stop, on_progress: OnProgress) -> Plan:
    """The optimizer, loaded where it is needed: on the workers."""
    from optimizer.solving import solve

    return solve(problem, params, stop, on_progress)


def solve_run(
    solver: Solver,
    topic: str,
    id_: str,
    attempt: int,
    problem: str,
    request: dict[str, Any],
    former: Former | None,
) -> Outcome:
    """Solve one run on this worker, telling its progress under ``topic``; one with a ``former`` plan mends that."""
    cancel = _cancels[id_] = Cancel()
    report = Reporter(topic, id_, attempt)
    stops: list[Stop] = [TimeLimit(request["seconds"]), cancel]
    if request.get("gap") is not None:
        stops.append(GapLimit(request["gap"]))
    try:
        report.taken()
        if solver is optimize or former is not None:
            make_ready()  # compiling counts against no run
        report.begun()
        params = Params(seed=request["seed"], deterministic=request["deterministic"])
        if former is not None:
            from api.runs.mending import mend

            for proposals in mend(former, request, params, cancel, report):
                _kept[id_] = Outcome(None, proposals=proposals, cancelled=cancel.cancelled)
            return _kept[id_]
        return Outcome(solver(read_problem(problem), params, AnyOf(*stops), report))
    except InvalidInput as error:
        return Outcome(None, error.faults)
    except MemoryError:
        return Outcome(None, (too_large(),))
    except Exception as error:
        log().error("run failed", run=id_, **way_to(error))
        return Outcome(None, (failed(error),))
    finally:
        _cancels.pop(id_, None)
        _kept.pop(id_, None)


async def kept_of(id_: str) -> Outcome | None:
    """What a run on this worker would end with now; None where it has nothing, or is not here."""
    return _kept.get(id_)


async def cancel_runs(ids: list[str]) -> None:
    """Ask those of the runs that are solved on this worker to end with their best plan.

    It is a coroutine because Dask waits for nobody's answer only with those.
    """
    for id_ in ids:
        with suppress(KeyError):
            _cancels[id_].cancel()


class Reporter:
    """Tells the service how a run stands: at once what is first or new, and not too often."""

    def __init__(self, topic: str, id_: str, attempt: int) -> None:
        self._topic, self._id = topic, id_
        self._run: dict[str, Any] = {"run": id_, "attempt": attempt}
        self._told_at = float("-inf")
        self._told: tuple[float | None, float | None] = (None, None)
        self._kept_at, self._kept_best, self._keeping = float("-inf"), float("inf"), 0.0

    def taken(self) -> None:
        """The run has reached this worker."""
        get_worker().log_event(self._topic, self._run | {"taken": get_worker().address})

    def begun(self) -> None:
        """The run has begun on this worker: its seconds count from now on."""
        get_worker().log_event(self._topic, self._run | {"begun": get_worker().address})

    def __call__(self, progress: Progress) -> None:
        """Tell ``progress`` where it is news."""
        now, seen = time.monotonic(), (progress.best, progress.bound)
        quiet = now - self._told_at
        first = self._told[0] is None and progress.best is not None
        if first or (seen != self._told and quiet >= SOONEST) or quiet >= LATEST:
            self._told_at, self._told = now, seen
            data = {
                "cost": progress.best and round(progress.best, 2),
                "bound": progress.bound and round(progress.bound, 2),
                "gap": progress.gap,
                "share": progress.share,
                "seconds": progress.seconds,
            }
            get_worker().log_event(self._topic, self._run | {"progress": data})
        self._keep(progress, now)

    def _keep(self, progress: Progress, now: float) -> None:
        """Keep the best plan, so that a run that has to be ended does not lose it.

        The search looks at its end in between only: of an office of thousands of visits, where drafting a plan takes
        seconds, it is done rarely, and no more when the run itself is about to hand over its plan.
        """
        if progress.plan is None or progress.best is None or progress.best >= self._kept_best:
            return
        left = progress.seconds * (1.0 - progress.share) / progress.share if progress.share > 0 else float("inf")
        if now - self._kept_at >= max(KEEPING, KEEPING_TIMES * self._keeping) and left > 2 * self._keeping:
            _kept[self._id] = Outcome(progress.plan())
            self._kept_at, self._kept_best = time.monotonic(), progress.best
            self._keeping = self._kept_at - now


class Prepare(WorkerPlugin):
    """Makes a worker ready: its log, its memory, its rank among the machine's processes, the optimizer loaded ahead."""

    name = "patithin"

    def __init__(self, most_memory: int) -> None:
        self._most_memory = most_memory

    def setup(self, worker: Worker) -> None:
        """Prepare the worker's process."""
        start_logging()
        resource.setrlimit(resource.RLIMIT_DATA, (self._most_memory, self._most_memory))
        os.setpriority(os.PRIO_PROCESS, 0, max(NICENESS, os.getpriority(os.PRIO_PROCESS, 0)))
        threading.Thread(target=make_ready, daemon=True).start()


def make_ready() -> None:
    """Load the optimizer, and compile it where this machine has not done so yet."""
    from optimizer.warmup import make_ready as ready

    ready()
