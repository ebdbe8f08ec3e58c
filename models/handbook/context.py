"""What a handbook is about: the plan with its problem and the office's names, looked up once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from models.handbook.reports import ASPECTS
from models.office import Aspect, IssueRow, Office
from models.plan import Plan, Tour
from models.problem import Problem, Visit


@dataclass(frozen=True, slots=True)
class Place:
    """Where the plan has a visit: its tour, and when it starts and ends, in minutes since midnight."""

    tour: Tour
    start: float
    end: float

    @property
    def date(self) -> dt.date:
        """The day of the tour."""
        return self.tour.date

    @property
    def crew(self) -> tuple[str, ...]:
        """Who rides."""
        return self.tour.crew


@dataclass(frozen=True)
class Context:
    """One plan of one problem; ``office`` has issues and names where it is known."""

    plan: Plan
    problem: Problem
    office: Office | None = None

    @cached_property
    def aspects(self) -> tuple[Aspect, ...]:
        """The aspects by which the office sees its cooperatives."""
        return (self.office.aspects if self.office else ()) or ASPECTS

    @property
    def illustrative(self) -> bool | None:
        """Whether cooperatives and officers are made up; None where no office says it."""
        return None if self.office is None else self.office.illustrative

    @cached_property
    def cooperatives(self) -> tuple[str, ...]:
        """The ids of the problem's cooperatives, and of those that came into the office's tables after it."""
        rows = self.office.cooperatives if self.office else ()
        return tuple(dict.fromkeys([*self.problem.cooperative_by_id, *(row.id for row in rows)]))

    @cached_property
    def visits(self) -> dict[str, Visit]:
        """The visits by id."""
        return self.problem.visit_by_id

    @cached_property
    def places(self) -> dict[str, Place]:
        """Where the planned visits stand."""
        return {stop.visit: Place(tour, stop.start, stop.end) for tour in self.plan.tours for stop in tour.stops}

    @cached_property
    def issues(self) -> dict[str, IssueRow]:
        """The office's open issues when the plan was made, by id."""
        return {issue.id: issue for issue in self.office.issues} if self.office else {}

    def name_of_new(self, visit: str, number: int) -> str:
        """What the ``number``-th issue found on a visit is called; the month of the plan keeps quarters apart."""
        days = self.problem.workdays
        month = f"{days[0]:%y%m}" if days else "0"
        return f"{visit}-{month}-{number}"

    @cached_property
    def topics(self) -> frozenset[str]:
        """The topics there are: the office's, or those that officers and visits name."""
        if self.office:
            return frozenset(topic.id for topic in self.office.topics)
        return frozenset(self.problem.topics)

    @cached_property
    def ordered(self) -> tuple[Visit, ...]:
        """The visits as they are planned, by date and time; those left out come last, as the problem has them."""

        def when(visit: Visit) -> tuple[dt.date, float, str]:
            place = self.places.get(visit.id)
            return (place.date, place.start, visit.id) if place else (dt.date.max, 0.0, "")

        return tuple(sorted(self.problem.visits, key=when))
