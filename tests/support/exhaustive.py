"""The true optimum of a tiny problem, by trying everything; it shares nothing with the optimizer.

Every choice is enumerated: each visit's date (or none), each day's split into tours, their offices, orders and crews,
each cooperative's lead, and for every tour the timing of least work, also with published starts kept. Only what can
never be better is dropped. The plan found is judged by the referee, and its cost is the referee's.

Meant for up to four visits, three days and three officers.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.plan import Plan, Stop, Tour, Unplanned
from models.problem import Cooperative, Problem, Visit
from models.referee import cost, violations
from support.day_options import DayOption, Leg, day_options

Dates = dict[str, dt.date | None]


@dataclass(frozen=True)
class Partial:
    """Days put together so far: baht, minutes of each officer counted in hours, tours of each in each week."""

    cost: float
    worked: tuple[float, ...]
    weeks: tuple[int, ...]
    options: tuple[DayOption, ...]

    def no_worse(self, other: Partial) -> bool:
        """Whether nothing can be built on ``other`` that this one does not allow as cheaply."""
        return (
            self.cost <= other.cost
            and all(a <= b for a, b in zip(self.worked, other.worked, strict=True))
            and all(a <= b for a, b in zip(self.weeks, other.weeks, strict=True))
        )


def optimum(problem: Problem) -> Plan | None:
    """A cheapest plan of ``problem``, proven by exhaustion; None where no plan keeps every rule.

    The plan's cost is stated, its lower bound is its cost, its status is optimal.
    """
    search = _Search(problem)
    best = search.run()
    if best is None:
        return None
    plan = search.plan(*best)
    broken = violations(problem, plan)
    if broken:
        raise AssertionError(f"the exhaustive optimum breaks rules: {[str(each) for each in broken]}")
    return plan


class _Search:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.past = {stop.visit: tour.date for tour in problem.history for stop in tour.stops}
        self.published = {stop.visit: tour for tour in (problem.published.tours if problem.published else ())
                          for stop in tour.stops}  # fmt: skip
        self.workdays = [day for day in problem.workdays if problem.today is None or day >= problem.today]
        #: officers whose hours have a price, and (officer, week) pairs with a limit
        self.timed = [o for o in problem.officers if o.fair_hours is not None and problem.prices.overload_hour > 0]
        tour_days = {*problem.workdays, *self.past.values()}
        tours_at_most = Counter(day.isocalendar()[:2] for day in tour_days)
        self.limited = [(o, week) for o in problem.officers for week, number in sorted(tours_at_most.items())
                        if o.max_days_per_week is not None and o.max_days_per_week < number]  # fmt: skip
        self.day_cache: dict[tuple[dt.date, tuple[str, ...]], list[DayOption]] = {}
        self.priced_cache: dict[tuple[object, ...], list[Partial]] = {}

    # -- the choice of dates ------------------------------------------------------------------------------------

    def date_choices(self) -> Iterator[Dates]:
        """Every way to give each visit a date or none that rules 3, 8, 9 and 10 allow."""
        wants = [visit for visit in self.problem.visits if visit.id not in self.past]
        for chosen in itertools.product(*(self.dates_of(visit) for visit in wants)):
            dates: Dates = {**self.past, **{visit.id: date for visit, date in zip(wants, chosen, strict=True)}}
            if all(self.spaced(coop, dates) for coop in self.problem.cooperatives) and self.partners_free(dates):
                yield dates

    def dates_of(self, visit: Visit) -> list[dt.date | None]:
        cooperative = self.problem.cooperative_by_id[visit.cooperative]
        partner = self.problem.partner_by_id[visit.partner] if visit.partner else None
        fit: list[dt.date | None] = [None]
        for date in self.workdays:
            in_range = (visit.earliest or date) <= date <= (visit.latest or date)
            in_range = in_range and (visit.dates is None or date in visit.dates)
            if in_range and date not in (cooperative.closed or ()) and (partner is None or date in partner.dates):
                fit.append(date)
        if visit.id in (self.problem.pins or ()):
            return [date for date in fit if date == self.published[visit.id].date]
        return fit

    def spaced(self, cooperative: Cooperative, dates: Dates) -> bool:
        kept = [
            (v.id in self.past, date)
            for v in self.problem.visits_of[cooperative.id]
            if (date := dates[v.id]) is not None
        ]
        if cooperative.rhythms is not None and kept and tuple(date for _, date in kept) not in cooperative.rhythms:
            return False
        least = max(1, cooperative.min_gap_days or 0)
        return all(
            (past_a and past_b) or (b - a).days >= least for (past_a, a), (past_b, b) in itertools.combinations(kept, 2)
        )

    def partners_free(self, dates: Dates) -> bool:
        used = Counter((v.partner, dates[v.id]) for v in self.problem.visits
                       if v.partner and dates[v.id] and v.id not in self.past)  # fmt: skip
        return all(number <= self.problem.partner_by_id[id_].per_day for (id_, _), number in used.items())

    # -- putting days together ----------------------------------------------------------------------------------

    def run(self) -> tuple[Dates, dict[str, str], tuple[DayOption, ...]] | None:
        best_cost, best = float("inf"), None
        ranked = []
        for number, dates in enumerate(self.date_choices()):
            least = self.fixed_cost(dates) + sum(
                min((option.cost for option in self.day(date, visits)), default=float("inf"))
                for date, visits in _by_date(dates, self.past).items()
            )
            ranked.append((least, number, dates))
        for least, _, dates in sorted(ranked, key=lambda each: each[:2]):
            if least >= best_cost:
                break
            for leads in self.lead_choices(dates):
                found = self.cheapest(dates, leads, best_cost)
                if found is not None:
                    best_cost, options = found
                    best = (dates, leads, options)
        return best

    def day(self, date: dt.date, visits: tuple[str, ...]) -> list[DayOption]:
        key = (date, visits)
        if key not in self.day_cache:
            self.day_cache[key] = day_options(self.problem, date, [self.problem.visit_by_id[id_] for id_ in visits])
        return self.day_cache[key]

    def lead_choices(self, dates: Dates) -> Iterator[dict[str, str]]:
        cooperatives = [c for c in self.problem.cooperatives if any(dates[v.id] for v in self.problem.visits_of[c.id])]
        everyone = [officer.id for officer in self.problem.officers]
        able = (
            [
                id_
                for id_ in ([cooperative.lead] if cooperative.lead else everyone)
                if id_ not in (cooperative.barred or ())
            ]
            for cooperative in cooperatives
        )
        for chosen in itertools.product(*able):
            yield {cooperative.id: lead for cooperative, lead in zip(cooperatives, chosen, strict=True)}

    def fixed_cost(self, dates: Dates) -> float:
        """What does not depend on tours or leads: lateness, visits left out, published visits moved for sure."""
        prices, total = self.problem.prices, 0.0
        for visit in self.problem.visits:
            date = dates[visit.id]
            if date is None:
                total += visit.priority * prices.unplanned
            elif visit.due is not None:
                late = sum(visit.due < day <= date for day in self.problem.workdays)
                total += late * visit.priority * prices.late_day
            if visit.id in self.published and visit.id not in self.past and date != self.published[visit.id].date:
                total += self.move_price(visit.id)
        return total

    def move_price(self, visit: str) -> float:
        prices, today, notice = self.problem.prices, self.problem.today, self.problem.notice_days
        soon = today is not None and notice is not None and (self.published[visit].date - today).days < notice
        return prices.moved_soon if soon and prices.moved_soon is not None else prices.moved

    def cheapest(
        self, dates: Dates, leads: Mapping[str, str], below: float
    ) -> tuple[float, tuple[DayOption, ...]] | None:
        """The cheapest days for these dates and leads, where they cost less than ``below``."""
        prices = self.problem.prices
        base = self.fixed_cost(dates) + prices.lead_change * sum(
            cooperative.current_lead is not None
            and leads.get(cooperative.id, cooperative.current_lead) != cooperative.current_lead
            for cooperative in self.problem.cooperatives
        )
        history = self.problem.history
        base += sum(self.history_cost(tour) for tour in history)
        worked = tuple(sum(t.worked for t in history if o.id in t.crew) for o in self.timed)
        weeks = tuple(sum(o.id in t.crew and t.date.isocalendar()[:2] == week for t in history)
                      for o, week in self.limited)  # fmt: skip
        steps = [
            self.priced(date, visits, tuple(leads[self.problem.visit_by_id[id_].cooperative] for id_ in visits))
            for date, visits in _by_date(dates, self.past).items()
        ]
        to_come = [min((option.cost for option in step), default=float("inf")) for step in steps]
        front = [Partial(base, worked, weeks, ())]
        for number, step in enumerate(steps):
            room = below - sum(to_come[number + 1 :])
            front = _undominated(
                joined for before in front for then in step
                if before.cost + then.cost < room and (joined := self.join(before, then)) is not None
                and joined.cost + self.overload(joined.worked) < room
            )  # fmt: skip
        totals = [(each.cost + self.overload(each.worked), number) for number, each in enumerate(front)]
        total, number = min(totals, default=(float("inf"), 0))
        return (total, front[number].options) if total < below else None

    def history_cost(self, tour: Tour) -> float:
        prices = self.problem.prices
        days = len(tour.crew) * prices.officer_day_for(tour.return_ - tour.depart)
        return _legs_cost(self.problem, tour) + prices.car_day + days

    def overload(self, worked: Sequence[float]) -> float:
        hours = sum(max(0.0, m / 60 - (o.fair_hours or 0.0)) for m, o in zip(worked, self.timed, strict=True))
        return hours * self.problem.prices.overload_hour

    def join(self, before: Partial, then: Partial) -> Partial | None:
        weeks = tuple(a + b for a, b in zip(before.weeks, then.weeks, strict=True))
        for number, added, (officer, _) in zip(weeks, then.weeks, self.limited, strict=True):
            if added and number > (officer.max_days_per_week or 0):
                return None
        worked = tuple(a + b for a, b in zip(before.worked, then.worked, strict=True))
        return Partial(before.cost + then.cost, worked, weeks, before.options + then.options)

    def priced(self, date: dt.date, visits: tuple[str, ...], leads: tuple[str, ...]) -> list[Partial]:
        """One day's options with what the leads add: stand-ins, and published visits that others answer."""
        key = (date, visits, leads)
        if key not in self.priced_cache:
            lead_of = dict(zip(visits, leads, strict=True))
            week = date.isocalendar()[:2]
            options = []
            for option in self.day(date, visits):
                added = sum(self.lead_cost(leg, id_, lead_of[id_], date) for leg in option.legs for id_ in leg.order)
                worked = tuple(sum(leg.timing.worked for leg in option.legs if o.id in leg.crew) for o in self.timed)
                weeks = tuple(sum(o.id in leg.crew for leg in option.legs) * (week == w) for o, w in self.limited)
                options.append(Partial(option.cost + added, worked, weeks, (option,)))
            self.priced_cache[key] = _undominated(options)
        return self.priced_cache[key]

    def lead_cost(self, leg: Leg, visit: str, lead: str, date: dt.date) -> float:
        total = 0.0 if lead in leg.crew else self.problem.prices.stand_in
        before = self.published.get(visit)
        if before is not None and before.date == date and self.problem.published is not None:
            was = self.problem.published.leads.get(self.problem.visit_by_id[visit].cooperative)
            answered = {was} if was in before.crew else set(before.crew)
            answers = {lead} if lead in leg.crew else set(leg.crew)
            if visit not in leg.kept or answers != answered:
                total += self.move_price(visit)
            elif set(leg.crew) != set(before.crew):
                total += self.problem.prices.crew_change
        return total

    # -- the plan -----------------------------------------------------------------------------------------------

    def plan(self, dates: Dates, leads: dict[str, str], options: Sequence[DayOption]) -> Plan:
        problem = self.problem
        tours = list(problem.history)
        for option in options:
            tours += [_tour(problem, option.date, leg, f"new-{len(tours) + n}") for n, leg in enumerate(option.legs)]
        left = tuple(Unplanned(visit=v.id, reason="cheaper: no plan with it costs less.") for v in problem.visits
                     if dates[v.id] is None)  # fmt: skip
        bare = Plan(leads=leads, tours=tuple(tours), unplanned=left, status="optimal")
        true = cost(problem, bare)
        return bare.model_copy(update={"cost": true, "lower_bound": true.total})


