"""The referee: every rule of a plan, restated in plain Python. Shares no code with the optimizer.

``violations`` says which rules a plan breaks; ``cost`` (see :mod:`models.costing`) says what it costs. Every plan
passes here before anyone sees it. Times may be broken by no more than ``TOLERANCE``: files carry whole seconds.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from models.clock import TOLERANCE as TOLERANCE
from models.clock import format_clock, seconds
from models.costing import cost as cost
from models.costing import crew_changed as crew_changed
from models.costing import legs
from models.costing import moved as moved
from models.hours import Spans, on_weekday
from models.plan import Plan, Tour
from models.problem import Problem


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule: its number in the contract, what it is about, and what is wrong in words."""

    rule: int
    where: str
    what: str

    def __str__(self) -> str:
        return f"rule {self.rule}, {self.where}: {self.what}"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """Every rule that ``plan`` breaks, in the order of the contract; an empty list for a plan that keeps all.

    The plan must name only what the problem knows (see ``models.reading.read_plan``).
    """
    rules = (
        _each_visit_once, _tours_in_time, _visits_in_time, _breaks, _crews, _weeks, _cars, _topics, _leads, _spacing,
        _partners, _history, _pins, _stated_cost,
    )  # fmt: skip
    return [violation for rule in rules for violation in rule(problem, plan)]


def _new(problem: Problem, plan: Plan) -> Iterator[Tour]:
    """The tours that are judged: those from ``today`` on."""
    for tour in plan.tours:
        if problem.today is None or tour.date >= problem.today:
            yield tour


def _place(tour: Tour) -> str:
    return f"tour {tour.id} on {tour.date}"


def _each_visit_once(problem: Problem, plan: Plan) -> Iterator[Violation]:
    times = Counter(stop.visit for tour in plan.tours for stop in tour.stops)
    times.update(left_out.visit for left_out in plan.unplanned)
    for visit in problem.visits:
        if times[visit.id] != 1:
            yield Violation(1, f"visit {visit.id}", f"stands in the plan {times[visit.id]} times, not once")
    ids = Counter(tour.id for tour in plan.tours)
    for id_, number in ids.items():
        if number > 1:
            yield Violation(1, f"tour {id_}", f"{number} tours bear this id")


def _tours_in_time(problem: Problem, plan: Plan) -> Iterator[Violation]:
    day, minutes, workdays = problem.day, problem.travel.minutes, set(problem.workdays)
    for tour in _new(problem, plan):
        if tour.date not in workdays:
            yield Violation(2, _place(tour), "is not on a workday")
        if tour.depart < day.start - TOLERANCE:
            yield Violation(2, _place(tour), f"leaves at {format_clock(tour.depart)}, before the day starts")
        if tour.return_ > day.end + TOLERANCE:
            yield Violation(2, _place(tour), f"is back at {format_clock(tour.return_)}, after the day ends")
        if day.max_minutes is not None and tour.return_ - tour.depart > day.max_minutes + TOLERANCE:
            yield Violation(2, _place(tour), f"takes {tour.return_ - tour.depart:.1f} minutes, over the limit")
        if not _on_grid(tour.depart, day.step):
            yield Violation(2, _place(tour), f"leaves at {format_clock(tour.depart)}, off the grid")
        free = tour.depart
        drives = legs(problem, tour)
        for stop, (a, b) in zip(tour.stops, drives, strict=False):
            visit = problem.visit_by_id[stop.visit]
            if stop.arrive < free + minutes[a][b] - TOLERANCE:
                yield Violation(2, _place(tour), f"reaches {stop.visit} sooner than the drive takes")
            if stop.start < stop.arrive - TOLERANCE:
                yield Violation(2, _place(tour), f"starts {stop.visit} before it arrives")
            elif stop.start < stop.arrive + day.slack - TOLERANCE:
                yield Violation(2, _place(tour), f"leaves less than {day.slack:g} minutes before {stop.visit}")
            if not _on_grid(stop.start, day.step):
                yield Violation(2, _place(tour), f"starts {stop.visit} at {format_clock(stop.start)}, off the grid")
            if abs(stop.end - stop.start - visit.minutes) > TOLERANCE:
                yield Violation(2, _place(tour), f"gives {stop.visit} other than its {visit.minutes:g} minutes")
            free = stop.end
        if tour.return_ < free + minutes[drives[-1][0]][drives[-1][1]] - TOLERANCE:
            yield Violation(2, _place(tour), "is back sooner than the drive takes")


