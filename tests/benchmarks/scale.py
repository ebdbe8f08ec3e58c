"""How the optimizer does on an office several times the sample's size: first plan, progress, memory.

``python -m benchmarks.scale`` composes an office of 400 cooperatives and 200 officers on the sample's places, solves it
once for each of ``--seconds`` in a process of its own, and prints the figures. It ends with 1 where one is out of
reach.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from api.benching.measuring import Trial, compile_search, measure
from models.intake import read_office

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "khonkaen"
#: what should be reached: seconds to a complete plan, how near a short run's cost comes to a long one's, MB
FIRST_PLAN, NEAR, MEMORY = 30.0, 1.05, 3000.0


@dataclass(frozen=True)
class Scaling:
    """One run for each limit, shortest first."""

    limits: tuple[float, ...]
    runs: tuple[Trial, ...]

    def above_longest(self, run: Trial) -> float | None:
        """The run's cost over that of the longest one."""
        last = self.runs[-1].cost
        return run.cost / last if run.cost is not None and last else None

    @property
    def reached(self) -> bool:
        return all(
            run.failure is None
            and not run.broken
            and (run.first_plan or 0.0) <= FIRST_PLAN
            and (run.memory or 0.0) < MEMORY
            and (self.above_longest(run) or 1.0) <= NEAR
            for run in self.runs
        )


def large_problem(folder: Path, cooperatives: int) -> Path:
    """The problem file of an office with so many cooperatives, composed in ``folder``."""
    subprocess.run([sys.executable, SAMPLE / "larger.py", folder, str(cooperatives)], check=True)
    path = folder / "problem.json"
    path.write_text(read_office(folder).problem.to_json(), encoding="utf-8")
    return path


def scaling(cooperatives: int, limits: Sequence[float], seed: int) -> Scaling:
    """Solve a larger office for each of ``limits`` seconds."""
    # in the root, so that its processes find the packages there and not the tests of the same name
    with chdir(ROOT), tempfile.TemporaryDirectory(prefix="patithin-scale-") as folder:
        compile_search()
        problem = large_problem(Path(folder), cooperatives)
        ordered = tuple(sorted(limits))
        return Scaling(ordered, tuple(measure(problem, seed, seconds, None, None) for seconds in ordered))


def table(scaled: Scaling) -> str:
    """The figures as a table in Markdown."""
    lines = [
        "| limit, s | cost | planned | bound | gap | above the longest | first plan, s | peak memory, MB | referee |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for limit, run in zip(scaled.limits, scaled.runs, strict=True):
        if run.cost is None:
            lines.append(f"| {limit:g} | {run.failure} |")
            continue
        above = scaled.above_longest(run) or 1.0
        bound = "none" if run.bound is None else f"{run.bound:,.0f}"
        gap = "" if run.gap is None else f"{run.gap:.1%}"
        lines.append(
            f"| {limit:g} | {run.cost:,.0f} | {run.planned} of {run.visits} | {bound} | {gap} | {above - 1:.2%} "
            f"| {run.first_plan or 0.0:.1f} | {run.memory or 0.0:,.0f} "
            f"| {'keeps every rule' if not run.broken else run.broken[0]} |"
        )
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cooperatives", type=int, default=400)
    parser.add_argument("--seconds", type=float, nargs="+", default=[120.0, 600.0])
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    scaled = scaling(chosen.cooperatives, chosen.seconds, chosen.seed)
    sys.stdout.write(table(scaled))
    return 0 if scaled.reached else 1


if __name__ == "__main__":
    sys.exit(main())
