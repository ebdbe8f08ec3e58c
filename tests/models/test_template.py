"""The empty workbook: everything that intake reads, with drop-downs and notes, in Thai and English."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.tables import faults

from models.faults import InvalidInput
from models.intake import labels
from models.intake.columns import FORM, FORMS, GUIDE, MATRICES, SETTINGS
from models.template import setting_keys, write_template


@pytest.fixture(scope="module", params=["th", "en"])
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Any]:
    path = tmp_path_factory.mktemp("template") / "office.xlsx"
    write_template(path, request.param)
    return request.param, openpyxl.load_workbook(path)


def drop_downs(sheet: Any) -> dict[str, str]:
    """The list that each column offers, by its heading."""
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list":
            column = str(rule.sqref).split(":")[0].rstrip("0123456789")
            offered[str(sheet[f"{column}1"].value)] = str(rule.formula1)
    return offered


def test_it_has_every_sheet_and_heading(template: tuple[str, Any]) -> None:
    lang, book = template
    thai = lang == "th"
    names = [GUIDE[thai], SETTINGS[thai], *(form.thai if thai else form.name for form in FORMS)]
    assert book.sheetnames == names
    for form in FORMS:
        headings = [cell.value for cell in book[form.thai if thai else form.name][1]]
        assert headings == [column.thai if thai else column.key for column in form.columns]


def test_every_heading_has_a_note(template: tuple[str, Any]) -> None:
    lang, book = template
    for form in FORMS:
        for cell, column in zip(book[form.thai if lang == "th" else form.name][1], form.columns, strict=True):
            assert cell.comment.text == labels.column_note(form.name, column.key)[lang == "th"]


def test_drop_downs_offer_choices_and_ids(template: tuple[str, Any]) -> None:
    lang, book = template
    if lang == "th":
        offered = drop_downs(book["สหกรณ์"])
        assert offered["มาตรฐาน"] == '"ดีเลิศ,ดีมาก,ดี,ต่ำกว่ามาตรฐาน"'
        assert offered["ผู้รับผิดชอบเดิม"] == "'เจ้าหน้าที่'!$A$2:$A$1001"
    else:
        offered = drop_downs(book["issues"])
        assert offered["audience"] == '"board,management,members"'
        assert offered["topic"].strip("'").replace("'", "") == "topics!$A$2:$A$1001"


def test_every_setting_has_its_row_and_note(template: tuple[str, Any]) -> None:
    lang, book = template
    rows = {row[0]: row[2] for row in book[SETTINGS[lang == "th"]].iter_rows(min_row=2, values_only=True)}
    assert list(rows) == [key for key, _, _ in setting_keys()]
    assert rows == {key: labels.SETTINGS[key][lang == "th"] for key in rows}


def test_no_cell_is_a_formula(template: tuple[str, Any]) -> None:
    _, book = template
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("lang", ["th", "en"])
def test_an_empty_workbook_lacks_only_what_the_planner_must_fill_in(tmp_path: Path, lang: str) -> None:
    write_template(tmp_path / "office.xlsx", lang)
    found = faults(tmp_path / "office.xlsx")
    assert [code for code, _ in found] == ["field-missing"] * 3 + ["table-empty"] * 4


def test_labels_name_only_what_exists() -> None:
    assert set(labels.SETTINGS) == {key for key, _, _ in setting_keys()}
    assert set(labels.TABLES) == {*FORM, *MATRICES}
    known = {column.key for form in FORMS for column in form.columns}
    assert {key.rpartition(".")[2] for key in labels.COLUMNS} == known
    for form in FORMS:
        for column in form.columns:
            assert all(labels.column_note(form.name, column.key))


def test_headings_do_not_clash_within_a_table() -> None:
    for form in FORMS:
        names = [name for column in form.columns for name in (column.key, column.thai)]
        assert len(set(names)) == len(names), form.name


def test_another_language(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'de'"):
        write_template(tmp_path / "office.xlsx", "de")


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        write_template(tmp_path / "none" / "office.xlsx", "en")
    assert [fault.code for fault in caught.value.faults] == ["file-unwritable"]


def test_the_docs_tell_every_table_column_and_setting() -> None:
    page = (Path(__file__).parents[2] / "docs" / "office.md").read_text(encoding="utf-8")
    for form in FORMS:
        _, _, section = page.partition(f"### {form.name} · {form.thai}\n")
        section = section.partition("\n#")[0]
        assert labels.TABLES[form.name][0] in section
        for column in form.columns:
            if column.key != "note":
                name = f"**`{column.key}`**" if column.required else f"`{column.key}`"
                row = f"| {name} | {column.thai} | {labels.column_note(form.name, column.key)[0]}"
                assert row in section, row
    for key, needed, _ in setting_keys():
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{key}` |")]
        assert row.endswith(f"| {labels.SETTINGS[key][0]} |") and ("**needed**" in row) == needed
