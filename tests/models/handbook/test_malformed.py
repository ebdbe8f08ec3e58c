"""Every way in which a handbook can be wrong, told all at once; what can mean one thing only is read, and told too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from support.circle import little_handbook
from support.handbooks import CONTEXT, Change, faults, filled, put

from models.faults import Fault, InvalidInput
from models.handbook.context import Context
from models.handbook.reading import read_handbook
from models.handbook.soundness import faults_of_reports
from models.handbook.writing import write_handbook

MALFORMED: dict[str, tuple[Change, list[tuple[str, str]]]] = {
    "no sheet of visits": (
        lambda book: book.remove(book["visits"]),
        [("file-missing", "visits")],
    ),
    "a sheet of something else": (
        lambda book: book.create_sheet("budget").append(["60,000"]),
        [("table-unknown", "sheet budget")],
    ),
    "headings lost": (
        lambda book: book["steps"].delete_rows(1),
        [("header-missing", "sheet steps, row 1")],
    ),
    "a column of one's own": (
        put("visits", 1, "remarks", "weather"),
        [("column-unknown", "sheet visits, row 1, column U")],
    ),
    "a column twice": (
        put("visits", 1, "remarks", "members"),
        [("column-repeated", "sheet visits, row 1, column U")],
    ),
    "the column lost that says what was held": (
        lambda book: book["visits"].delete_cols([cell.value for cell in book["visits"][1]].index("held") + 1),
        [("column-missing", "sheet visits")],
    ),
    "a needed column lost": (
        lambda book: book["progress"].delete_cols(3),
        [("column-missing", "sheet progress")],
    ),
    "cells merged": (
        lambda book: book["visits"].merge_cells("A6:A7"),
        [("cell-merged", "sheet visits, cells A6:A7")],
    ),
    "a formula without value": (
        put("visits", 2, "km", "=1+1"),
        [("cell-formula", "sheet visits, row 2, column km")],
    ),
    "a visit nobody planned": (
        put("visits", 6, "visit", "c9-9"),
        [("id-unknown", "sheet visits, row 6, column visit")],
    ),
    "a visit twice": (
        put("visits", 6, "visit", "c1-1"),
        [("id-repeated", "sheet visits, row 6, column visit")],
    ),
    "reported, but not whether it was held": (
        put("visits", 2, "held", None),
        [("cell-missing", "sheet visits, row 2, column held")],
    ),
    "reported on another sheet, but not whether it was held": (
        lambda book: [put("visits", 2, one.value, None)(book) for one in book["visits"][1] if one.value != "visit"],
        [("cell-missing", "sheet visits, row 2, column held")],
    ),
    "not held, with what became of an issue": (
        put("progress", 5, "outcome", "unchanged"),
        [("report-contradiction", "sheet progress, row 5, column outcome")],
    ),
    "held is no yes and no no": (
        put("visits", 2, "held", "maybe"),
        [("cell-value", "sheet visits, row 2, column held")],
    ),
    "not held, and nobody knows why": (
        put("visits", 4, "reason", None),
        [("cell-missing", "sheet visits, row 4, column reason")],
    ),
    "held, with a reason why it was not": (
        put("visits", 2, "reason", "weather"),
        [("report-contradiction", "sheet visits, row 2, column reason")],
    ),
    "not held, with people": (
        put("visits", 4, "members", 7),
        [("report-contradiction", "sheet visits, row 4, column members")],
    ),
    "not held, with everything": (
        lambda book: [put("visits", 4, key, 7)(book) for key in ("members", "board", "management")],
        [("report-contradiction", "sheet visits, row 4, column held")],
    ),
    "a day that is none": (
        put("visits", 2, "date", "31/06/2555"),
        [("cell-value", "sheet visits, row 2, column date")],
    ),
    "a day of another year": (
        put("visits", 2, "date", "06/08/2556"),
        [("cell-value", "sheet visits, row 2, column date")],
    ),
    "it ends before it begins": (
        put("visits", 2, "end", "08:00"),
        [("time-order", "sheet visits, row 2, column end")],
    ),
    "one time of two": (
        put("visits", 2, "end", None),
        [("cell-missing", "sheet visits, row 2, column end")],
    ),
    "an officer nobody knows": (
        put("visits", 2, "officers", "a; zz"),
        [("id-unknown", "sheet visits, row 2, column officers")],
    ),
    "a level off the scale": (
        put("visits", 2, "condition_debt", 6),
        [("cell-value", "sheet visits, row 2, column condition_debt")],
    ),
    "people below zero": (
        put("visits", 2, "board", -1),
        [("cell-value", "sheet visits, row 2, column board")],
    ),
    "kilometres of one tour twice": (
        lambda book: (put("visits", 3, "date", "2012-08-06")(book)),
        [("report-contradiction", "sheet visits, row 3, column km")],
    ),
    "an issue of another cooperative": (
        put("progress", 2, "issue", "i3"),
        [("id-unknown", "sheet progress, row 2, column issue")],
    ),
    "an issue twice": (
        put("progress", 2, "issue", "i2"),
        [("id-repeated", "sheet progress, row 3, column issue")],
    ),
    "sessions without an outcome": (
        put("progress", 2, "outcome", None),
        [("cell-missing", "sheet progress, row 2, column outcome")],
    ),
    "solved, and more sessions needed": (
        put("progress", 3, "needed", 2),
        [("report-contradiction", "sheet progress, row 3, column needed")],
    ),
    "open, and no more sessions needed": (
        put("progress", 2, "needed", 0),
        [("report-contradiction", "sheet progress, row 2, column needed")],
    ),
    "a new issue of a topic nobody knows": (
        put("new_issues", 2, "topic", "law"),
        [("id-unknown", "sheet new_issues, row 2, column topic")],
    ),
    "a new issue graver than the scale": (
        put("new_issues", 2, "severity", 9),
        [("cell-value", "sheet new_issues, row 2, column severity")],
    ),
    "a new issue with the code of another": (
        put("new_issues", 2, "id", "i1"),
        [("id-repeated", "sheet new_issues, row 2, column id")],
    ),
    "a finding that is neither": (
        put("findings", 2, "kind", "opportunity"),
        [("cell-value", "sheet findings, row 2, column kind")],
    ),
    "a finding of a visit not reported": (
        put("findings", 2, "visit", "c2-3"),
        [("cell-missing", "sheet visits, row 6, column held")],
    ),
    "no outcome that there is, and nothing more needed": (
        lambda book: [put("progress", 2, key, value)(book) for key, value in (("outcome", "great"), ("needed", 0))],
        [("cell-value", "sheet progress, row 2, column outcome")],
    ),
    "a step too long to read": (
        put("steps", 2, "what", "ก" * 5000),
        [("cell-value", "sheet steps, row 2, column what")],
    ),
    "more people than there are": (
        put("visits", 2, "members", 10_000_000),
        [("cell-value", "sheet visits, row 2, column members")],
    ),
    "kilometres to the moon": (
        put("visits", 2, "km", 384_400),
        [("cell-value", "sheet visits, row 2, column km")],
    ),
    "a row with several things wrong": (
        lambda book: [
            put("new_issues", 2, key, value)(book)
            for key, value in (("topic", "law"), ("severity", 9), ("sessions", 0), ("due", "soon"), ("partner", "bank"))
        ],
        [
            ("cell-value", "sheet new_issues, row 2, column due"),
            ("cell-value", "sheet new_issues, row 2, column severity"),
            ("cell-value", "sheet new_issues, row 2, column sessions"),
            ("id-unknown", "sheet new_issues, row 2, column topic"),
            ("id-unknown", "sheet new_issues, row 2, column partner"),
        ],
    ),
    "a visit nobody planned, and officers nobody knows": (
        lambda book: [
            put("visits", 2, key, value)(book)
            for key, value in (("visit", "c9-9"), ("officers", "zz"), ("board", -1), ("start", "nine"))
        ],
        [
            ("cell-value", "sheet visits, row 2, column start"),
            ("id-unknown", "sheet visits, row 2, column visit"),
            ("cell-value", "sheet visits, row 2, column board"),
            ("id-unknown", "sheet visits, row 2, column officers"),
            ("id-unknown", "sheet progress, row 2, column visit"),
        ],
    ),
    "a step that nobody takes": (
        put("steps", 2, "who", None),
        [("cell-missing", "sheet steps, row 2, column who")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", MALFORMED)
def test_what_is_malformed_is_told_with_its_place(kind: str, tmp_path: Path) -> None:
    change, expected = MALFORMED[kind]
    assert faults(filled(tmp_path, change)) == expected


@pytest.mark.parametrize("kind", MALFORMED)
def test_what_is_malformed_is_told_in_thai(kind: str, tmp_path: Path) -> None:
    """No word of the library that checks values, and no English sentence beside a Thai one."""
    with pytest.raises(InvalidInput) as caught:
        read_handbook(filled(tmp_path, MALFORMED[kind][0]), CONTEXT)
    for fault in (fault.in_language("th") for fault in caught.value.faults):
        for text in (fault.cause, fault.remedy):
            assert any("ก" <= letter <= "๛" for letter in text), text
            assert not re.search(r"\b(Input|should|must|found|be|is|the)\b", text), text


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    alone = ["held is no yes and no no", "not held, and nobody knows why", "an officer nobody knows",
             "a finding that is neither", "a step that nobody takes"]  # fmt: skip
    changes = [MALFORMED[kind][0] for kind in alone if kind != "an officer nobody knows"]
    changes.append(put("visits", 3, "officers", "zz"))

    def all_of(book: Any) -> None:
        for change in changes:
            change(book)

    codes = [code for code, _ in faults(filled(tmp_path, all_of))]
    assert sorted(codes) == ["cell-missing", "cell-missing", "cell-value", "cell-value", "id-unknown"]


@pytest.mark.parametrize(("name", "content"), [("handbook.xlsx", b"no zip"), ("handbook.csv", b"a,b")])
def test_what_is_no_workbook_is_a_fault(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert [code for code, _ in faults(tmp_path / name)] == ["file-unreadable"]


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert [code for code, _ in faults(tmp_path / "handbook.xlsx")] == ["file-missing"]


@pytest.mark.parametrize(
    "change", [{"visit": "zz"}, {"held": False}, {"officers": []}, {"condition": {"debt": 9}}, {"extra": 1}]
)
def test_json_is_looked_at_as_closely(change: dict[str, Any], tmp_path: Path) -> None:
    import json

    data = json.loads(little_handbook().to_json())
    data["reports"][0] |= change
    (tmp_path / "handbook.json").write_text(json.dumps(data), encoding="utf-8")
    assert faults(tmp_path / "handbook.json")


def test_what_can_be_chosen_is_offered_as_in_other_faults(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_handbook(filled(tmp_path, MALFORMED["a row with several things wrong"][0]), CONTEXT)
    topic = next(fault for fault in caught.value.faults if "There is no topic 'law'" in fault.cause)
    assert CONTEXT.office is not None
    assert topic.remedy.endswith(f"Write one of: {', '.join(one.name_en for one in CONTEXT.office.topics)}.")
    thai = topic.in_language("th").remedy
    assert thai.endswith(f"เลือกหนึ่งอย่าง: {', '.join(one.name_th for one in CONTEXT.office.topics)}")


def test_a_name_that_two_bear_is_asked_for_as_an_id(tmp_path: Path) -> None:
    assert CONTEXT.office is not None
    first, second, *rest = CONTEXT.office.officers
    twins = first, second.model_copy(update={"name_th": first.name_th, "name_en": first.name_en})
    office = CONTEXT.office.model_copy(update={"officers": (*twins, *rest)})
    context = Context(CONTEXT.plan, CONTEXT.problem, office)
    write_handbook(tmp_path / "handbook.xlsx", context, "th", little_handbook())  # by ids, which are read back
    assert read_handbook(tmp_path / "handbook.xlsx", context).reports == little_handbook().reports
    file = filled(tmp_path, put("visits", 2, "officers", first.name_th))
    assert ("id-unknown", "sheet visits, row 2, column officers") in faults(file, context)


def test_a_number_with_its_unit_is_read_and_told(tmp_path: Path) -> None:
    def units(book: Any) -> None:
        put("visits", 2, "board", "๕ คน")(book)
        put("visits", 2, "km", "62 กม.")(book)

    doubts: list[Fault] = []
    report = read_handbook(filled(tmp_path, units), CONTEXT, doubts).by_visit["c1-1"]
    assert (report.board, report.km) == (5, 62)
    assert [(one.code, one.in_language("th").cause) for one in doubts] == [
        ("value-understood", "อ่าน '๕ คน' เป็น 5"), ("value-understood", "อ่าน '62 กม.' เป็น 62"),
    ]  # fmt: skip


def test_an_issue_that_one_report_finds_twice_is_told() -> None:
    report = little_handbook().reports[1]
    twice = report.model_copy(update={"new_issues": report.new_issues * 2})
    assert not list(faults_of_reports([report], CONTEXT, "report of {}, {}".format))
    (fault,) = faults_of_reports([twice], CONTEXT, "report of {}, {}".format)
    assert (fault.code, fault.where) == ("id-repeated", "report of c2-1, new_issues[1].id")
