"""The map as geometry: districts, cooperatives and tours in picture units, ready to be drawn as SVG."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from api.exports.calendar import Calendar
from api.exports.directions import TOWN_KM, Direction, Point, flat_offset
from api.exports.townnames import SIZE, TownName, town_names
from api.exports.views import CooperativeView, TourView
from models.isoweeks import Week, week_of

#: picture units
WIDTH = 760.0
MARGIN = 14.0
#: cooperatives near the office from which on they are drawn enlarged as well
CROWD = 8
#: how far cooperatives at one and the same place are set apart
_APART = 7.5
#: radians; turning by it, points set out from a centre never line up
_GOLDEN = math.pi * (3 - math.sqrt(5))

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Land:
    """A district's outline as an SVG path, with its name and where the name stands."""

    path: str
    name: str
    label: Spot


@dataclass(frozen=True, slots=True)
class Dot:
    """A cooperative's place."""

    spot: Spot
    radius: float
    keys: str
    view: CooperativeView


@dataclass(frozen=True, slots=True)
class TourLine:
    """A tour, as the points of an SVG polyline."""

    points: str
    direction: Direction
    tour: TourView


@dataclass(frozen=True, slots=True)
class Atlas:
    """Everything the map shows. ``weeks`` has the lines of each ISO week that has any, in order.

    ``town`` is the part around the office to draw enlarged (left, top, width, height), where many cooperatives crowd.
    """

    width: float
    height: float
    lands: tuple[Land, ...]
    dots: tuple[Dot, ...]
    lines: tuple[TourLine, ...]
    depots: tuple[tuple[Spot, str], ...]
    weeks: dict[Week, tuple[TourLine, ...]]
    town: tuple[float, float, float, float] | None

    def in_town(self, spot: Spot) -> bool:
        """Whether a spot lies in the enlarged part."""
        if self.town is None:
            return False
        left, top, width, height = self.town
        return left <= spot[0] <= left + width and top <= spot[1] <= top + height

    @property
    def town_names(self) -> tuple[tuple[Dot, TownName], ...]:
        """The names of the cooperatives in the enlarged part, each where it can be read."""
        if self.town is None:
            return ()
        dots = [dot for dot in self.dots if self.in_town(dot.spot)]
        named = town_names(self.town, [(dot.spot, dot.view.destination.short.split(" ")[0]) for dot in dots])
        return tuple((dot, name) for dot, name in zip(dots, named, strict=True) if name is not None)

    @property
    def town_letters(self) -> float:
        """The size of letters in the enlarged part."""
        return self.town[2] * SIZE if self.town else 0.0


def atlas(calendar: Calendar) -> Atlas | None:
    """The map of a calendar; None where neither cooperatives nor offices have coordinates."""
    places = {view.destination.id: view.destination.point for view in calendar.cooperatives}
    known = {id_: point for id_, point in places.items() if point is not None}
    depots = calendar.depot_points
    features = list(_features(calendar.office.map if calendar.office else None))
    corners = [*known.values(), *depots.values()]
    if not corners:
        return None
    scale = _Scale([*corners, *(point for _, rings in features for ring in rings for point in ring)])
    spots = _set_apart({id_: scale.spot(point) for id_, point in known.items()})
    depot_spots = {id_: scale.spot(point) for id_, point in depots.items()}
    lines = tuple(line for tour in calendar.tours for line in _line(tour, depot_spots, spots))
    weeks: dict[Week, tuple[TourLine, ...]] = {}
    for line in lines:
        key = week_of(line.tour.date)
        weeks[key] = (*weeks.get(key, ()), line)
    return Atlas(
        width=WIDTH,
        height=scale.height,
        lands=tuple(_land(calendar, properties, rings, scale) for properties, rings in features),
        dots=tuple(_dot(view, spots) for view in calendar.cooperatives if view.destination.id in spots),
        lines=lines,
        depots=tuple((spot, calendar.names.depot(id_)) for id_, spot in depot_spots.items()),
        weeks=weeks,
        town=_town(list(depot_spots.values()), list(spots.values()), scale.factor * TOWN_KM),
    )


class _Scale:
    """From latitude and longitude to picture units, north up."""

    def __init__(self, points: Sequence[Point]) -> None:
        latitudes, longitudes = [p[0] for p in points], [p[1] for p in points]
        self._origin = ((min(latitudes) + max(latitudes)) / 2, min(longitudes))
        offsets = [flat_offset(self._origin, point) for point in points]
        self._west, self._north = min(x for x, _ in offsets), max(y for _, y in offsets)
        wide, high = max(x for x, _ in offsets) - self._west, self._north - min(y for _, y in offsets)
        # an office of one place is a point: any scale will do
        self.factor = (WIDTH - 2 * MARGIN) / (max(wide, high / 1.4) or 1.0)
        self.height = high * self.factor + 2 * MARGIN

    def spot(self, point: Point) -> Spot:
        """Where ``point`` lies in the picture."""
        east, north = flat_offset(self._origin, point)
        return MARGIN + (east - self._west) * self.factor, MARGIN + (self._north - north) * self.factor


