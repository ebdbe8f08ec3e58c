"""The side of the office a tour goes to: one of eight directions, or the town. Outputs colour tours by it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, Literal, get_args

Direction = Literal["town", "n", "ne", "e", "se", "s", "sw", "w", "nw"]
DIRECTIONS: Final[tuple[Direction, ...]] = get_args(Direction)

#: kilometres in a straight line that still count as "near the office"
TOWN_KM = 10.0
_KM_PER_DEGREE: Final = 111.2

Point = tuple[float, float]


def flat_offset(origin: Point, point: Point) -> Point:
    """Kilometres (east, north) from ``origin`` to ``point``, both (latitude, longitude); good for a province."""
    east = (point[1] - origin[1]) * math.cos(math.radians(origin[0])) * _KM_PER_DEGREE
    return east, (point[0] - origin[0]) * _KM_PER_DEGREE


def direction(origin: Point, points: Iterable[Point]) -> Direction | None:
    """Where the farthest of ``points`` lies as seen from ``origin``; None without points."""
    offsets = [flat_offset(origin, point) for point in points]
    if not offsets:
        return None
    east, north = max(offsets, key=lambda offset: math.hypot(*offset))
    if math.hypot(east, north) <= TOWN_KM:
        return "town"
    eighth = round(math.atan2(east, north) / (math.pi / 4)) % 8
    return DIRECTIONS[1 + eighth]
