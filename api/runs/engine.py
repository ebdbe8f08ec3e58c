"""The engine: takes waiting runs from the database to the cluster, and brings progress and plans back.

It is one thread, the only writer of running runs, and holds the database's engine lock: of several services on one
database one runs the engine, the others stand by. Whatever is lost (a worker, the scheduler, this process) costs an
attempt and never a run: the database knows what was accepted, and an attempt that was given up has no say any more.
"""

from __future__ import annotations

import queue
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from distributed import Client, Future, KilledWorker

from api.logs import log, place_of
from api.runs.cluster import connected
from api.runs.mishaps import CLUSTER_LOST, SERVICE_STOPPED, WORKER_LEFT, lost, not_run, overdue
from api.runs.working import Outcome, Solver, cancel_runs, kept_of, optimize, solve_run
from api.settings import Settings
from api.storage import plans
from api.storage.database import Database, Held, patient

#: seconds between two looks at the database, where nobody rings
LOOK = 1.0
#: seconds in which a worker has to take a run that was sent to it, on a machine that is busy with other things too
TAKING = 120.0
#: seconds that it then has until it begins: on a machine that is new to it the search is compiled, which takes a minute
BEGINNING = 1200.0
#: seconds in which the result of a run has to get here
FETCHING = 60.0
#: seconds in which a worker has to hand over what an overdue run has
RESCUE = 5.0
#: how much longer than it says a deterministic run may take: it counts steps, and a slow machine takes its time
STRETCH = 20


@dataclass(slots=True)
class Flight:
    """An attempt that was sent to a ``worker``; it is overdue ``most_seconds`` after it ``began`` there."""

    attempt: int
    future: Future[Outcome]
    most_seconds: float
    worker: str
    began: float | None = None
    sent: float = field(default_factory=time.monotonic)
    patience: float = TAKING
    seconds: float = 0.0

    def ends_by(self, moment: float) -> bool:
        """Whether it may end by itself until then."""
        return self.began is not None and self.began + self.seconds <= moment


