"""What happens to an office after its plan was published, and the problem that follows from it.

A change says what happened; :func:`disturbed` makes the problem to be planned anew: the plan as ``published``, the day
it is mended as ``today``, and every change worked in. History is what truly took place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from models.faults import InvalidInput
from models.plan import Plan, Stop, Tour, Unplanned
from models.problem import Problem, Visit
from optimizer.replanning.happenings import (
    Absence,
    Change,
    Closure,
    Departure,
    FewerCars,
    HeldOn,
    NotHeld,
    UrgentVisit,
)
from optimizer.replanning.mistakes import mistakes
from optimizer.replanning.rhythms import broken

__all__ = [
    "Absence", "Change", "Closure", "Departure", "Disturbed", "FewerCars", "HeldOn", "NotHeld", "UrgentVisit",
    "disturbed",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Disturbed:
    """The problem after the changes, and what each change is about, for explanations.

    ``away``: officers by the dates they are newly away; ``shut``: cooperatives likewise; ``cars``: dates with fewer
    cars; ``leaving``: officers who leave for good; ``added``: urgent visits; ``redated``: visits whose history changed;
    ``unbound``: cooperatives whose rhythm the changes broke, so that it binds no longer.
    """

    problem: Problem
    away: frozenset[tuple[str, dt.date]] = frozenset()
    shut: frozenset[tuple[str, dt.date]] = frozenset()
    cars: frozenset[tuple[str, dt.date]] = frozenset()
    leaving: frozenset[str] = frozenset()
    added: tuple[str, ...] = ()
    redated: tuple[str, ...] = ()
    unbound: frozenset[str] = frozenset()


def disturbed(
    problem: Problem,
    plan: Plan,
    changes: Sequence[Change],
    *,
    today: dt.date | None = None,
    pins: Iterable[str] = (),
) -> Disturbed:
    """The problem of mending ``plan`` after ``changes``.

    Args:
        problem: the problem that ``plan`` was made for.
        plan: what stands now; it becomes ``published``.
        changes: what happened.
        today: days before it are history. Where not given: the problem's own ``today``, or the first day of a change.
        pins: visits that must stay where the plan has them, beside the problem's own pins.

    Raises:
        InvalidInput: with everything in the changes that does not fit the problem.
    """
    day = today or _first_day(problem, changes)
    pins = tuple(pins)
    faults = mistakes(problem, plan, changes, day, pins)
    if faults:
        raise InvalidInput(faults)
    hosts = tuple(  # from now on a change of lead is a change from the one that was published
        host.model_copy(update={"current_lead": plan.leads.get(host.id, host.current_lead)})
        for host in problem.cooperatives
    )
    standing = problem.changed(published=_bare(plan), today=day, pins=None, cooperatives=hosts)
    state = _unbound(Disturbed(standing), _with_other_visits(problem, changes))
    order = (HeldOn, NotHeld, Absence, Departure, Closure, FewerCars, UrgentVisit)
    for change in sorted(changes, key=lambda one: order.index(type(one))):
        state = _worked_in(state, change)
    wanted = tuple(dict.fromkeys([*(problem.pins or ()), *pins]))
    state = _unbound(state, broken(state.problem, wanted, away=state.away, shut=state.shut, cars=state.cars))
    placed = {visit for _, visit, _ in state.problem.published_stops()} | set(pins)
    return replace(state, problem=state.problem.changed(pins=tuple(pin for pin in wanted if pin in placed) or None))


def _with_other_visits(problem: Problem, changes: Sequence[Change]) -> frozenset[str]:
    """The cooperatives whose visits are others than those that their rhythms were made for."""
    added = {change.cooperative for change in changes if isinstance(change, UrgentVisit)}
    held = {problem.visit_by_id[one.visit].cooperative for one in changes if isinstance(one, NotHeld | HeldOn)}
    return frozenset(added | held)


def _unbound(state: Disturbed, hosts: frozenset[str]) -> Disturbed:
    """The state in which no rhythm binds these cooperatives."""
    problem = state.problem
    bound = frozenset(host.id for host in problem.cooperatives if host.rhythms is not None and host.id in hosts)
    if not bound:
        return state
    free = tuple(
        host.model_copy(update={"rhythms": None}) if host.id in bound else host for host in problem.cooperatives
    )
    return replace(state, problem=problem.changed(cooperatives=free), unbound=state.unbound | bound)


def _bare(plan: Plan) -> Plan:
    """The plan without what was proven or recorded of it in its own problem."""
    return plan.model_copy(update={"lower_bound": None, "record": None, "status": "feasible"})


def _first_day(problem: Problem, changes: Sequence[Change]) -> dt.date:
    if problem.today is not None:
        return problem.today
    days = [change.first for change in changes if isinstance(change, Absence | Departure | Closure | FewerCars)]
    days += [
        change.date + dt.timedelta(days=change.date < dt.date.max) for change in changes if isinstance(change, HeldOn)
    ]
    return min(days, default=problem.workdays[0] if problem.workdays else dt.date.min)


def _worked_in(state: Disturbed, change: Change) -> Disturbed:
    problem = state.problem
    match change:
        case Absence(officer, first, last):
            days = _days(problem, first, last)
            return replace(
                state,
                problem=_officers(problem, officer, days),
                away=state.away | {(officer, day) for day in days},
            )
        case Departure(officer, first):
            days = _days(problem, first, dt.date.max)
            hosts = tuple(
                host.model_copy(update={"lead": None}) if host.lead == officer else host
                for host in problem.cooperatives
            )
            return replace(
                state,
                problem=_officers(problem, officer, days).changed(cooperatives=hosts),
                away=state.away | {(officer, day) for day in days},
                leaving=state.leaving | {officer},
            )
        case Closure(cooperative, first, last):
            days = _days(problem, first, last)
            hosts = tuple(
                host.model_copy(update={"closed": tuple(sorted({*(host.closed or ()), *days}))})
                if host.id == cooperative
                else host
                for host in problem.cooperatives
            )
            shut = state.shut | {(cooperative, day) for day in days}
            return replace(state, problem=problem.changed(cooperatives=hosts), shut=shut)
        case FewerCars(office, first, last, cars):
            days = _days(problem, first, last)
            offices = tuple(
                one.model_copy(update={"cars_on": (one.cars_on or {}) | dict.fromkeys(days, cars)})
                if one.id == office
                else one
                for one in problem.offices
            )
            fewer = state.cars | {(office, day) for day in days}
            return replace(state, problem=problem.changed(offices=offices), cars=fewer)
        case UrgentVisit():
            return _with_urgent(state, change)
        case NotHeld(visit, latest):
            tours = _without(problem, visit)
            visits = problem.visits
            if latest is not None:
                visits = tuple(_wanted_until(one, latest) if one.id == visit else one for one in visits)
            return _rewritten(state, tours, visit, visits)
        case HeldOn(visit, date):
            return _rewritten(state, (*_without(problem, visit), _held(problem, visit, date)), visit, problem.visits)


def _wanted_until(visit: Visit, latest: dt.date) -> Visit:
    earliest = visit.earliest if visit.earliest is None else min(visit.earliest, latest)
    return visit.model_copy(update={"latest": latest, "earliest": earliest})


def _days(problem: Problem, first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """The workdays from today on that the range covers."""
    start = max(first, problem.today or first)
    return tuple(day for day in problem.workdays if start <= day <= last)


def _officers(problem: Problem, officer: str, days: Iterable[dt.date]) -> Problem:
    return problem.changed(
        officers=tuple(
            one.model_copy(update={"absent": tuple(sorted({*(one.absent or ()), *days}))}) if one.id == officer else one
            for one in problem.officers
        )
    )


def _rewritten(state: Disturbed, tours: tuple[Tour, ...], visit: str, visits: tuple[Visit, ...]) -> Disturbed:
    """The state with another history; ``published`` lists as unplanned what no tour has."""
    published = state.problem.published
    if published is None:
        raise ValueError("there is no published plan")
    planned = {stop.visit for tour in tours for stop in tour.stops}
    left = tuple(
        Unplanned(visit=one.id, reason="not-held: it did not take place.") for one in visits if one.id not in planned
    )
    plan = published.model_copy(update={"tours": tours, "unplanned": left})
    return replace(state, problem=state.problem.changed(published=plan, visits=visits), redated=(*state.redated, visit))


def _without(problem: Problem, visit: str) -> tuple[Tour, ...]:
    """The published tours without one stop; a tour that would have none is gone."""
    tours = []
    for tour in problem.published.tours if problem.published else ():
        stops = tuple(stop for stop in tour.stops if stop.visit != visit)
        if stops:
            tours.append(tour if len(stops) == len(tour.stops) else tour.model_copy(update={"stops": stops}))
    return tuple(tours)


def _held(problem: Problem, visit: str, date: dt.date) -> Tour:
    """The tour on which a visit took place after all: its own crew there and back, at the hour that was planned."""
    was, start = next((tour, start) for tour, id_, start in problem.published_stops() if id_ == visit)
    wanted = problem.visit_by_id[visit]
    depot = problem.office_by_id[was.office].location
    place = problem.cooperative_by_id[wanted.cooperative].location
    minutes = problem.travel.minutes
    end = start + wanted.minutes
    leave = max(0.0, start - minutes[depot][place])
    known = {tour.id for tour in problem.published.tours} if problem.published else set()
    name = f"{date:%Y%m%d}-{visit}"
    return Tour.model_validate(
        {
            "id": name if name not in known else f"{name}-held",
            "date": date,
            "office": was.office,
            "crew": was.crew,
            "depart": leave,
            "return": end + minutes[place][depot],
            "stops": [Stop(visit=visit, arrive=start, start=start, end=end)],
        }
    )


def _with_urgent(state: Disturbed, change: UrgentVisit) -> Disturbed:
    """The urgent visit, numbered to stand where its cooperative's other visits leave it most days up to its due."""
    problem = state.problem
    own = problem.visits_of[change.cooperative]
    number = 1 + sum(visit.id.startswith(f"{change.cooperative}-urgent-") for visit in own)
    id_ = change.id or f"{change.cooperative}-urgent-{number}"
    position = _room(problem, change)
    visit = Visit(
        id=id_,
        cooperative=change.cooperative,
        seq=position + 1,
        minutes=change.minutes,
        priority=change.priority,
        topics=change.topics or None,
        earliest=problem.today,
        due=change.due,
    )
    seqs = {one.id: rank + 1 + (rank >= position) for rank, one in enumerate(own)}
    others = [one.model_copy(update={"seq": seqs[one.id]}) if one.id in seqs else one for one in problem.visits]
    return replace(state, problem=problem.changed(visits=(*others, visit)), added=(*state.added, id_))


def _room(problem: Problem, change: UrgentVisit) -> int:
    """Before which of its cooperative's visits, counted from 0, an urgent visit has most workdays, gaps kept."""
    host = problem.cooperative_by_id[change.cooperative]
    dates = {visit: tour.date for tour, visit, _ in problem.published_stops()}
    own = [dates.get(visit.id) for visit in problem.visits_of[host.id]]
    today, due = problem.today or dt.date.min, change.due or dt.date.max
    best, chosen = (-1, -1), 0
    for position in range(len(own) + 1):
        before = max((date for date in own[:position] if date), default=None)
        after = min((date for date in own[position:] if date), default=None)
        free = [
            day
            for day in problem.workdays
            if day >= today
            and day not in (host.closed or ())
            and (before is None or (day - before).days >= host.gap_days)
            and (after is None or (after - day).days >= host.gap_days)
        ]
        score = (sum(day <= due for day in free), len(free))
        if score > best:
            best, chosen = score, position
    return chosen
