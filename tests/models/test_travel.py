"""Travel: the geodesic, stretched by the detour factor, at speeds by distance."""

from __future__ import annotations

import numpy as np
import pytest
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from models.travel import USUAL_BANDS, Band, drive_minutes, estimated_travel, geodesic_km

KM = st.floats(0, 500)
PLACES = st.tuples(st.floats(14, 18), st.floats(101, 105))


@pytest.mark.parametrize(
    ("km", "minutes"),
    [
        (0, 0.0),
        (10, 15.0),  # 10 km at 40
        (50, 55.0),  # and 40 km at 60
        (130, 115.0),  # and 80 km at 80
    ],
)
def test_each_band_is_driven_at_its_own_speed(km: float, minutes: float) -> None:
    assert drive_minutes(km, USUAL_BANDS) == pytest.approx(minutes)


def test_the_last_band_goes_on() -> None:
    assert drive_minutes(100, [Band(up_to_km=10, km_per_hour=60)]) == pytest.approx(100)


@pytest.mark.parametrize(
    "bands",
    [
        [],
        [Band(km_per_hour=40), Band(up_to_km=10, km_per_hour=60)],
        [Band(up_to_km=10, km_per_hour=40), Band(up_to_km=10, km_per_hour=60)],
    ],
)
def test_bands_must_ascend(bands: list[Band]) -> None:
    with pytest.raises(ValueError, match="ascend"):
        drive_minutes(1, bands)


@given(KM, KM)
def test_a_longer_drive_takes_longer_and_a_stop_on_the_way_saves_nothing(one: float, other: float) -> None:
    near, far = sorted((one, other))
    assert drive_minutes(near, USUAL_BANDS) <= drive_minutes(far, USUAL_BANDS)
    assert drive_minutes(one + other, USUAL_BANDS) <= (
        drive_minutes(one, USUAL_BANDS) + drive_minutes(other, USUAL_BANDS) + 1e-9
    )


def test_distances_are_the_geodesic_times_the_detour() -> None:
    # a degree of longitude on the equator of WGS 84 is 111.3195 km
    travel = estimated_travel([(0, 100), (0, 101)], detour=1.2)
    assert travel.km == ((0.0, 133.58), (133.58, 0.0))
    assert travel.minutes[0][1] == pytest.approx(55 + 83.58 / 80 * 60, abs=0.05)


def test_places_on_one_point_are_the_least_distance_apart() -> None:
    travel = estimated_travel([(16.4, 102.8), (16.4, 102.8)], detour=1.2, least_km=1.0)
    assert travel.km == ((0.0, 1.0), (1.0, 0.0))
    assert travel.minutes == ((0.0, 1.5), (1.5, 0.0))


@settings(max_examples=25)
@given(st.lists(PLACES, min_size=1, max_size=6))
def test_matrices_are_square_symmetric_and_zero_on_the_diagonal(places: list[tuple[float, float]]) -> None:
    travel = estimated_travel(places, detour=1.2, least_km=0.5)
    for matrix in (travel.km, travel.minutes):
        assert len(matrix) == len(places)
        assert all(matrix[a][a] == 0 for a in range(len(places)))
        assert all(matrix[a][b] == matrix[b][a] for a in range(len(places)) for b in range(len(places)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-80, 80), st.floats(-80, 80)), min_size=2, max_size=6))
def test_geodesics_all_at_once_are_geopys(points: list[tuple[float, float]]) -> None:
    found = geodesic_km(np.array(points, dtype=np.float64))
    for i, one in enumerate(points):
        for j, other in enumerate(points):
            assert found[i, j] == pytest.approx(geodesic(one, other).km, abs=1e-6)


def test_points_on_opposite_sides_of_the_earth() -> None:
    points = np.array([(0.0, 0.0), (0.0, 180.0), (0.5, 179.7), (90.0, 0.0), (-90.0, 0.0)])
    found = geodesic_km(points)
    for i, one in enumerate(points):
        for j, other in enumerate(points):
            assert found[i, j] == pytest.approx(geodesic(one, other).km, abs=1e-3)
