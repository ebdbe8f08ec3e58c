"""Pictures of the evaluation, drawn by Vega here and put into pages as SVG."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Final

import altair
from markupsafe import Markup

from api.circle.telling import Telling
from api.pictures.drawing import Chart, rows, svg
from models.evaluation.figures import Evaluation, Issues

KEEPINGS: Final = ("on_day", "within_week", "late_held", "not_held", "unreported")
OUTCOMES: Final = ("solved", "progress", "unchanged", "worse", "untouched")
_COLOURS: Final = ["#0f766e", "#7fb9b1", "#e0b04a", "#c2410c", "#c9d2d9"]
_FONT: Final = "Noto Sans Thai, Noto Sans, Sarabun, sans-serif"
_WIDTH: Final = 600


def drawn(chart: Chart | None) -> Markup:
    """The chart as SVG that may stand in a page; nothing where there is nothing to draw."""
    if chart is None:
        return Markup("")
    text = svg(chart.configure(font=_FONT, aria=False).configure_view(stroke=None))
    return Markup(text)


def kept_by_week(tell: Telling) -> Chart | None:
    """Visits due in each week, by how they were kept; None before any is."""
    weeks: list[dict[str, Any]] = []
    for kept in tell.records.kept:
        key = "late_held" if kept.keeping == "late" else kept.keeping
        if kept.place is not None and key in KEEPINGS:
            monday = kept.place.date.isocalendar()
            week = str(monday.week)
            weeks.append({"week": week, "kind": tell.words(key), "order": KEEPINGS.index(key)})
    return _stacked(tell, weeks, "week", tell.words.head("week"), KEEPINGS, vertical=True)


def outcomes(tell: Telling, groups: tuple[Issues, ...], name: Any) -> Chart | None:
    """Issues of each group by what became of them; None without issues."""
    values = [
        {"group": name(row.id), "kind": tell.words(f"outcome_{key}"), "order": number, "n": getattr(row, key)}
        for row in groups
        for number, key in enumerate(OUTCOMES)
    ]
    return _stacked(tell, values, "group", "", tuple(f"outcome_{key}" for key in OUTCOMES), vertical=False)


def hours(tell: Telling, found: Evaluation) -> Chart | None:
    """Each officer's hours, with the fair share as a mark; None while nobody has any."""
    if not any(one.hours for one in found.officers):
        return None
    people = tell.calendar.people
    values = [
        {"officer": people[one.id].short, "hours": round(one.hours, 2), "fair": round(one.fair, 2)}
        for one in found.officers
    ]
    base = altair.Chart(rows(values)).encode(x=altair.X("officer:N", title=None, sort=None))
    bars = base.mark_bar(color="#7fb9b1").encode(y=altair.Y("hours:Q", title=tell.words.head("hours")))
    ticks = base.mark_tick(color="#9a3412", thickness=2).encode(y="fair:Q")
    chart: Chart = (bars + ticks).properties(width=_WIDTH, height=170)
    return chart


def condition(tell: Telling) -> Chart | None:
    """The mean level of each aspect, month by month; None where nothing was judged."""
    values = [
        {"aspect": tell.aspects[aspect], "date": one.date.isoformat(), "level": one.level}
        for levels in tell.records.condition.values()
        for aspect, judged in levels.items()
        for one in judged
    ]
    if not values:
        return None
    months = {
        f"{one.date:%Y-%m}": _month(tell, one.date)
        for levels in tell.records.condition.values()
        for judged in levels.values()
        for one in judged
    }
    named = f"{json.dumps(months, ensure_ascii=False, sort_keys=True)}[timeFormat(datum.value, '%Y-%m')] || ''"
    chart: Chart = (
        altair.Chart(rows(values))
        .mark_line(point=True)
        .encode(
            x=altair.X("yearmonth(date):T", title=None, axis=altair.Axis(labelExpr=named, tickCount="month")),
            y=altair.Y("mean(level):Q", title=tell.words.head("mean"), scale=altair.Scale(domain=[1, 5])),
            color=altair.Color("aspect:N", title=None),
        )
        .properties(width=_WIDTH - 140, height=170)
    )
    return chart


def _month(tell: Telling, day: dt.date) -> str:
    return f"{tell.words.short_month(day)} {tell.words.year(day.year)}"


def _stacked(
    tell: Telling, values: list[dict[str, Any]], by: str, title: str, keys: tuple[str, ...], *, vertical: bool
) -> Chart | None:
    if not values:
        return None
    words = tell.words
    amount = altair.Y("sum(n):Q" if not vertical else "count():Q", title=None)
    group = altair.X(f"{by}:N", title=title or None, sort=None, axis=altair.Axis(labelAngle=0))
    colour = altair.Color(
        "kind:N", title=None, scale=altair.Scale(domain=[words(key) for key in keys], range=_COLOURS),
        legend=altair.Legend(orient="top"),
    )  # fmt: skip
    marks = altair.Chart(rows(values)).mark_bar()
    if vertical:
        chart: Chart = marks.encode(x=group, y=amount, color=colour, order="order:Q")
        return chart.properties(width=_WIDTH, height=130)
    chart = marks.encode(
        y=altair.Y(f"{by}:N", title=None, sort=None), x=altair.X("sum(n):Q", title=None), color=colour, order="order:Q"
    )
    return chart.properties(width=_WIDTH - 160, height=altair.Step(17))
