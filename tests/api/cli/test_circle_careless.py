"""``evaluate`` and ``next`` with files that do not belong together, or were written in other ways: told, and nothing is
half written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from support.publishing import little_plan
from support.tables import TOML, folder, tables, workbook_of

from api.documents import write_office
from models.intake import OfficeBook, read_office
from models.intake.folder import read_folder
from models.template import write_template

from .conftest import Run

DAYS = ("--first", "2012-11-01", "--last", "2013-01-31")


def planned(office: Path, to: Path) -> OfficeBook:
    """A plan of the office, with its problem and names beside it."""
    book = read_office(office)
    to.mkdir(exist_ok=True)
    (to / "problem.json").write_text(book.problem.to_json(), encoding="utf-8")
    (to / "plan.json").write_text(little_plan(book.problem, Random(3)).to_json(), encoding="utf-8")
    write_office(to / "office.json", book.office)
    return book


@pytest.fixture
def office(run: Run, tmp_path: Path) -> Path:
    """An office with its plan in out, and the handbook filled in."""
    made = folder(tmp_path / "office", tables())
    planned(made, tmp_path / "out")
    assert run("handbook", "out/plan.json", "--simulate", 1, "-o", "handbook.xlsx").code == 0
    return made


def untouched(folder: Path) -> Callable[[], bool]:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return lambda: before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def with_other_ids(made: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Eight cooperatives and officers of another office."""
    made["cooperatives"] = [made["cooperatives"][0] | {"id": f"z{n}", "name_th": f"สหกรณ์อื่น {n}", "lat": f"16.{n}",
                                                       "current_lead": ""} for n in range(1, 9)]  # fmt: skip
    made["officers"] = [made["officers"][0] | {"id": f"q{n}", "name_th": f"คนอื่น {n}"} for n in range(1, 9)]
    made["issues"] = [made["issues"][0] | {"cooperative": "z1"}]
    made["absences"] = []
    return made


def test_a_plan_of_another_office_is_told_as_that_alone(run: Run, office: Path, tmp_path: Path) -> None:
    planned(folder(tmp_path / "other", with_other_ids(tables())), tmp_path / "theirs")
    same = untouched(tmp_path)
    for lang, words in (("en", "which is none of the office's"), ("th", "ซึ่งไม่อยู่ในตารางสหกรณ์ของสำนักงาน")):
        said = run("next", "other", "out/plan.json", "handbook.xlsx", *DAYS, "--lang", lang)
        assert (said.code, said.err.count("[plan-foreign]")) == (2, 4), said.err  # two cooperatives, two officers
        assert words in said.err and said.err.count("  [") == 4
    said = run("next", "office", "theirs/plan.json", "handbook.xlsx", *DAYS)  # eight of each: told once of each kind
    assert (said.code, said.err.count("[plan-foreign]"), said.err.count("  [")) == (2, 2, 2), said.err
    assert same()


def test_a_plan_of_an_office_whose_ids_are_alike_is_told_by_its_names(run: Run, tmp_path: Path) -> None:
    made = with_other_ids(tables())
    planned(folder(tmp_path / "office", made), tmp_path / "out")
    assert run("handbook", "out/plan.json", "--simulate", 1, "-o", "handbook.xlsx").code == 0
    for row in made["cooperatives"]:
        row["name_th"] = f"ก {row['name_th']}"
    folder(tmp_path / "other", made)
    said = run("next", "other", "out/plan.json", "handbook.xlsx", *DAYS)
    assert (said.code, said.err.count("[plan-foreign]")) == (2, 1), said.err
    assert "8 of the plan's cooperatives bear other names" in said.err
    made["cooperatives"][0]["name_th"] = "สหกรณ์อื่น 1"
    for number, row in enumerate(made["cooperatives"], start=1):
        row["name_th"] = f"สหกรณ์อื่น {number}" if number > 3 else row["name_th"]  # three have new names by now
    folder(tmp_path / "other", made)
    assert run("next", "other", "out/plan.json", "handbook.xlsx", *DAYS).code == 0


