"""Values that can be read and hardly be meant: told to the planner as warnings, and planned with as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from models.faults import Fault
from models.intake.names import id_of
from models.intake.rows import Rows
from models.intake.settings import Settings
from models.intake.sources import Sources
from models.saying import Place, Said, both, said

#: sessions of one issue above which a number is doubted
MOST_SESSIONS: Final = 12
#: baht for a kilometre above which a price is doubted
MOST_KM_PRICE: Final = 50.0
#: seats of a car above which a number is doubted
MOST_SEATS: Final = 20
#: days before the horizon beyond which a due date is doubted, and days after its first
LONGEST_OVERDUE: Final = 366
LONGEST_AHEAD: Final = 5 * 366
#: from the horizon to a day of the office, and of the horizon itself, beyond which a year is doubted
LONGEST: Final = dt.timedelta(days=366)


def doubtful(sources: Sources, settings: Settings, rows: Rows, days: Sequence[dt.date]) -> Iterator[Fault]:
    """A warning for each value of the tables and settings that can hardly be meant; ``days``: the workdays."""
    yield from _prices(sources, settings)
    yield from _cars(sources, settings, rows)
    yield from _officers(sources, rows, days)
    yield from _issues(sources, rows, days[0])


def _prices(sources: Sources, settings: Settings) -> Iterator[Fault]:
    if settings.prices.km > MOST_KM_PRICE:
        cause = said("A kilometre costs {baht} baht.", baht=f"{settings.prices.km:g}")
        remedy = said("Check that the price is that of one kilometre.")
        yield doubt(sources.where_setting("prices.km"), cause, remedy)


def _cars(sources: Sources, settings: Settings, rows: Rows) -> Iterator[Fault]:
    car_at, depot_at = finder(sources, "cars"), finder(sources, "depots")
    seats = [(car_at(car.id, "seats"), car.seats) for car in rows.cars]
    seats += [(depot_at(depot.id, "seats"), depot.seats) for depot in rows.depots if depot.seats is not None]
    for where, number in seats:
        if number > MOST_SEATS:
            cause = both("A car has {seats} seats.", "รถหนึ่งคันมี {seats} ที่นั่ง", seats=number)
            yield doubt(where, cause, both("Check the number of seats.", "ตรวจจำนวนที่นั่ง"))
    costs = {car.id: settings.prices.km if car.km is None else car.km for car in rows.cars}
    for car in rows.cars:
        if car.km is not None and car.km > MOST_KM_PRICE:
            cause = said("A kilometre costs {baht} baht.", baht=f"{car.km:,g}")
            yield doubt(car_at(car.id, "km"), cause, said("Check that the price is that of one kilometre."))
        elif car.km == 0 and any(costs.values()):
            cause = both("A kilometre in this car costs nothing, and in other cars it does.",
                         "รถคันนี้ไม่คิดค่ากิโลเมตร แต่รถคันอื่นคิด")  # fmt: skip
            remedy = both("Write its price; empty: as the settings say.", "ใส่ราคา ถ้าเว้นว่างจะใช้ตามการตั้งค่า")
            yield doubt(car_at(car.id, "km"), cause, remedy)


def _officers(sources: Sources, rows: Rows, days: Sequence[dt.date]) -> Iterator[Fault]:
    weeks: dict[tuple[int, int], int] = {}
    for day in days:
        week = day.isocalendar()[:2]
        weeks[week] = weeks.get(week, 0) + 1
    longest = max(5, *weeks.values())
    away: dict[str, set[dt.date]] = {}
    for stretch in rows.absences:
        if stretch.hours is None:
            away.setdefault(stretch.id, set()).update(day for day in days if stretch.first <= day <= stretch.last)
    find = finder(sources, "officers")
    knowing = any(officer.topics for officer in rows.officers)
    if rows.officers and not knowing:
        yield _nobody_knows(sources, rows)
    for officer in rows.officers:
        most = officer.max_days_per_week
        if most is not None and most > longest:
            cause = said(
                "{days} field days a week are more than the {most} workdays of a week.", days=most, most=longest
            )
            yield doubt(find(officer.id, "max_days_per_week"), cause, said("Write {most} or fewer.", most=longest))
        if knowing and not officer.topics:
            cause = said("The officer has no topic, and can only ride along.")
            yield doubt(find(officer.id, "topics"), cause, said("Write the topics on which the officer advises."))
        if len(away.get(officer.id, ())) == len(days):
            cause = said("The officer is away on every workday of the horizon.")
            yield doubt(find(officer.id, "id"), cause, said("Check the dates of the absences."))


def shares(sources: Sources, settings: Settings, rows: Rows, days: Sequence[dt.date]) -> Iterator[Fault]:
    """A warning for each fair share of hours that is none, or more than the workdays ``days`` have."""
    usual, find = settings.officers.fair_hours, finder(sources, "officers")
    most = len(days) * (settings.day.end - settings.day.start) / 60
    stated = [] if usual is None else [(sources.where_setting("officers.fair_hours"), usual)]
    stated += [
        (find(officer.id, "fair_hours"), officer.fair_hours)
        for officer in rows.officers
        if officer.fair_hours is not None and officer.fair_hours != usual
    ]
    for where, hours in stated:
        if hours == 0:
            cause = both("A fair share of 0 hours: every hour on tour is one too many.",
                         "เกณฑ์ 0 ชั่วโมง ทุกชั่วโมงที่ออกพื้นที่จึงเกินเกณฑ์")  # fmt: skip
            yield doubt(
                where, cause, both("Write the hours; empty: an equal share.", "ใส่จำนวนชั่วโมง ถ้าเว้นว่างจะเฉลี่ยเท่ากัน")
            )
        elif hours > most > 0:
            cause = both("{hours} hours are more than the {most} that all workdays of the horizon have.",
                         "{hours} ชั่วโมงมากกว่า {most} ชั่วโมงของวันทำการทั้งหมดในช่วงแผน",
                         hours=f"{hours:,g}", most=f"{most:,g}")  # fmt: skip
            yield doubt(where, cause, both("Check the number of hours.", "ตรวจจำนวนชั่วโมง"))


def _nobody_knows(sources: Sources, rows: Rows) -> Fault:
    """The one doubt of a table of officers in which nobody has a topic, likely for want of the whole column."""
    table = sources.tables["officers"]
    values = {"officers": len(rows.officers), "issues": len(rows.issues)}
    if "topics" not in table.columns.values():
        cause = both(
            "There is no column of topics: none of the {officers} officers has one, and visits for the {issues} issues "
            "would be left out.",
            "ไม่มีคอลัมน์ด้านที่แนะนำได้ เจ้าหน้าที่ทั้ง {officers} คนจึงไม่มีด้านใดเลย และจะไม่ได้เข้าส่งเสริมตามประเด็นทั้ง {issues} เรื่อง",
            **values,
        )
        remedy = both("Add the column topics, and write the topics on which each officer advises.",
                      "เพิ่มคอลัมน์ ด้านที่แนะนำได้ แล้วกรอกด้านของเจ้าหน้าที่แต่ละคน")  # fmt: skip
        return doubt(table.place, cause, remedy)
    cause = both("None of the {officers} officers has a topic: visits for the {issues} issues would be left out.",
                 "เจ้าหน้าที่ทั้ง {officers} คนไม่มีด้านที่แนะนำได้เลย จึงจะไม่ได้เข้าส่งเสริมตามประเด็นทั้ง {issues} เรื่อง",
                 **values)  # fmt: skip
    return doubt(table.place, cause, said("Write the topics on which the officer advises."))


def _issues(sources: Sources, rows: Rows, first: dt.date) -> Iterator[Fault]:
    find = finder(sources, "issues")
    for issue in rows.issues:
        if issue.sessions > MOST_SESSIONS:
            cause = said("The issue takes {sessions} sessions.", sessions=issue.sessions)
            yield doubt(find(issue.id, "sessions"), cause, said("Check the number of sessions."))
    dues = [(issue.id, issue.due) for issue in rows.issues if issue.due is not None]
    overdue = [(id_, due) for id_, due in dues if (first - due).days > LONGEST_OVERDUE]
    ahead = [(id_, due) for id_, due in dues if (due - first).days > LONGEST_AHEAD]
    far = len(overdue) + len(ahead)
    if far >= 3 and 2 * far > len(dues):  # one year is mistaken, that of the horizon
        cause = said("{far} of {all} due dates lie years away from {first}.", far=far, all=len(dues), first=first)
        yield doubt(sources.where_setting("horizon.first"), cause, said("Check the year."))
        return
    for id_, due in overdue:
        cause = said("{due} lies more than a year before the horizon.", due=due)
        yield doubt(find(id_, "due"), cause, said("Check the year."))
    for id_, due in ahead:
        cause = said("{due} lies more than five years after the horizon begins.", due=due)
        yield doubt(find(id_, "due"), cause, said("Check the year."))


def doubt(where: str, cause: Said, remedy: Said) -> Fault:
    """The warning of a value in doubt."""
    return Fault("value-doubtful", where, cause, remedy)


def finder(sources: Sources, name: str) -> Callable[[str, str], Place]:
    """Where the cell of a row (by its id) and column stands; the row's id where the table has no such column.

    Of rows with the same id it is the first: the others are faults, and nothing is made of them.
    """
    table = sources.tables.get(name)
    rows = {id_of(row): row for row in reversed(table.rows)} if table else {}

    def find(id_: str, column: str) -> Place:
        row = rows.get(id_)
        if row is None:
            return table.place if table else sources.settings_place
        return row.where(column if column in row.headings else "id")

    return find
