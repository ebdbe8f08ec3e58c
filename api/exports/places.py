"""The plan on the map for other programs: offices, cooperatives and tours as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from typing import Any

from api.exports.calendar import Calendar
from api.exports.directions import Point
from api.exports.views import CooperativeView, TourView
from api.formats import Part
from models.clock import format_clock
from models.office import Office
from models.plan import Plan
from models.problem import Problem

#: digits of degrees that are kept: a decimetre
DIGITS = 6


def geojson(plan: Plan, problem: Problem, office: Office | None, lang: str = "th") -> dict[str, Any]:
    """A FeatureCollection of the offices (points), cooperatives (points) and tours (lines over their stops).

    Each feature has an ``id`` and properties with a ``kind``: "office", "cooperative" or "tour". Tours are straight
    lines, not roads. Without known coordinates a feature's geometry is null. The collection itself says whether
    the data are ``illustrative`` and ``travel_estimated``: null where there is no office to say it.
    """
    return _collection(Calendar(plan, problem, office, lang))


def draw(part: Part) -> bytes:
    """The collection as text."""
    return f"{json.dumps(_collection(part.calendar), ensure_ascii=False, indent=1)}\n".encode()


def _collection(calendar: Calendar) -> dict[str, Any]:
    problem = calendar.problem
    offices = [
        _feature(f"office/{depot.id}", _point(calendar.depot_points.get(depot.id)), kind="office", office=depot.id,
                 name=calendar.names.depot(depot.id))
        for depot in problem.offices
    ]  # fmt: skip
    cooperatives = [_cooperative(view) for view in calendar.cooperatives]
    tours = [_tour(view) for view in calendar.tours]
    return {
        "type": "FeatureCollection",
        "name": calendar.title,
        "illustrative": calendar.illustrative,
        "travel_estimated": calendar.estimated,
        "features": [*offices, *cooperatives, *tours],
    }


def _cooperative(view: CooperativeView) -> dict[str, Any]:
    place = view.destination
    return _feature(
        f"cooperative/{place.id}",
        _point(place.point),
        kind="cooperative",
        cooperative=place.id,
        name=place.name,
        district=place.district,
        lead=place.lead.id if place.lead else None,
        lead_name=place.lead.name if place.lead else None,
        dates=[tour.date.isoformat() for tour, _ in view.stops],
        unplanned=len(view.left_out),
    )


def _tour(view: TourView) -> dict[str, Any]:
    line = {"type": "LineString", "coordinates": [_lon_lat(point) for point in view.points]} if view.points else None
    return _feature(
        f"tour/{view.tour.id}",
        line,
        kind="tour",
        tour=view.tour.id,
        date=view.date.isoformat(),
        office=view.tour.office,
        crew=[person.id for person in view.crew],
        crew_names=[person.name for person in view.crew],
        depart=format_clock(view.tour.depart),
        return_=format_clock(view.tour.return_),
        km=round(view.km, 3),
        visits=[stop.visit.id for stop in view.stops],
        cooperatives=[stop.destination.id for stop in view.stops],
    )


def _feature(id_: str, geometry: dict[str, Any] | None, **properties: Any) -> dict[str, Any]:
    named = {name.rstrip("_"): value for name, value in properties.items()}
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": named}


def _point(point: Point | None) -> dict[str, Any] | None:
    return None if point is None else {"type": "Point", "coordinates": _lon_lat(point)}


def _lon_lat(point: Point) -> list[float]:
    return [round(point[1], DIGITS), round(point[0], DIGITS)]
