"""An office written out again, as one JSON object and as a workbook, is the same office."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from support.tables import TOML, folder, tables

from models.filled import write_filled
from models.intake import read_office
from models.intake.cells import Figure
from models.intake.document import read_document
from models.intake.reading import read_sources
from models.intake.writing import document_of, written

SAMPLES = Path(__file__).parents[2] / "data"


@pytest.mark.parametrize("sample", ["khonkaen", "kalasin"])
@pytest.mark.parametrize("lang", ["th", "en"])
def test_samples_come_back_as_they_were(sample: str, lang: str, tmp_path: Path) -> None:
    path = SAMPLES / sample
    wanted = read_office(path)
    write_filled(tmp_path / "office.xlsx", read_sources(path), lang)
    found = read_office(tmp_path / "office.xlsx")
    assert (found.problem, found.absences, found.cars) == (wanted.problem, wanted.absences, wanted.cars)
    bare = {"map": None}  # a map does not go into a workbook
    assert found.office.model_copy(update=bare) == wanted.office.model_copy(update=bare)
    text = json.dumps(document_of(read_sources(path)), ensure_ascii=False)
    document = read_document(text)
    assert (document.problem, document.office, document.absences) == (wanted.problem, wanted.office, wanted.absences)


def test_ids_keep_their_zeros_and_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    made = tables(cooperatives__0__id="001", cooperatives__0__note="=1+1")
    made["issues"][0]["cooperative"] = "001"
    office = folder(tmp_path / "office", made, TOML + "[next]\nduty_per_day = 1\n")
    write_filled(tmp_path / "office.xlsx", read_sources(office), "th")
    assert read_office(tmp_path / "office.xlsx").problem == read_office(office).problem
    sheet = openpyxl.load_workbook(tmp_path / "office.xlsx")["สหกรณ์"]
    assert sheet["A2"].value == "001"
    assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in sheet[2])


def test_cells_as_text() -> None:
    assert written(Figure(1.0, "0001")) == "0001"
    assert written(Figure(1234.0, "1,234")) == "1234"
    assert [written(cell) for cell in (None, "", 2.0, 2.5, ["a", "b"], "x")] == ["", "", "2", "2.5", "a; b", "x"]