def _on_grid(minutes: float, step: float) -> bool:
    """Whether a time is a whole multiple of ``step`` minutes after midnight; any time is where there is no step."""
    return step == 0 or abs(minutes - round(minutes / step) * step) <= TOLERANCE


def _visits_in_time(problem: Problem, plan: Plan) -> Iterator[Violation]:
    for tour in _new(problem, plan):
        for stop in tour.stops:
            visit = problem.visit_by_id[stop.visit]
            cooperative = problem.cooperative_by_id[visit.cooperative]
            where = f"visit {visit.id} on {tour.date}"
            if not any(first - TOLERANCE <= stop.start <= last + TOLERANCE for first, last in visit.windows):
                begun = format_clock(stop.start)
                yield Violation(3, where, f"starts at {begun}, outside its window {_clocks(visit.windows)}")
            if tour.date in (cooperative.closed or ()):
                yield Violation(3, where, "falls on a day the cooperative is closed")
            hours = on_weekday(cooperative.open, tour.date)
            if not hours:
                yield Violation(3, where, "falls on a weekday on which the cooperative is not open")
            elif not any(opens - TOLERANCE <= stop.start and stop.end <= closes + TOLERANCE for opens, closes in hours):
                yield Violation(3, where, f"lies outside the cooperative's open hours {_clocks(hours)}")
            if visit.dates is not None and tour.date not in visit.dates:
                dates = ", ".join(day.isoformat() for day in visit.dates)
                yield Violation(3, where, f"is on none of its dates, {dates}")
            if visit.earliest is not None and tour.date < visit.earliest:
                yield Violation(3, where, f"lies before {visit.earliest}")
            if visit.latest is not None and tour.date > visit.latest:
                yield Violation(3, where, f"lies after {visit.latest}")


def _clocks(spans: Spans) -> str:
    """Stretches of a day, ``08:30-12:00, 13:00-16:30``."""
    return ", ".join(f"{format_clock(first)}-{format_clock(min(last, 24 * 60))}" for first, last in spans)


def _breaks(problem: Problem, plan: Plan) -> Iterator[Violation]:
    day = problem.day
    for tour in _new(problem, plan):
        leaves_before = seconds(tour.depart) < seconds(day.break_opens + day.break_length)
        spans = day.has_break and leaves_before and seconds(tour.return_) > seconds(day.break_closes)
        if tour.break_ is None:
            if spans:
                yield Violation(4, _place(tour), "goes over the middle of the day without a break")
            continue
        begin, finish = tour.break_
        if not day.has_break:
            yield Violation(4, _place(tour), "has a break where the day has none")
            continue
        if abs(finish - begin - (day.break_minutes or 0)) > TOLERANCE:
            yield Violation(4, _place(tour), f"has a break of {finish - begin:.1f} minutes")
        if not day.break_opens - TOLERANCE <= begin <= day.break_closes + TOLERANCE:
            yield Violation(4, _place(tour), f"has its break at {format_clock(begin)}, outside its hours")
        if begin < tour.depart - TOLERANCE or finish > tour.return_ + TOLERANCE:
            yield Violation(4, _place(tour), "has its break outside the tour")
        if not _fits(problem, tour, begin, finish):
            yield Violation(4, _place(tour), "has a break that a visit or a drive leaves no time for")


def _fits(problem: Problem, tour: Tour, begin: float, finish: float) -> bool:
    """Whether the break lies between two stops (or office and stop) with time for the drive as well."""
    length = problem.day.break_minutes or 0.0
    leaves = [tour.depart, *(stop.end for stop in tour.stops)]
    reaches = [*(stop.start for stop in tour.stops), tour.return_]
    for (a, b), free, busy in zip(legs(problem, tour), leaves, reaches, strict=True):
        drive = problem.travel.minutes[a][b]
        between = begin >= free - TOLERANCE and finish <= busy + TOLERANCE
        if between and busy - free >= drive + length - TOLERANCE:
            return True
    return False


def _crews(problem: Problem, plan: Plan) -> Iterator[Violation]:
    on_tours: Counter[tuple[str, dt.date]] = Counter()
    for tour in _new(problem, plan):
        if len(set(tour.crew)) < len(tour.crew):
            yield Violation(5, _place(tour), "names an officer twice")
        for id_ in tour.crew:
            officer = problem.officer_by_id[id_]
            on_tours[id_, tour.date] += 1
            if officer.office != tour.office:
                yield Violation(5, _place(tour), f"takes officer {id_} of another office")
            if officer.is_absent(tour.date):
                yield Violation(5, _place(tour), f"takes officer {id_}, who is absent")
            elif officer.is_busy(tour.date, tour.depart, tour.return_):
                yield Violation(5, _place(tour), f"takes officer {id_}, who is busy in that time")
    for (id_, date), number in on_tours.items():
        if number > 1:
            yield Violation(5, f"officer {id_} on {date}", f"is on {number} tours")


