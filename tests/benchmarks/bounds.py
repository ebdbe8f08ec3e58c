"""What is proven of problems: ``python -m benchmarks.bounds [--seconds 60] [--known best_known.csv] problem.json ...``.

Seconds are the processor's, so that other work on the machine counts less. With a table of the best totals known
(columns ``instance`` and ``best_known``), it tells the gaps to them and their mean, and fails where a bound is above
one of them.
"""

from __future__ import annotations

import argparse
import csv
import time
from pathlib import Path

from benchmarks.problems import SAMPLES, read
from models.problem import Problem
from optimizer.bounding import lower_bound

#: share by which published totals may be rounded down
ROUNDED = 1e-5


def measured(problem: Problem, seconds: float) -> tuple[float, float, float]:
    """Baht proven within so long, when the last baht was, and when the proof ended."""
    began = time.process_time()
    last = began

    def at_last(_: float) -> None:
        nonlocal last
        last = time.process_time()

    bound = lower_bound(problem, stop=lambda: time.process_time() - began > seconds, on_bound=at_last)
    return bound or 0.0, last - began, time.process_time() - began


def main() -> None:
    """Measure each problem and print a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--known", type=Path)
    parser.add_argument("problems", nargs="*", type=Path, default=SAMPLES)
    given = parser.parse_args()
    known = {}
    if given.known:
        with given.known.open(encoding="utf-8") as lines:
            known = {row["instance"]: float(row["best_known"]) for row in csv.DictReader(lines)}
    gaps = []
    for path in given.problems:
        bound, last, took = measured(read(path), given.seconds)
        line = f"{path.stem:20} {bound:12,.2f} baht in {last:6.1f} s, of {took:6.1f}"
        if path.stem in known:
            gaps.append(1 - bound / known[path.stem])
            line += f"  {gaps[-1]:7.2%} below {known[path.stem]:,.2f}"
        print(line, flush=True)  # noqa: T201  # what the command says
    if gaps:
        print(f"mean gap of {len(gaps)}: {sum(gaps) / len(gaps):.2%}")  # noqa: T201
    if min(gaps, default=0.0) < -ROUNDED:
        raise SystemExit("a bound is above the best total known")


if __name__ == "__main__":
    main()
