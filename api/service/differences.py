"""What differs between two plans, visit by visit."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel

from models.clock import format_clock
from models.plan import Plan


class Place(BaseModel):
    """Where a visit stands in a plan."""

    date: dt.date
    start: str
    crew: list[str]


class Change(BaseModel):
    """A visit whose date, start or crew differ; None where the plan has no place for it."""

    visit: str
    before: Place | None
    after: Place | None


def changes(before: Plan, after: Plan) -> list[Change]:
    """The visits that differ, by their new date, those without one last."""
    old, new = _places(before), _places(after)
    changed = [
        Change(visit=visit, before=old.get(visit), after=new.get(visit))
        for visit in old.keys() | new.keys()
        if old.get(visit) != new.get(visit)
    ]
    return sorted(changed, key=lambda change: (change.after is None, change.after and change.after.date, change.visit))


def _places(plan: Plan) -> dict[str, Place]:
    return {
        stop.visit: Place(date=tour.date, start=format_clock(stop.start), crew=sorted(tour.crew))
        for tour in plan.tours
        for stop in tour.stops
    }
