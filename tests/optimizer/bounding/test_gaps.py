"""Prices on days that gaps leave open only where the other visit is left out."""

from __future__ import annotations

import numpy as np
import pytest
from support.builders import cooperative, officer, on, problem, visit

from optimizer.bounding import lower_bound
from optimizer.bounding.gaps import charge_gaps
from optimizer.bounding.relaxed import relax
from optimizer.instance import frame

INF = np.inf
DAYS = [on(n) for n in (1, 2, 3, 6, 7)]  # Wednesday to Friday, and Monday and Tuesday after


def charged(gap: int, *dates: list[int] | None) -> tuple[np.ndarray, np.ndarray]:
    """Days' costs and costs of leaving out 1000 baht each, of visits of one cooperative on some of August's days."""
    p = problem(
        workdays=DAYS, cooperatives=[cooperative("c1", 1, min_gap_days=gap)],
        visits=[visit(f"c1-{k}", dates=None if some is None else [on(n) for n in some])
                for k, some in enumerate(dates, 1)],
    )  # fmt: skip
    f = frame(p)
    number = np.arange(len(dates))
    cost = np.where(f.instance.day_ok[number] == 1, 0.0, INF)
    return charge_gaps(f, number, cost, np.full(len(dates), 1000.0), np.zeros(len(dates)))


def test_the_second_does_not_come_before_the_first_and_the_gap() -> None:
    """Five days after the first, so from Monday on; and the first not later than Thursday, as the second ends."""
    cost, left = charged(5, None, None)
    assert cost.tolist() == [[0, 0, 250, 250, 250], [250, 250, 250, 0, 0]]
    assert left.tolist() == [750, 750]


def test_three_follow_each_other() -> None:
    """Two days apart: from Wednesday, Friday and Monday on; and back from Tuesday, until Friday and Wednesday.

    Half of what the second pays for Wednesday is for the third, which may then be on Friday.
    """
    cost, left = charged(2, None, None, None)
    assert cost.tolist() == [[0, 125, 125, 125, 125], [125, 250, 0, 125, 125], [125, 125, 125, 0, 0]]
    assert left.tolist() == [750, 750, 750]


def test_where_gaps_forbid_nothing_nothing_is_charged() -> None:
    cost, left = charged(1, [1, 2], [6, 7])
    assert cost.tolist() == [[0, 0, INF, INF, INF], [INF, INF, INF, 0, 0]]
    assert left.tolist() == [1000, 1000]


def test_visits_that_cost_little_to_leave_out_are_not_charged() -> None:
    p = problem(workdays=DAYS, cooperatives=[cooperative("c1", 1, min_gap_days=5)],
                visits=[visit("c1-1"), visit("c1-2")])  # fmt: skip
    number = np.arange(2)
    cost, left = charge_gaps(frame(p), number, np.zeros((2, 5)), np.full(2, 1000.0), np.full(2, 1000.0))
    assert not cost.any()
    assert left.tolist() == [1000, 1000]


def test_a_lead_who_is_away_is_late_or_replaced() -> None:
    """The lead b is away until Friday; the visit is due on Wednesday, at 30 baht a day late.

    With b on Monday it is three days late, 90 baht, which costs less than a stand-in of 200: 120 for tour and officer.
    """
    p = problem(
        workdays=DAYS, officers=[officer("a"), officer("b", absent=DAYS[:3])],
        cooperatives=[cooperative("c1", 1, lead="b")], visits=[visit("c1-1", due=on(1))],
        prices={"km": 1, "officer_day": 100, "unplanned": 5000, "late_day": 30, "stand_in": 200},
    )  # fmt: skip
    bound = lower_bound(p, stop=lambda: False)
    assert bound == pytest.approx(120 + 90, abs=0.7)


def test_gaps_are_seen_where_leads_matter() -> None:
    p = problem(workdays=DAYS, cooperatives=[cooperative("c1", 1, min_gap_days=5)],
                visits=[visit("c1-1"), visit("c1-2")],
                prices={"km": 1, "officer_day": 100, "unplanned": 5000, "stand_in": 200})  # fmt: skip
    assert relax(frame(p)).day_cost[1].tolist() == [1250, 1250, 1250, 0, 0]
