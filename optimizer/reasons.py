"""Why a visit is not planned: a true and specific reason for each, found day by day against the finished plan."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from dataclasses import dataclass

import numpy as np

from models.plan import Plan
from models.problem import Cooperative, Office, Officer, Visit
from models.reasons import Fact, Reason, Share, Span
from optimizer.instance import Frame
from optimizer.search.handles import instance_handle
from optimizer.search.one_window import work_minutes
from optimizer.why.alone import smallest_crew


def reasons(frame: Frame, plan: Plan, visits: list[Visit]) -> dict[str, str]:
    """A reason for each of ``visits``, which ``plan`` leaves out, as plan files carry it."""
    situation = _Situation(frame, plan)
    return {visit.id: str(situation.reason(visit)) for visit in visits}


@dataclass(frozen=True, slots=True)
class _Cause:
    """What stands against a visit on a day: the form of a share, and the topic that is lacking."""

    form: str
    topic: str = ""

    def facts(self, visit: Visit) -> dict[str, str]:
        if self.form == "partner-full" and visit.partner is not None:
            return {"partner": visit.partner}
        return {"topic": self.topic} if self.topic else {}


class _Situation:
    """The finished plan, looked up by day and officer."""

    def __init__(self, frame: Frame, plan: Plan) -> None:
        self.frame = frame
        problem = self.problem = frame.problem
        self.busy = {(officer, tour.date) for tour in plan.tours for officer in tour.crew}
        self.weeks = Counter((officer, tour.date.isocalendar()[:2]) for tour in plan.tours for officer in tour.crew)
        self.cars = Counter((tour.office, tour.date) for tour in plan.tours)
        self.placed = {stop.visit: tour.date for tour in plan.tours for stop in tour.stops}
        self.met = Counter(
            (problem.visit_by_id[stop.visit].partner, tour.date) for tour in plan.tours for stop in tour.stops
        )

    def reason(self, visit: Visit) -> Reason:
        """The first rule, in the order a planner would check them, that leaves the visit no day."""
        problem = self.problem
        cooperative = problem.cooperative_by_id[visit.cooperative]
        offices = [office for office in problem.offices if cooperative.office in (None, office.id)]
        days = self._days(visit, cooperative)
        if not days:
            return self._no_day(visit, cooperative)
        if cooperative.rhythms is not None:
            return Reason("no-rhythm")
        never = self._skills(visit, offices) or self._reaches(visit, offices)
        if never is not None:
            return never
        causes = Counter(self._cause(visit, cooperative, offices, day) for day in days)
        if len(causes) == 1:
            (cause,) = causes
            return Reason(cause.form, {**cause.facts(visit), "span": self._span(days)})
        shares = tuple(Share(cause.form, number, cause.facts(visit)) for cause, number in causes.most_common())
        return Reason("no-room", {"number": len(days), "first": days[0], "last": days[-1], "shares": shares})

    def _span(self, days: list[dt.date]) -> Span:
        between = sum(days[0] <= date <= days[-1] for date in self.problem.workdays)
        return Span(days[0], days[-1], None if between == len(days) else len(days))

    def _days(self, visit: Visit, cooperative: Cooperative) -> list[dt.date]:
        problem = self.problem
        partner = problem.partner_by_id[visit.partner] if visit.partner else None
        return [
            date
            for date in problem.workdays
            if (problem.today is None or date >= problem.today)
            and (visit.earliest is None or date >= visit.earliest)
            and (visit.latest is None or date <= visit.latest)
            and date not in (cooperative.closed or ())
            and (partner is None or date in partner.dates)
        ]

    def _no_day(self, visit: Visit, cooperative: Cooperative) -> Reason:
        days = self.problem.workdays
        first = max([d for d in (visit.earliest, self.problem.today, days[0] if days else None) if d] or [dt.date.min])
        last = visit.latest or (days[-1] if days else first)
        if first > last:
            return Reason("no-day-left", {"first": first, "last": last})
        facts: dict[str, Fact] = {"first": first, "last": last, "cooperative": cooperative.id}
        if visit.partner is None:
            return Reason("no-day", facts)
        return Reason("no-day-with-partner", {**facts, "partner": visit.partner})

    def _skills(self, visit: Visit, offices: list[Office]) -> Reason | None:
        """Nobody to send from any office, a topic that nobody there has, or topics that do not fit into one car."""
        missing: Reason | None = None
        for office in offices:
            officers = [officer for officer in self.problem.officers if officer.office == office.id]
            lacking = [t for t in visit.topics or () if not any(t in officer.topics for officer in officers)]
            if not officers:
                missing = Reason("no-officer-at-all", {"office": office.id})
            elif lacking:
                missing = Reason("no-topic-at-all", {"office": office.id, "topic": lacking[0]})
            elif smallest_crew(visit.topics or (), officers, office.most_seats) is None:
                missing = Reason("crew-too-large", {"number": office.most_seats})
            else:
                return None
        return missing

    def _reaches(self, visit: Visit, offices: list[Office]) -> Reason | None:
        """A load above that of every car, or a tour to the visit alone that does not fit into a day."""
        inst = self.frame.instance
        index = self.problem.visits.index(visit)
        depots = [self.problem.offices.index(office) for office in offices]
        able = [depot for depot in depots if float(inst.load[index]) <= float(inst.capacity[depot])]
        if not able:
            return Reason("too-heavy")
        handle, alone = instance_handle(inst), np.array([index], np.int64)
        work = (work_minutes(handle, depot, alone, 1, inst.opens, inst.closes) for depot in able)
        return Reason("no-time") if all(map(math.isinf, work)) else None

    def _cause(self, visit: Visit, cooperative: Cooperative, offices: list[Office], day: dt.date) -> _Cause:
        """The first thing that stands against the visit on a day."""
        seqs = [(other.seq, self.placed[other.id]) for other in self.problem.visits_of[cooperative.id]
                if other.id in self.placed]  # fmt: skip
        for seq, date in seqs:
            apart = (day - date).days if seq < visit.seq else (date - day).days
            if apart < cooperative.gap_days:
                return _Cause("gap")
        if visit.partner and self.met[visit.partner, day] >= self.problem.partner_by_id[visit.partner].per_day:
            return _Cause("partner-full")
        if all(self.cars[office.id, day] >= office.cars_of(day) for office in offices):
            return _Cause("no-car")
        for topic in visit.topics or ():
            if not any(self._free(officer, day) and topic in officer.topics for officer in self._of(offices)):
                return _Cause("no-topic", topic)
        if not any(self._free(officer, day) for officer in self._of(offices)):
            return _Cause("no-officer")
        return _Cause("dear")

    def _of(self, offices: list[Office]) -> list[Officer]:
        ids = {office.id for office in offices}
        return [officer for officer in self.problem.officers if officer.office in ids]

    def _free(self, officer: Officer, day: dt.date) -> bool:
        limit = officer.max_days_per_week
        return (
            day not in (officer.absent or ())
            and (officer.id, day) not in self.busy
            and (limit is None or self.weeks[officer.id, day.isocalendar()[:2]] < limit)
        )
