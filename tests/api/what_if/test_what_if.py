"""Cases and comparisons on the sample office, with very short runs."""

from __future__ import annotations

import datetime as dt
import os
import signal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from support.builders import cooperative, line, officer, problem, visit

from api.what_if import running
from models.plan import Cost, Plan
from models.problem import Problem
from models.referee import cost as referee_cost
from models.referee import violations
from optimizer.stopping import Progress, Stop
from patithin import (
    Absence,
    Case,
    InvalidInput,
    Params,
    Planned,
    compare,
    load,
    pictures,
    runs_of,
    solve,
    sweep,
    traced,
    trade_off,
)

SAMPLE = Path(__file__).parents[3] / "data" / "khonkaen"
SHORT = 0.3


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATITHIN_SHELF", str(tmp_path / "plans"))


@pytest.fixture
def office() -> Case:
    """The sample office, its plans kept in an empty folder."""
    return load(SAMPLE)


@pytest.fixture
def small() -> Case:
    """A problem at hand: two officers, two cooperatives."""
    return load(problem(cooperatives=[cooperative(f"c{n}", n) for n in (1, 2)],
                        visits=[visit(f"c{n}-1") for n in (1, 2)]))  # fmt: skip


def test_a_replan_keeps_what_stands_and_takes_changes_on_top(small: Case) -> None:
    first, second, third = small.problem.workdays[:3]
    base = small.plan(SHORT)
    away = small.replan(base, Absence("a", second, third), label="flu")
    assert away.name == "flu"
    assert away.problem.today == second
    assert away.problem.published is not None
    assert away.problem.published.tours == base.plan.tours
    assert away.problem.officer_by_id["a"].absent == (second, third)
    again = away.what_if(absent={"a": first}, prices={"moved": 7}).problem
    assert again.officer_by_id["a"].absent == (first, second, third)
    assert again.prices.moved == 7
    at_once = small.replan(base.plan, today=str(second), pins=["c1-1"], absent={"a": third})
    assert at_once.name == f"replan, today={second}, absent=a:{third}"
    assert at_once.problem.pins == ("c1-1",)
    assert violations(at_once.problem, at_once.plan(SHORT).plan) == []
    later = small.replan(base, Absence("a", third, third))
    sooner = later.replan(later.plan(SHORT), Absence("b", second, second))  # the first bounded itself only
    assert (later.problem.today, sooner.problem.today) == (third, second)
    said = small.replan(base, Absence("a", third, third), today=second, begins=third)
    assert said.problem.today == third
    assert said.replan(said.plan(SHORT), Absence("b", first, third)).problem.today == second
    with pytest.raises(InvalidInput) as caught:
        _ = small.replan(base, Absence("nobody", second, third)).problem
    assert "nobody" in str(caught.value)


def test_a_case_on_top_of_changes_is_replanned_with_them(small: Case) -> None:
    longer = small.what_if(durations=1.5)
    base = longer.plan(SHORT)
    day = small.problem.workdays[1]
    assert longer.replan(base, today=day).problem.visits == longer.problem.visits


def test_fewer_cars_and_officers_after_a_replan_leave_history_as_it_was() -> None:
    """Whoever the published plan names stays for its sake, and is away from then on."""
    cars = [{"id": f"car{n}", "seats": 2} for n in (1, 2)]
    case = load(
        problem(
            cooperatives=[cooperative(f"c{n}", n) for n in (1, 2)], visits=[visit(f"c{n}-1") for n in (1, 2)],
            offices=[{"id": "kk", "location": 0, "cars": cars}],
        )
    )  # fmt: skip
    days = case.problem.workdays
    one, two = (
        {"id": f"t{n}", "date": day, "office": "kk", "car": f"car{n}", "crew": [who], "depart": "09:00",
         "return": "11:00", "stops": [{"visit": f"c{n}-1", "arrive": "09:30", "start": "09:30", "end": "10:30"}]}
        for n, day, who in ((1, days[0], "a"), (2, days[1], "b"))
    )  # fmt: skip
    published = Plan.model_validate({"tours": [one, two], "leads": {"c1": "a", "c2": "b"}})
    replanned = case.replan(published, today=days[1])
    few = replanned.what_if(cars=1, officers=1).problem
    assert [car.away for car in few.offices[0].named] == [None, tuple(days[1:])]
    assert few.officer_by_id["b"].absent == tuple(days[1:])
    assert few.published == replanned.problem.published
    plan = replanned.what_if(cars=1, officers=1).plan(SHORT)
    assert violations(few, plan.plan) == []
    assert all(tour.crew == ("a",) and tour.car == "car1" for tour in plan.plan.tours)
    assert case.what_if(cars=1, officers=1).problem.officer_by_id.keys() == {"a"}  # without history they are gone
    dropped = replanned.what_if(drop=["c1-1", "c2-1"])
    assert [one.id for one in dropped.problem.visits] == ["c1-1"]  # it took place
    assert violations(dropped.problem, dropped.plan(SHORT).plan) == []


