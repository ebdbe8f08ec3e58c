"""From which day on a plan may change: what is past stays for good, what comes before a change stays this once.

Two days are told apart. ``today``: what lies before it is past, as far as anybody said, and stays in every plan from
now on. ``begins``: one mending leaves the days before it as they are; once its plan is accepted they are open again.
While a plan is mended, its problem has ``begins`` as its ``today``, so that search, proof and referee know one bound.

A third day is that on which people are told: short notice is counted from it, though nothing before ``begins`` moves.
So of an office's ``notice_days`` only what is left of them on ``begins`` stands in the problem meanwhile.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from models.changes import BoardMeets, Change, HeldOn, NoMeeting, NotHeld, covers
from models.costing import cost
from models.plan import Plan
from models.problem import Cooperative, Problem
from models.referee import violations


def first_day(problem: Problem, changes: Sequence[Change]) -> dt.date:
    """The first day that may change where none is named: that of a change, not before the problem's ``today``."""
    days = [span[0] for change in changes if (span := covers(change))]
    days += [change.date for change in changes if isinstance(change, BoardMeets | NoMeeting)]
    days += [day_after(change.date) for change in changes if isinstance(change, HeldOn)]
    first = min(days, default=problem.workdays[0] if problem.workdays else dt.date.min)
    return max(first, problem.today or first)


def past(problem: Problem, plan: Plan, changes: Sequence[Change], today: dt.date | None) -> dt.date | None:
    """The day before which all is past: ``today``, else the problem's own, and after all that is told to have happened.

    None where nothing is.
    """
    known = today or problem.today
    days = plan.dates
    told = [day_after(change.date) for change in changes if isinstance(change, HeldOn)]
    told += [
        day_after(days[change.visit]) for change in changes if isinstance(change, NotHeld) and change.visit in days
    ]
    return max([*told, *([known] if known else ())], default=None)


def hurried(problem: Problem, begins: dt.date, told: dt.date) -> Problem:
    """The problem with what is left on ``begins`` of a notice that was given on the day ``told``."""
    notice = problem.notice_days
    return with_notice(problem, None if notice is None else max(0, notice - (begins - told).days))


def with_notice(problem: Problem, days: int | None) -> Problem:
    """The problem with so many days of notice."""
    return problem if days == problem.notice_days else problem.changed(notice_days=days)


def reopened(problem: Problem, past: dt.date | None) -> Problem:
    """The problem in which only the days before ``past`` are history, and not those before its changes began."""
    return problem if past == problem.today else problem.changed(today=past)


def accepted(problem: Problem, plan: Plan, past: dt.date | None) -> tuple[Problem, Plan]:
    """The problem in which a plan stands that people act on, and the plan by its account.

    The plan is what is published: moving is priced against it, and a change of lead is one from its leads. Only the
    days before ``past`` are history. Days after it were planned and judged as well, but where one breaks a rule as the
    problem is now, as after a planner took back what was called past, all stays that the mending left as it was.

    Args:
        problem: the problem of the plan, whose ``today`` may be the day on which its changes begin.
        plan: it keeps every rule of the problem.
        past: the first day that is not past; None where no day is past.
    """
    standing, priced = _published(reopened(problem, past), plan)
    if violations(standing, priced):
        standing, priced = _published(problem, plan)
    record = plan.record and plan.record.model_copy(update={"problem_hash": standing.hash})
    return standing, priced.model_copy(update={"record": record})


def acted_on(problem: Problem, plan: Plan, past: dt.date | None) -> tuple[Problem, Plan]:
    """A plan that people act on and its problem, by whose account what it changed itself is no longer counted.

    See :func:`accepted`. A first plan keeps the problem it was made for, and what is proven of it.
    """
    return (problem, plan) if problem.published is None else accepted(problem, plan, past)


def bare_of(plan: Plan) -> Plan:
    """The plan without what was proven or recorded of it in its own problem."""
    return plan.model_copy(update={"lower_bound": None, "record": None, "status": "feasible"})


def led_as(problem: Problem, plan: Plan) -> tuple[Cooperative, ...]:
    """The cooperatives as they are once ``plan`` is published: a change of lead is a change from the lead it has."""
    return tuple(
        cooperative.model_copy(update={"current_lead": plan.leads.get(cooperative.id, cooperative.current_lead)})
        for cooperative in problem.cooperatives
    )


def _published(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
    standing = problem.changed(published=bare_of(plan), cooperatives=led_as(problem, plan))
    priced = bare_of(plan).model_copy(update={"cost": cost(standing, plan)})
    return standing.changed(published=priced), priced


def day_after(day: dt.date) -> dt.date:
    """The day after one, as far as there are days."""
    return day + dt.timedelta(days=day < dt.date.max)
