"""From metres of the UTM grid, as land surveys and many receivers give them, to degrees."""

from __future__ import annotations

import math
from typing import Final

#: zones of the country, north of the equator
ZONES: Final = (47, 48)
#: metres that occur in it, with a margin: east within a zone, and north of the equator
EAST: Final = (100_000.0, 900_000.0)
NORTH: Final = (500_000.0, 2_400_000.0)
#: WGS 84: the half axis in metres, and the square of the eccentricity
_AXIS: Final = 6_378_137.0
_ECCENTRICITY: Final = 0.00669437999014
_SCALE: Final = 0.9996


def degrees_of(east: float, north: float, zone: int) -> tuple[float, float]:
    """Latitude and longitude of a point ``east`` and ``north`` in metres, in a ``zone`` north of the equator.

    Right to the metre within a zone and a half; metres of the older Indian datum land some 500 m away.
    """
    ep = _ECCENTRICITY / (1 - _ECCENTRICITY)
    ratio = (1 - math.sqrt(1 - _ECCENTRICITY)) / (1 + math.sqrt(1 - _ECCENTRICITY))
    arc = north / _SCALE / (_AXIS * (1 - _ECCENTRICITY / 4 - 3 * _ECCENTRICITY**2 / 64 - 5 * _ECCENTRICITY**3 / 256))
    foot = (
        arc
        + (3 * ratio / 2 - 27 * ratio**3 / 32) * math.sin(2 * arc)
        + (21 * ratio**2 / 16 - 55 * ratio**4 / 32) * math.sin(4 * arc)
        + 151 * ratio**3 / 96 * math.sin(6 * arc)
    )
    sin, cos, tan = math.sin(foot), math.cos(foot), math.tan(foot)
    across = _AXIS / math.sqrt(1 - _ECCENTRICITY * sin**2)
    along = _AXIS * (1 - _ECCENTRICITY) / (1 - _ECCENTRICITY * sin**2) ** 1.5
    t, c, d = tan**2, ep * cos**2, (east - 500_000.0) / (across * _SCALE)
    lat = foot - across * tan / along * (
        d**2 / 2
        - (5 + 3 * t + 10 * c - 4 * c**2 - 9 * ep) * d**4 / 24
        + (61 + 90 * t + 298 * c + 45 * t**2 - 252 * ep - 3 * c**2) * d**6 / 720
    )
    lon = (d - (1 + 2 * t + c) * d**3 / 6 + (5 - 2 * c + 28 * t - 3 * c**2 + 8 * ep + 24 * t**2) * d**5 / 120) / cos
    return math.degrees(lat), math.degrees(lon) + zone * 6 - 183
