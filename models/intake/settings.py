"""The office's settings: horizon, day, prices, visiting policy, distances. In ``office.toml`` or the sheet ``office``.

The keys of the file are the fields of these models, joined by dots: ``prices.km``. What each is for, in Thai and
English, stands in :mod:`models.intake.labels`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from models.agendas import Policy
from models.faults import Fault
from models.fields import Count, NonNegative, Step
from models.handbook.policy import NextQuarter, Urgency
from models.intake import values
from models.intake.columns import AUDIENCES, AUDIENCES_ALSO
from models.intake.meant import check_setting, rate_hours, read_as, settings_as_meant
from models.intake.sources import Sources
from models.intake.tables import cleaned
from models.likeness import ENOUGH, perhaps
from models.office import Audience
from models.plan import Frozen
from models.prices import DayPrice, Prices
from models.reading import faults_of_validation
from models.saying import said
from models.thaitext import digits, turns
from models.thaitext import key as plain

_RATE = re.compile(r"(\d+(?:\.\d+)?|\d+:[0-5]\d)\s*[:=]\s*(\d+(?:\.\d+)?)")


def _by_hours(value: Any) -> Any:
    """The price of an officer's day: baht, or text such as ``0: 0; 6:30: 120; 12: 240``, hours and baht."""
    if not isinstance(value, str):
        return value
    rates = [_RATE.fullmatch(str(part)) for part in values.parts(digits(value))]
    if not rates or not all(rates):
        raise values.CellError(
            said("{value} is neither baht nor a list of hours and baht.", value=values.shown(value)),
            said("Write a number, or hours and baht like 0: 0; 6: 120; 12: 240."),
        )
    return [{"hours": rate_hours(rate[1]), "baht": float(rate[2])} for rate in rates if rate]


Date = Annotated[dt.date, BeforeValidator(values.date)]
Dates = Annotated[tuple[dt.date, ...], BeforeValidator(values.dates)]
Time = Annotated[float, BeforeValidator(values.clock)]
Text = Annotated[str, BeforeValidator(values.text), Field(min_length=1)]
Stretch = Annotated[tuple[float, float], BeforeValidator(values.clocks)]
Hours = Annotated[values.Hours, BeforeValidator(values.hours)]
#: the longest horizon, in days: two years and a leap day
LONGEST_HORIZON = 731


class Names(Frozen):
    """Who the office is, and whether its cooperatives and officers are made up; without an English name the Thai."""

    name_th: Text
    name_en: Text = ""
    illustrative: bool = False

    @property
    def english(self) -> str:
        """The name in English where there is one."""
        return self.name_en or self.name_th


class Horizon(Frozen):
    """The days to plan, both ends included, with the office's own exceptions from the calendar of holidays."""

    first: Date
    last: Date
    extra_holidays: Dates = ()
    extra_workdays: Dates = ()


class OfficeDay(Frozen):
    """The office's day; see :class:`models.problem.Day`, whose times are numbers, which no planner would write.

    ``cooperatives_lunch`` closes the cooperatives that say nothing else of the middle of the day.
    """

    start: Time
    end: Time
    max_minutes: NonNegative | None = None
    break_minutes: NonNegative | None = None
    break_earliest: Time | None = None
    break_latest: Time | None = None
    step_minutes: Step | None = None
    slack_minutes: NonNegative | None = None
    cooperatives_lunch: Stretch | None = None


class PriceList(Prices):
    """Prices in baht; the three that shape every plan must be stated."""

    km: NonNegative
    officer_day: Annotated[DayPrice, BeforeValidator(_by_hours)]
    unplanned: NonNegative


class OfficerDefaults(Frozen):
    """What holds for an officer whose row leaves it open. No ``max_days_per_week``: no limit; no ``fair_hours``: an
    equal share. ``meeting``: weekdays and times at which all of them meet at the office.
    """

    max_days_per_week: Count | None = None
    fair_hours: NonNegative | None = None
    meeting: Hours | None = None


