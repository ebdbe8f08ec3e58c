"""A plan read back, and why its visits stand where they do; what a notebook shows of the larger things."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from patithin import Case, InvalidInput, load, read_office, read_plan, sample


class Printer:
    """What a notebook prints with."""

    def __init__(self) -> None:
        self.said = ""

    def text(self, text: str) -> None:
        self.said += text


def codes(error: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, str]]:
    assert all(one.in_language("th").cause != one.cause for one in error.value.faults)
    return [(one.code, one.where) for one in error.value.faults]


def test_a_plan_is_read_back_as_frames(small: Case, tmp_path: Path) -> None:
    base = small.plan(0.2)
    file = tmp_path / "plan.json"
    file.write_text(base.plan.to_json(), encoding="utf-8")
    for source in (file, str(file), base.plan):
        pd.testing.assert_frame_equal(small.planned(source).visits, base.visits)
    with pytest.raises(InvalidInput) as caught:
        small.what_if(prices={"km": 99}).planned(file)
    assert codes(caught) == [("plan-broken", str(file))]
    no_plan: Any = small
    with pytest.raises(InvalidInput) as caught:
        small.planned(no_plan)
    assert codes(caught) == [("option-value", "planned")]
    with pytest.raises(InvalidInput) as caught:
        small.what_if(drop="c1").planned(base.plan)
    assert {code for code, _ in codes(caught)} == {"plan-foreign"}


def test_a_name_of_a_file_is_not_taken_for_its_text() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_plan("plan.json")
    assert codes(caught) == [("json-syntax", "input")] and 'Path("plan.json")' in caught.value.faults[0].remedy


def test_why_a_visit_stands_where_it_does(small: Case) -> None:
    base = small.plan(0.2)
    found = base.why("c1-1")
    assert found.verdict and found.crew and repr(found).count("\n") >= 2
    assert list(found.days.index) == [pd.Timestamp(day) for day in small.problem.workdays]
    open_days = found.days[found.days["possible"]]
    assert pd.Timestamp(str(base.visits.loc["c1-1", "date"])) in open_days.index and open_days["baht"].notna().all()
    assert found.days.loc[~found.days["possible"], "baht"].isna().all()
    assert found.remedies.empty and list(found.remedies.columns) == ["what", "date", "baht", "by"]
    assert base.in_language("th").why("c1-1").verdict != found.verdict
    with pytest.raises(InvalidInput) as caught:
        base.why("c1-9")
    assert codes(caught) == [("id-unknown", "why")]


def test_what_would_mend_a_visit_left_out(small: Case) -> None:
    away = {one.id: [*small.problem.workdays[:-1]] for one in small.problem.officers}
    closed = small.what_if(windows={"c1-1": "16:20-16:30"}, durations={"c1-1": 60}, absent=away)
    planned = closed.plan(0.2)
    assert not planned.visits.loc["c1-1", "planned"]
    found = planned.why("c1-1", seconds=0.2)
    assert not found.days["possible"].any() and found.days["why"].str.len().min() > 0
    assert (found.remedies["date"].dt.date.isin(small.problem.workdays)).all()


def test_a_notebook_shows_a_line_of_a_problem_and_of_a_plan(small: Case) -> None:
    for thing in (small.problem, small.plan(0.2).plan):
        printer = Printer()
        thing._repr_pretty_(printer, False)
        assert printer.said.startswith(f"{type(thing).__name__}(") and len(printer.said) < 120


def test_the_sample_offices_are_at_hand_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(load(sample()).problem.cooperatives) == 79
    assert read_office(str(sample("kalasin"))).problem.visits
    with pytest.raises(InvalidInput) as caught:
        sample("nan")
    assert codes(caught) == [("option-value", "sample")]
