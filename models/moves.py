"""What a planner does to a plan by hand: one visit, one tour or one cooperative at a time."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, model_validator

from models.clock import Clock
from models.fields import NOT_EMPTY, Count, Day, Id
from models.plan import Frozen
from models.saying import FieldError, said

_ONE = said("Leave one of them out.")

Name = Id
#: a place in a tour's order, 1 for the first stop
Position = Annotated[Count, Field(ge=1, le=1_000)]
Crew = Annotated[tuple[Name, ...], NOT_EMPTY, Field(max_length=50)]


class Place(Frozen):
    """A visit goes to a day: to the best place of that ``date``, or to a ``tour``, or to a ``new_tour`` of its own.

    ``position`` says where in the tour's order, ``start`` at which time of day; without both, the best place in the
    order is taken. A new tour takes ``crew`` and ``car`` where they are named. With neither ``date`` nor ``tour`` the
    visit stays on its tour.
    """

    kind: Literal["place"] = "place"
    visit: Name
    date: Day | None = None
    tour: Name | None = None
    new_tour: bool = False
    position: Position | None = None
    start: Clock | None = None
    crew: Crew | None = None
    car: Name | None = None

    @model_validator(mode="after")
    def _clear(self) -> Place:
        if self.new_tour and (self.tour is not None or self.position is not None):
            raise FieldError(said("On a tour of its own it has neither another tour nor a position."), _ONE)
        if self.position is not None and self.start is not None:
            raise FieldError(said("A start says where in the order it comes, and so does a position."), _ONE)
        if not self.new_tour and (self.crew is not None or self.car is not None):
            raise FieldError(
                said("Crew and car are those of a new tour."),
                said("Change those of a tour that is there by moves of their own."),
            )
        if self.new_tour and self.date is None:
            raise FieldError(said("A new tour needs a date."), said("Say the day."))
        if self.date is None and self.tour is None and self.position is None and self.start is None:
            raise FieldError(said("It is not said where it goes."), said("Say a date, a tour, a position or a start."))
        return self


class LeaveOut(Frozen):
    """A visit is left out of the plan."""

    kind: Literal["leave-out"] = "leave-out"
    visit: Name


class SetCrew(Frozen):
    """These ``officers``, all of them and nobody else, ride on a tour."""

    kind: Literal["crew"] = "crew"
    tour: Name
    officers: Crew


class SetLead(Frozen):
    """A cooperative gets another lead."""

    kind: Literal["lead"] = "lead"
    cooperative: Name
    officer: Name


class SetCar(Frozen):
    """A tour takes another car, where cars have names."""

    kind: Literal["car"] = "car"
    tour: Name
    car: Name


class Pin(Frozen):
    """A visit stays where it is when the rest is planned around it."""

    kind: Literal["pin"] = "pin"
    visit: Name


class Unpin(Frozen):
    """A visit may move again."""

    kind: Literal["unpin"] = "unpin"
    visit: Name


Move = Annotated[Place | LeaveOut | SetCrew | SetLead | SetCar | Pin | Unpin, Field(discriminator="kind")]
#: one step of a planner may be several moves, done one after the other
Moves = Annotated[tuple[Move, ...], NOT_EMPTY, Field(max_length=500)]

MOVES: TypeAdapter[tuple[Move, ...]] = TypeAdapter(Moves)
