"""What happened to a published plan, as JSON: a list of objects whose ``kind`` is the command line's option."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict

from models.fields import Count, Date, Id
from models.plan import Plan
from models.problem import Problem
from optimizer.replanning.changes import (
    Absence,
    Change,
    Closure,
    Departure,
    Disturbed,
    FewerCars,
    HeldOn,
    NotHeld,
    UrgentVisit,
    disturbed,
)

Name = Annotated[Id, Field(max_length=200)]
Minutes = Annotated[float, Strict(), Field(gt=0, le=24 * 60, allow_inf_nan=False)]
Priority = Annotated[int, Strict(), Field(ge=1, le=5)]
Topics = Annotated[tuple[Name, ...], Field(max_length=50)]


class _Kind(BaseModel):
    """Reads one kind of change; its keys are the fields of the change it ``makes``."""

    model_config = ConfigDict(extra="forbid")

    makes: ClassVar[type[Change]]

    def change(self) -> Change:
        """The change that is meant."""
        return self.makes(**self.model_dump(exclude={"kind"}))


class Absent(_Kind):
    """An officer is away from ``first`` to ``last``, both included."""

    makes = Absence
    kind: Literal["absent"]
    officer: Name
    first: Date
    last: Date


class Leaves(_Kind):
    """An officer leaves the office for good: no tour from ``first`` on."""

    makes = Departure
    kind: Literal["leaves"]
    officer: Name
    first: Date


class Closed(_Kind):
    """A cooperative cannot be visited from ``first`` to ``last``, both included."""

    makes = Closure
    kind: Literal["closed"]
    cooperative: Name
    first: Date
    last: Date


class Cars(_Kind):
    """From ``first`` to ``last`` an office has only so many ``cars``."""

    makes = FewerCars
    kind: Literal["cars"]
    office: Name
    first: Date
    last: Date
    cars: Count


class Urgent(_Kind):
    """One more visit, ``minutes`` long, best by ``due``; its ``id`` is made where none is given."""

    makes = UrgentVisit
    kind: Literal["urgent"]
    cooperative: Name
    minutes: Minutes
    due: Date | None = None
    priority: Priority = 5
    topics: Topics = ()
    id: Name | None = None


class Missed(_Kind):
    """A visit before today did not take place; it is wanted still, until ``latest`` at most."""

    makes = NotHeld
    kind: Literal["missed"]
    visit: Name
    latest: Date | None = None


class Held(_Kind):
    """A visit took place on another ``date`` before today."""

    makes = HeldOn
    kind: Literal["held"]
    visit: Name
    date: Date


Happened = Annotated[Absent | Leaves | Closed | Cars | Urgent | Missed | Held, Field(discriminator="kind")]

_MOST = 200
Changes = Annotated[tuple[Happened, ...], Field(max_length=_MOST)]
Pins = Annotated[tuple[Name, ...], Field(max_length=10_000)]


class Mended(BaseModel):
    """What a plan is mended after. ``today``: days before it are history; the first day of a change where not given."""

    model_config = ConfigDict(extra="forbid")

    changes: Changes
    today: Date | None = None
    pins: Pins = ()

    def state(self, problem: Problem, plan: Plan) -> Disturbed:
        """The problem of mending ``plan``.

        Raises:
            InvalidInput: with everything that does not fit the problem.
        """
        changes = [each.change() for each in self.changes]
        return disturbed(problem, plan, changes, today=self.today, pins=self.pins)


def mended_of(request: Mapping[str, Any]) -> Mended:
    """What a kept request for replanning says."""
    return Mended.model_validate({name: request[name] for name in Mended.model_fields})