class Distances(Frozen):
    """How distances are estimated where the office brings no road distances of its own."""

    detour: Annotated[float, Field(ge=1, le=5)] = 1.2
    least_km: Annotated[float, Field(ge=0, le=50)] = 1.0


class Replanning(Frozen):
    """What counts as a move at short notice, in calendar days."""

    notice_days: Count | None = None


#: in the order in which content is agreed with them
_EVERY_AUDIENCE: tuple[Audience, ...] = ("management", "board", "members")
_ALL = frozenset(map(plain, ("ทุกฝ่าย", "ทุกกลุ่ม", "ทั้งหมด", "all")))


def _audiences(value: Any) -> tuple[str, ...]:
    """Whom content is agreed with, by key or in words; all of them where the list is the word for that."""
    written = values.texts(value)
    if len(written) == 1 and plain(written[0]) in _ALL:
        return _EVERY_AUDIENCE
    return tuple(values.choice(one, AUDIENCES, AUDIENCES_ALSO) for one in written)


Audiences = Annotated[tuple[Audience, ...], BeforeValidator(_audiences)]


class Preparation(Frozen):
    """The days on which content is agreed with the cooperatives, with whom, and how long such a visit is."""

    first: Date | None = None
    last: Date | None = None
    audiences: Audiences = ("management",)
    minutes: Annotated[float, Field(ge=1, le=24 * 60)] = 45


class Settings(Frozen):
    """All settings of an office."""

    office: Names
    horizon: Horizon
    day: OfficeDay
    prices: PriceList
    officers: OfficerDefaults = OfficerDefaults()
    policy: Policy = Policy()
    travel: Distances = Distances()
    replanning: Replanning = Replanning()
    urgency: Urgency = Urgency()
    next: NextQuarter = NextQuarter()
    preparation: Preparation = Preparation()


#: what stands in for a setting at fault, so that the others and the tables are still checked
_STAND_INS: dict[str, Any] = {
    "office": {"name_th": "-", "name_en": "-"},
    "day": {"start": "08:30", "end": "16:30"},
    "prices": {"km": 0, "officer_day": 0, "unplanned": 0},
}


def read_settings(sources: Sources) -> Settings | None:
    """The settings in ``sources``, with every fault added to ``sources.faults``.

    Where some are at fault, others stand in for them; None where without them nothing more can be checked.
    """
    if sources.settings is None:
        return None
    unclear = set(_unclear(sources))
    _warn(sources)
    told = {fault.where for fault in sources.faults}
    # of a group that is not there at all each setting that it needs is told, as of one that lacks some
    groups = {name: {} for name, one in Settings.model_fields.items() if one.is_required()} | sources.settings
    data, replaced = _without(groups, unclear), set[str]()
    for _ in range(3):  # a stand-in that is at fault beside what stays is followed by another
        try:
            settings = Settings.model_validate(data)
        except ValidationError as error:
            faults = faults_of_validation(error)
            if not replaced:
                few = len(faults) < ENOUGH
                found = [_about_setting(sources, fault, few) for fault in faults]
                sources.faults += [fault for fault in found if fault.code != "field-missing" or fault.where not in told]
            data = _without(data, {fault.where for fault in faults})
            replaced |= {fault.where.partition(".")[0] for fault in faults}
        else:
            sound = {"horizon", "day", "policy", "preparation"} - replaced
            sources.faults += [fault for group, fault in _between(sources, settings) if group in sound]
            return settings
    return None


