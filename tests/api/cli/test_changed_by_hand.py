"""A plan file that was changed by hand: every command tells the cost that it has, and says that the file does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run


def changed(plan: Path, **changes: Any) -> Path:
    """The plan with other keys, as ``tp.json`` beside it."""
    data = json.loads(plan.read_text(encoding="utf-8"))
    path = plan.with_name("tp.json")
    path.write_text(json.dumps(data | changes), encoding="utf-8")
    return path


@pytest.fixture
def cheap(files: tuple[Path, Path]) -> Path:
    """The tiny plan of 1,120 baht, stating 1 baht and a proof of it."""
    return changed(files[1], cost={"km": 1, "total": 1}, lower_bound=2000, status="optimal")


def test_a_comparison_is_by_the_costs_that_plans_have(run: Run, files: tuple[Path, Path], cheap: Path) -> None:
    said = run("diff", files[1], cheap)
    assert "1,120   1,120        0" in said.out
    assert "km 1.00 ≠ 20.00" in said.err and "tp.json, status" in said.err


def test_an_export_tells_the_cost_and_no_proof_that_is_none(run: Run, cheap: Path) -> None:
    said = run("export", cheap, "--format", "html", "-o", "made.html")
    assert (said.code, "tp.json, lower_bound" in said.err) == (0, True)
    page = Path("made.html").read_text(encoding="utf-8")
    assert "1,120" in page and "no plan costs less" not in page


def test_check_claims_no_proof_that_is_none(run: Run, files: tuple[Path, Path], cheap: Path) -> None:
    said = run("check", files[0], cheap)
    assert (said.code, "rule 0, cost.km" in said.out, "no plan costs less" in said.out) == (1, True, False)
    said = run("check", files[0], changed(files[1], status="optimal"))
    assert (said.code, "tp.json, status" in said.err, "no plan costs less" in said.out) == (0, True, False)


def test_an_accepted_plan_states_its_cost(run: Run, cheap: Path) -> None:
    assert run("accept", cheap, "-o", "stands").code == 0
    assert json.loads(Path("stands/plan.json").read_text(encoding="utf-8"))["cost"]["km"] == 20


@pytest.mark.parametrize("command", [("export", "tp.json", "--format", "csv"), ("diff", "plan.json", "tp.json")])
def test_a_plan_that_breaks_rules_is_told_to_do_so(
    run: Run, files: tuple[Path, Path], command: tuple[str, ...]
) -> None:
    changed(files[1], unplanned=[])
    said = run(*command)
    assert said.code == 0
    assert "[plan-broken]" in said.err and "It breaks 1 rule: " in said.err
