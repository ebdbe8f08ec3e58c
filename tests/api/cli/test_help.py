"""What the help teaches, and that it costs no heavy import."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from .conftest import Run

COMMANDS = (
    "plan",
    "problem",
    "solve",
    "check",
    "export",
    "template",
    "readiness",
    "handbook",
    "evaluate",
    "next",
    "bench",
)
HEAVY = ("numpy", "numba", "ortools", "pandas", "pydantic", "openpyxl", "xlsxwriter", "icalendar", "jinja2", "altair")


def test_the_help_names_every_command(run: Run) -> None:
    said = run("--help")
    assert said.code == 0
    assert all(f" {command} " in said.out for command in COMMANDS)
    assert "130" in said.out


def test_no_command_shows_the_help(run: Run) -> None:
    assert run().out == run("--help").out


@pytest.mark.parametrize("command", COMMANDS)
def test_each_commands_help_has_an_example_of_it(run: Run, command: str) -> None:
    said = run(command, "--help")
    assert said.code == 0
    assert said.out.count(f"patithin {command}") >= 2  # the usage line and an example


def test_version(run: Run) -> None:
    from importlib.metadata import version

    assert run("--version").out == f"patithin {version('patithin')}\n"


def test_the_help_imports_nothing_heavy() -> None:
    script = (
        "import json, sys, atexit\n"
        "atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))\n"
        "from api.cli import main\n"
        "main(['--help'])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stderr))
    assert "typer" in loaded
    assert not loaded & set(HEAVY)


def test_what_a_terminal_cannot_write_is_no_error() -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    for arguments in (["--help"], ["solve", os.fsdecode(b"\xff\xe0.json")]):
        done = subprocess.run(
            [sys.executable, "-m", "api.cli", *arguments], env=environment, capture_output=True, check=False
        )
        assert done.returncode in (0, 2)
        assert b"Traceback" not in done.stderr
