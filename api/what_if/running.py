"""The runs of cases: here or side by side on a Dask cluster; what is known already is not run again."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, Any

from api.what_if import shelf
from models import given
from models.faults import InvalidInput
from models.plan import Plan
from models.problem import Problem
from models.reading import read_plan, read_problem
from models.saying import both
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import AnyOf, Cancel, TimeLimit
from optimizer.warmup import make_ready

if TYPE_CHECKING:
    from distributed import Client

    Cluster = Client | str | None

#: told how many runs of how many are there
OnDone = Callable[[int, int], None]
#: a run that took longer than so many times its limit, and so many seconds more, is not kept: something held it up
OVERRUN, GRACE = 1.25, 2.0


@dataclass(frozen=True, slots=True)
class Run:
    """One solve: a problem, parameters and a limit in seconds."""

    problem: Problem
    params: Params
    seconds: float

    @classmethod
    def of(
        cls,
        problem: Problem,
        seconds: float,
        seed: int | None = None,
        *,
        params: Params | None = None,
        workers: int | None = None,
    ) -> Run:
        """The run with this seed and so many threads, other parameters as given.

        Seed and threads that are not given are those that ``params`` state; one of each where they state none, so that
        :meth:`Case.plan` and :func:`compare` share their plans.

        Raises:
            InvalidInput: seconds, seed or workers are none, or params are no :class:`Params`.
        """
        if params is not None and not isinstance(params, Params):
            remedy = both("Give parameters: Params(deterministic=True).", "ระบุพารามิเตอร์: Params(deterministic=True)")
            raise InvalidInput([given.refused(params, "params", remedy)])
        stated = params or Params()
        ones = {key: 1 for key in ("seed", "workers") if key not in stated.model_fields_set}
        if seed is not None:
            ones["seed"] = given.seed(seed)
        if workers is not None:
            ones["workers"] = given.workers(workers)
        return cls(problem, stated.model_copy(update=ones), given.seconds(seconds))


def plan_of(run: Run, client: Cluster = None) -> Plan:
    """The plan of one run: the one that is kept, else made here or on ``client``.

    Made here, Ctrl-C ends the search with the best plan found by then, which is not kept; a second one gives it up.
    """
    if client is not None:
        return plans_of([run], client=client, on_done=lambda done, total: None)[0]
    found = shelf.known(run.problem, run.params, run.seconds)
    if found is None:
        make_ready()
        with _interruptible() as cancel:
            text, took = _solved(run.problem.to_json(), run.params.model_dump_json(), run.seconds, cancel)
        found = _taken(run, text, took)
    return found


def plans_of(runs: Sequence[Run], *, client: Cluster = None, on_done: OnDone | None = None) -> list[Plan]:
    """A plan for each run, in their order; ``on_done`` is told how many of how many are there (default: a bar)."""
    plans = [shelf.known(run.problem, run.params, run.seconds) for run in runs]
    missing = [index for index, plan in enumerate(plans) if plan is None]
    with _told(on_done, len(runs)) as tell:
        tell(len(runs) - len(missing), len(runs))
        if missing:
            from distributed import as_completed

            make_ready()  # compiling must not count against the first runs
            with _connected(client) as workers:
                futures = {
                    workers.submit(
                        _solved,
                        runs[i].problem.to_json(),
                        runs[i].params.model_dump_json(),
                        runs[i].seconds,
                        pure=False,
                    ): i
                    for i in missing
                }
                for done, future in enumerate(as_completed(list(futures), loop=workers.loop), start=1):
                    index = futures[future]
                    plans[index] = _taken(runs[index], *future.result())
                    tell(len(runs) - len(missing) + done, len(runs))
    return [plan for plan in plans if plan is not None]


def _taken(run: Run, text: str, took: float) -> Plan:
    """The plan in ``text``, kept for the next look unless its run was held up or ended early."""
    plan = read_plan(text, run.problem)
    if plan.status != "cancelled" and took <= OVERRUN * run.seconds + GRACE:
        shelf.keep(run.problem, run.params, run.seconds, plan)
    return plan


def _solved(problem: str, params: str, seconds: float, cancel: Cancel | None = None) -> tuple[str, float]:
    """The plan and the seconds it took; text in and out, so that it travels to any worker."""
    make_ready()
    began = time.monotonic()
    stop = AnyOf(TimeLimit(seconds), *([cancel] if cancel else ()))
    plan = solve(read_problem(problem), Params.model_validate_json(params), stop)
    return plan.to_json(), time.monotonic() - began


@contextmanager
def _interruptible() -> Iterator[Cancel]:
    """Within it the first Ctrl-C cancels, and the second raises as ever; only the main thread is interrupted at all."""
    cancel = Cancel()
    if threading.current_thread() is not threading.main_thread():
        yield cancel
        return

    def handle(number: int, frame: FrameType | None) -> None:
        if cancel.cancelled:
            raise KeyboardInterrupt
        cancel.cancel()
        sys.stderr.write("Stopping with the best plan so far. Press Ctrl-C again to give up at once.\n")

    before = signal.signal(signal.SIGINT, handle)
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


@contextmanager
def _connected(client: Cluster) -> Iterator[Any]:
    """A client of the cluster that is given, of the one at an address, or of one in this process."""
    from distributed import Client, LocalCluster

    if isinstance(client, str):
        with Client(client, set_as_default=False) as connected:
            yield connected
    elif client is not None:
        yield client
    else:
        # threads suffice: the compiled search and CP-SAT hold no lock of Python's, and notebooks need no processes
        cluster = LocalCluster(
            n_workers=os.cpu_count() or 1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0"
        )
        with cluster, Client(cluster, set_as_default=False) as connected:
            yield connected


@contextmanager
def _told(on_done: OnDone | None, total: int) -> Iterator[OnDone]:
    """What tells how far the runs are: ``on_done``, else a bar in terminal or notebook."""
    if on_done is not None:
        yield on_done
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("runs"), TimeElapsedColumn())
    with warnings.catch_warnings(), Progress(*columns, transient=True) as bar:
        warnings.filterwarnings("ignore", message='install "ipywidgets"')  # without, a notebook gets plain text
        task = bar.add_task("runs", total=total)
        yield lambda done, total: bar.update(task, completed=done)
