"""The runs of a comparison, side by side on the embedded cluster; what is known already is not run again."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.what_if import shelf
from models.plan import Plan
from models.problem import Problem
from models.reading import read_plan, read_problem
from optimizer.params import Params

OnDone = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """One solve of a comparison: a problem with a seed and a limit in seconds."""

    problem: Problem
    seed: int
    seconds: float

    @property
    def params(self) -> Params:
        """One worker each, so that runs side by side do not disturb each other."""
        return Params(seed=self.seed, workers=1)


def plans_of(runs: Sequence[Run], on_done: OnDone | None = None, workers: int | None = None) -> list[Plan]:
    """A plan for each run, in their order; ``on_done`` is told how many of how many are there."""
    tell = on_done or Bar()
    plans = [shelf.known(run.problem, run.params, run.seconds) for run in runs]
    missing = [index for index, plan in enumerate(plans) if plan is None]
    tell(len(runs) - len(missing), len(runs))
    if missing:
        from distributed import Client, LocalCluster, as_completed

        from optimizer.warmup import make_ready

        make_ready()  # compiling must not count against the first runs
        # threads suffice: the compiled search and CP-SAT hold no lock of Python's, and notebooks need no processes
        cluster = LocalCluster(
            n_workers=workers or os.cpu_count() or 1,
            threads_per_worker=1,
            processes=False,
            dashboard_address="127.0.0.1:0",
        )
        with cluster, Client(cluster, set_as_default=False) as client:
            futures = {
                client.submit(_solved, runs[i].problem.to_json(), runs[i].seed, runs[i].seconds, pure=False): i
                for i in missing
            }
            for done, future in enumerate(as_completed(list(futures), loop=client.loop), start=1):
                index = futures[future]
                run = runs[index]
                plan = read_plan(future.result(), run.problem)
                shelf.keep(run.problem, run.params, run.seconds, plan)
                plans[index] = plan
                tell(len(runs) - len(missing) + done, len(runs))
    return [plan for plan in plans if plan is not None]


def _solved(problem: str, seed: int, seconds: float) -> str:
    """Solve in a worker of the cluster; text in and out, so that nothing is copied twice."""
    from optimizer.solving import solve
    from optimizer.stopping import TimeLimit

    return solve(read_problem(problem), Params(seed=seed, workers=1), TimeLimit(seconds)).to_json()


class Bar:
    """A bar of text on stderr: it works in terminals and notebooks alike."""

    def __init__(self, width: int = 30) -> None:
        self._width = width
        self._began = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` runs are there."""
        filled = self._width * done // max(1, total)
        bar = "█" * filled + "·" * (self._width - filled)
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r{bar} {done}/{total} runs, {time.monotonic() - self._began:.0f} s{end}")
        sys.stderr.flush()
