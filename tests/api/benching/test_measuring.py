"""The figures of a run, and what a benchmark folder holds."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from support.builders import problem

from api.benching.measuring import Point, Trial, measure, parse_seeds, problems_in, read_best_known
from models.faults import InvalidInput

TRACE = (Point(0.2, None, 10.0), Point(0.5, 140.0, 10.0), Point(2.0, 101.0, 50.0), Point(5.0, 100.0, 80.0))
RUN = Trial("x", 1, cost=100.0, bound=80.0, trace=TRACE, best_known=98.0)


def test_figures_that_follow_from_the_trace() -> None:
    run = RUN
    assert run.gap == pytest.approx(0.2)
    assert run.above_best_known == pytest.approx(100 / 98 - 1)
    assert run.first_plan == 0.5
    assert run.near_final == 2.0  # 101 is within 1 % of 100
    assert run.to_dict()["near_final"] == 2.0


def test_what_is_not_known_stays_unknown() -> None:
    run = Trial("x", 1, failure="no plan")
    assert (run.gap, run.above_best_known, run.first_plan, run.near_final) == (None, None, None, None)
    assert replace(RUN, bound=None).gap is None
    assert replace(RUN, best_known=None).above_best_known is None
    assert replace(RUN, cost=0.0, bound=0.0).gap == 0.0


def test_only_problem_files_are_taken_by_name(tmp_path: Path) -> None:
    for name, text in {"b.json": problem().to_json(), "a.json": problem().to_json(), "plan.json": "{}", "bad.json": "{",
                       "list.json": "[]", "note.txt": ""}.items():  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [path.name for path in problems_in(tmp_path)] == ["a.json", "b.json"]


def test_a_folder_without_problems_is_a_fault(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(InvalidInput, match="file-missing"):
            problems_in(folder)


def test_the_best_known_table(tmp_path: Path) -> None:
    path = tmp_path / "best_known.csv"
    assert read_best_known(path) == {}
    path.write_text("instance,best_known,source\npvrp-p01,524.61,someone\nx,2,\n", encoding="utf-8")
    assert read_best_known(path) == {"pvrp-p01": 524.61, "x": 2.0}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("name,value\nx,1\n", ["column-missing", "column-missing"]),
        ("instance,best_known\nx,much\ny,2\nz\n", ["cell-value", "cell-value"]),
        ("", ["column-missing", "column-missing"]),
    ],
)
def test_every_fault_of_the_best_known_table_is_told(tmp_path: Path, text: str, faults: list[str]) -> None:
    path = tmp_path / "best_known.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_best_known(path)
    assert [fault.code for fault in caught.value.faults] == faults


def test_seeds() -> None:
    assert parse_seeds("1, 2,2,30") == (1, 2, 30)
    with pytest.raises(InvalidInput) as caught:
        parse_seeds("1,x,-2,")
    assert len(caught.value.faults) == 3
    with pytest.raises(InvalidInput):
        parse_seeds("9" * 5000)


def test_a_run_happens_in_a_process_of_its_own_and_is_refereed(tmp_path: Path) -> None:
    path = tmp_path / "tiny.json"
    path.write_text(problem().to_json(), encoding="utf-8")
    run = measure(path, seed=3, seconds=0.5, params=None, best_known=160.0)
    assert run.failure is None
    assert (run.instance, run.seed, run.planned, run.visits, run.broken) == ("tiny", 3, 2, 2, ())
    assert run.cost == pytest.approx(160.0)  # 60 km, one officer day: out 10, past the office 30, back 20
    assert run.above_best_known == pytest.approx(0.0)
    assert run.memory is not None
    assert run.memory > 50
    assert run.first_plan is not None


def test_a_problem_with_faults_fails_alone(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text(json.dumps({"format": "visit-problem/1"}), encoding="utf-8")
    run = measure(path, seed=1, seconds=0.5, params=None, best_known=None)
    assert run.failure is not None
    assert "field-missing" in run.failure
    assert run.cost is None
