"""The handbook to print: a sheet for each cooperative and each officer, as an office keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.circle.rendering import render
from api.circle.telling import Telling
from api.exports.views import Destination, Person
from models.evaluation.evaluating import evaluate
from models.evaluation.figures import OfficerFigures
from models.faults import Fault, InvalidInput
from models.handbook.records import Judged, Kept, OpenIssue, Records
from models.handbook.reports import Finding, FindingKind, Report, Step
from models.likeness import perhaps
from models.saying import both

KINDS: tuple[tuple[FindingKind, str], ...] = (
    ("strength", "strengths"), ("weakness", "weaknesses"), ("urgent", "urgents"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CooperativeSheet:
    """All that is known of one cooperative."""

    place: Destination
    kept: tuple[Kept, ...]
    condition: dict[str, tuple[Judged, ...]]
    dates: tuple[dt.date, ...]
    findings: tuple[tuple[str, tuple[tuple[str, tuple[tuple[Report, Finding], ...]], ...]], ...]
    open_issues: tuple[OpenIssue, ...]
    steps: tuple[Step, ...]
    points: int
    reasons: tuple[str, ...]

    def level_on(self, aspect: str, date: dt.date) -> int | None:
        """The level that was judged on a day."""
        return next((one.level for one in self.condition.get(aspect, ()) if one.date == date), None)


@dataclass(frozen=True, slots=True)
class OfficerSheet:
    """One officer's visits: those that he or she was planned for or was at."""

    person: Person
    figures: OfficerFigures
    led: tuple[Destination, ...]
    kept: tuple[Kept, ...]


def handbook_page(
    records: Records,
    lang: str,
    cooperatives: Sequence[str] | None = None,
    officers: Sequence[str] | None = None,
    approved: Mapping[str, tuple[str, dt.date]] | None = None,
) -> str:
    """The HTML text: the sheets of ``cooperatives`` and of ``officers``; of all where neither is given.

    ``approved``: who approved the report of a visit, and when.

    Raises:
        InvalidInput: one of them is not in the problem.
    """
    tell = Telling(records, lang)
    calendar = tell.calendar
    everyone = cooperatives is None and officers is None
    chosen = list(calendar.destinations) if everyone else list(cooperatives or ())
    people = list(calendar.people) if everyone else list(officers or ())
    faults = [
        _unknown("cooperative", "สหกรณ์", id_, calendar.destinations)
        for id_ in chosen
        if id_ not in calendar.destinations
    ]
    faults += [_unknown("officer", "เจ้าหน้าที่", id_, calendar.people) for id_ in people if id_ not in calendar.people]
    if faults:
        raise InvalidInput(faults)
    figures = {one.id: one for one in evaluate(records).officers}
    return render(
        "handbook.html.j2",
        tell=tell, w=tell.words, c=calendar,
        cooperatives=[_cooperative(tell, id_) for id_ in chosen],
        officers=[_officer(tell, id_, figures[id_]) for id_ in people],
        kinds=KINDS, approved=approved or {},
    )  # fmt: skip


def _unknown(kind: str, thai: str, id_: str, known: Iterable[str]) -> Fault:
    cause = both(f"There is no {id_!r} among the {kind}s.", f"ไม่มี{thai} {id_!r}")
    remedy = both(f"Write the id of a {kind}.", f"ระบุรหัสของ{thai}")
    return Fault("id-unknown", f"--{kind}", cause, perhaps(remedy, id_, known))


def _cooperative(tell: Telling, id_: str) -> CooperativeSheet:
    records = tell.records
    condition = records.condition[id_]
    urgent = tell.urgency_of[id_]
    return CooperativeSheet(
        place=tell.calendar.destinations[id_],
        kept=records.kept_of[id_],
        condition=condition,
        dates=tuple(sorted({one.date for judged in condition.values() for one in judged})),
        findings=tuple((label, _by_topic(tell, id_, kind)) for kind, label in KINDS),
        open_issues=tuple(issue for issue in records.issues_of[id_] if not issue.solved),
        steps=tuple(step for report in records.reports_of[id_] for step in report.steps),
        points=urgent.points,
        reasons=tuple(tell.reason(reason) for reason in urgent.reasons),
    )


def _by_topic(tell: Telling, id_: str, kind: FindingKind) -> tuple[tuple[str, tuple[tuple[Report, Finding], ...]], ...]:
    grouped = tell.records.findings_of(id_, kind)
    return tuple(
        (tell.names.topic(topic) if topic else tell.words("without_topic"), tuple(found))
        for topic, found in sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0] or ""))
    )


def _officer(tell: Telling, id_: str, figures: OfficerFigures) -> OfficerSheet:
    calendar = tell.calendar
    kept = tuple(
        one
        for one in tell.records.kept
        if (one.place is not None and id_ in one.place.crew) or (one.held is not None and id_ in one.held.officers)
    )
    leads = calendar.plan.leads
    led = tuple(place for place in calendar.destinations.values() if leads.get(place.id) == id_)
    return OfficerSheet(calendar.people[id_], figures, led, kept)
