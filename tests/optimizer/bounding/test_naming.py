"""Officers who are alike, told apart by whom they lead: each rule of the office of names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from support.builders import cooperative, line, office, officer, on, problem, visit

from models.problem import Problem
from optimizer.bounding import generation, lower_bound, naming
from optimizer.bounding.branching import Branching
from optimizer.bounding.master import Master
from optimizer.bounding.naming import NamedOffice, named_office
from optimizer.bounding.pace import EACH
from optimizer.bounding.prices import (
    SETS,
    Duals,
    alike,
    certified,
    cleaned,
    lead_costs,
    lead_options,
)
from optimizer.bounding.relaxed import Relaxed, relax
from optimizer.bounding.routes import Routes, as_asked, list_routes, routes_from
from optimizer.bounding.trips import Trip
from optimizer.instance import frame

from .trying import never, stops_of

#: baht; of the grace on hours, and of prices that are stopped short of the best
NEAR = 0.7
PRICES = {"km": 1, "officer_day": 100, "unplanned": 1000, "stand_in": 50, "overload_hour": 60}


def named(stated: Problem, monkeypatch: pytest.MonkeyPatch) -> tuple[Relaxed, NamedOffice]:
    """The relaxed office, and the one of names, however few officers are alike."""
    monkeypatch.setattr(naming, "FEW_KINDS", 2.0)
    relaxed = relax(frame(stated))
    office_of_names = named_office(relaxed, lead_options(relaxed))
    assert office_of_names is not None
    return relaxed, office_of_names


def who(rows: np.ndarray) -> list[list[int]]:
    return [np.flatnonzero(row).tolist() for row in rows]


def prices_of(of: NamedOffice, visit: Iterable[float] = (), lead: Iterable[tuple[int, int, float]] = (),
              charge: Iterable[tuple[int, int, float]] = ()) -> Duals:  # fmt: skip
    """These prices, of leads and charges each for a visit and a name; nothing else has one."""
    visits, names = len(of.relaxed.visit), len(of.relaxed.skills)
    duals = Duals(np.zeros(visits), np.zeros(names), np.zeros((visits, names)), np.zeros(0), np.zeros((names, SETS)),
                  np.zeros((visits, names)))  # fmt: skip
    duals.visit[:] = list(visit) or 0.0
    for table, entries in ((duals.lead, lead), (duals.charge, charge)):
        for v, name, baht in entries:
            table[v, name] = baht
    return duals


# who may be what


def test_who_is_alike() -> None:
    """Officers with other topics, or barred somewhere, are; those with other hours, or leads now, are not."""
    relaxed = relax(frame(problem(
        workdays=[on(1)], offices=[office(seats=3)],
        officers=[officer("a", "t", fair_hours=8), officer("b", "u", fair_hours=8), officer("c", fair_hours=9),
                  officer("d", fair_hours=8), officer("e", fair_hours=8), officer("f", fair_hours=9)],
        cooperatives=[cooperative("c1", 1, barred=["b"]), cooperative("c2", 2, current_lead="d")],
        visits=[visit("c1-1"), visit("c2-1")],
        prices={"km": 1, "officer_day": 100, "unplanned": 1000, "stand_in": 150, "lead_change": 20},
    )))  # fmt: skip
    assert list(alike(relaxed, lead_options(relaxed))) == [0, 0, 2, 3, 0, 2]


def three_cooperatives(officers: list[dict[str, Any]]) -> Problem:
    """The second has two visits, 30 km away; the others one, and the third is nearer than the first."""
    return problem(
        officers=officers, offices=[office(seats=2)],
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2), cooperative("c3", 3)],
        visits=[visit("c1-1"), visit("c2-1"), visit("c2-2"), visit("c3-1")],
        travel=line(0, 10, 30, -5), prices=PRICES,
    )  # fmt: skip


def test_a_name_leads_its_own_cooperative_and_those_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The order is c2, c3, c1. Names are c1, c2, c3; behind them two who lead nobody, as many as a car has seats."""
    officers = [officer(id_, fair_hours=8) for id_ in "abc"]
    relaxed, of = named(three_cooperatives(officers), monkeypatch)
    assert of.of.tolist() == [0] * 5
    assert who(of.options.listed) == [[0, 1, 2], [1], [1, 2]]
    assert not of.options.price.any()
    assert of.relaxed.fair.tolist() == [8.0, 8.0, 8.0, np.inf, np.inf]
    # each has one row of claimed hours, with all that he may lead; his own cooperative alone allows fair ones
    assert who(of.lead_rows.sets[:, 0]) == [[0], [0, 1, 2], [0, 2], [], []]
    assert who(of.lead_rows.allowing[:, 0]) == [[0], [1], [2], [], []]
    assert not of.lead_rows.sets[:, 1:].any()
    assert relaxed.toll is not of.relaxed.toll


