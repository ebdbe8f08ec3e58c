"""``calendar.xlsx``: the plan by day, by officer and week, by cooperative, what is open, the cost, the workload."""

from __future__ import annotations

from collections import Counter

from api.exports.calendar import Calendar
from api.exports.invitations import agenda_line
from api.exports.paper import HEAD_ROWS, Head, Paper
from api.exports.sums import cost_sheet, workload_sheet
from api.exports.views import Destination, OfficerView, StopView, TourView, WeekView
from api.formats import Part
from models.office import Office
from models.plan import Plan
from models.problem import Problem

_FIRST = HEAD_ROWS + 1


def workbook(plan: Plan, problem: Problem, office: Office | None, lang: str = "th") -> bytes:
    """The .xlsx file; the same plan gives the same bytes.

    Raises:
        InvalidInput: the plan names what the problem does not know.
    """
    return workbook_of(Calendar(plan, problem, office, lang))


def draw(part: Part) -> bytes:
    """The workbook of a part."""
    return workbook_of(part.calendar)


def workbook_of(calendar: Calendar) -> bytes:
    """The .xlsx file of a calendar already looked up."""
    paper = Paper(calendar)
    _day_sheet(paper)
    _week_sheet(paper)
    _cooperative_sheet(paper)
    _open_sheet(paper)
    cost_sheet(paper)
    workload_sheet(paper)
    return paper.content()


def remarks(calendar: Calendar, stop: StopView) -> str:
    """What is out of the ordinary about a planned visit: late, without its lead, at a board meeting."""
    words = calendar.words
    marks = [words("board_meeting")] if stop.at_board_meeting else []
    if stop.stand_in:
        marks.append(words("stand_in"))
    if stop.late_days:
        marks.append(late_by(calendar, stop.late_days))
    return " · ".join(marks)


def late_by(calendar: Calendar, days: int) -> str:
    """``3 workdays late``."""
    return calendar.words.count("late_by", days)


def _agenda(calendar: Calendar, stop: StopView) -> str:
    return "\n".join(agenda_line(item, calendar.words) for item in stop.agenda) or calendar.words("routine")


def _whom(destination: Destination) -> str:
    return "\n".join(part for part in (destination.name, destination.beside) if part)


def _km_head(calendar: Calendar) -> str:
    words = calendar.words
    return f"{words.head('km_leg')} ({words('estimated')})" if calendar.estimated else words.head("km_leg")


def _day_sheet(paper: Paper) -> None:
    calendar, words = paper.calendar, paper.calendar.words
    car = Head(words.head("car"), 16) if calendar.named_cars else Head(words.head("car"), 5, "whole")
    columns = [
        Head(words.head("date"), 18, "date"), car,
        Head(words.head("depart"), 7, "time"), Head(words.head("arrive"), 7, "time"),
        Head(words.head("start"), 7, "time"), Head(words.head("end"), 7, "time"),
        Head(words.head("return"), 7, "time"), Head(words.head("cooperative"), 42),
        Head(words.head("agenda"), 46), Head(words.head("travellers"), 20), Head(words.head("lead"), 22),
        Head(words.head("partner"), 22), Head(_km_head(calendar), 14, "number"),
        Head(words.head("remarks"), 15, "mark"), Head(words.head("visit_id"), 13),
        Head(words.head("tour_id"), 13),
    ]  # fmt: skip
    sheet = paper.sheet("by_day", columns)
    row = _FIRST
    for number, day in enumerate(day for day in calendar.days if day.tours):
        look = {"bg_color": "#f6f8f9"} if number % 2 else {}
        for tour in day.tours:
            for stop in tour.stops:
                lead = stop.destination.lead
                first, last = stop.order == 1, stop.order == len(tour.stops)
                crew = ", ".join(person.short for person in tour.crew)
                values = [
                    day.date, tour.vehicle if calendar.named_cars else tour.car,
                    tour.tour.depart if first else None, stop.arrive, stop.start, stop.end,
                    tour.tour.return_ if last else None, _whom(stop.destination),
                    _agenda(calendar, stop), crew, lead.name if lead else None, stop.partner, stop.km,
                    remarks(calendar, stop), stop.visit.id, tour.tour.id,
                ]  # fmt: skip
                paper.row(sheet, row, columns, values, **look, **({"top": 2} if first else {}))
                row += 1
    last_row = max(row - 1, HEAD_ROWS)
    sheet.autofilter(HEAD_ROWS, 0, last_row, len(columns) - 1)
    # the ids are for other programs and stay off the paper
    sheet.print_area(0, 0, last_row, len(columns) - 3)


