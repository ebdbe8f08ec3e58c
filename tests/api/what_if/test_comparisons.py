"""Comparisons, sweeps and pictures of cases, with very short runs."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest

from api.what_if import running
from models.plan import Plan
from models.problem import Problem
from optimizer.stopping import Progress, Stop
from patithin import (
    Case,
    InvalidInput,
    Params,
    StepLimit,
    compare,
    pictures,
    runs_of,
    simulate,
    sweep,
    traced,
    trade_off,
)

from .conftest import silent

SHORT = 0.3


def test_a_comparison_is_a_table_and_a_second_look_needs_no_run(small: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "GRACE", 1e6)  # a busy machine holds a run up, and what is held up is not kept
    counts: list[tuple[int, int]] = []

    def told(done: int, total: int) -> None:
        counts.append((done, total))

    dear = small.what_if(prices={"officer_day": 360})
    table = compare(small, dear, seeds=1, seconds=SHORT, on_done=told)
    assert counts == [(0, 2), (1, 2), (2, 2)]
    assert {"baht, in all", "baht, driving", "kilometres", "hours, spread", "late workdays, priority 5"} <= set(
        table.index
    )
    name = "prices=officer_day:360"
    assert table.loc["baht, in all", (name, "change")] == pytest.approx(
        table.loc["baht, in all", (name, "mean")] - table.loc["baht, in all", ("as it is", "mean")]
    )
    assert table.loc["baht, in all", (name, "verdict")] == "too few runs"
    counts.clear()
    again = compare(small, dear, seeds=1, seconds=SHORT, on_done=told)
    assert counts == [(2, 2)]
    assert again.equals(table)
    assert runs_of(small, dear, seeds=1, seconds=SHORT, on_done=told).shape[0] == 2
    assert counts[-1] == (2, 2)
    small.plan(SHORT)  # plan and compare share their results
    assert set(traced(small, dear, seconds=SHORT).index) <= set(small.problem.visit_by_id)


def test_other_parameters_are_another_plan(small: Case) -> None:
    made = small.plan(SHORT, params=Params(ruin=2.0), workers=2, seed=3)
    assert made.plan.record is not None
    assert made.plan.record.params is not None
    assert {key: made.plan.record.params[key] for key in ("ruin", "workers", "seed")} == {
        "ruin": 2.0,
        "workers": 2,
        "seed": 3,
    }


def test_a_plan_stands_for_its_case(small: Case) -> None:
    base = small.plan(SHORT)
    fewer = small.what_if(officers=1)
    table = compare(base, fewer, seeds=1, seconds=SHORT, on_done=silent)
    assert list(dict.fromkeys(table.columns.get_level_values(0))) == ["as it is", "officers=1"]
    assert table.loc["visits placed otherwise", ("as it is", "mean")] == 0


def test_a_sweep_is_a_tidy_frame(small: Case) -> None:
    frame = sweep(small, officers=range(1, 3), seeds=2, seconds=SHORT, on_done=silent)
    assert list(frame["officers"]) == [1, 1, 2, 2]
    assert list(frame["seed"]) == [1, 2, 1, 2]
    assert frame["baht, in all"].notna().all()
    dear = trade_off(small, "km", [0, 8], seeds=1, seconds=SHORT, on_done=silent)
    assert list(dear["km"]) == [0, 8]
    assert dear["baht, driving"].iloc[0] == 0
    with pytest.raises(InvalidInput):
        sweep(small, cars=[1], officers=[1])


def test_every_picture_says_that_the_data_is_made_up(office: Case) -> None:
    made = office.plan(SHORT)
    for chart in (
        pictures.board(made),
        pictures.tours_map(made),
        pictures.cost_parts({"now": made}),
        pictures.workload(made),
        pictures.curve(pd.DataFrame({"cars": [1, 2], "baht, in all": [3.0, 2.0]}), "cars", illustrative=True),
    ):
        drawn = pictures.svg(chart)
        assert drawn.startswith("<svg")
        assert "Illustrative data" in drawn
    trace = [Progress(0.0, None, None, 0, 0.0, 0.0), Progress(1.0, 5.0, 4.0, 9, 1.0, 1.0)]
    assert "proven bound" in pictures.svg(pictures.convergence(trace))
    days = {day.isoformat() for day in made.problem.workdays}
    assert {row["date"] for row in pictures.board(made).data.values} == days


def refused(make: Callable[[], object]) -> str:
    """The place of what is refused; it can be told in Thai."""
    with pytest.raises(InvalidInput) as caught:
        make()
    (fault,) = caught.value.faults
    assert fault.code == "option-value" and fault.in_language("th").remedy != fault.remedy
    return fault.where


def test_a_picture_refuses_what_it_cannot_draw(small: Case) -> None:
    made, frame = small.plan(SHORT), pd.DataFrame({"cars": [1, 2], "baht, in all": [3.0, 2.0]})
    mistaken: dict[str, Any] = {"columns": "20120801-1", "frame": {}, "runs": made}  # as where nobody checks types
    assert refused(lambda: pictures.tours_map(made)) == "tours_map"  # it has no places
    assert refused(lambda: pictures.tours_map(made, mistaken["columns"])) == "tours_map, columns"
    assert refused(lambda: pictures.curve(frame, "car")) == "curve"
    assert refused(lambda: pictures.curve(frame, "cars", "baht")) == "curve"
    assert refused(lambda: pictures.curve(mistaken["frame"], "cars")) == "curve"
    assert refused(lambda: pictures.overruns(mistaken["runs"])) == "overruns"
    assert "<svg" in pictures.svg(pictures.overruns(simulate(made, n=10)))
    several = [made, small.what_if(officers=1).plan(SHORT)]
    assert {row["plan"] for row in pictures.cost_parts(several).data.values} == {"as it is", "officers=1"}


def test_a_list_of_cases_is_refused_with_how_to_give_them(small: Case) -> None:
    cases: Any = [small, small]
    with pytest.raises(InvalidInput) as caught:
        compare(cases)
    assert "compare(base, *cases)" in caught.value.faults[0].remedy


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Ctrl-C is heard, also where it is ignored, as by tests that a script runs in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.parametrize("to_another_thread", [False, True])
def test_given_up_the_runs_under_way_end_and_what_is_done_is_kept(
    small: Case, monkeypatch: pytest.MonkeyPatch, to_another_thread: bool
) -> None:
    ended: list[int] = []
    first, main = threading.Event(), threading.get_ident()
    real = running.solve

    def solve(problem: Problem, params: Params, stop: Stop) -> Plan:
        if params.seed == 1:
            return real(problem, params, StepLimit(20))
        assert first.wait(60)
        time.sleep(0.1)  # so that the main thread waits by now: a signal to this one does not wake it
        if to_another_thread:
            signal.raise_signal(signal.SIGINT)
        else:
            signal.pthread_kill(main, signal.SIGINT)
        patience = time.monotonic() + 60  # a signal that nobody hears fails the test, and does not hold it up for ever
        while time.monotonic() < patience:
            if stop(Progress(0.0, None, None, 0, 0.0, 0.0)):
                ended.append(params.seed)
                break
            time.sleep(0.01)
        return real(problem, params, StepLimit(20))

    def on_done(done: int, total: int) -> None:
        if done:
            first.set()

    monkeypatch.setattr(running, "solve", solve)
    monkeypatch.setattr(running.os, "cpu_count", lambda: 2)
    with pytest.raises(KeyboardInterrupt):
        compare(small, seeds=2, seconds=1e6, on_done=on_done)
    assert ended == [2]
    monkeypatch.setattr(running, "solve", None)
    assert small.plan(1e6, 1).plan.tours


def test_baht_of_cooperatives_are_told_from_kilometres_and_days(small: Case) -> None:
    frame = small.plan(SHORT).cooperatives
    parts = [name for name in frame.columns if name.startswith("baht_")]
    assert frame[parts].sum(axis=1).to_list() == pytest.approx(frame["baht"].to_list())
    assert not {"km", "officer_days"} & set(frame.columns)
