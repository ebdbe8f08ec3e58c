"""Bundling: the sessions that a cooperative's issues need, put together into visits of bearable length."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models.office import IssueRow


@dataclass(slots=True)
class Bundle:
    """What one visit is for: ``parts`` are issues with the number of their sessions held on it.

    A bundle without parts is a routine visit. ``board``: it is held at a board meeting. ``partner``: who joins.
    """

    board: bool = False
    partner: str | None = None
    parts: list[tuple[IssueRow, int]] = field(default_factory=list)

    @property
    def sessions(self) -> int:
        """Sessions held on the visit."""
        return sum(number for _, number in self.parts)

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics the crew must know, sorted."""
        return tuple(sorted({issue.topic for issue, _ in self.parts}))

    @property
    def issues(self) -> tuple[str, ...]:
        """Ids of the issues, gravest first."""
        return tuple(issue.id for issue, _ in self.parts)

    @property
    def officers(self) -> int:
        """Officers at least that its issues ask for; 0 where none asks."""
        return max((issue.officers or 0 for issue, _ in self.parts), default=0)

    @property
    def priority(self) -> int:
        """The gravest issue's severity; 1 for a routine visit."""
        return max((issue.severity for issue, _ in self.parts), default=1)

    @property
    def ready(self) -> dt.date | None:
        """The first day on which the content of all its issues is ready; None: from the start."""
        return max((issue.content_ready for issue, _ in self.parts if issue.content_ready), default=None)

    @property
    def due(self) -> dt.date | None:
        """The first day by which one of its issues should be settled; None: none is due."""
        return min((issue.due for issue, _ in self.parts if issue.due), default=None)


@dataclass(frozen=True, slots=True)
class VisitLimits:
    """What one visit holds at most: ``sessions``, ``topics`` they are on, and ``together``, sessions of one issue."""

    sessions: int
    topics: int
    together: int

    def allow(self, visit: Bundle, issue: IssueRow, block: int, size: int) -> bool:
        """Whether ``block`` sessions of ``issue`` can join ``visit``, which then has ``size`` sessions at most."""
        if any(other.id == issue.id for other, _ in visit.parts) or visit.sessions + block > size:
            return False
        if len({*visit.topics, issue.topic}) > self.topics:
            return False
        return _times_agree([*(other for other, _ in visit.parts), issue])


def bundle_issues(
    issues: Iterable[IssueRow], limits: VisitLimits, *, visits: int, most: int, board: bool, partner: str | None
) -> list[Bundle]:
    """The sessions of ``issues`` as visits within ``limits``.

    At least ``visits`` visits are made, the sessions spread evenly over them; what is left is routine. The gravest
    issues come first; each block of sessions goes to a visit that has its topic already, else to the emptiest one,
    else to a new one. Where more than ``most`` visits are needed the work ends there: they cannot be made anyway.
    """
    ordered = sorted(issues, key=_gravest_first)
    total = sum(issue.sessions for issue in ordered)
    share = min(limits.sessions, -(-total // visits)) if visits and total else limits.sessions
    bins = [Bundle(board, partner) for _ in range(visits)]
    for issue in ordered:
        left = issue.sessions
        while left and len(bins) <= most:
            block = min(left, limits.together, share)
            visit = _best(bins, issue, block, share, limits)
            if visit is None:
                visit = Bundle(board, partner)
                bins.append(visit)
            visit.parts.append((issue, block))
            left -= block
    return bins


def _gravest_first(issue: IssueRow) -> tuple[int, dt.date, str, str]:
    return -issue.severity, issue.due or dt.date.max, issue.topic, issue.id


def _best(bins: Sequence[Bundle], issue: IssueRow, block: int, share: int, limits: VisitLimits) -> Bundle | None:
    """The visit to which ``block`` sessions of ``issue`` go: within the even ``share`` of each, else wherever they fit.

    None where no visit has room for them.
    """
    for size in (share, limits.sessions):
        fitting = [visit for visit in bins if limits.allow(visit, issue, block, size)]
        if fitting:
            return min(fitting, key=lambda visit: (issue.topic not in visit.topics, visit.sessions))
    return None


def _times_agree(issues: Sequence[IssueRow]) -> bool:
    """Whether none of them is due before the content of another is ready."""
    ready = max((issue.content_ready for issue in issues if issue.content_ready), default=None)
    due = min((issue.due for issue in issues if issue.due), default=None)
    return ready is None or due is None or len(issues) == 1 or ready <= due
