"""The measurements of scale and endurance work; what they come to is for a quiet machine to say."""

from __future__ import annotations

from itertools import pairwise

from support.builders import problem

from api.pictures.drawing import svg
from benchmarks import ablation, endurance, over_time, scale, workers
from optimizer.instance import frame


def test_a_larger_office_is_solved_and_told() -> None:
    scaled = scale.scaling(80, [2.0, 1.0], seed=1)
    assert scaled.limits == (1.0, 2.0)
    assert [(run.failure, run.broken, run.visits) for run in scaled.runs] == [
        (None, (), scaled.runs[0].visits), (None, (), scaled.runs[0].visits)
    ]  # fmt: skip
    assert scale.table(scaled).count("keeps every rule") == 2


def test_cancelled_solves_bring_sound_plans() -> None:
    found = endurance.cancels(problem(), [0.0, 0.2], seed=1)
    assert [each.faults for each in found] == [(), ()]
    assert "2 cancels" in endurance.told("tiny", found)


def test_a_watched_solve_never_gets_dearer() -> None:
    plan, watch = endurance.long_run(problem(), 1.0, seed=1)
    assert watch.rise == 0 and watch.best == plan.cost.total
    assert "rose by 0" in endurance.long_told(plan, watch)


def test_a_rise_and_growth_are_noticed() -> None:
    watch = endurance.Watch()
    for second in range(100):
        watch(endurance.Progress(float(second), 100.0 + (second == 50), None, second, second / 100, 0.0))
    assert watch.rise == 1.0
    watch.memory = [(float(second), 100.0 + second) for second in range(101)]
    assert watch.growth == 195.0 / 115.0


def test_an_ablation_measures_each_operator_by_equal_steps() -> None:
    frames = [frame(problem())]
    rows = {
        name: ablation.without(frames, [1, 2], 200, own) for name, own in {"none": {}, "days": {"days": 0.0}}.items()
    }
    # two tours of one officer: 20 km and 40 km at a baht, and a day of 100 baht each; together it is 60 km and one day
    assert rows["none"][0] == rows["days"][0] == [160.0, 160.0]
    assert "| days | +0.00 % | +0.00 % |" in ablation.table(["tiny"], rows)


def test_more_workers_each_take_their_steps() -> None:
    found = {number: workers.costs(problem(), number, 50, [1]) for number in (1, 3)}
    assert found == {1: [160.0], 3: [160.0]}
    assert "| 3 | 150 | 160 (+0.00 %) | +0.00 % |" in workers.table(["tiny"], found, 50)


def test_a_run_over_time_ends_at_its_plan_and_is_drawn() -> None:
    seen = over_time.looks("tiny", problem(), 60.0, seed=1)  # it ends where both meet
    assert (seen[-1].cost, seen[-1].bound) == (160.0, 160.0)  # the optimum, which is proven
    assert all(before.cost >= after.cost for before, after in pairwise(seen))
    drawn = svg(over_time.chart(seen, 60.0))
    assert "best plan" in drawn and "lower bound" in drawn
