"""Rows of claimed hours: what they see of shares that hide overload."""

from __future__ import annotations

import numpy as np
import pytest
from support.builders import cooperative, line, office, officer, on, problem, visit

from models.problem import Problem
from optimizer.bounding.columns import Columns
from optimizer.bounding.master import Master
from optimizer.bounding.prices import SETS, BusySet, Duals, LeadRows, lead_options, no_lead_rows
from optimizer.bounding.pricing import Pricer
from optimizer.bounding.primal_dual import Point
from optimizer.bounding.relaxed import relax
from optimizer.bounding.routes import list_routes
from optimizer.bounding.separation import VARIANTS
from optimizer.bounding.tightening import make_room
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


def mixed(first: list[int]) -> Master:
    """Each officer leads half of each cooperative, a quarter on a tour of three hours with each other one."""
    relaxed = relax(frame(two_officers()))
    options, rows = lead_options(relaxed), no_lead_rows(relaxed)
    assert list(relaxed.coop) == [0, 0, 1, 1, 2, 2]
    master = Master(relaxed, options, rows, 2)
    master.tell_apart(options, np.array(first))
    pairs = [(0, 2), (0, 4), (2, 4), (1, 3), (1, 5), (3, 5)]
    tours = np.array([(pair, who) for who in (0, 1) for pair in pairs], dtype=object)
    visits = np.array([pair for pair, _ in tours], np.int64)
    who = np.array([who for _, who in tours], np.int64)
    count = len(tours)
    master.columns = Columns(visits, np.stack([who, who], axis=1), np.stack([who, np.full(count, -1)], axis=1),
                             np.zeros(count), np.full(count, 3.0), np.zeros(count))  # fmt: skip
    master.at = Point(np.full(count, 0.25), master.at.leads, master.at.prices)
    return master


def test_an_order_with_ties_sees_what_shares_hide() -> None:
    """The six tours of officer a take 6 x 3 x 1/4 = 4.5 hours; his leads are 3 x 1/2.

    Any two cooperatives have a share in all tours. The second is tied to the first by a visit of which a quarter is on
    a tour with that one. So 1/2 + 1/2 - 1/4 leads are left, 1.5 fair hours, and 4.5 - 1.5 = 3 hours are overload. The
    third adds half a lead that is on tours with those only: nothing.
    """
    master = mixed([0, 1])
    assert list(master.overload()) == pytest.approx([2.5, 2.5])  # 4.5 hours less two fair ones, whatever he leads
    sets = master.broken_hours(0.1)
    assert [row.officer for row in sets] == [0, 1]
    for row in sets:
        assert len(row.coops) == 2 and len(row.ties) == 1
        assert master.lead_rows.add_set(row)
    master.at = master.at._replace(prices=np.zeros(len(master.at.prices)))
    assert list(master.overload()) == pytest.approx([3.0, 3.0])
    assert not master.broken_hours(0.1)


def priced(rows: LeadRows, price: np.ndarray) -> Duals:
    """Rows of claimed hours have these prices [2, SETS], nothing else has."""
    return Duals(np.zeros(6), np.zeros(2), np.zeros((6, 2)), np.zeros(0), np.where(rows.sets.any(axis=2), price, 0.0))


def test_rows_that_say_nothing_make_room_for_others() -> None:
    """Officer a has no room left: his rows go that have a price neither in the best prices nor now; b's stay."""
    master = mixed([0, 1])
    rows, pricer = master.lead_rows, Pricer(master.relaxed, master.lead_rows, 2)
    for _ in range(SETS):
        assert rows.add_set(BusySet(0, [0, 1, 2], [2]))
    assert rows.add_set(BusySet(1, [0, 1, 2]))
    best, now = np.zeros((2, SETS)), np.zeros((2, SETS))
    best[0, 3], now[0, 5] = 2.0, 1.0
    master.start_from(priced(rows, now))
    pricer.prices(priced(rows, now))
    gone = make_room(master, rows, pricer, priced(rows, best))
    assert [slot for slot in range(SETS) if not gone[0, slot]] == [3, 5]
    assert not gone[1].any()
    assert np.array_equal(rows.sets.any(axis=2), ~gone & np.array([[True] * SETS, [True] + [False] * (SETS - 1)]))
    assert not rows.tied[gone].any()
    assert rows.add_set(BusySet(0, [2]))


def test_routes_are_priced_again_when_a_row_with_a_price_is_forgotten() -> None:
    """An hour of the row costs 10 baht, and a tour of an hour 105: with the row it earns nothing, without it 5."""
    relaxed = relax(frame(problem(
        workdays=[on(1)], offices=[office(seats=1)], officers=[officer("a", fair_hours=2)],
        cooperatives=[cooperative("c1", 1)], visits=[visit("c1-1", minutes=60)], travel=line(0, 0),
        prices={"km": 1, "officer_day": 105, "unplanned": 1000, "stand_in": 150, "overload_hour": 60},
    )))  # fmt: skip
    rows = no_lead_rows(relaxed)
    rows.add_set(BusySet(0, [0]))
    pricer = Pricer(relaxed, rows, 1)
    pricer.pool += list_routes(relaxed, 0, 1000, lambda: False)[0]
    claimed = np.zeros((1, SETS))
    claimed[0, 0] = 10.0
    duals = Duals(np.array([100.0]), np.zeros(1), np.array([[10.0]]), np.zeros(0), claimed)
    assert not len(pricer.earners(duals, lambda: False).earners.gain)
    gone = claimed > 0
    pricer.forget_sets(gone)
    rows.forget_sets(gone)
    assert pricer.earners(duals.without(gone), lambda: False).earners.gain == pytest.approx([5.0])


def test_officers_who_are_alike_are_seen_as_one_and_get_several_rows() -> None:
    """Both together: twice as much of all."""
    master = mixed([0, 0])
    sets = master.broken_hours(0.1)
    assert [row.officer for row in sets] == [0] * VARIANTS
    assert len({tuple(row.ties) for row in sets}) > 1
    assert master.lead_rows.add_set(sets[0])
    assert list(master.overload()) == pytest.approx([6.0, 0.0])
