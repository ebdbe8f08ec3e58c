"""Agendas that cannot be: each fault says which issue, and what stands against it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from support.agendas import (
    DAYS,
    WEDNESDAYS,
    agendas,
    aug,
    issue,
    oct_,
    sep,
)

from models.agendas import Policy
from models.saying import in_thai


@pytest.mark.parametrize(
    ("keys", "row", "code"),
    [
        ({"audience": "board"}, {}, "meeting-missing"),
        ({"audience": "board", "sessions": 9}, {"board_meeting": "third Thursday, 10:00"}, "meetings-too-few"),
        ({"audience": "board"}, {"board_meeting": "third Sunday, 10:00"}, "meetings-too-few"),
        ({"audience": "board"}, {"board_meeting": "third Thursday, 18:00"}, "meetings-too-few"),
        ({"audience": "board", "content_ready": oct_(25)}, {"board_meeting": "day 15, 10:00"}, "meetings-too-few"),
        ({"content_ready": dt.date(2012, 11, 1)}, {}, "agenda-overfull"),
        ({}, {"closed": DAYS}, "agenda-overfull"),
        ({"partner": "nobody"}, {}, "partner-never-free"),
        ({"partner": "baac"}, {"closed": tuple(WEDNESDAYS)}, "partner-never-free"),
    ],
)
def test_what_cannot_be_arranged(keys: dict[str, Any], row: dict[str, Any], code: str) -> None:
    made = agendas(issue("i1", **keys), **row)
    assert [(fault.code, fault.where) for fault in made.faults] == [(code, "cooperative c1")]
    assert made.visits == []


def test_a_meeting_before_the_content_is_ready_is_not_counted() -> None:
    late = issue("i1", audience="board", content_ready=dt.date(2013, 1, 1))
    fault = agendas(late, board_meeting="day 15, 10:00").faults[0]
    assert fault.code == "meetings-too-few" and "and 0 of 3 can take a visit" in fault.cause


THURSDAYS = {"board_meeting": "third Thursday, 10:00"}


@pytest.mark.parametrize(
    ("keys", "row", "expected"),
    [
        (
            {}, {"board_meeting": "third Sunday, 10:00"},
            "takes 1 of its meetings, and 0 of 3 can take a visit (3 on no workday)",
        ),
        ({"partner": "baac"}, THURSDAYS, "(3 on a day on which baac is not free)"),
        ({"content_ready": oct_(20)}, THURSDAYS, "(3 before its content is ready on 2012-10-20)"),
        ({}, {"board_meeting": "third Thursday, 18:00"}, "(3 outside its hours of that day)"),
        (
            {}, THURSDAYS | {"closed": (aug(16),), "open": ((510, 620),), "last_visit": sep(19)},
            "(1 on a day on which it is closed, 1 too soon after its last visit on 2012-09-19, 1 with less than 45 "
            "minutes for it)",
        ),
        ({"sessions": 9}, THURSDAYS, "of i1 takes 5 of its meetings, and 3 of 3 can take a visit"),
    ],
)  # fmt: skip
def test_the_fault_names_the_issue_and_what_took_the_meetings(
    keys: dict[str, Any], row: dict[str, Any], expected: str
) -> None:
    others = issue("i2", audience="board")
    (fault,) = agendas(issue("i1", audience="board", **keys), *([others] if "partner" in keys else []), **row).faults
    assert fault.code == "meetings-too-few" and fault.cause.endswith(f"{expected}.")
    assert "i2" not in fault.cause
    thai = in_thai(fault.cause)
    assert "ประเด็น i1" in thai and not re.search("(?i)meeting|workday", thai)


def test_far_too_many_sessions_are_refused_at_once() -> None:
    many = [issue(f"i{n}", sessions=50, audience=("board", "members")[n % 2]) for n in range(4000)]
    made = agendas(*many, board_meeting="third Thursday, 10:00")
    assert [fault.code for fault in made.faults] == ["agenda-overfull"]


def test_days_too_soon_after_the_last_visit_are_told_as_such() -> None:
    (fault,) = agendas(last_visit=dt.date(2012, 10, 24)).faults  # the next one on the 31st, the last day
    assert fault.code == "agenda-overfull"
    assert "into the 1 open workdays that are left: its last visit was on 2012-10-24" in fault.cause
    assert "7 วัน" in fault.in_language("th").cause


def test_more_visits_than_days() -> None:
    many = [issue(f"i{n}", sessions=50) for n in range(4)]
    made = agendas(*many, policy=Policy(together=1, longest_visit=45))
    assert [fault.code for fault in made.faults] == ["agenda-overfull"]
