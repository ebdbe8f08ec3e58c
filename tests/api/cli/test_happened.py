"""What happened, as options of ``patithin replan`` say it."""

from __future__ import annotations

import datetime as dt

import pytest

from api.cli.happened import FORMS, changes_of
from api.cli.options import date_of
from api.naming import AsWritten
from models.changes import Absence, BoardMeets, Departure, NoMeeting, UrgentVisit
from models.faults import InvalidInput


def test_options_say_what_happened() -> None:
    written = {"--absent": ["o:1:2012-08-01..2012-08-03"], "--urgent": ["c1:45:2012-08-03:debt+audit"]}
    found = changes_of(written, AsWritten())
    assert isinstance(found[0], Absence)
    assert (found[0].officer, found[0].last.day) == ("o:1", 3)
    assert isinstance(found[1], UrgentVisit)
    assert (found[1].minutes, found[1].topics) == (45, ("debt", "audit"))
    asked = "c1:45:priority=3:partner=cad:subject=หนี้ค้าง"
    (urgent,) = changes_of({"--urgent": [asked]}, AsWritten())
    assert urgent == UrgentVisit("c1", 45, priority=3, partner="cad", subject="หนี้ค้าง")
    boards = {"--meeting": ["c1:2012-09-04=2012-09-03"], "--no-meeting": ["c1:2012-09-11"]}
    assert changes_of(boards, AsWritten()) == [
        BoardMeets("c1", dt.date(2012, 9, 4), dt.date(2012, 9, 3)), NoMeeting("c1", dt.date(2012, 9, 11)),
    ]  # fmt: skip


def test_dates_may_be_written_as_thai_offices_do() -> None:
    for written in ("2012-09-03", "2555-09-03", "3/9/2555", "3 ก.ย. 2555"):
        (found,) = changes_of({"--leaves": [f"o1:{written}"]}, AsWritten())
        assert isinstance(found, Departure)
        assert found.first == dt.date(2012, 9, 3)
        assert date_of("--today", written) == dt.date(2012, 9, 3)


@pytest.mark.parametrize(
    ("option", "value", "part"),
    [
        ("--urgent", "c1:30:priority=9", "5 or less"),
        ("--urgent", "c1:0", "more than 0"),
        ("--urgent", "c1:60:due=2012-09-03:due=2012-09-20", "due twice"),
        ("--urgent", "c1:60:2012-09-03:due=2012-09-20", "due twice"),
        ("--new", "c1:60:priority=3:Priority=4", "priority twice"),
        ("--urgent", "c1:60:subject=ref 12: 3/9/2555", "' 3/9/2555' has no name"),
        ("--closed", "c1:30 ก.พ. 55", "not in the calendar"),
        ("--cars", "kk:2012-08-01=-1", "0 or more"),
    ],
)
def test_the_fault_says_which_part_cannot_be(option: str, value: str, part: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        changes_of({option: [value]}, AsWritten())
    (fault,) = caught.value.faults
    assert fault.where.startswith(f"{option} {value}") and part in fault.cause


@pytest.mark.parametrize("option", FORMS)
@pytest.mark.parametrize(
    "value", ["", ":", "x:", ":2012-08-01", "x:2012-13-01", "x:1:2:3:4", "x:2012-08-01=..=", "x:nan"]
)
def test_no_text_crashes_an_option(option: str, value: str) -> None:
    try:
        changes_of({option: [value]}, AsWritten())
    except InvalidInput as error:
        assert error.faults[0].where.startswith(option)


@pytest.mark.parametrize(
    "days",
    [
        "2012-09-03..2012-09-07", "3 ก.ย. 2555-7 ก.ย. 2555", "3–7 ก.ย. 2555", "๓-๗ ก.ย. ๒๕๕๕", "3/9/2555-7/9/2555",
        "3 ก.ย. 2555..7 ก.ย. 2555", "3 กันยา 2555 ถึง 7 กันยา 2555",
    ],
)  # fmt: skip
def test_days_are_written_as_on_the_page(days: str) -> None:
    first, last = dt.date(2012, 9, 3), dt.date(2012, 9, 7)
    assert changes_of({"--absent": [f"o09:{days}"]}, AsWritten()) == [Absence("o09", first, last)]


def test_days_that_are_none_show_how_a_range_is_written() -> None:
    with pytest.raises(InvalidInput) as caught:
        changes_of({"--absent": ["o09:3 กย"]}, AsWritten())
    (fault,) = caught.value.faults
    assert "2012-09-03..2012-09-07" in fault.remedy and "3-7 ก.ย. 2555" in fault.in_language("th").remedy
