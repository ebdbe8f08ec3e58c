"""What intake makes of sound tables: a folder, a workbook, Thai or English headings, one problem."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from support.rawbook import raw_book
from support.tables import TOML, csv_text, faults, folder, tables, workbook_of

from models.intake import OfficeBook, read_office
from models.intake.cells import CellError, integer, number
from models.intake.columns import FORM
from models.problem import Cooperative, Officer
from models.template import write_template
from models.thaitext import digits


def aug(day: int) -> dt.date:
    return dt.date(2012, 8, day)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> OfficeBook:
    return read_office(folder(tmp_path_factory.mktemp("office")))


def cooperative(book: OfficeBook, id_: str) -> Cooperative:
    return book.problem.cooperative_by_id[id_]


def officer(book: OfficeBook, id_: str) -> Officer:
    return book.problem.officer_by_id[id_]


def test_offices_officers_and_cooperatives(book: OfficeBook) -> None:
    problem = book.problem
    assert [(o.id, o.location, o.cars, o.seats, o.cars_on) for o in problem.offices] == [("kk", 0, 2, 4, None)]
    assert [c.location for c in problem.cooperatives] == [1, 2]
    assert cooperative(book, "c1").open == ((510, 990),) and cooperative(book, "c2").open is None
    assert cooperative(book, "c1").current_lead == "o1" and cooperative(book, "c2").current_lead is None
    assert officer(book, "o1").topics == ("accounts", "debt") and officer(book, "o2").office == "kk"
    assert (officer(book, "o1").max_days_per_week, officer(book, "o1").fair_hours) == (3, 20)
    # no share of hours stated: an equal one. Three visits at c1, 91.3 minutes away, of 75, 60 and 60; two at c2, 3.4
    # minutes away, of 60 and 45: 3 x 182.6 + 2 x 6.8 + 75 + 60 + 60 + 60 + 45 = 861 minutes, for two officers 7.2 hours
    assert (officer(book, "o2").max_days_per_week, officer(book, "o2").fair_hours) == (None, 7)


def test_days_and_prices(book: OfficeBook) -> None:
    problem = book.problem
    assert len(problem.workdays) == 62
    assert (problem.day.start, problem.day.end, problem.day.break_minutes) == (510, 990, 60)
    assert (problem.prices.km, problem.prices.unplanned, problem.prices.late_day) == (4, 5000, 0)


def test_closed_days_and_absences_are_workdays(book: OfficeBook) -> None:
    assert cooperative(book, "c2").closed == (aug(20), aug(21), aug(22), dt.date(2012, 9, 3))
    assert officer(book, "o2").absent == (aug(6), aug(7), aug(8), aug(9), aug(10))
    assert officer(book, "o1").absent is None


def test_partners_are_free_on_their_weekdays(book: OfficeBook) -> None:
    (partner,) = book.problem.partners or ()
    assert partner.per_day == 1
    assert {day.weekday() for day in partner.dates} == {2} and len(partner.dates) == 14


def test_partners_exceptions(tmp_path: Path) -> None:
    made = tables(partners__0__also_on="2012-08-09; 2012-08-12", partners__0__not_on="2012-08-01..2012-08-29")
    (partner,) = read_office(folder(tmp_path / "office", made)).problem.partners or ()
    # the 9th lies within the days excepted, the 12th is a Sunday
    assert partner.dates[0] == dt.date(2012, 9, 5)


def test_visits_name_their_cooperative_and_issues(book: OfficeBook) -> None:
    made = {visit.id: visit for visit in book.problem.visits}
    assert list(made) == ["c1-1", "c1-2", "c1-3", "c2-1", "c2-2"]
    board = [visit for visit in made.values() if visit.window]
    assert [(v.cooperative, v.issues, v.earliest, v.window) for v in board] == [("c1", ("i1",), aug(16), ((600, 630),))]
    joined = [visit for visit in made.values() if visit.partner]
    assert [(v.issues, v.partner) for v in joined] == [(("i2",), "baac")]


def test_travel_is_estimated_and_says_so(book: OfficeBook) -> None:
    assert book.office.travel_estimated
    km = book.problem.travel.km
    assert 95 < km[0][1] < 105 and km[0][1] == km[1][0] and 1 < km[0][2] < 4


def test_names_fall_back_to_thai(book: OfficeBook) -> None:
    row = book.office.cooperatives[0]
    assert (row.name_en, row.district_en) == ("สหกรณ์หนึ่ง", "Chum Phae")  # of the gazetteer
    assert book.office.name_en == "Test office" and book.office.agencies[0].name_en == "ธ.ก.ส."


def test_own_road_distances(tmp_path: Path) -> None:
    path = folder(tmp_path / "office")
    rows = "from;c2;kk;c1;elsewhere\nkk;5;0;60;9\nc1;61;62;0;9\nc2;0;6;63,5;9\n"
    (path / "travel_minutes.csv").write_text(rows, encoding="utf-8")
    (path / "travel_km.csv").write_text("id,kk,c1,c2\nkk,0,80,3\nc1,81,0,82\nc2,4,83,0\n", encoding="utf-8")
    assert faults(path) == [("cell-value", "travel_minutes.csv, row 4, column D")]
    (path / "travel_minutes.csv").write_text(rows.replace("63,5", "63.5"), encoding="utf-8")
    book = read_office(path)
    assert book.problem.travel.minutes == ((0, 60, 5), (62, 0, 61), (6, 63.5, 0))
    assert book.problem.travel.km == ((0, 80, 3), (81, 0, 82), (4, 83, 0))
    assert not book.office.travel_estimated


def test_days_with_fewer_cars_and_own_holidays(tmp_path: Path) -> None:
    toml = TOML.replace("last = 2012-10-31", 'last = 2012-10-31\nextra_holidays = [2012-08-06, "7 ส.ค. 2555"]') + (
        "[[cars_on]]\nfrom = 2012-08-06\nto = 2012-08-08\ncars = 1\n"
        "[[cars_on]]\nfrom = 2012-08-08\nto = 2012-08-09\ncars = 0\n"
    )
    problem = read_office(folder(tmp_path / "office", toml=toml)).problem
    assert len(problem.workdays) == 60
    assert problem.offices[0].cars_on == {aug(8): 0, aug(9): 0}


def test_speeds_of_the_office(tmp_path: Path) -> None:
    toml = TOML + "[[speeds]]\nkm_per_hour = 60\n[travel]\ndetour = 1.0\nleast_km = 0\n"
    travel = read_office(folder(tmp_path / "office", toml=toml)).problem.travel
    assert travel.minutes[0][1] == pytest.approx(travel.km[0][1], abs=0.06)


def test_several_offices(tmp_path: Path) -> None:
    toml = TOML + '[[depots]]\nid = "cp"\nname_th = "สาขา"\nlat = 16.54\nlon = 102.1\ncars = 1\nseats = 2\n'
    made = tables(officers__0__depot="kk", officers__1__depot="cp", cooperatives__0__depot="cp")
    problem = read_office(folder(tmp_path / "office", made, toml)).problem
    assert [office.location for office in problem.offices] == [0, 1]
    assert [c.location for c in problem.cooperatives] == [2, 3]
    assert [c.office for c in problem.cooperatives] == ["cp", None]
    assert [o.office for o in problem.officers] == ["kk", "cp"]


def test_the_issues_may_be_missing(tmp_path: Path) -> None:
    path = folder(tmp_path / "office")
    for name in ("issues", "absences", "partners"):
        (path / f"{name}.csv").unlink()
    problem = read_office(path).problem
    assert len(problem.visits) == 5 and problem.partners is None
    assert all(visit.issues is None for visit in problem.visits)


@pytest.mark.parametrize(
    "rewrite",
    [
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="windows line ends"),
        pytest.param(lambda text: "\n,,\n" + text + ",,,\n\n", id="blank rows"),
        pytest.param(lambda text: text.replace("_", " ").replace("severity", "  SEVERITY "), id="free headings"),
    ],
)
def test_csv_as_spreadsheets_write_it(tmp_path: Path, rewrite: object, book: OfficeBook) -> None:
    path = folder(tmp_path / "office")
    assert callable(rewrite)
    (path / "issues.csv").write_text(rewrite((path / "issues.csv").read_text()), encoding="utf-8", newline="")
    assert read_office(path) == book


def test_a_remark_column_and_files_put_aside_are_left_alone(tmp_path: Path, book: OfficeBook) -> None:
    path = folder(tmp_path / "office", tables(issues__0__note="=1+1"))
    (path / "_scratch.csv").write_bytes(b"\xff\xfe\x00")
    (path / "README.md").write_text("hello")
    assert read_office(path) == book


def test_thai_headings_choices_dates_and_file_names(tmp_path: Path, book: OfficeBook) -> None:
    made = tables(
        issues__0__due="28 ก.ย. 2555", issues__0__audience="คณะกรรมการ", issues__1__audience="สมาชิก",
        issues__1__content_ready="๑๕/๐๘/๒๕๕๕", issues__0__severity="๔", cooperatives__0__standard="ดี",
        cooperatives__0__kind="การเกษตร", cooperatives__0__open="08.30 น. ถึง 16.30 น.",
        cooperatives__0__board_meeting="พฤหัสบดีที่สาม 10:00", partners__0__weekdays="วันพุธ",
        cooperatives__1__closed="20 สิงหาคม 2555 ถึง 22 สิงหาคม 2555; 3/9/2012", absences__0__reason="ลา",
    )  # fmt: skip
    path = folder(tmp_path / "office", {})
    for name, rows in made.items():
        thai = {column.key: column.thai for column in FORM[name].columns}
        renamed = [{thai[key]: value for key, value in row.items()} for row in rows]
        (path / f"{FORM[name].thai}.csv").write_text(csv_text(renamed), encoding="utf-8")
    assert read_office(path).problem == book.problem


@pytest.mark.parametrize("thai", [False, True])
def test_a_workbook_of_the_same_tables_is_the_same_office(tmp_path: Path, book: OfficeBook, thai: bool) -> None:
    template, path = tmp_path / "empty.xlsx", tmp_path / "office.xlsx"
    write_template(template, "th" if thai else "en")
    filled = workbook_of(folder(tmp_path / "office"), template, thai)
    filled.save(path)
    assert read_office(path) == book


def test_a_folder_with_a_workbook_and_no_tables_is_that_workbook(tmp_path: Path) -> None:
    raw_book(tmp_path / "office.xlsx")
    assert read_office(tmp_path).problem == read_office(tmp_path / "office.xlsx").problem


def test_numbers_as_thai_tables_have_them() -> None:
    """Between Thai digits a comma parts thousands; between others it may part decimals, which is asked."""
    assert (number("๕,๐๐๐"), number("๔.๕๐"), number("๑,๒๓๔,๕๖๗")) == (5000, 4.5, 1_234_567)
    assert (number("5,000.00"), number("-12,500.5")) == (5000, -12_500.5)
    for unclear in ("5,000", "5,00", "๑,๕", "0,500", "1234,567"):
        with pytest.raises(CellError, match="may part thousands or decimals") as told:
            number(unclear)
        plain = digits(unclear)
        assert told.value.remedy == f"Write {plain.replace(',', '.')} or {plain.replace(',', '')}."
    with pytest.raises(CellError, match="is not a number"):
        number("1.234,5")
    with pytest.raises(CellError) as told:
        integer("๔ วัน")
    assert "such as 3" in told.value.remedy
