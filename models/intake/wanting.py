"""Doubts of tables that leave visits without officers, cars, a partner or time, or that say two things."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from models.faults import Fault
from models.intake.doubting import LONGEST, doubt, finder
from models.intake.rows import Rows, Stretch
from models.intake.settings import Settings
from models.intake.sources import Sources
from models.saying import both, named, said


def wanting(sources: Sources, settings: Settings, rows: Rows, days: Sequence[dt.date]) -> Iterator[Fault]:
    """A warning for each value that leaves visits without what they need, or that another contradicts.

    ``days``: the workdays.
    """
    yield from _settings(sources, settings)
    yield from _meeting(sources, settings, days)
    yield from _cars(sources, rows, days)
    yield from _officers(sources, rows)
    yield from _crews(sources, rows)
    if not rows.issues and not sources.faults:
        table = sources.tables.get("issues")
        cause = both("There is no issue: every visit is a routine one.", "ไม่มีประเด็นเลย จึงมีแต่การเข้าพบตามรอบ")
        remedy = both("Fill in the sheet of issues, if there are any.", "ถ้ามีประเด็นให้กรอกในแผ่นงาน ประเด็น")
        yield doubt(table.place if table else sources.settings_place, cause, remedy)
    yield from _topics(sources, rows)
    yield from _partners(sources, rows)
    yield from _dates(sources, settings, rows)
    yield from _hours(sources, settings, rows)


def _settings(sources: Sources, settings: Settings) -> Iterator[Fault]:
    day, horizon = settings.day, settings.horizon
    if day.break_minutes and day.break_earliest is not None and day.break_earliest + day.break_minutes > day.end:
        cause = both(
            "A break of {minutes} minutes ends after the day, whenever it begins: no tour can be back after it.",
            "พัก {minutes} นาทีเลยเวลาสิ้นสุดวันเสมอ จึงไม่มีเส้นทางใดกลับหลังพักได้",
            minutes=f"{day.break_minutes:g}",
        )
        remedy = both("Check the minutes of the break.", "ตรวจจำนวนนาทีที่พัก")
        yield doubt(sources.where_setting("day.break_minutes"), cause, remedy)
    if settings.prices.unplanned == 0:
        cause = both("Leaving a visit out costs nothing, so that the cheapest plan visits nobody.",
                     "การไม่เข้าส่งเสริมไม่มีราคา แผนที่ถูกที่สุดจึงไม่ไปที่ใดเลย")  # fmt: skip
        remedy = both("Write what a visit is worth.", "ใส่ราคาของการไม่ได้เข้าส่งเสริม")
        yield doubt(sources.where_setting("prices.unplanned"), cause, remedy)
    if horizon.last - horizon.first > LONGEST:
        cause = both("{first} to {last} is longer than a year.", "{first} ถึง {last} ยาวเกินหนึ่งปี",
                     first=horizon.first, last=horizon.last)  # fmt: skip
        yield doubt(sources.where_setting("horizon.last"), cause, both("Check the year.", "ตรวจปี"))
    for key in ("extra_holidays", "extra_workdays"):
        for date in getattr(horizon, key):
            if not horizon.first - LONGEST <= date <= horizon.last + LONGEST:  # a list of the whole year is no mistake
                cause = both("{day} lies more than a year from the horizon, and changes nothing.",
                             "{day} ห่างจากช่วงแผนเกินหนึ่งปี จึงไม่มีผลต่อแผน",
                             day=date)  # fmt: skip
                remedy = both("Check the year and the month, or remove it.", "ตรวจปีและเดือน หรือลบออก")
                yield doubt(sources.where_setting(f"horizon.{key}"), cause, remedy)
    for date in sorted({*horizon.extra_holidays} & {*horizon.extra_workdays}):
        cause = both(
            "{day} is an extra holiday, too, and counts as one.", "{day} เป็นวันหยุดเพิ่มด้วย จึงนับเป็นวันหยุด", day=date
        )
        remedy = both("Remove it from one of the two.", "ลบออกจากที่ใดที่หนึ่ง")
        yield doubt(sources.where_setting("horizon.extra_workdays"), cause, remedy)


def _meeting(sources: Sources, settings: Settings, days: Sequence[dt.date]) -> Iterator[Fault]:
    meeting, weekdays = settings.officers.meeting, {day.weekday() for day in days}
    if meeting is not None and len(weekdays) > 1 and all(meeting.on(weekday) for weekday in weekdays):
        cause = both("All officers meet at the office on every workday: no day is free of it.",
                     "เจ้าหน้าที่ทุกคนประชุมที่สำนักงานทุกวันทำการ ไม่มีวันใดว่างจากการประชุม")  # fmt: skip
        remedy = both("Write the weekday of the weekly meeting: Monday 08:30-10:00.",
                      "ระบุวันประชุมประจำสัปดาห์ เช่น จันทร์ 08:30-10:00")  # fmt: skip
        yield doubt(sources.where_setting("officers.meeting"), cause, remedy)


def _cars(sources: Sources, rows: Rows, days: Sequence[dt.date]) -> Iterator[Fault]:
    find = finder(sources, "depots")
    for depot in rows.depots:
        own = [each for each in rows.cars_on if each.id == depot.id and each.cars > 0]
        if depot.cars == 0 and not any(each.first <= day <= each.last for each in own for day in days):
            cause = both(
                "No car can leave on any day, so that every visit is left out.", "ไม่มีรถออกได้เลย จึงไม่ได้เข้าส่งเสริมที่ใด"
            )
            yield doubt(find(depot.id, "cars"), cause, both("Write the number of cars.", "ใส่จำนวนรถ"))
    yield from _repairs(sources, rows, days)
    table = sources.tables.get("cars_on")
    if table is None or len(table.rows) != len(rows.cars_on):  # a row could not be read
        return
    before: list[tuple[object, Stretch]] = []
    for row, stretch in zip(table.rows, rows.cars_on, strict=True):
        for number, other in before:
            first, last = max(stretch.first, other.first), min(stretch.last, other.last)
            if stretch.id == other.id and stretch.cars != other.cars and any(first <= day <= last for day in days):
                cause = both(
                    "Row {row} says another number of cars for {day}; the fewer count.",
                    "แถว {row} ระบุจำนวนรถของ {day} ไว้ต่างกัน จึงใช้จำนวนที่น้อยกว่า",
                    row=number, day=next(day for day in days if first <= day <= last),
                )  # fmt: skip
                remedy = both("Let each day stand in one row.", "ให้แต่ละวันอยู่ในแถวเดียว")
                yield doubt(row.where("from"), cause, remedy)
                break
        before.append((row.where("from").parts.get("row", len(before) + 1), stretch))


def _repairs(sources: Sources, rows: Rows, days: Sequence[dt.date]) -> Iterator[Fault]:
    """Cars with names that are in repair on every workday."""
    find = finder(sources, "cars")
    gone = [car for car in rows.cars if set(days) <= set(car.repair)]
    for car in gone:
        if len(gone) < len(rows.cars):
            cause = both("The car is in repair on every workday of the horizon.", "รถซ่อมทุกวันทำการตลอดช่วงแผน")
        else:
            cause = both("It is in repair on every workday, and so are all cars: every visit is left out.",
                         "รถคันนี้ซ่อมทุกวันทำการ และรถทุกคันก็เช่นกัน จึงไม่ได้เข้าส่งเสริมที่ใด")  # fmt: skip
        yield doubt(find(car.id, "repair"), cause, both("Check the days of the repair.", "ตรวจวันที่ซ่อม"))


def _officers(sources: Sources, rows: Rows) -> Iterator[Fault]:
    find = finder(sources, "officers")
    for officer in rows.officers:
        if officer.max_days_per_week == 0:
            cause = both("The officer has no field day in any week, and rides on no tour.", "เจ้าหน้าที่ไม่มีวันออกพื้นที่เลย")
            remedy = both("Write the days; empty: as the settings say.", "ใส่จำนวนวัน ถ้าเว้นว่างจะใช้ตามการตั้งค่า")
            yield doubt(find(officer.id, "max_days_per_week"), cause, remedy)


def _crews(sources: Sources, rows: Rows) -> Iterator[Fault]:
    seats = {
        depot.id: max([car.seats for car in rows.cars if car.depot == depot.id], default=depot.seats or 0)
        for depot in rows.depots
    }
    find, of_issue = finder(sources, "cooperatives"), finder(sources, "issues")
    for row in rows.cooperatives:
        offices = [depot.id for depot in rows.depots if row.depot in (None, depot.id)]
        people = {
            id_: [each for each in rows.officers if each.depot == id_ and each.id not in row.never] for id_ in offices
        }
        if rows.officers and offices and not any(people.values()):
            cause = both("Every officer is kept away from it, so that nobody can lead or visit it.",
                         "เจ้าหน้าที่ทุกคนถูกห้ามไป จึงไม่มีใครรับผิดชอบหรือเข้าพบได้")  # fmt: skip
            remedy = both("Take somebody off.", "เอาบางคนออก")
            yield doubt(find(row.id, "never"), cause, remedy)
            continue
        most = max((min(len(people[id_]), seats[id_]) for id_ in offices), default=0)
        wanted = [(find(row.id, "officers"), row.officers)]
        wanted += [(of_issue(each.id, "officers"), each.officers) for each in rows.issues if each.cooperative == row.id]
        for where, number in wanted:
            if number is not None and number > most > 0:
                cause = both(
                    "{number} officers are asked for, and at most {most} can ride there: it would be left out.",
                    "ต้องการเจ้าหน้าที่ {number} คน แต่ไปด้วยกันได้ไม่เกิน {most} คน จึงจะไม่ได้เข้าส่งเสริม",
                    number=number, most=most,
                )  # fmt: skip
                yield doubt(where, cause, both("Write {most} or fewer.", "ใส่ไม่เกิน {most}", most=most))


def _topics(sources: Sources, rows: Rows) -> Iterator[Fault]:
    """Issues on a topic that no officer knows who may ride to their cooperative: of its offices, and not kept away."""
    if sources.faults:  # a row at fault may be that of whoever knows it
        return
    if not any(officer.topics for officer in rows.officers):  # told once, of the officers
        return
    find, of_cooperative = finder(sources, "issues"), {row.id: row for row in rows.cooperatives}
    names = {topic.id: named(topic.name_en, topic.name_th) for topic in rows.topics}
    offices = {depot.id: named(depot.name_en, depot.name_th) for depot in rows.depots}
    for issue in rows.issues:
        row, topic = of_cooperative.get(issue.cooperative), names.get(issue.topic)
        if row is None or topic is None:  # told already
            continue
        riding = [one for one in rows.officers if row.depot in (None, one.depot) and one.id not in row.never]
        if not riding or any(issue.topic in one.topics for one in riding):
            continue
        knowing = [one for one in rows.officers if issue.topic in one.topics]
        if any(row.depot in (None, one.depot) for one in knowing):
            cause = both("Every officer who knows the topic {topic} is kept away from there: it would be left out.",
                         "เจ้าหน้าที่ด้าน{topic}ทุกคนถูกห้ามไปที่นั่น จึงจะไม่ได้เข้าส่งเสริม", topic=topic)  # fmt: skip
        elif knowing and row.depot in offices:
            cause = both("No officer of {office} knows the topic {topic}: it would be left out.",
                         "{office}ไม่มีเจ้าหน้าที่ด้าน{topic} จึงจะไม่ได้เข้าส่งเสริม", office=offices[row.depot],
                         topic=topic)  # fmt: skip
        else:
            cause = both("No officer knows the topic {topic}: it would be left out.",
                         "ไม่มีเจ้าหน้าที่ด้าน{topic} จึงจะไม่ได้เข้าส่งเสริม", topic=topic)  # fmt: skip
        remedy = both("Let somebody who may ride there know the topic.", "เพิ่มด้านนี้ให้เจ้าหน้าที่ที่ไปที่นั่นได้")
        yield doubt(find(issue.id, "topic"), cause, remedy)


def _partners(sources: Sources, rows: Rows) -> Iterator[Fault]:
    find, needed = finder(sources, "partners"), {issue.partner for issue in rows.issues}
    for agency in rows.agencies:
        if agency.per_day == 0 and agency.id in needed:
            cause = both("It can join no visit on any day, and issues need it: they would be left out.",
                         "เข้าร่วมไม่ได้เลยสักครั้ง แต่มีประเด็นที่ต้องการ จึงจะไม่ได้เข้าส่งเสริม")  # fmt: skip
            yield doubt(find(agency.id, "per_day"), cause, both("Write 1 or more.", "ใส่ 1 ขึ้นไป"))


def _dates(sources: Sources, settings: Settings, rows: Rows) -> Iterator[Fault]:
    first = settings.horizon.first
    find = finder(sources, "cooperatives")
    for row in rows.cooperatives:
        if row.last_visit is not None and row.last_visit >= first:
            cause = both("{day} does not lie before the horizon, which begins on {first}.",
                         "{day} ไม่ได้อยู่ก่อนช่วงแผน ซึ่งเริ่ม {first}", day=row.last_visit, first=first)  # fmt: skip
            yield doubt(find(row.id, "last_visit"), cause, both("Check the year and the month.", "ตรวจปีและเดือน"))
    of_issue = finder(sources, "issues")
    for issue in rows.issues:
        if issue.due is not None and issue.content_ready is not None and first <= issue.due < issue.content_ready:
            cause = both("Its content is ready only after it is due, on {due}: it comes too late.",
                         "เนื้อหาพร้อมหลังกำหนดเสร็จ {due} จึงช้ากว่ากำหนด", due=issue.due)  # fmt: skip
            remedy = both("Check the two dates.", "ตรวจวันทั้งสอง")
            yield doubt(of_issue(issue.id, "content_ready"), cause, remedy)


def _hours(sources: Sources, settings: Settings, rows: Rows) -> Iterator[Fault]:
    table, day = sources.tables.get("absences"), settings.day
    if table is None or len(table.rows) != len(rows.absences):  # a row could not be read
        return
    for row, stretch in zip(table.rows, rows.absences, strict=True):
        if stretch.hours is not None and (stretch.hours[1] <= day.start or day.end <= stretch.hours[0]):
            cause = both("These hours lie outside of the day of the tours, and change nothing.",
                         "เวลานี้อยู่นอกเวลาออกพื้นที่ จึงไม่มีผลต่อแผน")  # fmt: skip
            yield doubt(row.where("hours"), cause, both("Check the hours.", "ตรวจเวลา"))


def barred_leads(sources: Sources, rows: Rows) -> Iterator[Fault]:
    """A fault for each cooperative whose stated lead never goes there."""
    find = finder(sources, "cooperatives")
    for row in rows.cooperatives:
        if row.lead is not None and row.lead in row.never:
            cause = said("Officer {lead} is to lead it, and is barred from it.", lead=repr(row.lead))
            yield Fault(
                "lead-barred",
                find(row.id, "lead"),
                cause,
                said("Name another lead, or take the officer off the barred ones."),
            )
