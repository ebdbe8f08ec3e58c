"""Who is where when in a plan, and what a visit, an officer, a car and a partner still have."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from models.cars import Car
from models.isoweeks import Week, week_of
from models.plan import Plan, Tour
from models.problem import Cooperative, Depot, Officer, Problem, Visit


class Roster:
    """The tours of a plan, looked up by officer, car, partner, cooperative and day.

    A *firm* roster holds only what stands in every plan: history, and the dates of pinned visits. What stands against a
    visit beside a firm roster stands against it in every plan.
    """

    def __init__(
        self, problem: Problem, tours: Iterable[Tour], *, firm: bool = False, dates: dict[str, dt.date] | None = None
    ) -> None:
        self.problem, self.is_firm = problem, firm
        self.tours: list[Tour] = []
        self.date_of: dict[str, dt.date] = dict(dates or {})
        self.tour_of: dict[str, Tour] = {}
        self.past = {stop.visit: tour.date for tour in problem.history for stop in tour.stops}
        self._on: set[tuple[str, dt.date]] = set()
        self._weeks: Counter[tuple[str, Week]] = Counter()
        self._by_day: defaultdict[tuple[str, dt.date], list[Tour]] = defaultdict(list)
        self._staff: dict[tuple[str, dt.date], list[Officer]] = {}
        for tour in tours:
            self.add(tour)

    def add(self, tour: Tour) -> None:
        """Let one more tour stand."""
        self.tours.append(tour)
        self._by_day[tour.office, tour.date].append(tour)
        for officer in tour.crew:
            self._on.add((officer, tour.date))
            self._weeks[officer, week_of(tour.date)] += 1
        for stop in tour.stops:
            self.date_of[stop.visit], self.tour_of[stop.visit] = tour.date, tour
        self._staff.clear()
        for known in ("_met", "minutes_on_tours"):
            self.__dict__.pop(known, None)

    @classmethod
    def of(cls, problem: Problem, plan: Plan) -> Roster:
        """The roster of a whole plan."""
        return cls(problem, plan.tours)

    @classmethod
    def firm(cls, problem: Problem) -> Roster:
        """What stands in every plan of ``problem``."""
        pins = set(problem.pins or ())
        pinned = {visit: tour.date for tour, visit, _ in problem.published_stops() if visit in pins}
        return cls(problem, problem.history, firm=True, dates=pinned)

    @cached_property
    def pinned(self) -> dict[str, tuple[Tour, float]]:
        """The published tour and start of each pinned visit."""
        pins = set(self.problem.pins or ())
        return {visit: (tour, start) for tour, visit, start in self.problem.published_stops() if visit in pins}

    @cached_property
    def workdays(self) -> frozenset[dt.date]:
        """The days that exist."""
        return frozenset(self.problem.workdays)

    # -- a visit ----------------------------------------------------------------------------------------------------

    def cooperative(self, visit: Visit) -> Cooperative:
        """The cooperative that the visit is at."""
        return self.problem.cooperative_by_id[visit.cooperative]

    def siblings(self, visit: Visit) -> list[tuple[Visit, dt.date]]:
        """The other visits of its cooperative that have a date, by ``seq``, with that date."""
        own = self.problem.visits_of[visit.cooperative]
        return [(other, self.date_of[other.id]) for other in own if other.id != visit.id and other.id in self.date_of]

    def offices(self, visit: Visit) -> list[Depot]:
        """The offices that the visit may be made from."""
        wanted = self.cooperative(visit).office
        return [office for office in self.problem.offices if wanted in (None, office.id)]

    # -- a day ------------------------------------------------------------------------------------------------------

    def tours_on(self, office: str, date: dt.date) -> list[Tour]:
        """The tours of an office on a day."""
        return self._by_day.get((office, date), [])

    def cars_left(self, office: str, date: dt.date) -> list[Car]:
        """The cars of an office that no tour takes that day."""
        tours = self.tours_on(office, date)
        cars = list(self.problem.cars(office, date))
        if not self.problem.office_by_id[office].has_names:
            return cars[len(tours) :]
        taken = {tour.car for tour in tours}
        return [car for car in cars if car.id not in taken]

    def seats_left(self, office: str, date: dt.date) -> int:
        """Seats of the largest car of an office that no tour takes that day; 0 where there is none."""
        return max((car.seats for car in self.cars_left(office, date)), default=0)

    def drives(self, tour: Tour) -> list[float]:
        """[n + 1] minutes of the tour's drives: from its office to the first of n stops, ..., back from the last."""
        return self.problem.drives(tour.office, [stop.visit for stop in tour.stops])

    def meetings_left(self, partner: str, date: dt.date) -> int:
        """Visits that the partner can still join that day; history does not count."""
        agency = self.problem.partner_by_id[partner]
        if date not in agency.dates:
            return 0
        return agency.per_day - self._met[partner, date]

    @cached_property
    def _met(self) -> Counter[tuple[str, dt.date]]:
        visits = self.problem.visit_by_id
        met = ((visits[id_].partner, date) for id_, date in self.date_of.items() if id_ not in self.past)
        return Counter((partner, date) for partner, date in met if partner is not None)

    # -- an officer -------------------------------------------------------------------------------------------------

    def is_on_tour(self, officer: str, date: dt.date) -> bool:
        """Whether the officer is on a tour that day."""
        return (officer, date) in self._on

    def is_on_other_tour(self, officer: str, tour: Tour) -> bool:
        """Whether the officer is on a tour that day that is not ``tour``."""
        offices = (office.id for office in self.problem.offices)
        others = (other for office in offices for other in self.tours_on(office, tour.date) if other.id != tour.id)
        return self.is_on_tour(officer, tour.date) and any(officer in other.crew for other in others)

    def week_left(self, officer: Officer, date: dt.date, but: Tour | None = None) -> float:
        """Tours that the officer may still make in the week of ``date``; infinite without a limit.

        ``but``: a tour of that week that is not counted, or the one of its id that stands for it.
        """
        if officer.max_days_per_week is None:
            return float("inf")
        made = self._weeks[officer.id, week_of(date)]
        if but is not None:
            made -= sum(one.id == but.id and officer.id in one.crew for one in self.tours_on(but.office, but.date))
        return officer.max_days_per_week - made

    def tours_ahead(self, officer: Officer, days: Iterable[dt.date]) -> int:
        """How many tours the officer could still make on ``days``, by absences, tours and weekly limits."""
        free = Counter(week_of(date) for date in days if self.is_free(officer, date))
        a_day = {week_of(date): date for date in days}
        return sum(int(min(number, self.week_left(officer, a_day[week]))) for week, number in free.items())

    def is_free(self, officer: Officer, date: dt.date) -> bool:
        """Whether the officer could still go on a tour that day, as far as days tell; not as hours do."""
        return (
            not officer.is_absent(date)
            and not self.is_on_tour(officer.id, date)
            and self.week_left(officer, date) > 0
        )  # fmt: skip

    def staff(self, office: str, date: dt.date) -> list[Officer]:
        """The officers of an office who could still go on a tour that day."""
        key = office, date
        if key not in self._staff:
            self._staff[key] = [one for one in self._people.get(office, ()) if self.is_free(one, date)]
        return self._staff[key]

    def people(self, office: str) -> list[Officer]:
        """All officers of an office."""
        return self._people.get(office, [])

    @cached_property
    def _people(self) -> dict[str, list[Officer]]:
        found: dict[str, list[Officer]] = {}
        for officer in self.problem.officers:
            found.setdefault(officer.office, []).append(officer)
        return found

    @cached_property
    def minutes_on_tours(self) -> dict[str, float]:
        """Minutes of each officer on tours, breaks left out."""
        worked = {officer.id: 0.0 for officer in self.problem.officers}
        for tour in self.tours:
            for officer in tour.crew:
                worked[officer] += tour.worked
        return worked
