"""The problem: what is to be visited, by whom, when and at which prices. The file ``problem.json``, one to one.

Distances are kilometres, durations minutes, prices baht. A :class:`Problem` that exists is sound: every reference
leads somewhere and every range runs forward. What is wrong with an input is collected by :mod:`models.reading`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, model_validator

from models.cars import MOST_SEATS
from models.cars import Car as Car
from models.cars import Depot as Depot
from models.cars import NamedCar as NamedCar
from models.clock import Clock, seconds
from models.faults import InvalidInput
from models.fields import AT_LEAST_ONE, NOT_EMPTY, Count, Date, DayCount, Id, NonNegative, Step, Text, Whole
from models.hours import ALL_DAY, Hours, Spans, Stretches, on_weekday, starts_within
from models.plan import Frozen, Plan, Tour
from models.prices import DayRate as DayRate
from models.prices import Prices as Prices
from models.shortest import Matrix, shortest_ways

PROBLEM_FORMAT: Final = "visit-problem/1"

#: how many officers a visit may ask for
CrewSize = Annotated[Count, Field(le=MOST_SEATS)]


class Day(Frozen):
    """The office's day: tours run within ``start..end``; the break starts within ``break_earliest..break_latest``."""

    start: Clock
    end: Clock
    max_minutes: NonNegative | None = None
    break_minutes: NonNegative | None = None
    break_earliest: Clock | None = None
    break_latest: Clock | None = None
    step_minutes: Step | None = None
    slack_minutes: NonNegative | None = None

    @property
    def step(self) -> float:
        """Departures and starts are whole multiples of so many minutes after midnight; 0 for any time."""
        return self.step_minutes or 0.0

    @property
    def slack(self) -> float:
        """Minutes at least between arriving at a cooperative and the start of the visit."""
        return self.slack_minutes or 0.0

    @property
    def break_length(self) -> float:
        """Minutes of the break; 0 for none."""
        return self.break_minutes or 0.0

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


class Busy(Frozen):
    """A part of a day on which an officer cannot be on a tour; touching it is allowed."""

    date: Date
    from_: Clock = Field(alias="from")
    to: Clock

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True)


class Officer(Frozen):
    """A promotion officer: ``topics`` to advise on, days away, and the hours on tours that are a fair share."""

    id: Id
    name: Text | None = None
    office: Id
    topics: tuple[Text, ...]
    absent: tuple[Date, ...] | None = None
    busy: tuple[Busy, ...] | None = None
    max_days_per_week: Count | None = None
    fair_hours: NonNegative | None = None

    def is_absent(self, date: dt.date) -> bool:
        """Whether the officer is away for all of ``date``."""
        return date in (self.absent or ())

    def busy_on(self, date: dt.date) -> Spans:
        """The parts of ``date`` on which the officer is busy, ascending; they may overlap."""
        if not self.busy:
            return ()
        return tuple(sorted((each.from_, each.to) for each in self.busy if each.date == date))

    def is_busy(self, date: dt.date, depart: float, back: float) -> bool:
        """Whether the officer is busy at any moment between ``depart`` and ``back``, to the second."""
        leaves, returns = seconds(depart), seconds(back)
        return any(seconds(first) < returns and leaves < seconds(last) for first, last in self.busy_on(date))

    def free_on(self, date: dt.date) -> Spans:
        """The stretches of ``date`` within which one tour of the officer has to lie; none where he or she is absent."""
        if self.is_absent(date):
            return ()
        free, since = [], ALL_DAY[0]
        for first, last in self.busy_on(date):
            if first >= since:
                free.append((since, first))
            since = max(since, last)
        return (*free, (since, ALL_DAY[1]))


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
    open: Hours | None = None
    closed: tuple[Date, ...] | None = None
    min_gap_days: DayCount | None = None
    rhythms: tuple[tuple[Date, ...], ...] | None = None
    lead: Id | None = None
    current_lead: Id | None = None
    barred: tuple[Id, ...] | None = None

    def stretches(self, date: dt.date) -> Spans:
        """When it is open on ``date``: all day where it says nothing of hours, never on a day it is closed."""
        return () if date in (self.closed or ()) else on_weekday(self.open, date)

    def bars(self, officer: str) -> bool:
        """Whether ``officer`` neither rides to it nor leads it."""
        return officer in (self.barred or ())

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
    crew: CrewSize | None = None
    dates: tuple[Date, ...] | None = None
    earliest: Date | None = None
    due: Date | None = None
    latest: Date | None = None
    window: Stretches | None = None
    partner: Id | None = None
    load: NonNegative | None = None
    issues: tuple[Text, ...] | None = None

    @property
    def windows(self) -> Spans:
        """The stretches of the day in which it may start: all day where it has no window."""
        return (ALL_DAY,) if self.window is None else self.window

    @property
    def crew_size(self) -> int:
        """How many officers ride to it at least."""
        return max(1, self.crew or 1)

    def may_be_on(self, date: dt.date) -> bool:
        """Whether its own dates allow ``date``: ``dates``, ``earliest`` and ``latest``."""
        if self.dates is not None and date not in self.dates:
            return False
        return (self.earliest is None or date >= self.earliest) and (self.latest is None or date <= self.latest)


