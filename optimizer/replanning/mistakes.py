"""What is wrong with changes that are said to have happened: all of it at once, before anything is planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from models.faults import Fault
from models.plan import Plan
from models.problem import Problem
from optimizer.replanning.happenings import Absence, Change, Closure, Departure, FewerCars, HeldOn, NotHeld, UrgentVisit


def mistakes(
    problem: Problem, plan: Plan, changes: Sequence[Change], today: dt.date, pins: Sequence[str] = ()
) -> list[Fault]:
    """Every fault of ``changes`` to ``plan`` and of ``pins``; ``today`` is the first day on which anything changes."""
    found = [*_of_today(problem, today), *_of_pins(problem, plan, pins)]
    told: set[str] = set()
    added: set[str] = set()
    for number, change in enumerate(changes):
        where = f"changes[{number}]"
        found += _unknown(problem, change, where)
        if isinstance(change, Absence | Closure | FewerCars | Departure):
            found += _of_range(problem, change, where, today)
        if isinstance(change, FewerCars) and change.cars < 0:
            found.append(Fault("field-value", f"{where}.cars", f"It is {change.cars}.", "Give a number, 0 or more."))
        if isinstance(change, NotHeld | HeldOn):
            found += _of_held(problem, plan, change, where, today)
            if change.visit in told:
                cause = f"Two changes say what became of visit {change.visit}."
                found.append(Fault("id-repeated", f"{where}.visit", cause, "Say it once."))
            told.add(change.visit)
        if isinstance(change, UrgentVisit):
            found += _of_urgent(problem, change, where)
            if change.id is not None and change.id in added:
                found.append(
                    Fault("id-repeated", f"{where}.id", f"{change.id!r} comes twice.", "Give the visit its own id.")
                )
            added |= {change.id} if change.id is not None else set()
    return found


def _of_pins(problem: Problem, plan: Plan, pins: Sequence[str]) -> Iterator[Fault]:
    planned = {stop.visit for tour in plan.tours for stop in tour.stops}
    for index, visit in enumerate(pins):
        where = f"pins[{index}]"
        if visit not in problem.visit_by_id:
            yield Fault("id-unknown", where, f"There is no visit {visit!r}.", "Name one of the visits.")
        elif visit not in planned:
            cause = f"The plan leaves visit {visit} out, so it has no place to keep."
            yield Fault("pin-unpublished", where, cause, "Pin only visits that the plan has.")


def _of_today(problem: Problem, today: dt.date) -> Iterator[Fault]:
    if problem.workdays and today > problem.workdays[-1]:
        cause = f"{today} lies after the last workday, {problem.workdays[-1]}."
        yield Fault("date-order", "today", cause, "Name a day of the plan: what lies before it is history.")


def _unknown(problem: Problem, change: Change, where: str) -> Iterator[Fault]:
    for kind, known in (
        ("officer", problem.officer_by_id),
        ("cooperative", problem.cooperative_by_id),
        ("office", problem.office_by_id),
        ("visit", problem.visit_by_id),
    ):
        id_ = getattr(change, kind, None)
        if id_ is not None and id_ not in known:
            yield Fault("id-unknown", f"{where}.{kind}", f"There is no {kind} {id_!r}.", f"Name one of the {kind}s.")


def _of_range(
    problem: Problem, change: Absence | Closure | FewerCars | Departure, where: str, today: dt.date
) -> Iterator[Fault]:
    """Ranges that run backwards, and those that change nothing because no workday to come lies in them."""
    first, last = change.first, getattr(change, "last", dt.date.max)
    if last < first:
        yield Fault("date-order", where, f"{last} lies before {first}.", "Give the first day first.")
    elif not any(max(first, today) <= day <= last for day in problem.workdays):
        span = f"from {first} on" if last == dt.date.max else f"on {first}" if first == last else f"{first} to {last}"
        cause = f"No workday from {today} on lies in it ({span})."
        yield Fault("date-order", where, cause, "Name workdays of the plan that are still to come.")


def _of_held(problem: Problem, plan: Plan, change: NotHeld | HeldOn, where: str, today: dt.date) -> Iterator[Fault]:
    if change.visit not in problem.visit_by_id:
        return
    date = next((tour.date for tour in plan.tours for stop in tour.stops if stop.visit == change.visit), None)
    if isinstance(change, NotHeld):
        if date is None or date >= today:
            cause = f"Visit {change.visit} is not among the visits before {today}."
            yield Fault("date-order", where, cause, "Name a visit before today, or a later today.")
        latest = change.latest or problem.visit_by_id[change.visit].latest
        if latest is not None and latest < today:
            cause = f"Visit {change.visit} may not take place after {latest}, which is before {today}."
            yield Fault("date-order", where, cause, "Say until when it is wanted: VISIT:DATE.")
        return
    if change.date >= today:
        cause = f"{change.date} is not before {today}."
        yield Fault("date-order", where, cause, "Name a date before today, or a later today.")
    elif not problem.workdays or change.date < problem.workdays[0]:
        begins = problem.workdays[0] if problem.workdays else today
        cause = f"{change.date} lies before the plan begins, on {begins}."
        yield Fault("date-order", where, cause, "Name the day on which the visit took place.")
    if date is None:
        cause = f"The plan leaves visit {change.visit} out, so nobody is known to have made it."
        yield Fault("pin-unpublished", where, cause, "Name a visit that the plan has.")


def _of_urgent(problem: Problem, change: UrgentVisit, where: str) -> Iterator[Fault]:
    if change.id is not None and change.id in problem.visit_by_id:
        yield Fault("id-repeated", where, f"There is a visit {change.id!r} already.", "Give the visit its own id.")
    if not 0 < change.minutes <= 24 * 60:
        cause = f"It is {change.minutes:g}."
        yield Fault("field-value", f"{where}.minutes", cause, "Give minutes, above 0 and at most a day.")
    if not 1 <= change.priority <= 5:
        yield Fault("field-value", f"{where}.priority", f"It is {change.priority}.", "Give 1 to 5; 5 is most urgent.")
    known = {topic for officer in problem.officers for topic in officer.topics}
    known |= {topic for visit in problem.visits for topic in visit.topics or ()}
    for topic in change.topics:
        if topic not in known:
            remedy = f"Name topics of this office: {', '.join(sorted(known))}." if known else "Leave the topics out."
            yield Fault("id-unknown", f"{where}.topics", f"There is no topic {topic!r}.", remedy)
