"""A look at all routes where those of many visits are too many to list: the others are priced, these searched for.

What is found comes into the pool, so from then on every round prices it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from optimizer.bounding.covering import covering
from optimizer.bounding.efforts import Effort
from optimizer.bounding.long_routes import LongRoutes
from optimizer.bounding.long_tasks import ground_of
from optimizer.bounding.prices import Duals
from optimizer.bounding.pricing import Pricer, padded
from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.routes import Routes, routes_from
from optimizer.bounding.staffing import staff_of
from optimizer.instance import Floats, Ints

#: routes found in one look that earn most and are taken into the pool, for each visit of the office
TAKEN_OF_VISIT = 16

#: a route of some office: the number of the office, and the visits as they were found
Known = tuple[int, bytes]


class Looks:
    """Looks of one programme, whose pool is that of ``pricer``.

    ``routes``: all of fewer than ``long_from`` visits; with 0 these are all there are, and nothing is searched for.
    ``known``: long routes that are in the pool already.
    """

    def __init__(
        self, relaxed: Relaxed, pricer: Pricer, routes: list[Routes], long_from: int, known: Iterable[Known] = ()
    ) -> None:
        self._relaxed, self._pricer = relaxed, pricer
        self.known = set(known)
        self._searches = [self._search(f, routes, long_from) for f in range(len(relaxed.depot))] if long_from else []

    def excess(self, duals: Duals, effort: Effort, reach: float, stop: Callable[[], bool]) -> Floats | None:
        """[n] what all routes earn too much at ``duals``, by visit; None where it took more than ``effort`` to know.

        ``reach``: baht of reduced cost up to which routes that earn nothing yet come into the pool as well.

        Raises:
            Stopped: ``stop`` became true.
        """
        prices = self._pricer.prices(duals)
        taken = TAKEN_OF_VISIT * len(self._relaxed.visit)
        listed = self._pricer.earners(duals, stop).earners
        visits, gain, least, complete = [listed.visits], [listed.gain], np.zeros(len(self._relaxed.visit)), True
        for office, search in enumerate(self._searches):
            staff = staff_of(self._relaxed, prices, office)
            if not staff.seats:
                continue
            finds = search.search(prices, staff, reach, effort, stop)
            fresh = self._fresh(office, finds.visits)  # the others are priced among the listed ones, all hours seen
            self._take(office, finds.visits[fresh[np.argsort(finds.cost[fresh], kind="stable")[:taken]]])
            visits.append(finds.visits[fresh])
            gain.append(-finds.cost[fresh])
            least = np.maximum(least, finds.excess)
            complete = complete and finds.complete
        if not complete:
            return None
        width = max(rows.shape[1] for rows in visits)
        return covering(np.concatenate([padded(rows, width) for rows in visits]), np.concatenate(gain), least)

    def _search(self, office: int, routes: list[Routes], long_from: int) -> LongRoutes:
        relaxed = self._relaxed
        people = int((relaxed.base == office).sum())
        ground = ground_of(relaxed, office, routes)
        return LongRoutes(relaxed, ground, long_from, people, min(int(relaxed.seats[office]), people))

    def _fresh(self, office: int, visits: Ints) -> Ints:
        """Which rows of long routes are not in the pool."""
        return np.array([i for i, row in enumerate(visits) if (office, row.tobytes()) not in self.known], np.int64)

    def _take(self, office: int, visits: Ints) -> None:
        """Take long routes into the pool."""
        self.known.update((office, row.tobytes()) for row in visits)
        if len(visits):
            self._pricer.pool += routes_from(self._relaxed, office, visits)
