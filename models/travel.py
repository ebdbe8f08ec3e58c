"""Travel between places where no road distances are at hand: straight lines, stretched, at speeds by distance.

The distance is the geodesic times the office's detour factor. The speed follows from how far a drive is: the first
kilometres lead through town, the last ones over highways. Each band of a drive is driven at the band's own speed, so
that a longer drive never takes less time.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated

from geopy.distance import geodesic
from pydantic import Field

from models.plan import Frozen
from models.problem import Travel

Place = tuple[float, float]


class Band(Frozen):
    """A stretch of a drive: up to ``up_to_km`` from its start (None: to its end) at ``km_per_hour``."""

    up_to_km: Annotated[float, Field(gt=0)] | None = None
    km_per_hour: Annotated[float, Field(gt=0)]


#: town streets, then provincial roads, then highways
USUAL_BANDS = (
    Band(up_to_km=10, km_per_hour=40),
    Band(up_to_km=50, km_per_hour=60),
    Band(km_per_hour=80),
)


def drive_minutes(km: float, bands: Sequence[Band]) -> float:
    """Minutes that a drive of ``km`` takes; beyond the last band its speed goes on.

    Raises:
        ValueError: there is no band, or they do not ascend.
    """
    if not bands or any(a.up_to_km is None or (b.up_to_km or 1e9) <= a.up_to_km for a, b in pairwise(bands)):
        raise ValueError("speed bands must ascend by up_to_km, the last one alone may leave it out")
    minutes = begun = 0.0
    for number, band in enumerate(bands, start=1):
        ends = km if number == len(bands) or band.up_to_km is None else min(km, band.up_to_km)
        minutes += max(0.0, ends - begun) / band.km_per_hour * 60
        begun = max(begun, ends)
    return minutes


def estimated_travel(
    places: Sequence[Place], *, detour: float, bands: Sequence[Band] = USUAL_BANDS, least_km: float = 0.0
) -> Travel:
    """Square matrices of kilometres (two decimals) and minutes (one decimal) between ``places`` (latitude, longitude).

    ``detour`` stretches the straight line; two different indices are at least ``least_km`` apart, since places known
    only by their sub-district may bear the same point.
    """
    points = sorted(set(places))
    number = {point: index for index, point in enumerate(points)}
    straight = [[0.0] * len(points) for _ in points]
    for row, one in enumerate(points):
        for column in range(row):
            straight[row][column] = straight[column][row] = geodesic(one, points[column]).km
    indices = [number[place] for place in places]
    km = tuple(
        tuple(
            0.0 if a == b else round(max(least_km, straight[i][j] * detour), 2)
            for b, j in enumerate(indices)
        )
        for a, i in enumerate(indices)
    )  # fmt: skip
    taken = {distance: round(drive_minutes(distance, bands), 1) for row in km for distance in row}
    return Travel(km=km, minutes=tuple(tuple(taken[distance] for distance in row) for row in km))