def _by_date(dates: Dates, past: Mapping[str, dt.date]) -> dict[dt.date, tuple[str, ...]]:
    grouped: dict[dt.date, list[str]] = {}
    for id_, date in dates.items():
        if date is not None and id_ not in past:
            grouped.setdefault(date, []).append(id_)
    return {date: tuple(grouped[date]) for date in sorted(grouped)}


def _undominated(options: Iterator[Partial] | list[Partial]) -> list[Partial]:
    kept: list[Partial] = []
    for option in sorted(options, key=lambda each: (each.cost, each.worked, each.weeks)):
        if not any(other.no_worse(option) for other in kept):
            kept.append(option)
    return kept


def _legs_cost(problem: Problem, tour: Tour) -> float:
    home = problem.office_by_id[tour.office].location
    stops = [problem.cooperative_by_id[problem.visit_by_id[s.visit].cooperative].location for s in tour.stops]
    km = sum(problem.travel.km[a][b] for a, b in itertools.pairwise([home, *stops, home]))
    car = problem.car_of(tour)
    return km * (problem.prices.km if car is None else car.km)


def _tour(problem: Problem, date: dt.date, leg: Leg, id_: str) -> Tour:
    """The tour of a leg, with arrivals as early as the drive allows, or just in time after a break."""
    timing, now = leg.timing, leg.timing.depart
    place, stops = problem.office_by_id[leg.office].location, []
    for visit, start in zip(leg.order, timing.starts, strict=True):
        wanted = problem.visit_by_id[visit]
        there = problem.cooperative_by_id[wanted.cooperative].location
        arrive = now + problem.travel.minutes[place][there]
        if timing.break_ is not None and now <= timing.break_[0] < start:
            arrive = start - problem.day.slack
        stops.append(Stop(visit=visit, arrive=min(arrive, start), start=start, end=start + wanted.minutes))
        now, place = start + wanted.minutes, there
    return Tour.model_validate({
        "id": id_, "date": date, "office": leg.office, "car": leg.car, "crew": leg.crew, "depart": timing.depart,
        "return": timing.back, "break": timing.break_, "stops": stops,
    })  # fmt: skip
