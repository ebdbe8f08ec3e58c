"""From sources to an office: everything checked, then agendas, workdays and travel made into a problem."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from models.agendas import Agendas, make_agendas
from models.faults import Fault, InvalidInput
from models.intake.columns import FORMS
from models.intake.matrices import own_travel
from models.intake.rows import Rows, Stretch, read_rows
from models.intake.settings import OfficerDefaults, Settings, read_settings
from models.intake.sources import Sources
from models.office import Agency, Office, OfficerRow
from models.problem import Cooperative, Day, Officer, Partner, Prices, Problem, Travel
from models.problem import Office as ProblemOffice
from models.travel import USUAL_BANDS, estimated_travel
from models.workdays import days_between, workdays

#: places with different coordinates between which straight lines are worked out; more of them need a matrix
MOST_PLACES = 600


@dataclass(frozen=True, slots=True)
class OfficeBook:
    """An office as its planner keeps it, and the problem made from it.

    ``absences`` of officers and days with other ``cars`` of depots as the tables have them, also beyond the horizon.
    """

    office: Office
    problem: Problem
    absences: tuple[Stretch, ...] = ()
    cars: tuple[Stretch, ...] = ()


def make_book(sources: Sources) -> OfficeBook:
    """The office in ``sources`` with its problem.

    Raises:
        InvalidInput: with every fault found in the sources and between their parts.
    """
    settings = read_settings(sources)
    _missing_tables(sources)
    rows = read_rows(sources, settings.officers if settings else OfficerDefaults())
    days = _workdays(sources, settings) if settings else ()
    agendas = _agendas(sources, settings, rows, days) if settings and days else Agendas()
    own = _own_travel(sources, rows)
    if sources.faults or settings is None:
        raise InvalidInput(sources.faults)
    travel = own or _estimated(settings, rows)
    return OfficeBook(
        office=_office(sources, settings, rows, estimated=own is None),
        problem=_problem(settings, rows, days, agendas, travel),
        absences=tuple(rows.absences),
        cars=tuple(rows.cars),
    )


def _missing_tables(sources: Sources) -> None:
    for form in FORMS:
        if form.required and form.name not in sources.tables and form.name not in sources.unread:
            sources.faults.append(
                Fault(
                    "file-missing",
                    f"{sources.name}, {form.name}",
                    f"There is no table {form.name} ({form.thai}).",
                    "Add it; the empty workbook that the command template writes shows its columns.",
                )
            )


def _workdays(sources: Sources, settings: Settings) -> tuple[dt.date, ...]:
    horizon = settings.horizon
    days = workdays(horizon.first, horizon.last, set(horizon.extra_holidays), set(horizon.extra_workdays))
    if not days:
        where = sources.where_setting("horizon.first")
        cause = f"There is no workday from {horizon.first} to {horizon.last}."
        sources.faults.append(Fault("horizon-empty", where, cause, "Widen the horizon, or mend the extra holidays."))
    return days


def _agendas(sources: Sources, settings: Settings, rows: Rows, days: Sequence[dt.date]) -> Agendas:
    dates = {agency.id: frozenset(day for day in days if agency.joins(day)) for agency in rows.agencies}
    cooperatives, issues = sources.tables.get("cooperatives"), sources.tables.get("issues")
    least = settings.policy.opening_minutes + settings.policy.session_minutes
    for row in rows.cooperatives:
        if row.longest_visit is not None and row.longest_visit < least and cooperatives:
            sources.faults.append(
                Fault(
                    "cell-value",
                    f"{cooperatives.place}, cooperative {row.id}, column longest_visit",
                    f"No session fits into {row.longest_visit:g} minutes.",
                    f"Write {least:g} or more.",
                )
            )
    known = {row.id for row in rows.agencies}
    sound = [issue for issue in rows.issues if issue.partner is None or issue.partner in known]
    agendas = make_agendas(rows.cooperatives, sound, settings.policy, _day(settings), days, dates)
    place = issues.place if issues else "issues"
    sources.faults += [Fault(f.code, f"{place}, {f.where}", f.cause, f.remedy) for f in agendas.faults]
    return agendas


def _own_travel(sources: Sources, rows: Rows) -> Travel | None:
    own = own_travel(sources, [*(depot.id for depot in rows.depots), *(row.id for row in rows.cooperatives)])
    places = set(_places(rows))
    if not sources.matrices and len(places) > MOST_PLACES:
        sources.faults.append(
            Fault(
                "file-missing",
                f"{sources.name}, travel_km",
                f"The office has {len(places)} different places; "
                f"straight lines are worked out for {MOST_PLACES} at most.",
                "Bring your own travel_minutes and travel_km.",
            )
        )
    return own


def _places(rows: Rows) -> list[tuple[float, float]]:
    """Latitude and longitude of each location: depots first, then cooperatives."""
    depots = [(depot.lat, depot.lon) for depot in rows.depots]
    return depots + [(row.lat, row.lon) for row in rows.cooperatives]


def _estimated(settings: Settings, rows: Rows) -> Travel:
    distances = settings.travel
    return estimated_travel(
        _places(rows), detour=distances.detour, bands=rows.bands or USUAL_BANDS, least_km=distances.least_km
    )


def _office(sources: Sources, settings: Settings, rows: Rows, *, estimated: bool) -> Office:
    names = settings.office
    return Office(
        name_th=names.name_th,
        name_en=names.name_en,
        depots=tuple(rows.depots),
        cooperatives=tuple(rows.cooperatives),
        officers=tuple(rows.officers),
        issues=tuple(rows.issues),
        topics=tuple(rows.topics),
        agencies=tuple(Agency(id=a.id, name_th=a.name_th, name_en=a.name_en) for a in rows.agencies),
        illustrative=names.illustrative,
        travel_estimated=estimated,
        per_diem_baht=names.per_diem_baht,
        aspects=tuple(rows.aspects),
        ledger=tuple(rows.ledger),
        urgency=settings.urgency,
        next_quarter=settings.next,
        map=sources.map,
    )


def _problem(settings: Settings, rows: Rows, days: tuple[dt.date, ...], agendas: Agendas, travel: Travel) -> Problem:
    offices = tuple(
        ProblemOffice(
            id=depot.id, location=index, cars=depot.cars, seats=depot.seats, cars_on=_cars_on(rows, depot.id, days)
        )
        for index, depot in enumerate(rows.depots)
    )
    cooperatives = tuple(
        Cooperative(
            id=row.id, name=row.name_th, location=len(offices) + index, office=row.depot,
            open=None if row.open is None else (row.open,),
            closed=tuple(day for day in row.closed if day in days) or None,
            min_gap_days=agendas.gap_days.get(row.id, settings.policy.gap_days),
            lead=row.lead, current_lead=row.current_lead,
        )
        for index, row in enumerate(rows.cooperatives)
    )  # fmt: skip
    owed = {row.officer: settings.next.repay * row.hours for row in rows.ledger}
    officers = tuple(
        Officer(
            id=row.id, name=row.name_th, office=row.depot, topics=row.topics,
            absent=_absent(rows, row.id, days) or None,
            max_days_per_week=row.max_days_per_week, fair_hours=_fair_hours(row, owed.get(row.id, 0.0)),
        )
        for row in rows.officers
    )  # fmt: skip
    partners = tuple(
        Partner(id=row.id, dates=tuple(day for day in days if row.joins(day)), per_day=row.per_day)
        for row in rows.agencies
    )
    return Problem(
        name=settings.office.name_en,
        workdays=days,
        day=_day(settings),
        offices=offices,
        officers=officers,
        partners=partners or None,
        cooperatives=cooperatives,
        visits=tuple(agendas.visits),
        travel=travel,
        prices=Prices.model_validate(settings.prices.model_dump()),
        notice_days=settings.replanning.notice_days,
    )


def _fair_hours(row: OfficerRow, owed: float) -> float | None:
    """The officer's fair share, less the hours above it that are repaid, or more by those below it."""
    return None if row.fair_hours is None else max(0.0, row.fair_hours - owed)


def _day(settings: Settings) -> Day:
    return Day.model_validate(settings.day.model_dump())


def _cars_on(rows: Rows, depot: str, days: Sequence[dt.date]) -> dict[dt.date, int] | None:
    """Cars on single days; where stretches overlap, the fewest cars count."""
    cars: dict[dt.date, int] = {}
    for stretch in rows.cars:
        if stretch.id == depot:
            for day in days_between(max(stretch.first, days[0]), min(stretch.last, days[-1])):
                if day in days:
                    cars[day] = min(stretch.cars, cars.get(day, stretch.cars))
    return dict(sorted(cars.items())) or None


def _absent(rows: Rows, officer: str, days: Sequence[dt.date]) -> tuple[dt.date, ...]:
    away = [stretch for stretch in rows.absences if stretch.id == officer]
    return tuple(day for day in days if any(stretch.first <= day <= stretch.last for stretch in away))
