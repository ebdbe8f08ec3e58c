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

from models.bundles import Bundle, bundle_issues
from models.faults import Fault
from models.meetings import MeetingRule, parse_meeting
from models.office import CooperativeRow, IssueRow, Standard
from models.plan import Frozen
from models.problem import Day, Visit
from models.timing import Span, choose_meetings, spread

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
        room = policy.room_of(min(longest, board_limit) if board else longest)
        return bundle_issues(
            group,
            room=room,
            topics=policy.topics,
            together=policy.together,
            visits=visits,
            most=most,
            board=board,
            partner=partner,
        )

    bundles: list[Bundle] = []
    for (board, partner), group in sorted(groups.items(), key=lambda item: (not item[0][0], item[0][1] or "")):
        bundles += bundled(group, board, partner, 0)
    wanted = max(0, policy.visits_of(cooperative.standard) - len(bundles))
    return bundles + bundled(others, False, None, wanted)


def board_limit(cooperative: CooperativeRow, rule: MeetingRule, policy: Policy, day: Day) -> float:
    """Minutes that a visit at a board meeting can last, so that it lies within the hours and lunch finds its time.

    Either it ends before lunch must begin, or lunch comes first and the visit still begins in time.
    """
    opens, closes = cooperative.open or (day.start, day.end)
    if rule.start < max(opens, day.start):
        return 0.0
    until = min(closes, day.end)
    if not day.has_break or day.start > day.break_opens or day.end < day.break_closes:
        return until - rule.start
    after_lunch = max(rule.start, day.break_opens + (day.break_minutes or 0.0))
    late_enough = after_lunch <= rule.start + policy.board_minutes
    return max(min(until, day.break_closes) - rule.start, until - after_lunch if late_enough else 0.0)


def longest_visit(cooperative: CooperativeRow, policy: Policy) -> float:
    """Minutes of the longest visit that the cooperative bears."""
    return cooperative.longest_visit or policy.longest_visit


def _arrange(cooperative: CooperativeRow, issues: Sequence[IssueRow], calendar: _Calendar, agendas: Agendas) -> None:
    """Add the visits of one cooperative, with the widest gap up to the policy's that lets them all fit."""
    policy, where = calendar.policy, f"cooperative {cooperative.id}"
    rule = parse_meeting(cooperative.board_meeting) if cooperative.board_meeting else None
    limit = board_limit(cooperative, rule, policy, calendar.day) if rule else 0.0
    bundles = bundles_of(cooperative, issues, policy, len(calendar.workdays), limit)
    if not bundles:
        return
    closed = set(cooperative.closed)
    first = cooperative.last_visit + dt.timedelta(days=policy.gap_days) if cooperative.last_visit else dt.date.min
    days = [day for day in calendar.workdays if day not in closed and day >= first]
    boards = sorted((b for b in bundles if b.board), key=lambda b: _middle(b, calendar.workdays))
    others = sorted((b for b in bundles if not b.board), key=lambda b: _middle(b, calendar.workdays))
    faults = list(_faults_beforehand(where, bundles, rule, days, calendar))
    if faults:
        agendas.faults += faults
        return
    fits = limit >= max((minutes_of(bundle, policy) for bundle in boards), default=0.0)
    open_days = set(days)
    meetings = [date for date in rule.dates(days[0], days[-1]) if date in open_days] if rule and fits and days else []
    dates: list[dt.date] | None = None
    for gap in range(policy.gap_days, 0, -1) if len(bundles) <= len(days) else ():
        dates = choose_meetings(boards, meetings, gap, calendar.boards_on.__getitem__, calendar.joins)
        if dates is None:
            continue
        spans = spread(others, dates, days, gap, policy.slack_days, calendar.joins) if days else None
        if spans is not None:
            agendas.gap_days[cooperative.id] = gap
            agendas.visits += _visits(cooperative, rule, boards, dates, others, spans, policy)
            calendar.boards_on.update(dates)
            return
    if dates is None and boards and len(bundles) <= len(days):
        cause = (
            f"Its board sessions fill {len(boards)} visits, and {len(meetings)} of its meetings can take one "
            "(on a workday, within its hours, with time for lunch, content and partner ready)."
        )
        remedy = "Give fewer sessions, another audience, another rule, or content sooner."
        agendas.faults.append(Fault("meetings-too-few", where, cause, remedy))
    else:
        cause = f"It needs at least {len(bundles)} visits, which do not fit into its {len(days)} open workdays."
        remedy = "Give fewer sessions, longer visits, content sooner or a longer horizon."
        agendas.faults.append(Fault("agenda-overfull", where, cause, remedy))


def _middle(bundle: Bundle, workdays: Sequence[dt.date]) -> tuple[int, int, int]:
    """Order in time: the middle between ready and due, the graver first; routine visits in the middle of all."""
    first, last = workdays[0].toordinal(), workdays[-1].toordinal()
    ready = bundle.ready.toordinal() if bundle.ready else first
    due = bundle.due.toordinal() if bundle.due else last
    return max(ready, first) + min(due, last), -bundle.priority, -bundle.sessions


def _faults_beforehand(
    where: str, bundles: Sequence[Bundle], rule: MeetingRule | None, days: Sequence[dt.date], calendar: _Calendar
) -> Iterator[Fault]:
    """What keeps a visit from every date, whatever the others do."""
    for bundle in bundles:
        if bundle.partner is not None and not any(calendar.joins(bundle.partner, day) for day in days):
            cause = f"The issue {bundle.issues[0]} needs {bundle.partner}, which is free on none of its open days."
            remedy = "Mend the partner's weekdays, or the days the cooperative is closed."
            yield Fault("partner-never-free", where, cause, remedy)
    boards = [bundle for bundle in bundles if bundle.board]
    if boards and rule is None:
        cause = f"Its board is to be told of {', '.join(boards[0].issues)}, but when the board meets is not stated."
        yield Fault("meeting-missing", where, cause, "Fill in board_meeting.")


def minutes_of(bundle: Bundle, policy: Policy) -> float:
    """How long the visit of a bundle is."""
    return policy.opening_minutes + bundle.sessions * policy.session_minutes if bundle.parts else policy.routine_minutes


def _visits(
    cooperative: CooperativeRow, rule: MeetingRule | None, boards: Sequence[Bundle], dates: Sequence[dt.date],
    others: Sequence[Bundle], spans: Sequence[Span], policy: Policy,
) -> list[Visit]:  # fmt: skip
    """The visits in the order of their dates, numbered from 1."""
    fixed = [Span(date, min(date, bundle.due or date), date) for bundle, date in zip(boards, dates, strict=True)]
    placed = sorted(zip([*boards, *others], [*fixed, *spans], strict=True), key=lambda pair: pair[1].earliest)
    visits = []
    for seq, (bundle, span) in enumerate(placed, start=1):
        minutes = minutes_of(bundle, policy)
        if not bundle.parts:
            minutes = min(minutes, longest_visit(cooperative, policy))
        window = (rule.start, rule.start + policy.board_minutes) if rule and bundle.board else None
        visits.append(
            Visit(
                id=f"{cooperative.id}-{seq}",
                cooperative=cooperative.id,
                seq=seq,
                minutes=minutes,
                priority=max(bundle.priority, policy.owed_priority)
                if seq <= cooperative.owed_visits
                else bundle.priority,
                topics=bundle.topics,
                earliest=span.earliest,
                due=span.due,
                latest=span.latest,
                window=None if window is None else (window,),
                partner=bundle.partner,
                issues=bundle.issues or None,
            )
        )
    return visits
