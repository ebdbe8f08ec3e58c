"""No file is called as another kind of file than it is, whichever command writes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.builders import on, plan, problem, tour

from .conftest import Run

SAMPLE = str(Path(__file__).parents[3] / "data" / "khonkaen")


@pytest.fixture
def _made(run: Run) -> None:
    from api.exports import write_everything

    of = problem()
    made = plan(of, tour(of, on(1), "a", ["c1-1"]), tour(of, on(2), "b", ["c2-1"]))
    write_everything(made, of, None, Path("out"), "en")


@pytest.mark.usefixtures("_made")
@pytest.mark.parametrize(
    ("command", "meant"),
    [
        (["export", "out", "--format", "xlsx", "-o", "made.csv"], ".xlsx"),
        (["export", "out", "--format", "html", "-o", "made.pdf"], ".html"),
        (["export", "out", "--format", "csv", "-o", "made.xlsx"], ".csv"),
        (["export", "out", "--format", "ics", "-o", "made.xlsx"], "folder"),
        (["export", "out", "--format", "all", "-o", "made.xlsx"], "folder"),
        (["problem", SAMPLE, "-o", "made.xlsx"], ".json"),
        (["solve", "out/problem.json", "-o", "made.html"], ".json"),
        (["plan", SAMPLE, "-o", "made.xlsx"], "folder"),
        (["move", "out", "pin c1-1", "-o", "made.xlsx"], ".json"),
        (["replan", "out", "--absent", "a:2012-08-01", "-o", "made.html"], "folder"),
        (["accept", "out", "-o", "made.xlsx"], "folder"),
        (["diff", "out", "out", "-o", "made.html"], ".txt"),
        (["diff", "out", "out", "--format", "html", "-o", "made.json"], ".html"),
        (["diff", "out", "out", "--format", "json", "-o", "made.html"], ".json"),
        (["repeat", "out", "-o", "made.csv"], ".json"),
        (["readiness", "out", "-o", "made.pdf"], ".html"),
        (["readiness", "out", "-o", "made.zz"], ".html"),
        (["handbook", "out", "-o", "made.csv"], ".xlsx"),
        (["handbook", "out", "-o", "made.zz"], ".xlsx"),
        (["explain", "out", "--json", "made.zz"], ".json"),
        (["template", "made.csv"], ".xlsx"),
        (["evaluate", "out", "handbook.xlsx", "-o", "made.html"], "folder"),
        (["next", SAMPLE, "out", "handbook.xlsx", "--first", "2012-11-01", "--last", "2012-12-01", "-o", "made.xlsx"],
         "folder"),
    ],
)  # fmt: skip
def test_a_name_that_says_another_kind_of_file_is_refused(run: Run, command: list[str], meant: str) -> None:
    said = run(*command, "--lang", "en")
    assert said.code == 2
    assert "option-value" in said.err
    assert meant in said.err
    assert not [path for path in Path().iterdir() if path.name.startswith("made")]


@pytest.mark.usefixtures("_made")
@pytest.mark.parametrize("name", ["made.json", "made", "made.2"])
def test_own_endings_and_none_are_taken(run: Run, name: str) -> None:
    assert run("move", "out", "pin c1-1", "-o", name).code == 0
    assert Path(name).is_file()
