"""What can happen to an office after its plan was published."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Absence:
    """An officer is away from ``first`` to ``last``, both included."""

    officer: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Departure:
    """An officer leaves the office for good: no tour from ``first`` on, and others take over as leads."""

    officer: str
    first: dt.date


@dataclass(frozen=True, slots=True)
class Closure:
    """A cooperative cannot be visited from ``first`` to ``last``, both included."""

    cooperative: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class FewerCars:
    """From ``first`` to ``last`` the office has so many ``cars``."""

    office: str
    first: dt.date
    last: dt.date
    cars: int


@dataclass(frozen=True, slots=True)
class UrgentVisit:
    """A visit that nobody knew of: ``minutes`` long at a cooperative, not before ``today``, best by ``due``."""

    cooperative: str
    minutes: float
    due: dt.date | None = None
    priority: int = 5
    topics: tuple[str, ...] = ()
    id: str | None = None


@dataclass(frozen=True, slots=True)
class NotHeld:
    """A visit of the plan before today did not take place; it is wanted still, until ``latest`` at most."""

    visit: str
    latest: dt.date | None = None


@dataclass(frozen=True, slots=True)
class HeldOn:
    """A visit took place on another ``date`` before today, by the crew that was to make it."""

    visit: str
    date: dt.date


Change = Absence | Departure | Closure | FewerCars | UrgentVisit | NotHeld | HeldOn
