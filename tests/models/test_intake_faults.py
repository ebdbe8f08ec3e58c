"""What is wrong with an office's tables: every fault at once, each with its code and its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.tables import TABLES, TOML, csv_text, faults, folder, tables

from models.faults import InvalidInput
from models.intake import read_office
from models.intake.columns import FORM
from models.template import setting_keys


@pytest.mark.parametrize(
    ("cells", "code", "where"),
    [
        ({"issues__0__due": "soon"}, "cell-value", "issues.csv, row 2, column due"),
        ({"issues__0__due": "31/02/2555"}, "cell-value", "issues.csv, row 2, column due"),
        ({"issues__0__due": "15/08/12"}, "cell-value", "issues.csv, row 2, column due"),
        ({"issues__0__due": "15 Brumaire 2555"}, "cell-value", "issues.csv, row 2, column due"),
        ({"issues__0__due": "41122"}, "cell-value", "issues.csv, row 2, column due"),
        ({"issues__1__severity": "6"}, "cell-value", "issues.csv, row 3, column severity"),
        ({"issues__1__severity": "grave"}, "cell-value", "issues.csv, row 3, column severity"),
        ({"issues__1__severity": "2.5"}, "cell-value", "issues.csv, row 3, column severity"),
        ({"issues__1__sessions": "0"}, "cell-value", "issues.csv, row 3, column sessions"),
        ({"issues__1__sessions": "1000000"}, "cell-value", "issues.csv, row 3, column sessions"),
        ({"issues__1__audience": "everybody"}, "cell-value", "issues.csv, row 3, column audience"),
        ({"issues__1__cooperative": ""}, "cell-missing", "issues.csv, row 3, column cooperative"),
        ({"issues__1__cooperative": "c99"}, "id-unknown", "issues.csv, row 3, column cooperative"),
        ({"issues__1__topic": "astrology"}, "id-unknown", "issues.csv, row 3, column topic"),
        ({"issues__1__partner": "bank"}, "id-unknown", "issues.csv, row 3, column partner"),
        ({"issues__1__id": "i1"}, "id-repeated", "issues.csv, row 3, column id"),
        ({"cooperatives__0__lat": "north"}, "cell-value", "cooperatives.csv, row 2, column lat"),
        ({"cooperatives__0__lat": "nan"}, "cell-value", "cooperatives.csv, row 2, column lat"),
        ({"cooperatives__0__lat": "116.62"}, "cell-value", "cooperatives.csv, row 2, column lat"),
        ({"cooperatives__0__name_th": ""}, "cell-missing", "cooperatives.csv, row 2, column name_th"),
        ({"cooperatives__0__name_th": "a\x01b"}, "cell-value", "cooperatives.csv, row 2, column name_th"),
        ({"cooperatives__0__standard": "best"}, "cell-value", "cooperatives.csv, row 2, column standard"),
        ({"cooperatives__0__kind": "bank"}, "cell-value", "cooperatives.csv, row 2, column kind"),
        ({"cooperatives__0__open": "08:30"}, "cell-value", "cooperatives.csv, row 2, column open"),
        ({"cooperatives__0__open": "16:30-08:30"}, "cell-value", "cooperatives.csv, row 2, column open"),
        ({"cooperatives__0__open": "08:30-25:30"}, "cell-value", "cooperatives.csv, row 2, column open"),
        ({"cooperatives__0__board_meeting": "sometimes"}, "cell-value",
         "cooperatives.csv, row 2, column board_meeting"),
        ({"cooperatives__0__current_lead": "o9"}, "id-unknown", "cooperatives.csv, row 2, column current_lead"),
        ({"cooperatives__0__lead": "o9"}, "id-unknown", "cooperatives.csv, row 2, column lead"),
        ({"cooperatives__0__depot": "xx"}, "id-unknown", "cooperatives.csv, row 2, column depot"),
        ({"cooperatives__0__longest_visit": "20"}, "cell-value",
         "cooperatives.csv, row 2, column longest_visit"),
        ({"cooperatives__1__closed": "2012-08-22..2012-08-20"}, "cell-value", "cooperatives.csv, row 3, column closed"),
        ({"cooperatives__1__closed": "2012-08-22..2015-08-20"}, "cell-value", "cooperatives.csv, row 3, column closed"),
        ({"cooperatives__1__closed": "2012-08-01..2012-08-02..2012-08-03"}, "cell-value",
         "cooperatives.csv, row 3, column closed"),
        ({"officers__0__topics": "accounts; magic"}, "id-unknown", "officers.csv, row 2, column topics"),
        ({"officers__0__max_days_per_week": "-1"}, "cell-value", "officers.csv, row 2, column max_days_per_week"),
        ({"officers__0__fair_hours": "1e400"}, "cell-value", "officers.csv, row 2, column fair_hours"),
        ({"absences__0__officer": "o7"}, "id-unknown", "absences.csv, row 2, column officer"),
        ({"absences__0__to": "2012-08-01"}, "date-order", "absences.csv, row 2, column to"),
        ({"partners__0__weekdays": "Caturday"}, "cell-value", "partners.csv, row 2, column weekdays"),
        ({"partners__0__per_day": "-1"}, "cell-value", "partners.csv, row 2, column per_day"),
        ({"officers__0__fair_hours": "1e12"}, "cell-value", "officers.csv, row 2, column fair_hours"),
        ({"partners__0__per_day": "many"}, "cell-value", "partners.csv, row 2, column per_day"),
        ({"issues__0__cooperative": "c2"}, "meeting-missing", "cooperatives.csv, row 3, column board_meeting"),
        ({"issues__0__sessions": "50"}, "meetings-too-few", "cooperatives.csv, row 2, column board_meeting"),
        ({"issues__1__content_ready": "2013-01-01"}, "agenda-overfull", "cooperatives.csv, row 3, column id"),
        ({"partners__0__not_on": "2012-08-01..2012-10-31"}, "partner-never-free", "cooperatives.csv, row 3, column id"),
    ],
)  # fmt: skip
def test_a_cell_at_fault(tmp_path: Path, cells: dict[str, str], code: str, where: str) -> None:
    assert faults(folder(tmp_path / "office", tables(**cells))) == [(code, where)]


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("first = 2012-08-01\n", "", "field-missing", "office.toml, horizon.first"),
        ("first = 2012-08-01", 'first = "soon"', "field-value", "office.toml, horizon.first"),
        ("first = 2012-08-01", "first = 2012-12-01", "date-order", "office.toml, horizon.last"),
        ("first = 2012-08-01", "first = 2001-08-01", "horizon-too-long", "office.toml, horizon.last"),
        ("first = 2012-08-01\nlast = 2012-10-31", "first = 2012-08-02\nlast = 2012-08-05", "horizon-empty",
         "office.toml, horizon.first"),
        ("km = 4\n", "", "field-missing", "office.toml, prices.km"),
        ("km = 4\n", "km = -4\n", "field-value", "office.toml, prices.km"),
        ("km = 4\n", "km = nan\n", "field-value", "office.toml, prices.km"),
        ("km = 4\n", "km = 4\nkilometre = 5\n", "field-unknown", "office.toml, prices.kilometre"),
        ('start = "08:30"', "start = 8.50", "field-value", "office.toml, day.start"),
        ('start = "08:30"', 'start = "17:30"', "time-order", "office.toml, day.end"),
        ('break_earliest = "11:30"\n', "", "field-missing", "office.toml, day.break_earliest"),
        ('break_earliest = "11:30"', 'break_earliest = "13:30"', "time-order", "office.toml, day.break_latest"),
        ("[prices]", "[policy]\nlongest_visit = 10\n[prices]", "field-value", "office.toml, policy.longest_visit"),
        ("[prices]", "[pricing]\n[prices]", "field-unknown", "office.toml, pricing"),
        ("[prices]", "[office.prices]\n", "field-unknown", "office.toml, office.prices"),
        ("cars = 2\n", "", "cell-missing", "office.toml, [[depots]], entry 1, column cars"),
        ("cars = 2\n", "cars = -2\n", "cell-value", "office.toml, [[depots]], entry 1, column cars"),
        ("seats = 4", "seats = 0", "cell-value", "office.toml, [[depots]], entry 1, column seats"),
        ("seats = 4", "seats = 4\nwheels = 4", "column-unknown", "office.toml, [[depots]], column wheels"),
        ("[horizon]", "map = '../../etc/passwd'\n[horizon]", "cell-value", "office.toml, office.map"),
        ("[horizon]", "map = 'none.geojson'\n[horizon]", "file-missing", "none.geojson"),
        ("[horizon]", "map = 'office.toml'\n[horizon]", "file-unreadable", "office.toml"),
        ("[horizon]", "map = 'empty.json'\n[horizon]", "file-unreadable", "empty.json"),
        ("[[depots]]", "[[cars_on]]\nfrom = 2012-08-06\nto = 2012-08-07\ncars = -1\n[[depots]]", "cell-value",
         "office.toml, [[cars_on]], entry 1, column cars"),
        ("[prices]", "[officers]\nfair_hours = 1e300\n[prices]", "field-value", "office.toml, officers.fair_hours"),
        ("[prices]", "[replanning]\nnotice_days = 99999999999\n[prices]", "field-value",
         "office.toml, replanning.notice_days"),
        ("[office]", "speeds = 60\n[office]", "cell-value", "office.toml, [[speeds]]"),
        ("[[depots]]", "[[speeds]]\nkm_per_hour = 60\n[[speeds]]\nkm_per_hour = 80\n[[depots]]", "cell-value",
         "office.toml, [[speeds]]"),
        ("[[depots]]", "[[speeds]]\nkm_per_hour = 0\n[[depots]]", "cell-value",
         "office.toml, [[speeds]], entry 1, column km_per_hour"),
        ("[horizon]", "horizon", "file-unreadable", "office.toml"),
        ("km = 4\n", f"km = {'9' * 5000}\n", "file-unreadable", "office.toml"),
    ],
)  # fmt: skip
def test_a_setting_at_fault(tmp_path: Path, old: str, new: str, code: str, where: str) -> None:
    assert old in TOML
    path = folder(tmp_path / "office", toml=TOML.replace(old, new, 1))
    (path / "empty.json").write_text("{}")
    found = faults(path)
    assert (code, where) in found and len(found) <= 4


PLAIN = csv_text(TABLES["issues"])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\x00\x01\x02\xff", [("file-unreadable", "issues.csv")]),
        (b"PK\x03\x04\x00\x00", [("file-unreadable", "issues.csv")]),
        (PLAIN.encode("utf-16"), []),
        (PLAIN.encode("utf-16-le"), [("file-unreadable", "issues.csv")]),
        (PLAIN.replace("i1", "ก").encode("cp874"), []),
        (PLAIN.replace("i1", "café").encode("latin-1"), [("file-unreadable", "issues.csv")]),
        (PLAIN.replace("i1", "Größe").encode("latin-1"), [("file-unreadable", "issues.csv")]),
        (PLAIN.replace("i1", '"i1').encode(), [("file-unreadable", "issues.csv, row 2")]),
        (csv_text([{key: row[key] for key in row if key != "topic"} for row in TABLES["issues"]]).encode(),
         [("column-missing", "issues.csv")]),
        ((PLAIN.partition("\n")[0] + "\n,,,,,,,,,,,7\n").encode(), [("column-unknown", "issues.csv, row 2, column L"),
         *[("cell-missing", f"issues.csv, row 2, column {key}") for key in TABLES["issues"][0] if key != "due"]]),
        (PLAIN.replace("topic", "subject").encode(), [("column-unknown", "issues.csv, row 1, column C"),
                                                      ("column-missing", "issues.csv")]),
        (PLAIN.replace("topic", "id").encode(), [("column-repeated", "issues.csv, row 1, column C"),
                                                 ("column-missing", "issues.csv")]),
        (b"hello world\n1,2,3\n", [("header-missing", "issues.csv, row 1")]),
        (b"", []),
        (b"\n\n , ,\n", []),
    ],
)  # fmt: skip
def test_a_malformed_csv_file(tmp_path: Path, content: bytes, expected: list[tuple[str, str]]) -> None:
    path = folder(tmp_path / "office")
    (path / "issues.csv").write_bytes(content)
    assert faults(path) == expected


def test_a_table_that_must_have_rows(tmp_path: Path) -> None:
    path = folder(tmp_path / "office")
    (path / "officers.csv").write_text("id,name_th,topics\n", encoding="utf-8")
    assert ("table-empty", "officers.csv") in faults(path)


@pytest.mark.parametrize("name", ["cooperatives", "officers"])
def test_a_table_that_is_not_there(tmp_path: Path, name: str) -> None:
    path = folder(tmp_path / "office")
    (path / f"{name}.csv").unlink()
    assert ("file-missing", f"office, {name}") in faults(path)


def test_an_unreadable_table_is_one_fault_not_many(tmp_path: Path) -> None:
    path = folder(tmp_path / "office")
    (path / "officers.csv").write_bytes(b"\x00")
    assert faults(path) == [("file-unreadable", "officers.csv")]


def test_a_table_of_no_office(tmp_path: Path) -> None:
    path = folder(tmp_path / "office")
    (path / "absence.csv").write_text("officer\n", encoding="utf-8")
    assert faults(path) == [("table-unknown", "absence.csv")]


def test_a_file_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.intake.folder.LARGEST_FILE", 1000)
    path = folder(tmp_path / "office")
    (path / "issues.csv").write_text(PLAIN + "\n" * 1000, encoding="utf-8")
    assert faults(path) == [("file-too-large", "issues.csv")]


def test_a_table_too_many_rows_long(tmp_path: Path) -> None:
    path = folder(tmp_path / "office")
    with (path / "absences.csv").open("a", encoding="utf-8") as file:
        file.write("o1,2012-08-01,2012-08-02,\n" * 20_000)
    assert faults(path) == [("file-too-large", "absences.csv, row 20001")]


def test_the_same_table_twice(tmp_path: Path) -> None:
    path = folder(tmp_path / "office")
    (path / "topics.csv").write_text("id,name_th\nx,ก\n", encoding="utf-8")
    assert ("id-repeated", "topics.csv") in faults(path)


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("travel_km", None, ("file-missing", "travel_km")),
        ("travel_km", "", ("table-empty", "travel_km.csv")),
        ("travel_km", "id,kk,c1\nkk,0,1\nc1,1,0\nc2,1,1\n", ("matrix-shape", "travel_km.csv")),
        ("travel_km", "id,kk,c1,c2\nkk,0,1,2\nc1,1,0,\nc2,1,1,0\n", ("cell-missing", "travel_km.csv, row 3, column D")),
        ("travel_km", "id,kk,c1,c2\nkk,0,1,-2\nc1,1,0,1\nc2,1,1,0\n", ("cell-value", "travel_km.csv, row 2, column D")),
        ("travel_km", "id,kk,c1,c2\nkk,0,1,1e99\nc1,1,0,1\nc2,1,1,0\n", ("cell-value",
                                                                           "travel_km.csv, row 2, column D")),
        ("travel_km", "id,kk,c1,c1\nkk,0,1,2\nc1,1,0,1\nc2,1,1,0\n", ("id-repeated", "travel_km.csv, row 1, column D")),
    ],
)  # fmt: skip
def test_a_matrix_at_fault(tmp_path: Path, name: str, text: str | None, where: tuple[str, str]) -> None:
    path = folder(tmp_path / "office")
    (path / "travel_minutes.csv").write_text("id,kk,c1,c2\nkk,0,1,2\nc1,1,0,1\nc2,1,1,0\n", encoding="utf-8")
    if text is not None:
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    assert where in faults(path)


def test_too_many_places_for_straight_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.intake.book.MOST_PLACES", 2)
    path = folder(tmp_path / "office")
    assert faults(path) == [("file-missing", "office, travel_km")]
    for name in ("travel_km", "travel_minutes"):
        (path / f"{name}.csv").write_text("id,kk,c1,c2\nkk,0,1,2\nc1,1,0,1\nc2,1,1,0\n", encoding="utf-8")
    assert faults(path) == []


def test_several_offices_need_to_be_named(tmp_path: Path) -> None:
    toml = TOML + '[[depots]]\nid = "cp"\nname_th = "สาขา"\nlat = 16.54\nlon = 102.1\ncars = 1\nseats = 2\n'
    toml += "[[cars_on]]\nfrom = 2012-08-06\nto = 2012-08-08\ncars = 1\n"
    assert faults(folder(tmp_path / "office", toml=toml)) == [
        ("cell-missing", "officers.csv, row 2, column depot"),
        ("cell-missing", "officers.csv, row 3, column depot"),
        ("cell-missing", "office.toml, [[cars_on]], entry 1, column depot"),
    ]


def test_faults_everywhere_are_told_at_once(tmp_path: Path) -> None:
    made = tables(
        issues__0__due="soon", issues__1__topic="magic", cooperatives__1__lat="x", officers__0__fair_hours="?",
        absences__0__to="never", partners__0__per_day="",
    )  # fmt: skip
    toml = TOML.replace("km = 4", 'km = "four"').replace("cars = 2", "cars = 2.5")
    found = faults(folder(tmp_path / "office", made, toml))
    assert found == [
        ("field-value", "office.toml, prices.km"),
        ("cell-value", "office.toml, [[depots]], entry 1, column cars"),
        ("cell-value", "officers.csv, row 2, column fair_hours"),
        ("cell-missing", "partners.csv, row 2, column per_day"),
        ("cell-value", "cooperatives.csv, row 3, column lat"),
        ("cell-value", "issues.csv, row 2, column due"),
        ("id-unknown", "issues.csv, row 3, column topic"),
        ("cell-value", "absences.csv, row 2, column to"),
    ]


def test_a_fault_says_cause_and_remedy(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_office(folder(tmp_path / "office", tables(issues__0__due="soon")))
    (fault,) = caught.value.faults
    assert fault.cause == "'soon' is not a date."
    assert fault.remedy == "Write it like 2012-08-15, 15/08/2555 or 15 ส.ค. 2555."


@pytest.mark.parametrize(("name", "code"), [("nowhere", "file-missing"), ("office.txt", "file-unreadable")])
def test_neither_folder_nor_workbook(tmp_path: Path, name: str, code: str) -> None:
    path: Any = tmp_path / name
    if "." in name:
        path.write_text("hello")
    assert faults(path) == [(code, str(path))]


def test_an_empty_folder(tmp_path: Path) -> None:
    assert [code for code, _ in faults(tmp_path)] == ["file-missing"] * 3


ODD = st.sampled_from(
    ["", " ", "-1", "0", "1e9", "1e99", "99999999999", "nan", "x", "=1+1", "2012-08-01", "31/12/2742", "2199-12-31",
     "1900-01-01", "1900-01-01..1900-12-31", "00:00-24:00", "08:30-08:31", "last Sunday, 23:59", "day 31, 00:00", ";",
     "c1; c1", "kk", "90", "-180", "1", "50", "\u200b", "สาม", "๓", "\x00", '"', "a" * 5000]
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_odd_values_in_any_cells_never_crash(tmp_path: Path, data: st.DataObject) -> None:
    made = tables()
    for _ in range(data.draw(st.integers(1, 4))):
        name = data.draw(st.sampled_from(sorted(made)))
        row = data.draw(st.sampled_from(made[name]))
        row[data.draw(st.sampled_from([column.key for column in FORM[name].columns]))] = data.draw(ODD)
    for code, where in faults(folder(tmp_path / "office", made)):
        assert code and where


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_odd_settings_never_crash(tmp_path: Path, data: st.DataObject) -> None:
    odd = st.sampled_from(
        ["0", "-1", "1", "1e9", "1e300", "99999999999", "nan", "inf", "true", '""', '"x"', "[]", "{}", "[1]", "[[1]]",
         "08:30:00", "24:00:00", "2199-12-31", "1899-12-31", "2012-08-01", "2012-08-01T08:30:00Z", '"08:30"', '"24:00"']
    )  # fmt: skip
    lines = TOML.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.sampled_from([i for i, line in enumerate(lines) if "=" in line]))
        lines[at] = f"{lines[at].partition('=')[0]}= {data.draw(odd)}"
    key = data.draw(st.sampled_from([key for key, _, _ in setting_keys() if key.split(".")[0] in ("policy", "travel")]))
    text = "\n".join(lines) + f"\n[{key.replace('.', ']' + chr(10))} = {data.draw(odd)}\n"
    for code, where in faults(folder(tmp_path / "office", toml=text)):
        assert code and where


def test_a_preparation_ends_after_it_begins_whatever_is_planned(tmp_path: Path) -> None:
    said = '[preparation]\nfirst = "2012-07-31"\nlast = "2012-07-02"\n[day]'
    places = faults(folder(tmp_path / "office", tables(), TOML.replace("[day]", said)))
    assert places == [("date-order", "office.toml, preparation.last")]


def test_a_lead_that_is_barred_is_told_by_its_cell(tmp_path: Path) -> None:
    made = tables(cooperatives__1__lead="o1", cooperatives__1__never="o1", issues__0__severity="9")
    assert faults(folder(tmp_path / "office", made)) == [
        ("cell-value", "issues.csv, row 2, column severity"), ("lead-barred", "cooperatives.csv, row 3, column lead"),
    ]  # fmt: skip
