"""The problem: what is to be visited, by whom, when and at which prices. The file ``problem.json``, one to one.

Distances are kilometres, durations minutes, prices baht. A :class:`Problem` that exists is sound: every reference
leads somewhere and every range runs forward. What is wrong with an input is collected by :mod:`models.reading`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Final, Literal

from pydantic import Field, model_validator

from models.clock import Clock
from models.faults import InvalidInput
from models.fields import AT_LEAST_ONE, NOT_EMPTY, Count, Date, Id, NonNegative, Price, Text, Whole
from models.plan import Frozen, Plan, Tour

PROBLEM_FORMAT: Final = "visit-problem/1"


class Day(Frozen):
    """The office's day: tours run within ``start..end``; the break starts within ``break_earliest..break_latest``."""

    start: Clock
    end: Clock
    max_minutes: NonNegative | None = None
    break_minutes: NonNegative | None = None
    break_earliest: Clock | None = None
    break_latest: Clock | None = None

    @property
    def has_break(self) -> bool:
        """Whether tours over the middle of the day need a break at all."""
        return bool(self.break_minutes)

    @property
    def break_opens(self) -> float:
        """The earliest start of the break, minutes since midnight."""
        return self.start if self.break_earliest is None else self.break_earliest

    @property
    def break_closes(self) -> float:
        """The latest start of the break, minutes since midnight."""
        return self.end if self.break_latest is None else self.break_latest


class Office(Frozen):
    """A depot: ``cars`` tours a day at most (``cars_on`` overrides single days), ``seats`` officers in each."""

    id: Id
    location: Count
    cars: Count
    cars_on: dict[Date, Count] | None = None
    seats: Annotated[Count, Field(ge=1)]
    capacity: NonNegative | None = None

    def cars_of(self, date: dt.date) -> int:
        """Cars that can leave on ``date``."""
        return (self.cars_on or {}).get(date, self.cars)


class Officer(Frozen):
    """A promotion officer: ``topics`` to advise on, days away, and the hours on tours that are a fair share."""

    id: Id
    name: Text | None = None
    office: Id
    topics: tuple[Text, ...]
    absent: tuple[Date, ...] | None = None
    max_days_per_week: Count | None = None
    fair_hours: NonNegative | None = None


class Partner(Frozen):
    """An agency that joins visits on its ``dates``, at most ``per_day`` of them on one date."""

    id: Id
    dates: tuple[Date, ...]
    per_day: Count


class Cooperative(Frozen):
    """A cooperative or farmer group: where it is, when it is open, and who may answer for it."""

    id: Id
    name: Text | None = None
    location: Count
    office: Id | None = None
    open: tuple[Clock, Clock] | None = None
    closed: tuple[Date, ...] | None = None
    min_gap_days: Count | None = None
    rhythms: tuple[tuple[Date, ...], ...] | None = None
    lead: Id | None = None
    current_lead: Id | None = None

    @property
    def gap_days(self) -> int:
        """Calendar days at least between two of its visits."""
        return max(1, self.min_gap_days or 1)


class Visit(Frozen):
    """One appointment: the ``seq``-th of its cooperative, ``minutes`` long, within its dates and times."""

    id: Id
    cooperative: Id
    seq: Whole
    minutes: NonNegative
    priority: Annotated[Count, Field(ge=1, le=5)]
    topics: tuple[Text, ...] | None = None
    earliest: Date | None = None
    due: Date | None = None
    latest: Date | None = None
    window: tuple[Clock, Clock] | None = None
    partner: Id | None = None
    load: NonNegative | None = None
    issues: tuple[Text, ...] | None = None


class Travel(Frozen):
    """Square matrices by location index: driving ``minutes`` and ``km``; may be asymmetric."""

    minutes: tuple[tuple[NonNegative, ...], ...]
    km: tuple[tuple[NonNegative, ...], ...]


