"""The pictures of plans: calendar board, map of tours by week, cost parts, workload, cost and bound over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import altair

from api.pictures.drawing import INK, LATE, STAND_IN, Chart, rows, titled
from api.what_if.comparing import names_of
from api.what_if.planned import Planned, plan_given
from models import given
from models.faults import InvalidInput
from models.isoweeks import week_name, week_of
from models.office import Office
from models.plan import COST_PARTS
from models.saying import both
from optimizer.replanning.frontier import Point
from optimizer.stopping import Progress

#: what a cell of the board can be, and its colour
_KINDS = {"tour": INK, "with a stand-in": STAND_IN, "with a late visit": LATE, "away": "#c9d2d9", "free": "#f4f6f7"}


def board(planned: Planned) -> Chart:
    """Officers down, every workday across: a cell for each day, coloured by what is worth a look."""
    planned = plan_given(planned, "board")
    problem, plan = planned.problem, planned.plan
    cells: dict[tuple[str, Any], dict[str, str]] = {
        (officer.id, day): {"kind": "away" if officer.is_absent(day) else "free", "visits": "", "tour": ""}
        for officer in problem.officers
        for day in problem.workdays
    }
    for tour in plan.tours:
        late = any(problem.late_workdays(problem.visit_by_id[s.visit], tour.date) for s in tour.stops)
        alone = any(plan.leads.get(problem.visit_by_id[s.visit].cooperative) not in tour.crew for s in tour.stops)
        kind = "with a late visit" if late else "with a stand-in" if alone else "tour"
        cell = {"kind": kind, "visits": ", ".join(stop.visit for stop in tour.stops), "tour": tour.id}
        cells |= {(officer, tour.date): cell for officer in tour.crew}
    values = [{"officer": officer, "date": day.isoformat(), **cell} for (officer, day), cell in cells.items()]
    labels = {day.isoformat(): f"{day.day}/{day.month}" for day in problem.workdays}
    chart: Chart = (
        altair.Chart(rows(values))
        .mark_rect(stroke="white")
        .encode(
            x=altair.X("date:O", title=None, axis=altair.Axis(labelExpr=f"({labels})[datum.value]", labelAngle=-90)),
            y=altair.Y("officer:N", title=None, sort=[one.id for one in problem.officers]),
            color=altair.Color("kind:N", title=None).scale(domain=list(_KINDS), range=list(_KINDS.values())),
            tooltip=["officer:N", "date:N", "visits:N", "tour:N"],
        )
        .properties(width=altair.Step(13), height=altair.Step(12), title=titled("Calendar board", _made_up(planned)))
    )
    return chart


def tours_map(planned: Planned, columns: int = 5) -> Chart:
    """The tours of each ISO week as lines between the stops, from the depot and back, over the districts.

    ``columns``: weeks beside each other.

    Raises:
        InvalidInput: the case was made of a problem without places, or columns are none.
    """
    planned, columns = plan_given(planned, "tours_map"), given.whole(columns, "tours_map, columns", 1, 100)
    office = planned.case.office
    if office is None:
        remedy = both("Load the office's folder or workbook: a map needs its places.",
                      "ใช้โฟลเดอร์หรือสมุดงานของสำนักงาน แผนที่ต้องมีสถานที่")  # fmt: skip
        raise InvalidInput([given.refused(planned.case, "tours_map", remedy)])
    places = {row.id: [row.lon, row.lat] for row in office.cooperatives}
    depots = {row.id: [row.lon, row.lat] for row in office.depots}
    visits = planned.problem.visit_by_id
    weeks: dict[str, list[dict[str, Any]]] = {}
    for tour in planned.plan.tours:
        line = [depots[tour.office], *(places[visits[s.visit].cooperative] for s in tour.stops), depots[tour.office]]
        week = week_name(week_of(tour.date))
        weeks.setdefault(week, []).append(
            {"type": "Feature", "tour": tour.id, "geometry": {"type": "LineString", "coordinates": line}}
        )
    pieces = [_week(week, tours, office) for week, tours in sorted(weeks.items())]
    chart: Chart = altair.concat(*pieces, columns=columns).properties(
        title=titled("Tours by week: straight lines, not roads", office.illustrative)
    )
    return chart


def _week(week: str, tours: list[dict[str, Any]], office: Office) -> altair.LayerChart:
    layers: list[altair.Chart] = []
    if office.map is not None:
        land = altair.Chart(rows(office.map["features"])).mark_geoshape(
            fill="#eef1f3", stroke="#cbd5da", strokeWidth=0.5
        )
        layers.append(land)
    lines = altair.Chart(rows(tours)).mark_geoshape(filled=False, strokeWidth=1.2)
    layers.append(lines.encode(color=altair.Color("tour:N", legend=None), tooltip=["tour:N"]))
    layered: Any = altair.layer(*layers)
    return cast(altair.LayerChart, layered.project("mercator").properties(width=140, height=160, title=week))


def cost_parts(plans: Planned | Sequence[Planned] | Mapping[str, Planned]) -> Chart:
    """The parts of the cost of one plan, of several, or of several by names of yours, as stacked bars."""
    if isinstance(plans, list | tuple):
        made = [plan_given(planned, "cost_parts") for planned in plans]
        plans = dict(zip(names_of([planned.case for planned in made]), made, strict=True))
    if not isinstance(plans, Mapping):
        one = plan_given(plans, "cost_parts")
        plans = {one.case.name: one}
    plans = {name: plan_given(planned, "cost_parts") for name, planned in plans.items()}
    values = [
        {"plan": name, "part": part.replace("_", " "), "baht": getattr(planned.cost, part)}
        for name, planned in plans.items()
        for part in COST_PARTS
        if getattr(planned.cost, part)
    ]
    made_up = any(_made_up(planned) for planned in plans.values())
    chart: Chart = (
        altair.Chart(rows(values))
        .mark_bar()
        .encode(
            x=altair.X("baht:Q", title="baht"),
            y=altair.Y("plan:N", title=None, sort=list(plans)),
            color=altair.Color("part:N", title=None),
            tooltip=["plan:N", "part:N", altair.Tooltip("baht:Q", format=",.0f")],
        )
        .properties(width=620, height=altair.Step(28), title=titled("What it costs", made_up))
    )
    return chart


def workload(planned: Planned) -> Chart:
    """Hours on tours of each officer, with the fair share as a mark."""
    planned = plan_given(planned, "workload")
    officers = planned.officers.reset_index()[["officer", "hours", "fair_hours"]]
    base = altair.Chart(rows(officers.to_dict("records"))).encode(x=altair.X("officer:N", title=None))
    bars = base.mark_bar(color=INK).encode(
        y=altair.Y("hours:Q", title="hours on tours"), tooltip=["officer:N", "hours:Q"]
    )
    fair = base.mark_tick(color=LATE, thickness=2).encode(y=altair.Y("fair_hours:Q", title="hours on tours"))
    return altair.layer(bars, fair).properties(width=760, height=220, title=titled("Workload", _made_up(planned)))


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
        .properties(width=520, height=220, title=titled("Cost and bound over time", illustrative=False))
    )
    return chart


def frontier(points: Sequence[Point], office: Office | None = None) -> Chart:
    """What each further moved visit buys."""
    values = [{"moved": point.most, "baht": point.proposal.running} for point in points]
    made_up = office is not None and office.illustrative
    counts = range(
        min((point.most for point in points), default=0), max((point.most for point in points), default=0) + 1
    )
    ticks = altair.Axis(values=list(counts[:: max(1, len(counts) // 10)]), format="d")  # half a visit does not move
    chart: Chart = (
        altair.Chart(rows(values))
        .mark_line(interpolate="step-after", point=True, color=INK)
        .encode(
            x=altair.X("moved:Q", title="published visits moved at most", axis=ticks),
            y=altair.Y("baht:Q", title="baht, moves not counted").scale(zero=False),
            tooltip=["moved:Q", altair.Tooltip("baht:Q", format=",.0f")],
        )
        .properties(width=420, height=240, title=titled("What moving buys", made_up))
    )
    return chart


def _made_up(planned: Planned) -> bool:
    return planned.case.office is not None and planned.case.office.illustrative
