"""How many published visits can stay at most: a proof, and the tours on which they stay.

A published visit stays where its date, its start (within the half hour) and the officers who answer for it stay. On
days that the changes do not touch everything can stay. On the others a CP-SAT model decides which visits stay, on
which tours, with whom. The model leaves out what only a finished plan can tell (how three and more stops follow each
other, breaks, companions' weekly limits), so it never forbids what a plan could do: published visits minus the most it
keeps are a lower bound on the visits that any plan moves.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from ortools.sat.python import cp_model

from models.faults import Fault, InvalidInput
from models.plan import Plan, Stop, Tour
from models.problem import Officer, Problem
from models.referee import MOVED_SECONDS, violations
from models.rules import RULES
from models.rules.crews import may_ride
from models.saying import both
from optimizer.why.alone import Alone

#: seconds for the proof; the sample's absences take well below one
LIMIT = 5.0
_HALF_HOUR = MOVED_SECONDS / 60
_HAIR = 1e-6
#: the rules that published tours can break among themselves: not those of leads, and of history and pins
_OF_TOURS = frozenset(rule.number for rule in RULES) - {7, 10}


@dataclass(frozen=True, slots=True)
class Standing:
    """A published visit from today on: where it stands and who must ride along for it to stay."""

    visit: str
    tour: Tour
    start: float
    answering: frozenset[str]


@dataclass(frozen=True, slots=True)
class Keeping:
    """``least``: published visits that every plan moves at least; ``tours``: the published tours, as far as the model
    keeps them, from today on; ``gone``: visits that it does not keep, ``forced`` those that cannot stay whatever else
    moves; ``touched``: the days on which something had to be decided."""

    least: int
    tours: tuple[Tour, ...]
    gone: frozenset[str]
    forced: frozenset[str]
    touched: frozenset[dt.date]


def standing(problem: Problem) -> dict[str, Standing]:
    """The published visits dated from today on."""
    published, today = problem.published, problem.today or dt.date.min
    found = {}
    for tour, visit, start in problem.published_stops():
        if published is not None and tour.date >= today:
            lead = published.leads.get(problem.visit_by_id[visit].cooperative)
            answering = frozenset([lead]) if lead is not None and lead in tour.crew else frozenset(tour.crew)
            found[visit] = Standing(visit, tour, start, answering)
    return found


def keeping(problem: Problem, alone: Alone, seconds: float = LIMIT) -> Keeping:
    """What can stay of the published plan of ``problem``; see :class:`Keeping`.

    Raises:
        InvalidInput: a pinned visit cannot stay.
    """
    stands = standing(problem)
    forced = frozenset(one.visit for one in stands.values() if not _can_stay(problem, alone, one))
    touched = _touched(problem, stands.values(), forced)
    model = _Model(problem, [one for one in stands.values() if one.tour.date in touched and one.visit not in forced])
    lost = forced & frozenset(problem.pins or ())
    kept, most = ([], 0) if lost else model.solve(seconds)
    if lost or not _with_pins(problem, kept, touched):
        raise InvalidInput([_pins_fault(problem, lost)])
    tours = [tour for tour in (problem.published.tours if problem.published else ())
             if tour.date >= (problem.today or dt.date.min) and tour.date not in touched]  # fmt: skip
    there = {stop.visit for tour in (*tours, *kept) for stop in tour.stops}
    untouched = sum(one.tour.date not in touched for one in stands.values())
    return Keeping(
        least=len(stands) - untouched - most,
        tours=tuple(sorted([*tours, *kept], key=lambda tour: (tour.date, tour.id))),
        gone=frozenset(stands) - there,
        forced=forced,
        touched=frozenset(touched),
    )


def _with_pins(problem: Problem, kept: Sequence[Tour], touched: set[dt.date]) -> bool:
    there = {stop.visit for tour in kept for stop in tour.stops}
    today = problem.today or dt.date.min
    pins = frozenset(problem.pins or ())
    return all(
        visit in there or tour.date < today or tour.date not in touched
        for tour, visit, _ in problem.published_stops()
        if visit in pins
    )


def _pins_fault(problem: Problem, lost: frozenset[str]) -> Fault:
    named = ", ".join(sorted(lost or problem.pins or ()))
    return Fault(
        "pins-clash",
        "pins",
        both(f"{named} cannot stand where the published plan has them.", f"{named} คงอยู่ที่เดิมตามแผนที่ประกาศไม่ได้"),
        both(
            "Check absences, closed days, cars and topics of those days, or drop the pin.",
            "ตรวจวันลา วันปิด รถ และด้านของวันนั้น หรือเลิกตรึง",
        ),
    )


def _can_stay(problem: Problem, alone: Alone, one: Standing) -> bool:
    """Whether some tour, whatever else it does, could have the visit stay."""
    date = one.tour.date
    visit = problem.visit_by_id[one.visit]
    if one.tour.office not in {office.id for office in alone.roster.offices(visit)}:
        return False
    pinned = one.visit in (problem.pins or ())
    for id_ in one.tour.crew if pinned else one.answering:
        officer = problem.officer_by_id[id_]
        if officer.office != one.tour.office or not may_ride(alone.roster, officer, visit, date):
            return False
    return alone.forbids(visit, date, start=(one.start - _HALF_HOUR, one.start + _HALF_HOUR)) is None


def _touched(problem: Problem, stands: Iterable[Standing], forced: frozenset[str]) -> set[dt.date]:
    """The days that the changes touch: where the published tours break a rule, or cross a limit together."""
    by_day: defaultdict[dt.date, dict[str, Tour]] = defaultdict(dict)
    for one in stands:
        by_day[one.tour.date][one.tour.id] = one.tour
    touched = {one.tour.date for one in stands if one.visit in forced}
    if not _sound(problem, [tour for date, day in by_day.items() if date not in touched for tour in day.values()]):
        touched |= {date for date, day in by_day.items() if not _sound(problem, day.values())}
    return touched | _crossing(problem, by_day)


def _sound(problem: Problem, tours: Iterable[Tour]) -> bool:
    """Whether these published tours keep every rule of a day among themselves."""
    leads = problem.published.leads if problem.published else {}
    broken = violations(problem, Plan(leads=leads, tours=tuple(tours)))
    return not any(found.rule in _OF_TOURS for found in broken)


def _crossing(problem: Problem, by_day: Mapping[dt.date, dict[str, Tour]]) -> set[dt.date]:
    """Days whose tours break gaps or weekly limits together with other days."""
    tours = [tour for day in by_day.values() for tour in day.values()]
    weeks: Counter[tuple[str, tuple[int, int]]] = Counter()
    for tour in (*problem.history, *tours):
        for officer in tour.crew:
            weeks[officer, tour.date.isocalendar()[:2]] += 1
    over = {key for key, number in weeks.items() if number > _limit(problem, key[0])}
    found = {tour.date for tour in tours for o in tour.crew if (o, tour.date.isocalendar()[:2]) in over}
    dates = {stop.visit: tour.date for tour in (*problem.history, *tours) for stop in tour.stops}
    for host in problem.cooperatives:
        own = [dates[visit.id] for visit in problem.visits_of[host.id] if visit.id in dates]
        for before, after in pairwise(own):
            if (after - before).days < host.gap_days:
                found |= {before, after} & by_day.keys()
    return found


def _limit(problem: Problem, officer: str) -> float:
    limit = problem.officer_by_id[officer].max_days_per_week
    return float("inf") if limit is None else limit


class _Model:
    """Which visits of the touched days stay, on which tours of their day and office, with which officers."""

    def __init__(self, problem: Problem, stands: Sequence[Standing]) -> None:
        self.problem, self.stands = problem, stands
        self.pins = frozenset(problem.pins or ())
        self.model = cp_model.CpModel()
        self.minutes = problem.travel.shortest_minutes  # leaving a stop out never makes a drive longer
        self.stays = {one.visit: self.model.new_bool_var("") for one in stands}
        self.on: dict[tuple[str, int], cp_model.IntVar] = {}
        self.rides: dict[tuple[str, dt.date, int], cp_model.IntVar] = {}
        self.groups: defaultdict[tuple[str, dt.date], list[Standing]] = defaultdict(list)
        for one in stands:
            self.groups[one.tour.office, one.tour.date].append(one)
        for (office, date), group in self.groups.items():
            self._day(office, date, group)
        for pin in self.pins & self.stays.keys():
            self.model.add(self.stays[pin] == 1)
        self._partners()
        self._gaps()
        self._weeks()
        changes = [1 - var for key, var in self.rides.items() if self._rode(*key)]
        changes += [var for key, var in self.rides.items() if not self._rode(*key)]
        weight = len(changes) + 1
        self.model.maximize(weight * sum(self.stays.values()) - sum(changes))

    def _slots(self, office: str, date: dt.date) -> int:
        return min(self.problem.office_by_id[office].cars_of(date), len(self.groups[office, date]))

    def _rode(self, officer: str, date: dt.date, slot: int) -> bool:
        """Whether the officer rode on the published tour that the slot continues."""
        group = self.groups[self.problem.officer_by_id[officer].office, date]
        tours = list({one.tour.id: one.tour for one in group}.values())
        return slot < len(tours) and officer in tours[slot].crew

    def _day(self, office: str, date: dt.date, group: Sequence[Standing]) -> None:
        problem, model = self.problem, self.model
        people = [o for o in problem.officers if o.office == office and date not in (o.absent or ())]
        slots = range(self._slots(office, date))
        for slot in slots:
            for officer in people:
                self.rides[officer.id, date, slot] = model.new_bool_var("")
            model.add(sum(self.rides[o.id, date, slot] for o in people) <= problem.office_by_id[office].most_seats)
        for officer in people:
            model.add(sum(self.rides[officer.id, date, slot] for slot in slots) <= 1)
        for one in group:
            for slot in slots:
                on = self.on[one.visit, slot] = model.new_bool_var("")
                for officer_id in one.tour.crew if one.visit in self.pins else one.answering:
                    model.add_implication(on, self.rides[officer_id, date, slot])
                if one.visit in self.pins:  # a pin keeps the whole crew
                    for officer in people:
                        if officer.id not in one.tour.crew:
                            model.add_implication(on, ~self.rides[officer.id, date, slot])
                visit = problem.visit_by_id[one.visit]
                for topic in visit.topics or ():
                    model.add_bool_or([self.rides[o.id, date, slot] for o in people if topic in o.topics] + [~on])
                if visit.crew_size > 1:
                    crew = sum(self.rides[o.id, date, slot] for o in people)
                    model.add(crew >= visit.crew_size).only_enforce_if(on)
                for officer in people:
                    if self._cannot_ride(officer, one):
                        model.add_implication(on, ~self.rides[officer.id, date, slot])
            model.add(sum(self.on[one.visit, slot] for slot in slots) == self.stays[one.visit])
        for one, other in combinations(group, 2):
            if not self._together(one, other):
                for slot in slots:
                    model.add_bool_or([~self.on[one.visit, slot], ~self.on[other.visit, slot]])
        capacity = problem.office_by_id[office].most_capacity
        if capacity < math.inf:
            loads = {one.visit: int((problem.visit_by_id[one.visit].load or 0.0) * 1000) for one in group}
            for slot in slots:
                on_board = sum(loads[one.visit] * self.on[one.visit, slot] for one in group)
                model.add(on_board <= int(capacity * 1000) + len(group))

    def _cannot_ride(self, officer: Officer, one: Standing) -> bool:
        """Whether no tour that keeps the visit can have the officer: barred, or busy while it is out for sure."""
        visit = self.problem.visit_by_id[one.visit]
        if self.problem.cooperative_by_id[visit.cooperative].bars(officer.id):
            return True
        place, low, high, minutes = self._span(one)
        home = self.problem.office_by_id[one.tour.office].location
        out = high - self.problem.day.slack - self.minutes[home, place]
        back = low + minutes + self.minutes[place, home]
        return out < back and officer.is_busy(one.tour.date, out, back)

    def _together(self, one: Standing, other: Standing) -> bool:
        """Whether one tour could have both stay, as far as the drives between them tell."""
        if self.problem.visit_by_id[one.visit].cooperative == self.problem.visit_by_id[other.visit].cooperative:
            return False
        return self._after(one, other) or self._after(other, one)

    def _after(self, one: Standing, other: Standing) -> bool:
        day = self.problem.day
        (a, low_a, high_a, long_a), (b, low_b, high_b, long_b) = self._span(one), self._span(other)
        home = self.problem.office_by_id[one.tour.office].location
        first = max(low_a, day.start + self.minutes[home, a] + day.slack)
        second = max(low_b, first + long_a + self.minutes[a, b] + day.slack)
        if first > high_a + _HAIR or second > high_b + _HAIR:
            return False
        apart = max(long_a + self.minutes[a, b] + day.slack, low_b - high_a)
        whole = self.minutes[home, a] + day.slack + apart + long_b + self.minutes[b, home]
        back = second + long_b + self.minutes[b, home]
        return bool(back <= day.end + _HAIR and (day.max_minutes is None or whole <= day.max_minutes + _HAIR))

    def _span(self, one: Standing) -> tuple[int, float, float, float]:
        """Location, earliest and latest start, minutes."""
        visit = self.problem.visit_by_id[one.visit]
        host = self.problem.cooperative_by_id[visit.cooperative]
        low, high = one.start - _HALF_HOUR, one.start + _HALF_HOUR
        starts = self.problem.starts(visit, one.tour.date)
        if starts:
            low, high = max(low, starts[0][0]), min(high, starts[-1][1])
        return host.location, low, high, visit.minutes

    def _partners(self) -> None:
        met: defaultdict[tuple[str, dt.date], list[cp_model.IntVar]] = defaultdict(list)
        for one in self.stands:
            partner = self.problem.visit_by_id[one.visit].partner
            if partner is not None:
                met[partner, one.tour.date].append(self.stays[one.visit])
        for (partner, _), stays in met.items():
            self.model.add(sum(stays) <= self.problem.partner_by_id[partner].per_day)

    def _gaps(self) -> None:
        by_host: defaultdict[str, list[Standing]] = defaultdict(list)
        for one in self.stands:
            by_host[self.problem.visit_by_id[one.visit].cooperative].append(one)
        for host, group in by_host.items():
            gap = self.problem.cooperative_by_id[host].gap_days
            for one, other in combinations(group, 2):
                ordered = sorted((one, other), key=lambda each: self.problem.visit_by_id[each.visit].seq)
                if (ordered[1].tour.date - ordered[0].tour.date).days < gap:
                    self.model.add_bool_or([~self.stays[one.visit], ~self.stays[other.visit]])

    def _weeks(self) -> None:
        """Weekly limits over the touched days; history counts."""
        past = Counter((o, tour.date.isocalendar()[:2]) for tour in self.problem.history for o in tour.crew)
        rides: defaultdict[tuple[str, tuple[int, int]], list[cp_model.IntVar]] = defaultdict(list)
        for (officer, date, _), var in self.rides.items():
            rides[officer, date.isocalendar()[:2]].append(var)
        for key, ridden in rides.items():
            limit = _limit(self.problem, key[0])
            if limit < past[key] + len(ridden):
                self.model.add(sum(ridden) <= max(0, int(limit) - past[key]))

    def solve(self, seconds: float) -> tuple[list[Tour], int]:
        """The tours on which visits stay, and a proven bound on how many stay at most."""
        if not self.stands:
            return [], 0
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return [], len(self.stands)  # nothing proven in time: all might stay
        weight = len(self.rides) + 1
        most = min(len(self.stands), int((solver.best_objective_bound + len(self.rides) + _HAIR) // weight))
        return self._tours(solver), most

    def _tours(self, solver: cp_model.CpSolver) -> list[Tour]:
        tours = []
        for (office, date), group in self.groups.items():
            for slot in range(self._slots(office, date)):
                here = [one for one in group if solver.boolean_value(self.on[one.visit, slot])]
                if not here:
                    continue
                here.sort(key=lambda one: one.start)
                needed = set().union(*(one.answering for one in here))
                riding = {o for (o, day, s), var in self.rides.items()
                          if day == date and s == slot and solver.boolean_value(var)}  # fmt: skip
                tours.append(_tour(self.problem, office, date, slot, here, sorted(riding | needed)))
        return tours


def _tour(
    problem: Problem, office: str, date: dt.date, slot: int, stands: Sequence[Standing], crew: Sequence[str]
) -> Tour:
    """The tour with the published starts; its other times are worked out by the search."""
    stops = []
    for one in stands:
        end = one.start + problem.visit_by_id[one.visit].minutes
        stops.append(Stop(visit=one.visit, arrive=one.start, start=one.start, end=end))
    return Tour.model_validate(
        {
            "id": f"{date:%Y%m%d}-{office}-{slot + 1}",
            "date": date,
            "office": office,
            "crew": tuple(crew),
            "depart": stops[0].start,
            "return": stops[-1].end,
            "stops": tuple(stops),
        }
    )
