"""What a service costs that nobody asks anything, and how soon a cold one answers.

``python -m load.resting`` measures the processor time of an idle service with all its processes, and the first plain
question, the first calendar and the first suitable days of services that have just been started.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from support.processes import Serving
from support.stored import finished

from api.storage.database import Database
from api.storage.problems import Stated, keep_problem
from api.storage.publications import publish
from api.storage.tokens import create_token
from load.measuring import KHONKAEN
from load.reading import Reading, tell
from models.intake import read_office
from optimizer.solving import solve
from optimizer.stopping import TimeLimit

#: a service that was started has loaded everything once it takes less than so much of a core; seconds between two looks
SETTLED, LOOK = 0.05, 3.0
#: first questions of a cold service, with the seconds in which they should be answered
FIRST = {
    "/v1/me": 0.3, "/v1/calendar?format=html&lang=th": 1.0, "/v1/plans/{plan}/slots?cooperative=c001&minutes=60": 1.5,
}  # fmt: skip


@contextmanager
def published(folder: Path, seconds: float) -> Iterator[tuple[Serving, dict[str, str], str]]:
    """A service that has published a plan of the sample, its planner's headers, and the plan's id; not started."""
    database = f"sqlite:///{folder}/resting.db"
    store = Database(database)
    store.migrate()
    token, secret = create_token(store, "planner", "planner")
    stated = Stated(read_office(KHONKAEN).problem, None)
    plan = finished(store, token.id, keep_problem(store, stated)[0].id, solve(stated.problem, stop=TimeLimit(seconds)))
    publish(store, plan, token.id, 0)
    store.close()
    service = Serving(folder, database)
    try:
        yield service, {"Authorization": f"Bearer {secret}"}, plan
    finally:
        service.clear()


def idle(service: Serving, seconds: float) -> Reading:
    """Percent of a core that the service takes with all below it, while nobody asks anything."""
    service.start()
    service.until_ready()
    before, began = _spent(service), time.monotonic()
    while True:
        time.sleep(LOOK)
        now = _spent(service)
        loading = sum(now.values()) - sum(before.values()) > SETTLED * LOOK
        before, began = now, time.monotonic()
        if not loading:
            break
    time.sleep(seconds)
    after, took = _spent(service), time.monotonic() - began
    service.stop()
    spent = sum(after.get(pid, 0.0) - before.get(pid, 0.0) for pid in after)
    lost = len(before.keys() - after.keys())
    return Reading(
        "an idle service with its workers", len(after), lost, round(100 * spent / took, 2), 1.0, "% of a core"
    )


def _spent(service: Serving) -> dict[int, float]:
    """Seconds of the processor that each process of the service has had."""
    spent = {}
    for process in service.tree:
        with process.oneshot():
            times = process.cpu_times()
            spent[process.pid] = times.user + times.system
    return spent


def cold(service: Serving, headers: dict[str, str], plan: str, path: str, reach: float, times: int) -> Reading:
    """Seconds until the first question of a service that has just become ready is answered, in the middle."""
    taken, errors = [], 0
    for _ in range(times):
        service.start()
        service.until_ready()
        time.sleep(0.5)
        began = time.perf_counter()
        answer = httpx2.get(f"{service.address}{path.format(plan=plan)}", headers=headers, timeout=120)
        taken.append(time.perf_counter() - began)
        errors += answer.status_code != 200
        service.stop()
    what = f"first answer of a cold service: {path}"
    return Reading(what, times, errors, round(statistics.median(taken), 3), reach, "s")


def measure(*, resting: float, times: int, first: Mapping[str, float] = FIRST) -> list[Reading]:
    """All figures, or those of the ``first`` questions that are named."""
    with tempfile.TemporaryDirectory(prefix="patithin-resting-") as name, published(Path(name), 1.0) as given:
        service, headers, plan = given
        readings = [cold(service, headers, plan, path, reach, times) for path, reach in first.items()]
        return [*readings, idle(service, resting)] if resting else readings


def main() -> int:
    """Measure as the arguments say; 1 where something is out of reach."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long the idle service is watched")
    parser.add_argument("--times", type=int, default=5, help="cold starts for each first question")
    chosen: Any = parser.parse_args()
    return tell(measure(resting=chosen.seconds, times=chosen.times))


if __name__ == "__main__":
    sys.exit(main())
