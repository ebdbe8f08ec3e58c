"""``patithin solve`` and ``check`` on files, with the real optimizer."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from support.builders import cooperative, line, officer, on, plan, problem, tour, visit

from models.problem import Problem
from models.reading import read_plan, read_problem
from models.referee import violations

from .conftest import Run


def test_a_problem_file_becomes_a_plan_file(run: Run, files: tuple[Path, Path]) -> None:
    said = run("solve", files[0], "-o", "made/plan.json", "--seconds", 0.3)
    assert said.code == 0
    made = read_plan(Path("made/plan.json"), read_problem(files[0]))
    assert violations(read_problem(files[0]), made) == []
    assert "2 of 2" in said.out
    assert "made/plan.json" in said.out
    assert "best 1" in said.err  # progress goes to stderr
    assert [path.name for path in Path("made").iterdir()] == ["plan.json"]


def test_a_seed_with_deterministic_work_makes_the_same_bytes(run: Run, files: tuple[Path, Path]) -> None:
    made = []
    for name in ("one.json", "two.json"):
        assert run("solve", files[0], "-o", name, "--seconds", 0.2, "--deterministic", "--seed", 7).code == 0
        made.append(Path(name).read_bytes())
    assert made[0] == made[1]
    assert read_plan(Path("one.json")).record is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "json-syntax"),
        ("{", "json-syntax"),
        ("[]", "json-shape"),
        ("{}", "format-unknown"),
        ('{"format": "visit-plan/1"}', "format-unknown"),
        ('{"format": "visit-problem/1"}', "field-missing"),
    ],
)
def test_what_is_no_problem_is_bad_input(run: Run, text: str, code: str) -> None:
    Path("problem.json").write_text(text, encoding="utf-8")
    said = run("solve", "problem.json", "-o", "plan.json")
    assert (said.code, f"[{code}]" in said.err) == (2, True)
    assert "problem.json" in said.err
    assert not Path("plan.json").exists()


def test_bytes_that_are_no_text_are_bad_input(run: Run) -> None:
    Path("problem.json").write_bytes(b"\xff\xfe\x00\xd8")
    said = run("solve", "problem.json")
    assert (said.code, "[file-unreadable]" in said.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("plan", "problem.json"), "a problem file is planned by the command solve"),
        (("check-office", "office/visits.csv"), "Give the office folder that holds it."),
        (("check-office", "office/notes.txt"), "Give an office folder, or save the workbook as .xlsx."),
        (("solve", "office"), "Name a problem file; the command problem makes one of an office."),
        (("solve", "office.xlsx"), "Name a problem file; the command problem makes one of an office."),
        (("solve", "plan.json"), "Name the file of the problem, as problem.json."),
        (("check", "problem.json", "problem.json"), "Name the file of the plan, as plan.json."),
        (("check", "problem.json", "office.xlsx"), "Name the file of the plan, as plan.json."),
        (("solve", "problem.json", "--params", "office"), "Name a file in it."),
    ],
)
def test_what_belongs_elsewhere_is_told_as_that(run: Run, arguments: tuple[str, ...], remedy: str) -> None:
    """An office, a problem and a plan are easily taken for each other."""
    Path("office").mkdir()
    for name in ("office/visits.csv", "office/notes.txt", "office.xlsx"):
        Path(name).write_text("", encoding="utf-8")
    stated = problem()
    Path("problem.json").write_text(stated.to_json(), encoding="utf-8")
    Path("plan.json").write_text(plan(stated, tour(stated, on(1), "a", ["c1-1"])).to_json(), encoding="utf-8")
    said = run(*arguments)
    assert (said.code, remedy in " ".join(said.err.split())) == (2, True)


def test_missing_files_and_folders_are_bad_input(run: Run) -> None:
    assert "[file-missing]" in run("solve", "nowhere.json").err
    said = run("check", "nowhere.json", "neither.json")
    assert said.code == 2
    assert "nowhere.json" in said.err
    assert "neither.json" in said.err
    Path("folder").mkdir()
    assert run("solve", "folder").code == 2


def test_check_is_clean_for_a_plan_that_keeps_every_rule(run: Run, files: tuple[Path, Path]) -> None:
    said = run("check", *files)
    assert said.code == 0
    assert "Every rule is kept" in said.out
    assert "1,120" in said.out
    assert "ครบทุกข้อกำหนด" in run("check", *files, "--lang", "th").out


def test_check_names_every_broken_rule(run: Run, files: tuple[Path, Path]) -> None:
    text = files[1].read_text(encoding="utf-8")
    text = text.replace('"total": 1120.0', '"total": 1.0').replace('"date": "2012-08-01"', '"date": "2012-08-09"')
    files[1].write_text(text, encoding="utf-8")
    said = run("check", *files)
    assert said.code == 1
    assert "rule 2" in said.out
    assert "is not on a workday" in said.out
    assert "cost.total: is stated as 1.00 baht, but is 1120.00" in said.out.replace("\n", " ")
    assert "2 broken rules" in said.out


def test_check_takes_no_plan_of_another_problem(run: Run, files: tuple[Path, Path]) -> None:
    Path("other.json").write_text(problem(visits=[visit("c1-9")]).to_json(), encoding="utf-8")
    said = run("check", "other.json", files[1])
    assert said.code == 2
    assert "[plan-foreign]" in said.err


def test_a_plan_of_another_problem_is_told_once(run: Run, files: tuple[Path, Path]) -> None:
    foreign = json.loads(files[1].read_text(encoding="utf-8"))
    foreign["unplanned"] = [{"visit": f"strange-{number}", "reason": "not-chosen: left out."} for number in range(40)]
    Path("foreign.json").write_text(json.dumps(foreign), encoding="utf-8")
    said = run("check", files[0], "foreign.json")
    assert said.code == 2
    assert said.err.count("[plan-foreign]") == 1
    assert "has not 40 of the plan's names, such as 'strange-0'" in said.err.replace("\n   ", "")


def busy() -> Problem:
    """Forty cooperatives on a road: more than is proven optimal in the blink of an eye."""
    number = 40
    return problem(
        cooperatives=[cooperative(f"c{i}", i + 1) for i in range(number)],
        visits=[visit(f"c{i}-1", minutes=45 + i) for i in range(number)],
        officers=[officer(name) for name in "abcdefgh"],
        travel=line(0, *((-1) ** i * (3 + i) for i in range(number))),
    )


def started(script: str, tmp_path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_writes_the_best_plan_so_far(tmp_path: Path, number: signal.Signals) -> None:
    stated = busy()
    (tmp_path / "problem.json").write_text(stated.to_json(), encoding="utf-8")
    script = "from api.cli import main; main(['solve', 'problem.json', '-o', 'plan.json', '--seconds', '3600'])"
    with started(script, tmp_path) as process:
        assert process.stderr is not None
        while "best" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Press Ctrl-C again" in err
    made = read_plan(tmp_path / "plan.json", stated)
    assert made.status == "cancelled"
    assert violations(stated, made) == []
    assert "plan.json" in out
    assert {path.name for path in tmp_path.iterdir()} == {"problem.json", "plan.json"}


def test_a_second_ctrl_c_gives_up_at_once_and_leaves_no_trace(tmp_path: Path) -> None:
    """The solve of this test hears nothing: only giving up can end it."""
    (tmp_path / "problem.json").write_text(problem().to_json(), encoding="utf-8")
    (tmp_path / "plan.json").write_text("the plan before", encoding="utf-8")
    script = """
        import sys, threading
        import optimizer.solving

        def deaf(*arguments, **options):
            print("deaf", file=sys.stderr, flush=True)
            threading.Event().wait()

        optimizer.solving.solve = deaf
        from api.cli import main
        main(["solve", "problem.json", "-o", "plan.json", "--force"])
    """
    with started(script, tmp_path) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "deaf\n"
        process.send_signal(signal.SIGINT)
        assert "Press Ctrl-C again" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 130
    assert (tmp_path / "plan.json").read_text(encoding="utf-8") == "the plan before"
    assert {path.name for path in tmp_path.iterdir()} == {"problem.json", "plan.json"}
