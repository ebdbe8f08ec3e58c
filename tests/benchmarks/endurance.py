"""Whether a solve lasts: its best cost never rises, a cancel is obeyed at once, and memory does not grow.

``python -m benchmarks.endurance cancels --times 20`` cancels solves of the sample and of a larger office at random
moments; ``python -m benchmarks.endurance long --minutes 30`` watches one long solve. Both end with 1 where something
is out of reach.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median

import psutil

from benchmarks.scale import SAMPLE, large_problem
from models.intake import read_office
from models.plan import Plan
from models.problem import Problem
from models.reading import read_problem
from models.referee import violations
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import AnyOf, Cancel, Progress, TimeLimit

SAMPLE_SIZE = 79
#: seconds within which a cancelled solve should be back
AT_ONCE = 1.0
#: how much larger a process may be in the last tenth of a long solve than in the second tenth
GROWTH = 1.05
#: the limit of a solve that is going to be cancelled: the bound is being proven for most of it
FAR = 3600.0


class Watch:
    """Watches a solve: best cost and how much it ever rose, the bound, and memory once a second."""

    def __init__(self) -> None:
        self.best: float | None = None
        self.bound: float | None = None
        self.rise = 0.0
        self.memory: list[tuple[float, float]] = []
        self._process = psutil.Process()

    def __call__(self, progress: Progress) -> None:
        if self.best is not None and progress.best is not None:
            self.rise = max(self.rise, progress.best - self.best)
        self.best, self.bound = progress.best, progress.bound
        if not self.memory or progress.seconds >= self.memory[-1][0] + 1.0:
            self.memory.append((progress.seconds, self._process.memory_info().rss / 2**20))

    def mean_memory(self, start: float, end: float) -> float:
        """MB on average between two shares of the time watched."""
        last = self.memory[-1][0]
        inside = [size for seconds, size in self.memory if start * last <= seconds <= end * last]
        return fmean(inside) if inside else self.memory[-1][1]

    @property
    def growth(self) -> float:
        """Memory in the last tenth over that in the second tenth."""
        return self.mean_memory(0.9, 1.0) / self.mean_memory(0.1, 0.2)


@dataclass(frozen=True, slots=True)
class Cancelled:
    """One cancelled solve: when, how long it took to return, and what is wrong with what it returned."""

    after: float
    latency: float
    bound: float | None
    faults: tuple[str, ...]


def cancelled(problem: Problem, after: float, seed: int) -> Cancelled:
    """Solve ``problem`` and cancel ``after`` so many seconds."""
    cancel, watch = Cancel(), Watch()
    asked: list[float] = []

    def ask() -> None:
        asked.append(time.monotonic())
        cancel.cancel()

    timer = threading.Timer(after, ask)
    timer.start()
    plan = solve(problem, Params(seed=seed), AnyOf(TimeLimit(FAR), cancel), watch)
    returned = time.monotonic()
    timer.cancel()
    ended = asked[0] if asked else returned  # a small problem may be solved before it is cancelled
    return Cancelled(after, returned - ended, plan.lower_bound, tuple(_faults(problem, plan, watch)))


def _faults(problem: Problem, plan: Plan, watch: Watch) -> list[str]:
    faults = [str(violation) for violation in violations(problem, plan)]
    if watch.rise > 0:
        faults.append(f"the best cost rose by {watch.rise}")
    if watch.best is not None and plan.cost.total > watch.best + 0.01:
        faults.append(f"the plan costs {plan.cost.total}, the best one told of {watch.best}")
    return faults


def cancels(problem: Problem, moments: Sequence[float], seed: int) -> list[Cancelled]:
    """Cancel a solve after each of ``moments`` seconds, each with a seed of its own."""
    return [cancelled(problem, after, seed + number) for number, after in enumerate(moments)]


def told(name: str, found: Sequence[Cancelled]) -> str:
    """What the cancels came to, in words."""
    late = [each for each in found if each.latency > AT_ONCE or each.faults]
    worst = max(found, key=lambda each: each.latency)
    lines = [
        f"{name}: {len(found)} cancels after {min(e.after for e in found):.1f} to {max(e.after for e in found):.1f} s; "
        f"back after {median(e.latency for e in found):.3f} s (median), {worst.latency:.3f} s at most"
    ]
    lines += [f"  after {each.after:.2f} s: back after {each.latency:.2f} s; {'; '.join(each.faults)}" for each in late]
    return "\n".join(lines) + "\n"


def long_run(problem: Problem, seconds: float, seed: int) -> tuple[Plan, Watch]:
    """Solve for so many seconds under watch."""
    watch = Watch()
    return solve(problem, Params(seed=seed), TimeLimit(seconds), watch), watch


def long_told(plan: Plan, watch: Watch) -> str:
    """What the long run came to, in words."""
    tenths = ", ".join(f"{watch.mean_memory(share / 10, (share + 1) / 10):.0f}" for share in range(10))
    bound = "none" if plan.lower_bound is None else f"{plan.lower_bound:,.2f}"
    return (
        f"cost {plan.cost.total:,.2f}, bound {bound}; the best cost rose by {watch.rise:g}\n"
        f"memory in tenths of the time, MB: {tenths}; the last is {watch.growth:.3f} times the second\n"
    )


def office(cooperatives: int) -> Problem:
    """The sample's problem, or that of an office with so many cooperatives on its places."""
    if cooperatives == SAMPLE_SIZE:
        return read_office(SAMPLE).problem
    with tempfile.TemporaryDirectory(prefix="patithin-endurance-") as folder:
        return read_problem(large_problem(Path(folder), cooperatives))


def main() -> int:
    """Measure as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", choices=("cancels", "long"))
    parser.add_argument("--cooperatives", type=int, nargs="+", default=[SAMPLE_SIZE, 400], help="of each office")
    parser.add_argument("--times", type=int, default=20, help="cancels of each office")
    parser.add_argument("--within", type=float, default=30.0, help="seconds within which a solve is cancelled")
    parser.add_argument("--minutes", type=float, default=30.0, help="of a long solve; the first office's")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    if chosen.work == "long":
        plan, watch = long_run(office(chosen.cooperatives[0]), chosen.minutes * 60, chosen.seed)
        sys.stdout.write(long_told(plan, watch))
        return 0 if watch.rise <= 0 and watch.growth <= GROWTH else 1
    good = True
    for cooperatives in chosen.cooperatives:
        draw = random.Random(chosen.seed)
        moments = sorted(draw.uniform(0.0, chosen.within) for _ in range(chosen.times))
        found = cancels(office(cooperatives), moments, chosen.seed)
        sys.stdout.write(told(f"{cooperatives} cooperatives", found))
        sys.stdout.flush()
        good = good and all(each.latency <= AT_ONCE and not each.faults for each in found)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
