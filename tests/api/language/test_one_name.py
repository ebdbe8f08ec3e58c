"""One thing has one name: the page, the command line and the glossary call it alike."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from api.language.findings import WORDS
from api.language.texts import TEXTS
from api.page.texts import PAGE

TOP = Path(__file__).parents[3]
GLOSSARY = (TOP / "docs" / "glossary.md").read_text(encoding="utf-8")
#: what is written, and what it is not written as well
SPELT = {"สมมติ": ("สมมุติ",), "ร่าง": ("ฉบับร่าง", "แผนร่าง")}
PROPOSALS = ("least-disruption", "balanced", "cheapest")


@pytest.mark.parametrize("kind", PROPOSALS)
def test_a_proposal(kind: str) -> None:
    assert PAGE[f"kind_of_{kind}"] == WORDS[kind]
    assert WORDS[kind][0] in GLOSSARY


@pytest.mark.parametrize("key", ["crew", "partner"])
def test_crew_and_partner(key: str) -> None:
    assert f"| {key} | {TEXTS[key][0]} |" in GLOSSARY


def test_a_new_crew() -> None:
    crew = TEXTS["crew"][0]
    assert {WORDS["kind_new-crew"][0], PAGE["kind_new-crew"][0]} == {f"{crew}ใหม่"}
    assert WORDS["crew"][0] == PAGE["col_crew"][0] == crew


@pytest.mark.parametrize(("key", "word"), [("draft", PAGE["draft"][0]), ("what-if", PAGE["work_whatif"][0])])
def test_drafts_and_what_ifs(key: str, word: str) -> None:
    assert f"| {key} | {word} |" in GLOSSARY


def test_no_word_is_spelt_in_two_ways() -> None:
    written = {
        path: path.read_text(encoding="utf-8")
        for top in ("api", "models", "data", "docs", "README.md")
        for path in ((TOP / top).rglob("*") if (TOP / top).is_dir() else [TOP / top])
        if path.suffix in {".py", ".js", ".md", ".toml", ".csv", ".html"}
    }
    for path in (TOP / "data").rglob("*.xlsx"):
        cells = (cell.value for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row)
        written[path] = "\n".join(map(str, cells))
    others = [other for each in SPELT.values() for other in each]
    assert not [(path, other) for path, text in written.items() for other in others if other in text]
