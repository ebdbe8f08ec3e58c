"""What is wrong with changes that are said to have happened: all of it at once, before anything is planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from models.changes import BoardMeets, Change, ContentLate, HeldOn, NoMeeting, NotHeld, UrgentVisit, covers
from models.faults import Fault
from models.plan import Plan
from models.problem import Problem


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
        found += _of_range(problem, change, where, today)
        if isinstance(change, BoardMeets | NoMeeting):
            found += _of_meeting(problem, change, where, today)
        if isinstance(change, ContentLate):
            found += _of_content(problem, change, where, today)
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
    cars = {car.id: car for office in problem.offices for car in office.named}
    for kind, known in (
        ("officer", problem.officer_by_id), ("cooperative", problem.cooperative_by_id), ("car", cars),
        ("office", problem.office_by_id), ("visit", problem.visit_by_id), ("partner", problem.partner_by_id),
    ):  # fmt: skip
        id_ = getattr(change, kind, None)
        if id_ is not None and id_ not in known:
            yield Fault("id-unknown", f"{where}.{kind}", f"There is no {kind} {id_!r}.", f"Name one of the {kind}s.")


def _of_range(problem: Problem, change: Change, where: str, today: dt.date) -> Iterator[Fault]:
    """Ranges that run backwards, and those that change nothing because no workday to come lies in them."""
    span = covers(change)
    if span is None:
        return
    first, last = span
    if last < first:
        yield Fault("date-order", where, f"{last} lies before {first}.", "Give the first day first.")
    elif not any(max(first, today) <= day <= last for day in problem.workdays):
        said = f"from {first} on" if last == dt.date.max else f"on {first}" if first == last else f"{first} to {last}"
        cause = f"No workday from {today} on lies in it ({said})."
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


def _of_meeting(problem: Problem, change: BoardMeets | NoMeeting, where: str, today: dt.date) -> Iterator[Fault]:
    if change.cooperative not in problem.cooperative_by_id:
        return
    own = [visit for visit in problem.visits_of[change.cooperative] if visit.dates is not None]
    dropped = change.instead if isinstance(change, BoardMeets) else change.date
    if not own:
        cause = f"No visit of {change.cooperative} is bound to certain days, as those to its board are."
        yield Fault("meeting-missing", where, cause, "Name a cooperative whose board is to be visited.")
    elif dropped is not None and not any(dropped in (visit.dates or ()) for visit in own):
        cause = f"{dropped} is none of the days on which {change.cooperative} can be visited."
        yield Fault("meeting-missing", where, cause, "Name a day on which the board was to meet.")
    if isinstance(change, BoardMeets) and (change.date < today or change.date not in problem.workdays):
        cause = f"{change.date} is no workday from {today} on."
        yield Fault("date-order", where, cause, "Name a workday of the plan that is still to come.")


def _of_content(problem: Problem, change: ContentLate, where: str, today: dt.date) -> Iterator[Fault]:
    if not any(change.issue in (visit.issues or ()) for visit in problem.visits):
        cause = f"No visit is for an issue {change.issue!r}."
        yield Fault("id-unknown", f"{where}.issue", cause, "Name an issue that a visit is for.")
    if change.ready <= today:
        cause = f"{change.ready} is not after {today}, so nothing comes later for it."
        yield Fault("date-order", where, cause, "Name a day that is still to come.")


def _of_urgent(problem: Problem, change: UrgentVisit, where: str) -> Iterator[Fault]:
    if change.id is not None and change.id in problem.visit_by_id:
        yield Fault("id-repeated", where, f"There is a visit {change.id!r} already.", "Give the visit its own id.")
    known = {topic for officer in problem.officers for topic in officer.topics}
    known |= {topic for visit in problem.visits for topic in visit.topics or ()}
    for topic in change.topics:
        if topic not in known:
            remedy = f"Name topics of this office: {', '.join(sorted(known))}." if known else "Leave the topics out."
            yield Fault("id-unknown", f"{where}.topics", f"There is no topic {topic!r}.", remedy)
