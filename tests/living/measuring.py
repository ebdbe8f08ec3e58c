"""How well a plan is lived with: absences mended, visits explained, the impossible told truly, cases compared.

``python -m living.measuring`` prints the figures as JSON, and ends with 1 where one is out of reach. ``--only`` takes
one of them; everything random follows from ``--seed``.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from living import absences, cases, explanations, impossible
from models.intake import read_office
from models.plan import Plan
from models.problem import Problem
from models.reading import read_plan
from optimizer.comparing.cases import with_cars
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import TimeLimit
from optimizer.warmup import make_ready

KHONKAEN = Path(__file__).parents[2] / "data" / "khonkaen"
PARTS = ("absences", "explanations", "impossible", "cases")


def reached(part: str, figures: dict[str, Any]) -> bool:
    """Whether the figures of one part are within what the project promises."""
    if figures["wrong"]:
        return False
    if part == "absences":
        enough = figures["proven_within_10_s"] >= 0.95 * figures["absences"]
        return bool(enough and figures["first_proposal_s"]["slowest"] <= 2.0)
    if part.startswith("explanations"):
        return bool(figures["days_for_a_visit_slowest_s"] < 1)
    if part == "cases":
        return bool(figures["took_s"] < 210)
    return True


def published(problem: Problem, plan: Path | None, seconds: float) -> Plan:
    """The plan that everything happens to: read from a file, or made."""
    return read_plan(plan, problem) if plan else solve(problem, Params(), TimeLimit(seconds))


def short_of_cars(problem: Problem, seconds: float) -> tuple[Problem, Plan]:
    """The same office with one car: many visits late or left out, so that there is something to explain."""
    strained = with_cars(problem, 1)
    return strained, solve(strained, Params(bound_share=0.0), TimeLimit(seconds))


def measure(chosen: argparse.Namespace) -> dict[str, Any]:
    """The figures of the parts chosen."""
    parts = chosen.only or PARTS
    office = KHONKAEN
    problem = read_office(office).problem
    figures: dict[str, Any] = {}
    make_ready()
    params = Params(seed=chosen.seed)
    if {"absences", "explanations"} & set(parts):
        plan = published(problem, chosen.plan, chosen.published)
    if "absences" in parts:
        figures["absences"] = absences.measure(
            problem, plan, number=chosen.absences, seed=chosen.seed, seconds=chosen.seconds, params=params
        )
    if "explanations" in parts:
        figures["explanations"] = explanations.measure(
            problem, plan, seconds=1.0, again=chosen.again, params=params, most=chosen.most
        )
        strained, scarce = short_of_cars(problem, chosen.again)
        figures["explanations, one car"] = explanations.measure(
            strained, scarce, seconds=0.0, again=chosen.again, params=params, most=chosen.most or chosen.strained
        )
    if "impossible" in parts:
        figures["impossible"] = impossible.measure(number=chosen.problems, start=chosen.seed)
    if "cases" in parts:
        figures["cases"] = cases.measure(office, seeds=chosen.seeds, seconds=chosen.run)
    for name, each in figures.items():
        each["reached"] = reached(name, each)
    return {"cores": os.cpu_count(), "seed": chosen.seed} | figures


def arguments() -> argparse.ArgumentParser:
    """What may be chosen; the defaults are what the project promises."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", choices=PARTS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plan", type=Path, help="the published plan; else one is made")
    parser.add_argument("--published", type=float, default=60.0, help="seconds to make it")
    parser.add_argument("--absences", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=1.0, help="for the balanced and the cheapest proposal each")
    parser.add_argument("--again", type=float, default=5.0, help="seconds to plan each remedy from nothing")
    parser.add_argument("--most", type=int, help="visits explained at most; else every one")
    parser.add_argument("--strained", type=int, default=10, help="visits explained where cars are few")
    parser.add_argument("--problems", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--run", type=float, default=10.0, help="seconds of each run of the comparison")
    return parser


def main() -> int:
    """Measure as the arguments say; 1 where something is out of reach."""
    figures = measure(arguments().parse_args())
    sys.stdout.write(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    return 0 if all(each["reached"] for each in figures.values() if isinstance(each, dict)) else 1


if __name__ == "__main__":
    sys.exit(main())
