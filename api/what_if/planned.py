"""A plan with the case that it was made of, as frames: what an analyst works with."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from api.language.proof import at_most
from api.language.wording import LangCode
from models.plan import Cost, Plan, Tour, Unplanned
from models.problem import Problem
from models.rules.roster import week_name
from optimizer.why.capacity import district_loads, topic_loads, week_loads
from optimizer.why.risk import deputies

if TYPE_CHECKING:
    from api.what_if.cases import Case

#: the columns of each frame, which it has without rows, too
VISITS = [
    "visit",
    "cooperative",
    "name",
    "district",
    "planned",
    "date",
    "start",
    "end",
    "minutes",
    "priority",
    "topics",
    "partner",
    "tour",
    "crew",
    "lead",
    "stand_in",
    "late_workdays",
]
TOURS = [
    "tour",
    "date",
    "office",
    "car",
    "crew",
    "officers",
    "depart",
    "return",
    "hours",
    "worked_hours",
    "kilometres",
    "stops",
    "visits",
]
OFFICERS = [
    "officer",
    "name",
    "office",
    "topics",
    "tours",
    "visits",
    "hours",
    "fair_hours",
    "overload_hours",
    "leads",
    "days_away",
]
WEEKS = ["week", "there", "used", "free"]


class Planned:
    """A plan of a case. ``visits``, ``tours`` and ``officers`` are frames with real dates and times; baht and hours.

    ``weeks``, ``topics``, ``districts`` and ``deputies`` tell what the office could still do, and what depends on whom.

    ``plan`` is the plan itself, as :func:`optimizer.solving.solve` makes it and files keep it.
    """

    def __init__(self, case: Case, plan: Plan, lang: LangCode = "en") -> None:
        self.case, self.plan, self.lang = case, plan, lang

    def in_language(self, lang: LangCode) -> Planned:
        """The same with names in Thai (``"th"``) or English (``"en"``)."""
        return Planned(self.case, self.plan, lang)

    @property
    def problem(self) -> Problem:
        """The problem of the case."""
        return self.case.problem

    @property
    def cost(self) -> Cost:
        """What it costs, part by part."""
        return self.plan.cost

    @property
    def unplanned(self) -> tuple[Unplanned, ...]:
        """The visits that are left out, each with its reason."""
        return self.plan.unplanned

    @property
    def lower_bound(self) -> float | None:
        """Baht that no plan undercuts; None where none was proven."""
        return self.plan.lower_bound

    @property
    def gap(self) -> float | None:
        """(total - lower_bound) / total; None without a bound."""
        return self.plan.gap

    @cached_property
    def visits(self) -> pd.DataFrame:
        """A row for each visit, left out ones too: where and when, by whom, and what is worth a look."""
        problem = self.problem
        placed = {stop.visit: (tour, stop) for tour in self.plan.tours for stop in tour.stops}
        rows = []
        for visit in problem.visits:
            tour, stop = placed.get(visit.id, (None, None))
            lead = self.plan.leads.get(visit.cooperative)
            rows.append(
                {
                    "visit": visit.id,
                    "cooperative": visit.cooperative,
                    "name": self._cooperatives.get(visit.cooperative, visit.cooperative),
                    "district": self._districts.get(visit.cooperative, ""),
                    "planned": tour is not None,
                    "date": _day(tour.date) if tour else pd.NaT,
                    "start": _at(tour.date, stop.start) if tour and stop else pd.NaT,
                    "end": _at(tour.date, stop.end) if tour and stop else pd.NaT,
                    "minutes": visit.minutes,
                    "priority": visit.priority,
                    "topics": ", ".join(visit.topics or ()),
                    "partner": visit.partner or "",
                    "tour": tour.id if tour else "",
                    "crew": " ".join(tour.crew) if tour else "",
                    "lead": lead or "",
                    "stand_in": tour is not None and lead not in tour.crew,
                    "late_workdays": problem.late_workdays(visit, tour.date) if tour else 0,
                }
            )
        return _frame(rows, VISITS)

    @cached_property
    def tours(self) -> pd.DataFrame:
        """A row for each tour, by id: date, office, car, crew, times, hours, kilometres and stops."""
        rows: list[dict[str, object]] = [
            {
                "tour": tour.id,
                "date": _day(tour.date),
                "office": tour.office,
                "car": tour.car or "",
                "crew": " ".join(tour.crew),
                "officers": len(tour.crew),
                "depart": _at(tour.date, tour.depart),
                "return": _at(tour.date, tour.return_),
                "hours": (tour.return_ - tour.depart) / 60,
                "worked_hours": tour.worked / 60,
                "kilometres": kilometres(self.problem, tour),
                "stops": len(tour.stops),
                "visits": " ".join(stop.visit for stop in tour.stops),
            }
            for tour in self.plan.tours
        ]
        return _frame(rows, TOURS)

    @cached_property
    def officers(self) -> pd.DataFrame:
        """A row for each officer, by id: tours, hours against the fair share, visits, leads and days away."""
        rows = []
        for officer in self.problem.officers:
            ours = [tour for tour in self.plan.tours if officer.id in tour.crew]
            hours = sum(tour.worked for tour in ours) / 60
            rows.append(
                {
                    "officer": officer.id,
                    "name": self._officers.get(officer.id, officer.name or officer.id),
                    "office": officer.office,
                    "topics": ", ".join(officer.topics),
                    "tours": len(ours),
                    "visits": sum(len(tour.stops) for tour in ours),
                    "hours": hours,
                    "fair_hours": officer.fair_hours,
                    "overload_hours": max(0.0, hours - officer.fair_hours) if officer.fair_hours is not None else 0.0,
                    "leads": sum(lead == officer.id for lead in self.plan.leads.values()),
                    "days_away": sum(officer.is_absent(day) for day in self.problem.workdays),
                }
            )
        return _frame(rows, OFFICERS)

    @cached_property
    def weeks(self) -> pd.DataFrame:
        """A row for each week: officer-days that are there, used and free."""
        rows = [
            {"week": week_name(load.week), "there": load.there, "used": load.used, "free": load.free}
            for load in week_loads(self.problem, self.plan)
        ]
        return _frame(rows, WEEKS)

    @cached_property
    def topics(self) -> pd.DataFrame:
        """A row for each week and topic: officer-days there, visits that need it, and visits per officer-day."""
        rows = [
            {"week": week_name(load.week), "topic": load.topic, "there": load.there, "visits": load.visits}
            for load in topic_loads(self.problem, self.plan)
        ]
        frame = pd.DataFrame(rows, columns=["week", "topic", "there", "visits"])
        return frame.assign(share=frame["visits"] / frame["there"])

    @cached_property
    def districts(self) -> pd.DataFrame:
        """A row for each district: visits planned and left out, and officer-days."""
        loads = district_loads(self.problem, self.plan, self._districts)
        return pd.DataFrame.from_dict(loads, orient="index", columns=["planned", "left_out", "officer_days"])

    @cached_property
    def deputies(self) -> pd.Series[str]:
        """Who could best stand in for the lead of each cooperative; ids, missing where there is nobody."""
        return pd.Series(deputies(self.problem, self.plan), name="deputy", dtype="str").rename_axis("cooperative")

    @cached_property
    def _cooperatives(self) -> dict[str, str]:
        office = self.case.office
        known = {one.id: one.name or one.id for one in self.problem.cooperatives}
        rows = office.cooperatives if office else ()
        return known | {row.id: (row.name_th if self.lang == "th" else row.name_en or row.name_th) for row in rows}

    @cached_property
    def _districts(self) -> dict[str, str]:
        office = self.case.office
        rows = office.cooperatives if office else ()
        return {row.id: row.district_th if self.lang == "th" else row.district_en for row in rows}

    @cached_property
    def _officers(self) -> dict[str, str]:
        office = self.case.office
        rows = office.officers if office else ()
        return {row.id: (row.name_th if self.lang == "th" else row.name_en or row.name_th) or row.id for row in rows}

    def __repr__(self) -> str:
        planned, total = len(self.problem.visits) - len(self.unplanned), len(self.problem.visits)
        gap = "no bound" if self.gap is None else f"gap {at_most(self.gap):.1%}"
        return f"Planned({self.case.name}: {planned} of {total} visits, {self.cost.total:,.0f} baht in all, {gap})"

    def _repr_html_(self) -> str:
        office = self.case.office
        parts = {
            name: value for name, value in self.cost.model_dump().items() if isinstance(value, int | float) and value
        }
        table = pd.DataFrame({"baht": parts}).round(0).to_html(border=0, float_format=lambda value: f"{value:,.0f}")
        mark = (
            "<p><i>Illustrative data: cooperatives and officers are made up.</i></p>"
            if office and office.illustrative
            else ""
        )
        return f"<p>{_escaped(repr(self))}</p>{table}{mark}"


def kilometres(problem: Problem, tour: Tour) -> float:
    """How far a tour drives."""
    visits, cooperatives = problem.visit_by_id, problem.cooperative_by_id
    home = problem.office_by_id[tour.office].location
    places = [home, *(cooperatives[visits[stop.visit].cooperative].location for stop in tour.stops), home]
    return sum(problem.travel.km[a][b] for a, b in pairwise(places))


def _frame(rows: list[dict[str, object]], columns: list[str]) -> pd.DataFrame:
    """A frame indexed by the first of its columns."""
    return pd.DataFrame(rows, columns=columns).set_index(columns[0])


def _day(date: dt.date) -> pd.Timestamp:
    return pd.Timestamp(date)


def _at(date: dt.date, minutes: float) -> pd.Timestamp:
    return pd.Timestamp(date) + pd.Timedelta(seconds=round(minutes * 60))


def _escaped(text: str) -> str:
    from html import escape

    return escape(text)
