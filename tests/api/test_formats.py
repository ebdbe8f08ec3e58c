"""One list of formats: what it says is what the command line writes, the service gives and the docs tell."""

from __future__ import annotations

import re
import runpy
import sys
import types
from enum import StrEnum
from pathlib import Path

import pytest
from support.builders import on, plan, problem, tour

import api.formats
from api.cli.commands import application
from api.cli.ending import ended
from api.exports import write_everything
from api.exports.calendar import Calendar
from api.exports.editions import Edition
from api.formats import Format, Part
from models.plan import Plan
from models.problem import Problem

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def made() -> tuple[Problem, Plan]:
    """Two visits; one is planned."""
    of = problem()
    return of, plan(of, tour(of, on(1), "a", ["c1-1"]))


def test_the_page_has_every_format_as_the_list_has_it() -> None:
    text = (DOCS / "outputs.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `(.+?)` \| `(.+?)` \| (.+?) \|$", text, re.MULTILINE)
    assert rows == [(format.value, format.media, format.file, format.about) for format in Format]


@pytest.mark.parametrize("format", list(Format))
def test_the_command_line_writes_every_format(format: Format, made: tuple[Problem, Plan], tmp_path: Path) -> None:
    of, planned = made
    (tmp_path / "problem.json").write_text(of.to_json(), encoding="utf-8")
    (tmp_path / "plan.json").write_text(planned.to_json(), encoding="utf-8")
    place = tmp_path / "made" / format.file
    arguments = ["export", tmp_path / "plan.json", "--format", format, "--out", place, "--lang", "en"]
    assert ended(application(), [str(argument) for argument in arguments]) == 0
    part = Part(Calendar(planned, of, None, "en"), Edition())
    if place.is_dir():
        assert list(place.rglob("*.*"))
    else:
        assert place.read_bytes() == format.draw(part)


def test_all_of_them_are_written_into_one_folder(made: tuple[Problem, Plan], tmp_path: Path) -> None:
    of, planned = made
    write_everything(planned, of, None, tmp_path)
    assert {format.file for format in Format} | {"problem.json"} == {path.name for path in tmp_path.iterdir()}


def test_an_unknown_format_is_refused_with_the_list(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert ended(application(), ["export", str(tmp_path / "plan.json"), "--format", "pdf"]) == 2
    said = capsys.readouterr().err
    assert "There is no format 'pdf'" in said
    assert "file-missing" in said
    assert all(format in said for format in (*Format, "all"))


def test_the_list_of_formats_is_told_in_thai_as_well(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert ended(application(), ["export", str(tmp_path / "plan.json"), "--format", "foo", "--lang", "th"]) == 2
    said = capsys.readouterr().err
    assert "ไม่มีรูปแบบ 'foo'" in said
    assert f"เลือกหนึ่งอย่าง: {', '.join([*Format, 'all'])}" in " ".join(said.split())


def test_the_page_on_adding_a_format_can_be_followed(
    made: tuple[Problem, Plan], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The module of step 1 is written, the line of step 2 is added to the list, and the plan is drawn by it."""
    page = (DOCS / "adding-a-format.md").read_text(encoding="utf-8")
    module, line = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    row = re.search(r"^\| `(\w+)` \| `(.+?)` \| `(.+?)` \| (.+?) \|$", page, re.MULTILINE)
    source = Path(api.formats.__file__).read_text(encoding="utf-8")
    longer = types.ModuleType("longer_formats")
    monkeypatch.setitem(sys.modules, "longer_formats", longer)  # where its dataclass looks for its names
    marked = "    @property\n    def attached"
    assert marked in source
    exec(compile(source.replace(marked, f"{line}\n{marked}"), "longer_formats", "exec"), longer.__dict__)
    place = tmp_path / "agenda.py"
    place.write_text(module, encoding="utf-8")
    drawn = types.ModuleType("api.exports.agenda")
    drawn.__dict__.update(runpy.run_path(str(place)))
    monkeypatch.setitem(sys.modules, "api.exports.agenda", drawn)
    kinds: type[StrEnum] = longer.Format
    added = list(kinds)[-1]
    assert row is not None
    assert row.groups() == (added.value, *(getattr(added, name) for name in ("media", "file", "about")))
    of, planned = made
    text = longer.Format.agenda.draw(Part(Calendar(planned, of, None, "en"), Edition()))
    assert text.decode() == "1 Aug 2012 08:40 c1\n"
