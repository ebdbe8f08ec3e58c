"""The office's own numbers for the circle: how urgency is counted, how the next quarter repays, when one prepares."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from models.plan import Frozen

Points = Annotated[int, Field(ge=0, le=100)]
Steps = Annotated[int, Field(ge=0, le=4)]
Share = Annotated[float, Field(ge=0, le=1)]


class Urgency(Frozen):
    """Points that make a cooperative urgent; ``docs/evaluation.md`` explains each. The sum is cut at ``most``."""

    very_poor: Points = 10
    poor: Points = 4
    worse: Points = 5
    issue_worse: Points = 6
    overdue_week: Points = 1
    overdue_most: Points = 15
    board_absent: Points = 6
    not_held: Points = 4
    silent_after: Annotated[int, Field(ge=0, le=366)] = 28
    silent_week: Points = 2
    urgent: Points = 8
    most: Annotated[int, Field(ge=1, le=1000)] = 100


class NextQuarter(Frozen):
    """How the next quarter's tables follow from this one; ``docs/next-quarter.md`` explains each.

    ``repay``: the share of hours owed that the next fair share takes or gives back. ``worse``, ``overdue``: by how much
    an open issue grows graver. ``duty_per_day``: officers on duty at the office each workday.
    """

    repay: Share = 1.0
    worse: Steps = 1
    overdue: Steps = 1
    duty_per_day: Annotated[int, Field(ge=0, le=50)] = 0
