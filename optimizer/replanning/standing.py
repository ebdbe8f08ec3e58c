"""Published visits that may stay: where they stand, and whether several can do so on one tour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from models.clock import ROUNDED
from models.costing import MOVED_MINUTES, answering
from models.hours import ALL_DAY, Span
from models.plan import Tour
from models.problem import Problem
from models.rules.day import fits
from optimizer.why.desk import together


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
            found[visit] = Standing(visit, tour, start, answering(tour.crew, lead))
    return found


class Together:
    """Whether visits can stay on one tour, whatever else it does: ways are the shortest, so leaving out a stop never
    makes a drive longer, and never a time impossible."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._pins = frozenset(problem.pins or ())
        self._fits = cache(self._fits_anew)
        self._after = cache(lambda one, other: self._in_order((one, other)))

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
            fewer = [other for other in some if other != one]
            if fewer and not self.fits(fewer, crew):
                some = fewer
        return some, crew

    def _fits_anew(self, stands: tuple[Standing, ...], crew: frozenset[str]) -> bool:
        date = stands[0].tour.date
        spans = together(self.problem, crew, date)
        return any(self._in_order(order, span) for order in self._orders(stands) for span in spans)

    def _in_order(self, order: Sequence[Standing], span: Span = ALL_DAY) -> bool:
        problem, tour = self.problem, order[0].tour
        visits = [problem.visit_by_id[one.visit] for one in order]
        near = {one.visit: self._near(one) for one in order}
        return fits(problem, visits, tour.date, problem.office_by_id[tour.office], within=span, near=near)

    def _orders(self, stands: Sequence[Standing]) -> Iterator[tuple[Standing, ...]]:
        """The orders in which no two follow each other that cannot."""
        if not stands:
            yield ()
        for one in stands:
            others = [other for other in stands if other is not one]
            if all(self._after(one, other) for other in others):
                for order in self._orders(others):
                    yield one, *order

    def may_meet(self, one: Standing, other: Standing) -> bool:
        """Whether one tour could have both stay."""
        cooperatives = {self.problem.visit_by_id[each.visit].cooperative for each in (one, other)}
        return len(cooperatives) == 2 and (self._after(one, other) or self._after(other, one))

    def _near(self, one: Standing) -> Span:
        """Where it must start to stay: within half an hour, a pinned visit at the second that was told."""
        give = ROUNDED if one.visit in self._pins else MOVED_MINUTES
        return one.start - give, one.start + give
