"""The page *Adding a rule*, followed word by word in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from models.rules import RULES

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "adding-a-rule.md").read_text(encoding="utf-8")


def blocks() -> list[tuple[str, str, str]]:
    """Each block of the page as (file, the line that it comes after or nothing, text)."""
    found = []
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        head, text = block.split("\n", 1)
        place, _, after = head.removeprefix("# ").partition(", after: ")
        found.append((place, after, text))
    return found


def followed(folder: Path) -> str:
    """The project with every step of the page done, in ``folder``; the last block, which checks it, is returned."""
    for part in ("models", "optimizer", "api"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "page"))
    shutil.copytree(ROOT / "tests" / "support", folder / "tests" / "support")
    *steps, (last, _, check) = blocks()
    assert last == "check"
    for place, after, text in steps:
        file = folder / place
        if not after:
            assert not file.exists()
            file.write_text(text, encoding="utf-8")
            continue
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        (at,) = [number for number, line in enumerate(lines) if line.strip() == after]
        lines.insert(at + 1, text)
        file.write_text("".join(lines), encoding="utf-8")
    return check


def test_the_page_can_be_followed(tmp_path: Path) -> None:
    check = followed(tmp_path)
    words = (
        "from api.language.findings import FINDINGS; assert len(FINDINGS['too-many-stops']) == 2\n"
        "from api.language.verdicts import SENTENCES; assert 'makes {number} stops, over {most}' in SENTENCES\n"
    )
    path = {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(tmp_path / "tests")])}
    done = subprocess.run(
        [sys.executable, "-c", check + words], cwd=tmp_path, env=os.environ | path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def named() -> set[str]:
    """The files and folders that the page names, in its text and its blocks."""
    return {place for place, _, _ in blocks()} | set(
        re.findall(r"`((?:models|optimizer|tests|api)/[\w/]+(?:\.py)?)`", PAGE)
    )


def test_what_the_page_names_is_there() -> None:
    made = {place for place, after, _ in blocks() if not after}
    for name in named() - made:
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize(
    ("rule", "reads"),
    [
        ("crew size", r"\bvisit\.crew\b|\.crew_size\b(?!\[)|\bleast_crew\b"),
        ("barred", r"\.bars\(|\.barred\b"),
        ("grid", r"\bday\.(?:step|slack)\b"),
    ],
)
def test_a_rule_stands_in_the_places_of_the_page_alone(rule: str, reads: str) -> None:
    """Rows of a search have a ``crew_size`` as well; nobody of them is asked how many officers a visit wants."""
    files = [path for part in ("models", "optimizer", "api") for path in sorted((ROOT / part).rglob("*.py"))]
    elsewhere = r"\b(?:state|best|rows|source|other|pooled)\.crew_size|models\.rules\.\w+"
    found = {
        path.relative_to(ROOT).as_posix()
        for path in files
        if re.search(reads, re.sub(elsewhere, "", path.read_text(encoding="utf-8")))
    }
    assert rule in {each.name for each in RULES}
    assert len(found) > 5
    places = named()
    assert {
        name for name in found if not any(name == place or name.startswith(f"{place}/") for place in places)
    } == set()
