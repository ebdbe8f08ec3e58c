"""Running the command line in this process, and small files to run it on."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from support.builders import officer, on, parts, plan, problem, tour

from api.cli import ending
from api.cli.commands import application
from api.cli.ending import ended
from models.plan import Plan
from models.problem import Problem


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]

_get_command = cache(ending.get_command)
_application = cache(application)


def _command(app: typer.Typer) -> Any:
    """A copy of the command, since it is put into a language: making all commands takes four times as long."""
    return deepcopy(_get_command(app))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs ``patithin`` with some arguments, in an empty folder and an English terminal."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setattr(ending, "get_command", _command)

    def call(*arguments: object) -> Ended:
        capsys.readouterr()
        code = ended(_application(), [str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return call


@pytest.fixture
def tiny() -> Problem:
    """Two cooperatives on a road, 10 km and 20 km from the office; only officer ``a`` is anywhere near a fair share."""
    return problem(officers=[officer("a", fair_hours=2), officer("b")])


@pytest.fixture
def tiny_plan(tiny: Problem) -> Plan:
    """``a`` drives to c1 alone, 10 km there and back; c2 is left out: 20 + 100 + 1,000 baht."""
    return plan(tiny, tour(tiny, on(1), "a", ["c1-1"]))


@pytest.fixture
def files(tmp_path: Path, tiny: Problem, tiny_plan: Plan) -> tuple[Path, Path]:
    """The tiny problem and its plan, written as files."""
    paths = tmp_path / "problem.json", tmp_path / "plan.json"
    paths[0].write_text(tiny.to_json(), encoding="utf-8")
    paths[1].write_text(tiny_plan.to_json(), encoding="utf-8")
    return paths


@pytest.fixture
def broken_problem(tmp_path: Path) -> Path:
    """A problem file with two faults."""
    import json

    path = tmp_path / "broken.json"
    data = parts(visits=[{"id": "v", "cooperative": "nobody", "seq": 1, "minutes": -5, "priority": 9}])
    path.write_text(json.dumps(data, default=str), encoding="utf-8")
    return path
