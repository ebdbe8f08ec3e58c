"""Find a suitable day: every place for a visit while the rest of the plan stays, with its price, or what forbids it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations

from models.cars import Car
from models.costing import Costing
from models.hours import Span
from models.plan import COST_PARTS, Plan, Tour, tour_id
from models.problem import Officer, Problem, Visit
from models.rules import Finding, against_tour, on_day, stands_against
from models.rules.barred import barred_from
from models.rules.timing import Times, tour_of
from optimizer.why.alone import Alone
from optimizer.why.desk import Desk, times_of, together

#: digits of a baht that tell slots apart: those alike are taken in the order of tour and crew
GRAIN = 6


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a visit: its day, the tour it joins (None: one of its own), crew, and times in minutes.

    ``baht`` is what the whole plan then costs more than it does now, ``parts`` the same by part of the cost.
    """

    date: dt.date
    joins: str | None
    crew: tuple[str, ...]
    start: float
    end: float
    baht: float
    parts: dict[str, float]
    made: Callable[[], Plan] = field(repr=False, compare=False)

    @property
    def plan(self) -> Plan:
        """The whole plan with the visit there; made now, since of many places few are taken."""
        return self.made()


@dataclass(frozen=True, slots=True)
class DaySlots:
    """One workday for a visit: the cheapest slot first, or the finding that keeps it from the day.

    ``absolute``: the finding holds in every plan, not only while the rest of this one stays.
    """

    date: dt.date
    slots: tuple[Slot, ...]
    finding: Finding | None
    absolute: bool


class Slots:
    """Finds slots in one plan of one problem; what is worked out once serves every visit."""

    def __init__(self, problem: Problem, plan: Plan, alone: Alone | None = None) -> None:
        self.problem, self.plan = problem, plan
        self.alone = alone or Alone(problem)
        self._costing = Costing(problem)

    def of(self, plan: Plan) -> Slots:
        """The slots of another plan of the same problem; what was worked out of the problem serves it as well."""
        other = copy(self)
        other.plan = plan
        return other

    def days(self, visit: Visit, dates: Iterable[dt.date] | None = None) -> list[DaySlots]:
        """Every workday from today on (or each of ``dates``), with the slots it has for ``visit``."""
        desk = Desk(self.problem, self.plan, visit, self._costing)
        today = self.problem.today or dt.date.min
        wanted = self.problem.workdays if dates is None else sorted(set(dates) & set(self.problem.workdays))
        return [self._day(desk, date) for date in wanted if date >= today]

    def best(self, visit: Visit, dates: Iterable[dt.date] | None = None) -> Slot | None:
        """The cheapest slot, the earliest among equals."""
        found = [day.slots[0] for day in self.days(visit, dates) if day.slots]
        return min(found, key=lambda slot: (round(slot.baht, 2), slot.date), default=None)

    def _day(self, desk: Desk, date: dt.date) -> DaySlots:
        forbidden = self.alone.forbids(desk.visit, date)
        if forbidden is not None:
            return DaySlots(date, (), forbidden, True)
        blocked = next(on_day(desk.roster, desk.visit, date), None)
        if blocked is not None:
            return DaySlots(date, (), blocked, False)
        if desk.visit.id in (self.problem.pins or ()):
            return DaySlots(date, tuple(self._now(desk, date)), None, False)
        slots = sorted(
            _unique([*self._now(desk, date), *self._slots(desk, date)]),
            key=lambda slot: (slot.baht, slot.joins or "", slot.crew),
        )
        if slots:
            return DaySlots(date, tuple(slots), None, False)
        return DaySlots(date, (), _why_none(desk, date), False)

    def _now(self, desk: Desk, date: dt.date) -> Iterator[Slot]:
        """Where the visit stands now, at no change of cost."""
        tour = desk.stood
        if tour is not None and tour.date == date:
            stop = next(stop for stop in tour.stops if stop.visit == desk.visit.id)
            joins = tour.id if len(tour.stops) > 1 else None
            yield Slot(date, joins, tour.crew, stop.start, stop.end, 0.0, {}, lambda: self.plan)

    def _slots(self, desk: Desk, date: dt.date) -> Iterator[Slot]:
        return (self._slot(desk, made, replaces) for made, replaces in places(desk, date))

    def _slot(self, desk: Desk, made: Tour, replaces: Tour | None) -> Slot:
        cost = desk.cost_with(made, replaces)
        stop = next(stop for stop in made.stops if stop.visit == desk.visit.id)
        parts = {part: getattr(cost, part) - getattr(self.plan.cost, part) for part in COST_PARTS}
        return Slot(
            date=made.date,
            joins=replaces.id if replaces else None,
            crew=made.crew,
            start=stop.start,
            end=stop.end,
            baht=round(cost.total - self.plan.cost.total, GRAIN),
            parts={part: baht for part, baht in parts.items() if abs(baht) > 0.005},
            made=partial(desk.with_tour, made, replaces),
        )


def _unique(slots: Iterable[Slot]) -> list[Slot]:
    """The cheapest slot of each tour that can be joined, and of a tour of its own."""
    best: dict[str | None, Slot] = {}
    for slot in slots:
        if slot.joins not in best or slot.baht < best[slot.joins].baht:
            best[slot.joins] = slot
    return list(best.values())


def places(desk: Desk, date: dt.date) -> Iterator[tuple[Tour, Tour | None]]:
    """Tours that take the visit in on a day, each with the tour that it replaces; None for a tour of its own."""
    for office in desk.roster.offices(desk.visit):
        for tour in desk.roster.tours_on(office.id, date):
            for made in _joined(desk, tour):
                if not against_tour(desk.roster, desk.visit, made):
                    yield made, tour
        for made in _own(desk, office.id, date):
            if not against_tour(desk.roster, desk.visit, made):
                yield made, None


