"""A day of an office, over and over: planners, officers, phones and a page at twenty requests a second.

``python -m load.mixed --seconds 28800`` watches that nothing goes wrong and that the memory of the service and of all
its processes stays where it is. Prints what was asked, how fast the answers came, and the memory over time.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import psutil
from support.processes import Serving

from api.storage.database import Database
from api.storage.tokens import create_token
from load.measuring import KHONKAEN, publish
from load.reading import Reading, percentile
from models.intake import read_office

#: requests a second, of everybody together
RATE = 20.0
#: streams of events that pages keep open
PAGES = 10
#: the share of the time that warms up: caches fill, processes start
WARMING = 0.25
#: seconds between two looks at the memory
LOOK = 2.0
FORMATS = ("json", "plan", "html", "xlsx", "ics", "csv", "geojson", "board")


@dataclass
class Day:
    """Who asks, what for, and what came of it."""

    http: httpx2.AsyncClient
    planner: dict[str, str]
    officer: dict[str, str]
    feed: str
    problem: str
    draw: random.Random = field(default_factory=lambda: random.Random(1))
    taken: dict[str, list[float]] = field(default_factory=lambda: collections.defaultdict(list))
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.office = read_office(KHONKAEN).problem
        self.body = self.office.to_json()
        self.visits = [visit.id for visit in self.office.visits]

    async def ask(
        self, kind: str, method: str, path: str, *, who: dict[str, str] | None = None, good: tuple[int, ...] = (200,),
        **options: Any,
    ) -> httpx2.Response | None:  # fmt: skip
        """One request; an answer with another status than ``good`` is noted."""
        began = time.perf_counter()
        try:
            headers = (self.planner if who is None else who) | options.pop("headers", {})
            answer = await self.http.request(method, path, headers=headers, **options)
        except httpx2.TransportError as error:
            self.wrong.append(f"{kind}: {type(error).__name__}")
            return None
        self.taken[kind].append(time.perf_counter() - began)
        if answer.status_code not in good:
            self.wrong.append(f"{kind}: {answer.status_code} {answer.text[:200]}")
        return answer

    async def plan(self) -> str:
        """The plan that is published now."""
        answer = await self.ask("versions", "GET", "/v1/publications?limit=1")
        return str(answer.json()[0]["plan"]) if answer is not None else ""

    async def calendar(self) -> None:
        query = f"format={self.draw.choice(FORMATS)}&lang={self.draw.choice(('th', 'en'))}"
        if self.draw.random() < 0.5:
            query += f"&officer={self.draw.choice(self.office.officers).id}"
        await self.ask("calendar", "GET", f"/v1/calendar?{query}")

    async def mine(self) -> None:
        await self.ask("an officer's calendar", "GET", "/v1/calendar?format=html&lang=th", who=self.officer)

    async def phone(self) -> None:
        await self.ask("feed", "GET", self.feed, who={})

    async def page(self) -> None:
        for path in ("/", "/v1/me", "/v1/calendar?format=board&lang=th"):
            await self.ask("page", "GET", path)

    async def lists(self) -> None:
        await self.ask("lists", "GET", self.draw.choice(("/v1/plans", "/v1/problems", "/v1/feeds", "/v1/handbook")))

    async def why(self) -> None:
        plan, visit = await self.plan(), self.draw.choice(self.visits)
        await self.ask("why", "GET", f"/v1/plans/{plan}/visits/{visit}/why?seconds=0.2&lang=th", good=(200, 503))

    async def slots(self) -> None:
        plan, visit = await self.plan(), self.draw.choice(self.visits)
        await self.ask("slots", "GET", f"/v1/plans/{plan}/visits/{visit}/slots?lang=en", good=(200, 503))

    async def move(self) -> None:
        moves = [{"kind": "leave-out", "visit": self.draw.choice(self.visits)}]  # refused where its day is over
        await self.ask(
            "draft", "POST", f"/v1/plans/{await self.plan()}/moves", json={"moves": moves}, good=(201, 422, 503)
        )

    async def report(self) -> None:
        visit = self.draw.choice(self.visits)
        path = f"/v1/visits/{visit}/report"
        seen = await self.ask("report, read", "GET", path, good=(200, 404))
        replaces = seen.json()["version"] if seen is not None and seen.status_code == 200 else 0
        report = {"visit": visit, "held": False, "reason": "weather", "remarks": f"{self.draw.random()}"}
        asked = {"replaces": replaces, "report": report}
        await self.ask("report, write", "PUT", path, json=asked, good=(200, 201, 409))

    async def check(self) -> None:
        json_ = {"Content-Type": "application/json"}
        await self.ask("check", "POST", "/v1/problems?dry_run=true", content=self.body, headers=json_, good=(200,))

    async def run(self) -> None:
        """A run, or one that mends the published plan; what came out is published."""
        if self.draw.random() < 0.5:
            asked = {"problem": self.problem, "seconds": 1.0, "seed": self.draw.randrange(1000)}
            answer = await self.ask("run", "POST", "/v1/plans", json=asked, good=(202, 429))
        else:
            change = {"kind": "absent", "officer": self.draw.choice(self.office.officers).id,
                      "first": "2012-09-03", "last": "2012-09-04"}  # fmt: skip
            # a day of its own: it would be the day after the last reported visit, whichever that is
            asked = {"changes": [change], "today": "2012-09-03", "seconds": 1.0, "proposals": ["balanced"]}
            answer = await self.ask("run", "POST", f"/v1/plans/{await self.plan()}/replan", json=asked, good=(202, 429))
        if answer is None or answer.status_code != 202:
            return
        made = answer.json()["id"]
        for _ in range(600):
            state = await self.ask("run, followed", "GET", f"/v1/plans/{made}")
            if state is None or state.json()["state"] not in ("queued", "running"):
                break
            await asyncio.sleep(0.5)
        if "changes" in asked:
            proposed = await self.ask("proposals", "GET", f"/v1/plans/{made}/proposals?lang=th")
            made = proposed.json()[0]["plan"] if proposed is not None and proposed.status_code == 200 else made
        current = await self.ask("calendar", "GET", "/v1/calendar")
        if current is not None:
            replaces = int(current.headers["Patithin-Version"])
            await self.ask("publish", "POST", f"/v1/plans/{made}/publish", json={"replaces": replaces},
                           good=(200, 201, 409))  # fmt: skip

    async def listen(self) -> None:
        """A page's stream of events, opened again whenever it ends."""
        while True:
            with suppress(httpx2.TransportError):
                async with self.http.stream("GET", "/v1/events", headers=self.planner, timeout=None) as told:
                    async for _ in told.aiter_lines():
                        pass
            await asyncio.sleep(1.0)