def test_capacity_as_frames(small: Case) -> None:
    """Two officers, two visits: each week has two officer-days a workday; what is used are the crews."""
    plan = small.plan(SHORT)
    workdays = pd.Series(small.problem.workdays).map(lambda day: "{}-W{:02d}".format(*day.isocalendar()[:2]))
    there = workdays.value_counts() * len(small.problem.officers)
    assert plan.weeks["there"].to_dict() == there.to_dict()
    assert plan.weeks["used"].sum() == sum(len(tour.crew) for tour in plan.plan.tours)
    assert plan.weeks.eval("there - used == free").all()
    assert (plan.topics["share"] * plan.topics["there"]).sum() == pytest.approx(plan.topics["visits"].sum())
    assert plan.districts["planned"].sum() == 2
    assert set(plan.deputies.index) == set(plan.plan.leads)
    assert list(small.shortfalls.columns) == ["topic", "first", "last", "tours_wanted", "tours_there", "share"]
    assert small.shortfalls["share"].is_monotonic_decreasing


def test_frames_of_an_empty_plan_have_their_columns(small: Case) -> None:
    none = Planned(small, Plan())
    full = small.plan(SHORT)
    for name in ("visits", "tours", "officers", "weeks", "topics"):
        assert list(getattr(none, name).columns) == list(getattr(full, name).columns)
    assert none.tours.empty


def test_frames_are_copies(small: Case) -> None:
    made = Planned(small, Plan())
    for frame in ("visits", "weeks", "topics", "districts", "deputies", "officers", "tours", "cooperatives"):
        before = getattr(made, frame).copy()
        table = getattr(made, frame)
        table["x"] = ""
        assert getattr(made, frame).equals(before)
    with pytest.warns(pd.errors.ChainedAssignmentError):  # pandas says that this never works
        small.shortfalls["share"] = 0.0
    assert small.shortfalls["share"].gt(0).any()


def test_baht_are_shown_to_the_satang_and_reckoned_to_the_last_digit(small: Case) -> None:
    costs = Cost.of(km=0.1, officer_days=0.2)
    assert (costs.total, repr(costs).endswith("total=0.3)")) == (0.1 + 0.2, True)
    frame = runs_of(small, small.what_if(prices={"km": 1 / 3}), seeds=1, seconds=SHORT, on_done=silent)
    baht = frame[[name for name in frame.columns if name.startswith("baht")]]
    assert baht.eq(baht.round(2)).all(axis=None)
    table = compare(small, small.what_if(prices={"km": 1 / 3}), seeds=2, seconds=SHORT, on_done=silent)
    means = table.xs("mean", axis=1, level=1).loc[list(baht)].astype(float)
    assert means.eq(means.round(2)).all(axis=None)


