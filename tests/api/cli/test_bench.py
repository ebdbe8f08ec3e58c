"""``patithin bench`` on a folder of tiny problems."""

from __future__ import annotations

import json
from pathlib import Path

from support.builders import problem

from .conftest import Run


def test_a_folder_is_measured_and_one_bad_problem_does_not_stop_the_rest(run: Run) -> None:
    folder = Path("problems")
    folder.mkdir()
    (folder / "tiny-1.json").write_text(problem().to_json(), encoding="utf-8")
    (folder / "bad-1.json").write_text('{"format": "visit-problem/1"}', encoding="utf-8")
    (folder / "best_known.csv").write_text("instance,best_known\ntiny-1,160\n", encoding="utf-8")
    said = run("bench", folder, "--seconds", 0.3, "--seeds", "4,5", "--out", "results")
    assert said.code == 1  # one problem failed
    assert {path.name for path in Path("results").iterdir()} == {"results.md", "results.json", "results.svg"}
    runs = json.loads(Path("results/results.json").read_text(encoding="utf-8"))["runs"]
    assert [(one["instance"], one["seed"]) for one in runs] == [
        ("bad-1", 4), ("bad-1", 5), ("tiny-1", 4), ("tiny-1", 5),
    ]  # fmt: skip
    assert [one["cost"] for one in runs] == [None, None, 160.0, 160.0]
    assert "[field-missing]" in runs[0]["failure"]
    page = Path("results/results.md").read_text(encoding="utf-8")
    assert "| tiny | 2 |" in page
    assert page in said.out


def test_every_fault_of_the_input_is_told_before_anything_runs(run: Run) -> None:
    said = run("bench", "nowhere", "--seconds", "0", "--seeds", "x", "--params", "none.toml")
    assert said.code == 2
    for part in ("nowhere", "--seconds", "--seeds", "none.toml"):
        assert part in said.err