class Travel(Frozen):
    """Square matrices by location index: driving ``minutes`` and ``km``; may be asymmetric."""

    minutes: tuple[tuple[NonNegative, ...], ...]
    km: tuple[tuple[NonNegative, ...], ...]

    def __eq__(self, other: object) -> bool:
        """Whether the matrices are alike: the array that is worked out of them would raise where it is compared."""
        return isinstance(other, Travel) and (self.minutes, self.km) == (other.minutes, other.km)

    def __hash__(self) -> int:
        return hash((self.minutes, self.km))

    @cached_property
    def shortest_minutes(self) -> Matrix:
        """[n, n] minutes of the shortest way between two locations over any others: no detour is quicker."""
        return shortest_ways(self.minutes)

    def shorten(self, look: Callable[[], None]) -> None:
        """Work :attr:`shortest_minutes` out ahead; what ``look``, called again and again, raises ends that."""
        if "shortest_minutes" not in self.__dict__:
            self.__dict__["shortest_minutes"] = shortest_ways(self.minutes, look)


class Problem(Frozen):
    """A whole problem. Construct it from trusted parts, or read it with :func:`models.reading.read_problem`."""

    format: Literal["visit-problem/1"] = PROBLEM_FORMAT
    name: Text
    workdays: tuple[Date, ...]
    day: Day
    offices: Annotated[tuple[Depot, ...], NOT_EMPTY, Field(json_schema_extra=AT_LEAST_ONE)]
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
    def office_by_id(self) -> dict[str, Depot]:
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
    def topics(self) -> tuple[str, ...]:
        """The topics that there are, each once: those that officers can advise on, then others that visits want."""
        known = [topic for officer in self.officers for topic in officer.topics]
        return tuple(dict.fromkeys(known + [topic for visit in self.visits for topic in visit.topics or ()]))

    @cached_property
    def visits_of(self) -> dict[str, tuple[Visit, ...]]:
        """The visits of each cooperative, by ``seq``."""
        grouped: dict[str, list[Visit]] = {cooperative.id: [] for cooperative in self.cooperatives}
        for visit in self.visits:
            grouped[visit.cooperative].append(visit)
        return {key: tuple(sorted(group, key=lambda visit: visit.seq)) for key, group in grouped.items()}

    def is_past(self, date: dt.date) -> bool:
        """Whether ``date`` lies before ``today``: what stands there stays as it is. Without ``today`` no date does."""
        return self.today is not None and date < self.today

    @cached_property
    def history(self) -> tuple[Tour, ...]:
        """The published tours before ``today``: they stand as they were."""
        if self.published is None:
            return ()
        return tuple(tour for tour in self.published.tours if self.is_past(tour.date))

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

    def starts(self, visit: Visit, date: dt.date) -> Spans:
        """Where ``visit`` may start on ``date`` by rule 3, ascending and disjoint; none where it may not be then."""
        if not visit.may_be_on(date):
            return ()
        stretches = self.cooperative_by_id[visit.cooperative].stretches(date)
        return starts_within(visit.windows, stretches, visit.minutes)

    def cars(self, office: str, date: dt.date) -> tuple[Car, ...]:
        """The cars that can leave ``office`` on ``date``, each with its seats, capacity and price of a kilometre."""
        return self.office_by_id[office].cars_at(date, self.prices.km)

    def car_of(self, tour: Tour) -> Car | None:
        """The car that ``tour`` takes; None where it names one that its office does not have, or none where it must."""
        return self.office_by_id[tour.office].car(tour.car, self.prices.km)

    @property
    def kilometre_prices(self) -> tuple[float, ...]:
        """Baht for a kilometre in each of the cars, once for those alike; the price of all where there are none."""
        price = self.prices.km
        cars = (car for office in self.offices for car in (office.named if office.has_names else (None,)))
        return tuple(price if car is None or car.km is None else car.km for car in cars) or (price,)

    def legs(self, office: str, visits: Iterable[str]) -> list[tuple[int, int]]:
        """The drives of a tour over ``visits`` as pairs of locations: from the office, ..., back to the office."""
        depot = self.office_by_id[office].location
        places = [self.cooperative_by_id[self.visit_by_id[id_].cooperative].location for id_ in visits]
        return list(pairwise([depot, *places, depot]))

    def drives(self, office: str, visits: Iterable[str]) -> list[float]:
        """[n + 1] minutes of the drives of a tour over n ``visits``."""
        return [self.travel.minutes[a][b] for a, b in self.legs(office, visits)]

    def kilometres(self, office: str, visits: Iterable[str]) -> float:
        """Kilometres of a tour over ``visits``."""
        return sum(self.travel.km[a][b] for a, b in self.legs(office, visits))

    def published_stops(self) -> Iterator[tuple[Tour, str, float]]:
        """Each published stop as (tour, visit id, start in minutes)."""
        for tour in self.published.tours if self.published else ():
            for stop in tour.stops:
                yield tour, stop.visit, stop.start

    def late_workdays(self, visit: Visit, date: dt.date) -> int:
        """Workdays in ``(due, date]``: how late the visit is on ``date``; 0 without a due date."""
        if visit.due is None or date <= visit.due:
            return 0
        return bisect_right(self.workdays, date) - bisect_right(self.workdays, visit.due)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of ``problem.json``, without the keys that are not given."""
        data: dict[str, Any] = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        return data

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """What a notebook shows: a line instead of every number of it, which ``repr`` tells."""
        numbers = f"{len(self.cooperatives)} cooperatives, {len(self.officers)} officers, {len(self.visits)} visits"
        printer.text(f"Problem({self.name}: {numbers}, {len(self.workdays)} workdays)")

    def to_json(self) -> str:
        """The text of ``problem.json``."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n"