def _own(desk: Desk, office: str, date: dt.date) -> Iterator[Tour]:
    """Tours to the visit alone."""
    problem, visit, cars = desk.problem, desk.visit, desk.roster.cars_left(office, date)
    if not cars:
        return
    staff = desk.staff(office, date, [visit.id])
    name = tour_id(date, {tour.id for tour in desk.plan.tours})
    for span in _spans(problem, (), staff, date):
        times = times_of(problem, office, date, [visit.id], {}, span)
        if times is None:
            continue
        there = [one for one in staff if not one.is_busy(date, times.depart, times.back)]
        for crew in _crews(desk, [], there, max(car.seats for car in cars)):
            car = _cheapest(cars, len(crew), visit.load or 0.0)
            if car is not None:
                yield tour_of(problem, times, [visit.id], id_=name, date=date, office=office, car=car.id, crew=crew)


def _joined(desk: Desk, tour: Tour) -> Iterator[Tour]:
    """The tour with the visit at the place where that is quickest."""
    problem = desk.problem
    visits = [stop.visit for stop in tour.stops]
    if desk.visit.cooperative in {problem.visit_by_id[id_].cooperative for id_ in visits}:
        return
    if barred_from(problem, [desk.visit.id]) & set(tour.crew):
        return
    mine = problem.car_of(tour)
    cars = [car for car in (mine, *desk.roster.cars_left(tour.office, tour.date)) if car is not None]
    load = sum(problem.visit_by_id[id_].load or 0.0 for id_ in (*visits, desk.visit.id))
    pinned = bool(set(visits) & set(problem.pins or ()))
    staff = [] if pinned else desk.staff(tour.office, tour.date, [*visits, desk.visit.id])
    aboard = [problem.officer_by_id[id_] for id_ in tour.crew]
    near = {stop.visit: stop.start for stop in tour.stops}
    for span in _spans(problem, tour.crew, staff, tour.date):
        quickest = _quickest(problem, tour, visits, desk.visit.id, near, span)
        if quickest is None:
            continue
        order, times = quickest
        there = [one for one in staff if not one.is_busy(tour.date, times.depart, times.back)]
        for crew in _crews(desk, aboard, there, max((car.seats for car in cars), default=0)):
            car = mine if mine is not None and mine.seats >= len(crew) and mine.takes(load) else None
            car = car or _cheapest(cars, len(crew), load)
            if car is not None:
                yield tour_of(problem, times, order, id_=tour.id, date=tour.date, office=tour.office, car=car.id,
                              crew=crew)  # fmt: skip


def _quickest(
    problem: Problem, tour: Tour, visits: list[str], new: str, near: dict[str, float], span: Span
) -> tuple[list[str], Times] | None:
    """The order with the visit that takes least, in kilometres and then in work, and its times."""
    found = []
    for place in range(len(visits) + 1):
        order = [*visits[:place], new, *visits[place:]]
        times = times_of(problem, tour.office, tour.date, order, near, span)
        if times is not None:
            found.append((problem.kilometres(tour.office, order), times.worked, place, order, times))
    return min(found)[3:] if found else None


def _cheapest(cars: Sequence[Car], crew: int, load: float) -> Car | None:
    """The car of the cheapest kilometre that seats the crew and takes the load; of those alike the smallest."""
    able = (car for car in cars if car.seats >= crew and car.takes(load))
    return min(able, key=lambda car: (car.km, car.seats), default=None)


def _spans(problem: Problem, aboard: Sequence[str], staff: Sequence[Officer], date: dt.date) -> list[Span]:
    """Where in the day the tour may lie: where those aboard are free, and where a busy one is as well."""
    spans = together(problem, aboard, date)
    parts = [part for one in staff if one.busy_on(date) for part in together(problem, (*aboard, one.id), date)]
    return list(dict.fromkeys([*spans, *parts]))


def _crews(desk: Desk, aboard: Sequence[Officer], staff: Sequence[Officer], seats: int) -> Iterator[tuple[str, ...]]:
    """Crews worth a price: those aboard with the fewest free officers who are needed; without, with the lead."""
    lead = next((officer for officer in staff if officer.id == desk.lead), None)
    for base in ([*aboard], [*aboard, lead] if lead else None):
        if base is None or len(base) > seats:
            continue
        others = [officer for officer in staff if officer not in base]
        missing = set(desk.visit.topics or ()) - {topic for officer in base for topic in officer.topics}
        added = _cover(missing, others, seats - len(base), least=max(0, desk.visit.crew_size - len(base)))
        if added is not None:
            yield tuple(sorted(officer.id for officer in [*base, *added]))


def _cover(missing: set[str], staff: Sequence[Officer], seats: int, least: int) -> Sequence[Officer] | None:
    """The fewest of ``staff``, the earlier the better, who know all that is ``missing``; None where none do."""
    best: dict[frozenset[str], Officer] = {}
    for officer in staff:
        best.setdefault(frozenset(missing & set(officer.topics)), officer)
    for size in range(min(1, len(missing)), min(seats, len(missing)) + 1):
        for group in combinations(best.items(), size):
            if set().union(*(skills for skills, _ in group)) >= missing:
                chosen = [officer for _, officer in group]
                chosen += [one for one in staff if one not in chosen][: max(0, least - size)]
                return chosen if least <= len(chosen) <= seats else None
    return None


def _why_none(desk: Desk, date: dt.date) -> Finding:
    """What the day lacks, where no rule forbids it, every tour that is out was tried, and yet there is no slot."""
    return next(stands_against(desk.roster, desk.visit, date), Finding("no-time"))
