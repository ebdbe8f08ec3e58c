"""Kill -9 at random moments, over a script of runs: nothing that was accepted, told or published may be lost.

``python -m faults.killing --kills 100`` kills the service (with its embedded cluster) and its workers;
``--cluster`` has a scheduler and workers of their own, which are killed as well. Clients meanwhile ask for runs, follow
their events, mend some of their plans, publish what came out and report on visits, and phones follow feeds; they try
again whatever fails, as real clients do.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import re
import sys
import tempfile
import threading
import time
import uuid
from abc import abstractmethod
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import icalendar
import psutil
from support.postgres import server
from support.processes import Process, Serving, free_port, killed, outliving

from api.storage.database import Database
from api.storage.tokens import create_token
from faults.examining import Seen, examine
from models.intake import read_office

CLIENTS = 3
PHONES = 2
KHONKAEN = Path(__file__).parents[2] / "data" / "khonkaen"
#: how often a run's own plan is published; else it is mended first
PLAIN = 0.6
#: what is wanted of those who mend, and what happened
KINDS = ("least-disruption", "cheapest")
CHANGES = {
    "changes": [{"kind": "absent", "officer": "o09", "first": "2012-09-03", "last": "2012-09-07"}],
    "today": "2012-09-03",  # else it would be the day after the last reported visit, whichever that is
    "proposals": KINDS,
}
#: what a process says that was just being born when its parent was killed: the interpreter, before it has our code
BORN_AN_ORPHAN = re.compile(
    r"Traceback[^\n]*\n  File \"<string>\"[^\n]*\n"  # what follows is indented
    r"  File \"[^\"]*spawn.py\", line \d+, in spawn_main\n(?:  [^\n]*\n)*EOFError: [^\n]*\n"
)
#: seconds between two kills at most
PAUSE = 4.0
#: how often the next kill waits until the service is ready; else it may come while it starts
CALM = 0.8
#: seconds in which it is ready again after a kill, and everything ends once the killing is over, on a busy machine
PATIENCE = 600.0


class Caller(threading.Thread):
    """Somebody who works with the service until told to stop, and asks again for whatever fails."""

    def __init__(self, address: str, token: str, seen: Seen, seed: int, stopping: threading.Event) -> None:
        super().__init__(daemon=True)
        self._http = httpx2.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=10)
        self._seen, self._random, self._stopping = seen, random.Random(seed), stopping
        self._office = read_office(KHONKAEN).problem

    def run(self) -> None:
        try:
            with self._http:
                self._work()
        except Exception as error:  # else nobody would hear of what it met
            self._seen.wrong.append(f"{type(self).__name__} gave up: {type(error).__name__}: {error}")
            raise

    @abstractmethod
    def _work(self) -> None:
        """What it does, until told to stop."""

    def _sure(self, method: str, path: str, good: tuple[int, ...], **options: Any) -> httpx2.Response:
        """The answer, however often it has to be asked for."""
        while True:
            try:
                answer = self._http.request(method, path, **options)
            except httpx2.TransportError:
                time.sleep(0.05)
                continue
            if answer.status_code in good:
                return answer
            if answer.status_code not in (429, 503):
                self._seen.wrong.append(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
                raise AssertionError(self._seen.wrong[-1])
            time.sleep(0.2)


class Client(Caller):
    """Asks, follows and publishes, again and again, until told to stop; then brings the last run to its end."""

    def _work(self) -> None:
        # nobody proves the sample's optimum, so that its runs fill their seconds and kills meet them
        stated = self._office.changed(name=f"client {self._random.random()}").to_json()
        json_ = {"Content-Type": "application/json"}
        posted = self._sure("POST", "/v1/problems", (200, 201), content=stated, headers=json_).json()["id"]
        while not self._stopping.is_set():
            key = {"Idempotency-Key": uuid.uuid4().hex}
            asked = {"problem": posted, "seconds": self._random.uniform(0.1, 1.5)}
            run = self._sure("POST", "/v1/plans", (202,), json=asked, headers=key).json()["id"]
            self._seen.runs.append(run)
            self._follow(run)
            self._publish(run if self._random.random() < PLAIN else self._mended(run))
            self._report()

    def _follow(self, run: str) -> None:
        mine, last, ended = self._seen.events[run], 0, False
        while not ended:
            try:
                with self._http.stream("GET", f"/v1/plans/{run}/events", headers={"Last-Event-ID": str(last)}) as told:
                    number, kind = 0, ""
                    for line in told.iter_lines():
                        name, _, value = line.partition(": ")
                        if name == "id":
                            number = int(value)
                        elif name == "event":
                            kind = value
                        elif not line and number:
                            if number != last + 1:
                                self._seen.wrong.append(f"{run}: event {number} came after {last}")
                            mine[number] = kind
                            last, ended, number = number, kind == "ended", 0
            except httpx2.TransportError:
                time.sleep(0.05)

    def _mended(self, run: str) -> str:
        """A plan that a replanning run proposes in the place of ``run``'s."""
        key = {"Idempotency-Key": uuid.uuid4().hex}
        asked = CHANGES | {"seconds": self._random.uniform(0.1, 1.5)}
        mending = self._sure("POST", f"/v1/plans/{run}/replan", (202,), json=asked, headers=key).json()["id"]
        self._seen.runs.append(mending)
        self._follow(mending)
        proposals = self._sure("GET", f"/v1/plans/{mending}/proposals", (200,)).json()
        if [each["kind"] for each in proposals] != list(KINDS):
            self._seen.wrong.append(f"{mending} proposes {proposals}")
        self._seen.proposed += [each["plan"] for each in proposals]
        return str(self._random.choice(proposals)["plan"])

    def _publish(self, run: str) -> None:
        while True:
            current = self._sure("GET", "/v1/calendar", (200, 404))
            replaces = int(current.headers.get("Patithin-Version", 0))
            made = self._sure("POST", f"/v1/plans/{run}/publish", (200, 201, 409), json={"replaces": replaces})
            if made.status_code != 409:
                self._seen.published[made.json()["version"]] = run
                return
            code = made.json()["errors"][0]["code"]
            if code == "plan-missing":
                self._seen.wrong.append(f"{run} ended without a plan")
                return

    def _report(self) -> None:
        """Report on some visit, upon whatever version stands; of two who write at once one is told so."""
        visit = self._random.choice(self._office.visits).id
        path = f"/v1/visits/{visit}/report"
        seen = self._sure("GET", path, (200, 404))
        remarks = f"{self._random.random()}"
        report = {"visit": visit, "held": False, "reason": "weather", "remarks": remarks}
        asked = {"replaces": seen.json()["version"] if seen.status_code == 200 else 0, "report": report}
        made = self._sure("PUT", path, (200, 201, 409), json=asked)
        if made.status_code != 409:
            self._seen.reported[visit, made.json()["version"]] = remarks


