"""From metres of the UTM grid, as land surveys and many receivers give them, to degrees."""

from __future__ import annotations

from typing import Final

#: zones of the country, north of the equator
ZONES: Final = (47, 48)
#: metres that occur in it, with a margin: east within a zone, and north of the equator
EAST: Final = (100_000.0, 900_000.0)
NORTH: Final = (500_000.0, 2_400_000.0)


def degrees_of(east: float, north: float, zone: int) -> tuple[float, float]:
    """Latitude and longitude of a point ``east`` and ``north`` in metres, in a ``zone`` north of the equator.

    Right to the metre within a zone and a half; metres of the older Indian datum land some 500 m away.
    """
    from utm import to_latlon  # few offices have metres

    lat, lon = to_latlon(east, north, zone, northern=True, strict=False)
    return float(lat), float(lon)
