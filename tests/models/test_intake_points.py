"""Points as people write them: read where they can mean one place of the country only, and told; else faults."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.tables import TOML, office

from models.faults import InvalidInput
from models.gazetteer.grid import degrees_of
from models.intake import OfficeBook


def written(path: Path, lat: str, lon: str, toml: str = TOML) -> OfficeBook:
    """The office whose first cooperative has this point."""
    return office(path, toml, cooperatives__0__lat=lat, cooperatives__0__lon=lon)


# 16.4424, 102.836 is 268,940 east and 1,819,108 north in zone 48, by another series than the code's
@pytest.mark.parametrize(
    ("lat", "lon", "point"),
    [
        ("102.836", "16.4424", (16.4424, 102.836)),  # exchanged
        ("16.4424, 102.836", "", (16.4424, 102.836)),  # as a map on the web copies it
        ("", "(16.4424, 102.836)", (16.4424, 102.836)),
        ("16.4424, 102.836", "16.4424, 102.836", (16.4424, 102.836)),  # pasted twice
        ("16.4424 N", "102.836 E", (16.4424, 102.836)),
        ("E102.836", "N16.4424", (16.4424, 102.836)),
        ("16°26'32.64\"N", "102°50'9.6\"E", (16.4424, 102.836)),
        ("16°26'32.64\"N 102°50'9.6\"E", "", (16.4424, 102.836)),
        ("๑๖ องศา ๒๖ ลิปดา ๓๒.๖๔ ฟิลิปดา", "๑๐๒ องศา ๕๐ ลิปดา ๙.๖ ฟิลิปดา", (16.4424, 102.836)),
        ("16,4424", "102,836", (16.4424, 102.836)),  # decimal commas
        ("1819108", "268940", (16.4424, 102.836)),
        ("268940", "1819108", (16.4424, 102.836)),
        ("48Q 268940", "1819108", (16.4424, 102.836)),
    ],
)
def test_a_point_that_can_mean_one_place_only(tmp_path: Path, lat: str, lon: str, point: tuple[float, float]) -> None:
    book = written(tmp_path, lat, lon)
    row = book.office.cooperatives[0]
    assert (row.lat, row.lon) == pytest.approx(point, abs=2e-5)
    (told,) = [fault for fault in book.warnings if fault.code == "value-understood"]
    assert told.where.startswith("cooperatives.csv, row 2, column l") and "16.442" in told.cause


def test_the_point_of_an_office_is_read_alike(tmp_path: Path) -> None:
    swapped = TOML.replace("lat = 16.4424\nlon = 102.836", "lat = 102.836\nlon = 16.4424")
    assert swapped != TOML
    row = office(tmp_path, swapped).office.depots[0]
    assert (row.lat, row.lon) == (16.4424, 102.836)


@pytest.mark.parametrize(
    ("lat", "lon", "told"),
    [
        # in zone 47 it lies in Kanchanaburi, in zone 48 in Ubon Ratchathani
        ("1600000", "523270", "14.47255, 99.21593; 14.47255, 105.21593"),
        ("1644240", "10283600", "no latitude and longitude"),
        ("102.836", "1644.24", "no latitude and longitude"),
    ],
)
def test_figures_that_fit_several_places_or_none_are_a_fault(tmp_path: Path, lat: str, lon: str, told: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        written(tmp_path, lat, lon)
    assert [(one.code, one.where) for one in caught.value.faults] == [
        ("cell-value", f"cooperatives.csv, row 2, column {key}") for key in ("lat", "lon")
    ]
    assert all(told in one.cause and "16.4424" in one.remedy for one in caught.value.faults)
    assert all(one.in_language("th").cause != one.cause for one in caught.value.faults)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("91", "102.836"), ("16.4424 S", "102.836 E"), ("16.4424 E", "102.836 N"), ("16.4424", ""),
     ("16.4424, 102.836", "102.9"),
     ("16,4424", ""), ("16°70'N", "102°E"), ("near the market", "102.836"), ("16.4424, 102.836, 5", "")],
)  # fmt: skip
def test_what_is_no_point_stays_a_fault(tmp_path: Path, lat: str, lon: str) -> None:
    with pytest.raises(InvalidInput):
        written(tmp_path, lat, lon)


# the tower of Paris, whose metres are widely published, and the crossing of equator and central meridian
@pytest.mark.parametrize(
    ("metres", "degrees"),
    [((448251.8, 5411943.8, 31), (48.8583, 2.2945)), ((500000, 0, 48), (0, 105)), ((500000, 0, 47), (0, 99))],
)
def test_metres_of_the_grid(metres: tuple[float, float, int], degrees: tuple[float, float]) -> None:
    assert degrees_of(*metres) == pytest.approx(degrees, abs=1e-5)
