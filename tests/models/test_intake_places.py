"""Places by name and points in doubt: provinces, districts and sub-districts of an office's tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.tables import TOML, faults, folder, office, tables

from models.faults import InvalidInput
from models.gazetteer import district_called, district_map, nearest, subdistricts_of
from models.gazetteer.subdistricts import all_subdistricts
from models.intake import read_office


def test_every_sub_district_is_there_with_its_centre() -> None:
    places = all_subdistricts()
    assert len(places) == 7425 and len({place.province_code for place in places}) == 77
    assert all(5 < place.lat < 21 and 97 < place.lon < 106 for place in places)


@pytest.mark.parametrize(
    ("name", "district"),
    [("ศิลา", "เมืองขอนแก่น"), ("ต.ศิลา", "อ.เมืองขอนแก่น"), ("ตำบล ศิลา", "อำเภอเมืองขอนแก่น"), ("Sila", "Mueang Khon Kaen"),
     ("sila", "mueang khon-kaen")],
)  # fmt: skip
def test_a_sub_district_by_any_of_its_names(name: str, district: str) -> None:
    (place,) = subdistricts_of(name, district)
    assert (place.en, place.province_en) == ("Sila", "Khon Kaen")


def test_a_place_stands_in_the_centre_of_its_sub_district_where_no_point_is_given(tmp_path: Path) -> None:
    where = {"cooperatives__0__lat": "", "cooperatives__0__lon": "-", "cooperatives__0__subdistrict_th": "ต.ชุมแพ"}
    row = office(tmp_path, **where, cooperatives__0__district_th="อ.ชุมแพ").office.cooperatives[0]
    assert row.at_centre and (row.district_th, row.district_en) == ("ชุมแพ", "Chum Phae")
    (place,) = subdistricts_of("ชุมแพ", "ชุมแพ")
    assert (row.lat, row.lon) == (place.lat, place.lon)
    assert not office(tmp_path).office.cooperatives[0].at_centre


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"subdistrict_th": "ไม่มีจริง"}, ("place-unknown", "subdistrict_th")),
        ({"district_th": "ชุมแผ"}, ("place-unknown", "district_th")),
        ({"province_th": "เลย"}, ("place-unknown", "province_th")),
        ({"subdistrict_th": ""}, ("cell-missing", "lat")),
        ({"lon": "102.1"}, ("cell-missing", "lat")),
    ],
)
def test_a_place_that_cannot_be_found(tmp_path: Path, cells: dict[str, str], expected: tuple[str, str]) -> None:
    made = {"lat": "", "lon": "", "subdistrict_th": "ชุมแพ"} | cells
    path = folder(tmp_path / "office", tables(**{f"cooperatives__0__{key}": value for key, value in made.items()}))
    code, column = expected
    assert faults(path) == [(code, f"cooperatives.csv, row 2, column {column}")]


def test_a_misspelt_district_is_the_fault_and_what_it_may_be_is_offered(tmp_path: Path) -> None:
    made = {"lat": "", "lon": "", "subdistrict_th": "ชุมแพ", "district_th": "อ.ชุมแผ"}
    path = folder(tmp_path / "office", tables(**{f"cooperatives__0__{key}": value for key, value in made.items()}))
    with pytest.raises(InvalidInput) as caught:
        read_office(path)
    (fault,) = caught.value.faults
    assert "There is no district 'ชุมแผ'" in fault.cause
    assert fault.remedy.startswith("Did you mean ชุมแพ?")


def test_a_name_that_several_provinces_have_is_that_of_the_offices_own(tmp_path: Path) -> None:
    # there is a district "Mueang" with a sub-district "Nai Mueang" in Khon Kaen and in other provinces
    assert len({place.province_code for place in subdistricts_of("ในเมือง", "เมือง")}) > 1
    where = {"lat": "", "lon": "", "subdistrict_th": "ในเมือง", "district_th": "เมือง"}
    cells = {f"cooperatives__1__{key}": value for key, value in where.items()}
    row = office(tmp_path, **cells).office.cooperatives[1]
    assert (row.lat, row.lon) == (16.44054, 102.83615)
    far = office(tmp_path, **cells, cooperatives__1__province_th="จ.พิษณุโลก").office.cooperatives[1]
    assert nearest(far.lat, far.lon)[0].province_en == "Phitsanulok"
    away = TOML.replace("lat = 16.4424", "lat = 13.75").replace("lon = 102.836", "lon = 100.5")
    path = folder(tmp_path / "office", tables(**cells), away)
    assert ("place-ambiguous", "cooperatives.csv, row 3, column subdistrict_th") in faults(path)


@pytest.mark.parametrize(
    ("lat", "lon", "doubted"),
    [("16.54", "102.10", False), ("16.00", "102.10", True), ("10.0", "110.0", True), ("48.85", "2.35", True)],
)
def test_a_point_far_from_its_sub_district_or_abroad_is_doubted(
    tmp_path: Path, lat: str, lon: str, doubted: bool
) -> None:
    cells = {"lat": lat, "lon": lon, "subdistrict_th": "ชุมแพ", "open": ""}
    book = office(tmp_path, **{f"cooperatives__0__{key}": value for key, value in cells.items()})
    found = [(w.code, w.where) for w in book.warnings if w.code == "place-far"]
    assert found == ([("place-far", "cooperatives.csv, row 2, column lat")] if doubted else [])


@pytest.mark.parametrize(
    ("written", "told"),
    [("เมือง", True), ("อ.เมือง", True), ("อ. เมืองฯ", True), ("Mueang", True), ("Mueang Khon Kaen", True),
     ("อำเภอเมืองขอนแก่น", False), ("กิ่ง อ.เมืองขอนแก่น", False), ("กิ่งอำเภอ เมือง ขอนแก่น", False), ("อ เมืองขอนแก่น", False)],
)  # fmt: skip
@pytest.mark.parametrize("point", [("16.45", "102.82"), ("", "")])
def test_one_district_has_one_name_however_it_is_written(
    tmp_path: Path, written: str, told: bool, point: tuple[str, str]
) -> None:
    cells = {"district_th": written, "subdistrict_th": "ศิลา", "lat": point[0], "lon": point[1]}
    book = office(tmp_path, **{f"cooperatives__1__{key}": value for key, value in cells.items()})
    row = book.office.cooperatives[1]
    assert (row.district_th, row.district_en) == ("เมืองขอนแก่น", "Mueang Khon Kaen")
    found = [fault for fault in book.warnings if fault.code == "value-understood"]
    assert [fault.where for fault in found] == ["cooperatives.csv, row 3, column district_th"] * told
    assert all(fault.cause.endswith("is read as เมืองขอนแก่น.") for fault in found)


def test_the_towns_district_is_none_that_only_begins_like_it(tmp_path: Path) -> None:
    assert district_called("เมือง", "30") == ("เมืองนครราชสีมา", "Mueang Nakhon Ratchasima")  # not Mueang Yang
    assert district_called("เมือง", "10") is None
    # on the other side of the border of a province: by its own point
    cells = {"cooperatives__1__district_th": "เมือง", "cooperatives__1__lat": "16.43", "cooperatives__1__lon": "103.50"}
    book = office(tmp_path, **cells)
    assert book.office.cooperatives[1].district_th == "เมืองกาฬสินธุ์"


def test_a_district_that_there_is_not_is_doubted_where_a_point_is_given(tmp_path: Path) -> None:
    book = office(tmp_path, cooperatives__0__district_th="อ.ชุมแผ")
    (fault,) = (fault for fault in book.warnings if fault.code == "value-doubtful")
    assert fault.where == "cooperatives.csv, row 2, column district_th"
    assert fault.remedy.startswith("Did you mean ชุมแพ?")
    assert book.office.cooperatives[0].district_th == "ชุมแผ"


def test_every_province_has_a_map_of_its_districts() -> None:
    for code in {place.province_code for place in all_subdistricts()}:
        made = district_map({code})
        assert made is not None and all(feature["properties"]["name_th"] for feature in made["features"])
    assert district_map(set()) is None
