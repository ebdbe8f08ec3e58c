"""What is wrong with what happened comes at once: names that nobody bears beside days on which nothing can change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .conftest import Run


def told(err: str) -> set[tuple[str, str]]:
    """Place and code of every fault that was listed."""
    return set(re.findall(r"^  (--.*?)  \[([a-z-]+)\]$", err, re.MULTILINE))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            ["--absent", "z9:2012-08-02", "--absent", "b:2013-01-05"],
            {("--absent z9:2012-08-02", "id-unknown"), ("--absent b:2013-01-05", "date-order")},
        ),
        (
            ["--absent", "z9:2013-01-05"],
            {("--absent z9:2013-01-05", "id-unknown"), ("--absent z9:2013-01-05", "date-order")},
        ),
        (
            ["--absent", "a:soon", "--closed", "c2:2013-01-05..2013-01-09", "--leaves", "z9:2012-08-02"],
            {("--absent a:soon", "option-value"), ("--closed c2:2013-01-05..2013-01-09", "date-order"),
             ("--leaves z9:2012-08-02", "id-unknown")},
        ),
        (
            ["--absent", "a:2012-08-03..2012-08-01", "--cars", "nowhere:2012-08-01=1", "--today", "tomorrow"],
            {("--absent a:2012-08-03..2012-08-01", "date-order"), ("--cars nowhere:2012-08-01=1", "id-unknown"),
             ("--today", "option-value")},
        ),
        (
            ["--pin", "c9-9", "--pin", "c2-1", "--absent", "a"],
            {("--pin", "id-unknown"), ("--pin c2-1", "pin-unpublished"), ("--absent", "option-value")},
        ),
        (
            ["--absent", "z9:2012-08-02", "--begins", "2012-08-01", "--today", "2012-08-02"],
            {("--absent z9:2012-08-02", "id-unknown"), ("--begins", "date-order")},
        ),
        (
            ["--held", "c1-1:2011-08-01", "--absent", "z9:2012-08-02"],
            {("--held c1-1:2011-08-01", "date-order"), ("--absent z9:2012-08-02", "id-unknown")},
        ),
        (
            ["--absent", "a:2013-08-01", "--seconds", "-1"],
            {("--absent a:2013-08-01", "date-order"), ("--seconds", "option-value")},
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "th"])
def test_every_fault_of_what_happened_is_told_in_one_round(
    run: Run, files: tuple[Path, Path], options: list[str], expected: set[tuple[str, str]], lang: str
) -> None:
    said = run("replan", files[1], *options, "--lang", lang)
    assert said.code == 2
    assert told(said.err) == expected
    assert not Path("replan").exists()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        # whether a visit is past depends on the day that cannot be read
        (["--missed", "c1-1", "--today", "tomorrow"], {("--today", "option-value")}),
        (["--held", "c1-1:2012-08-02", "--absent", "b:soon"], {("--absent b:soon", "option-value")}),
        (["--held", "c1-1:2012-08-02", "--begins", "soon"], {("--begins", "option-value")}),
        # one that changes nothing before a day that cannot be read may change something
        (["--closed", "c2:2012-08-03", "--absent", "a:soon"], {("--absent a:soon", "option-value")}),
        (["--absent", "z9:2012-08-02", "--absent", "b:2012-08-03"], {("--absent z9:2012-08-02", "id-unknown")}),
    ],
)
def test_what_may_be_right_is_not_told_beside_what_is_not(
    run: Run, files: tuple[Path, Path], options: list[str], expected: set[tuple[str, str]]
) -> None:
    said = run("replan", files[1], *options)
    assert (said.code, told(said.err)) == (2, expected)


def test_the_plan_at_fault_is_told_beside_what_happened(run: Run, files: tuple[Path, Path]) -> None:
    files[0].unlink()
    said = run("replan", files[1], "--absent", "a:soon", "--today", "tomorrow")
    assert said.code == 2 and "[file-missing]" in said.err
    assert told(said.err) == {("--absent a:soon", "option-value"), ("--today", "option-value")}
