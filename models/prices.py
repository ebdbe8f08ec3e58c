"""Prices: baht for each unit of each part of the cost."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any

from pydantic import AfterValidator, Discriminator, Tag

from models.clock import seconds
from models.fields import NonNegative, Price
from models.plan import Frozen
from models.saying import FieldError, said


class DayRate(Frozen):
    """What a day of an officer costs on a tour of ``hours`` or more."""

    hours: NonNegative
    baht: NonNegative


def _flat_or_by_hours(value: Any) -> str:
    return "<by hours>" if isinstance(value, list | tuple) else "<flat>"


def _from_zero(rates: tuple[DayRate, ...]) -> tuple[DayRate, ...]:
    hours = [rate.hours for rate in rates]
    if not hours or hours[0] != 0 or hours != sorted(set(hours)):
        raise FieldError(said("The hours do not ascend from 0."), said("Begin with hours 0, and let the hours grow."))
    return rates


#: baht for an officer's day, or rates by the tour's hours
DayPrice = Annotated[
    Annotated[Price, Tag("<flat>")] | Annotated[tuple[DayRate, ...], AfterValidator(_from_zero), Tag("<by hours>")],
    Discriminator(_flat_or_by_hours),
]


class Prices(Frozen):
    """Baht for each unit of each part of the cost; see ``Cost``."""

    km: Price = 0.0
    officer_day: DayPrice = 0.0
    car_day: Price = 0.0
    late_day: Price = 0.0
    unplanned: Price = 0.0
    stand_in: Price = 0.0
    overload_hour: Price = 0.0
    lead_change: Price = 0.0
    moved: Price = 0.0
    moved_soon: NonNegative | None = None
    crew_change: Price = 0.0

    @property
    def moved_at_short_notice(self) -> float:
        """The price of a move within the notice; the plain price of a move where none is given."""
        return self.moved if self.moved_soon is None else self.moved_soon

    @cached_property
    def officer_day_rates(self) -> tuple[tuple[float, float], ...]:
        """(minutes, baht), ascending from 0 minutes: what an officer's day costs on a tour of so many minutes or more.

        One pair where the price of a day does not go by hours.
        """
        if isinstance(self.officer_day, tuple):
            return tuple((rate.hours * 60, rate.baht) for rate in self.officer_day)
        return ((0.0, self.officer_day),)

    def officer_day_for(self, minutes: float) -> float:
        """Baht for a day of one officer on a tour of ``minutes`` from leaving to being back, to the second.

        A plan changed by hand may be back before it leaves; that is for the referee to say, and costs the least day.
        """
        length = max(0, seconds(minutes))
        return next(baht for least, baht in reversed(self.officer_day_rates) if seconds(least) <= length)

    @property
    def least_officer_day(self) -> float:
        """The least that an officer's day can cost."""
        return min(baht for _, baht in self.officer_day_rates)

    @property
    def most_officer_day(self) -> float:
        """The most that an officer's day can cost."""
        return max(baht for _, baht in self.officer_day_rates)
