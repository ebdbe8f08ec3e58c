"""What the help teaches, and that it costs no heavy import."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.main import get_command

from api.cli.commands import application
from api.cli.happened import FORMS
from api.cli.helping import is_example, paragraphs
from api.language.helptexts import FRAME, THAI, form

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


def test_the_help_names_each_command_that_ends_with_1(run: Run) -> None:
    page = (Path(__file__).parents[3] / "docs" / "command-line.md").read_text(encoding="utf-8")
    (row,) = re.findall(r"^\| 1 \| (.*) \|$", page, re.MULTILINE)
    for lang in ("en", "th"):
        (one,) = re.findall(r" 1 (.*?), 2 ", " ".join(run("--help", "--lang", lang).out.split()))
        assert set(re.findall(r"\b[a-z]+\b", " ".join(re.findall(r"\((.*?)\)", one)))) == set(
            re.findall(r"`(\w+)`", row)
        )


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


def loaded_by(*arguments: object) -> set[str]:
    """The modules that a command loads."""
    script = (
        "import json, sys, atexit\n"
        "atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))\n"
        "from api.cli import main\n"
        "main(sys.argv[1:])\n"
    )
    command = [sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr))


def test_the_help_imports_nothing_heavy() -> None:
    loaded = loaded_by("--help")
    assert "typer" in loaded
    assert not loaded & set(HEAVY)


def test_a_check_loads_neither_frames_nor_clients_of_web_services(files: tuple[Path, Path]) -> None:
    """They take as long as all that it needs."""
    loaded = loaded_by("check", *files)
    assert "models.referee" in loaded
    assert not loaded & {"pandas", "geopy"}


def test_what_a_terminal_cannot_write_is_no_error() -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    for arguments in (["--help"], ["solve", os.fsdecode(b"\xff\xe0.json")]):
        done = subprocess.run(
            [sys.executable, "-m", "api.cli", *arguments], env=environment, capture_output=True, check=False
        )
        assert done.returncode in (0, 2)
        assert b"Traceback" not in done.stderr


def commands() -> Iterator[Any]:
    """Every command and group, those below a group after it."""
    waiting = [get_command(application())]
    while waiting:
        command = waiting.pop()
        yield command
        waiting += getattr(command, "commands", {}).values()


def texts() -> Iterator[str]:
    """Every text of the help that is to be said in both languages."""
    for command in commands():
        yield from (each for each in paragraphs(command.help) if not is_example(each))
        for param in command.params:
            assert param.help, f"{command.name} {param.name} says nothing"
            yield param.help
            if isinstance(param.show_default, str) and not param.show_default.isdigit():
                yield param.show_default


def test_every_text_of_the_help_has_its_thai_and_no_thai_is_left_over() -> None:
    assert set(texts()) == set(THAI)
    assert all(any("ก" <= letter <= "๛" for letter in thai) for thai in (*THAI.values(), *FRAME.values()))


def test_no_phrase_is_too_long_for_a_narrow_column() -> None:
    long = [phrase for thai in THAI.values() for phrase in thai.split() if cell_len(phrase) > 30]
    assert not [phrase for phrase in long if not phrase.isascii()]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_in_thai_is_thai_with_the_same_examples(run: Run, command: str) -> None:
    english, thai = run(command, "--help").out, run("--lang", "th", command, "--help").out
    assert "วิธีใช้" in thai
    assert "ตัวเลือก" in thai
    assert not any(word in thai for word in ("Usage", "Options", "Show this", "[default", "[required]"))
    examples = [line for line in english.splitlines() if line.strip().startswith(f"patithin {command}")]
    assert examples
    assert all(line in thai.splitlines() for line in examples)
    assert run(command, "--help").out == english  # the next one is English again


def test_the_language_is_that_of_the_setting_the_option_or_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Usage" in run("--help").out
    assert "วิธีใช้" in run("--help", "--lang", "th").out
    assert "ไม่มีคำสั่ง" in run("--lang", "th", "fly").err
    monkeypatch.setenv("PATITHIN_LANG", "th")
    assert "วิธีใช้" in run("--help").out
    assert "Usage" in run("--help", "--lang", "en").out


def test_the_language_before_a_command_is_its_language_too(run: Run) -> None:
    assert "กรอกข้อมูล" in run("--lang", "th", "template", "office.xlsx").out


def test_what_stands_in_brackets_is_shown(run: Run) -> None:
    assert 'pip install "patithin[search]"' in run("search", "--help").out


@pytest.mark.parametrize("command", ["serve", "worker", "token create", *COMMANDS])
def test_no_kind_of_value_is_told_by_the_librarys_own_word(run: Run, command: str) -> None:
    shown = run(*command.split(), "--help", "--lang", "th").out
    assert not re.search(r"<(?:str|int|float|path)|{name}", shown)


def test_every_form_of_an_option_is_in_thai_words() -> None:
    forms = {param.metavar for command in commands() for param in command.params if param.metavar} | set(FORMS.values())
    assert form("OFFICER:FROM..TO") == "นักส่งเสริม:ตั้งแต่..ถึง"
    assert not [each for each in forms if re.search("[A-Z]", form(each))]  # a word without Thai is an error
