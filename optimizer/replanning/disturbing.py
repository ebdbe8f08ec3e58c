"""What happens to an office after its plan was published, and the problem that follows from it.

A change says what happened; :func:`disturbed` makes the problem to be planned anew: the plan as ``published``, the day
on which its changes begin as ``today``, and every change worked in. What stands before that day is given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from models.cars import Depot, NamedCar
from models.changes import (
    Absence,
    BoardMeets,
    CarAway,
    Change,
    Closure,
    ContentLate,
    Departure,
    FewerCars,
    HeldOn,
    NoMeeting,
    NotHeld,
    UrgentVisit,
)
from models.faults import InvalidInput
from models.plan import Plan, Tour, Unplanned
from models.problem import Cooperative, Problem, Visit
from models.reasons import Reason
from optimizer.replanning.beginning import bare_of, first_day, hurried, led_as, past
from optimizer.replanning.history import held, without
from optimizer.replanning.mistakes import faults_of_begin, mistakes
from optimizer.replanning.rhythms import broken
from optimizer.replanning.urgent import with_urgent

#: the order in which changes are worked in, whatever the order in which they are told
_ORDER = (
    HeldOn, NotHeld, BoardMeets, NoMeeting, ContentLate, Absence, Departure, Closure, CarAway, FewerCars, UrgentVisit,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Disturbed:
    """The problem after the changes, and what each change is about, for explanations.

    ``away``: officers by the dates they are newly away; ``shut``: cooperatives likewise; ``cars``: dates with fewer
    cars; ``leaving``: officers who leave for good; ``unmet``: boards by the days on which they do not meet after all;
    ``added``: urgent visits; ``redated``: visits whose history changed; ``unbound``: cooperatives whose rhythm the
    changes broke, so that it binds no longer; ``past``: the day before which all is past, and not only left as it was
    by this mending (None where nothing is); ``noticed``: the day from which short notice is counted.
    """

    problem: Problem
    away: frozenset[tuple[str, dt.date]] = frozenset()
    shut: frozenset[tuple[str, dt.date]] = frozenset()
    cars: frozenset[tuple[str, dt.date]] = frozenset()
    leaving: frozenset[str] = frozenset()
    unmet: frozenset[tuple[str, dt.date]] = frozenset()
    added: tuple[str, ...] = ()
    redated: tuple[str, ...] = ()
    unbound: frozenset[str] = frozenset()
    past: dt.date | None = None
    noticed: dt.date | None = None


def disturbed(
    problem: Problem,
    plan: Plan,
    changes: Sequence[Change],
    *,
    today: dt.date | None = None,
    begins: dt.date | None = None,
    pins: Iterable[str] = (),
    noticed: dt.date | None = None,
) -> Disturbed:
    """The problem of mending ``plan`` after ``changes``.

    Args:
        problem: the problem that ``plan`` was made for.
        plan: what stands now; it becomes ``published``.
        changes: what happened.
        today: days before it are past, and history from now on; the problem's own ``today`` where not given.
        begins: this mending leaves the days before it as they are. Where not given: ``today`` where that is, else the
            first day of a change that is not past.
        pins: visits that must stay where the plan has them, beside the problem's own pins.
        noticed: the day on which people are told, from which short notice is counted unless what is known to be past
            ends later, or changes begin before it; where not given, ``today``, else the day on which changes begin.

    Raises:
        InvalidInput: with everything in the changes that does not fit the problem.
    """
    day = begins or today or first_day(problem, changes)
    pins = tuple(pins)
    faults = [*faults_of_begin(begins, today or problem.today)]
    faults += mistakes(problem, plan, changes, day, today=today, begins=begins, pins=pins)
    if faults:
        raise InvalidInput(faults)
    cooperatives = led_as(problem, plan)
    standing = problem.changed(published=bare_of(plan), today=day, pins=None, cooperatives=cooperatives)
    gone = past(problem, plan, changes, today)
    told = min(day, max(noticed, problem.today or noticed) if noticed else today or day)
    first = Disturbed(hurried(standing, day, told), past=gone, noticed=told)
    state = _unbound(first, _with_other_visits(problem, changes))
    for change in sorted(changes, key=_turn):
        state = _worked_in(state, change)
    wanted = tuple(dict.fromkeys([*(problem.pins or ()), *pins]))
    state = _unbound(state, broken(state.problem, wanted, away=state.away, shut=state.shut, cars=state.cars))
    placed = {visit for _, visit, _ in state.problem.published_stops()} | set(pins)
    return replace(state, problem=state.problem.changed(pins=tuple(pin for pin in wanted if pin in placed) or None))


def _turn(change: Change) -> tuple[int, bool]:
    """When a change is worked in; who brings no id of its own comes last of its kind, and takes none that is named."""
    return _ORDER.index(type(change)), isinstance(change, UrgentVisit) and change.id is None


def _with_other_visits(problem: Problem, changes: Sequence[Change]) -> frozenset[str]:
    """The cooperatives whose visits are others than those that their rhythms were made for."""
    added = {change.cooperative for change in changes if isinstance(change, UrgentVisit)}
    held = {problem.visit_by_id[one.visit].cooperative for one in changes if isinstance(one, NotHeld | HeldOn)}
    return frozenset(added | held)


def _unbound(state: Disturbed, cooperatives: frozenset[str]) -> Disturbed:
    """The state in which no rhythm binds these cooperatives."""
    problem = state.problem
    bound = frozenset(
        cooperative.id
        for cooperative in problem.cooperatives
        if cooperative.rhythms is not None and cooperative.id in cooperatives
    )
    if not bound:
        return state
    free = tuple(
        cooperative.model_copy(update={"rhythms": None}) if cooperative.id in bound else cooperative
        for cooperative in problem.cooperatives
    )
    return replace(state, problem=problem.changed(cooperatives=free), unbound=state.unbound | bound)


def _worked_in(state: Disturbed, change: Change) -> Disturbed:
    problem = state.problem
    match change:
        case Absence():
            return _away(state, change.officer, _days(problem, change.first, change.last))
        case Departure():
            gone = change.officer
            cooperatives = _changed(problem, lambda cooperative: {"lead": None} if cooperative.lead == gone else {})
            left = replace(state, problem=problem.changed(cooperatives=cooperatives), leaving=state.leaving | {gone})
            return _away(left, gone, _days(problem, change.first, dt.date.max))
        case Closure():
            days = _days(problem, change.first, change.last)
            closed = {"closed": tuple(sorted({*(problem.cooperative_by_id[change.cooperative].closed or ()), *days}))}
            cooperatives = _changed(problem, lambda cooperative: closed if cooperative.id == change.cooperative else {})
            shut = state.shut | {(change.cooperative, day) for day in days}
            return replace(state, problem=problem.changed(cooperatives=cooperatives), shut=shut)
        case FewerCars():
            return _with_cars(state, change.office, _days(problem, change.first, change.last), change.cars)
        case CarAway():
            return _without_car(state, change.car, _days(problem, change.first, change.last))
        case UrgentVisit():
            made, id_ = with_urgent(problem, change)
            return replace(state, problem=made, added=(*state.added, id_))
        case NotHeld():
            visits = problem.visits
            if change.latest is not None:
                until = change.latest
                visits = tuple(_wanted_until(one, until) if one.id == change.visit else one for one in visits)
            return _rewritten(state, without(problem, change.visit), change.visit, visits)
        case HeldOn():
            tours = (*without(problem, change.visit), held(problem, change.visit, change.date))
            return _rewritten(state, tours, change.visit, problem.visits)
        case BoardMeets():
            return _meetings(state, change.cooperative, added=change.date, dropped=change.instead)
        case NoMeeting():
            return _meetings(state, change.cooperative, added=None, dropped=change.date)
        case ContentLate():
            past = {stop.visit for tour in problem.history for stop in tour.stops}
            visits = tuple(one if one.id in past else _not_before(one, change) for one in problem.visits)
            return replace(state, problem=problem.changed(visits=visits))


def _away(state: Disturbed, officer: str, days: tuple[dt.date, ...]) -> Disturbed:
    officers = tuple(
        one.model_copy(update={"absent": tuple(sorted({*(one.absent or ()), *days}))}) if one.id == officer else one
        for one in state.problem.officers
    )
    away = state.away | {(officer, day) for day in days}
    return replace(state, problem=state.problem.changed(officers=officers), away=away)


def _changed(problem: Problem, change: Callable[[Cooperative], Mapping[str, object]]) -> tuple[Cooperative, ...]:
    """The cooperatives, each with what ``change`` says of it."""
    return tuple(cooperative.model_copy(update=dict(change(cooperative))) for cooperative in problem.cooperatives)


def _with_cars(state: Disturbed, office: str, days: tuple[dt.date, ...], cars: int) -> Disturbed:
    """The state in which the office has so many cars on these days; of cars with names the first that are there."""
    problem = state.problem
    here = problem.office_by_id[office]
    if here.has_names:
        home = [(car.id, day) for day in days for car in here.named_on(day)[cars:]]
        kept = (_kept_home(car, [day for id_, day in home if id_ == car.id]) for car in here.named)
        made = here.model_copy(update={"cars": tuple(kept)})
    else:
        made = here.model_copy(update={"cars_on": (here.cars_on or {}) | dict.fromkeys(days, cars)})
    return _with_office(state, made, days)


def _without_car(state: Disturbed, id_: str, days: tuple[dt.date, ...]) -> Disturbed:
    for office in state.problem.offices:
        if id_ in office.car_by_id:
            cars = tuple(_kept_home(car, days if car.id == id_ else ()) for car in office.named)
            state = _with_office(state, office.model_copy(update={"cars": cars}), days)
    return state


def _kept_home(car: NamedCar, days: Sequence[dt.date]) -> NamedCar:
    return car.model_copy(update={"away": tuple(sorted({*(car.away or ()), *days}))}) if days else car


def _with_office(state: Disturbed, office: Depot, days: tuple[dt.date, ...]) -> Disturbed:
    offices = tuple(office if one.id == office.id else one for one in state.problem.offices)
    fewer = state.cars | {(office.id, day) for day in days}
    return replace(state, problem=state.problem.changed(offices=offices), cars=fewer)


def _meetings(state: Disturbed, cooperative: str, added: dt.date | None, dropped: dt.date | None) -> Disturbed:
    """The state in which the visits to a board find it on other days."""
    problem = state.problem
    today = problem.today or dt.date.min

    def moved(visit: Visit) -> Visit:
        if visit.cooperative != cooperative or visit.dates is None:
            return visit
        dates = {*visit.dates, *([added] if added else [])} - {dropped}
        latest = visit.latest if visit.latest is None or added is None else max(visit.latest, added)
        earliest = visit.earliest if visit.earliest is None or added is None else min(visit.earliest, added)
        return visit.model_copy(update={"dates": tuple(sorted(dates)), "latest": latest, "earliest": earliest})

    shut = {(cooperative, dropped)} if dropped is not None and dropped >= today else set()
    return replace(state, problem=problem.changed(visits=tuple(map(moved, problem.visits))), unmet=state.unmet | shut)


def _wanted_until(visit: Visit, latest: dt.date) -> Visit:
    earliest = visit.earliest if visit.earliest is None else min(visit.earliest, latest)
    return visit.model_copy(update={"latest": latest, "earliest": earliest})


def _not_before(visit: Visit, change: ContentLate) -> Visit:
    """The visit, not before the content is ready where it is for that issue; a latest day before that binds no more."""
    if change.issue not in (visit.issues or ()):
        return visit
    earliest = change.ready if visit.earliest is None else max(visit.earliest, change.ready)
    latest = None if visit.latest is not None and visit.latest < earliest else visit.latest
    return visit.model_copy(update={"earliest": earliest, "latest": latest})


def _days(problem: Problem, first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """The workdays from today on that the range covers."""
    start = max(first, problem.today or first)
    return tuple(day for day in problem.workdays if start <= day <= last)


def _rewritten(state: Disturbed, tours: tuple[Tour, ...], visit: str, visits: tuple[Visit, ...]) -> Disturbed:
    """The state with another history; ``published`` lists as unplanned what no tour has."""
    published = state.problem.published
    if published is None:
        raise ValueError("there is no published plan")
    planned = {stop.visit for tour in tours for stop in tour.stops}
    left = tuple(Unplanned(visit=one.id, reason=str(Reason("not-held"))) for one in visits if one.id not in planned)
    plan = published.model_copy(update={"tours": tours, "unplanned": left})
    return replace(state, problem=state.problem.changed(published=plan, visits=visits), redated=(*state.redated, visit))
