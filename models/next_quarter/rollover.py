"""What changes from this quarter's tables to the next one's, as lines that a planner can read and overrule.

Nothing comes from nowhere and nothing vanishes: an issue goes when its last report says solved, stays with the sessions
that it still needs otherwise, and comes when a report found it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from models.faults import Fault
from models.handbook.records import Kept, OpenIssue, Records
from models.intake.book import OfficeBook
from models.next_quarter.changes import Change, Why
from models.next_quarter.ledger import duty_roster, ledger_after
from models.office import LedgerRow
from models.saying import both
from models.workdays import days_between, workdays

GRAVEST = 5
#: why visits are owed, where there is one kind of reason alone
_OWED: Mapping[str, Why] = {"left_out": "owed_left_out", "not_held": "owed_not_held"}


@dataclass(frozen=True)
class Rollover:
    """This quarter's records and office, and the days of the next one."""

    records: Records
    book: OfficeBook
    first: dt.date
    last: dt.date

    def changes(self) -> tuple[Change, ...]:
        """Every line, table by table."""
        return (
            *self._horizon(), *self._issues(), *self._cooperatives(), *self._ledger(), *self._past(), *self._duty()
        )  # fmt: skip

    @property
    def unreported(self) -> tuple[Kept, ...]:
        """Visits whose day is past and of which nothing is reported: what they did is not known."""
        return tuple(kept for kept in self.records.kept if kept.keeping == "unreported")

    @property
    def doubts(self) -> tuple[Fault, ...]:
        """What is doubtful in the days of the next quarter: that some are planned already."""
        days = self.book.problem.workdays
        twice = [day for day in days if self.first <= day <= self.last]
        if not twice:
            return ()
        cause = both("This quarter's plan has {number} of its workdays already, {first} to {last}.",
                     "แผนของไตรมาสนี้มีวันทำการเหล่านี้อยู่แล้ว {number} วัน ตั้งแต่ {first} ถึง {last}",
                     number=len(twice), first=twice[0], last=twice[-1])  # fmt: skip
        remedy = both("Begin on {day} or later, unless they are to be planned anew.",
                      "เริ่มตั้งแต่ {day} เป็นต้นไป เว้นแต่ต้องการจัดวันเหล่านั้นใหม่",
                      day=days[-1] + dt.timedelta(days=1))  # fmt: skip
        return (Fault("date-order", "first", cause, remedy),)

    def _horizon(self) -> Iterator[Change]:
        days = self.book.problem.workdays
        before = f"{days[0]} .. {days[-1]}" if days else ""
        yield Change("office", "horizon", "first_last", before, f"{self.first} .. {self.last}", "horizon")

    def _issues(self) -> Iterator[Change]:
        for issue in self.records.issues:
            if issue.found is None:
                yield from self._known_issue(issue)
            elif not issue.solved:
                found = {"date": issue.found.isoformat(), "cooperative": issue.cooperative}
                yield Change(
                    "issues", issue.id, None, None, issue.id, "found", found, _cells(issue, self._graver(issue)[0])
                )

    def _known_issue(self, issue: OpenIssue) -> Iterator[Change]:
        if issue.solved:
            fields = {"sessions": str(issue.held), "cooperative": issue.cooperative}
            yield Change("issues", issue.id, None, issue.id, None, "solved", fields)
            return
        if issue.needed != issue.wanted:
            fields = {"held": str(issue.held), "outcome": issue.outcome or ""}
            yield Change("issues", issue.id, "sessions", str(issue.wanted), str(issue.needed), "needs", fields)
        readiness, followed = self._readiness[issue.id]
        if issue.held and followed and readiness != "ready":
            yield Change("issues", issue.id, "readiness", readiness, "ready", "content_used", {"held": str(issue.held)})
        severity, why = self._graver(issue)
        if why is not None and severity != issue.severity:
            fields = {"days": str(issue.days_overdue(self.records.day))}
            yield Change("issues", issue.id, "severity", str(issue.severity), str(severity), why, fields)

    @cached_property
    def _readiness(self) -> dict[str, tuple[str, bool]]:
        """How far the content of each issue is by the tables, and whether they follow it at all."""
        return {
            row.id: (row.readiness or "", row.readiness is not None or row.content_ready is not None)
            for row in self.book.office.issues
        }

    def _graver(self, issue: OpenIssue) -> tuple[int, Why | None]:
        """The severity in the next quarter, and why it is another."""
        policy = self.book.office.next_quarter
        worse = policy.worse if issue.outcome == "worse" else 0
        overdue = policy.overdue if issue.days_overdue(self.records.day) else 0
        why: Why | None = "graver_both" if worse and overdue else "graver_worse" if worse else "graver_overdue"
        return min(GRAVEST, issue.severity + worse + overdue), why if worse or overdue else None

    def _cooperatives(self) -> Iterator[Change]:
        leads, known = self.records.context.plan.leads, self.records.context.problem.cooperative_by_id
        for row in self.book.office.cooperatives:
            if row.id not in known:
                continue  # it came into the tables after the plan was made, which tells nothing of it
            lead = leads.get(row.id)
            if lead is not None and lead != row.current_lead:
                yield Change("cooperatives", row.id, "current_lead", row.current_lead or "", lead, "lead_now")
            kept = self.records.kept_of[row.id]
            last, visit, ahead = self._last_visit(row.id)
            if last is not None and last != row.last_visit:
                before = "" if row.last_visit is None else row.last_visit.isoformat()
                why: Why = "last_visit_ahead" if ahead else "last_visit"
                yield Change("cooperatives", row.id, "last_visit", before, last.isoformat(), why, {"visit": visit})
            missed = Counter(one.keeping for one in kept if one.keeping in ("left_out", "not_held"))
            owed = missed.total()
            if owed != row.owed_visits:
                fields = {"left_out": str(missed["left_out"]), "not_held": str(missed["not_held"])}
                why = "owed_paid" if not owed else "owed" if len(missed) > 1 else _OWED[next(iter(missed))]
                before = str(row.owed_visits) if row.owed_visits else ""
                yield Change("cooperatives", row.id, "owed_visits", before, str(owed) if owed else "", why, fields)

    def _last_visit(self, cooperative: str) -> tuple[dt.date | None, str, bool]:
        """The day and id of the last visit held, or planned and still ahead; whether it is that."""
        found: dt.date | None = None
        visit, ahead = "", False
        for kept in self.records.kept_of[cooperative]:
            date = kept.held.date if kept.held else kept.place.date if kept.place and kept.keeping == "ahead" else None
            if date is not None and (found is None or date > found):
                found, visit, ahead = date, kept.visit.id, kept.held is None
        return found, visit, ahead

    def _ledger(self) -> Iterator[Change]:
        before = {row.officer: row for row in self.book.office.ledger}
        whys: tuple[tuple[str, Why], ...] = (
            ("hours", "ledger_hours"), ("stand_ins", "ledger_stand_ins"), ("leads_taken", "ledger_leads"),
            ("duty", "ledger_duty"),
        )  # fmt: skip
        for row in self.ledger:
            old = before.get(row.officer)
            for column, why in whys:
                was, now = getattr(old, column) if old else 0, getattr(row, column)
                if was != now:
                    text = f"{was:g}" if old else ""
                    yield Change("ledger", row.officer, column, text, f"{now:g}", why, {"change": f"{now - was:+.4g}"})

    @cached_property
    def ledger(self) -> tuple[LedgerRow, ...]:
        """The ledger after this quarter."""
        days = set(self.book.problem.workdays)
        duty: Counter[str] = Counter()
        for stretch in self.book.absences:
            if stretch.reason == "duty":
                duty[stretch.id] += sum(day in days for day in days_between(stretch.first, stretch.last))
        return ledger_after(self.records, duty)

    def _past(self) -> Iterator[Change]:
        """Absences and short days of cars that lie before the next quarter."""
        for table, stretches in (("absences", self.book.absences), ("cars_on", self.book.cars)):
            for stretch in stretches:
                if stretch.last < self.first:
                    span = f"{stretch.first}..{stretch.last}"
                    yield Change(table, f"{stretch.id} {span}", None, span, None, "past")

    def _duty(self) -> Iterator[Change]:
        per_day = self.book.office.next_quarter.duty_per_day
        if not per_day:
            return
        days = workdays(self.first, self.last, self.book.extra_holidays, self.book.extra_workdays)
        away: dict[str, set[dt.date]] = {}
        for stretch in self.book.absences:
            away.setdefault(stretch.id, set()).update(days_between(stretch.first, min(stretch.last, self.last)))
        frozen = {id_: frozenset(dates) for id_, dates in away.items()}
        for day, officer in duty_roster(self.ledger, days, per_day, frozen):
            cells = {"officer": officer, "from": day.isoformat(), "to": day.isoformat(), "reason": "duty"}
            yield Change("absences", f"{officer} {day}..{day}", None, None, day.isoformat(), "duty", {}, cells)


def _cells(issue: OpenIssue, severity: int) -> dict[str, str]:
    cells = {
        "id": issue.id, "cooperative": issue.cooperative, "topic": issue.topic, "severity": str(severity),
        "sessions": str(issue.needed), "audience": issue.audience, "due": issue.due.isoformat() if issue.due else "",
        "partner": issue.partner or "", "title_th": issue.title_th, "title_en": issue.title_en,
    }  # fmt: skip
    return {key: value for key, value in cells.items() if value}