#: what is asked for, and how often in a hundred requests
SHARES: dict[Callable[[Day], Awaitable[None]], float] = {
    Day.calendar: 30, Day.mine: 20, Day.phone: 20, Day.page: 8, Day.lists: 8, Day.report: 4, Day.why: 2, Day.slots: 4,
    Day.check: 2, Day.move: 1.5, Day.run: 0.5,
}  # fmt: skip


async def lived(day: Day, service: Serving, seconds: float) -> tuple[list[float], list[float]]:
    """Ask at an even rate for so long; megabytes of the service, and of it with all its processes, over time."""
    began, own, all_ = time.monotonic(), [], []
    pages = [asyncio.create_task(day.listen()) for _ in range(PAGES)]
    asking: set[asyncio.Task[None]] = set()
    kinds, weights = list(SHARES), list(SHARES.values())
    # a request of a page, of a run or of a report brings others with it
    number, each = 0, RATE / 1.6
    looked = began
    while (now := time.monotonic()) - began < seconds:
        if now >= looked:
            looked += LOOK
            with suppress(psutil.NoSuchProcess):
                sizes = [process.memory_full_info().pss / 1e6 for process in service.tree]
                own.append(sizes[0])
                all_.append(sum(sizes))
        task = asyncio.ensure_future(day.draw.choices(kinds, weights)[0](day))
        asking.add(task)  # type: ignore[arg-type]
        task.add_done_callback(asking.discard)  # type: ignore[arg-type]
        number += 1
        await asyncio.sleep(max(0.0, began + number / each - time.monotonic()))
    await asyncio.wait_for(asyncio.gather(*asking, return_exceptions=True), 120)
    for page in pages:
        page.cancel()
    return own, all_


