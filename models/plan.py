"""The plan: who drives where on which day, and what it costs. The file ``plan.json`` of the contract, one to one."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, Strict

from models.apportion import apportioned
from models.clock import Clock
from models.fields import AT_LEAST_ONE, NOT_EMPTY, Date, Id, Number, Text, Whole
from models.newids import new_id

PLAN_FORMAT: Final = "visit-plan/1"

#: how a plan came about: proven to be the best, found within the limit, or ended early
Status = Literal["optimal", "feasible", "cancelled"]


class Frozen(BaseModel):
    """A value: never changed after it is made, and with no keys but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy that remembers nothing that was worked out of what it changes; ``update`` is not checked."""
        copied = super().model_copy(update=update, deep=deep)
        if update:
            for name in copied.__dict__.keys() - type(self).model_fields.keys():
                del copied.__dict__[name]
        return copied


class Stop(Frozen):
    """One visit within a tour; ``arrive``, ``start`` and ``end`` are minutes since midnight."""

    visit: Id
    arrive: Clock
    start: Clock
    end: Clock


class Tour(Frozen):
    """One crew's day: from the office, over ``stops`` in the order driven, back to the office.

    ``car`` is the id of the car it takes, where the office's cars have names.
    """

    id: Id
    date: Date
    office: Id
    car: Id | None = None
    crew: Annotated[tuple[Id, ...], NOT_EMPTY, Field(json_schema_extra=AT_LEAST_ONE)]
    depart: Clock
    return_: Clock = Field(alias="return")
    break_: tuple[Clock, Clock] | None = Field(default=None, alias="break")
    stops: Annotated[tuple[Stop, ...], NOT_EMPTY, Field(json_schema_extra=AT_LEAST_ONE)]

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True)

    @property
    def worked(self) -> float:
        """Minutes on the tour that count as work: return - depart - break."""
        on_break = self.break_[1] - self.break_[0] if self.break_ else 0.0
        return self.return_ - self.depart - on_break


def tour_id(date: dt.date, known: Container[str]) -> str:
    """An id for a new tour on ``date``: the date and the first number that none of the ``known`` ids has with it."""
    return new_id(f"{date:%Y%m%d}-", known)


def told_apart(tours: Iterable[Tour], known: set[str]) -> Iterator[Tour]:
    """The tours, where of two that bear one id the later gets another, which none of the ``known`` ids is either.

    A plan of other hands may have such tours; the ids that are given are added to ``known``.
    """
    seen: set[str] = set()
    for tour in tours:
        if tour.id in seen:
            tour = tour.model_copy(update={"id": tour_id(tour.date, known)})
            known.add(tour.id)
        seen.add(tour.id)
        yield tour


class Unplanned(Frozen):
    """A visit left out, with a ``reason``: a code, a colon, and a sentence."""

    visit: Id
    reason: Text


class Cost(Frozen):
    """What a plan costs, in baht, part by part; each part is already multiplied by its price."""

    km: Number = 0.0
    officer_days: Number = 0.0
    car_days: Number = 0.0
    late: Number = 0.0
    unplanned: Number = 0.0
    stand_in: Number = 0.0
    overload: Number = 0.0
    lead_change: Number = 0.0
    moved: Number = 0.0
    crew_change: Number = 0.0
    total: Number = 0.0

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """Shown to the satang; what is reckoned with keeps all its digits."""
        return [(name, round(baht, 2)) for name, baht in super().__repr_args__()]

    @classmethod
    def of(cls, **parts: float) -> Cost:
        """The cost with these parts and their sum as ``total``."""
        return cls(**parts, total=sum(parts.values()))

    @property
    def paid(self) -> float:
        """Baht that are paid out: what the travel requests of the plan sum up to."""
        return float(sum(getattr(self, part) for part in PAID_PARTS))

    @property
    def weighed(self) -> float:
        """Baht that nobody pays: what weighs against the plan."""
        return float(sum(getattr(self, part) for part in WEIGHED_PARTS))

    def shown(self, digits: int = 0) -> dict[str, float]:
        """Each part in whole baht (or with satang, ``digits`` 2), so that those of a kind add up to their sum."""
        parts: dict[str, float] = {}
        for names in (PAID_PARTS, WEIGHED_PARTS):
            values = [getattr(self, name) for name in names]
            parts |= dict(zip(names, apportioned(values, digits), strict=True))
        return parts

    def told(self) -> Cost:
        """The cost in satang, as programs are told it: what is paid and what is weighed add up, and so does all."""
        parts = self.shown(2)
        return Cost(**parts, total=round(sum(parts.values()), 2))

    @property
    def together(self) -> int:
        """Both in whole baht, as people read it beside them: the sum of what is shown, so that it adds up."""
        return round(self.paid) + round(self.weighed)


#: the parts of a cost in the order they are shown, without the total
COST_PARTS = tuple(name for name in Cost.model_fields if name != "total")
#: the parts that are money that is paid out: the cars' kilometres and days, and the officers' per diem
PAID_PARTS = ("km", "officer_days", "car_days")
#: the parts that are no money but weigh against a plan, in baht so that they can be held against money
WEIGHED_PARTS = tuple(name for name in COST_PARTS if name not in PAID_PARTS)


class Record(Frozen):
    """What is needed to make the same plan again: ``patithin repeat`` does.

    ``limit`` is the work that was done, ``stop`` the criteria as they were given, ``sources`` a hash of the code.
    """

    problem_hash: Text
    version: Text
    solver: Text
    seed: Whole
    limit: Text
    deterministic: Annotated[bool, Strict()]
    params: dict[Text, Any] | None = None
    stop: dict[Text, Number] | None = None
    sources: Text | None = None


class Plan(Frozen):
    """A whole plan. ``lower_bound`` is baht that no plan of the problem undercuts, absent where none is proven."""

    format: Literal["visit-plan/1"] = PLAN_FORMAT
    leads: dict[Id, Id] = Field(default_factory=dict)
    tours: tuple[Tour, ...] = ()
    unplanned: tuple[Unplanned, ...] = ()
    cost: Cost = Field(default_factory=Cost)
    lower_bound: Number | None = None
    status: Status = "feasible"
    record: Record | None = None

    @property
    def dates(self) -> dict[str, dt.date]:
        """The day of each visit that it has a place for, by the visit's id."""
        return {stop.visit: tour.date for tour in self.tours for stop in tour.stops}

    @property
    def gap(self) -> float | None:
        """(total - lower_bound) / total, or None without a bound; 0 for a plan that costs nothing."""
        if self.lower_bound is None:
            return None
        return (self.cost.total - self.lower_bound) / self.cost.total if self.cost.total > 0 else 0.0

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """What a notebook shows: a line instead of every tour, which ``repr`` tells."""
        numbers = f"{len(self.tours)} tours, {len(self.unplanned)} visits left out"
        printer.text(f"Plan({self.status}: {numbers}, {self.cost.total:,.0f} baht in all)")

    def to_json(self, indent: int | None = 1) -> str:
        """The text of ``plan.json``."""
        data: dict[str, Any] = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"
