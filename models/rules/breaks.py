"""Rule 4: who is out over the middle of the day has the break, beside the drive and outside every visit."""

from __future__ import annotations

import math
from collections.abc import Iterator

from models.clock import TOLERANCE, format_clock, seconds
from models.hours import HAIR
from models.plan import Tour
from models.problem import Day, Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Keeping, Rule, keeping


def over_noon(day: Day, depart: float, back: float) -> bool:
    """Whether a tour needs the break: it leaves before the earliest is over, and is back after the latest begins."""
    leaves_before = seconds(depart) < seconds(day.break_opens + day.break_length)
    return day.has_break and leaves_before and seconds(back) > seconds(day.break_closes)


def leg_minutes(day: Day, drive: float, *, before_visit: bool, with_break: bool) -> float:
    """Minutes at least from being free to the next start (or to being back): the drive, and the slack or the break.

    Who has the break there has arrived in time: it takes in the slack before a visit.
    """
    slack = day.slack if before_visit else 0.0
    return drive + max(slack, day.break_length if with_break else 0.0)


def break_from(day: Day, free: float, drive: float) -> float:
    """When the break on a leg begins: on arriving where that is early enough, else on the way."""
    arrive = free + drive
    return max(arrive if arrive <= day.break_closes + HAIR else free, day.break_opens)


def most_work(day: Day) -> float:
    """Minutes that a tour has for drives and visits at most: it has the break, or it keeps clear of it."""
    whole = min(day.end - day.start, math.inf if day.max_minutes is None else day.max_minutes)
    if not day.has_break:
        return whole
    clear = max(day.break_closes - day.start, day.end - day.break_opens - day.break_length)
    return max(whole - day.break_length, min(whole, clear))


def _on_tour(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    day = roster.problem.day
    if tour.break_ is None:
        if over_noon(day, tour.depart, tour.return_):
            yield Finding("no-break", {"from": format_clock(tour.depart), "to": format_clock(tour.return_)})
    elif not _is_one(day, *tour.break_) or not _has_room(roster, tour, *tour.break_):
        begin, end = tour.break_
        yield Finding("break-misplaced", {"from": format_clock(begin), "to": format_clock(end)})


def _is_one(day: Day, begin: float, end: float) -> bool:
    """Whether the times are those of a break: as long as it is, begun within its hours."""
    right_length = abs(end - begin - day.break_length) <= TOLERANCE
    return day.has_break and right_length and (
        day.break_opens - TOLERANCE <= begin <= day.break_closes + TOLERANCE
    )  # fmt: skip


def _has_room(roster: Roster, tour: Tour, begin: float, end: float) -> bool:
    """Whether the break lies between two events of the tour that leave time for it and the drive."""
    leaves = [tour.depart, *(stop.end for stop in tour.stops)]
    reaches = [*(stop.start for stop in tour.stops), tour.return_]
    return any(
        free - TOLERANCE <= begin and end <= busy + TOLERANCE and busy - free >= drive + (end - begin) - TOLERANCE
        for free, busy, drive in zip(leaves, reaches, roster.drives(tour), strict=True)
    )


RULE = Rule(
    name="break",
    number=4,
    text="A tour that leaves before `break_earliest` + `break_minutes` and is back after `break_latest` has one break "
    "of `break_minutes` that starts within those hours, outside every visit and beside the drive.",
    keys=("day.break_minutes", "day.break_earliest", "day.break_latest"),
    kept=keeping(bound=Keeping.RELAXED),
    of_tour=("no-break", "break-misplaced"),
    on_tour=_on_tour,
)
