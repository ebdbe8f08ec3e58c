"""A plan's record is enough to make it again."""

from __future__ import annotations

import json
from pathlib import Path

from support.builders import problem

from .conftest import Run

STATED = problem()


def _plan(run: Run, *options: str) -> Path:
    Path("problem.json").write_text(STATED.to_json(), encoding="utf-8")
    assert run("solve", "problem.json", "-o", "plan.json", *options).code == 0
    return Path("plan.json")


def test_a_deterministic_plan_comes_out_byte_for_byte(run: Run) -> None:
    _plan(run, "--seconds", "0.2", "--deterministic", "--seed", "5")
    said = run("repeat", "plan.json", "-o", "again.json")
    assert said.code == 0, said.err
    assert "byte for byte" in said.out
    assert Path("again.json").read_bytes() == Path("plan.json").read_bytes()


def test_the_record_says_how_it_was_made(run: Run) -> None:
    record = json.loads(_plan(run, "--seconds", "0.2", "--gap", "0.01").read_text(encoding="utf-8"))["record"]
    assert record["stop"] == {"seconds": 0.2, "gap": 0.01}
    assert record["params"]["workers"] == 2
    assert len(record["sources"]) == 16


def test_a_plan_that_cannot_be_made_again_says_why(run: Run) -> None:
    path = _plan(run, "--seconds", "0.2")
    told = json.loads(path.read_text(encoding="utf-8"))
    for change, why in (
        ({"record": None}, "no record"),
        ({"record": told["record"] | {"stop": None}}, "A person or a program"),
        ({"record": told["record"] | {"problem_hash": "other"}}, "--problem"),
    ):
        path.write_text(json.dumps(told | change), encoding="utf-8")
        said = run("repeat", "plan.json")
        assert said.code == 2
        assert "plan-unrepeatable" in said.err
        assert why in said.err
