"""One name for one district: what it is called in the gazetteer, however a row writes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from models.faults import Fault
from models.gazetteer import district_called, districts, nearest, subdistricts_in
from models.intake.meant import read_as
from models.intake.tables import Row
from models.likeness import perhaps
from models.saying import both, said
from models.thaitext import key

#: the columns of a district's name, in the order of :func:`models.gazetteer.district_called`
_COLUMNS: Final = ("district_th", "district_en")
_CHECK: Final = both("Check the name of the district.", "ตรวจชื่ออำเภอ")


def districts_as_meant(row: Row, cells: dict[str, Any], home: str, *, english: bool) -> Iterator[Fault]:
    """Put the gazetteer's names into the ``cells`` of a row that has a point: the same district is never two.

    ``home`` is the code of the office's province, empty where it is not known; ``english``: the table has names of
    districts in English, too. Yields what was read as another name, and a doubt of a district that there is not.
    """
    if not {"lat", "lon"} <= cells.keys():
        return
    for at, column in enumerate(_COLUMNS):
        written = cells.get(column)
        if not isinstance(written, str):
            continue
        found = _called(written, cells, home)
        if found is not None:
            cells[column] = found[at]
            if key(found[at]) != key(written):
                yield read_as(row.where(column), written, found[at])
            if english:
                cells.setdefault(_COLUMNS[1], found[1])
        elif at == 0 and not subdistricts_in(written):
            cause = said("There is no district {district}.", district=repr(written))
            remedy = perhaps(_CHECK, written, districts(cells.get("province_th", ""), home))
            yield Fault("value-doubtful", row.where(column), cause, remedy)


def _called(name: str, cells: dict[str, Any], home: str) -> tuple[str, str] | None:
    """The district of this ``name`` that the point of a row lies in, else in its province, the office's, or nearby."""
    here, _ = nearest(cells["lat"], cells["lon"])
    near = district_called(name, here.province_code)
    if near is not None and near[0] == here.district_th:
        return near
    return district_called(name, home) or near
