"""Parts of problems for hypothesis, each strategy made once and kept.

Hypothesis looks at a new strategy from all sides before it draws from it, and that takes longer than to draw.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from hypothesis import strategies as st

from models.clock import format_clock
from models.hours import WEEKDAYS

TOPICS = ("accounts", "debt", "audit")


@cache
def one_of(*values: Any) -> st.SearchStrategy[Any]:
    """One of these; of values that are equal, as 1 and 1.0 are, only one is ever drawn."""
    return st.sampled_from(values)


@cache
def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


@cache
def clocks(first: int, last: int) -> st.SearchStrategy[list[str]]:
    """Two times of day in half hours, in order."""
    clock = st.integers(first * 2, last * 2).map(lambda halves: format_clock(halves * 30))
    return st.tuples(clock, clock).map(sorted)


@cache
def some_days(dates: tuple[dt.date, ...], least: int = 0, most: int | None = None) -> st.SearchStrategy[list[dt.date]]:
    if not dates:
        return st.just([])
    return st.lists(st.sampled_from(dates), unique=True, min_size=least, max_size=most).map(sorted)


@cache
@st.composite
def busy_day(draw: st.DrawFn, near: tuple[dt.date, ...]) -> dict[str, Any]:
    first, last = draw(one_of(("08:30", "12:00"), ("13:00", "16:30"), ("10:15", "11:00"), ("09:00", "09:00")))
    return {"date": draw(one_of(*near)), "from": first, "to": last}


@cache
def stretches(first: int, last: int) -> st.SearchStrategy[list[list[str]]]:
    """Up to two stretches in half hours, one after the other or touching; sometimes lunch is between them."""
    several = st.lists(st.integers(first * 2, last * 2), min_size=4, max_size=4).map(sorted)
    apart = several.map(lambda halves: [[format_clock(a * 30), format_clock(b * 30)]
                                        for a, b in (halves[:2], halves[2:])])  # fmt: skip
    lunch = st.just([["08:30", "12:00"], ["13:00", "16:30"]])
    return lunch | apart | lunch | apart.map(lambda spans: spans[:1])


@cache
def open_hours() -> st.SearchStrategy[Any]:
    """Open hours in each of their three forms."""
    days = st.dictionaries(st.sampled_from(WEEKDAYS[:5]), stretches(8, 17), min_size=2, max_size=5)
    return clocks(7, 18) | stretches(8, 17) | days


@cache
def seldom() -> st.SearchStrategy[bool]:
    return st.sampled_from([True, False, False])


@cache
def how_many(most: int) -> st.SearchStrategy[int]:
    """How many of a kind there are; seldom none."""
    return st.sampled_from([*list(range(1, most + 1)) * 4, 0])


@cache
def up_to(first: int, last: int) -> st.SearchStrategy[int]:
    return st.integers(first, last)


@cache
def owners_of(cooperatives: tuple[str, ...], visits: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(cooperatives), min_size=visits, max_size=visits)


@cache
def rhythms_of(workdays: tuple[dt.date, ...], visits: int) -> st.SearchStrategy[list[list[dt.date]]]:
    return st.lists(some_days(workdays, visits, visits), min_size=1, max_size=3)


@cache
def often_busy(near: tuple[dt.date, ...], most: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(busy_day(near), max_size=most)


@cache
def issue_of(cooperative: str) -> st.SearchStrategy[list[str]]:
    return st.builds(lambda: [f"issue-{cooperative}"])


@cache
def first_and_last(dates: st.SearchStrategy[dt.date]) -> st.SearchStrategy[list[dt.date]]:
    return st.tuples(dates, dates).map(sorted)


@cache
def two_at_most(officers: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(officers), unique=True, max_size=2)


@cache
def places_of(number: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(-45, 45), min_size=number, max_size=number)


NOBODY = st.none()
COIN = st.booleans()
SEEDS = st.integers(0, 2**16)
NONE_OR_EMPTY: st.SearchStrategy[Any] = st.sampled_from([None, []])
SKILLS: st.SearchStrategy[list[str]] = st.sampled_from([list(TOPICS), ["accounts"], ["debt", "audit"], []])
NEEDS: st.SearchStrategy[list[str]] = st.sampled_from([[], ["accounts"], ["debt", "accounts"]])
WINDOWS = clocks(8, 16) | stretches(8, 16)


@cache
def on_some(dates: st.SearchStrategy[dt.date]) -> st.SearchStrategy[Any]:
    """How many cars there are on some days."""
    return maybe(st.dictionaries(dates, up_to(0, 3), max_size=3))
