"""Rules 5 to 7 of people: busy for part of a day, so many at a visit at least, barred from a cooperative."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import cooperative, days, office, officer, on, plan, problem, rules_broken, tour, visit

from models.problem import Problem


def busy(*spans: tuple[str, str], day: int = 1) -> list[dict[str, Any]]:
    return [{"date": on(day), "from": first, "to": last} for first, last in spans]


# The tour to c1 leaves at 09:00 and is back at 10:20: ten minutes there, an hour, ten back.
@pytest.mark.parametrize(
    ("spans", "fine"),
    [
        ([("08:30", "09:00")], True),  # until it leaves
        ([("10:20", "12:00")], True),  # from when it is back
        ([("08:30", "09:00"), ("10:20", "16:30")], True),
        ([("08:30", "09:01")], False),
        ([("10:19", "12:00")], False),
        ([("09:30", "09:31")], False),
        ([("08:00", "17:00")], False),
        ([("09:30", "09:30")], False),  # a moment is one as well
    ],
)
def test_nobody_is_busy_while_on_a_tour(spans: list[tuple[str, str]], fine: bool) -> None:
    p = problem(officers=[officer("a", busy=busy(*spans)), officer("b")])
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1"], depart="09:00"))) == ([] if fine else [5])
    assert rules_broken(p, plan(p, tour(p, on(2), "a", ["c1-1"], depart="09:00"))) == []
    with_another = plan(p, tour(p, on(1), "ba", ["c1-1"], depart="09:00"))
    assert rules_broken(p, with_another) == ([] if fine else [5])


def test_when_an_officer_is_free() -> None:
    spans = busy(("10:00", "11:00"), ("08:00", "09:00"), ("10:30", "12:00"))
    a = problem(officers=[officer("a", absent=days(2), busy=spans)]).officers[0]
    assert a.free_on(on(1)) == ((0.0, 480.0), (540.0, 600.0), (720.0, float("inf")))
    assert a.free_on(on(2)) == ()
    assert a.free_on(on(3)) == ((0.0, float("inf")),)


@pytest.mark.parametrize(("wanted", "crew", "fine"), [(2, "ab", True), (2, "a", False), (0, "a", True), (1, "a", True),
                                                      (3, "ab", False)])  # fmt: skip
def test_at_least_so_many_officers_ride_to_a_visit(wanted: int, crew: str, fine: bool) -> None:
    p = problem(visits=[visit("c1-1", crew=wanted), visit("c2-1")])
    assert rules_broken(p, plan(p, tour(p, on(1), crew, ["c2-1", "c1-1"]))) == ([] if fine else [6])


def test_an_officer_named_twice_does_not_count_twice() -> None:
    p = problem(visits=[visit("c1-1", crew=2)])
    assert rules_broken(p, plan(p, tour(p, on(1), "aa", ["c1-1"]))) == [5, 6]


def test_nobody_rides_to_a_cooperative_that_bars_him_or_her() -> None:
    p = problem(cooperatives=[cooperative("c1", 1, barred=["a"]), cooperative("c2", 2)])
    assert rules_broken(p, plan(p, tour(p, on(1), "b", ["c1-1"]))) == []
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c2-1"]))) == []
    assert rules_broken(p, plan(p, tour(p, on(1), "ba", ["c1-1"]))) == [6]
    # Whoever is barred from one cooperative of a tour is barred from the tour.
    assert rules_broken(p, plan(p, tour(p, on(1), "ab", ["c2-1", "c1-1"]), leads={"c1": "b"})) == [6]


def test_nobody_leads_a_cooperative_that_bars_him_or_her() -> None:
    p = problem(cooperatives=[cooperative("c1", 1, barred=["a"], current_lead="a"), cooperative("c2", 2)])
    made = tour(p, on(1), "b", ["c1-1"])
    assert rules_broken(p, plan(p, made, leads={"c1": "a"})) == [7]
    assert rules_broken(p, plan(p, made, leads={"c1": "b"})) == []


def test_history_is_judged_by_none_of_these_but_for_the_lead() -> None:
    p = problem(offices=[office(seats=2)])
    published = plan(p, tour(p, on(1), "a", ["c1-1"]))
    now: dict[str, Any] = {
        "officers": (officer("a", busy=busy(("08:00", "17:00"))), officer("b")),
        "cooperatives": (cooperative("c1", 1, barred=["a"]), cooperative("c2", 2)),
        "visits": (visit("c1-1", crew=2), visit("c2-1")),
    }
    later: Problem = p.changed(published=published, today=on(2), **now)
    assert rules_broken(later, plan(later, *later.history, leads={"c1": "b"})) == []
    assert rules_broken(later, plan(later, *later.history, leads={"c1": "a"})) == [7]