class Engine:
    """Runs the accepted runs of ``database`` until :meth:`stop`; ``on_event`` hears of each run that has news."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        *,
        solver: Solver = optimize,
        on_event: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._database, self._settings, self._solver, self._on_event = database, settings, solver, on_event
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self._news: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._flights: dict[str, Flight] = {}
        #: "starting", "standing by", "ready", or "stopped"
        self.state = "starting"

    def start(self) -> None:
        """Begin, in the background."""
        self._thread.start()

    def ring(self) -> None:
        """Say that the database has news: a run was accepted or is to be cancelled."""
        self._news.put(None)

    def stop(self) -> None:
        """Wait for the runs as long as the settings say, let the others wait again, and end the cluster."""
        self._stopping.set()
        self.ring()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        patient.set(True)  # a run that a foreign lock delays is not lost for it
        while not self._stopping.is_set():
            try:
                with ExitStack() as stack:
                    self._database.ping()
                    held = stack.enter_context(self._database.hold("engine"))
                    if held is None:
                        self.state = "standing by"
                    else:
                        settings = self._settings
                        client = stack.enter_context(
                            connected(settings.scheduler, settings.workers, settings.most_memory)
                        )
                        self._serve(client, held)
            except Exception as error:  # whatever broke, the database knows what to run: begin anew
                log().warning("the engine lost its ground", error=type(error).__name__, at=place_of(error))
            if not self._stopping.is_set():
                self.state = "standing by" if self.state == "standing by" else "starting"
                self._stopping.wait(1.0)
        self.state = "stopped"

    def _serve(self, client: Client, held: Held) -> None:
        """Serve one connection to the cluster, until it breaks or the engine stops."""
        self._flights = {}
        topic = f"patithin-{secrets.token_hex(8)}"
        client.subscribe_topic(topic, lambda event: self._news.put(partial(self._hear, event[1])))
        stale = plans.recover(self._database)
        self._tell(*stale)
        if stale:
            client.run(cancel_runs, stale, wait=False, on_error="ignore")
        self.state = "ready"
        log().info("engine ready", database=str(self._database), recovered=len(stale))
        looked, rung = float("-inf"), False
        while not self._stopping.is_set():
            if rung or time.monotonic() - looked >= LOOK:
                looked = time.monotonic()
                if client.status != "running" or not held.still():
                    raise TimeoutError("the connection to the cluster or the lock is lost")
                self._look_after(client)
            self._dispatch(client, topic)
            rung = self._listen(LOOK)
        self._drain(client)

    def _listen(self, seconds: float) -> bool:
        """Deal with news, waiting for the first at most so long; whether somebody rang."""
        rung = False
        try:
            news = self._news.get(timeout=seconds)
            while True:
                if news is not None:
                    news()
                rung = rung or news is None
                news = self._news.get_nowait()
        except queue.Empty:
            return rung

    def _dispatch(self, client: Client, topic: str) -> None:
        """Send waiting runs to workers that are free, each to one of its own: one that waited behind another would be
        lost with the worker of both."""
        waiting = plans.waiting(self._database, self._settings.queue)
        if not waiting:
            return
        free = set(client.nthreads()) - {flight.worker for flight in self._flights.values()}
        for id_, worker in zip(waiting, sorted(free), strict=False):
            run = plans.start(self._database, id_)
            self._tell(id_)
            if run is None:
                continue
            future = client.submit(
                solve_run, self._solver, topic, id_, run.attempt, run.problem, run.request, run.former,
                key=f"{topic}-{id_}-{run.attempt}", pure=False, retries=0, workers=[worker], allow_other_workers=False,
            )  # fmt: skip
            most = run.request["seconds"] * (STRETCH if run.request["deterministic"] else 1)
            self._flights[id_] = Flight(
                run.attempt, future, most + self._settings.overdue_seconds, worker, seconds=most
            )
            future.add_done_callback(lambda done, id_=id_: self._news.put(partial(self._land, id_, done)))

    def _hear(self, message: dict[str, Any]) -> None:
        """Note what a worker tells of its run."""
        id_, attempt = message["run"], message["attempt"]
        flight = self._flights.get(id_)
        if flight is None or flight.attempt != attempt:
            return
        if "taken" in message:
            flight.patience = BEGINNING
        elif "begun" in message:
            flight.began = time.monotonic()
        elif plans.progress(self._database, id_, attempt, message["progress"]):
            self._tell(id_)

    def _land(self, id_: str, future: Future[Outcome]) -> None:
        """Keep how an attempt ended."""
        flight = self._flights.get(id_)
        if flight is None or flight.future is not future:
            return
        del self._flights[id_]
        if future.status == "finished":
            try:
                self._keep(id_, flight.attempt, future.result(FETCHING))
            except TimeoutError:  # it was lost with its worker before it got here
                future.cancel()
                plans.hand_back(self._database, id_, flight.attempt, CLUSTER_LOST)
        elif future.status == "error" and isinstance(future.exception(), KilledWorker):
            self._lose(id_, flight)
        elif future.status == "error":
            log().error("the cluster could not run it", run=id_, error=type(future.exception()).__name__)
            plans.fail(self._database, id_, flight.attempt, [not_run()])
        else:
            plans.hand_back(self._database, id_, flight.attempt, CLUSTER_LOST)
        self._tell(id_)

    def _keep(self, id_: str, attempt: int, outcome: Outcome) -> None:
        if outcome.plan is not None:
            plans.finish(self._database, id_, attempt, outcome.plan)
        elif outcome.proposals:
            plans.propose(self._database, id_, attempt, outcome.proposals, outcome.cancelled)
        else:
            plans.fail(self._database, id_, attempt, outcome.faults)
        log().info("run ended", run=id_, attempt=attempt, faults=[fault.code for fault in outcome.faults])

    def _look_after(self, client: Client) -> None:
        """Pass cancels on, as often as it takes, and end what runs much longer than it may."""
        asked = plans.cancels(self._database, list(self._flights)) if self._flights else set()
        if asked:
            client.run(cancel_runs, list(asked), wait=False, on_error="ignore")
        there = client.nthreads() if self._flights else {}
        for id_, flight in list(self._flights.items()):
            gone = flight.worker not in there and not flight.future.done()  # how else it ended is about to be kept
            if gone and flight.began is not None:
                # a scheduler of its own keeps such a run for a worker that never comes back, and tells nobody
                self._forget(id_)
                self._lose(id_, flight)
            elif gone or (flight.began is None and time.monotonic() - flight.sent > flight.patience):
                # it left before the run reached it, or does not take it
                self._forget(id_)
                plans.hand_back(self._database, id_, flight.attempt, WORKER_LEFT)
            elif flight.began is not None and time.monotonic() - flight.began > flight.most_seconds:
                del self._flights[id_]
                self._give_up(client, id_, flight)
                with suppress(KeyError):  # it has gone by itself meanwhile
                    client.restart_workers([flight.worker], timeout=30, raise_for_error=False)
            else:
                continue
            self._tell(id_)

    def _forget(self, id_: str) -> None:
        self._flights.pop(id_).future.cancel()

    def _lose(self, id_: str, flight: Flight) -> None:
        """Note that the worker died over the attempt."""
        most = self._settings.lost_workers
        log().error("a worker died over a run", run=id_, attempt=flight.attempt, worker=flight.worker)
        plans.lose_worker(self._database, id_, flight.attempt, most, [lost(most)])

    def _give_up(self, client: Client, id_: str, flight: Flight) -> None:
        """End a run that is overdue, with the best that it has."""
        fault = overdue(flight.most_seconds)
        try:
            told = client.sync(client._run, kept_of, id_, workers=[flight.worker], callback_timeout=RESCUE)
            outcome: Outcome | None = told.get(flight.worker)
        except (TimeoutError, OSError):
            outcome = None
        log().error("run overdue", run=id_, attempt=flight.attempt, kept=outcome is not None)
        if outcome is None:
            plans.fail(self._database, id_, flight.attempt, [fault])
        elif outcome.plan is not None:
            plans.finish(self._database, id_, flight.attempt, outcome.plan, [fault])
        else:
            plans.propose(self._database, id_, flight.attempt, outcome.proposals, outcome.cancelled, [fault])

    def _drain(self, client: Client) -> None:
        deadline = time.monotonic() + self._settings.drain_seconds
        while time.monotonic() < deadline and any(flight.ends_by(deadline) for flight in self._flights.values()):
            self._listen(0.1)
        left, self._flights = self._flights, {}
        for id_, flight in left.items():
            plans.hand_back(self._database, id_, flight.attempt, SERVICE_STOPPED)
            self._tell(id_)
        if left:
            client.run(cancel_runs, list(left), wait=False, on_error="ignore")
        log().info("engine stopped", handed_back=len(left))

    def _tell(self, *ids: str) -> None:
        for id_ in ids:
            self._on_event(id_)
