"""A day of an office, over and over: planners, officers, phones and a page at twenty requests a second.

``python -m load.mixed --seconds 28800`` watches that nothing goes wrong and that the memory of the service and of all
its processes stays where it is. Prints what was asked, how fast the answers came, every kind of answer that was refused
for the moment or wrong, and how much the memory grew.
"""

from __future__ import annotations

import argparse
import asyncio
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

from api.logs import place_of
from api.storage.database import Database
from api.storage.tokens import create_token
from load.measuring import KHONKAEN, publish
from load.reading import Reading, percentile
from load.tally import Kind, Tally
from models.intake import read_office

#: requests a second, of everybody together
RATE = 20.0
#: streams of events that pages keep open
PAGES = 10
#: people who wait for an answer at once at most: an office has no more, and whoever waits asks for nothing else
MOST_WAITING = 60
#: the share of the time that warms up: caches fill, processes start
WARMING = 0.25
#: the day of those who mend and move; by the last reported visit it would be another after each report
TODAY = "2012-09-03"
#: seconds that everybody has, once nobody asks for anything new, until the last answer is there
LAST = 300.0
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
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self.office = read_office(KHONKAEN).problem
        self.body = self.office.to_json()
        self.visits = [visit.id for visit in self.office.visits]

    async def ask(
        self, kind: str, method: str, path: str, *, who: dict[str, str] | None = None, good: tuple[int, ...] = (200,),
        **options: Any,
    ) -> httpx2.Response | None:  # fmt: skip
        """One request, whose answer should have one of the ``good`` statuses; None where there is no such answer.

        What is only read is asked for once more where its connection ends before the answer, as browsers do.
        """
        headers = (self.planner if who is None else who) | options.pop("headers", {})
        tries = 2 if method == "GET" else 1
        for left in reversed(range(tries)):
            began = time.perf_counter()
            try:
                answer = await self.http.request(method, path, headers=headers, **options)
            except (httpx2.RemoteProtocolError, httpx2.ReadError, httpx2.WriteError) as error:
                if left:
                    self.tally.again[f"{kind}: {type(error).__name__}"].note(str(error))
                else:
                    self.tally.failed(kind, error)
            except httpx2.TransportError as error:
                self.tally.failed(kind, error)
                return None
            else:
                self.tally.answered(kind, answer, good, time.perf_counter() - began)
                return answer if answer.status_code in good else None
        return None

    async def plan(self) -> str | None:
        """The plan that is published now; None where nobody says."""
        answer = await self.ask("versions", "GET", "/v1/publications?limit=1")
        return None if answer is None else str(answer.json()[0]["plan"])

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
        if plan is not None:
            await self.ask("why", "GET", f"/v1/plans/{plan}/visits/{visit}/why?seconds=0.2&lang=th")

    async def slots(self) -> None:
        plan, visit = await self.plan(), self.draw.choice(self.visits)
        if plan is not None:
            await self.ask("slots", "GET", f"/v1/plans/{plan}/visits/{visit}/slots?lang=en")

    async def move(self) -> None:
        """Leave out a visit whose day may still change."""
        plan = await self.plan()
        shown = None if plan is None else await self.ask("plan", "GET", f"/v1/plans/{plan}/calendar?format=plan")
        said = None if shown is None else await self.ask("reported", "GET", f"/v1/plans/{plan}/reported")
        if shown is None or said is None:
            return
        first = max(TODAY, said.json()["changes_from"] or TODAY)
        later = [
            stop["visit"] for tour in shown.json()["tours"] if tour["date"] >= first for stop in tour["stops"]
        ]  # fmt: skip
        if not later:
            return
        moves = [{"kind": "leave-out", "visit": self.draw.choice(later)}]
        # somebody may report between the two questions, so that the day is past: 422
        await self.ask("draft", "POST", f"/v1/plans/{plan}/moves", json={"moves": moves}, good=(201, 422))

    async def report(self) -> None:
        visit = self.draw.choice(self.visits)
        path = f"/v1/visits/{visit}/report"
        seen = await self.ask("report, read", "GET", path, good=(200, 404))
        if seen is None:
            return
        replaces = seen.json()["version"] if seen.status_code == 200 else 0
        report = {"visit": visit, "held": False, "reason": "weather", "remarks": f"{self.draw.random()}"}
        asked = {"replaces": replaces, "report": report}
        await self.ask("report, write", "PUT", path, json=asked, good=(200, 201, 409))

    async def check(self) -> None:
        json_ = {"Content-Type": "application/json"}
        await self.ask("check", "POST", "/v1/problems?dry_run=true", content=self.body, headers=json_)

    async def run(self) -> None:
        """A run, or one that mends the published plan; what came out is published."""
        mending = self.draw.random() < 0.5
        if mending:
            plan = await self.plan()
            change = {"kind": "absent", "officer": self.draw.choice(self.office.officers).id,
                      "first": TODAY, "last": "2012-09-04"}  # fmt: skip
            asked = {"changes": [change], "today": TODAY, "seconds": 1.0, "proposals": ["balanced"]}
            path = f"/v1/plans/{plan}/replan"
        else:
            asked = {"problem": self.problem, "seconds": 1.0, "seed": self.draw.randrange(1000)}
            path = "/v1/plans"
        answer = await self.ask("run", "POST", path, json=asked, good=(202,))
        made = None if answer is None else await self.ended(answer.json()["id"])
        if made is not None and mending:
            proposed = await self.ask("proposals", "GET", f"/v1/plans/{made}/proposals?lang=th")
            made = None if proposed is None else proposed.json()[0]["plan"]
        current = None if made is None else await self.ask("calendar", "GET", "/v1/calendar")
        if current is not None:
            replaces = int(current.headers["Patithin-Version"])
            await self.ask("publish", "POST", f"/v1/plans/{made}/publish", json={"replaces": replaces},
                           good=(200, 201, 409))  # fmt: skip

    async def ended(self, run: str) -> str | None:
        """The run, once it is done; None where it ends otherwise, or nobody says how."""
        while True:
            told = await self.ask("run, followed", "GET", f"/v1/plans/{run}")
            if told is None:
                return None
            state = told.json()["state"]
            if state not in ("queued", "running"):
                if state != "done":
                    self.tally.wrong[f"run: {state}"].note(told.text)
                return run if state == "done" else None
            await asyncio.sleep(0.5)

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