def test_a_plan_says_what_is_proven_and_nothing_where_that_says_nothing(small: Case) -> None:
    made = small.plan(SHORT).plan
    costs = Cost.of(km=100.0)
    known = made.model_copy(update={"cost": costs, "lower_bound": 90.0, "status": "feasible"})
    assert repr(Planned(small, known)) == "Planned(as it is: 2 of 2 visits, 100 baht in all, gap 10.0%)"
    far = known.model_copy(update={"lower_bound": 11.0})
    assert repr(Planned(small, far)).endswith("100 baht in all, gap not known yet)")
    assert repr(Planned(small, known.model_copy(update={"lower_bound": None}))).endswith("gap not known yet)")
    early = known.model_copy(update={"status": "cancelled"})
    assert repr(Planned(small, early)).endswith("gap 10.0%, ended early)")
    left = [{"visit": one.id, "reason": "no-officer: none"} for one in small.problem.visits]
    none = Plan.model_validate({"unplanned": left, "lower_bound": 0.0})
    assert repr(Planned(small, none)) == "Planned(as it is: 0 of 2 visits, 0 baht in all)"


def test_what_a_plan_costs_is_shared_out_over_cooperatives() -> None:
    """One tour, 9 km to c2 and 3 km on the way to c1: 18 km at 2 baht, two officers' day of 100 each, a car day of 50.

    By distance from the office c1 gets a quarter of the kilometres, c2 three; the rest is halved. c3 is left out:
    priority 1 at 1,000 baht.
    """
    case = load(
        problem(
            travel=line(0, 3, 9, 5), officers=[officer("a"), officer("b")],
            cooperatives=[cooperative(f"c{n}", n) for n in (1, 2, 3)], visits=[visit(f"c{n}-1") for n in (1, 2, 3)],
            prices={"km": 2.0, "officer_day": 100.0, "car_day": 50.0, "unplanned": 1000.0},
        )
    )  # fmt: skip
    stops = [{"visit": "c1-1", "arrive": "09:03", "start": "09:03", "end": "10:03"},
             {"visit": "c2-1", "arrive": "10:09", "start": "10:09", "end": "11:09"}]  # fmt: skip
    tour = {"id": "t1", "date": case.problem.workdays[0], "office": "kk", "crew": ["a", "b"], "depart": "09:00",
            "return": "11:18", "stops": stops}  # fmt: skip
    plan = Plan.model_validate(
        {"tours": [tour], "leads": {"c1": "a", "c2": "a"}, "unplanned": [{"visit": "c3-1", "reason": "no-car: none"}]}
    )
    frame = Planned(case, plan).cooperatives
    assert list(frame.index) == ["c3", "c2", "c1"]
    assert frame[["km", "officer_days", "car_days"]].loc["c1"].tolist() == [9, 100, 25]
    assert frame[["km", "officer_days", "car_days"]].loc["c2"].tolist() == [27, 100, 25]
    assert frame["km_away"].dropna().to_dict() == {"c1": 3, "c2": 9}
    assert frame["left_out"].to_dict() == {"c1": 0, "c2": 0, "c3": 1}
    assert frame["baht"].sum() == pytest.approx(referee_cost(case.problem, plan).total)


def test_shortage_and_risks_are_at_hand(small: Case) -> None:
    short = small.shortage()
    assert (short.least, short.proven, short.thin_out) == (0, True, ())
    made = small.plan(SHORT)
    risk = made.risks(made.plan.tours[0].crew[0].upper(), seconds=0.1)
    assert list(risk["officer"].unique()) == [made.plan.tours[0].crew[0]]
    assert (risk["moved"] + risk["lost"]).ge(0).all()
    with pytest.raises(InvalidInput, match="no officer"):
        made.risks("nobody")


def test_a_replanned_plan_is_held_against_the_one_that_stood() -> None:
    """Two officers, one visit on each of two days; a visit moved to another day costs 100 baht.

    Officer a, who alone knows topic x, was to visit c1 on the first day and is away then: the visit moves (100 baht).
    """
    case = load(
        problem(
            officers=[officer("a", "x"), officer("b")], cooperatives=[cooperative("c1", 1)],
            visits=[visit("c1-1", topics=["x"])], prices={"moved": 100.0, "unplanned": 10_000.0, "km": 1.0},
        )
    )  # fmt: skip
    day, *later = case.problem.workdays
    tour = {"id": "t1", "date": day, "office": "kk", "crew": ["a", "b"], "depart": "09:00", "return": "11:00",
            "stops": [{"visit": "c1-1", "arrive": "09:30", "start": "09:30", "end": "10:30"}]}  # fmt: skip
    published = Plan.model_validate({"tours": [tour], "leads": {"c1": "a"}})
    away = case.replan(published, Absence("a", day, day), today=day)
    made = away.plan(SHORT)
    assert case.plan(SHORT).stood is None
    assert made.stood is not None
    assert made.stood.moved == 0
    assert made.plan.tours[0].date in later
    assert made.cost.total - made.stood.total == pytest.approx(100)
    assert "+100 against the plan that stood" in repr(made)
    frame = runs_of(case, away, seeds=1, seconds=SHORT, on_done=silent)
    assert list(frame["baht, against the plan that stood"]) == [0, pytest.approx(100)]
    assert "baht, against the plan that stood" not in runs_of(case, seeds=1, seconds=SHORT, on_done=silent)


