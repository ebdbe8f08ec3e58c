"""Preparation: the visits on which the content of issues is agreed, before the calendar begins; and how far it is.

One visit for each audience that the office's ``[preparation]`` names, at every cooperative that has an issue whose
content is not ready. Visits to the board fall on a board meeting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from models.agendas import Agendas
from models.faults import Fault
from models.meetings import MeetingRule, parse_meeting
from models.office import Audience, CooperativeRow, IssueRow, Office, Readiness
from models.plan import Plan
from models.problem import Problem, Visit
from models.saying import place, said

#: whom the content is agreed with, one after the other; "ready" comes last
STEPS: Final[tuple[Readiness, ...]] = get_args(Readiness)


def preparation_agendas(
    cooperatives: Iterable[CooperativeRow], issues: Sequence[IssueRow], audiences: Sequence[Audience], minutes: float,
    board_minutes: float, days: Sequence[dt.date],
) -> Agendas:  # fmt: skip
    """The preparatory visits over ``days`` (ascending, not empty), in the order of ``audiences``, a day apart at least.

    Each fault names the cooperative; a cooperative with a fault has no visits in the result.
    """
    agendas = Agendas()
    for row in cooperatives:
        own = [issue for issue in issues if issue.cooperative == row.id and issue.readiness != "ready"]
        if not own:
            continue
        agendas.gap_days[row.id] = 1
        rule = parse_meeting(row.board_meeting) if row.board_meeting else None
        faults = list(_meeting_faults(row, rule, audiences, days))
        agendas.faults += faults
        if not faults:
            agendas.visits += _visits(row, own, rule, audiences, minutes, board_minutes, days)
    return agendas


def _meeting_faults(
    row: CooperativeRow, rule: MeetingRule | None, audiences: Sequence[Audience], days: Sequence[dt.date]
) -> Iterator[Fault]:
    if "board" not in audiences:
        return
    where = place(cooperative=row.id)
    if rule is None:
        cause = said("Its board is to agree to the content, but when the board meets is not stated.")
        yield Fault("meeting-missing", where, cause, said("Fill in board_meeting (ประชุมคณะกรรมการ)."))
    elif not _meetings(row, rule, days):
        cause = said("Its board does not meet on a workday from {first} to {last}.", first=days[0],
                     last=days[-1])  # fmt: skip
        yield Fault("meetings-too-few", where, cause, said("Widen the days of the preparation, or mend the rule."))


def _meetings(row: CooperativeRow, rule: MeetingRule, days: Sequence[dt.date]) -> list[dt.date]:
    open_ = set(days) - set(row.closed)
    return [date for date in rule.dates(days[0], days[-1]) if date in open_]


def _visits(
    row: CooperativeRow, issues: Sequence[IssueRow], rule: MeetingRule | None, audiences: Sequence[Audience],
    minutes: float, board_minutes: float, days: Sequence[dt.date],
) -> Iterator[Visit]:  # fmt: skip
    priority = max(issue.severity for issue in issues)
    length = min(minutes, row.longest_visit or minutes)
    for seq, audience in enumerate(audiences, start=1):
        dates = _meetings(row, rule, days) if audience == "board" and rule else None
        begins = rule.start if dates and rule else None
        window = None if begins is None else ((begins, begins + board_minutes),)
        yield Visit(
            id=f"{row.id}-p{seq}", cooperative=row.id, seq=seq, minutes=length, priority=priority,
            earliest=days[0], due=days[-1], latest=days[-1], dates=tuple(dates) if dates else None, window=window,
            issues=tuple(issue.id for issue in issues),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ready:
    """How far the content of an issue is on a day.

    ``next_step``: whom to agree it with next, None once it is ready. ``first_visit``: the first planned visit that is
    for it. ``overdue``: it should be ready and is not. ``too_late``: it will not, or may not, be ready by that visit.
    """

    issue: IssueRow
    lead: str | None
    state: Readiness
    next_step: Readiness | None
    first_visit: dt.date | None
    overdue: bool
    too_late: bool


def readiness(office: Office, problem: Problem, plan: Plan, day: dt.date) -> tuple[Ready, ...]:
    """Every issue whose content is followed or has a date, those that come too late first, then the overdue ones."""
    first: dict[str, dt.date] = {}
    for tour in sorted(plan.tours, key=lambda tour: tour.date):
        for stop in tour.stops:
            for id_ in problem.visit_by_id[stop.visit].issues or ():
                first.setdefault(id_, tour.date)
    found = []
    for issue in office.issues:
        if issue.readiness is None and issue.content_ready is None:
            continue
        state: Readiness = issue.readiness or "draft"
        visit = first.get(issue.id)
        done = state == "ready"
        after = next((step for step in STEPS[STEPS.index(state) + 1 :]), None)
        found.append(
            Ready(
                issue=issue,
                lead=plan.leads.get(issue.cooperative),
                state=state,
                next_step=after,
                first_visit=visit,
                overdue=not done and issue.content_ready is not None and issue.content_ready < day,
                too_late=not done and visit is not None and _misses(issue, visit, day),
            )
        )
    return tuple(sorted(found, key=lambda one: (not one.too_late, not one.overdue, one.first_visit or dt.date.max)))


def _misses(issue: IssueRow, visit: dt.date, day: dt.date) -> bool:
    """Whether the content is not ready, or not said to be, by the day of its first visit."""
    return visit <= day or (issue.content_ready is not None and issue.content_ready > visit)
