"""The sub-districts of Khon Kaen that illustrative cooperatives are put in, and how far apart they are."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
DEPOT = (16.4424, 102.8360)


@dataclass(frozen=True)
class Place:
    """A sub-district: its names, its district's, its centroid and its people."""

    th: str
    en: str
    district_th: str
    district_en: str
    lat: float
    lon: float
    people: int


def straight_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres on a sphere; near enough to choose by."""
    (a, b), (c, d) = (map(math.radians, one), map(math.radians, other))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(h))


def read_places() -> dict[str, list[Place]]:
    """The sub-districts of each district, most people first."""
    districts: dict[str, list[Place]] = defaultdict(list)
    with (HERE / "sources" / "subdistricts.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            place = Place(row["name_th"], row["name_en"], row["amphoe_th"], row["amphoe_en"],
                          float(row["centroid_lat"]), float(row["centroid_lon"]), int(row["pop_2012"]))  # fmt: skip
            districts[place.district_en].append(place)
    return {name: sorted(places, key=lambda place: -place.people) for name, places in districts.items()}
