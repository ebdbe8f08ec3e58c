"""Cars: a number of cars alike, or unlike ones by name; and the office that they stand at."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from models.fields import Count, Date, Id, NonNegative
from models.plan import Frozen

#: seats of one car, cars of one office: beyond any that there are, and small enough to be laid out
MOST_SEATS = 1_000
MOST_CARS = 1_000
#: a load may lie above the capacity by this share of it: sums of floats
CAPACITY_HAIR = 1e-9

Seats = Annotated[Count, Field(ge=1, le=MOST_SEATS)]
CarCount = Annotated[Count, Field(le=MOST_CARS)]


class NamedCar(Frozen):
    """One of an office's unlike cars; ``km`` is baht for a kilometre instead of the price of all."""

    id: Id
    seats: Seats
    capacity: NonNegative | None = None
    km: NonNegative | None = None
    away: tuple[Date, ...] | None = None


@dataclass(frozen=True, slots=True)
class Car:
    """A car with what binds a tour in it; ``id`` is None where cars have no names.

    ``capacity`` is the load that it takes, infinite where none is given; ``km`` is baht for a kilometre.
    """

    id: str | None
    seats: int
    capacity: float
    km: float

    def takes(self, load: float) -> bool:
        """Whether the car takes ``load``, but for a hair."""
        return load <= self.capacity * (1 + CAPACITY_HAIR)


def _alike_or_named(value: Any) -> str:
    return "<named>" if isinstance(value, list | tuple) else "<number>"


class Depot(Frozen):
    """A depot. ``cars``: how many cars alike, with ``seats`` and ``capacity`` (``cars_on`` overrides single days); or
    unlike ones by name.
    """

    id: Id
    location: Count
    cars: Annotated[
        Annotated[CarCount, Tag("<number>")] | Annotated[tuple[NamedCar, ...], Tag("<named>")],
        Discriminator(_alike_or_named),
    ]
    cars_on: dict[Date, CarCount] | None = None
    seats: Seats | None = None
    capacity: NonNegative | None = None

    @property
    def has_names(self) -> bool:
        """Whether its cars have names, so that each tour names the one it takes."""
        return isinstance(self.cars, tuple)

    @property
    def named(self) -> tuple[NamedCar, ...]:
        """Its cars by name; empty where cars are alike."""
        return self.cars if isinstance(self.cars, tuple) else ()

    @cached_property
    def car_by_id(self) -> dict[str, NamedCar]:
        """Its named cars by id."""
        return {car.id: car for car in self.named}

    @property
    def most_seats(self) -> int:
        """Seats of its largest car; 0 without cars."""
        return max((car.seats for car in self.named), default=0) if self.has_names else self.seats or 0

    @property
    def most_capacity(self) -> float:
        """The load that its largest car takes."""
        loads = [car.capacity for car in self.named] if self.has_names else [self.capacity]
        return max((float("inf") if load is None else load for load in loads), default=0.0)

    def named_on(self, date: dt.date) -> tuple[NamedCar, ...]:
        """Its named cars that are there on ``date``."""
        return tuple(car for car in self.named if date not in (car.away or ()))

    def cars_of(self, date: dt.date) -> int:
        """How many cars can leave on ``date``."""
        if isinstance(self.cars, tuple):
            return len(self.named_on(date))
        return (self.cars_on or {}).get(date, self.cars)

    def cars_at(self, date: dt.date, km: float) -> tuple[Car, ...]:
        """The cars that can leave on ``date``, where ``km`` is the price of a kilometre in a car without its own."""
        if self.has_names:
            return tuple(_car(car, km) for car in self.named_on(date))
        return (self._alike(km),) * self.cars_of(date)

    def car(self, id_: str | None, km: float) -> Car | None:
        """The car ``id_``, or (None) one of its cars alike; None where it has no such car."""
        if not self.has_names:
            return self._alike(km) if id_ is None else None
        found = self.car_by_id.get(id_) if id_ is not None else None
        return None if found is None else _car(found, km)

    def _alike(self, km: float) -> Car:
        return Car(None, self.seats or 0, float("inf") if self.capacity is None else self.capacity, km)


def _car(car: NamedCar, km: float) -> Car:
    capacity = float("inf") if car.capacity is None else car.capacity
    return Car(car.id, car.seats, capacity, km if car.km is None else car.km)


def repeated(cars: tuple[NamedCar, ...]) -> list[str]:
    """Ids that more than one of ``cars`` bear."""
    return [id_ for id_, number in Counter(car.id for car in cars).items() if number > 1]
