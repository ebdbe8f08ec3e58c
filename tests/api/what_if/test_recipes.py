"""The code of the pages on what-ifs runs as it is written, with searches cut short."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import patithin
from api.what_if import cases, comparing, sweeping

ROOT = Path(__file__).parents[3]
SHORT = 0.2


def run(page: str, names: dict[str, Any], *shorter: tuple[str, str]) -> dict[str, Any]:
    """What the code of a page leaves behind, run with the replacements in ``shorter``."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"^```python\n(.*?)^```$", text, re.M | re.S))
    for longer, short in (*shorter, ("seeds=5", "seeds=1"), ("seeds=4", "seeds=1")):
        assert longer in code or longer.startswith("seeds")
        code = code.replace(longer, short)
    exec(code, names)
    return names


@pytest.fixture(autouse=True)
def _short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATITHIN_SHELF", str(tmp_path))
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(
        cases.Case, "plan", lambda self, seconds=SHORT, *a, plan=cases.Case.plan, **k: plan(self, SHORT, *a, **k)
    )
    for name, module in (("compare", comparing), ("traced", comparing), ("sweep", sweeping), ("trade_off", sweeping)):
        monkeypatch.setattr(patithin, name, partial(getattr(module, name), seconds=SHORT))


def test_the_page_on_what_ifs_runs() -> None:
    names = run("what-ifs.md", {})
    assert names["both"].name.endswith("absent=o09:2012-09-03..2012-09-07")
    assert names["absence"].problem.published is not None


def test_every_recipe_runs() -> None:
    stated = patithin.load("data/khonkaen").problem
    names = run("recipes.md", {"problem": stated}, ("range(4, 11), seeds=3", "range(4, 6), seeds=1"))
    assert len(names["frame"]) == 2
    assert set(names["imagined"]) == {"slack 0", "slack 5", "slack 10"}
    assert names["case"].problem.visits_of["c013"] == ()
    assert names["flu"].problem.today is not None
    assert len(names["doubled"].problem.visits) == len(names["office"].problem.visits) + len(names["audits"])


def test_there_are_twelve_recipes() -> None:
    text = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
    assert [int(number) for number in re.findall(r"^\*\*(\d+)\. ", text, re.M)] == list(range(1, 13))
