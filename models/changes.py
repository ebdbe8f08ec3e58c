"""What can happen to an office after its plan was published: each kind once, for files, the service and the planner."""

from __future__ import annotations

import datetime as dt
import functools
import inspect
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import ConfigDict, Field, Strict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from models.faults import Fault, InvalidInput
from models.fields import Count, Day, Id, Text
from models.saying import both
from models.validation import cause_and_remedy

Name = Id
Minutes = Annotated[float, Strict(), Field(gt=0, le=24 * 60, allow_inf_nan=False)]
Priority = Annotated[int, Strict(), Field(ge=1, le=5)]
Topics = Annotated[tuple[Name, ...], Field(max_length=50)]

_SHAPE = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, config=_SHAPE)
class Absence:
    """An officer is away from ``first`` to ``last``, both included."""

    officer: Name
    first: Day
    last: Day
    kind: Literal["absent"] = "absent"


@dataclass(frozen=True, slots=True, config=_SHAPE)
class Departure:
    """An officer leaves the office for good: no tour from ``first`` on, and others take over as leads."""

    officer: Name
    first: Day
    kind: Literal["leaves"] = "leaves"


@dataclass(frozen=True, slots=True, config=_SHAPE)
class Closure:
    """A cooperative cannot be visited from ``first`` to ``last``, both included."""

    cooperative: Name
    first: Day
    last: Day
    kind: Literal["closed"] = "closed"


@dataclass(frozen=True, slots=True, config=_SHAPE)
class FewerCars:
    """From ``first`` to ``last`` an office has only so many ``cars``; of cars with names, the first that are there."""

    office: Name
    first: Day
    last: Day
    cars: Count
    kind: Literal["cars"] = "cars"


@dataclass(frozen=True, slots=True, config=_SHAPE)
class CarAway:
    """From ``first`` to ``last`` a car with a name is away, in repair for one."""

    car: Name
    first: Day
    last: Day
    kind: Literal["car-away"] = "car-away"


@dataclass(frozen=True, slots=True, config=_SHAPE)
class UrgentVisit:
    """A visit that nobody knew of: ``minutes`` long at a cooperative, not before ``today``, best by ``due``.

    ``subject`` is what it is about, in words; its ``id`` is made where none is given.
    """

    cooperative: Name
    minutes: Minutes
    due: Day | None = None
    priority: Priority = 5
    topics: Topics = ()
    id: Name | None = None
    subject: Annotated[Text, Field(min_length=1, max_length=500)] | None = None
    partner: Name | None = None
    kind: Literal["urgent"] = "urgent"


@dataclass(frozen=True, slots=True, config=_SHAPE)
class NotHeld:
    """A visit of the plan before today did not take place; it is wanted still, until ``latest`` at most."""

    visit: Name
    latest: Day | None = None
    kind: Literal["missed"] = "missed"


@dataclass(frozen=True, slots=True, config=_SHAPE)
class HeldOn:
    """A visit took place on another ``date`` before today, by the crew that was to make it."""

    visit: Name
    date: Day
    kind: Literal["held"] = "held"


@dataclass(frozen=True, slots=True, config=_SHAPE)
class BoardMeets:
    """The board of a cooperative meets on a ``date``, ``instead`` of another day where one is given."""

    cooperative: Name
    date: Day
    instead: Day | None = None
    kind: Literal["meeting"] = "meeting"


@dataclass(frozen=True, slots=True, config=_SHAPE)
class NoMeeting:
    """The board of a cooperative does not meet on a ``date`` on which it was to meet."""

    cooperative: Name
    date: Day
    kind: Literal["no-meeting"] = "no-meeting"


@dataclass(frozen=True, slots=True, config=_SHAPE)
class ContentLate:
    """The content of an issue is ready on that day only: no visit for it comes before."""

    issue: Name
    ready: Day
    kind: Literal["content-late"] = "content-late"


Change = Annotated[
    Absence
    | Departure
    | Closure
    | FewerCars
    | CarAway
    | UrgentVisit
    | NotHeld
    | HeldOn
    | BoardMeets
    | NoMeeting
    | ContentLate,
    Field(discriminator="kind"),
]
#: what happened in one go
Changes = Annotated[tuple[Change, ...], Field(max_length=200)]

CHANGES: TypeAdapter[tuple[Change, ...]] = TypeAdapter(Changes)


#: the fields of changes that are dates
_DATES: Final = frozenset({"first", "last", "due", "latest", "date", "instead", "ready"})


def _reading(kind: type[Any]) -> None:
    """Let ``kind`` read what a program gives: dates of every kind, and faults instead of the library's errors.

    What is read from JSON does not come this way.
    """
    made = kind.__init__
    order = inspect.signature(kind)

    @functools.wraps(made)
    def read(self: object, *args: object, **given: object) -> None:
        from models.intake.values import CellError, date_given  # readers of tables, which most problems do without

        faults: list[Fault] = []
        try:
            values = order.bind(*args, **given).arguments
        except TypeError as error:
            known = ", ".join(order.parameters)
            remedy = both(f"It takes {known}.", f"ใช้ได้คือ {known}")
            cause = both("{reason}.", "ใช้ไม่ได้ ({reason})", reason=str(error).capitalize())
            raise InvalidInput([Fault("field-value", kind.__name__, cause, remedy)]) from None
        for name in _DATES & {name for name, value in values.items() if value is not None}:
            try:
                values[name] = date_given(values[name])
            except CellError as error:
                faults.append(Fault("field-value", f"{kind.__name__}.{name}", error.cause, error.remedy))
        if faults:
            raise InvalidInput(faults)
        try:
            made(self, **values)
        except ValidationError as error:
            for item in error.errors(include_url=False):
                part = ".".join(str(each) for each in item["loc"])
                faults.append(Fault("field-value", f"{kind.__name__}.{part}", *cause_and_remedy(item)))
        if faults:
            raise InvalidInput(faults)

    kind.__init__ = read  # what pydantic made is within


for _kind in get_args(get_args(Change)[0]):
    _reading(_kind)


def covers(change: Change) -> tuple[dt.date, dt.date] | None:
    """The days of a change that lasts, both included; None for one that has no range of days."""
    match change:
        case Absence() | Closure() | FewerCars() | CarAway():
            return change.first, change.last
        case Departure():
            return change.first, dt.date.max
        case _:
            return None