def test_the_plan_of_another_quarter_is_told_as_that(run: Run, office: Path, tmp_path: Path) -> None:
    later = TOML.replace("2012-08-01", "2012-11-01").replace("2012-10-31", "2013-01-31")
    made = tables()
    made["absences"], made["issues"] = [], []
    folder(tmp_path / "next-one", made, later)
    planned(tmp_path / "next-one", tmp_path / "november")
    same = untouched(tmp_path)
    said = run("next", "next-one", "out/plan.json", "handbook.xlsx", "--first", "2013-02-01", "--last", "2013-04-30")
    assert said.code == 2 and "workdays  [plan-foreign]" in said.err
    assert "The plan is of other days, 2012-08-01 to 2012-10-31, than the office's tables" in said.err
    said = run("evaluate", "november/plan.json", "handbook.xlsx")
    assert (said.code, said.err.count("  [")) == (2, 1), said.err
    assert "handbook.xlsx, sheet visits  [plan-foreign]" in said.err
    assert same()


def test_days_that_run_backwards_are_told_beside_files_at_fault(run: Run, office: Path) -> None:
    said = run("next", "office", "out/plan.json", "none.xlsx", "--first", "2013-01-31", "--last", "2012-11-01")
    assert said.code == 2
    assert "--last  [date-order]" in said.err and "[file-missing]" in said.err
    said = run("evaluate", "out/plan.json", "none.xlsx", "--day", "soon", "--before", "nothing.json")
    assert said.code == 2
    assert "--day  [option-value]" in said.err and said.err.count("[file-missing]") == 2


def test_settings_that_are_not_utf_8_become_those_of_the_next_quarter(run: Run, office: Path, tmp_path: Path) -> None:
    (office / "office.toml").write_bytes(TOML.encode("utf-16"))
    said = run("next", "office", "out/plan.json", "handbook.xlsx", *DAYS)
    assert said.code == 0, said.err
    assert "2012-11-01" in (tmp_path / "next" / "office.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("first", ["1/8/55", "1 ส.ค. 55", "วันพุธที่ 1 สิงหาคม 2555", "2012-08-01"])
def test_the_first_day_as_text_becomes_that_of_the_next_quarter(run: Run, tmp_path: Path, first: str) -> None:
    write_template(tmp_path / "empty.xlsx", "th")
    book = workbook_of(folder(tmp_path / "tables"), tmp_path / "empty.xlsx", thai=True)
    cell = next(row[1] for row in book["ตั้งค่า"].iter_rows() if row[0].value == "horizon.first")
    cell.value, cell.number_format = first, "@"
    book.save(tmp_path / "office.xlsx")
    planned(tmp_path / "office.xlsx", tmp_path / "out")
    assert run("handbook", "out/plan.json", "--simulate", 1, "-o", "handbook.xlsx").code == 0
    said = run("next", "office.xlsx", "out/plan.json", "handbook.xlsx", *DAYS)
    assert said.code == 0, said.err
    assert str(read_office(tmp_path / "next").problem.workdays[0]) == "2012-11-01"


def test_words_and_lists_of_the_planner_stay_in_the_next_quarters_tables(run: Run, tmp_path: Path) -> None:
    """What is read for all, or as a list of days, is written as it was, but where its days are past."""
    made = tables(
        officers__1__topics="ทุกด้าน", partners__0__weekdays="ทุกวัน", cooperatives__0__open="ทั้งวัน",
        cooperatives__0__closed="20, 21 และ 22 ส.ค. 55", cooperatives__1__closed="5, 7 และ 9 พ.ย. 55",
    )  # fmt: skip
    office = folder(tmp_path / "office", made)
    before = planned(office, tmp_path / "out")
    assert run("handbook", "out/plan.json", "--simulate", 1, "-o", "handbook.xlsx").code == 0
    said = run("next", "office", "out/plan.json", "handbook.xlsx", *DAYS)
    assert said.code == 0, said.err
    texts = {name: (tmp_path / "next" / f"{name}.csv").read_text(encoding="utf-8") for name in made}
    assert "ทุกด้าน" in texts["officers"] and "ทุกวัน" in texts["partners"]
    assert "5, 7 และ 9 พ.ย. 55" in texts["cooperatives"] and "ทั้งวัน" in texts["cooperatives"]
    assert "ส.ค." not in texts["cooperatives"]
    after = read_office(tmp_path / "next").office
    assert after.officers == before.office.officers
    assert after.cooperatives[1].closed == before.office.cooperatives[1].closed


def test_boxes_in_a_column_of_refusals(run: Run, office: Path, tmp_path: Path) -> None:
    assert run("next", "office", "out/plan.json", "handbook.xlsx", *DAYS).code == 0
    (tmp_path / "mine.csv").write_text("key;accept\nledger/o1/hours;FALSE\nledger/o2/hours;TRUE\n", encoding="utf-16")
    said = run("next", "office", "out/plan.json", "handbook.xlsx", *DAYS, "--refuse", "mine.csv", "-o", "other")
    assert said.code == 0, said.err
    rows = read_folder(tmp_path / "other").tables["ledger"].rows
    assert not [row for row in rows if row.cells["officer"] == "o1" and row.cells.get("hours")]


def doubled(sheet: Any) -> None:
    for row in list(sheet.iter_rows(min_row=2, values_only=True)):
        sheet.append(row)


def as_text(sheet: Any) -> None:
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.value = None if cell.value is None else str(cell.value)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda book: book["visits"].delete_rows(1, 500), lambda book: book["progress"].delete_rows(1, 500),
        lambda book: [book.remove(book[name]) for name in ("progress", "steps", "findings", "new_issues")],
        lambda book: doubled(book["visits"]), lambda book: doubled(book["progress"]),
        lambda book: as_text(book["visits"]),
        lambda book: [setattr(cell, "value", "=NOW()") for cell in book["visits"]["E"][1:]],
        lambda book: setattr(book["visits"], "title", "visits (2)"),
        lambda book: [setattr(cell, "value", "๖ ส.ค. ๒๕๕๕") for cell in book["visits"]["G"][1:] if cell.value],
    ],
    ids=["no visits", "no progress", "sheets removed", "visits twice", "progress twice", "all as text", "formulas",
         "another title", "days in Thai digits"],
)  # fmt: skip
@pytest.mark.parametrize("command", ["evaluate", "next"])
def test_a_spoilt_handbook_is_read_as_meant_or_told_and_nothing_is_half_written(
    run: Run, office: Path, tmp_path: Path, spoil: Callable[[Any], object], command: str
) -> None:
    book = openpyxl.load_workbook(tmp_path / "handbook.xlsx")
    spoil(book)
    book.save(tmp_path / "spoilt.xlsx")
    same = untouched(tmp_path)
    words = ("evaluate", "out/plan.json", "spoilt.xlsx") if command == "evaluate" else (
        "next", "office", "out/plan.json", "spoilt.xlsx", *DAYS
    )  # fmt: skip
    said = run(*words)
    assert said.code in (0, 2), said.err
    if said.code == 2:
        assert "[" in said.err and same(), said.err
    else:
        made = tmp_path / ("evaluation" if command == "evaluate" else "next")
        assert (made / ("evaluation.json" if command == "evaluate" else "_changes.csv")).exists()
    if command == "evaluate" and said.code == 0:
        assert json.loads((tmp_path / "evaluation" / "evaluation.json").read_text(encoding="utf-8"))


