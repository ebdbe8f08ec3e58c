"""The page *Adding an operator*, followed word by word in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "adding-an-operator.md").read_text(encoding="utf-8")


def test_the_page_can_be_followed(tmp_path: Path) -> None:
    for part in ("models", "optimizer"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests" / "support", tmp_path / "tests" / "support")
    *steps, check = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    for step in steps:
        head, text = step.split("\n", 1)
        place, _, after = head.removeprefix("# ").partition(", after: ")
        lines = (tmp_path / place).read_text(encoding="utf-8").splitlines(keepends=True)
        (at,) = [number for number, line in enumerate(lines) if line.strip() == after]
        lines.insert(at + 1, text)
        (tmp_path / place).write_text("".join(lines), encoding="utf-8")
    # a few steps of so small a problem are interpreted sooner than they are compiled
    path = {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(tmp_path / "tests")]), "NUMBA_DISABLE_JIT": "1"}
    code = "import optimizer.warmup as w, optimizer.solving as s\nw.make_ready = lambda *a, **k: False\n" + check
    run = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(run, cwd=tmp_path, env=os.environ | path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_table_of_operators_is_that_of_the_code() -> None:
    from optimizer.search.ruining import OPERATORS

    page = (ROOT / "docs" / "algorithm.md").read_text(encoding="utf-8")
    for number, operator in enumerate(OPERATORS):
        assert operator.number == number
        assert f"| {operator.name} | {operator.weight:.2f} | {operator.why}" in page
