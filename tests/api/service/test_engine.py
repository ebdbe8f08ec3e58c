"""The engine on real Dask clusters: embedded, and a scheduler with two worker processes on loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
from distributed import Client
from support.builders import problem
from support.processes import free_port, killed, solving
from support.solvers import patient

from api.runs import engine as engine_module
from api.runs.engine import FETCHING, TAKING, Engine, Flight
from api.settings import Settings
from api.storage import plans, reading
from api.storage.database import Database
from api.storage.plans import Room
from api.storage.problems import Stated, keep_problem
from api.storage.tables import StoredPlan
from api.storage.tokens import create_token

#: a limit for what must come in the end; no assertion depends on how long it takes
PATIENCE = 120.0


class Bench:
    """A database with runs, and what became of them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.token = create_token(database, "test", "planner")[0].id

    def ask(self, name: str = "plain", seconds: float = 0.2) -> str:
        kept, _ = keep_problem(self.database, Stated(problem(name=name), None))
        request = {"seconds": seconds, "gap": None, "seed": 1, "deterministic": False}
        return plans.accept(self.database, self.token, kept.id, request, None, Room(100, 100))[0].id

    def ask_to_replan(self, base: str, seconds: float) -> str:
        changes = [{"kind": "absent", "officer": "a", "first": "2012-08-01", "last": "2012-08-02"}]
        request = {
            "replans": base, "changes": changes, "today": None, "pins": [], "proposals": ["balanced", "cheapest"],
            "frontier": False, "seconds": seconds, "seed": 1, "deterministic": False,
        }  # fmt: skip
        stated = self.row(base).problem_id
        return plans.accept(self.database, self.token, stated, request, None, Room(100, 100))[0].id

    def row(self, id_: str) -> StoredPlan:
        with self.database.read() as session:
            return session.get_one(StoredPlan, id_)

    def kinds(self, id_: str) -> list[str]:
        with self.database.read() as session:
            return [event.kind for event in reading.events_after(session, id_, 0)]

    def until(self, true: Callable[[], Any]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < deadline, "it did not come to pass"
            time.sleep(0.1)

    def ended(self, *ids: str) -> list[str]:
        self.until(lambda: all(self.row(id_).ended_at for id_ in ids))
        return [self.row(id_).state for id_ in ids]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    database = Database(f"sqlite:///{tmp_path}/patithin.db")
    database.migrate()
    yield Bench(database)
    database.close()


class Answering:
    """A cluster whose only worker is there."""

    def nthreads(self) -> dict[str, int]:
        return {"worker": 1}


@pytest.mark.parametrize("told", [True, False])
def test_a_run_that_a_worker_has_taken_may_wait_for_what_is_compiled(bench: Bench, told: bool) -> None:
    """A machine that is new to it takes a minute before a run begins; one that no worker has taken is handed back."""
    id_, engine = bench.ask(), Engine(bench.database, Settings(workers=1))
    future: Any = Future()
    client: Any = Answering()
    assert plans.start(bench.database, id_)
    engine._flights[id_] = Flight(1, future, 1.0, "worker", sent=time.monotonic() - TAKING - 1)
    if told:
        engine._hear({"run": id_, "attempt": 1, "taken": "worker"})
    engine._look_after(client)
    assert (bench.row(id_).state, future.cancelled()) == (("running", False) if told else ("queued", True))


@pytest.mark.parametrize("most", [1, 2])
def test_a_run_whose_worker_left_while_it_ran_waits_again_or_is_lost(bench: Bench, most: int) -> None:
    """A scheduler that somebody else runs keeps such a run for the worker that left, and says nothing."""
    id_, engine = bench.ask(), Engine(bench.database, Settings(workers=1, lost_workers=most))
    future: Any = Future()
    client: Any = Answering()
    assert plans.start(bench.database, id_)
    engine._flights[id_] = Flight(1, future, 3600.0, "another worker", began=time.monotonic())
    engine._look_after(client)
    row = bench.row(id_)
    assert (row.state, row.lost_workers, future.cancelled()) == ("queued" if most > 1 else "failed", 1, True)
    assert [fault["code"] for fault in row.faults or ()] == ([] if most > 1 else ["run-lost"])


def test_a_result_that_is_lost_on_its_way_is_made_again(bench: Bench) -> None:
    """Where a worker dies with a result that nobody has fetched, nobody waits for it without an end."""
    asked: list[float | None] = []

    class Lost(Future[Any]):
        status = "finished"

        def result(self, timeout: float | None = None) -> Any:
            asked.append(timeout)
            raise TimeoutError

    id_, engine = bench.ask(), Engine(bench.database, Settings(workers=1))
    future: Any = Lost()
    assert plans.start(bench.database, id_)
    engine._flights[id_] = Flight(1, future, 3600.0, "worker", began=time.monotonic())
    engine._land(id_, future)
    assert (bench.row(id_).state, asked, future.cancelled()) == ("queued", [FETCHING], True)


@contextmanager
def running(bench: Bench, workers: int = 1, **settings: Any) -> Iterator[Engine]:
    """An engine; each worker of its own cluster takes seconds of the processor to load."""
    chosen = Settings(workers=workers, drain_seconds=0, **settings)
    engine = Engine(bench.database, chosen, solver=patient)
    engine.start()
    try:
        yield engine
    finally:
        engine.stop()
    assert engine.state == "stopped"


def kill_workers() -> None:
    for worker in solving(psutil.Process().children(recursive=True)):
        killed(worker)


@contextmanager
def spawned(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}  # workers load the tests' solver
    process = subprocess.Popen([sys.executable, "-m", *command], env=environment, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        if process.poll() is None:
            for each in psutil.Process(process.pid).children(recursive=True):
                killed(each)
            process.kill()
        process.wait()


def test_good_broken_poisoned_deaf_and_cancelled_runs_side_by_side(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what does not listen may ever be overdue, however slow the machine is: the others have an hour."""
    monkeypatch.setattr(engine_module, "RESCUE", PATIENCE)
    good, broken, poison, giant, long = (
        bench.ask(name, 3600) for name in ("brief", "broken", "poison", "giant", "long")
    )
    deaf, late = bench.ask("deaf"), bench.ask("late", 4.0)
    with running(bench, workers=2, overdue_seconds=1.0, lost_workers=2) as engine:
        bench.until(lambda: bench.row(long).state == "running" and "progress" in bench.kinds(long))
        plans.cancel(bench.database, long)
        engine.ring()
        later = bench.ask("brief", 3600)
        assert bench.ended(good, broken, poison, deaf, giant, late, long, later) == [
            "done", "failed", "failed", "failed", "failed", "done", "cancelled", "done",
        ]  # fmt: skip
    codes = [faults[0]["code"] for id_ in (broken, poison, deaf, giant, late) if (faults := bench.row(id_).faults)]
    assert codes == ["run-failed", "run-lost", "run-overdue", "run-too-large", "run-overdue"]
    assert bench.row(late).summary is not None, "an overdue run keeps its best plan"
    assert "secret" not in str(bench.row(broken).faults)
    assert bench.row(poison).lost_workers == 2
    assert bench.row(good).lost_workers == bench.row(later).lost_workers == 0
    assert bench.row(long).summary is not None, "the best plan is kept"
    assert bench.kinds(good)[:2] == ["accepted", "started"]
    assert bench.kinds(good)[-1] == "ended"


def test_a_worker_that_is_killed_costs_an_attempt_and_no_run(bench: Bench) -> None:
    run = bench.ask(seconds=2.0)
    with running(bench):  # of two that die together, the second may be sent the run before it is missed
        bench.until(lambda: "progress" in bench.kinds(run))
        kill_workers()
        assert bench.ended(run) == ["done"]
    assert bench.row(run).attempts == 2
    assert "interrupted" in bench.kinds(run)


def test_a_replanning_run_whose_worker_is_killed_proposes_once(bench: Bench) -> None:
    base = bench.ask()
    with running(bench):
        assert bench.ended(base) == ["done"]
        run = bench.ask_to_replan(base, seconds=4.0)
        bench.until(lambda: "progress" in bench.kinds(run))
        kill_workers()
        assert bench.ended(run) == ["done"], bench.row(run).faults
        long = bench.ask_to_replan(base, seconds=600.0)
        bench.until(lambda: "progress" in bench.kinds(long))
        plans.cancel(bench.database, long)
        assert bench.ended(long) == ["cancelled"], bench.row(long).faults
    assert bench.row(run).attempts >= 2
    with bench.database.read() as session:
        found = reading.proposals_of(session, run)
        kept = reading.proposals_of(session, long)
    assert [each.kind for each in found] == ["balanced", "cheapest"]
    assert [each.kind for each in kept] == ["balanced"]
    for each in found:
        row = bench.row(each.plan_id)
        assert (row.state, bench.kinds(each.plan_id)) == ("done", ["ended"])
        assert row.summary is not None


def test_a_graceful_stop_hands_back_what_runs_and_the_next_start_takes_it_up(bench: Bench) -> None:
    run = bench.ask(seconds=2.0)
    with running(bench):
        bench.until(lambda: "progress" in bench.kinds(run))
    assert bench.row(run).state == "queued"
    with running(bench):
        assert bench.ended(run) == ["done"]
    assert bench.kinds(run).count("started") == 2


def test_a_second_engine_stands_by_and_takes_over(bench: Bench) -> None:
    with running(bench) as first:
        bench.until(lambda: first.state == "ready")
        second = Engine(bench.database, Settings(workers=1), solver=patient)
        second.start()
        bench.until(lambda: second.state == "standing by")
    run = bench.ask()
    assert bench.ended(run) == ["done"]
    second.stop()


def test_a_cluster_by_address_whose_scheduler_is_killed_and_comes_back(bench: Bench) -> None:
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    scheduler = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    worker = ("api.cli", "worker", address, "--runs", "2")
    with spawned(*worker), spawned(*scheduler) as first, running(bench, scheduler=address):
        before, across = bench.ask(), bench.ask(seconds=3.0)
        assert bench.ended(before) == ["done"]
        bench.until(lambda: "progress" in bench.kinds(across))
        first.send_signal(signal.SIGKILL)
        first.wait()
        with spawned(*scheduler):
            assert bench.ended(across, bench.ask()) == ["done", "done"]
            with Client(address, set_as_default=False) as client:
                bench.until(lambda: len(client.nthreads()) == 2)
    assert bench.row(across).attempts >= 2
    assert bench.row(across).lost_workers <= 1


def test_a_worker_that_is_killed_on_a_cluster_by_address_costs_an_attempt_and_no_run(bench: Bench) -> None:
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    scheduler = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    worker = ("api.cli", "worker", address, "--runs", "1")
    with spawned(*worker), spawned(*scheduler), running(bench, scheduler=address, overdue_seconds=3600.0):
        run = bench.ask(seconds=2.0)
        bench.until(lambda: "progress" in bench.kinds(run))
        kill_workers()
        assert bench.ended(run) == ["done"]
    assert (bench.row(run).attempts, bench.row(run).lost_workers) == (2, 1)
