"""The evaluation as a page: a summary on one sheet, then figure by figure with pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from api.circle import charts
from api.circle.rendering import render
from api.circle.telling import Telling
from models.evaluation.figures import Evaluation, GroupKind
from models.handbook.urgency import by_district, by_topic

#: cooperatives named in the summary
NAMED = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: this quarter's, the quarter before's where there is one, and how many digits it has."""

    label: str
    now: float
    before: float | None
    digits: int = 0


def figures(tell: Telling, now: Evaluation, before: Evaluation | None) -> list[Figure]:
    """The head figures, each beside that of the quarter before."""
    words = tell.words

    def share(part: int, of: int) -> float:
        return 100 * part / of if of else 0.0

    def notice(found: Evaluation) -> float:
        days = found.moves.notice_days
        return sum(days) / len(days) if days else 0.0

    rows: list[tuple[str, Callable[[Evaluation], float], int]] = [
        ("visits_wanted", lambda e: e.keeping.visits, 0),
        ("visits_due", lambda e: e.keeping.due, 0),
        ("visits_held", lambda e: e.keeping.held, 0),
        ("share_held", lambda e: share(e.keeping.held, e.keeping.due), 1),
        ("share_on_day", lambda e: share(e.keeping.on_day, e.keeping.due), 1),
        ("visits_not_held", lambda e: e.keeping.not_held, 0),
        ("unreported", lambda e: e.keeping.unreported, 0),
        ("left_out", lambda e: e.keeping.left_out, 0),
        ("sessions_wanted", lambda e: e.sessions_wanted, 0),
        ("sessions_held", lambda e: e.sessions_held, 0),
        ("people_met", lambda e: e.people, 0),
        ("issues_solved", lambda e: e.issues.solved, 0),
        ("issues_open", lambda e: e.issues.issues - e.issues.solved, 0),
        ("issues_new", lambda e: e.issues.new, 0),
        ("stand_ins_planned", lambda e: e.stand_ins_planned, 0),
        ("stand_ins_held", lambda e: e.stand_ins, 0),
        ("mean_distance", lambda e: e.fairness.mean_distance, 2),
        ("widest", lambda e: e.fairness.widest, 2),
        ("km_planned", lambda e: e.driving.planned_km, 0),
        ("driven_km", lambda e: e.driving.driven_km, 0),
        ("metered_km", lambda e: e.driving.metered_km, 0),
        ("km_metered", lambda e: e.driving.metered_planned_km, 0),
        ("baht_planned", lambda e: e.driving.planned_baht, 0),
        ("baht_driven", lambda e: e.driving.driven_baht, 0),
        ("editions", lambda e: e.moves.editions, 0),
        ("visits_moved", lambda e: e.moves.moved, 0),
        ("visits_soon", lambda e: e.moves.soon, 0),
        ("visits_dropped", lambda e: e.moves.dropped, 0),
        ("mean_notice", notice, 1),
        ("from_first", lambda e: e.moves.from_first, 0),
    ]
    return [Figure(words.head(key), of(now), None if before is None else of(before), n) for key, of, n in rows]


def group_name(tell: Telling, kind: GroupKind) -> Callable[[str], str]:
    """How the groups of a kind are called."""
    if kind == "topic":
        return lambda id_: tell.names.topic(id_)
    if kind == "officer":
        return lambda id_: tell.names.officer(id_) if id_ else "–"
    if kind == "severity":
        return lambda id_: id_
    rows = tell.records.context.office.cooperatives if tell.records.context.office else ()
    names = {row.district_th: tell.words.pick(row.district_th, row.district_en) for row in rows}
    return lambda id_: names.get(id_, id_) or "–"


def evaluation_page(tell: Telling, found: Evaluation, before: Evaluation | None = None) -> str:
    """The HTML text, in the language of ``tell``."""
    named = [one for one in tell.urgencies if one.points][:NAMED]
    topic = group_name(tell, "topic")
    pictures: dict[str, Markup] = {
        "kept": charts.drawn(charts.kept_by_week(tell)),
        "topics": charts.drawn(charts.outcomes(tell, found.groups["topic"], topic)),
        "hours": charts.drawn(charts.hours(tell, found)),
        "condition": charts.drawn(charts.condition(tell)),
    }
    groups: list[tuple[str, Any, Any]] = [
        (f"by_{kind}", found.groups[kind], group_name(tell, kind))
        for kind in ("topic", "severity", "district", "officer")
    ]
    return render(
        "evaluation.html.j2",
        tell=tell, w=tell.words, c=tell.calendar, e=found, before=before,
        figures=figures(tell, found, before), named=named, pictures=pictures, groups=groups,
        districts=by_district(tell.records, tell.urgencies), topics=by_topic(tell.urgencies),
        district_name=group_name(tell, "district"), topic_name=topic,
    )  # fmt: skip
