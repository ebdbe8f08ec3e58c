"""What the constraint-programming core brings: ``python -m benchmarks.core [--seconds 20] [problem or folder ...]``.

One searcher cools for so many seconds and leaves its pool. At some moments of that run it stands still, and from its
best plan three go on for a slice of ``--slice`` seconds each: the core with leads free, the core with leads as they
are, and another searcher. Then the run goes on as if nothing had been, so a call's gain is its own. Seconds are the
processor's. With ``--whole`` each problem is solved with the core and without it instead, at equal total time.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.problems import SAMPLES, read
from models.problem import Problem
from optimizer import coring
from optimizer.instance import Frame, frame
from optimizer.params import Params
from optimizer.pool import TourPool
from optimizer.proving.core import Core
from optimizer.search.state import Best
from optimizer.searching import Searcher, copy_rows
from optimizer.solving import solve
from optimizer.stopping import TimeLimit

#: parts of a run at which the core is tried
MOMENTS = (0.5, 1.0)
#: steps between two looks at the clock, and looks between two additions to the pool
PIECE, POOLED = 100, 4


def run(of: Frame, seconds: float, seed: int) -> Iterator[tuple[float, Best, TourPool]]:
    """The best plan and the pool of a searcher at each moment."""
    searcher, pool = Searcher(of, Params(seed=seed), 0), TourPool(of.instance)
    spent, pieces, moments = 0.0, 0, list(MOMENTS)
    while moments:
        began = time.process_time()
        searcher.advance(PIECE, spent / seconds)
        pieces += 1
        if pieces % POOLED == 0:
            searcher.pool(pool)
        spent += time.process_time() - began
        if spent >= moments[0] * seconds:
            yield moments.pop(0), copy_rows(searcher.best), pool


def called(of: Frame, rows: Best, pool: TourPool, length: float, *, free_leads: bool) -> tuple[float, float]:
    """Baht that a call of the core saves, and the seconds that it took."""
    ends = (began := time.process_time()) + length
    better = Core(of, pool, free_leads=free_leads).improve(rows, stop=lambda: time.process_time() > ends, work=None)
    saved = 0.0 if better is None else float(rows.cost[0] - better.cost[0])
    return saved, time.process_time() - began


def searched(of: Frame, rows: Best, length: float, share: float) -> float:
    """Baht that a searcher saves that goes on from the plan for as long."""
    searcher, ends = Searcher(of, Params(seed=99), 0), time.process_time() + length
    searcher.adopt(rows)
    while time.process_time() < ends:
        searcher.advance(PIECE, share)
    return max(0.0, float(rows.cost[0] - searcher.best.cost[0]))


def calls(name: str, problem: Problem, seconds: float, length: float, seed: int) -> None:
    """A line for each moment."""
    of = frame(problem)
    for share, rows, pool in run(of, seconds, seed):
        free, took = called(of, rows, pool, length, free_leads=True)
        fixed, took_fixed = called(of, rows, pool, length, free_leads=False)
        on = searched(of, rows, length, share)
        _row(name, f"{share:.0%}", rows.cost[0] + of.sunk, len(pool), free, took, fixed, took_fixed, on)


def whole(name: str, problem: Problem, seconds: float, seed: int) -> None:
    """A line for the cost with the core and without it."""
    without, with_ = (
        solve(problem, Params(seed=seed, core_share=share), TimeLimit(seconds)).cost.total
        for share in (0.0, Params().core_share)
    )
    _row(name, str(seed), without, with_, f"{100 * (with_ / without - 1):+.2f} %")


def _row(*cells: str | float) -> None:
    """A row of a table in Markdown; small numbers with a decimal."""
    said = (cell if isinstance(cell, str) else f"{cell:,.1f}" if abs(cell) < 100 else f"{cell:,.0f}" for cell in cells)
    print("|", " | ".join(said), "|", flush=True)  # noqa: T201  # what the command says


def main() -> None:
    """Measure each problem and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--slice", type=float, default=4.0)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--everywhere", action="store_true", help="also on offices that are too large for the core")
    parser.add_argument("problems", nargs="*", type=Path, default=SAMPLES)
    given = parser.parse_args()
    if given.everywhere:
        coring.MOST_VISITS = 1_000_000
    heads = ["office", "seed", "without", "with the core", "change"]
    if not given.whole:
        heads = ["office", "done", "cost", "pool", "leads free saves", "s", "leads fixed saves", "s", "search on saves"]
    _row(*heads)
    _row(*["---"] * len(heads))
    for path in given.problems:
        for seed in range(1, given.seeds + 1):
            if given.whole:
                whole(path.stem, read(path), given.seconds, seed)
            else:
                calls(path.stem, read(path), given.seconds, given.slice, seed)


if __name__ == "__main__":
    main()
