"""The office and the small problem that cases are made of, their plans kept in an empty folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.builders import cooperative, problem, visit

from patithin import Case, load

SAMPLE = Path(__file__).parents[3] / "data" / "khonkaen"


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATITHIN_SHELF", str(tmp_path / "plans"))


@pytest.fixture
def office() -> Case:
    """The sample office, its plans kept in an empty folder."""
    return load(SAMPLE)


@pytest.fixture
def small() -> Case:
    """A problem at hand: two officers, two cooperatives."""
    return load(problem(cooperatives=[cooperative(f"c{n}", n) for n in (1, 2)],
                        visits=[visit(f"c{n}-1") for n in (1, 2)]))  # fmt: skip


def silent(done: int, total: int) -> None:
    """No bar in tests."""
