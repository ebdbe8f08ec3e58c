"""The runs of cases: side by side here, or on a Dask cluster; what is known already is not run again."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from types import FrameType
from typing import TYPE_CHECKING

from api.what_if import shelf
from models import given
from models.faults import Fault, InvalidInput
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
#: seeds that a case may be planned with
MOST_SEEDS = 1_000
#: seconds between two looks at whether a run is done; a Ctrl-C is heard no later
LOOK = 0.05


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


@dataclass(frozen=True, slots=True)
class Effort:
    """What is spent on each of several cases that are held against each other: so many ``seeds``, 1 and up, for
    ``seconds`` each, with these ``params`` and ``workers``; here, or on ``client``."""

    seeds: int
    seconds: float
    params: Params | None
    workers: int | None
    client: Cluster
    on_done: OnDone | None

    def plans(self, problems: Sequence[Problem]) -> list[tuple[int, int, Plan]]:
        """A plan for each problem and seed, problem by problem: (index of the problem, seed, plan).

        Raises:
            InvalidInput: seeds, seconds or workers are none, or params are no :class:`Params`.
        """
        seeds = given.whole(self.seeds, "seeds", 1, MOST_SEEDS)
        asked = [(index, seed) for index in range(len(problems)) for seed in range(1, seeds + 1)]
        runs = [
            Run.of(problems[index], self.seconds, seed, params=self.params, workers=self.workers)
            for index, seed in asked
        ]
        plans = plans_of(runs, client=self.client, on_done=self.on_done)
        return [(index, seed, plan) for (index, seed), plan in zip(asked, plans, strict=True)]


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
            make_ready()  # compiling must not count against the first runs
            texts = [(runs[i].problem.to_json(), runs[i].params.model_dump_json(), runs[i].seconds) for i in missing]
            with closing(_side_by_side(texts) if client is None else _on(client, texts)) as results:
                for done, (number, (text, took)) in enumerate(results, start=1):
                    index = missing[number]
                    plans[index] = _taken(runs[index], text, took)
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


#: problem, parameters and seconds of a run, and its plan with the seconds that it took
Asked = tuple[str, str, float]
Made = tuple[str, float]


def _side_by_side(texts: Sequence[Asked]) -> Generator[tuple[int, Made]]:
    """The runs in threads of this process, as they end; those under way end early where nobody waits for them any more.

    Threads suffice: the compiled search and CP-SAT hold no lock of Python's, and notebooks need no processes.
    """
    cancel = Cancel()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        try:
            futures = {pool.submit(_solved, *text, cancel): number for number, text in enumerate(texts)}
            ended: SimpleQueue[Future[Made]] = SimpleQueue()
            for future in futures:
                future.add_done_callback(ended.put)
            for _ in texts:
                future = _next(ended)
                yield futures[future], future.result()
        finally:
            cancel.cancel()
            pool.shutdown(wait=False, cancel_futures=True)


def _next(ended: SimpleQueue[Future[Made]]) -> Future[Made]:
    """The next run that has ended.

    Waited for in short pieces: Python notes a signal and acts on it in the main thread, but a wait without end does not
    wake for one that came just before it began, or that the system gave to another thread.
    """
    while True:
        with suppress(Empty):
            return ended.get(timeout=LOOK)


def _on(client: Client | str, texts: Sequence[Asked]) -> Generator[tuple[int, Made]]:
    """The runs on a cluster, as they end: by its client, or by the address of its scheduler.

    Raises:
        InvalidInput: no scheduler answers at the address, or it is none.
    """
    from distributed import as_completed

    with _connected(client) if isinstance(client, str) else nullcontext(client) as workers:
        futures = {workers.submit(_solved, *text, pure=False): number for number, text in enumerate(texts)}
        for future in as_completed(list(futures), loop=workers.loop):
            yield futures[future], future.result()


def _connected(address: str) -> Client:
    from distributed import Client

    try:
        return Client(address, set_as_default=False)
    except (OSError, ValueError) as error:
        cause = both("No scheduler answers at {address}: {reason}", "ไม่มี scheduler ตอบที่ {address}: {reason}",
                     address=repr(address), reason=error)  # fmt: skip
        remedy = both("Start it, or give its address like tcp://host:8786.",
                      "เริ่มการทำงานของ scheduler หรือระบุที่อยู่ เช่น tcp://host:8786")  # fmt: skip
        raise InvalidInput([Fault("option-value", "client", cause, remedy)]) from error


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
