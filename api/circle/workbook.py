"""The evaluation as a workbook: the same figures as tables, to sort and to calculate with."""

from __future__ import annotations

from collections.abc import Sequence

from api.circle.evaluation import figures, group_name
from api.circle.telling import Telling
from api.exports.paper import HEAD_ROWS, Head, Paper
from models.evaluation.figures import Evaluation, GroupKind

_FIRST = HEAD_ROWS + 1
_KINDS: tuple[GroupKind, ...] = ("topic", "severity", "district", "officer")
_OUTCOMES = ("issues", "new", "solved", "progress", "unchanged", "worse", "untouched", "wanted", "held", "needed")


def evaluation_workbook(tell: Telling, found: Evaluation, before: Evaluation | None = None) -> bytes:
    """The .xlsx file; the same figures make the same bytes."""
    paper = Paper(tell.calendar)
    _figures(paper, tell, found, before)
    _visits(paper, tell)
    for kind in _KINDS:
        _group(paper, tell, found, kind)
    _officers(paper, tell, found)
    _condition(paper, tell, found)
    _urgency(paper, tell)
    return paper.content()


def _sheet(paper: Paper, key: str, columns: Sequence[Head], rows: Sequence[Sequence[object]]) -> None:
    sheet = paper.sheet(key, columns)
    for number, values in enumerate(rows, _FIRST):
        paper.row(sheet, number, columns, values)
    sheet.autofilter(HEAD_ROWS, 0, HEAD_ROWS + max(1, len(rows)), len(columns) - 1)


def _figures(paper: Paper, tell: Telling, found: Evaluation, before: Evaluation | None) -> None:
    head = tell.words.head
    columns = [Head(head("figure"), 44), Head(head("this_quarter"), 16, "number")]
    columns += [Head(head("before_quarter"), 16, "number"), Head(head("change"), 14, "number")] if before else []
    rows: list[list[object]] = []
    for one in figures(tell, found, before):
        rows.append([one.label, one.now])
        if one.before is not None:
            rows[-1] += [one.before, one.now - one.before]
    _sheet(paper, "evaluation", columns, rows)


def _visits(paper: Paper, tell: Telling) -> None:
    words, names = tell.words, tell.names
    columns = [
        Head(words.head("visit_id"), 13), Head(words.head("cooperative"), 42), Head(words.head("lead"), 24),
        Head(words.head("planned_visit"), 18, "date"), Head(words.head("held_visit"), 18, "date"),
        Head(words.head("kept_title"), 22), Head(words.head("reason"), 24), Head(words.head("crew"), 24),
        Head(words.head("km"), 10, "number"),
    ]  # fmt: skip
    rows = []
    for kept in tell.records.kept:
        report, lead = kept.report, tell.calendar.plan.leads.get(kept.visit.cooperative)
        rows.append([
            kept.visit.id, names.cooperative(kept.visit.cooperative), names.officer(lead) if lead else None,
            kept.place.date if kept.place else None, report.date if report else None,
            words("late_held" if kept.keeping == "late" else kept.keeping),
            words(f"reason_{report.reason}") if report and report.reason else None,
            ", ".join(names.officer(id_) for id_ in report.officers) if report else None, report.km if report else None,
        ])  # fmt: skip
    _sheet(paper, "visits", columns, rows)


def _group(paper: Paper, tell: Telling, found: Evaluation, kind: GroupKind) -> None:
    head, name = tell.words.head, group_name(tell, kind)
    keys = ("issues", "new", *(f"outcome_{key}" for key in _OUTCOMES[2:7]), "wanted_sessions", "held_sessions",
            "needed_sessions")  # fmt: skip
    columns = [Head(head(f"by_{kind}"), 34), *(Head(head(key), 13, "whole") for key in keys)]
    rows = [[name(row.id), *(getattr(row, key) for key in _OUTCOMES)] for row in found.groups[kind]]
    _sheet(paper, f"by_{kind}", columns, rows)


def _officers(paper: Paper, tell: Telling, found: Evaluation) -> None:
    head = tell.words.head
    columns = [Head(head("officer"), 26)]
    columns += [Head(head(key), 12, "whole") for key in ("led_visits", "stood_in", "rode_along")]
    columns += [Head(head(key), 14, "number") for key in ("hours_planned", "hours_done", "fair_share", "balance")]
    rows = [
        [tell.names.officer(one.id), one.led, one.stood_in, one.rode_along, one.planned_hours, one.hours, one.fair,
         one.balance]
        for one in found.officers
    ]  # fmt: skip
    _sheet(paper, "officers", columns, rows)


def _condition(paper: Paper, tell: Telling, found: Evaluation) -> None:
    head = tell.words.head
    columns = [Head(head("aspect"), 30)]
    columns += [Head(head(key), 13, "whole") for key in ("judged", "better", "same", "worse")]
    columns += [Head(head(key), 14, "number") for key in ("first_mean", "last_mean")]
    rows = [
        [tell.aspects.get(row.id, row.id), row.judged, row.better, row.same, row.worse, row.first_mean, row.last_mean]
        for row in found.condition
    ]
    _sheet(paper, "condition", columns, rows)


def _urgency(paper: Paper, tell: Telling) -> None:
    head = tell.words.head
    columns = [
        Head(head("cooperative"), 42),
        Head(head("points"), 10, "whole"),
        Head(head("why"), 90),
    ]
    rows = [[tell.names.cooperative(one.cooperative), one.points, tell.reasons(one)] for one in tell.urgencies]
    _sheet(paper, "urgency", columns, rows)
