"""Rows of claimed hours: what they see of shares that hide overload."""

from __future__ import annotations

import numpy as np
import pytest
from support.builders import cooperative, line, office, officer, on, problem, visit

from models.problem import Problem
from optimizer.bounding import tightening
from optimizer.bounding.columns import Columns
from optimizer.bounding.master import Master
from optimizer.bounding.pace import EACH
from optimizer.bounding.prices import lead_options, no_lead_rows
from optimizer.bounding.primal_dual import Point
from optimizer.bounding.relaxed import relax
from optimizer.instance import frame


def two_officers() -> Problem:
    """Three cooperatives with two visits each, and two officers who are alike, with two fair hours."""
    return problem(
        workdays=[on(1), on(2), on(3)],
        offices=[office(seats=2)],
        officers=[officer("a", fair_hours=2), officer("b", fair_hours=2)],
        cooperatives=[cooperative(f"c{n}", n) for n in range(3)],
        visits=[visit(f"c{n}-{1 + seq}") for n in range(3) for seq in range(2)],
        travel=line(0, 10, 20),
        prices={"km": 1, "officer_day": 100, "unplanned": 1000, "stand_in": 150, "overload_hour": 60},
    )


def mixed() -> Master:
    """Each officer leads half of each cooperative, a quarter on a tour of three hours with each other one."""
    relaxed = relax(frame(two_officers()))
    options, rows = lead_options(relaxed), no_lead_rows(relaxed)
    assert list(relaxed.coop) == [0, 0, 1, 1, 2, 2]
    master = Master(relaxed, options, rows, 2)
    master.tell_apart(options)
    pairs = [(0, 2), (0, 4), (2, 4), (1, 3), (1, 5), (3, 5)]
    tours = np.array([(pair, who) for who in (0, 1) for pair in pairs], dtype=object)
    visits = np.array([pair for pair, _ in tours], np.int64)
    who = np.array([who for _, who in tours], np.int64)
    count = len(tours)
    master.columns = Columns(visits, np.stack([who, who], axis=1), np.stack([who, np.full(count, -1)], axis=1),
                             np.zeros(count), np.full(count, 3.0), np.zeros(count),
                             np.ones(count, np.int64))  # fmt: skip
    master.at = Point(np.full(count, 0.25), master.at.leads, master.at.prices)
    return master


def test_an_order_with_ties_sees_what_shares_hide() -> None:
    """The six tours of officer a take 6 x 3 x 1/4 = 4.5 hours; his leads are 3 x 1/2.

    Any two cooperatives have a share in all tours. The second is tied to the first by a visit of which a quarter is on
    a tour with that one. So 1/2 + 1/2 - 1/4 leads are left, 1.5 fair hours, and 4.5 - 1.5 = 3 hours are overload. The
    third adds half a lead that is on tours with those only: nothing.
    """
    master = mixed()
    assert list(master.overload()) == pytest.approx([2.5, 2.5])  # 4.5 hours less two fair ones, whatever he leads
    sets = master.broken_hours(0.1)
    assert [row.officer for row in sets] == [0, 1]
    for row in sets:
        assert len(row.coops) == 2 and len(row.ties) == 1
        assert master.lead_rows.add_set(row)
    master.at = master.at._replace(prices=np.zeros(len(master.at.prices)))
    assert list(master.overload()) == pytest.approx([3.0, 3.0])
    assert not master.broken_hours(0.1)


def test_each_officer_gets_one_row_with_his_best_ties(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both officers' shares break a row alike, by half an hour; once there is one, a second look finds nothing."""
    monkeypatch.setattr(tightening, "LEAST_HOURS", 0.1)
    master = mixed()
    rows, pace = master.lead_rows, EACH._replace(links=False)
    assert tightening.tighten(master, rows, pace, 1.0)
    assert rows.sets.any(axis=2).sum(axis=1).tolist() == [1, 1]
    assert rows.tied.any(axis=2).sum(axis=1).tolist() == [1, 1]
    master.at = master.at._replace(prices=np.zeros(len(master.at.prices)))
    assert not tightening.tighten(master, rows, pace, 1.0)


def test_where_no_rows_are_asked_for_none_are_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tightening, "LEAST_HOURS", 0.1)
    master = mixed()
    assert not tightening.tighten(master, master.lead_rows, EACH._replace(links=False, sets=0), 1.0)
    assert not master.lead_rows.sets.any() and not master.lead_rows.rows
