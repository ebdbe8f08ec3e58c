"""The one verb: progress, repeatability, cancelling, the record, and what a plan says of itself."""

from __future__ import annotations

import threading

import pytest
from support.builders import cooperative, line, officer, on, problem, visit

from models.faults import InvalidInput
from models.problem import Problem
from models.referee import violations
from optimizer.params import Params
from optimizer.searching import Searcher
from optimizer.solving import solve
from optimizer.stopping import AnyOf, Cancel, Progress, StepLimit, TimeLimit


def village(count: int = 6) -> Problem:
    """Some cooperatives on a road, two visits each, three officers."""
    names = [f"c{i}" for i in range(count)]
    return problem(
        cooperatives=[cooperative(name, i + 1) for i, name in enumerate(names)],
        visits=[visit(f"{name}-{n}", minutes=45, seq=n) for name in names for n in (1, 2)],
        travel=line(0, *range(5, 5 + 5 * count, 5)),
        workdays=[on(day) for day in (1, 2, 3, 6, 7, 8, 9, 10)],
        officers=[officer(name) for name in "abc"],
    )


def test_the_same_seed_gives_the_same_plan_byte_for_byte() -> None:
    p = village()
    params = Params(deterministic=True, seed=5, exact_work=0.2)
    first, again = (solve(p, params, StepLimit(4000)).to_json() for _ in range(2))
    assert first == again


def test_a_deterministic_time_limit_counts_steps() -> None:
    p = village()
    first, again = (solve(p, Params(deterministic=True, exact_work=0.2), TimeLimit(0.2)).to_json() for _ in range(2))
    assert first == again


def test_progress_never_gets_worse_and_ends_at_the_plan() -> None:
    seen: list[Progress] = []
    plan = solve(village(), Params(deterministic=True, exact_work=0.2), StepLimit(4000), seen.append)
    costs = [progress.best for progress in seen if progress.best is not None]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == pytest.approx(plan.cost.total, rel=1e-4)
    steps = [progress.steps for progress in seen]
    assert steps == sorted(steps)


def test_a_cancelled_run_keeps_its_best_plan() -> None:
    cancel = Cancel()
    # cancelled as soon as there is a plan: no clock is needed
    plan = solve(village(), Params(), AnyOf(TimeLimit(600), cancel), lambda progress: progress.best and cancel.cancel())
    assert plan.status in ("cancelled", "optimal")
    assert violations(village(), plan) == []


def test_a_run_cancelled_before_it_begins_still_has_a_plan() -> None:
    cancel = Cancel()
    cancel.cancel()
    assert solve(village(), Params(), cancel).tours


def test_cancelling_from_another_thread() -> None:
    cancel = Cancel()
    threading.Timer(0.2, cancel.cancel).start()
    assert solve(village(40), Params(), AnyOf(TimeLimit(600), cancel)).tours


def test_progress_is_told_by_the_thread_that_called_also_where_a_plan_is_begun_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever is told may work in that thread alone, as the service's workers do."""
    begun = threading.Event()

    def anew(searcher: Searcher, coolings: object, share: float) -> float:
        searcher._begin()
        begun.set()
        return share

    monkeypatch.setattr(Searcher, "_cooled", anew)
    told: set[int] = set()

    def tell(progress: Progress) -> None:
        told.add(threading.get_ident())

    solve(village(40), Params(), AnyOf(TimeLimit(60), lambda progress: begun.is_set() and progress.steps > 100), tell)
    assert begun.is_set() and told == {threading.get_ident()}


def test_the_record_says_how_to_do_it_again() -> None:
    p = village(3)
    record = solve(p, Params(deterministic=True, seed=9), StepLimit(100)).record
    assert record is not None
    assert (record.problem_hash, record.seed, record.deterministic) == (p.hash, 9, True)


def test_a_problem_without_visits_or_officers_has_a_plan() -> None:
    assert solve(problem(visits=[], cooperatives=[]), Params(deterministic=True), StepLimit(10)).tours == ()
    left = solve(problem(officers=[]), Params(deterministic=True), StepLimit(10))
    assert {item.reason.partition(":")[0] for item in left.unplanned} == {"no-officer"}


def test_pins_that_cannot_stand_are_named() -> None:
    p = village(3)
    plan = solve(p, Params(deterministic=True), StepLimit(100))
    tour = plan.tours[0]
    gone = [o.model_copy(update={"absent": (tour.date,)}) if o.id in tour.crew else o for o in p.officers]
    pinned = p.changed(published=plan, officers=tuple(gone), pins=(tour.stops[0].visit,))
    with pytest.raises(InvalidInput, match="pins-clash"):
        solve(pinned, Params(deterministic=True), StepLimit(10))


def test_reasons_are_specific() -> None:
    # nobody has topic z; the day is too short for a visit of nine hours; the cooperative is closed on every day
    days = [on(1), on(2)]
    p = problem(
        workdays=days,
        cooperatives=[cooperative("c1", 1), cooperative("c2", 1), cooperative("c3", 1, closed=days)],
        visits=[visit("c1-1", topics=["z"]), visit("c2-1", minutes=540), visit("c3-1")],
        travel=line(0, 10),
    )
    plan = solve(p, Params(deterministic=True), StepLimit(200))
    reasons = {item.visit: item.reason.partition(":")[0] for item in plan.unplanned}
    assert reasons == {"c1-1": "no-officer", "c2-1": "no-time", "c3-1": "no-day"}


@pytest.mark.parametrize("slack", [5.006, 0.004, 1 / 120])
def test_a_start_that_rounds_down_towards_midnight_leaves_no_arrival_before_it(slack: float) -> None:
    # Right at the office from midnight on: the first visit starts after the slack, to the second a hair before that.
    p = problem(
        day={"start": "00:00", "end": "16:30", "slack_minutes": slack}, cooperatives=[cooperative("c1", 0)],
        visits=[visit("c1-1")], travel=line(0),
    )  # fmt: skip
    plan = solve(p, Params(deterministic=True), StepLimit(100))
    assert violations(p, plan) == []
    assert plan.tours[0].stops[0].arrive == 0.0
