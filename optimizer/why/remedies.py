"""The smallest changes that would mend a visit that is left out or late, each proven by planning with it applied.

A remedy is a changed problem. It is proven by a plan of that problem which the referee passes and in which the visit
stands (by its due date, where it was late): the plan at hand with the visit in a slot that the change opens, or, where
none opens, the plan that a search from it finds. What finds no plan is not called a remedy, and not impossible either.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from models import given
from models.clock import format_clock
from models.faults import Fault, InvalidInput
from models.isoweeks import week_of
from models.plan import Plan
from models.problem import Depot, NamedCar, Officer, Prices, Problem, Visit
from models.referee import cost, violations
from models.rules.finding import Finding
from models.saying import both
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import AnyOf, Cancel, TimeLimit
from optimizer.why.alone import Alone
from optimizer.why.slots import DaySlots, Slots

#: minutes by which windows, days and visits are changed at a time, and at most
STEP, MOST = 15, 240
#: days by which dates are put off at most
DAYS = 15
#: a visit left out costs as much as this many moves, where an office has no price for moves
STAY = 25
#: findings that other hours may mend
_OF_HOURS = {"too-far", "no-hours", "all-busy", "no-time", "no-car", "no-officer", "no-topic", "topics-clash"}
#: officers that an office may be short of, tried one for each week
NEWCOMER = "newcomer"


@dataclass(frozen=True, slots=True)
class Remedy:
    """What mends the visit: one change (seldom two together), what the plan with it costs more, and that plan.

    ``by``: "slot" where the rest of the plan stays, "search" where all was planned anew.
    """

    changes: tuple[Finding, ...]
    baht: float
    by: Literal["slot", "search"]
    problem: Problem
    plan: Plan
    date: dt.date


@dataclass(frozen=True, slots=True)
class _Trial:
    change: Finding
    problem: Problem
    before: tuple[Finding, ...] = ()


def remedies(
    problem: Problem,
    plan: Plan,
    visit: Visit,
    days: Iterable[DaySlots],
    *,
    seconds: float = 0.0,
    by: dt.date | None = None,
    params: Params | None = None,
    cancel: Cancel | None = None,
) -> tuple[Remedy, ...]:
    """Remedies for ``visit``, the cheapest first: of each kind of change the smallest that works.

    Args:
        problem: the problem.
        plan: its plan, which leaves the visit out or has it late.
        visit: the visit.
        days: what is known of each day, from :meth:`Slots.days`.
        seconds: where no change opens a slot, search so long with each of the changes; 0: do not.
        by: the visit must stand by this day; where not given, anywhere.
        params: of the searches.
        cancel: ends it early, with what was found by then.

    Raises:
        InvalidInput: ``seconds`` cannot be.
    """
    days, cancel, seconds = list(days), cancel or Cancel(), given.seconds_if_any(seconds)
    found: list[Remedy] = []
    at_hand = _by_slot(_Trial(Finding("take-slot"), problem), plan, visit, by)
    if at_hand is not None:  # no rule stands in the way: what it would cost is all there is to say
        return (replace(at_hand, changes=(Finding("take-slot", {"date": at_hand.date.isoformat()}),)),)
    fruitless: list[list[_Trial]] = []
    for kind in _KINDS:
        trials = list(kind(problem, visit, days, _codes(days, by), by))
        remedy = _smallest(trials, plan, visit, by, cancel)
        found += [remedy] if remedy is not None else []
        fruitless += [trials] if trials and remedy is None else []
    if not found and seconds > 0:
        for trials in fruitless:
            if cancel.cancelled:
                break
            other = _by_search(trials[-1], plan, visit, by, seconds, params or Params(), cancel)
            found += [_no_larger(trials, other)] if other is not None else []
    if all(remedy.by == "search" for remedy in found):
        found += _pairs(fruitless, plan, visit, by, cancel)
    return tuple(sorted(found, key=lambda remedy: (remedy.baht, remedy.changes[0].code)))


def _codes(days: list[DaySlots], by: dt.date | None) -> set[str]:
    return {day.finding.code for day in days if day.finding is not None and (by is None or day.date <= by)}


def _smallest(trials: Iterable[_Trial], plan: Plan, visit: Visit, by: dt.date | None, cancel: Cancel) -> Remedy | None:
    """The first of ``trials`` that opens a slot."""
    remedies = (None if cancel.cancelled else _by_slot(trial, plan, visit, by) for trial in trials)
    return next((remedy for remedy in remedies if remedy is not None), None)


def _pairs(fruitless: list[list[_Trial]], plan: Plan, visit: Visit, by: dt.date | None, cancel: Cancel) -> list[Remedy]:
    """Two changes that help together where neither helps alone: the first pair found, each as small as it can be."""
    for trials in fruitless:
        if cancel.cancelled:
            break
        found = _smallest(_seconds(trials[-1], plan, visit, by), plan, visit, by, cancel)
        if found is None:
            continue
        smaller = (
            second
            for trial in trials
            for second in _seconds(trial, plan, visit, by)
            if second.change == found.changes[-1]
        )
        return [_smallest(smaller, plan, visit, by, cancel) or found]
    return []


def _seconds(first: _Trial, plan: Plan, visit: Visit, by: dt.date | None) -> Iterator[_Trial]:
    """What could be changed in addition to ``first``."""
    problem = first.problem
    changed = problem.visit_by_id[visit.id]
    days = Slots(problem, plan.model_copy(update={"cost": cost(problem, plan)})).days(changed)
    for kind in _KINDS:
        for trial in kind(problem, changed, days, _codes(days, by), by):
            if trial.change.code != first.change.code:
                yield replace(trial, before=(first.change,))


def _by_slot(trial: _Trial, plan: Plan, visit: Visit, by: dt.date | None) -> Remedy | None:
    problem = trial.problem
    wanted = problem.visit_by_id[visit.id]
    alone = Alone(problem)
    dates = [date for date in problem.workdays if (by is None or date <= by) and alone.forbids(wanted, date) is None]
    if not dates:
        return None
    bare = plan.model_copy(update={"cost": cost(problem, plan)})
    slot = Slots(problem, bare, alone).best(wanted, dates)
    made = None if slot is None else slot.plan
    if slot is None or made is None or violations(problem, made):
        return None
    return Remedy((*trial.before, trial.change), made.cost.total - plan.cost.total, "slot", problem, made, slot.date)


def _by_search(
    trial: _Trial, plan: Plan, visit: Visit, by: dt.date | None, seconds: float, params: Params, cancel: Cancel
) -> Remedy | None:
    """A plan of the changed problem, searched from the plan at hand under a price that wants the visit dearly."""
    problem = trial.problem
    own = problem.visit_by_id[visit.id]
    if by is not None and own.earliest is not None and own.earliest > by:
        return None  # whatever else is planned: it may not take place so soon
    latest = by if own.latest is None or (by is not None and by < own.latest) else own.latest
    wanted = own.model_copy(update={"priority": 5, "latest": latest})
    urged = problem.changed(visits=tuple(wanted if one.id == visit.id else one for one in problem.visits))
    if problem.published is None:  # begin with the plan at hand, and leave of it what need not move
        price = problem.prices.moved or problem.prices.unplanned / STAY
        urged = urged.changed(
            published=plan.model_copy(update={"lower_bound": None, "record": None}),
            prices=Prices.model_validate(problem.prices.model_dump() | {"moved": price, "moved_soon": price}),
        )
    made = solve(urged, params, AnyOf(TimeLimit(seconds), cancel))
    bare = made.model_copy(update={"cost": cost(problem, made), "lower_bound": None, "status": "feasible"})
    date = next((tour.date for tour in bare.tours for stop in tour.stops if stop.visit == visit.id), None)
    lost = {left.visit for left in bare.unplanned} - {left.visit for left in plan.unplanned}
    if date is None or (by is not None and date > by) or lost or violations(problem, bare):
        return None  # also where another visit would have to give way
    return Remedy((*trial.before, trial.change), bare.cost.total - plan.cost.total, "search", problem, bare, date)


def _no_larger(trials: Iterable[_Trial], found: Remedy) -> Remedy:
    """The remedy with the smallest of its kind of changes under which the plan that was found keeps every rule."""
    for trial in trials:
        if not violations(trial.problem, found.plan.model_copy(update={"cost": cost(trial.problem, found.plan)})):
            return replace(found, changes=(*trial.before, trial.change), problem=trial.problem)
    return found


def applied(problem: Problem, plan: Plan, visit: Visit, changes: Sequence[Finding]) -> tuple[Problem, Plan | None]:
    """The problem with the ``changes`` of a remedy made; and the plan at hand with the visit in a slot that they open.

    The plan is None where they open none: then all has to be planned anew, as for a remedy that a search found.

    Raises:
        InvalidInput: a change is none that :func:`remedies` would try here.
    """
    late = next((problem.late_workdays(visit, t.date) for t in plan.tours for s in t.stops if s.visit == visit.id), 0)
    by, trial = visit.due if late else None, _Trial(Finding("take-slot"), problem)
    for place, change in enumerate(changes):
        now, wanted = trial.problem, trial.problem.visit_by_id[visit.id]
        days = Slots(now, plan.model_copy(update={"cost": cost(now, plan)})).days(wanted)
        codes = _codes(days, by)
        trials = (one for kind in _KINDS for one in kind(now, wanted, days, codes, by))
        found = next((one for one in trials if one.change == change), None)
        if found is None:
            cause = both("It is no change that would be tried for this visit.", "ไม่ใช่การเปลี่ยนที่ลองได้สำหรับรายการนี้")
            remedy = both("Name changes of its remedies.", "ระบุการเปลี่ยนจากวิธีแก้ของรายการนี้")
            raise InvalidInput([Fault("field-value", f"changes[{place}]", cause, remedy)])
        trial = found
    mended = _by_slot(trial, plan, visit, by)
    return trial.problem, None if mended is None else mended.plan


_Days = list[DaySlots]
_Kind = Callable[[Problem, Visit, _Days, set[str], "dt.date | None"], Iterator[_Trial]]


def _with_visit(problem: Problem, visit: Visit, **parts: object) -> Problem:
    changed = visit.model_copy(update=parts)
    return problem.changed(visits=tuple(changed if one.id == visit.id else one for one in problem.visits))


def _with_cooperative(problem: Problem, id_: str, **parts: object) -> Problem:
    return problem.changed(
        cooperatives=tuple(
            cooperative.model_copy(update=parts) if cooperative.id == id_ else cooperative
            for cooperative in problem.cooperatives
        )
    )


def _window(problem: Problem, visit: Visit, days: _Days, codes: set[str], by: dt.date | None) -> Iterator[_Trial]:
    if visit.window is None or not codes & _OF_HOURS:
        return
    for more in range(STEP, MOST + 1, STEP):
        for place, (low, high) in enumerate(visit.window):
            for wider in ((low, high + more), (max(0.0, low - more), high)):
                facts = {"from": format_clock(wider[0]), "to": format_clock(wider[1])}
                window = (*visit.window[:place], wider, *visit.window[place + 1 :])
                yield _Trial(Finding("widen-window", facts), _with_visit(problem, visit, window=window))


def _shorter(problem: Problem, visit: Visit, days: _Days, codes: set[str], by: dt.date | None) -> Iterator[_Trial]:
    if codes & {"too-far", "no-time"}:
        for less in range(STEP, int(visit.minutes) - STEP + 1, STEP):
            minutes = visit.minutes - less
            change = Finding("shorten-visit", {"minutes": f"{minutes:g}"})
            yield _Trial(change, _with_visit(problem, visit, minutes=minutes))


def _longer_day(problem: Problem, visit: Visit, days: _Days, codes: set[str], by: dt.date | None) -> Iterator[_Trial]:
    if "too-far" in codes:
        for more in range(STEP, 121, STEP):
            day = problem.day.model_copy(update={"end": problem.day.end + more})
            yield _Trial(Finding("longer-day", {"to": format_clock(day.end)}), problem.changed(day=day))


def _gap(problem: Problem, visit: Visit, days: _Days, codes: set[str], by: dt.date | None) -> Iterator[_Trial]:
    if codes & {"gap", "gap-history", "gap-pinned"}:
        cooperative = problem.cooperative_by_id[visit.cooperative]
        for gap in range(cooperative.gap_days - 1, 0, -1):
            change = Finding("lower-gap", {"cooperative": cooperative.id, "days": str(gap)})
            yield _Trial(change, _with_cooperative(problem, cooperative.id, min_gap_days=gap))


def _later(problem: Problem, visit: Visit, days: _Days, codes: set[str], by: dt.date | None) -> Iterator[_Trial]:
    if "after-latest" in codes and visit.latest is not None and by is None:
        latest = visit.latest
        for date in [day for day in _its_dates(problem, visit) if day > latest][:DAYS]:
            change = Finding("later-latest", {"latest": date.isoformat()})
            yield _Trial(change, _with_visit(problem, visit, latest=date))


def _sooner(problem: Problem, visit: Visit, days: _Days, codes: set[str], by: dt.date | None) -> Iterator[_Trial]:
    if "before-earliest" in codes and visit.earliest is not None:
        earliest = visit.earliest
        for date in [day for day in reversed(_its_dates(problem, visit)) if day < earliest][:DAYS]:
            change = Finding("earlier-earliest", {"earliest": date.isoformat()})
            yield _Trial(change, _with_visit(problem, visit, earliest=date))


def _its_dates(problem: Problem, visit: Visit) -> list[dt.date]:
    """The workdays that the visit is for: those of a board's meetings, where it has ``dates``."""
    return [day for day in problem.workdays if visit.dates is None or day in visit.dates]


