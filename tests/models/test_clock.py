"""Times of day: what is read, what is written, and that nothing is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from models.clock import FROM_FILE, Clock, format_clock, parse_clock

CLOCK = TypeAdapter(Clock)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("00:00", 0),
        ("08:30", 510),
        ("8:30", 510),
        (" 08:30 ", 510),
        ("08:30:15", 510.25),
        ("08:30:15.5", 510 + 15.5 / 60),
        ("24:00", 1440),
        ("123:45", 7425),  # public benchmarks have days longer than 24 hours
    ],
)
def test_times_of_day_are_minutes_since_midnight(text: str, minutes: float) -> None:
    assert parse_clock(text) == pytest.approx(minutes)


@pytest.mark.parametrize(
    "text",
    ["", "8", "08.30", "08:60", "08:30:60", "-1:00", "08:3", "08:30:", "8:30 am", "12345:00", "๐๘:๓๐", "08:30\x00",
     "9999:59:59.99"],  # to the nearest second it would have five digits for its hours
)  # fmt: skip
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time of day"):
        parse_clock(text)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "00:00"),
        (510, "08:30"),
        (510.25, "08:30:15"),
        (510 + 0.4 / 60, "08:30"),  # to the nearest second
        (510 + 0.6 / 60, "08:30:01"),
        (1439.9999, "24:00"),
        (7425, "123:45"),
    ],
)
def test_times_of_day_are_written_to_the_second(minutes: float, text: str) -> None:
    assert format_clock(minutes) == text


@given(st.integers(0, 9999 * 3600))
def test_whole_seconds_survive_the_round_trip(seconds: int) -> None:
    text = format_clock(seconds / 60)
    assert round(parse_clock(text) * 60) == seconds
    assert format_clock(parse_clock(text)) == text


@given(st.integers(0, 1000 * 3600))
def test_what_is_read_twice_is_the_same_float(seconds: int) -> None:
    once = parse_clock(format_clock(seconds / 60))
    assert parse_clock(format_clock(once)) == once


@pytest.mark.parametrize("value", [True, None, [8, 30], {"h": 8}, -1, 600_000, float("nan"), float("inf"), b"08:30"])
def test_values_that_are_no_time_of_day_are_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        CLOCK.validate_python(value)


def test_code_may_give_minutes_but_a_file_may_not() -> None:
    assert CLOCK.validate_python(510) == 510
    with pytest.raises(ValidationError, match="time of day"):
        CLOCK.validate_python(510, context=FROM_FILE)
    assert CLOCK.validate_python("08:30", context=FROM_FILE) == 510
