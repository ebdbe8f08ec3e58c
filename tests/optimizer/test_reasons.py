"""Why a visit has no place: each rule that may leave it none, against a plan made by hand."""

from __future__ import annotations

import datetime as dt
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from support.builders import cooperative, days, line, office, officer, on, plan, problem, tour, visit

from models.reasons import DaySpan, Reason, Share, read_reason
from optimizer.reasons import reasons

#: all that stands against c1-1 stands from the first to the third of August
EVERY = DaySpan(on(1), on(3))


def reason(tours: dict[int, tuple[str, list[str]]] | None = None, **changes: Any) -> Reason:
    """Why the first visit is left out beside ``tours``: day -> (crew, visits)."""
    of = problem(**changes)
    made = plan(of, *(tour(of, on(day), crew, visits) for day, (crew, visits) in (tours or {}).items()))
    left = of.visits[0]
    read = read_reason(reasons(of, made, [left])[left.id])
    assert read is not None
    return read


#: what stands against a visit before any plan is made
ALWAYS: list[tuple[dict[str, Any], Reason]] = [
    (
        {"cooperatives": [cooperative("c1", 1, closed=days(1, 2, 3))]},
        Reason("no-day", {"first": on(1), "last": on(3), "cooperative": "c1"}),
    ),
    (
        {"visits": [visit("c1-1", partner="p")], "partners": [{"id": "p", "dates": [], "per_day": 1}]},
        Reason("no-day-with-partner", {"first": on(1), "last": on(3), "cooperative": "c1", "partner": "p"}),
    ),
    (
        {"visits": [visit("c1-1", latest=on(1))], "today": on(2)},
        Reason("no-day-left", {"first": on(2), "last": on(1)}),
    ),
    ({"cooperatives": [cooperative("c1", 1, rhythms=[days(1)])]}, Reason("no-rhythm")),
    ({"officers": []}, Reason("no-officer-at-all", {"office": "kk"})),
    ({"visits": [visit("c1-1", topics=["z"])]}, Reason("no-topic-anywhere", {"topic": "z"})),
    (
        {
            "offices": [office(seats=1)], "officers": [officer("a", "x"), officer("b", "y")],
            "visits": [visit("c1-1", topics=["x", "y"])],
        },
        Reason("crew-too-large", {"number": 1}),
    ),
    ({"offices": [office(capacity=5)], "visits": [visit("c1-1", load=6)]}, Reason("too-heavy")),
    ({"visits": [visit("c1-1", minutes=500)]}, Reason("no-time")),
    (
        {"visits": [visit("c1-1", window=["08:00", "08:20"])], "travel": line(0, 74)},
        Reason("not-there-in-time", {"arrive": dt.time(9, 44), "until": dt.time(8, 20)}),
    ),
    (
        {"visits": [visit("c1-1", window=["15:30", "16:00"])], "travel": line(0, 74)},
        Reason("not-back-in-time", {"begin": dt.time(15, 30), "until": dt.time(14, 16)}),  # 16:30 less 74 less 60
    ),
    ({"offices": [office(cars=0)]}, Reason("no-car-there", {"span": EVERY})),
    (
        {"officers": [officer("a", absent=days(1, 2, 3)), officer("b", max_days_per_week=0)]},
        Reason("no-officer-there", {"span": EVERY}),
    ),
    (
        {
            "officers": [officer("a", "x", absent=days(1, 3)), officer("b")],
            "visits": [visit("c1-1", topics=["x"], earliest=on(3))],
        },
        Reason("no-topic-there", {"topic": "x", "span": DaySpan(on(3), on(3))}),
    ),
    ({}, Reason("dear", {"span": EVERY})),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), ALWAYS, ids=[expected.form for _, expected in ALWAYS])
def test_what_forbids_it_whatever_is_planned(changes: dict[str, Any], expected: Reason) -> None:
    alone = {"cooperatives": [cooperative("c1", 1)], "visits": [visit("c1-1")], "travel": line(0, 10)}
    assert reason(**alone | changes) == expected


def test_other_visits_of_the_cooperative_are_too_near() -> None:
    found = reason(
        {2: ("a", ["c1-2"])},
        cooperatives=[cooperative("c1", 1, min_gap_days=7)],
        visits=[visit("c1-1"), visit("c1-2")],
        travel=line(0, 10),
    )
    assert found == Reason("gap", {"span": EVERY})


def test_the_partner_has_given_its_visits() -> None:
    found = reason(
        {1: ("a", ["c2-1"])},
        visits=[visit("c1-1", partner="p"), visit("c2-1", partner="p")],
        partners=[{"id": "p", "dates": days(1), "per_day": 1}],
    )
    assert found == Reason("partner-full", {"partner": "p", "span": DaySpan(on(1), on(1))})


def test_days_that_are_not_all_workdays_between_are_counted() -> None:
    found = reason(offices=[office(cars=0)], cooperatives=[cooperative("c1", 1, closed=days(2)), cooperative("c2", 2)])
    assert found == Reason("no-car-there", {"span": DaySpan(on(1), on(3), 2)})


