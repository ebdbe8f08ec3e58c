"""What leaving out a ruin operator costs: ``python -m benchmarks.ablation [--steps 200000] [-- PROBLEM ...]``.

Every run takes the same number of steps at the same temperatures, so its cost hangs on nothing but the seed. Each
operator in turn gets weight 0; the last column is its share of a step's time beside the average step's.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.problems import SAMPLES, read
from optimizer.instance import Frame, frame
from optimizer.params import Params
from optimizer.search.ruining import OPERATORS
from optimizer.searching import Searcher

#: pieces in which a run cools
PIECES = 200


def annealed(of: Frame, params: Params, steps: int) -> tuple[float, float]:
    """Baht of the best plan after so many steps of one searcher, and the processor's seconds that they took."""
    searcher = Searcher(of, params, 0)
    began = time.process_time()
    for piece in range(PIECES):
        searcher.advance(max(1, steps // PIECES), piece / PIECES)
    return float(searcher.best.cost[0]) + of.sunk, time.process_time() - began


def without(
    frames: Sequence[Frame], seeds: Sequence[int], steps: int, operators: dict[str, float]
) -> list[list[float]]:
    """[problem][seed] baht of the best plan with these weights; the last row is the seconds of each problem."""
    found = [[annealed(of, Params(seed=seed, operators=operators), steps) for seed in seeds] for of in frames]
    return [[baht for baht, _ in runs] for runs in found] + [[sum(spent for _, spent in runs) for runs in found]]


def table(names: Sequence[str], rows: dict[str, list[list[float]]]) -> str:
    """Per cent by which the mean cost is above that with all operators, and the time for the same steps beside it."""
    whole = rows["none"]
    lines = ["| left out | " + " | ".join(names) + " | mean | time |", "| --- |" + " ---: |" * (len(names) + 2)]
    for name, found in rows.items():
        over = [100 * (sum(runs) / sum(base) - 1) for runs, base in zip(found[:-1], whole[:-1], strict=True)]
        took = sum(found[-1]) / sum(whole[-1])
        cells = [*(f"{each:+.2f} %" for each in [*over, sum(over) / len(over)]), f"{took:.0%}"]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure as the arguments say, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=200_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--operators", nargs="+", default=[operator.name for operator in OPERATORS])
    parser.add_argument("problems", nargs="*", type=Path, default=SAMPLES)
    given = parser.parse_args()
    frames = [frame(read(path)) for path in given.problems]
    rows: dict[str, list[list[float]]] = {}
    for name in ["none", *given.operators]:
        rows[name] = without(frames, given.seeds, given.steps, {} if name == "none" else {name: 0.0})
        sys.stderr.write(f"{name} {rows[name]}\n")
    sys.stdout.write(table([path.stem for path in given.problems], rows))


if __name__ == "__main__":
    main()