def test_an_evaluation_that_is_not_of_the_quarter_before_is_doubted(run: Run, office: Path, tmp_path: Path) -> None:
    assert run("evaluate", "out/plan.json", "handbook.xlsx", "-o", "first").code == 0
    figures = json.loads((tmp_path / "first" / "evaluation.json").read_text(encoding="utf-8"))
    earlier = figures | {"first": "2012-05-01", "last": "2012-07-31", "day": "2012-07-31"}
    for made, doubts in ((figures, ["not before the plan begins"]), (earlier, []),
                         (earlier | {"name": "Elsewhere"}, ["another office, Elsewhere"])):  # fmt: skip
        (tmp_path / "before.json").write_text(json.dumps(made), encoding="utf-8")
        said = run("evaluate", "out/plan.json", "handbook.xlsx", "--before", "before.json")
        assert said.code == 0, said.err
        assert said.err.count("--before before.json  [value-doubtful]") == len(doubts)
        assert all(doubt in said.err for doubt in doubts), said.err


def test_an_earlier_edition_of_another_plan_is_a_fault(run: Run, office: Path, tmp_path: Path) -> None:
    planned(folder(tmp_path / "other", with_other_ids(tables())), tmp_path / "theirs")
    same = untouched(tmp_path)
    said = run("evaluate", "out/plan.json", "handbook.xlsx", "--first", "theirs/plan.json", "--first", "none.json")
    assert said.code == 2 and same()
    assert (
        f"--first {Path('theirs', 'plan.json')}  [plan-foreign]" in said.err and "none.json  [file-missing]" in said.err
    )
    assert run("evaluate", "out/plan.json", "handbook.xlsx", "--first", "out/plan.json").code == 0
