"""Monthly rules of board meetings, in English and Thai wording."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.meetings import LAST, MeetingRule, NoRule, parse_meeting

FIRST, END = dt.date(2012, 8, 1), dt.date(2012, 10, 31)
THIRD_THURSDAY = MeetingRule(start=600, weeks=(3,), weekday=3)


@pytest.mark.parametrize(
    "text",
    [
        "third Thursday, 10:00",
        "Third THURSDAY of the month at 10:00",
        "every 3rd Thursday, 10.00",
        "10:00 on the third Thursday of each month",
        "พฤหัสบดีที่สาม 10:00",
        "วันพฤหัสบดีที่ 3 ของเดือน เวลา 10.00 น.",
        "ทุกวันพฤหัสบดีที่สามของทุกเดือน เวลา ๑๐.๐๐ น.",
        "พฤ.ที่ 3 เวลา 10.00 น.",
        "พฤหัสบดีสัปดาห์ที่ 3 10:00",
        "Thu week 3, 10:00",
    ],
)
def test_wordings_of_one_rule(text: str) -> None:
    assert parse_meeting(text) == THIRD_THURSDAY


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("last Friday, 13:30", MeetingRule(start=810, weeks=(LAST,), weekday=4)),
        ("วันศุกร์สุดท้ายของเดือน 13:30", MeetingRule(start=810, weeks=(LAST,), weekday=4)),
        ("first and third Monday, 09:00", MeetingRule(start=540, weeks=(1, 3), weekday=0)),
        ("จันทร์แรกและจันทร์ที่สาม 9:00", MeetingRule(start=540, weeks=(1, 3), weekday=0)),
        ("อังคารที่สองและที่สี่ 9:00", MeetingRule(start=540, weeks=(2, 4), weekday=1)),
        ("day 15, 10:00", MeetingRule(start=600, day=15)),
        ("วันที่ 15 ของทุกเดือน เวลา 10.00 น.", MeetingRule(start=600, day=15)),
        ("วันเสาร์แรกของเดือน 08:30", MeetingRule(start=510, weeks=(1,), weekday=5)),
        ("จันทร์สัปดาห์ที่ 2", MeetingRule(weeks=(2,), weekday=0)),
        ("พฤ.ที่ 3", MeetingRule(weeks=(3,), weekday=3)),
        ("วันที่ 15", MeetingRule(day=15)),
        ("third Thursday", MeetingRule(weeks=(3,), weekday=3)),
        ("Friday 1, 3", MeetingRule(weeks=(1, 3), weekday=4)),
        ("อังคารที่ 2 และ 4 เวลา 9:00 น.", MeetingRule(start=540, weeks=(2, 4), weekday=1)),
        ("วันอาทิตย์ที่หนึ่ง 08:30", MeetingRule(start=510, weeks=(1,), weekday=6)),
    ],
)
def test_other_rules(text: str, rule: MeetingRule) -> None:
    assert parse_meeting(text) == rule


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        ("third Thursday, 10:00", [(8, 16), (9, 20), (10, 18)]),
        ("last Friday, 10:00", [(8, 31), (9, 28), (10, 26)]),
        ("first Wednesday, 10:00", [(8, 1), (9, 5), (10, 3)]),
        ("first and last Wednesday, 10:00", [(8, 1), (8, 29), (9, 5), (9, 26), (10, 3), (10, 31)]),
        ("day 31, 10:00", [(8, 31), (10, 31)]),
    ],
)
def test_dates_in_the_quarter(rule: str, dates: list[tuple[int, int]]) -> None:
    assert list(parse_meeting(rule).dates(FIRST, END)) == [dt.date(2012, month, day) for month, day in dates]


def test_dates_go_over_the_turn_of_the_year() -> None:
    dates = list(THIRD_THURSDAY.dates(dt.date(2012, 12, 1), dt.date(2013, 1, 31)))
    assert dates == [dt.date(2012, 12, 20), dt.date(2013, 1, 17)]


@pytest.mark.parametrize(
    "text",
    ["", "10:00", "Thursday, 10:00", "third, 10:00", "fifth Monday, 10:00", "5th Monday, 10:00",
     "third Thursday, 25:00", "third Thursday, 10.75", "day 32, 10:00", "day, 10:00", "third Thursday, 10:00, 11:00",
     "วันที่ 2 พุธ", "ศุกร์แรก เวลา 3", "first Friday at 3", "ศุกร์แรก 3 น.", "first Friday, 3", "ศุกร์แรก 3", "third Thursday 2",
     "every 2 Wednesday", "sometimes", "ทุกวัน 10:00", "third Thursday and Friday, 10:00"],
)  # fmt: skip
def test_what_is_no_rule(text: str) -> None:
    with pytest.raises(NoRule, match=r"third Thursday|first to fourth"):
        parse_meeting(text)


@settings(max_examples=50)
@given(
    st.text()
    | st.lists(st.sampled_from(["third", "วัน", "ที่", "จันทร์", " ", "10:00", "10.75", "3", "day", "99"])).map("".join)
)
def test_any_text_is_a_rule_or_none(text: str) -> None:
    try:
        rule = parse_meeting(text)
    except NoRule:
        return
    assert list(rule.dates(FIRST, END)) == sorted(set(rule.dates(FIRST, END)))


@settings(max_examples=50)
@given(st.sampled_from([1, 2, 3, 4, LAST]), st.integers(0, 6), st.dates(dt.date(2000, 1, 1), dt.date(2050, 1, 1)))
def test_every_month_has_one_meeting_of_a_weekly_rule(week: int, weekday: int, first: dt.date) -> None:
    month = first.replace(day=1)
    dates = list(MeetingRule(start=0, weeks=(week,), weekday=weekday).dates(month, month + dt.timedelta(days=27)))
    later = list(MeetingRule(start=0, weeks=(week,), weekday=weekday).dates(month, month + dt.timedelta(days=40)))
    assert len(later) >= 1 and dates == later[: len(dates)]
    assert all(date.weekday() == weekday for date in later)
    if week != LAST:
        assert (later[0].day - 1) // 7 == week - 1