def _without(data: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    """The settings without the ``keys`` at fault, stand-ins put in their place."""
    kept = dict(data)
    for dotted in keys:
        section, _, key = dotted.partition(".")
        key = key.partition("[")[0].partition(".")[0]
        group = kept.get(section)
        if key and isinstance(group, dict):
            kept[section] = {name: value for name, value in group.items() if name != key}
            if key in _STAND_INS.get(section, {}):
                kept[section][key] = _STAND_INS[section][key]
        elif section in _STAND_INS:
            kept[section] = dict(_STAND_INS[section])
        else:
            kept.pop(section, None)
    return kept


def _unclear(sources: Sources) -> Iterator[str]:
    """The settings whose text may be read in two ways; a fault of each is added."""
    for section, group in (sources.settings or {}).items():
        for key, value in group.items() if isinstance(group, dict) else ():
            dotted = f"{section}.{key}"
            try:
                check_setting(dotted, value)
            except values.CellError as error:
                sources.faults.append(Fault("field-value", sources.where_setting(dotted), error.cause, error.remedy))
                yield dotted


def _warn(sources: Sources) -> None:
    """Say where marks that turn the direction of writing are left out, and what was read as the one thing meant."""
    for section, group in (sources.settings or {}).items():
        for key, value in group.items() if isinstance(group, dict) else ():
            if isinstance(value, str) and turns(value):
                sources.warnings.append(cleaned(sources.where_setting(f"{section}.{key}")))
    for name, written, meaning in settings_as_meant(sources.settings or {}):
        sources.warnings.append(read_as(sources.where_setting(name), written, meaning))


def _about_setting(sources: Sources, fault: Fault, few: bool) -> Fault:
    """The fault of a key as a planner sees it: a setting in a file or a sheet."""
    where = sources.where_setting(fault.where)
    if fault.code == "field-missing":
        cause = said("The setting {name} is not given.", name=str(fault.where))
        return Fault(fault.code, where, cause, said("Fill it in."))
    if fault.code == "field-unknown":
        cause = said("There is no setting {name}.", name=str(fault.where))
        remedy = said("Mend its name, or remove it.")
        return Fault(fault.code, where, cause, perhaps(remedy, str(fault.where), _names()) if few else remedy)
    return Fault(fault.code, where, fault.cause, fault.remedy)


def _names() -> list[str]:
    """The dotted names of all settings."""
    sections = {name: field.annotation for name, field in Settings.model_fields.items()}
    return [f"{name}.{key}" for name, model in sections.items() for key in getattr(model, "model_fields", ())]


def _between(sources: Sources, settings: Settings) -> Iterator[tuple[str, Fault]]:
    """Faults between settings that are sound one by one, each with the group it is in."""
    horizon, day, policy = settings.horizon, settings.day, settings.policy
    where = sources.where_setting
    if horizon.last < horizon.first:
        cause = said("{last} lies before {first}.", last=horizon.last, first=horizon.first)
        yield "horizon", Fault("date-order", where("horizon.last"), cause, said("Write the first day first."))
    elif (horizon.last - horizon.first).days >= LONGEST_HORIZON:
        cause = said("{first} to {last} is longer than two years.", first=horizon.first, last=horizon.last)
        yield "horizon", Fault("horizon-too-long", where("horizon.last"), cause, said("Mend the years."))
    first, last = settings.preparation.first, settings.preparation.last
    if first is not None and last is not None and last < first:
        cause = said("{last} lies before {first}.", last=last, first=first)
        yield "preparation", Fault("date-order", where("preparation.last"), cause, said("Write the first day first."))
    if day.end <= day.start:
        cause = said("The day ends before it starts.")
        yield "day", Fault("time-order", where("day.end"), cause, said("Write an end after the start."))
    if day.break_minutes:
        for key in ("break_earliest", "break_latest"):
            if getattr(day, key) is None:
                cause = said("There is a break, but not when it may start.")
                remedy = said("Write it, or leave out break_minutes.")
                yield "day", Fault("field-missing", where(f"day.{key}"), cause, remedy)
    if day.break_earliest is not None and day.break_latest is not None and day.break_latest < day.break_earliest:
        cause = said("The break's latest start lies before its earliest.")
        yield "day", Fault("time-order", where("day.break_latest"), cause, said("Swap the two."))
    if policy.longest_visit < policy.opening_minutes + policy.session_minutes:
        cause = said("No session fits into the longest visit.")
        remedy = said("Write at least opening_minutes plus session_minutes.")
        yield "policy", Fault("field-value", where("policy.longest_visit"), cause, remedy)
