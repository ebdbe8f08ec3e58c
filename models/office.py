"""The office's own tables, as read from a folder or a workbook: what a planner keeps, before it becomes a problem.

Rows hold what the planner wrote; :mod:`models.intake` turns them into a :class:`models.problem.Problem`. Outputs take
names, places and wording from here, since the problem carries ids only.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from models.fields import Id
from models.handbook.policy import NextQuarter, Urgency
from models.hours import Hours
from models.plan import Frozen

Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Standard = Literal["excellent", "very_good", "good", "below"]
Audience = Literal["board", "management", "members"]
CrewNumber = Annotated[int, Field(ge=1, le=20)]
#: how far the content of an issue is: written, then agreed with one after the other, then ready
Readiness = Literal["draft", "management", "board", "members", "ready"]


class DepotRow(Frozen):
    """The office itself: where tours begin and end.

    ``cars`` alike, with ``seats`` each; both None where the table of cars has them by name.
    """

    id: Id
    name_th: str
    name_en: str
    district_th: str = ""
    subdistrict_th: str = ""
    subdistrict_en: str = ""
    province_th: str = ""
    lat: Latitude
    lon: Longitude
    at_centre: bool = False
    cars: Annotated[int, Field(ge=0, le=1_000)] | None = None
    seats: Annotated[int, Field(ge=1, le=100)] | None = None


class CarRow(Frozen):
    """A car by name; ``km`` is baht for a kilometre in it, None for the price of all; ``repair``: days it is away."""

    id: Id
    name_th: str
    name_en: str
    plate: str = ""
    driver: str = ""
    seats: Annotated[int, Field(ge=1, le=100)]
    km: Annotated[float, Field(ge=0, le=10_000)] | None = None
    repair: tuple[dt.date, ...] = ()
    depot: Id


class CooperativeRow(Frozen):
    """A cooperative as the planner keeps it.

    ``board_meeting`` is a monthly rule such as "third Thursday, 10:00"; ``longest_visit`` the minutes that its people
    can spare for one visit, None for the policy's; ``depot`` the office it is visited from, None for any.
    ``at_centre``: its point is the centre of its sub-district, since no other is known, and outputs must say so.
    ``open``: when it can be visited, the lunch of cooperatives already taken out. ``officers``: how many ride to it at
    least; ``never``: who does not.
    """

    id: Id
    name_th: str
    name_en: str
    kind: str
    district_th: str
    district_en: str
    subdistrict_th: str = ""
    subdistrict_en: str = ""
    province_th: str = ""
    lat: Latitude
    lon: Longitude
    at_centre: bool = False
    standard: Standard
    open: Hours | None = None
    closed: tuple[dt.date, ...] = ()
    board_meeting: str | None = None
    longest_visit: Annotated[float, Field(ge=1, le=24 * 60)] | None = None
    officers: CrewNumber | None = None
    never: tuple[Id, ...] = ()
    depot: Id | None = None
    lead: Id | None = None
    current_lead: Id | None = None
    last_visit: dt.date | None = None
    owed_visits: Annotated[int, Field(ge=0, le=50)] = 0


class OfficerRow(Frozen):
    """An officer as the planner keeps them; the position stands on travel requests."""

    id: Id
    name_th: str
    name_en: str
    position_th: str = ""
    position_en: str = ""
    topics: tuple[str, ...]
    depot: Id
    max_days_per_week: Annotated[int, Field(ge=0)] | None = None
    fair_hours: Annotated[float, Field(ge=0)] | None = None


class IssueRow(Frozen):
    """A need or a defect of one cooperative, worth ``sessions`` sessions with its ``audience``."""

    id: Id
    cooperative: Id
    topic: str
    severity: Annotated[int, Field(ge=1, le=5)]
    sessions: Annotated[int, Field(ge=1, le=50)]
    audience: Audience
    due: dt.date | None = None
    content_ready: dt.date | None = None
    readiness: Readiness | None = None
    partner: Id | None = None
    officers: CrewNumber | None = None
    title_th: str = ""
    title_en: str = ""


class Topic(Frozen):
    """A field of advice, with its names."""

    id: Id
    name_th: str
    name_en: str


class Agency(Frozen):
    """A partner agency, with its names."""

    id: Id
    name_th: str
    name_en: str


class Aspect(Frozen):
    """One side of a cooperative's condition that reports of visits judge, with its names."""

    id: Id
    name_th: str
    name_en: str


class LedgerRow(Frozen):
    """What an officer brings along from earlier quarters.

    ``hours`` on tour above (positive) or below the fair share, ``stand_ins`` made for other leads, ``leads_taken`` over
    from others, days on ``duty`` at the office.
    """

    officer: Id
    hours: float = 0.0
    stand_ins: Annotated[int, Field(ge=0)] = 0
    leads_taken: Annotated[int, Field(ge=0)] = 0
    duty: Annotated[int, Field(ge=0)] = 0


class Office(Frozen):
    """Everything outputs need to know of an office besides problem and plan.

    ``illustrative``: cooperatives and officers are made up and every output must say so. ``travel_estimated``:
    distances are straight lines times a factor, not measured roads, and every output that shows them must say so.
    ``map``: GeoJSON FeatureCollection of the districts (properties ``name_th``, ``name_en``), or None.
    """

    name_th: str
    name_en: str
    depots: tuple[DepotRow, ...]
    cars: tuple[CarRow, ...] = ()
    cooperatives: tuple[CooperativeRow, ...]
    officers: tuple[OfficerRow, ...]
    issues: tuple[IssueRow, ...]
    topics: tuple[Topic, ...]
    agencies: tuple[Agency, ...] = ()
    illustrative: bool = False
    travel_estimated: bool = True
    aspects: tuple[Aspect, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()
    urgency: Urgency = Urgency()
    next_quarter: NextQuarter = NextQuarter()
    map: dict[str, Any] | None = None

    @model_validator(mode="before")
    @classmethod
    def _of_before(cls, data: Any) -> Any:
        """An office that was kept when it still had a per diem of its own: the prices say it now."""
        return {key: value for key, value in data.items() if key != "per_diem_baht"} if isinstance(data, dict) else data
