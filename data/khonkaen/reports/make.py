"""Makes the sample's illustrative reports: a plan of its quarter, and what might have been reported of six weeks of it.

    python data/khonkaen/reports/make.py

writes ``plan.json`` (planned from the tables with a fixed seed, counting work in steps) and ``handbook.json`` beside
this script.
Nothing in them happened: cooperatives and officers are made up, and every report is drawn from a seed as
``docs/handbook.md`` tells. Run it again whenever the sample's tables change.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from models.handbook.context import Context
from models.handbook.simulation import simulate
from models.intake import read_office
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import TimeLimit

HERE = Path(__file__).parent
SEED = 2555
#: the first six weeks and a half: to the end of the seventh week of the calendar
THROUGH = dt.date(2012, 9, 14)
#: seconds of work, counted in steps
EFFORT = 20.0


def make(folder: Path) -> None:
    """Write plan and reports into ``folder``."""
    book = read_office(HERE.parent)
    plan = solve(book.problem, params=Params(seed=SEED, deterministic=True), stop=TimeLimit(EFFORT))
    handbook = simulate(Context(plan, book.problem, book.office), SEED, THROUGH)
    (folder / "plan.json").write_text(plan.to_json(indent=None), encoding="utf-8", newline="\n")
    (folder / "handbook.json").write_text(handbook.to_json(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    make(HERE)
