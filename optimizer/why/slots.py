"""Find a suitable day: every place for a visit while the rest of the plan stays, with its price, or what forbids it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import combinations

from models.cars import CAPACITY_HAIR
from models.plan import COST_PARTS, Plan, Tour
from models.problem import Officer, Problem, Visit
from models.referee import violations
from optimizer.why.alone import Alone
from optimizer.why.desk import Clockwork, Desk
from optimizer.why.findings import Finding


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
    plan: Plan


@dataclass(frozen=True, slots=True)
class DayView:
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
        self._clockwork = Clockwork(problem)

    def of(self, plan: Plan) -> Slots:
        """The slots of another plan of the same problem; what was worked out of the problem serves it as well."""
        other = copy(self)
        other.plan = plan
        return other

    def days(self, visit: Visit, dates: Iterable[dt.date] | None = None) -> list[DayView]:
        """Every workday from today on (or each of ``dates``), with the slots it has for ``visit``."""
        desk = Desk(self._clockwork, self.plan, visit)
        today = self.problem.today or dt.date.min
        wanted = self.problem.workdays if dates is None else sorted(set(dates) & set(self.problem.workdays))
        return [self._day(desk, date) for date in wanted if date >= today]

    def best(self, visit: Visit, dates: Iterable[dt.date] | None = None) -> Slot | None:
        """The cheapest slot, the earliest among equals."""
        found = [day.slots[0] for day in self.days(visit, dates) if day.slots]
        return min(found, key=lambda slot: (round(slot.baht, 2), slot.date), default=None)

    def _day(self, desk: Desk, date: dt.date) -> DayView:
        forbidden = self.alone.forbids(desk.visit, date)
        if forbidden is not None:
            return DayView(date, (), forbidden, True)
        blocked = next(_blocked(desk, date), None)
        if blocked is not None:
            return DayView(date, (), blocked, False)
        if desk.visit.id in (self.problem.pins or ()):
            return DayView(date, tuple(self._now(desk, date)), None, False)
        slots = sorted(
            _unique([*self._now(desk, date), *self._slots(desk, date)]),
            key=lambda slot: (slot.baht, slot.joins or "", slot.crew),
        )
        if slots:
            return DayView(date, tuple(slots), None, False)
        return DayView(date, (), _why_none(desk, self.alone, date), False)

    def _now(self, desk: Desk, date: dt.date) -> Iterator[Slot]:
        """Where the visit stands now, at no change of cost."""
        tour = desk.stood
        if tour is not None and tour.date == date:
            stop = next(stop for stop in tour.stops if stop.visit == desk.visit.id)
            joins = tour.id if len(tour.stops) > 1 else None
            yield Slot(date, joins, tour.crew, stop.start, stop.end, 0.0, {}, self.plan)

    def _slots(self, desk: Desk, date: dt.date) -> Iterator[Slot]:
        for office in self.alone.offices(desk.host):
            staff = desk.staff(office.id, date)
            for tour in desk.plan.tours:
                if tour.date == date and tour.office == office.id:
                    yield from self._joined(desk, tour, staff)
            if desk.cars[office.id, date] < office.cars_of(date):
                for crew in _crews(desk, [], staff, office.most_seats):
                    made = self._clockwork.timed(self._name(desk, date), date, office.id, crew, [desk.visit.id], {})
                    if made is not None:
                        yield from self._slot(desk, made, None)

    def _joined(self, desk: Desk, tour: Tour, staff: Sequence[Officer]) -> Iterator[Slot]:
        problem = self.problem
        office = problem.office_by_id[tour.office]
        visits = [stop.visit for stop in tour.stops]
        load = sum(problem.visit_by_id[id_].load or 0.0 for id_ in (*visits, desk.visit.id))
        if load > office.most_capacity * (1 + CAPACITY_HAIR):
            return
        near = {stop.visit: stop.start for stop in tour.stops}
        pinned = bool(set(visits) & set(problem.pins or ()))
        aboard = [problem.officer_by_id[id_] for id_ in tour.crew]
        timed = [
            made
            for place in range(len(visits) + 1)
            if (made := self._clockwork.timed(
                tour.id, tour.date, tour.office, tour.crew, [*visits[:place], desk.visit.id, *visits[place:]], near
            ))
        ]  # fmt: skip
        if not timed:
            return
        quickest = min(timed, key=lambda made: (_km(problem, made) * problem.prices.km, made.worked))
        for crew in _crews(desk, aboard, () if pinned else staff, office.most_seats):
            yield from self._slot(desk, quickest.model_copy(update={"crew": crew}), tour)

    def _slot(self, desk: Desk, made: Tour, replaces: Tour | None) -> Iterator[Slot]:
        plan = desk.with_tour(made, replaces)
        stop = next(stop for stop in made.stops if stop.visit == desk.visit.id)
        parts = {part: getattr(plan.cost, part) - getattr(self.plan.cost, part) for part in COST_PARTS}
        yield Slot(
            date=made.date,
            joins=replaces.id if replaces else None,
            crew=made.crew,
            start=stop.start,
            end=stop.end,
            baht=plan.cost.total - self.plan.cost.total,
            parts={part: baht for part, baht in parts.items() if abs(baht) > 0.005},
            plan=plan,
        )

    def _name(self, desk: Desk, date: dt.date) -> str:
        known = {tour.id for tour in desk.plan.tours}
        number = 1
        while f"{date:%Y%m%d}-{number}" in known:
            number += 1
        return f"{date:%Y%m%d}-{number}"


def keeps_every_rule(problem: Problem, slot: Slot) -> bool:
    """The referee's word on the plan with a slot taken."""
    return not violations(problem, slot.plan)


