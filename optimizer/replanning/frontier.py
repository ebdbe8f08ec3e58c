"""The points between least disruption and cheapest: what each further moved visit buys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from models import given
from models.referee import moved
from optimizer.replanning.proposals import Proposal
from optimizer.replanning.proposing import Mending, left_out
from optimizer.stopping import OnProgress

#: the price of a move, in shares of the office's own, under which plans between the two ends are sought
_SHARES = (4.0, 1.0, 0.5, 0.25, 0.1, 0.03)
#: points that may be asked for
MOST_POINTS = 1_000
#: visits between two points for which one more is sought
_COARSE = 3


@dataclass(frozen=True, slots=True)
class Point:
    """The cheapest plan found that moves at most ``most`` published visits."""

    most: int
    proposal: Proposal


def frontier(
    mending: Mending,
    seconds: float = 1.0,
    points: int = 8,
    on_point: Callable[[Point], None] | None = None,
    on_progress: OnProgress | None = None,
) -> tuple[Point, ...]:
    """Plans that move at most k visits, for growing k, each cheaper to run than the one before.

    The first point is the least disruption; between the points no cheaper plan was found. Fewer moves than the first
    point's ``proposal.least`` are impossible. ``seconds`` go into each of about ``points`` searches.

    Raises:
        InvalidInput: seconds or points cannot be.
    """
    points = given.whole(points, "points", 1, MOST_POINTS)
    least = mending.least_disruption(seconds, on_progress=on_progress)
    mending.cheapest(seconds, on_progress)
    price = mending.problem.prices.moved or mending.problem.prices.km * 20 or 1.0
    for share in _SHARES[: max(0, points - 2)]:
        if not mending.cancel.cancelled:
            mending.search(mending.repriced(moved=price * share, moved_soon=price * share), seconds, on_progress)
    for _ in range(max(0, points - 2 - len(_SHARES)) + 2):
        wanted = _widest(_steps(mending, least))
        if wanted is None or mending.cancel.cancelled:
            break
        few, many = wanted
        extra = sorted({move.visit for move in many.proposal.moves} - {move.visit for move in few.proposal.moves})
        free = frozenset(extra[: len(extra) // 2]) | {move.visit for move in few.proposal.moves}
        mending.search(mending.freed(free), seconds, on_progress)
    found = _steps(mending, least)
    for point in found:
        if on_point is not None:
            on_point(point)
    return found


def _steps(mending: Mending, least: Proposal) -> tuple[Point, ...]:
    """The plans found so far that nothing found undercuts both in moves and in running cost."""
    problem = mending.problem
    lost = left_out(problem, least.plan)
    plans = sorted(
        ((len(moved(problem, plan)), plan.cost.total - plan.cost.moved, number, plan)
         for number, plan in enumerate(mending.plans) if left_out(problem, plan) <= lost),
        key=lambda row: row[:3],
    )  # fmt: skip
    steps: list[Point] = []
    cheapest = float("inf")
    for moves, running, _, plan in plans:
        if running < cheapest - 0.005:
            cheapest = running
            steps.append(Point(moves, mending.proposal("at-most", plan)))
    by_moves: dict[int, Point] = {}
    for point in steps:
        by_moves[point.most] = point
    return tuple(by_moves.values())


def _widest(steps: Iterable[Point]) -> tuple[Point, Point] | None:
    """Two neighbours with many moves and much money between them; None where all are near each other."""
    ordered = list(steps)
    pairs = [(few, many) for few, many in pairwise(ordered) if many.most - few.most > _COARSE]
    return max(pairs, key=lambda pair: pair[0].proposal.running - pair[1].proposal.running, default=None)
