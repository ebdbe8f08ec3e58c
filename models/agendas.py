"""Agendas: from a cooperative's open issues to its visits, by the office's policy. ``docs/agendas.md`` explains it.

The same tables give the same visits: nothing is drawn by chance, and ties go to the order of the table.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from models.boards import Meetings, board_limit
from models.bundles import Bundle, VisitLimits, bundle_issues
from models.faults import Fault
from models.hours import on_weekday
from models.meetings import MeetingRule, parse_meeting
from models.office import CooperativeRow, IssueRow, Standard
from models.plan import Frozen
from models.problem import Day, Visit
from models.saying import Place, place, said
from models.timing import Period, choose_meetings, spread

Minutes = Annotated[float, Field(ge=1, le=24 * 60)]
Count = Annotated[int, Field(ge=1, le=50)]


class Policy(Frozen):
    """The office's visiting policy; minutes, days and counts.

    A visit lasts ``opening_minutes`` and ``session_minutes`` for each session, at most ``longest_visit``; a routine
    visit lasts ``routine_minutes``. ``together``: most sessions of one issue on one visit; ``topics``: most topics.
    ``gap_days``: calendar days between visits of one cooperative; ``slack_days``: workdays between due and latest.
    A board visit starts within ``board_minutes`` of the meeting's beginning. A visit owed from an earlier horizon has
    ``owed_priority`` at least.
    """

    visits_excellent: Annotated[int, Field(ge=0, le=50)] = 2
    visits_very_good: Annotated[int, Field(ge=0, le=50)] = 3
    visits_good: Annotated[int, Field(ge=0, le=50)] = 3
    visits_below: Annotated[int, Field(ge=0, le=50)] = 4
    opening_minutes: Annotated[float, Field(ge=0, le=24 * 60)] = 15
    session_minutes: Minutes = 30
    longest_visit: Minutes = 135
    routine_minutes: Minutes = 60
    together: Count = 2
    topics: Count = 3
    gap_days: Annotated[int, Field(ge=1, le=366)] = 7
    slack_days: Annotated[int, Field(ge=0, le=366)] = 10
    board_minutes: Annotated[float, Field(ge=0, le=24 * 60)] = 30
    owed_priority: Annotated[int, Field(ge=1, le=5)] = 4

    def visits_of(self, standard: Standard) -> int:
        """Visits that a cooperative of this standard has at least."""
        count: int = getattr(self, f"visits_{standard}")
        return count

    def room_of(self, longest: float) -> int:
        """Sessions that fit into a visit of ``longest`` minutes; at least one."""
        return max(1, int((longest - self.opening_minutes) // self.session_minutes))


@dataclass(slots=True)
class Agendas:
    """The visits of all cooperatives, the gap each one keeps, and what could not be arranged."""

    visits: list[Visit] = field(default_factory=list)
    gap_days: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Calendar:
    """What the arranging of one cooperative after the other looks up and keeps."""

    policy: Policy
    day: Day
    workdays: Sequence[dt.date]
    partner_dates: Mapping[str, frozenset[dt.date]]
    boards_on: Counter[dt.date] = field(default_factory=Counter)

    def joins(self, partner: str, date: dt.date) -> bool:
        return date in self.partner_dates.get(partner, frozenset())

    def meetings_of(self, bundle: Bundle, meetings: Sequence[dt.date]) -> tuple[dt.date, ...]:
        """The ``meetings`` that a board visit may fall on: its content is ready, its partner free."""
        return tuple(
            date
            for date in meetings
            if (bundle.ready is None or date >= bundle.ready)
            and (bundle.partner is None or self.joins(bundle.partner, date))
        )


def make_agendas(
    cooperatives: Iterable[CooperativeRow],
    issues: Iterable[IssueRow],
    policy: Policy,
    day: Day,
    workdays: Sequence[dt.date],
    partner_dates: Mapping[str, frozenset[dt.date]],
) -> Agendas:
    """The visits of ``cooperatives``, in their order, over ``workdays`` (ascending, not empty).

    Each fault's ``where`` names the cooperative; a cooperative with a fault has no visits in the result.
    """
    calendar = _Calendar(policy, day, workdays, partner_dates)
    by_cooperative: dict[str, list[IssueRow]] = {}
    for issue in issues:
        by_cooperative.setdefault(issue.cooperative, []).append(issue)
    agendas = Agendas()
    for cooperative in cooperatives:
        _arrange(cooperative, by_cooperative.get(cooperative.id, []), calendar, agendas)
    return agendas


def bundles_of(
    cooperative: CooperativeRow,
    issues: Sequence[IssueRow],
    policy: Policy,
    most: int,
    board_limit: float = float("inf"),
) -> list[Bundle]:
    """The visits of a cooperative before they have dates: board and partner visits, then the others, then routine.

    ``most``: visits beyond which it need not go on; ``board_limit``: minutes that a visit at a board meeting can last.
    """
    longest = longest_visit(cooperative, policy)
    groups: dict[tuple[bool, str | None], list[IssueRow]] = {}
    for issue in issues:
        groups.setdefault((issue.audience == "board", issue.partner), []).append(issue)
    others = groups.pop((False, None), [])

    def bundled(group: Sequence[IssueRow], board: bool, partner: str | None, visits: int) -> list[Bundle]:
        sessions = policy.room_of(min(longest, board_limit) if board else longest)
        limits = VisitLimits(sessions, policy.topics, policy.together)
        return bundle_issues(group, limits, visits=visits, most=most, board=board, partner=partner)

    bundles: list[Bundle] = []
    for (board, partner), group in sorted(groups.items(), key=lambda item: (not item[0][0], item[0][1] or "")):
        bundles += bundled(group, board, partner, 0)
    wanted = max(0, policy.visits_of(cooperative.standard) - len(bundles))
    return bundles + bundled(others, False, None, wanted)


def longest_visit(cooperative: CooperativeRow, policy: Policy) -> float:
    """Minutes of the longest visit that the cooperative bears."""
    return cooperative.longest_visit or policy.longest_visit


def _arrange(cooperative: CooperativeRow, issues: Sequence[IssueRow], calendar: _Calendar, agendas: Agendas) -> None:
    """Add the visits of one cooperative, with the widest gap up to the policy's that lets them all fit."""
    policy, where = calendar.policy, place(cooperative=cooperative.id)
    rule = parse_meeting(cooperative.board_meeting) if cooperative.board_meeting else None
    days = _open_days(cooperative, calendar)
    rooms = _rooms(cooperative, rule, days, calendar) if rule else {}
    bundles = bundles_of(cooperative, issues, policy, len(calendar.workdays), max(rooms.values(), default=0.0))
    if not bundles:
        return
    if not _open_days(cooperative, calendar, after_last=False):
        cause = said("It is open on none of the workdays: its hours and its closed days leave none.")
        remedy = said("Mend open (เวลาทำการ) or closed (วันปิด).")
        agendas.faults.append(Fault("agenda-overfull", where, cause, remedy))
        return
    boards = sorted((b for b in bundles if b.board), key=lambda b: _middle(b, calendar.workdays))
    others = sorted((b for b in bundles if not b.board), key=lambda b: _middle(b, calendar.workdays))
    faults = list(_faults_beforehand(where, bundles, rule, days, calendar))
    if faults:
        agendas.faults += faults
        return
    longest = max((minutes_of(bundle, policy) for bundle in boards), default=0.0)
    meetings = [date for date, room in rooms.items() if room >= longest]
    dates: list[dt.date] | None = None
    for gap in range(policy.gap_days, 0, -1) if len(bundles) <= len(days) else ():
        dates = choose_meetings(boards, meetings, gap, calendar.boards_on.__getitem__, calendar.joins)
        if dates is None:
            continue
        spans = spread(others, dates, days, gap, policy.slack_days, calendar.joins) if days else None
        if spans is not None:
            agendas.gap_days[cooperative.id] = gap
            board = _Board(rule, [calendar.meetings_of(bundle, meetings) for bundle in boards])
            agendas.visits += _visits(cooperative, board, boards, dates, others, spans, policy)
            calendar.boards_on.update(dates)
            return
    if dates is None and rule is not None and boards and len(bundles) <= len(days):
        kept = Meetings(cooperative, rule, policy, calendar.day, calendar.workdays, calendar.joins)
        agendas.faults.append(kept.too_few(boards, longest))
    else:
        agendas.faults.append(_overfull(cooperative, len(bundles), days, calendar))


