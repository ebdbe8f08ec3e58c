"""The pictures: calendar board, map of tours by week, cost parts, workload, cost and bound over time, frontier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair

from api.pictures.drawing import Chart, rows, titled
from models.office import Office
from models.plan import COST_PARTS, Plan
from models.problem import Problem
from optimizer.replanning.frontier import Point
from optimizer.stopping import Progress

_INK, _LATE, _STAND_IN = "#0f766e", "#c2410c", "#7c6bb0"


def board(plan: Plan, problem: Problem, office: Office | None = None) -> Chart:
    """Officers down, workdays across: a cell for each day on tour, coloured by what is worth a look."""
    values = []
    for tour in plan.tours:
        late = any(problem.late_workdays(problem.visit_by_id[s.visit], tour.date) for s in tour.stops)
        alone = any(plan.leads.get(problem.visit_by_id[s.visit].cooperative) not in tour.crew for s in tour.stops)
        kind = "with a late visit" if late else "with a stand-in" if alone else "tour"
        visits = ", ".join(stop.visit for stop in tour.stops)
        values += [
            {"officer": officer, "date": tour.date.isoformat(), "kind": kind, "visits": visits, "tour": tour.id}
            for officer in tour.crew
        ]
    values += [
        {"officer": one.id, "date": day.isoformat(), "kind": "away", "visits": "", "tour": ""}
        for one in problem.officers
        for day in one.absent or ()
        if day in problem.workdays
    ]
    colour = altair.Scale(
        domain=["tour", "with a stand-in", "with a late visit", "away"], range=[_INK, _STAND_IN, _LATE, "#c9d2d9"]
    )
    chart: Chart = (
        altair.Chart(rows(values))
        .mark_rect(stroke="white")
        .encode(
            x=altair.X("date:O", timeUnit="yearmonthdate", title=None),
            y=altair.Y("officer:N", title=None, sort=[one.id for one in problem.officers]),
            color=altair.Color("kind:N", title=None, scale=colour),
            tooltip=["officer:N", "date:N", "visits:N", "tour:N"],
        )
        .properties(width=760, height=altair.Step(12), title=titled("Calendar board", _made_up(office)))
    )
    return chart


def tours_map(plan: Plan, problem: Problem, office: Office, columns: int = 5) -> Chart:
    """The tours of each ISO week as lines between the stops, from the depot and back."""
    places = {row.id: (row.lon, row.lat) for row in office.cooperatives}
    depots = {row.id: (row.lon, row.lat) for row in office.depots}
    values: list[dict[str, Any]] = []
    for tour in plan.tours:
        home = depots[tour.office]
        stops = [places[problem.visit_by_id[stop.visit].cooperative] for stop in tour.stops]
        week = f"{tour.date.isocalendar().year}-W{tour.date.isocalendar().week:02d}"
        values += [
            {"week": week, "tour": tour.id, "order": order, "lon": lon, "lat": lat}
            for order, (lon, lat) in enumerate([home, *stops, home])
        ]
    chart: Chart = (
        altair.Chart(rows(values))
        .mark_line(point=altair.OverlayMarkDef(size=14), strokeWidth=1)
        .encode(
            x=altair.X("lon:Q", title=None, axis=None).scale(zero=False),
            y=altair.Y("lat:Q", title=None, axis=None).scale(zero=False),
            order="order:Q",
            color=altair.Color("tour:N", legend=None),
            tooltip=["tour:N"],
        )
        .properties(width=140, height=160)
        .facet(altair.Facet("week:N", title=None), columns=columns)
        .properties(title=titled("Tours by week: straight lines, not roads", office.illustrative))
    )
    return chart


def cost_parts(plans: Mapping[str, Plan], office: Office | None = None) -> Chart:
    """The parts of the cost of one plan or several, as stacked bars."""
    values = [
        {"plan": name, "part": part.replace("_", " "), "baht": getattr(plan.cost, part)}
        for name, plan in plans.items()
        for part in COST_PARTS
        if getattr(plan.cost, part)
    ]
    chart: Chart = (
        altair.Chart(rows(values))
        .mark_bar()
        .encode(
            x=altair.X("baht:Q", title="baht"),
            y=altair.Y("plan:N", title=None, sort=list(plans)),
            color=altair.Color("part:N", title=None),
            tooltip=["plan:N", "part:N", altair.Tooltip("baht:Q", format=",.0f")],
        )
        .properties(width=620, height=altair.Step(28), title=titled("What it costs", _made_up(office)))
    )
    return chart


def workload(plan: Plan, problem: Problem, office: Office | None = None) -> Chart:
    """Hours on tours of each officer, with the fair share as a mark."""
    hours = {officer.id: 0.0 for officer in problem.officers}
    for tour in plan.tours:
        for officer in tour.crew:
            hours[officer] += tour.worked / 60
    values = [{"officer": one.id, "hours": hours[one.id], "fair": one.fair_hours} for one in problem.officers]
    base = altair.Chart(rows(values)).encode(x=altair.X("officer:N", title=None))
    bars = base.mark_bar(color=_INK).encode(
        y=altair.Y("hours:Q", title="hours on tours"), tooltip=["officer:N", "hours:Q"]
    )
    fair = base.mark_tick(color=_LATE, thickness=2).encode(y=altair.Y("fair:Q", title="hours on tours"))
    return altair.layer(bars, fair).properties(width=760, height=220, title=titled("Workload", _made_up(office)))


def convergence(trace: Sequence[Progress]) -> Chart:
    """Best cost and, where there is one, the proven bound over the seconds of a run."""
    values = [
        {"seconds": point.seconds, "what": what, "baht": baht}
        for point in trace
        for what, baht in (("best plan", point.best), ("proven bound", point.bound))
        if baht is not None
    ]
    chart: Chart = (
        altair.Chart(rows(values))
        .mark_line(interpolate="step-after")
        .encode(
            x=altair.X("seconds:Q", title="seconds"),
            y=altair.Y("baht:Q", title="baht").scale(zero=False),
            color=altair.Color("what:N", title=None),
        )
        .properties(width=520, height=220, title="Cost and bound over time")
    )
    return chart


def frontier(points: Sequence[Point], office: Office | None = None) -> Chart:
    """What each further moved visit buys."""
    values = [{"moved": point.most, "baht": point.proposal.running} for point in points]
    chart: Chart = (
        altair.Chart(rows(values))
        .mark_line(interpolate="step-after", point=True, color=_INK)
        .encode(
            x=altair.X("moved:Q", title="published visits moved at most", axis=altair.Axis(tickMinStep=1)),
            y=altair.Y("baht:Q", title="baht, moves not counted").scale(zero=False),
            tooltip=["moved:Q", altair.Tooltip("baht:Q", format=",.0f")],
        )
        .properties(width=420, height=240, title=titled("What moving buys", _made_up(office)))
    )
    return chart


def _made_up(office: Office | None) -> bool:
    return office is not None and office.illustrative
