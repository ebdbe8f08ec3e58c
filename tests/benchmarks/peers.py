"""The optimizer beside OR-Tools' routing library and PyVRP, on a part of the sample that all of them can state.

``python -m benchmarks.peers --seconds 60`` prints the cost of each plan, what the referee says of it, and the time.
It ends with 1 where a plan breaks a rule or the optimizer's costs more than another's. ``docs/benchmarks.md`` says what
the common part is.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.cars import sharing_cars
from benchmarks.equal_terms import Route, common_part, part_of, plan_of
from benchmarks.libraries import Share, by_ortools, by_pyvrp, shares
from models.intake import read_office
from models.plan import Plan
from models.problem import Problem
from models.referee import violations
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import TimeLimit

SAMPLE = Path(__file__).parents[2] / "data" / "khonkaen"
#: processes at work at a time: the optimizer has as many threads
WORKERS = 2
#: baht by which equal costs may differ: they are sums of fractions
SAME = 0.005

Library = Callable[[Problem, Share, float, int], list[Route]]
LIBRARIES: dict[str, Library] = {"OR-Tools routing": by_ortools, "PyVRP": by_pyvrp}


@dataclass(frozen=True)
class Result:
    """What one came to: the plan, which rules it breaks, and how long it took."""

    name: str
    plan: Plan
    broken: tuple[str, ...]
    seconds: float

    @property
    def total(self) -> float:
        return self.plan.cost.total


def judged(name: str, problem: Problem, plan: Plan, seconds: float) -> Result:
    return Result(name, plan, tuple(map(str, violations(problem, plan))), seconds)


def ours(problem: Problem, seconds: float, seed: int) -> Result:
    """The optimizer on the problem as a whole: it is not told that officers can be planned one by one."""
    began = time.perf_counter()
    plan = solve(problem, Params(seed=seed, workers=WORKERS), TimeLimit(seconds))
    return judged("Patithin", problem, plan, time.perf_counter() - began)


def theirs(name: str, problem: Problem, seconds: float, seed: int) -> Result:
    """A library on the problem officer by officer, each for an equal share of the time."""
    parts = shares(problem)
    each = seconds * WORKERS / max(1, len(parts))
    ask = partial(_ask, name, problem, each, seed)
    with ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn")) as pool:
        list(pool.map(abs, range(WORKERS)))  # processes are there before time is taken
        began = time.perf_counter()
        routes = [route for found in pool.map(ask, parts) for route in found]
        took = time.perf_counter() - began
    return judged(name, problem, plan_of(problem, routes), took)


def _ask(name: str, problem: Problem, seconds: float, seed: int, share: Share) -> list[Route]:
    return LIBRARIES[name](problem, share, seconds, seed)


def least(problem: Problem, seconds: float) -> float:
    """Baht that no plan undercuts: what is proven of each officer's part, each in at most so many ``seconds``."""
    parts = (part_of(problem, officer) for officer in problem.officers)
    return sum(solve(part, stop=TimeLimit(seconds)).lower_bound or 0.0 for part in parts)


def compared(problem: Problem, seconds: float, seed: int) -> list[Result]:
    """All of them on ``problem``, the optimizer first."""
    return [ours(problem, seconds, seed), *(theirs(name, problem, seconds, seed) for name in LIBRARIES)]


def sharing(problem: Problem, seconds: float, seed: int) -> list[Result]:
    """The optimizer and OR-Tools on ``problem`` with the office's cars, which tie the officers together."""
    found = ours(problem, seconds, seed)
    began = time.perf_counter()
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        routes = pool.submit(sharing_cars, problem, seconds).result()
    took = time.perf_counter() - began
    return [found, judged("OR-Tools routing", problem, plan_of(problem, routes), took)]


def table(results: Sequence[Result]) -> str:
    """The results as a table in Markdown."""
    own = results[0].total
    lines = [
        "| | cost | kilometres | officer days | late | left out | Patithin is | referee | seconds |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: |",
    ]
    for result in results:
        cost = result.plan.cost
        below = "" if result is results[0] else _below(own, result.total)
        verdict = "keeps every rule" if not result.broken else f"{len(result.broken)} broken: {result.broken[0]}"
        lines.append(
            f"| {result.name} | {cost.total:,.2f} | {cost.km:,.2f} | {cost.officer_days:,.0f} | {cost.late:,.0f} "
            f"| {len(result.plan.unplanned)} | {below} | {verdict} | {result.seconds:.1f} |"
        )
    return "\n".join(lines) + "\n"


def _below(own: float, other: float) -> str:
    share = 1 - own / other
    if abs(own - other) <= SAME:
        return "as good"
    return f"{share:.2%} below" if share > 0 else f"{-share:.2%} above"


def main() -> int:
    """Compare as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--office", type=Path, default=SAMPLE)
    chosen = parser.parse_args()
    office = read_office(chosen.office).problem
    problem = common_part(office)
    apart = compared(problem, chosen.seconds, chosen.seed)
    sys.stdout.write(f"Each officer with a car of his or her own:\n\n{table(apart)}\n")
    sys.stdout.write(f"Proven, officer by officer: no plan costs less than {least(problem, chosen.seconds):,.2f}.\n\n")
    tied = sharing(common_part(office, cars=True), chosen.seconds, chosen.seed)
    sys.stdout.write(f"With the cars of the office:\n\n{table(tied)}")
    good = all(
        not result.broken and results[0].total <= result.total + SAME for results in (apart, tied) for result in results
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