def _overfull(cooperative: CooperativeRow, visits: int, days: Sequence[dt.date], calendar: _Calendar) -> Fault:
    """The fault of a cooperative with more visits than fit into its open ``days``; says where its last visit is why."""
    where, last = place(cooperative=cooperative.id), cooperative.last_visit
    if last is None or len(days) == len(_open_days(cooperative, calendar, after_last=False)):
        cause = said(
            "It needs at least {visits} visits, which do not fit into its {days} open workdays.",
            visits=visits, days=len(days),
        )  # fmt: skip
        remedy = said("Give fewer sessions, longer visits, content sooner or a longer horizon.")
        return Fault("agenda-overfull", where, cause, remedy)
    cause = said(
        "It needs at least {visits} visits, which do not fit into the {days} open workdays that are left: its last "
        "visit was on {last}, and by policy.gap_days the next is {gap} days later at the earliest.",
        visits=visits, days=len(days), last=last, gap=calendar.policy.gap_days,
    )  # fmt: skip
    remedy = said("Give a longer or later horizon or a smaller policy.gap_days, or mend last_visit (เข้าพบครั้งสุดท้าย).")
    return Fault("agenda-overfull", where, cause, remedy)


def _open_days(cooperative: CooperativeRow, calendar: _Calendar, *, after_last: bool = True) -> list[dt.date]:
    """The workdays on which it is open, not sooner ``after_last``, its last visit, than the policy's gap."""
    closed, last = set(cooperative.closed), cooperative.last_visit
    first = last + dt.timedelta(days=calendar.policy.gap_days) if last and after_last else dt.date.min
    return [
        day for day in calendar.workdays if day not in closed and day >= first and on_weekday(cooperative.open, day)
    ]