def _open(problem: Problem, visit: Visit, days: _Days, codes: set[str], by: dt.date | None) -> Iterator[_Trial]:
    cooperative = problem.cooperative_by_id[visit.cooperative]
    for date in _dates(days, {"closed"}, by):
        change = Finding("open-day", {"cooperative": cooperative.id, "date": date.isoformat()})
        closed = tuple(day for day in cooperative.closed or () if day != date)
        yield _Trial(change, _with_cooperative(problem, cooperative.id, closed=closed))


def _partner(problem: Problem, visit: Visit, days: _Days, codes: set[str], by: dt.date | None) -> Iterator[_Trial]:
    for date in _dates(days, {"partner-away", "partner-full"}, by):
        partners = tuple(
            one.model_copy(
                update={
                    "dates": tuple(sorted({*one.dates, date})),
                    "per_day": max(1, one.per_day + (date in one.dates)),
                }
            )
            if one.id == visit.partner
            else one
            for one in problem.partners or ()
        )
        change = Finding("partner-more", {"partner": visit.partner or "", "date": date.isoformat()})
        yield _Trial(change, problem.changed(partners=partners))


def _car(problem: Problem, visit: Visit, days: _Days, codes: set[str], by: dt.date | None) -> Iterator[_Trial]:
    for date in _dates(days, {"no-car", "no-car-at-all", "no-time"}, by):
        offices = tuple(_with_car(problem, one, date) for one in problem.offices)
        change = Finding("one-more-car", {"date": date.isoformat()})
        yield _Trial(change, problem.changed(offices=offices))


