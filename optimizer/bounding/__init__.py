"""What no plan of a problem undercuts: a proven lower bound on the total cost.

``lower_bound`` proves it piece by piece and tells each better one. The mathematics is in ``docs/bounds.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from models.problem import Problem
from optimizer.bounding.generation import Generation
from optimizer.bounding.long_routes import DEPTH
from optimizer.bounding.ng_routes.generation import Generation as NgRoutes
from optimizer.bounding.quick import quick_bound
from optimizer.bounding.relaxed import Relaxed, relax
from optimizer.bounding.routes import MOST_LISTED_STOPS, Routes, list_routes
from optimizer.bounding.trips import Trip as Trip
from optimizer.instance import Frame, frame
from optimizer.stopping import Stopped

#: routes that are listed in advance where these are all
LISTED = 250_000
#: otherwise only those of so few visits, as long as they are no more than that; longer ones are looked for
FEW_STOPS, LISTED_FEW = 2, 600_000
#: visits of a route that is listed at most
LISTED_STOPS = MOST_LISTED_STOPS
#: visits up to which very long tours are looked for by labels
MOST_LABELLED = 800


def lower_bound(
    problem: Problem, *, stop: Callable[[], bool], on_bound: Callable[[float], None] | None = None,
    looked: Callable[[], None] | None = None, again: Callable[[int], bool] | None = None,
    trips: Callable[[], Sequence[Trip]] = tuple,
) -> float | None:  # fmt: skip
    """The best proven bound in baht, or None where nothing above 0 is proven for a problem that has visits to plan.

    ``on_bound`` is told each better bound; ``looked`` is called when anything is proven, better or not. ``trips`` gives
    tours of plans known by the time the work begins. The work ends soon after ``stop`` becomes true, or where
    ``again``, asked after each round with the number of rounds done, says no; rounds follow from no clock.

    Raises:
        InvalidInput: pins of the problem cannot all stand.
    """
    of = frame(problem)
    best: float | None = None
    rounds = 0
    try:
        relaxed = relax(of, stop)
        for bound in _bounds(of, relaxed, trips, stop):
            if bound is not None and (best is None or bound > best) and (bound > 0 or not len(relaxed.visit)):
                best = bound
                if on_bound is not None:
                    on_bound(best)
            if bound is not None and looked is not None:
                looked()
            rounds += 1
            if stop() or (again is not None and not again(rounds)):
                break
    except Stopped:
        pass
    return best


def _bounds(
    of: Frame, relaxed: Relaxed, trips: Callable[[], Sequence[Trip]], stop: Callable[[], bool]
) -> Iterator[float | None]:  # fmt: skip
    """A proven bound for each round of work, or None where a round proved nothing."""
    yield quick_bound(relaxed)
    if not len(relaxed.visit) or not len(relaxed.skills):
        return
    yield None
    few = len(relaxed.visit) <= MOST_LABELLED
    if few and _is_plain(relaxed):
        yield from NgRoutes(relaxed, of).bounds(stop)
        return
    routes, long_from = _listed(relaxed, stop)
    if long_from and relaxed.most_stops > DEPTH:
        if few:
            yield from NgRoutes(relaxed, of).bounds(stop)
        return
    yield from Generation(relaxed, routes, long_from).bounds(trips(), stop)


def _is_plain(relaxed: Relaxed) -> bool:
    """Whether nothing depends on crews, leads, hours or the car, as in the public problems: ng-routes see all else."""
    overloaded = relaxed.overload > 0 and np.isfinite(relaxed.fair).any()
    crews = relaxed.topics.any() or relaxed.barred.any() or (relaxed.crew > 1).any()
    unlike = relaxed.rate.min() < relaxed.rate.max() or relaxed.factor.min() < relaxed.factor.max()
    return not (relaxed.stand_in > 0 or overloaded or crews or unlike)


def _listed(relaxed: Relaxed, stop: Callable[[], bool]) -> tuple[list[Routes], int]:
    """The routes listed in advance, and the number of visits from which on they are not (0: all are listed)."""
    offices = range(len(relaxed.depot))
    for most, stops in ((LISTED, LISTED_STOPS), (LISTED_FEW, min(FEW_STOPS, LISTED_STOPS))):
        listed = [list_routes(relaxed, office, most // len(offices), stop, stops) for office in offices]
        if all(complete for _, complete in listed):
            return [block for blocks, _ in listed for block in blocks], 0
        sizes = min(len(blocks) for blocks, complete in listed if not complete)
        if sizes >= FEW_STOPS:
            break
    sizes = min(sizes, FEW_STOPS)
    return [block for blocks, _ in listed for block in blocks if block.visits.shape[1] <= sizes], sizes + 1