class Phone(Caller):
    """Follows the feed of some officer: what it was told once never steps back, nor goes away without a word."""

    def _work(self) -> None:
        while self._sure("GET", "/v1/calendar", (200, 404)).status_code == 404:
            time.sleep(0.2)
        officer = self._random.choice(self._office.officers).id
        address = self._sure("POST", "/v1/feeds", (201,), json={"officer": officer}).json()["address"]
        known: dict[str, icalendar.Event] = {}
        has, last = "", False
        while not last:  # once more when the others have been told to stop
            last = self._stopping.wait(self._random.uniform(0.0, 1.0))
            answer = self._sure("GET", address, (200, 304), headers={"If-None-Match": has})
            self._seen.fed += 1
            if answer.status_code == 200:
                has, known = answer.headers["ETag"], self._read(answer.content, known)

    def _read(self, content: bytes, known: dict[str, icalendar.Event]) -> dict[str, icalendar.Event]:
        """What the feed tells now, held against what it told before."""
        told = icalendar.Calendar.from_ical(content)
        events = {str(event["uid"]): event for event in told.walk("VEVENT")}
        for uid, was in known.items():
            now = events.get(uid)
            if now is None:
                self._seen.wrong.append(f"{uid} went from its feed without a word")
            elif now["sequence"] < was["sequence"]:
                self._seen.wrong.append(f"{uid} went back from {was['sequence']} to {now['sequence']}")
            elif now["sequence"] == was["sequence"] and now != was:
                self._seen.wrong.append(f"{uid} changed and is still number {now['sequence']}")
            else:
                self._seen.changed += now != was
        return events