def test_an_interrupt_keeps_the_best_plan_and_leaves_nothing_on_the_shelf(
    office: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(stated: Problem, params: Params, stop: Stop) -> Plan:
        def press(progress: Progress) -> None:
            if progress.best is not None and not pressed:
                pressed.append(True)
                os.kill(os.getpid(), signal.SIGINT)

        pressed: list[bool] = []
        return solve(stated, params, stop, on_progress=press)

    monkeypatch.setattr(running, "solve", interrupted)
    before = signal.getsignal(signal.SIGINT)
    made = office.plan(600)
    assert made.plan.status == "cancelled"
    assert violations(made.problem, made.plan) == []
    assert repr(made).endswith("ended early)")
    assert list((tmp_path / "plans").glob("*")) == []
    assert signal.getsignal(signal.SIGINT) is before


def silent(done: int, total: int) -> None:
    """No bar in tests."""


def test_cases_add_up(office: Case) -> None:
    case = office.what_if(officers=36).what_if(cars=5, prices={"km": 6}).what_if(prices={"late_day": 80})
    assert len(case.problem.officers) == 36
    assert (case.problem.prices.km, case.problem.prices.late_day) == (6, 80)
    assert case.name == "officers=36, cars=5, prices=km:6, prices=late_day:80"
    assert office.name == "as it is"
    assert office.what_if(officers=36, label="fewer").name == "fewer"


def test_a_second_absence_adds_to_the_first(small: Case) -> None:
    first, second = small.problem.workdays[:2]
    case = small.what_if(absent={"a": first}).what_if(absent={"a": f"{second}..{second}"})
    assert case.problem.officer_by_id["a"].absent == (first, second)


def test_another_start_lays_the_visits_out_anew(office: Case) -> None:
    later = office.what_if(start="2012-08-06").problem
    assert later.workdays[0].isoformat() == "2012-08-06"
    assert all(one.latest is None or one.latest >= later.workdays[0] for one in later.visits)


def test_a_horizon_of_a_problem_at_hand_keeps_its_days_within(small: Case) -> None:
    days = small.problem.workdays
    assert small.what_if(start=days[1], end=pd.Timestamp(days[2])).problem.workdays == days[1:3]


def edit_longer(stated: Problem) -> Problem:
    return stated.changed(day=stated.day.model_copy(update={"end": 18 * 60.0}))


def test_everything_that_a_problem_holds_can_be_changed() -> None:
    small = load(problem(officers=[officer("a"), officer("b") | {"topics": ["debt"]}],
                         cooperatives=[cooperative(f"c{n}", n) for n in (1, 2)],
                         visits=[visit(f"c{n}-1") for n in (1, 2)]))  # fmt: skip
    stated = small.problem
    day = stated.workdays[0]
    topic = "debt"
    assert topic in small.what_if(topics={"a": [topic]}).problem.officer_by_id["a"].topics
    assert small.what_if(durations=1.5).problem.visits[0].minutes == 1.5 * stated.visits[0].minutes
    assert small.what_if(durations={"c2": 7}).problem.visit_by_id["c2-1"].minutes == 7
    assert small.what_if(windows={"c1": "09:00-10:00"}).problem.visit_by_id["c1-1"].windows == ((540, 600),)
    assert small.what_if(travel=2).problem.travel.km[0][1] == 2 * stated.travel.km[0][1]
    matrix = np.full((len(stated.travel.km), len(stated.travel.km)), 7.0)
    assert small.what_if(travel={"km": matrix}).problem.travel.km[0][1] == 7
    assert small.what_if(drop="c1").problem.visits_of["c1"] == ()
    more = small.what_if(add=[{"cooperative": "c1", "minutes": 30, "priority": 2}]).problem
    assert [one.id for one in more.visits_of["c1"]] == ["c1-1", "c1-2"]
    assert len(small.what_if(cars={str(day): 0}).problem.cars("kk", day)) == 0
    assert small.what_if(slack=5).problem.day.slack_minutes == 5
    assert small.what_if(edit_longer).name == "edit_longer"
    assert small.what_if(edit_longer).problem.day.end == 18 * 60


def test_officers_by_topic() -> None:
    able = [officer("a", topics=["debt"]), officer("b", topics=["debt", "audit"]), officer("c", topics=["audit"])]
    case = load(problem(officers=able))
    fewer = case.what_if(officers={"debt": 1}).problem
    assert [one.id for one in fewer.officers] == ["a", "c"]
    more = case.what_if(officers={"audit": 3}).problem
    assert [one.id for one in more.officers if "audit" in one.topics] == ["b", "c", "b+2"]


def test_districts_are_counted_as_another_one(office: Case) -> None:
    assert office.office is not None
    names = list(dict.fromkeys(row.district_en for row in office.office.cooperatives))
    merged = office.what_if(districts={names[1]: names[0]})
    assert merged.office is not None
    assert names[1] not in {row.district_en for row in merged.office.cooperatives}
    assert merged.problem.hash == office.problem.hash


@pytest.mark.parametrize(
    "change",
    [
        {"start": "soon"},
        {"absent": {"a": "soon"}},
        {"absent": {"nobody": []}},
        {"officers": -1},
        {"officers": {"flying": 2}},
        {"cars": {"somewhere": 2}},
        {"cars": -1},
        {"prices": {"petrol": 1}},
        {"prices": {"km": -1}},
        {"prices": {"km": float("nan")}},
        {"durations": {"c9": 3}},
        {"durations": -1},
        {"windows": {"c1": "noon"}},
        {"travel": {"miles": 1}},
        {"travel": {"km": [[0, 1]]}},
        {"drop": ["c9"]},
        {"add": [{"cooperative": "c1"}]},
        {"topics": {"nobody": ["debt"]}},
    ],
)
def test_what_cannot_be_is_a_fault(small: Case, change: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        small.what_if(**change)
    with pytest.raises(InvalidInput):
        load(SAMPLE / "nothing")


def test_frames_have_real_dates_and_names(office: Case) -> None:
    made = office.plan(SHORT)
    assert violations(made.problem, made.plan) == []
    assert list(made.visits.index) == [one.id for one in made.problem.visits]
    assert str(made.visits["start"].dtype).startswith("datetime64")
    planned = made.visits[made.visits["planned"]]
    assert (planned["start"].dt.normalize() == planned["date"]).all()
    assert made.tours["stops"].sum() == len(planned)
    assert made.officers["hours"].sum() == pytest.approx(
        sum(tour.worked * len(tour.crew) for tour in made.plan.tours) / 60
    )
    assert made.visits["name"].iloc[0].startswith("Sample cooperative")
    assert made.in_language("th").visits["name"].iloc[0].startswith("สหกรณ์ตัวอย่าง")
    assert len(repr(made)) < 150
    assert "Illustrative data" in made._repr_html_()


def test_a_comparison_is_a_table_and_a_second_look_needs_no_run(small: Case) -> None:
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


def test_a_map_needs_places(small: Case) -> None:
    with pytest.raises(ValueError, match="places"):
        pictures.tours_map(small.plan(SHORT))


def test_a_file_of_a_problem_is_a_case_too(small: Case, tmp_path: Path) -> None:
    path = tmp_path / "problem.json"
    path.write_text(small.problem.to_json(), encoding="utf-8")
    assert load(path).problem.hash == small.problem.hash
    assert load(str(path)).what_if(start=dt.date(2012, 8, 2)).problem.workdays[0] == dt.date(2012, 8, 2)
