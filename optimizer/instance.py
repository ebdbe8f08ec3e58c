"""A problem as arrays: what the compiled search and the bounds read.

Indices stand for ids in the order of the problem. Times are minutes since midnight, prices baht. History and pins
are worked in here: history as what officers and cooperatives already have, pins as visits with one place only.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from models.cars import CAPACITY_HAIR
from models.costing import price_of_a_kilometre
from models.faults import Fault, InvalidInput
from models.hours import ALL_DAY, starts_within
from models.problem import Problem, Visit

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.uint8]

#: minutes by which a tour that needs no break must miss the break's hours: the grain of a plan file
SECOND = 1.0 / 60.0


class Instance(NamedTuple):
    """The arrays. V visits, C cooperatives, O officers, D workdays, W weeks, F offices, P partners, L locations.

    Plain arrays and numbers only, so that compiled code takes it as it is.
    """

    coop: Ints  # [V] cooperative of the visit
    place: Ints  # [V] location
    minutes: Floats  # [V] length of the visit
    opens: Floats  # [V] earliest start
    closes: Floats  # [V] latest start
    topics: Ints  # [V] bit mask of topics needed
    load: Floats  # [V]
    partner: Ints  # [V] partner or -1
    leave_out: Floats  # [V] baht for not planning it
    fixed: Flags  # [V] 1 history, 2 pinned, else 0
    day_ok: Flags  # [V, D] whether the visit may be on that day
    first_day: Ints  # [V] first and last workday that may be
    last_day: Ints  # [V] -1 where there is none
    late: Floats  # [V, D] baht for being late on that day
    published_day: Ints  # [V] published workday from today on, or -1
    published_start: Floats  # [V] published start
    move_price: Floats  # [V] baht for moving it; 0 where it is not published
    published_crew: Ints  # [V, S] officers who answer for it in the published plan, padded with -1
    past: Ints  # [V] ordinal date of a history visit, else -1

    first_visit: Ints  # [C + 1] visits of a cooperative: visit_list[first_visit[c]:first_visit[c + 1]], by seq
    visit_list: Ints  # [V]
    gap: Ints  # [C] calendar days between visits
    home: Ints  # [C] office, or -1 for any
    fixed_lead: Ints  # [C] officer or -1
    current_lead: Ints  # [C] officer or -1
    first_rhythm: Ints  # [C + 1] rhythms of a cooperative; none: not bound to rhythms (see has_rhythm)
    rhythm: Ints  # [R, n] workday of each visit by seq, -1 beyond the visits, -2 for a visit in history
    has_rhythm: Flags  # [C]
    neighbours: Ints  # [C, C] cooperatives by distance, nearest first
    lead_regret: Floats  # [C, O] rough baht lost by this officer as lead, over the best one

    depot: Ints  # [F] location
    cars: Ints  # [F, D]
    seats: Ints  # [F]
    capacity: Floats  # [F]
    first_slot: Ints  # [F, D + 1] tour slots of an office and day: first_slot[f, d] .. first_slot[f, d + 1]
    slot_day: Ints  # [T]
    slot_office: Ints  # [T]

    base: Ints  # [O] office of the officer
    skills: Ints  # [O] bit mask of topics
    there: Flags  # [O, D] whether the officer is not absent
    week_limit: Ints  # [O] tours in one week at most
    fair: Floats  # [O] minutes on tours before overload is paid; inf without
    past_minutes: Floats  # [O] minutes on history tours
    past_tours: Ints  # [O, W] history tours by week

    per_day: Ints  # [P]
    week: Ints  # [D] week of a workday
    ordinal: Ints  # [D] ordinal date of a workday
    drive: Floats  # [L, L] minutes
    km: Floats  # [L, L] kilometres times their price: baht

    day_start: float
    day_end: float
    longest: float  # longest tour, minutes
    rest: float  # length of the break; 0: no break
    rest_opens: float
    rest_closes: float
    officer_day: float
    car_day: float
    stand_in: float
    overload: float  # baht a minute
    lead_change: float
    most_stops: int  # stops a tour can have at most
    leads_matter: int  # whether any price hangs on leads


@dataclass(frozen=True)
class Frame:
    """An instance with what belongs to it on the Python side."""

    problem: Problem
    instance: Instance
    #: baht that history costs by itself (its km, officer days, cars, lateness) and that no choice changes
    sunk: float


def frame(problem: Problem) -> Frame:
    """The arrays of ``problem``.

    Raises:
        InvalidInput: more than 62 groups of topics that matter, or pins that cannot all stand.
    """
    return _Maker(problem).make()


class _Maker:
    """Fills the arrays, one method for each part."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.day_of = {date: index for index, date in enumerate(problem.workdays)}
        self.officer_of = {officer.id: index for index, officer in enumerate(problem.officers)}
        self.office_of = {office.id: index for index, office in enumerate(problem.offices)}
        self.coop_of = {coop.id: index for index, coop in enumerate(problem.cooperatives)}
        self.visit_of = {visit.id: index for index, visit in enumerate(problem.visits)}
        self.partner_of = {partner.id: index for index, partner in enumerate(problem.partners or ())}
        self.bits = self._topic_bits()
        self.pinned = set(problem.pins or ())
        self.past = {stop.visit: tour.date for tour in problem.history for stop in tour.stops}
        self.open_days = [date >= (problem.today or dt.date.min) for date in problem.workdays]

    def make(self) -> Frame:
        problem = self.problem
        parts: dict[str, Any] = {}
        for fill in (self._visits, self._days, self._published, self._cooperatives, self._rhythms, self._offices,
                     self._officers, self._rest):  # fmt: skip
            fill(parts)
        parts["day_ok"][parts["opens"] > parts["closes"]] = 0
        days = np.arange(len(problem.workdays))
        parts["first_day"] = np.where(parts["day_ok"], days, len(days)).min(axis=1, initial=len(days)).astype(np.int64)
        parts["last_day"] = np.where(parts["day_ok"], days, -1).max(axis=1, initial=-1).astype(np.int64)
        self._slots(parts)
        self._leads(parts)
        prices = problem.prices
        driven = 0.0
        for tour in problem.history:
            places = [problem.cooperative_by_id[problem.visit_by_id[s.visit].cooperative].location for s in tour.stops]
            depot = problem.office_by_id[tour.office].location
            legs = zip([depot, *places], [*places, depot], strict=True)
            driven += sum(problem.travel.km[a][b] for a, b in legs) * price_of_a_kilometre(problem, tour)
            driven += len(tour.crew) * prices.officer_day_for(tour.return_ - tour.depart) + prices.car_day
            for stop in tour.stops:
                visit = problem.visit_by_id[stop.visit]
                driven += problem.late_workdays(visit, tour.date) * visit.priority * prices.late_day
        return Frame(problem, Instance(**parts), driven)

    def _topic_bits(self) -> dict[str, int]:
        """A bit for each group of topics that the same officers have; topics nobody needs have none."""
        needed = sorted({topic for visit in self.problem.visits for topic in visit.topics or ()})
        groups: dict[frozenset[str], int] = {}
        bits = {}
        for topic in needed:
            able = frozenset(officer.id for officer in self.problem.officers if topic in officer.topics)
            bits[topic] = groups.setdefault(able, len(groups))
        if len(groups) > 62:
            raise InvalidInput([Fault("field-value", "visits", f"They need {len(groups)} kinds of topics.",
                                      "Use at most 62 topics that different officers have.")])  # fmt: skip
        return bits

    def _mask(self, topics: tuple[str, ...] | None) -> int:
        return sum({1 << self.bits[topic] for topic in topics or () if topic in self.bits})

    def _visits(self, parts: dict[str, Any]) -> None:
        problem, day = self.problem, self.problem.day
        visits = problem.visits
        coops = [problem.cooperative_by_id[visit.cooperative] for visit in visits]
        parts["coop"] = np.array([self.coop_of[visit.cooperative] for visit in visits], np.int64)
        parts["place"] = np.array([coop.location for coop in coops], np.int64)
        parts["minutes"] = np.array([visit.minutes for visit in visits], np.float64)
        opens, closes = [], []
        for visit, coop in zip(visits, coops, strict=True):
            hours = coop.open if isinstance(coop.open, tuple) else (ALL_DAY,)
            spans = starts_within(visit.windows, hours, visit.minutes) or ((0.0, -1.0),)
            opens.append(max(spans[0][0], day.start))
            closes.append(min(spans[-1][1], day.end - visit.minutes))
        parts["opens"] = np.array(opens, np.float64)
        parts["closes"] = np.array(closes, np.float64)
        parts["topics"] = np.array([self._mask(visit.topics) for visit in visits], np.int64)
        parts["load"] = np.array([visit.load or 0.0 for visit in visits], np.float64)
        parts["partner"] = np.array([self.partner_of.get(visit.partner or "", -1) for visit in visits], np.int64)
        parts["leave_out"] = np.array([visit.priority * problem.prices.unplanned for visit in visits], np.float64)
        parts["fixed"] = np.array(
            [1 if visit.id in self.past else 2 if visit.id in self.pinned else 0 for visit in visits], np.uint8
        )
        past = [self.past[visit.id].toordinal() if visit.id in self.past else -1 for visit in visits]
        parts["past"] = np.array(past, np.int64)

    def _days(self, parts: dict[str, Any]) -> None:
        problem = self.problem
        shape = (len(problem.visits), len(problem.workdays))
        ok, late = np.zeros(shape, np.uint8), np.zeros(shape, np.float64)
        for v, visit in enumerate(problem.visits):
            if visit.id in self.past:
                continue
            for d, date in enumerate(problem.workdays):
                ok[v, d] = self.open_days[d] and self._may(visit, date)
                late[v, d] = problem.late_workdays(visit, date) * visit.priority * problem.prices.late_day
        parts["day_ok"], parts["late"] = ok, late
        parts["ordinal"] = np.array([date.toordinal() for date in problem.workdays], np.int64)
        weeks = [date.isocalendar()[:2] for date in problem.workdays]
        known = {week: index for index, week in enumerate(dict.fromkeys(weeks))}
        self.weeks = known
        parts["week"] = np.array([known[week] for week in weeks], np.int64)

    def _may(self, visit: Visit, date: dt.date) -> bool:
        problem = self.problem
        coop = problem.cooperative_by_id[visit.cooperative]
        return (
            visit.may_be_on(date)
            and bool(coop.stretches(date))
            and (visit.partner is None or date in problem.partner_by_id[visit.partner].dates)
        )

    def _published(self, parts: dict[str, Any]) -> None:
        problem = self.problem
        count = len(problem.visits)
        seats = max(office.most_seats for office in problem.offices)
        crews = max([seats, *(len(tour.crew) for tour in (problem.published.tours if problem.published else ()))])
        parts["published_day"] = np.full(count, -1, np.int64)
        parts["published_start"] = np.zeros(count, np.float64)
        parts["move_price"] = np.zeros(count, np.float64)
        parts["published_crew"] = np.full((count, crews), -1, np.int64)
        today = problem.today or dt.date.min
        notice = problem.notice_days or 0 if problem.today is not None else 0
        for tour, visit_id, start in problem.published_stops():
            if tour.date < today or problem.published is None:
                continue
            v = self.visit_of[visit_id]
            lead = problem.published.leads.get(problem.visit_by_id[visit_id].cooperative)
            answering = [lead] if lead is not None and lead in tour.crew else sorted(set(tour.crew))
            parts["published_crew"][v, : len(answering)] = sorted(self.officer_of[id_] for id_ in answering)
            parts["published_day"][v] = self.day_of.get(tour.date, -1)
            parts["published_start"][v] = start
            prices = problem.prices
            parts["move_price"][v] = prices.moved_at_short_notice if (tour.date - today).days < notice else prices.moved
            if visit_id in self.pinned:
                allowed = parts["opens"][v] - SECOND <= start <= parts["closes"][v] + SECOND
                only = np.zeros(len(problem.workdays), np.uint8)
                if tour.date in self.day_of:
                    only[self.day_of[tour.date]] = allowed
                # the file's start was rounded to a second, so the true one lies within half of it
                parts["opens"][v], parts["closes"][v] = start - SECOND / 2, start + SECOND / 2
                parts["day_ok"][v] &= only

    def _cooperatives(self, parts: dict[str, Any]) -> None:
        problem = self.problem
        coops = problem.cooperatives
        lists = [[self.visit_of[visit.id] for visit in problem.visits_of[coop.id]] for coop in coops]
        parts["first_visit"] = np.cumsum([0, *map(len, lists)]).astype(np.int64)
        parts["visit_list"] = np.array([v for visits in lists for v in visits], np.int64)
        parts["gap"] = np.array([coop.gap_days for coop in coops], np.int64)
        parts["home"] = np.array([self.office_of.get(coop.office or "", -1) for coop in coops], np.int64)
        parts["fixed_lead"] = np.array([self.officer_of.get(coop.lead or "", -1) for coop in coops], np.int64)
        parts["current_lead"] = np.array([self.officer_of.get(coop.current_lead or "", -1) for coop in coops], np.int64)
        km = np.array(problem.travel.km, np.float64).reshape(len(problem.travel.km), -1)
        at = np.array([coop.location for coop in coops], np.int64)
        apart = (km[np.ix_(at, at)] + km[np.ix_(at, at)].T) if len(coops) else np.zeros((0, 0))
        np.fill_diagonal(apart, -1.0)
        parts["neighbours"] = np.argsort(apart, axis=1, kind="stable").astype(np.int64)
        own = [car.km for office in problem.offices for car in office.named if car.km is not None]
        parts["km"] = km * min([problem.prices.km, *own])
        parts["drive"] = np.array(problem.travel.minutes, np.float64).reshape(km.shape)

    def _rhythms(self, parts: dict[str, Any]) -> None:
        problem = self.problem
        rows: list[list[int]] = []
        first = [0]
        for coop in problem.cooperatives:
            visits = problem.visits_of[coop.id]
            for dates in coop.rhythms or ():
                row = [self._beat(visit, date, parts) for visit, date in zip(visits, dates, strict=True)]
                gaps = all((b - a).days >= coop.gap_days for a, b in pairwise(dates))
                if -1 not in row and gaps:
                    rows.append(row)
            first.append(len(rows))
        width = max([1, *map(len, rows)])
        parts["rhythm"] = np.array([row + [-1] * (width - len(row)) for row in rows], np.int64).reshape(-1, width)
        parts["first_rhythm"] = np.array(first, np.int64)
        parts["has_rhythm"] = np.array([coop.rhythms is not None for coop in problem.cooperatives], np.uint8)

    def _beat(self, visit: Visit, date: dt.date, parts: dict[str, Any]) -> int:
        """The workday of one date of a rhythm; -2 where history has it, -1 where the visit cannot be then."""
        if visit.id in self.past:
            return -2 if self.past[visit.id] == date else -1
        day = self.day_of.get(date, -1)
        return day if day >= 0 and parts["day_ok"][self.visit_of[visit.id], day] else -1

    def _offices(self, parts: dict[str, Any]) -> None:
        problem = self.problem
        parts["depot"] = np.array([office.location for office in problem.offices], np.int64)
        parts["seats"] = np.array([office.most_seats for office in problem.offices], np.int64)
        parts["capacity"] = np.array(
            [office.most_capacity * (1 + CAPACITY_HAIR) for office in problem.offices], np.float64
        )
        most = parts["day_ok"].sum(axis=0, dtype=np.int64) if problem.visits else np.zeros(len(problem.workdays), int)
        cars = [[office.cars_of(date) for date in problem.workdays] for office in problem.offices]
        people = [sum(officer.office == office.id for officer in problem.officers) for office in problem.offices]
        bound = np.minimum(np.array(cars, np.int64).reshape(len(cars), -1), np.array(people, np.int64)[:, None])
        parts["cars"] = np.minimum(bound, most[None, :]).astype(np.int64)

    def _officers(self, parts: dict[str, Any]) -> None:
        problem = self.problem
        officers = problem.officers
        parts["base"] = np.array([self.office_of[officer.office] for officer in officers], np.int64)
        parts["skills"] = np.array([self._mask(officer.topics) for officer in officers], np.int64)
        parts["there"] = np.array(
            [[date not in (officer.absent or ()) for date in problem.workdays] for officer in officers], np.uint8
        ).reshape(len(officers), len(problem.workdays))
        limits = [7 if o.max_days_per_week is None else o.max_days_per_week for o in officers]
        parts["week_limit"] = np.array(limits, np.int64)
        fair = [np.inf if officer.fair_hours is None else officer.fair_hours * 60 for officer in officers]
        parts["fair"] = np.array(fair, np.float64)
        minutes = np.zeros(len(officers), np.float64)
        tours = np.zeros((len(officers), max(1, len(self.weeks))), np.int64)
        for tour in problem.history:
            for id_ in tour.crew:
                minutes[self.officer_of[id_]] += tour.worked
                week = self.weeks.get(tour.date.isocalendar()[:2])
                if week is not None:
                    tours[self.officer_of[id_], week] += 1
        parts["past_minutes"], parts["past_tours"] = minutes, tours

    def _rest(self, parts: dict[str, Any]) -> None:
        problem, day, prices = self.problem, self.problem.day, self.problem.prices
        parts["per_day"] = np.array([partner.per_day for partner in problem.partners or ()], np.int64)
        parts["day_start"], parts["day_end"] = day.start, day.end
        parts["longest"] = min(day.end - day.start, np.inf if day.max_minutes is None else day.max_minutes)
        parts["rest"] = float(day.break_minutes or 0.0)
        parts["rest_opens"], parts["rest_closes"] = day.break_opens, day.break_closes
        parts["officer_day"], parts["car_day"] = prices.least_officer_day, prices.car_day
        parts["stand_in"], parts["overload"] = prices.stand_in, prices.overload_hour / 60
        parts["lead_change"] = prices.lead_change
        parts["leads_matter"] = int(prices.stand_in > 0 or prices.lead_change > 0 or bool(parts["move_price"].any()))

    def _slots(self, parts: dict[str, Any]) -> None:
        """One slot for each tour that can be: office by office, day by day."""
        cars = parts["cars"]
        offices, days = cars.shape
        ends = np.concatenate([[0], np.cumsum(cars.ravel())]).astype(np.int64)
        parts["first_slot"] = np.stack([ends[f * days : (f + 1) * days + 1] for f in range(offices)])
        parts["slot_office"] = np.repeat(np.repeat(np.arange(offices), days), cars.ravel()).astype(np.int64)
        parts["slot_day"] = np.repeat(np.tile(np.arange(days), offices), cars.ravel()).astype(np.int64)
        parts["most_stops"] = self._most_stops(parts)

    def _most_stops(self, parts: dict[str, Any]) -> int:
        """A bound on the stops of one tour, by time and by load."""
        coops = len(self.problem.cooperatives)
        if not len(parts["coop"]):
            return 1
        drive = parts["drive"]
        places = np.unique(np.concatenate([parts["place"], parts["depot"]]))
        apart = drive[np.ix_(places, places)] + np.where(np.eye(len(places)), np.inf, 0.0)
        nearest = dict(zip(places.tolist(), apart.min(axis=0).tolist(), strict=True)) if len(places) > 1 else {}
        hosts = set(parts["place"].tolist())
        shared = len(hosts) < coops or hosts & set(parts["depot"].tolist())
        taken: dict[int, float] = {}
        for v, c in enumerate(parts["coop"]):
            reach = 0.0 if shared else nearest.get(int(parts["place"][v]), 0.0)
            taken[int(c)] = min(taken.get(int(c), np.inf), float(parts["minutes"][v]) + reach)
        by_time = int(np.searchsorted(np.cumsum(sorted(taken.values())), parts["longest"] + 1e-6, side="right"))
        loads: dict[int, float] = {}
        for v, c in enumerate(parts["coop"]):
            loads[int(c)] = min(loads.get(int(c), np.inf), float(parts["load"][v]))
        by_load = int(np.searchsorted(np.cumsum(sorted(loads.values())), parts["capacity"].max() + 1e-6, side="right"))
        return max(1, min(coops, by_time, by_load))

    def _leads(self, parts: dict[str, Any]) -> None:
        """How ill each officer suits each cooperative as lead: visits where a second one must ride along."""
        coops, officers = len(self.problem.cooperatives), len(self.problem.officers)
        companion = parts["officer_day"] + 240.0 * parts["overload"]
        missing = np.zeros((coops, officers), np.float64)
        for v, c in enumerate(parts["coop"]):
            if parts["fixed"][v] != 1:
                lacks = (parts["topics"][v] & ~parts["skills"]) != 0
                days = parts["day_ok"][v].astype(bool)
                away = 1.0 - parts["there"][:, days].mean(axis=1) if days.any() else 0.0
                missing[c] += lacks * companion + away * companion
        for v in map(int, np.flatnonzero(parts["move_price"])):
            answering = parts["published_crew"][v]
            missing[parts["coop"][v]] += parts["move_price"][v] * ~np.isin(np.arange(officers), answering)
        for c in range(coops):
            if parts["current_lead"][c] >= 0:
                missing[c] += parts["lead_change"] * (np.arange(officers) != parts["current_lead"][c])
        parts["lead_regret"] = missing - missing.min(axis=1, keepdims=True) if officers else missing
