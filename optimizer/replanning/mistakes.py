"""What is wrong with changes that are said to have happened: all of it at once, before anything is planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from models.changes import BoardMeets, Change, ContentLate, FewerCars, HeldOn, NoMeeting, NotHeld, UrgentVisit, covers
from models.faults import Fault
from models.likeness import perhaps
from models.plan import Plan
from models.problem import Problem
from models.saying import Said, both
from models.thai import thai_date


def mistakes(
    problem: Problem,
    plan: Plan,
    changes: Sequence[Change],
    begun: dt.date,
    *,
    today: dt.date | None = None,
    begins: dt.date | None = None,
    pins: Sequence[str] = (),
) -> list[Fault]:
    """Every fault of ``changes`` to ``plan``, of its days and of ``pins``.

    ``begun``: the first day on which anything changes. It follows from ``today`` and ``begins``, where they are named,
    else from the changes.
    """
    found = [*_of_days(problem, changes, begun, today, begins), *_of_pins(problem, plan, pins)]
    # where the beginning itself is mistaken, changes are not blamed for lying before it
    since = problem.workdays[0] if _after_all(problem, begun) else begun
    told: set[str] = set()
    added: set[str] = set()
    for number, change in enumerate(changes):
        where = f"changes[{number}]"
        found += _unknown(problem, change, where)
        found += _of_range(problem, change, where, since)
        if isinstance(change, BoardMeets | NoMeeting):
            found += _of_meeting(problem, change, where, since)
        if isinstance(change, ContentLate):
            found += _of_content(problem, change, where, since)
        if isinstance(change, NotHeld | HeldOn):
            found += _of_held(problem, plan, change, where, begun)
            if change.visit in told:
                cause = both(f"Two changes say what became of visit {change.visit}.", f"แจ้งผลของ {change.visit} สองครั้ง")
                found.append(Fault("id-repeated", f"{where}.visit", cause, both("Say it once.", "แจ้งครั้งเดียว")))
            told.add(change.visit)
        if isinstance(change, UrgentVisit):
            found += _of_urgent(problem, change, where)
            if change.id is not None and change.id in added:
                found.append(
                    Fault(
                        "id-repeated",
                        f"{where}.id",
                        both(f"{change.id!r} comes twice.", f"{change.id!r} ซ้ำกัน"),
                        both("Give the visit its own id.", "ให้รหัสของตนเอง"),
                    )
                )
            added |= {change.id} if change.id is not None else set()
    return found + list(_of_cars(problem, changes))


def _of_cars(problem: Problem, changes: Sequence[Change]) -> Iterator[Fault]:
    """That two changes say how many cars an office has on a day, and not the same number; or more than have names."""
    told: list[FewerCars] = []
    for number, change in enumerate(changes):
        if not isinstance(change, FewerCars):
            continue
        office = problem.office_by_id.get(change.office)
        if office is not None and office.has_names and change.cars > len(office.named):
            cause = both(
                "The cars of {office} have names, and there are {count} of them, not {cars}.",
                "รถของ {office} ระบุชื่อเป็นคัน มี {count} คัน ไม่ใช่ {cars} คัน",
                office=change.office, count=len(office.named), cars=change.cars,
            )  # fmt: skip
            remedy = both("Add the car to the office's tables.", "เพิ่มรถในตารางของสำนักงาน")
            yield Fault("field-value", f"changes[{number}].cars", cause, remedy)
        other = next((one for one in told if _contradict(one, change)), None)
        if other is not None:
            cause = both(
                "On {day} it has {cars} cars by one change, and {more} by another.",
                "วันที่ {day} ระบุรถไว้ {cars} คันครั้งหนึ่ง และ {more} คันอีกครั้ง",
                day=max(other.first, change.first), cars=other.cars, more=change.cars,
            )  # fmt: skip
            yield Fault("id-repeated", f"changes[{number}].cars", cause, both("Say one of the two.", "ระบุเพียงอย่างเดียว"))
        told.append(change)


def _contradict(one: FewerCars, other: FewerCars) -> bool:
    if (one.office, one.cars == other.cars) != (other.office, False):
        return False
    return one.first <= other.last and other.first <= one.last


def faults_of_begin(begins: dt.date | None, today: dt.date | None) -> Iterator[Fault]:
    """That the changes are to begin on a day that is past."""
    if begins is not None and today is not None and begins < today:
        cause = both(
            f"Changes cannot begin on {begins}: days before {today} are past.",
            f"เริ่มเปลี่ยนวันที่ {thai_date(begins)} ไม่ได้ เพราะวันก่อน {thai_date(today)} ผ่านไปแล้ว",
        )
        remedy = both(
            f"Begin on {today} or later, or say that today is an earlier day.",
            f"เริ่มตั้งแต่ {thai_date(today)} หรือระบุวันนี้เป็นวันก่อนหน้านั้น",
        )
        yield Fault("date-order", "begins", cause, remedy)


def _of_pins(problem: Problem, plan: Plan, pins: Sequence[str]) -> Iterator[Fault]:
    planned = {stop.visit for tour in plan.tours for stop in tour.stops}
    for index, visit in enumerate(pins):
        where = f"pins[{index}]"
        if visit not in problem.visit_by_id:
            yield Fault(
                "id-unknown",
                where,
                both(f"There is no visit {visit!r}.", f"ไม่มีการเข้าส่งเสริม {visit!r}"),
                perhaps(both("Name one of the visits.", "ระบุรายการที่มีอยู่"), visit, problem.visit_by_id),
            )
        elif visit not in planned:
            cause = both(
                f"The plan leaves visit {visit} out, so it has no place to keep.", f"แผนไม่ได้จัด {visit} จึงไม่มีที่ให้ตรึง"
            )
            yield Fault(
                "pin-unpublished", where, cause, both("Pin only visits that the plan has.", "ตรึงเฉพาะรายการในแผน")
            )


def _after_all(problem: Problem, day: dt.date | None) -> bool:
    return day is not None and bool(problem.workdays) and day > problem.workdays[-1]


def _of_days(
    problem: Problem, changes: Sequence[Change], begun: dt.date, today: dt.date | None, begins: dt.date | None
) -> Iterator[Fault]:
    """That nothing can change any more, told at what says so: a day that is named, else what the problem calls past.

    Else all changes are as late, and each of them has its own fault.
    """
    if not _after_all(problem, begun):
        return
    late = [(where, day) for where, day in (("today", today), ("begins", begins)) if day and _after_all(problem, day)]
    if not late and problem.today is not None and _after_all(problem, problem.today):
        late = [("today", problem.today)]
    remedy = both("Name a day of the plan: what lies before it stays.", "ระบุวันในช่วงแผน ก่อนวันนั้นคงเดิม")
    for where, day in late:
        yield Fault("date-order", where, _beyond(problem, day), remedy)
    for number, change in enumerate(() if late else changes):
        if isinstance(change, HeldOn) and change.date < begun:
            remedy = both(
                "No day is left to plan: write it into the visit's report.",
                "ไม่เหลือวันให้วางแผน ให้ลงในรายงานผลการเข้าส่งเสริม",
            )
            yield Fault("date-order", f"changes[{number}]", _beyond(problem, begun), remedy)


def _beyond(problem: Problem, day: dt.date) -> Said:
    return both(
        "{day} lies after the last workday, {last}.",
        "{day} อยู่หลังวันทำการสุดท้าย {last}",
        day=day, last=problem.workdays[-1],
    )  # fmt: skip


def _unknown(problem: Problem, change: Change, where: str) -> Iterator[Fault]:
    cars = {car.id: car for office in problem.offices for car in office.named}
    for kind, known in (
        ("officer", problem.officer_by_id), ("cooperative", problem.cooperative_by_id), ("car", cars),
        ("office", problem.office_by_id), ("visit", problem.visit_by_id), ("partner", problem.partner_by_id),
    ):  # fmt: skip
        id_ = getattr(change, kind, None)
        if id_ is not None and id_ not in known:
            yield Fault(
                "id-unknown",
                f"{where}.{kind}",
                both(f"There is no {kind} {id_!r}.", f"ไม่มี {id_!r}"),
                perhaps(both(f"Name one of the {kind}s.", "ระบุรายการที่มีอยู่"), id_, known),
            )


def _of_range(problem: Problem, change: Change, where: str, today: dt.date) -> Iterator[Fault]:
    """Ranges that run backwards, and those that change nothing because no workday to come lies in them."""
    span = covers(change)
    if span is not None:
        yield from faults_of_span(problem, span, where, today)


def faults_of_span(problem: Problem, span: tuple[dt.date, dt.date], where: str, today: dt.date) -> Iterator[Fault]:
    """What is wrong with the days from the first to the last of ``span`` where workdays from ``today`` on are meant."""
    first, last = span
    if last < first:
        yield Fault(
            "date-order",
            where,
            both("{last} lies before {first}.", "{last} มาก่อน {first}", last=last, first=first),
            both("Give the first day first.", "เขียนวันแรกก่อน"),
        )
    elif not any(max(first, today) <= day <= last for day in problem.workdays):
        said = f"from {first} on" if last == dt.date.max else f"on {first}" if first == last else f"{first} to {last}"
        cause = both(
            "No workday from {today} on lies in it ({said}).", "ไม่มีวันทำการตั้งแต่ {today} ในช่วงนั้น", today=today, said=said
        )
        yield Fault(
            "date-order", where, cause, both("Name workdays of the plan that are still to come.", "ระบุวันทำการที่ยังไม่ถึง")
        )


def _of_held(problem: Problem, plan: Plan, change: NotHeld | HeldOn, where: str, today: dt.date) -> Iterator[Fault]:
    if change.visit not in problem.visit_by_id:
        return
    date = next((tour.date for tour in plan.tours for stop in tour.stops if stop.visit == change.visit), None)
    if isinstance(change, NotHeld):
        yield from _of_not_held(problem, change, date, where, today)
    else:
        yield from _of_held_on(problem, change, date, where, today)


def _of_not_held(
    problem: Problem, change: NotHeld, date: dt.date | None, where: str, today: dt.date
) -> Iterator[Fault]:
    """What is wrong with a visit, planned on ``date``, that is said not to have been held."""
    if date is None or date >= today:
        cause = both(
            "Visit {visit} is not among the visits before {today}.",
            "{visit} ไม่ได้อยู่ก่อนวันที่ {today}",
            visit=change.visit,
            today=today,
        )
        yield Fault(
            "date-order",
            where,
            cause,
            both("Name a visit before today, or a later today.", "ระบุรายการที่ผ่านไปแล้ว หรือกำหนดวันนี้ให้ช้าลง"),
        )
    latest = change.latest or problem.visit_by_id[change.visit].latest
    if latest is not None and latest < today:
        cause = both(
            f"Visit {change.visit} may not take place after {latest}, which is before {today}.",
            f"{change.visit} เข้าได้ถึง {thai_date(latest)} ซึ่งก่อน {thai_date(today)}",
        )
        yield Fault(
            "date-order",
            where,
            cause,
            both("Say until when it is wanted: VISIT:DATE.", "ระบุว่าต้องการถึงวันใด: VISIT:DATE"),
        )


def _of_held_on(problem: Problem, change: HeldOn, date: dt.date | None, where: str, today: dt.date) -> Iterator[Fault]:
    """What is wrong with a visit, planned on ``date``, that is said to have been held on another day."""
    if change.date >= today:
        cause = both(f"{change.date} is not before {today}.", f"{thai_date(change.date)} ไม่ได้อยู่ก่อน {thai_date(today)}")
        yield Fault(
            "date-order",
            where,
            cause,
            both("Name a date before today, or a later today.", "ระบุวันที่ผ่านไปแล้ว หรือกำหนดวันนี้ให้ช้าลง"),
        )
    elif not problem.workdays or change.date < problem.workdays[0]:
        begins = problem.workdays[0] if problem.workdays else today
        cause = both(
            f"{change.date} lies before the plan begins, on {begins}.",
            f"{thai_date(change.date)} อยู่ก่อนแผนเริ่ม ({thai_date(begins)})",
        )
        yield Fault("date-order", where, cause, both("Name the day on which the visit took place.", "ระบุวันที่เข้าจริง"))
    if date is None:
        cause = both(
            f"The plan leaves visit {change.visit} out, so nobody is known to have made it.",
            f"แผนไม่ได้จัด {change.visit} จึงไม่ทราบว่าใครเข้า",
        )
        yield Fault("pin-unpublished", where, cause, both("Name a visit that the plan has.", "ระบุรายการในแผน"))


def _of_meeting(problem: Problem, change: BoardMeets | NoMeeting, where: str, today: dt.date) -> Iterator[Fault]:
    if change.cooperative not in problem.cooperative_by_id:
        return
    own = [visit for visit in problem.visits_of[change.cooperative] if visit.dates is not None]
    dropped = change.instead if isinstance(change, BoardMeets) else change.date
    if not own:
        cause = both(
            f"No visit of {change.cooperative} is bound to certain days, as those to its board are.",
            f"ไม่มีการเข้าพบคณะกรรมการของ {change.cooperative} ในแผน",
        )
        yield Fault(
            "meeting-missing",
            where,
            cause,
            both("Name a cooperative whose board is to be visited.", "ระบุสหกรณ์ที่มีกำหนดพบคณะกรรมการ"),
        )
    elif dropped is not None and not any(dropped in (visit.dates or ()) for visit in own):
        cause = both(
            f"{dropped} is none of the days on which {change.cooperative} can be visited.",
            f"{thai_date(dropped)} ไม่ใช่วันที่เข้า {change.cooperative} ได้",
        )
        yield Fault(
            "meeting-missing",
            where,
            cause,
            both("Name a day on which the board was to meet.", "ระบุวันที่คณะกรรมการมีกำหนดประชุม"),
        )
    if isinstance(change, BoardMeets) and (change.date < today or change.date not in problem.workdays):
        cause = both(
            f"{change.date} is no workday from {today} on.",
            f"{thai_date(change.date)} ไม่ใช่วันทำการตั้งแต่ {thai_date(today)}",
        )
        yield Fault(
            "date-order", where, cause, both("Name a workday of the plan that is still to come.", "ระบุวันทำการที่ยังไม่ถึง")
        )


def _of_content(problem: Problem, change: ContentLate, where: str, today: dt.date) -> Iterator[Fault]:
    if not any(change.issue in (visit.issues or ()) for visit in problem.visits):
        cause = both(f"No visit is for an issue {change.issue!r}.", f"ไม่มีการเข้าส่งเสริมสำหรับประเด็น {change.issue!r}")
        remedy = both("Name an issue that a visit is for.", "ระบุประเด็นที่อยู่ในแผน")
        issues = dict.fromkeys(issue for visit in problem.visits for issue in visit.issues or ())
        yield Fault("id-unknown", f"{where}.issue", cause, perhaps(remedy, change.issue, issues))
    if change.ready <= today:
        cause = both(
            f"{change.ready} is not after {today}, so nothing comes later for it.",
            f"{thai_date(change.ready)} ไม่ได้อยู่หลัง {thai_date(today)} จึงไม่มีอะไรช้าลง",
        )
        yield Fault("date-order", where, cause, both("Name a day that is still to come.", "ระบุวันที่ยังไม่ถึง"))


def _of_urgent(problem: Problem, change: UrgentVisit, where: str) -> Iterator[Fault]:
    if change.id is not None and change.id in problem.visit_by_id:
        yield Fault(
            "id-repeated",
            where,
            both(f"There is a visit {change.id!r} already.", f"มีรายการ {change.id!r} อยู่แล้ว"),
            both("Give the visit its own id.", "ให้รหัสของตนเอง"),
        )
    known = problem.topics
    for topic in change.topics:
        if topic not in known:
            listed = ", ".join(sorted(known))
            remedy = both(
                f"Name topics of this office: {listed}." if known else "Leave the topics out.",
                f"ระบุด้านของสำนักงาน: {listed}" if known else "ไม่ต้องระบุด้าน",
            )
            yield Fault(
                "id-unknown", f"{where}.topics", both(f"There is no topic {topic!r}.", f"ไม่มีด้าน {topic!r}"), remedy
            )
