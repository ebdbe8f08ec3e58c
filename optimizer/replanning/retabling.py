"""The office's tables changed in mid quarter: the problem they make now, with what stands kept.

A visit is recognised by its cooperative and the issues it is for. One that is recognised keeps its id and its place,
and takes what the tables say of it now: its days, its hours, its topics. What took place stays as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.faults import Fault, InvalidInput
from models.newids import new_id
from models.plan import Plan
from models.problem import Cooperative, Depot, Officer, Partner, Problem, Visit
from models.saying import Said
from optimizer.replanning.urgent import room


@dataclass(frozen=True, slots=True)
class Retabled:
    """The problem as the tables are now, and the plan as far as its visits are still wanted.

    ``added`` and ``dropped``: visits that the tables brought, and those that they took away.
    """

    problem: Problem
    plan: Plan
    added: tuple[str, ...]
    dropped: tuple[str, ...]


def retabled(former: Problem, plan: Plan, now: Problem, today: dt.date) -> Retabled:
    """What stands of ``plan`` (of the problem ``former``) under the tables that make the problem ``now``.

    Raises:
        InvalidInput: a cooperative that was visited before ``today``, or an office, is no longer in the tables.
    """
    dates = plan.dates
    held = {visit for visit, date in dates.items() if date < today}
    faults = list(_missing(former, plan, now, held))
    if faults:
        raise InvalidInput(faults)
    visits: list[Visit] = []
    added: list[str] = []
    known = {*former.visit_by_id, *now.visit_by_id}
    for cooperative in now.cooperatives:
        stood = former.visits_of.get(cooperative.id, ())
        kept, fresh = _of(stood, now.visits_of[cooperative.id], held)
        fresh = [_named(visit, cooperative, known, bool(stood) or visit.id in former.visit_by_id) for visit in fresh]
        own = _numbered(kept, fresh, dates, now, today)
        visits += own
        added += [visit.id for visit in own if visit.id not in former.visit_by_id]
    wanted = {visit.id for visit in visits}
    less = _less(plan, wanted, now)
    planned = {stop.visit for tour in less.tours for stop in tour.stops}
    before, after = (d for d in former.workdays if d < today), (d for d in now.workdays if d >= today)
    problem = now.changed(
        workdays=tuple(sorted({*before, *after})),
        offices=tuple(_with_gone_cars(office, former, less, now, today) for office in now.offices),
        officers=(*now.officers, *_gone_officers(former, plan, now, today)),
        partners=(*(now.partners or ()), *_gone_partners(former, visits, now)) or None,
        visits=tuple(visits),
        today=today,
        published=less,
        pins=tuple(pin for pin in former.pins or () if pin in planned) or None,
    )
    dropped = tuple(id_ for id_ in former.visit_by_id if id_ not in wanted)
    return Retabled(problem, less, tuple(added), dropped)


def _missing(former: Problem, plan: Plan, now: Problem, held: set[str]) -> Iterator[Fault]:
    for cooperative in dict.fromkeys(former.visit_by_id[visit].cooperative for visit in held):
        if cooperative not in now.cooperative_by_id:
            cause = Said(f"{cooperative} was visited already, and is no longer in the tables.", None,
                         f"เข้าส่งเสริม {cooperative} ไปแล้ว แต่ไม่มีในตารางแล้ว")  # fmt: skip
            yield Fault("plan-foreign", "cooperatives", cause, Said("Keep its row.", None, "เก็บแถวนี้ไว้"))
    for office in dict.fromkeys(tour.office for tour in plan.tours):
        if office not in now.office_by_id:
            cause = Said(f"The plan has tours of {office}, which is no longer in the tables.", None,
                         f"แผนมีเที่ยวของ {office} ซึ่งไม่มีในตารางแล้ว")  # fmt: skip
            yield Fault("plan-foreign", "depots", cause, Said("Keep its row.", None, "เก็บแถวนี้ไว้"))


def _of(before: Sequence[Visit], now: Sequence[Visit], held: set[str]) -> tuple[list[Visit], list[Visit]]:
    """A cooperative's visits that go on, as the tables have them now, and those that are new."""
    free = list(now)
    told = {issue for visit in before for issue in visit.issues or ()}
    there = {issue for visit in now for issue in visit.issues or ()}
    kept: list[Visit] = []
    for visit in before:
        twin = next((other for other in free if set(other.issues or ()) == set(visit.issues or ())), None)
        if twin is not None:
            free.remove(twin)
        if visit.id in held or twin is None:
            settled = visit.issues and not set(visit.issues) & there and visit.id not in held
            kept += [] if settled else [visit]
        else:
            kept.append(twin.model_copy(update={"id": visit.id, "seq": visit.seq}))
    return kept, [visit for visit in free if set(visit.issues or ()) - told or not before]