def growth(sizes: list[float]) -> float:
    """Percent by which memory is larger in the last quarter than it was in the first one after warming up."""
    warm = sizes[round(len(sizes) * WARMING) :]
    quarter = max(1, len(warm) // 4)
    return round(100 * (statistics.median(warm[-quarter:]) / statistics.median(warm[:quarter]) - 1), 2)


def measure(seconds: float) -> tuple[list[Reading], Day]:
    """All figures."""
    with tempfile.TemporaryDirectory(prefix="patithin-mixed-") as name:
        database = f"sqlite:///{name}/mixed.db"
        store = Database(database)
        store.migrate()
        officer = read_office(KHONKAEN).problem.officers[0].id
        planner, own = create_token(store, "planner", "planner")[1], create_token(store, "own", "officer", officer)[1]
        store.close()
        service = Serving(Path(name), database, rate="100000/minute")
        try:
            service.start()
            service.until_ready()
            bearer = {"Authorization": f"Bearer {planner}"}
            with httpx2.Client(base_url=service.address, headers=bearer, timeout=60) as http:
                publish(http, 3.0)
                for run in http.get("/v1/plans?state=running").json():
                    http.delete(run["address"])
                feed = http.post("/v1/feeds", json={"officer": officer}).json()["address"]
                problem = http.get("/v1/problems").json()[0]["id"]

            async def work() -> tuple[Day, list[float], list[float]]:
                limits = httpx2.Limits(max_connections=80, max_keepalive_connections=40)
                async with httpx2.AsyncClient(base_url=service.address, timeout=60, limits=limits) as http:
                    day = Day(http, bearer, {"Authorization": f"Bearer {own}"}, feed, problem)
                    return day, *await lived(day, service, seconds)

            day, of_service, of_all = asyncio.run(work())
            errors = len(day.wrong) + ("Traceback" in service.log) + service.log.count('"level": "error"')
        finally:
            service.clear()
    everything = [taken for kind in day.taken.values() for taken in kind]
    calendars = day.taken["calendar"]
    return [
        Reading("requests, p99", len(everything), errors, percentile(everything, 99), 5.0, "s"),
        Reading("calendars, p95", len(calendars), 0, percentile(calendars, 95), 0.5, "s"),
        Reading("requests a second, one less", len(everything), 0, round(seconds / len(everything), 4), 1 / 15, "s"),
        Reading("growth of the service's memory", len(of_service), 0, growth(of_service), 5.0, "%"),
        Reading("growth of all processes' memory", len(of_all), 0, growth(of_all), 5.0, "%"),
        Reading("memory of the service at most", len(of_service), 0, round(max(of_service)), 500, "MB"),
    ], day


def main() -> int:
    """Measure as the arguments say; 1 where something is out of reach."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=28_800.0)
    chosen: Any = parser.parse_args()
    readings, day = measure(chosen.seconds)
    kinds = {
        kind: {"count": len(taken), "median": round(statistics.median(taken), 4), "most": round(max(taken), 3)}
        for kind, taken in sorted(day.taken.items())
    }
    told = {"readings": [asdict(each) | {"reached": each.reached} for each in readings], "kinds": kinds,
            "wrong": day.wrong[:50]}  # fmt: skip
    sys.stdout.write(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    return 0 if all(each.reached for each in readings) else 1


if __name__ == "__main__":
    sys.exit(main())
