"""What more workers bring: ``python -m benchmarks.workers [--steps 60000] [--workers 1 2 4 8 16] [-- PROBLEM ...]``.

Every worker takes the same number of steps, whoever has a core, and they exchange plans at fixed steps: a run of
sixteen workers comes to the same plan on two cores as on sixteen, only later. Nothing is proven beside.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.problems import SAMPLES, read
from models.problem import Problem
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import StepLimit


def costs(problem: Problem, workers: int, steps: int, seeds: Sequence[int]) -> list[float]:
    """Baht of a run of each seed in which each of the workers takes ``steps`` steps."""
    return [
        solve(
            problem, Params(seed=seed, workers=workers, deterministic=True, bound_rounds=0), StepLimit(workers * steps)
        ).cost.total
        for seed in seeds
    ]  # fmt: skip


def table(names: Sequence[str], found: dict[int, list[float]], steps: int) -> str:
    """The mean cost of each problem by workers, and how far it lies below that of one worker."""
    least = min(found)
    lines = ["| workers | steps | " + " | ".join(names) + " | mean |", "| ---: | ---: |" + " ---: |" * (len(names) + 1)]
    for workers, costs_ in found.items():
        shares = [100 * (baht / one - 1) for baht, one in zip(costs_, found[least], strict=True)]
        cells = [f"{baht:,.0f} ({share:+.2f} %)" for baht, share in zip(costs_, shares, strict=True)]
        mean = f"{sum(shares) / len(shares):+.2f} %"
        lines.append(f"| {workers} | {workers * steps:,} | " + " | ".join(cells) + f" | {mean} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure as the arguments say, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=60_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4, 8, 16])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument("problems", nargs="*", type=Path, default=SAMPLES)
    given = parser.parse_args()
    problems = [read(path) for path in given.problems]
    found: dict[int, list[float]] = {}
    for workers in given.workers:
        every = [costs(problem, workers, given.steps, given.seeds) for problem in problems]
        sys.stderr.write(f"{workers} {every}\n")
        found[workers] = [sum(runs) / len(runs) for runs in every]
    sys.stdout.write(table([path.stem for path in given.problems], found, given.steps))


if __name__ == "__main__":
    main()
