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
from models.workdays import days_between

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
    """Visits due in each week, by how they were kept; None before any is.

    Every week from the first to the last stands there, one without visits as an empty place: time is a scale.
    """
    values: list[dict[str, Any]] = []
    for kept in tell.records.kept:
        key = "late_held" if kept.keeping == "late" else kept.keeping
        if kept.place is not None and key in KEEPINGS:
            monday = kept.place.date - dt.timedelta(days=kept.place.date.weekday())
            values.append({"week": monday.isoformat(), "kind": tell.words(key), "order": KEEPINGS.index(key)})
    if not values:
        return None
    first, last = (dt.date.fromisoformat(end(value["week"] for value in values)) for end in (min, max))
    mondays = [day for day in days_between(first, last) if day.weekday() == 0]
    numbers = {monday.isoformat(): str(monday.isocalendar().week) for monday in mondays}
    chart: Chart = (
        _stacked(tell, values, KEEPINGS)
        .encode(
            x=altair.X(
                "week:N", title=tell.words.head("week"), scale=altair.Scale(domain=list(numbers)),
                axis=altair.Axis(labelAngle=0, labelOverlap=True, labelExpr=f"{json.dumps(numbers)}[datum.value]"),
            ),
            y=altair.Y("count():Q", title=None, axis=_whole()),
        )
        .properties(width=_WIDTH, height=130)
    )  # fmt: skip
    return chart


def outcomes(tell: Telling, groups: tuple[Issues, ...], name: Any) -> Chart | None:
    """Issues of each group by what became of them; None without issues."""
    values = [
        {"group": name(row.id), "kind": tell.words(f"outcome_{key}"), "order": number, "n": getattr(row, key)}
        for row in groups
        for number, key in enumerate(OUTCOMES)
    ]
    if not values:
        return None
    chart: Chart = (
        _stacked(tell, values, tuple(f"outcome_{key}" for key in OUTCOMES))
        .encode(y=altair.Y("group:N", title=None, sort=None), x=altair.X("sum(n):Q", title=None, axis=_whole()))
        .properties(width=_WIDTH - 160, height=altair.Step(17))
    )
    return chart


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


def _whole() -> altair.Axis:
    """An axis of things that are counted: whole numbers, however few there are."""
    return altair.Axis(tickMinStep=1, format="d")


def _month(tell: Telling, day: dt.date) -> str:
    return f"{tell.words.short_month(day)} {tell.words.year(day.year)}"


def _stacked(tell: Telling, values: list[dict[str, Any]], keys: tuple[str, ...]) -> altair.Chart:
    """Bars whose parts are of the kinds ``keys``, in their order and colours."""
    colour = altair.Color(
        "kind:N", title=None, scale=altair.Scale(domain=[tell.words(key) for key in keys], range=_COLOURS),
        legend=altair.Legend(orient="top"),
    )  # fmt: skip
    bars: altair.Chart = altair.Chart(rows(values)).mark_bar().encode(color=colour, order="order:Q")
    return bars
