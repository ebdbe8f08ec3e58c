"""How urgent a cooperative is: points by the office's written policy, each with the reason it stands for.

The same reports give the same points, always; nothing is read out of free text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Literal

from models.handbook.policy import Urgency
from models.handbook.records import Records

ReasonKind = Literal[
    "very_poor", "poor", "worse", "issue_worse", "overdue", "board_absent", "not_held", "silent", "urgent"
]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why points are given: ``count`` times (days where overdue or silent) of an ``aspect``, ``issue`` or ``topic``."""

    kind: ReasonKind
    points: int
    count: int = 1
    aspect: str | None = None
    issue: str | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Urgent:
    """A cooperative's urgency: ``points`` are the sum of the reasons', cut at the policy's most."""

    cooperative: str
    points: int
    reasons: tuple[Reason, ...]


def urgencies(records: Records) -> tuple[Urgent, ...]:
    """Every cooperative, the most urgent first; ties in the order of the problem."""
    policy = records.context.office.urgency if records.context.office else Urgency()
    found = []
    for cooperative in records.context.problem.cooperatives:
        reasons = sorted(reasons_of(records, cooperative.id, policy), key=lambda reason: -reason.points)
        points = min(policy.most, sum(reason.points for reason in reasons))
        found.append(Urgent(cooperative.id, points, tuple(reasons)))
    return tuple(sorted(found, key=lambda one: -one.points))


def reasons_of(records: Records, cooperative: str, policy: Urgency) -> Iterator[Reason]:
    """The reasons that give points, each number explained."""
    yield from (
        reason
        for reason in (
            *_condition(records, cooperative, policy),
            *_issues(records, cooperative, policy),
            *_visits(records, cooperative, policy),
        )
        if reason.points
    )


def _condition(records: Records, cooperative: str, policy: Urgency) -> Iterator[Reason]:
    for aspect, judged in records.condition[cooperative].items():
        level = judged[-1].level
        if level == 1:
            yield Reason("very_poor", policy.very_poor, aspect=aspect)
        elif level == 2:
            yield Reason("poor", policy.poor, aspect=aspect)
        fell = sum(max(0, before.level - after.level) for before, after in pairwise(judged))
        if fell:
            yield Reason("worse", fell * policy.worse, fell, aspect=aspect)


def _issues(records: Records, cooperative: str, policy: Urgency) -> Iterator[Reason]:
    for issue in records.issues_of[cooperative]:
        if issue.solved:
            continue
        if issue.outcome == "worse":
            yield Reason("issue_worse", policy.issue_worse, issue.times_worse, issue=issue.id, topic=issue.topic)
        days = issue.days_overdue(records.day)
        if days:
            points = min(policy.overdue_most, ceil(days / 7) * policy.overdue_week * issue.severity)
            yield Reason("overdue", points, days, issue=issue.id, topic=issue.topic)


def _visits(records: Records, cooperative: str, policy: Urgency) -> Iterator[Reason]:
    kept = records.kept_of[cooperative]
    missed = sum(one.keeping == "not_held" for one in kept)
    if missed:
        yield Reason("not_held", missed * policy.not_held, missed)
    issues = records.context.issues
    absent = 0
    for one in kept:
        for_board = any(issues[id_].audience == "board" for id_ in one.visit.issues or () if id_ in issues)
        absent += one.held is not None and for_board and not one.held.board
    if absent:
        yield Reason("board_absent", absent * policy.board_absent, absent)
    last = records.last_held(cooperative)
    if last is not None:
        days = (records.day - last).days
        weeks = max(0, days - policy.silent_after) // 7
        yield Reason("silent", weeks * policy.silent_week, days)
    held = [report for report in records.reports_of[cooperative] if report.held]
    topics = [finding.topic for finding in held[-1].findings_of("urgent")] if held else []
    for topic in dict.fromkeys(topics):
        count = topics.count(topic)
        yield Reason("urgent", count * policy.urgent, count, topic=topic)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Urgency over several cooperatives: how many, their mean and highest points, and how many have any."""

    id: str
    cooperatives: int
    mean: float
    most: int
    urgent: int


def by_district(records: Records, found: Iterable[Urgent]) -> tuple[Ranked, ...]:
    """Districts by the mean urgency of their cooperatives, highest first; by their Thai names."""
    rows = records.context.office.cooperatives if records.context.office else ()
    district = {row.id: row.district_th for row in rows}
    groups: dict[str, list[int]] = {}
    for one in found:
        groups.setdefault(district.get(one.cooperative, ""), []).append(one.points)
    return _ranked(groups)


def by_topic(found: Iterable[Urgent]) -> tuple[Ranked, ...]:
    """Topics by the points that their issues and urgent matters give, a sum for each cooperative."""
    groups: dict[str, list[int]] = {}
    for one in found:
        own: dict[str, int] = {}
        for reason in one.reasons:
            if reason.topic is not None:
                own[reason.topic] = own.get(reason.topic, 0) + reason.points
        for topic, points in own.items():
            groups.setdefault(topic, []).append(points)
    return _ranked(groups)


def _ranked(groups: dict[str, list[int]]) -> tuple[Ranked, ...]:
    ranked = [
        Ranked(id_, len(points), sum(points) / len(points), max(points), sum(point > 0 for point in points))
        for id_, points in groups.items()
    ]
    return tuple(sorted(ranked, key=lambda one: (-one.mean, one.id)))