def _weeks(problem: Problem, plan: Plan) -> Iterator[Violation]:
    weeks = Counter((id_, tour.date.isocalendar()[:2]) for tour in plan.tours for id_ in tour.crew)
    judged = {(id_, tour.date.isocalendar()[:2]) for tour in _new(problem, plan) for id_ in tour.crew}
    for (id_, week), number in weeks.items():
        limit = problem.officer_by_id[id_].max_days_per_week
        if limit is not None and number > limit and (id_, week) in judged:
            yield Violation(5, f"officer {id_} in week {week[1]}", f"is on {number} tours, over the limit of {limit}")


def _cars(problem: Problem, plan: Plan) -> Iterator[Violation]:
    tours_of: Counter[tuple[str, dt.date]] = Counter()
    trips: Counter[tuple[str, str, dt.date]] = Counter()
    for tour in _new(problem, plan):
        office, car = problem.office_by_id[tour.office], problem.car_of(tour)
        tours_of[tour.office, tour.date] += 1
        if car is None:
            what = "names no car" if tour.car is None else f"takes car {tour.car}, which {tour.office} does not have"
            yield Violation(5, _place(tour), what)
            continue
        if car.id is not None:
            trips[tour.office, car.id, tour.date] += 1
            if tour.date in (office.car_by_id[car.id].away or ()):
                yield Violation(5, _place(tour), f"takes car {car.id}, which is away")
        if len(tour.crew) > car.seats:
            yield Violation(5, _place(tour), f"has a crew of {len(tour.crew)} for {car.seats} seats")
        load = sum(problem.visit_by_id[stop.visit].load or 0.0 for stop in tour.stops)
        if not car.takes(load):
            yield Violation(5, _place(tour), f"carries {load:g}, over the capacity of {car.capacity:g}")
    for (id_, date), number in tours_of.items():
        office = problem.office_by_id[id_]
        if not office.has_names and number > office.cars_of(date):
            yield Violation(5, f"office {id_} on {date}", f"sends {number} tours, over its cars")
    for (id_, name, date), number in trips.items():
        if number > 1:
            yield Violation(5, f"car {name} of {id_} on {date}", f"is on {number} tours")


def _topics(problem: Problem, plan: Plan) -> Iterator[Violation]:
    for tour in _new(problem, plan):
        known = {topic for id_ in tour.crew for topic in problem.officer_by_id[id_].topics}
        for stop in tour.stops:
            for topic in problem.visit_by_id[stop.visit].topics or ():
                if topic not in known:
                    yield Violation(6, _place(tour), f"has nobody with topic {topic!r} for {stop.visit}")
            visit = problem.visit_by_id[stop.visit]
            if len(set(tour.crew)) < visit.crew_size:
                yield Violation(6, _place(tour), f"has fewer than {visit.crew_size} officers for {stop.visit}")
            for id_ in tour.crew:
                if problem.cooperative_by_id[visit.cooperative].bars(id_):
                    yield Violation(6, _place(tour), f"takes officer {id_}, who is barred from {visit.cooperative}")


def _leads(problem: Problem, plan: Plan) -> Iterator[Violation]:
    planned = {problem.visit_by_id[stop.visit].cooperative for tour in plan.tours for stop in tour.stops}
    for cooperative in problem.cooperatives:
        lead = plan.leads.get(cooperative.id)
        if lead is None:
            if cooperative.id in planned:
                yield Violation(7, f"cooperative {cooperative.id}", "has planned visits but no lead")
            continue
        if cooperative.bars(lead):
            yield Violation(7, f"cooperative {cooperative.id}", f"has lead {lead}, who is barred from it")
        if cooperative.lead is not None and lead != cooperative.lead:
            yield Violation(7, f"cooperative {cooperative.id}", f"has lead {lead}, not {cooperative.lead}")


