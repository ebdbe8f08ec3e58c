"""A plan seen by day, week, officer, cooperative and district: what every output is drawn from."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import TypeVar

from api.exports.directions import Point, direction
from api.exports.lateness import why_late
from api.exports.views import (
    CooperativeView,
    DayView,
    Destination,
    DistrictView,
    Late,
    LeftOut,
    OfficerView,
    Person,
    StopView,
    TourView,
    WeekView,
)
from api.language.names import Names
from api.language.proof import proof, told_gap
from api.language.reasons import code_and_sentence
from api.language.texts import TEXTS
from api.language.wording import Wording
from models.faults import InvalidInput
from models.hours import Spans
from models.isoweeks import Week, week_of
from models.office import Office
from models.plan import Plan, Tour
from models.problem import Problem
from models.soundness import plan_faults

K = TypeVar("K")
V = TypeVar("V")


class Calendar:
    """One plan of one problem in one language; ``office`` gives names and places where there is one.

    ``by_hand``: the visits that a planner moved to the day on which they are.

    Raises:
        InvalidInput: the plan names what the problem does not know.
        ValueError: the language is neither "th" nor "en".
    """

    def __init__(
        self, plan: Plan, problem: Problem, office: Office | None, lang: str, by_hand: Collection[str] = ()
    ) -> None:
        faults = list(plan_faults(problem, plan))
        if faults:
            raise InvalidInput(faults)
        self.plan, self.problem, self.office, self.by_hand = plan, problem, office, by_hand
        self.words = Wording(lang)
        self.names = Names(problem, office, self.words)
        depots = office.depots if office else ()
        self.depot_points: dict[str, Point] = {depot.id: (depot.lat, depot.lon) for depot in depots}

    @property
    def illustrative(self) -> bool | None:
        """Whether cooperatives and officers are made up, which every output says; None where no office says it."""
        return None if self.office is None else self.office.illustrative

    @property
    def estimated(self) -> bool | None:
        """Whether distances are estimated, which stands beside every distance; None where no office says it."""
        return None if self.office is None else self.office.travel_estimated

    @property
    def gap(self) -> float | None:
        """How far the plan is from the best there is, at most; None where that is unknown, or too far to help."""
        return told_gap(self.plan)

    @property
    def proof(self) -> list[str]:
        """How good the plan is proven to be, in sentences."""
        return proof(self.words, self.plan)

    @property
    def named_cars(self) -> bool:
        """Whether cars have names, which then stand wherever a car is meant."""
        return any(office.has_names for office in self.problem.offices)

    @property
    def title(self) -> str:
        """The office's name, or the problem's."""
        return self.words.pick(self.office.name_th, self.office.name_en) if self.office else self.problem.name

    @cached_property
    def horizon(self) -> tuple[dt.date, dt.date] | None:
        """The first and last day that count: workdays and days of tours; None where there is neither."""
        dates = {*self.problem.workdays, *(tour.date for tour in self.plan.tours)}
        return (min(dates), max(dates)) if dates else None

    @cached_property
    def people(self) -> dict[str, Person]:
        """Officers by id, in the problem's order."""
        names = self.names
        return {
            officer.id: Person(officer.id, f"o{i}", names.officer(officer.id), names.short_officer(officer.id))
            for i, officer in enumerate(self.problem.officers)
        }

    @cached_property
    def destinations(self) -> dict[str, Destination]:
        """Cooperatives by id, in the problem's order."""
        names = self.names
        districts: dict[str, str] = {}
        result = {}
        for i, cooperative in enumerate(self.problem.cooperatives):
            id_ = cooperative.id
            row = names.cooperative_rows.get(id_)
            district = names.district(id_)
            lead = self.plan.leads.get(id_)
            result[id_] = Destination(
                id=id_,
                key=f"c{i}",
                name=names.cooperative(id_),
                short=names.short_cooperative(id_),
                district=district,
                district_key=districts.setdefault(district, f"d{len(districts)}"),
                place=names.place(id_),
                beside=names.beside(id_),
                kind=names.kind(id_),
                standard=names.standard(id_),
                lead=self.people[lead] if lead is not None else None,
                point=(row.lat, row.lon) if row else None,
            )
        return result

    @cached_property
    def tours(self) -> tuple[TourView, ...]:
        """All tours by date, office and time of leaving."""
        cars: Counter[tuple[str, dt.date]] = Counter()
        result = []
        for tour in sorted(self.plan.tours, key=lambda tour: (tour.date, tour.office, tour.depart, tour.id)):
            cars[tour.office, tour.date] += 1
            result.append(self._tour(tour, cars[tour.office, tour.date]))
        return tuple(result)

    @cached_property
    def days(self) -> tuple[DayView, ...]:
        """Every calendar day of the horizon."""
        if self.horizon is None:
            return ()
        first, last = self.horizon
        workdays = set(self.problem.workdays)
        by_date = _grouped((tour.date, tour) for tour in self.tours)
        dates = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
        return tuple(DayView(date, date in workdays, tuple(by_date.get(date, ()))) for date in dates)

    @cached_property
    def weeks(self) -> tuple[WeekView, ...]:
        """ISO weeks of the horizon; Saturdays and Sundays only where they are workdays or have tours."""
        shown = (day for day in self.days if day.workday or day.tours or day.date.weekday() < 5)
        by_week = _grouped((week_of(day.date), day) for day in shown)
        return tuple(WeekView(number, tuple(days)) for number, days in by_week.items())

    @cached_property
    def officers(self) -> tuple[OfficerView, ...]:
        """Every officer's plan, in the problem's order."""
        tours = _grouped((person.id, tour) for tour in self.tours for person in tour.crew)
        led = _grouped((d.lead.id, d) for d in self.destinations.values() if d.lead is not None)
        result = []
        for officer in self.problem.officers:
            mine = tuple(tours.get(officer.id, ()))
            weekly: defaultdict[Week, float] = defaultdict(float)
            for tour in mine:
                weekly[week_of(tour.date)] += tour.tour.worked / 60
            result.append(
                OfficerView(
                    person=self.people[officer.id],
                    topics=tuple(self.names.topic(topic) for topic in officer.topics),
                    led=tuple(led.get(officer.id, ())),
                    tours=mine,
                    absent=frozenset(officer.absent or ()),
                    partly=self.partly[officer.id],
                    fair_hours=officer.fair_hours,
                    hours=sum(tour.tour.worked for tour in mine) / 60,
                    weekly=dict(weekly),
                    km=sum(tour.km for tour in mine),
                )
            )
        return tuple(result)

    @cached_property
    def partly(self) -> dict[str, dict[dt.date, Spans]]:
        """Parts of days in which each officer is away, within the working day; meetings of a whole office are none."""
        day = self.problem.day
        staff = Counter(officer.office for officer in self.problem.officers)
        away = Counter((one.office, date) for one in self.problem.officers for date in one.absent or ())
        same = Counter((one.office, busy) for one in self.problem.officers for busy in dict.fromkeys(one.busy or ()))
        found: dict[str, dict[dt.date, Spans]] = {}
        for officer in self.problem.officers:
            mine = found.setdefault(officer.id, {})
            for busy in officer.busy or ():
                there = staff[officer.office] - away[officer.office, busy.date]
                span = (max(busy.from_, day.start), min(busy.to, day.end))
                if (there == 1 or same[officer.office, busy] < there) and span[0] < span[1]:
                    mine[busy.date] = (*mine.get(busy.date, ()), span)
        return found

    def away(self, officer: OfficerView, days: Iterable[DayView]) -> str:
        """The workdays among ``days`` on which an officer is away, and the parts of them; empty where none is.

        ``22, 25–26 ต.ค. · 29 ต.ค. 08:30–12:00``.
        """
        workdays = [day.date for day in days if day.workday]
        parts = _grouped((span, date) for date in workdays for span in officer.partly.get(date, ()))
        whole = self.words.dates(date for date in workdays if date in officer.absent)
        said = (
            f"{self.words.dates(dates)} {self.words.clock(first)}–{self.words.clock(last)}"
            for (first, last), dates in parts.items()
        )
        return " · ".join(filter(None, [whole, *said]))

    def days_away(self, officer: OfficerView) -> float:
        """The workdays on which an officer is away; a part of one counts by its share of the working time."""
        day, workdays = self.problem.day, set(self.problem.workdays)
        working = max(1.0, day.end - day.start - day.break_length)
        parts = (
            min(1.0, sum(last - first for first, last in spans) / working)
            for date, spans in officer.partly.items()
            if date in workdays - officer.absent
        )
        return len(officer.absent & workdays) + sum(parts)

    @cached_property
    def cooperatives(self) -> tuple[CooperativeView, ...]:
        """Every cooperative's plan, in the problem's order."""
        stops = _grouped((stop.destination.id, (tour, stop)) for tour in self.tours for stop in tour.stops)
        left = _grouped((item.destination.id, item) for item in self.left_out)
        return tuple(
            CooperativeView(destination, tuple(stops.get(id_, ())), tuple(left.get(id_, ())))
            for id_, destination in self.destinations.items()
        )

    @cached_property
    def districts(self) -> tuple[DistrictView, ...]:
        """The districts in the order of their first cooperative; none where no district is known."""
        by_district = _grouped((c.destination.district_key, c) for c in self.cooperatives if c.destination.district)
        tours = _grouped(
            (key, tour)
            for tour in self.tours
            for key in dict.fromkeys(stop.destination.district_key for stop in tour.stops)
        )
        return tuple(
            DistrictView(key, group[0].destination.district, tuple(group), tuple(tours.get(key, ())))
            for key, group in by_district.items()
        )

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Visits without a place, the most urgent first."""
        result = []
        for item in self.plan.unplanned:
            visit = self.problem.visit_by_id[item.visit]
            code, sentence = code_and_sentence(item.reason, self.names, self.words)
            result.append(
                LeftOut(
                    visit=visit,
                    destination=self.destinations[visit.cooperative],
                    agenda=self.names.agenda(visit),
                    code=code,
                    title=self.words(key) if (key := f"reason_{code}") in TEXTS else "",
                    sentence=sentence,
                )
            )
        return tuple(sorted(result, key=lambda left: -left.visit.priority))

    @cached_property
    def late(self) -> tuple[Late, ...]:
        """Planned visits after their due date, the dearest first."""
        dates = {stop.visit.id: tour.date for tour in self.tours for stop in tour.stops}
        result = [
            Late(
                tour=tour,
                stop=stop,
                baht=stop.late_days * stop.visit.priority * self.problem.prices.late_day,
                reason=why_late(stop.visit, self.problem, dates, self.names, self.words, self.by_hand),
            )
            for tour in self.tours
            for stop in tour.stops
            if stop.late_days
        ]
        return tuple(sorted(result, key=lambda late: (-late.baht, -late.stop.late_days)))

    def _tour(self, tour: Tour, car: int) -> TourView:
        crew = tuple(self.people[id_] for id_ in tour.crew)
        office = self.problem.office_by_id[tour.office]
        here, stops = office.location, []
        travel = self.problem.travel
        km = 0.0
        for order, stop in enumerate(tour.stops, 1):
            visit = self.problem.visit_by_id[stop.visit]
            destination = self.destinations[visit.cooperative]
            there = self.problem.cooperative_by_id[visit.cooperative].location
            km += travel.km[here][there]
            stops.append(
                StopView(
                    visit=visit,
                    destination=destination,
                    order=order,
                    arrive=stop.arrive,
                    start=stop.start,
                    end=stop.end,
                    drive=travel.minutes[here][there],
                    km=travel.km[here][there],
                    stand_in=destination.lead not in crew,
                    late_days=self.problem.late_workdays(visit, tour.date),
                    agenda=self.names.agenda(visit),
                    topics=tuple(self.names.topic(topic) for topic in visit.topics or ()),
                    partner=self.names.partner(visit.partner) if visit.partner else "",
                )
            )
            here = there
        origin = self.depot_points.get(tour.office)
        points = [stop.destination.point for stop in stops if stop.destination.point is not None]
        keys = [p.key for p in crew] + [k for s in stops for k in (s.destination.key, s.destination.district_key)]
        return TourView(
            tour=tour,
            depot=self.names.depot(tour.office),
            depot_point=origin,
            crew=crew,
            stops=tuple(stops),
            car=car,
            vehicle=self.names.car(tour.car) if tour.car else "",
            plate=self.names.plate(tour.car) if tour.car else "",
            driver=self.names.driver(tour.car) if tour.car else "",
            known_car=tour.car is not None and self.names.knows_car(tour.car),
            km=km + travel.km[here][office.location],
            direction=direction(origin, points) if origin else None,
            keys=" ".join(dict.fromkeys(keys)),
        )


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
