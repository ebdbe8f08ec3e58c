"""Parts from outside: they take part, they are told the truth, and the books are kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.problem import Problem
from models.referee import cost, violations
from optimizer.experimenting import Experiment, RuinOperator, Work, annealing
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import StepLimit

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "experiments.md").read_text(encoding="utf-8")
PARAMS = Params(workers=1, seed=5, deterministic=True, bound_rounds=0)


def _larger() -> Problem:
    from patithin import load

    return load(ROOT / "data" / "kalasin" / "office.xlsx").problem


def test_the_page_runs_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.S))
    assert text.count("StepLimit(2000)") == 3
    names: dict[str, object] = {}
    exec(text.replace("StepLimit(2000)", "StepLimit(40)").replace("> 5", "> 0.2"), names)
    assert names["plan"].tours  # type: ignore[attr-defined]


def test_the_search_as_an_experiment_is_the_search_itself() -> None:
    """The Python loop makes the same steps, so that whatever differs is what was given from outside."""
    stated = _larger()
    compiled = solve(stated, PARAMS, StepLimit(300))
    interpreted = solve(stated, PARAMS, StepLimit(300), experiment=Experiment())
    without = {"record"}
    assert interpreted.model_dump(exclude=without) == compiled.model_dump(exclude=without)
    assert interpreted.record is not None
    assert interpreted.record.params is None


def test_an_operator_alone_does_the_ruining_and_its_plan_is_sound() -> None:
    stated = _larger()
    seen: list[int] = []

    def first_planned(work: Work, wanted: int) -> None:
        assert work.problem is stated
        for visit in work.random.permutation(work.planned)[:wanted]:
            if work.take_out(visit):
                assert not work.take_out(visit)  # it is out already
                seen.append(int(visit))

    experiment = Experiment(operators=(RuinOperator("first_planned", 1.0, first_planned),))
    only = PARAMS.model_copy(update={"operators": {"strings": 1e-9} | dict.fromkeys(
        ("series", "days", "officers", "led", "tours", "singles"), 0.0)})  # fmt: skip
    plan = solve(stated, only, StepLimit(200), experiment=experiment)
    assert len(set(seen)) > 20
    assert violations(stated, plan) == []
    assert cost(stated, plan).total == pytest.approx(plan.cost.total)


def test_an_acceptance_rule_is_told_the_costs_and_decides() -> None:
    stated, told = _larger(), []

    def never_worse(after: float, before: float, best: float, heat: float, draw: float) -> bool:
        assert best <= before + 1e-6
        assert heat > 0
        assert 0 <= draw < 1
        told.append(after - before)
        return after <= before

    plan = solve(stated, PARAMS, StepLimit(200), experiment=Experiment(accept=never_worse))
    assert len(told) >= 200
    assert any(change > 0 for change in told)
    assert violations(stated, plan) == []


def test_what_goes_wrong_outside_is_raised_where_solve_was_called() -> None:
    def broken(work: Work, wanted: int) -> None:
        raise ZeroDivisionError("mine")

    experiment = Experiment(operators=(RuinOperator("broken", 1000.0, broken),))
    with pytest.raises(ZeroDivisionError, match="mine"):
        solve(_larger(), PARAMS, StepLimit(50), experiment=experiment)


@pytest.mark.parametrize("weight", [0.0, -1.0, float("nan"), float("inf")])
def test_a_weight_is_a_positive_number(weight: float) -> None:
    with pytest.raises(ValueError, match="weight"):
        RuinOperator("mine", weight, print)


def test_names_of_the_search_are_taken_and_an_operator_is_a_function() -> None:
    with pytest.raises(ValueError, match="another name"):
        RuinOperator("strings", 1.0, print)
    with pytest.raises(TypeError, match="not a function"):
        RuinOperator("mine", 1.0, 3)  # type: ignore[arg-type]


def test_annealing_accepts_what_is_cheaper_and_the_less_the_dearer() -> None:
    assert annealing(99.0, 100.0, 90.0, 1.0, 0.0)
    assert annealing(101.0, 100.0, 90.0, 1.0, 0.7)  # 1 < -ln(0.3) = 1.2
    assert not annealing(102.0, 100.0, 90.0, 1.0, 0.7)
