"""Values beyond what any office has, and those that a slip of the pen makes: doubts; what is ordinary is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.tables import TOML, folder, office, tables

from models.faults import Fault
from models.intake import OfficeBook, read_office
from models.saying import Said

#: the toml of an office whose cars have names
NAMED = TOML.replace("cars = 2\nseats = 4\n", "")


def told(book: OfficeBook) -> list[tuple[str, str, str]]:
    """Code, place and cause of every warning, each of which has Thai."""

    def thai(fault: Fault) -> bool:
        return isinstance(fault.cause, Said) and fault.in_language("th").cause != fault.cause

    assert all(map(thai, book.warnings))
    return [(each.code, each.where, each.cause) for each in book.warnings]


def with_cars(path: Path, *cars: dict[str, Any], toml: str = NAMED) -> OfficeBook:
    named = [{"id": f"k{number}", "seats": "4", **car} for number, car in enumerate(cars, start=1)]
    return read_office(folder(path / "office", tables() | {"cars": named}, toml))


def test_the_office_of_the_tests_has_nothing_doubtful(tmp_path: Path) -> None:
    assert told(office(tmp_path)) == []


# --- cars


@pytest.mark.parametrize(("seats", "doubted"), [("12", False), ("20", False), ("21", True), ("100", True)])
def test_a_car_of_more_seats_than_cars_have_is_doubted(seats: str, doubted: bool, tmp_path: Path) -> None:
    found = told(with_cars(tmp_path, {"seats": seats}))
    assert found == [("value-doubtful", "cars.csv, row 2, column seats", f"A car has {seats} seats.")] * doubted


def test_cars_alike_of_too_many_seats_are_doubted_at_their_office(tmp_path: Path) -> None:
    ((code, where, cause),) = told(office(tmp_path, TOML.replace("seats = 4", "seats = 40")))
    assert (code, where, cause) == (
        "value-doubtful", "office.toml, [[depots]], entry 1, column seats", "A car has 40 seats.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("prices", "doubted"),
    [
        (("0", "4"), [2]), (("0", ""), [2]),  # empty is the price of the settings
        (("4", "0"), [3]), (("0", "0"), []), (("0",), []), (("4", ""), []), (("4", "5"), []), (("0", "0", "4"), [2, 3]),
    ],
)  # fmt: skip
def test_a_car_without_a_price_beside_others_that_have_one_is_doubted(
    prices: tuple[str, ...], doubted: list[int], tmp_path: Path
) -> None:
    found = told(with_cars(tmp_path, *({"km": price} for price in prices)))
    assert [(where, "costs nothing" in cause) for _, where, cause in found] == [
        (f"cars.csv, row {row}, column km", True) for row in doubted
    ]


def test_a_car_may_be_free_where_all_are(tmp_path: Path) -> None:
    assert told(with_cars(tmp_path, {"km": "0"}, {}, toml=NAMED.replace("km = 4", "km = 0"))) == []


def test_a_dear_kilometre_of_one_car_is_doubted_as_that_of_all_is(tmp_path: Path) -> None:
    ((_, where, cause),) = told(with_cars(tmp_path, {"km": "51"}, {"km": "50"}))
    assert (where, cause) == ("cars.csv, row 2, column km", "A kilometre costs 51 baht.")


# --- fair shares of hours: 62 workdays of 8 hours


@pytest.mark.parametrize(
    ("hours", "cause"),
    [
        ("0", "every hour on tour is one too many"), ("22000", "22,000 hours are more than the 496"),
        ("497", "more than the 496"), ("496", ""), ("1", ""), ("120", ""),
    ],
)  # fmt: skip
def test_a_share_of_hours_that_is_none_or_more_than_there_are_is_doubted(
    hours: str, cause: str, tmp_path: Path
) -> None:
    found = told(office(tmp_path, officers__0__fair_hours=hours))
    assert [(where, cause in text) for _, where, text in found] == [
        ("officers.csv, row 2, column fair_hours", True)
    ] * bool(cause)


def test_the_share_of_the_settings_is_doubted_there_once(tmp_path: Path) -> None:
    toml = TOML + "[officers]\nfair_hours = 22000\n"
    assert [where for _, where, _ in told(office(tmp_path, toml))] == ["office.toml, officers.fair_hours"]
    again = office(tmp_path, toml, officers__1__fair_hours="0")
    assert [where for _, where, _ in told(again)] == [
        "office.toml, officers.fair_hours", "officers.csv, row 3, column fair_hours",
    ]  # fmt: skip


def test_the_share_of_a_quarter_is_not_held_against_the_days_of_the_preparation(tmp_path: Path) -> None:
    toml = TOML + "[preparation]\nfirst = 2012-07-30\nlast = 2012-07-31\n"
    book = read_office(folder(tmp_path / "office", toml=toml), "preparation")
    assert [each for each in book.warnings if "fair_hours" in each.where] == []


# --- names

LONG = "สหกรณ์" * 40


@pytest.mark.parametrize(
    ("cell", "name", "length"),
    [
        ("cooperatives__0__name_th", LONG, 240), ("officers__0__name_th", "ก" * 5000, 5000),
        ("officers__0__position_th", "x" * 201, 201), ("partners__0__name_en", "y" * 201, 201),
        ("issues__0__title_th", "z" * 501, 501),
    ],
)  # fmt: skip
def test_a_name_longer_than_any_is_doubted(cell: str, name: str, length: int, tmp_path: Path) -> None:
    table, row, column = cell.split("__")
    where = f"{table}.csv, row {int(row) + 2}, column {column}"
    assert told(office(tmp_path, **{cell: name})) == [("value-doubtful", where, f"It has {length:,} characters.")]


@pytest.mark.parametrize(("column", "text"), [("name_th", "ก" * 200), ("name_en", "a" * 200), ("note", "n" * 5000)])
def test_long_names_and_notes_are_ordinary(column: str, text: str, tmp_path: Path) -> None:
    assert told(office(tmp_path, **{f"cooperatives__0__{column}": text})) == []


@pytest.mark.parametrize("break_", ["\n", "\r\n", " \n "])
def test_a_name_on_several_lines_is_read_as_one_and_told(break_: str, tmp_path: Path) -> None:
    book = office(tmp_path, officers__0__name_th=f"นายสมชาย{break_}ใจดี")
    assert book.office.officers[0].name_th == "นายสมชาย ใจดี"
    assert told(book) == [
        ("value-understood", "officers.csv, row 2, column name_th",
         "It stands on several lines, and is read as one name."),
    ]  # fmt: skip


def test_breaks_around_a_name_and_within_what_an_issue_is_about_are_ordinary(tmp_path: Path) -> None:
    assert told(office(tmp_path, officers__0__name_th="\nหนึ่ง\n", issues__0__title_th="ปิดบัญชี\nส่งงบทดลอง")) == []


def test_the_name_of_the_office_is_looked_at_as_well(tmp_path: Path) -> None:
    toml = TOML.replace('name_en = "Test office"', f'name_en = "{"o" * 300}"').replace(
        'name_th = "สำนักงานทดสอบ"', 'name_th = "สำนักงาน\\nทดสอบ"'
    )
    assert [(code, where) for code, where, _ in told(office(tmp_path, toml))] == [
        ("value-understood", "office.toml, office.name_th"), ("value-doubtful", "office.toml, office.name_en"),
    ]  # fmt: skip
