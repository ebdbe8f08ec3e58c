"""What a planner sees while one viewer's program asks for everything at once: a busy token harms itself only.

``python -m load.flooding --seconds 30``: eighty connections of one token ask without a pause for parts of the calendar
that nobody has drawn yet, a workbook or a page each time. Prints the planner's figures beside what they should reach,
and ends with 1 where one does not.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import httpx2
from support.processes import Serving

from api.storage.database import Database
from api.storage.tokens import create_token
from load.measuring import KHONKAEN, publish
from load.reading import Reading, percentile, tell
from models.intake import read_office

#: connections of the one who floods
MANY = 80
#: seconds after which an answer is none, on a machine that is busy with other things too
PATIENCE = 120.0
#: what the planner asks for -> seconds that 95 in 100 answers should stay under
ASKED = {"/v1/me": 1.0, "/v1/calendar?format=board&lang=th": 1.0, "/healthz": 0.2}


class Flood:
    """One token's program, which asks as fast as it is answered until it is told to stop."""

    def __init__(self, address: str, token: str) -> None:
        self._address, self._headers = address, {"Authorization": f"Bearer {token}"}
        self._parts, self._lock = self._all_parts(), threading.Lock()
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(MANY)]
        self.answered = 0
        self.wrong: list[str] = []

    def __enter__(self) -> Flood:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    @staticmethod
    def _all_parts() -> Any:
        office = read_office(KHONKAEN).problem
        parts = itertools.product(("xlsx", "html"), office.workdays, office.officers)
        return itertools.cycle(f"/v1/calendar?format={kind}&officer={one.id}&day={day}" for kind, day, one in parts)

    def _work(self) -> None:
        with httpx2.Client(base_url=self._address, headers=self._headers, timeout=PATIENCE) as http:
            while not self._stopping.is_set():
                with self._lock:
                    path = next(self._parts)
                try:
                    status = http.get(path).status_code
                except httpx2.TransportError as error:
                    status = type(error).__name__
                with self._lock:
                    self.answered += 1
                    if status not in (200, 429):  # it may be told that it asks too often
                        self.wrong.append(f"{path}: {status}")


def watched(address: str, token: str, seconds: float) -> list[Reading]:
    """What the planner sees for so long."""
    taken: dict[str, list[float]] = {path: [] for path in ASKED}
    errors = dict.fromkeys(ASKED, 0)
    until = time.monotonic() + seconds
    with httpx2.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE) as http:
        while time.monotonic() < until:
            for path in ASKED:
                began = time.perf_counter()
                errors[path] += http.get(path).status_code != 200
                taken[path].append(time.perf_counter() - began)
            time.sleep(0.05)
    return [
        Reading(f"{path} beside a flood, p95", len(taken[path]), errors[path], percentile(taken[path], 95), reach, "s")
        for path, reach in ASKED.items()
    ]


def measure(seconds: float) -> list[Reading]:
    """All figures."""
    with tempfile.TemporaryDirectory(prefix="patithin-flood-") as name:
        database = f"sqlite:///{name}/flood.db"
        store = Database(database)
        store.migrate()
        planner, viewer = (create_token(store, role, role)[1] for role in ("planner", "viewer"))
        store.close()
        service = Serving(Path(name), database)
        try:
            service.start()
            service.until_ready()
            headers = {"Authorization": f"Bearer {planner}"}
            with httpx2.Client(base_url=service.address, headers=headers, timeout=PATIENCE) as http:
                publish(http, 3.0)
                for run in http.get("/v1/plans?state=running").json():
                    http.delete(run["address"])
                for path in ASKED:
                    http.get(path)
            with Flood(service.address, viewer) as flood:
                readings = watched(service.address, planner, seconds)
        finally:
            service.clear()
    wrong = float(len(flood.wrong))
    answered = Reading("drawings for the one who floods", flood.answered, len(flood.wrong), wrong, 1.0, "wrong")
    return [*readings, answered]


def main() -> int:
    """Measure as the arguments say; 1 where something is out of reach."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0)
    chosen: Any = parser.parse_args()
    return tell(measure(chosen.seconds))


if __name__ == "__main__":
    sys.exit(main())
