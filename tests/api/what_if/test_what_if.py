"""Plans of cases, and what is read off them, with very short runs."""

from __future__ import annotations

import os
import signal
from pathlib import Path

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
    runs_of,
    solve,
)

from .conftest import silent

SHORT = 0.3


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
    assert replanned.what_if(without_cars="car2", without_officers="b").problem == few
    plan = replanned.what_if(cars=1, officers=1).plan(SHORT)
    assert violations(few, plan.plan) == []
    assert all(tour.crew == ("a",) and tour.car == "car1" for tour in plan.plan.tours)
    assert case.what_if(cars=1, officers=1).problem.officer_by_id.keys() == {"a"}  # without history they are gone
    assert case.what_if(officers=1, without_officers="b").problem.officer_by_id.keys() == {"a"}  # 1 of those who stay
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
    assert frame[["baht_km", "baht_officer_days", "baht_car_days"]].loc["c1"].tolist() == [9, 100, 25]
    assert frame[["baht_km", "baht_officer_days", "baht_car_days"]].loc["c2"].tolist() == [27, 100, 25]
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


def test_a_scheduler_that_does_not_answer_is_told(small: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(address: str, **_: object) -> None:
        raise OSError(f"Timed out trying to connect to {address}")

    with pytest.raises(InvalidInput, match="No scheduler answers at 'nowhere://x': unknown address scheme"):
        small.plan(0.31, client="nowhere://x")
    monkeypatch.setattr("distributed.Client", away)
    with pytest.raises(InvalidInput, match="Timed out") as caught:
        compare(small, seconds=0.31, client="tcp://nowhere:1", on_done=silent)
    assert [(one.code, one.where) for one in caught.value.faults] == [("option-value", "client")]