def _town(depots: list[Spot], spots: list[Spot], reach: float) -> tuple[float, float, float, float] | None:
    """The square around the only office that holds its near cooperatives, where they crowd on a part of the whole."""
    if len(depots) != 1 or reach > WIDTH / 4:
        return None
    x, y = depots[0]
    near = [max(abs(a - x), abs(b - y)) for a, b in spots if math.dist((a, b), (x, y)) < reach * 1.3]
    if len(near) < CROWD:
        return None
    half = max(near) + _APART
    return x - half, y - half, 2 * half, 2 * half


def _features(collection: dict[str, Any] | None) -> Iterator[tuple[dict[str, Any], list[list[Point]]]]:
    """Properties and outer rings (as latitude, longitude) of the polygons of a GeoJSON collection.

    A map comes from the office's own file: what is no polygon of numbers is left out of the picture.
    """
    features = (collection or {}).get("features")
    for feature in features if isinstance(features, list) else []:
        if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
            continue
        kind, coordinates = feature["geometry"].get("type"), feature["geometry"].get("coordinates")
        polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(kind) if isinstance(kind, str) else None
        rings = [
            ring
            for polygon in (polygons if isinstance(polygons, list) else [])
            for ring in (_ring(polygon[0]) if isinstance(polygon, list) and polygon else None,)
            if ring
        ]
        properties = feature.get("properties")
        if rings:
            yield (properties if isinstance(properties, dict) else {}), rings


def _ring(positions: object) -> list[Point] | None:
    if not isinstance(positions, list) or len(positions) < 4:
        return None
    points = []
    for position in positions:
        pair = position[:2] if isinstance(position, list) else []
        if len(pair) != 2 or not all(isinstance(x, int | float) and math.isfinite(x) for x in pair):
            return None
        lon, lat = pair
        if abs(lat) > 90 or abs(lon) > 180:
            return None
        points.append((float(lat), float(lon)))
    return points


def _land(calendar: Calendar, properties: dict[str, Any], rings: list[list[Point]], scale: _Scale) -> Land:
    drawn = [[scale.spot(point) for point in ring] for ring in rings]
    path = "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring) + "Z" for ring in drawn)
    th, en = (str(properties.get(key) or "") for key in ("name_th", "name_en"))
    _, label = max((_middle(ring) for ring in drawn), key=lambda found: found[0])
    return Land(path, calendar.words.pick(th, en), label)


def _middle(ring: Sequence[Spot]) -> tuple[float, Spot]:
    """The area of a ring and its centre of mass."""
    twice = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        twice, x, y = twice + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if abs(twice) < 1e-9:
        return 0.0, ring[0]
    return abs(twice) / 2, (x / (3 * twice), y / (3 * twice))


def _set_apart(spots: dict[str, Spot]) -> dict[str, Spot]:
    """The spots, those at one and the same place set out around it so that each can be seen."""
    crowds: dict[tuple[int, int], list[str]] = {}
    for id_, (x, y) in spots.items():
        crowds.setdefault((round(x), round(y)), []).append(id_)
    result = {}
    for ids in crowds.values():
        for number, id_ in enumerate(ids):
            x, y = spots[id_]
            radius, angle = _APART * math.sqrt(number), number * _GOLDEN
            result[id_] = (x + radius * math.cos(angle), y + radius * math.sin(angle))
    return result


def _dot(view: CooperativeView, spots: dict[str, Spot]) -> Dot:
    place = view.destination
    crews = (person.key for tour, _ in view.stops for person in tour.crew)
    keys = " ".join(dict.fromkeys([place.key, place.district_key, *crews]))
    return Dot(spots[place.id], 1.8 + 0.9 * math.sqrt(len(view.stops)), keys, view)


def _line(tour: TourView, depots: dict[str, Spot], spots: dict[str, Spot]) -> Iterator[TourLine]:
    ids = [stop.destination.id for stop in tour.stops]
    if tour.direction is None or tour.tour.office not in depots:
        return
    home = depots[tour.tour.office]
    yield TourLine(_points([home, *(spots[id_] for id_ in ids if id_ in spots), home]), tour.direction, tour)


def _points(spots: Iterable[Spot]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
