"""The referee: every rule of a plan and its cost, restated in plain Python. Shares no code with the optimizer.

``violations`` says which rules a plan breaks; ``cost`` says what it costs by the prices of the problem. Every plan
passes here before anyone sees it. Times may be broken by no more than ``TOLERANCE``: files carry whole seconds.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from models.clock import format_clock
from models.plan import Cost, Plan, Stop, Tour
from models.problem import Problem

#: minutes; one second, and a hair for the arithmetic
TOLERANCE = 1 / 60 + 1e-6
#: seconds by which a start may differ from the published one without counting as moved
MOVED_SECONDS = 30 * 60


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
        _each_visit_once, _tours_in_time, _visits_in_time, _breaks, _crews, _topics, _leads, _spacing,
        _partners, _history, _pins, _stated_cost,
    )  # fmt: skip
    return [violation for rule in rules for violation in rule(problem, plan)]


def cost(problem: Problem, plan: Plan) -> Cost:
    """What ``plan`` costs, in baht, part by part."""
    prices = problem.prices
    km = problem.travel.km
    driven = officer_days = late = standing_in = 0.0
    minutes: defaultdict[str, float] = defaultdict(float)
    for tour in plan.tours:
        driven += sum(km[a][b] for a, b in _legs(problem, tour))
        officer_days += len(tour.crew)
        for officer in tour.crew:
            minutes[officer] += tour.worked
        for stop in tour.stops:
            visit = problem.visit_by_id[stop.visit]
            late += problem.late_workdays(visit, tour.date) * visit.priority
            counts = problem.today is None or tour.date >= problem.today
            standing_in += counts and plan.leads.get(visit.cooperative) not in tour.crew
    over = sum(
        max(0.0, minutes[officer.id] / 60 - officer.fair_hours)
        for officer in problem.officers
        if officer.fair_hours is not None
    )
    changed = sum(
        cooperative.current_lead is not None and plan.leads.get(cooperative.id, cooperative.current_lead)
        != cooperative.current_lead
        for cooperative in problem.cooperatives
    )  # fmt: skip
    return Cost.of(
        km=driven * prices.km,
        officer_days=officer_days * prices.officer_day,
        car_days=len(plan.tours) * prices.car_day,
        late=late * prices.late_day,
        unplanned=sum(problem.visit_by_id[u.visit].priority for u in plan.unplanned) * prices.unplanned,
        stand_in=standing_in * prices.stand_in,
        overload=over * prices.overload_hour,
        lead_change=changed * prices.lead_change,
        moved=sum(price for _, price in moved(problem, plan)),
    )


def moved(problem: Problem, plan: Plan) -> list[tuple[str, float]]:
    """The published visits dated from ``today`` on that ``plan`` moves, each with its price in baht."""
    if problem.published is None:
        return []
    today, notice = problem.today, problem.notice_days
    now = {stop.visit: (tour, stop.start) for tour in plan.tours for stop in tour.stops}
    result = []
    for tour, visit, start in problem.published_stops():
        if today is not None and tour.date < today:
            continue
        if visit in now:
            new, new_start = now[visit]
            cooperative = problem.visit_by_id[visit].cooperative
            stays = (
                new.date == tour.date
                and abs(_seconds(new_start) - _seconds(start)) <= MOVED_SECONDS
                and _answering(new, plan.leads.get(cooperative))
                == _answering(tour, problem.published.leads.get(cooperative))
            )
            if stays:
                continue
        soon = today is not None and notice is not None and (tour.date - today).days < notice
        price = problem.prices.moved_at_short_notice if soon else problem.prices.moved
        result.append((visit, price))
    return result


def _seconds(minutes: float) -> int:
    """Minutes as the whole seconds that a file carries: what is compared exactly must not depend on a float's hair."""
    return round(minutes * 60)


def _answering(tour: Tour, lead: str | None) -> frozenset[str]:
    """Who the cooperative sees: the lead where he or she rides along, else the whole crew."""
    return frozenset([lead]) if lead is not None and lead in tour.crew else frozenset(tour.crew)


