"""What a plan is mended after, as the service is told: changes, pins, and the day it is mended on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from models.changes import Changes, Name
from models.fields import Count, Day
from models.plan import Plan
from models.problem import Problem
from optimizer.replanning.beginning import with_notice
from optimizer.replanning.disturbing import Disturbed, disturbed
from optimizer.replanning.retabling import retabled

Pins = Annotated[tuple[Name, ...], Field(max_length=10_000)]


class Mended(BaseModel):
    """What a plan is mended after.

    ``problem``: the id of the problem that the office's tables make now, where these changed; they count from ``today``
    on.

    ``today``: days before it are past and stay for good; what the plan knows to be past where not given.
    ``begins``: the days before it stay this once; ``today`` where that is given, else the first day of a change
    that is not past.
    """

    model_config = ConfigDict(extra="forbid")

    changes: Changes
    problem: Name | None = None
    today: Day | None = None
    begins: Day | None = None
    pins: Pins = ()

    def stands(self, problem: Problem, plan: Plan, now: Problem | None) -> tuple[Problem, Plan]:
        """What is mended: ``plan`` of its ``problem``, or what stands of it in that of the tables ``now``.

        Raises:
            InvalidInput: what was visited is no longer in the tables.
        """
        if now is None or self.today is None:
            return problem, plan
        made = retabled(problem, plan, now, self.today)
        return made.problem, made.plan


class Settled(Mended):
    """The same once a run was accepted.

    ``noticed``: the day from which short notice is counted. ``notice_days``: the office's own; its plan's problem may
    have what an earlier mending left of them.
    """

    noticed: Day | None = None
    notice_days: Count | None = None

    def state(self, problem: Problem, plan: Plan) -> Disturbed:
        """The problem of mending ``plan``; what is past is what ``today`` says, whatever the problem has.

        Raises:
            InvalidInput: with everything that does not fit the problem.
        """
        if "notice_days" in self.model_fields_set:
            problem = with_notice(problem, self.notice_days)
        return disturbed(
            problem.changed(today=self.today), plan, self.changes,
            today=self.today, begins=self.begins, pins=self.pins, noticed=self.noticed or self.begins,
        )  # fmt: skip


def settled_of(request: Mapping[str, Any]) -> Settled:
    """What a kept request for replanning says."""
    return Settled.model_validate({name: request[name] for name in Settled.model_fields if name in request})