async def lived(
    day: Day, service: Serving, seconds: float, curve: Path | None = None
) -> tuple[list[float], list[float]]:  # fmt: skip
    """Ask at an even rate for so long; megabytes of the service, and of it with all its processes, over time.

    ``curve`` gets a line of JSON at each look: the second, and the megabytes of each process, the service's first.
    """
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
                if curve is not None:
                    with curve.open("a") as told:
                        told.write(json.dumps([round(now - began), *map(round, sizes)]) + "\n")
        if len(asking) < MOST_WAITING:
            asking.add(asyncio.create_task(_done(day, day.draw.choices(kinds, weights)[0])))
        else:
            day.tally.held_back += 1
        asking = {task for task in asking if not task.done()}
        number += 1
        await asyncio.sleep(max(0.0, began + number / each - time.monotonic()))
    _, waiting = await asyncio.wait(asking, timeout=LAST) if asking else (asking, asking)
    if waiting:
        day.tally.wrong[f"still waiting after {LAST:.0f} s"].note(f"{len(waiting)} of them")
    for task in (*pages, *waiting):
        task.cancel()
    return own, all_


async def _done(day: Day, does: Callable[[Day], Awaitable[None]]) -> None:
    """What somebody does; an answer that this script cannot read is something wrong as well."""
    try:
        await does(day)
    except Exception as error:
        day.tally.wrong[f"{does.__name__}: {type(error).__name__}"].note(f"{error} at {place_of(error)}")


def growth(sizes: list[float]) -> float:
    """Percent by which memory is larger in the last quarter than it was in the first one after warming up."""
    warm = sizes[round(len(sizes) * WARMING) :]
    quarter = max(1, len(warm) // 4)
    return round(100 * (statistics.median(warm[-quarter:]) / statistics.median(warm[:quarter]) - 1), 2)


def measure(seconds: float, curve: Path | None = None) -> tuple[list[Reading], Day]:
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
                    return day, *await lived(day, service, seconds, curve)

            day, of_service, of_all = asyncio.run(work())
            errors = day.tally.errors + ("Traceback" in service.log) + service.log.count('"level": "error"')
        finally:
            service.clear()
    tally = day.tally
    everything = [taken for kind in tally.taken.values() for taken in kind]
    calendars, number = tally.taken["calendar"], len(everything)
    refused = round(100 * tally.refusals / number, 2)
    return [
        Reading("requests, p99", number, errors, percentile(everything, 99), 5.0, "s"),
        Reading("calendars, p95", len(calendars), 0, percentile(calendars, 95), 0.5, "s"),
        Reading("requests a second, one less", number, 0, round(seconds / number, 4), 1 / 15, "s"),
        Reading("refused for the moment", tally.refusals, 0, refused, 0.1, "%"),
        Reading("growth of the service's memory", len(of_service), 0, growth(of_service), 5.0, "%"),
        Reading("growth of all processes' memory", len(of_all), 0, growth(of_all), 5.0, "%"),
        Reading("memory of the service at most", len(of_service), 0, round(max(of_service)), 500, "MB"),
    ], day


def _by_number(kinds: dict[str, Kind]) -> dict[str, Any]:
    return {name: asdict(kind) for name, kind in sorted(kinds.items(), key=lambda item: -item[1].count)}


def main() -> int:
    """Measure as the arguments say; 1 where something is out of reach."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=28_800.0)
    parser.add_argument("--curve", type=Path, help="a file for the memory over time, to be looked at meanwhile")
    chosen: Any = parser.parse_args()
    readings, day = measure(chosen.seconds, chosen.curve)
    tally = day.tally
    kinds = {
        kind: {"count": len(taken), "median": round(statistics.median(taken), 4), "most": round(max(taken), 3)}
        for kind, taken in sorted(tally.taken.items())
    }
    told = {"readings": [asdict(each) | {"reached": each.reached} for each in readings], "kinds": kinds,
            "held back": tally.held_back, "refused": _by_number(tally.refused), "again": _by_number(tally.again),
            "wrong": _by_number(tally.wrong)}  # fmt: skip
    sys.stdout.write(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    return 0 if all(each.reached for each in readings) else 1


if __name__ == "__main__":
    sys.exit(main())
