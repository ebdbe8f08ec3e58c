"""Workdays: the calendar of Thai government offices, and an office's own exceptions to it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.workdays import government_holidays, workdays

DAY = dt.date


def test_the_quarter_of_the_sample_has_62_workdays() -> None:
    days = workdays(DAY(2012, 8, 1), DAY(2012, 10, 31))
    assert len(days) == 62
    assert days[:4] == (DAY(2012, 8, 1), DAY(2012, 8, 6), DAY(2012, 8, 7), DAY(2012, 8, 8))
    assert not {DAY(2012, 8, 2), DAY(2012, 8, 3), DAY(2012, 8, 13), DAY(2012, 10, 23)} & set(days)


#: weekdays of 2012 on which Thai government offices were closed, by the cabinet's list for that year
CLOSED_2012 = {
    (1, 2), (1, 3), (3, 7), (4, 6), (4, 9), (4, 13), (4, 16), (5, 7), (5, 9), (6, 4), (8, 2), (8, 3), (8, 13),
    (10, 23), (12, 5), (12, 10), (12, 31),
}  # fmt: skip


def test_a_whole_year_closes_on_the_days_of_the_government() -> None:
    days = set(workdays(DAY(2012, 1, 1), DAY(2012, 12, 31)))
    weekdays = {DAY(2012, 1, 1) + dt.timedelta(days=n) for n in range(366)}
    closed = {(d.month, d.day) for d in weekdays - days if d.weekday() < 5}
    assert closed == CLOSED_2012


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (DAY(2012, 5, 1), "Labour Day is no holiday of the civil service"),
        (DAY(2011, 5, 2), "nor is the Monday after it"),
        (DAY(2011, 10, 28), "the floods closed some provinces only"),
    ],
)
def test_days_that_only_others_have_off(day: dt.date, why: str) -> None:
    assert workdays(day, day) == (day,), why


def test_childrens_day_is_no_government_holiday() -> None:
    assert DAY(2013, 1, 12) not in government_holidays(DAY(2013, 1, 1), DAY(2013, 1, 31))


def test_the_ploughing_ceremony_closes_government_offices_only() -> None:
    assert workdays(DAY(2012, 5, 9), DAY(2012, 5, 9)) == ()


def test_own_exceptions() -> None:
    first, last = DAY(2012, 8, 1), DAY(2012, 8, 6)
    assert workdays(first, last) == (first, last)
    assert workdays(first, last, extra_holidays={first}, extra_workdays={DAY(2012, 8, 2), DAY(2012, 8, 4)}) == (
        DAY(2012, 8, 2), DAY(2012, 8, 4), last,
    )  # fmt: skip


def test_a_day_in_both_exceptions_is_closed() -> None:
    assert workdays(DAY(2012, 8, 4), DAY(2012, 8, 4), {DAY(2012, 8, 4)}, {DAY(2012, 8, 4)}) == ()


def test_no_days_between_a_day_and_one_before_it() -> None:
    assert workdays(DAY(2012, 8, 2), DAY(2012, 8, 1)) == ()


@given(st.dates(DAY(2005, 1, 1), DAY(2030, 1, 1)), st.integers(0, 400))
def test_workdays_ascend_within_the_horizon_and_are_weekdays(first: dt.date, length: int) -> None:
    last = first + dt.timedelta(days=length)
    days = workdays(first, last)
    assert list(days) == sorted(set(days))
    assert all(first <= day <= last and day.weekday() < 5 for day in days)
