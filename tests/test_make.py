"""The Makefile says plainly what is missing, and the locks hold exact versions of all that is needed."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from support.longest import LONGEST

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pins(name: str) -> dict[str, str]:
    """The versions in a lock, by package."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9._-]+==[0-9][a-z0-9.+!]*", line)] == []
    return {canonical(line.partition("==")[0]): line.partition("==")[2] for line in lines}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirements: list[str]) -> set[str]:
    """The packages that requirements name."""
    matches = [re.match(r"[A-Za-z0-9._-]+", requirement) for requirement in requirements]
    return {canonical(match[0]) for match in matches if match}


def test_the_locks_pin_every_requirement_and_no_package_twice() -> None:
    run, test = pins("requirements.lock"), pins("requirements-test.lock")
    assert named(PROJECT["dependencies"]) <= set(run)
    assert named(PROJECT["optional-dependencies"]["test"]) <= set(run) | set(test)
    assert not set(run) & set(test)


@pytest.mark.parametrize("name", ["requirements", "requirements-test"])
def test_every_pin_has_the_hashes_of_its_files_and_nothing_else_has(name: str) -> None:
    text = (ROOT / f"{name}.hashes").read_text(encoding="utf-8")
    entries = re.findall(r"^(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.MULTILINE)
    assert "".join(f"{pin} \\\n{hashes}" for pin, hashes in entries) == text, "no addresses, no options"
    hashed = {canonical(pin.partition("==")[0]): pin.partition("==")[2] for pin, _ in entries}
    assert hashed == pins(f"{name}.lock")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty project: its Makefile alone."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("requirements.hashes", "pyproject.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    return tmp_path


def made(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *arguments], cwd=folder, capture_output=True, text=True, check=False)


def a_python(folder: Path, script: str) -> str:
    """A program that behaves as some Python would."""
    path = folder / "some-python"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return f"PYTHON={path}"


def test_without_python_the_make_says_so(folder: Path) -> None:
    done = made(folder, "run", "PYTHON=")
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed, and none was found." in done.stderr


def test_an_old_python_is_named(folder: Path) -> None:
    done = made(folder, "run", a_python(folder, 'case "$2" in *version_info*) exit 1;; esac'))
    assert done.returncode != 0
    assert f"{folder}/some-python is older or does not start" in done.stderr


def test_a_python_without_venv_says_what_to_install(folder: Path) -> None:
    done = made(folder, "run", a_python(folder, 'case "$2" in *ensurepip*) exit 1;; esac'))
    assert done.returncode != 0
    assert "apt-get install python3-venv" in done.stderr


def test_a_venv_that_fails_leaves_nothing_behind(folder: Path) -> None:
    done = made(folder, "run", a_python(folder, 'case "$2" in venv) mkdir .venv; exit 1;; esac'))
    assert done.returncode != 0
    assert not (folder / ".venv").exists()


def test_make_alone_lists_its_targets(folder: Path) -> None:
    done = made(folder)
    assert done.returncode == 0
    assert {"make run", "make test", "make clean"} <= {line.strip()[:10].strip() for line in done.stdout.splitlines()}


def test_the_files_that_begin_first_are_there_and_do_so() -> None:
    assert [path for path in LONGEST if not (ROOT / path).exists()] == []
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "pytest -n 3 --dist loadfile --no-loadscope-reorder" in recipe, "else those with the most tests begin"
