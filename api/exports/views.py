"""The plan in words: stops, tours, days, weeks, officers and cooperatives as outputs show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.exports.directions import Direction, Point
from api.language.names import AgendaItem
from models.hours import Spans
from models.isoweeks import Week
from models.plan import Tour
from models.problem import Visit


def for_board(agenda: Iterable[AgendaItem]) -> bool:
    """Whether one of these matters is for the board, which is told of it at its meeting."""
    return any(item.audience == "board" for item in agenda)


@dataclass(frozen=True, slots=True)
class Person:
    """An officer. ``key`` is short and safe to stand in markup, whatever the id is; ``short`` is for narrow places."""

    id: str
    key: str
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class Destination:
    """A cooperative: its names, where it is (``point`` as latitude, longitude) and who leads it in this plan.

    ``beside`` is the ``place`` as it stands beside the name, without what the name says already.
    """

    id: str
    key: str
    name: str
    short: str
    district: str
    district_key: str
    place: str
    beside: str
    kind: str
    standard: str
    lead: Person | None
    point: Point | None


@dataclass(frozen=True, slots=True)
class StopView:
    """One planned visit. Times are minutes since midnight, ``drive`` minutes and ``km`` from the stop before."""

    visit: Visit
    destination: Destination
    order: int
    arrive: float
    start: float
    end: float
    drive: float
    km: float
    stand_in: bool
    late_days: int
    agenda: tuple[AgendaItem, ...]
    topics: tuple[str, ...]
    partner: str

    @property
    def at_board_meeting(self) -> bool:
        """Whether a matter of the visit is for the board."""
        return for_board(self.agenda)


@dataclass(frozen=True, slots=True)
class TourView:
    """One crew's day in words. ``car`` counts the office's tours of that day from 1, in order of leaving.

    ``vehicle``: the name of the car it takes, with its number ``plate`` where that is known; empty where cars have no
    names. ``driver``: who drives it, where the office says so; where it knows the car (``known_car``) and names nobody,
    an officer does.
    """

    tour: Tour
    depot: str
    depot_point: Point | None
    crew: tuple[Person, ...]
    stops: tuple[StopView, ...]
    car: int
    vehicle: str
    plate: str
    driver: str
    known_car: bool
    km: float
    direction: Direction | None
    keys: str

    @property
    def date(self) -> dt.date:
        """The day of the tour."""
        return self.tour.date

    @property
    def away(self) -> float:
        """Minutes from leaving the office to being back, the break included."""
        return self.tour.return_ - self.tour.depart

    @property
    def points(self) -> list[Point]:
        """The office, the stops and the office again, as far as their places are known."""
        depot = [] if self.depot_point is None else [self.depot_point]
        stops = [stop.destination.point for stop in self.stops if stop.destination.point is not None]
        return [*depot, *stops, *depot] if stops else []


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A visit without a place: the reason's ``code``, and its ``sentence`` in the calendar's language.

    ``title`` says what a code that is known means; it is empty for others. A sentence of another hand stays as it is.
    """

    visit: Visit
    destination: Destination
    agenda: tuple[AgendaItem, ...]
    code: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Late:
    """A planned visit after its due date: by how many workdays, what that costs, and what stood in the way."""

    tour: TourView
    stop: StopView
    baht: float
    reason: str


@dataclass(frozen=True, slots=True)
class DayView:
    """One calendar day of the horizon; ``workday`` False where the office is closed."""

    date: dt.date
    workday: bool
    tours: tuple[TourView, ...]


@dataclass(frozen=True, slots=True)
class WeekView:
    """One ISO week of the horizon: its ``days`` from Monday on that have tours or lie on a weekday."""

    number: Week
    days: tuple[DayView, ...]

    @property
    def tours(self) -> tuple[TourView, ...]:
        """All tours of the week, day by day."""
        return tuple(tour for day in self.days for tour in day.tours)

    @property
    def first(self) -> dt.date:
        """The first day shown."""
        return self.days[0].date

    @property
    def last(self) -> dt.date:
        """The last day shown."""
        return self.days[-1].date


@dataclass(frozen=True, slots=True)
class OfficerView:
    """One officer's plan. ``hours`` are on tours without breaks; ``weekly`` the same by ISO week.

    ``partly``: parts of days, in minutes since midnight, in which the officer is away and not all of the office are.
    """

    person: Person
    topics: tuple[str, ...]
    led: tuple[Destination, ...]
    tours: tuple[TourView, ...]
    absent: frozenset[dt.date]
    partly: Mapping[dt.date, Spans]
    fair_hours: float | None
    hours: float
    weekly: dict[Week, float]
    km: float

    @property
    def visits(self) -> int:
        """Visits the officer takes part in."""
        return sum(len(tour.stops) for tour in self.tours)

    @property
    def stand_ins(self) -> int:
        """Visits of the officer's tours that miss their lead."""
        return sum(stop.stand_in for tour in self.tours for stop in tour.stops)

    @property
    def over(self) -> float:
        """Hours above the fair share; 0 where none is set."""
        return 0.0 if self.fair_hours is None else max(0.0, self.hours - self.fair_hours)


@dataclass(frozen=True, slots=True)
class CooperativeView:
    """One cooperative's plan: its stops with their tours by date, and what was left out."""

    destination: Destination
    stops: tuple[tuple[TourView, StopView], ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class DistrictView:
    """One district: its cooperatives, and the tours that stop there."""

    key: str
    name: str
    cooperatives: tuple[CooperativeView, ...]
    tours: tuple[TourView, ...]
