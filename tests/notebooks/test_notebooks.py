"""Every notebook runs from top to bottom, with searches cut short."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"
BOOKS = sorted(FOLDER.glob("*.ipynb"))
#: bytes; a notebook with its pictures stays small enough to be looked at in a diff
LARGEST = 900_000

pytestmark = pytest.mark.filterwarnings("default")  # those of the kernel's own libraries


def test_the_notebooks_are_there() -> None:
    assert {book.stem for book in BOOKS} >= {"quarter_plan", "absence", "what_if", "capacity", "overrun", "evaluation"}


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KernelManager]:
    """A kernel for all of them in turn, in an empty folder, as anywhere: to load all that they use takes its time."""
    folder = tmp_path_factory.mktemp("kernel")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATITHIN_NOTEBOOK_SECONDS", "0.3")
        patch.setenv("PATITHIN_NOTEBOOK_SEEDS", "1")
        patch.setenv("PATITHIN_SHELF", str(folder))
        patch.setenv("IPYTHONDIR", str(folder))
        patch.setenv("PYTHONPATH", str(FOLDER.parent))
        made = KernelManager()
        made.start_kernel(cwd=str(folder))
    yield made
    made.shutdown_kernel(now=True)


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_a_notebook_runs(book: Path, kernel: KernelManager) -> None:
    notebook = nbformat.read(book, as_version=4)
    # nothing is left of the names of the notebook before
    notebook.cells.insert(0, nbformat.v4.new_code_cell("%reset -f"))
    client = NotebookClient(notebook, km=kernel, timeout=300)
    client.execute()
    client.kc.stop_channels()
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_a_notebook_is_kept_small_and_says_that_its_data_is_made_up(book: Path) -> None:
    assert book.stat().st_size < LARGEST
    text = book.read_text(encoding="utf-8")
    assert "illustrative" in text
    assert '"output_type": "error"' not in text
