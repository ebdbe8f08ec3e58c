"""The Thai page on the office's workbook: headings are the reader's, examples make an office, faults are told so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from models.faults import InvalidInput
from models.intake import OfficeBook, read_office
from models.intake.columns import FORMS, SETTINGS, Form
from models.template import setting_keys

TEXT = (Path(__file__).parents[1] / "docs" / "office-th.md").read_text(encoding="utf-8")
#: written by a command, so that the page shows no rows of it
NOT_FILLED_IN = "ledger"
SHEETS = {form.thai: form for form in FORMS if form.name != NOT_FILLED_IN}

Row = dict[str, str]
Cells = dict[tuple[str, str], str | None]


def section(heading: str) -> str:
    """What stands below a heading of the page, up to the next one."""
    _, found, rest = TEXT.partition(f"\n{heading}\n")
    assert found, heading
    return re.split(r"^#+ ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def table(text: str) -> Iterator[list[str]]:
    """The cells of each row of the tables in ``text``, without headings and rules."""
    for line in re.findall(r"^\| (.*) \|$", text, re.MULTILINE):
        yield [cell.strip() for cell in line.split(" |")]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def rows(heading: str) -> list[list[str]]:
    return list(table(section(heading)))[1:]


def examples(heading: str) -> Row:
    """The example of each column or setting in a section's table, by its heading."""
    return {name.strip("*"): quoted(example)[0] for name, example, _ in rows(heading)}


def change(place: str) -> tuple[str, str]:
    sheet, column = place.split(" · ")
    assert column in examples(f"### {sheet}"), place
    return sheet, column


def read(folder: Path, changes: Cells, own_cars: bool = False) -> OfficeBook:
    """The office of the page's examples, read from a workbook with cells changed; ``own_cars``: with cars by name."""
    book = openpyxl.Workbook()
    settings = book.active
    settings.title = SETTINGS[1]
    for row in [("รายการ", "ค่า"), *examples("## ตั้งค่า").items()]:
        settings.append(row)
    for name in SHEETS:
        cells: dict[str, str | None] = {**examples(f"### {name}")}
        if name == "สำนักงาน" and own_cars:
            del cells["จำนวนรถ"], cells["ที่นั่ง"]
        cells |= {column: value for (sheet, column), value in changes.items() if sheet == name}
        if name in ("รถ", "รถไม่ครบ") and (name == "รถ") != own_cars:
            continue
        sheet = book.create_sheet(name)
        sheet.append(list(cells))
        sheet.append(list(cells.values()))
        for id_ in ("น02", "น03") if name == "เจ้าหน้าที่" else ():  # who never goes there, and a second one who does
            sheet.append([id_ if column == "รหัส" else f"{value} {id_}" if column == "ชื่อไทย" else value
                          for column, value in cells.items()])  # fmt: skip
    path = folder / "office.xlsx"
    book.save(path)
    return read_office(path)


@pytest.mark.parametrize("form", SHEETS.values(), ids=lambda form: form.name)
def test_a_sheet_has_the_columns_that_the_reader_knows(form: Form) -> None:
    told = [name for name, _, _ in rows(f"### {form.thai}")]
    known = [
        f"**{column.thai}**" if column.required else column.thai
        for column in form.columns
        if not column.key.endswith("_en") and column.key != "note"
    ]
    assert told == known
    choices = {column.thai: column.choices for column in form.columns if column.choices}
    for name, example, what in rows(f"### {form.thai}"):
        if choice := choices.get(name.strip("*")):
            assert set(choice.values()) <= {*quoted(example), *quoted(what)}, name


def test_every_sheet_and_every_needed_setting_is_on_the_page() -> None:
    for form in FORMS:
        assert form.thai in SHEETS or f"**{form.thai}**" in section("### แผ่นที่ไม่ต้องกรอกเอง")
    told = {name for name, _, _ in rows("## ตั้งค่า")}
    known = {key: needed for key, needed, _ in setting_keys()}
    assert {name.strip("*") for name in told} <= set(known)
    assert {name.strip("*") for name in told if name.startswith("**")} == {key for key in known if known[key]}


@pytest.mark.parametrize("own_cars", [False, True])
def test_the_examples_make_an_office_without_doubts(tmp_path: Path, own_cars: bool) -> None:
    made = read(tmp_path, {}, own_cars)
    assert list(made.warnings) == []
    assert len(made.problem.visits) >= 3
    (depot,) = made.problem.offices
    assert depot.cars == 3 or (not isinstance(depot.cars, int) and [car.id for car in depot.cars] == ["ร1"])


def spellings(heading: str) -> list[tuple[str, str]]:
    """Each place and spelling of a section's table."""
    return [(place, value) for place, cells in rows(heading) for value in quoted(cells)]


def written(place: str, value: str) -> Cells:
    """A cell changed, and those emptied that would say the same again or contradict it."""
    sheet, column = change(place)
    emptied = {"ตั้งแต่": "ถึง", "เหตุ": "เวลา"}
    return {(sheet, emptied.get(column, column)): None, (sheet, column): value}


@pytest.mark.parametrize(("place", "value"), spellings("## เขียนอย่างไร"))
def test_what_may_be_written_is_read_without_a_word(tmp_path: Path, place: str, value: str) -> None:
    assert list(read(tmp_path, written(place, value)).warnings) == []


@pytest.mark.parametrize(("place", "value"), spellings("### คำที่เกินมา"))
def test_what_is_more_than_needed_is_read_and_told(tmp_path: Path, place: str, value: str) -> None:
    made = read(tmp_path, written(place, value), own_cars=place.startswith("รถ "))
    assert {warning.code for warning in made.warnings} == {"value-understood"}


@pytest.mark.parametrize(("place", "cell", "code"), [tuple(row[:3]) for row in rows("## อะไรเป็นข้อผิดพลาด")])
def test_what_is_a_fault_is_told_as_that(tmp_path: Path, place: str, cell: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(tmp_path, {change(place): quoted(cell)[0] if cell else None})
    assert {fault.code for fault in caught.value.faults} == {*quoted(code)}