def test_names_of_each_kind_and_what_a_change_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Officer a leads both now, and is a kind; b and c are another. A change costs 70, less than two stand-ins.

    At c2 it is dearer than the only stand-in, so a keeps that.
    """
    stated = problem(
        officers=[officer("a", fair_hours=8), officer("b", fair_hours=8), officer("c", fair_hours=8)],
        cooperatives=[cooperative("c1", 1, current_lead="a"), cooperative("c2", 2, current_lead="a")],
        visits=[visit("c1-1"), visit("c1-2"), visit("c2-1")], prices=PRICES | {"lead_change": 70},
    )  # fmt: skip
    _, of = named(stated, monkeypatch)
    # a as c1, a as c2, b or c as c1; idle are one of the first kind, for there are no more, and two of the other
    assert of.of.tolist() == [0, 0, 1, 0, 1, 1]
    assert who(of.options.listed) == [[0, 2], [0, 1]]
    assert of.options.price[0].tolist() == [0.0, 0.0, 70.0, 0.0, 0.0, 0.0]
    assert not of.options.price[1].any()


def test_a_name_is_there_and_barred_as_the_best_of_its_officers(monkeypatch: pytest.MonkeyPatch) -> None:
    officers = [officer("a", absent=[on(1), on(2)], fair_hours=8), officer("b", absent=[on(2), on(3)], fair_hours=8)]
    stated = problem(officers=officers, prices=PRICES, cooperatives=[
        cooperative("c1", 1, barred=["a"]), cooperative("c2", 2, barred=["a", "b"]),
    ])  # fmt: skip
    _, of = named(stated, monkeypatch)
    assert of.relaxed.there.tolist() == [[1, 0, 1]] * len(of.of)
    assert of.relaxed.barred.tolist() == [[0] * len(of.of), [1] * len(of.of)]
    assert who(of.options.listed) == [[0], []]  # nobody may lead c2


def test_hours_that_history_has_overdrawn_are_paid_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of two officers is three hours above his share before the plan: 6 x 60 baht, not three for each name."""
    stated = three_cooperatives([officer("a", fair_hours=8), officer("b", fair_hours=8)])
    monkeypatch.setattr(naming, "FEW_KINDS", 2.0)
    relaxed = relax(frame(stated))._replace(fair=np.array([-3.0, -3.0]))
    of = named_office(relaxed, lead_options(relaxed))
    assert of is not None
    assert of.relaxed.fair.tolist() == [0.0, 0.0, 0.0, np.inf, np.inf]
    assert of.relaxed.sunk == relaxed.sunk + 360