def _with_car(problem: Problem, office: Depot, date: dt.date) -> Depot:
    """The office with one car more on that day."""
    if not office.has_names:
        return office.model_copy(update={"cars_on": (office.cars_on or {}) | {date: office.cars_of(date) + 1}})
    away = tuple(day for day in problem.workdays if day != date)
    more = NamedCar(id=_unlike(NEWCOMER, office.car_by_id), seats=max(1, office.most_seats), away=away)
    return office.model_copy(update={"cars": (*office.named, more)})


def _unlike(name: str, known: Container[str]) -> str:
    while name in known:
        name += "+"
    return name


def _fewer(problem: Problem, visit: Visit, days: _Days, codes: set[str], by: dt.date | None) -> Iterator[_Trial]:
    if codes & {"too-few-officers", "too-few-officers-at-all", "no-officer", "no-time"}:
        for crew in range(visit.crew_size - 1, 0, -1):
            yield _Trial(Finding("fewer-officers", {"number": str(crew)}), _with_visit(problem, visit, crew=crew))


def _officer(problem: Problem, visit: Visit, days: _Days, codes: set[str], by: dt.date | None) -> Iterator[_Trial]:
    short = {
        "no-officer", "no-topic", "topics-clash", "no-officer-at-all", "no-topic-at-all", "crew-too-large",
        "too-few-officers", "too-few-officers-at-all", "all-busy",
    }  # fmt: skip
    cooperative = problem.cooperative_by_id[visit.cooperative]
    office = cooperative.office or problem.offices[0].id
    weeks = dict.fromkeys(week_of(date) for date in _dates(days, short, by))
    for year, week in weeks:
        away = tuple(day for day in problem.workdays if week_of(day) != (year, week))
        name = _unlike(NEWCOMER, problem.officer_by_id)
        one = Officer(id=name, office=office, topics=visit.topics or (), absent=away)
        change = Finding("one-more-officer", {"topics": ", ".join(visit.topics or ()), "week": str(week)})
        yield _Trial(change, problem.changed(officers=(*problem.officers, one)))


def _dates(days: _Days, codes: set[str], by: dt.date | None) -> list[dt.date]:
    return [
        day.date
        for day in days
        if day.finding is not None and day.finding.code in codes and (by is None or day.date <= by)
    ]


_KINDS: tuple[_Kind, ...] = (
    _window, _shorter, _longer_day, _gap, _later, _sooner, _open, _partner, _car, _fewer, _officer,
)  # fmt: skip
