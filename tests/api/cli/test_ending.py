"""Exit codes, and the list of everything that was wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from api.cli.ending import ended
from api.together import all_of, each_of
from models.faults import Fault, InvalidInput

from .conftest import Run


def wrong(where: str) -> InvalidInput:
    return InvalidInput([Fault("field-value", where, "It is wrong.", "Mend it.")])


def failing(error: BaseException) -> typer.Typer:
    """A command line whose one command raises ``error``."""
    app = typer.Typer(pretty_exceptions_enable=False)

    @app.command()
    def fail() -> None:
        raise error

    return app


@pytest.mark.parametrize("words", [("--out", ""), ("-o", " "), ("--out=",)])
def test_an_empty_path_is_not_the_folder_where_one_is(run: Run, words: tuple[str, ...], tmp_path: Path) -> None:
    said = run("plan", "office.xlsx", *words)
    assert said.code == 2
    assert "It is empty" in said.err and words[0].removesuffix("=") in said.err
    assert list(tmp_path.iterdir()) == []


def test_an_empty_word_is_named_by_what_it_is_given_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    said = run("check", "", "plan.json", "--lang", "en")
    assert (said.code, "patithin check, PROBLEM  [command-usage]" in said.err) == (2, True)
    said = run("token", "create", " ", "--lang", "th")  # --lang is none of its options: that is told, and nothing made
    assert said.code == 2
    monkeypatch.setenv("LANG", "th_TH.UTF-8")
    said = run("explain", "plan.json", "", "--json=")
    assert "patithin explain, [การเข้าส่งเสริม]..." in said.err and "patithin explain, --json" in said.err


def test_an_empty_word_on_what_happened_hides_nothing(run: Run, files: tuple[Path, Path]) -> None:
    said = run("replan", files[1], "--missed", "", "--absent", "nobody:2012-08-01")
    assert said.code == 2
    assert "--missed" in said.err and "'' cannot be read" in said.err and "nobody" in said.err


def test_a_language_that_is_none_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, code in (("xx", 2), ("en", 0), ("th_TH.UTF-8", 0), ("", 0)):
        monkeypatch.setenv("PATITHIN_LANG", name)
        said = run("--version")
        assert (said.code, "PATITHIN_LANG  [option-value]" in said.err) == (code, code == 2)


def test_every_fault_stands_on_stderr_with_code_place_cause_and_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    unknown = Fault("id-unknown", "visits[1]", "No such [b]id[/b].", "Add it.")
    error = InvalidInput([*wrong("visits[0]").faults, unknown])
    assert ended(failing(error), []) == 2
    said = capsys.readouterr()
    assert said.out == ""
    for part in ("2 things are wrong", "visits[0]", "[field-value]", "It is wrong.", "Mend it.", "No such [b]id[/b].",
                 "[id-unknown]", "Add it."):  # fmt: skip
        assert part in said.err


def test_a_crash_is_called_a_defect_and_keeps_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(failing(ZeroDivisionError("oh")), []) == 70
    said = capsys.readouterr()
    assert "ZeroDivisionError: oh" in said.err
    assert "defect" in said.err


def test_a_folder_that_is_gone_is_no_defect(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    said = run("template", "office.xlsx")
    assert (said.code, "[file-missing]" in said.err, "is gone" in said.err) == (2, True, True)


def test_an_interrupted_command_ends_with_130() -> None:
    assert ended(failing(KeyboardInterrupt()), []) == 130


def test_a_command_that_says_its_code_ends_with_it() -> None:
    assert ended(failing(typer.Exit(1)), []) == 1


def test_the_faults_of_one_reader_do_not_hide_those_of_another() -> None:
    def fails(where: str) -> int:
        raise wrong(where)

    with pytest.raises(InvalidInput) as caught:
        all_of(lambda: fails("one"), lambda: 7, lambda: fails("three"))
    assert [fault.where for fault in caught.value.faults] == ["one", "three"]
    assert all_of(lambda: 1, lambda: "two") == (1, "two")


def test_what_several_readers_stumble_over_is_told_once() -> None:
    def read(number: int) -> int:
        if number < 0:
            raise wrong("one")
        return number + 1

    with pytest.raises(InvalidInput) as caught:
        each_of(read, [1, -1, 2, -2])
    assert [fault.where for fault in caught.value.faults] == ["one"]
    assert each_of(read, [1, 2]) == [2, 3]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nonsense"], "nonsense"),
        (["plan"], "FOLDER|WORKBOOK"),
        (["plan", "x", "--seconds", "soon"], "--seconds"),
        (["plan", "x", "--lang", "fr"], "--lang"),
        (["plan", "x", "--colour", "red"], "--colour"),
        (["solve", "one", "two"], "two"),
    ],
)
def test_a_wrong_command_line_is_bad_input(run: Run, arguments: list[str], told: str) -> None:
    said = run(*arguments)
    assert said.code == 2
    assert "[command-usage]" in said.err
    assert told in said.err
    assert "--help" in said.err or "Give one of" in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("arguments", "where", "cause", "remedy"),
    [
        (["planm"], "patithin", "ไม่มีคำสั่ง planm", "หมายถึง plan"),
        (["plan"], "patithin plan", "ขาด โฟลเดอร์|สมุดงาน", "patithin plan --help"),
        (["plan", "x", "--second", "3"], "patithin plan", "ไม่มีตัวเลือก --second", "หมายถึง --seconds"),
        (["plan", "x", "--seconds", "soon"], "patithin plan, --seconds", "ต้องเป็นตัวเลข (พบ 'soon')", "--help"),
        (["plan", "x", "--phase", "visit"], "patithin plan, --phase", "visit ไม่ใช่ค่าที่เลือกได้", "หมายถึง visits"),
        (["plan", "x", "--out"], "patithin", "--out ต้องมีค่าตามหลัง", "--help"),
        (["plan", "x", "--force=1"], "patithin", "--force ไม่รับค่า", "--help"),
        (["solve", "one", "two"], "patithin solve", "two เกินมา", "--help"),
        (["serve", "--port", "70000"], "patithin serve, --port", "ต้องไม่เกิน 65535", "--help"),
        (["plan", "a\0b"], "patithin plan, โฟลเดอร์|สมุดงาน", "ใช้ค่านี้ไม่ได้", "--help"),
        (["token", "creat"], "patithin token", "ไม่มีคำสั่ง creat", "หมายถึง create"),
        (["plan", "x" * 300], "x" * 300, "เปิดไม่ได้: ชื่อยาวเกินไป", "ตรวจที่อยู่ของไฟล์"),
    ],
)
def test_a_wrong_command_line_is_told_in_thai(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], where: str, cause: str, remedy: str
) -> None:
    monkeypatch.setenv("LANG", "th_TH.UTF-8")
    said = run(*arguments)
    place, told, to_do = (line.strip() for line in said.err.splitlines()[2:5])
    assert (said.code, said.out) == (2, "")
    assert place.startswith(f"{where}  [") and told.startswith(cause) and remedy in to_do


def test_bad_options_and_bad_input_are_told_together(run: Run, broken_problem: Path) -> None:
    (Path("wrong.toml")).write_text("warmth = 3\nseed = -1\n", encoding="utf-8")
    Path("file").write_text("", encoding="utf-8")
    said = run(
        "solve", broken_problem, "-o", "file/plan.json",
        "--seconds", "-3", "--gap", "7", "--seed", "-1", "--params", "wrong.toml",
    )  # fmt: skip
    assert said.code == 2
    for part in ("broken.json, visits[0].minutes", "broken.json, visits[0].priority", "--seconds", "--gap", "--seed",
                 "warmth", "file/plan.json"):  # fmt: skip
        assert part in said.err


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf"])
def test_a_search_needs_a_finite_time(run: Run, files: tuple[Path, Path], value: str) -> None:
    said = run("solve", files[0], "--seconds", value)
    assert (said.code, "[option-value]" in said.err) == (2, True)
