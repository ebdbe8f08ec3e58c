"""From sources to an office: everything checked, then agendas, workdays and travel made into a problem."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from models.agendas import Agendas, make_agendas
from models.faults import Fault, InvalidInput
from models.gazetteer import district_map
from models.intake.alike import alike
from models.intake.called import called
from models.intake.columns import FORMS, MATRICES
from models.intake.doubting import doubtful, finder, shares
from models.intake.fitting import drives, equal_share
from models.intake.matrices import own_travel
from models.intake.outside import outside
from models.intake.placing import provinces_of
from models.intake.rows import Rows, Stretch, read_rows
from models.intake.settings import Settings, read_settings
from models.intake.sources import Sources
from models.intake.unfitting import unfitting, unmet
from models.intake.wanting import barred_leads, wanting
from models.office import Agency, Office
from models.preparation import preparation_agendas
from models.problem import Busy, Cooperative, Day, Depot, NamedCar, Officer, Partner, Prices, Problem, Travel
from models.saying import named, place, said
from models.travel import USUAL_BANDS, estimated_travel
from models.workdays import days_between, workdays

#: what is planned of an office: the visits of its horizon, or the preparation of their content
Phase = Literal["visits", "preparation"]
#: places with different coordinates between which straight lines are worked out; more of them need a matrix
MOST_PLACES = 2_000
#: the column of the cooperatives' table that a fault of an agenda is about; the id where none is
_ABOUT = {"meeting-missing": "board_meeting", "meetings-too-few": "board_meeting"}


@dataclass(frozen=True, slots=True)
class OfficeBook:
    """An office as its planner keeps it, and the problem made from it; ``warnings`` are to be told to the planner.

    ``absences`` of officers and days with other ``cars`` of depots as the tables have them, also beyond the horizon;
    so the office's own ``extra_holidays`` and ``extra_workdays``.
    """

    office: Office
    problem: Problem
    absences: tuple[Stretch, ...] = ()
    cars: tuple[Stretch, ...] = ()
    extra_holidays: tuple[dt.date, ...] = ()
    extra_workdays: tuple[dt.date, ...] = ()
    warnings: tuple[Fault, ...] = ()


def make_book(sources: Sources, phase: Phase = "visits") -> OfficeBook:
    """The office in ``sources`` with the problem of a ``phase``: the visits of the horizon, or their preparation.

    Raises:
        InvalidInput: with every fault found in the sources and between their parts.
    """
    settings = read_settings(sources)
    if phase == "preparation" and settings is not None:
        settings = _preparing(sources, settings)
    _missing_tables(sources)
    rows = read_rows(sources, settings)
    sources.faults += barred_leads(sources, rows)
    sources.warnings += [*alike(sources), *called(sources)]
    days = _workdays(sources, settings) if settings else ()
    agendas = _agendas(sources, settings, rows, days, phase) if settings and days else Agendas()
    if settings and days:
        sources.warnings += doubtful(sources, settings, rows, days)
        sources.warnings += wanting(sources, settings, rows, days)
    if settings and days and phase != "preparation":
        sources.warnings += [*outside(sources, settings, rows), *shares(sources, settings, rows, days)]
    own = _own_travel(sources, rows)
    if sources.faults or settings is None:
        # what is doubtful of a cell at fault follows from the fault; what is doubtful of a whole table may explain it
        wrong = {fault.where for fault in sources.faults if not _is_whole(fault)}
        raise InvalidInput(sources.faults, dict.fromkeys(each for each in sources.warnings if each.where not in wrong))
    travel = own or _estimated(settings, rows)
    problem = _problem(settings, rows, days, agendas, travel)
    sources.warnings += [*unfitting(sources, problem), *unmet(sources, settings, problem)]
    return OfficeBook(
        office=_office(sources, settings, rows, estimated=own is None),
        problem=problem,
        absences=tuple(rows.absences),
        cars=tuple(rows.cars_on),
        extra_holidays=settings.horizon.extra_holidays,
        extra_workdays=settings.horizon.extra_workdays,
        warnings=tuple(dict.fromkeys(sources.warnings)),
    )


def _is_whole(fault: Fault) -> bool:
    """Whether the fault is one of a whole table: its rows may be struck through, or in another encoding."""
    return fault.place is not None and fault.place.parts.keys() <= {"file", "sheet"}


#: faults of an agenda that follow from a day at fault
_OF_THE_DAY = ("agenda-overfull", "meetings-too-few")


def _day_at_fault(sources: Sources) -> bool:
    """Whether a setting of the day is at fault: what finds no room in it follows from that, and is not told as well."""
    return any(str(fault.place.parts.get("setting", "")).startswith("day.") for fault in sources.faults if fault.place)


def _missing_tables(sources: Sources) -> None:
    for form in FORMS:
        if form.required and form.name not in sources.tables and form.name not in sources.unread:
            sources.faults.append(
                Fault(
                    "file-missing",
                    place(file=sources.name, table=named(form.name, form.thai)),
                    said("There is no table {table}.", table=named(f"{form.name} ({form.thai})", form.thai)),
                    said("Add it; the empty workbook that the command template writes shows its columns."),
                )
            )


def _workdays(sources: Sources, settings: Settings) -> tuple[dt.date, ...]:
    horizon = settings.horizon
    if any(fault.code in ("date-order", "horizon-too-long") and fault.place == sources.where_setting("horizon.last")
           for fault in sources.faults):  # fmt: skip
        return ()
    days = workdays(horizon.first, horizon.last, set(horizon.extra_holidays), set(horizon.extra_workdays))
    if not days:
        where = sources.where_setting("horizon.first")
        cause = said("There is no workday from {first} to {last}.", first=horizon.first, last=horizon.last)
        remedy = said("Widen the horizon, or mend the extra holidays.")
        sources.faults.append(Fault("horizon-empty", where, cause, remedy))
    return days


def _preparing(sources: Sources, settings: Settings) -> Settings:
    """The settings with the days of the preparation as the horizon."""
    preparation, horizon = settings.preparation, settings.horizon
    for key in ("first", "last"):
        if getattr(preparation, key) is None:
            where = sources.where_setting(f"preparation.{key}")
            cause = said("The setting {name} is not given.", name=f"preparation.{key}")
            sources.faults.append(Fault("field-missing", where, cause, said("Fill it in.")))
    if preparation.first is None or preparation.last is None or preparation.last < preparation.first:
        return settings
    days = {"first": preparation.first, "last": preparation.last}
    return settings.model_copy(update={"horizon": horizon.model_copy(update=days)})


def _agendas(sources: Sources, settings: Settings, rows: Rows, days: Sequence[dt.date], phase: Phase) -> Agendas:
    dates = {agency.id: frozenset(day for day in days if agency.joins(day)) for agency in rows.agencies}
    least = settings.policy.opening_minutes + settings.policy.session_minutes
    find = finder(sources, "cooperatives")
    for row in rows.cooperatives:
        if row.longest_visit is not None and row.longest_visit < least:
            cause = said("No session fits into {minutes} minutes.", minutes=f"{row.longest_visit:g}")
            remedy = said("Write {minutes} or more.", minutes=f"{least:g}")
            sources.faults.append(Fault("cell-value", find(row.id, "longest_visit"), cause, remedy))
    if phase == "preparation":
        wanted = settings.preparation
        agendas = preparation_agendas(
            rows.cooperatives, rows.issues, wanted.audiences, wanted.minutes, settings.policy.board_minutes, days
        )
    else:
        agendas = make_agendas(rows.cooperatives, rows.issues, settings.policy, _day(settings), days, dates)
    told = {visit.cooperative for visit in agendas.visits if visit.dates is not None and visit.window is None}
    for row in rows.cooperatives:
        if row.id in told:
            cause = said("It states no time: a visit for the board may be at any time of that day.")
            remedy = said("Add the time, such as {rule}, 10:00.", rule=row.board_meeting)
            sources.warnings.append(Fault("meeting-untimed", find(row.id, "board_meeting"), cause, remedy))
    day_at_fault = _day_at_fault(sources)
    for fault in agendas.faults:
        if day_at_fault and fault.code in _OF_THE_DAY:
            continue
        id_ = str(fault.place.parts["cooperative"]) if fault.place else ""
        about = _ABOUT.get(fault.code, "id")
        if sources.tables["cooperatives"].lost(about):
            continue
        where = find(id_, about)
        if all(other.where != where for other in sources.faults):  # a cell at fault is not missed as well
            sources.faults.append(Fault(fault.code, where, fault.cause, fault.remedy))
    return agendas


def _own_travel(sources: Sources, rows: Rows) -> Travel | None:
    own = own_travel(sources, [*(depot.id for depot in rows.depots), *(row.id for row in rows.cooperatives)])
    places = set(_places(rows))
    if not sources.matrices and len(places) > MOST_PLACES:
        cause = said(
            "The office has {places} different places; straight lines are worked out for {most} at most.",
            places=len(places), most=MOST_PLACES,
        )  # fmt: skip
        remedy = said("Bring your own travel_minutes and travel_km.")
        sources.faults.append(
            Fault(
                "file-missing", place(file=sources.name, table=named("travel_km", MATRICES["travel_km"])), cause, remedy
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
        name_en=names.english,
        depots=tuple(rows.depots),
        cars=tuple(rows.cars),
        cooperatives=tuple(rows.cooperatives),
        officers=tuple(rows.officers),
        issues=tuple(rows.issues),
        topics=tuple(rows.topics),
        agencies=tuple(Agency(id=a.id, name_th=a.name_th, name_en=a.name_en) for a in rows.agencies),
        illustrative=names.illustrative,
        travel_estimated=estimated,
        aspects=tuple(rows.aspects),
        ledger=tuple(rows.ledger),
        urgency=settings.urgency,
        next_quarter=settings.next,
        map=sources.map or district_map(provinces_of([*rows.depots, *rows.cooperatives])),
    )


def _problem(settings: Settings, rows: Rows, days: tuple[dt.date, ...], agendas: Agendas, travel: Travel) -> Problem:
    prices = settings.prices.model_dump()
    problem = Problem(
        name=settings.office.english,
        workdays=days,
        day=_day(settings),
        offices=_offices(rows, days),
        officers=_officers(settings, rows, days),
        partners=tuple(
            Partner(id=row.id, dates=tuple(day for day in days if row.joins(day)), per_day=row.per_day)
            for row in rows.agencies
        )
        or None,
        cooperatives=_cooperatives(settings, rows, days, agendas),
        visits=tuple(agendas.visits),
        travel=travel,
        prices=Prices.model_validate(prices),
        notice_days=settings.replanning.notice_days,
    )
    owed = {row.officer: settings.next.repay * row.hours for row in rows.ledger}
    return _with_fair_shares(problem, owed)


def _with_fair_shares(problem: Problem, owed: Mapping[str, float]) -> Problem:
    """The problem with each officer's fair share of hours: what is stated, else an equal share of the work.

    ``owed``: hours by which an officer was above the share so far, to be repaid; below it: negative.
    """
    share = 0.0
    if any(officer.fair_hours is None for officer in problem.officers):
        drive = {cooperative.id: drives(problem, cooperative) for cooperative in problem.cooperatives}
        share = equal_share(problem.visits, problem.officers, drive)
    shares = (share if officer.fair_hours is None else officer.fair_hours for officer in problem.officers)
    officers = (
        officer.model_copy(update={"fair_hours": max(0.0, hours - owed.get(officer.id, 0.0))})
        for officer, hours in zip(problem.officers, shares, strict=True)
    )
    return problem.changed(officers=tuple(officers))


def _offices(rows: Rows, days: Sequence[dt.date]) -> tuple[Depot, ...]:
    offices = []
    for index, depot in enumerate(rows.depots):
        by_name = tuple(
            NamedCar(id=car.id, seats=car.seats, km=car.km, away=_within(car.repair, days))
            for car in rows.cars
            if car.depot == depot.id
        )
        if rows.cars:
            offices.append(Depot(id=depot.id, location=index, cars=by_name))
        else:
            cars, seats = depot.cars or 0, depot.seats or 1
            on = _cars_on(rows, depot.id, days)
            offices.append(Depot(id=depot.id, location=index, cars=cars, seats=seats, cars_on=on))
    return tuple(offices)


def _cooperatives(settings: Settings, rows: Rows, days: Sequence[dt.date], agendas: Agendas) -> tuple[Cooperative, ...]:
    return tuple(
        Cooperative(
            id=row.id, name=row.name_th, location=len(rows.depots) + index, office=row.depot, open=row.open,
            closed=_within(row.closed, days), min_gap_days=agendas.gap_days.get(row.id, settings.policy.gap_days),
            lead=row.lead, current_lead=row.current_lead, barred=row.never or None,
        )
        for index, row in enumerate(rows.cooperatives)
    )  # fmt: skip


def _officers(settings: Settings, rows: Rows, days: Sequence[dt.date]) -> tuple[Officer, ...]:
    return tuple(
        Officer(
            id=row.id, name=row.name_th, office=row.depot, topics=row.topics,
            absent=_absent(rows, row.id, days) or None, busy=_busy(settings, rows, row.id, days) or None,
            max_days_per_week=row.max_days_per_week, fair_hours=row.fair_hours,
        )
        for row in rows.officers
    )  # fmt: skip


def _within(dates: Sequence[dt.date], days: Sequence[dt.date]) -> tuple[dt.date, ...] | None:
    known = set(days)
    return tuple(day for day in dates if day in known) or None


def _day(settings: Settings) -> Day:
    return Day.model_validate(settings.day.model_dump(exclude={"cooperatives_lunch"}))


def _cars_on(rows: Rows, depot: str, days: Sequence[dt.date]) -> dict[dt.date, int] | None:
    """Cars on single days; where stretches overlap, the fewest cars count."""
    cars: dict[dt.date, int] = {}
    known = set(days)
    for stretch in rows.cars_on:
        if stretch.id == depot:
            for day in days_between(max(stretch.first, days[0]), min(stretch.last, days[-1])):
                if day in known:
                    cars[day] = min(stretch.cars, cars.get(day, stretch.cars))
    return dict(sorted(cars.items())) or None


def _absent(rows: Rows, officer: str, days: Sequence[dt.date]) -> tuple[dt.date, ...]:
    away = [stretch for stretch in rows.absences if stretch.id == officer and stretch.hours is None]
    return tuple(day for day in days if any(stretch.first <= day <= stretch.last for stretch in away))


def _busy(settings: Settings, rows: Rows, officer: str, days: Sequence[dt.date]) -> tuple[Busy, ...]:
    """The parts of days on which an officer is away, or at the office's weekly meeting."""
    away = [stretch for stretch in rows.absences if stretch.id == officer]
    whole = set(_absent(rows, officer, days))
    parts = {
        (day, stretch.hours)
        for stretch in away
        if stretch.hours
        for day in days
        if stretch.first <= day <= stretch.last
    }
    meeting = settings.officers.meeting
    if meeting is not None:
        parts |= {(day, span) for day in days for span in meeting.on(day.weekday())}
    within = ((day, max(span[0], 0.0), min(span[1], 24 * 60.0)) for day, span in sorted(parts) if day not in whole)
    return tuple(Busy.model_validate({"date": day, "from": first, "to": last}) for day, first, last in within)
