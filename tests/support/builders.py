"""Terse builders: tiny problems and plans that a reader can work out in the head.

The first day is Wednesday 1 August 2012; ``on(1)`` is that day, so ``on(6)`` is the Monday after it. Locations lie on
a line, 1 km and 1 minute apart for each unit, unless a test gives other matrices.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import Any

from models.clock import format_clock, parse_clock
from models.hours import on_weekday, starts_within
from models.plan import Plan, Stop, Tour, Unplanned
from models.problem import Problem
from models.referee import cost, violations


def on(day: int) -> dt.date:
    """The ``day``-th of August 2012; 32 is the first of September."""
    return dt.date(2012, 7, 31) + dt.timedelta(days=day)


def days(*numbers: int) -> list[dt.date]:
    """Several days of August 2012."""
    return [on(number) for number in numbers]


def line(*places: float) -> dict[str, list[list[float]]]:
    """Travel between places on a straight road: a minute and a kilometre for each unit."""
    matrix = [[float(abs(a - b)) for b in places] for a in places]
    return {"minutes": matrix, "km": matrix}


def office(id_: str = "kk", location: int = 0, **more: Any) -> dict[str, Any]:
    return {"id": id_, "location": location, "cars": 2, "seats": 2} | more


def officer(id_: str, topics: str = "", office: str = "kk", **more: Any) -> dict[str, Any]:
    """An officer whose topics are the letters of ``topics``."""
    return {"id": id_, "office": office, "topics": list(topics)} | more


def cooperative(id_: str, location: int, **more: Any) -> dict[str, Any]:
    return {"id": id_, "location": location} | more


def visit(id_: str, cooperative: str | None = None, minutes: float = 60, **more: Any) -> dict[str, Any]:
    """A visit; ``c1-2`` is by default the second one of cooperative ``c1``."""
    owner, _, number = id_.partition("-")
    return {
        "id": id_, "cooperative": cooperative or owner, "seq": int(number or 1), "minutes": minutes, "priority": 1,
    } | more  # fmt: skip


def parts(**changes: Any) -> dict[str, Any]:
    """The parts of a small problem, ``changes`` put in their place.

    One office in the middle of a road, officers ``a`` and ``b``, cooperative ``c1`` 10 km to the one side and ``c2``
    20 km to the other with a visit of an hour each, and the workdays 1 to 3 August.
    """
    base = {
        "format": "visit-problem/1",
        "name": "tiny",
        "workdays": days(1, 2, 3),
        "day": {"start": "08:30", "end": "16:30"},
        "offices": [office()],
        "officers": [officer("a"), officer("b")],
        "cooperatives": [cooperative("c1", 1), cooperative("c2", 2)],
        "visits": [visit("c1-1"), visit("c2-1")],
        "travel": line(0, 10, -20),
        "prices": {"km": 1, "officer_day": 100, "unplanned": 1000},
    }
    return base | changes


def problem(**changes: Any) -> Problem:
    """A small problem; see :func:`parts`."""
    return Problem.model_validate(parts(**changes))


def tour(
    of: Problem,
    date: dt.date,
    crew: str | Sequence[str],
    visits: Sequence[str],
    *,
    depart: str | float | None = None,
    starts: Mapping[str, str] | None = None,
    back: str | None = None,
    break_: tuple[str, str] | None = None,
    office: str | None = None,
    car: str | None = None,
    id_: str | None = None,
) -> Tour:
    """A tour that leaves at ``depart`` (else when the day starts) and drives on as early as it may.

    ``crew`` given as text is one officer for each letter. ``starts`` sets the start of single visits, ``back`` the
    return, ``break_`` the break, which moves no other time. Nothing is checked: a test may want it broken.
    """
    where = of.office_by_id[office or of.offices[0].id]
    leaves = of.day.start if depart is None else parse_clock(depart) if isinstance(depart, str) else depart
    now, place, stops = leaves, where.location, []
    for id_of_visit in visits:
        wanted = of.visit_by_id[id_of_visit]
        cooperative = of.cooperative_by_id[wanted.cooperative]
        arrive = now + of.travel.minutes[place][cooperative.location]
        ready = _on_grid(arrive + of.day.slack, of.day.step)
        fit = starts_within(wanted.windows, on_weekday(cooperative.open, date), wanted.minutes)
        start = next((max(ready, low) for low, high in fit if ready <= high), ready)
        if starts and id_of_visit in starts:
            start = parse_clock(starts[id_of_visit])
        now, place = start + wanted.minutes, cooperative.location
        stops.append(Stop(visit=id_of_visit, arrive=min(arrive, start), start=start, end=now))
    home = now + of.travel.minutes[place][where.location]
    return Tour.model_validate({
        "id": id_ or f"{date}-{'-'.join(crew)}-{'-'.join(visits)}",
        "date": date, "office": where.id, "car": car, "crew": tuple(crew), "depart": leaves,
        "return": parse_clock(back) if back else home, "break": break_, "stops": stops,
    })  # fmt: skip


def _on_grid(minutes: float, step: float) -> float:
    return math.ceil(minutes / step - 1e-9) * step if step else minutes


def plan(of: Problem, *tours: Tour, leads: Mapping[str, str] | None = None, **changes: Any) -> Plan:
    """A plan of these tours; what they do not visit is unplanned, and the cost is the referee's.

    Each cooperative's lead is its fixed lead or the first officer who comes, unless ``leads`` names another.
    """
    chosen: dict[str, str] = {}
    for each in tours:
        for stop in each.stops:
            cooperative = of.cooperative_by_id[of.visit_by_id[stop.visit].cooperative]
            chosen.setdefault(cooperative.id, cooperative.lead or each.crew[0])
    seen = {stop.visit for each in tours for stop in each.stops}
    left = tuple(Unplanned(visit=v.id, reason="not-chosen: left out.") for v in of.visits if v.id not in seen)
    bare = Plan.model_validate({"leads": chosen | dict(leads or {}), "tours": tours, "unplanned": left} | changes)
    return bare if "cost" in changes else bare.model_copy(update={"cost": cost(of, bare)})


def rules_broken(of: Problem, by: Plan) -> list[int]:
    """The numbers of the rules that the plan breaks, each once; 0 stands for an untrue cost."""
    return sorted({violation.rule for violation in violations(of, by)})


def clock(minutes: float) -> str:
    """Minutes since midnight as tests write them."""
    return format_clock(minutes)
