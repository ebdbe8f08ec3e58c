"""Rule 4: who needs a break, when it may start, and what it has to fit between."""

from __future__ import annotations

import pytest
from support.builders import line, on, plan, problem, rules_broken, tour, visit

from models.problem import Problem

LUNCH = {"break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00"}


def with_lunch(**changes: object) -> Problem:
    """c1 and c2 as ever, the day open from 08:30 to 18:00, and an hour of lunch that starts 11:30 to 13:00."""
    return problem(day={"start": "08:30", "end": "18:00"} | LUNCH | changes)


# A tour to c1 alone takes 80 minutes: it is moved about the hours between which lunch has to start.
@pytest.mark.parametrize(
    ("depart", "back", "needs"),
    [
        ("08:30", "13:00", False),  # back when the latest break begins: it is at the office
        ("08:30", "13:00:01", True),
        ("11:30", "13:00:01", True),
        ("11:31", "18:00", True),  # to leave a minute after the break may begin saves nobody
        ("12:29:59", "18:00", True),
        ("12:30", "18:00", False),  # left when the earliest break is over: it was at the office
        ("11:30", "13:00", False),
        ("13:00", "18:00", False),
    ],
)
def test_who_is_out_over_the_hours_of_the_break_needs_one(depart: str, back: str, needs: bool) -> None:
    p = with_lunch()
    made = tour(p, on(1), "a", ["c1-1"], depart=depart, back=back)
    assert rules_broken(p, plan(p, made)) == ([4] if needs else [])


def test_fractions_of_a_second_do_not_dodge_the_break() -> None:
    # In a file both times are whole seconds: 12:29:59 and 18:00:00.
    p = with_lunch()
    sly = tour(p, on(1), "a", ["c1-1"], depart=749.99, back="18:00")
    assert rules_broken(p, plan(p, sly)) == [4]


def test_a_day_without_a_break_needs_none_and_has_none() -> None:
    for none in (None, 0):
        p = with_lunch(break_minutes=none)
        assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1"], back="16:00"))) == []
        rests = tour(p, on(1), "a", ["c1-1"], back="16:00", break_=("12:00", "13:00"))
        assert rules_broken(p, plan(p, rests)) == [4]


# c1 is visited 09:00 to 10:00; the tour waits for c2 until 14:00 and is back at 15:20.
@pytest.mark.parametrize(
    ("break_", "fine"),
    [
        (("11:30", "12:30"), True),
        (("13:00", "14:00"), True),
        (("11:29:59", "12:29:59"), True),  # a second is within what rounding may cost
        (("11:29:58", "12:29:58"), False),
        (("13:00:02", "14:00:02"), False),
        (("12:00", "12:59"), False),  # too short
        (("12:00", "13:01"), False),  # too long: it is 60 minutes, not more
    ],
)
def test_the_break_starts_within_its_hours_and_has_its_length(break_: tuple[str, str], fine: bool) -> None:
    p = with_lunch()
    made = tour(p, on(1), "a", ["c1-1", "c2-1"], starts={"c1-1": "09:00", "c2-1": "14:00"}, break_=break_)
    assert rules_broken(p, plan(p, made)) == ([] if fine else [4])


# c1 ends at 11:00, and c2 is 30 minutes away: 90 minutes for the drive and the break.
@pytest.mark.parametrize(
    ("second", "break_", "fine"),
    [
        ("12:30", ("11:30", "12:30"), True),  # drive, then break: to the minute
        ("12:29:59", ("11:29:59", "12:29:59"), True),
        ("12:29", ("11:29", "12:29"), False),  # starts too early as well
        ("12:30", ("11:31", "12:31"), False),  # runs into the visit
        ("12:35", ("11:30", "12:30"), True),  # a break on the road: five minutes are left over
        ("12:45", ("11:40", "12:40"), True),
    ],
)
def test_drive_and_break_both_fit_between_two_stops(second: str, break_: tuple[str, str], fine: bool) -> None:
    p = with_lunch()
    made = tour(p, on(1), "a", ["c1-1", "c2-1"], starts={"c1-1": "10:00", "c2-1": second}, break_=break_)
    assert rules_broken(p, plan(p, made)) == ([] if fine else [4])


def test_a_break_that_steals_the_time_of_the_drive_breaks_rule_4() -> None:
    # From 11:30 to 12:45 there are 75 minutes: neither drive (30) nor break (60) alone is too long, both are.
    p = with_lunch()
    made = tour(p, on(1), "a", ["c1-1", "c2-1"], starts={"c1-1": "10:30", "c2-1": "12:45"}, break_=("11:30", "12:30"))
    assert rules_broken(p, plan(p, made)) == [4]


def test_a_break_lies_outside_every_visit() -> None:
    p = with_lunch()
    within = tour(p, on(1), "a", ["c1-1"], starts={"c1-1": "11:45"}, back="15:00", break_=("12:00", "13:00"))
    assert rules_broken(p, plan(p, within)) == [4]


def test_a_break_before_the_first_stop_and_after_the_last() -> None:
    p = with_lunch()
    # Leaves 11:30, drives 10 minutes, rests until 12:40, visits.
    first = tour(p, on(1), "a", ["c1-1"], depart="11:30", starts={"c1-1": "12:40"}, break_=("11:40", "12:40"))
    assert rules_broken(p, plan(p, first)) == []
    # Visits until 12:00, rests, and drives 10 minutes: back at 13:10 and not before.
    last = tour(p, on(1), "a", ["c1-1"], starts={"c1-1": "11:00"}, back="13:10", break_=("12:00", "13:00"))
    assert rules_broken(p, plan(p, last)) == []
    hasty = tour(p, on(1), "a", ["c1-1"], starts={"c1-1": "11:00"}, back="13:09", break_=("12:00", "13:00"))
    assert rules_broken(p, plan(p, hasty)) == [4]


def test_a_break_lies_within_the_tour() -> None:
    p = with_lunch()
    before = tour(p, on(1), "a", ["c1-1"], depart="12:00", starts={"c1-1": "13:30"}, break_=("11:45", "12:45"))
    assert rules_broken(p, plan(p, before)) == [4]
    after = tour(p, on(1), "a", ["c1-1"], depart="10:00", back="12:30", break_=("12:00", "13:00"))
    assert rules_broken(p, plan(p, after)) == [4]


def test_a_tour_that_needs_no_break_may_have_one_but_only_a_proper_one() -> None:
    p = with_lunch()
    # Leaves at 12:00, after the earliest start: its break may last from 12:10 to 13:10, but not from 13:30.
    made = tour(p, on(1), "a", ["c1-1"], depart="12:00", starts={"c1-1": "13:10"}, break_=("12:10", "13:10"))
    assert rules_broken(p, plan(p, made)) == []
    late = tour(p, on(1), "a", ["c1-1"], depart="12:00", starts={"c1-1": "14:30"}, break_=("13:30", "14:30"))
    assert rules_broken(p, plan(p, late)) == [4]


def test_a_break_fits_between_visits_of_no_length_at_one_place() -> None:
    visits = [visit("c1-1", minutes=0), visit("c2-1", minutes=0)]
    p = problem(day={"start": "08:30", "end": "18:00"} | LUNCH, visits=visits, travel=line(0, 10, 10))
    made = tour(p, on(1), "a", ["c1-1", "c2-1"], starts={"c1-1": "11:30", "c2-1": "12:30"}, back="13:00",
                break_=("11:30", "12:30"))  # fmt: skip
    assert rules_broken(p, plan(p, made)) == []
