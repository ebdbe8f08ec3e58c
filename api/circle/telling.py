"""What outputs of the circle share: the calendar's words and names, records, and how reasons are said."""

from __future__ import annotations

from functools import cached_property

from api.exports.calendar import Calendar
from models.handbook.records import OpenIssue, Records
from models.handbook.urgency import Reason, Urgent, urgencies


class Telling:
    """Records in one language.

    Raises:
        InvalidInput: the plan names what the problem does not know.
        ValueError: the language is neither "th" nor "en".
    """

    def __init__(self, records: Records, lang: str) -> None:
        context = records.context
        self.records = records
        self.calendar = Calendar(context.plan, context.problem, context.office, lang)
        self.words, self.names = self.calendar.words, self.calendar.names

    @cached_property
    def aspects(self) -> dict[str, str]:
        """Names of the aspects by id, in their order."""
        return {a.id: self.words.pick(a.name_th, a.name_en) for a in self.records.context.aspects}

    @cached_property
    def urgencies(self) -> tuple[Urgent, ...]:
        """Every cooperative, the most urgent first."""
        return urgencies(self.records)

    @cached_property
    def urgency_of(self) -> dict[str, Urgent]:
        """The same by cooperative."""
        return {one.cooperative: one for one in self.urgencies}

    @cached_property
    def issues(self) -> dict[str, OpenIssue]:
        """Every issue there is or was, by its id."""
        return {issue.id: issue for issue in self.records.issues}

    def reason(self, reason: Reason) -> str:
        """A reason with its points: ``overdue … (8)``."""
        topic = self.names.topic(reason.topic) if reason.topic else self.words("without_topic")
        sentence = self.words(
            f"u_{reason.kind}", count=reason.count, aspect=self.aspects.get(reason.aspect or "", reason.aspect or ""),
            topic=topic, issue=reason.issue or "",
        )  # fmt: skip
        return f"{sentence} ({reason.points})"

    def reasons(self, urgent: Urgent) -> str:
        """All reasons of a cooperative in one line, the weightiest first."""
        return "; ".join(self.reason(reason) for reason in urgent.reasons)

    def issue_title(self, id_: str) -> str:
        """The title of an issue, or its topic, or its id."""
        issue = self.issues.get(id_)
        if issue is None:
            return id_
        return self.words.pick(issue.title_th, issue.title_en) or self.names.topic(issue.topic)

    @property
    def day(self) -> str:
        """Up to when the reports tell, as text."""
        return self.words("as_of", date=self.words.date(self.records.day))

    def age(self, issue: OpenIssue) -> int | None:
        """Calendar days since an issue was found; since the plan's first workday where it was known before."""
        days = self.records.context.problem.workdays
        since = issue.found or (days[0] if days else None)
        return None if since is None else max(0, (self.records.day - since).days)
