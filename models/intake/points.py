"""Points as people write them: latitude and longitude in one cell, exchanged, in degrees and minutes, or in metres.

What can mean one point of the country only is read so, and told; metres that fit two are a fault that names both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from models.faults import Fault
from models.gazetteer import within_country
from models.gazetteer.grid import EAST, NORTH, ZONES, degrees_of
from models.intake.cells import ONE_COMMA, Broken, Cell, CellError, blank, number
from models.intake.meant import read_as
from models.intake.tables import Row, Table
from models.saying import said
from models.thaitext import digits, normal

#: degrees that may stand in the columns at all
_MOST_LAT, _MOST_LON = 90.0, 180.0
#: one number of a point: its letter before or after it, degrees, and minutes and seconds where they are given
_ANGLE: Final = re.compile(
    r"""(?P<before>[NE])?\s*
        (?P<degrees>\d{1,3}(?:\.\d+)?)\s*(?:[°º˚]|องศา)?
        (?:\s*(?P<minutes>[0-5]?\d(?:\.\d+)?)\s*(?:['′’‘](?!['′’‘])|ลิปดา)
           (?:\s*(?P<seconds>[0-5]?\d(?:\.\d+)?)\s*(?:["″”“]|['′’‘]{2}|ฟิลิปดา))?)?
        \s*(?P<after>[NE](?![A-Z]))?""",
    re.VERBOSE | re.IGNORECASE,
)
#: metres of the grid, with the zone and its band before them, or the letter after them
_METRES: Final = re.compile(
    r"(?:(?:zone\s*)?(?P<zone>4[78])\s*[NPQR]?\s+)?(?P<metres>\d{6,7}(?:\.\d+)?)\s*(?:m(?:\.|\b))?\s*(?P<after>[NE])?",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"[\s,;/()]*")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number of a point: degrees or metres; ``axis`` is N or E and ``zone`` a number where they are told."""

    value: float
    axis: str = ""
    zone: int | None = None

    @property
    def is_metres(self) -> bool:
        return self.value >= EAST[0]


def points_as_meant(table: Table) -> Iterator[Fault]:
    """Put the degrees into rows whose latitude and longitude can only mean one point; each comes back as a warning."""
    if not {"lat", "lon"} <= {column.key for column in table.form.columns}:
        return
    for row in table.rows:
        lat, lon = row.cells.get("lat"), row.cells.get("lon")
        if (blank(lat) and blank(lon)) or _is_plain(lat, lon):
            continue
        figures = _figures(lat, lon)
        points = _points(figures)
        where = row.where("lat" if "lat" in row.headings and not blank(lat) else "lon")
        if len(points) == 1:
            found = points[0]
            row.cells["lat"], row.cells["lon"] = found
            yield read_as(where, _written(lat, lon), _told(found))
        elif figures:
            _refuse(row, figures, points)


def _is_plain(lat: Cell, lon: Cell) -> bool:
    """Whether both are degrees as they should be."""
    try:
        return not blank(lat) and not blank(lon) and abs(number(lat)) <= _MOST_LAT and abs(number(lon)) <= _MOST_LON
    except CellError:
        return False


def _refuse(row: Row, figures: list[_Figure], points: list[tuple[float, float]]) -> None:
    """Let the cells that are no degrees be faults, which say which ``points`` they may be, or that they are none."""
    if points:
        cause = said("They may be metres of several places: {points}.", points="; ".join(map(_told, points)))
    else:
        cause = said("They are no latitude and longitude of a place in the country.")
    remedy = said("Write degrees, such as 16.4424 and 102.8360; or empty both cells: the centre of the sub-district.")
    for key, figure, most in zip(("lat", "lon"), figures, (_MOST_LAT, _MOST_LON), strict=True):
        if figure.value > most and key in row.headings:
            row.cells[key] = Broken("cell-value", cause, remedy)


def _figures(lat: Cell, lon: Cell) -> list[_Figure]:
    """The two numbers of a point, in the order in which they stand; none where they cannot be read."""
    cells = [cell for cell in (lat, lon) if not blank(cell)]
    if len(cells) == 2 and isinstance(lat, str) and lat == lon:  # the same pair pasted twice
        cells = cells[:1]
    found = [_read(cell) for cell in cells]
    figures = [figure for some in found for figure in some]
    return figures if len(figures) == 2 and all(found) else []


def _read(cell: Cell) -> list[_Figure]:
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return []
    if not isinstance(cell, str):
        return [_Figure(float(cell))]
    text = digits(normal(cell)).strip()
    if ONE_COMMA.fullmatch(text) and float(text.partition(",")[0]) <= _MOST_LON:  # of degrees it can part decimals only
        return [_Figure(float(text.replace(",", ".")))]
    with suppress(CellError):
        return [_Figure(number(cell))]
    return _all(_METRES, text) or _all(_ANGLE, text)


def _all(pattern: re.Pattern[str], text: str) -> list[_Figure]:
    """Every number of ``text`` by one pattern; none where anything else stands in it."""
    figures, at = [], _after(text, 0)
    while at < len(text):
        found = pattern.match(text, at)
        if found is None:
            return []
        figures.append(_metres(found) if pattern is _METRES else _angle(found))
        at = _after(text, found.end())
    return figures


def _after(text: str, at: int) -> int:
    between = _BETWEEN.match(text, at)
    return between.end() if between else at


def _metres(found: re.Match[str]) -> _Figure:
    return _Figure(
        float(found["metres"]), (found["after"] or "").upper(), int(found["zone"]) if found["zone"] else None
    )


def _angle(found: re.Match[str]) -> _Figure:
    degrees = float(found["degrees"]) + float(found["minutes"] or 0) / 60 + float(found["seconds"] or 0) / 3600
    return _Figure(degrees, (found["before"] or found["after"] or "").upper())


def _points(figures: list[_Figure]) -> list[tuple[float, float]]:
    """Every point of the country that two numbers may mean, in either order."""
    found: list[tuple[float, float]] = []
    for north, east in (figures, figures[::-1]) if figures else ():
        if north.axis == "E" or east.axis == "N":
            continue
        if north.is_metres and east.is_metres:
            told = {each.zone for each in (north, east) if each.zone}
            zones = told or ZONES
            fits = NORTH[0] <= north.value <= NORTH[1] and EAST[0] <= east.value <= EAST[1]
            candidates = [degrees_of(east.value, north.value, zone) for zone in zones] if fits else []
        else:
            candidates = [(north.value, east.value)]
        found += [(round(lat, 6), round(lon, 6)) for lat, lon in candidates if _in_country(lat, lon)]
    return list(dict.fromkeys(found))


def _in_country(lat: float, lon: float) -> bool:
    return abs(lat) <= _MOST_LAT and abs(lon) <= _MOST_LON and within_country(lat, lon)


def _written(lat: Cell, lon: Cell) -> str:
    return ", ".join(str(cell) for cell in dict.fromkeys((lat, lon)) if not blank(cell))


def _told(point: tuple[float, float]) -> str:
    return (
        f"{point[0]:g}, {point[1]:g}"
        if all(round(each, 4) == each for each in point)
        else f"{point[0]:.5f}, {point[1]:.5f}"
    )