def test_days_of_several_causes_are_told_apart_the_most_common_first() -> None:
    found = reason(
        {3: ("a", ["c2-1"])},
        offices=[office(cars=1)],
        officers=[officer("a", "x", absent=days(1, 2)), officer("b")],
        visits=[visit("c1-1", topics=["x"], minutes=400), visit("c2-1")],
    )
    shares = (Share("no-topic-there", 2, {"topic": "x"}), Share("no-car", 1))
    assert found == Reason("no-room", {"number": 3, "first": on(1), "last": on(3), "shares": shares})


def test_a_tour_that_is_out_and_can_take_it_in_is_not_denied() -> None:
    """One car, and its tour to c2 passes the place of c1: it could take c1-1 in for a few kilometres more."""
    found = reason({1: ("a", ["c2-1"])}, offices=[office(cars=1)], workdays=days(1), travel=line(0, 10, 20))
    assert found == Reason("dear", {"span": DaySpan(on(1), on(1))})


def test_a_tour_that_is_out_and_cannot_take_it_in() -> None:
    found = reason({1: ("a", ["c2-1"])}, offices=[office(cars=1)], workdays=days(1), travel=line(0, 10, 20),
                   visits=[visit("c1-1", minutes=400), visit("c2-1")])  # fmt: skip
    assert found == Reason("no-car", {"span": DaySpan(on(1), on(1))})


def test_what_was_not_tried_is_said_not_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.reasons.TRIED", 0)
    found = reason({1: ("a", ["c2-1"])}, offices=[office(cars=1)], workdays=days(1), travel=line(0, 10, 20))
    assert found == Reason("no-car-untried", {"span": DaySpan(on(1), on(1))})
    few = {"officers": [officer("a", "x")], "visits": [visit("c1-1", topics=["x"]), visit("c2-1")]}
    found = reason({1: ("a", ["c2-1"])}, workdays=days(1), travel=line(0, 10, 20), **few)
    assert found == Reason("no-officer-untried", {"span": DaySpan(on(1), on(1))})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"cooperatives": [cooperative("c1", 1, barred=["a", "b"])]},
         Reason("all-barred", {"office": "kk", "cooperative": "c1"})),
        ({"visits": [visit("c1-1", crew=3)]}, Reason("too-few-officers", {"number": 3, "office": "kk"})),
        ({"visits": [visit("c1-1", dates=days(4, 5))]},
         Reason("no-day-left", {"first": on(4), "last": on(3)})),
        ({"cooperatives": [cooperative("c1", 1, open={"mon": [["09:00", "12:00"]]})]},
         Reason("no-day", {"first": on(1), "last": on(3), "cooperative": "c1"})),
        ({"officers": [officer(id_, busy=[{"date": on(d), "from": "09:00", "to": "16:00"} for d in (1, 2, 3)])
                       for id_ in "ab"]}, Reason("all-busy", {"span": EVERY})),
        ({"visits": [visit("c1-1", crew=2)], "officers": [officer("a"), officer("b", absent=days(1, 2, 3))]},
         Reason("no-crew-there", {"span": EVERY})),
    ],
)  # fmt: skip
def test_what_the_rules_of_a_real_office_forbid(changes: dict[str, Any], expected: Reason) -> None:
    alone = {"cooperatives": [cooperative("c1", 1)], "visits": [visit("c1-1")], "travel": line(0, 10)}
    assert reason(**alone | changes) == expected


def test_of_very_many_left_out_the_most_pressing_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.reasons.LOOKED", 1)
    of = problem(offices=[office(cars=0)], visits=[visit("c1-1"), visit("c2-1", priority=2)])
    found = reasons(of, plan(of), list(of.visits))
    assert read_reason(found["c2-1"]) == Reason("no-car-there", {"span": EVERY})
    assert read_reason(found["c1-1"]) == Reason("not-looked-into")


def test_who_waits_for_a_plan_waits_no_longer_for_its_reasons() -> None:
    of = problem(offices=[office(cars=0)], visits=[visit("c1-1"), visit("c2-1", priority=2)])
    found = reasons(of, plan(of), list(of.visits), seconds=0.0)
    assert [read_reason(found[each.id]) for each in of.visits] == [Reason("not-looked-into")] * 2


@pytest.mark.parametrize(("seconds", "expected"), [(3.0, "not-looked-into"), (5.0, "dear")])
def test_days_of_one_visit_are_looked_at_only_while_there_is_time(
    seconds: float, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a second goes by at each look at the clock: at first, before the visit, and before each of its three days
    ticks = count()
    monkeypatch.setattr("optimizer.reasons.time", SimpleNamespace(monotonic=lambda: float(next(ticks))))
    of = problem(visits=[visit("c1-1")], cooperatives=[cooperative("c1", 1)], travel=line(0, 10))
    read = read_reason(reasons(of, plan(of), [of.visits[0]], seconds)["c1-1"])
    assert read is not None
    assert read.form == expected
