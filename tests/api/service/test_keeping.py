"""The best plan is kept while a run goes on: often where that is quick, rarely where it takes its time."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import pytest

from api.runs import working
from api.runs.working import KEEPING, KEEPING_TIMES, Reporter
from models.plan import Plan
from optimizer.stopping import Progress


class Clock:
    """A clock that moves when the test says so, and while a plan is drafted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, drafting: float) -> None:
        self.now, self.drafting = 0.0, drafting
        monkeypatch.setattr(working, "time", SimpleNamespace(monotonic=lambda: self.now))

    def draft(self) -> Plan:
        self.now += self.drafting
        return Plan()


@pytest.mark.parametrize("drafting", [0.0, 3.0])
def test_a_better_plan_is_kept_every_few_seconds_and_as_rarely_as_drafting_is_slow(
    drafting: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, report = Clock(monkeypatch, drafting), Reporter("topic", "run", 1)
    monkeypatch.setattr(working, "_kept", {})
    kept: list[float] = []
    limit, cost = 600.0, 1e6
    while clock.now < limit:
        cost, began = cost - 1, clock.now
        working._kept.clear()
        progress = Progress(began, cost, None, 0, began / limit, began, plan=clock.draft)
        report._keep(progress, began)
        kept += [began] * bool(working._kept)
        clock.now += 0.1
    assert kept[0] == 0.0
    # drafting of 3 s: every 33 s, the last one with more than twice that left; of none: every 5 s up to the end
    apart = max(KEEPING, KEEPING_TIMES * drafting)
    assert min(later - before for before, later in pairwise(kept)) >= apart
    assert len(kept) == pytest.approx(limit / (apart + drafting), rel=0.05)
    assert kept[-1] + 2 * drafting < limit


def test_a_plan_that_is_no_better_is_not_drafted(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, report = Clock(monkeypatch, 1.0), Reporter("topic", "run", 1)
    monkeypatch.setattr(working, "_kept", {})
    for now in (0.0, 100.0, 200.0):
        clock.now = now
        report._keep(Progress(now, 5.0, None, 0, now / 600, now, plan=clock.draft), now)
        assert clock.now == (1.0 if now == 0.0 else now)
