"""Ids that would be paths, or that hold what a reader cannot see, at every command that writes or is told of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.awkward import PATHS, WILD, office_of_paths, with_wild

from api.formats import Format

from .conftest import Run

ONE, TWO, THREE, FOUR, FIVE = PATHS


@pytest.fixture
def deep(tmp_path: Path) -> Path:
    """Problem and plan of paths as files, a few folders down."""
    of, made = office_of_paths()
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    (folder / "problem.json").write_text(of.to_json(), encoding="utf-8")
    (folder / "plan.json").write_text(made.to_json(), encoding="utf-8")
    return folder


@pytest.mark.parametrize("format", [*Format, "all"])
def test_no_format_leads_out_of_its_place(run: Run, tmp_path: Path, deep: Path, format: str) -> None:
    out = tmp_path / "out" / format
    out.parent.mkdir()
    said = run("export", deep / "plan.json", "--format", format, "-o", out)
    assert said.code == 0, said.err
    assert out.exists()
    assert {path.name for path in tmp_path.iterdir()} == {"deep", "out"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {format}
    assert {path.name for path in deep.iterdir()} == {"problem.json", "plan.json"}


@pytest.mark.parametrize(
    "told",
    [
        ("--absent", f"{FOUR}:2012-08-02"), ("--leaves", f"{FOUR}:2012-08-02"), ("--closed", f"{TWO}:2012-08-02"),
        ("--car-away", f"{TWO}:2012-08-02"), ("--urgent", f"{FOUR}:30"), ("--pin", ONE),
    ],
)  # fmt: skip
def test_a_change_of_any_kind_stays_in_its_folder(run: Run, tmp_path: Path, deep: Path, told: tuple[str, str]) -> None:
    more = () if told[0] != "--pin" else ("--closed", f"{TWO}:2012-08-02")
    said = run(
        "replan", deep / "plan.json", *told, *more, "--today", "2012-08-01", "--seconds", 0.1, "-o", "out/mended"
    )
    assert said.code == 0, said.err
    assert {path.name for path in tmp_path.iterdir()} == {"deep", "out"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"mended"}
    feeds = list((tmp_path / "out").rglob("*.ics"))
    assert feeds
    assert {path.parent.parent.name for path in feeds} <= {"feeds", "ics"}


def test_they_are_explained_moved_and_checked_like_any_others(run: Run, deep: Path) -> None:
    assert run("check", deep / "problem.json", deep / "plan.json").code == 0
    for visit in (ONE, TWO, FOUR):
        said = run("explain", deep / "plan.json", visit)
        assert said.code == 0, said.err
        assert visit in said.out
    moved = run("move", deep / "plan.json", f"{ONE} to 2012-08-02", "-o", deep / "here.json")
    assert moved.code == 0, moved.err


@pytest.mark.parametrize("id_", [each for each in WILD if "\ud800" not in each and "\x00" not in each])
def test_what_nobody_can_see_is_refused_and_not_repeated(run: Run, deep: Path, id_: str) -> None:
    """Said on the command line, such an id names nothing; the answer spells it in signs that can be read."""
    plan = deep / "plan.json"
    commands = [
        ("replan", plan, "--absent", f"{id_}:2012-08-02"), ("replan", plan, "--closed", f"{id_}:2012-08-02"),
        ("replan", plan, "--car-away", f"{id_}:2012-08-02"), ("replan", plan, "--missed", id_),
        ("replan", plan, "--urgent", f"{id_}:30"), ("replan", plan, "--pin", id_), ("explain", plan, id_),
        ("move", plan, f"{id_} to 2012-08-03"),
    ]  # fmt: skip
    for command in commands:
        said = run(*command)
        assert said.code == 2, command
        assert all(char.isprintable() or char == "\n" for char in said.out + said.err), command
        assert "\n" not in id_ or id_ not in said.err, command
    assert {path.name for path in deep.iterdir()} == {"problem.json", "plan.json"}


@pytest.mark.parametrize("id_", WILD)
def test_a_file_that_holds_one_is_refused_in_plain_text(run: Run, deep: Path, id_: str) -> None:
    of, _ = office_of_paths()
    for _where, data in [*with_wild(of.to_dict(), id_)][::7]:
        path = deep / "problem.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        for command in ("solve", "check"):
            said = run(command, path, *([deep / "plan.json"] if command == "check" else []))
            assert said.code == 2, command
            assert all(char.isprintable() or char == "\n" for char in said.out + said.err), command
