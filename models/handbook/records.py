"""What is known of each cooperative from plan and reports by a day: visits held and missed, condition, open issues."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from models.handbook.context import Context, Place
from models.handbook.reports import Finding, FindingKind, Handbook, Outcome, Report
from models.office import Audience
from models.problem import Visit

#: calendar days after the planned one within which a visit was held within the week
WEEK: Final = 7

HowKept = Literal["on_day", "within_week", "late", "not_held", "unreported", "ahead", "left_out"]


@dataclass(frozen=True, slots=True)
class Kept:
    """One visit wanted: where the plan has it, its report, and how the plan was kept."""

    visit: Visit
    place: Place | None
    report: Report | None
    keeping: HowKept

    @property
    def held(self) -> Report | None:
        """The report of a visit that was held."""
        return self.report if self.report is not None and self.report.held else None


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """An issue as it is on a day: what became of it last, sessions held and still needed, and since when it is known.

    ``outcome`` None: nobody took it up. ``found`` None: it was open when the plan was made.
    """

    id: str
    cooperative: str
    topic: str
    severity: int
    audience: Audience
    wanted: int
    held: int
    needed: int
    due: dt.date | None
    outcome: Outcome | None
    times_worse: int
    found: dt.date | None
    partner: str | None
    title_th: str
    title_en: str

    @property
    def solved(self) -> bool:
        """Whether the last report says that it is solved."""
        return self.outcome == "solved"

    def days_overdue(self, day: dt.date) -> int:
        """Calendar days since its due date; 0 where it is solved, not due yet or never due."""
        return max(0, (day - self.due).days) if self.due and not self.solved else 0


@dataclass(frozen=True, slots=True)
class Judged:
    """The level of an aspect on a day."""

    date: dt.date
    visit: str
    level: int


@dataclass(frozen=True)
class Records:
    """Plan and reports as they stand at the end of ``day``; what is planned later is still ahead."""

    context: Context
    handbook: Handbook
    day: dt.date

    @classmethod
    def until(cls, context: Context, handbook: Handbook, day: dt.date | None = None) -> Records:
        """As they stand at the end of ``day``; None: of the day up to which the handbook tells."""
        return cls(context, handbook, day or day_of(context, handbook))

    @cached_property
    def kept(self) -> tuple[Kept, ...]:
        """Every visit wanted, in the order of the plan."""
        return tuple(self._kept(visit) for visit in self.context.ordered)

    def _kept(self, visit: Visit) -> Kept:
        place, report = self.context.places.get(visit.id), self.handbook.by_visit.get(visit.id)
        if report is not None and report.date is not None and report.date > self.day:
            report = None
        return Kept(visit, place, report, self._keeping(place, report))

    def _keeping(self, place: Place | None, report: Report | None) -> HowKept:
        if report is not None and not report.held:
            return "not_held"
        if report is None or report.date is None:
            return "left_out" if place is None else "unreported" if place.date <= self.day else "ahead"
        if place is None or report.date == place.date:
            return "on_day"
        return "within_week" if (report.date - place.date).days <= WEEK else "late"

    @cached_property
    def kept_of(self) -> dict[str, tuple[Kept, ...]]:
        """The same by cooperative."""
        grouped: dict[str, list[Kept]] = {id_: [] for id_ in self.context.cooperatives}
        for kept in self.kept:
            grouped[kept.visit.cooperative].append(kept)
        return {key: tuple(group) for key, group in grouped.items()}

    @cached_property
    def reports_of(self) -> dict[str, tuple[Report, ...]]:
        """The reports of each cooperative, held ones by their date and time, before them those of visits not held."""
        return {
            id_: tuple(
                sorted(
                    (kept.report for kept in group if kept.report is not None),
                    key=lambda report: (report.date or dt.date.min, report.start or 0.0),
                )
            )
            for id_, group in self.kept_of.items()
        }

    @cached_property
    def condition(self) -> dict[str, dict[str, tuple[Judged, ...]]]:
        """For each cooperative and aspect that was ever judged: its levels in the order of time."""
        found: dict[str, dict[str, tuple[Judged, ...]]] = {}
        for id_, reports in self.reports_of.items():
            levels: dict[str, tuple[Judged, ...]] = {}
            for report in reports:
                for aspect, level in report.condition.items():
                    if report.date is not None:
                        levels[aspect] = (*levels.get(aspect, ()), Judged(report.date, report.visit, level))
            found[id_] = levels
        return found

    @cached_property
    def issues(self) -> tuple[OpenIssue, ...]:
        """Every issue there is or was: those of the office's table in its order, then those found on visits."""
        rows = [
            OpenIssue(
                row.id, row.cooperative, row.topic, row.severity, row.audience, row.sessions, 0, row.sessions, row.due,
                None, 0, None, row.partner, row.title_th, row.title_en,
            )
            for row in self.context.issues.values()
        ]  # fmt: skip
        rows += [
            OpenIssue(
                new.id, kept.visit.cooperative, new.topic, new.severity, new.audience, new.sessions, 0, new.sessions,
                new.due, None, 0, kept.report.date or self.day, new.partner, new.title_th, new.title_en,
            )
            for kept in self.kept if kept.report is not None for new in kept.report.new_issues
        ]  # fmt: skip
        return tuple(self._as_reported(row) for row in rows)

    def _as_reported(self, issue: OpenIssue) -> OpenIssue:
        held, needed, worse = 0, issue.wanted, 0
        outcome: Outcome | None = None
        for report in self.reports_of[issue.cooperative]:
            for part in report.progress:
                if part.issue == issue.id:
                    held += part.sessions
                    outcome = part.outcome
                    worse += part.outcome == "worse"
                    left = max(0, needed - part.sessions) if part.needed is None else part.needed
                    needed = 0 if outcome == "solved" else max(1, left)
        return OpenIssue(
            issue.id, issue.cooperative, issue.topic, issue.severity, issue.audience, issue.wanted, held, needed,
            issue.due, outcome, worse, issue.found, issue.partner, issue.title_th, issue.title_en,
        )  # fmt: skip

    @cached_property
    def issues_of(self) -> dict[str, tuple[OpenIssue, ...]]:
        """The same by cooperative."""
        grouped: dict[str, list[OpenIssue]] = {id_: [] for id_ in self.context.cooperatives}
        for issue in self.issues:
            grouped[issue.cooperative].append(issue)
        return {key: tuple(group) for key, group in grouped.items()}

    def found_before(self, visit: Visit) -> tuple[OpenIssue, ...]:
        """What a visit has to take up beside its agenda: issues that earlier visits of its cooperative found and that
        are open still, and those of which its own report tells."""
        place, report = self.context.places.get(visit.id), self.handbook.by_visit.get(visit.id)
        day = (report.date if report else None) or (place.date if place else dt.date.max)
        own = {new.id for new in report.new_issues} if report else set()
        told = {part.issue for part in report.progress} if report else set()
        found = [issue for issue in self.issues_of[visit.cooperative] if issue.id not in own]
        return tuple(
            issue for issue in found
            if issue.found is not None and (issue.id in told or (issue.found <= day and not issue.solved))
        )  # fmt: skip

    def findings_of(self, cooperative: str, kind: FindingKind) -> dict[str | None, list[tuple[Report, Finding]]]:
        """The findings of one kind, grouped by the topic the officer chose; nothing is read out of their text."""
        grouped: dict[str | None, list[tuple[Report, Finding]]] = {}
        for report in self.reports_of[cooperative]:
            for finding in report.findings_of(kind):
                grouped.setdefault(finding.topic, []).append((report, finding))
        return grouped

    def last_held(self, cooperative: str) -> dt.date | None:
        """The day of the last visit held, this quarter's or the one before; None where none is known."""
        dates = [report.date for report in self.reports_of[cooperative] if report.held and report.date]
        rows = self.context.office.cooperatives if self.context.office else ()
        dates += [row.last_visit for row in rows if row.id == cooperative and row.last_visit]
        return max(dates, default=None)


def day_of(context: Context, handbook: Handbook) -> dt.date:
    """The day up to which a handbook tells: that of its last visit held, at least the first workday."""
    dates = [report.date for report in handbook.reports if report.date is not None]
    days = context.problem.workdays
    return max([*dates, *days[:1]], default=dt.date(1970, 1, 1))
