"""What forbids a visit on a day in every plan: the rules that hold even where it is the only visit of its tour.

Everything here is sound: where :meth:`Alone.forbids` names a rule, no plan at all has the visit on that day.
"""

from __future__ import annotations

import datetime as dt

from models.hours import Span
from models.problem import Problem, Visit
from models.rules import Finding, Roster, stands_against
from models.rules.day import fits


class Alone:
    """A problem seen visit by visit, beside nothing but what stands in every plan; what is worked out once is kept."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.roster = Roster.firm(problem)
        self._known: dict[tuple[str, dt.date], Finding | None] = {}

    def forbids(self, visit: Visit, date: dt.date, start: Span | None = None) -> Finding | None:
        """The rule that keeps the visit from the day in every plan, or None; ``start`` narrows when it may begin."""
        key = visit.id, date
        if key not in self._known:
            self._known[key] = next(stands_against(self.roster, visit, date), None)
        if self._known[key] is None and start is not None:
            offices = self.roster.offices(visit)
            if not any(fits(self.problem, [visit], date, office, near={visit.id: start}) for office in offices):
                return Finding("no-time")
        return self._known[key]

    def impossible(self, visit: Visit) -> list[tuple[dt.date, Finding]] | None:
        """For each workday the rule that forbids the visit on it, where each day is forbidden; else None."""
        if visit.id in self.roster.past:
            return None
        found = []
        for date in self.problem.workdays:
            finding = self.forbids(visit, date)
            if finding is None:
                return None
            found.append((date, finding))
        return found