def _legs(problem: Problem, tour: Tour) -> list[tuple[int, int]]:
    """The tour's drives as pairs of locations, from the office back to the office."""
    depot = problem.office_by_id[tour.office].location
    places = [depot, *(_location(problem, stop) for stop in tour.stops), depot]
    return list(pairwise(places))


def _location(problem: Problem, stop: Stop) -> int:
    return problem.cooperative_by_id[problem.visit_by_id[stop.visit].cooperative].location


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
        free = tour.depart
        legs = _legs(problem, tour)
        for stop, (a, b) in zip(tour.stops, legs, strict=False):
            visit = problem.visit_by_id[stop.visit]
            if stop.arrive < free + minutes[a][b] - TOLERANCE:
                yield Violation(2, _place(tour), f"reaches {stop.visit} sooner than the drive takes")
            if stop.start < stop.arrive - TOLERANCE:
                yield Violation(2, _place(tour), f"starts {stop.visit} before it arrives")
            if abs(stop.end - stop.start - visit.minutes) > TOLERANCE:
                yield Violation(2, _place(tour), f"gives {stop.visit} other than its {visit.minutes:g} minutes")
            free = stop.end
        if tour.return_ < free + minutes[legs[-1][0]][legs[-1][1]] - TOLERANCE:
            yield Violation(2, _place(tour), "is back sooner than the drive takes")


def _visits_in_time(problem: Problem, plan: Plan) -> Iterator[Violation]:
    for tour in _new(problem, plan):
        for stop in tour.stops:
            visit = problem.visit_by_id[stop.visit]
            cooperative = problem.cooperative_by_id[visit.cooperative]
            where = f"visit {visit.id} on {tour.date}"
            if visit.window is not None:
                first, last = visit.window
                if not first - TOLERANCE <= stop.start <= last + TOLERANCE:
                    yield Violation(3, where, f"starts at {format_clock(stop.start)}, outside its window")
            if cooperative.open is not None:
                opens, closes = cooperative.open
                if stop.start < opens - TOLERANCE or stop.end > closes + TOLERANCE:
                    yield Violation(3, where, "lies outside the cooperative's open hours")
            if visit.earliest is not None and tour.date < visit.earliest:
                yield Violation(3, where, f"lies before {visit.earliest}")
            if visit.latest is not None and tour.date > visit.latest:
                yield Violation(3, where, f"lies after {visit.latest}")
            if tour.date in (cooperative.closed or ()):
                yield Violation(3, where, "falls on a day the cooperative is closed")


def _breaks(problem: Problem, plan: Plan) -> Iterator[Violation]:
    day = problem.day
    for tour in _new(problem, plan):
        leaves_before = _seconds(tour.depart) <= _seconds(day.break_opens)
        spans = day.has_break and leaves_before and _seconds(tour.return_) >= _seconds(day.break_closes)
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
    for (a, b), free, busy in zip(_legs(problem, tour), leaves, reaches, strict=True):
        drive = problem.travel.minutes[a][b]
        between = begin >= free - TOLERANCE and finish <= busy + TOLERANCE
        if between and busy - free >= drive + length - TOLERANCE:
            return True
    return False


def _crews(problem: Problem, plan: Plan) -> Iterator[Violation]:
    busy: Counter[tuple[str, dt.date]] = Counter()
    weeks: Counter[tuple[str, tuple[int, int]]] = Counter()
    cars: Counter[tuple[str, dt.date]] = Counter()
    for tour in plan.tours:
        for id_ in tour.crew:
            weeks[id_, tour.date.isocalendar()[:2]] += 1
    judged = {(id_, tour.date.isocalendar()[:2]) for tour in _new(problem, plan) for id_ in tour.crew}
    for tour in _new(problem, plan):
        office = problem.office_by_id[tour.office]
        cars[tour.office, tour.date] += 1
        if len(tour.crew) > office.seats:
            yield Violation(5, _place(tour), f"has a crew of {len(tour.crew)} for {office.seats} seats")
        if len(set(tour.crew)) < len(tour.crew):
            yield Violation(5, _place(tour), "names an officer twice")
        for id_ in tour.crew:
            officer = problem.officer_by_id[id_]
            busy[id_, tour.date] += 1
            if officer.office != tour.office:
                yield Violation(5, _place(tour), f"takes officer {id_} of another office")
            if tour.date in (officer.absent or ()):
                yield Violation(5, _place(tour), f"takes officer {id_}, who is absent")
        if office.capacity is not None:
            load = sum(problem.visit_by_id[stop.visit].load or 0.0 for stop in tour.stops)
            if load > office.capacity * (1 + 1e-9):
                yield Violation(5, _place(tour), f"carries {load:g}, over the capacity of {office.capacity:g}")
    for (id_, date), number in busy.items():
        if number > 1:
            yield Violation(5, f"officer {id_} on {date}", f"is on {number} tours")
    for (id_, date), number in cars.items():
        if number > problem.office_by_id[id_].cars_of(date):
            yield Violation(5, f"office {id_} on {date}", f"sends {number} tours, over its cars")
    for (id_, week), number in weeks.items():
        limit = problem.officer_by_id[id_].max_days_per_week
        if limit is not None and number > limit and (id_, week) in judged:
            yield Violation(5, f"officer {id_} in week {week[1]}", f"is on {number} tours, over the limit of {limit}")


