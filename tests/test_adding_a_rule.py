"""The page *Adding a rule*, followed word by word in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

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


def test_what_the_page_names_is_there() -> None:
    for name in re.findall(r"`((?:models|optimizer|tests|api)/[\w/]+(?:\.py)?)`", PAGE):
        made = {place for place, after, _ in blocks() if not after}
        assert name in made or (ROOT / name).exists(), name
