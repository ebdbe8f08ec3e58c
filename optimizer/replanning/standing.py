"""Published visits that may stay: where they stand, and whether several can do so on one tour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from models.hours import Spans
from models.plan import Tour
from models.problem import Problem
from models.referee import MOVED_SECONDS
from models.rules.timing import timings
from optimizer.why.desk import together

_HALF_HOUR = MOVED_SECONDS / 60
_HAIR = 1e-6
#: minutes around a pinned start within which every start is written as it
_ROUNDED = 0.499 / 60


@dataclass(frozen=True, slots=True)
class Standing:
    """A published visit from today on: where it stands and who must ride along for it to stay."""

    visit: str
    tour: Tour
    start: float
    answering: frozenset[str]


def standing(problem: Problem) -> dict[str, Standing]:
    """The published visits dated from today on."""
    published, today = problem.published, problem.today or dt.date.min
    found = {}
    for tour, visit, start in problem.published_stops():
        if published is not None and tour.date >= today:
            lead = published.leads.get(problem.visit_by_id[visit].cooperative)
            answering = frozenset([lead]) if lead is not None and lead in tour.crew else frozenset(tour.crew)
            found[visit] = Standing(visit, tour, start, answering)
    return found


class Together:
    """Whether visits can stay on one tour, whatever else it does: ways are the shortest, so leaving out a stop never
    makes a drive longer, and never a time impossible."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.minutes = problem.travel.shortest_minutes
        self._pins = frozenset(problem.pins or ())
        self._fits = cache(self._fits_anew)

    def fits(self, stands: Sequence[Standing], crew: frozenset[str] = frozenset()) -> bool:
        """Whether some times keep every rule of the day, with all of ``crew`` free meanwhile."""
        if len({self.problem.visit_by_id[one.visit].cooperative for one in stands}) < len(stands):
            return False
        return self._fits(tuple(sorted(stands, key=lambda one: (one.start, one.visit))), crew)

    def least_conflict(
        self, stands: Sequence[Standing], crew: frozenset[str]
    ) -> tuple[list[Standing], frozenset[str]] | None:
        """Some of the visits and of the crew that do not fit, where each one less would; None where all fit."""
        if self.fits(stands, crew):
            return None
        for officer in sorted(crew):
            if not self.fits(stands, crew - {officer}):
                crew = crew - {officer}
        some = list(stands)
        for one in stands:
            rest = [other for other in some if other != one]
            if rest and not self.fits(rest, crew):
                some = rest
        return some, crew

    def _fits_anew(self, stands: tuple[Standing, ...], crew: frozenset[str]) -> bool:
        problem, date = self.problem, stands[0].tour.date
        home = problem.office_by_id[stands[0].tour.office].location
        spans = together(problem, crew, date)
        for order in self._orders(stands):
            at = [self._place(one) for one in order]
            drives = [float(self.minutes[a, b]) for a, b in zip([home, *at], [*at, home], strict=True)]
            lasts = [problem.visit_by_id[one.visit].minutes for one in order]
            windows = [self.windows(one) for one in order]
            if any(timings(problem.day, drives, lasts, windows, span) for span in spans):
                return True
        return False

    def _orders(self, stands: Sequence[Standing]) -> Iterator[tuple[Standing, ...]]:
        """The orders in which no two follow each other that cannot."""
        if not stands:
            yield ()
        for one in stands:
            rest = [other for other in stands if other is not one]
            if all(self._after(one, other) for other in rest):
                for order in self._orders(rest):
                    yield one, *order

    def may_meet(self, one: Standing, other: Standing) -> bool:
        """Whether one tour could have both stay, as far as is told at a glance."""
        if self.problem.visit_by_id[one.visit].cooperative == self.problem.visit_by_id[other.visit].cooperative:
            return False
        return self._after(one, other) or self._after(other, one)

    def _after(self, one: Standing, other: Standing) -> bool:
        """Whether ``other`` can come after ``one``, as far as is told at a glance."""
        day, minutes = self.problem.day, self.minutes
        if not self.windows(one) or not self.windows(other):
            return False
        (a, low_a, high_a, long_a), (b, low_b, high_b, long_b) = self._span(one), self._span(other)
        home = self.problem.office_by_id[one.tour.office].location
        first = max(low_a, day.start + minutes[home, a] + day.slack)
        second = max(low_b, first + long_a + minutes[a, b] + day.slack)
        if first > high_a + _HAIR or second > high_b + _HAIR:
            return False
        apart = max(long_a + minutes[a, b] + day.slack, low_b - high_a)
        whole = minutes[home, a] + day.slack + apart + long_b + minutes[b, home]
        back = second + long_b + minutes[b, home]
        return bool(back <= day.end + _HAIR and (day.max_minutes is None or whole <= day.max_minutes + _HAIR))

    def _span(self, one: Standing) -> tuple[int, float, float, float]:
        """Location, earliest and latest start, minutes."""
        windows = self.windows(one)
        return self._place(one), windows[0][0], windows[-1][1], self.problem.visit_by_id[one.visit].minutes

    def windows(self, one: Standing) -> Spans:
        """Where the visit may start and stay."""
        give = _ROUNDED if one.visit in self._pins else _HALF_HOUR
        visit = self.problem.visit_by_id[one.visit]
        near = ((max(low, one.start - give), min(high, one.start + give))
                for low, high in self.problem.starts(visit, one.tour.date))  # fmt: skip
        return tuple((low, high) for low, high in near if low <= high)

    def _place(self, one: Standing) -> int:
        return self.problem.cooperative_by_id[self.problem.visit_by_id[one.visit].cooperative].location
