"""Every file that a command reads, in every way that a file can be no such file: told in Thai, and nothing written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.cli.ending import BAD_INPUT
from models.problem import Problem

from .conftest import Run

THAI = re.compile("[ก-๙]")
#: where the file at fault goes
JSON, TABLES = "{json}", "{tables}"
DAYS = ("--first", "2013-01-01", "--last", "2013-03-31")
COMMANDS = [
    ("plan", TABLES), ("check-office", TABLES), ("check-office", TABLES, "--mark", "marked.xlsx"), ("problem", TABLES),
    ("next", TABLES, "plan.json", "h.json", *DAYS),
    ("replan", "plan.json", "--office", TABLES, "--today", "2012-08-01"),
    ("solve", JSON, "-o", "new.json"), ("check", JSON, "plan.json"), ("check", "problem.json", JSON), ("export", JSON),
    ("export", "plan.json", "--problem", JSON), ("export", "plan.json", "--office", JSON),
    ("replan", JSON, "--absent", "a:2012-08-01"), ("diff", JSON, "plan.json"), ("diff", "plan.json", JSON),
    ("accept", JSON), ("move", JSON, "pin c1-1"), ("explain", JSON), ("explain", "plan.json", "--office", JSON),
    ("handbook", JSON), ("handbook", "plan.json", "--reports", JSON), ("evaluate", JSON, "h.json"),
    ("evaluate", "plan.json", JSON), ("readiness", JSON), ("repeat", JSON), ("bench", JSON),
]  # fmt: skip


@pytest.fixture
def wrong(tmp_path: Path) -> dict[str, list[str]]:
    """Names of files that are none: for a JSON file, and for tables."""
    contents = {
        "empty": b"", "binary": bytes(range(256)), "list": b"[]", "number": b"3", "cut": b'{"format": "visit-plan/1", ',
        "other": b'{"format": "other/1"}', "utf16": '{"format": "visit-plan/1"}'.encode("utf-16"),
    }  # fmt: skip
    for name, content in contents.items():
        for suffix in ("json", "xlsx"):
            (tmp_path / f"{name}.{suffix}").write_bytes(content)
    (tmp_path / "folder").mkdir()
    both = ["nowhere", "folder", "x" * 300, "empty.json/below"]
    return {
        JSON: [*(f"{name}.json" for name in contents), *both],
        TABLES: [*(f"{name}.xlsx" for name in contents), "empty.json", *both],
    }


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_file_that_is_none_is_told_in_thai(
    run: Run, monkeypatch: pytest.MonkeyPatch, files: tuple[Path, Path], wrong: dict[str, list[str]], tiny: Problem,
    command: tuple[str, ...], tmp_path: Path,
) -> None:  # fmt: skip
    monkeypatch.setenv("LANG", "th_TH.UTF-8")
    there = sorted(tmp_path.rglob("*"))
    kind = next(word for word in command if word in wrong)
    for name in wrong[kind]:
        said = run(*(name if word == kind else word for word in command))
        assert (said.code, "Traceback" in said.err) == (BAD_INPUT, False), (name, said.err)
        told = [line.strip() for line in said.err.splitlines() if line.startswith("    ")]
        assert len(told) >= 2 and all(THAI.search(line) for line in told), (name, told)
        assert sorted(tmp_path.rglob("*")) == there, name