def _topics(problem: Problem, plan: Plan) -> Iterator[Violation]:
    for tour in _new(problem, plan):
        known = {topic for id_ in tour.crew for topic in problem.officer_by_id[id_].topics}
        for stop in tour.stops:
            for topic in problem.visit_by_id[stop.visit].topics or ():
                if topic not in known:
                    yield Violation(6, _place(tour), f"has nobody with topic {topic!r} for {stop.visit}")


def _leads(problem: Problem, plan: Plan) -> Iterator[Violation]:
    planned = {problem.visit_by_id[stop.visit].cooperative for tour in plan.tours for stop in tour.stops}
    for cooperative in problem.cooperatives:
        lead = plan.leads.get(cooperative.id)
        if lead is None:
            if cooperative.id in planned:
                yield Violation(7, f"cooperative {cooperative.id}", "has planned visits but no lead")
        elif cooperative.lead is not None and lead != cooperative.lead:
            yield Violation(7, f"cooperative {cooperative.id}", f"has lead {lead}, not {cooperative.lead}")


def _spacing(problem: Problem, plan: Plan) -> Iterator[Violation]:
    history = {stop.visit for tour in problem.history for stop in tour.stops}
    placed = {stop.visit: tour for tour in plan.tours for stop in tour.stops}
    for cooperative in problem.cooperatives:
        visits = [visit for visit in problem.visits_of[cooperative.id] if visit.id in placed]
        dates = [placed[visit.id].date for visit in visits]
        for (before, earlier), (after, later) in pairwise(zip(visits, dates, strict=True)):
            if (later - earlier).days < cooperative.gap_days and not {before.id, after.id} <= history:
                yield Violation(8, f"visit {after.id}", f"on {later} follows {before.id} on {earlier} within the gap")
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
    rest = tour.break_ and tuple(_seconds(time) for time in tour.break_)
    stops = tuple((s.visit, _seconds(s.arrive), _seconds(s.start), _seconds(s.end)) for s in tour.stops)
    times = _seconds(tour.depart), _seconds(tour.return_), rest
    return tour.date, tour.office, sorted(tour.crew), times, stops


def _history(problem: Problem, plan: Plan) -> Iterator[Violation]:
    if problem.today is None:
        return
    before = [tour for tour in plan.tours if tour.date < problem.today]
    for past in problem.history:
        match = next((tour for tour in before if _as_it_was(tour) == _as_it_was(past)), None)
        if match is None:
            yield Violation(10, f"published tour {past.id}", "is history, but the plan does not have it as it was")
        else:
            before.remove(match)
    for tour in before:
        yield Violation(10, _place(tour), f"lies before {problem.today}, and is not history")


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
        if abs(stated - real) > 0.01 + 1e-6 * abs(real):
            yield Violation(0, f"cost.{part}", f"is stated as {stated:.2f} baht, but is {real:.2f}")
    if plan.lower_bound is not None and plan.lower_bound > true.total * (1 + 1e-6) + 0.01:
        yield Violation(0, "lower_bound", f"is {plan.lower_bound:.2f} baht, above the cost of {true.total:.2f}")
