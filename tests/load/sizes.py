"""What offices of several sizes take: from the tables that are posted to a plan that is read and asked about.

``python -m load.sizes --cooperatives 400 1000 2000`` composes offices on the sample's places, and prints for each how
long it takes to accept its tables, whether its run ends in time with a plan, what its worker needs, and how soon the
calendar and suitable days are there. It ends with 1 where a run ends otherwise.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx2
import psutil
from support.processes import Serving
from support.tables import document

from api.storage.database import Database
from api.storage.tokens import create_token

LARGER = Path(__file__).parents[2] / "data" / "khonkaen" / "larger.py"
#: how much longer than asked a run may take until it has ended
LATE = 30.0


@dataclass(frozen=True, slots=True)
class Size:
    """An office and what it took, in seconds and megabytes: ``worker`` is the largest of all processes at any time."""

    cooperatives: int
    visits: int
    planned: int
    state: str
    faults: list[str]
    accepted: float
    ended: float
    worker: int
    calendar: float
    calendar_megabytes: float
    days: float
    #: whether suitable days were told, and not that it takes too long
    days_told: bool

    @property
    def sound(self) -> bool:
        return self.state == "done" and not self.faults and self.planned > 0


@contextmanager
def weighed(service: Serving) -> Iterator[list[int]]:
    """The megabytes of the largest process below the service at any time."""
    most, over = [0], threading.Event()

    def look() -> None:
        while not over.wait(0.5):
            with suppress(psutil.Error):
                most[0] = max(most[0], *(round(each.memory_info().rss / 1e6) for each in service.tree[1:]))

    watching = threading.Thread(target=look, daemon=True)
    watching.start()
    yield most
    over.set()
    watching.join()


def tried(service: Serving, http: httpx2.Client, cooperatives: int, seconds: float) -> Size:
    """One office, from its tables to its answers."""
    with tempfile.TemporaryDirectory(prefix="patithin-size-") as folder:
        subprocess.run([sys.executable, LARGER, folder, str(cooperatives)], check=True)
        body = json.dumps(document(Path(folder)), default=str).encode()

    def timed(method: str, path: str, **options: Any) -> tuple[float, httpx2.Response]:
        began = time.monotonic()
        answer = http.request(method, path, **options)
        answer.raise_for_status()
        return round(time.monotonic() - began, 1), answer

    with weighed(service) as most:
        accepted, made = timed("POST", "/v1/problems", content=body, headers={"Content-Type": "application/json"})
        run = http.post("/v1/plans", json={"problem": made.json()["id"], "seconds": seconds}).json()["address"]
        began = time.monotonic()
        while (told := http.get(run).json())["state"] in ("queued", "running"):
            time.sleep(0.2)
        ended = round(time.monotonic() - began, 1)
        calendar, page = timed("GET", f"{run}/calendar?format=html&lang=th")
        visit = http.get(f"{run}/calendar?format=json").json()["visits"][0]["visit"]
        began = time.monotonic()
        days = http.get(f"{run}/visits/{visit}/slots")
        waited = round(time.monotonic() - began, 1)
    return Size(
        cooperatives, made.json()["visits"], told["planned"] or 0, told["state"],
        [fault["code"] for fault in told["faults"] or ()], accepted, ended, most[0], calendar,
        round(len(page.content) / 1e6, 1), waited, days.status_code == 200,
    )  # fmt: skip


def measure(cooperatives: list[int], seconds: float) -> Iterator[Size]:
    """All sizes, one after the other, on one service."""
    with tempfile.TemporaryDirectory(prefix="patithin-sizes-") as name:
        database = f"sqlite:///{name}/sizes.db"
        store = Database(database)
        store.migrate()
        headers = {"Authorization": f"Bearer {create_token(store, 'planner', 'planner')[1]}"}
        store.close()
        service = Serving(Path(name), database, workers="1")
        try:
            service.start()
            service.until_ready()
            with httpx2.Client(base_url=service.address, headers=headers, timeout=seconds + LATE) as http:
                for number in cooperatives:
                    yield tried(service, http, number, seconds)
        finally:
            service.clear()


def main() -> int:
    """Measure as the arguments say; 1 where a run ended otherwise than with a plan, in time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cooperatives", type=int, nargs="+", default=[79, 400, 1000, 2000])
    parser.add_argument("--seconds", type=float, default=60.0, help="for each run")
    chosen: Any = parser.parse_args()
    good = True
    for size in measure(chosen.cooperatives, chosen.seconds):
        sys.stdout.write(json.dumps(asdict(size)) + "\n")
        sys.stdout.flush()
        good = good and size.sound and size.days_told and size.ended < chosen.seconds + LATE
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
