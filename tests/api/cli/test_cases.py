"""Every input of ``tests/cases`` by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.cases import CASES, FOLDER, PROBLEMS

from api.documents import read_office_file, read_problem_file

from .conftest import Run


def test_each_input_has_its_expectation() -> None:
    assert {path.name for path in FOLDER.iterdir()} - {"README.md"} == set(CASES)


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_command_line_reads_it_right(name: str, run: Run, tmp_path: Path) -> None:
    case = CASES[name]
    if name in PROBLEMS:
        said = {
            lang: run("solve", FOLDER / name, "--seconds", "0.2", "--lang", lang, "--force") for lang in ("en", "th")
        }
    else:
        said = {lang: run("problem", FOLDER / name, "--lang", lang, "--force") for lang in ("en", "th")}
    for lang, words in zip(("en", "th"), case.words, strict=True):
        assert said[lang].code == (0 if case.sound else 2), said[lang].err
        assert words in said[lang].err
        found = [part.partition("]")[0] for part in said[lang].err.split("[")[1:]]
        assert [code for code in found if code in case.codes] == list(case.codes)
    if case.sound and name not in PROBLEMS:
        assert case.right(read_problem_file(tmp_path / "problem.json"), read_office_file(tmp_path / "office.json"))


def test_a_reason_speaks_of_all_offices(run: Run) -> None:
    """``topic-nobody-has``: there are two offices, and nobody in either knows the topic."""
    said = run("solve", FOLDER / "topic-nobody-has.json", "--seconds", "0.2", "--lang", "en")
    assert "no officer of" not in said.out
    assert "nobody" in said.out.lower() or "no officer" in said.out.lower()