def _rooms(
    cooperative: CooperativeRow, rule: MeetingRule, days: Sequence[dt.date], calendar: _Calendar
) -> dict[dt.date, float]:
    """The meetings on open days that can take a visit at all, each with the minutes that it can last."""
    open_days = set(days)
    dates = [date for date in rule.dates(days[0], days[-1]) if date in open_days] if days else []
    rooms = {date: board_limit(cooperative, rule, calendar.policy, calendar.day, date) for date in dates}
    return {date: room for date, room in rooms.items() if room > 0}


@dataclass(frozen=True, slots=True)
class _Board:
    """When the board meets, and for each board visit the meetings that it may fall on."""

    rule: MeetingRule | None
    meetings: list[tuple[dt.date, ...]]


def _middle(bundle: Bundle, workdays: Sequence[dt.date]) -> tuple[int, int, int]:
    """Order in time: the middle between ready and due, the graver first; routine visits in the middle of all."""
    first, last = workdays[0].toordinal(), workdays[-1].toordinal()
    ready = bundle.ready.toordinal() if bundle.ready else first
    due = bundle.due.toordinal() if bundle.due else last
    return max(ready, first) + min(due, last), -bundle.priority, -bundle.sessions


def _faults_beforehand(
    where: Place, bundles: Sequence[Bundle], rule: MeetingRule | None, days: Sequence[dt.date], calendar: _Calendar
) -> Iterator[Fault]:
    """What keeps a visit from every date, whatever the others do."""
    for bundle in bundles:
        if bundle.partner is not None and not any(calendar.joins(bundle.partner, day) for day in days):
            cause = said("The issue {issue} needs {partner}, which is free on none of its open days.",
                         issue=bundle.issues[0], partner=bundle.partner)  # fmt: skip
            remedy = said("Mend the partner's weekdays, or the days the cooperative is closed.")
            yield Fault("partner-never-free", where, cause, remedy)
    boards = [bundle for bundle in bundles if bundle.board]
    if boards and rule is None:
        cause = said("Its board is to be told of {issues}, but when the board meets is not stated.",
                     issues=", ".join(boards[0].issues))  # fmt: skip
        yield Fault("meeting-missing", where, cause, said("Fill in board_meeting (ประชุมคณะกรรมการ)."))


def minutes_of(bundle: Bundle, policy: Policy) -> float:
    """How long the visit of a bundle is."""
    return policy.opening_minutes + bundle.sessions * policy.session_minutes if bundle.parts else policy.routine_minutes


def _visits(
    cooperative: CooperativeRow, board: _Board, boards: Sequence[Bundle], dates: Sequence[dt.date],
    others: Sequence[Bundle], spans: Sequence[Period], policy: Policy,
) -> list[Visit]:  # fmt: skip
    """The visits in the order of their dates, numbered from 1."""
    fixed = [Period(date, min(date, bundle.due or date), date) for bundle, date in zip(boards, dates, strict=True)]
    meetings: list[tuple[dt.date, ...] | None] = [*board.meetings, *(None for _ in others)]
    placed = sorted(
        zip([*boards, *others], [*fixed, *spans], meetings, strict=True), key=lambda entry: entry[1].earliest
    )
    visits = []
    for seq, (bundle, span, on) in enumerate(placed, start=1):
        minutes = minutes_of(bundle, policy)
        if not bundle.parts:
            minutes = min(minutes, longest_visit(cooperative, policy))
        begins = board.rule.start if board.rule and bundle.board else None
        priority = max(bundle.priority, policy.owed_priority) if seq <= cooperative.owed_visits else bundle.priority
        visits.append(
            Visit(
                id=f"{cooperative.id}-{seq}",
                cooperative=cooperative.id,
                seq=seq,
                minutes=minutes,
                priority=priority,
                topics=bundle.topics,
                crew=max(bundle.officers, cooperative.officers or 1)
                if bundle.officers or cooperative.officers
                else None,
                dates=on,
                earliest=on[0] if on else span.earliest,
                due=span.due,
                latest=on[-1] if on else span.latest,
                window=None if begins is None else ((begins, begins + policy.board_minutes),),
                partner=bundle.partner,
                issues=bundle.issues or None,
            )
        )
    return visits
