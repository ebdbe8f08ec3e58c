"""Why a visit is not planned: a true and specific sentence for each, found day by day against the finished plan."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter

import numpy as np

from models.plan import Plan
from models.problem import Cooperative, Office, Officer, Visit
from optimizer.instance import Frame
from optimizer.search.handles import instance_handle
from optimizer.search.timing import work_minutes


def reasons(frame: Frame, plan: Plan, visits: list[Visit]) -> dict[str, str]:
    """A reason for each of ``visits``, which ``plan`` leaves out: ``code: sentence``."""
    situation = _Situation(frame, plan)
    return {visit.id: situation.reason(visit) for visit in visits}


def _span(dates: list[dt.date]) -> str:
    return str(dates[0]) if len(dates) == 1 else f"{dates[0]} and {dates[-1]}"


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

    def reason(self, visit: Visit) -> str:
        """The first rule, in the order a planner would check them, that leaves the visit no day."""
        problem = self.problem
        cooperative = problem.cooperative_by_id[visit.cooperative]
        offices = [office for office in problem.offices if cooperative.office in (None, office.id)]
        days = self._days(visit, cooperative)
        if not days:
            return self._no_day(visit, cooperative)
        if cooperative.rhythms is not None:
            return (
                "no-rhythm: no rhythm of the cooperative has room for all of its visits together "
                "beside the rest of the plan"
            )
        skilled = self._skills(visit, offices)
        if skilled:
            return skilled
        if not any(self._reaches(visit, office) for office in offices):
            return "no-time: the drive there and back, the visit in its hours and the break do not fit into one day"
        causes = Counter(self._cause(visit, cooperative, offices, day) for day in days)
        between = f"between {_span(days)}" if len(days) > 1 else f"on {days[0]}"
        if len(causes) == 1:
            (code,) = causes
            return f"{code.split()[0]}: {self._sentence(code, visit, between)}"
        parts = [f"on {number} {self._short(code, visit)}" for code, number in causes.most_common()]
        return f"no-room: of its {len(days)} possible days {between}, " + "; ".join(parts)

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

    def _no_day(self, visit: Visit, cooperative: Cooperative) -> str:
        days = self.problem.workdays
        first = max([d for d in (visit.earliest, self.problem.today, days[0] if days else None) if d] or [dt.date.min])
        last = visit.latest or (days[-1] if days else first)
        whom = f" and {visit.partner} is free" if visit.partner else ""
        return (
            f"no-day: no workday from {first} to {last} on which cooperative {cooperative.id} can be visited{whom}"
            if first <= last
            else f"no-day: its last possible day, {last}, lies before {first}"
        )

    def _skills(self, visit: Visit, offices: list[Office]) -> str | None:
        """A topic that nobody has, or topics that do not fit into one car."""
        missing: str | None = None
        for office in offices:
            officers = [officer for officer in self.problem.officers if officer.office == office.id]
            lacking = [t for t in visit.topics or () if not any(t in officer.topics for officer in officers)]
            if not officers:
                missing = f"no-officer: office {office.id} has no officers"
            elif lacking:
                missing = f"no-officer: no officer of office {office.id} has topic `{lacking[0]}`"
            else:
                return None
        return missing

    def _reaches(self, visit: Visit, office: Office) -> bool:
        """Whether a tour to the visit alone fits into a day: drive, hours, break and load."""
        inst = self.frame.instance
        index, depot = self.problem.visits.index(visit), self.problem.offices.index(office)
        alone = np.array([index], np.int64)
        work = work_minutes(instance_handle(inst), depot, alone, 1, inst.opens, inst.closes)
        return not math.isinf(work) and float(inst.load[index]) <= float(inst.capacity[depot])

    def _cause(self, visit: Visit, cooperative: Cooperative, offices: list[Office], day: dt.date) -> str:
        """The first thing that stands against the visit on a day."""
        seqs = [(other.seq, self.placed[other.id]) for other in self.problem.visits_of[cooperative.id]
                if other.id in self.placed]  # fmt: skip
        for seq, date in seqs:
            apart = (day - date).days if seq < visit.seq else (date - day).days
            if apart < cooperative.gap_days:
                return "gap"
        if visit.partner and self.met[visit.partner, day] >= self.problem.partner_by_id[visit.partner].per_day:
            return "partner-full"
        if all(self.cars[office.id, day] >= office.cars_of(day) for office in offices):
            return "no-car"
        for topic in visit.topics or ():
            if not any(self._free(officer, day) and topic in officer.topics for officer in self._of(offices)):
                return f"no-officer `{topic}`"
        if not any(self._free(officer, day) for officer in self._of(offices)):
            return "no-officer"
        return "dear"

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

    def _sentence(self, code: str, visit: Visit, between: str) -> str:
        if code.startswith("no-officer `"):
            return f"no officer with topic {code.removeprefix('no-officer ')} is free {between}"
        return {
            "gap": f"the cooperative's other visits leave no day with the gap between visits {between}",
            "partner-full": f"{visit.partner} has no visit left to give {between}",
            "no-car": f"every car is on another tour that cannot take it {between}",
            "no-officer": f"no officer is free {between}",
            "dear": f"no crew and car were found {between} at less than leaving the visit out costs",
        }[code]

    def _short(self, code: str, visit: Visit) -> str:
        if code.startswith("no-officer `"):
            return f"nobody with topic {code.removeprefix('no-officer ')} is free"
        return {
            "gap": "another visit of the cooperative is too near",
            "partner-full": f"{visit.partner} has no visit left to give",
            "no-car": "every car is on another tour that cannot take it",
            "no-officer": "nobody is free",
            "dear": "no crew and car were found at less than leaving the visit out costs",
        }[code]
