"""The office's settings: horizon, day, prices, visiting policy, distances. In ``office.toml`` or the sheet ``office``.

The keys of the file are the fields of these models, joined by dots: ``prices.km``. What each is for, in Thai and
English, stands in :mod:`models.intake.labels`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError

from models.agendas import Policy
from models.faults import Fault
from models.fields import Count, NonNegative
from models.handbook.policy import NextQuarter, Urgency
from models.intake import values
from models.intake.sources import Sources
from models.plan import Frozen
from models.problem import Prices
from models.reading import faults_of_validation

Date = Annotated[dt.date, BeforeValidator(values.date)]
Dates = Annotated[tuple[dt.date, ...], BeforeValidator(values.dates)]
Time = Annotated[float, BeforeValidator(values.clock)]
Text = Annotated[str, BeforeValidator(values.text), Field(min_length=1)]
#: the longest horizon, in days: two years and a leap day
LONGEST_HORIZON = 731


class Names(Frozen):
    """Who the office is, and whether its cooperatives and officers are made up."""

    name_th: Text
    name_en: Text
    illustrative: bool = False
    per_diem_baht: NonNegative = 240.0


class Horizon(Frozen):
    """The days to plan, both ends included, with the office's own exceptions from the calendar of holidays."""

    first: Date
    last: Date
    extra_holidays: Dates = ()
    extra_workdays: Dates = ()


class Hours(Frozen):
    """The office's day; see :class:`models.problem.Day`, whose times are numbers, which no planner would write."""

    start: Time
    end: Time
    max_minutes: NonNegative | None = None
    break_minutes: NonNegative | None = None
    break_earliest: Time | None = None
    break_latest: Time | None = None


class PriceList(Prices):
    """Prices in baht; the three that shape every plan must be stated."""

    km: NonNegative
    officer_day: NonNegative
    unplanned: NonNegative


class OfficerDefaults(Frozen):
    """What holds for an officer whose row leaves it open; None: no limit."""

    max_days_per_week: Count | None = None
    fair_hours: NonNegative | None = None


class Distances(Frozen):
    """How distances are estimated where the office brings no road distances of its own."""

    detour: Annotated[float, Field(ge=1, le=5)] = 1.2
    least_km: Annotated[float, Field(ge=0, le=50)] = 1.0


class Replanning(Frozen):
    """What counts as a move at short notice, in calendar days."""

    notice_days: Count | None = None


class Settings(Frozen):
    """All settings of an office."""

    office: Names
    horizon: Horizon
    day: Hours
    prices: PriceList
    officers: OfficerDefaults = OfficerDefaults()
    policy: Policy = Policy()
    travel: Distances = Distances()
    replanning: Replanning = Replanning()
    urgency: Urgency = Urgency()
    next: NextQuarter = NextQuarter()


def read_settings(sources: Sources) -> Settings | None:
    """The settings in ``sources``; None where they are at fault, with every fault added to ``sources.faults``."""
    if sources.settings is None:
        return None
    try:
        settings = Settings.model_validate(sources.settings)
    except ValidationError as error:
        told = {fault.where for fault in sources.faults}
        faults = [_about_setting(sources, fault) for fault in faults_of_validation(error)]
        sources.faults += [fault for fault in faults if fault.code != "field-missing" or fault.where not in told]
        return None
    clashes = list(_between(sources, settings))
    sources.faults += clashes
    return None if clashes else settings


def _about_setting(sources: Sources, fault: Fault) -> Fault:
    """The fault of a key as a planner sees it: a setting in a file or a sheet."""
    where = sources.where_setting(fault.where)
    if fault.code == "field-missing":
        return Fault(fault.code, where, f"The setting {fault.where} is not given.", "Fill it in.")
    if fault.code == "field-unknown":
        return Fault(fault.code, where, f"There is no setting {fault.where}.", "Mend its name, or remove it.")
    return Fault(fault.code, where, fault.cause.replace("Value error, ", ""), fault.remedy)


def _between(sources: Sources, settings: Settings) -> Iterator[Fault]:
    """Faults between settings that are sound one by one."""
    horizon, day, policy = settings.horizon, settings.day, settings.policy
    where = sources.where_setting
    if horizon.last < horizon.first:
        cause = f"{horizon.last} lies before {horizon.first}."
        yield Fault("date-order", where("horizon.last"), cause, "Write the first day first.")
    elif (horizon.last - horizon.first).days >= LONGEST_HORIZON:
        cause = f"{horizon.first} to {horizon.last} is longer than two years."
        yield Fault("horizon-too-long", where("horizon.last"), cause, "Mend the years.")
    if day.end <= day.start:
        yield Fault("time-order", where("day.end"), "The day ends before it starts.", "Write an end after the start.")
    if day.break_minutes:
        for key in ("break_earliest", "break_latest"):
            if getattr(day, key) is None:
                cause = "There is a break, but not when it may start."
                yield Fault("field-missing", where(f"day.{key}"), cause, "Write it, or leave out break_minutes.")
    if day.break_earliest is not None and day.break_latest is not None and day.break_latest < day.break_earliest:
        cause = "The break's latest start lies before its earliest."
        yield Fault("time-order", where("day.break_latest"), cause, "Swap the two.")
    if policy.longest_visit < policy.opening_minutes + policy.session_minutes:
        cause = "No session fits into the longest visit."
        remedy = "Write at least opening_minutes plus session_minutes."
        yield Fault("field-value", where("policy.longest_visit"), cause, remedy)
