"""Stop criteria, each alone and joined."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.builders import problem, rules_broken

from models.intake import read_office
from optimizer.pacing import LAST, Coolings, coolness, overload_counts, rewarmed
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import AnyOf, Cancel, GapLimit, NoImprovement, Progress, StepLimit, TimeLimit, share_of


def at(seconds: float = 0, best: float | None = None, bound: float | None = None, steps: int = 0,
       improved_at: float = 0) -> Progress:  # fmt: skip
    return Progress(seconds, best, bound, steps, 0.0, improved_at)


def test_time_limit() -> None:
    assert [TimeLimit(10)(at(seconds)) for seconds in (0, 9.9, 10, 11)] == [False, False, True, True]
    assert [TimeLimit(10).share(at(seconds)) for seconds in (0, 5, 20)] == [0, 0.5, 1]
    assert TimeLimit(0)(at()) and TimeLimit(0).share(at()) == 1


def test_step_limit() -> None:
    assert [StepLimit(4)(at(steps=steps)) for steps in (0, 3, 4)] == [False, False, True]
    assert StepLimit(4).share(at(steps=1)) == 0.25
    assert StepLimit(0).share(at()) == 1


def test_gap_limit_needs_a_plan_and_a_bound() -> None:
    assert not GapLimit(0.5)(at(best=100))
    assert not GapLimit(0.5)(at(bound=100))
    assert not GapLimit(0.1)(at(best=100, bound=80))
    assert GapLimit(0.2)(at(best=100, bound=80))
    assert GapLimit(0)(at(best=0, bound=0))


def test_no_improvement_waits_for_a_first_plan() -> None:
    assert not NoImprovement(5)(at(seconds=100))
    assert not NoImprovement(5)(at(seconds=9, best=1, improved_at=5))
    assert NoImprovement(5)(at(seconds=10, best=1, improved_at=5))


def test_cancel_stays_asked() -> None:
    cancel = Cancel()
    assert not cancel(at())
    cancel.cancel()
    assert cancel(at()) and cancel(at())


def test_any_of_stops_with_the_first_and_shows_the_largest_share() -> None:
    both = AnyOf(TimeLimit(10), StepLimit(4))
    assert not both(at(seconds=9, steps=3))
    assert both(at(seconds=10)) and both(at(steps=4))
    assert both.share(at(seconds=5, steps=3)) == 0.75
    assert not AnyOf()(at()) and AnyOf().share(at()) == 0


def test_plain_callables_work_alone_and_joined() -> None:
    both = AnyOf(lambda progress: progress.steps >= 4, TimeLimit(10))
    assert both(at(steps=4)) and not both(at(steps=3))
    assert both.share(at(seconds=5)) == 0.5
    assert share_of(lambda progress: True, at(seconds=5)) == 0


def test_a_run_that_does_not_know_its_end_cools_in_turns_twice_as_long() -> None:
    # turns begin at 0, 0.1, 0.3, 0.7, 1.5, ...
    assert [coolness(0.0, seconds)[1] for seconds in (0.0, 0.09, 0.11, 0.31, 0.71, 1.51)] == [0, 0, 1, 2, 3, 4]
    assert coolness(0.0, 1.1) == (pytest.approx(0.5), 3)


def test_a_run_that_knows_its_end_cools_quickly_first_and_then_by_what_is_left() -> None:
    # of 100 seconds the first one, then 99; of 20 a fortieth, half a second, then 19.5
    assert coolness(0.005, 0.5) == (pytest.approx(0.5), 0)
    assert coolness(0.505, 50.5) == (pytest.approx(0.5), 1)
    assert coolness(0.0125, 0.25) == (pytest.approx(0.5), 0)
    assert coolness(0.5125, 10.25) == (pytest.approx(0.5), 1)
    assert coolness(1.0, 100.0) == coolness(1.2, 120.0) == (1.0, 1)


def test_who_comes_late_to_the_search_warms_the_plan_up_and_cools_it_once_more() -> None:
    assert [rewarmed(share, 0.3) for share in (0.3, 0.7, 1.0)] == [0.3, 0.7, 1.0]  # in time: with the others
    assert [rewarmed(share, 0.8) for share in (0.8, 0.9, 1.0)] == pytest.approx([0.4, 0.7, 1.0])
    assert rewarmed(0.79, 0.8) == 0.4  # a limit may come to see less of the run done than before
    assert rewarmed(1.0, 1.0) == 1.0


def test_overload_counts_twice_in_a_hot_plan_and_once_in_a_cool_one() -> None:
    assert [overload_counts(share) for share in (0.0, 0.3, 0.425, 0.55, 1.0)] == pytest.approx([2, 2, 1.5, 1, 1])
    assert overload_counts(0.54) == 1 + 1 / 32  # 0.04 of the way, in steps of a thirty-second: one


def test_a_criterion_without_a_share_still_cools() -> None:
    # The same steps with and without knowing the end: within a twentieth, where without cooling it is a fifth.
    p = read_office(Path(__file__).parents[2] / "data" / "khonkaen").problem
    params = Params(deterministic=True, workers=1, bound_rounds=0)
    known = solve(p, params, StepLimit(12_000)).cost.total
    unknown = solve(p, params, lambda progress: progress.steps >= 12_000).cost.total
    assert unknown <= 1.05 * known


def test_a_stop_asked_before_the_first_plan_leaves_a_plan_that_keeps_every_rule() -> None:
    # everything left out; or the best plan of all, where a worker settles it before it hears of the stop
    cancel = Cancel()
    cancel.cancel()
    made = solve(problem(), Params(workers=1), cancel)
    assert (made.status, len(made.unplanned)) in (("cancelled", 2), ("optimal", 0))
    assert rules_broken(problem(), made) == []


def test_several_coolings_end_with_one_of_the_best_plan() -> None:
    coolings = Coolings(visits=10)
    assert coolings.cooled(0.01, 1_000) == (0.01, LAST)  # how many is not known yet
    # 2,000 steps are a fiftieth of 100,000, of which 0.45 would do for six times 700 steps a visit: 0.075 each
    assert coolings.cooled(0.03, 3_000) == (pytest.approx(0.4), 0)
    assert coolings.cooled(0.12, 12_000) == (pytest.approx(0.6), 1)
    assert coolings.cooled(0.42, 42_000) == (pytest.approx(0.6), 5)
    # the last one begins where a single cooling has come to 0.4, and cools as that does
    assert coolings.cooled(0.45, 45_000) == (pytest.approx(0.4), LAST)
    assert coolings.cooled(0.725, 72_500) == (pytest.approx(0.7), LAST)
    assert coolings.cooled(1.0, 100_000) == (1.0, LAST)
    # the next run has 1,000 steps: a single cooling
    assert coolings.cooled(0.0, 100_000) == (0.0, LAST)
    assert coolings.cooled(0.1, 100_100) == (0.1, LAST)
    # and one of 40,000 has steps for two, of 0.225 each
    assert coolings.cooled(0.0, 101_000) == (0.0, LAST)
    assert coolings.cooled(0.09, 104_600) == (pytest.approx(0.4), 0)
