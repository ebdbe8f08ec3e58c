"""Take the pictures of replanning, explanations and what-ifs: ``python docs/pictures/living.py out``, a planned office.

Everything is what the commands write themselves; only where it is cut off is chosen here.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console

from api.documents import read_office_file, read_plan_file, read_problem_file
from api.exports.editions import Edition
from api.exports.proposals import Before, write_proposal
from api.language.teller import Teller
from api.telling import explanations
from models.changes import Absence, Change, Closure
from optimizer.replanning.disturbing import disturbed
from optimizer.replanning.frontier import frontier
from optimizer.replanning.proposing import Mending
from optimizer.why.explaining import explain
from patithin import Case, load, pictures

HERE = Path(__file__).parent
KHONKAEN = HERE.parents[1] / "data" / "khonkaen"
CHANGES: list[Change] = [
    Absence("o11", dt.date(2012, 8, 27), dt.date(2012, 8, 31)),
    Closure("c012", dt.date(2012, 8, 28), dt.date(2012, 9, 5)),
]


def replanning(out: Path, browser: Browser) -> None:
    """The page of a proposal, and what each further move buys."""
    problem = read_problem_file(out / "problem.json")
    plan, office = read_plan_file(out / "plan.json"), read_office_file(out / "office.json")
    state = disturbed(problem, plan, CHANGES)
    mending = Mending(state)
    points = frontier(mending, 3.0)
    proposal = mending.balanced(3.0)
    pictures.frontier(points, office).save(HERE / "frontier.png", ppi=110)
    with tempfile.TemporaryDirectory() as folder:
        before = Before(plan, problem, office, Edition(), state.past, problem.notice_days)
        write_proposal(proposal, mending.problem, before, Path(folder), "en")
        shot(browser, (Path(folder) / "changes.html").as_uri(), "proposal.png", 1100)


def explaining(out: Path, browser: Browser) -> None:
    """What is said of a late visit."""
    problem = read_problem_file(out / "problem.json")
    plan, office = read_plan_file(out / "plan.json"), read_office_file(out / "office.json")
    tell = Teller(problem, office, "en")
    console = Console(width=150, record=True, file=io.StringIO(), highlight=False)
    for visit in explanations.matters(problem, plan)[:1]:
        for part in explanations.report(explain(problem, plan, problem.visit_by_id[visit], seconds=2.0), tell):
            console.print(part)
    console.print(*tell.marks, sep="\n")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "explained.html"
        page.write_text(console.export_html(), encoding="utf-8")
        shot(browser, page.as_uri(), "explained.png", 1180)


def comparing() -> None:
    """Cases side by side: what each costs, part by part."""
    office = load(KHONKAEN)
    cases: list[Case] = [office, office.what_if(officers=30), office.what_if(cars=4), office.what_if(prices={"km": 6})]
    plans = {case.name: case.plan(seconds=10.0) for case in cases}
    pictures.cost_parts(plans).save(HERE / "cases.png", ppi=110)


def shot(browser: Browser, address: str, name: str, width: int) -> None:
    """The whole page as a picture."""
    page = browser.new_page(viewport={"width": width, "height": 400})
    page.goto(address)
    page.screenshot(path=HERE / name, full_page=True)
    page.close()


def take(out: Path) -> None:
    """Every picture, beside this file."""
    found = next(
        filter(None, map(shutil.which, ("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome")))
    )
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        replanning(out, browser)
        explaining(out, browser)
        browser.close()
    comparing()


if __name__ == "__main__":
    take(Path(sys.argv[1]))
