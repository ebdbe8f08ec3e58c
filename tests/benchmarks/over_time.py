"""Cost and bound over a run: ``python -m benchmarks.over_time [--seconds 60] [--picture FILE.svg] [-- PROBLEM ...]``.

Each problem is solved once, and has a panel with the cost of the best plan and the lower bound by the second. What the
picture shows is also printed as CSV: problem, seconds, cost, bound; an empty cell is a bound that is not there yet.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import altair

from api.pictures.drawing import INK, LATE, rows, svg, titled
from benchmarks.problems import SAMPLES, read
from models.problem import Problem
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import Progress, TimeLimit

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "over-time.svg"
#: looks kept of a run: as many as a panel has room for
LOOKS = 240
#: the first part of a run, in which the first plan falls out of the picture
STEEP = 0.02


class Look(NamedTuple):
    """How a run stood after so many seconds; baht."""

    problem: str
    seconds: float
    cost: float
    bound: float | None


def looks(name: str, problem: Problem, seconds: float, seed: int) -> list[Look]:
    """One run, looked at in equal steps, and at its end."""
    seen: list[Look] = []

    def look(now: Progress) -> None:
        if now.best is not None and (not seen or now.seconds - seen[-1].seconds >= seconds / LOOKS):
            seen.append(Look(name, round(now.seconds, 2), round(now.best, 2), now.bound and round(now.bound, 2)))

    plan = solve(problem, Params(seed=seed), TimeLimit(seconds), look)
    return [*seen, Look(name, seconds, plan.cost.total, plan.lower_bound)]


def chart(seen: Iterable[Look], seconds: float) -> altair.FacetChart:
    """A panel for each problem: the best plan above, the bound below, and between them what is not proven."""
    table = [
        {"problem": look.problem, "seconds": look.seconds, "line": line, "baht": baht}
        for look in seen
        if look.seconds >= STEEP * seconds
        for line, baht in (("best plan", look.cost), ("lower bound", look.bound))
        if baht is not None
    ]
    colours = altair.Scale(domain=["best plan", "lower bound"], range=[INK, LATE])
    panel = (
        altair.Chart(rows(table))
        .mark_line(interpolate="step-after")
        .encode(
            x=altair.X("seconds:Q", title="seconds", scale=altair.Scale(domain=[0, seconds], nice=False)),
            y=altair.Y("baht:Q", title="baht"),
            color=altair.Color("line:N", title=None, scale=colours),
        )
        .properties(width=260, height=200)
    )
    panels = panel.facet(column=altair.Column("problem:N", title=None)).resolve_scale(y="independent")
    return panels.properties(title=titled("Cost and bound over a run", illustrative=True))


def main() -> None:
    """Run each problem, print what was seen, and draw it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--picture", type=Path, default=PICTURE)
    parser.add_argument("problems", nargs="*", type=Path, default=SAMPLES)
    given = parser.parse_args()
    seen = [look for path in given.problems for look in looks(path.stem, read(path), given.seconds, given.seed)]
    out = csv.writer(sys.stdout)
    out.writerow(Look._fields)
    out.writerows(seen)
    given.picture.write_text(svg(chart(seen, given.seconds)), encoding="utf-8")


if __name__ == "__main__":
    main()
