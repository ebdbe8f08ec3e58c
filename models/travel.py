"""Travel between places where no road distances are at hand: straight lines, stretched, at speeds by distance.

The distance is the geodesic times the office's detour factor. The speed follows from how far a drive is: the first
kilometres lead through town, the last ones over highways. Each band of a drive is driven at the band's own speed, so
that a longer drive never takes less time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
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
    return float(_minutes(np.array([km], dtype=np.float64), bands)[0])


def _minutes(km: NDArray[np.float64], bands: Sequence[Band]) -> NDArray[np.float64]:
    if not bands or any(a.up_to_km is None or (b.up_to_km or 1e9) <= a.up_to_km for a, b in pairwise(bands)):
        raise ValueError("speed bands must ascend by up_to_km, the last one alone may leave it out")
    minutes, begun = np.zeros_like(km), np.zeros_like(km)
    for number, band in enumerate(bands, start=1):
        ends = km if number == len(bands) or band.up_to_km is None else np.minimum(km, band.up_to_km)
        minutes += np.maximum(0.0, ends - begun) / band.km_per_hour * 60
        begun = np.maximum(begun, ends)
    return minutes


def straight_km(one: Place, other: Place) -> float:
    """Kilometres of the geodesic between two places."""
    return float(geodesic_km(np.array([one, other]))[0, 1])


def estimated_travel(
    places: Sequence[Place], *, detour: float, bands: Sequence[Band] = USUAL_BANDS, least_km: float = 0.0
) -> Travel:
    """Square matrices of kilometres (two decimals) and minutes (one decimal) between ``places`` (latitude, longitude).

    ``detour`` stretches the straight line; two different indices are at least ``least_km`` apart, since places known
    only by their sub-district may bear the same point.
    """
    points = sorted(set(places))
    number = {point: index for index, point in enumerate(points)}
    straight = geodesic_km(np.array(points, dtype=np.float64).reshape(-1, 2))
    indices = [number[place] for place in places]
    stretched = np.maximum(least_km, straight * detour)[np.ix_(indices, indices)]
    np.fill_diagonal(stretched, 0.0)
    km = np.asarray(np.round(stretched, 2), dtype=np.float64)
    different, places_of = np.unique(km, return_inverse=True)
    rounded = [round(each, 1) for each in _minutes(different, bands).tolist()]  # halves as Python rounds them
    minutes = np.array(rounded, dtype=np.float64)[places_of].reshape(km.shape)
    return Travel(km=_rows(km), minutes=_rows(minutes))


def _rows(matrix: NDArray[np.float64]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in matrix.tolist())


#: the ellipsoid of WGS 84: its half axis in kilometres, its flattening
_AXIS_KM, _FLAT = 6378.137, 1 / 298.257223563


def geodesic_km(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Kilometres of the geodesic between every two of ``points`` (rows of latitude and longitude), all at once.

    Vincenty's inverse formula on WGS 84, which converges to a fraction of a millimetre for points that do not lie on
    opposite sides of the earth; for the few that do not converge, geopy works the geodesic out.
    """
    count = len(points)
    one, other = np.triu_indices(count, 1)
    lat, lon = np.radians(points[:, 0]), np.radians(points[:, 1])
    reduced = np.arctan((1 - _FLAT) * np.tan(lat))
    sin, cos = np.sin(reduced), np.cos(reduced)
    sines, cosines = sin[one] * sin[other], cos[one] * cos[other]
    wanted = lon[other] - lon[one]
    on_sphere, moved = wanted.copy(), np.full(len(one), np.inf)
    with np.errstate(invalid="ignore", divide="ignore"):
        for _ in range(_MOST_ROUNDS):
            arc = _arc(on_sphere, sin, cos, one, other, sines, cosines)
            flat = _FLAT / 16 * arc.cos2 * (4 + _FLAT * (4 - 3 * arc.cos2))
            inner = arc.middle + flat * arc.cosine * (2 * arc.middle**2 - 1)
            following = wanted + (1 - flat) * _FLAT * arc.azimuth * (arc.angle + flat * arc.sine * inner)
            moved, on_sphere = np.abs(following - on_sphere), following
            if not np.any(moved > 1e-12):
                break
        km = _length(_arc(on_sphere, sin, cos, one, other, sines, cosines))
    unsettled = np.flatnonzero(~(moved <= 1e-12) | ~np.isfinite(km))
    if unsettled.size:
        from geopy.distance import geodesic  # here: it loads geopy's clients of web services, and is hardly ever needed
    for at in unsettled:
        km[at] = geodesic(points[one[at]], points[other[at]]).km
    square = np.zeros((count, count))
    square[one, other] = square[other, one] = km
    return square


_MOST_ROUNDS = 30


@dataclass(frozen=True, slots=True)
class _Arcs:
    """Great circles on the auxiliary sphere, as Vincenty's formula needs them."""

    sine: NDArray[np.float64]
    cosine: NDArray[np.float64]
    angle: NDArray[np.float64]
    azimuth: NDArray[np.float64]  # sine of the azimuth at the equator
    cos2: NDArray[np.float64]  # squared cosine of that azimuth
    middle: NDArray[np.float64]  # cosine of twice the angle from the equator to the middle


def _arc(
    difference: NDArray[np.float64], sin: NDArray[np.float64], cos: NDArray[np.float64],
    one: NDArray[np.intp], other: NDArray[np.intp], sines: NDArray[np.float64], cosines: NDArray[np.float64],
) -> _Arcs:  # fmt: skip
    cosine_of_difference = np.cos(difference)
    sine = np.hypot(
        cos[other] * np.sin(difference), cos[one] * sin[other] - sin[one] * cos[other] * cosine_of_difference
    )
    cosine = sines + cosines * cosine_of_difference
    azimuth = np.where(sine > 0, cosines * np.sin(difference) / np.where(sine > 0, sine, 1), 0.0)
    cos2 = 1 - azimuth**2
    middle = np.where(cos2 > 0, cosine - 2 * sines / np.where(cos2 > 0, cos2, 1), 0.0)
    return _Arcs(sine, cosine, np.arctan2(sine, cosine), azimuth, cos2, middle)


def _length(arc: _Arcs) -> NDArray[np.float64]:
    half = _AXIS_KM * (1 - _FLAT)
    squared = arc.cos2 * (_AXIS_KM**2 - half**2) / half**2
    a = 1 + squared / 16384 * (4096 + squared * (-768 + squared * (320 - 175 * squared)))
    b = squared / 1024 * (256 + squared * (-128 + squared * (74 - 47 * squared)))
    twice = 2 * arc.middle**2 - 1
    correction = (
        b
        * arc.sine
        * (
            arc.middle
            + b / 4 * (arc.cosine * twice - b / 6 * arc.middle * (4 * arc.sine**2 - 3) * (4 * arc.middle**2 - 3))
        )
    )
    return half * a * (arc.angle - correction)