def _spacing(problem: Problem, plan: Plan) -> Iterator[Violation]:
    history = {stop.visit for tour in problem.history for stop in tour.stops}
    placed = {stop.visit: tour for tour in plan.tours for stop in tour.stops}
    for cooperative in problem.cooperatives:
        visits = [visit for visit in problem.visits_of[cooperative.id] if visit.id in placed]
        dates = [placed[visit.id].date for visit in visits]
        for place, (after, later) in enumerate(zip(visits, dates, strict=True)):
            # what took place may have done so in another order: the last of those before counts, not the next by seq
            ahead = [(placed[id_].date, id_) for id_ in (visit.id for visit in visits[:place])
                     if not {id_, after.id} <= history]  # fmt: skip
            earlier, before = max(ahead, default=(dt.date.min, ""))
            if (later - earlier).days < cooperative.gap_days:
                yield Violation(8, f"visit {after.id}", f"on {later} follows {before} on {earlier} within the gap")
        if cooperative.rhythms is not None and visits and tuple(dates) not in cooperative.rhythms:
            yield Violation(8, f"cooperative {cooperative.id}", "is visited on dates that are none of its rhythms")
        if cooperative.office is not None:
            for visit in visits:
                tour = placed[visit.id]
                if tour.office != cooperative.office and visit.id not in history:
                    yield Violation(8, f"visit {visit.id}", f"is made from {tour.office}, not {cooperative.office}")


def _partners(problem: Problem, plan: Plan) -> Iterator[Violation]:
    used: Counter[tuple[str, dt.date]] = Counter()
    where: dict[tuple[str, dt.date], list[str]] = defaultdict(list)
    for tour in _new(problem, plan):
        for stop in tour.stops:
            partner = problem.visit_by_id[stop.visit].partner
            if partner is not None:
                used[partner, tour.date] += 1
                where[partner, tour.date].append(stop.visit)
    for (id_, date), number in used.items():
        agency = problem.partner_by_id[id_]
        if date not in agency.dates:
            yield Violation(9, f"visit {where[id_, date][0]}", f"falls on {date}, when {id_} is not free")
        elif number > agency.per_day:
            yield Violation(9, f"partner {id_} on {date}", f"is wanted {number} times, over {agency.per_day}")


def _as_it_was(tour: Tour) -> tuple[object, ...]:
    """What a tour of history must keep: everything but its id, and the order in which its crew is named."""
    on_break = tour.break_ and tuple(seconds(time) for time in tour.break_)
    stops = tuple((s.visit, seconds(s.arrive), seconds(s.start), seconds(s.end)) for s in tour.stops)
    times = seconds(tour.depart), seconds(tour.return_), on_break
    return tour.date, tour.office, tour.car, sorted(tour.crew), times, stops


def _history(problem: Problem, plan: Plan) -> Iterator[Violation]:
    if problem.today is None:
        return
    before = [tour for tour in plan.tours if tour.date < problem.today]
    for past in problem.history:
        match = next((tour for tour in before if _as_it_was(tour) == _as_it_was(past)), None)
        if match is None:
            what = f"lies before {problem.today} and must stay, but the plan does not have it as it was"
            yield Violation(10, f"published tour {past.id}", what)
        else:
            before.remove(match)
    for tour in before:
        yield Violation(10, _place(tour), f"lies before {problem.today}, where nothing else may be")


def _pins(problem: Problem, plan: Plan) -> Iterator[Violation]:
    now = {stop.visit: (tour, stop.start) for tour in plan.tours for stop in tour.stops}
    was = {visit: (tour, start) for tour, visit, start in problem.published_stops()}
    for pin in problem.pins or ():
        tour, start = was[pin]
        if pin not in now:
            yield Violation(10, f"pinned visit {pin}", "is not planned")
            continue
        new, new_start = now[pin]
        if new.date != tour.date or abs(new_start - start) > TOLERANCE or set(new.crew) != set(tour.crew):
            yield Violation(10, f"pinned visit {pin}", "is not where the published plan has it")


def _stated_cost(problem: Problem, plan: Plan) -> Iterator[Violation]:
    true = cost(problem, plan)
    for part in type(true).model_fields:
        stated, real = getattr(plan.cost, part), getattr(true, part)
        if not is_stated(stated, real):
            yield Violation(0, f"cost.{part}", f"is stated as {stated:.2f} baht, but is {real:.2f}")
    if plan.lower_bound is not None and is_above(plan.lower_bound, true.total):
        yield Violation(0, "lower_bound", f"is {plan.lower_bound:.2f} baht, above the cost of {true.total:.2f}")


def is_stated(stated: float, real: float) -> bool:
    """Whether baht that a plan states are those that it costs, but for the rounding of a file."""
    return abs(stated - real) <= 0.01 + 1e-6 * abs(real)


def is_above(bound: float, total: float) -> bool:
    """Whether a bound is above the cost of a plan, so that it is none."""
    return bound > total * (1 + 1e-6) + 0.01
