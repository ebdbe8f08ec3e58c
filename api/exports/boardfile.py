"""``board.json``: a plan with all that is needed to draw it, in one language, as the page and other programs read it.

``visit-board/1`` says each thing once: people, cooperatives, visits and tours refer to each other by id. Dates are
``YYYY-MM-DD`` and times ``HH:MM`` as in the contract. A tour whose car has a name says it as ``car``. An officer is
``absent`` on whole days, and ``partly`` away on others: date -> the times.
"""

from __future__ import annotations

import json
from typing import Any

from api.exports.calendar import Calendar
from api.exports.figures import cost_lines
from api.exports.views import StopView, TourView, for_board
from api.formats import Part
from models.clock import format_clock
from models.problem import Visit

BOARD_FORMAT = "visit-board/1"


def draw(part: Part) -> bytes:
    """The board as JSON."""
    return json.dumps(board(part), ensure_ascii=False, separators=(",", ":")).encode()


def board(part: Part) -> dict[str, Any]:
    """The board of a part of a calendar, after what its ``head`` says.

    Where the part is that of an officer, a cooperative or a district, only people, cooperatives and visits of its tours
    are told, and no cost, which is that of the whole.
    """
    calendar = part.calendar
    plan, problem = calendar.plan, calendar.problem
    whole = part.officer is None and (part.visits is None or len(part.visits) == len(problem.visits))
    visits = {stop.visit.id for view in calendar.tours for stop in view.stops} | {left.visit for left in plan.unplanned}
    shown = [visit for visit in problem.visits if whole or visit.id in visits]
    reached = {visit.cooperative for visit in shown}
    people = {person.id for view in calendar.tours for person in view.crew} | {
        lead for cooperative, lead in plan.leads.items() if cooperative in reached
    }
    return {
        "format": BOARD_FORMAT,
        "title": calendar.title,
        "lang": calendar.words.lang,
        "illustrative": calendar.illustrative,
        "travel_estimated": calendar.estimated,
        "today": problem.today.isoformat() if problem.today else None,
        **part.head,
        "workdays": [date.isoformat() for date in problem.workdays],
        "day": {"start": format_clock(problem.day.start), "end": format_clock(problem.day.end)},
        "offices": _offices(calendar),
        "officers": [_officer(calendar, id_) for id_ in calendar.people if whole or id_ in people],
        "cooperatives": [_cooperative(calendar, id_) for id_ in calendar.destinations if whole or id_ in reached],
        "topics": {id_: calendar.names.topic(id_) for id_ in problem.topics},
        "partners": {one.id: calendar.names.partner(one.id) for one in problem.partners or ()},
        "visits": [_visit(calendar, visit) for visit in shown],
        "tours": [_tour(view) for view in calendar.tours],
        "unplanned": [
            {"visit": left.visit.id, "code": left.code, "reason": left.sentence or left.title}
            for left in calendar.left_out
        ],
        "late": _late(calendar) if whole else [],
        "cost": _cost(calendar) if whole else None,
    }


def _offices(calendar: Calendar) -> list[dict[str, Any]]:
    problem = calendar.problem
    return [
        {
            "id": one.id,
            "name": calendar.names.depot(one.id),
            "point": calendar.depot_points.get(one.id),
            "cars": [one.cars_of(date) for date in problem.workdays],
        }
        for one in problem.offices
    ]


def _officer(calendar: Calendar, id_: str) -> dict[str, Any]:
    person, officer = calendar.people[id_], calendar.problem.officer_by_id[id_]
    return {
        "id": id_,
        "name": person.name,
        "short": calendar.names.given_officer(id_),
        "office": officer.office,
        "topics": list(officer.topics),
        "absent": [date.isoformat() for date in officer.absent or ()],
        "partly": {
            date.isoformat(): [f"{format_clock(first)}–{format_clock(last)}" for first, last in spans]
            for date, spans in calendar.partly[id_].items()
        },
        "max_days_per_week": officer.max_days_per_week,
    }


def _cooperative(calendar: Calendar, id_: str) -> dict[str, Any]:
    view = calendar.destinations[id_]
    return {
        "id": id_,
        "name": view.name,
        "short": view.short,
        "district": view.district,
        "place": view.place,
        "kind": view.kind,
        "lead": view.lead.id if view.lead else None,
        "point": view.point,
    }


def _visit(calendar: Calendar, visit: Visit) -> dict[str, Any]:
    agenda = calendar.names.agenda(visit)
    told = {
        "id": visit.id,
        "cooperative": visit.cooperative,
        "seq": visit.seq,
        "minutes": visit.minutes,
        "priority": visit.priority,
        "topics": list(visit.topics or ()),
        "partner": visit.partner,
        "earliest": visit.earliest.isoformat() if visit.earliest else None,
        "due": visit.due.isoformat() if visit.due else None,
        "latest": visit.latest.isoformat() if visit.latest else None,
        "agenda": [item.title for item in agenda],
        "board": for_board(agenda),
        "pinned": visit.id in (calendar.problem.pins or ()),
    }
    return {key: value for key, value in told.items() if value not in (None, [], False)}


def _tour(view: TourView) -> dict[str, Any]:
    tour = view.tour
    named = {"car": view.vehicle} if view.vehicle else {}
    return named | {
        "id": tour.id,
        "date": tour.date.isoformat(),
        "office": tour.office,
        "crew": list(tour.crew),
        "depart": format_clock(round(tour.depart)),
        "return": format_clock(round(tour.return_)),
        "break": [format_clock(round(time)) for time in tour.break_] if tour.break_ else None,
        "km": round(view.km, 1),
        "stops": [_stop(stop) for stop in view.stops],
    }


def _stop(stop: StopView) -> dict[str, Any]:
    told = {
        "visit": stop.visit.id,
        "arrive": format_clock(round(stop.arrive)),
        "start": format_clock(round(stop.start)),
        "end": format_clock(round(stop.end)),
        "late": stop.late_days,
        "stand_in": stop.stand_in,
    }
    return {key: value for key, value in told.items() if value}


def _late(calendar: Calendar) -> list[dict[str, Any]]:
    return [
        {
            "visit": late.stop.visit.id,
            "workdays": late.stop.late_days,
            "baht": round(late.baht, 2),
            "reason": late.reason,
        }
        for late in calendar.late
    ]


def _cost(calendar: Calendar) -> dict[str, Any]:
    lines, plan = cost_lines(calendar), calendar.plan
    return {
        "parts": [
            {
                "part": line.part,
                "label": line.label,
                "quantity": round(line.quantity, 2),
                "unit": line.unit,
                "baht": round(line.baht, 2),
                "paid": line.paid,
            }
            for line in lines
        ],
        "paid": round(plan.cost.paid, 2),
        "weighed": round(plan.cost.weighed, 2),
        "total": round(plan.cost.total, 2),
        "lower_bound": plan.lower_bound,
        "gap": plan.gap,
        "proof": calendar.proof,
    }
