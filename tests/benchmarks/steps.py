"""Steps a second of one searcher: ``python -m benchmarks.steps [--seconds 5] [problem.json or office folder ...]``.

Seconds are the processor's, so that other work on the machine counts less.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from benchmarks.problems import SAMPLES, read
from models.problem import Problem
from optimizer.instance import frame
from optimizer.params import Params
from optimizer.searching import Searcher

#: steps between two looks at the clock
PIECE = 200


def measured(problem: Problem, seconds: float) -> tuple[float, float]:
    """Steps a second while a searcher cools for so long, and the baht of its best plan."""
    of = frame(problem)
    searcher = Searcher(of, Params(), 0)
    began = time.process_time()
    while (spent := time.process_time() - began) < seconds:
        searcher.advance(PIECE, spent / seconds)
    return searcher.steps / spent, float(searcher.best.cost[0]) + of.sunk


def main() -> None:
    """Measure each problem and print a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("problems", nargs="*", type=Path, default=SAMPLES)
    given = parser.parse_args()
    for path in given.problems:
        steps, baht = measured(read(path), given.seconds)
        print(f"{path.stem:20} {steps:9,.0f} steps a second  {baht:12,.2f} baht")  # noqa: T201  # what the command says


if __name__ == "__main__":
    main()
