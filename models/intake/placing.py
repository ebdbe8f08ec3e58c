"""Where a place is: by its coordinates, or by its sub-district where they are blank; and whether the two agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Protocol

from models.faults import Fault
from models.gazetteer import (
    Subdistrict,
    districts,
    nearest,
    subdistricts_in,
    subdistricts_of,
    within_country,
    without_kind,
)
from models.intake.columns import Column
from models.intake.tables import Row, missing
from models.likeness import perhaps
from models.saying import named, said
from models.travel import straight_km

#: a point may lie so many radii of its sub-district, and kilometres, from the centre: they are not round
_RADII, _KM = 3.0, 5.0

#: sub-districts that one district has at most, roughly; of more, none is offered for a name that there is not
_ONE_DISTRICT: Final = 60
#: names of districts that one province has at most, in both languages
_ONE_PROVINCE: Final = 120
_FILL_IN: Final = said("Fill in latitude and longitude, or mend the names of sub-district and district.")


class Placed(Protocol):
    """Whatever has a point."""

    @property
    def lat(self) -> float:
        """Degrees north."""

    @property
    def lon(self) -> float:
        """Degrees east."""


def place_row(
    row: Row, columns: Sequence[Column], cells: dict[str, Any], unsound: set[str], home: str, *, lost: bool = False
) -> Iterator[Fault]:
    """Put ``lat`` and ``lon`` into the ``cells`` of a row that leaves both blank, from its sub-district.

    ``columns`` are those of its table. ``home`` is the province that a name is looked for in first, empty where it is
    not known. ``lost``: a heading at fault, told already, may be that of the sub-district. Yields what is wrong.
    """
    given = [key for key in ("lat", "lon") if key in cells or key in unsound]
    if given:
        for key in {"lat", "lon"} - set(given):
            unsound.add(key)
            yield missing(row.where(key))
        return
    unsound |= {"lat", "lon"}
    name = cells.get("subdistrict_th") or cells.get("subdistrict_en")
    district = cells.get("district_th") or cells.get("district_en")
    if not name or not district:
        if lost:
            return
        where = row.where("lat" if "lat" in row.headings else "subdistrict_th")
        cause = said("Neither latitude and longitude nor sub-district and district say where it is.")
        yield Fault("cell-missing", where, cause, _FILL_IN)
        return
    found = _found(name, district, cells.get("province_th", ""), home)
    if len(found) == 1:
        here = found[0]
        cells |= {"lat": here.lat, "lon": here.lon, "at_centre": True}
        cells.setdefault("subdistrict_en", here.en)
        if "district_en" in {column.key for column in columns}:
            cells.setdefault("district_en", here.district_en)
        unsound -= {"lat", "lon"}
    elif found:
        provinces = named(", ".join(each.province_en for each in found), ", ".join(each.province_th for each in found))
        cause = said("There is a sub-district {name} of a district {district} in several provinces: {provinces}.",
                     name=repr(name), district=repr(district), provinces=provinces)  # fmt: skip
        remedy = said("Write the province into the column province_th (จังหวัด), or fill in latitude and longitude.")
        yield Fault("place-ambiguous", row.where("subdistrict_th"), cause, remedy)
    else:
        yield _unknown(row, name, district, cells.get("province_th", ""), home)


def _unknown(row: Row, name: str, district: str, province: str, home: str) -> Fault:
    """The fault of a sub-district that there is not, or of its district where even that is not there."""
    there = subdistricts_in(district, province)
    if not there and subdistricts_in(district):  # it lies in another province than the one named
        cause = said("There is no district {district} in the province {province}.",
                     district=repr(district), province=repr(province))  # fmt: skip
        return Fault("place-unknown", row.where("province_th"), cause, _FILL_IN)
    if not there:
        cause = said("There is no district {district}.", district=repr(district))
        near = districts(province, home)
        remedy = perhaps(_FILL_IN, without_kind(district), near) if len(near) <= _ONE_PROVINCE else _FILL_IN
        column = "district_th" if "district_th" in row.headings else "district_en"
        return Fault("place-unknown", row.where(column), cause, remedy)
    cause = said("There is no sub-district {name} in a district {district}.", name=repr(name),
                 district=repr(district))  # fmt: skip
    there = [each for each in there if each.province_code == home] or there
    names = [each.th for each in there] + [each.en for each in there]
    remedy = perhaps(_FILL_IN, without_kind(name), names) if len(there) <= _ONE_DISTRICT else _FILL_IN
    return Fault("place-unknown", row.where("subdistrict_th"), cause, remedy)


def _found(name: str, district: str, province: str, home: str) -> list[Subdistrict]:
    """One for each province: those of the ``province`` named, else of ``home``, else all."""
    found = subdistricts_of(name, district, province)
    here = [each for each in found if each.province_code == home]
    largest: dict[str, Subdistrict] = {}  # a sub-district may be in two parts
    for each in sorted(here or found, key=lambda each: each.area_km2):
        largest[each.province_code] = each
    return list(largest.values())


def doubts(row: Row, cells: dict[str, Any], home: str) -> Iterator[Fault]:
    """A warning where the point of a row lies far from its sub-district, or outside the country."""
    lat, lon = cells["lat"], cells["lon"]
    if cells.get("at_centre"):
        return
    closest, away = nearest(lat, lon)
    if not within_country(lat, lon):
        cause = said("{lat}, {lon} lies outside the country, {km} km from the nearest sub-district.",
                     lat=f"{lat:g}", lon=f"{lon:g}", km=f"{away:.0f}")  # fmt: skip
        yield Fault("place-far", row.where("lat"), cause, said("Check latitude and longitude."))
        return
    name = cells.get("subdistrict_th") or cells.get("subdistrict_en")
    district = cells.get("district_th") or cells.get("district_en")
    if not name or not district:
        return
    found = _found(name, district, cells.get("province_th", ""), home)
    distances = [(straight_km((lat, lon), (each.lat, each.lon)), each.radius_km) for each in found]
    if distances and all(km > _RADII * radius + _KM for km, radius in distances):
        km, _ = min(distances)
        cause = said("It lies {km} km from the centre of {name} in {district}; nearer is {other} in {there}.",
                     km=f"{km:.0f}", name=name, district=district, other=named(closest.en, closest.th),
                     there=named(closest.district_en, closest.district_th))  # fmt: skip
        yield Fault("place-far", row.where("lat"), cause, said("Check latitude and longitude, and the names."))


def province_of(places: Iterable[Placed]) -> str:
    """The code of the province that most of the ``places`` lie in; empty without any."""
    found = Counter(nearest(place.lat, place.lon)[0].province_code for place in places)
    return found.most_common(1)[0][0] if found else ""


def provinces_of(places: Iterable[Placed]) -> set[str]:
    """The codes of the provinces that ``places`` lie in, as far as the nearest centre tells."""
    return {nearest(place.lat, place.lon)[0].province_code for place in places}
