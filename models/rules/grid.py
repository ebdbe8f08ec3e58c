"""Rule 2: a tour leaves and starts visits on a grid of times, and arrives a while before each visit."""

from __future__ import annotations

import math
from collections.abc import Iterator

from models.clock import TOLERANCE, format_clock
from models.hours import HAIR
from models.plan import Tour
from models.problem import Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Keeping, Rule, keeping


def up(minutes: float, step: float) -> float:
    """The first time of the grid from ``minutes`` on; ``minutes`` where there is no grid (``step`` 0)."""
    return math.ceil(minutes / step - HAIR) * step if step else minutes


def down(minutes: float, step: float) -> float:
    """The last time of the grid up to ``minutes``; ``minutes`` where there is no grid."""
    return math.floor(minutes / step + HAIR) * step if step else minutes


def is_on_grid(minutes: float, step: float) -> bool:
    """Whether a time is one of the grid, to the second; any time is where there is no grid."""
    return not step or abs(minutes - round(minutes / step) * step) <= TOLERANCE


def _on_tour(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    day = roster.problem.day
    for time in (tour.depart, *(stop.start for stop in tour.stops)):
        if not is_on_grid(time, day.step):
            yield Finding("off-grid", {"from": format_clock(time), "minutes": f"{day.step:g}"})
    for stop in tour.stops:
        if stop.arrive - TOLERANCE <= stop.start < stop.arrive + day.slack - TOLERANCE:
            yield Finding("no-slack", {"other": stop.visit, "from": format_clock(stop.arrive),
                                       "to": format_clock(stop.start), "minutes": f"{day.slack:g}"})  # fmt: skip


RULE = Rule(
    name="grid",
    number=2,
    text="A tour leaves and starts visits on multiples of `step_minutes`, and keeps `slack_minutes` before a visit.",
    keys=("day.step_minutes", "day.slack_minutes"),
    kept=keeping(bound=Keeping.RELAXED),
    of_tour=("off-grid", "no-slack"),
    on_tour=_on_tour,
)
