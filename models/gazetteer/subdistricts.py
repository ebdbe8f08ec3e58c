"""All sub-districts of the country with their centres, found by name or by nearness."""

from __future__ import annotations

import csv
import io
import lzma
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from models.thaitext import key

#: what people write before a name of a place
_BEFORE = re.compile(
    r"^(?:(?:กิ่ง\s*)?(?:อำเภอ|อ\.)|[ตจ]\.|[ตอจ]\s|ตำบล|แขวง|เขต|จังหวัด|tambon|amphoe|district|subdistrict|province)\s*",
    re.IGNORECASE,
)
#: the town's own district is called "Mueang X", and mostly only "Mueang"
_TOWN = ("เมือง", "mueang", "muang")
_EARTH_KM = 6371.0088
#: no point of the country lies farther from the centre of a sub-district than so many of its radii, and kilometres
_ABROAD_RADII, _ABROAD_KM = 4.0, 15.0


@dataclass(frozen=True, slots=True)
class Subdistrict:
    """A sub-district: its names, those of its district and province, its centre in degrees, its area."""

    th: str
    en: str
    district_th: str
    district_en: str
    province_code: str
    province_th: str
    province_en: str
    lat: float
    lon: float
    area_km2: float

    @property
    def radius_km(self) -> float:
        """The radius of a circle of its area."""
        return math.sqrt(self.area_km2 / math.pi)


@cache
def all_subdistricts() -> tuple[Subdistrict, ...]:
    """All 7,425 of them."""
    packed = files("models.gazetteer").joinpath("data/subdistricts.csv.xz").read_bytes()
    reader = csv.DictReader(io.StringIO(lzma.decompress(packed).decode("utf-8")))
    return tuple(
        Subdistrict(
            row["name_th"], row["name_en"], row["district_th"], row["district_en"], row["province_code"],
            row["province_th"], row["province_en"], float(row["lat"]), float(row["lon"]), float(row["area_km2"]),
        )
        for row in reader
    )  # fmt: skip


def subdistricts_of(name: str, district: str, province: str = "") -> list[Subdistrict]:
    """Those of this ``name`` in ``district`` (and ``province``), in Thai or English, with or without "ต." and "อ.".

    Of several with the same district name, ``province`` tells them apart; where it does not, all are returned.
    """
    found = _by_name().get(_bare(name), ())
    here = [place for place in found if _is_district(place, _bare(district))]
    if province:
        wanted = _bare(province)
        here = [place for place in here if wanted in (key(place.province_th), key(place.province_en))]
    return here


def subdistricts_in(district: str, province: str = "") -> list[Subdistrict]:
    """Those of a ``district``, and of a ``province`` where that is given, by names as in :func:`subdistricts_of`."""
    wanted = _bare(province) if province else ""
    return [
        place for place in _by_district().get(_bare(district), ())
        if not wanted or wanted in (key(place.province_th), key(place.province_en))
    ]  # fmt: skip


@cache
def districts(province: str, code: str = "") -> tuple[str, ...]:
    """Names of districts, Thai and English, of a ``province`` by name, else by ``code``, else of the whole country."""
    wanted = _bare(province) if province else ""
    there = all_subdistricts()
    named = [place for place in there if wanted in (key(place.province_th), key(place.province_en))] if wanted else []
    found = named or [place for place in there if place.province_code == code] or list(there)
    return tuple(dict.fromkeys(name for place in found for name in (place.district_th, place.district_en)))


def district_called(name: str, province_code: str) -> tuple[str, str] | None:
    """The Thai and the English name of the district that ``name`` means in a province: "เมือง" is its town's district.

    None where the province has none of this name, or several that it may mean.
    """
    bare = _bare(name)
    there = [place for place in _by_district().get(bare, ()) if place.province_code == province_code]
    if bare in _TOWN:  # others may begin so as well: Mueang Yang is no district of a town
        there = [place for place in there if place.district_th == f"{_TOWN[0]}{place.province_th}"] or there
    found = {(place.district_th, place.district_en) for place in there}
    return found.pop() if len(found) == 1 else None


def nearest(lat: float, lon: float) -> tuple[Subdistrict, float]:
    """The sub-district whose centre is nearest to a point, and how far that is in kilometres."""
    lats, lons = _centres()
    one, other = math.radians(lat), np.radians(lats)
    half = np.sin((other - one) / 2) ** 2 + math.cos(one) * np.cos(other) * np.sin(np.radians(lons - lon) / 2) ** 2
    at = int(np.argmin(half))
    return all_subdistricts()[at], 2 * _EARTH_KM * math.asin(math.sqrt(float(half[at])))


def within_country(lat: float, lon: float) -> bool:
    """Whether a point may lie in the country: none of its points lies farther from the centre of a sub-district."""
    closest, away = nearest(lat, lon)
    return away <= _ABROAD_RADII * closest.radius_km + _ABROAD_KM


@cache
def _by_name() -> dict[str, Sequence[Subdistrict]]:
    found: dict[str, list[Subdistrict]] = {}
    for place in all_subdistricts():
        for name in {key(place.th), key(place.en)}:
            found.setdefault(name, []).append(place)
    return dict(found)


@cache
def _by_district() -> dict[str, Sequence[Subdistrict]]:
    found: dict[str, list[Subdistrict]] = {}
    for place in all_subdistricts():
        names = {key(place.district_th), key(place.district_en)}
        for name in names | {town for town in _TOWN if any(each.startswith(town) for each in names)}:
            found.setdefault(name, []).append(place)
    return dict(found)


@cache
def _centres() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    places = all_subdistricts()
    return np.array([place.lat for place in places]), np.array([place.lon for place in places])


def without_kind(name: str) -> str:
    """The name of a place without what kind of place it is: ``อ.ยางตลาด`` is ยางตลาด."""
    return _BEFORE.sub("", name.strip()) or name


def _bare(name: str) -> str:
    return key(without_kind(name)).removesuffix("ฯ")  # อ.เมืองฯ


def _is_district(place: Subdistrict, name: str) -> bool:
    names = (key(place.district_th), key(place.district_en))
    if name in names:
        return True
    # the town's district: "เมือง" alone, or with its province's name
    return any(each.startswith(town) and name in (town, each) for each in names for town in _TOWN)
