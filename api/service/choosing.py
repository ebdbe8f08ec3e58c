"""Which part of a calendar: by officer, cooperative, district, day or week."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from api.service.errors import Refused
from api.service.queries import IsoDate, IsoWeek, read_week
from api.storage.problems import Stated
from models.faults import Fault
from models.isoweeks import Week, week_of
from models.plan import Plan, Tour
from models.saying import both

Name = Annotated[str | None, Query(max_length=200)]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The part wanted; None everywhere is the whole calendar."""

    officer: str | None = None
    cooperative: str | None = None
    district: str | None = None
    day: dt.date | None = None
    week: Week | None = None

    def only(self, visit: str, stated: Stated) -> bool:
        """Whether a visit is of the cooperative or the district wanted, where one is."""
        host = stated.problem.visit_by_id[visit].cooperative
        if self.cooperative is not None and host != self.cooperative:
            return False
        return self.district is None or host in _in_district(stated, self.district)

    def tours(self, plan: Plan, stated: Stated) -> Plan:
        """The plan with the tours wanted only, whole: a tour is one drive, whoever asks. Its cost stays the plan's."""
        tours = tuple(tour for tour in plan.tours if self._wants(tour, stated))
        left = tuple(item for item in plan.unplanned if self._concerns(item.visit, plan, stated))
        return plan.model_copy(update={"tours": tours, "unplanned": left})

    def stops(self, plan: Plan, stated: Stated) -> Plan:
        """The plan with the stops wanted only, for what shows single visits."""
        chosen = self.tours(plan, stated)
        cut = [
            tour.model_copy(update={"stops": tuple(stop for stop in tour.stops if self.only(stop.visit, stated))})
            for tour in chosen.tours
        ]
        return chosen.model_copy(update={"tours": tuple(cut)})

    def _wants(self, tour: Tour, stated: Stated) -> bool:
        return (
            (self.officer is None or self.officer in tour.crew)
            and (self.day is None or tour.date == self.day)
            and (self.week is None or week_of(tour.date) == self.week)
            and any(self.only(stop.visit, stated) for stop in tour.stops)
        )

    def _concerns(self, visit: str, plan: Plan, stated: Stated) -> bool:
        if self.day is not None or self.week is not None or not self.only(visit, stated):
            return False
        lead = plan.leads.get(stated.problem.visit_by_id[visit].cooperative)
        return self.officer is None or lead == self.officer


def _in_district(stated: Stated, district: str) -> set[str]:
    rows = stated.office.cooperatives if stated.office else ()
    return {row.id for row in rows if district in (row.district_th, row.district_en)}


async def choice(
    officer: Name = None,
    cooperative: Name = None,
    district: Annotated[str | None, Query(max_length=200, description="Its Thai or English name.")] = None,
    day: Annotated[IsoDate | None, Query()] = None,
    week: Annotated[IsoWeek | None, Query(examples=["2012-W32"])] = None,
) -> Chosen:
    """The choice in a request's query."""
    return Chosen(officer, cooperative, district, day, None if week is None else read_week(week))


_THAI = {"officer": "เจ้าหน้าที่", "cooperative": "สหกรณ์", "district": "อำเภอ"}


def require_known(chosen: Chosen, stated: Stated) -> None:
    """See that what is chosen exists.

    Raises:
        Refused: there is no such officer, cooperative or district.
    """
    problem = stated.problem
    for kind, name, known in (
        ("officer", chosen.officer, chosen.officer in problem.officer_by_id),
        ("cooperative", chosen.cooperative, chosen.cooperative in problem.cooperative_by_id),
        ("district", chosen.district, chosen.district is not None and bool(_in_district(stated, chosen.district))),
    ):
        if name is not None and not known:
            cause = both(f"There is no {kind} {name!r}.", f"ไม่มี{_THAI[kind]} {name!r}")
            raise Refused(404, Fault("id-unknown", kind, cause, both("Name one of the problem.", "ระบุรายการที่มีในแผน")))