class Prices(Frozen):
    """Baht for each unit of each part of the cost; see ``Cost``."""

    km: Price = 0.0
    officer_day: Price = 0.0
    car_day: Price = 0.0
    late_day: Price = 0.0
    unplanned: Price = 0.0
    stand_in: Price = 0.0
    overload_hour: Price = 0.0
    lead_change: Price = 0.0
    moved: Price = 0.0
    moved_soon: NonNegative | None = None

    @property
    def moved_at_short_notice(self) -> float:
        """The price of a move within the notice; the plain price of a move where none is given."""
        return self.moved if self.moved_soon is None else self.moved_soon


class Problem(Frozen):
    """A whole problem. Construct it from trusted parts, or read it with :func:`models.reading.read_problem`."""

    format: Literal["visit-problem/1"] = PROBLEM_FORMAT
    name: Text
    workdays: tuple[Date, ...]
    day: Day
    offices: Annotated[tuple[Office, ...], NOT_EMPTY, Field(json_schema_extra=AT_LEAST_ONE)]
    officers: tuple[Officer, ...]
    partners: tuple[Partner, ...] | None = None
    cooperatives: tuple[Cooperative, ...]
    visits: tuple[Visit, ...]
    travel: Travel
    prices: Prices
    today: Date | None = None
    notice_days: Count | None = None
    published: Plan | None = None
    pins: tuple[Id, ...] | None = None

    @model_validator(mode="after")
    def _sound(self) -> Problem:
        from models.soundness import faults_of

        faults = faults_of(self)
        if faults:
            raise InvalidInput(faults)
        return self

    @cached_property
    def office_by_id(self) -> dict[str, Office]:
        """Offices by id."""
        return {office.id: office for office in self.offices}

    @cached_property
    def officer_by_id(self) -> dict[str, Officer]:
        """Officers by id."""
        return {officer.id: officer for officer in self.officers}

    @cached_property
    def cooperative_by_id(self) -> dict[str, Cooperative]:
        """Cooperatives by id."""
        return {cooperative.id: cooperative for cooperative in self.cooperatives}

    @cached_property
    def visit_by_id(self) -> dict[str, Visit]:
        """Visits by id."""
        return {visit.id: visit for visit in self.visits}

    @cached_property
    def partner_by_id(self) -> dict[str, Partner]:
        """Partners by id."""
        return {partner.id: partner for partner in self.partners or ()}

    @cached_property
    def visits_of(self) -> dict[str, tuple[Visit, ...]]:
        """The visits of each cooperative, by ``seq``."""
        grouped: dict[str, list[Visit]] = {cooperative.id: [] for cooperative in self.cooperatives}
        for visit in self.visits:
            grouped[visit.cooperative].append(visit)
        return {key: tuple(sorted(group, key=lambda visit: visit.seq)) for key, group in grouped.items()}

    @cached_property
    def history(self) -> tuple[Tour, ...]:
        """The published tours before ``today``: they stand as they were."""
        if self.published is None or self.today is None:
            return ()
        return tuple(tour for tour in self.published.tours if tour.date < self.today)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the problem's canonical JSON; equal problems have equal hashes."""
        text = json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def changed(self, **parts: Any) -> Problem:
        """A sound copy with other ``parts``; unlike ``model_copy`` it is checked, and remembers nothing of this one.

        Raises:
            InvalidInput: the changed parts do not fit together.
        """
        return Problem(**({name: getattr(self, name) for name in type(self).model_fields} | parts))

    def published_stops(self) -> Iterator[tuple[Tour, str, float]]:
        """Each published stop as (tour, visit id, start in minutes)."""
        for tour in self.published.tours if self.published else ():
            for stop in tour.stops:
                yield tour, stop.visit, stop.start

    def late_workdays(self, visit: Visit, date: dt.date) -> int:
        """Workdays in ``(due, date]``: how late the visit is on ``date``; 0 without a due date."""
        from bisect import bisect_right

        if visit.due is None or date <= visit.due:
            return 0
        return bisect_right(self.workdays, date) - bisect_right(self.workdays, visit.due)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of ``problem.json``, without the keys that are not given."""
        data: dict[str, Any] = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        return data

    def to_json(self) -> str:
        """The text of ``problem.json``."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n"
