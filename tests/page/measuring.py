"""``make page-bench``: how fast the page is in chromium, on the sample office and on one of 400 cooperatives.

Prints a table: what, the reach, what was measured. Times are of the machine it runs on, so no test asserts them.
"""

from __future__ import annotations

import datetime as dt
import logging
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog
from playwright.sync_api import Browser, Page, sync_playwright

from api.settings import Settings
from api.storage.database import Database
from api.storage.problems import Stated, keep_problem
from api.storage.publications import publish
from api.storage.tokens import create_token
from models.intake import read_office
from optimizer.solving import solve
from optimizer.stopping import TimeLimit
from page.house import Served, finished

SAMPLE = Path("data/khonkaen")
#: how often a drag and a drop are measured, and seconds that each office is planned
TIMES, SECONDS = 50, 20.0
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-headless-shell")
SCROLLED = """async (selector) => {
  const box = document.querySelector(selector);
  const frames = [];
  let last = performance.now();
  for (let i = 0; i < 120; i += 1) {
    box.scrollTop += 120;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - last);
    last = now;
  }
  return frames;
}"""


@contextmanager
def house(browser: Browser, stated: Stated) -> Iterator[tuple[Page, str]]:
    """A page signed in at a service with the problem planned and published."""
    with tempfile.TemporaryDirectory() as folder:
        served = Served(Settings(database=f"sqlite:///{folder}/patithin.db", rate="1000000/minute"))
        database: Database = served.app.state.service.database
        database.migrate()
        plan = solve(stated.problem, stop=TimeLimit(SECONDS))
        row, _ = keep_problem(database, stated)
        token, secret = create_token(database, "bench", "planner")
        publish(database, finished(database, token.id, row.id, plan), token.id, 0)
        served.start()
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.request.post(f"{served.address}/v1/session", headers={"Authorization": f"Bearer {secret}"})
        try:
            yield context.new_page(), served.address
        finally:
            context.close()
            served.stop()


def opened(page: Page, address: str) -> float:
    """Seconds from asking for the page until its board can be used."""
    began = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(".week .stop")
    return time.perf_counter() - began


def wire(page: Page, address: str) -> int:
    """Bytes over the wire for a first view."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    opened(page, address)
    page.wait_for_timeout(1_000)
    session.detach()
    return sum(sizes)


def drags(page: Page, address: str) -> tuple[list[float], list[float]]:
    """Seconds from a drag begun to all days priced, and from a drop to its verdict; another visit each time."""
    page.goto(f"{address}/?view=list")
    page.wait_for_selector(".list tbody tr")
    visits = page.evaluate("""async () => {
      const board = await (await fetch("/v1/calendar?format=board")).json();
      return board.tours.flatMap((tour) => tour.stops.map((stop) => [stop.visit, tour.date]));
    }""")
    priced, dropped = [], []
    for visit, date in visits[:: max(1, len(visits) // TIMES)][:TIMES]:
        page.goto(f"{address}/?week={_week(date)}")
        stop = page.locator(f".week .stop[data-visit='{visit}']")
        stop.wait_for()
        stop.scroll_into_view_if_needed()
        box = stop.bounding_box()
        assert box
        page.mouse.move(box["x"] + 30, box["y"] + 8)
        page.mouse.down()
        began = time.perf_counter()
        page.mouse.move(box["x"] + 50, box["y"] + 30, steps=2)
        page.wait_for_selector(".strip .price:not(.waiting)")
        priced.append(time.perf_counter() - began)
        others = page.locator(f".strip .stripday:is(.same, .dearer, .cheaper):not([data-date='{date}'])")
        target = others.last.bounding_box() if others.count() else None
        if target is None:  # it has no other day
            page.keyboard.press("Escape")
            page.mouse.up()
            continue
        page.mouse.move(target["x"] + 6, target["y"] + 6, steps=2)
        began = time.perf_counter()
        page.mouse.up()
        page.wait_for_selector(".draftbar .verdict")
        dropped.append(time.perf_counter() - began)
    return priced, dropped


def scrolled(browser: Browser, page: Page, box: str) -> tuple[list[float], float]:
    """Milliseconds between frames while ``box`` scrolls, and the processor time of the longest task meanwhile.

    The first is what a reader sees, and longer where other work has the processor; the second is the page's own.
    """
    session = browser.new_browser_cdp_session()
    tasks: list[float] = []
    over: list[Any] = []
    session.on("Tracing.dataCollected", lambda told: tasks.extend(
        event["tdur"] / 1_000 for event in told["value"] if event.get("name") == "RunTask" and "tdur" in event
    ))  # fmt: skip
    session.on("Tracing.tracingComplete", lambda told: over.append(told))  # the driver wraps functions only
    session.send("Tracing.start", {"traceConfig": {"includedCategories": ["disabled-by-default-devtools.timeline"]}})
    frames = page.evaluate(SCROLLED, box)
    session.send("Tracing.end")
    while not over:
        page.wait_for_timeout(50)
    session.detach()
    return frames, max(tasks, default=0.0)


def main() -> None:
    """Measure all, and print the table; what the service logs meanwhile is left out."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        book = read_office(SAMPLE)
        with house(browser, Stated(book.problem, book.office)) as (page, address):
            opened(page, address)
            page.wait_for_timeout(8_000)  # the processes that answer questions load in the background
            told("bytes of the first view, compressed", "150 KB", f"{wire(page, address) / 1000:.0f} KB")
            told("page open to board usable, warm", "1.0 s", middle([opened(page, address) for _ in range(5)]))
            priced, dropped = drags(page, address)
            told(f"drag begun to all days priced, p95 of {len(priced)}", "0.3 s", p95(priced))
            told(f"drop to verdict shown, p95 of {len(dropped)}", "0.5 s", p95(dropped))
        with house(browser, large()) as (page, address):
            told("400 cooperatives: board usable", "2.5 s", middle([opened(page, address) for _ in range(3)]))
            for view, box in {"list": ".list", "officers": ".officers", "cooperatives": ".cooperatives"}.items():
                page.goto(f"{address}/?view={view}")
                page.wait_for_selector(f"{box} tbody tr")
                frames, task = scrolled(browser, page, box)
                slow = f"{max(frames):.0f} ms (median {statistics.median(frames):.0f}); {task:.0f} ms of processor time"
                told(f"400 cooperatives, {view}: longest frame while scrolling", "50 ms", slow)
        browser.close()


def large() -> Stated:
    """An office of 400 cooperatives on the sample's places."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, SAMPLE / "larger.py", folder, "400"], check=True)
        book = read_office(Path(folder))
        return Stated(book.problem, book.office)


def _week(date: str) -> str:
    year, week, _ = dt.date.fromisoformat(date).isocalendar()
    return f"{year}-W{week:02d}"


def middle(seconds: list[float]) -> str:
    """The median, and the most."""
    return f"{statistics.median(seconds):.2f} s (at most {max(seconds):.2f})"


def p95(seconds: list[float]) -> str:
    """The 95th percentile, and the median."""
    ordered = sorted(seconds)
    return f"{ordered[round(0.95 * (len(ordered) - 1))]:.2f} s (median {statistics.median(seconds):.2f})"


def told(what: str, reach: str, measured: str) -> None:
    """A line of the table."""
    print(f"| {what} | {reach} | {measured} |", flush=True)  # noqa: T201  # what the command says


if __name__ == "__main__":
    main()
