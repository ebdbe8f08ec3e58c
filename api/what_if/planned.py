"""A plan with the case that it was made of, as frames: what an analyst works with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from api.language.names import Names
from api.language.proof import told_gap
from api.language.wording import LangCode, Wording
from api.what_if.costs import costs_by_cooperative
from api.what_if.frames import kept, satang
from api.what_if.reading import Reading
from models import given
from models.costing import kilometres
from models.faults import InvalidInput
from models.isoweeks import week_name
from models.plan import Cost, Plan, Unplanned
from models.problem import Problem
from models.saying import LANGUAGES, both
from optimizer.why.capacity import district_loads, topic_loads, week_loads
from optimizer.why.risk import deputies, risks

if TYPE_CHECKING:
    from api.what_if.cases import Case
    from api.what_if.whys import Why

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
RISKS = ["officer", "week", "moved", "lost", "late_workdays", "kilometres", "baht"]


class Planned:
    """A plan of a case. ``visits``, ``tours`` and ``officers`` are frames with real dates and times; baht and hours.

    ``weeks``, ``topics``, ``districts`` and ``deputies`` tell what the office could still do, and what depends on whom.

    ``plan`` is the plan itself, as :func:`optimizer.solving.solve` makes it and files keep it.
    """

    def __init__(self, case: Case, plan: Plan, lang: LangCode = "en") -> None:
        self.case, self.plan, self.lang = case, plan, lang

    def in_language(self, lang: LangCode) -> Planned:
        """The same with names in Thai (``"th"``) or English (``"en"``).

        Raises:
            InvalidInput: it is another language.
        """
        if lang not in LANGUAGES:
            remedy = both("Give th or en.", "ระบุ th หรือ en")
            raise InvalidInput([given.refused(lang, "in_language", remedy)])
        return Planned(self.case, self.plan, lang)

    @property
    def problem(self) -> Problem:
        """The problem of the case."""
        return self.case.problem

    @property
    def cost(self) -> Cost:
        """What it costs, part by part."""
        return self.plan.cost

    @cached_property
    def stood(self) -> Cost | None:
        """What the published plan would cost by the same account, had it stood; None where nothing is replanned.

        A replanned plan's own cost prices what moves, and only from the change on: its change is measured against this.
        """
        return self.case.stood

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

    @property
    @kept
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
                    "name": self._names.cooperative(visit.cooperative),
                    "district": self._names.district(visit.cooperative),
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

    @property
    @kept
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

    @property
    @kept
    def officers(self) -> pd.DataFrame:
        """A row for each officer, by id: tours, hours against the fair share, visits, leads and days away."""
        rows = []
        for officer in self.problem.officers:
            ours = [tour for tour in self.plan.tours if officer.id in tour.crew]
            hours = sum(tour.worked for tour in ours) / 60
            rows.append(
                {
                    "officer": officer.id,
                    "name": self._names.officer(officer.id),
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

    @property
    @kept
    def weeks(self) -> pd.DataFrame:
        """A row for each week: officer-days that are there, used and free."""
        rows = [
            {"week": week_name(load.week), "there": load.there, "used": load.used, "free": load.free}
            for load in week_loads(self.problem, self.plan)
        ]
        return _frame(rows, WEEKS)

    @property
    @kept
    def topics(self) -> pd.DataFrame:
        """A row for each week and topic: officer-days there, visits that need it, and visits per officer-day."""
        rows = [
            {"week": week_name(load.week), "topic": load.topic, "there": load.there, "visits": load.visits}
            for load in topic_loads(self.problem, self.plan)
        ]
        frame = pd.DataFrame(rows, columns=["week", "topic", "there", "visits"])
        return frame.assign(share=frame["visits"] / frame["there"])

    @property
    @kept
    def districts(self) -> pd.DataFrame:
        """A row for each district: visits planned and left out, and officer-days."""
        loads = district_loads(self.problem, self.plan, self._names.districts())
        return pd.DataFrame.from_dict(
            loads, orient="index", columns=["planned", "left_out", "officer_days"]
        ).rename_axis("district")

    @property
    @kept
    def deputies(self) -> pd.Series[str]:
        """Who could best stand in for the lead of each cooperative; ids, missing where there is nobody."""
        return pd.Series(deputies(self.problem, self.plan), name="deputy", dtype="str").rename_axis("cooperative")

    @property
    @kept
    def cooperatives(self) -> pd.DataFrame:
        """A row for each cooperative: its visits, and the baht that fall on it, dearest first.

        A tour's officers, car and kilometres are shared out over its stops: officers and car evenly, kilometres by how
        far each cooperative is from the office. Overload, changed leads and moves are nobody's share, so that the
        sum is the plan's cost without these.
        """
        return costs_by_cooperative(self.problem, self.plan, self._names)

    def risks(self, officers: str | Iterable[str] | None = None, *, seconds: float = 0.3) -> pd.DataFrame:
        """What a week without an officer would cost, mended with the least disruption; the dearest first.

        A row for each officer (of those named, else all) and week with a tour of theirs: visits that move, and that are
        lost, workdays of lateness, kilometres and baht more than the plan that stood, without what moving costs.

        Raises:
            InvalidInput: an officer is not known, or seconds are none.
        """
        named = None if officers is None else Reading(self.problem, self.case.office).officer_ids(officers, "risks")
        found = risks(self.problem, self.plan, named, seconds=seconds)
        rows = [
            (one.officer, week_name(one.week), one.moved, one.lost, one.late, one.km, satang(one.baht)) for one in found
        ]
        return pd.DataFrame(rows, columns=RISKS)

    def why(self, visit: str, *, seconds: float = 1.0) -> Why:
        """Why a visit, by its id, has its day and crew, each other day's price or rule, and what would mend it.

        ``seconds``: of search for each change that might mend a visit which is late or left out.

        Raises:
            InvalidInput: the visit is not known, or seconds are none.
        """
        from api.what_if.whys import why

        (id_,) = Reading(self.problem, self.case.office).pins([visit], "why")
        return why(self.problem, self.plan, id_, self.case.office, self.lang, given.seconds(seconds))

    @cached_property
    def _names(self) -> Names:
        return Names(self.problem, self.case.office, Wording(self.lang))

    def __repr__(self) -> str:
        planned, total = len(self.problem.visits) - len(self.unplanned), len(self.problem.visits)
        gap = told_gap(self.plan)
        said = [f"{planned} of {total} visits", f"{self.cost.total:,.0f} baht in all"]
        if self.stood is not None:
            said.append(f"{self.cost.total - self.stood.total:+,.0f} against the plan that stood")
        if planned:  # of nothing planned, a gap says nothing
            said.append("gap not known yet" if gap is None else f"gap {gap:.1%}")
        if self.plan.status == "cancelled":
            said.append("ended early")
        return f"Planned({self.case.name}: {', '.join(said)})"

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


def plan_given(one: object, where: str) -> Planned:
    """The plan of a case that ``one`` is.

    Raises:
        InvalidInput: it is none.
    """
    if isinstance(one, Planned):
        return one
    raise InvalidInput([given.refused(one, where, both("Give a plan: office.plan().", "ระบุแผน: office.plan()"))])


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
