"""Rule 1 (each visit once) and rule 3 (dates, windows and open hours of a visit)."""

from __future__ import annotations

import pytest
from support.builders import cooperative, on, parts, plan, problem, rules_broken, tour, visit

from models.plan import Unplanned
from models.referee import violations


def test_a_plan_of_every_visit_is_clean() -> None:
    p = problem()
    assert violations(p, plan(p, tour(p, on(1), "a", ["c1-1", "c2-1"]))) == []


def test_nothing_planned_is_clean_as_long_as_it_is_said() -> None:
    p = problem()
    assert violations(p, plan(p)) == []


def test_a_visit_that_is_nowhere_breaks_rule_1() -> None:
    p = problem()
    silent = plan(p, tour(p, on(1), "a", ["c1-1"]), unplanned=())
    assert rules_broken(p, silent) == [1]


@pytest.mark.parametrize("second", ["another tour", "the same tour"])
def test_a_visit_in_two_stops_breaks_rule_1(second: str) -> None:
    p = problem()
    if second == "another tour":
        twice = plan(p, tour(p, on(1), "a", ["c1-1", "c2-1"]), tour(p, on(1), "b", ["c2-1"]))
    else:
        twice = plan(p, tour(p, on(1), "a", ["c1-1", "c2-1", "c2-1"]))
    assert rules_broken(p, twice) == [1]


def test_a_visit_both_planned_and_unplanned_breaks_rule_1() -> None:
    p = problem()
    left = (Unplanned(visit="c1-1", reason="x: y."), Unplanned(visit="c2-1", reason="x: y."))
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1"]), unplanned=left)) == [1]


def test_two_tours_with_one_id_break_rule_1() -> None:
    p = problem()
    twins = plan(p, tour(p, on(1), "a", ["c1-1"], id_="t"), tour(p, on(1), "b", ["c2-1"], id_="t"))
    assert rules_broken(p, twins) == [1]


# The first visit below starts at 08:40 (10 minutes from the office at 08:30) and ends at 09:40.
@pytest.mark.parametrize(
    ("window", "fine"),
    [
        (["08:40", "08:40"], True),
        (["08:40:01", "10:00"], True),  # one second is within what rounding may cost
        (["08:40:02", "10:00"], False),
        (["08:00", "08:39:59"], True),
        (["08:00", "08:39:58"], False),
    ],
)
def test_a_visit_starts_within_its_window(window: list[str], fine: bool) -> None:
    p = problem(visits=[visit("c1-1", window=window)])
    made = plan(p, tour(p, on(1), "a", ["c1-1"], starts={"c1-1": "08:40"}))
    assert rules_broken(p, made) == ([] if fine else [3])


def test_a_visit_may_end_after_its_window() -> None:
    # The window is for the start alone: 08:40 lies in it, and the hour ends long after it.
    p = problem(visits=[visit("c1-1", window=["08:30", "08:45"])])
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1"]))) == []


@pytest.mark.parametrize(
    ("hours", "fine"),
    [
        (["08:40", "09:40"], True),  # to the minute
        (["08:40:02", "12:00"], False),  # it would start before they open
        (["08:00", "09:39:58"], False),  # and end after they close, though it starts in time
        (["08:00", "09:39:59"], True),
    ],
)
def test_the_whole_visit_lies_within_open_hours(hours: list[str], fine: bool) -> None:
    p = problem(cooperatives=[cooperative("c1", 1, open=hours)], visits=[visit("c1-1")])
    made = plan(p, tour(p, on(1), "a", ["c1-1"], starts={"c1-1": "08:40"}))
    assert rules_broken(p, made) == ([] if fine else [3])


@pytest.mark.parametrize(
    ("limits", "fine"),
    [
        ({"earliest": on(2)}, True),
        ({"earliest": on(3)}, False),
        ({"latest": on(2)}, True),
        ({"latest": on(1)}, False),
        ({"earliest": on(2), "latest": on(2)}, True),
        ({"due": on(1)}, True),  # late is dear, not forbidden
    ],
)
def test_dates_lie_between_earliest_and_latest(limits: dict[str, object], fine: bool) -> None:
    p = problem(visits=[visit("c1-1", **limits)])
    assert rules_broken(p, plan(p, tour(p, on(2), "a", ["c1-1"]))) == ([] if fine else [3])


@pytest.mark.parametrize(("closed", "fine"), [([], True), ([on(1), on(3)], True), ([on(1), on(2)], False)])
def test_nobody_is_visited_on_a_closed_day(closed: list[object], fine: bool) -> None:
    p = problem(cooperatives=[cooperative("c1", 1, closed=closed)], visits=[visit("c1-1")])
    assert rules_broken(p, plan(p, tour(p, on(2), "a", ["c1-1"]))) == ([] if fine else [3])


def test_every_broken_rule_of_a_stop_is_named() -> None:
    only = cooperative("c1", 1, open=["10:00", "11:00"], closed=[on(1)])
    p = problem(cooperatives=[only], visits=[visit("c1-1", earliest=on(2), window=["10:00", "11:00"])])
    early = plan(p, tour(p, on(1), "a", ["c1-1"], starts={"c1-1": "08:40"}))
    told = [str(each) for each in violations(p, early)]
    assert len(told) == 4
    assert all(text.startswith("rule 3, visit c1-1 on 2012-08-01: ") for text in told)


def test_the_base_of_these_tests_is_what_it_says() -> None:
    assert [each["id"] for each in parts()["visits"]] == ["c1-1", "c2-1"]
    p = problem()
    stop = tour(p, on(1), "a", ["c1-1"]).stops[0]
    assert (stop.arrive, stop.start, stop.end) == (520, 520, 580)  # 08:40, 08:40, 09:40
