"""The office as it really is, from its tables: places by name, lunch, cars by name, crews, per diem, meetings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st
from support.rawbook import raw_book
from support.schedule import shortest
from support.tables import TOML, faults, folder, tables

from models.faults import InvalidInput
from models.gazetteer import district_map, nearest, subdistricts_of
from models.gazetteer.subdistricts import all_subdistricts
from models.hours import starts_within
from models.intake import OfficeBook, read_office
from models.intake.cells import CellError
from models.intake.fitting import longest_stay
from models.intake.hours import Hours, hours
from models.intake.opening import opening
from models.problem import Day
from models.saying import Said
from models.travel import geodesic_km

CARS = """
[[cars]]
id = "van"
seats = 6
km = 5
plate = "กข 1"
driver = "สมมุติ"
repair = "2012-08-06..2012-08-08"
[[cars]]
id = "small"
name_th = "คันเล็ก"
seats = 3
"""


def office(path: Path, toml: str = TOML, **cells: str) -> OfficeBook:
    return read_office(folder(path / "office", tables(**cells), toml))


# --- places by name


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


def test_every_province_has_a_map_of_its_districts() -> None:
    for code in {place.province_code for place in all_subdistricts()}:
        made = district_map({code})
        assert made is not None and all(feature["properties"]["name_th"] for feature in made["features"])
    assert district_map(set()) is None


def test_a_folder_with_a_workbook_and_no_tables_is_that_workbook(tmp_path: Path) -> None:
    raw_book(tmp_path / "office.xlsx")
    assert read_office(tmp_path).problem == read_office(tmp_path / "office.xlsx").problem


def test_a_board_without_a_time_is_told(tmp_path: Path) -> None:
    book = office(tmp_path, cooperatives__0__board_meeting="พฤ.ที่ 3")
    assert [(w.code, w.where) for w in book.warnings] == [
        ("meeting-untimed", "cooperatives.csv, row 2, column board_meeting")
    ]
    (visit,) = [visit for visit in book.problem.visits if visit.dates]
    assert visit.window is None and all(day.weekday() == 3 for day in visit.dates or ())


# --- hours


def test_lunch_closes_cooperatives_that_say_nothing_else(tmp_path: Path) -> None:
    toml = TOML.replace('end = "16:30"', 'end = "16:30"\ncooperatives_lunch = "12:00-13:00"')
    split = ((510, 720), (780, 990))
    problem = office(tmp_path, toml).problem
    assert [one.open for one in problem.cooperatives] == [split, split]
    through = office(tmp_path, toml, cooperatives__0__open="08:30-16:30 ไม่พักเที่ยง").problem.cooperatives[0]
    assert through.open == ((510, 990),)
    own = office(tmp_path, toml, cooperatives__0__open="08:30-12:30, 13:30-16:30").problem.cooperatives[0]
    assert own.open == ((510, 750), (810, 990))
    days = office(tmp_path, toml, cooperatives__0__open="จันทร์ 09:00-15:00; พฤ. 08:30-16:30").problem.cooperatives[0]
    assert days.open == {"mon": ((540, 720), (780, 900)), "thu": split}


def test_lunch_at_the_edge_of_the_hours() -> None:
    assert opening(Hours(((510, 720),)), (720, 780), (510, 990)) == ((510, 720),)
    assert opening(Hours(((510, 750),)), (720, 780), (510, 990)) == ((510, 720),)
    assert opening(None, None, (510, 990)) is None


@settings(max_examples=200)
@given(st.text(st.sampled_from("0123456789:.-–,; จอพศสาทิตย์นวรMonTue fridaytoปิดไม่พักถึง"), max_size=40))
def test_any_text_is_hours_or_a_fault(text: str) -> None:
    try:
        found = hours(text)
    except CellError as error:
        assert error.cause and error.remedy
        return
    for day in range(7):
        spans = found.on(day)
        assert all(0 <= first < last <= 1440 for first, last in spans) and list(spans) == sorted(spans)


DAYS = st.builds(
    Day,
    start=st.just(510.0), end=st.sampled_from([900.0, 990.0]),
    max_minutes=st.sampled_from([None, 300.0, 420.0]), break_minutes=st.sampled_from([None, 60.0]),
    break_earliest=st.just(690.0), break_latest=st.sampled_from([720.0, 780.0]),
    step_minutes=st.sampled_from([None, 5.0, 15.0]), slack_minutes=st.sampled_from([None, 5.0]),
)  # fmt: skip
SPANS = st.sampled_from([((510.0, 990.0),), ((510.0, 720.0), (780.0, 990.0)), ((540.0, 700.0),), ((800.0, 960.0),)])


@settings(max_examples=150, deadline=None)
@given(DAYS, SPANS, st.integers(0, 150), st.integers(0, 150))
def test_the_longest_stay_fits_and_a_longer_one_does_not(
    day: Day, spans: tuple[tuple[float, float], ...], there: int, back: int
) -> None:
    """Against the exact timetable of a tour to one place."""

    def fits(minutes: float) -> bool:
        starts = starts_within([(0.0, 1440.0)], spans, minutes)
        return bool(starts) and shortest(day, [there, back], [minutes], [starts]) is not None

    stay = longest_stay(day, spans, there, back)
    assert stay < 0 or fits(stay)
    assert not fits(max(0.0, stay + 0.5))


@pytest.mark.parametrize(
    ("meeting", "told"),
    [("พฤ. 09:00-10:00", True), ("พฤ. 10:30-12:00", True), ("พฤ. 15:00-16:30", False), ("ศุกร์ 09:00-10:00", False)],
)
def test_a_board_that_meets_while_the_office_does_is_told_before_a_plan_leaves_it_out(
    meeting: str, told: bool, tmp_path: Path
) -> None:
    toml = TOML + f'[officers]\nmeeting = "{meeting}"\n'
    warnings = [each for each in office(tmp_path, toml, issues__0__audience="board").warnings if "board" in each.cause]
    assert len(warnings) == told
    for each in warnings:
        assert (each.code, each.where) == ("value-doubtful", "cooperatives.csv, row 2, column board_meeting")
        assert "nobody can be there" in each.cause


def test_a_visit_that_fits_into_no_day_is_told_with_what_fits(tmp_path: Path) -> None:
    # 180 minutes of driving leave 300 of 480; lunch at noon leaves 120 before or 120 after it
    toml = TOML.replace('end = "16:30"', 'end = "16:30"\ncooperatives_lunch = "12:00-13:00"')
    toml += "[travel]\ndetour = 1.2\n[policy]\nvisits_good = 1\n"
    cells = {"issues__0__sessions": "4", "issues__0__audience": "management", "cooperatives__0__lat": "16.75"}
    book = office(tmp_path, toml + "together = 4\n", **cells)
    (warning,) = book.warnings
    assert (warning.code, warning.where) == ("visit-too-long", "cooperatives.csv, row 2, column lat") or (
        warning.code == "visit-too-long" and warning.place is not None and warning.place.parts["row"] == 2
    )
    assert "135 minutes" in warning.cause and "At most" in warning.remedy


# --- cars, crews, money, times away


def test_cars_by_name(tmp_path: Path) -> None:
    toml = TOML.replace("cars = 2\nseats = 4\n", "") + CARS
    book = office(tmp_path, toml)
    assert [(c.id, c.seats, c.km, c.away) for c in book.problem.offices[0].named] == [
        ("van", 6, 5, (dt.date(2012, 8, 6), dt.date(2012, 8, 7), dt.date(2012, 8, 8))), ("small", 3, None, None),
    ]  # fmt: skip
    assert [(c.name_th, c.plate, c.driver) for c in book.office.cars] == [("van", "กข 1", "สมมุติ"), ("คันเล็ก", "", "")]


def test_cars_by_name_and_as_a_number_are_a_fault(tmp_path: Path) -> None:
    found = faults(folder(tmp_path / "office", toml=TOML + CARS))
    assert found == [("cell-value", f"office.toml, [[depots]], entry 1, column {key}") for key in ("cars", "seats")]


def test_cars_neither_by_name_nor_as_a_number_are_a_missing_table(tmp_path: Path) -> None:
    made = folder(tmp_path / "office", tables(), TOML.replace("cars = 2\n", "").replace("seats = 4\n", ""))
    with pytest.raises(InvalidInput) as caught:
        read_office(made)
    (fault,) = caught.value.faults
    assert (fault.code, fault.cause) == ("file-missing", "There is no table cars (รถ).")
    assert isinstance(fault.cause, Said) and fault.cause.in_language("th") == "ไม่มีตาราง รถ"


def test_crews_and_who_never_goes(tmp_path: Path) -> None:
    problem = office(
        tmp_path, issues__0__officers="2", cooperatives__1__officers="3", cooperatives__1__never="o1"
    ).problem
    assert {visit.crew for visit in problem.visits if visit.issues == ("i1",)} == {2}
    assert {visit.crew for visit in problem.visits_of["c2"]} == {3}
    assert problem.cooperatives[1].barred == ("o1",)


@pytest.mark.parametrize(
    "written", ['"0: 0; 6: 120; 12: 240"', "[{hours = 0, baht = 0}, {hours = 6, baht = 120}, {hours = 12, baht = 240}]"]
)
def test_per_diem_by_hours(tmp_path: Path, written: str) -> None:
    prices = office(tmp_path, TOML.replace("officer_day = 120", f"officer_day = {written}")).problem.prices
    assert [prices.officer_day_for(hours * 60) for hours in (5.9, 6, 12)] == [0, 120, 240]


@pytest.mark.parametrize("written", ['"6 hours"', '"6: 120"', '"6: 120; 0: 0"', "[{hours = 0}]", "-1"])
def test_per_diem_that_is_not_clear(tmp_path: Path, written: str) -> None:
    found = faults(folder(tmp_path / "office", toml=TOML.replace("officer_day = 120", f"officer_day = {written}")))
    assert found and all(code in ("field-value", "field-missing") for code, _ in found)


def test_the_weekly_meeting_of_the_office(tmp_path: Path) -> None:
    toml = TOML + '[officers]\nmeeting = "จันทร์ 08:30-10:00"\n'
    problem = office(tmp_path, toml, absences__0__from="2012-08-06", absences__0__to="2012-08-06").problem
    mondays = {day for day in problem.workdays if day.weekday() == 0}
    one, two = problem.officers
    assert {(each.date, each.from_, each.to) for each in one.busy or ()} == {(day, 510, 600) for day in mondays}
    assert {each.date for each in two.busy or ()} == mondays - {dt.date(2012, 8, 6)}, "away all day is away"


def test_an_equal_share_where_none_is_stated(tmp_path: Path) -> None:
    problem = office(tmp_path, officers__0__fair_hours="").problem
    assert len({officer.fair_hours for officer in problem.officers}) == 1
    stated = office(tmp_path, TOML + "[officers]\nfair_hours = 30\n", officers__0__fair_hours="").problem
    assert [officer.fair_hours for officer in stated.officers] == [30, 30]


# --- distances


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


# --- values in doubt


@pytest.mark.parametrize(
    ("cells", "where", "cause"),
    [
        ({"officers__0__max_days_per_week": "6"}, "officers.csv, row 2, column max_days_per_week", "6 field days"),
        ({"officers__1__topics": ""}, "officers.csv, row 3, column topics", "no topic"),
        ({"absences__0__from": "2012-08-01", "absences__0__to": "2013-10-31"}, "officers.csv, row 3, column id",
         "away"),
        ({"issues__1__sessions": "13"}, "issues.csv, row 3, column sessions", "13 sessions"),
        ({"absences__0__from": "2012-01-09", "absences__0__to": "2012-01-10"}, "absences.csv, row 2, column from",
         "lies outside the horizon"),
        ({"cooperatives__0__closed": "2011-08-20"}, "cooperatives.csv, row 2, column closed", "lies outside"),
        ({"issues__0__due": "2011-07-01"}, "issues.csv, row 2, column due", "more than a year"),
        ({"issues__1__due": "2012-08-10"}, "issues.csv, row 3, column content_ready", "only after it is due"),
        ({"issues__0__officers": "3"}, "issues.csv, row 2, column officers", "at most 2 can ride"),
        ({"cooperatives__1__officers": "3"}, "cooperatives.csv, row 3, column officers", "at most 2 can ride"),
        ({"cooperatives__1__never": "o1; o2"}, "cooperatives.csv, row 3, column never", "Every officer"),
        ({"cooperatives__1__last_visit": "2012-08-01"}, "cooperatives.csv, row 3, column last_visit", "does not lie"),
        ({"officers__1__max_days_per_week": "0"}, "officers.csv, row 3, column max_days_per_week", "no field day"),
        ({"partners__0__per_day": "0"}, "partners.csv, row 2, column per_day", "join no visit"),
        ({"officers__0__topics": "debt"}, "issues.csv, row 2, column topic", "No officer knows the topic"),
        ({"cooperatives__0__never": "o1"}, "issues.csv, row 2, column topic", "kept away from there"),
        ({"absences__0__hours": "17:00-18:00"}, "absences.csv, row 2, column hours", "outside of the day"),
    ],
)  # fmt: skip
def test_what_can_hardly_be_meant_is_doubted(tmp_path: Path, cells: dict[str, str], where: str, cause: str) -> None:
    try:
        warnings = office(tmp_path, **cells).warnings
    except InvalidInput as error:  # what is doubted may be too much for the horizon as well
        warnings = tuple(error.warnings)
    (doubt,) = [each for each in warnings if each.code == "value-doubtful"]
    assert doubt.where == where and cause in doubt.cause
    assert isinstance(doubt.cause, Said) and doubt.cause.in_language("th")


def test_a_topic_that_only_another_office_knows_is_doubted(tmp_path: Path) -> None:
    branch = '[[depots]]\nid = "cp"\nname_th = "สาขา"\nlat = 16.5\nlon = 102.1\ncars = 1\nseats = 4\n[[topics]]'
    homes = {"officers__0__depot": "kk", "officers__1__depot": "cp", "cooperatives__0__depot": "cp",
             "cooperatives__0__current_lead": ""}  # fmt: skip
    book = office(tmp_path, TOML.replace("[[topics]]", branch, 1), **homes)
    (doubt,) = [each for each in book.warnings if each.code == "value-doubtful"]
    assert (doubt.where, doubt.in_language("th").cause) == (
        "issues.csv, row 2, column topic", "สาขาไม่มีเจ้าหน้าที่ด้านบัญชี จึงจะไม่ได้เข้าส่งเสริม",
    )  # fmt: skip
    homes["cooperatives__0__depot"] = ""  # from either office, so that there is somebody
    book = office(tmp_path, TOML.replace("[[topics]]", branch, 1), **homes)
    assert [each for each in book.warnings if each.code == "value-doubtful"] == []


def test_a_dear_kilometre_is_doubted(tmp_path: Path) -> None:
    (doubt,) = office(tmp_path, TOML.replace("km = 4", "km = 51")).warnings
    assert (doubt.code, doubt.cause) == ("value-doubtful", "A kilometre costs 51 baht.")


@pytest.mark.parametrize(
    ("old", "new", "where", "cause"),
    [
        ("cars = 2", "cars = 0", "office.toml, [[depots]], entry 1, column cars", "No car can leave"),
        ("break_minutes = 60", "break_minutes = 301", "office.toml, day.break_minutes", "ends after the day"),
        ("unplanned = 5000", "unplanned = 0", "office.toml, prices.unplanned", "costs nothing"),
        ("[day]", "extra_holidays = [2014-01-02]\n[day]", "office.toml, horizon.extra_holidays", "more than a year"),
        ("[day]", "extra_holidays = [2012-08-06]\nextra_workdays = [2012-08-06]\n[day]",
         "office.toml, horizon.extra_workdays", "an extra holiday, too"),
        ("[day]", '[officers]\nmeeting = "15:30-16:30"\n[day]', "office.toml, officers.meeting", "on every workday"),
    ],
)  # fmt: skip
def test_settings_that_leave_nothing_to_plan_or_say_two_things_are_doubted(
    tmp_path: Path, old: str, new: str, where: str, cause: str
) -> None:
    assert old in TOML
    doubts = [each for each in office(tmp_path, TOML.replace(old, new)).warnings if each.code == "value-doubtful"]
    assert [(each.where, cause in each.cause) for each in doubts] == [(where, True)]
    assert isinstance(doubts[0].cause, Said) and doubts[0].cause.in_language("th")


@pytest.mark.parametrize(
    ("ids", "doubted"),
    [
        (("c1", "C1"), True), (("c1", "c๑"), True), (("c1", "c 1"), True), (("c1.12", "c11.2"), False),
        (("c1", "c-1"), False), (("c1", "c10"), False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("table", ["cooperatives", "officers"])
def test_an_id_that_only_looks_like_another_is_doubted(
    tmp_path: Path, table: str, ids: tuple[str, str], doubted: bool
) -> None:
    first, second = ids
    made = tables(**{f"{table}__0__id": first, f"{table}__1__id": second})
    made["absences"] = []
    if table == "cooperatives":
        made["issues"][0]["cooperative"], made["issues"][1]["cooperative"] = first, second
    else:
        made["cooperatives"][0]["current_lead"] = first
    warnings = read_office(folder(tmp_path / "office", made)).warnings
    told = [(each.code, each.where) for each in warnings if "is like" in each.cause]
    assert told == ([("value-doubtful", f"{table}.csv, row 3, column id")] if doubted else [])
    assert all("คล้ายกับ" in each.in_language("th").cause for each in warnings if "is like" in each.cause)


def doubts(made: dict[str, Any], tmp_path: Path, toml: str = TOML) -> list[tuple[str, str]]:
    warnings = read_office(folder(tmp_path, made, toml)).warnings
    assert all(each.in_language("th").cause != each.cause for each in warnings)
    return [(each.where, each.cause) for each in warnings if each.code == "value-doubtful"]


def test_days_that_reach_years_away_are_doubted(tmp_path: Path) -> None:
    (last,) = doubts(tables(absences__0__to="2022-08-10"), tmp_path / "one")
    assert last == ("absences.csv, row 2, column to",
                    "2022-08-10 lies more than a year from the horizon, 2012-08-01 to 2012-10-31.")  # fmt: skip
    (first,) = doubts(tables(absences__0__from="2002-08-06"), tmp_path / "two")
    assert first[0] == "absences.csv, row 2, column from"
    assert doubts(tables(absences__0__to="2013-10-31"), tmp_path / "three") == []
    longer = TOML.replace("last = 2012-10-31", "last = 2013-10-31")
    assert ("office.toml, horizon.last", "2012-08-01 to 2013-10-31 is longer than a year.") in doubts(
        tables(), tmp_path / "four", longer
    )


def test_a_cooperative_that_stands_there_twice_is_doubted(tmp_path: Path) -> None:
    made = tables()
    made["cooperatives"].append(made["cooperatives"][1] | {"id": "c3"})
    assert doubts(made, tmp_path) == [
        ("cooperatives.csv, row 4, column name_th",
         "Row 3 has the same name and place: the cooperative may stand there twice."),
    ]  # fmt: skip


def test_an_office_without_any_issue_is_doubted(tmp_path: Path) -> None:
    ((_, cause),) = doubts(tables() | {"issues": []}, tmp_path)
    assert cause == "There is no issue: every visit is a routine one."


def test_hours_and_closed_days_that_leave_no_day_are_told_as_that(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_office(folder(tmp_path / "office", tables(cooperatives__1__closed="2012-08-01..2012-10-31")))
    assert [each.cause for each in caught.value.faults] == [
        "It is open on none of the workdays: its hours and its closed days leave none."
    ]


def test_who_names_a_row_without_an_id_is_not_at_fault(tmp_path: Path) -> None:
    made = tables(officers__0__id="", cooperatives__0__current_lead="หนึ่ง")
    assert faults(folder(tmp_path / "office", made)) == [("cell-missing", "officers.csv, row 2, column id")]


def test_a_preparation_ends_after_it_begins_whatever_is_planned(tmp_path: Path) -> None:
    said = '[preparation]\nfirst = "2012-07-31"\nlast = "2012-07-02"\n[day]'
    places = faults(folder(tmp_path / "office", tables(), TOML.replace("[day]", said)))
    assert places == [("date-order", "office.toml, preparation.last")]


def test_two_numbers_of_cars_for_a_day_are_told(tmp_path: Path) -> None:
    rows = [("2012-08-06", "2012-08-10", "1"), ("2012-08-10", "2012-08-12", "0"), ("2012-08-12", "2012-08-13", "2")]
    made = tables() | {"cars_on": [{"from": first, "to": last, "cars": cars} for first, last, cars in rows]}
    book = read_office(folder(tmp_path / "office", made))
    (doubt,) = book.warnings
    assert (doubt.where, doubt.cause) == (
        "cars_on.csv, row 3, column from", "Row 2 says another number of cars for 2012-08-10; the fewer count.",
    )  # fmt: skip
    assert (book.problem.offices[0].cars_on or {})[dt.date(2012, 8, 10)] == 0


def test_a_lead_that_is_barred_is_told_by_its_cell(tmp_path: Path) -> None:
    made = tables(cooperatives__1__lead="o1", cooperatives__1__never="o1", issues__0__severity="9")
    assert faults(folder(tmp_path / "office", made)) == [
        ("cell-value", "issues.csv, row 2, column severity"), ("lead-barred", "cooperatives.csv, row 3, column lead"),
    ]  # fmt: skip


def test_what_is_just_within_reason_is_not_doubted(tmp_path: Path) -> None:
    cells = {"officers__0__max_days_per_week": "5", "issues__0__due": "2011-08-01", "absences__0__to": "2012-10-30"}
    try:
        warnings = office(tmp_path, TOML.replace("km = 4", "km = 50"), **cells).warnings
    except InvalidInput as error:
        warnings = tuple(error.warnings)
    assert [each for each in warnings if each.code == "value-doubtful"] == []
