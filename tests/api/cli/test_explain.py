"""``patithin explain`` on files."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run


def test_what_is_left_out_is_explained_where_nothing_is_named(run: Run, files: tuple[Path, Path]) -> None:
    """c2 would cost 40 km and nothing more on the tour of ``a``; left out it costs 1,000 baht."""
    said = run("explain", files[1], "--json", "why.json")
    assert said.code == 0, said.err
    assert "c2-1" in said.out
    assert "It has a place that costs 960 baht less" in said.out
    told = json.loads(Path("why.json").read_text(encoding="utf-8"))
    assert [one["visit"] for one in told] == ["c2-1"]
    assert told[0]["verdict"]["code"] == "slot-cheaper"
    assert told[0]["days"][0]["slots"][0]["baht"] == -960.0
    assert told[0]["remedies"][0]["changes"][0]["code"] == "take-slot"


def test_one_visit_in_thai_with_buddhist_years(run: Run, files: tuple[Path, Path]) -> None:
    said = run("explain", files[1], "c1-1", "--lang", "th")
    assert (said.code, "อยู่ที่นี่" in said.out) == (0, True)


def test_a_suitable_day_for_a_new_visit(run: Run, files: tuple[Path, Path]) -> None:
    said = run("explain", files[1], "--new", "c2:30:2012-08-02")
    assert said.code == 0, said.err
    assert "+40" in said.out
    assert "left out" not in said.out


def test_what_writes_nothing_needs_no_place_to_write(
    run: Run, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    assert run("explain", files[1], "--new", "c2:30:2012-08-02").code == 0
    told = run("explain", files[1], "--new", "c2:30:2012-08-02", "--json", "why.json")
    assert (told.code, "[file-unwritable]" in told.err) == (2, True)


def test_unknown_visits_are_bad_input(run: Run, files: tuple[Path, Path]) -> None:
    said = run("explain", files[1], "c9-1", "c9-2")
    assert said.code == 2
    assert said.err.count("[id-unknown]") == 2
    assert run("explain", files[1], "--new", "c2").code == 2


def test_a_name_that_nobody_bears_is_told_beside_a_value_that_cannot_be(run: Run, files: tuple[Path, Path]) -> None:
    said = run("explain", files[1], "c9-9", "--new", "c9:30:priority=9", "--seconds", -1)
    assert said.code == 2
    for cause in ("'c9-9'", "'c9'", "5 or less", "--seconds"):
        assert cause in said.err, cause


def test_ctrl_c_ends_after_what_was_found_and_promises_no_plan(
    run: Run, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from optimizer.why import explaining

    explain = explaining.explain

    def interrupted(*arguments: Any, **options: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        return explain(*arguments, **options)

    monkeypatch.setattr(explaining, "explain", interrupted)
    said = run("explain", files[1], "c1-1", "c2-1")
    assert (said.code, "what was found so far is told" in said.err, "best plan" in said.err) == (130, True, False)
