"""Lines of a next quarter's tables that the planner refuses, read from a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.faults import InvalidInput
from models.next_quarter.changes import Change, read_refused


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("key,accept\nissues/zz/*,no\n", "id-unknown"),
        ("key,accept\nissues/i2/*,perhaps\n", "cell-value"),
        ("name,accept\nx,no\n", "column-missing"),
        ('key,accept\n"x,no\n', "file-unreadable"),
    ],
)
def test_a_broken_file_of_refusals_is_told(text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    known = [Change("issues", "i2", None, "i2", None, "solved")]
    with pytest.raises(InvalidInput) as caught:
        read_refused(tmp_path / "mine.csv", known)
    assert [fault.code for fault in caught.value.faults] == [code]
