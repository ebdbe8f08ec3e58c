"""What no plan of a problem undercuts: a proven lower bound on the total cost.

``lower_bound`` proves it piece by piece and tells each better one. The mathematics is in ``docs/bounds.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from models.problem import Problem
from optimizer.bounding.columns import Growth
from optimizer.bounding.larger import DEPTH
from optimizer.bounding.outings import Outings, Stopped, TooManyOutings, outings_of
from optimizer.bounding.quick import quick_bound
from optimizer.bounding.relaxed import Relaxed, relax
from optimizer.instance import frame

#: outings that are all listed in advance; where there are more, only those of up to ``LISTED_STOPS`` visits are
LISTED = 250_000
LISTED_STOPS = 3
#: outings of up to ``LISTED_STOPS`` visits beyond which only the quick bound is given
MOST = 1_000_000


def lower_bound(
    problem: Problem, *, stop: Callable[[], bool], on_bound: Callable[[float], None] | None = None,
    again: Callable[[int], bool] | None = None,
) -> float | None:  # fmt: skip
    """The best proven bound in baht, or None where nothing above 0 is proven for a problem that has visits to plan.

    ``on_bound`` is told each better bound. The work ends soon after ``stop`` becomes true, or where ``again``, asked
    after each round with the number of rounds done, says no; rounds do not hang on any clock.

    Raises:
        InvalidInput: pins of the problem cannot all stand.
    """
    relaxed = relax(frame(problem))
    best: float | None = None
    rounds = 0
    try:
        for bound in _bounds(relaxed, stop):
            if bound is not None and (best is None or bound > best) and (bound > 0 or not len(relaxed.visit)):
                best = bound
                if on_bound is not None:
                    on_bound(best)
            rounds += 1
            if stop() or (again is not None and not again(rounds)):
                break
    except (Stopped, TooManyOutings):
        pass
    return best


def _bounds(relaxed: Relaxed, stop: Callable[[], bool]) -> Iterator[float | None]:
    """A proven bound for each round of work, or None where a round proved nothing."""
    yield quick_bound(relaxed)
    if not len(relaxed.visit) or not len(relaxed.skills) or relaxed.most_stops > DEPTH:
        return
    outings, longer = _listed(relaxed, stop)
    yield None
    yield from Growth(relaxed, outings, longer).bounds(stop)


def _listed(relaxed: Relaxed, stop: Callable[[], bool]) -> tuple[list[Outings], int]:
    """The outings listed in advance, and the number of visits from which on they are not (0: all are listed)."""
    offices = range(len(relaxed.depot))
    try:
        return [block for office in offices for block in outings_of(relaxed, office, LISTED, stop)], 0
    except TooManyOutings:
        blocks = [b for office in offices for b in outings_of(relaxed, office, MOST, stop, LISTED_STOPS)]
        return blocks, LISTED_STOPS + 1