def _week_sheet(paper: Paper) -> None:
    calendar, words = paper.calendar, paper.calendar.words
    weeks = [Head(f"{words('week_of', number=week.number[1])}\n{words.days(week.first, week.last)}", 24)
             for week in calendar.weeks]  # fmt: skip
    columns = [Head(words.head("officer"), 24), *weeks, Head(words.head("hours"), 9, "number")]
    sheet = paper.sheet("officer_weeks", columns, pages_wide=2 if len(weeks) > 6 else 1)
    for row, officer in enumerate(calendar.officers, _FIRST):
        cells = [_week_cell(calendar, officer, week) for week in calendar.weeks]
        paper.row(sheet, row, columns, [officer.person.name, *cells, officer.hours])


def _week_cell(calendar: Calendar, officer: OfficerView, week: WeekView) -> str:
    words = calendar.words
    lines = [
        f"{words.short_date(day.date)}: {_route(tour)}"
        for day in week.days
        for tour in day.tours
        if officer.person in tour.crew
    ]
    if away := calendar.away(officer, week.days):
        lines.append(f"{words('absent')}: {away}")
    return "\n".join(lines)


def _route(tour: TourView) -> str:
    """The districts in the order driven, each once with its visits, if several; cooperatives where none is known."""
    places = Counter(stop.destination.district or stop.destination.short for stop in tour.stops)
    return " → ".join(f"{place} ({number})" if number > 1 else place for place, number in places.items())


def _cooperative_sheet(paper: Paper) -> None:
    calendar, words = paper.calendar, paper.calendar.words
    columns = [
        Head(words.head("cooperative"), 42), Head(words.head("kind"), 13),
        Head(words.head("standard"), 13), Head(words.head("lead"), 22), Head(words.head("date"), 18, "date"),
        Head(words.head("start"), 7, "time"), Head(words.head("end"), 7, "time"),
        Head(words.head("travellers"), 20), Head(words.head("agenda"), 46), Head(words.head("partner"), 22),
        Head(words.head("priority"), 9, "whole"),
        Head(words.head("due"), 18, "date"), Head(words.head("remarks"), 15, "mark"),
        Head(words.head("visit_id"), 13),
    ]  # fmt: skip
    sheet = paper.sheet("by_cooperative", columns)
    row = _FIRST
    for number, view in enumerate(calendar.cooperatives):
        place = view.destination
        about = [_whom(place), place.kind, place.standard, place.lead.name if place.lead else None]
        look = {"bg_color": "#f6f8f9"} if number % 2 else {}
        for tour, stop in view.stops:
            values = [
                *about, tour.date, stop.start, stop.end, ", ".join(person.short for person in tour.crew),
                _agenda(calendar, stop), stop.partner, stop.visit.priority, stop.visit.due, remarks(calendar, stop),
                stop.visit.id,
            ]  # fmt: skip
            paper.row(sheet, row, columns, values, **look)
            row += 1
        for left in view.left_out:
            agenda = "\n".join(agenda_line(item, words) for item in left.agenda) or words("routine")
            partner = calendar.names.partner(left.visit.partner) if left.visit.partner else None
            values = [
                *about, None, None, None, None, agenda, partner, left.visit.priority, left.visit.due,
                words("unplanned"), left.visit.id,
            ]  # fmt: skip
            paper.row(sheet, row, columns, values, **look)
            row += 1
    sheet.autofilter(HEAD_ROWS, 0, max(row - 1, HEAD_ROWS), len(columns) - 1)


def _open_sheet(paper: Paper) -> None:
    calendar, words = paper.calendar, paper.calendar.words
    columns = [
        Head(words.head("cooperative"), 36), Head(words.head("visit_id"), 13),
        Head(words.head("priority"), 10, "whole"), Head(words.head("due"), 18, "date"),
        Head(words.head("date"), 18, "date"), Head(words.head("days_late"), 10, "whole"),
        Head(words.head("baht"), 13, "money"), Head(words.head("reason"), 70), Head(words.head("code"), 16),
    ]  # fmt: skip
    sheet = paper.sheet("open_matters", columns)
    paper.section(sheet, _FIRST, words.head("unplanned_visits"))
    row = _FIRST + 1
    price = calendar.problem.prices.unplanned
    for left in calendar.left_out:
        visit = left.visit
        values = [left.destination.name, visit.id, visit.priority, visit.due, None, None, visit.priority * price,
                  left.sentence, left.code]  # fmt: skip
        paper.row(sheet, row, columns, values)
        row += 1
    if not calendar.left_out:
        paper.write(sheet, row, 0, words("nothing_unplanned"), paper.format())
        row += 1
    paper.section(sheet, row + 1, words.head("late_visits"))
    row += 2
    for late in calendar.late:
        visit = late.stop.visit
        values = [late.stop.destination.name, visit.id, visit.priority, visit.due, late.tour.date, late.stop.late_days,
                  late.baht, late.reason, None]  # fmt: skip
        paper.row(sheet, row, columns, values)
        row += 1
    if not calendar.late:
        paper.write(sheet, row, 0, words("nothing_late"), paper.format())
