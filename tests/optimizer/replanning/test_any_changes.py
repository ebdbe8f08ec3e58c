"""Whatever happens together: each proposal keeps every rule and tells its moves, or the changes are refused."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.builders import days, line, office, officer, on, plan, problem, tour
from support.publishing import little_plan
from support.strategies import problems

from models.changes import Absence, Change, Closure, Departure, FewerCars, HeldOn, NotHeld, UrgentVisit
from models.faults import InvalidInput
from models.plan import Plan
from models.problem import Problem
from models.referee import moved, violations
from optimizer.params import Params
from optimizer.replanning.disturbing import Disturbed, disturbed
from optimizer.replanning.proposing import Mending

PARAMS = Params(deterministic=True, workers=1)
SHORT = 0.01


@st.composite
def happenings(draw: st.DrawFn) -> tuple[Problem, Plan, list[Change], dt.date, list[str]]:
    """A problem with a plan, up to five changes of any kind, today, and visits to pin."""
    p = draw(problems(published=False))
    made = little_plan(p, Random(draw(st.integers(0, 2**16))))
    day = st.sampled_from(p.workdays)
    people, cooperatives = [one.id for one in p.officers], [one.id for one in p.cooperatives]
    placed = [stop.visit for each in made.tours for stop in each.stops]
    span = st.tuples(day, day).map(sorted)
    kinds: list[st.SearchStrategy[Change]] = [
        st.builds(lambda f, s, n: FewerCars(f, *s, n), st.sampled_from([o.id for o in p.offices]), span,
                  st.integers(0, 2)),
    ]  # fmt: skip
    if people:
        kinds.append(st.builds(lambda o, s: Absence(o, *s), st.sampled_from(people), span))
        kinds.append(st.builds(Departure, st.sampled_from(people), day))
    if cooperatives:
        kinds.append(st.builds(lambda c, s: Closure(c, *s), st.sampled_from(cooperatives), span))
        topics = st.sampled_from([(), ("accounts",), ("debt", "audit")])
        kinds.append(
            st.builds(
                UrgentVisit, st.sampled_from(cooperatives), st.sampled_from([30.0, 60.0]), st.none() | day,
                st.integers(1, 5), topics,
            )
        )  # fmt: skip
    if placed:
        kinds.append(st.builds(NotHeld, st.sampled_from(placed), st.none() | day))
        kinds.append(st.builds(HeldOn, st.sampled_from(placed), day))
    changes = draw(st.lists(st.one_of(kinds), max_size=5))
    pins = draw(st.lists(st.sampled_from(placed), unique=True, max_size=2)) if placed else []
    return p, made, changes, draw(day), pins


def proposals_hold(state: Disturbed) -> None:
    """Each of the three proposals passes the referee and tells just the moves that it makes."""
    mending = Mending(state, PARAMS)
    least = mending.least_disruption(SHORT, rounds=1)
    cheapest, balanced = mending.cheapest(SHORT), mending.balanced(SHORT)
    for proposal in (least, balanced, cheapest):
        assert violations(state.problem, proposal.plan) == []
        assert {move.visit for move in proposal.moves} == {id_ for id_, _ in moved(state.problem, proposal.plan)}
        assert len(proposal.moves) >= proposal.least
        assert all(move.told for move in proposal.moves)
        there = {(officer, each.date) for each in proposal.plan.tours for officer in each.crew}
        assert not there & state.away


@settings(max_examples=60, deadline=None)
@given(happenings())
def test_whatever_happens_together_is_mended_or_refused(
    happened: tuple[Problem, Plan, list[Change], dt.date, list[str]],
) -> None:
    p, made, changes, today, pins = happened
    try:
        state = disturbed(p, made, changes, today=today, pins=pins)
        proposals_hold(state)
    except InvalidInput as error:
        # a value where there are fewer cars with names than the change says
        known = {"date-order", "field-value", "id-repeated", "id-unknown", "pins-clash", "pin-unpublished"}
        assert {fault.code for fault in error.faults} <= known


def two_days(**changes: object) -> tuple[Problem, Plan]:
    """``a`` and ``b`` visit c1 together on the 2nd, ``b`` visits c2 on the 3rd; ``c`` stays at home."""
    stated = problem(
        **{
            "workdays": days(1, 2, 3, 6),
            "officers": [officer("a", "x"), officer("b", "x"), officer("c", "x")],
            "offices": [office(cars=2, seats=2)],
            "prices": {"km": 1, "officer_day": 100, "unplanned": 1000, "stand_in": 50, "moved": 30},
            "travel": line(0, 10, 12),
            **changes,
        }
    )
    return stated, plan(
        stated, tour(stated, on(2), "ab", ["c1-1"]), tour(stated, on(3), "b", ["c2-1"]), leads={"c1": "a"}
    )


@pytest.mark.parametrize(
    "change",
    [
        Absence("b", on(2), on(2)),  # who rides along on a pinned visit
        Absence("a", on(2), on(2)),  # who leads it
        Departure("b", on(2)),
        Closure("c1", on(2), on(3)),
        FewerCars("kk", on(2), on(2), 0),
    ],
)
def test_what_a_pin_does_not_survive_is_a_fault_that_names_it(change: Change) -> None:
    stated, made = two_days()
    state = disturbed(stated, made, [change], today=on(1), pins=["c1-1"])
    with pytest.raises(InvalidInput) as caught:
        Mending(state, PARAMS)
    (fault,) = caught.value.faults
    assert (fault.code, "c1-1" in fault.cause) == ("pins-clash", True)


def test_a_pin_whose_day_is_not_touched_stands() -> None:
    stated, made = two_days()
    state = disturbed(stated, made, [Absence("b", on(3), on(3)), Closure("c1", on(3), on(6))], pins=["c1-1"])
    least = Mending(state, PARAMS).least_disruption(SHORT)
    assert [move.visit for move in least.moves] == ["c2-1"]
    assert least.proven


def test_a_whole_office_may_be_away() -> None:
    """On the 2nd and 3rd nobody is there: both visits move to the 1st or the 6th, and no fewer can."""
    stated, made = two_days()
    away = [Absence(one, on(2), on(3)) for one in "abc"]
    state = disturbed(stated, made, away, today=on(1))
    mending = Mending(state, PARAMS)
    least = mending.least_disruption(SHORT)
    assert (len(least.moves), least.least, least.proven, least.plan.unplanned) == (2, 2, True, ())
    proposals_hold(state)


def test_a_whole_office_may_be_away_for_good() -> None:
    """From the 2nd on nobody is there and the 1st is over: nothing can be planned, and that much is proven."""
    stated, made = two_days()
    away = [Absence(one, on(2), on(6)) for one in "abc"]
    least = Mending(disturbed(stated, made, away), PARAMS).least_disruption(SHORT)
    assert least.lost == ("c1-1", "c2-1")
    assert least.proven


def test_an_absence_that_began_before_today_counts_from_today() -> None:
    stated, made = two_days()
    state = disturbed(stated, made, [Absence("b", on(1), on(3))], today=on(3))
    least = Mending(state, PARAMS).least_disruption(SHORT)
    assert [each.crew for each in least.plan.tours if each.date == on(2)] == [("a", "b")]
    assert [move.visit for move in least.moves] == ["c2-1"]


def test_what_took_place_elsewhere_and_what_comes_are_mended_together() -> None:
    """c1 was visited on the 1st already, c2 closes on its day, a car is in repair, and c1 needs another visit."""
    stated, made = two_days()
    changes = [
        HeldOn("c1-1", on(1)),
        Closure("c2", on(3), on(3)),
        FewerCars("kk", on(6), on(6), 1),
        UrgentVisit("c1", 30, due=on(6), topics=("x",)),
        Absence("a", on(3), on(3)),
    ]
    state = disturbed(stated, made, changes, today=on(2))
    least = Mending(state, PARAMS).least_disruption(SHORT)
    assert [move.visit for move in least.moves] == ["c2-1"]
    assert {stop.visit for each in least.plan.tours for stop in each.stops} == {"c1-1", "c2-1", "c1-urgent-1"}
    proposals_hold(state)