def test_tours_of_a_plan_are_those_of_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The order is c2, c3, c1. Officer a leads c1 and c2, so his name is c2; c leads c3, and b nobody.

    Names are 0 to 2 for c1 to c3, 3 and 4 lead nobody. Visits are c1-1, c2-1, c2-2, c3-1.
    """
    _, of = named(three_cooperatives([officer(id_, fair_hours=8) for id_ in "abc"]), monkeypatch)
    trips = [Trip(0, (0, 1), (0,), (0, 0)), Trip(0, (2, 3), (1, 2), (0, 2)), Trip(0, (2,), (1,), (-1,))]
    assert of.trips(trips) == [
        Trip(0, (0, 1), (1,), (1, 1)), Trip(0, (2, 3), (3, 2), (1, 2)), Trip(0, (2,), (3,), (-1,)),
    ]  # fmt: skip


def test_an_office_without_a_car_has_nobody_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    _, of = named(three_cooperatives([officer("a"), officer("b")]), monkeypatch)
    bare = of._replace(of=of.of[:3], coop=of.coop[:3])
    assert bare.trips([Trip(0, (0,), (0,), (0,)), Trip(0, (1,), (1,), (-1,))]) == [
        Trip(0, (0,), (0,), (0,)), Trip(0, (1,), (), (-1,)),
    ]  # fmt: skip


@pytest.mark.parametrize(("hours", "found"), [((8, 8, 9), False), ((8, 8, 8), True), ((8, 8, 8, 8, 9), True),
                                              ((8, 8, 9, 9), False)])  # fmt: skip
def test_only_where_officers_are_much_alike(hours: tuple[float, ...], found: bool) -> None:
    """Two kinds of three officers, or of four, are half of them and more; of five they are less."""
    officers = [officer(f"o{n}", fair_hours=each) for n, each in enumerate(hours)]
    relaxed = relax(frame(three_cooperatives(officers)))
    assert (named_office(relaxed, lead_options(relaxed)) is not None) == found


@pytest.mark.parametrize(("most", "found"), [(2, False), (3, True)])
def test_names_are_not_too_many(monkeypatch: pytest.MonkeyPatch, most: int, found: bool) -> None:
    monkeypatch.setattr(naming, "MOST_NAMES", most)
    relaxed = relax(frame(three_cooperatives([officer(id_, fair_hours=8) for id_ in "abc"])))
    assert (named_office(relaxed, lead_options(relaxed)) is not None) == found


# how many officers routes ask for


def topics_apart(**more: Any) -> Problem:
    """Nobody knows both t and u, and nobody v. All three cooperatives are at the place of the office."""
    asks: dict[str, Any] = {
        "workdays": [on(1)], "offices": [office(seats=3)],
        "officers": [officer("a", "t"), officer("b", "u"), officer("c", "t"), officer("d")],
        "cooperatives": [cooperative(f"c{n}", n) for n in range(1, 4)],
        "visits": [visit("c1-1", topics=["t"]), visit("c2-1", topics=["u"]), visit("c3-1")],
        "travel": line(0, 0, 0, 0), "prices": PRICES,
    }  # fmt: skip
    return problem(**asks | more)


def test_topics_that_nobody_knows_together_ask_for_two(monkeypatch: pytest.MonkeyPatch) -> None:
    relaxed, of = named(topics_apart(), monkeypatch)
    t, u = (int(relaxed.topics[v]) for v in (0, 1))
    assert [int(of.relaxed.asked[0, mask]) for mask in (0, t, u, t | u)] == [0, 0, 0, 2]
    assert not relaxed.asked.any()
    expected = {(0,): 1, (1,): 1, (2,): 1, (0, 1): 2, (0, 2): 1, (1, 2): 1, (0, 1, 2): 2}

    def asked(blocks: Iterable[Routes]) -> dict[tuple[int, ...], int]:
        return {stops_of(v): max(1, int(n)) for block in blocks for v, n in zip(block.visits, block.crew, strict=True)}

    listed = list_routes(relaxed, 0, 1000, never)[0]
    assert set(asked(listed).values()) == {1}
    assert asked(as_asked(of.relaxed, block) for block in listed) == expected
    assert asked(list_routes(of.relaxed, 0, 1000, never)[0]) == expected
    rows = np.array([stops + (-1,) * (3 - len(stops)) for stops in expected])
    assert asked(routes_from(of.relaxed, 0, rows)) == expected


def test_a_topic_that_nobody_knows_asks_for_more_than_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    visits = [visit("c1-1", topics=["t"]), visit("c2-1", topics=["v"]), visit("c3-1", topics=["u"], crew=2)]
    relaxed, of = named(topics_apart(visits=visits), monkeypatch)
    t, v, u = (int(relaxed.topics[n]) for n in range(3))
    assert [int(of.relaxed.asked[0, mask]) for mask in (t, v, u, t | v)] == [0, 5, 0, 5]
    assert max(int(n) for block in list_routes(of.relaxed, 0, 1000, never)[0] for n in block.crew) == 5


# knowledge pays back


def knowing(monkeypatch: pytest.MonkeyPatch) -> NamedOffice:
    """Name c1 knows t, or u and v; c1 has visits of all three and one without a topic, c2 one with topic t."""
    topics = [["t"], ["u"], ["v"], []]
    stated = problem(
        officers=[officer("a", "t"), officer("b", "uv"), officer("c", "u")],
        visits=[*(visit(f"c1-{1 + n}", topics=some) for n, some in enumerate(topics)), visit("c2-1", topics=["t"])],
        prices=PRICES,
    )  # fmt: skip
    return named(stated, monkeypatch)[1]


def test_what_somebody_of_the_name_may_know(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sets {t} and {u, v}; that of c is in the second. Idle ones know nothing, for they claim nothing."""
    names = knowing(monkeypatch).lead_rows.names
    assert names is not None
    assert sorted(map(tuple, who(names.knows))) == [(0, 3, 4), (1, 2, 3)]
    assert who(names.may) == [[0, 1], [0, 1], [], []]
    assert who(names.own) == [[0], [1]]