@dataclass
class Place:
    """The processes that may be killed."""

    service: Serving
    scheduler: Process | None
    worker: Process | None

    def start(self) -> None:
        for process in (self.scheduler, self.worker, self.service):
            if process is not None:
                process.start()

    @property
    def workers(self) -> list[psutil.Process]:
        """The processes in which runs are solved."""
        return (self.worker or self.service).workers

    def kill_worker(self) -> bool:
        """Kill one of the processes in which runs are solved, which comes back by itself; whether there was one."""
        return any(killed(process) for process in self.workers)

    def kill(self, what: str) -> list[psutil.Process]:
        """Kill the service or the scheduler, and start it again; processes that should now end by themselves."""
        chosen = self.scheduler if what == "scheduler" else self.service
        assert chosen is not None
        orphans = chosen.kill()
        chosen.start()
        return orphans

    def clear(self) -> None:
        for process in (self.service, self.worker, self.scheduler):
            if process is not None:
                process.clear()


def place(folder: Path, database: str, cluster: bool) -> Place:
    # one worker comes back with the service, and two stay beside it; on a busy machine nothing is overdue for that
    settings = {
        "rate": "1000000/minute", "lost_workers": "1000", "workers": "1", "drain_seconds": "0",
        "overdue_seconds": "300",
    }  # fmt: skip
    if not cluster:
        return Place(Serving(folder, database, **settings), None, None)
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    command = (
        "distributed.cli.dask_scheduler", "--preload", "api.runs.forward", "--host", "127.0.0.1", "--port", str(port),
        "--no-dashboard",
    )  # fmt: skip
    return Place(
        Serving(folder, database, scheduler=address, **settings),
        Process(folder / "scheduler.log", {}, *command),
        Process(folder / "worker.log", {}, "api.cli", "worker", address, "--runs", "2"),
    )


def rampage(
    database: str, kills: int, seed: int, cluster: bool, most_pause: float = PAUSE, seconds: float = float("inf")
) -> dict[str, Any]:
    """Kill so often, or for so many seconds, let everything end, and look at what is left; figures, with what was
    ``wrong``."""
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="patithin-faults-") as folder:
        store = Database(database)
        store.migrate()
        token = create_token(store, "client", "planner")[1]
        there = place(Path(folder), database, cluster)
        seen, stopping, kills_of = Seen(), threading.Event(), collections.Counter[str]()
        orphans: list[psutil.Process] = []
        began = time.monotonic()
        try:
            there.start()
            there.service.until_ready(PATIENCE)
            callers = [*[Client] * CLIENTS, *[Phone] * PHONES]
            clients = [kind(there.service.address, token, seen, seed + n, stopping) for n, kind in enumerate(callers)]
            for client in clients:
                client.start()
            until = time.monotonic() + PATIENCE
            while not seen.changed and not seen.wrong and time.monotonic() < until:
                time.sleep(0.1)  # phones follow feeds of what is published, and runs go on, before the first is killed
            kinds = ("service", "worker", "scheduler") if cluster else ("service", "worker")
            for _ in range(kills):
                if time.monotonic() - began > seconds:
                    break
                if draw.random() < CALM:
                    there.service.until_ready(PATIENCE)
                time.sleep(draw.uniform(0.0, most_pause))
                what = draw.choice(kinds)
                if what == "worker" and not there.kill_worker():  # none is back yet
                    what = "service"
                if what != "worker":
                    orphans += there.kill(what)
                kills_of[what] += 1
            stopping.set()
            deadline = time.monotonic() + PATIENCE
            for client in clients:
                client.join(max(0.0, deadline - time.monotonic()))
                if client.is_alive():
                    seen.wrong.append("a client still waits for its run")
            late = outliving(orphans, PATIENCE)
            seen.wrong += [f"process {process.pid} outlives its service" for process in late]
            figures = examine(there.service.address, token, store, seen)
        finally:
            there.clear()
        log = BORN_AN_ORPHAN.sub("", there.service.log)
        at = log.find("Traceback")
        if at >= 0:
            seen.wrong.append(f"there is a stack trace in the log: {log[max(0, at - 500) : at + 3000]}")
        if seen.wrong:
            sys.stderr.write(log[-8000:])
        store.close()
    return {"kills": dict(kills_of), "seconds": round(time.monotonic() - began), **figures, "wrong": seen.wrong}


def main() -> int:
    """Run it as the arguments say; 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cluster", action="store_true")
    parser.add_argument("--pause", type=float, default=PAUSE, help="seconds between two kills at most")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="of killing at most, on a busy machine")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL server of its own, else on SQLite")
    chosen = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        database = stack.enter_context(server()) if chosen.postgresql else f"sqlite:///{folder}/faults.db"
        figures = rampage(database, chosen.kills, chosen.seed, chosen.cluster, chosen.pause, chosen.seconds)
    sys.stdout.write(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    return 1 if figures["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
