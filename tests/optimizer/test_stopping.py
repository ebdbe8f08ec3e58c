"""Stop criteria, each alone and joined."""

from __future__ import annotations

from optimizer.stopping import AnyOf, Cancel, GapLimit, NoImprovement, Progress, StepLimit, TimeLimit


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
