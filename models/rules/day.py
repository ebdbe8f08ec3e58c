"""Rules 2 and 4: a tour fits into the day, with its drives, its break, its grid and its slack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models.clock import format_clock
from models.hours import HAIR, Span, Spans
from models.plan import Tour
from models.problem import Day, Depot, Visit
from models.rules.crews import riders
from models.rules.finding import Finding
from models.rules.hours import said
from models.rules.roster import Roster
from models.rules.rule import Keeping, Rule, keeping
from models.rules.timing import timings

#: minutes of generosity: the referee forgives a second at each of a handful of times
GIVE = 0.1


def fits_alone(roster: Roster, visit: Visit, date: dt.date, office: Depot, within: Span, near: Span) -> bool:
    """Whether some tour ``within`` a span could have the visit start ``near``, whatever else it does.

    Drives are the shortest over any places and times are a few seconds generous: nothing possible is refused.
    """
    problem = roster.problem
    ways = problem.travel.shortest_minutes
    home, away = office.location, problem.cooperative_by_id[visit.cooperative].location
    drives = float(ways[home, away]), float(ways[away, home])
    starts = [(max(low, near[0]) - GIVE, min(high, near[1]) + GIVE) for low, high in problem.starts(visit, date)]
    windows: Spans = tuple((low, high) for low, high in starts if high >= low)
    span = within[0] - GIVE, within[1] + GIVE
    return bool(timings(_generous(problem.day), drives, [visit.minutes], [windows], span))


def _generous(day: Day) -> Day:
    longest = None if day.max_minutes is None else day.max_minutes + GIVE
    return day.model_copy(
        update={"start": max(0.0, day.start - GIVE), "end": day.end + GIVE, "max_minutes": longest,
                "break_minutes": max(0.0, day.break_length - GIVE) if day.has_break else day.break_minutes}
    )  # fmt: skip


def _from_office(roster: Roster, visit: Visit, date: dt.date, office: Depot) -> Iterator[Finding]:
    anytime = (0.0, float("inf"))
    if not fits_alone(roster, visit, date, office, anytime, anytime):
        yield _too_far(roster, visit, date, office)
        return
    people = riders(roster, visit, date, office)
    if people and all(one.busy and one.busy_on(date) for one in people):
        spans = {span for one in people for span in one.free_on(date)}
        if not any(fits_alone(roster, visit, date, office, span, anytime) for span in spans):
            yield Finding("all-busy", {"office": office.id, "date": date.isoformat()})


def _too_far(roster: Roster, visit: Visit, date: dt.date, office: Depot) -> Finding:
    problem = roster.problem
    ways = problem.travel.shortest_minutes
    home, away = office.location, problem.cooperative_by_id[visit.cooperative].location
    spans = tuple((low, min(high, problem.day.end)) for low, high in problem.starts(visit, date))
    facts = {"out": f"{ways[home, away]:.0f}", "back": f"{ways[away, home]:.0f}", "minutes": f"{visit.minutes:g}",
             "hours": said(spans)}  # fmt: skip
    return Finding("too-far", facts)


def _on_tour(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    day = roster.problem.day
    if tour.depart < day.start - HAIR:
        yield Finding("leaves-early", {"from": format_clock(tour.depart), "to": format_clock(day.start)})
    if tour.return_ > day.end + HAIR:
        yield Finding("back-late", {"from": format_clock(tour.return_), "to": format_clock(day.end)})
    if day.max_minutes is not None and tour.return_ - tour.depart > day.max_minutes + HAIR:
        yield Finding("too-long", {"minutes": f"{tour.return_ - tour.depart:g}", "most": f"{day.max_minutes:g}"})


RULE = Rule(
    name="day",
    number=2,
    text="A tour leaves not before `day.start` and is back not after `day.end`, within `max_minutes`; it drives as "
    "long as the drive takes.",
    keys=("day.start", "day.end", "day.max_minutes", "travel.minutes"),
    kept=keeping(bound=Keeping.RELAXED),
    from_office=_from_office,
    on_tour=_on_tour,
)
GRID = Rule(
    name="grid",
    number=2,
    text="A tour leaves and starts visits on multiples of `step_minutes`, and keeps `slack_minutes` before a visit.",
    keys=("day.step_minutes", "day.slack_minutes"),
    kept=keeping(bound=Keeping.RELAXED),
)
BREAK = Rule(
    name="break",
    number=4,
    text="A tour that leaves before `break_earliest` + `break_minutes` and is back after `break_latest` has one break "
    "of `break_minutes` that starts within those hours, outside every visit and beside the drive.",
    keys=("day.break_minutes", "day.break_earliest", "day.break_latest"),
    kept=keeping(bound=Keeping.RELAXED),
)
