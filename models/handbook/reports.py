"""Reports of visits: what happened, how the cooperative is, what is to be done. The file ``handbook.json``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from models.clock import Clock
from models.fields import Count, Date, Id, NonNegative, Text
from models.office import Aspect, Audience
from models.plan import Frozen
from models.problem import Problem

HANDBOOK_FORMAT: Final = "visit-handbook/1"

Outcome = Literal["solved", "progress", "unchanged", "worse"]
NotHeld = Literal["officer_away", "cooperative_asked", "weather", "no_car", "content_not_ready", "other"]
FindingKind = Literal["strength", "weakness", "urgent"]
#: the state of one aspect: 1 very poor, 2 poor, 3 fair, 4 good, 5 very good
Level = Annotated[int, Field(ge=1, le=5, strict=True)]
LEAST_LEVEL, MOST_LEVEL = 1, 5

#: least and most of each number of a report, also in the workbook's cells and the page's form: more than any office has
#: is a slip. ``wanted``: sessions of a new issue
LIMITS: Final = {
    "severity": (1, 5), "sessions": (0, 50), "needed": (0, 50), "wanted": (1, 50), "board": (0, 10_000),
    "management": (0, 10_000), "members": (0, 100_000), "km": (0, 5_000),
}  # fmt: skip


def _within(name: str) -> Any:
    """The limits of a number, as pydantic takes them."""
    least, most = LIMITS[name]
    return Field(ge=least, le=most)


#: the aspects of an office that has none of its own
ASPECTS: Final = (
    Aspect(id="accounts", name_th="บัญชี", name_en="Accounts"),
    Aspect(id="debt", name_th="หนี้สิน", name_en="Debt"),
    Aspect(id="control", name_th="การควบคุมภายใน", name_en="Internal control"),
    Aspect(id="governance", name_th="ธรรมาภิบาล", name_en="Governance"),
    Aspect(id="participation", name_th="การมีส่วนร่วมของสมาชิก", name_en="Participation"),
    Aspect(id="business", name_th="ธุรกิจ", name_en="Business"),
)


class Progress(Frozen):
    """What became of one issue: its ``outcome``, ``sessions`` held on this visit, and those still needed after it.

    ``needed`` None: as many as were open before, without those held.
    """

    issue: Id
    outcome: Outcome
    sessions: Annotated[int, _within("sessions")] = 0
    needed: Annotated[int, _within("needed")] | None = None
    note: Text = ""


class NewIssue(Frozen):
    """An issue found on a visit."""

    id: Id
    topic: Id
    severity: Annotated[int, _within("severity")]
    sessions: Annotated[int, _within("wanted")]
    audience: Audience
    due: Date | None = None
    partner: Id | None = None
    title_th: Text = ""
    title_en: Text = ""


class Finding(Frozen):
    """A strength, a weakness or something urgent, in the officer's words; ``topic`` as the officer chose it."""

    kind: FindingKind
    topic: Id | None = None
    text: Annotated[Text, Field(min_length=1, max_length=4000)]


class Step(Frozen):
    """What was agreed: who does what by when."""

    what: Annotated[Text, Field(min_length=1, max_length=2000)]
    who: Annotated[Text, Field(min_length=1, max_length=500)]
    by: Date | None = None


class Report(Frozen):
    """The report of one visit. ``date``, times, officers, people and outcomes are those of a visit that was ``held``.

    ``condition``: aspect id -> level. ``km``: the whole tour's kilometres by the car's meter, written with one of its
    visits only, so that a sum over reports counts each drive once.
    """

    visit: Id
    held: bool
    reason: NotHeld | None = None
    date: Date | None = None
    start: Clock | None = None
    end: Clock | None = None
    officers: tuple[Id, ...] = ()
    board: Annotated[Count, _within("board")] = 0
    management: Annotated[Count, _within("management")] = 0
    members: Annotated[Count, _within("members")] = 0
    progress: tuple[Progress, ...] = ()
    new_issues: tuple[NewIssue, ...] = ()
    condition: dict[Id, Level] = Field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    steps: tuple[Step, ...] = ()
    km: Annotated[NonNegative, _within("km")] | None = None
    remarks: Annotated[Text, Field(max_length=4000)] = ""

    @property
    def minutes(self) -> float:
        """How long the visit lasted; 0 where the times are not reported."""
        return 0.0 if self.start is None or self.end is None else max(0.0, self.end - self.start)

    def findings_of(self, kind: FindingKind) -> tuple[Finding, ...]:
        """The findings of one kind."""
        return tuple(one for one in self.findings if one.kind == kind)


class Handbook(Frozen):
    """The reports of an office's visits over one horizon, at most one of each visit."""

    format: Literal["visit-handbook/1"] = HANDBOOK_FORMAT
    aspects: tuple[Aspect, ...] = ASPECTS
    reports: tuple[Report, ...] = ()
    illustrative: bool | None = None

    @cached_property
    def by_visit(self) -> dict[str, Report]:
        """Reports by the id of their visit."""
        return {report.visit: report for report in self.reports}

    def of(self, visits: Iterable[str]) -> tuple[Report, ...]:
        """The reports of ``visits``, in their order; those not reported are left out."""
        return tuple(self.by_visit[id_] for id_ in visits if id_ in self.by_visit)

    def found_at(self, visit: str, problem: Problem) -> frozenset[str]:
        """The issues that reports found at the cooperative of ``visit``; none where the problem has no such visit."""
        wanted = problem.visit_by_id.get(visit)
        visits = problem.visits_of[wanted.cooperative] if wanted else ()
        return frozenset(new.id for report in self.of(one.id for one in visits) for new in report.new_issues)

    def to_json(self) -> str:
        """The text of ``handbook.json``."""
        data: dict[str, Any] = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