def _unique(slots: Iterable[Slot]) -> list[Slot]:
    """The cheapest slot of each tour that can be joined, and of a tour of its own."""
    best: dict[str | None, Slot] = {}
    for slot in slots:
        if slot.joins not in best or slot.baht < best[slot.joins].baht:
            best[slot.joins] = slot
    return list(best.values())


def _km(problem: Problem, tour: Tour) -> float:
    home = problem.office_by_id[tour.office].location
    at = [problem.cooperative_by_id[problem.visit_by_id[stop.visit].cooperative].location for stop in tour.stops]
    return sum(problem.travel.km[a][b] for a, b in zip([home, *at], [*at, home], strict=True))


def _crews(desk: Desk, aboard: Sequence[Officer], staff: Sequence[Officer], seats: int) -> Iterator[tuple[str, ...]]:
    """Crews worth a price: those aboard with the fewest free officers who cover the topics; without, with the lead."""
    lead = next((officer for officer in staff if officer.id == desk.lead), None)
    for base in ([*aboard], [*aboard, lead] if lead else None):
        if base is None or len(base) > seats:
            continue
        others = [officer for officer in staff if officer not in base]
        missing = set(desk.visit.topics or ()) - {topic for officer in base for topic in officer.topics}
        added = _cover(missing, others, seats - len(base), least=0 if base else 1)
        if added is not None:
            yield tuple(sorted(officer.id for officer in [*base, *added]))


def _cover(missing: set[str], staff: Sequence[Officer], seats: int, least: int) -> Sequence[Officer] | None:
    """The fewest of ``staff``, the earlier the better, who know all that is ``missing``; None where none do."""
    if not missing and least == 0:
        return ()
    best: dict[frozenset[str], Officer] = {}
    for officer in staff:
        best.setdefault(frozenset(missing & set(officer.topics)), officer)
    for size in range(max(1, least), min(seats, max(1, len(missing))) + 1):
        for group in combinations(best.items(), size):
            if set().union(*(skills for skills, _ in group)) >= missing:
                return [officer for _, officer in group]
    return None


def _blocked(desk: Desk, date: dt.date) -> Iterator[Finding]:
    """What rules out the whole day while the rest of the plan stays."""
    visit, host = desk.visit, desk.host
    for other, day in desk.siblings:
        apart = (date - day).days if other.seq < visit.seq else (day - date).days
        if apart < host.gap_days:
            facts = {"other": other.id, "date": day.isoformat(), "days": str(host.gap_days)}
            yield Finding("gap", facts)
    if host.rhythms is not None and desk.siblings and not _in_rhythm(desk, date):
        yield Finding("no-rhythm", {"cooperative": host.id})
    if visit.partner and desk.met[visit.partner, date] >= desk.problem.partner_by_id[visit.partner].per_day:
        yield Finding("partner-full", {"partner": visit.partner})


def _in_rhythm(desk: Desk, date: dt.date) -> bool:
    dates = {other.id: day for other, day in desk.siblings} | {desk.visit.id: date}
    own = desk.problem.visits_of[desk.host.id]
    if any(visit.id not in dates for visit in own):
        return False
    return tuple(dates[visit.id] for visit in own) in (desk.host.rhythms or ())


def _why_none(desk: Desk, alone: Alone, date: dt.date) -> Finding:
    """What the day lacks, where no rule forbids it and yet there is no slot."""
    offices = alone.offices(desk.host)
    staff = [officer for office in offices for officer in desk.staff(office.id, date)]
    tours = [tour for tour in desk.plan.tours if tour.date == date and tour.office in {o.id for o in offices}]
    aboard = {id_ for tour in tours for id_ in tour.crew}
    car = any(desk.cars[office.id, date] < office.cars_of(date) for office in offices)
    if not staff and not tours:
        return Finding("no-officer")
    for topic in desk.visit.topics or ():
        if not any(topic in officer.topics for officer in staff):
            knows = any(topic in desk.problem.officer_by_id[id_].topics for id_ in aboard)
            if not knows or not tours:
                return Finding("no-topic", {"topic": topic})
    if not car:
        return Finding("no-car")
    if not staff:
        return Finding("no-officer")
    for topic in desk.visit.topics or ():
        if not any(topic in officer.topics for officer in staff):
            return Finding("no-topic", {"topic": topic})
    alone_fits = any(
        next(_crews(desk, [], desk.staff(office.id, date), office.most_seats), None) is not None for office in offices
    )
    return Finding("no-time") if alone_fits else Finding("topics-clash")