@pytest.mark.parametrize(
    ("charge", "back"),
    [
        ((0, 0, 0, 0, 0), 0),
        ((10, 20, 0, 0, 0), 20),  # u, not t beside it
        ((10, 20, 15, 0, 0), 35),  # b knows u and v
        ((30, 20, 5, 0, 0), 30),
        ((10, 20, 15, 4, 0), 39),  # whoever it is knows the visit without a topic
        ((10, 20, 15, 0, 40), 50),  # a, for c2 is claimed under the name c1, too
    ],
)
def test_a_lead_gets_back_what_the_best_set_knows(
    monkeypatch: pytest.MonkeyPatch, charge: tuple[float, ...], back: float
) -> None:
    """Each claim of name c1 earns 45: c1 costs 4 x 45 less what is paid back, and c2 45, for it is not his own.

    Name c2 leads c2 for nothing, so the bound is less by what c1 gets back.
    """
    of = knowing(monkeypatch)
    lead = [(v, 0, 45.0) for v in range(5)]
    duals = prices_of(of, (0,) * 5, lead, [(v, 0, baht) for v, baht in enumerate(charge)])
    costs = lead_costs(of.relaxed, of.options, of.lead_rows, duals)
    assert costs[0, 0] == pytest.approx(4 * 45 - back)
    assert costs[1, :2].tolist() == pytest.approx([45.0, 0.0])
    free = replace(duals, charge=np.zeros_like(duals.charge))
    prove = [certified(of.relaxed, of.options, of.lead_rows, each, np.zeros(5)) for each in (free, duals)]
    assert prove[0] - prove[1] == pytest.approx(back, abs=1e-6)


def test_a_charge_is_no_more_than_its_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    of = knowing(monkeypatch)
    duals = prices_of(of, (0,) * 5, [(0, 0, 45.0), (1, 0, 30.0)], [(0, 0, 99.0), (1, 0, 20.0), (2, 0, 5.0),
                                                                  (3, 0, -5.0)])  # fmt: skip
    assert cleaned(of.relaxed, of.options, of.lead_rows, duals).charge[:, 0].tolist() == [45.0, 20.0, 0.0, 0.0, 0.0]


def test_the_programme_has_an_option_for_each_set_of_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name c1 leads c1 knowing t, which allows claims alone of c1-1 and c2-1, or u and v: c1-2 and c1-3.

    Nobody else allows any: the name c2 has no claim of a visit with a topic but of c2-1, if he knows t.
    """
    of = knowing(monkeypatch)
    master = Master(of.relaxed, of.options, of.lead_rows, 5)
    master.tell_apart(of.options)
    matrix, allowed = master._leads(), []
    for start, end in zip(matrix.start, matrix.start[1:], strict=False):
        rows = [int(row) for row in matrix.row[start:end] if master._first_alone <= row < master._first_same]
        allowed.append([tuple(map(int, np.argwhere(master._alone == row)[0])) for row in rows])
        assert (matrix.factor[start:end][np.isin(matrix.row[start:end], rows)] == 1.0).all()
    assert sorted(sorted(some) for some in allowed if some) == [[(0, 0), (4, 0)], [(1, 0), (2, 0)], [(4, 1)]]
    assert len(master._lead_prices()) == len(allowed) == 5


# the whole bound


def by_names(stated: Problem, monkeypatch: pytest.MonkeyPatch, few: float) -> float:
    """What is proven with names or without them, where leads are never told apart otherwise."""
    monkeypatch.setattr(Branching, "bounds", lambda *_: iter(()))
    monkeypatch.setattr(generation, "EACH", EACH._replace(looks=0))
    monkeypatch.setattr(naming, "FEW_KINDS", few)
    bound = lower_bound(stated, stop=never)
    assert bound is not None
    return bound


def test_names_prove_hours_of_overload(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two visits of c1 on two days, two hours each with the way, and two fair hours each; see docs/bounds.md.

    The lead is on both, for a stand-in costs 500: two tours of 120 baht and two hours of overload, 360. Where nobody is
    missed each makes one, and nobody is overloaded: 240.
    """
    stated = problem(
        officers=[officer("a", fair_hours=2), officer("b", fair_hours=2)], cooperatives=[cooperative("c1", 1)],
        visits=[visit("c1-1", minutes=100), visit("c1-2", minutes=100)], prices=PRICES | {"stand_in": 500},
    )  # fmt: skip
    assert 240 - NEAR <= by_names(stated, monkeypatch, 0.0) <= 240 + 1e-6
    assert 360 - NEAR <= by_names(stated, monkeypatch, 2.0) <= 360 + 1e-6


def test_names_prove_who_has_to_know_the_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    """Officer a knows t, b knows u, and c1 has a visit of each, on two days: two tours of 120 baht.

    Whoever leads it is missing on one of them: a stand-in of 50, less than another officer. 290; without leads 240.
    """
    stated = problem(
        officers=[officer("a", "t"), officer("b", "u")], cooperatives=[cooperative("c1", 1)],
        visits=[visit("c1-1", topics=["t"]), visit("c1-2", topics=["u"])], prices=PRICES,
    )  # fmt: skip
    assert 240 - NEAR <= by_names(stated, monkeypatch, 0.0) <= 240 + 1e-6
    assert 290 - NEAR <= by_names(stated, monkeypatch, 2.0) <= 290 + 1e-6
