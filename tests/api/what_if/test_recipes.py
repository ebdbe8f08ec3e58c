"""The code of the page on what-ifs runs as it is written, with searches cut short."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import patithin
from api.what_if import cases, comparing, sweeping

ROOT = Path(__file__).parents[3]
BLOCKS = re.findall(r"^```python\n(.*?)^```$", (ROOT / "docs" / "what-ifs.md").read_text(encoding="utf-8"), re.M | re.S)


def test_every_recipe_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATITHIN_SHELF", str(tmp_path))
    monkeypatch.chdir(ROOT)
    short = 0.2
    monkeypatch.setattr(
        cases.Case, "plan", lambda self, seconds=short, *a, plan=cases.Case.plan, **k: plan(self, short, *a, **k)
    )
    names: dict[str, Any] = {}
    for name, module in (("compare", comparing), ("traced", comparing), ("sweep", sweeping), ("trade_off", sweeping)):
        monkeypatch.setattr(patithin, name, partial(getattr(module, name), seconds=short))
    names["problem"] = patithin.load("data/khonkaen").problem
    text = "\n".join(BLOCKS)
    assert "sweep(office, cars=range(4, 11), seeds=3)" in text
    exec(text.replace("range(4, 11), seeds=3", "range(4, 6), seeds=1").replace("seeds=5", "seeds=1"), names)
    assert len(names["frame"]) == 2
    assert set(names["imagined"]) == {"slack 0", "slack 5", "slack 10"}
