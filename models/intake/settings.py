"""The office's settings: horizon, day, prices, visiting policy, distances. In ``office.toml`` or the sheet ``office``.

The keys of the file are the fields of these models, joined by dots: ``prices.km``. What each is for, in Thai and
English, stands in :mod:`models.intake.labels`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from models.agendas import Policy
from models.faults import Fault
from models.intake import values
from models.intake.sources import Sources
from models.plan import Frozen
from models.problem import Day, NonNegative, Prices
from models.reading import faults_of_validation

Date = Annotated[dt.date, BeforeValidator(values.date)]
Dates = Annotated[tuple[dt.date, ...], BeforeValidator(values.dates)]
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


class PriceList(Prices):
    """Prices in baht; the three that shape every plan must be stated."""

    km: NonNegative
    officer_day: NonNegative
    unplanned: NonNegative


class OfficerDefaults(Frozen):
    """What holds for an officer whose row leaves it open; None: no limit."""

    max_days_per_week: Annotated[int, Field(ge=0)] | None = None
    fair_hours: NonNegative | None = None


class Distances(Frozen):
    """How distances are estimated where the office brings no road distances of its own."""

    detour: Annotated[float, Field(ge=1, le=5)] = 1.2
    least_km: Annotated[float, Field(ge=0, le=50)] = 1.0


class Replanning(Frozen):
    """What counts as a move at short notice, in calendar days."""

    notice_days: Annotated[int, Field(ge=0)] | None = None


class Settings(Frozen):
    """All settings of an office."""

    office: Names
    horizon: Horizon
    day: Day
    prices: PriceList
    officers: OfficerDefaults = OfficerDefaults()
    policy: Policy = Policy()
    travel: Distances = Distances()
    replanning: Replanning = Replanning()

    @model_validator(mode="before")
    @classmethod
    def _times_as_text(cls, data: Any) -> Any:
        """Times that TOML or a workbook holds as such become the text that :class:`Day` reads."""
        if isinstance(data, dict) and isinstance(data.get("day"), dict):
            day = {key: str(value) if isinstance(value, dt.time) else value for key, value in data["day"].items()}
            return {**data, "day": day}
        return data


def read_settings(sources: Sources) -> Settings | None:
    """The settings in ``sources``; None where they are at fault, with every fault added to ``sources.faults``."""
    if sources.settings is None:
        return None
    try:
        settings = Settings.model_validate(sources.settings)
    except ValidationError as error:
        for fault in faults_of_validation(error):
            cause = fault.cause.replace("Value error, ", "")
            sources.faults.append(Fault(fault.code, sources.where_setting(fault.where), cause, fault.remedy))
        return None
    faults = list(_between(sources, settings))
    sources.faults.extend(faults)
    return None if faults else settings


def _between(sources: Sources, settings: Settings) -> list[Fault]:
    """Faults between settings that are sound one by one."""
    faults = []
    horizon, day = settings.horizon, settings.day
    if horizon.last < horizon.first:
        faults.append(Fault("date-order", sources.where_setting("horizon.last"),
                            f"{horizon.last} lies before {horizon.first}.", "Write the first day first."))  # fmt: skip
    elif (horizon.last - horizon.first).days >= LONGEST_HORIZON:
        faults.append(Fault("horizon-too-long", sources.where_setting("horizon.last"),
                            f"{horizon.first} to {horizon.last} is longer than two years.", "Mend the years."))  # fmt: skip
    if day.end <= day.start:
        faults.append(Fault("time-order", sources.where_setting("day.end"), "The day ends before it starts.",
                            "Write an end after the start."))  # fmt: skip
    if day.has_break and (day.break_earliest is None or day.break_latest is None):
        faults.append(Fault("field-missing", sources.where_setting("day.break_earliest"),
                            "There is a break, but not when it may start.",
                            "Write break_earliest and break_latest, or leave out break_minutes."))  # fmt: skip
    elif day.has_break and day.break_closes < day.break_opens:
        faults.append(Fault("time-order", sources.where_setting("day.break_latest"),
                            "The break's latest start lies before its earliest.", "Swap the two."))  # fmt: skip
    if settings.policy.longest_visit < settings.policy.opening_minutes + settings.policy.session_minutes:
        faults.append(Fault("field-value", sources.where_setting("policy.longest_visit"),
                            "No session fits into the longest visit.",
                            "Write at least opening_minutes plus session_minutes."))  # fmt: skip
    return faults