def _named(visit: Visit, cooperative: Cooperative, known: set[str], anew: bool) -> Visit:
    """A new visit under its own id; ``anew``: under another, as that of the tables may be the place of a former one."""
    if not anew:
        return visit
    id_ = new_id(f"{cooperative.id}-new-", known)
    known.add(id_)
    return visit.model_copy(update={"id": id_})


def _numbered(
    kept: list[Visit], fresh: list[Visit], dates: dict[str, dt.date], now: Problem, today: dt.date
) -> list[Visit]:
    """The visits in their order: a new one stands where the others leave it most days up to its due."""
    if not kept:
        return fresh
    own = list(kept)
    for visit in fresh:
        own.insert(room(now, visit, [dates.get(each.id) for each in own], today), visit)
    return [visit.model_copy(update={"seq": number}) for number, visit in enumerate(own, start=1)]


def _gone_officers(former: Problem, plan: Plan, now: Problem, today: dt.date) -> Iterator[Officer]:
    """Officers whom the tables no longer have: they were on tours, and are away from today on."""
    rode: Iterable[str] = {officer for tour in plan.tours for officer in tour.crew} | set(plan.leads.values())
    ahead = tuple(day for day in now.workdays if day >= today)
    for officer in former.officers:
        if officer.id in rode and officer.id not in now.officer_by_id:
            absent = tuple(sorted({*(officer.absent or ()), *ahead}))
            yield officer.model_copy(update={"absent": absent, "fair_hours": None})


def _gone_partners(former: Problem, visits: Iterable[Visit], now: Problem) -> Iterator[Partner]:
    """Partners whom the tables no longer have, of visits that took place or go on as they were."""
    for id_ in dict.fromkeys(visit.partner for visit in visits if visit.partner is not None):
        if id_ not in now.partner_by_id:
            yield former.partner_by_id[id_]


def _with_gone_cars(office: Depot, former: Problem, plan: Plan, now: Problem, today: dt.date) -> Depot:
    """The office with the cars that the tables no longer have: tours took them, and they are away from today on."""
    before = former.office_by_id.get(office.id)
    driven = {tour.car for tour in plan.tours if tour.office == office.id}
    if before is None or not office.has_names:
        return office
    ahead = {day for day in now.workdays if day >= today}
    gone = (
        car.model_copy(update={"away": tuple(sorted(ahead.union(car.away or ())))})
        for car in before.named
        if car.id in driven and car.id not in office.car_by_id
    )
    return office.model_copy(update={"cars": (*office.named, *gone)})


def _less(plan: Plan, wanted: set[str], now: Problem) -> Plan:
    """The plan without visits and cooperatives that are no longer wanted, and without cars where they have no names."""
    tours = []
    for stood in plan.tours:
        tour = stood if now.office_by_id[stood.office].has_names else stood.model_copy(update={"car": None})
        stops = tuple(stop for stop in tour.stops if stop.visit in wanted)
        if stops:
            tours.append(tour if len(stops) == len(tour.stops) else tour.model_copy(update={"stops": stops}))
    left = tuple(each for each in plan.unplanned if each.visit in wanted)
    leads = {id_: lead for id_, lead in plan.leads.items() if id_ in now.cooperative_by_id}
    return plan.model_copy(update={"leads": leads, "tours": tuple(tours), "unplanned": left})
