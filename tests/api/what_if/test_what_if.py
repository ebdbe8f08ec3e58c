"""Cases and comparisons on the sample office, with very short runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api import pictures
from api.what_if import compare, load, traced
from api.what_if.cases import Case
from models.faults import InvalidInput
from models.referee import violations
from optimizer.stopping import Progress

SAMPLE = Path(__file__).parents[3] / "data" / "khonkaen"
SHORT = 0.3


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """The sample office, its plans kept in an empty folder."""
    monkeypatch.setenv("PATITHIN_SHELF", str(tmp_path / "plans"))
    return load(SAMPLE)


def test_cases_are_lazy_and_add_up(office: Case) -> None:
    case = office.what_if(officers=36).what_if(cars=5, prices={"km": 6}).what_if(prices={"late_day": 80})
    assert "book" not in vars(case)
    assert len(case.problem.officers) == 36
    assert {one.cars for one in case.problem.offices} == {5}
    assert (case.problem.prices.km, case.problem.prices.late_day) == (6, 80)
    assert case.name == "officers=36, cars=5, prices=km:6 late_day:80"
    assert office.name == "as it is"


def test_another_start_lays_the_visits_out_anew(office: Case) -> None:
    later = office.what_if(start="2012-08-06").problem
    assert later.workdays[0].isoformat() == "2012-08-06"
    assert all(visit.latest is None or visit.latest >= later.workdays[0] for visit in later.visits)
    away = office.what_if(absent={"o01": "2012-09-10..2012-09-11"}).problem.officer_by_id["o01"]
    assert {10, 11} <= {day.day for day in away.absent or () if day.month == 9}


@pytest.mark.parametrize("change", [{"start": "soon"}, {"absent": {"o01": "soon"}}, {"absent": {"nobody": []}}])
def test_what_cannot_be_is_a_fault(office: Case, change: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        assert office.what_if(**change).problem
    with pytest.raises(InvalidInput):
        load(SAMPLE / "nothing")


def test_a_comparison_is_a_table_and_a_second_look_needs_no_run(office: Case) -> None:
    counts: list[tuple[int, int]] = []
    dear = office.what_if(prices={"officer_day": 360})
    table = compare(office, dear, seeds=1, seconds=SHORT, on_done=lambda done, total: counts.append((done, total)))
    assert counts == [(0, 2), (1, 2), (2, 2)]
    assert {"total", "km", "kilometres", "hours, spread", "late workdays, priority 5"} <= set(table.index)
    name = "prices=officer_day:360"
    assert table.loc["total", (name, "change")] == pytest.approx(
        table.loc["total", (name, "mean")] - table.loc["total", ("as it is", "mean")]
    )
    assert table.loc["total", (name, "verdict")] == "too few runs"
    counts.clear()
    again = compare(office, dear, seeds=1, seconds=SHORT, on_done=lambda done, total: counts.append((done, total)))
    assert counts == [(2, 2)]
    assert again.equals(table)
    visits = traced(office, dear, seconds=SHORT)
    assert set(visits.index) <= set(office.problem.visit_by_id)


def test_a_plan_stands_for_the_case_that_it_was_made_of(office: Case) -> None:
    base = office.plan(seconds=SHORT)
    fewer = office.what_if(officers=36)
    table = compare(base, fewer, seeds=1, seconds=SHORT, on_done=lambda done, total: None)
    assert list(dict.fromkeys(table.columns.get_level_values(0))) == ["as it is", "officers=36"]
    visits = traced(base, fewer.plan(seconds=SHORT))
    stood = {stop.visit: tour.date for tour in base.tours for stop in tour.stops}
    assert {id_: row["before"] for id_, row in visits.iterrows() if row["before"]}.items() <= stood.items()
    stranger = base.model_copy(update={"record": None})
    with pytest.raises(InvalidInput, match="plan-foreign"):
        compare(stranger, fewer, seeds=1, seconds=SHORT)


def test_every_picture_says_that_the_data_is_made_up(office: Case) -> None:
    plan = office.plan(seconds=SHORT)
    assert violations(office.problem, plan) == []
    for chart in (
        pictures.board(plan, office.problem, office.office),
        pictures.tours_map(plan, office.problem, office.office),
        pictures.cost_parts({"now": plan}, office.office),
        pictures.workload(plan, office.problem, office.office),
    ):
        drawn = pictures.svg(chart)
        assert drawn.startswith("<svg")
        assert "Illustrative data" in drawn
    trace = [Progress(0.0, None, None, 0, 0.0, 0.0), Progress(1.0, 5.0, 4.0, 9, 1.0, 1.0)]
    assert "proven bound" in pictures.svg(pictures.convergence(trace))
