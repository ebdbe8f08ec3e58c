"""Every notebook runs from top to bottom, with searches cut short."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"
BOOKS = sorted(FOLDER.glob("*.ipynb"))
#: bytes; a notebook with its pictures stays small enough to be looked at in a diff
LARGEST = 900_000


def test_the_notebooks_are_there() -> None:
    assert {book.stem for book in BOOKS} >= {"quarter_plan", "absence", "what_if", "capacity", "overrun", "evaluation"}


@pytest.mark.filterwarnings("default")  # those of the kernel's own libraries
@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_a_notebook_runs(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATITHIN_NOTEBOOK_SECONDS", "0.3")
    monkeypatch.setenv("PATITHIN_NOTEBOOK_SEEDS", "1")
    monkeypatch.setenv("PATITHIN_SHELF", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(FOLDER.parent))  # of the kernel, which starts in an empty folder, as anywhere
    notebook = nbformat.read(book, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_a_notebook_is_kept_small_and_says_that_its_data_is_made_up(book: Path) -> None:
    assert book.stat().st_size < LARGEST
    text = book.read_text(encoding="utf-8")
    assert "illustrative" in text
    assert '"output_type": "error"' not in text
